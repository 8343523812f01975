//! What the reader opens: the library of this user, files that are only read, or the built-in sample where there is nothing in
//! the library.
//! Must not store a file, and must not mix what is read aside with the library.

use super::greeting::Greeting;
use super::import::import_file;
use super::input::{Asked, Input, Ways};
use super::{Failure, Shelf, library, sample};
use crate::config::library_folder;
use crate::store::{Place, Store};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

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
    /// The library, where it is empty and the sample is read.
    pub awaited: Option<Awaited>,
    /// Where a text is kept that cannot be kept as a note.
    pub shelf: Shelf,
    /// Whether this user was welcomed.
    pub greeting: Greeting,
}

/// The library of this user while it is empty: another program may import into it.
#[derive(Debug)]
pub struct Awaited {
    folder: PathBuf,
    /// The files when they were looked into last.
    seen: Option<Vec<Stamp>>,
    is_filled: bool,
}

/// Bytes and time of the last change of a file; none where it is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

impl Awaited {
    fn new(folder: PathBuf) -> Self {
        Self {
            seen: None,
            is_filled: false,
            folder,
        }
    }

    /// Whether there are issues in it by now. Opens it only where its files have changed since it was asked last.
    pub fn is_filled(&mut self) -> bool {
        let stamps = self.stamps();
        if self.seen.as_ref() != Some(&stamps) {
            self.is_filled = self.open().is_some();
            self.seen = Some(stamps);
        }
        self.is_filled
    }

    /// It, opened, where there are issues in it.
    #[must_use]
    pub fn open(&self) -> Option<Store> {
        let store = Store::read(&Place::Folder(self.folder.clone())).ok()?;
        let newest = store.searcher().ok()?.newest().ok()?;
        newest.map(|_| store)
    }

    fn stamps(&self) -> Vec<Stamp> {
        let stamp = |file: &Path| {
            let file = file.metadata().ok()?;
            Some((file.len(), file.modified().ok()))
        };
        let files = ["library.sqlite3", "library.sqlite3-wal"];
        files.map(|name| stamp(&self.folder.join(name))).to_vec()
    }
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
/// that holds no issue, and no marks either that wait for theirs and could be seen in a reader.
///
/// # Errors
/// No folder is known, or the library cannot be opened. A file that cannot be read is among the reading's failures.
pub fn open(
    chosen: Option<PathBuf>,
    files: &[Input],
    (asked, ways): (Asked, &Ways<'_>),
    marks: Keep,
) -> Result<Reading, Failure> {
    if !files.is_empty() {
        return open_files(chosen, files, (asked, ways), marks);
    }
    let missing = library::missing(chosen.as_deref());
    let (store, others) = library::read(chosen.clone())?;
    let warnings = missing.into_iter().chain(others).collect();
    let shelf = Shelf::of(chosen.clone());
    let greeting = Greeting::of(chosen.clone());
    let searcher = store.searcher()?;
    let waits = || Ok::<_, Failure>(marks == Keep::Own && !searcher.detached()?.is_empty());
    let (store, origin) = if searcher.newest()?.is_some() || waits()? {
        (store, Origin::Library)
    } else {
        (sample::open()?, Origin::Sample)
    };
    let awaited = match origin {
        Origin::Sample => library_folder(chosen).ok().map(Awaited::new),
        Origin::Library | Origin::Files => None,
    };
    Ok(Reading {
        awaited,
        shelf,
        greeting,
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
    (asked, ways): (Asked, &Ways<'_>),
    marks: Keep,
) -> Result<Reading, Failure> {
    let shelf = Shelf::of(chosen.clone());
    let greeting = Greeting::of(chosen.clone());
    let (mut store, warnings) = match (marks, library_folder(chosen)) {
        (Keep::Own, Ok(folder)) => aside(&Place::Aside(folder))?,
        // A file can be read without a home; only its marks have none.
        (Keep::Own, Err(no_home)) => (Store::open(&Place::Memory)?, vec![no_home.into()]),
        (Keep::Nowhere, _) => (Store::open(&Place::Memory)?, vec![]),
    };
    let mut read = 0;
    let mut failures = vec![];
    for file in files {
        let outcome = import_file(&mut store, file, asked, ways);
        read += outcome.stored();
        failures.extend(outcome.error().cloned());
    }
    Ok(Reading {
        awaited: None,
        shelf,
        greeting,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_named_and_missing_is_told_beside_the_sample() {
        let folder = tempfile::tempdir().unwrap();
        let of = |chosen: PathBuf| {
            let reading = open(
                Some(chosen),
                &[],
                (Asked::default(), &Ways::of("".as_ref())),
                Keep::Own,
            )
            .unwrap();
            let codes: Vec<&str> = reading.warnings.iter().map(|one| one.code).collect();
            (reading.origin, codes)
        };
        let missing = folder.path().join("misspelt");
        assert_eq!(
            of(missing.clone()),
            (Origin::Sample, vec!["library-no-folder"])
        );
        assert!(!missing.exists(), "none is made");
        assert_eq!(of(folder.path().to_owned()), (Origin::Sample, vec![]));
    }
}
