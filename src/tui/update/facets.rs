//! Counts of what the listed items can be told apart by: asked for where the filter shows them, and made anew with the query.
//! Must not count.

use super::fit;
use crate::issue::Change;
use crate::query::{Choices, Facets, Query};
use crate::store::Listing;
use crate::tui::effect::{Effect, Find, Ticket};
use crate::tui::message::Message;
use crate::tui::state::State;

/// What a message says of marks that are on the disk and were not before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeps {
    /// Whether there are such.
    marks: bool,
    /// Whether tags are among them.
    tags: bool,
}

impl Keeps {
    /// What this one says.
    pub fn of(message: &Message) -> Self {
        let is_tag = |change: &Change| matches!(change, Change::Tag(..));
        match message {
            Message::Kept(deed, _) => Self {
                marks: true,
                tags: deed.changes.iter().any(|one| is_tag(&one.change)),
            },
            Message::KeptAll(_, change, _) => Self {
                marks: true,
                tags: is_tag(change),
            },
            _ => Self {
                marks: false,
                tags: false,
            },
        }
    }
}

/// Follows what is listed now; what is to be asked for.
pub fn follow(state: &mut State, keeps: Keeps) -> Vec<Effect> {
    let is_shown = state.regions().filter.is_some();
    let is_listed = state.latest.list == state.latest.listed;
    let Some(open) = state.open.as_mut() else {
        return vec![];
    };
    let groups = &mut open.groups;
    let is_other = groups.follow(&open.listing.query);
    if keeps.marks && asks_for_marks(&open.listing) {
        groups.forget_counts();
    }
    if keeps.tags {
        groups.choices_asked = None;
    }
    let mut effects = vec![];
    if is_shown && is_listed {
        let facets = open.contents.listing.without_facets();
        if groups.facets_asked.as_ref() != Some(&facets) {
            groups.facets_asked = Some(facets.clone());
            state.latest.facets = state.latest.next();
            effects.push(Effect::Find(Find::Facets(state.latest.facets, facets)));
        }
        // Each is counted without the terms about itself, and so by all of the query.
        let choices = Listing {
            scope: open.contents.listing.scope,
            query: Query::of(open.contents.listing.query.terms.clone()),
        };
        if groups.choices_asked.as_ref() != Some(&choices) {
            groups.choices_asked = Some(choices.clone());
            state.latest.choices = state.latest.next();
            effects.push(Effect::Find(Find::Choices(state.latest.choices, choices)));
        }
    }
    if is_other {
        fit(state);
    }
    effects
}

/// Whether what is listed depends on marks.
fn asks_for_marks(listing: &Listing) -> bool {
    let mut terms = listing.query.terms.iter();
    terms.any(|term| term.condition.is_of_marks())
}

/// The counts of what is stated are there.
pub fn counted(state: &mut State, ticket: Ticket, facets: Facets) {
    if ticket != state.latest.facets {
        return;
    }
    if let Some(open) = &mut state.open {
        open.groups.take_facets(facets, &open.listing.query);
    }
    fit(state);
}

/// The counts by issue, source and tag are there.
pub fn chosen(state: &mut State, ticket: Ticket, choices: Choices) {
    if ticket != state.latest.choices {
        return;
    }
    if let Some(open) = &mut state.open {
        open.groups.take_choices(choices, &open.listing.query);
    }
    fit(state);
}
