//! What is typed into the jump: words that all have to match, in any order.
//! Must not know what is looked through.

use crate::text::normalise;

/// Words that are looked for: more than a headline has. Who pastes a text more gets what the first of them find.
const MOST: usize = 32;

/// The words of a jump, normalised, each once. White space between words means AND.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed. White space alone is the empty query.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut words: Vec<String> = vec![];
        for word in typed.split_whitespace().map(normalise) {
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
            if words.len() == MOST {
                break;
            }
        }
        Self { words }
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_looked_for_once_and_of_a_pasted_text_the_first_ones() {
        let words = |typed: &str| Query::new(typed).words().to_vec();
        assert_eq!(words("nj  江宁 NJ nj"), ["nj", "江宁"]);
        assert_eq!(words(&"n j ".repeat(5_000)), ["n", "j"]);
        let many: Vec<String> = (0..5_000).map(|n| n.to_string()).collect();
        assert_eq!(words(&many.join(" ")), many[..MOST]);
    }
}
