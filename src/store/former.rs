//! What the library holds of an issue that comes in: under its name, or under the one that an older parser read.
//! Must not write, but for the row of a publication that is new.

use super::{Kept, StoreError, content, order, successors};
use crate::issue::{Issue, IssueId, IssueNumber};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// An issue that the library holds.
pub(super) struct Former {
    pub id: IssueId,
    pub parser: u32,
    pub sha256: String,
}

/// The publication's row, where there is one.
pub(super) fn known_publication(
    connection: &Connection,
    name: &str,
) -> Result<Option<u8>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM publication WHERE key = ?1")?
        .query_row([normalise(name)], |row| row.get(0))
        .optional()?)
}

/// The publication's row, made where missing. Its name stays as first printed.
pub(super) fn publication(connection: &Connection, name: &str) -> Result<u8, StoreError> {
    if let Some(id) = known_publication(connection, name)? {
        return Ok(id);
    }
    let last: u8 =
        connection.query_row("SELECT coalesce(max(id), 0) FROM publication", [], |row| {
            row.get(0)
        })?;
    let id = last.checked_add(1).ok_or(StoreError::TooManyPublications {
        most: order::MAX_PUBLICATIONS,
    })?;
    connection.execute(
        "INSERT INTO publication (id, key, name) VALUES (?1, ?2, ?3)",
        params![id, normalise(name), name],
    )?;
    Ok(id)
}

/// What the library holds of an issue that is to be imported: what has its name, else what an older parser read of the same
/// document under the name of another publication.
pub(super) fn former(
    connection: &Connection,
    issue: &Issue,
    kept: &Kept<'_>,
) -> Result<Option<Former>, StoreError> {
    if let Some(publication) = known_publication(connection, &issue.publication)?
        && let Some(former) = named(connection, publication, issue.number)?
    {
        return Ok(Some(former));
    }
    // By the number first: a document may hold many issues, and few have one number.
    let mut statement = connection.prepare_cached(
        "SELECT issue.id, issue.parser, source.sha256 FROM issue CROSS JOIN source ON source.id = issue.source \
         WHERE source.sha256 = ?1 AND issue.number = ?2 AND issue.parser < ?3",
    )?;
    let misnamed = statement.query_map(
        params![kept.sha256, issue.number.0, kept.parser],
        former_of_row,
    )?;
    for former in misnamed {
        let former = former?;
        if successors::is_reading_of(connection, former.id, issue)? {
            return Ok(Some(former));
        }
    }
    Ok(None)
}

/// The issue of this publication and number.
pub(super) fn named(
    connection: &Connection,
    publication: u8,
    number: IssueNumber,
) -> Result<Option<Former>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT issue.id, issue.parser, source.sha256 FROM issue \
             JOIN source ON source.id = issue.source \
             WHERE issue.publication = ?1 AND issue.number = ?2",
        )?
        .query_row(params![publication, number.0], former_of_row)
        .optional()?)
}

fn former_of_row(row: &Row<'_>) -> rusqlite::Result<Former> {
    Ok(Former {
        id: IssueId(row.get(0)?),
        parser: row.get(1)?,
        sha256: row.get(2)?,
    })
}

/// Whether the library holds exactly this issue, but for the spelling of its publication, which is kept as first printed.
/// What it cannot read back is not the same: importing is how to mend it.
pub(super) fn is_same(
    connection: &Connection,
    former: IssueId,
    issue: &Issue,
) -> Result<bool, StoreError> {
    match content::issue(connection, former) {
        Ok(former) => Ok(former.is_some_and(|former| {
            let publication = issue.publication.clone();
            *issue
                == Issue {
                    publication,
                    ..former
                }
        })),
        Err(StoreError::Damaged { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
