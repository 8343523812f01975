//! Pages of lines: what every source is turned into before it is parsed, and what the library keeps to parse again.

use serde::{Deserialize, Serialize};

/// One page of a document. A text without page breaks is one page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// In reading order, blank ones included.
    pub lines: Vec<Line>,
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
