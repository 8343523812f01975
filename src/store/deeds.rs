//! Changes of marks that are made together, each on the ground that it was decided on, and what leads back from them.
//! Must not lose a note: where by now another one stands there than whoever wrote knew, both are kept, or nothing is changed; and
//! where the item has another name by now, its marks go there.

use super::marks::{mark, now};
use super::successors::{Whereabouts, whereabouts};
use super::{Store, StoreError, detached, heads, renamed};
use crate::issue::{Change, DetachedName, ItemHead, ItemKey, Marks, Note};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

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
    /// This one. Where another stands there by now, it is kept together with what the new one adds to this.
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
    /// Whether the note that was known had been taken away, and the new one stands there alone.
    pub revived: bool,
    /// Whether an item has another headline by now, and its marks went there.
    pub followed: bool,
    /// What marks are called that were set and have no item: they wait for it.
    pub waits: Option<DetachedName>,
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
        // All of them first: what is taken away from marks that wait does not make them another item's.
        let found = found(&transaction, changes)?;
        for one in changes {
            let one = &match found.get(&one.key) {
                Some(Whereabouts::Renamed(key, printed)) => {
                    made.followed = true;
                    MarkChange {
                        key: key.clone(),
                        printed: printed.clone(),
                        ..one.clone()
                    }
                }
                _ => one.clone(),
            };
            let before = marks_of(&transaction, &one.key)?;
            let change = on_ground(one, &before)?;
            made.joined |= change != one.change;
            made.revived |= is_revived(one, &before);
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
        let is_nowhere = |one: &&MarkChange| {
            found.get(&one.key) == Some(&Whereabouts::Nowhere) && puts_something(&one.change)
        };
        let steps = made.steps.iter().map(|(one, _)| one);
        if let Some(one) = steps.clone().find(is_nowhere) {
            made.waits = name(&transaction, &one.key)?;
        }
        transaction.commit()?;
        Ok(made)
    }
}

/// Where the marks that are changed belong: to the item that had this name before, if one had. What only says that an item was read
/// is looked at no closer than that: nobody would miss it.
fn found(
    connection: &Connection,
    changes: &[MarkChange],
) -> Result<HashMap<ItemKey, Whereabouts>, StoreError> {
    let mut found = HashMap::new();
    for one in changes {
        if found.contains_key(&one.key) {
            continue;
        }
        if let Some(known) = renamed::known_as(connection, &one.key)?
            && marks_of(connection, &one.key)? == Marks::default()
        {
            let now = Whereabouts::Renamed(known.key, known.printed);
            found.insert(one.key.clone(), now);
            continue;
        }
        if matches!(one.change, Change::Read(_)) {
            continue;
        }
        let mut now = whereabouts(connection, &one.key)?;
        if let Whereabouts::Renamed(new, _) = &now {
            // What an import left under this name was not carried along: it found no item for it.
            let is_left = marks_of(connection, &one.key)? != Marks::default();
            if is_left || !is_carried(one, &marks_of(connection, new)?) {
                now = Whereabouts::Nowhere;
            }
        }
        found.insert(one.key.clone(), now);
    }
    Ok(found)
}

/// Whether an item that is like the one of a change is the same: the note that whoever changes it has seen stands there now, and so an
/// import took it along. That it is alike is not enough, for it may have stood beside the other all the time.
fn is_carried(one: &MarkChange, there: &Marks) -> bool {
    match &one.ground {
        Ground::Joined(Some(seen)) | Ground::Only(Some(seen)) => there.note.as_ref() == Some(seen),
        Ground::Joined(None) | Ground::Only(None) | Ground::Any => false,
    }
}

/// Whether the note that this one was written on was taken away elsewhere.
fn is_revived(one: &MarkChange, now: &Marks) -> bool {
    let wrote = matches!(one.change, Change::Note(Some(_)));
    wrote && now.note.is_none() && matches!(one.ground, Ground::Joined(Some(_)))
}

/// Whether something is there afterwards that can be missed.
fn puts_something(change: &Change) -> bool {
    matches!(
        change,
        Change::Bookmark(true) | Change::Tag(_, true) | Change::Note(Some(_))
    )
}

/// What marks are called that have no item.
fn name(connection: &Connection, key: &ItemKey) -> Result<Option<DetachedName>, StoreError> {
    let waiting = detached::of_issue(connection, &key.publication, key.issue)?;
    let own = waiting.into_iter().find(|one| one.key == *key);
    Ok(own.map(|one| one.name))
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
            let both = theirs.with_added(mine, seen.as_ref());
            Ok(Change::Note(Some(both.ok_or(StoreError::NotesTooLong)?)))
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
