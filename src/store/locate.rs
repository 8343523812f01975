//! From an address, as a reader writes it, to a row.
//! Must not guess: a number that several publications have is an error that names them.

use super::{Store, StoreError, order};
use crate::issue::{Address, IssueId, IssueNumber, ItemId, ItemOrdinal, Part, SectionOrdinal};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension};

/// What stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Located {
    /// An item.
    Item(ItemId),
    /// A section of an issue.
    Section(IssueId, SectionOrdinal),
    /// A whole issue.
    Issue(IssueId),
}

impl Store {
    /// What stands at `address`. The publication's name is compared as searches compare texts: without regard to white
    /// space, width and case.
    ///
    /// # Errors
    /// Nothing stands there, the number alone is ambiguous, or the library cannot be read.
    pub fn locate(&self, address: &Address) -> Result<Located, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let nothing = || StoreError::NoSuchAddress {
            address: address.to_string(),
        };
        let found = issue(&snapshot, address)?;
        let issue = found.ok_or_else(|| match address.part {
            Part::Issue => StoreError::NoSuchIssue {
                address: address.to_string(),
            },
            Part::Section(_) | Part::Item(..) => nothing(),
        })?;
        match address.part {
            Part::Issue => Ok(Located::Issue(issue)),
            Part::Section(ordinal) => has_section(&snapshot, issue, ordinal)?
                .then_some(Located::Section(issue, ordinal))
                .ok_or_else(nothing),
            Part::Item(section, ordinal) => item(&snapshot, issue, section, ordinal)?
                .map(Located::Item)
                .ok_or_else(nothing),
        }
    }
}

/// The issue of an address.
fn issue(connection: &Connection, address: &Address) -> Result<Option<IssueId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT issue.id, publication.name FROM issue JOIN publication ON publication.id = issue.publication \
         WHERE issue.number = ?1 AND publication.key = coalesce(?2, publication.key) ORDER BY publication.id",
    )?;
    let wanted = address.publication.as_deref().map(normalise);
    let rows = statement.query_map((address.issue.0, wanted), |row| {
        Ok((IssueId(row.get(0)?), row.get::<_, String>(1)?))
    })?;
    let found: Vec<(IssueId, String)> = rows.collect::<Result<_, _>>()?;
    match &found[..] {
        [] => Ok(None),
        [(id, _)] => Ok(Some(*id)),
        _ => Err(StoreError::Ambiguous {
            address: address.to_string(),
            publications: found.into_iter().map(|(_, name)| name).collect(),
        }),
    }
}

/// The issue of this publication, by its normalised name, and number.
pub(super) fn issue_named(
    connection: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<Option<IssueId>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT issue.id FROM issue JOIN publication ON publication.id = issue.publication \
             WHERE publication.key = ?1 AND issue.number = ?2",
        )?
        .query_row((publication, number.0), |row| row.get(0).map(IssueId))
        .optional()?)
}

fn has_section(
    connection: &Connection,
    issue: IssueId,
    ordinal: SectionOrdinal,
) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM section WHERE issue = ?1 AND ordinal = ?2")?
        .exists((issue.0, ordinal.0))?)
}

fn item(
    connection: &Connection,
    issue: IssueId,
    section: SectionOrdinal,
    ordinal: ItemOrdinal,
) -> Result<Option<ItemId>, StoreError> {
    let (first, last) = order::items_of(issue);
    Ok(connection
        .prepare_cached(
            "SELECT id FROM item WHERE id BETWEEN ?1 AND ?2 AND section = ?3 AND ordinal = ?4 \
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row((first, last, section.0, ordinal.0), |row| {
            row.get(0).map(ItemId)
        })
        .optional()?)
}
