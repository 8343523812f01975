//! The body on its way to sections of items, with the lines it came from.
//! Only the values; whoever fills them in stands elsewhere.

use super::lines::{Row, tidy};
use super::passages::Passage;
use crate::issue::{Item, Section, SectionOrdinal};

/// The body, read.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) sections: Vec<SectionDraft>,
    /// Lines that belong to no item.
    pub(super) unknown: Vec<Unknown>,
    /// What each row was taken for.
    pub(super) fates: Vec<Fate>,
}

/// What a line was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Part of the cover.
    Cover,
    /// Part of the contents.
    Contents,
    /// A section heading of the body.
    Heading,
    /// A headline of the body, or a piece of one.
    Headline,
    /// A piece of a lead, a paragraph or a source.
    Text,
    /// A piece of the closing note.
    Note,
    /// A page number.
    PageNumber,
    /// A header or footer that pages print again, or a heading printed again.
    Running,
    /// A mark with nothing behind it, or the mark of a converter.
    Mark,
    /// Nothing that an issue has; a diagnostic says so.
    Unknown,
}

/// A section of the body.
#[derive(Debug, Default)]
pub(super) struct SectionDraft {
    /// 0 where items come before any heading.
    pub(super) numeral: u32,
    pub(super) title: String,
    /// The title, normalised.
    pub(super) key: String,
    pub(super) page: Option<u32>,
    pub(super) line: u32,
    pub(super) items: Vec<ItemDraft>,
}

/// An item of the body.
#[derive(Debug)]
pub(super) struct ItemDraft {
    pub(super) item: Item,
    /// The headline, normalised.
    pub(super) key: String,
    /// Line of the headline.
    pub(super) line: u32,
}

/// A line that is no part of the issue as the rules have it.
#[derive(Debug)]
pub(super) struct Unknown {
    pub(super) line: u32,
    pub(super) text: String,
}

impl Unknown {
    pub(super) fn of(row: &Row<'_>) -> Self {
        Self {
            line: row.number,
            text: tidy(row.text),
        }
    }

    pub(super) fn passage(passage: &Passage<'_>) -> Self {
        Self {
            line: passage.row.number,
            text: tidy(&passage.text),
        }
    }
}

/// The finished sections, counted from 1.
pub(super) fn sections(drafts: Vec<SectionDraft>) -> Vec<Section> {
    drafts
        .into_iter()
        .zip(1..)
        .map(|(draft, ordinal)| Section {
            ordinal: SectionOrdinal(ordinal),
            title: draft.title,
            page: draft.page,
            items: draft.items.into_iter().map(|draft| draft.item).collect(),
        })
        .collect()
}
