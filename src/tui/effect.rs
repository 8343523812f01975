//! What the reader asks for: lists from the searcher, items and marks from the writer.
//! Only values; the worker carries them out.

use crate::issue::{IssueId, ItemHead, ItemId, ItemKey, Marks};

/// Names a request, so that an answer which has been overtaken by a later request can be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Ticket(pub u64);

/// Something to carry out.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// For the searcher: lists and the jump.
    Find(Find),
    /// For the writer: point reads and marks.
    Ask(Ask),
    /// Draws the screen anew.
    Redraw,
    /// Ends the program.
    Stop,
}

/// A request for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    /// The newest issue.
    Newest(Ticket),
    /// All issues.
    Issues(Ticket),
    /// The contents of one issue, and what to select in them.
    Contents(Ticket, IssueId, Goal),
    /// All bookmarked items.
    Bookmarks(Ticket),
    /// The jump, for what was typed.
    Jump(Ticket, String),
}

/// A request for one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// An item whole.
    Item(Ticket, Use, ItemId),
    /// Changes a mark of an item.
    Mark(Target, Change),
}

/// The item whose mark is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its row.
    pub item: ItemId,
    /// Its name for marks.
    pub key: ItemKey,
    /// Its headline as printed, kept beside the mark.
    pub headline: String,
}

/// A change of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Sets or takes away the bookmark.
    Bookmark(bool),
    /// Marks as read or unread.
    Read(bool),
}

impl Change {
    /// Makes the change.
    pub const fn apply(self, marks: &mut Marks) {
        match self {
            Self::Bookmark(on) => marks.bookmarked = on,
            Self::Read(on) => marks.read = on,
        }
    }
}

impl Target {
    /// The item of a list row.
    #[must_use]
    pub fn of(head: &ItemHead) -> Self {
        Self {
            item: head.id,
            key: head.key.clone(),
            headline: head.headline.clone(),
        }
    }
}

/// What to select in contents once they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The first unread item, else the first.
    FirstUnread,
    /// This item, and open it.
    Item(ItemId),
}

/// What an item is fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The body pane.
    Body,
    /// The preview of the jump.
    Preview,
    /// Its marks alone, as they are kept: a change of one has failed.
    Marks,
}
