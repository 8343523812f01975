//! Going back to where one has been, and forward again: which actions are leaps, and what is listed at a stop.

use super::fit;
use super::lists::ask_list;
use crate::keys::{Action, Context};
use crate::query::Query;
use crate::store::{Anchor, Listing, Scope};
use crate::tui::effect::{Arrival, Effect, Find, Goal, Ticket};
use crate::tui::history::Turn;
use crate::tui::session::Last;
use crate::tui::state::{Focus, Notice, Pane, State};
use crate::tui::trail::Stop;

/// Takes note, before an action, of where it may leap from.
pub fn note(state: &mut State, context: Context, action: Action) {
    if matches!(action, Action::GoBack | Action::GoForward) {
        return;
    }
    state.trail.rest();
    if leaps(state, context, action) {
        let here = Stop::of(state);
        state.trail.leave(here);
    } else if state.focus == Focus::On(Pane::Body) && state.latest.list == state.latest.listed {
        // Reading on from where one is: what was left before has led nowhere.
        state.trail.leave(None);
    }
}

/// Whether an action may lead to what is no neighbour.
fn leaps(state: &State, context: Context, action: Action) -> bool {
    let is_contents = state.focus == Focus::On(Pane::Contents);
    match context {
        Context::Reader => match action {
            Action::NextSection
            | Action::PreviousSection
            | Action::NextIssue
            | Action::PreviousIssue
            | Action::NextDiagnostic
            | Action::PreviousDiagnostic
            | Action::NextUnread
            | Action::NextBookmarked
            | Action::NextHit
            | Action::PreviousHit
            | Action::Filter
            | Action::Values
            | Action::ClearFilter
            | Action::Scope
            | Action::SortByDate
            | Action::SortByAmount
            | Action::SortByArea
            | Action::SortByProjects
            | Action::SortByPlace => true,
            Action::First | Action::Last => is_contents,
            // What was read is left, and another is looked for.
            Action::Back | Action::PaneLeft | Action::NextPane | Action::PreviousPane => {
                !is_contents
            }
            _ => false,
        },
        Context::Filter | Context::Field => matches!(
            action,
            Action::Open | Action::Filter | Action::ClearFilter | Action::Scope
        ),
        Context::List | Context::Jump | Context::Saved | Context::Diagnostics => {
            action == Action::Open
        }
        Context::Tags
        | Context::Note
        | Context::Fix
        | Context::FixValue
        | Context::Find
        | Context::Help => false,
    }
}

/// Goes back to the last stop, or forward to the next one: asks where it is by now.
pub fn go(state: &mut State, turn: Turn) -> Vec<Effect> {
    let here = Stop::of(state);
    let stops = state.trail.step(turn, here.as_ref());
    if stops.is_empty() {
        state.trail.rest();
        state.notice = Some(Notice::Word(match turn {
            Turn::Back => "notice.no-stop-behind",
            Turn::Forth => "notice.no-stop-ahead",
        }));
        return vec![];
    }
    // It stands in for the list that is asked for with its answer.
    state.latest.list = state.latest.next();
    vec![Effect::Find(Find::Stops(state.latest.list, turn, stops))]
}

/// The stop that is still there, past so many that are gone.
pub fn found(
    state: &mut State,
    ticket: Ticket,
    turn: Turn,
    found: Option<(usize, Last)>,
) -> Vec<Effect> {
    if ticket != state.latest.list {
        return vec![];
    }
    let here = Stop::of(state);
    let led = found.and_then(|(gone, last)| {
        let stop = state.trail.take(turn, gone, here)?;
        Some((stop, gone, last))
    });
    let Some((stop, gone, last)) = led else {
        state.latest.listed = ticket;
        state.trail.forget(turn);
        state.notice = Some(Notice::Word("notice.stops-gone"));
        return vec![];
    };
    if gone > 0 {
        state.notice = Some(Notice::Count("notice.stop-gone", gone));
    }
    let scope = match last.issue {
        Some(issue) if !last.session.library => Scope::Issue(issue),
        _ => Scope::Library,
    };
    let query: Query = last.session.query();
    let (anchor, goal) = match last.item {
        Some(item) => (Anchor::Around(item), Goal::Stop(item)),
        None => (Anchor::Top, Goal::First),
    };
    state.focus = Focus::On(last.session.focus().pane());
    fit(state);
    let spot = stop.spot.zip(last.item);
    state.arriving = spot.map(|(spot, item)| (item, Arrival::At(spot)));
    vec![ask_list(state, Listing { scope, query }, anchor, goal)]
}
