//! Saved filters: opening one, saving the filter in force, replacing and removing one, and what came of that.
//! Must not show as saved what is not on the disk yet.

use super::lists::{self, Reason};
use super::{finding, fit, overlays, reader};
use crate::app::Failure;
use crate::keys::Action;
use crate::query::Query;
use crate::store::{Counted, SavedChange, SavedQuery, Scope, StoreError};
use crate::tui::effect::{Ask, Cause, Effect, Find, SavedDeed, Ticket};
use crate::tui::overlays::Saved;
use crate::tui::overlays::saved::Row;
use crate::tui::state::{Notice, Overlay, Pane, State};

/// Opens the saved filters.
pub fn open(state: &mut State) -> Vec<Effect> {
    let filter = state.open.as_ref().map(|open| open.listing.query.clone());
    let saved = Saved::new(filter.unwrap_or_default());
    state.overlays.push(Overlay::Saved(Box::new(saved)));
    ask_saved(state)
}

/// Asks for what is saved, where that is shown.
pub fn ask_saved(state: &mut State) -> Vec<Effect> {
    if state.saved_mut().is_none() {
        return vec![];
    }
    state.latest.saved = state.latest.next();
    // What is being counted may be another's place by then.
    state.latest.counted = state.latest.saved;
    vec![Effect::Find(Find::Saved(state.latest.saved))]
}

/// What is saved.
pub fn listed(state: &mut State, ticket: Ticket, saved: Vec<SavedQuery>) -> Vec<Effect> {
    if ticket != state.latest.saved {
        return vec![];
    }
    if let Some(overlay) = state.saved_mut() {
        overlay.know(saved);
    }
    fit(state);
    count_on(state)
}

/// What one of them finds.
pub fn counted(state: &mut State, ticket: Ticket, counted: Counted) -> Vec<Effect> {
    if ticket != state.latest.counted {
        return vec![];
    }
    if let Some(overlay) = state.saved_mut() {
        overlay.count(counted);
    }
    count_on(state)
}

/// Asks what the next one finds, one at a time: a list that is asked for meanwhile waits for one at the most, or stops it.
pub fn count_on(state: &mut State) -> Vec<Effect> {
    let Some(query) = state.saved_mut().and_then(Saved::uncounted) else {
        return vec![];
    };
    state.latest.counted = state.latest.next();
    vec![Effect::Find(Find::Count(state.latest.counted, query))]
}

/// Carries an action of the saved filters into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Open => choose(state),
        Action::RemoveSaved => remove(state),
        _ => overlays::act(state, action),
    }
}

/// Does what the selected row stands for.
fn choose(state: &mut State) -> Vec<Effect> {
    let Some(overlay) = state.saved_mut() else {
        return vec![];
    };
    let filter = overlay.filter().clone();
    match overlay.selected().cloned() {
        Some(Row::Save(name)) => {
            let change = SavedChange::save(name, &filter).from(None);
            close(state);
            want(state, change)
        }
        Some(Row::Open(n)) => match overlay.saved(n).map(|saved| saved.query.clone()) {
            Some(Ok(query)) => filter_by(state, query),
            Some(Err(error)) => {
                state.notice = Some(Notice::Failure(error.into()));
                vec![]
            }
            None => vec![],
        },
        Some(Row::Replace(n)) => {
            if !overlay.arm() {
                return vec![];
            }
            let Some(saved) = overlay.saved(n).cloned() else {
                return vec![];
            };
            let change = SavedChange::save(saved.name, &filter).from(Some(&saved.text));
            close(state);
            want(state, change)
        }
        None => vec![],
    }
}

fn close(state: &mut State) {
    overlays::act(state, Action::Back);
}

/// Lists the whole library by a query.
fn filter_by(state: &mut State, query: Query) -> Vec<Effect> {
    state.overlays.clear();
    state.filter.problem = None;
    if !query.needles().is_empty() {
        finding::give_way(state);
    }
    let scope = Some(Scope::Library);
    let mut effects = reader::focus(state, Pane::Contents);
    effects.extend(lists::filter_by(state, scope, query, Reason::Switched));
    effects
}

/// Removes the selected one; it can be taken back as every change can.
fn remove(state: &mut State) -> Vec<Effect> {
    let Some(overlay) = state.saved_mut() else {
        return vec![];
    };
    let saved = match overlay.selected() {
        Some(Row::Open(n)) => overlay.saved(*n).cloned(),
        Some(Row::Save(_) | Row::Replace(_)) | None => None,
    };
    let Some(saved) = saved else {
        state.notice = Some(Notice::Word("notice.no-saved"));
        return vec![];
    };
    want(
        state,
        SavedChange::remove(saved.name).from(Some(&saved.text)),
    )
}

/// Has a change kept, as a step.
fn want(state: &mut State, change: SavedChange) -> Vec<Effect> {
    let cause = Cause::Wanted(state.history.add_unknown());
    ask(state, SavedDeed { cause, change })
}

/// The same of a step that is taken back or made again.
pub fn ask(state: &mut State, deed: SavedDeed) -> Vec<Effect> {
    state.unkept += 1;
    vec![Effect::Ask(Ask::Saved(deed))]
}

/// A change is on the disk; what leads back from it, where it changed anything.
pub fn kept(state: &mut State, deed: SavedDeed, back: Option<SavedChange>) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    state.notice = Notice::saved(&deed, back.as_ref(), state.origin);
    if let Cause::Wanted(step) = deed.cause {
        state.history.know_saved(step, deed.change, back);
    }
    ask_saved(state)
}

/// A change could not be kept.
pub fn not_kept(state: &mut State, deed: &SavedDeed, failure: Failure) -> Vec<Effect> {
    state.unkept = state.unkept.saturating_sub(1);
    let is_overtaken = failure.code == StoreError::SavedChanged.code();
    state.history.not_made(deed.cause, is_overtaken);
    state.notice = Some(Notice::NotSaved(failure));
    ask_saved(state)
}
