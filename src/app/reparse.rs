//! Reads again, from the kept pages, what an older parser read: a document at a time, the newest first, and of its issues
//! each whole or not at all.
//! Must not fail aloud: what cannot be read again stays as it was, and is not tried again by the same version.

use super::import::PUBLICATION;
use super::issues::{READING_VERSION, issues_on};
use crate::issue::{Diagnostic, Issue, IssueDate, IssueId, IssueLabel, IssueNumber, Page, Problem};
use crate::parse::{Hints, ParseError};
use crate::store::{Changed, Outdated, Reread, Store, StoreError};
use crate::text::normalise;
use std::cell::Cell;
use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

thread_local! {
    /// Whether this thread is in a parser whose panic would be caught.
    static TRYING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be caught here, so that it is no reason to end the program or to say anything.
#[must_use]
pub fn is_trying() -> bool {
    TRYING.get()
}

/// A parser, as [`issues_on`] is one.
pub(super) type Parser = fn(&[Page], &Hints) -> Result<Vec<Issue>, ParseError>;

/// Goes through the outdated issues of a library.
#[derive(Debug)]
pub struct Rereader {
    store: Store,
    parser: Parser,
    version: u32,
    /// The newest issue of the document that was looked at last; that of the next is older.
    last: Option<IssueId>,
    /// The issues of that document that are still to be read again: a file may hold many.
    waiting: VecDeque<Outdated>,
    /// What the document reads as now, less what its issues have got of it.
    readings: Vec<Issue>,
}

impl Rereader {
    /// Reads with the parser of this program, through a connection of its own.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self::with(store, issues_on, READING_VERSION)
    }

    fn with(store: Store, parser: Parser, version: u32) -> Self {
        Self {
            store,
            parser,
            version,
            last: None,
            waiting: VecDeque::new(),
            readings: vec![],
        }
    }

    /// Reads the next issue again; what came of it. None where no outdated one is left.
    ///
    /// # Errors
    /// The library cannot be read or written, or another program keeps it locked. The issue is as it was, and the next
    /// start tries again.
    pub fn step(&mut self) -> Result<Option<Reread>, StoreError> {
        if self.waiting.is_empty() {
            self.open_next()?;
        }
        let Some(outdated) = self.waiting.pop_front() else {
            return Ok(None);
        };
        let issue = self.reading(&outdated)?;
        let reread = self.store.reread(&outdated, issue.as_ref(), self.version);
        match reread {
            Ok(reread) => Ok(Some(reread)),
            // What the library does not take is no better reading.
            Err(error) if error.is_refusal() => {
                Ok(Some(self.store.reread(&outdated, None, self.version)?))
            }
            Err(error) => Err(error),
        }
    }

    /// Goes on while `wanted`, and tells of each issue that reads otherwise now; how many those were. Then puts
    /// what is not in the keyword index into it. Ends early where the library cannot be used: the next start goes on.
    pub fn run(mut self, wanted: impl Fn() -> bool, mut tell: impl FnMut(Changed)) -> usize {
        let mut changed = 0;
        while wanted() {
            match self.step() {
                Ok(Some(Reread::Changed(issue))) => {
                    changed += 1;
                    tell(issue);
                }
                Ok(Some(Reread::Same | Reread::Left | Reread::Overtaken)) => {}
                Ok(None) | Err(_) => break,
            }
        }
        // What stays as it was read before there was an index.
        while wanted() && self.store.index_next().unwrap_or(false) {}
        changed
    }

    /// Parses the document of the next outdated issue, once for all of them that were read from it.
    fn open_next(&mut self) -> Result<(), StoreError> {
        let outdated = self.store.next_outdated(self.version, self.last)?;
        self.readings = match outdated.first() {
            None => vec![],
            Some(first) => {
                self.last = Some(first.id);
                match self.store.kept_pages(first.source) {
                    Ok(Some(pages)) => known_as(self.parser, &pages, &first.path, &first.label),
                    Ok(None) | Err(StoreError::Damaged { .. }) => vec![],
                    Err(error) => return Err(error),
                }
            }
        };
        self.waiting = outdated.into();
        Ok(())
    }

    /// Another reading of the issue; none where there is none.
    fn reading(&mut self, outdated: &Outdated) -> Result<Option<Issue>, StoreError> {
        let former = match self.store.issue(outdated.id) {
            Ok(former) => former,
            // What cannot be read back is mended by the new reading.
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        let at = position(&self.readings, &outdated.label);
        let Some(at) = at.or_else(|| self.under_another_name(outdated, former.as_ref()?)) else {
            return Ok(None);
        };
        let mut issue = self.readings.swap_remove(at);
        if let Some(former) = former {
            keep_lost(&mut issue, former.diagnostics);
        }
        Ok(Some(issue))
    }

    /// Which reading is that of an issue whose publication has another name now: of those with its number that are no other
    /// issue's.
    fn under_another_name(&self, outdated: &Outdated, former: &Issue) -> Option<usize> {
        let waiting: Vec<_> = self.waiting.iter().map(|other| &other.label).collect();
        likest(&self.readings, former, outdated.label.number, &waiting)
    }
}

/// Of the readings with this number that are none of the `others`, the one with the most headlines of `former`.
pub(super) fn likest(
    readings: &[Issue],
    former: &Issue,
    number: IssueNumber,
    others: &[&IssueLabel],
) -> Option<usize> {
    let headlines = |issue: &Issue| -> HashSet<String> {
        let items = issue.items().map(|(_, item)| normalise(&item.headline));
        items.collect()
    };
    let own = headlines(former);
    let is_free = |issue: &Issue| {
        issue.number == number && !others.iter().any(|other| is_named(issue, other))
    };
    let readings = readings.iter().enumerate();
    readings
        .filter(|(_, issue)| is_free(issue))
        .max_by_key(|(_, issue)| headlines(issue).intersection(&own).count())
        .map(|(at, _)| at)
}

/// The issues on `pages`, with what the library knows of one of them. Where a text of one issue says nothing of the number that
/// the user had said, that one counts.
pub(super) fn known_as(
    parser: Parser,
    pages: &[Page],
    path: &str,
    label: &IssueLabel,
) -> Vec<Issue> {
    let hints = Hints {
        name: Path::new(path)
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned()),
        // The date may be what the user had said.
        date: label.year.map(|_| IssueDate::from(label)),
        known: Some(label.clone()),
        publication: Some(PUBLICATION.to_owned()),
        ..Hints::default()
    };
    let issues = quietly(parser, pages, &hints);
    match &issues[..] {
        [issue] if issue.number != label.number => {
            let number = Some(label.number);
            quietly(parser, pages, &Hints { number, ..hints })
        }
        _ => issues,
    }
}

/// The issues on `pages`; none where they cannot be read. A parser must not panic; should it, then not again at every start.
pub(super) fn quietly(parser: Parser, pages: &[Page], hints: &Hints) -> Vec<Issue> {
    TRYING.set(true);
    let parsed = catch_unwind(AssertUnwindSafe(|| parser(pages, hints)));
    TRYING.set(false);
    parsed.ok().and_then(Result::ok).unwrap_or_default()
}

/// Which of the issues has this name.
pub(super) fn position(issues: &[Issue], label: &IssueLabel) -> Option<usize> {
    issues.iter().position(|issue| is_named(issue, label))
}

fn is_named(issue: &Issue, label: &IssueLabel) -> bool {
    issue.number == label.number && normalise(&issue.publication) == normalise(&label.publication)
}

/// Takes over what was found while the bytes were decoded: the pages say nothing of it any more. It stays on the side of the
/// others on which it was, so that a reading that is the same is known to be.
pub(super) fn keep_lost(issue: &mut Issue, former: Vec<Diagnostic>) {
    let is_lost = |found: &Diagnostic| {
        matches!(
            found.problem,
            Problem::CharactersLost { .. }
                | Problem::CharactersDoubtful { .. }
                | Problem::EncodingsMixed { .. }
        )
    };
    if issue.diagnostics.iter().any(is_lost) {
        return;
    }
    let leads = former.first().is_some_and(is_lost);
    let lost = former.into_iter().filter(is_lost);
    if leads {
        issue.diagnostics.splice(..0, lost);
    } else {
        issue.diagnostics.extend(lost);
    }
}

#[cfg(test)]
mod tests;
