//! The library: issues, their items and what the reader marked, in two SQLite databases.
//! The only SQL of the program; must not know how anything is shown, parsed or spelled.
//!
//! Two kinds of connection: a [`Store`] writes and does point reads, and is never interrupted, because an interrupt that
//! lands in a write rolls the whole transaction back; a [`Searcher`] reads lists, and may be stopped. Both may be sent to a thread of their own.

mod carry;
mod check;
mod conditions;
mod content;
mod error;
mod examine;
mod finding;
#[cfg(test)]
pub(crate) mod for_tests;
mod former;
mod glance;
mod heads;
mod import;
mod listing;
mod locate;
mod marks;
mod noted;
mod open;
mod order;
mod place;
mod raw;
mod rebuild;
mod reread;
mod rows;
mod schema;
mod session;
mod successors;
#[cfg(test)]
mod tests;

pub use check::{Checked, Told, check};
pub use content::ItemView;
pub use error::StoreError;
pub use examine::{Condition, Examined, examine, pragmas, sqlite_version};
pub use finding::{Finding, Level};
pub use former::Before;
pub use glance::{Glance, Seen};
pub use import::{Imported, Kept, Packed, Said, Status};
pub use listing::{Anchor, Group, Listing, Run, Scope, Way};
pub use locate::Located;
pub use noted::{About, Noted};
pub use order::{MAX_ITEMS, MAX_NUMBER, MAX_PUBLICATIONS, issue_of};
pub use place::Place;
pub use rebuild::{Claim, Fresh, KeptDocument, Make, Put, Rebuilt, rebuild};
pub use reread::{Changed, Door, Outdated, Reread, SourceId};
pub use successors::Successor;

use place::Files;
use rusqlite::Connection;

/// An open library: everything that changes it, and reads of single things.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    files: Files,
}

/// A second connection to an open library, for lists. It cannot write.
#[derive(Debug)]
pub struct Searcher {
    connection: Connection,
}

impl Store {
    /// Opens the library at `place`; where there is none, makes an empty one.
    ///
    /// # Errors
    /// The folder or its files cannot be made or opened, a file of that name is not ours, is damaged or comes from a newer
    /// version, or another program keeps it locked for more than ten seconds.
    pub fn open(place: &Place) -> Result<Self, StoreError> {
        let (connection, files) = open::open(place)?;
        Ok(Self { connection, files })
    }

    /// A connection for lists, to the same library.
    ///
    /// # Errors
    /// The files can no longer be opened.
    pub fn searcher(&self) -> Result<Searcher, StoreError> {
        let connection = open::connect(&self.files)?;
        connection.pragma_update(None, "query_only", true)?;
        conditions::add_functions(&connection)?;
        Ok(Searcher { connection })
    }
}

/// Steps of SQLite's machine between two looks at whether to go on: some thirty rows of a list, a fraction of a millisecond.
const STEPS: std::ffi::c_int = 1000;

impl Searcher {
    /// Stops a request with [`StoreError::Stopped`] as soon as `stop` holds. It is asked again and again while one runs.
    ///
    /// # Errors
    /// Never on a connection of its own.
    pub fn stop_when(&self, stop: impl FnMut() -> bool + Send + 'static) -> Result<(), StoreError> {
        Ok(self.connection.progress_handler(STEPS, Some(stop))?)
    }
}
