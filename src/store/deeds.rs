//! Changes of marks that are made together, each on the ground that it was decided on, and what leads back from them.
//! Must not lose a note: where by now another one stands there than whoever wrote knew, both are kept, or nothing is changed.

use super::marks::{mark, now};
use super::{Store, StoreError, heads};
use crate::issue::{Change, ItemHead, ItemKey, Marks, Note};
use rusqlite::{Connection, OptionalExtension, params};

/// A change of what an item is marked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkChange {
    /// The item's name for marks.
    pub key: ItemKey,
    /// Its headline as printed, kept beside the marks.
    pub printed: String,
    /// What is changed.
    pub change: Change,
    /// What the change was decided on; matters for a note alone.
    pub ground: Ground,
}

/// The note that whoever changes it has seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Ground {
    /// Whatever stands there.
    #[default]
    Any,
    /// This one. Where another stands there by now, it is kept together with the new one.
    Joined(Option<Note>),
    /// This one. Where another stands there by now, nothing is changed.
    Only(Option<Note>),
}

/// Changes as they were made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// Each with the change that leads back; without those that held already.
    pub steps: Vec<(MarkChange, Change)>,
    /// Whether another note stood there than was known, which is kept too.
    pub joined: bool,
}

impl MarkChange {
    /// A change of the item of a list's row, whatever it is marked with.
    #[must_use]
    pub fn of(head: &ItemHead, change: Change) -> Self {
        Self {
            key: head.key.clone(),
            printed: head.headline.clone(),
            change,
            ground: Ground::Any,
        }
    }
}

impl Store {
    /// Makes all of these changes, or none.
    ///
    /// # Errors
    /// The marks cannot be written; another note stands where a change is to be made on one alone, or where both would be too long.
    pub fn mark_each(&mut self, changes: &[MarkChange]) -> Result<Made, StoreError> {
        let transaction = self.begin_marks()?;
        let now = now();
        let mut made = Made::default();
        for one in changes {
            let before = marks_of(&transaction, &one.key)?;
            let change = on_ground(one, &before)?;
            made.joined |= change != one.change;
            if change.holds(&before) {
                continue;
            }
            mark(&transaction, &one.key, &one.printed, &change, &now)?;
            let back = change.back_to(&before);
            let one = MarkChange {
                change,
                ..one.clone()
            };
            made.steps.push((one, back));
        }
        transaction.commit()?;
        Ok(made)
    }
}

/// The change that is to be made where an item is marked so by now.
fn on_ground(one: &MarkChange, now: &Marks) -> Result<Change, StoreError> {
    let (Change::Note(mine), Ground::Joined(seen) | Ground::Only(seen)) =
        (&one.change, &one.ground)
    else {
        return Ok(one.change.clone());
    };
    if now.note == *seen || now.note == *mine {
        return Ok(one.change.clone());
    }
    match (&one.ground, &now.note, mine) {
        (Ground::Only(_), ..) => Err(StoreError::NoteChanged),
        (_, Some(theirs), Some(mine)) => {
            let both = theirs.with(mine).ok_or(StoreError::NotesTooLong)?;
            Ok(Change::Note(Some(both)))
        }
        // What nobody here has read is not taken away.
        (_, theirs, None) => Ok(Change::Note(theirs.clone())),
        (_, None, Some(_)) => Ok(one.change.clone()),
    }
}

/// What an item is marked with, whether the library holds it or not.
fn marks_of(connection: &Connection, key: &ItemKey) -> Result<Marks, StoreError> {
    let named = params![key.publication, key.issue.0, key.headline, key.nth];
    let marks = connection
        .prepare_cached(
            "SELECT bookmarked, read, note, \
             (SELECT group_concat(tag.tag, char(10) ORDER BY tag.name) FROM marks.tag \
             WHERE tag.publication = mark.publication AND tag.number = mark.number \
             AND tag.headline = mark.headline AND tag.nth = mark.nth AND tag.present = 1) \
             FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4",
        )?
        .query_row(named, |row| {
            Ok(Marks {
                bookmarked: row.get(0)?,
                read: row.get(1)?,
                note: row.get_ref(2)?.as_str_or_null()?.and_then(Note::new),
                tags: heads::tags(row.get_ref(3)?.as_str_or_null()?),
            })
        })
        .optional()?;
    Ok(marks.unwrap_or_default())
}
