//! An issue as printed: sections of items, with what the cover and the closing note say.

use super::{Diagnostic, IssueNumber, Item, SectionOrdinal};
use serde::{Deserialize, Serialize};

/// One number of a publication. Publication, normalised, and number are its identity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Name of the publication: 园区周报.
    pub publication: String,
    /// 总101期 is 101.
    pub number: IssueNumber,
    /// Year, month and issue of the month: 2023年1月1期.
    pub year: Option<u16>,
    /// 1–12.
    pub month: Option<u8>,
    /// 1–6.
    pub week: Option<u8>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The publisher's site.
    pub site: Option<String>,
    /// The closing note, without the leading 注：.
    pub note: Option<String>,
    /// In the order of the body.
    pub sections: Vec<Section>,
    /// What the parser could not take at its word.
    #[serde(default)]
    pub diagnostics: Vec<Diagnostic>,
}

/// A headed group of items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Position in the body.
    pub ordinal: SectionOrdinal,
    /// Without its numeral: 招商引资.
    pub title: String,
    /// Page of the printed issue, from the contents.
    pub page: Option<u32>,
    /// In the order of the body.
    pub items: Vec<Item>,
}

impl Issue {
    /// All items with their sections, in order.
    pub fn items(&self) -> impl Iterator<Item = (&Section, &Item)> {
        self.sections
            .iter()
            .flat_map(|section| section.items.iter().map(move |item| (section, item)))
    }
}
