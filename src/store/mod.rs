//! The library: issues, their items and what the reader marked, in two SQLite databases.
//! The only SQL of the program; must not know how anything is shown, parsed or spelled.
//!
//! Two kinds of connection: a [`Store`] writes and does point reads, and is never interrupted, because an interrupt that
//! lands in a write rolls the whole transaction back; a [`Searcher`] reads lists, and may be stopped. Both may be sent to a thread of their own.

mod aside;
mod asked;
mod carried;
mod carry;
mod changes;
mod check;
mod choices;
mod conditions;
mod content;
mod copies;
mod deeds;
mod detached;
mod elsewhere;
mod error;
mod examine;
mod facets;
mod fate;
mod finding;
mod fixes;
mod fixing;
#[cfg(test)]
pub(crate) mod for_tests;
mod former;
mod glance;
mod heads;
mod held;
mod import;
mod in_force;
mod index;
mod listing;
mod locate;
mod marks;
mod meeting;
mod moving;
mod named;
mod noted;
mod numbered;
mod open;
mod order;
mod pairing;
mod pictures;
mod place;
mod raw;
mod rebuild;
mod records;
mod renamed;
mod reread;
mod restore;
mod rows;
mod rules;
mod salvage;
mod saved;
mod schema;
mod session;
mod sorting;
mod sought;
mod stated;
mod stretches;
mod successors;
mod tags;
mod tally;
#[cfg(test)]
mod tests;

pub use changes::{Changes, Renamed};
pub use check::{Checked, Told, check};
pub use content::{ItemView, Provenance};
pub use copies::Copied;
pub use deeds::{Ground, Made, MarkChange};
pub use detached::{ByName, Detached};
pub use elsewhere::{Elsewhere, Version};
pub use error::{StoreError, Which};
pub use examine::{
    Condition, Examined, copies_of, examine, lacks_content, pragmas, sqlite_version,
};
pub use fate::{Back, Carried, Fate};
pub use finding::{Finding, Level};
pub use fixing::{FixChange, Fixable, Fixed};
pub use former::Before;
pub use glance::{Glance, Held, Seen};
pub use import::{Imported, Kept, Packed, Said, Status};
pub use in_force::InForce;
pub use listing::{Anchor, Group, Listing, Run, Scope, Way};
pub use locate::Located;
pub use moving::{Forgotten, Moved, TwoNotes};
pub use noted::{About, Noted};
pub(crate) use open::{make_file, make_folder};
pub use order::{MAX_ITEMS, MAX_NUMBER, MAX_PUBLICATIONS, issue_of, items_of};
pub use place::Place;
pub use rebuild::{Claim, Fresh, KeptDocument, Make, Put, Rebuilt, rebuild};
pub use records::{
    Comparing, GivenWay, Lost, LostQuery, Merged, RECORD_SCHEMA, RecordError, Records, checked,
    checked_query,
};
pub use reread::{Changed, Door, Outdated, Reread, SourceId, outdated_at};
pub use restore::{Counts, Damage, Listed, Present, Restoration, Restored};
pub use saved::{Counted, SavedChange, SavedQuery};
pub use successors::Successor;
pub use tags::TagCount;

use elsewhere::Opened;
use place::Files;
use rusqlite::Connection;

/// An open library: everything that changes it, and reads of single things.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    files: Files,
    /// Which files these were when they were opened.
    opened: Opened,
    /// What went wrong when it was opened and does not stand in its way.
    warning: Option<StoreError>,
    /// Whether the content was found fit to be written to.
    is_fit: bool,
}

/// A second connection to an open library, for lists. It cannot write.
#[derive(Debug)]
pub struct Searcher {
    connection: Connection,
    /// Copies that it may read are there as long as it is.
    files: Files,
}

impl Store {
    /// Opens the library at `place` for writing; where there is none, makes an empty one.
    ///
    /// # Errors
    /// The folder or its files cannot be made or written, a file of that name is not ours, is damaged or comes from a newer
    /// version, the marks are gone and copies of them are there, or another program keeps it locked for more than ten seconds.
    pub fn open(place: &Place) -> Result<Self, StoreError> {
        open::open(place).map(|opened| Self::of(opened, place))
    }

    /// Opens the library at `place` for reading, and for writing where that goes. Makes no folder: where there is none, or no
    /// library in it, reads an empty one in memory.
    ///
    /// # Errors
    /// Those of [`Store::open`], but for what stands in the way of writing alone.
    pub fn read(place: &Place) -> Result<Self, StoreError> {
        open::read(place).map(|opened| Self::of(opened, place))
    }

    fn of(opened: open::Opened, place: &Place) -> Self {
        let mut store = Self {
            opened: Opened::of(&opened.files),
            connection: opened.connection,
            files: opened.files,
            warning: opened.warning,
            is_fit: false,
        };
        // What an import left on the way that was killed. Where it cannot be settled, or another program is at it, both stay.
        if matches!(place, Place::Folder(_)) && store.read_only().is_none() {
            let _ = store.settle_at_once();
            let _ = store.follow_fixes_at_once();
        }
        store
    }

    /// Why nothing can be kept in this library, as each attempt to write would say; none where it can.
    #[must_use]
    pub fn read_only(&self) -> Option<StoreError> {
        let reading = self.files.reading.as_ref()?;
        let (path, reason) = reading.denied.clone();
        Some(StoreError::ReadOnly {
            path: Some(path),
            reason,
        })
    }

    /// Refuses what would write where nothing can be kept.
    fn refuse_read_only(&self) -> Result<(), StoreError> {
        match self.read_only() {
            Some(denied) => Err(denied),
            None => Ok(()),
        }
    }

    /// What went wrong when it was opened and did not stand in the way, once: the marks could not be copied before a migration.
    pub const fn take_warning(&mut self) -> Option<StoreError> {
        self.warning.take()
    }

    /// Which file of the library at `place` is damaged, as far as SQLite can tell. Reads all of both.
    #[must_use]
    pub fn find_damage(place: &Place) -> Option<StoreError> {
        let files = Files::of(place).ok()?;
        open::find_damage(&files.library, &files.marks)
    }

    /// The error with the name of the marks file, where it says that something is damaged and not what, and the marks of this
    /// library cannot be read to the end. Reads all of them.
    #[must_use]
    pub fn with_file(&self, error: StoreError) -> StoreError {
        with_file(&self.connection, &self.files, error)
    }

    /// A connection for lists, to the same library.
    ///
    /// # Errors
    /// The files can no longer be opened.
    pub fn searcher(&self) -> Result<Searcher, StoreError> {
        let connection = open::connect(&self.files)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(Searcher {
            connection,
            files: self.files.clone(),
        })
    }
}

fn with_file(connection: &Connection, files: &Files, error: StoreError) -> StoreError {
    match (&error, files.marks.file()) {
        (StoreError::Damaged { file: None, .. }, Some(path)) => {
            open::unread_marks(connection, path).unwrap_or(error)
        }
        _ => error,
    }
}

/// Steps of SQLite's machine between two looks at whether to go on: some thirty rows of a list, a fraction of a millisecond.
const STEPS: std::ffi::c_int = 1000;

impl Searcher {
    /// The error with the name of the marks file, as [`Store::with_file`] gives it.
    #[must_use]
    pub fn with_file(&self, error: StoreError) -> StoreError {
        with_file(&self.connection, &self.files, error)
    }

    /// Stops a request with [`StoreError::Stopped`] as soon as `stop` holds. It is asked again and again while one runs.
    ///
    /// # Errors
    /// Never on a connection of its own.
    pub fn stop_when(&self, stop: impl FnMut() -> bool + Send + 'static) -> Result<(), StoreError> {
        Ok(self.connection.progress_handler(STEPS, Some(stop))?)
    }
}
