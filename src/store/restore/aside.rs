//! Making room for marks that are restored: what was there gets another name.
//! Must not lose a byte of it.

use crate::store::StoreError;
use crate::store::open;
use crate::store::place::{Location, beside};
use jiff::Timestamp;
use rusqlite::Connection;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long another program is waited for that has readable marks open. Longer than a command takes; a reader stays.
const PATIENCE: Duration = Duration::from_secs(2);
/// What goes with a database file, by the end of its name.
const COMPANIONS: [&str; 2] = ["-wal", "-journal"];

/// How much of the marks that are there can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All.
    Whole,
    /// SQLite can use them, other programs too; some rows are not what is ever written.
    Faulty,
    /// SQLite cannot use them.
    Unreadable,
}

/// Gives what is there a second name, and what goes with it that name alone: SQLite would take it for a part of what comes.
pub fn set_aside(marks: &Path, state: State) -> Result<Option<PathBuf>, StoreError> {
    let cannot = |error: io::Error| open::cannot_create(marks, &error);
    if state != State::Unreadable {
        alone(marks)?;
    }
    let companions = COMPANIONS.map(|end| (end, beside(marks, end)));
    let is_there = marks.try_exists().map_err(cannot)?;
    if !is_there && companions.iter().all(|(_, path)| !path.exists()) {
        return Ok(None);
    }
    let aside = free_name(marks, state);
    if is_there {
        match fs::hard_link(marks, &aside) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                // No links in this file system: for a moment no file has the name.
                fs::rename(marks, &aside).map_err(cannot)?;
            }
            linked => linked.map_err(cannot)?,
        }
    }
    for (end, path) in companions {
        if path.try_exists().map_err(cannot)? {
            fs::rename(&path, beside(&aside, end)).map_err(cannot)?;
        }
    }
    // It only says where in the WAL what stands.
    match fs::remove_file(beside(marks, "-shm")) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(cannot(error)),
        _ => Ok(Some(aside)),
    }
}

/// Takes the WAL of readable marks in, which only goes while no other program has them open.
fn alone(path: &Path) -> Result<(), StoreError> {
    let connection = open::open_alone(&Location::File(path.to_owned()))?;
    connection.busy_timeout(PATIENCE)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))
        .map_err(|error| open::of_marks(path, error))?;
    if mode == "delete" {
        return Ok(());
    }
    Err(StoreError::Locked)
}

/// Holds marks that SQLite cannot use as a whole against who writes into what it can use of them, as long as the connection
/// lives. None where nobody has them open: opening them might change what is set aside.
pub fn held(path: &Path) -> Result<Option<Connection>, StoreError> {
    let is_empty = |end| fs::metadata(beside(path, end)).map_or(true, |file| file.len() == 0);
    if is_empty("") || is_empty("-shm") || !is_empty("-journal") {
        return Ok(None);
    }
    let Ok(connection) = open::open_alone(&Location::File(path.to_owned())) else {
        return Ok(None);
    };
    match connection.execute_batch("BEGIN IMMEDIATE") {
        Ok(()) => Ok(Some(connection)),
        Err(error) => match StoreError::from(error) {
            StoreError::Locked => Err(StoreError::Locked),
            // Then nobody else writes them either.
            _ => Ok(None),
        },
    }
}

/// A name beside the marks that no file has.
pub fn free_name(path: &Path, state: State) -> PathBuf {
    let what = if state == State::Whole {
        "replaced"
    } else {
        "damaged"
    };
    let time = Timestamp::now().strftime("%Y-%m-%dT%H%M%SZ");
    let mut name = beside(path, &format!(".{what}-{time}"));
    let mut n = 1;
    while name.symlink_metadata().is_ok() {
        n += 1;
        name = beside(path, &format!(".{what}-{time}-{n}"));
    }
    name
}
