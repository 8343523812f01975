//! A connection that reads a file of the library as it is on the disk, whatever state it is in.
//! Must not write: it makes no file, copies no WAL back and changes no schema.

use super::place::{FILE_SYSTEM, beside, encoded, real};
use super::schema::Schema;
use super::{StoreError, open as opening};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long another program's recovery of the file is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it is tried to open a file that cannot be opened.
const SETTLED: Duration = Duration::from_millis(100);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(10);

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
    /// Written by a newer version, of this schema.
    Newer(usize),
    /// Written by an older version, of this schema.
    Older(usize, Connection),
    /// Of the schema of this version.
    Current(Connection),
    /// A database that cannot be read any further.
    Damaged(String),
}

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
    let connection = match open(path) {
        Ok(Some(connection)) => connection,
        Ok(None) => return State::Missing,
        // The path is told with it.
        Err(StoreError::CannotOpen { reason, .. }) => return State::Closed(reason),
        Err(error) => return State::NoFile(error),
    };
    match judge(&connection, schema) {
        Ok(Standing::Empty) => State::Missing,
        Ok(Standing::Foreign) => State::Foreign,
        Ok(Standing::Unlike(found)) => State::Damaged(format!(
            "user_version is {found}, and the tables are of another"
        )),
        Ok(Standing::Version(found)) if found > schema.version => State::Newer(found),
        Ok(Standing::Version(found)) if found < schema.version => State::Older(found, connection),
        Ok(Standing::Version(_)) => State::Current(connection),
        Err(error) => {
            let reason = error.to_string();
            match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => State::NoDatabase(reason),
                Some(
                    ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::DatabaseBusy
                    | ErrorCode::ReadOnly,
                ) => State::Closed(reason),
                _ => State::Damaged(reason),
            }
        }
    }
}

enum Standing {
    Empty,
    Foreign,
    Version(usize),
    /// It says that it has this schema, and has not.
    Unlike(usize),
}

fn judge(connection: &Connection, schema: &Schema) -> rusqlite::Result<Standing> {
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(
        match (application == schema.application, usize::try_from(version)) {
            // What an interrupted first start leaves.
            (_, Ok(0)) if tables == 0 => Standing::Empty,
            (true, Ok(version))
                if version <= schema.version && !fits(connection, schema, version)? =>
            {
                Standing::Unlike(version)
            }
            (true, Ok(version)) => Standing::Version(version),
            (true, Err(_)) => Standing::Version(usize::MAX),
            (false, _) => Standing::Foreign,
        },
    )
}

/// Whether a database has the tables and columns that this version of the schema has.
fn fits(connection: &Connection, schema: &Schema, version: usize) -> rusqlite::Result<bool> {
    let columns = |connection: &Connection| -> rusqlite::Result<Vec<(String, String)>> {
        let sql = "SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
                   WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1, 2";
        let mut statement = connection.prepare(sql)?;
        let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        columns.collect()
    };
    let mut model = Connection::open_in_memory()?;
    // Tests run every migration.
    let made = schema.migrations.to_version(&mut model, version).is_ok();
    Ok(!made || columns(connection)? == columns(&model)?)
}

/// A connection to the file; none where there is none, or an empty one.
pub(super) fn open(path: &Path) -> Result<Option<Connection>, StoreError> {
    match opening::regular_database(path)? {
        Some(file) if file.len() > 0 => {}
        _ => return Ok(None),
    }
    connect(path)
        .map(Some)
        .map_err(|error| StoreError::CannotOpen {
            path: path.to_owned(),
            reason: error.to_string(),
        })
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let way = Way::to(path);
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
    /// Nobody has it open and it has a WAL: without locks, so that SQLite takes the file for its own.
    Alone,
    /// Nobody has it open and all of it is in the one file.
    Still,
}

impl Way {
    fn to(path: &Path) -> Self {
        let path = &real(path);
        if beside(path, "-shm").exists() {
            return Self::Shared;
        }
        match std::fs::metadata(beside(path, "-wal")) {
            Ok(wal) if wal.len() > 0 => Self::Alone,
            _ => Self::Still,
        }
    }

    fn uri(self, path: &Path) -> String {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = encoded(&path);
        match self {
            Self::Shared => format!("file:{path}?mode=ro&readonly_shm=1&vfs={FILE_SYSTEM}"),
            Self::Alone if cfg!(unix) => format!("file:{path}?mode=ro&vfs=unix-none"),
            Self::Alone => format!("file:{path}?mode=ro&vfs={FILE_SYSTEM}"),
            Self::Still => format!("file:{path}?mode=ro&immutable=1&vfs={FILE_SYSTEM}"),
        }
    }
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
