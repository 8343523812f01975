//! What an import would come to: the library is asked, and what the same run would have put into it before is kept aside.
//! Must not write, nor make a library where there is none.

use super::Failure;
use super::import::Verdict;
use crate::config::library_folder;
use crate::issue::{Issue, IssueNumber};
use crate::store::{Glance, Held, Kept, Place, Status, Store, StoreError};
use crate::text::normalise;
use std::collections::HashSet;
use std::path::PathBuf;

/// An import that is only tried.
#[derive(Debug)]
pub struct Trial {
    library: Glance,
    /// In memory: the issues tried so far, as the library would hold them.
    aside: Store,
    /// Their publications, normalised, and numbers.
    tried: HashSet<(String, IssueNumber)>,
}

impl Trial {
    /// For the library in the folder `chosen`, else the one of this user.
    ///
    /// # Errors
    /// No folder is known, or the library that is there cannot be read.
    pub fn of(chosen: Option<PathBuf>) -> Result<Self, Failure> {
        let place = Place::Folder(library_folder(chosen)?);
        Ok(Self {
            library: Glance::open(&place)?,
            aside: Store::open(&Place::Memory)?,
            tried: HashSet::new(),
        })
    }

    /// What importing `issue` would come to.
    ///
    /// # Errors
    /// Those of importing it, as far as reading can tell.
    pub fn put(&mut self, issue: &Issue, kept: &Kept<'_>) -> Result<Verdict, StoreError> {
        // Nobody reads them again here.
        let kept = Kept {
            pages: &[],
            ..*kept
        };
        let name = (normalise(&issue.publication), issue.number);
        if self.tried.contains(&name) {
            return Ok(self.aside.import(issue, &kept)?.into());
        }
        let seen = self.library.look(issue, &kept)?;
        // What is unchanged stays where it was read from first.
        let path = match (&seen.before, seen.status) {
            (Some(before), Status::Unchanged) => &before.path,
            _ => kept.path,
        };
        let kept = Kept { path, ..kept };
        let is_laid = self.lay_aside(issue, &kept)?;
        let imported = self.aside.import(&seen.issue, &kept)?;
        self.tried.insert(name);
        Ok(Verdict {
            status: seen.status,
            before: seen.before,
            // With the corrections gone along, where there are any.
            changes: if is_laid {
                imported.changes
            } else {
                seen.changes
            },
            fate: imported.fate,
        })
    }

    /// Has the marks of the issue aside, where there are any, and the copy of it that they hang on: what becomes of them shows where
    /// it is replaced there. Whether both are there.
    fn lay_aside(&mut self, issue: &Issue, kept: &Kept<'_>) -> Result<bool, StoreError> {
        let mut marks = self.library.marks(&issue.publication, issue.number)?;
        let held = self.library.held(issue, kept)?;
        if let Some(held) = &held
            && normalise(&held.issue.publication) != normalise(&issue.publication)
        {
            let former = &held.issue;
            marks.extend(self.library.marks(&former.publication, former.number)?);
        }
        if marks.is_empty() {
            return Ok(false);
        }
        if let Some(Held {
            issue,
            sha256,
            parser,
        }) = &held
        {
            let kept = Kept {
                sha256,
                parser: *parser,
                ..*kept
            };
            self.aside.import(issue, &kept)?;
        }
        self.aside.merge(&marks)?;
        Ok(held.is_some())
    }
}
