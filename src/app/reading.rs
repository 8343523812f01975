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
    /// What stands in no way of reading: that nothing can be kept, for instance.
    pub warnings: Vec<Failure>,
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
    let (store, warnings) = library::read(chosen)?;
    let (store, origin) = match store.searcher()?.newest()? {
        Some(_) => (store, Origin::Library),
        None => (sample::open()?, Origin::Sample),
    };
    Ok(Reading {
        store,
        origin,
        read: 0,
        failures: vec![],
        warnings,
    })
}

fn open_files(
    chosen: Option<PathBuf>,
    files: &[Input],
    asked: Asked,
    marks: Keep,
) -> Result<Reading, Failure> {
    let (mut store, warnings) = match (marks, library_folder(chosen)) {
        (Keep::Own, Ok(folder)) => aside(&Place::Aside(folder))?,
        // A file can be read without a home; only its marks have none.
        (Keep::Own, Err(no_home)) => (Store::open(&Place::Memory)?, vec![no_home.into()]),
        (Keep::Nowhere, _) => (Store::open(&Place::Memory)?, vec![]),
    };
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
        warnings,
    })
}

/// A library for files, with the marks of this user where those can be kept, else as they can be read, else none.
fn aside(place: &Place) -> Result<(Store, Vec<Failure>), Failure> {
    let mut store = match Store::open(place) {
        Err(error) if error.is_of_writing() => Store::read(place)?,
        opened => opened?,
    };
    let warnings = [store.take_warning(), store.read_only()];
    Ok((
        store,
        warnings.into_iter().flatten().map(Into::into).collect(),
    ))
}
