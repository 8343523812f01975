//! Issues that an older parser read, and putting another reading in their place.
//! Must not parse; and must leave an issue alone that another program has replaced in the meantime.

use super::carry::{self, Copies};
use super::import::{is_same, place_of};
use super::place::Files;
use super::rows::{self, Row};
use super::successors::Successor;
use super::{Store, StoreError, heads, open};
use crate::issue::{Issue, IssueId, IssueLabel};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, params};

/// The way to one more connection to an open library, for a thread that writes on its own.
#[derive(Debug, Clone)]
pub struct Door(Files);

impl Door {
    /// Opens the library once more.
    ///
    /// # Errors
    /// The files can no longer be opened.
    pub fn open(self) -> Result<Store, StoreError> {
        let connection = open::connect(&self.0)?;
        Ok(Store {
            connection,
            files: self.0,
        })
    }
}

/// An issue that an older parser read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// Its row.
    pub id: IssueId,
    /// Its name.
    pub label: IssueLabel,
    /// Where its document was.
    pub path: String,
    /// The document: equal where two issues were read from one.
    pub source: SourceId,
    /// Version of the parser that read it.
    parser: u32,
}

/// The row of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceId(i64);

/// What came of another reading of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// It reads as before.
    Same,
    /// It reads otherwise, and this is in the library now.
    Changed(Changed),
    /// It was left as it was, and this version of the parser does not try again.
    Left,
    /// Another program was faster, or has removed it.
    Overtaken,
}

/// An issue that reads otherwise now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its row before.
    pub before: IssueId,
    /// Its row now.
    pub after: IssueId,
    /// What its items have become; those that are gone are left out.
    pub items: Vec<Successor>,
}

impl Store {
    /// The way to one more connection.
    #[must_use]
    pub fn door(&self) -> Door {
        Door(self.files.clone())
    }

    /// The newest issue that a parser before version `parser` read, of those older than `after`.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn next_outdated(
        &self,
        parser: u32,
        after: Option<IssueId>,
    ) -> Result<Option<Outdated>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT publication.name, issue.number, issue.year, issue.month, issue.week, issue.id, issue.parser, \
                 source.id, source.path \
                 FROM issue CROSS JOIN publication ON publication.id = issue.publication \
                 CROSS JOIN source ON source.id = issue.source \
                 WHERE issue.parser < ?1 AND issue.id < ?2 ORDER BY issue.id DESC LIMIT 1",
            )?
            .query_row([i64::from(parser), after.map_or(i64::MAX, |id| id.0)], |row| {
                Ok(Outdated {
                    label: heads::issue_label(row, 0)?,
                    id: IssueId(row.get(5)?),
                    parser: row.get(6)?,
                    source: SourceId(row.get(7)?),
                    path: row.get(8)?,
                })
            })
            .optional()?)
    }

    /// Puts another reading in the place of an outdated issue, or none where there is none; the marks go along. Publication,
    /// number, path and the time of the import stay. All or nothing.
    ///
    /// # Errors
    /// What [`Self::import`] refuses, or the library cannot be written.
    pub fn reread(
        &mut self,
        outdated: &Outdated,
        issue: Option<&Issue>,
        parser: u32,
    ) -> Result<Reread, StoreError> {
        let same_name = |issue: &&Issue| {
            issue.number == outdated.label.number
                && normalise(&issue.publication) == normalise(&outdated.label.publication)
        };
        let issue = issue.filter(same_name);
        let mut copies = Copies::Due;
        loop {
            let transaction = self.begin()?;
            let Some((publication, imported)) = as_it_was(&transaction, outdated)? else {
                return Ok(Reread::Overtaken);
            };
            let before = outdated.id;
            let Some(issue) = issue else {
                read_by(&transaction, before, parser)?;
                transaction.commit()?;
                return Ok(Reread::Left);
            };
            if is_same(&transaction, before, issue)? {
                read_by(&transaction, before, parser)?;
                transaction.commit()?;
                return Ok(Reread::Same);
            }
            let after = place_of(issue, publication)?;
            let Some(items) = carry::make_room(&transaction, before, after, issue, copies)? else {
                transaction.commit()?;
                copies = Copies::Made;
                continue;
            };
            let row = Row {
                id: after,
                publication,
                source: outdated.source.0,
                parser,
                imported: &imported,
            };
            rows::insert(&transaction, &row, issue)?;
            transaction.commit()?;
            return Ok(Reread::Changed(Changed {
                before,
                after,
                items,
            }));
        }
    }
}

/// Publication and time of import of an issue, while it still is what it was when it was found.
fn as_it_was(
    connection: &Connection,
    outdated: &Outdated,
) -> Result<Option<(u8, String)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT publication, imported FROM issue WHERE id = ?1 AND parser = ?2 AND source = ?3",
        )?
        .query_row(
            params![outdated.id.0, outdated.parser, outdated.source.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?)
}

/// Notes that this version of the parser has read the issue.
fn read_by(connection: &Connection, issue: IssueId, parser: u32) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE issue SET parser = ?2 WHERE id = ?1")?
        .execute(params![issue.0, parser])?;
    Ok(())
}
