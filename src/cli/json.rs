//! The shapes of the JSON that the commands write: a contract with scripts.
//! Must not lose, rename or change the meaning of a field; adding one is fine.

use crate::app::Failure;
use crate::app::import::{Ending, Found, Outcome};
use crate::app::wording::{self, Worded};
use crate::config::Language;
use crate::issue::{
    Address, Facts, Issue, IssueHead, IssueNumber, Item, ItemHead, Note, Section, Tag,
};
use crate::store::{Changes, Detached, ItemView, Status, TagCount};
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
            marks: Marks::of(&head.marks),
        }
    }
}

/// Marks without item, with the fields of an item in a list: what only the item knows is null, and `key` is what they hang on.
#[derive(Serialize)]
pub(super) struct DetachedLine<'a> {
    id: Option<Address>,
    issue: IssueNumber,
    publication: &'a str,
    section: Option<&'a str>,
    headline: &'a str,
    page: Option<u32>,
    source: Option<&'a str>,
    facts: Facts,
    #[serde(flatten)]
    marks: Marks<'a>,
    /// Always: this item is not in the library.
    detached: bool,
    key: KeyObject<'a>,
}

#[derive(Serialize)]
struct KeyObject<'a> {
    publication: &'a str,
    issue: IssueNumber,
    headline: &'a str,
    nth: u32,
}

impl<'a> DetachedLine<'a> {
    pub fn new(detached: &'a Detached) -> Self {
        let key = &detached.key;
        Self {
            id: None,
            issue: key.issue,
            publication: &detached.publication,
            section: None,
            headline: &detached.printed,
            page: None,
            source: None,
            facts: Facts::default(),
            marks: Marks::of(&detached.marks),
            detached: true,
            key: KeyObject {
                publication: &key.publication,
                issue: key.issue,
                headline: &key.headline,
                nth: key.nth,
            },
        }
    }
}

/// A tag in a list.
#[derive(Serialize)]
pub(super) struct TagLine<'a> {
    tag: &'a Tag,
    items: u32,
    /// How many more items have it that the library does not hold.
    detached: u32,
}

impl<'a> TagLine<'a> {
    pub const fn new(count: &'a TagCount) -> Self {
        Self {
            tag: &count.tag,
            items: count.items,
            detached: count.absent,
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
            marks: Marks::of(&view.head.marks),
            diagnostics: wording::worded(language, &view.diagnostics),
        }
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

/// What became of a file. `issue` is its number where the file holds one issue; `issues` has all of them.
#[derive(Serialize)]
pub(super) struct ImportLine<'a> {
    path: &'a str,
    status: &'static str,
    issue: Option<IssueNumber>,
    items: u32,
    /// How many items of issues that the library had are new, read otherwise, or are gone.
    new_items: usize,
    changed_items: usize,
    gone_items: usize,
    diagnostics: usize,
    error: Option<ErrorObject>,
    /// Why a text of a folder was skipped.
    reason: Option<ErrorObject>,
    issues: Vec<ImportedIssue<'a>>,
    /// How many issues were not come to, because of a signal.
    left: usize,
    /// Whether nothing was written, only tried.
    dry_run: bool,
}

#[derive(Serialize)]
struct ErrorObject {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

impl ErrorObject {
    fn new(failure: &Failure, language: Language) -> Self {
        Self {
            code: failure.code,
            message: failure.message(language),
            hint: failure.hint(language),
        }
    }
}

#[derive(Serialize)]
struct ImportedIssue<'a> {
    publication: &'a str,
    number: IssueNumber,
    status: &'static str,
    items: u32,
    /// The copy that the library had.
    before: Option<BeforeObject<'a>>,
    /// What it has otherwise than that copy; null where there was none.
    changes: Option<ChangesObject<'a>>,
    /// Bookmarks, tags and notes of the issue that have no item in it.
    detached: usize,
    /// The file of this run that had the same issue before.
    twin: Option<&'a str>,
    diagnostics: Vec<Worded<'a>>,
}

/// Headlines of items.
#[derive(Serialize)]
struct ChangesObject<'a> {
    new: &'a [String],
    changed: &'a [String],
    gone: &'a [String],
}

#[derive(Serialize)]
struct BeforeObject<'a> {
    source: &'a str,
    items: u32,
}

impl<'a> ImportedIssue<'a> {
    fn new(issue: &'a Found, language: Language) -> Self {
        Self {
            publication: &issue.publication,
            number: issue.number,
            status: issue_status(issue),
            items: issue.items,
            before: issue.before.as_ref().map(|before| BeforeObject {
                source: &before.path,
                items: before.items,
            }),
            changes: issue.before.is_some().then_some(ChangesObject {
                new: &issue.changes.new,
                changed: &issue.changes.changed,
                gone: &issue.changes.gone,
            }),
            detached: issue.detached,
            twin: issue.twin.as_deref(),
            diagnostics: wording::worded(language, &issue.diagnostics),
        }
    }
}

impl<'a> ImportLine<'a> {
    pub fn new(outcome: &'a Outcome, dry_run: bool, language: Language) -> Self {
        let issues = outcome.issues.iter();
        let issues: Vec<_> = issues
            .map(|issue| ImportedIssue::new(issue, language))
            .collect();
        let worded = |failure: &Failure| ErrorObject::new(failure, language);
        let count = |of: fn(&Changes) -> &Vec<String>| {
            let counts = outcome.issues.iter().map(|issue| of(&issue.changes).len());
            counts.sum()
        };
        Self {
            new_items: count(|changes| &changes.new),
            changed_items: count(|changes| &changes.changed),
            gone_items: count(|changes| &changes.gone),
            path: &outcome.path,
            status: status(outcome),
            issue: match &issues[..] {
                [one] => Some(one.number),
                _ => None,
            },
            items: outcome.items(),
            diagnostics: outcome.diagnostics(),
            error: outcome.error().map(worded),
            reason: match &outcome.ending {
                Ending::Skipped(failure) => Some(worded(failure)),
                _ => None,
            },
            issues,
            left: match outcome.ending {
                Ending::Interrupted(left) => left,
                _ => 0,
            },
            dry_run,
        }
    }
}

/// The stable names of what becomes of a file that is come through.
pub(super) const STATUSES: [&str; 5] = ["new", "replaced", "unchanged", "skipped", "failed"];

/// The stable name of what became of a file.
pub(super) fn status(outcome: &Outcome) -> &'static str {
    match outcome.ending {
        Ending::Whole => name(outcome.status()),
        Ending::Skipped(_) => "skipped",
        Ending::Interrupted(_) => "interrupted",
        Ending::Failed(_) | Ending::Broken(_) => "failed",
    }
}

/// The stable name of what became of an issue.
pub(super) const fn issue_status(issue: &Found) -> &'static str {
    name(issue.status)
}

const fn name(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::New) => "new",
        Some(Status::Replaced) => "replaced",
        Some(Status::Unchanged) => "unchanged",
        None => "failed",
    }
}
