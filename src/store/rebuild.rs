//! The content made again from the kept pages: all that can be read of the old database, into a new one, into its place.
//! Must not parse, must not delete a damaged file, and leaves everything as it was until the new one is whole.

mod file;
mod fresh;
mod image;
mod records;
mod remains;
mod swap;

pub use fresh::Fresh;

use super::check::complaints;
use super::import::Said;
use super::place::Files;
use super::raw::{self, State};
use super::{Place, Store, StoreError, Successor, Which, carry, open, schema};
use crate::issue::{IssueId, IssueLabel, Page};
use remains::Remains;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long another program that makes or changes the files of the folder is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// A document of the old library, as far as it could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptDocument {
    row: i64,
    /// Where it was.
    pub path: Option<String>,
    /// What its pages do not say.
    pub said: Said,
    /// What it says; none where that is lost.
    pub pages: Option<Vec<Page>>,
    /// The issues that the old library had from it, newest first.
    pub issues: Vec<Claim>,
}

/// An issue that the old library had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its row.
    pub id: IssueId,
    /// Its name; the publication's is empty where it is lost.
    pub label: IssueLabel,
    /// Version of the parser that read it.
    pub parser: u32,
}

/// What became of an issue that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is stored.
    Made,
    /// Another one has or will have its name.
    Held,
}

/// How the new content took its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Where the damaged file is now; none where it was sound, and written over.
    pub set_aside: Option<PathBuf>,
    /// Items that have another name now, whose marks went along.
    pub renamed: usize,
    /// Why their marks could not go along.
    pub left_behind: Option<String>,
}

/// Makes one document's issues again: how many documents are done, how many there are, the document, the new library. May be
/// called for all of them a second time, from the first on, where another program has written in the meantime.
pub type Make<'m> =
    dyn FnMut(usize, usize, &KeptDocument, &mut Fresh<'_>) -> Result<(), StoreError> + 'm;

/// Makes the content of the library at `place`, a folder, again; none where there is no library. All or nothing: with an
/// error, [`StoreError::Stopped`] of `make` among them, everything is as it was.
///
/// # Errors
/// The file is not ours or comes from a newer version, the folder cannot be written, or another program keeps it locked.
pub fn rebuild(place: &Place, make: &mut Make<'_>) -> Result<Option<Rebuilt>, StoreError> {
    let files = Files::of(place)?;
    let (Some(path), Place::Folder(folder)) = (files.library.file(), place) else {
        return Ok(None);
    };
    let mut state = raw::state(path, &schema::LIBRARY);
    match state {
        State::Missing if !is_emptied(&files) => return Ok(None),
        State::Newer(found) => {
            return Err(StoreError::Newer {
                path: path.to_owned(),
                found,
                known: schema::LIBRARY.version,
            });
        }
        State::Closed(reason) => {
            return Err(StoreError::CannotOpen {
                path: path.to_owned(),
                reason,
            });
        }
        State::Older(_, ref connection) if is_sound(path, connection) => {
            // What cannot be brought up to date is not what its number says.
            state = match open::bring_up_to_date(&files.library, &schema::LIBRARY, &files.marks) {
                Ok(_) => raw::state(path, &schema::LIBRARY),
                Err(error @ (StoreError::Locked | StoreError::NotWritable { .. })) => {
                    return Err(error);
                }
                Err(error) => State::Damaged(error.to_string()),
            };
        }
        _ => {}
    }
    let is_beside_marks = has_marks(&files);
    // Before the folder is held: opening may have to bring the marks up to date.
    let marks = match is_beside_marks {
        Some(_) => Marks(Some(Store::open(&Place::Aside(folder.clone())))),
        None => Marks(None),
    };
    let _guard = held(path)?;
    let (renamed, set_aside, marks) = match state {
        State::Current(connection) if is_sound(path, &connection) => {
            drop(connection);
            let (renamed, marks) = over(&files, folder, marks, make)?;
            (renamed, None, marks)
        }
        state => {
            let is_ours = match &state {
                State::NoDatabase(_) => is_beside_marks == Some(true),
                State::Foreign => false,
                _ => true,
            };
            let old = match state {
                State::Current(connection) | State::Older(_, connection) => Some(connection),
                _ => None,
            };
            let (renamed, aside, marks) = instead(path, folder, is_ours, old, marks, make)?;
            (renamed, Some(aside), marks)
        }
    };
    let left_behind = marks.carry(&renamed);
    Ok(Some(Rebuilt {
        set_aside,
        renamed: renamed.len(),
        left_behind,
    }))
}

/// The store through which marks go along, or why it cannot be used; none where there are no marks.
struct Marks(Option<Result<Store, StoreError>>);

impl Marks {
    /// Copies marks to the new names of their items, before these are there.
    fn copy(&mut self, renamed: &[Successor]) -> Result<(), StoreError> {
        if let Some(Ok(store)) = &mut self.0
            && !renamed.is_empty()
        {
            let transaction = store.begin()?;
            carry::copy_ahead(&transaction, renamed)?;
            transaction.commit()?;
        }
        Ok(())
    }

    /// Takes marks from the old names of their items, now that these have others; why not, if not.
    fn carry(self, renamed: &[Successor]) -> Option<String> {
        if renamed.is_empty() {
            return None;
        }
        let carried = self.0?.and_then(|mut store| store.carry(renamed));
        carried.err().map(|error| error.to_string())
    }
}

/// Writes the new content over a sound file.
fn over(
    files: &Files,
    folder: &Path,
    mut marks: Marks,
    make: &mut Make<'_>,
) -> Result<(Vec<Successor>, Marks), StoreError> {
    let old = open::open_alone(&files.library)?;
    let mut target = open::open_alone(&files.library)?;
    let mut is_held = false;
    loop {
        let (_file, new) = file::create(folder)?;
        let backup = Backup::new(&new, &mut target)?;
        if is_held {
            swap::hold(&backup)?;
        }
        let snapshot = old.unchecked_transaction()?;
        let version = data_version(&snapshot)?;
        let remains = remains::by_sql(&snapshot);
        let renamed = fill(&new, &remains, Some(&snapshot), make)?;
        snapshot.commit()?;
        if !is_held {
            // To parse takes long, and others are not kept waiting for it; unless they write.
            swap::hold(&backup)?;
            if data_version(&old)? != version {
                is_held = true;
                continue;
            }
        }
        marks.copy(&renamed)?;
        swap::pour(&backup)?;
        return Ok((renamed, marks));
    }
}

/// Puts the new content in the place of a damaged file.
fn instead(
    path: &Path,
    folder: &Path,
    is_ours: bool,
    old: Option<Connection>,
    mut marks: Marks,
    make: &mut Make<'_>,
) -> Result<(Vec<Successor>, PathBuf, Marks), StoreError> {
    let mut remains = match &old {
        Some(old) => remains::by_sql(old),
        None => Remains::default(),
    };
    remains
        .add_from_pages(path)
        .map_err(|error| StoreError::CannotOpen {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
    if !is_ours && !remains.is_of_a_library() {
        return Err(StoreError::Foreign {
            path: path.to_owned(),
        });
    }
    let (target, new) = file::create(folder)?;
    let renamed = fill(&new, &remains, old.as_ref(), make)?;
    file::write_out(new, &target.0)?;
    marks.copy(&renamed)?;
    drop(old);
    let aside = swap::set_aside(path, &target)?;
    Ok((renamed, aside, marks))
}

/// Makes all there is again, and looks over what was made.
fn fill(
    new: &Connection,
    remains: &Remains,
    old: Option<&Connection>,
    make: &mut Make<'_>,
) -> Result<Vec<Successor>, StoreError> {
    let transaction = new.unchecked_transaction()?;
    let mut fresh = Fresh::new(&transaction, remains, old)?;
    let documents = fresh.documents();
    let all = documents.len();
    for (done, mut document) in documents.into_iter().enumerate() {
        fresh.unpack(&mut document);
        make(done, all, &document, &mut fresh)?;
    }
    let renamed = std::mem::take(&mut fresh.renamed);
    drop(fresh);
    transaction.commit()?;
    file::verify(new)?;
    Ok(renamed)
}

/// Whether the file of the content is empty, or gone but for its WAL, and is known to have held something.
fn is_emptied(files: &Files) -> bool {
    matches!(
        open::inspect(&files.library, &files.marks),
        Err(StoreError::Emptied {
            which: Which::Content,
            ..
        })
    )
}

fn is_sound(path: &Path, connection: &Connection) -> bool {
    raw::cut_off(path, connection).is_none() && complaints(connection, 1).is_empty()
}

/// Whether there are marks of ours, so that this is a library whatever has become of its content; none where there is no file
/// of that name.
fn has_marks(files: &Files) -> Option<bool> {
    match raw::state(files.marks.file()?, &schema::MARKS) {
        State::Missing => None,
        State::Current(_) | State::Older(..) | State::Newer(_) => Some(true),
        _ => Some(false),
    }
}

/// A number that changes when another connection has changed the content.
fn data_version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Holds the folder of the library against programs that make or change the files in it. None where the system has no locks
/// on folders.
fn held(path: &Path) -> Result<Option<File>, StoreError> {
    let Some(Ok(folder)) = path.parent().map(File::open) else {
        return Ok(None);
    };
    let begun = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}
