//! The content made again from the kept pages: all that can be read of the old database, into a new one, into its place.
//! Must not parse, must not delete a damaged file, and leaves everything as it was until the new one is whole.

mod file;
mod fresh;
mod image;
mod records;
mod remains;
mod standing;
pub(super) mod swap;

pub use fresh::Fresh;

use super::import::Said;
use super::place::Files;
use super::raw::State;
use super::{Place, Store, StoreError, Successor, Which, carry, fixes, open, schema};
use crate::issue::{IssueId, IssueLabel, Page};
use remains::Remains;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use standing::{has_marks, held, is_emptied, judged};
use std::path::{Path, PathBuf};

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
    /// Whether it had others from it that it has from another document too, in a newer reading.
    pub is_merged: bool,
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
    /// Issues that the old library had more than once; the newest reading of each is there.
    pub merged: usize,
    /// Items that have another name now, whose marks went along.
    pub renamed: usize,
    /// Why their marks could not go along.
    pub left_behind: Option<String>,
}

/// Makes one document's issues again: how many documents are done, how many there are, the document, the new library. May be
/// called for all of them a second time, from the first on, where another program has written in the meantime.
pub type Make<'m> =
    dyn FnMut(usize, usize, &KeptDocument, &mut Fresh<'_>) -> Result<(), StoreError> + 'm;

/// Makes the content of the library at `place`, a folder, again, as long as it is `wanted`; none where there is no library. All
/// or nothing: with an error everything is as it was.
///
/// # Errors
/// The file is not ours or comes from a newer version, the folder cannot be written, another program keeps it locked, or
/// [`StoreError::Stopped`]: it is not wanted any more.
pub fn rebuild(
    place: &Place,
    wanted: &dyn Fn() -> bool,
    make: &mut Make<'_>,
) -> Result<Option<Rebuilt>, StoreError> {
    let files = Files::of(place)?;
    let (Some(path), Place::Folder(folder)) = (files.library.file(), place) else {
        return Ok(None);
    };
    let (mut state, mut is_sound) = judged(path);
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
        State::NoFile(error) => return Err(error),
        State::Other => {
            return Err(StoreError::OtherFile {
                which: Which::Marks,
                path: path.to_owned(),
            });
        }
        State::Older(..) if is_sound => {
            // What cannot be brought up to date is not what its number says.
            (state, is_sound) =
                match open::bring_up_to_date(&files.library, &schema::LIBRARY, &files.marks) {
                    Ok(_) => judged(path),
                    Err(error @ StoreError::Damaged { .. }) => {
                        (State::Damaged(error.to_string()), false)
                    }
                    Err(error) => return Err(error),
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
    let _guard = held(path, wanted)?;
    let (filled, set_aside, marks) = match state {
        State::Current(connection) if is_sound => {
            drop(connection);
            let (filled, marks) = over(&files, folder, marks, wanted, make)?;
            (filled, None, marks)
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
            let old = Old {
                path,
                is_ours,
                connection: old,
            };
            let (filled, aside, marks) = instead(old, folder, marks, wanted, make)?;
            (filled, Some(aside), marks)
        }
    };
    let left_behind = marks.settle(place, &filled.renamed);
    Ok(Some(Rebuilt {
        set_aside,
        merged: filled.merged,
        renamed: filled.renamed.len(),
        left_behind,
    }))
}

/// What was made.
struct Made {
    /// Issues that were there more than once.
    merged: usize,
    /// Items that have another name now.
    renamed: Vec<Successor>,
}

/// A damaged file.
struct Old<'a> {
    path: &'a Path,
    /// Whether it is known to be of a library.
    is_ours: bool,
    /// Where it can be asked.
    connection: Option<Connection>,
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

    /// Takes marks from the old names of their items, now that the content has others, and has it follow the fixes; why not, if
    /// not.
    fn settle(self, place: &Place, renamed: &[Successor]) -> Option<String> {
        let settled = self.0?.and_then(|aside| {
            if renamed.is_empty() && !fixes::any(&aside.connection)? {
                return Ok(());
            }
            drop(aside);
            let mut store = Store::open(place)?;
            store.settle()?;
            store.follow_fixes().map(drop)
        });
        settled.err().map(|error| error.to_string())
    }
}

/// Writes the new content over a sound file.
fn over(
    files: &Files,
    folder: &Path,
    mut marks: Marks,
    wanted: &dyn Fn() -> bool,
    make: &mut Make<'_>,
) -> Result<(Made, Marks), StoreError> {
    let old = open::open_alone(&files.library)?;
    let mut target = open::open_alone(&files.library)?;
    let mut is_held = false;
    loop {
        let (_file, new) = file::create(folder)?;
        let backup = Backup::new(&new, &mut target)?;
        if is_held {
            swap::hold(&backup, wanted)?;
        }
        let snapshot = old.unchecked_transaction()?;
        let version = data_version(&snapshot)?;
        let remains = remains::by_sql(&snapshot);
        let filled = fill(&new, &remains, Some(&snapshot), wanted, make)?;
        snapshot.commit()?;
        if !is_held {
            // To parse takes long, and others are not kept waiting for it; unless they write.
            swap::hold(&backup, wanted)?;
            if data_version(&old)? != version {
                is_held = true;
                continue;
            }
        }
        marks.copy(&filled.renamed)?;
        swap::pour(&backup)?;
        return Ok((filled, marks));
    }
}

/// Puts the new content in the place of a damaged file.
fn instead(
    Old {
        path,
        is_ours,
        connection: old,
    }: Old<'_>,
    folder: &Path,
    mut marks: Marks,
    wanted: &dyn Fn() -> bool,
    make: &mut Make<'_>,
) -> Result<(Made, PathBuf, Marks), StoreError> {
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
    let filled = fill(&new, &remains, old.as_ref(), wanted, make)?;
    file::write_out(new, &target.0)?;
    marks.copy(&filled.renamed)?;
    drop(old);
    let aside = swap::set_aside(path, &target)?;
    Ok((filled, aside, marks))
}

/// Makes all there is again, and looks over what was made.
fn fill(
    new: &Connection,
    remains: &Remains,
    old: Option<&Connection>,
    wanted: &dyn Fn() -> bool,
    make: &mut Make<'_>,
) -> Result<Made, StoreError> {
    let transaction = new.unchecked_transaction()?;
    let mut fresh = Fresh::new(&transaction, remains, old)?;
    let documents = fresh.documents();
    let all = documents.len();
    for (done, mut document) in documents.into_iter().enumerate() {
        go_on(wanted)?;
        fresh.unpack(&mut document);
        make(done, all, &document, &mut fresh)?;
    }
    let filled = Made {
        merged: fresh.merged,
        renamed: std::mem::take(&mut fresh.renamed),
    };
    drop(fresh);
    transaction.commit()?;
    file::verify(new)?;
    // The last moment at which all is as it was.
    go_on(wanted)?;
    Ok(filled)
}

fn go_on(wanted: &dyn Fn() -> bool) -> Result<(), StoreError> {
    if wanted() {
        Ok(())
    } else {
        Err(StoreError::Stopped)
    }
}

/// A number that changes when another connection has changed the content.
fn data_version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}
