//! Heads: what lists show of an issue or an item, without the body.

use super::{
    Address, Corrected, Fact, Facts, IssueId, IssueNumber, ItemId, ItemKey, ItemOrdinal, Marks,
    Part, SectionOrdinal, Target,
};

/// An issue as it is named to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueLabel {
    /// Name of the publication, as printed.
    pub publication: String,
    /// Number within the publication.
    pub number: IssueNumber,
    /// Year of the cover.
    pub year: Option<u16>,
    /// Month of the cover.
    pub month: Option<u8>,
    /// Issue of the month.
    pub week: Option<u8>,
}

/// An issue as a row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueHead {
    /// Its row.
    pub id: IssueId,
    /// Its name.
    pub label: IssueLabel,
    /// How many items.
    pub items: u32,
    /// How many of them are unread.
    pub unread: u32,
    /// How many of them are bookmarked.
    pub bookmarked: u32,
    /// How many diagnostics, those about items included.
    pub diagnostics: u32,
    /// When it was imported, RFC 3339 in UTC.
    pub imported: String,
    /// Path it was imported from.
    pub source: String,
}

/// An item as a row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemHead {
    /// Its row.
    pub id: ItemId,
    /// Its name for marks.
    pub key: ItemKey,
    /// Name of its publication, as printed.
    pub publication: String,
    /// Whether other publications of the library have an issue of this number.
    pub shared_number: bool,
    /// Position of its section in the issue.
    pub section_ordinal: SectionOrdinal,
    /// Its position in the section.
    pub ordinal: ItemOrdinal,
    /// Title of its section.
    pub section: String,
    /// As printed in the body.
    pub headline: String,
    /// Page of the printed issue.
    pub page: Option<u32>,
    /// Who is named as source.
    pub source: Option<String>,
    /// How many diagnostics are about it.
    pub diagnostics: u32,
    /// What it states.
    pub facts: Facts,
    /// What of it the reader corrected.
    pub corrected: Corrected,
    /// What the reader added.
    pub marks: Marks,
}

impl ItemHead {
    /// Whether its text was read for facts: then it has a stage, unless its reader took that away. Versions before facts did not.
    #[must_use]
    pub fn knows_facts(&self) -> bool {
        let stage = Target::Fact(Fact::Stage).field();
        self.facts.stage.is_some() || self.corrected.fixed.iter().any(|fixed| fixed == stage)
    }

    /// Where it stands, in the short form while that is unique in the library.
    #[must_use]
    pub fn address(&self) -> Address {
        self.at(Part::Item(self.section_ordinal, self.ordinal))
    }

    /// Where its section stands, in the same form.
    #[must_use]
    pub fn section_address(&self) -> Address {
        self.at(Part::Section(self.section_ordinal))
    }

    fn at(&self, part: Part) -> Address {
        Address {
            publication: self.shared_number.then(|| self.publication.clone()),
            issue: self.key.issue,
            part,
        }
    }
}
