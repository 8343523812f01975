//! The shapes of the JSON that the commands write: a contract with scripts.
//! Must not lose, rename or change the meaning of a field; adding one is fine.

mod detached;
mod import;
mod merged;
mod queries;

pub(super) use detached::{DetachedLine, TagLine};
pub(super) use import::{ErrorObject, ImportLine, STATUSES, issue_status, status};
pub(super) use merged::MergedLine;
pub(super) use queries::QueryLine;

use crate::app::wording::{self, Worded};
use crate::config::Language;
use crate::issue::{
    Address, Corrected, Facts, Issue, IssueHead, IssueNumber, Item, ItemHead, Note, Section, Tag,
};
use crate::jump::Hit;
use crate::store::{InForce, ItemView};
use serde::Serialize;
use std::path::Path;

/// Version of the shape of a parsed issue.
const SCHEMA: u32 = 1;

/// An issue as parsed, with worded diagnostics.
#[derive(Serialize)]
pub(super) struct ParsedIssue<'a> {
    schema: u32,
    publication: &'a str,
    number: IssueNumber,
    year: Option<u16>,
    month: Option<u8>,
    week: Option<u8>,
    publisher: Option<&'a str>,
    site: Option<&'a str>,
    note: Option<&'a str>,
    sections: &'a [Section],
    diagnostics: Vec<Worded<'a>>,
}

impl<'a> ParsedIssue<'a> {
    pub fn new(issue: &'a Issue, language: Language) -> Self {
        Self {
            schema: SCHEMA,
            publication: &issue.publication,
            number: issue.number,
            year: issue.year,
            month: issue.month,
            week: issue.week,
            publisher: issue.publisher.as_deref(),
            site: issue.site.as_deref(),
            note: issue.note.as_deref(),
            sections: &issue.sections,
            diagnostics: wording::worded(language, &issue.diagnostics),
        }
    }
}

/// An issue in a list.
#[derive(Serialize)]
pub(super) struct IssueLine<'a> {
    publication: &'a str,
    number: IssueNumber,
    year: Option<u16>,
    month: Option<u8>,
    week: Option<u8>,
    items: u32,
    unread: u32,
    bookmarked: u32,
    imported: &'a str,
    source: &'a str,
}

impl<'a> IssueLine<'a> {
    pub fn new(head: &'a IssueHead) -> Self {
        let label = &head.label;
        Self {
            publication: &label.publication,
            number: label.number,
            year: label.year,
            month: label.month,
            week: label.week,
            items: head.items,
            unread: head.unread,
            bookmarked: head.bookmarked,
            imported: &head.imported,
            source: &head.source,
        }
    }
}

/// An issue that was taken out.
#[derive(Serialize)]
pub(super) struct RemovedLine<'a> {
    publication: &'a str,
    number: IssueNumber,
    items: u32,
    /// Whether it was there still.
    removed: bool,
}

impl<'a> RemovedLine<'a> {
    pub fn new(head: &'a IssueHead, removed: bool) -> Self {
        Self {
            publication: &head.label.publication,
            number: head.label.number,
            items: head.items,
            removed,
        }
    }
}

/// An item in a list.
#[derive(Serialize)]
pub(super) struct ItemLine<'a> {
    id: Address,
    issue: IssueNumber,
    publication: &'a str,
    section: &'a str,
    headline: &'a str,
    page: Option<u32>,
    source: Option<&'a str>,
    facts: &'a Facts,
    facts_known: bool,
    #[serde(flatten)]
    corrected: Option<&'a Corrected>,
    #[serde(flatten)]
    marks: Marks<'a>,
}

impl<'a> ItemLine<'a> {
    pub fn new(head: &'a ItemHead) -> Self {
        Self {
            id: head.address(),
            issue: head.key.issue,
            publication: &head.publication,
            section: &head.section,
            headline: &head.headline,
            page: head.page,
            source: head.source.as_deref(),
            facts: &head.facts,
            facts_known: head.knows_facts(),
            corrected: corrected(head),
            marks: Marks::of(&head.marks),
        }
    }
}

/// An item that the jump finds.
#[derive(Serialize)]
pub(super) struct HitLine<'a> {
    #[serde(flatten)]
    item: ItemLine<'a>,
    score: i64,
    /// Characters of `headline` that match, from 0.
    matched: Vec<u32>,
}

impl<'a> HitLine<'a> {
    pub fn new(head: &'a ItemHead, hit: &Hit) -> Self {
        Self {
            item: ItemLine::new(head),
            score: hit.score,
            matched: hit.printed(&head.headline),
        }
    }
}

/// An item whole.
#[derive(Serialize)]
pub(super) struct ItemObject<'a> {
    id: Address,
    issue: IssueNumber,
    publication: &'a str,
    section: &'a str,
    #[serde(flatten)]
    item: &'a Item,
    facts_known: bool,
    #[serde(flatten)]
    corrected: Option<&'a Corrected>,
    #[serde(flatten)]
    marks: Marks<'a>,
    diagnostics: Vec<Worded<'a>>,
}

impl<'a> ItemObject<'a> {
    pub fn new(view: &'a ItemView, language: Language) -> Self {
        Self {
            id: view.head.address(),
            issue: view.issue.number,
            publication: &view.issue.publication,
            section: &view.head.section,
            item: &view.item,
            facts_known: view.head.knows_facts(),
            corrected: corrected(&view.head),
            marks: Marks::of(&view.head.marks),
            diagnostics: wording::worded(language, &view.diagnostics),
        }
    }
}

/// What of an item is corrected, if anything is.
fn corrected(head: &ItemHead) -> Option<&Corrected> {
    Some(&head.corrected).filter(|corrected| !corrected.is_empty())
}

/// Fixes that wait for an item that they fit.
#[derive(Serialize)]
pub(super) struct WaitingFix<'a> {
    publication: &'a str,
    issue: IssueNumber,
    /// The headline of the item that was fixed.
    headline: &'a str,
    waits: bool,
    /// What is fixed, and to what; none of a fix that a newer version made.
    fix: Option<(&'static str, Option<String>)>,
    made_at: &'a str,
}

impl<'a> WaitingFix<'a> {
    pub fn new(one: &'a InForce) -> Self {
        Self {
            publication: &one.publication,
            issue: one.key.issue,
            headline: &one.printed,
            waits: true,
            fix: one
                .fix
                .as_ref()
                .map(|fix| (fix.target().field(), fix.value())),
            made_at: &one.made_at,
        }
    }
}

/// What a command has changed, and the copy of all marks that it made before.
#[derive(Serialize)]
pub(super) struct Copied<T> {
    #[serde(flatten)]
    changed: T,
    copy: Option<String>,
}

impl<T> Copied<T> {
    pub fn new(changed: T, copy: Option<&Path>) -> Self {
        let copy = copy.map(|path| path.to_string_lossy().into_owned());
        Self { changed, copy }
    }
}

#[derive(Serialize)]
struct Marks<'a> {
    bookmarked: bool,
    read: bool,
    tags: &'a [Tag],
    note: Option<&'a Note>,
}

impl<'a> Marks<'a> {
    fn of(marks: &'a crate::issue::Marks) -> Self {
        Self {
            bookmarked: marks.bookmarked,
            read: marks.read,
            tags: &marks.tags,
            note: marks.note.as_ref(),
        }
    }
}
