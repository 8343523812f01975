//! Counts of what the listed items state: asked for where the filter shows them, and made anew with the query.
//! Must not count.

use super::fit;
use crate::query::Facets;
use crate::store::Listing;
use crate::tui::effect::{Effect, Find, Ticket};
use crate::tui::message::Message;
use crate::tui::state::State;

/// Follows what is listed now; what is to be asked for.
pub fn follow(state: &mut State, marks_were_kept: bool) -> Option<Effect> {
    let is_shown = state.regions().filter.is_some();
    let is_listed = state.latest.list == state.latest.listed;
    let open = state.open.as_mut()?;
    let is_other = open.stated.follow(&open.listing.query);
    if marks_were_kept && asks_for_marks(&open.listing) {
        open.stated.asked = None;
    }
    let wanted = open.contents.listing.without_facets();
    let is_asked = open.stated.asked.as_ref() == Some(&wanted);
    let mut effect = None;
    if is_shown && is_listed && !is_asked {
        open.stated.asked = Some(wanted.clone());
        state.latest.facets = state.latest.next();
        effect = Some(Effect::Find(Find::Facets(state.latest.facets, wanted)));
    }
    if is_other {
        fit(state);
    }
    effect
}

/// Whether a message says that marks are on the disk which were not.
pub const fn keeps_marks(message: &Message) -> bool {
    matches!(message, Message::Kept(..) | Message::KeptAll(..))
}

/// Whether what is listed depends on marks.
fn asks_for_marks(listing: &Listing) -> bool {
    let mut terms = listing.query.terms.iter();
    terms.any(|term| term.condition.is_of_marks())
}

/// The counts are there.
pub fn counted(state: &mut State, ticket: Ticket, facets: Facets) {
    if ticket != state.latest.facets {
        return;
    }
    if let Some(open) = &mut state.open {
        open.stated.take(facets, &open.listing.query);
    }
    fit(state);
}
