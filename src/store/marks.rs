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
        // An item that was never marked needs no row to say that it is not.
        let sql = match (state, on) {
            (State::Bookmarked, true) => {
                "INSERT INTO marks.mark (publication, number, headline, nth, printed, bookmarked, bookmarked_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT DO UPDATE SET \
                 printed = excluded.printed, bookmarked = 1, bookmarked_at = excluded.bookmarked_at WHERE bookmarked = 0"
            }
            (State::Bookmarked, false) => {
                "UPDATE marks.mark SET printed = ?5, bookmarked = 0, bookmarked_at = ?6 \
                 WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 AND bookmarked = 1"
            }
            (State::Read, true) => {
                "INSERT INTO marks.mark (publication, number, headline, nth, printed, read, read_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT DO UPDATE SET \
                 printed = excluded.printed, read = 1, read_at = excluded.read_at WHERE read = 0"
            }
            (State::Read, false) => {
                "UPDATE marks.mark SET printed = ?5, read = 0, read_at = ?6 \
                 WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 AND read = 1"
            }
        };
        let changed = self.connection.prepare_cached(sql)?.execute(params![
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            printed,
            now(),
        ])?;
        Ok(changed > 0)
    }
}
