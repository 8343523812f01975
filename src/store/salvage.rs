//! What can still be read of damaged marks: every row that is sound, and of the others what is.
//! Must not make anything up: what names no item is counted and left out, what has no time is older than all that has one.

use super::check::rows::is_time;
use super::order::MAX_NUMBER;
use super::records::{RECORD_SCHEMA, checked};
use crate::issue::{MarkRecord, Tag, TagRecord};
use crate::text::normalise;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// What names the item of a mark: publication, number, headline, position among equals.
type Name = (String, u32, String, u32);

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Salvage {
    /// Sound, each item once.
    pub records: Vec<MarkRecord>,
    /// Where the reader was, and when.
    pub session: Option<(String, String)>,
    /// Rows that could be read and make no sense.
    pub senseless: usize,
    /// SQLite's words, where not all could be read.
    pub unread: Option<String>,
}

/// Reads marks of the schema of this version, the main database of `connection`, as far as that goes.
pub(super) fn salvage(connection: &Connection) -> Salvage {
    let mut salvage = Salvage::default();
    let mut records: BTreeMap<Name, MarkRecord> = BTreeMap::new();
    salvage.each(connection, &MARKS, &mut |row| {
        let record = mark(row)?;
        let name = name_of(&record);
        records.entry(name).or_insert(record);
        Some(())
    });
    salvage.each(connection, &TAGS, &mut |row| {
        let (name, tag) = tag(row)?;
        let record = records.entry(name).or_insert_with_key(nameless);
        if !record.tags.contains(&tag) {
            record.tags.push(tag);
        }
        Some(())
    });
    for record in records.into_values() {
        match checked(&record) {
            Ok(record) if record.is_empty() => {}
            Ok(record) => salvage.records.push(record),
            Err(_) => salvage.senseless += 1,
        }
    }
    salvage.session = session(connection);
    salvage
}

/// A table, and how its rows are read.
struct Table {
    columns: &'static str,
    name: &'static str,
    /// Its primary key, in the order of which the rows stand in the file.
    key: &'static [&'static str],
}

const MARKS: Table = Table {
    columns: "publication, number, headline, nth, printed, bookmarked, bookmarked_at, read, read_at, place, placed_at, \
        note, noted_at",
    name: "mark",
    key: &["publication", "number", "headline", "nth"],
};
const TAGS: Table = Table {
    columns: "publication, number, headline, nth, tag, present, changed_at",
    name: "tag",
    key: &["publication", "number", "headline", "nth", "name"],
};

impl Salvage {
    /// Hands every row that can be read to `take`, which tells whether it makes sense: from the first on to where the file cannot
    /// be read, and then from the last back to there.
    fn each(
        &mut self,
        connection: &Connection,
        table: &Table,
        take: &mut dyn FnMut(&Row<'_>) -> Option<()>,
    ) {
        for order in ["", " DESC"] {
            let key: Vec<String> = table
                .key
                .iter()
                .map(|name| format!("{name}{order}"))
                .collect();
            let sql = format!(
                "SELECT {} FROM {} ORDER BY {}",
                table.columns,
                table.name,
                key.join(", ")
            );
            let mut senseless = 0;
            let mut all = || -> rusqlite::Result<()> {
                let mut statement = connection.prepare(&sql)?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    senseless += usize::from(take(row).is_none());
                }
                Ok(())
            };
            let read = all();
            self.senseless += senseless;
            match read {
                Ok(()) => return,
                Err(error) => self.unread = Some(error.to_string()),
            }
        }
    }
}

/// What the row of a mark says; none where it names no item.
fn mark(row: &Row<'_>) -> Option<MarkRecord> {
    let (publication, issue, headline, nth) = name(row)?;
    let time = |column| exact(row, column).filter(|time| is_time(time));
    let is_set = |column| row.get::<_, i64>(column).is_ok_and(|value| value == 1);
    Some(MarkRecord {
        schema: RECORD_SCHEMA,
        printed: shown(row, 4).unwrap_or_else(|| headline.clone()),
        publication,
        issue,
        headline,
        nth,
        bookmarked: is_set(5),
        bookmarked_at: time(6),
        read: is_set(7),
        read_at: time(8),
        place: row.get(9).ok().flatten(),
        placed_at: time(10),
        note: shown(row, 11),
        noted_at: time(12),
        tags: vec![],
    })
}

/// What the row of a tag says; none where it names no item, or its tag is none.
fn tag(row: &Row<'_>) -> Option<(Name, TagRecord)> {
    let tag = Tag::new(&exact(row, 4)?).ok()?;
    let record = TagRecord {
        tag: tag.as_str().to_owned(),
        present: row.get::<_, i64>(5).ok()? == 1,
        changed_at: exact(row, 6).filter(|time| is_time(time))?,
    };
    Some((name(row)?, record))
}

/// The item that a row is about.
fn name(row: &Row<'_>) -> Option<Name> {
    let number: u32 = row.get(1).ok()?;
    let nth = row.get(3).ok()?;
    let (publication, headline) = (normalise(&exact(row, 0)?), normalise(&exact(row, 2)?));
    let is_name = number <= MAX_NUMBER && !publication.is_empty() && !headline.is_empty();
    is_name.then_some((publication, number, headline, nth))
}

fn name_of(record: &MarkRecord) -> Name {
    (
        record.publication.clone(),
        record.issue,
        record.headline.clone(),
        record.nth,
    )
}

/// A record of an item that has nothing but tags left.
fn nameless(name: &Name) -> MarkRecord {
    let (publication, issue, headline, nth) = name.clone();
    MarkRecord {
        schema: RECORD_SCHEMA,
        publication,
        issue,
        printed: headline.clone(),
        headline,
        nth,
        bookmarked: false,
        bookmarked_at: None,
        read: false,
        read_at: None,
        place: None,
        placed_at: None,
        note: None,
        noted_at: None,
        tags: vec![],
    }
}

/// A text that says what it says or nothing.
fn exact(row: &Row<'_>, column: usize) -> Option<String> {
    row.get(column).ok()
}

/// A text to be read by a person: of a damaged one what is left.
fn shown(row: &Row<'_>, column: usize) -> Option<String> {
    let bytes = row.get_ref(column).ok()?.as_bytes_or_null().ok()??;
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// Where the reader was, if that can be read.
pub(super) fn session(connection: &Connection) -> Option<(String, String)> {
    let sql = "SELECT state, left_at FROM session WHERE json_valid(state)";
    let (state, left_at): (String, String) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .ok()?;
    is_time(&left_at).then_some((state, left_at))
}
