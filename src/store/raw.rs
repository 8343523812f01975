//! A connection that reads a file of the library as it is on the disk, whatever state it is in.
//! Must not write: it makes no file, copies no WAL back and changes no schema. Only an index of the WAL that a killed program left
//! unusable is made anew.

use super::error::reason;
use super::place::{FILE_SYSTEM, beside, encoded, real};
use super::schema::{self, Schema};
use super::{StoreError, open as opening};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long another program's recovery of the file is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it is tried to open a file that cannot be opened.
const SETTLED: Duration = Duration::from_millis(100);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(10);
/// Bytes of the header of a WAL.
const WAL_HEADER: usize = 32;
/// What it begins with, but for the last bit.
const WAL_MAGIC: u32 = 0x377f_0682;

/// What a file of the library is.
#[derive(Debug)]
pub(super) enum State {
    /// It is not there, or an interrupted first start left it without anything in it.
    Missing,
    /// It is there, and its name cannot be opened.
    Closed(String),
    /// What has its name is no file, or a link that leads nowhere.
    NoFile(StoreError),
    /// It does not begin as a database does: another kind of file, or one of ours whose beginning is gone.
    NoDatabase(String),
    /// A database of another program.
    Foreign,
    /// The other file of a library.
    Other,
    /// Written by a newer version, of this schema.
    Newer(usize),
    /// Written by an older version, of this schema.
    Older(usize, Connection),
    /// Of the schema of this version.
    Current(Connection),
    /// A database that cannot be read any further.
    Damaged(String),
}

/// SQLite's name for the database that a connection was opened with.
const MAIN: &str = "main";

/// What the file at `path` is, which ought to have this schema.
pub(super) fn state(path: &Path, schema: &Schema) -> State {
    let begun = Instant::now();
    loop {
        let state = once(path, schema);
        // The last program that had it open may take the WAL away between the look at that and the opening.
        if !matches!(state, State::Closed(_)) || begun.elapsed() > SETTLED {
            return state;
        }
        thread::sleep(PAUSE);
    }
}

fn once(path: &Path, schema: &Schema) -> State {
    match is_there(path) {
        Ok(true) => {}
        Ok(false) => return State::Missing,
        // The path is told with it.
        Err(StoreError::CannotOpen { reason, .. }) => return State::Closed(reason),
        Err(error) => return State::NoFile(error),
    }
    let mut way = Way::to(path);
    loop {
        match (look(path, schema, way), way.next()) {
            (Err(error), Some(next)) if is_of_index(&error) => way = next,
            (Err(error), _) => return failed(path, &error),
            (Ok(state), _) => return state,
        }
    }
}

/// What the file is, read in this way.
fn look(path: &Path, schema: &Schema, way: Way) -> rusqlite::Result<State> {
    let connection = match connect(path, way) {
        Err(error) if !is_of_index(&error) => {
            return Ok(State::Closed(opening::why_closed(path, &error)));
        }
        connection => connection?,
    };
    Ok(match judge(&connection, schema)? {
        Standing::Empty => State::Missing,
        Standing::Foreign => State::Foreign,
        Standing::Other => State::Other,
        Standing::Unlike(found) => State::Damaged(schema::unlike(found)),
        Standing::Senseless(found) => State::Damaged(schema::senseless(found)),
        Standing::Version(found) if found > schema.version => State::Newer(found),
        Standing::Version(found) if found < schema.version => State::Older(found, connection),
        Standing::Version(_) => State::Current(connection),
    })
}

/// The file at `path`, where its tables are those of this version, whatever it says of itself.
pub(super) fn of_tables(path: &Path, schema: &Schema) -> Option<Connection> {
    if !is_there(path).ok()? {
        return None;
    }
    let fitting = |way| {
        let connection = connect(path, way)?;
        let fits = schema.fits(&connection, MAIN, schema.version)?;
        Ok(fits.then_some(connection))
    };
    let mut way = Way::to(path);
    loop {
        match (fitting(way), way.next()) {
            (Err(error), Some(next)) if is_of_index(&error) => way = next,
            (found, _) => return found.ok()?,
        }
    }
}

/// What a file is that cannot be read, by the reason.
fn failed(path: &Path, error: &rusqlite::Error) -> State {
    let reason = reason(error);
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => State::NoDatabase(reason),
        _ if is_of_reading(error) => State::Damaged(reason),
        _ => State::Closed(opening::why_closed(path, error)),
    }
}

/// Whether an error speaks of what stands in the file. All others time or permission would mend.
fn is_of_reading(error: &rusqlite::Error) -> bool {
    let of_disk = [
        ffi::SQLITE_IOERR_READ,
        ffi::SQLITE_IOERR_SHORT_READ,
        ffi::SQLITE_IOERR_DATA,
        ffi::SQLITE_IOERR_CORRUPTFS,
    ];
    match error.sqlite_error_code() {
        // None: a column that does not hold what its reader expects. Unknown: a schema that makes no sense.
        None
        | Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::TypeMismatch
            | ErrorCode::TooBig
            | ErrorCode::Unknown,
        ) => true,
        Some(ErrorCode::SystemIoFailure) => is_one_of(error, &of_disk),
        Some(_) => false,
    }
}

/// Whether it is the index of the WAL that cannot be used: SQLite makes it anew where it may.
fn is_of_index(error: &rusqlite::Error) -> bool {
    let of_index = [
        ffi::SQLITE_PROTOCOL,
        ffi::SQLITE_READONLY_RECOVERY,
        ffi::SQLITE_READONLY_CANTLOCK,
        ffi::SQLITE_READONLY_CANTINIT,
        ffi::SQLITE_BUSY_RECOVERY,
    ];
    is_one_of(error, &of_index)
}

fn is_one_of(error: &rusqlite::Error, extended: &[std::ffi::c_int]) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code.is_some_and(|code| extended.contains(&code))
}

enum Standing {
    Empty,
    Foreign,
    Other,
    Version(usize),
    /// It says that it has this schema, and has not.
    Unlike(usize),
    /// It says that it has one that no version has.
    Senseless(i64),
}

fn judge(connection: &Connection, schema: &Schema) -> rusqlite::Result<Standing> {
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_ours = application == schema.application;
    Ok(match usize::try_from(version) {
        // What an interrupted first start leaves.
        Ok(0) if tables == 0 => Standing::Empty,
        _ if application == schema.other().application => Standing::Other,
        _ if !is_ours => Standing::Foreign,
        Ok(version) if version <= schema.version && !schema.fits(connection, MAIN, version)? => {
            Standing::Unlike(version)
        }
        Ok(version) if version <= schema::MOST => Standing::Version(version),
        _ => Standing::Senseless(version),
    })
}

/// Whether there is a file, and not an empty one.
fn is_there(path: &Path) -> Result<bool, StoreError> {
    let file = opening::regular_database(path)?;
    Ok(file.is_some_and(|file| file.len() > 0))
}

fn connect(path: &Path, way: Way) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(way.uri(path), flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Else closing it would copy the WAL back.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    if way == Way::Alone {
        // Then the index of the WAL is kept in memory, not in a file.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; \
         PRAGMA cell_size_check = ON;",
    )?;
    Ok(connection)
}

/// How a file is read without making one beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// With others, or after others that were killed: by their index of the WAL, else by one in memory.
    Shared,
    /// As every other program opens it, which makes the index anew that is there and cannot be used.
    Recovering,
    /// Nobody has it open and it has a WAL: without locks, so that SQLite takes the file for its own.
    Alone,
    /// Nobody has it open and all of it is in the one file.
    Still,
}

impl Way {
    fn to(path: &Path) -> Self {
        let path = &real(path);
        let wal = beside(path, "-wal");
        let length = std::fs::metadata(&wal).map_or(0, |wal| wal.len());
        match (beside(path, "-shm").exists(), length) {
            (true, 0) => Self::Shared,
            // With an index in memory SQLite would wait for a first frame until it lost patience.
            (true, _) if !is_begun(&wal) => Self::Recovering,
            (true, _) => Self::Shared,
            (false, 0) => Self::Still,
            (false, _) => Self::Alone,
        }
    }

    /// What is tried where this way leads nowhere for the index of the WAL alone.
    const fn next(self) -> Option<Self> {
        match self {
            Self::Shared => Some(Self::Recovering),
            // Who may not even write the index is not in the way of anybody who may.
            Self::Recovering => Some(Self::Alone),
            Self::Alone | Self::Still => None,
        }
    }

    fn uri(self, path: &Path) -> String {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = encoded(&path);
        match self {
            Self::Shared => format!("file:{path}?mode=ro&readonly_shm=1&vfs={FILE_SYSTEM}"),
            Self::Alone if cfg!(unix) => format!("file:{path}?mode=ro&vfs=unix-none"),
            Self::Recovering | Self::Alone => format!("file:{path}?mode=ro&vfs={FILE_SYSTEM}"),
            Self::Still => format!("file:{path}?mode=ro&immutable=1&vfs={FILE_SYSTEM}"),
        }
    }
}

/// Whether more stands in a WAL than its header, and that is one. A program that was killed leaves one that has only begun.
/// <https://www.sqlite.org/fileformat2.html#walformat>
fn is_begun(wal: &Path) -> bool {
    let mut begin = [0; WAL_HEADER + 1];
    let read = File::open(wal).and_then(|mut wal| wal.read_exact(&mut begin));
    let number = |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|n| begin[at + n]));
    let page = number(8);
    read.is_ok()
        && number(0) & !1 == WAL_MAGIC
        && (512..=65536).contains(&page)
        && page.is_power_of_two()
}

/// What is wrong with the length of a file that SQLite would not mind: it takes what is missing of the last page for zeros.
pub(super) fn cut_off(path: &Path, connection: &Connection) -> Option<String> {
    if Way::to(path) != Way::Still {
        return None;
    }
    let page: u32 = connection
        .pragma_query_value(None, "page_size", |row| row.get(0))
        .ok()?;
    let length = std::fs::metadata(path).ok()?.len();
    (!length.is_multiple_of(page.into())).then(|| "its last page is cut off".to_owned())
}
