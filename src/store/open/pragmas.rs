//! What every connection is set to, and that it is.
//! Must not believe that a setting took because it was asked for: SQLite leaves out without a word what it cannot do.

use super::super::place::{Access, Files, Location};
use super::super::{StoreError, Which};
use super::opening;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

/// How long a connection waits for another program's transaction. An import holds the library for one issue at a time.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How often it asks whether the other is done. SQLite's own handler asks every tenth of a second in the end, and beside an import
/// that goes from issue to issue it comes too late again and again: a mark has waited for a second and more.
const AGAIN: Duration = Duration::from_millis(1);

thread_local! {
    /// Since when this thread waits.
    static BEGUN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Waits a moment for another connection's transaction, for the `times`-th time since it was met; whether to try once more.
fn wait(times: i32) -> bool {
    let now = Instant::now();
    let begun = BEGUN.get().filter(|_| times > 0).unwrap_or(now);
    BEGUN.set(Some(begun));
    if now.duration_since(begun) >= PATIENCE {
        return false;
    }
    thread::sleep(AGAIN);
    true
}

/// What holds for a connection to any database: what is damaged is to be found out rather than followed, and nothing in a file is
/// to be trusted that could act.
const OF_ALL: [(&str, i64); 5] = [
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("temp_store", 2),
    // Where the system has it, "on the disk" means the platter and not the disk's own memory.
    ("fullfsync", 1),
    ("checkpoint_fullfsync", 1),
];

/// What holds for a connection to a library. The content can be made again, so a power cut may cost its last transaction; it may
/// not cost a mark.
const OF_A_LIBRARY: [(&str, &str, i64); 3] = [
    ("main", "synchronous", 1),
    ("marks", "synchronous", 2),
    ("main", "foreign_keys", 1),
];

/// A connection that turns out to be to a damaged file must leave it as it is when it is closed: file and WAL.
const LEAVE_WAL: DbConfig = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
const DEFENSIVE: DbConfig = DbConfig::SQLITE_DBCONFIG_DEFENSIVE;

/// Sets a new connection, whatever it is for, and asserts every setting. Reads nothing of the file.
pub fn set_any(connection: &Connection, location: &Location) -> Result<(), StoreError> {
    // Instead of a busy timeout, which asks ever more seldom.
    connection.busy_handler(Some(wait))?;
    if !connection.set_db_config(DEFENSIVE, true)? || !connection.db_config(DEFENSIVE)? {
        return Err(not_set(
            location,
            "SQLITE_DBCONFIG_DEFENSIVE is off".to_owned(),
        ));
    }
    connection.set_db_config(LEAVE_WAL, true)?;
    for (name, value) in OF_ALL {
        assert(connection, ("main", location), name, value)?;
    }
    Ok(())
}

/// Has a connection wait for no other program, or wait again.
pub fn hurried(connection: &Connection, is_hurried: bool) -> rusqlite::Result<()> {
    connection.busy_handler(if is_hurried { None } else { Some(wait) })
}

/// Lets a connection take the WAL in when it is the last one to be closed.
pub fn tidy(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(LEAVE_WAL, false).map(drop)
}

/// How a connection comes to a WAL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wal {
    /// Files that have none get one.
    Set,
    /// They have one, or are not what they were: nothing is written.
    Found,
}

/// Sets a connection to the two databases, and asserts every setting.
pub fn set(connection: &Connection, files: &Files, wal: Wal) -> Result<(), StoreError> {
    let both = [
        (Which::Content, "main", &files.library),
        (Which::Marks, "marks", &files.marks),
    ];
    for (which, database, location) in both {
        if files.access(which) == Access::Full {
            write_ahead(connection, database, (which, location), wal)?;
        }
        for (of, name, value) in OF_A_LIBRARY {
            if of == database {
                assert(connection, (database, location), name, value)?;
            }
        }
    }
    if files.is_query_only() {
        query_only(connection, &files.library)?;
    }
    Ok(())
}

/// Has a connection refuse whatever would write.
pub fn query_only(connection: &Connection, location: &Location) -> Result<(), StoreError> {
    assert(connection, ("main", location), "query_only", 1)
}

/// Sets one pragma and reads it back.
fn assert(
    connection: &Connection,
    (database, location): (&str, &Location),
    name: &str,
    value: i64,
) -> Result<(), StoreError> {
    let of_database = (name == "synchronous").then_some(database);
    connection.pragma_update(of_database, name, value)?;
    let found: Value = connection.pragma_query_value(of_database, name, |row| row.get(0))?;
    if found == Value::Integer(value) {
        return Ok(());
    }
    Err(not_set(
        location,
        format!("{name} is {found:?} and not {value}"),
    ))
}

fn not_set(location: &Location, reason: String) -> StoreError {
    StoreError::Unsafe {
        path: location.shown(),
        reason,
    }
}

/// Has a file written through a WAL, which outlives whatever cuts a transaction short. A database in memory has none.
pub fn write_ahead(
    connection: &Connection,
    database: &str,
    (which, location): (Which, &Location),
    wal: Wal,
) -> Result<(), StoreError> {
    if location.file().is_none() {
        return Ok(());
    }
    let mode = |value: Option<&str>| -> rusqlite::Result<String> {
        let row = |row: &rusqlite::Row<'_>| row.get(0);
        match value {
            None => connection.pragma_query_value(Some(database), "journal_mode", row),
            Some(value) => {
                connection.pragma_update_and_check(Some(database), "journal_mode", value, row)
            }
        }
    };
    let found = mode(None).and_then(|found| {
        if found == "wal" || wal == Wal::Found {
            Ok(found)
        } else {
            mode(Some("wal"))
        }
    });
    match found {
        Ok(found) if found == "wal" => Ok(()),
        Ok(found) => {
            let reason = format!("journal_mode is {found} and not wal");
            Err(not_set(location, reason))
        }
        Err(error) => Err(opening(which, location, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database in memory has no WAL, as a network drive may have none.
    #[test]
    fn a_file_that_cannot_be_kept_safely_is_told_and_may_still_be_read() {
        let connection = Connection::open_in_memory().unwrap();
        let location = Location::File("marks.sqlite3".into());
        let refused =
            write_ahead(&connection, "main", (Which::Marks, &location), Wal::Set).unwrap_err();
        assert_eq!(refused.code(), "library-unsafe");
        assert!(refused.to_string().contains("journal_mode is memory"));
        assert!(refused.is_of_writing());
    }

    #[test]
    fn a_setting_that_does_not_take_is_told() {
        let connection = Connection::open_in_memory().unwrap();
        let location = Location::Memory("test".to_owned());
        let of = ("main", &location);
        assert!(assert(&connection, of, "temp_store", 2).is_ok());
        // Out of range, and left out without a word.
        let refused = assert(&connection, of, "temp_store", 9).unwrap_err();
        assert_eq!(refused.code(), "library-unsafe");
    }

    #[test]
    fn it_waits_until_its_patience_is_at_an_end_and_anew_for_the_next_lock() {
        assert!(wait(0) && wait(1) && wait(2));
        let long_ago = Instant::now().checked_sub(PATIENCE);
        BEGUN.set(long_ago);
        assert!(!wait(3));
        assert!(wait(0) && wait(1));
    }
}
