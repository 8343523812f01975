//! What the reader adds to items. Every change is one transaction, so it is kept whole or not at all.
//! Must not touch the content: a mark names its item by what is printed, whether the library holds it or not.

use super::conditions::Filter;
use super::elsewhere::lost_marks;
use super::{Listing, MarkChange, Store, StoreError, heads, tags};
use crate::issue::{Change, ItemHead, ItemKey, Tag};
use rusqlite::{Connection, Transaction, TransactionBehavior, params, params_from_iter};

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
        self.mark(key, printed, &Change::Bookmark(bookmarked))
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
        self.mark(key, printed, &Change::Read(read))
    }

    /// Makes one change. `printed` is the headline as printed. Tells whether that changed anything; if not, the time of the
    /// last change stays.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn mark(
        &mut self,
        key: &ItemKey,
        printed: &str,
        change: &Change,
    ) -> Result<bool, StoreError> {
        let transaction = self.begin_marks()?;
        let changed = mark(&transaction, key, printed, change, &now())?;
        transaction.commit()?;
        Ok(changed)
    }

    /// Makes the change on all items of a listing that are not as it would have them, all or none. Gives the changes that
    /// lead back, in the display order.
    ///
    /// # Errors
    /// The marks cannot be written, or the library cannot be read.
    pub fn mark_listing(
        &mut self,
        listing: &Listing,
        change: &Change,
    ) -> Result<Vec<MarkChange>, StoreError> {
        let transaction = self.begin_marks()?;
        let filter = Filter::of(&transaction, listing)?;
        let sql = format!(
            "SELECT {} FROM {} WHERE {} ORDER BY {} DESC",
            *heads::COLUMNS,
            filter.all(),
            filter.conditions,
            filter.id()
        );
        // Read to the end first: what is written below must not be met again.
        let listed: Vec<ItemHead> = transaction
            .prepare_cached(&sql)?
            .query_map(params_from_iter(&filter.values), heads::item_head)?
            .collect::<Result<_, _>>()?;
        let now = now();
        let mut back = vec![];
        for head in listed.iter().filter(|head| !change.holds(&head.marks)) {
            mark(&transaction, &head.key, &head.headline, change, &now)?;
            back.push(MarkChange::of(head, change.back_to(&head.marks)));
        }
        transaction.commit()?;
        Ok(back)
    }

    /// A transaction that writes marks and nothing else: while an issue is imported, marks are not kept waiting for longer than
    /// the import itself writes marks.
    pub(super) fn begin_marks(&mut self) -> Result<Transaction<'_>, StoreError> {
        self.refuse_read_only()?;
        self.follow()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Deferred)?;
        // Takes the lock before anything is read: a transaction that has read and then would write is refused where another
        // program has written in between (SQLITE_BUSY_SNAPSHOT). An immediate one would lock the content as well.
        transaction
            .prepare_cached("UPDATE marks.mark SET nth = nth WHERE FALSE")?
            .execute([])?;
        if let Some(lost) = lost_marks(&self.files) {
            return Err(lost);
        }
        // Whoever puts other files in their place may have kept this one waiting.
        if self.opened.is_replaced(&self.files) {
            return Err(StoreError::Replaced);
        }
        Ok(transaction)
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

/// The row of an item's marks.
const ROW: &str = "publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4";

/// Makes one change; whether it changed anything. A change is later than the one before, whatever the clock says: merges go by
/// the time.
pub(super) fn mark(
    connection: &Connection,
    key: &ItemKey,
    printed: &str,
    change: &Change,
    now: &str,
) -> Result<bool, StoreError> {
    let state = match change {
        Change::Bookmark(_) => "bookmarked",
        Change::Read(_) => "read",
        Change::Note(_) => "note",
        Change::Tag(tag, on) => return set_tag(connection, key, printed, (tag, *on), now),
    };
    let time = match change {
        Change::Note(_) => "noted_at".to_owned(),
        _ => format!("{state}_at"),
    };
    // An item that was never marked needs no row to say that it is not.
    let (sql, note) = match change {
        Change::Bookmark(true) | Change::Read(true) => (
            format!(
                "INSERT INTO marks.mark (publication, number, headline, nth, printed, {time}, {state}) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1) ON CONFLICT DO UPDATE SET \
                 printed = excluded.printed, {state} = 1, {time} = later({time}, excluded.{time}) WHERE {state} = 0"
            ),
            None,
        ),
        Change::Note(Some(note)) => (
            format!(
                "INSERT INTO marks.mark (publication, number, headline, nth, printed, {time}, {state}) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET \
                 printed = excluded.printed, {state} = excluded.{state}, {time} = later({time}, excluded.{time}) \
                 WHERE {state} IS NOT excluded.{state}"
            ),
            Some(note),
        ),
        Change::Note(None) => (
            format!(
                "UPDATE marks.mark SET printed = ?5, {time} = later({time}, ?6), {state} = NULL \
                 WHERE {ROW} AND {state} IS NOT NULL"
            ),
            None,
        ),
        _ => (
            format!(
                "UPDATE marks.mark SET printed = ?5, {time} = later({time}, ?6), {state} = 0 \
                 WHERE {ROW} AND {state} = 1"
            ),
            None,
        ),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let (publication, number) = (&key.publication, key.issue.0);
    let changed = match note {
        Some(note) => {
            let note = note.as_str();
            statement.execute(params![
                publication,
                number,
                key.headline,
                key.nth,
                printed,
                now,
                note
            ])
        }
        None => statement.execute(params![
            publication,
            number,
            key.headline,
            key.nth,
            printed,
            now
        ]),
    };
    Ok(changed? > 0)
}

/// Puts a tag on or takes it off; whether that changed anything.
fn set_tag(
    connection: &Connection,
    key: &ItemKey,
    printed: &str,
    (tag, on): (&Tag, bool),
    now: &str,
) -> Result<bool, StoreError> {
    let in_use = tags::in_use(connection, tag)?;
    let tag = in_use.as_ref().unwrap_or(tag);
    let named = params![
        key.publication,
        key.issue.0,
        key.headline,
        key.nth,
        tag.name(),
        now,
        if on { tag.as_str() } else { "" },
    ];
    if !on {
        let sql = format!(
            "UPDATE marks.tag SET present = 0, changed_at = later(changed_at, ?6) \
             WHERE {ROW} AND name = ?5 AND present = 1 AND ?7 = ''"
        );
        return Ok(connection.prepare_cached(&sql)?.execute(named)? > 0);
    }
    connection
        .prepare_cached(
            "INSERT INTO marks.mark (publication, number, headline, nth, printed) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO UPDATE SET printed = excluded.printed",
        )?
        .execute(params![
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            printed
        ])?;
    let changed = connection
        .prepare_cached(
            "INSERT INTO marks.tag (publication, number, headline, nth, name, changed_at, tag, present) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1) ON CONFLICT DO UPDATE SET \
             tag = excluded.tag, present = 1, changed_at = later(changed_at, excluded.changed_at) \
             WHERE present = 0",
        )?
        .execute(named)?;
    Ok(changed > 0)
}

/// Now, in the form of all times of marks: RFC 3339 in UTC, to the millisecond, so that they can be compared as text.
pub(super) fn now() -> String {
    written(jiff::Timestamp::now())
}

/// A time in that form.
pub(super) fn written(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The time of a change that follows one at `before`: `now`, but at least a millisecond later, for a clock may be put back and
/// another machine's may be ahead.
pub(super) fn later(before: Option<&str>, now: &str) -> String {
    match before {
        Some(before) if before >= now => {
            let next = before
                .parse::<jiff::Timestamp>()
                .ok()
                .and_then(|time| time.checked_add(jiff::SignedDuration::from_millis(1)).ok());
            next.map_or_else(|| now.to_owned(), written)
        }
        _ => now.to_owned(),
    }
}
