//! The tickets of the newest requests, so that late answers are known as such.
//! Must not know what was asked for.

use super::effect::Ticket;

/// The newest request of each kind; answers to older ones are dropped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Latest {
    /// Requests made so far.
    made: u64,
    /// For the list of issues.
    pub issues: Ticket,
    /// For a list of items.
    pub list: Ticket,
    /// That of the list which is shown.
    pub listed: Ticket,
    /// For another item of the list.
    pub seek: Ticket,
    /// For counts.
    pub tally: Ticket,
    /// For counts of what items state.
    pub facets: Ticket,
    /// For counts by issue, source and tag.
    pub choices: Ticket,
    /// Made when a mark was changed or an issue was read again last: lists and counts that were asked for before may not
    /// know of it.
    pub marked: Ticket,
    /// For the body.
    pub body: Ticket,
    /// For the preview of the jump.
    pub preview: Ticket,
    /// For the diagnostics.
    pub noted: Ticket,
    /// For the bookmarks.
    pub bookmarks: Ticket,
    /// For the tags of the library.
    pub tags: Ticket,
    /// For the saved filters.
    pub saved: Ticket,
    /// For what one of them finds.
    pub counted: Ticket,
    /// For the item that is corrected.
    pub fixable: Ticket,
    /// For the jump.
    pub jump: Ticket,
}

impl Latest {
    /// All of them, to be forgotten: no request has the ticket that stands for none.
    pub const fn all_mut(&mut self) -> [&mut Ticket; 16] {
        [
            &mut self.issues,
            &mut self.list,
            &mut self.listed,
            &mut self.seek,
            &mut self.tally,
            &mut self.facets,
            &mut self.choices,
            &mut self.body,
            &mut self.preview,
            &mut self.noted,
            &mut self.bookmarks,
            &mut self.tags,
            &mut self.saved,
            &mut self.counted,
            &mut self.fixable,
            &mut self.jump,
        ]
    }

    /// A new ticket.
    pub const fn next(&mut self) -> Ticket {
        self.made += 1;
        Ticket(self.made)
    }
}
