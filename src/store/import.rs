//! Putting an issue into the library, and taking one out: one transaction each.
//! Must not touch a mark.

use super::order::{self, Standing};
use super::{Store, StoreError, content};
use crate::issue::{Issue, IssueId, IssueNumber, Page, item_keys};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::HashSet;

/// What the library keeps of the document that an issue was read from, so that a better parser can read it again.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// Where the document was: a path as the user named it.
    pub path: &'a str,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: &'a str,
    /// Version of the parser that read the issue.
    pub parser: u32,
    /// All pages of the document.
    pub pages: &'a [Page],
}

/// What an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// The issue's row.
    pub id: IssueId,
    /// What the library had of it before.
    pub status: Status,
    /// Items of the issue.
    pub items: u32,
}

/// What the library had of an issue before it was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The very same: nothing was written.
    Unchanged,
    /// Another reading of it, now gone.
    Replaced,
    /// Nothing.
    New,
}

/// The issue of this publication and number that the library holds.
pub(super) struct Former {
    pub id: IssueId,
    pub parser: u32,
    pub sha256: String,
}

impl Store {
    /// Stores `issue`, in the place of what the library had of it. All or nothing.
    ///
    /// # Errors
    /// A number, a date or a count beyond what the library holds, two sections with one position, or the library cannot
    /// be written.
    pub fn import(&mut self, issue: &Issue, kept: &Kept<'_>) -> Result<Imported, StoreError> {
        // Before the transaction: other programs wait while it lasts.
        let pages = pack(kept.pages)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let publication = publication(&transaction, &issue.publication)?;
        let id = order::issue_id(Standing {
            date: (issue.year, issue.month, issue.week),
            publication,
            number: issue.number,
        })?;
        let items = issue.items().count();
        if items > order::MAX_ITEMS {
            return Err(StoreError::TooManyItems {
                most: order::MAX_ITEMS,
            });
        }
        let mut imported = Imported {
            id,
            status: Status::New,
            items: u32::try_from(items).unwrap_or(u32::MAX),
        };
        if let Some(former) = former(&transaction, publication, issue.number)? {
            let same_source = former.sha256 == kept.sha256 && former.parser == kept.parser;
            if same_source && is_same(&transaction, former.id, issue)? {
                imported.status = Status::Unchanged;
                return Ok(imported);
            }
            imported.status = Status::Replaced;
            remove(&transaction, former.id)?;
        }
        let source = insert_source(&transaction, kept, &pages)?;
        insert(&transaction, id, publication, issue, source, kept.parser)?;
        forget_sources(&transaction)?;
        transaction.commit()?;
        Ok(imported)
    }

    /// Takes an issue out of the library; its marks stay. Tells whether it was there.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn remove(&mut self, issue: IssueId) -> Result<bool, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let removed = remove(&transaction, issue)?;
        forget_sources(&transaction)?;
        transaction.commit()?;
        Ok(removed)
    }
}

/// The publication's row, made where missing. Its name stays as first printed.
fn publication(connection: &Connection, name: &str) -> Result<u8, StoreError> {
    let key = normalise(name);
    let known: Option<u8> = connection
        .prepare_cached("SELECT id FROM publication WHERE key = ?1")?
        .query_row([&key], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
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
        params![id, key, name],
    )?;
    Ok(id)
}

pub(super) fn former(
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
        .query_row(params![publication, number.0], |row| {
            Ok(Former {
                id: IssueId(row.get(0)?),
                parser: row.get(1)?,
                sha256: row.get(2)?,
            })
        })
        .optional()?)
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

/// Deletes all rows of an issue.
fn remove(connection: &Connection, issue: IssueId) -> Result<bool, StoreError> {
    let (first, last) = order::items_of(issue);
    connection
        .prepare_cached("DELETE FROM item WHERE id BETWEEN ?1 AND ?2")?
        .execute([first, last])?;
    let rows = connection
        .prepare_cached("DELETE FROM issue WHERE id = ?1")?
        .execute([issue.0])?;
    Ok(rows > 0)
}

/// Deletes the documents that no issue was read from any more.
fn forget_sources(connection: &Connection) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM source WHERE NOT EXISTS (SELECT 1 FROM issue WHERE issue.source = source.id)",
        )?
        .execute([])?;
    Ok(())
}

fn insert(
    connection: &Connection,
    id: IssueId,
    publication: u8,
    issue: &Issue,
    source: i64,
    parser: u32,
) -> Result<(), StoreError> {
    let items = u32::try_from(issue.items().count()).unwrap_or(u32::MAX);
    connection
        .prepare_cached(
            "INSERT INTO issue (id, publication, number, year, month, week, publisher, site, note, \
             imported, items, source, parser, diagnostics) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id.0,
            publication,
            issue.number.0,
            issue.year,
            issue.month,
            issue.week,
            issue.publisher,
            issue.site,
            issue.note,
            now(),
            items,
            source,
            parser,
            serde_json::to_string(&issue.diagnostics)?,
        ])?;
    insert_sections(connection, id, issue)?;
    insert_items(connection, id, issue)
}

/// The document's row with its packed pages: one for all issues that were read from it.
fn insert_source(
    connection: &Connection,
    kept: &Kept<'_>,
    pages: &[u8],
) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached(
            "INSERT INTO source (path, sha256, pages) VALUES (?1, ?2, ?3) \
             ON CONFLICT (sha256) DO UPDATE SET path = excluded.path, pages = excluded.pages \
             RETURNING id",
        )?
        .query_row(params![kept.path, kept.sha256, pages], |row| row.get(0))?)
}

fn insert_sections(connection: &Connection, id: IssueId, issue: &Issue) -> Result<(), StoreError> {
    let mut ordinals = HashSet::new();
    let mut insert = connection.prepare_cached(
        "INSERT INTO section (issue, ordinal, title, page) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for section in &issue.sections {
        if !ordinals.insert(section.ordinal) {
            return Err(StoreError::RepeatedSection {
                ordinal: section.ordinal.0,
            });
        }
        insert.execute(params![
            id.0,
            section.ordinal.0,
            section.title,
            section.page
        ])?;
    }
    Ok(())
}

fn insert_items(connection: &Connection, id: IssueId, issue: &Issue) -> Result<(), StoreError> {
    let mut head = connection.prepare_cached(
        "INSERT INTO item (id, section, ordinal, headline, contents_headline, page, source, key_headline, key_nth) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut body =
        connection.prepare_cached("INSERT INTO body (id, lead, paragraphs) VALUES (?1, ?2, ?3)")?;
    let items = issue.items().zip(item_keys(issue)).enumerate();
    for (position, ((section, item), key)) in items {
        let row = order::item_id(id, position)?.0;
        head.execute(params![
            row,
            section.ordinal.0,
            item.ordinal.0,
            item.headline,
            item.contents_headline,
            item.page,
            item.source,
            key.headline,
            key.nth,
        ])?;
        body.execute(params![
            row,
            item.lead,
            serde_json::to_string(&item.paragraphs)?
        ])?;
    }
    Ok(())
}

/// Pages as they are kept: JSON, compressed at zstd's own level.
fn pack(pages: &[Page]) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(pages)?;
    zstd::encode_all(json.as_slice(), zstd::DEFAULT_COMPRESSION_LEVEL).map_err(|error| {
        StoreError::Other {
            reason: error.to_string(),
        }
    })
}

/// Now, to the second: RFC 3339 in UTC.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
