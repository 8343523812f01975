//! Whether a text ends with a word. Rules ask it of whole lists before every figure, day and place; the last byte tells most words
//! apart without comparing the rest.

/// Whether a text ends with this word.
pub(super) fn is_end(text: &str, word: &str) -> bool {
    text.as_bytes().last() == word.as_bytes().last() && text.ends_with(word)
}

/// The first of the words that a text ends with.
pub(super) fn end<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| is_end(text, word))
}

/// A text without the first of the words that it ends with.
pub(super) fn without_end<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let end = end(text, words)?;
    Some(&text[..text.len() - end.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 4] = ["约", "总投资", "投资", "万"];

    #[test]
    fn the_first_of_the_list_is_the_one() {
        assert_eq!(end("计划总投资", &WORDS), Some("总投资"));
        assert_eq!(end("投资", &WORDS), Some("投资"));
        assert_eq!(without_end("计划总投资", &WORDS), Some("计划"));
    }

    #[test]
    fn the_last_byte_is_not_all() {
        assert_eq!("並".as_bytes()[2], "约".as_bytes()[2]);
        for text in ["並", "", "总投"] {
            assert_eq!(
                (end(text, &WORDS), without_end(text, &WORDS)),
                (None, None),
                "{text}"
            );
        }
    }
}
