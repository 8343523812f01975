//! Where the reader was: the place in each item, and the state in which the reader was left.
//! Must not know what the state means; it is text of the reader's.

use super::import::now;
use super::{Searcher, Store, StoreError, locate, order};
use crate::issue::{IssueId, IssueNumber, ItemId, ItemKey};
use rusqlite::{OptionalExtension, params};

impl Store {
    /// Keeps how far an item was read: `characters` of its text stood above the screen; 0 is its beginning.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn set_place(
        &mut self,
        key: &ItemKey,
        printed: &str,
        characters: u32,
    ) -> Result<(), StoreError> {
        // At the beginning is where every item is that has no row.
        let sql = if characters == 0 {
            "UPDATE marks.mark SET printed = ?5, place = NULL, placed_at = ?6 WHERE publication = ?1 AND number = ?2 \
             AND headline = ?3 AND nth = ?4 AND place IS NOT NULL AND ?7 = 0"
        } else {
            "INSERT INTO marks.mark (publication, number, headline, nth, printed, placed_at, place) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET \
             printed = excluded.printed, place = excluded.place, placed_at = excluded.placed_at"
        };
        self.write_mark(sql, key, printed, characters).map(drop)
    }

    /// Keeps the state in which the reader is left.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn set_session(&mut self, state: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO marks.session (id, state, left_at) VALUES (1, ?1, ?2) \
                 ON CONFLICT DO UPDATE SET state = excluded.state, left_at = excluded.left_at",
            )?
            .execute([state, &now()])?;
        Ok(())
    }
}

impl Searcher {
    /// The state in which the reader was left last; none where it never was.
    ///
    /// # Errors
    /// The marks cannot be read.
    pub fn session(&self) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT state FROM marks.session")?
            .query_row([], |row| row.get(0))
            .optional()?)
    }

    /// The issue of this publication, by its normalised name, and number.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn issue_named(
        &self,
        publication: &str,
        number: IssueNumber,
    ) -> Result<Option<IssueId>, StoreError> {
        locate::issue_named(&self.connection, publication, number)
    }

    /// The item of this name.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn item_named(&self, key: &ItemKey) -> Result<Option<ItemId>, StoreError> {
        let Some(issue) = self.issue_named(&key.publication, key.issue)? else {
            return Ok(None);
        };
        let (first, last) = order::items_of(issue);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT id FROM item WHERE id BETWEEN ?1 AND ?2 AND key_headline = ?3 AND key_nth = ?4",
            )?
            .query_row(params![first, last, key.headline, key.nth], |row| {
                row.get(0).map(ItemId)
            })
            .optional()?)
    }
}
