//! Makes the content of a library again: each kept document parsed by this version, its issues under the names that they had.
//! Must not lose what the library has of an issue for want of a reading.

use super::Failure;
use super::import::PUBLICATION;
use super::input::STDIN;
use super::issues::{READING_VERSION, issues_on};
use super::reparse::{keep_lost, known_as, likest, position, quietly};
use crate::config::library_folder;
use crate::issue::{Issue, IssueLabel, IssueNumber, Page};
use crate::parse::Hints;
use crate::store::{self, Claim, Fresh, KeptDocument, Place, Put, Rebuilt, StoreError};
use std::path::{Path, PathBuf};

/// What came of it.
#[derive(Debug, PartialEq)]
pub struct Remade {
    /// The issues that are in the library now.
    pub issues: Vec<Made>,
    /// What is to be imported again.
    pub lost: Vec<Lost>,
    /// How the new content took its place.
    pub rebuilt: Rebuilt,
}

/// An issue that is in the library now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its publication.
    pub publication: String,
    /// Its number.
    pub number: IssueNumber,
    /// How many items it has.
    pub items: usize,
    /// Where its document was.
    pub path: Option<String>,
    /// Where it comes from.
    pub basis: Basis,
}

/// Where an issue comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The kept pages.
    Pages,
    /// The rows that the library had of it, for its pages do not read as this issue.
    Rows,
    /// Those rows, for its pages are lost: another version of the parser could not read it again.
    RowsAlone,
}

/// What could not be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Where the document was, if that is known.
    pub path: Option<String>,
    /// The issue, if one is known.
    pub issue: Option<IssueLabel>,
}

/// Makes the library in the folder `chosen` again, else the one of this user, as long as it is `wanted`; `step` is told how
/// many documents are done, of how many, and which is next. None where there is no library.
///
/// # Errors
/// No folder is known, the library is none of ours, cannot be written or is locked, or it was not wanted any more. Then it is
/// as it was.
pub fn rebuild(
    chosen: Option<PathBuf>,
    wanted: &dyn Fn() -> bool,
    step: &mut dyn FnMut(usize, usize, &str),
) -> Result<Option<Remade>, Failure> {
    let place = Place::Folder(library_folder(chosen)?);
    let (mut issues, mut lost) = (vec![], vec![]);
    let rebuilt = store::rebuild(&place, wanted, &mut |done, all, document, fresh| {
        if done == 0 {
            issues.clear();
            lost.clear();
        }
        step(done, all, document.path.as_deref().unwrap_or_default());
        let mut one = One {
            document,
            fresh,
            issues: &mut issues,
            lost: &mut lost,
        };
        one.make()
    })?;
    Ok(rebuilt.map(|rebuilt| Remade {
        issues,
        lost,
        rebuilt,
    }))
}

/// One document on its way into the new library.
struct One<'a, 'f> {
    document: &'a KeptDocument,
    fresh: &'a mut Fresh<'f>,
    issues: &'a mut Vec<Made>,
    lost: &'a mut Vec<Lost>,
}

impl One<'_, '_> {
    fn make(&mut self) -> Result<(), StoreError> {
        let document = self.document;
        let Some(pages) = &document.pages else {
            if document.issues.is_empty() && !document.is_merged {
                self.lose(None);
            }
            for claim in &document.issues {
                self.keep(claim, Basis::RowsAlone)?;
            }
            return Ok(());
        };
        let mut readings = as_imported(document, pages);
        // With what the library knows of them an issue may read otherwise; only asked where it matters.
        let mut known: Option<Vec<Issue>> = None;
        for (n, claim) in document.issues.iter().enumerate() {
            let others = &document.issues[n + 1..];
            let former = self.fresh.former(claim);
            let mut reading = self.take(&mut readings, claim, others, former.as_ref());
            if !self.is_former(claim, reading.as_ref(), former.as_ref()) {
                let path = document.path.as_deref().unwrap_or_default();
                let known =
                    known.get_or_insert_with(|| known_as(issues_on, pages, path, &claim.label));
                let other = self.take(known, claim, others, former.as_ref());
                if reading.is_none() || self.is_former(claim, other.as_ref(), former.as_ref()) {
                    reading = other.or(reading);
                }
            }
            // What is so much otherwise is another text.
            let reading =
                reading.filter(|issue| former.is_none() || self.fresh.is_reading_of(claim, issue));
            self.put(claim, reading)?;
        }
        // A document without issues is no longer kept; where there is one, they were lost.
        if self.fresh.is_doubtful() || document.issues.is_empty() {
            self.put_others(readings)?;
        }
        Ok(())
    }

    /// The reading of an issue out of those of its document.
    fn take(
        &self,
        readings: &mut Vec<Issue>,
        claim: &Claim,
        others: &[Claim],
        former: Option<&Issue>,
    ) -> Option<Issue> {
        let number = claim.label.number;
        let likest = || {
            let Some(former) = former else {
                // Without anything to compare with, the number has to do.
                return readings.iter().position(|reading| reading.number == number);
            };
            let others: Vec<_> = others.iter().map(|other| &other.label).collect();
            likest(readings, former, number, &others)
        };
        let at = position(readings, &claim.label).or_else(likest)?;
        let mut issue = readings.swap_remove(at);
        if let Some(former) = former {
            keep_lost(&mut issue, former.diagnostics.clone());
        }
        self.decoded(&mut issue);
        Some(issue)
    }

    /// Adds what the pages do not say any more: how the bytes became characters.
    fn decoded(&self, issue: &mut Issue) {
        let decoding = &self.document.said.decoding;
        if !decoding.iter().any(|one| issue.diagnostics.contains(one)) {
            issue.diagnostics.splice(..0, decoding.iter().cloned());
        }
    }

    /// Whether a reading is what the library had, or there is nothing to hold it against.
    fn is_former(&self, claim: &Claim, reading: Option<&Issue>, former: Option<&Issue>) -> bool {
        let (Some(reading), Some(former)) = (reading, former) else {
            return reading.is_some();
        };
        let mut reading = self.fresh.completed(Some(claim), reading).into_owned();
        reading.publication.clone_from(&former.publication);
        reading == *former
    }

    /// Stores the reading of an issue; what the library had of it where there is none that it can have.
    fn put(&mut self, claim: &Claim, reading: Option<Issue>) -> Result<(), StoreError> {
        let Some(issue) = reading else {
            return self.keep(claim, Basis::Rows);
        };
        match self
            .fresh
            .put(self.document, Some(claim), &issue, READING_VERSION)
        {
            Ok(Put::Made) => {
                self.made(&issue, Basis::Pages);
                Ok(())
            }
            Ok(Put::Held) => self.keep(claim, Basis::Rows),
            Err(error) if error.is_refusal() => self.keep(claim, Basis::Rows),
            Err(error) => Err(error),
        }
    }

    /// Stores what the library had of an issue.
    fn keep(&mut self, claim: &Claim, basis: Basis) -> Result<(), StoreError> {
        let Some(former) = self.fresh.former(claim) else {
            self.lose(Some(&claim.label));
            return Ok(());
        };
        match self.fresh.keep(self.document, claim, &former) {
            Ok(Put::Made) => {
                self.made(&former, basis);
                if basis == Basis::RowsAlone {
                    self.lose(Some(&claim.label));
                }
            }
            // Where another has its very name, the issue is there.
            Ok(Put::Held) => {}
            // Damaged rows may say what no issue ever was.
            Err(error) if error.is_refusal() => self.lose(Some(&claim.label)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Stores readings that no issue which could be found was.
    fn put_others(&mut self, readings: Vec<Issue>) -> Result<(), StoreError> {
        for mut issue in readings {
            self.decoded(&mut issue);
            match self.fresh.put(self.document, None, &issue, READING_VERSION) {
                Ok(Put::Made) => self.made(&issue, Basis::Pages),
                Ok(Put::Held) => {}
                Err(error) if error.is_refusal() => self.lose(None),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn made(&mut self, issue: &Issue, basis: Basis) {
        self.issues.push(Made {
            publication: issue.publication.clone(),
            number: issue.number,
            items: issue.items().count(),
            path: self.document.path.clone(),
            basis,
        });
    }

    fn lose(&mut self, issue: Option<&IssueLabel>) {
        self.lost.push(Lost {
            path: self.document.path.clone(),
            issue: issue.cloned(),
        });
    }
}

/// The issues of a document with what was known of it when it was imported.
fn as_imported(document: &KeptDocument, pages: &[Page]) -> Vec<Issue> {
    let path = document.path.as_deref().filter(|path| *path != STDIN);
    let hints = Hints {
        number: document.said.number,
        date: document.said.date,
        name: path
            .and_then(|path| Path::new(path).file_stem())
            .map(|stem| stem.to_string_lossy().into_owned()),
        publication: Some(PUBLICATION.to_owned()),
        known: None,
    };
    let readings = quietly(issues_on, pages, &hints);
    if !readings.is_empty() || (hints.number.is_none() && hints.date.is_none()) {
        return readings;
    }
    // What was taken for said may have been read of one of several issues.
    let hints = Hints {
        number: None,
        date: None,
        ..hints
    };
    quietly(issues_on, pages, &hints)
}

#[cfg(test)]
mod tests;
