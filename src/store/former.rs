//! What the library holds of an issue that comes in: under its name, or under the one that an older parser read.
//! Must not write, but for the row of a publication that is new.

use super::successors::{self, Reading};
use super::{Kept, StoreError, content, order, rows, stated};
use crate::facts;
use crate::issue::{Issue, IssueDate, IssueId, IssueNumber};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::borrow::Cow;

/// An issue that the library held when another copy of it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Where its document was.
    pub path: String,
    /// How many items it was read with.
    pub items: u32,
    /// How many pictures they have.
    pub pictures: u32,
}

/// An issue that the library holds.
pub(super) struct Former {
    pub id: IssueId,
    pub parser: u32,
    pub sha256: String,
    pub before: Before,
    pub date: IssueDate,
    pub publisher: Option<String>,
    pub site: Option<String>,
    /// Whether its reader has corrected where its items begin and what they say.
    pub is_fixed: bool,
}

/// What a [`Former`] is read from.
const FORMER: &str = "SELECT issue.id, issue.parser, source.sha256, source.path, issue.items, issue.year, issue.month, \
                      issue.week, issue.publisher, issue.site, issue.fixes IS NOT NULL FROM issue";

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
        return former.counted(connection).map(Some);
    }
    // By the number first: a document may hold many issues, and few have one number.
    let mut statement = connection.prepare_cached(&format!(
        "{FORMER} CROSS JOIN source ON source.id = issue.source \
         WHERE source.sha256 = ?1 AND issue.number = ?2 AND issue.parser < ?3",
    ))?;
    let misnamed = statement.query_map(
        params![kept.sha256, issue.number.0, kept.parser],
        former_of_row,
    )?;
    for former in misnamed {
        let former = former?;
        if successors::is_reading_of(connection, former.id, issue)? {
            return former.counted(connection).map(Some);
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
        .prepare_cached(&format!(
            "{FORMER} JOIN source ON source.id = issue.source \
             WHERE issue.publication = ?1 AND issue.number = ?2",
        ))?
        .query_row(params![publication, number.0], former_of_row)
        .optional()?)
}

fn former_of_row(row: &Row<'_>) -> rusqlite::Result<Former> {
    Ok(Former {
        id: IssueId(row.get(0)?),
        parser: row.get(1)?,
        sha256: row.get(2)?,
        before: Before {
            path: row.get(3)?,
            items: row.get(4)?,
            pictures: 0,
        },
        date: IssueDate {
            year: row.get(5)?,
            month: row.get(6)?,
            week: row.get(7)?,
        },
        publisher: row.get(8)?,
        site: row.get(9)?,
        is_fixed: row.get(10)?,
    })
}

impl Former {
    /// With the items that it was read with, whatever its reader has made of them.
    fn counted(mut self, connection: &Connection) -> Result<Self, StoreError> {
        if self.is_fixed {
            match content::parsed(connection, self.id) {
                Ok(Some(issue)) => self.before.items = rows::count(issue.items().count()),
                Ok(None) | Err(StoreError::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self)
    }
}

/// Whether the library holds exactly this issue, as it was read, but for the spelling of its publication, which is kept as first printed.
/// What it cannot read back is not the same: importing is how to mend it. Nor is what would be compared and sorted otherwise today.
pub(super) fn is_same(
    connection: &Connection,
    former: IssueId,
    issue: &Issue,
) -> Result<bool, StoreError> {
    match content::parsed(connection, former) {
        Ok(Some(held)) => {
            let publication = issue.publication.clone();
            let held = Issue {
                publication,
                ..held
            };
            Ok(*issue == held && stated::is_up_to_date(connection, former)?)
        }
        Ok(None) | Err(StoreError::Damaged { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Former {
    /// How it comes to be read otherwise, from what is kept of the document that comes in.
    pub fn reading(&self, kept: &Kept<'_>) -> Reading {
        if self.sha256 == kept.sha256 {
            Reading::Again
        } else {
            Reading::Copy
        }
    }

    /// `issue` with what its copy does not say and this one did: the date as far as the two agree, publisher, site. A copy
    /// without a cover is no reason to forget them. A day without a year is told by the issue's date, so facts are read again with it.
    pub fn complete<'a>(&self, issue: &'a Issue) -> Cow<'a, Issue> {
        let date = self.date_of(issue);
        let publisher = issue.publisher.as_ref().or(self.publisher.as_ref());
        let site = issue.site.as_ref().or(self.site.as_ref());
        let own = (issue.year, issue.month, issue.week);
        if (date.year, date.month, date.week) == own
            && publisher == issue.publisher.as_ref()
            && site == issue.site.as_ref()
        {
            return Cow::Borrowed(issue);
        }
        let mut completed = Issue {
            year: date.year,
            month: date.month,
            week: date.week,
            publisher: publisher.cloned(),
            site: site.cloned(),
            ..issue.clone()
        };
        if (date.year, date.month) != (issue.year, issue.month) {
            facts::read_all(&mut completed);
        }
        Cow::Owned(completed)
    }

    fn date_of(&self, issue: &Issue) -> IssueDate {
        let own = IssueDate {
            year: issue.year,
            month: issue.month,
            week: issue.week,
        };
        let agrees = |own: Option<u32>, former: Option<u32>| own.is_none() || own == former;
        let fits = agrees(own.year.map(u32::from), self.date.year.map(u32::from))
            && agrees(own.month.map(u32::from), self.date.month.map(u32::from))
            && agrees(own.week.map(u32::from), self.date.week.map(u32::from));
        if fits { self.date } else { own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Date = (Option<u16>, Option<u8>, Option<u8>);

    fn issue((year, month, week): Date, publisher: Option<&str>) -> Issue {
        Issue {
            publication: "园区周报".to_owned(),
            number: IssueNumber(7),
            year,
            month,
            week,
            publisher: publisher.map(str::to_owned),
            site: None,
            note: None,
            sections: vec![],
            diagnostics: vec![],
        }
    }

    #[test]
    fn what_a_copy_does_not_say_stays_as_far_as_the_two_agree() {
        let former = Former {
            id: IssueId(1),
            parser: 1,
            sha256: String::new(),
            before: Before {
                path: String::new(),
                items: 0,
                pictures: 0,
            },
            date: IssueDate {
                year: Some(2024),
                month: Some(2),
                week: Some(3),
            },
            publisher: Some("园区办".to_owned()),
            site: Some("example.org".to_owned()),
            is_fixed: false,
        };
        let whole = (Some(2024), Some(2), Some(3));
        for (own, expected) in [
            ((None, None, None), whole),
            ((Some(2024), None, None), whole),
            ((Some(2024), Some(2), None), whole),
            ((Some(2023), None, None), (Some(2023), None, None)),
            ((Some(2024), Some(3), None), (Some(2024), Some(3), None)),
            (
                (Some(2024), Some(2), Some(1)),
                (Some(2024), Some(2), Some(1)),
            ),
        ] {
            let copy = issue(own, Some("办公室"));
            let completed = former.complete(&copy);
            assert_eq!((completed.year, completed.month, completed.week), expected);
            assert_eq!(completed.publisher.as_deref(), Some("办公室"));
            assert_eq!(completed.site.as_deref(), Some("example.org"));
        }
        let silent = issue((None, None, None), None);
        let publisher = former.complete(&silent).publisher.clone();
        assert_eq!(publisher.as_deref(), Some("园区办"));
    }
}
