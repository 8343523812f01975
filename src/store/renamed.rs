//! What items were called before: whoever knows one by a name that it had finds it.
//! Must not guess: only what an import or another reading has paired is noted.

use super::{StoreError, carried, heads};
use crate::issue::{IssueNumber, ItemKey, MarkRecord};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use std::borrow::Cow;

/// An item that has another name now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Its name.
    pub key: ItemKey,
    /// Its headline as printed.
    pub printed: String,
}

/// Notes that the item of one name has another from now on.
pub(super) fn note(
    connection: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<(), StoreError> {
    let both: [&dyn ToSql; 8] = carried::both(key, former);
    for (sql, values) in [
        // Who had the former name before has the new one, too.
        (
            "UPDATE main.renamed SET new_publication = ?1, new_number = ?2, new_headline = ?3, new_nth = ?4 \
             WHERE (new_publication, new_number, new_headline, new_nth) = (?5, ?6, ?7, ?8)",
            &both[..],
        ),
        (
            "INSERT OR REPLACE INTO main.renamed VALUES (?5, ?6, ?7, ?8, ?1, ?2, ?3, ?4)",
            &both[..],
        ),
        // An item of the new name is there.
        (
            "DELETE FROM main.renamed WHERE (publication, number, headline, nth) = (?1, ?2, ?3, ?4)",
            &both[..4],
        ),
    ] {
        connection.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

/// The item that had this name before; none where one has it now, or the item has gone since.
pub(super) fn known_as(
    connection: &Connection,
    former: &ItemKey,
) -> Result<Option<Known>, StoreError> {
    let sql = "SELECT new_publication, new_number, new_headline, new_nth FROM main.renamed \
               WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4";
    let named = params![
        former.publication,
        former.issue.0,
        former.headline,
        former.nth
    ];
    let key = connection
        .prepare_cached(sql)?
        .query_row(named, |row| carried::key(row, 0))
        .optional()?;
    let Some(key) = key else { return Ok(None) };
    if heads::headline_named(connection, former)?.is_some() {
        return Ok(None);
    }
    let printed = heads::headline_named(connection, &key)?;
    Ok(printed.map(|printed| Known { key, printed }))
}

/// A record under the name that its item has now, where it had another before.
pub(super) fn of_today<'r>(
    connection: &Connection,
    record: &'r MarkRecord,
) -> Result<Cow<'r, MarkRecord>, StoreError> {
    let named = ItemKey {
        publication: record.publication.clone(),
        issue: IssueNumber(record.issue),
        headline: record.headline.clone(),
        nth: record.nth,
    };
    let Some(Known { key, printed }) = known_as(connection, &named)? else {
        return Ok(Cow::Borrowed(record));
    };
    Ok(Cow::Owned(MarkRecord {
        publication: key.publication,
        issue: key.issue.0,
        headline: key.headline,
        nth: key.nth,
        printed,
        ..record.clone()
    }))
}

/// Names under which something is marked, and that of the item that had it before.
pub(super) fn marked(connection: &Connection) -> Result<Vec<(ItemKey, Known)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT renamed.publication, renamed.number, renamed.headline, renamed.nth \
         FROM main.renamed CROSS JOIN marks.mark ON mark.publication = renamed.publication AND mark.number = renamed.number \
         AND mark.headline = renamed.headline AND mark.nth = renamed.nth",
    )?;
    let rows = statement.query_map([], |row| carried::key(row, 0))?;
    let formers: Vec<ItemKey> = rows.collect::<Result<_, _>>()?;
    let mut marked = vec![];
    for former in formers {
        if let Some(known) = known_as(connection, &former)? {
            marked.push((former, known));
        }
    }
    Ok(marked)
}

/// Copies what an older file of the library knows, as far as it can be read.
pub(super) fn copy(from: &Connection, to: &Connection) -> Result<(), StoreError> {
    let mut insert = to.prepare_cached(
        "INSERT OR IGNORE INTO main.renamed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let read = |row: &Row<'_>| -> rusqlite::Result<(ItemKey, ItemKey)> {
        Ok((carried::key(row, 0)?, carried::key(row, 4)?))
    };
    // An older version has no such table, and of a damaged one what is read before the damage is enough.
    let Ok(mut statement) = from.prepare("SELECT * FROM main.renamed") else {
        return Ok(());
    };
    let Ok(rows) = statement.query_map([], read) else {
        return Ok(());
    };
    for (former, key) in rows.map_while(Result::ok) {
        insert.execute(&carried::both(&former, &key)[..])?;
    }
    Ok(())
}
