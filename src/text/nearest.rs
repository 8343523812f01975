//! The known word that a misspelt one was perhaps meant for.

/// How much alike two words have to be for one to be taken for the other misspelt: `serch` and `search` are, `read` and `parse`
/// are not.
const NEAR: f64 = 0.6;

/// The one of `known` that is most like `word`, if one is like it.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::normalized_damerau_levenshtein(known, word), known))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["search", "show", "issues"];
        for (word, meant) in [
            ("serch", Some("search")),
            ("isuses", Some("issues")),
            ("read", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()), meant);
        }
    }
}
