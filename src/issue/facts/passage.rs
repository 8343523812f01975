//! A passage of an item's text: which of its texts, and which characters of it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// One of the texts of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum TextField {
    /// The headline.
    Headline,
    /// The lead.
    Lead,
    /// A paragraph, by its position from 0.
    Paragraph(u32),
    /// The source bracket.
    Source,
    /// The title of its section.
    Section,
}

/// Characters of a text, from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The text.
    pub field: TextField,
    /// The first character.
    pub from: u32,
    /// The one behind the last.
    pub to: u32,
}

/// What is no name of a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a text of an item: {0}")]
pub struct TextFieldError(pub String);

impl Passage {
    /// Its characters.
    #[must_use]
    pub const fn characters(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl fmt::Display for TextField {
    /// As a path into the JSON of an item: `headline`, `paragraphs[0]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Headline => f.write_str("headline"),
            Self::Lead => f.write_str("lead"),
            Self::Paragraph(n) => write!(f, "paragraphs[{n}]"),
            Self::Source => f.write_str("source"),
            Self::Section => f.write_str("section"),
        }
    }
}

impl FromStr for TextField {
    type Err = TextFieldError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "headline" => Self::Headline,
            "lead" => Self::Lead,
            "source" => Self::Source,
            "section" => Self::Section,
            _ => {
                let n = text
                    .strip_prefix("paragraphs[")
                    .and_then(|n| n.strip_suffix(']'));
                let n = n.and_then(|n| n.parse().ok());
                Self::Paragraph(n.ok_or_else(|| TextFieldError(text.to_owned()))?)
            }
        })
    }
}

impl From<TextField> for String {
    fn from(field: TextField) -> Self {
        field.to_string()
    }
}

impl TryFrom<String> for TextField {
    type Error = TextFieldError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_named_as_the_json_has_it() {
        for field in [
            TextField::Headline,
            TextField::Lead,
            TextField::Paragraph(0),
            TextField::Paragraph(12),
            TextField::Source,
            TextField::Section,
        ] {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        for name in [
            "",
            "title",
            "paragraphs",
            "paragraphs[]",
            "paragraphs[-1]",
            "paragraphs[0",
        ] {
            assert!(name.parse::<TextField>().is_err(), "{name}");
        }
    }
}
