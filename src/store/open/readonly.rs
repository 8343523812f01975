//! Opening a library that may only be read: where it is, or where SQLite cannot read it there, as a copy.
//! Must not leave out what stands in a WAL, nor write a byte of the library.

use super::super::aside::Aside;
use super::super::place::{Access, Files, Location, Place, Reading, beside, real};
use super::super::schema::{self, Schema};
use super::super::{StoreError, Which};
use super::inspect::{self, Found};
use super::{connect, database, folder, migrate};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// How often a copy is begun again because another program wrote while it was made.
const ATTEMPTS: usize = 5;

/// A database as it is read: where it is, how it is opened, and the folder of its copy.
struct Readable {
    location: Location,
    access: Access,
    aside: Option<Arc<Aside>>,
}

/// Opens the library at `place` for reading; `denied` is why not for writing.
pub fn open(place: &Place, denied: StoreError) -> Result<(Connection, Files), StoreError> {
    let files = Files::of(place)?;
    let memory = Files::of(&Place::Memory)?;
    let found = inspect::inspect(&files.library, &files.marks)?;
    let library = readable(&files.library, found[0], &memory.library, &schema::LIBRARY)?;
    let marks = readable(&files.marks, found[1], &memory.marks, &schema::MARKS)?;
    let denied = match denied {
        StoreError::CannotCreate { path, reason } | StoreError::CannotOpen { path, reason } => {
            (path, reason)
        }
        StoreError::ReadOnly {
            path: Some(path),
            reason,
        } => (path, reason),
        error => (files.marks.shown(), error.to_string()),
    };
    let reading = Reading {
        library: library.access,
        marks: marks.access,
        denied,
        query_only: !matches!(place, Place::Aside(_)),
        _aside: [library.aside, marks.aside].into_iter().flatten().collect(),
    };
    let files = Files {
        library: library.location,
        marks: marks.location,
        reading: Some(reading),
    };
    // What is in memory is there as long as it is connected.
    let connection = super::attach(&files)?;
    for (location, schema) in [
        (&files.library, &schema::LIBRARY),
        (&files.marks, &schema::MARKS),
    ] {
        if location.file().is_none() {
            migrate::bring_up_to_date(location, schema, location)?;
        }
    }
    connect(&files).map(|opened| {
        drop(connection);
        (opened, files)
    })
}

/// How a file can be read; what is not there is read as an empty one in memory.
fn readable(
    location: &Location,
    found: Found,
    memory: &Location,
    schema: &Schema,
) -> Result<Readable, StoreError> {
    let (Some(path), Found::File) = (location.file(), found) else {
        let is_memory = location.file().is_none();
        return Ok(Readable {
            location: if is_memory { location } else { memory }.clone(),
            access: Access::Full,
            aside: None,
        });
    };
    let copied = match where_it_is(location, schema) {
        Ok((access, version)) if version == schema.version => {
            return Ok(Readable {
                location: location.clone(),
                access,
                aside: None,
            });
        }
        Ok(_) => copy(path, schema)?,
        // Where a WAL must be read, SQLite makes a file beside it.
        Err(error) if error.is_of_writing() && !inspect::is_whole(path) => copy(path, schema)?,
        Err(error) => return Err(error),
    };
    let (folder, path) = copied;
    let location = Location::File(path);
    let version = {
        let connection = database(&location, Access::Full)?;
        inspect::known_version(&connection, "main", &location, schema)?
    };
    if version < schema.version {
        // The original is there still, so that nothing has to be copied before.
        migrate::bring_up_to_date(&location, schema, &Location::Memory(String::new()))?;
    }
    Ok(Readable {
        location,
        access: Access::Full,
        aside: Some(Arc::new(folder)),
    })
}

/// How a file can be read where it is, and its version.
fn where_it_is(location: &Location, schema: &Schema) -> Result<(Access, usize), StoreError> {
    let read = |access| {
        let connection = database(location, access)?;
        // Any read tells; that of the version tells what is asked for.
        inspect::known_version(&connection, "main", location, schema)
    };
    match read(Access::Read) {
        Ok(version) => Ok((Access::Read, version)),
        // Where no file can be made beside it, no program that writes it could either: it stands still.
        Err(error) if error.is_of_writing() && location.file().is_some_and(inspect::is_whole) => {
            read(Access::Glance).map(|version| (Access::Glance, version))
        }
        Err(error) => Err(error),
    }
}

/// A copy of a database and of what belongs to it, in a folder for this user alone.
fn copy(path: &Path, schema: &Schema) -> Result<(Aside, PathBuf), StoreError> {
    let cannot = |error: io::Error| StoreError::CannotOpen {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let aside = Aside::new().map_err(cannot)?;
    let name = match schema.which {
        Which::Content => "library",
        Which::Marks => "marks",
    };
    let to = aside.path().join(name);
    for _ in 0..ATTEMPTS {
        let before = state(path);
        for end in ["", "-wal", "-journal"] {
            let (from, to) = (beside(&real(path), end), beside(&to, end));
            match fs::remove_file(&to) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
                _ => {}
            }
            if from.try_exists().map_err(cannot)? {
                // Not with the permissions of the original, which may not allow this user to write.
                let mut made = folder::make_file(&to).map_err(cannot)?;
                io::copy(&mut File::open(&from).map_err(cannot)?, &mut made).map_err(cannot)?;
            }
        }
        if state(path) == before {
            return Ok((aside, to));
        }
    }
    Err(StoreError::Locked)
}

/// What changes when a database is written: size and time of its files.
pub fn state(path: &Path) -> Vec<Option<(u64, SystemTime)>> {
    let path = real(path);
    ["", "-wal", "-journal"]
        .iter()
        .map(|end| {
            let file = fs::metadata(beside(&path, end)).ok()?;
            Some((file.len(), file.modified().ok()?))
        })
        .collect()
}

/// A connection that reads one file alone, wherever that is; with the folder of the copy, where it is one.
pub fn one(path: &Path, schema: &Schema) -> Result<(Connection, Option<Aside>), StoreError> {
    let location = Location::File(path.to_owned());
    match where_it_is(&location, schema) {
        Ok((access, _)) => Ok((database(&location, access)?, None)),
        Err(error) if error.is_of_writing() && !inspect::is_whole(path) => {
            let (folder, copy) = copy(path, schema)?;
            let connection = database(&Location::File(copy), Access::Full)?;
            Ok((connection, Some(folder)))
        }
        Err(error) => Err(error),
    }
}
