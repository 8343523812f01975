//! Marks that wait for an item, put on another item by their reader, or taken away for good.
//! Must not lose one that is moved: what the item has stays, and where both have a note it has to be said which; nor take away what has
//! its item back meanwhile.

use super::{Detached, Ground, MarkChange, Store, StoreError, copies, detached, heads, marks};
use crate::issue::{Change, ItemHead, Marks, Note};
use std::collections::HashMap;
use std::path::PathBuf;

/// What becomes of two notes, where both have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TwoNotes {
    /// The one that waits takes the place of the item's.
    Waiting,
    /// The item's stays, and the one that waits goes.
    Item,
    /// Both stand in one, the item's first.
    Both,
}

/// What moving marks came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// They hang on the item; with the copy of the marks as they were before, which is none in memory.
    Done(Option<PathBuf>),
    /// Both have a note, and it is not said which stays. Nothing was changed.
    TwoNotes,
    /// Both notes together are too long for one. Nothing was changed.
    TooLong,
    /// The item is not there any more. Nothing was changed.
    NoItem,
    /// Nothing waits under the name any more. Nothing was changed.
    Nothing,
}

/// What taking marks away came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Those that were taken away.
    pub gone: Vec<Detached>,
    /// The copy of the marks as they were before; none in memory, or where nothing was taken away.
    pub copy: Option<PathBuf>,
}

impl Store {
    /// Takes away bookmark, tags and note of these, all or nothing, but of none that waits no more or was changed since it was
    /// listed. What was read, and how far, stays. The marks are copied before.
    ///
    /// # Errors
    /// The marks cannot be written, or not be copied.
    pub fn forget_marks(&mut self, listed: &[Detached]) -> Result<Forgotten, StoreError> {
        let place = self.files.marks.clone();
        let transaction = self.begin_marks()?;
        let mut gone = detached::all(&transaction)?;
        let listed: HashMap<_, _> = listed.iter().map(|one| (&one.key, &one.marks)).collect();
        gone.retain(|one| listed.get(&one.key) == Some(&&one.marks));
        if gone.is_empty() {
            return Ok(Forgotten { gone, copy: None });
        }
        let copy = copies::before_change(&place, jiff::Timestamp::now())?;
        let now = marks::now();
        for one in gone.iter().flat_map(Detached::forgotten) {
            marks::mark(&transaction, &one.key, &one.printed, &one.change, &now)?;
        }
        transaction.commit()?;
        Ok(Forgotten { gone, copy })
    }

    /// Moves bookmark, tags and note to the item `to`, all or nothing, as they are by now; they count as set now. What was read, and
    /// how far, stays. The marks are copied before.
    ///
    /// # Errors
    /// The marks cannot be written, or not be copied.
    pub fn move_marks(
        &mut self,
        from: &Detached,
        to: &ItemHead,
        notes: Option<TwoNotes>,
    ) -> Result<Moved, StoreError> {
        let place = self.files.marks.clone();
        let transaction = self.begin_marks()?;
        // Another program may have changed it since it was named.
        let Some(to) = heads::head_named(&transaction, &to.key)? else {
            return Ok(Moved::NoItem);
        };
        let Some(from) = detached::still(&transaction, from)? else {
            return Ok(Moved::Nothing);
        };
        let note = match note(&from.marks, &to.marks, notes) {
            Ok(note) => note,
            Err(refused) => return Ok(refused),
        };
        let copy = copies::before_change(&place, jiff::Timestamp::now())?;
        let now = marks::now();
        let put = put(&from.marks, note).map(|change| MarkChange::of(&to, change));
        for one in put.chain(from.forgotten()) {
            marks::mark(&transaction, &one.key, &one.printed, &one.change, &now)?;
        }
        transaction.commit()?;
        Ok(Moved::Done(copy))
    }
}

impl Detached {
    /// The changes that take all of it away.
    pub fn forgotten(&self) -> impl Iterator<Item = MarkChange> {
        let tags = self.marks.tags.iter();
        let tags = tags.map(|tag| Change::Tag(tag.clone(), false));
        let changes = tags.chain([Change::Bookmark(false), Change::Note(None)]);
        changes.map(|change| self.change(change))
    }

    /// A change of it.
    #[must_use]
    pub fn change(&self, change: Change) -> MarkChange {
        MarkChange {
            key: self.key.clone(),
            printed: self.printed.clone(),
            change,
            ground: Ground::Any,
        }
    }
}

/// The changes that put marks on an item, with this note.
fn put(marks: &Marks, note: Option<Note>) -> impl Iterator<Item = Change> {
    let tags = marks.tags.iter().map(|tag| Change::Tag(tag.clone(), true));
    let bookmark = marks.bookmarked.then_some(Change::Bookmark(true));
    let note = note.map(|note| Change::Note(Some(note)));
    tags.chain(bookmark).chain(note)
}

/// The note that the item is to have; none where it keeps what it has.
fn note(from: &Marks, to: &Marks, notes: Option<TwoNotes>) -> Result<Option<Note>, Moved> {
    let (Some(waiting), Some(own)) = (&from.note, &to.note) else {
        return Ok(from.note.clone());
    };
    if waiting == own {
        return Ok(None);
    }
    match notes {
        None => Err(Moved::TwoNotes),
        Some(TwoNotes::Waiting) => Ok(Some(waiting.clone())),
        Some(TwoNotes::Item) => Ok(None),
        Some(TwoNotes::Both) => own.with(waiting).map(Some).ok_or(Moved::TooLong),
    }
}
