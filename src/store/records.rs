//! Marks as records, to be carried to another library and merged there: of each statement the later one.
//! Must come to the same, however often and in whatever order files are merged.

mod checked;
mod merge;

pub use checked::{RecordError, checked, checked_query};
pub use merge::{Comparing, GivenWay, Lost, LostQuery, Merged};

use super::carried::IS_COPY;
use super::{Searcher, StoreError, saved};
use crate::issue::{FixRecord, IssueNumber, MarkRecord, TagRecord};
use crate::query::QueryRecord;
use crate::text::normalise;
pub(super) use checked::{sorted, sorted_fixes};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Version of the shape of a record.
pub const RECORD_SCHEMA: u32 = 1;

/// All that a reader made, or some of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// What items are marked with.
    pub marks: Vec<MarkRecord>,
    /// Saved queries.
    pub queries: Vec<QueryRecord>,
}

impl Records {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.marks.len() + self.queries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

const COLUMNS: &str = "publication, number, headline, nth, printed, bookmarked, bookmarked_at, read, read_at, \
    place, placed_at, note, noted_at";

impl Searcher {
    /// Hands every item's marks to `visit`, in the order of their names, until it fails.
    ///
    /// # Errors
    /// The marks cannot be read, or what `visit` fails with.
    pub fn each_record<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(MarkRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let snapshot = self
            .connection
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM marks.mark WHERE NOT {IS_COPY} ORDER BY publication, number, headline, nth"
        );
        let mut statement = snapshot.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let mut record = record(row).map_err(StoreError::from)?;
            record.tags = tags(&snapshot, &record)?;
            record.fixes = fixes(&snapshot, &record)?;
            if !record.is_empty() {
                visit(record)?;
            }
        }
        Ok(())
    }
}

impl MarkRecord {
    /// A record of an item of which nothing was ever marked.
    pub(super) const fn unmarked(
        publication: String,
        issue: u32,
        headline: String,
        nth: u32,
        printed: String,
    ) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            publication,
            issue,
            headline,
            nth,
            printed,
            bookmarked: false,
            bookmarked_at: None,
            read: false,
            read_at: None,
            place: None,
            placed_at: None,
            note: None,
            noted_at: None,
            tags: vec![],
            fixes: vec![],
        }
    }

    /// Whether nothing was ever marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let times = [
            &self.bookmarked_at,
            &self.read_at,
            &self.placed_at,
            &self.noted_at,
        ];
        times.iter().all(|time| time.is_none()) && self.tags.is_empty() && self.fixes.is_empty()
    }

    /// Whether there is a bookmark, a tag or a note: what would be missed.
    pub(super) fn is_deliberate(&self) -> bool {
        self.bookmarked || self.note.is_some() || self.tags.iter().any(|tag| tag.present)
    }

    /// The same without what it says of things that are not set.
    pub(super) fn of_what_is_set(mut self) -> Self {
        for (is_set, time) in [
            (self.bookmarked, &mut self.bookmarked_at),
            (self.read, &mut self.read_at),
            (self.place.is_some(), &mut self.placed_at),
            (self.note.is_some(), &mut self.noted_at),
        ] {
            if !is_set {
                *time = None;
            }
        }
        self.tags.retain(|tag| tag.present);
        self.fixes.retain(|fix| fix.present);
        self
    }

    /// Of each statement the later one.
    pub(super) fn merged_with(&self, other: &Self) -> Self {
        /// The later of two states with their times; of two at the same time the greater one.
        fn later<T: Clone + Ord>(
            ours: (&T, &Option<String>),
            theirs: (&T, &Option<String>),
        ) -> (T, Option<String>) {
            let (state, time) = if (theirs.1, theirs.0) > (ours.1, ours.0) {
                theirs
            } else {
                ours
            };
            (state.clone(), time.clone())
        }
        let (bookmarked, bookmarked_at) = later(
            (&self.bookmarked, &self.bookmarked_at),
            (&other.bookmarked, &other.bookmarked_at),
        );
        let (read, read_at) = later((&self.read, &self.read_at), (&other.read, &other.read_at));
        let (place, placed_at) = later(
            (&self.place, &self.placed_at),
            (&other.place, &other.placed_at),
        );
        let (note, noted_at) = later((&self.note, &self.noted_at), (&other.note, &other.noted_at));
        Self {
            // What is printed is the same but for white space and width.
            printed: self.printed.clone(),
            bookmarked,
            bookmarked_at,
            read,
            read_at,
            place,
            placed_at,
            note,
            noted_at,
            tags: sorted([&self.tags[..], &other.tags[..]].concat()),
            fixes: sorted_fixes([&self.fixes[..], &other.fixes[..]].concat()),
            ..self.clone()
        }
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<MarkRecord> {
    Ok(MarkRecord {
        schema: RECORD_SCHEMA,
        publication: row.get(0)?,
        issue: row.get(1)?,
        headline: row.get(2)?,
        nth: row.get(3)?,
        printed: row.get(4)?,
        bookmarked: row.get(5)?,
        bookmarked_at: row.get(6)?,
        read: row.get(7)?,
        read_at: row.get(8)?,
        place: row.get(9)?,
        placed_at: row.get(10)?,
        note: row.get(11)?,
        noted_at: row.get(12)?,
        tags: vec![],
        fixes: vec![],
    })
}

/// All marks of an issue, by its publication's name and number. The marks may be attached, or alone.
pub(super) fn of_issue(
    connection: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<Vec<MarkRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM mark WHERE publication = ?1 AND number = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![normalise(publication), number.0], record)?;
    let mut records: Vec<MarkRecord> = rows.collect::<Result<_, _>>()?;
    for record in &mut records {
        record.tags = tags(connection, record)?;
        record.fixes = fixes(connection, record)?;
    }
    Ok(records)
}

/// What is marked already of the item that a record names.
fn find(connection: &Connection, named: &MarkRecord) -> Result<Option<MarkRecord>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4"
    );
    let found = connection
        .prepare_cached(&sql)?
        .query_row(
            params![named.publication, named.issue, named.headline, named.nth],
            record,
        )
        .optional()?;
    let Some(mut found) = found else {
        return Ok(None);
    };
    found.tags = tags(connection, &found)?;
    found.fixes = fixes(connection, &found)?;
    Ok(Some(found))
}

fn tags(connection: &Connection, of: &MarkRecord) -> Result<Vec<TagRecord>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT tag, present, changed_at FROM tag \
         WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 ORDER BY name",
    )?;
    let rows = statement.query_map(
        params![of.publication, of.issue, of.headline, of.nth],
        |row| {
            Ok(TagRecord {
                tag: row.get(0)?,
                present: row.get(1)?,
                changed_at: row.get(2)?,
            })
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn fixes(connection: &Connection, of: &MarkRecord) -> Result<Vec<FixRecord>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT what, value, present, changed_at FROM fix \
         WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 ORDER BY what",
    )?;
    let rows = statement.query_map(
        params![of.publication, of.issue, of.headline, of.nth],
        |row| {
            Ok(FixRecord {
                what: row.get(0)?,
                value: row.get(1)?,
                present: row.get(2)?,
                changed_at: row.get(3)?,
            })
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts records in the place of all marks, as they are.
pub(super) fn replace_all(connection: &Connection, records: &Records) -> Result<(), StoreError> {
    connection.execute_batch(
        "DELETE FROM marks.carried; DELETE FROM marks.tag; DELETE FROM marks.fix; DELETE FROM marks.mark; \
         DELETE FROM marks.saved_query;",
    )?;
    let mut marks = records.marks.iter();
    marks.try_for_each(|one| write(connection, one))?;
    let mut queries = records.queries.iter();
    queries.try_for_each(|one| saved::write(connection, one))
}

fn write(connection: &Connection, record: &MarkRecord) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO marks.mark ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
         ON CONFLICT DO UPDATE SET bookmarked = excluded.bookmarked, bookmarked_at = excluded.bookmarked_at, \
         read = excluded.read, read_at = excluded.read_at, place = excluded.place, placed_at = excluded.placed_at, \
         note = excluded.note, noted_at = excluded.noted_at"
    );
    connection.prepare_cached(&sql)?.execute(params![
        record.publication,
        record.issue,
        record.headline,
        record.nth,
        record.printed,
        record.bookmarked,
        record.bookmarked_at,
        record.read,
        record.read_at,
        record.place,
        record.placed_at,
        record.note,
        record.noted_at,
    ])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO marks.tag (publication, number, headline, nth, name, tag, present, changed_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET \
         tag = excluded.tag, present = excluded.present, changed_at = excluded.changed_at",
    )?;
    for tag in &record.tags {
        insert.execute(params![
            record.publication,
            record.issue,
            record.headline,
            record.nth,
            normalise(&tag.tag),
            tag.tag,
            tag.present,
            tag.changed_at,
        ])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO marks.fix (publication, number, headline, nth, what, value, present, changed_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET \
         value = excluded.value, present = excluded.present, changed_at = excluded.changed_at",
    )?;
    for fix in &record.fixes {
        insert.execute(params![
            record.publication,
            record.issue,
            record.headline,
            record.nth,
            fix.what,
            fix.value,
            fix.present,
            fix.changed_at,
        ])?;
    }
    Ok(())
}
