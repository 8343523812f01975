//! What the reader is told: keys, sizes, and answers to effects.

use super::effect::{Change, Goal, Target, Ticket, Use};
use crate::app::Failure;
use crate::issue::{IssueHead, IssueId, ItemHead};
use crate::store::ItemView;
use crossterm::event::KeyEvent;
use ratatui::layout::Size;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this size now.
    Resize(Size),
    /// The newest issue; none where the library is empty.
    Newest(Ticket, Option<IssueId>),
    /// The library's issues, newest first.
    Issues(Ticket, Vec<IssueHead>),
    /// The contents of an issue, and what to select in them.
    Contents(Ticket, IssueId, Vec<ItemHead>, Goal),
    /// An item whole; none if it is gone.
    Item(Ticket, Use, Option<Box<ItemView>>),
    /// All bookmarked items.
    Bookmarks(Ticket, Vec<ItemHead>),
    /// Hits of the jump, best first, and how many there are in all.
    Hits(Ticket, Vec<HitRow>, usize),
    /// A changed mark is on the disk.
    Kept(Change),
    /// A mark could not be kept as it was changed.
    NotKept(Target, Change, Failure),
    /// An effect could not be carried out.
    Failed(Failure),
}

/// A hit of the jump as a row.
#[derive(Debug, Clone, PartialEq)]
pub struct HitRow {
    /// The item.
    pub head: ItemHead,
    /// Matched characters, 0-based positions in the headline.
    pub matched: Vec<u32>,
}
