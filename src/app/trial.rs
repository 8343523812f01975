//! What an import would come to: the library is asked, and what the same run would have put into it before is remembered.
//! Must not write, nor make a library where there is none.

use super::Failure;
use crate::config::library_folder;
use crate::issue::{Issue, IssueNumber};
use crate::store::{Glance, Kept, Place, Status, StoreError};
use crate::text::normalise;
use std::collections::HashMap;
use std::path::PathBuf;

/// An import that is only tried.
#[derive(Debug)]
pub struct Trial {
    library: Glance,
    /// The issues tried so far, each with the hash of its document.
    tried: HashMap<(String, IssueNumber), String>,
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
            tried: HashMap::new(),
        })
    }

    /// What importing `issue` would come to.
    ///
    /// # Errors
    /// Those of importing it, as far as reading can tell.
    pub fn put(&mut self, issue: &Issue, kept: &Kept<'_>) -> Result<Status, StoreError> {
        let status = self.library.status(issue, kept)?;
        let name = (normalise(&issue.publication), issue.number);
        Ok(match self.tried.insert(name, kept.sha256.to_owned()) {
            None => status,
            Some(before) if before == kept.sha256 => Status::Unchanged,
            Some(_) => Status::Replaced,
        })
    }
}
