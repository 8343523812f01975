//! Pages of lines: what every source is turned into before it is parsed, and what the library keeps to parse again.

use super::Picture;
use serde::{Deserialize, Serialize};

/// One page of a document. A text without page breaks is one page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Its number in the document, from 1, where that has pages that can be turned to; a text has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// In reading order, blank ones included.
    pub lines: Vec<Line>,
    /// Photos, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Placed>,
    /// Headers and footers that the source has left out of the lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub running: Vec<String>,
}

/// A photo in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The number of the line that it stands below; 0 where it stands before all.
    pub after: u32,
    /// The photo.
    #[serde(flatten)]
    pub picture: Picture,
}

/// One line, cleaned: no control characters but the tab, nothing invisible.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Position in the input, from 1.
    #[serde(rename = "n")]
    pub number: u32,
    /// With its white space as found.
    #[serde(rename = "t")]
    pub text: String,
}
