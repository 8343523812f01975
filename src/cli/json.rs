//! The shapes of the JSON that the commands write: a contract with scripts.
//! Must not lose, rename or change the meaning of a field; adding one is fine.

use crate::app::import::Outcome;
use crate::app::wording::{self, Worded};
use crate::config::Language;
use crate::issue::{Address, Facts, Issue, IssueHead, IssueNumber, Item, ItemHead, Section};
use crate::store::{ItemView, Status};
use serde::Serialize;

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
            marks: Marks::new(head),
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
            marks: Marks::new(&view.head),
            diagnostics: wording::worded(language, &view.diagnostics),
        }
    }
}

#[derive(Serialize)]
struct Marks<'a> {
    bookmarked: bool,
    read: bool,
    tags: &'a [String],
    note: Option<&'a str>,
}

impl<'a> Marks<'a> {
    fn new(head: &'a ItemHead) -> Self {
        Self {
            bookmarked: head.marks.bookmarked,
            read: head.marks.read,
            tags: &head.marks.tags,
            note: head.marks.note.as_deref(),
        }
    }
}

/// What became of a file. `issue` is its number where the file holds one issue; `issues` has all of them.
#[derive(Serialize)]
pub(super) struct ImportLine<'a> {
    path: &'a str,
    status: &'static str,
    issue: Option<IssueNumber>,
    items: u32,
    diagnostics: usize,
    error: Option<ErrorObject>,
    issues: Vec<ImportedIssue<'a>>,
    /// Whether nothing was written, only tried.
    dry_run: bool,
}

#[derive(Serialize)]
struct ErrorObject {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

#[derive(Serialize)]
struct ImportedIssue<'a> {
    publication: &'a str,
    number: IssueNumber,
    status: &'static str,
    items: u32,
    diagnostics: Vec<Worded<'a>>,
}

impl<'a> ImportLine<'a> {
    pub fn new(outcome: &'a Outcome, dry_run: bool, language: Language) -> Self {
        let issues: Vec<ImportedIssue<'_>> = outcome
            .issues
            .iter()
            .map(|issue| ImportedIssue {
                publication: &issue.publication,
                number: issue.number,
                status: status(issue.status),
                items: issue.items,
                diagnostics: wording::worded(language, &issue.diagnostics),
            })
            .collect();
        Self {
            path: &outcome.path,
            status: status(outcome.status()),
            issue: match &issues[..] {
                [one] => Some(one.number),
                _ => None,
            },
            items: outcome.items(),
            diagnostics: outcome.diagnostics(),
            error: outcome.error.as_ref().map(|failure| ErrorObject {
                code: failure.code,
                message: failure.message(language),
                hint: failure.hint(language),
            }),
            issues,
            dry_run,
        }
    }
}

/// The stable name of what became of a file or an issue; none is a failure.
pub(super) const fn status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::New) => "new",
        Some(Status::Replaced) => "replaced",
        Some(Status::Unchanged) => "unchanged",
        None => "failed",
    }
}
