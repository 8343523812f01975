//! The item whose marks are changed, whether the library holds it or not.
//! Must not change them itself.

use crate::issue::{Change, ItemHead, ItemKey, Marks};
use crate::store::{Detached, Ground, MarkChange, Successor};

/// An item by its name, with the marks it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its name for marks.
    pub key: ItemKey,
    /// Its headline as printed.
    pub headline: String,
    /// What it is marked with, as the screen shows it.
    pub marks: Marks,
}

impl Subject {
    /// The item of a list's row.
    #[must_use]
    pub fn of(head: &ItemHead) -> Self {
        Self {
            key: head.key.clone(),
            headline: head.headline.clone(),
            marks: head.marks.clone(),
        }
    }

    /// The item that marks are of which the library does not hold.
    #[must_use]
    pub fn of_detached(detached: &Detached) -> Self {
        Self {
            key: detached.key.clone(),
            headline: detached.printed.clone(),
            marks: detached.marks.clone(),
        }
    }

    /// A change of its marks.
    #[must_use]
    pub fn change(&self, change: Change) -> MarkChange {
        MarkChange {
            key: self.key.clone(),
            printed: self.headline.clone(),
            change,
            ground: Ground::Any,
        }
    }

    /// Goes along where the item has another name now.
    pub fn follow(&mut self, became: &[Successor]) {
        if let Some(now) = became.iter().find(|item| item.former == self.key) {
            self.key = now.key.clone();
            self.headline.clone_from(&now.printed);
        }
    }
}
