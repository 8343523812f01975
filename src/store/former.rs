//! What the library holds of an issue that is about to be put into it again.
//! Must not write.

use super::StoreError;
use crate::issue::{Issue, IssueDate, IssueId, IssueNumber};
use rusqlite::{Connection, OptionalExtension, params};
use std::borrow::Cow;

/// An issue that the library held when another copy of it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Where its document was.
    pub path: String,
    /// How many items it had.
    pub items: u32,
}

/// The issue of this publication and number that the library holds.
pub(super) struct Former {
    pub id: IssueId,
    pub parser: u32,
    pub sha256: String,
    pub before: Before,
    date: IssueDate,
    publisher: Option<String>,
    site: Option<String>,
}

/// The issue of this publication and number, if it is there.
pub(super) fn former(
    connection: &Connection,
    publication: u8,
    number: IssueNumber,
) -> Result<Option<Former>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT issue.id, issue.parser, source.sha256, source.path, issue.items, \
             issue.year, issue.month, issue.week, issue.publisher, issue.site FROM issue \
             JOIN source ON source.id = issue.source \
             WHERE issue.publication = ?1 AND issue.number = ?2",
        )?
        .query_row(params![publication, number.0], |row| {
            Ok(Former {
                id: IssueId(row.get(0)?),
                parser: row.get(1)?,
                sha256: row.get(2)?,
                before: Before {
                    path: row.get(3)?,
                    items: row.get(4)?,
                },
                date: IssueDate {
                    year: row.get(5)?,
                    month: row.get(6)?,
                    week: row.get(7)?,
                },
                publisher: row.get(8)?,
                site: row.get(9)?,
            })
        })
        .optional()?)
}

impl Former {
    /// `issue` with what its copy does not say and this one did: the date as far as the two agree, publisher, site. A copy
    /// without a cover is no reason to forget them.
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
        Cow::Owned(Issue {
            year: date.year,
            month: date.month,
            week: date.week,
            publisher: publisher.cloned(),
            site: site.cloned(),
            ..issue.clone()
        })
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
            },
            date: IssueDate {
                year: Some(2024),
                month: Some(2),
                week: Some(3),
            },
            publisher: Some("园区办".to_owned()),
            site: Some("example.org".to_owned()),
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
