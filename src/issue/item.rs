//! An item: one news piece.

use super::{Facts, ItemOrdinal};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One news piece, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Position in its section, in the order of the body.
    pub ordinal: ItemOrdinal,
    /// As the body prints it, separators kept.
    pub headline: String,
    /// As the contents print it, without leader and page; none if not listed.
    pub contents_headline: Option<String>,
    /// Page of the printed issue, from the contents.
    pub page: Option<u32>,
    /// Unmarked text between the headline and the first ■.
    pub lead: Option<String>,
    /// The ■ paragraphs, without the mark and without the source bracket.
    pub paragraphs: Vec<String>,
    /// The last bracket of the item, where it names a source.
    pub source: Option<String>,
    /// Photos, in order.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// What the item states.
    #[serde(default)]
    pub facts: Facts,
}

/// A photo of an item; the bytes are kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Position among the item's pictures, from 1.
    pub n: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Media type: `image/jpeg`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// What stands below it, where something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

impl Item {
    /// The paragraph as a sentence: the full stop that stood behind the source bracket went with it, and comes back here.
    #[must_use]
    pub fn closed(paragraph: &str) -> Cow<'_, str> {
        let open = paragraph
            .chars()
            .next_back()
            .is_some_and(|last| last.is_alphanumeric() || "）)》”’〉】」%％".contains(last));
        if open {
            Cow::Owned(format!("{paragraph}。"))
        } else {
            Cow::Borrowed(paragraph)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_that_lost_its_full_stop_gets_it_back() {
        assert_eq!(Item::closed("投入使用"), "投入使用。");
        assert_eq!(Item::closed("（一期）"), "（一期）。");
        assert_eq!(Item::closed("已投入使用。"), "已投入使用。");
        assert_eq!(Item::closed("包括："), "包括：");
        assert_eq!(Item::closed(""), "");
    }
}
