//! Opening a library: making what is missing, refusing what is not ours, bringing an older schema up to date.
//! Must leave a file that it refuses exactly as it was.

use super::place::{Access, Files, Location};
use super::schema::{self, Schema};
use super::{Place, StoreError};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

/// How long a connection waits for another program's transaction. An import holds the library for one issue at a time.
const PATIENCE: Duration = Duration::from_secs(10);
/// Prepared statements kept by a connection: all there are.
const STATEMENTS: usize = 64;

/// Opens the library at `place` for writing, and makes it where there is none.
pub(super) fn open(place: &Place) -> Result<(Connection, Files), StoreError> {
    let files = Files::of(place)?;
    if let Place::Folder(folder) | Place::Aside(folder) = place {
        make_folder(folder)?;
    }
    let databases = [
        (&files.library, &schema::LIBRARY),
        (&files.marks, &schema::MARKS),
    ];
    for (location, schema) in databases {
        if let Location::File(path) = location
            && !make_file(path)?
        {
            check(location, schema)?;
        }
    }
    let mut connection = connect(&files)?;
    for ((location, schema), name) in databases.into_iter().zip(["main", "marks"]) {
        let found = version(&connection, name).map_err(|error| opening(location, error))?;
        if found > schema.version {
            return Err(StoreError::Newer {
                path: location.shown(),
                found,
                known: schema.version,
            });
        }
        if found < schema.version {
            bring_up_to_date(location, schema)?;
            // A connection keeps the journal mode that it first saw. (Memory must stay connected, or it is gone.)
            if location.file().is_some() {
                connection = connect(&files)?;
            }
        }
    }
    Ok((connection, files))
}

/// Whether a library that is only read has the schema of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It has.
    Current,
    /// It is older: opening it would bring it up to date.
    Older,
}

/// A connection that reads the content of a library and touches no file; none where there is no library.
pub(super) fn look(files: &Files) -> Result<Option<(Connection, Standing)>, StoreError> {
    let location = &files.library;
    let Some(path) = location.file() else {
        return Ok(None);
    };
    match std::fs::metadata(path) {
        Ok(file) if file.len() > 0 => {}
        // An empty file is what an interrupted first start leaves.
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(StoreError::CannotOpen {
                path: location.shown(),
                reason: error.to_string(),
            });
        }
    }
    check(location, &schema::LIBRARY)?;
    // Where no other program has it open, all of it is in the one file: read so, SQLite makes no file beside it.
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let access = match std::fs::metadata(wal) {
        Ok(wal) if wal.len() > 0 => Access::Read,
        _ => Access::Glance,
    };
    let connection = database(location, access)?;
    let found = version(&connection, "main").map_err(|error| opening(location, error))?;
    let known = schema::LIBRARY.version;
    match found {
        0 => Ok(None),
        _ if found > known => Err(StoreError::Newer {
            path: location.shown(),
            found,
            known,
        }),
        _ if found < known => Ok(Some((connection, Standing::Older))),
        _ => Ok(Some((connection, Standing::Current))),
    }
}

/// One more connection to an open library.
pub(super) fn connect(files: &Files) -> Result<Connection, StoreError> {
    let connection = database(&files.library, Access::Full)?;
    writable(&connection, "main", &files.library)?;
    let marks = || -> rusqlite::Result<()> {
        connection.execute("ATTACH ?1 AS marks", [files.marks.uri(Access::Full)])?;
        Ok(())
    };
    marks().map_err(|error| opening(&files.marks, error))?;
    // The content can be made again, so a power cut may cost its last transaction; it may not cost a mark.
    connection
        .execute_batch(
            "PRAGMA main.synchronous = NORMAL; PRAGMA marks.synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;",
        )
        .map_err(|error| opening(&files.library, error))?;
    writable(&connection, "marks", &files.marks)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Refuses a database that SQLite opened for reading because it may not write: it would say so only at the first mark.
fn writable(
    connection: &Connection,
    database: &str,
    location: &Location,
) -> Result<(), StoreError> {
    if connection.is_readonly(database)? {
        return Err(StoreError::CannotOpen {
            path: location.shown(),
            reason: std::io::Error::from(ErrorKind::PermissionDenied).to_string(),
        });
    }
    Ok(())
}

/// A connection to one database alone.
pub(super) fn database(location: &Location, access: Access) -> Result<Connection, StoreError> {
    let flags = match (location, access) {
        (_, Access::Glance | Access::Read) => OpenFlags::SQLITE_OPEN_READ_ONLY,
        (Location::File(_), Access::Full) => OpenFlags::SQLITE_OPEN_READ_WRITE,
        (Location::Memory(_), Access::Full) => {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        }
    };
    let flags = flags | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(location.uri(access), flags)
        .map_err(|error| opening(location, error))?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Refuses a file that is not one of ours. An empty one is what an interrupted first start leaves.
///
/// The glance is through SQLite and not through `std::fs`: closing a file of our own would drop the locks that
/// other connections of this process hold on it (<https://www.sqlite.org/howtocorrupt.html>, 2.2). And it is without
/// locks, so that it neither makes files beside a stranger's database nor moves its WAL.
fn check(location: &Location, schema: &Schema) -> Result<(), StoreError> {
    let foreign = || StoreError::Foreign {
        path: location.shown(),
    };
    if std::fs::metadata(location.shown()).is_ok_and(|file| file.is_file() && file.len() == 0) {
        return Ok(());
    }
    let glance = database(location, Access::Glance)?;
    let found = glance.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
    match found {
        Ok(found) if found == schema.application => Ok(()),
        Ok(_) => Err(foreign()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(foreign()),
        // A program that was killed, or found the disk full, while it copied the WAL back leaves a file that only makes
        // sense together with its WAL, and the glance does not read that. Whether it is damaged the real opening tells.
        Err(_) => Ok(()),
    }
}

/// Runs the migrations that are missing, through a connection of their own: they know of no second database.
pub(super) fn bring_up_to_date(location: &Location, schema: &Schema) -> Result<(), StoreError> {
    let mut connection = database(location, Access::Full)?;
    let _guard = location.file().and_then(Path::parent).and_then(lock);
    if version(&connection, "main").is_ok_and(|found| found == schema.version) {
        return Ok(());
    }
    if location.file().is_some() {
        // The name first: it must stand in the file itself, where the next glance looks, and not in the WAL.
        connection
            .pragma_update(None, "application_id", schema.application)
            .and_then(|()| connection.pragma_update(None, "journal_mode", "WAL"))
            .map_err(|error| opening(location, error))?;
    }
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrated = schema.migrations.to_latest(&mut connection);
    match migrated {
        Ok(()) => Ok(()),
        // Another program that opened the library at the same time may have been first.
        Err(_) if version(&connection, "main").is_ok_and(|found| found == schema.version) => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(opening(location, err)),
        Err(error) => Err(StoreError::CannotOpen {
            path: location.shown(),
            reason: error.to_string(),
        }),
    }
}

/// Holds a folder until dropped: one program at a time makes or changes the files in it. None where the system has no
/// locks on folders; there, two first starts at the same moment may fail one of them.
pub(super) fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// `PRAGMA user_version`: how many migrations the database has seen.
pub(super) fn version(connection: &Connection, database: &str) -> rusqlite::Result<usize> {
    let version = connection
        .pragma_query_value(Some(database), "user_version", |row| row.get::<_, i64>(0))?;
    // A negative version is none of ours either: no schema that is known.
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// The folder with its parents, for this user alone.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| cannot_create(folder, &error))
}

/// An empty file for this user alone, unless one is there. SQLite gives its permissions to the WAL.
pub(super) fn make_file(path: &Path) -> Result<bool, StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(cannot_create(path, &error)),
    }
}

fn cannot_create(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::CannotCreate {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// An error on the way to an open library, with the file's name.
fn opening(location: &Location, error: rusqlite::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::NotWritable { reason } | StoreError::Other { reason } => {
            StoreError::CannotOpen {
                path: location.shown(),
                reason,
            }
        }
        error => error,
    }
}
