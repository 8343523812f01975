//! Restored marks in the place of ones that SQLite can use: poured into their file, beside whoever has that open.
//! Must not let a mark in that is written meanwhile and would be lost: from before it is looked whether there is one until all is
//! done, nobody else writes.

use super::aside::{self, State};
use crate::store::StoreError;
use crate::store::copies::{self, Fingerprint};
use crate::store::held::Held;
use crate::store::open;
use crate::store::place::Location;
use crate::store::rebuild::swap;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs;
use std::path::{Path, PathBuf};

/// A connection to the marks, where they can be poured into: through a WAL, beside which others read on, and page by page.
pub(super) fn target(path: &Path, held: &Held) -> Result<Option<Connection>, StoreError> {
    let target = open::open_alone(&Location::File(path.to_owned()))?;
    let page = |connection: &Connection| -> rusqlite::Result<u32> {
        connection.pragma_query_value(None, "page_size", |row| row.get(0))
    };
    let fits = || -> rusqlite::Result<bool> {
        let mode: String = target.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        Ok(mode == "wal" && page(&target)? == page(held.connection())?)
    };
    let fits = fits().map_err(|error| open::of_marks(path, error))?;
    Ok(fits.then_some(target))
}

/// Pours `held` into the marks at `path`, of which a copy is set aside: where it is.
///
/// # Errors
/// Another program writes them for too long, `is_unchanged` does not hold any more, or they cannot be written; then they are as
/// they were.
pub(super) fn pour(
    held: &Held,
    (path, mut target): (&Path, Connection),
    state: State,
    is_unchanged: &dyn Fn() -> bool,
) -> Result<PathBuf, StoreError> {
    // Where nobody else has them open, nothing is left beside them, whatever comes of it.
    open::tidy(&target)?;
    target.pragma_update(None, "synchronous", 2)?;
    let backup = Backup::new(held.connection(), &mut target)?;
    swap::hold(&backup, &|| true)?;
    if !is_unchanged() {
        return Err(StoreError::MarksChanged);
    }
    let aside = copied(path, state)?;
    let poured = swap::pour(&backup);
    if poured.is_err() {
        // All is where it was.
        let _ = fs::remove_file(&aside);
    }
    poured.map(|()| aside)
}

/// A copy of the marks as they are, under the name of what is set aside.
fn copied(path: &Path, state: State) -> Result<PathBuf, StoreError> {
    let source = open::open_alone(&Location::File(path.to_owned()))?;
    let of = |connection: &Connection| {
        Fingerprint::of(connection).map_err(|error| open::of_marks(path, error))
    };
    let new = open::new_name(path);
    let made = copies::write(&source, &new).and_then(|()| {
        let copy = Held::read(&new)?;
        if of(copy.connection())? != of(Held::of(&source)?.connection())? {
            let reason = "it does not read as what it was made of".to_owned();
            return Err(StoreError::BadCopy {
                path: new.clone(),
                reason,
            });
        }
        let aside = aside::free_name(path, state);
        let placed = open::put_in_place(&new, &aside);
        placed.map_err(|error| open::cannot_create(&aside, &error))?;
        Ok(aside)
    });
    if made.is_err() {
        // What does not go is swept away when the library is opened next.
        let _ = fs::remove_file(&new);
    }
    made
}
