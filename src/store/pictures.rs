//! The bytes of photos: each stands once, as long as a document is kept that it is in.
//! Must not know which item shows which; that stands with the item's text.

use super::{Store, StoreError, order};
use crate::issue::IssueId;
use crate::source::hash;
use rusqlite::{Connection, OptionalExtension as _, params};

impl Store {
    /// The bytes of a picture by their SHA-256; none where they are not kept.
    ///
    /// # Errors
    /// The library cannot be read, or what is kept is not what was.
    pub fn picture(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT bytes FROM picture WHERE sha256 = ?1")?
            .query_row([sha256], |row| row.get(0))
            .optional()?;
        match bytes {
            Some(bytes) if hash(&bytes) != sha256 => Err(StoreError::Damaged {
                file: None,
                reason: format!("picture {sha256} has other bytes"),
            }),
            bytes => Ok(bytes),
        }
    }
}

/// Has a document have these pictures and no others.
pub(super) fn put(
    connection: &Connection,
    source: i64,
    pictures: &[(String, Vec<u8>)],
) -> Result<(), StoreError> {
    let before = of(connection, source)?;
    connection
        .prepare_cached("DELETE FROM source_picture WHERE source = ?1")?
        .execute([source])?;
    for (sha256, bytes) in pictures {
        connection
            .prepare_cached(
                "INSERT INTO picture (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) \
                 DO UPDATE SET bytes = excluded.bytes WHERE bytes <> excluded.bytes",
            )?
            .execute(params![sha256, bytes])?;
        connection
            .prepare_cached(
                "INSERT INTO source_picture (source, picture) \
                 SELECT ?1, id FROM picture WHERE sha256 = ?2 ON CONFLICT DO NOTHING",
            )?
            .execute(params![source, sha256])?;
    }
    forget(connection, &before)
}

/// Whether a document of these bytes has all these pictures as they are, and no others.
pub(super) fn has(
    connection: &Connection,
    document: &str,
    pictures: &[(String, Vec<u8>)],
) -> Result<bool, StoreError> {
    let mut kept: Vec<(String, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT picture.sha256, picture.bytes FROM source JOIN source_picture ON source_picture.source = source.id \
             JOIN picture ON picture.id = source_picture.picture WHERE source.sha256 = ?1",
        )?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut wanted: Vec<&(String, Vec<u8>)> = pictures.iter().collect();
    kept.sort_unstable();
    wanted.sort_unstable();
    wanted.dedup();
    Ok(kept.iter().eq(wanted))
}

/// How many pictures the items of an issue have, as far as that can be read.
pub(super) fn shown(connection: &Connection, issue: IssueId) -> u32 {
    let (first, last) = order::items_of(issue);
    let sql = "SELECT coalesce(sum(CASE WHEN json_valid(pictures) THEN json_array_length(pictures) END), 0) \
        FROM body WHERE id BETWEEN ?1 AND ?2";
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row([first, last], |row| row.get(0)))
        .unwrap_or(0)
}

/// The rows of the pictures of a document.
pub(super) fn of(connection: &Connection, source: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT picture FROM source_picture WHERE source = ?1")?;
    let rows = statement.query_map([source], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes those of some pictures that no document has any more. All of them are never looked through: each stands in pages of its
/// own.
pub(super) fn forget(connection: &Connection, pictures: &[i64]) -> Result<(), StoreError> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM picture WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM source_picture WHERE picture = ?1)",
    )?;
    for picture in pictures {
        delete.execute([picture])?;
    }
    Ok(())
}

/// Copies the pictures of a document from another database, as far as they can be read and are what they were.
pub(super) fn copy(
    from: &Connection,
    row: i64,
    to: &Connection,
    source: i64,
) -> Result<(), StoreError> {
    // What the other one does not have, or cannot read, is not there.
    let Ok(rows) = of(from, row) else {
        return Ok(());
    };
    for picture in rows {
        let kept = from.query_row(
            "SELECT sha256, bytes FROM picture WHERE id = ?1",
            [picture],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)),
        );
        if let Ok((sha256, bytes)) = kept
            && hash(&bytes) == sha256
        {
            to.execute(
                "INSERT INTO picture (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
                params![sha256, bytes],
            )?;
            to.execute(
                "INSERT INTO source_picture (source, picture) \
                 SELECT ?1, id FROM picture WHERE sha256 = ?2 ON CONFLICT DO NOTHING",
                params![source, sha256],
            )?;
        }
    }
    Ok(())
}
