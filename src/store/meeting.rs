//! Marks of two names that come to hang on one item: it was marked under the one, and marks waited under the other.
//! Must not lose what either says: nothing was said about both at once, so that what is not set under one name takes nothing
//! away that is set under the other, however much later it was.

use super::{StoreError, carried, marks};
use crate::issue::{ItemKey, Note};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

/// What is set under one of the names stays set under ?1 to ?4, where marks wait; ?5 to ?8 is the other, ?9 the time.
const BOOKMARKS: &str = "UPDATE marks.mark SET bookmarked = 1, \
    bookmarked_at = later(other.bookmarked_at, later(mark.bookmarked_at, ?9)) FROM marks.mark AS other \
    WHERE mark.publication = ?1 AND mark.number = ?2 AND mark.headline = ?3 AND mark.nth = ?4 \
    AND other.publication = ?5 AND other.number = ?6 AND other.headline = ?7 AND other.nth = ?8 \
    AND mark.bookmarked <> other.bookmarked";
const TAGS: &str = "UPDATE marks.tag SET present = 1, \
    changed_at = later(other.changed_at, later(tag.changed_at, ?9)) FROM marks.tag AS other \
    WHERE tag.publication = ?1 AND tag.number = ?2 AND tag.headline = ?3 AND tag.nth = ?4 AND other.name = tag.name \
    AND other.publication = ?5 AND other.number = ?6 AND other.headline = ?7 AND other.nth = ?8 \
    AND tag.present <> other.present";
const FIXES: &str = "UPDATE marks.fix SET value = iif(fix.present, fix.value, other.value), present = 1, \
    changed_at = later(other.changed_at, later(fix.changed_at, ?9)) FROM marks.fix AS other \
    WHERE fix.publication = ?1 AND fix.number = ?2 AND fix.headline = ?3 AND fix.nth = ?4 AND other.what = fix.what \
    AND other.publication = ?5 AND other.number = ?6 AND other.headline = ?7 AND other.nth = ?8 \
    AND fix.present <> other.present";
const NOTES: &str = "UPDATE marks.mark SET note = ?10, \
    noted_at = later(other.noted_at, later(mark.noted_at, ?9)) FROM marks.mark AS other \
    WHERE mark.publication = ?1 AND mark.number = ?2 AND mark.headline = ?3 AND mark.nth = ?4 \
    AND other.publication = ?5 AND other.number = ?6 AND other.headline = ?7 AND other.nth = ?8 \
    AND (mark.note IS NOT ?10 OR other.note IS NOT ?10)";

/// What becomes of two notes.
#[derive(Debug, PartialEq, Eq)]
enum Both {
    /// This one stands there.
    Is(Option<Note>),
    /// They are too long for one.
    TooLong,
}

/// Whether what is marked under `former` can be carried to `key`: it cannot where something is noted under both and that is too
/// much for one note. Then each waits under its own name.
pub(super) fn can_meet(
    connection: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<bool, StoreError> {
    Ok(both(connection, former, key)? != Both::TooLong)
}

/// Makes ready for what is marked under `former` to be carried to `key`, before that is noted: puts together under `key` what is
/// set under either. Carried, of each statement the later one stays, and that is this one then.
pub(super) fn meet(
    connection: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<(), StoreError> {
    let is_marked = |key| Ok::<_, StoreError>(column::<i64>(connection, key, "1")?.is_some());
    if carried::is_noted(connection, former, key)? || !is_marked(key)? {
        return Ok(());
    }
    let note = both(connection, former, key)?;
    let now = marks::now();
    let mut values = carried::both(key, former).to_vec();
    values.push(&now);
    for sql in [BOOKMARKS, TAGS, FIXES] {
        connection.prepare_cached(sql)?.execute(&values[..])?;
    }
    if let Both::Is(note) = note {
        let note = note.as_ref().map(Note::as_str);
        values.push(&note as &dyn ToSql);
        connection.prepare_cached(NOTES)?.execute(&values[..])?;
    }
    Ok(())
}

/// The note that says what is noted under both names.
fn both(connection: &Connection, former: &ItemKey, key: &ItemKey) -> Result<Both, StoreError> {
    let note = |key| column::<String>(connection, key, "note");
    let [former, key] = [note(former)?, note(key)?].map(|note| Note::new(&note?));
    Ok(match (former, key) {
        (Some(one), Some(other)) => one
            .with(&other)
            .map_or(Both::TooLong, |note| Both::Is(Some(note))),
        (one, other) => Both::Is(one.or(other)),
    })
}

/// A column of what is marked under this name; none where it is NULL, or nothing is.
fn column<T: FromSql>(
    connection: &Connection,
    key: &ItemKey,
    column: &str,
) -> Result<Option<T>, StoreError> {
    let sql = format!(
        "SELECT {column} FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4"
    );
    let named = params![key.publication, key.issue.0, key.headline, key.nth];
    let found = connection
        .prepare_cached(&sql)?
        .query_row(named, |row| row.get(0));
    Ok(found.optional()?.flatten())
}
