//! Marks that stand under two names while an issue is replaced: which is the copy, and which of the two stays in the end.
//! Must not decide it by what was meant, but by what the library holds: an import may have failed or been killed on the way.

use super::{Store, StoreError, carry, heads, open, order};
use crate::issue::{IssueNumber, ItemKey};
use rusqlite::{Connection, Row, ToSql, params};
use std::sync::LazyLock;

/// Marks on their way from one name to another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OnTheWay {
    former: ItemKey,
    key: ItemKey,
    /// Whether all that is marked under the new name is the copy.
    made: bool,
}

/// That a row of `mark` is one of two of which the library has the item of the other: it is no mark without item, but is on its
/// way.
pub(super) static IS_CARRIED: LazyLock<String> = LazyLock::new(|| {
    let of = |name: &str, other: &str, only: &str| {
        format!(
            "EXISTS (SELECT 1 FROM marks.carried CROSS JOIN publication AS there ON there.key = carried.{other}publication \
             CROSS JOIN issue AS of_there ON of_there.publication = there.id AND of_there.number = carried.{other}number \
             CROSS JOIN item AS held ON {items} \
             AND held.key_headline = carried.{other}headline AND held.key_nth = carried.{other}nth \
             WHERE carried.{name}publication = mark.publication AND carried.{name}number = mark.number \
             AND carried.{name}headline = mark.headline AND carried.{name}nth = mark.nth{only})",
            items = order::items_of_sql("held.id", "of_there.id"),
        )
    };
    format!(
        "({} OR {})",
        of("", "former_", " AND carried.made = 1"),
        of("former_", "", "")
    )
});

/// That a row of `mark` is a copy, and nothing else, of another.
pub(super) const IS_COPY: &str = "EXISTS (SELECT 1 FROM marks.carried CROSS JOIN marks.mark AS original \
    ON original.publication = carried.former_publication AND original.number = carried.former_number \
    AND original.headline = carried.former_headline AND original.nth = carried.former_nth \
    WHERE carried.publication = mark.publication AND carried.number = mark.number \
    AND carried.headline = mark.headline AND carried.nth = mark.nth AND carried.made = 1)";

/// The two names for a statement: ?1 to ?4 and ?5 to ?8.
pub(super) fn both<'a>(key: &'a ItemKey, former: &'a ItemKey) -> [&'a dyn ToSql; 8] {
    [
        &key.publication,
        &key.issue.0,
        &key.headline,
        &key.nth,
        &former.publication,
        &former.issue.0,
        &former.headline,
        &former.nth,
    ]
}

/// Notes that what is marked under `former` is about to be copied to `key`. To be said before it is.
pub(super) fn note(
    connection: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO marks.carried (publication, number, headline, nth, \
             former_publication, former_number, former_headline, former_nth, made) \
             SELECT ?1, ?2, ?3, ?4, publication, number, headline, nth, NOT EXISTS (SELECT 1 FROM marks.mark \
             WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4) \
             FROM marks.mark WHERE publication = ?5 AND number = ?6 AND headline = ?7 AND nth = ?8",
        )?
        .execute(&both(key, former)[..])?;
    Ok(())
}

/// Whether what is marked under `former`, if anything, was copied to `key` in a transaction before.
pub(super) fn is_noted(
    connection: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<bool, StoreError> {
    let is_missing = connection
        .prepare_cached(
            "SELECT 1 FROM marks.mark WHERE publication = ?5 AND number = ?6 AND headline = ?7 AND nth = ?8 \
             AND NOT EXISTS (SELECT 1 FROM marks.carried \
             WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
             AND former_publication = ?5 AND former_number = ?6 AND former_headline = ?7 AND former_nth = ?8)",
        )?
        .exists(&both(key, former)[..])?;
    Ok(!is_missing)
}

/// The names that what is marked under `former` is being copied to.
pub(super) fn copied_to(
    connection: &Connection,
    former: &ItemKey,
) -> Result<Vec<ItemKey>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT publication, number, headline, nth FROM marks.carried WHERE former_publication = ?1 \
         AND former_number = ?2 AND former_headline = ?3 AND former_nth = ?4 ORDER BY headline, nth",
    )?;
    let named = params![
        former.publication,
        former.issue.0,
        former.headline,
        former.nth
    ];
    let rows = statement.query_map(named, |row| key(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether any marks are on their way.
pub(super) fn any(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM marks.carried")?
        .exists([])?)
}

impl Store {
    /// As [`Store::settle`], without waiting for another program: the one that carries marks right now will settle them itself.
    ///
    /// # Errors
    /// As [`Store::settle`].
    pub(super) fn settle_at_once(&mut self) -> Result<(), StoreError> {
        open::hurried(&self.connection, true)?;
        let settled = self.settle();
        open::hurried(&self.connection, false)?;
        settled
    }

    /// Ends what is on its way: where the library holds the item under its new name and not under the one before, the marks
    /// stay under the new one; else the copy goes, unless something was marked there since.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        if self.files.are_aside() || !any(&self.connection)? {
            return Ok(());
        }
        // The content is locked with it: what it holds must not change meanwhile.
        let transaction = self.begin()?;
        for OnTheWay { former, key, made } in on_the_way(&transaction)? {
            if is_due(&transaction, &former, &key)? {
                carry::end(&transaction, &former, &key)?;
            } else if made {
                forget_copy(&transaction, &former, &key)?;
            }
        }
        transaction
            .prepare_cached("DELETE FROM marks.carried")?
            .execute([])?;
        Ok(transaction.commit()?)
    }
}

fn on_the_way(connection: &Connection) -> Result<Vec<OnTheWay>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT publication, number, headline, nth, \
         former_publication, former_number, former_headline, former_nth, made FROM marks.carried",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(OnTheWay {
            key: key(row, 0)?,
            former: key(row, 4)?,
            made: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn key(row: &Row<'_>, first: usize) -> rusqlite::Result<ItemKey> {
    Ok(ItemKey {
        publication: row.get(first)?,
        issue: IssueNumber(row.get(first + 1)?),
        headline: row.get(first + 2)?,
        nth: row.get(first + 3)?,
    })
}

/// Whether the item of one name is there under another, and under the first no more.
pub(super) fn is_due(
    connection: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<bool, StoreError> {
    Ok(holds(connection, key)? && !holds(connection, former)?)
}

/// Whether the library holds an item of this name.
fn holds(connection: &Connection, key: &ItemKey) -> Result<bool, StoreError> {
    Ok(heads::headline_named(connection, key)?.is_some())
}

/// Takes the copy away that stands under `key`, where nothing was marked there since that `former` has not.
fn forget_copy(connection: &Connection, former: &ItemKey, key: &ItemKey) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
             AND EXISTS (SELECT 1 FROM marks.mark AS original \
             WHERE original.publication = ?5 AND original.number = ?6 AND original.headline = ?7 AND original.nth = ?8 \
             AND coalesce(mark.bookmarked_at, '') <= coalesce(original.bookmarked_at, '') \
             AND coalesce(mark.read_at, '') <= coalesce(original.read_at, '') \
             AND coalesce(mark.placed_at, '') <= coalesce(original.placed_at, '') \
             AND coalesce(mark.noted_at, '') <= coalesce(original.noted_at, '')) \
             AND NOT EXISTS (SELECT 1 FROM marks.tag \
             WHERE tag.publication = ?1 AND tag.number = ?2 AND tag.headline = ?3 AND tag.nth = ?4 \
             AND NOT EXISTS (SELECT 1 FROM marks.tag AS original WHERE original.name = tag.name \
             AND original.publication = ?5 AND original.number = ?6 AND original.headline = ?7 AND original.nth = ?8 \
             AND tag.changed_at <= original.changed_at)) \
             AND NOT EXISTS (SELECT 1 FROM marks.fix \
             WHERE fix.publication = ?1 AND fix.number = ?2 AND fix.headline = ?3 AND fix.nth = ?4 \
             AND NOT EXISTS (SELECT 1 FROM marks.fix AS original WHERE original.what = fix.what \
             AND original.publication = ?5 AND original.number = ?6 AND original.headline = ?7 AND original.nth = ?8 \
             AND fix.changed_at <= original.changed_at))",
        )?
        .execute(&both(key, former)[..])?;
    Ok(())
}
