//! The fixes of issues: which are kept with the marks, an issue as they make it, and having the library follow them.
//! Must not say what a fix does to an issue; that is [`crate::issue::apply`].

use super::carry::{self, Hold};
use super::import::pack;
use super::named::Named;
use super::reread::{Changed, read_by};
use super::rows::{self, Row};
use super::successors::Reading;
use super::{Store, StoreError, content, open, successors};
use crate::facts;
use crate::issue::{Corrected, Fix, Issue, IssueId, IssueNumber, ItemKey, apply};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, params};
use std::borrow::Cow;

/// A fix in force as it is kept, with the item that it hangs on. What a newer version wrote may be no fix that is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub key: ItemKey,
    pub what: String,
    pub value: Option<String>,
}

impl Kept {
    pub fn fix(&self) -> Option<Fix> {
        Fix::read(&self.what.parse().ok()?, self.value.as_deref())
    }
}

/// What is stored of an issue beside the items that its fixes have made of it.
#[derive(Debug)]
pub(super) struct Made<'a> {
    /// The issue as it was read.
    parsed: &'a Issue,
    /// The fixes, as [`WRITTEN`].
    fixes: String,
    /// What is corrected, in the order of the items.
    pub corrected: Vec<Corrected>,
    /// Names of items as read that are none any more.
    pub joined: Vec<ItemKey>,
}

impl Made<'_> {
    /// What stands in the columns `fixes` and `parsed` of the issue.
    pub fn columns(&self) -> Result<(&str, Vec<u8>), StoreError> {
        Ok((&self.fixes, pack(self.parsed)?))
    }
}

impl Named<'_> {
    /// As its reader has corrected it, by the fixes that `marks` has: a connection to them, alone or attached.
    pub fn corrected(self, marks: &Connection) -> Result<Self, StoreError> {
        let Cow::Borrowed(parsed) = self.issue else {
            return Ok(self);
        };
        let publication = normalise(&parsed.publication);
        let Some(written) = written(marks, &publication, parsed.number)? else {
            return Ok(self);
        };
        let kept = of_issue(marks, &publication, parsed.number)?;
        // What a newer version wrote fits nowhere.
        let fixes = kept.iter();
        let fixes: Vec<(ItemKey, Fix)> = fixes
            .filter_map(|kept| Some((kept.key.clone(), kept.fix()?)))
            .collect();
        let applied = apply(parsed, &self.keys, &fixes, facts::read_again);
        Ok(Self {
            issue: Cow::Owned(applied.issue),
            keys: applied.keys,
            made: Some(Made {
                parsed,
                fixes: written,
                corrected: applied.corrected,
                joined: applied.joined,
            }),
        })
    }
}

/// The fixes in force of an issue, by its publication's name, normalised, in the order in which they were made.
pub(super) fn of_issue(
    marks: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<Vec<Kept>, StoreError> {
    let mut statement = marks.prepare_cached(
        "SELECT headline, nth, what, value FROM fix WHERE publication = ?1 AND number = ?2 AND present = 1 \
         ORDER BY changed_at, headline, nth, what",
    )?;
    let rows = statement.query_map(params![publication, number.0], |row| {
        Ok(Kept {
            key: ItemKey {
                publication: publication.to_owned(),
                issue: number,
                headline: row.get(0)?,
                nth: row.get(1)?,
            },
            what: row.get(2)?,
            value: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether any are in force.
pub(super) fn any(marks: &Connection) -> Result<bool, StoreError> {
    let mut statement = marks.prepare_cached("SELECT 1 FROM fix WHERE present = 1")?;
    Ok(statement.exists([])?)
}

/// The fixes in force of an issue as it tells with which it was made: in one form, to be compared as text.
const WRITTEN: &str = "json_group_array(json_array(headline, nth, what, value) ORDER BY changed_at, headline, nth, what)";

/// The same of one issue; none where there are none.
fn written(
    marks: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<Option<String>, StoreError> {
    let sql = format!(
        "SELECT {WRITTEN} FROM fix WHERE publication = ?1 AND number = ?2 AND present = 1 GROUP BY number"
    );
    let mut statement = marks.prepare_cached(&sql)?;
    let written = statement.query_row(params![publication, number.0], |row| row.get(0));
    Ok(written.optional()?)
}

/// The issues that were made with other fixes than are in force, newest first.
fn all_behind(connection: &Connection) -> Result<Vec<IssueId>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT issue.id FROM (SELECT publication, number, {WRITTEN} AS fixes FROM marks.fix WHERE present = 1 \
         GROUP BY publication, number) AS now CROSS JOIN publication ON publication.key = now.publication \
         CROSS JOIN issue ON issue.publication = publication.id AND issue.number = now.number \
         WHERE issue.fixes IS NOT now.fixes \
         UNION SELECT issue.id FROM issue CROSS JOIN publication ON publication.id = issue.publication \
         WHERE issue.fixes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM marks.fix WHERE fix.publication = publication.key \
         AND fix.number = issue.number AND fix.present = 1) ORDER BY 1 DESC"
    ))?;
    let rows = statement.query_map([], |row| row.get(0).map(IssueId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is to be kept of an issue that is made anew.
struct Stored {
    publication: u8,
    source: i64,
    parser: u32,
    imported: String,
    /// The fixes that are in force now, as [`WRITTEN`]; none where there are none.
    fixes: Option<String>,
}

/// The issue, where it was made with other fixes than are in force.
fn behind(connection: &Connection, id: IssueId) -> Result<Option<Stored>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT issue.publication, issue.source, issue.parser, issue.imported, issue.fixes, publication.key, issue.number \
             FROM issue CROSS JOIN publication ON publication.id = issue.publication WHERE issue.id = ?1",
        )?
        .query_row([id.0], |row| {
            let stored = Stored {
                publication: row.get(0)?,
                source: row.get(1)?,
                parser: row.get(2)?,
                imported: row.get(3)?,
                fixes: None,
            };
            let with: Option<String> = row.get(4)?;
            let name: (String, u32) = (row.get(5)?, row.get(6)?);
            Ok((stored, with, name))
        })
        .optional()?;
    let Some((stored, with, (publication, number))) = found else {
        return Ok(None);
    };
    let fixes = written(connection, &publication, IssueNumber(number))?;
    Ok((fixes != with).then_some(Stored { fixes, ..stored }))
}

impl Store {
    /// Has the library follow the fixes that are in force: makes each issue anew that was made with others. What became of their
    /// items. An issue is made whole or not at all; one that is not made yet is so when this is asked next, by whichever program.
    ///
    /// # Errors
    /// The library cannot be read or written.
    pub fn follow_fixes(&mut self) -> Result<Vec<Changed>, StoreError> {
        let mut changed = vec![];
        for id in all_behind(&self.connection)? {
            changed.extend(self.follow_fixes_of(id)?);
        }
        Ok(changed)
    }

    /// The same of one issue.
    pub(super) fn follow_fixes_of(&mut self, id: IssueId) -> Result<Option<Changed>, StoreError> {
        // Fixes may come to other names with what is made anew, and then it is made with those: twice, unless another program is at it.
        const MOST: usize = 4;
        let mut changed: Option<Changed> = None;
        for _ in 0..MOST {
            if behind(&self.connection, id)?.is_none() {
                break;
            }
            let next = self.make_anew(id)?;
            // As after an import.
            let _ = self.settle();
            changed = match (changed, next) {
                (Some(first), Some(next)) => Some(first.then(&next)),
                (first, next) => first.or(next),
            };
        }
        Ok(changed)
    }

    /// As [`Store::follow_fixes`], without waiting for another program.
    pub(super) fn follow_fixes_at_once(&mut self) -> Result<(), StoreError> {
        open::hurried(&self.connection, true)?;
        let followed = self.follow_fixes();
        open::hurried(&self.connection, false)?;
        followed.map(drop)
    }

    fn make_anew(&mut self, id: IssueId) -> Result<Option<Changed>, StoreError> {
        let mut hold = if self.files.are_aside() {
            Hold::Nothing
        } else {
            Hold::Looking
        };
        loop {
            let transaction = self.begin_for(hold)?;
            let Some(stored) = behind(&transaction, id)? else {
                return Ok(None);
            };
            let parsed = match content::parsed(&transaction, id) {
                Ok(Some(parsed)) => parsed,
                Ok(None) => return Ok(None),
                Err(StoreError::Damaged { .. }) => {
                    read_again(&transaction, id, stored.fixes.as_deref())?;
                    transaction.commit()?;
                    return Ok(None);
                }
                Err(error) => return Err(error),
            };
            let named = Named::after(&transaction, Some(id), &parsed)?.corrected(&transaction)?;
            let former = Some((id, Reading::Again));
            // Of what is read aside nothing is carried, but it is known all the same.
            let known = match hold {
                Hold::Nothing => successors::find(&transaction, id, (id, &named), Reading::Again)?,
                Hold::Looking | Hold::Both => vec![],
            };
            let Some(items) = carry::make_room(&transaction, former, (id, &named), hold)? else {
                transaction.commit()?;
                hold = Hold::Both;
                continue;
            };
            let row = Row {
                id,
                publication: stored.publication,
                source: stored.source,
                parser: stored.parser,
                imported: &stored.imported,
            };
            rows::insert(&transaction, &row, &named)?;
            transaction.commit()?;
            return Ok(Some(Changed {
                before: id,
                after: id,
                items: if items.is_empty() { known } else { items },
            }));
        }
    }
}

/// Has an issue be read again from its pages, with the fixes that are in force then: what it was read as cannot be read back.
fn read_again(connection: &Connection, id: IssueId, fixes: Option<&str>) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE issue SET fixes = ?2 WHERE id = ?1")?
        .execute(params![id.0, fixes])?;
    read_by(connection, id, 0)
}
