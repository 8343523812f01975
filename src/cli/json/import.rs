//! What `import` writes: a line a file, with what became of each issue in it.
//! Must not lose, rename or change the meaning of a field; adding one is fine.

use super::{DetachedLine, Marks};
use crate::app::Failure;
use crate::app::import::{Ending, Found, Outcome};
use crate::app::wording::{self, Worded};
use crate::config::Language;
use crate::issue::IssueNumber;
use crate::store::{Changes, Fate, Renamed, Status};
use serde::Serialize;

/// What became of a file. `issue` is its number where the file holds one issue; `issues` has all of them.
#[derive(Serialize)]
pub(in crate::cli) struct ImportLine<'a> {
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

/// What went wrong, in the language of the run.
#[derive(Serialize)]
pub(in crate::cli) struct ErrorObject {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

impl ErrorObject {
    pub fn new(failure: &Failure, language: Language) -> Self {
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
    pictures: u32,
    /// The copy that the library had.
    before: Option<BeforeObject<'a>>,
    /// What it has otherwise than that copy; null where there was none.
    changes: Option<ChangesObject<'a>>,
    /// Bookmarks, tags and notes of the issue that have no item in it.
    detached: usize,
    /// What became of its bookmarks, tags and notes.
    marks: FateObject<'a>,
    /// The file of this run that had the same issue before.
    twin: Option<&'a str>,
    diagnostics: Vec<Worded<'a>>,
}

/// Headlines of items.
#[derive(Serialize)]
struct ChangesObject<'a> {
    new: &'a [String],
    changed: &'a [String],
    /// Those of the changed of which the headline reads otherwise.
    renamed: Vec<RenamedObject<'a>>,
    gone: &'a [String],
}

#[derive(Serialize)]
struct RenamedObject<'a> {
    before: &'a str,
    after: &'a str,
}

fn renamed(changes: &Changes) -> Vec<RenamedObject<'_>> {
    let renamed = changes.renamed.iter();
    renamed
        .map(|Renamed { before, after }| RenamedObject { before, after })
        .collect()
}

/// What became of the marks of an issue.
#[derive(Serialize)]
struct FateObject<'a> {
    /// They went along with a headline that was corrected.
    carried: Vec<CarriedObject<'a>>,
    /// They waited, and have their item now.
    back: Vec<DetachedLine<'a>>,
    /// They had an item, and wait for it now.
    left: Vec<DetachedLine<'a>>,
}

#[derive(Serialize)]
struct CarriedObject<'a> {
    before: &'a str,
    after: &'a str,
    #[serde(flatten)]
    marks: Marks<'a>,
}

impl<'a> FateObject<'a> {
    fn new(fate: &'a Fate) -> Self {
        let carried = fate.carried.iter().map(|one| CarriedObject {
            before: &one.before,
            after: &one.after,
            marks: Marks::of(&one.marks),
        });
        Self {
            carried: carried.collect(),
            back: fate.back.iter().map(DetachedLine::back).collect(),
            left: fate.left.iter().map(DetachedLine::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct BeforeObject<'a> {
    source: &'a str,
    items: u32,
    pictures: u32,
}

impl<'a> ImportedIssue<'a> {
    fn new(issue: &'a Found, language: Language) -> Self {
        Self {
            publication: &issue.publication,
            number: issue.number,
            status: issue_status(issue),
            items: issue.items,
            pictures: issue.pictures,
            before: issue.before.as_ref().map(|before| BeforeObject {
                source: &before.path,
                items: before.items,
                pictures: before.pictures,
            }),
            changes: issue.before.is_some().then_some(ChangesObject {
                new: &issue.changes.new,
                changed: &issue.changes.changed,
                renamed: renamed(&issue.changes),
                gone: &issue.changes.gone,
            }),
            detached: issue.fate.waiting,
            marks: FateObject::new(&issue.fate),
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
pub(in crate::cli) const STATUSES: [&str; 5] =
    ["new", "replaced", "unchanged", "skipped", "failed"];

/// The stable name of what became of a file.
pub(in crate::cli) fn status(outcome: &Outcome) -> &'static str {
    match outcome.ending {
        Ending::Whole => name(outcome.status()),
        Ending::Skipped(_) => "skipped",
        Ending::Interrupted(_) => "interrupted",
        Ending::Failed(_) | Ending::Broken(_) => "failed",
    }
}

/// The stable name of what became of an issue.
pub(in crate::cli) const fn issue_status(issue: &Found) -> &'static str {
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
