//! What the reader asks for: lists from the searcher, items and marks from the writer.
//! Only values; the worker carries them out.

use super::history::{StepId, Turn};
use super::panes::Spot;
use super::session::Session;
pub use crate::issue::Change;
use crate::issue::{IssueId, ItemHead, ItemId, ItemKey};
use crate::query::{Mark, Query};
use crate::store::{
    Anchor, FixChange, Group, Listing, MarkChange, SavedChange, Scope, Successor, Way,
};
use crate::text::Needle;

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
    /// Hands this text to the editor of the environment, and the terminal with it.
    Edit(String),
    /// Puts the text of a note on the shelf that is too long to be kept.
    Shelve(String),
    /// Keeps that the welcome was shown.
    Greeted,
    /// Draws the screen anew.
    Redraw,
    /// Gives the terminal to the shell until the reader is called back.
    Suspend,
    /// Ends the program.
    Stop,
}

/// A request for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    /// What a reader opens with; where the reader was left, if that is to count.
    Opening(Ticket, Resume),
    /// Where the reader is, by the names of issue and item: their rows have gone.
    Where(Ticket, Box<Session>),
    /// All issues.
    Issues(Ticket),
    /// A run of a listing, and what to select in it.
    List(Ticket, Listing, Anchor, Goal),
    /// Counts of a listing, and how many of its items stand before this one.
    Tally(Ticket, Listing, Option<ItemId>),
    /// Counts of what the items of a listing state.
    Facets(Ticket, Listing),
    /// Counts of them by issue, source and tag.
    Choices(Ticket, Listing),
    /// Another item of a listing, which may not be loaded.
    Seek(Ticket, Listing, ItemId, Seek),
    /// The nearest item of a listing from an item on that has this in its text.
    Text(Ticket, Listing, ItemId, Needle, Way),
    /// Which of these stops, the nearest first, is still there, by the names of issue and item.
    Stops(Ticket, Turn, Vec<Session>),
    /// Nothing: what was sought before this ticket is not wanted any more.
    Halt(Ticket),
    /// All bookmarked items, and the marks without item.
    Bookmarks(Ticket),
    /// The tags of the library.
    Tags(Ticket),
    /// The saved queries.
    Saved(Ticket),
    /// How much of the library a query finds.
    Count(Ticket, Query),
    /// The jump.
    Jump(Ticket, Jump),
}

/// What the jump looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// What was typed.
    pub typed: String,
    /// Where.
    pub scope: Scope,
    /// Where it led before, the last first: what is proposed before anything is typed.
    pub recent: Vec<ItemKey>,
}

/// Whether the reader opens where it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resume {
    /// Where it was left.
    Last,
    /// On the newest issue.
    Newest,
}

/// A request for one item, or to keep something.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// An item whole.
    Item(Ticket, Use, ItemId),
    /// What was noted about an issue, and about one of its items.
    Noted(Ticket, IssueId, Option<ItemId>),
    /// Opens the document that an issue, or one of its items, was read from.
    Original(IssueId, Option<ItemId>),
    /// Changes marks, all or none.
    Mark(Deed),
    /// An item as it can be fixed.
    Fixable(Ticket, ItemKey),
    /// Changes fixes, all or none.
    Fix(FixDeed),
    /// Changes what is saved under a name.
    Saved(SavedDeed),
    /// Changes a mark of all items that a listing lists.
    MarkAll(StepId, Listing, Change),
    /// Carries marks along that were set on items under the names they had before they were read again.
    Carry(Vec<Successor>),
    /// Keeps how far an item was read: characters of its text above the screen.
    Place(Target, u32),
    /// Keeps where the reader is.
    Session(String),
    /// Looks whether another program has changed the library; answered only where one has.
    Look,
    /// Goes over from the sample to the library, which has issues by now.
    Enter,
}

/// Changes of marks that are made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Why.
    pub cause: Cause,
    /// What is changed; empty where that is not known yet.
    pub changes: Vec<MarkChange>,
}

impl Deed {
    /// Whether it only says that an item was opened.
    #[must_use]
    pub fn is_of_reading(&self) -> bool {
        let reading = |one: &MarkChange| matches!(one.change, Change::Read(_));
        self.cause == Cause::Unasked && self.changes.iter().all(reading)
    }

    /// Whether it changes more items than one.
    #[must_use]
    pub fn is_of_many(&self) -> bool {
        let keys = |pair: &[MarkChange]| pair[0].key != pair[1].key;
        self.changes.windows(2).any(keys)
    }
}

/// Changes of fixes that are made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixDeed {
    /// Why.
    pub cause: Cause,
    /// What is changed.
    pub changes: Vec<FixChange>,
}

/// A change of what is saved under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedDeed {
    /// Why.
    pub cause: Cause,
    /// What is changed.
    pub change: SavedChange,
}

/// Why marks, fixes or saved queries are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Nobody did, and nobody waits to be told: an item was opened and counts as read, or the reader is ended in the middle of
    /// a note.
    Unasked,
    /// The reader wanted it: this step.
    Wanted(StepId),
    /// The reader took this step back, or made it again.
    Turned(StepId, Turn),
}

/// An item with a place in it that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its row.
    pub item: ItemId,
    /// Its name for marks.
    pub key: ItemKey,
    /// Its headline as printed, kept beside the mark.
    pub headline: String,
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

/// What to select in a list once it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The first unread item, else the first.
    FirstUnread,
    /// The first item.
    First,
    /// The last item.
    Last,
    /// This item, and open it.
    Item(ItemId),
    /// This item, or what stands in its place.
    Near(ItemId),
    /// This item, where the reader has been before.
    Stop(ItemId),
    /// This item, else the first.
    IfListed(ItemId),
    /// What is selected when the list comes, or what stands in its place: the same is listed again.
    Stay,
    /// What is selected; the run goes on where the list ends or begins.
    More,
}

/// What is looked for from an item on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seek {
    /// The next unread item, round, to read on with.
    Unread,
    /// The next item with a mark, round.
    Marked(Mark),
    /// The first item of a section or an issue near it.
    Group(Group, Way),
    /// The nearest item about which the parser noted something.
    Noted(Way),
}

/// What an item is fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The body pane.
    Body(Arrival),
    /// The preview of the jump.
    Preview,
    /// Its marks alone, as they are kept: a change of one has failed.
    Marks,
}

/// Where in an item its body opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Where it was left.
    Place,
    /// At the first match of what is looked for.
    FirstHit,
    /// At the last one.
    LastHit,
    /// Where the screen stood in it before.
    At(Spot),
}
