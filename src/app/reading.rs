//! What the reader opens: the library of this user, files that are only read, or the built-in sample where the library is
//! empty.
//! Must not store a file, and must not mix what is read aside with the library.

use super::import::import_file;
use super::input::{Asked, Input};
use super::{Failure, library, sample};
use crate::config::library_folder;
use crate::store::{Place, Store};
use std::path::PathBuf;

/// Where what is read comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The library of this user.
    Library,
    /// Files, in a library in memory; marks are the user's own.
    Files,
    /// The sample, in a library in memory; its marks last as long as that.
    Sample,
}

/// What is read, opened.
#[derive(Debug)]
pub struct Reading {
    /// The library, or one in memory.
    pub store: Store,
    /// Where what it holds comes from.
    pub origin: Origin,
    /// Issues that were read from files.
    pub read: usize,
    /// The files that could not be read; others could.
    pub failures: Vec<Failure>,
}

impl Reading {
    /// Whether files were named and none could be read.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.origin == Origin::Files && self.read == 0
    }
}

/// Where the marks of files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// With the library of this user.
    Own,
    /// In memory: nothing will be marked.
    Nowhere,
}

/// Opens the files, or where there are none the library in the folder `chosen`, else the one of this user; the sample where
/// that is empty.
///
/// # Errors
/// No folder is known, or the library cannot be opened. A file that cannot be read is among the reading's failures.
pub fn open(
    chosen: Option<PathBuf>,
    files: &[Input],
    asked: Asked,
    marks: Keep,
) -> Result<Reading, Failure> {
    if !files.is_empty() {
        return open_files(chosen, files, asked, marks);
    }
    let store = library::open(chosen)?;
    let (store, origin) = match store.searcher()?.newest()? {
        Some(_) => (store, Origin::Library),
        None => (sample::open()?, Origin::Sample),
    };
    Ok(Reading {
        store,
        origin,
        read: 0,
        failures: vec![],
    })
}

fn open_files(
    chosen: Option<PathBuf>,
    files: &[Input],
    asked: Asked,
    marks: Keep,
) -> Result<Reading, Failure> {
    let place = match marks {
        Keep::Own => Place::Aside(library_folder(chosen)?),
        Keep::Nowhere => Place::Memory,
    };
    let mut store = Store::open(&place)?;
    let mut read = 0;
    let mut failures = vec![];
    for file in files {
        let outcome = import_file(&mut store, file, asked);
        read += outcome.stored();
        failures.extend(outcome.error().cloned());
    }
    Ok(Reading {
        store,
        origin: Origin::Files,
        read,
        failures,
    })
}
