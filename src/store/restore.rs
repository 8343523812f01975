//! Putting a copy in the place of the marks.
//! Must not lose a byte of what was there: it is set aside under another name, never deleted.

use super::copies::{self, Copy, Fingerprint};
use super::open;
use super::place::{Files, Location, beside};
use super::schema::MARKS;
use super::{Place, StoreError};
use jiff::Timestamp;
use rusqlite::Connection;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long another program is waited for that has healthy marks open. Longer than a command takes; a reader stays.
const PATIENCE: Duration = Duration::from_secs(2);
/// What goes with a database file, by the end of its name.
const COMPANIONS: [&str; 2] = ["-wal", "-journal"];

/// A restoration that is ready: which copy it takes, and what it replaces.
#[derive(Debug)]
pub struct Restoration {
    /// The copy that is taken.
    pub from: PathBuf,
    /// When it was made; none where it was named and its name does not tell.
    pub time: Option<Timestamp>,
    /// How many items it has marks of.
    pub marks: u32,
    /// Newer copies that are not whole, and why.
    pub passed_over: Vec<StoreError>,
    /// What it replaces.
    pub present: Present,
    path: PathBuf,
}

/// The marks as they are before a restoration.
#[derive(Debug)]
pub enum Present {
    /// There are none.
    Missing,
    /// They are whole: so many items have some.
    Whole(u32),
    /// They cannot be used, and why.
    Damaged(StoreError),
}

/// What a restoration came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was there before, under its new name; none where there was nothing.
    pub set_aside: Option<PathBuf>,
}

impl Restoration {
    /// Finds the copy to restore the marks of the library at `place` from: `from`, or the newest one that is whole. Changes
    /// nothing.
    ///
    /// # Errors
    /// The copy that is named is not whole or comes from a newer version, or none of those that are kept is whole.
    pub fn of(place: &Place, from: Option<&Path>) -> Result<Self, StoreError> {
        let files = Files::of(place)?;
        let (Some(path), Some(folder)) = (files.marks.file(), copies::folder_of(&files.marks))
        else {
            return Err(StoreError::NoCopy {
                folder: files.marks.shown(),
            });
        };
        let mut passed_over = vec![];
        let (copy, marks) = match from {
            Some(from) if is_same_file(from, path) => {
                return Err(StoreError::NotACopy {
                    path: from.to_owned(),
                });
            }
            Some(from) => (from.to_owned(), count_copy(from)?),
            None => copies::found_beside(&files.marks)
                .into_iter()
                .rev()
                .find_map(|Copy { path, .. }| match count_copy(&path) {
                    Ok(marks) => Some((path, marks)),
                    Err(error) => {
                        passed_over.push(error);
                        None
                    }
                })
                .ok_or(StoreError::NoCopy { folder })?,
        };
        Ok(Self {
            time: copies::time_of(&copy),
            from: copy,
            marks,
            passed_over,
            present: present(&files.marks),
            path: path.to_owned(),
        })
    }

    /// Puts the copy in the place of the marks. What was there is set aside, all at once or not at all.
    ///
    /// # Errors
    /// The copy is no longer whole, the folder cannot be written, or another program has the marks open.
    pub fn carry_out(self) -> Result<Restored, StoreError> {
        let (copy, _aside) = copies::examine(&self.from)?;
        let failed = |error| open::of_marks(&self.from, error);
        let snapshot = copy.unchecked_transaction().map_err(failed)?;
        let original = Fingerprint::of(&snapshot).map_err(failed)?;
        let _guard = self.path.parent().and_then(open::lock);
        let new = open::new_name(&self.path);
        let cannot = |error: io::Error| open::cannot_create(&self.path, &error);
        let restored = copies::write(&snapshot, &new)
            .and_then(|()| copies::verify(&new, &original))
            .and_then(|()| {
                let set_aside = self.set_aside()?;
                fs::rename(&new, &self.path).map_err(cannot)?;
                open::sync(&self.path).map_err(cannot)?;
                Ok(Restored { set_aside })
            });
        if restored.is_err() {
            let _ = fs::remove_file(&new);
        }
        restored
    }

    /// Gives what is there a second name, and what goes with it that name alone: SQLite would take it for a part of what comes.
    fn set_aside(&self) -> Result<Option<PathBuf>, StoreError> {
        let cannot = |error: io::Error| open::cannot_create(&self.path, &error);
        let is_whole = matches!(self.present, Present::Whole(_));
        if is_whole {
            alone(&self.path)?;
        }
        let companions = COMPANIONS.map(|end| (end, beside(&self.path, end)));
        let is_there = self.path.try_exists().map_err(cannot)?;
        if !is_there && companions.iter().all(|(_, path)| !path.exists()) {
            return Ok(None);
        }
        let aside = free_name(&self.path, if is_whole { "replaced" } else { "damaged" });
        if is_there {
            match fs::hard_link(&self.path, &aside) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    // No links in this file system: for a moment no file has the name.
                    fs::rename(&self.path, &aside).map_err(cannot)?;
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
        match fs::remove_file(beside(&self.path, "-shm")) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(cannot(error)),
            _ => Ok(Some(aside)),
        }
    }
}

/// Takes the WAL of whole marks in, which only goes while no other program has them open.
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

/// A name beside the marks that no file has.
fn free_name(path: &Path, what: &str) -> PathBuf {
    let time = Timestamp::now().strftime("%Y-%m-%dT%H%M%SZ");
    let mut name = beside(path, &format!(".{what}-{time}"));
    let mut n = 1;
    while name.symlink_metadata().is_ok() {
        n += 1;
        name = beside(path, &format!(".{what}-{time}-{n}"));
    }
    name
}

fn present(marks: &Location) -> Present {
    use open::Found;
    let found = match open::find_one(marks) {
        Ok(Found::Nothing) => return Present::Missing,
        Ok(Found::Empty) => Err(StoreError::Emptied {
            which: MARKS.which,
            path: marks.shown(),
        }),
        Ok(Found::File) => whole(marks),
        Err(error) => Err(error),
    };
    match found {
        Ok(count) => Present::Whole(count),
        Err(error) => Present::Damaged(error),
    }
}

fn whole(marks: &Location) -> Result<u32, StoreError> {
    let path = marks.shown();
    // Of damaged marks every byte may still be of use.
    let (connection, _aside) = open::read_copy(&path, &MARKS)?;
    open::integrity(&connection).map_err(|reason| open::damaged(MARKS.which, &path, reason))?;
    count(&connection).map_err(|error| open::of_marks(&path, error))
}

fn count_copy(path: &Path) -> Result<u32, StoreError> {
    let (connection, _aside) = copies::examine(path)?;
    count(&connection).map_err(|error| open::of_marks(path, error))
}

/// How many items have marks.
fn count(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("SELECT count(*) FROM mark", [], |row| row.get(0))
}

/// Whether both names lead to one file.
fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
