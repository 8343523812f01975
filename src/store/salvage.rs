//! What can still be read of damaged marks: every row that is sound, and of the others what is.
//! Must not make anything up: what names no item is counted and left out, what has no time is older than all that has one.

use super::check::rows::is_time;
use super::order::MAX_NUMBER;
use super::records::{RECORD_SCHEMA, Records, checked};
use super::{marks, rules, saved};
use crate::issue::{FixRecord, MarkRecord, Note, Tag, TagRecord};
use crate::query::QueryRecord;
use crate::text::normalise;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// What names the item of a mark: publication, number, headline, position among equals.
pub(super) type Name = (String, u32, String, u32);

/// How far a statement of a row can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Trust {
    /// State and time are what is written.
    #[default]
    Sound,
    /// The state is not: what is left of it stands there.
    Time,
    /// The time is none, or is missing where something was said.
    State,
    /// Neither is.
    Nothing,
}

/// How far each statement of an item's row can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Trusted {
    pub bookmarked: Trust,
    pub read: Trust,
    pub place: Trust,
    pub note: Trust,
}

impl Trusted {
    /// Of an item whose row could not be read.
    const NOTHING: Self = Self {
        bookmarked: Trust::Nothing,
        read: Trust::Nothing,
        place: Trust::Nothing,
        note: Trust::Nothing,
    };
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Salvage {
    /// Each item and each saved query once.
    pub records: Records,
    /// Of the same items, by their names, what is doubtful of them; the others are sound.
    pub trusted: BTreeMap<Name, Trusted>,
    /// Where the reader was, and when.
    pub session: Option<(String, String)>,
    /// Rows that could be read and make no sense.
    pub senseless: usize,
    /// SQLite's words, where not all could be read.
    pub unread: Option<String>,
    /// Tables of which not a single row could be read.
    pub lost: Vec<&'static str>,
}

/// Reads marks of the schema of this version, the main database of `connection`, as far as that goes.
pub(super) fn salvage(connection: &Connection) -> Salvage {
    let mut salvage = Salvage::default();
    let mut records: BTreeMap<Name, MarkRecord> = BTreeMap::new();
    let mut trusted = BTreeMap::new();
    salvage.each(connection, &MARKS, &mut |row| {
        let (record, trust) = mark(row)?;
        let name = name_of(&record);
        if trust != Trusted::default() {
            trusted.insert(name.clone(), trust);
        }
        // Two rows may name one item where its name is not written as names are.
        let known = records.entry(name).or_insert_with(|| record.clone());
        *known = known.merged_with(&record);
        Some(())
    });
    // Where rows are missing, an item that has nothing but tags may have had one.
    let without_row = match salvage.unread {
        Some(_) => Trusted::NOTHING,
        None => Trusted::default(),
    };
    salvage.each(connection, &TAGS, &mut |row| {
        let (name, tag) = tag(row)?;
        let record = records.entry(name).or_insert_with_key(|name| {
            trusted.insert(name.clone(), without_row);
            nameless(name)
        });
        if !record.tags.contains(&tag) {
            record.tags.push(tag);
        }
        Some(())
    });
    salvage.each(connection, &FIXES, &mut |row| {
        let (name, fix) = fix(row)?;
        let record = records.entry(name).or_insert_with_key(|name| {
            trusted.insert(name.clone(), without_row);
            nameless(name)
        });
        if !record.fixes.contains(&fix) {
            record.fixes.push(fix);
        }
        Some(())
    });
    let mut queries = vec![];
    salvage.each(connection, &QUERIES, &mut |row| {
        queries.push(query(row)?);
        Some(())
    });
    salvage.records.queries = saved::sorted(queries);
    for record in records.into_values() {
        match in_form(&record) {
            Some(record) if record.is_empty() => {}
            Some(record) => salvage.records.marks.push(record),
            None => salvage.senseless += 1,
        }
    }
    salvage.trusted = trusted;
    salvage.session = session(connection);
    salvage
}

/// A record in the form in which marks are kept; none where it names no item. A note that is longer than one can be is kept as it
/// is: cut, it would be lost in part.
fn in_form(record: &MarkRecord) -> Option<MarkRecord> {
    let note = record.note.as_deref();
    let without = MarkRecord {
        note: note.and_then(Note::new).map(|_| String::from("-")),
        ..record.clone()
    };
    checked(record).ok().or_else(|| {
        let in_form = checked(&without).ok()?;
        Some(MarkRecord {
            note: record.note.clone().filter(|_| in_form.note.is_some()),
            ..in_form
        })
    })
}

/// A table, and how its rows are read.
struct Table {
    columns: &'static str,
    name: &'static str,
    /// Its primary key, in the order of which the rows stand in the file.
    key: &'static [&'static str],
}

/// The tables that hold what the reader marked.
pub(super) const TABLES: [&str; 4] = [MARKS.name, TAGS.name, FIXES.name, QUERIES.name];

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
const FIXES: Table = Table {
    columns: "publication, number, headline, nth, what, value, present, changed_at",
    name: "fix",
    key: &["publication", "number", "headline", "nth", "what"],
};
const QUERIES: Table = Table {
    columns: "title, text, present, changed_at",
    name: "saved_query",
    key: &["name"],
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
        let mut rows_read = 0;
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
                    rows_read += 1;
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
        if rows_read == 0 {
            self.lost.push(table.name);
        }
    }
}

/// What the row of a mark says, and how far that can be trusted; none where it names no item.
fn mark(row: &Row<'_>) -> Option<(MarkRecord, Trusted)> {
    let (publication, issue, headline, nth) = name(row)?;
    let (bookmarked, read) = (is_set(row, 5), is_set(row, 7));
    let place: Result<Option<u32>, _> = row.get(9);
    let place = (
        place.as_ref().copied().ok().flatten(),
        place.is_ok_and(|place| place != Some(0)),
    );
    let note = shown(row, 11);
    let is_text = row.get::<_, Option<String>>(11);
    let note_is_sound = is_text.is_ok_and(|note| note.is_none_or(|note| !note.is_empty()));
    // The headline as printed stands in every row that was ever written as one of marks: where there is none the page is of an
    // index, and says nothing of what is not in it.
    let is_row = exact(row, 4).is_some_and(|printed| !printed.is_empty());
    let trust = |is_set: bool, is_sound: bool, column| {
        let has_time = match time(row, column) {
            Ok(time) => time.is_some() || (!is_set && is_row),
            Err(()) => false,
        };
        let is_sound = is_sound && (is_set || is_row);
        match (is_sound, has_time) {
            (true, true) => Trust::Sound,
            (false, true) => Trust::Time,
            (true, false) => Trust::State,
            (false, false) => Trust::Nothing,
        }
    };
    let trusted = Trusted {
        bookmarked: trust(bookmarked.0, bookmarked.1, 6),
        read: trust(read.0, read.1, 8),
        place: trust(place.0.is_some(), place.1, 10),
        note: trust(note.is_some(), note_is_sound, 12),
    };
    let time = |column| time(row, column).ok().flatten();
    let record = MarkRecord {
        schema: RECORD_SCHEMA,
        printed: shown(row, 4).unwrap_or_else(|| headline.clone()),
        publication,
        issue,
        headline,
        nth,
        bookmarked: bookmarked.0,
        bookmarked_at: time(6),
        read: read.0,
        read_at: time(8),
        place: place.0,
        placed_at: time(10),
        note,
        noted_at: time(12),
        tags: vec![],
        fixes: vec![],
    };
    Some((record, trusted))
}

/// Whether something is set, and whether that is what is ever written of it: 0 or 1. Whatever else is not 0 was one of them
/// once, and is rather kept than lost.
fn is_set(row: &Row<'_>, column: usize) -> (bool, bool) {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(n)) => (n != 0, n == 0 || n == 1),
        _ => (false, false),
    }
}

/// A time in the form in which those of marks are compared; none where none stands there.
fn time(row: &Row<'_>, column: usize) -> Result<Option<String>, ()> {
    let written: Option<String> = row.get(column).map_err(drop)?;
    let Some(written) = written else {
        return Ok(None);
    };
    let time: jiff::Timestamp = written.parse().map_err(drop)?;
    let time = marks::written(time);
    rules::is_time(&time).then_some(Some(time)).ok_or(())
}

/// What the row of a tag says; none where it names no item, or its tag is none.
fn tag(row: &Row<'_>) -> Option<(Name, TagRecord)> {
    let tag = Tag::new(&exact(row, 4)?).ok()?;
    if !rules::is_tag((&tag.name(), tag.as_str())) {
        return None;
    }
    let record = TagRecord {
        tag: tag.as_str().to_owned(),
        // As of the states of an item: rather kept.
        present: row.get::<_, i64>(5).ok()? != 0,
        changed_at: time(row, 6).ok()??,
    };
    Some((name(row)?, record))
}

/// A fix. What is undone has no value that could be wrong.
fn fix(row: &Row<'_>) -> Option<(Name, FixRecord)> {
    let record = FixRecord {
        what: exact(row, 4)?,
        value: row.get(5).ok()?,
        present: row.get::<_, i64>(6).ok()? != 0,
        changed_at: time(row, 7).ok()??,
    };
    rules::is_fix(&record).then_some(())?;
    Some((name(row)?, record))
}

/// A saved query. What it is known by can be told from its title.
fn query(row: &Row<'_>) -> Option<QueryRecord> {
    let record = QueryRecord {
        schema: RECORD_SCHEMA,
        name: exact(row, 0)?,
        query: exact(row, 1)?,
        present: row.get::<_, i64>(2).ok()? != 0,
        changed_at: time(row, 3).ok()??,
    };
    let name = normalise(&record.name);
    rules::is_saved((&name, &record.name), &record.query).then_some(record)
}

/// The item that a row is about.
fn name(row: &Row<'_>) -> Option<Name> {
    let number: u32 = row.get(1).ok()?;
    let nth = row.get(3).ok()?;
    let (publication, headline) = (normalise(&exact(row, 0)?), normalise(&exact(row, 2)?));
    let is_name = number <= MAX_NUMBER && !publication.is_empty() && !headline.is_empty();
    is_name.then_some((publication, number, headline, nth))
}

pub(super) fn name_of(record: &MarkRecord) -> Name {
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
    let printed = headline.clone();
    MarkRecord::unmarked(publication, issue, headline, nth, printed)
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
