//! `{a,b}` in an argument: what a shell makes several arguments of, where no shell did.
//! Must not look at any file.

/// `text` with one alternative for each pair of braces that holds a comma, in every combination and in their order.
pub(super) fn expanded(text: &str) -> Vec<String> {
    let Some((before, alternatives, after)) = first_pair(text) else {
        return vec![text.to_owned()];
    };
    alternatives
        .into_iter()
        .flat_map(|alternative| expanded(&format!("{before}{alternative}{after}")))
        .collect()
}

/// What stands before the first pair of braces with a comma, its alternatives, and what stands behind it.
fn first_pair(text: &str) -> Option<(&str, Vec<&str>, &str)> {
    text.match_indices('{').find_map(|(open, _)| {
        let inside = &text[open + 1..];
        let (mut depth, mut from, mut alternatives) = (0_usize, 0, vec![]);
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                ',' if depth == 0 => {
                    alternatives.push(&inside[from..at]);
                    from = at + 1;
                }
                '}' if depth > 0 => depth -= 1,
                '}' => {
                    alternatives.push(&inside[from..at]);
                    let is_choice = alternatives.len() > 1;
                    return is_choice.then(|| (&text[..open], alternatives, &inside[at + 1..]));
                }
                _ => {}
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_comes_in_order() {
        for (text, all) in [
            ("a.txt", &["a.txt"][..]),
            ("{a,b}.txt", &["a.txt", "b.txt"]),
            (
                "202{3,4}/{1,}x",
                &["2023/1x", "2023/x", "2024/1x", "2024/x"],
            ),
            ("{a,b{c,d}}", &["a", "bc", "bd"]),
            ("{a}/{b,c}", &["{a}/b", "{a}/c"]),
            ("{a,b", &["{a,b"]),
            ("}{", &["}{"]),
        ] {
            assert_eq!(expanded(text), all, "{text}");
        }
    }
}
