//! Opening a library: making what is missing, refusing what is not ours, bringing an older schema up to date, reading what
//! cannot be written.
//! Must leave a file that it refuses exactly as it was.

mod folder;
mod inspect;
mod migrate;
mod pragmas;
mod readonly;
mod regular;

use super::aside::Aside;
use super::place::{Access, Files, Location, Place, beside, real};
use super::schema::{self, Schema};
use super::{StoreError, Which, conditions};
use rusqlite::{Connection, OpenFlags};
use std::io::ErrorKind;
use std::path::Path;

pub(super) use folder::{cannot_create, lock, put_in_place, sweep, sync};
pub use folder::{make_file, make_folder};
pub(super) use inspect::{Found, damaged, find_damage, inspect, unread_marks};
pub(super) use migrate::{bring_up_to_date, new_name};
use pragmas::Wal;
pub(super) use pragmas::{PATIENCE, hurried, tidy};
#[cfg(test)]
pub(super) use readonly::open as read_only;
pub(super) use readonly::state as written_state;
pub(super) use regular::{regular_database, regular_file, why_closed};

/// Prepared statements kept by a connection: all there are.
const STATEMENTS: usize = 64;

/// An open library, and what went wrong on the way that does not stand in it.
pub(super) struct Opened {
    pub connection: Connection,
    pub files: Files,
    pub warning: Option<StoreError>,
}

/// Opens the library at `place` for writing, and makes it where there is none.
pub(super) fn open(place: &Place) -> Result<Opened, StoreError> {
    let files = Files::of(place)?;
    if let Place::Folder(path) | Place::Aside(path) = place {
        folder::make_folder(path)?;
        folder::sweep_left(path);
    }
    let found = inspect::inspect(&files.library, &files.marks)?;
    let databases = [
        (&files.library, &schema::LIBRARY, "main"),
        (&files.marks, &schema::MARKS, "marks"),
    ];
    for ((location, schema, _), found) in databases.into_iter().zip(found) {
        if let (Some(path), Found::Nothing) = (location.file(), found) {
            migrate::make(path, schema)?;
        }
    }
    let mut connection = attach(&files)?;
    let mut warning = None;
    for (location, schema, name) in databases {
        let found = inspect::known_version(&connection, name, location, schema);
        if found.is_err() {
            leave(&connection, &files);
        }
        if found? < schema.version {
            let told = migrate::bring_up_to_date(location, schema, &files.marks)?;
            warning = warning.or(told);
            // A connection keeps the journal mode that it first saw. (Memory must stay connected, or it is gone.)
            if location.file().is_some() {
                connection = attach(&files)?;
            }
        }
    }
    make_ready(&connection, &files, Wal::Set)?;
    Ok(Opened {
        connection,
        files,
        warning,
    })
}

/// Opens the library at `place` for reading, and for writing where that goes; makes no folder. Where there is none, it is an
/// empty one in memory.
pub(super) fn read(place: &Place) -> Result<Opened, StoreError> {
    let files = Files::of(place)?;
    if let Place::Folder(folder) | Place::Aside(folder) = place {
        folder::refuse_files(folder)?;
    }
    let found = inspect::inspect(&files.library, &files.marks)?;
    match place {
        Place::Folder(_) if found == [Found::Nothing; 2] => return open(&Place::Memory),
        _ => {}
    }
    open(place).or_else(|denied| {
        if !denied.is_of_writing() {
            return Err(denied);
        }
        let (connection, files) = readonly::open(place, denied)?;
        Ok(Opened {
            connection,
            files,
            warning: None,
        })
    })
}

/// Whether a library that is only looked at has the schema of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It has.
    Current,
    /// It is older: opening it would bring it up to date.
    Older,
}

/// The content of a library as it is looked at.
#[derive(Debug)]
pub(super) struct Looked {
    pub connection: Connection,
    pub standing: Standing,
    /// The copy that stands in for what cannot be read where it is.
    _aside: Option<Aside>,
}

/// Looks at the content of a library and touches no file; none where there is no library.
pub(super) fn look(files: &Files) -> Result<Option<Looked>, StoreError> {
    let location = &files.library;
    // An empty file is what an interrupted first start leaves.
    let (Some(path), Found::File) = (location.file(), inspect::one(location, &schema::LIBRARY)?)
    else {
        return Ok(None);
    };
    // Where no other program has it open, all of it is in the one file: read so, SQLite makes no file beside it.
    let (connection, aside) = if inspect::is_whole(path) {
        (database(location, Access::Glance)?, None)
    } else {
        readonly::one(path, &schema::LIBRARY)?
    };
    let found = inspect::known_version(&connection, "main", location, &schema::LIBRARY)?;
    let standing = match found {
        0 => return Ok(None),
        _ if found < schema::LIBRARY.version => Standing::Older,
        _ => Standing::Current,
    };
    if standing == Standing::Older {
        schema::LIBRARY.complete(&connection)?;
    }
    pragmas::query_only(&connection, location)?;
    Ok(Some(Looked {
        connection,
        standing,
        _aside: aside,
    }))
}

/// One more connection to an open library. Its files may have been overwritten or emptied since: SQLite would take a short one for
/// an empty database and write a header into it.
pub(super) fn connect(files: &Files) -> Result<Connection, StoreError> {
    if files.reading.is_none() {
        for (location, schema) in [
            (&files.library, &schema::LIBRARY),
            (&files.marks, &schema::MARKS),
        ] {
            if inspect::one(location, schema)? == Found::Empty {
                return Err(StoreError::Emptied {
                    which: schema.which,
                    path: location.shown(),
                });
            }
        }
    }
    let connection = attach(files)?;
    make_ready(&connection, files, Wal::Found)?;
    Ok(connection)
}

/// Sets a connection to what everyone may take for granted.
fn make_ready(connection: &Connection, files: &Files, wal: Wal) -> Result<(), StoreError> {
    pragmas::set(connection, files, wal)?;
    pragmas::tidy(connection)?;
    conditions::add_functions(connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// A connection to both databases, as they are.
fn attach(files: &Files) -> Result<Connection, StoreError> {
    let connection = database(&files.library, files.access(Which::Content))?;
    match attach_to(&connection, files) {
        Ok(()) => Ok(connection),
        Err(error) => {
            leave(&connection, files);
            Err(error)
        }
    }
}

fn attach_to(connection: &Connection, files: &Files) -> Result<(), StoreError> {
    writable(connection, "main", files, &schema::LIBRARY)?;
    // Each is read before the next is there, so that it is known which of them cannot be.
    let schema_of = |database| format!("SELECT count(*) FROM {database}.sqlite_schema");
    let read = |database| connection.query_row(&schema_of(database), [], |_| Ok(()));
    read("main").map_err(|error| opening(Which::Content, &files.library, error))?;
    let uri = files.marks.uri(files.access(Which::Marks));
    connection
        .execute("ATTACH ?1 AS marks", [uri])
        .and_then(|_| read("marks"))
        .map_err(|error| opening(Which::Marks, &files.marks, error))?;
    writable(connection, "marks", files, &schema::MARKS)
}

/// Has a connection that is given up leave nothing beside the files, where that takes nothing in that stands there.
fn leave(connection: &Connection, files: &Files) {
    let locations = [&files.library, &files.marks];
    if locations
        .iter()
        .all(|location| location.beside("-wal") == 0)
    {
        // Where it does not, empty files stay.
        let _ = pragmas::tidy(connection);
    }
}

/// Refuses a database that SQLite opened for reading because it may not write: it would say so only at the first mark.
fn writable(
    connection: &Connection,
    database: &str,
    files: &Files,
    schema: &Schema,
) -> Result<(), StoreError> {
    if files.access(schema.which) == Access::Full && connection.is_readonly(database)? {
        let location = match schema.which {
            Which::Content => &files.library,
            Which::Marks => &files.marks,
        };
        return Err(StoreError::ReadOnly {
            path: Some(location.shown()),
            reason: std::io::Error::from(ErrorKind::PermissionDenied).to_string(),
        });
    }
    Ok(())
}

/// A connection to one database alone.
fn database(location: &Location, access: Access) -> Result<Connection, StoreError> {
    // Whether a file is only read is said by its URI: what is attached later may be written all the same.
    let flags = match location {
        Location::File(_) => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Location::Memory(_) => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let flags = flags | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(location.uri(access), flags).map_err(|error| {
        let path = location.shown();
        let reason = why_closed(&path, &error);
        StoreError::CannotOpen { path, reason }
    })?;
    pragmas::set_any(&connection, location)?;
    Ok(connection)
}

/// A connection to one database alone, for what is done with it as a whole.
pub(super) fn open_alone(location: &Location) -> Result<Connection, StoreError> {
    let connection = database(location, Access::Full)?;
    pragmas::tidy(&connection)?;
    Ok(connection)
}

/// Takes in what stands beside a database, if it is one of ours: where the file was taken away or overwritten, SQLite would make
/// a new one, and throw away what belongs to the other.
pub(super) fn take_in(location: &Location, schema: &Schema) -> Result<(), StoreError> {
    let is_left = location
        .file()
        .is_some_and(|path| beside(&real(path), "-wal").exists());
    if is_left && inspect::one(location, schema)? == Found::File {
        let connection = open_alone(location)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    }
    Ok(())
}

/// What is there in the place of the marks.
pub(super) fn find_one(marks: &Location) -> Result<Found, StoreError> {
    inspect::one(marks, &schema::MARKS)
}

/// An error of the marks, with the file's name.
pub(super) fn of_marks(path: &Path, error: rusqlite::Error) -> StoreError {
    opening(Which::Marks, &Location::File(path.to_owned()), error)
}

/// An error on the way to an open library, with the file's name.
fn opening(which: Which, location: &Location, error: rusqlite::Error) -> StoreError {
    let path = location.shown();
    match StoreError::from(error) {
        StoreError::NotWritable { reason } | StoreError::Other { reason } => {
            StoreError::CannotOpen { path, reason }
        }
        StoreError::ReadOnly { reason, .. } => StoreError::ReadOnly {
            path: Some(path),
            reason,
        },
        StoreError::Damaged { reason, .. } => inspect::damaged(which, &path, reason),
        error => error,
    }
}
