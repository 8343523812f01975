//! Marks as records, to be carried to another library and merged there: of each statement the later one.
//! Must come to the same, however often and in whatever order files are merged.

use super::carried::IS_COPY;
use super::{Searcher, Store, StoreError, marks};
use crate::issue::{MarkRecord, Note, Tag, TagRecord};
use crate::text::{clean, normalise};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Version of the shape of a record.
pub const RECORD_SCHEMA: u32 = 1;

/// The time of what a record states without one: earlier than any.
const NEVER: &str = "1970-01-01T00:00:00.000Z";

/// What of a record makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Its shape is of a version that is not known.
    #[error("schema {0} is not known")]
    Schema(u32),
    /// It names no item: publication or headline is empty.
    #[error("it names no item")]
    NoItem,
    /// A time is none, as written.
    #[error("{0} is no time")]
    Time(String),
    /// A tag is none, as written.
    #[error("{0} is no tag")]
    Tag(String),
}

/// What merging records came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// Records that changed something.
    pub changed: usize,
    /// Records that said nothing new.
    pub unchanged: usize,
    /// Notes that a later one took the place of.
    pub notes_replaced: usize,
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
            if !record.is_empty() {
                visit(record)?;
            }
        }
        Ok(())
    }
}

impl Store {
    /// Merges records that were [`checked`], all or none. Of two states of one thing that were set at the same time the greater
    /// one stays, so that the order of merging does not matter.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn merge(&mut self, records: &[MarkRecord]) -> Result<Merged, StoreError> {
        let transaction = self.begin_marks()?;
        let mut merged = Merged::default();
        for theirs in records {
            let ours = find(&transaction, theirs)?;
            let whole = match &ours {
                Some(ours) => ours.merged_with(theirs),
                None => theirs.clone(),
            };
            if ours.as_ref() == Some(&whole) || (ours.is_none() && whole.is_empty()) {
                merged.unchanged += 1;
                continue;
            }
            merged.changed += 1;
            let note = ours.as_ref().and_then(|ours| ours.note.as_ref());
            merged.notes_replaced += usize::from(note.is_some() && note != whole.note.as_ref());
            write(&transaction, &whole)?;
        }
        transaction.commit()?;
        Ok(merged)
    }
}

/// A record with names and times in the form in which marks are kept; what is written otherwise means the same.
///
/// # Errors
/// What makes no sense.
pub fn checked(record: MarkRecord) -> Result<MarkRecord, RecordError> {
    if record.schema != RECORD_SCHEMA {
        return Err(RecordError::Schema(record.schema));
    }
    let headline = normalise(&record.headline);
    let publication = normalise(&record.publication);
    if headline.is_empty() || publication.is_empty() {
        return Err(RecordError::NoItem);
    }
    let printed = clean(record.printed.trim()).into_owned();
    let mut tags = vec![];
    for tag in record.tags {
        let known = Tag::new(&tag.tag).map_err(|_| RecordError::Tag(tag.tag.clone()))?;
        tags.push(TagRecord {
            tag: known.as_str().to_owned(),
            present: tag.present,
            changed_at: time(&tag.changed_at)?,
        });
    }
    let note = record.note.as_deref().and_then(Note::new);
    Ok(MarkRecord {
        schema: RECORD_SCHEMA,
        publication,
        printed: if printed.is_empty() {
            headline.clone()
        } else {
            printed
        },
        headline,
        bookmarked_at: time_of(record.bookmarked_at.as_deref(), record.bookmarked)?,
        read_at: time_of(record.read_at.as_deref(), record.read)?,
        place: record.place.filter(|place| *place > 0),
        placed_at: time_of(record.placed_at.as_deref(), record.place.is_some())?,
        noted_at: time_of(record.noted_at.as_deref(), note.is_some())?,
        note: note.map(|note| note.as_str().to_owned()),
        tags: sorted(tags),
        ..record
    })
}

/// The time of a state; without one, it is older than any, if it says anything.
fn time_of(written: Option<&str>, says: bool) -> Result<Option<String>, RecordError> {
    match written {
        Some(written) => time(written).map(Some),
        None => Ok(says.then(|| NEVER.to_owned())),
    }
}

fn time(written: &str) -> Result<String, RecordError> {
    let time: Result<jiff::Timestamp, _> = written.trim().parse();
    time.map(marks::written)
        .map_err(|_| RecordError::Time(clean(written).into_owned()))
}

/// Tags by name; of those of one name the later one.
fn sorted(mut tags: Vec<TagRecord>) -> Vec<TagRecord> {
    let by = |tag: &TagRecord| {
        (
            normalise(&tag.tag),
            tag.changed_at.clone(),
            tag.present,
            tag.tag.clone(),
        )
    };
    tags.sort_by_cached_key(|tag| std::cmp::Reverse(by(tag)));
    tags.dedup_by_key(|tag| normalise(&tag.tag));
    tags.reverse();
    tags
}

impl MarkRecord {
    /// Whether nothing was ever marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let times = [
            &self.bookmarked_at,
            &self.read_at,
            &self.placed_at,
            &self.noted_at,
        ];
        times.iter().all(|time| time.is_none()) && self.tags.is_empty()
    }

    /// Of each statement the later one.
    fn merged_with(&self, other: &Self) -> Self {
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
    })
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
    Ok(Some(found))
}

fn tags(connection: &Connection, of: &MarkRecord) -> Result<Vec<TagRecord>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT tag, present, changed_at FROM marks.tag \
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
    Ok(())
}
