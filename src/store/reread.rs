//! Issues that an older parser read, and putting another reading in their place.
//! Must not parse; and must leave an issue alone that another program has replaced in the meantime.

use super::carry::{self, Hold};
use super::elsewhere::Opened;
use super::former::{is_same, known_publication, named, publication};
use super::import::{forget_sources, place_of};
use super::named::Named;
use super::place::Files;
use super::raw::{self, State};
use super::rows::{self, Row};
use super::successors::{self, Reading, Successor};
use super::{Place, Store, StoreError, content, heads, open, schema};
use crate::issue::{Issue, IssueId, IssueLabel};
use rusqlite::{Connection, OptionalExtension, params};

/// The way to one more connection to an open library, for a thread that has one of its own.
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
            opened: Opened::of(&self.0),
            files: self.0,
            warning: None,
            is_fit: false,
        })
    }

    /// Closes a library that this program has closed for the last time: of connections that end at one moment each leaves what
    /// stands beside the files to the other. A file that is not the library's any more stays as it is.
    pub fn close(self) {
        if self.0.reading.is_some() {
            return;
        }
        let databases = [
            (&self.0.library, &schema::LIBRARY),
            (&self.0.marks, &schema::MARKS),
        ];
        for (location, schema) in databases {
            // Where that fails they are as after a kill, and nothing is lost.
            let _ = open::take_in(location, schema);
        }
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
pub struct SourceId(pub(super) i64);

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

impl Changed {
    /// This change and the one after it in one.
    pub(super) fn then(self, next: &Self) -> Self {
        let items = self.items.into_iter().filter_map(|one| {
            let now = next.items.iter().find(|now| now.before == one.after)?;
            Some(Successor {
                former: one.former,
                before: one.before,
                ..now.clone()
            })
        });
        Self {
            before: self.before,
            after: next.after,
            items: items.collect(),
        }
    }
}

impl Store {
    /// The way to one more connection.
    #[must_use]
    pub fn door(&self) -> Door {
        Door(self.files.clone())
    }

    /// How many issues a parser before version `parser` read.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn count_outdated(&self, parser: u32) -> Result<usize, StoreError> {
        Ok(count_outdated(&self.connection, parser)?)
    }

    /// The newest issue that a parser before version `parser` read, of those older than `after`; and behind it the others of
    /// its document of which the same holds, newest first. Empty where there is none.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn next_outdated(
        &self,
        parser: u32,
        after: Option<IssueId>,
    ) -> Result<Vec<Outdated>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT publication.name, issue.number, issue.year, issue.month, issue.week, issue.id, issue.parser, \
             source.id, source.path \
             FROM issue CROSS JOIN publication ON publication.id = issue.publication \
             CROSS JOIN source ON source.id = issue.source \
             WHERE issue.source = (SELECT newest.source FROM issue AS newest \
             WHERE newest.parser < ?1 AND newest.id < ?2 ORDER BY newest.id DESC LIMIT 1) \
             AND issue.parser < ?1 AND issue.id < ?2 ORDER BY issue.id DESC",
        )?;
        let before = after.map_or(i64::MAX, |id| id.0);
        let rows = statement.query_map([i64::from(parser), before], |row| {
            Ok(Outdated {
                label: heads::issue_label(row, 0)?,
                id: IssueId(row.get(5)?),
                parser: row.get(6)?,
                source: SourceId(row.get(7)?),
                path: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Puts another reading in the place of an outdated issue, or none where there is none; the marks go along. Number, path
    /// and the time of the import stay. Where the reading has the name of another publication, so has the issue from then on;
    /// and where the library holds the issue under that name already, only that one stays. All or nothing.
    ///
    /// # Errors
    /// What [`Self::import`] refuses, or the library cannot be written.
    pub fn reread(
        &mut self,
        outdated: &Outdated,
        issue: Option<&Issue>,
        parser: u32,
    ) -> Result<Reread, StoreError> {
        let reread = self.reread_in_steps(outdated, issue, parser);
        // As after an import.
        let _ = self.settle();
        if let Ok(Reread::Changed(changed)) = &reread {
            let _ = self.follow_fixes_of(changed.after);
        }
        reread
    }

    fn reread_in_steps(
        &mut self,
        outdated: &Outdated,
        issue: Option<&Issue>,
        parser: u32,
    ) -> Result<Reread, StoreError> {
        let mut hold = Hold::Looking;
        loop {
            let transaction = self.begin_for(hold)?;
            let Some(former) = as_it_was(&transaction, outdated)? else {
                return Ok(Reread::Overtaken);
            };
            let verdict = match issue {
                Some(issue) => judge(&transaction, outdated, &former, issue)?,
                None => Verdict::Left,
            };
            let changed = match verdict {
                Verdict::Better(issue) => {
                    replace(&transaction, outdated, &former, issue, parser, hold)?
                }
                Verdict::Held(id, issue) => give_way(&transaction, outdated, id, &issue, hold)?,
                Verdict::Left | Verdict::Same => {
                    read_by(&transaction, outdated.id, parser)?;
                    transaction.commit()?;
                    return Ok(match verdict {
                        Verdict::Same => Reread::Same,
                        _ => Reread::Left,
                    });
                }
            };
            transaction.commit()?;
            match changed {
                Some(changed) => return Ok(Reread::Changed(changed)),
                None => hold = Hold::Both,
            }
        }
    }
}

/// How many issues of the library at `place` a parser before version `parser` read; none where it cannot be read.
#[must_use]
pub fn outdated_at(place: &Place, parser: u32) -> usize {
    let files = Files::of(place).ok();
    let library = files.as_ref().and_then(|files| files.library.file());
    match library.map(|library| raw::state(library, &schema::LIBRARY)) {
        Some(State::Current(connection) | State::Older(_, connection)) => {
            count_outdated(&connection, parser).unwrap_or(0)
        }
        _ => 0,
    }
}

fn count_outdated(connection: &Connection, parser: u32) -> rusqlite::Result<usize> {
    let sql = "SELECT count(*) FROM issue WHERE parser < ?1";
    let n: i64 = connection.query_row(sql, [parser], |row| row.get(0))?;
    Ok(usize::try_from(n).unwrap_or(0))
}

/// What another reading of an issue is.
enum Verdict<'a> {
    /// None that the issue can have.
    Left,
    /// What the library has.
    Same,
    /// One to be put in the place of what the library has.
    Better(&'a Issue),
    /// One with the name of another publication, of which the library has the issue already.
    Held(IssueId, Box<Issue>),
}

/// What `issue` is as a reading of the outdated one. Its number is what the user may have said, and never changes; the name of
/// its publication may, where it is the same issue by what it says.
fn judge<'a>(
    connection: &Connection,
    outdated: &Outdated,
    former: &Former,
    issue: &'a Issue,
) -> Result<Verdict<'a>, StoreError> {
    if issue.number != outdated.label.number {
        return Ok(Verdict::Left);
    }
    let publication = known_publication(connection, &issue.publication)?;
    if publication == Some(former.publication) {
        let is_same = is_same(connection, outdated.id, issue)?;
        return Ok(if is_same {
            Verdict::Same
        } else {
            Verdict::Better(issue)
        });
    }
    if !successors::is_reading_of(connection, outdated.id, issue)? {
        return Ok(Verdict::Left);
    }
    let held = match publication {
        Some(publication) => named(connection, publication, issue.number)?,
        None => None,
    };
    let Some(held) = held else {
        return Ok(Verdict::Better(issue));
    };
    // Only what says the same may take its place, whatever is read of a name.
    match content::issue(connection, held.id) {
        Ok(Some(issue)) if successors::is_reading_of(connection, outdated.id, &issue)? => {
            Ok(Verdict::Held(held.id, Box::new(issue)))
        }
        Ok(_) | Err(StoreError::Damaged { .. }) => Ok(Verdict::Left),
        Err(error) => Err(error),
    }
}

/// Puts `issue` in the place of the outdated one; none where the marks have only been copied.
fn replace(
    transaction: &Connection,
    outdated: &Outdated,
    was: &Former,
    issue: &Issue,
    parser: u32,
    hold: Hold,
) -> Result<Option<Changed>, StoreError> {
    let (before, publication) = (outdated.id, publication(transaction, &issue.publication)?);
    let after = place_of(issue, publication)?;
    let former = Some((before, Reading::Again));
    let named = Named::after(transaction, Some(before), issue)?.corrected(transaction)?;
    let Some(items) = carry::make_room(transaction, former, (after, &named), hold)? else {
        return Ok(None);
    };
    let row = Row {
        id: after,
        publication,
        source: outdated.source.0,
        parser,
        imported: &was.imported,
    };
    rows::insert(transaction, &row, &named)?;
    Ok(Some(Changed {
        before,
        after,
        items,
    }))
}

/// Takes the outdated issue out, for the library has it as `other` too, and carries its marks to that one; none where they have
/// only been copied.
fn give_way(
    transaction: &Connection,
    outdated: &Outdated,
    other: IssueId,
    issue: &Issue,
    hold: Hold,
) -> Result<Option<Changed>, StoreError> {
    let before = outdated.id;
    let former = Some((before, Reading::Again));
    let named = Named::stored(transaction, other, issue)?;
    let Some(items) = carry::make_room(transaction, former, (other, &named), hold)? else {
        return Ok(None);
    };
    forget_sources(transaction)?;
    Ok(Some(Changed {
        before,
        after: other,
        items,
    }))
}

/// What an outdated issue keeps.
struct Former {
    publication: u8,
    /// Time of the import.
    imported: String,
}

/// What the issue keeps, while it still is what it was when it was found.
fn as_it_was(connection: &Connection, outdated: &Outdated) -> Result<Option<Former>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT publication, imported FROM issue WHERE id = ?1 AND parser = ?2 AND source = ?3",
        )?
        .query_row(
            params![outdated.id.0, outdated.parser, outdated.source.0],
            |row| {
                Ok(Former {
                    publication: row.get(0)?,
                    imported: row.get(1)?,
                })
            },
        )
        .optional()?)
}

/// Notes that this version of the parser has read the issue.
pub(super) fn read_by(
    connection: &Connection,
    issue: IssueId,
    parser: u32,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE issue SET parser = ?2 WHERE id = ?1")?
        .execute(params![issue.0, parser])?;
    Ok(())
}
