//! What is typed into the jump: words that all have to match, in any order.

use crate::text::normalise;

/// The words of a jump, normalised. White space between words means AND.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed. White space alone is the empty query.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let words = typed
            .split_whitespace()
            .map(normalise)
            .filter(|word| !word.is_empty())
            .collect();
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
