//! What the reader is told: keys, sizes, and answers to effects.

use super::effect::{Change, Deed, FixDeed, Goal, SavedDeed, Seek, Ticket, Use};
use super::history::{StepId, Turn};
use super::session::Last;
use crate::app::Failure;
use crate::issue::{IssueHead, IssueId, ItemHead, ItemId};
use crate::query::{Choices, Facets, Tally};
use crate::store::{
    Anchor, Changed, Counted, Detached, Elsewhere, Fixable, Fixed, ItemView, Listing, Made,
    MarkChange, Noted, Run, SavedChange, SavedQuery, TagCount, Way,
};
use crossterm::event::KeyEvent;
use ratatui::layout::Size;
use std::time::Instant;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed, at this time.
    Key(KeyEvent, Instant),
    /// Text was pasted.
    Paste(String),
    /// The terminal's window got the focus, or the reader was called back, at this time: others may have been at work.
    Focused(Instant),
    /// The terminal has this size now.
    Resize(Size),
    /// The newest issue, none where the library is empty, and where the reader was left.
    Opening(Ticket, Option<IssueId>, Option<Box<Last>>),
    /// The library's issues, newest first.
    Issues(Ticket, Vec<IssueHead>),
    /// Another program, or another thread of this one, has changed the library.
    Elsewhere(Elsewhere),
    /// The library, which was empty when the sample was opened, has issues now.
    Filled,
    /// From here on everything comes from the library and not from the sample.
    Entered,
    /// The newest issue, none where the library is empty, and where the reader is by the rows of now.
    Where(Ticket, Option<IssueId>, Box<Last>),
    /// The nearest stop this way that is still there, by the rows of now, and how many are gone before it.
    Stops(Ticket, Turn, Option<(usize, Box<Last>)>),
    /// A run of a listing, and what to select in it.
    List(Ticket, Box<Listed>, Goal),
    /// A run of a listing could not be read.
    NotListed(Ticket, Failure),
    /// Counts of a listing, and how many of its items stand before the one asked about.
    Tally(Ticket, Listing, Tally, Option<(ItemId, usize)>),
    /// Counts of what the items of a listing state.
    Facets(Ticket, Facets),
    /// Counts by issue, source and tag.
    Choices(Ticket, Choices),
    /// The item that was looked for, if there is one.
    Sought(Ticket, Seek, Option<ItemId>),
    /// The nearest item this way that has in its text what is looked for, if there is one.
    TextFound(Ticket, Way, Option<ItemId>),
    /// An item whole; none if it is gone.
    Item(Ticket, Use, Option<Box<ItemView>>),
    /// What was noted about an issue and one of its items; none if it is gone.
    Noted(Ticket, Option<Box<Noted>>),
    /// An issue was read again, and reads otherwise now.
    Reread(Box<Changed>),
    /// No issue is left to be read again; so many read otherwise now.
    AllReread(usize),
    /// All bookmarked items, and the marks without item.
    Bookmarks(Ticket, Vec<ItemHead>, Vec<Detached>),
    /// The tags of the library, most used first.
    Tags(Ticket, Vec<TagCount>),
    /// The saved queries.
    Saved(Ticket, Vec<SavedQuery>),
    /// How much of the library a query finds.
    Counted(Ticket, Counted),
    /// Hits of the jump.
    Hits(Ticket, Hits),
    /// Changed marks are on the disk, as they were made.
    Kept(Deed, Made),
    /// The change of all items of a listing is on the disk; with what leads back, for those that it changed.
    KeptAll(StepId, Change, Vec<MarkChange>),
    /// Marks could not be kept as they were changed.
    NotKept(Deed, Failure),
    /// An item as it can be fixed; none if it is gone.
    Fixable(Ticket, Option<Box<Fixable>>),
    /// Changed fixes are on the disk, as they were made.
    Fixed(FixDeed, Fixed),
    /// Fixes could not be kept as they were changed.
    NotFixed(FixDeed, Failure),
    /// What is saved is on the disk as it was changed; with the change that leads back, where there was anything to change.
    SavedKept(SavedDeed, Option<SavedChange>),
    /// It could not be changed.
    NotSaved(SavedDeed, Failure),
    /// What came back from the editor, if anything did, and what went wrong.
    Edited(Option<String>, Option<Failure>),
    /// The document of an issue was handed to a viewer: at this page, where its page is known; and whether it is the one that was
    /// imported.
    Opened(Option<u32>, bool),
    /// An effect could not be carried out.
    Failed(Failure),
}

/// A run of a listing as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What was asked for.
    pub listing: Listing,
    /// From where.
    pub anchor: Anchor,
    /// What is there.
    pub run: Run,
    /// The issue, where the listing is of one; none if it is gone.
    pub issue: Option<IssueHead>,
}

/// Hits of the jump.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// Best first.
    pub rows: Vec<HitRow>,
    /// How many there are in all.
    pub total: usize,
    /// Whether all headlines have been looked at, and not the newest alone.
    pub is_whole: bool,
}

/// A hit of the jump as a row.
#[derive(Debug, Clone, PartialEq)]
pub struct HitRow {
    /// The item.
    pub head: ItemHead,
    /// Matched characters, 0-based positions in the headline.
    pub matched: Vec<u32>,
    /// Whether it is proposed because the jump led there before.
    pub is_recent: bool,
}
