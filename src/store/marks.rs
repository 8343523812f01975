//! What the reader adds to items. Every change is one statement, so it is kept whole or not at all.
//! Must not touch the content: a mark names its item by what is printed, whether the library holds it or not.

use super::import::now;
use super::{Store, StoreError};
use crate::issue::ItemKey;
use rusqlite::params;

/// The two states that an item can be in or not.
#[derive(Debug, Clone, Copy)]
enum State {
    Bookmarked,
    Read,
}

impl Store {
    /// Bookmarks the item, or takes the bookmark off. `printed` is the headline as printed. Tells whether that changed
    /// anything; if not, the time of the last change stays.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn set_bookmark(
        &mut self,
        key: &ItemKey,
        printed: &str,
        bookmarked: bool,
    ) -> Result<bool, StoreError> {
        self.set(State::Bookmarked, key, printed, bookmarked)
    }

    /// Marks the item as read, or as unread. `printed` is the headline as printed. Tells whether that changed anything;
    /// if not, the time of the last change stays.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn set_read(
        &mut self,
        key: &ItemKey,
        printed: &str,
        read: bool,
    ) -> Result<bool, StoreError> {
        self.set(State::Read, key, printed, read)
    }

    fn set(
        &mut self,
        state: State,
        key: &ItemKey,
        printed: &str,
        on: bool,
    ) -> Result<bool, StoreError> {
        let state = match state {
            State::Bookmarked => "bookmarked",
            State::Read => "read",
        };
        // An item that was never marked needs no row to say that it is not.
        let sql = if on {
            format!(
                "INSERT INTO marks.mark (publication, number, headline, nth, printed, {state}_at, {state}) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET \
                 printed = excluded.printed, {state} = 1, {state}_at = excluded.{state}_at WHERE {state} = 0"
            )
        } else {
            format!(
                "UPDATE marks.mark SET printed = ?5, {state}_at = ?6, {state} = ?7 \
                 WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 AND {state} = 1"
            )
        };
        self.write_mark(&sql, key, printed, on.into())
    }

    /// Carries out a statement on what an item is marked with: `?1` to `?4` are its name, then come the headline as printed,
    /// the time, and the value. Tells whether it changed anything.
    pub(super) fn write_mark(
        &mut self,
        sql: &str,
        key: &ItemKey,
        printed: &str,
        value: u32,
    ) -> Result<bool, StoreError> {
        let changed = self.connection.prepare_cached(sql)?.execute(params![
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            printed,
            now(),
            value,
        ])?;
        Ok(changed > 0)
    }
}
