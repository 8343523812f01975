//! Reads again, from the kept pages, what an older parser read: an issue at a time, newest first, each whole or not at all.
//! Must not fail aloud: what cannot be read again stays as it was, and is not tried again by the same version.

use super::import::PUBLICATION;
use crate::issue::{Diagnostic, Issue, IssueDate, IssueLabel, Page, Problem};
use crate::parse::{self, Hints, PARSER_VERSION, ParseError};
use crate::store::{Changed, Outdated, Reread, SourceId, Store, StoreError};
use crate::text::normalise;
use std::cell::Cell;
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

/// A parser, as [`parse::parse`] is one.
type Parser = fn(&[Page], &Hints) -> Result<Vec<Issue>, ParseError>;

/// Goes through the outdated issues of a library.
#[derive(Debug)]
pub struct Rereader {
    store: Store,
    parser: Parser,
    version: u32,
    /// The last one looked at; the next is older.
    last: Option<Outdated>,
    /// What else was read from the document that was parsed last: a file may hold many issues.
    others: Option<(SourceId, Vec<Issue>)>,
}

impl Rereader {
    /// Reads with the parser of this program, through a connection of its own.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self::with(store, parse::parse, PARSER_VERSION)
    }

    fn with(store: Store, parser: Parser, version: u32) -> Self {
        Self {
            store,
            parser,
            version,
            last: None,
            others: None,
        }
    }

    /// Reads the next issue again; what came of it. None where no outdated one is left.
    ///
    /// # Errors
    /// The library cannot be read or written, or another program keeps it locked. The issue is as it was, and the next
    /// start tries again.
    pub fn step(&mut self) -> Result<Option<Reread>, StoreError> {
        let after = self.last.as_ref().map(|last| last.id);
        let Some(outdated) = self.store.next_outdated(self.version, after)? else {
            return Ok(None);
        };
        let issue = self.read(&outdated)?;
        let reread = self.store.reread(&outdated, issue.as_ref(), self.version);
        self.last = Some(outdated.clone());
        match reread {
            Ok(reread) => Ok(Some(reread)),
            // What the library does not take is no better reading.
            Err(error) if is_refusal(&error) => {
                Ok(Some(self.store.reread(&outdated, None, self.version)?))
            }
            Err(error) => Err(error),
        }
    }

    /// Goes on while `wanted`, and tells of each issue that reads otherwise now; how many those were. Ends early where the
    /// library cannot be used: the next start goes on.
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
        changed
    }

    /// Another reading of the issue; none where there is none.
    fn read(&mut self, outdated: &Outdated) -> Result<Option<Issue>, StoreError> {
        let mut issues = match self.others.take() {
            Some((source, issues))
                if source == outdated.source && position(&issues, &outdated.label).is_some() =>
            {
                issues
            }
            _ => match self.store.kept_pages(outdated.id) {
                Ok(Some(pages)) => self.parse(&pages, outdated),
                Ok(None) | Err(StoreError::Damaged { .. }) => vec![],
                Err(error) => return Err(error),
            },
        };
        let Some(at) = position(&issues, &outdated.label) else {
            return Ok(None);
        };
        let mut issue = issues.swap_remove(at);
        self.others = Some((outdated.source, issues));
        match self.store.issue(outdated.id) {
            Ok(Some(former)) => keep_lost(&mut issue, former.diagnostics),
            // What cannot be read back is mended by the new reading.
            Ok(None) | Err(StoreError::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(Some(issue))
    }

    /// The issues on `pages`. Where a text says nothing of the number that the user had said, that one counts; publication and
    /// number never change.
    fn parse(&self, pages: &[Page], outdated: &Outdated) -> Vec<Issue> {
        let hints = Hints {
            name: Path::new(&outdated.path)
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned()),
            // The date may be what the user had said.
            date: outdated
                .label
                .year
                .map(|_| IssueDate::from(&outdated.label)),
            known: Some(outdated.label.clone()),
            publication: Some(PUBLICATION.to_owned()),
            ..Hints::default()
        };
        // A parser must not panic; should it, then not again at every start.
        let parse = |hints: &Hints| {
            TRYING.set(true);
            let parsed = catch_unwind(AssertUnwindSafe(|| (self.parser)(pages, hints)));
            TRYING.set(false);
            parsed.ok().and_then(Result::ok).unwrap_or_default()
        };
        let issues = parse(&hints);
        if issues.is_empty() || position(&issues, &outdated.label).is_some() {
            return issues;
        }
        parse(&Hints {
            number: Some(outdated.label.number),
            ..hints
        })
    }
}

/// Which of the issues has this name.
fn position(issues: &[Issue], label: &IssueLabel) -> Option<usize> {
    let publication = normalise(&label.publication);
    issues.iter().position(|issue| {
        issue.number == label.number && normalise(&issue.publication) == publication
    })
}

/// Whether the library does not take an issue, however often it is tried.
const fn is_refusal(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::NumberTooLarge { .. }
            | StoreError::DateTooLarge { .. }
            | StoreError::TooManyItems { .. }
            | StoreError::RepeatedSection { .. }
    )
}

/// Takes over what was found while the bytes were decoded: the pages say nothing of it any more. It stays on the side of the
/// others on which it was, so that a reading that is the same is known to be.
fn keep_lost(issue: &mut Issue, former: Vec<Diagnostic>) {
    let is_lost = |found: &Diagnostic| matches!(found.problem, Problem::CharactersLost { .. });
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
