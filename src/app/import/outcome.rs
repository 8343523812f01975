//! What became of a file and of the issues in it, as values.
//! Must not hold words.

use super::Failure;
use crate::issue::{Diagnostic, Issue, IssueNumber};
use crate::store::{Before, Changes, Fate, Imported, Status};

/// What became of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// As the user named it, without characters that must not reach a terminal.
    pub path: String,
    /// The issues of the file, in its order, as far as they were looked at.
    pub issues: Vec<Found>,
    /// How it ended.
    pub ending: Ending,
}

/// How one file ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// All of its issues were put where they go.
    Whole,
    /// The user stopped it between two issues; so many were left.
    Interrupted(usize),
    /// It is plainly no issue, and nobody said that it is.
    Skipped(Failure),
    /// Something is wrong with it.
    Failed(Failure),
    /// The library failed: with the next file it would too.
    Broken(Failure),
}

/// What became of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What the library had of it before.
    pub status: Status,
    /// The copy that it had, if one.
    pub before: Option<Before>,
    /// What it has otherwise than that copy.
    pub changes: Changes,
    /// What became of the issue's marks.
    pub fate: Fate,
}

impl From<Imported> for Verdict {
    fn from(imported: Imported) -> Self {
        Self {
            status: imported.status,
            before: imported.before,
            changes: imported.changes,
            fate: imported.fate,
        }
    }
}

/// An issue of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its publication.
    pub publication: String,
    /// Its number.
    pub number: IssueNumber,
    /// What the library had of it before; none where it was not stored.
    pub status: Option<Status>,
    /// The copy that the library had, if one.
    pub before: Option<Before>,
    /// What it has otherwise than that copy; nothing where there is none.
    pub changes: Changes,
    /// What became of its marks.
    pub fate: Fate,
    /// The file of this run that had the same issue before, as the user named it: another one, or this one.
    pub twin: Option<String>,
    /// How many items it has.
    pub items: u32,
    /// How many pictures they have.
    pub pictures: u32,
    /// What the parser could not take at its word.
    pub diagnostics: Vec<Diagnostic>,
}

impl Found {
    pub(super) fn new(issue: Issue, verdict: Option<Verdict>, twin: Option<String>) -> Self {
        let (status, verdict) = verdict.map(|verdict| (verdict.status, verdict)).unzip();
        let (before, changes, fate) = verdict
            .map(|verdict| (verdict.before, verdict.changes, verdict.fate))
            .unwrap_or_default();
        Self {
            items: u32::try_from(issue.items().count()).unwrap_or(u32::MAX),
            pictures: {
                let pictures = issue.items().map(|(_, item)| item.pictures.len());
                u32::try_from(pictures.sum::<usize>()).unwrap_or(u32::MAX)
            },
            publication: issue.publication,
            number: issue.number,
            status,
            before,
            changes,
            fate,
            twin,
            diagnostics: issue.diagnostics,
        }
    }

    /// How many items the copy before had, where those were more.
    #[must_use]
    pub fn more_before(&self) -> Option<u32> {
        let before = self.before.as_ref()?.items;
        (before > self.items).then_some(before)
    }
}

impl Found {
    /// How many pictures the copy before had, where those were more: a text has none, and takes them away.
    #[must_use]
    pub fn more_pictures_before(&self) -> Option<u32> {
        let before = self.before.as_ref()?.pictures;
        (self.status == Some(Status::Replaced) && before > self.pictures).then_some(before)
    }
}

impl Outcome {
    pub(super) fn new(path: String, ending: Ending) -> Self {
        Self {
            path,
            issues: vec![],
            ending,
        }
    }

    /// The outcome for what gives no file to read.
    #[must_use]
    pub fn failed(path: String, failure: Failure) -> Self {
        let failure = failure.with("path", &path);
        Self::new(path, Ending::Failed(failure))
    }

    /// What went wrong, if anything.
    #[must_use]
    pub const fn error(&self) -> Option<&Failure> {
        match &self.ending {
            Ending::Failed(failure) | Ending::Broken(failure) => Some(failure),
            Ending::Whole | Ending::Interrupted(_) | Ending::Skipped(_) => None,
        }
    }

    /// How many issues are stored.
    #[must_use]
    pub fn stored(&self) -> usize {
        let stored = self.issues.iter().filter(|issue| issue.status.is_some());
        stored.count()
    }

    /// What was new about the file's issues, the greatest of them; none if it was not come through.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        match self.ending {
            Ending::Whole => self.issues.iter().filter_map(|issue| issue.status).max(),
            _ => None,
        }
    }

    /// Items of all issues.
    #[must_use]
    pub fn items(&self) -> u32 {
        self.issues.iter().map(|issue| issue.items).sum()
    }

    /// How many diagnostics all issues have.
    #[must_use]
    pub fn diagnostics(&self) -> usize {
        self.issues
            .iter()
            .map(|issue| issue.diagnostics.len())
            .sum()
    }
}
