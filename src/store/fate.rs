//! What an import comes to for the marks of an issue: which go along with a corrected headline, which find their item again, which
//! are left without.
//! Must not change one.

use super::detached::{self, Detached};
use super::successors::Successor;
use super::{StoreError, carried, heads};
use crate::issue::{Address, IssueNumber, ItemKey, Marks, Note};
use rusqlite::{Connection, OptionalExtension, params};

/// What became of bookmarks, tags and notes. Of marks that only tell what was read nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fate {
    /// Those that went along with a corrected headline.
    pub carried: Vec<Carried>,
    /// Those that waited, and have their item now: it came back, or the one that it was corrected to.
    pub back: Vec<Back>,
    /// Those that had an item, and wait for it now.
    pub left: Vec<Detached>,
    /// All that wait for an item of the issue now, those that waited before among them.
    pub waiting: usize,
    /// How many fixes of the issue make its items what they are; none are counted where nothing was written.
    pub fixes: usize,
    /// How many wait for an item that they fit.
    pub fixes_waiting: usize,
}

/// Marks that have their item again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// What waited.
    pub marks: Detached,
    /// Where the item stands.
    pub address: Option<Address>,
}

/// Marks that went along with a headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The headline before, as printed when it was marked.
    pub before: String,
    /// The headline now, as printed.
    pub after: String,
    /// The marks that hung on the one before.
    pub marks: Marks,
}

/// Marks of an issue before it is put in the place of another copy.
#[derive(Debug)]
pub(super) struct Before {
    publication: String,
    number: IssueNumber,
    waiting: Vec<Detached>,
    /// Each with the name that its marks hang on.
    carried: Vec<(ItemKey, Carried)>,
}

impl Before {
    /// Of the issue of this publication's normalised name, of whose items before some `became` others. To be asked before marks
    /// are copied ahead: copies would pass for marks that wait.
    pub fn of(
        connection: &Connection,
        (publication, number): (String, IssueNumber),
        became: &[Successor],
    ) -> Result<Self, StoreError> {
        let mut carried = vec![];
        let corrected = |one: &&Successor| one.former.headline != one.key.headline;
        for one in became.iter().filter(corrected) {
            if let Some((before, marks)) = marks(connection, &one.former)? {
                let now = Carried {
                    before,
                    after: one.printed.clone(),
                    marks,
                };
                carried.push((one.former.clone(), now));
            }
        }
        Ok(Self {
            waiting: detached::of_issue(connection, &publication, number)?,
            publication,
            number,
            carried,
        })
    }

    /// What became of them, once the issue is in its place.
    pub fn fate(self, connection: &Connection) -> Result<Fate, StoreError> {
        let now = detached::of_issue(connection, &self.publication, self.number)?;
        let waits =
            |list: &[Detached], one: &Detached| list.iter().any(|other| other.key == one.key);
        let (waiting, before) = (now.len(), self.waiting);
        let back = before.iter().filter(|one| !waits(&now, one));
        let back = back.map(|one| {
            Ok(Back {
                marks: one.clone(),
                address: address(connection, &one.key)?,
            })
        });
        let back = back.collect::<Result<_, StoreError>>()?;
        // Two notes that are too long for one stay under two names.
        let mut carried = self.carried;
        carried.retain(|(former, _)| now.iter().all(|one| one.key != *former));
        let left = now.into_iter().filter(|one| !waits(&before, one));
        Ok(Fate {
            carried: carried.into_iter().map(|(_, one)| one).collect(),
            back,
            left: left.collect(),
            waiting,
            ..Fate::default()
        })
    }
}

/// Where the item stands that marks of this name hang on: it has that name, or the one that they are on their way to.
fn address(connection: &Connection, key: &ItemKey) -> Result<Option<Address>, StoreError> {
    let others = carried::copied_to(connection, key)?;
    for key in [key].into_iter().chain(&others) {
        if let Some(head) = heads::head_named(connection, key)? {
            return Ok(Some(head.address()));
        }
    }
    Ok(None)
}

/// What the item of this name is marked with on purpose, and its headline as printed; none where it is not.
fn marks(connection: &Connection, key: &ItemKey) -> Result<Option<(String, Marks)>, StoreError> {
    let sql = "SELECT printed, bookmarked, read, note, (SELECT group_concat(tag.tag, char(10) ORDER BY tag.name) \
               FROM marks.tag WHERE tag.publication = mark.publication AND tag.number = mark.number \
               AND tag.headline = mark.headline AND tag.nth = mark.nth AND tag.present = 1) FROM marks.mark \
               WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4";
    let named = params![key.publication, key.issue.0, key.headline, key.nth];
    let found = connection.prepare_cached(sql)?.query_row(named, |row| {
        let marks = Marks {
            bookmarked: row.get(1)?,
            read: row.get(2)?,
            note: row.get_ref(3)?.as_str_or_null()?.and_then(Note::new),
            tags: heads::tags(row.get_ref(4)?.as_str_or_null()?),
        };
        Ok((row.get(0)?, marks))
    });
    let deliberate =
        |marks: &Marks| marks.bookmarked || marks.note.is_some() || !marks.tags.is_empty();
    Ok(found.optional()?.filter(|(_, marks)| deliberate(marks)))
}
