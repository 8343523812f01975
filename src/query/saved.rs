//! Queries that are saved: the name of one, and the record in which it travels between libraries.
//! Must not know where they are kept, or what they find.

use crate::text::{clean, normalise};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display};

/// Characters of a name at most: a few words.
pub const LONGEST_NAME: usize = 40;

/// The name of a saved query: a few words, known without regard to case, width and white space.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QueryName(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing of it shows.
    #[error("a name is empty")]
    Empty,
    /// More than [`LONGEST_NAME`] characters.
    #[error("a name has at most {LONGEST_NAME} characters")]
    TooLong,
}

impl QueryName {
    /// The name that a text is, as typed but for what never shows and white space that means nothing.
    ///
    /// # Errors
    /// The text is empty or too long.
    pub fn new(text: &str) -> Result<Self, NameError> {
        // Before control characters go, for a line end separates words too.
        let spaced = text.replace(char::is_whitespace, " ");
        let shown = clean(&spaced);
        let words: Vec<&str> = shown.split_whitespace().collect();
        let name = words.join(" ");
        if normalise(&name).is_empty() {
            return Err(NameError::Empty);
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(NameError::TooLong);
        }
        Ok(Self(name))
    }

    /// The name under which one is kept, which a newer version may allow to be longer.
    #[must_use]
    pub(crate) const fn kept(title: String) -> Self {
        Self(title)
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is known by: normalised.
    #[must_use]
    pub fn name(&self) -> String {
        normalise(&self.0)
    }

    /// Whether both are known by one name.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Display for QueryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A saved query with the time of its last change, as it is written to a file and merged from one. One that was removed is told too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryRecord {
    /// Version of this shape: 1.
    pub schema: u32,
    /// The name, as typed.
    pub name: String,
    /// The query, as text.
    pub query: String,
    /// Whether it is saved; if not, it was removed.
    pub present: bool,
    /// When it was saved, replaced or removed; RFC 3339.
    pub changed_at: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_few_words_known_without_regard_to_case_width_and_white_space() {
        let name = QueryName::new(" 招商\u{3000}\n AI\u{1b}[31m \u{200b}").unwrap();
        assert_eq!(name.as_str(), "招商 AI");
        let hidden = QueryName::new("招商 \u{200b} AI").unwrap();
        assert_eq!(hidden, name);
        assert!(name.is(&QueryName::new("招商ａｉ").unwrap()));
        assert!(!name.is(&QueryName::new("招商").unwrap()));
        assert_eq!(QueryName::new(" \u{200b}\t"), Err(NameError::Empty));
        assert!(QueryName::new(&"长".repeat(LONGEST_NAME)).is_ok());
        assert_eq!(
            QueryName::new(&"长".repeat(LONGEST_NAME + 1)),
            Err(NameError::TooLong)
        );
    }
}
