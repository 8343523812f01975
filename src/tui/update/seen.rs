//! What has really been seen of the item that is read: once its end was on the screen and it was there for a moment, it counts as
//! read.
//! Must not look at a clock: the time comes with frames and keys.

use super::marking;
use crate::app::reading::Origin;
use crate::issue::{ItemHead, ItemKey};
use crate::tui::effect::{Ask, Effect};
use crate::tui::layout::Shape;
use crate::tui::overlays::Welcome;
use crate::tui::session::Session;
use crate::tui::state::{Focus, Pane, Seen, State};
use std::time::Instant;

/// A frame is on the screen since `at`.
pub fn drawn(state: &mut State, at: Instant) -> Vec<Effect> {
    let Some((item, at_end)) = shown(state) else {
        state.seen = None;
        return vec![];
    };
    let is_covered = !state.overlays.is_empty() || state.welcome == Welcome::Shown;
    let is_tried = state.finding.typing.is_some();
    if is_covered || is_tried || state.regions().shape == Shape::Tiny {
        // It may not be there, or be left as if it had not been opened. What was seen of it by now begins anew.
        forget(state);
        return vec![];
    }
    let former = state.seen.take().filter(|seen| seen.item == item);
    let mut seen = former.unwrap_or(Seen {
        item,
        since: at,
        to_its_end: false,
        is_settled: false,
    });
    seen.to_its_end |= at_end;
    state.seen = Some(seen);
    if state.read_after.is_zero() {
        settle(state, at)
    } else {
        vec![]
    }
}

/// The item that the body with the focus shows, and whether it shows its end.
fn shown(state: &State) -> Option<(ItemKey, bool)> {
    if state.focus != Focus::On(Pane::Body) {
        return None;
    }
    let open = state.open.as_ref()?;
    let body = open.body.as_ref()?;
    // The body may still show the item before while the selected one is on its way.
    let item = open.selected()?;
    (item.key == body.view.head.key).then(|| (item.key.clone(), body.at_end()))
}

/// The item that is shown is out of sight, for a while: what was seen of it begins anew, but for what is decided.
pub fn forget(state: &mut State) {
    state.seen.take_if(|seen| !seen.is_settled);
}

/// Marks as read what was seen long enough by the time `at`.
pub fn settle(state: &mut State, at: Instant) -> Vec<Effect> {
    let read_after = state.read_after;
    settle_if(state, |seen| {
        at.saturating_duration_since(seen.since) >= read_after
    })
}

/// When what is on the screen is to be marked as read by [`settle`]; none where nothing waits for that.
#[must_use]
pub fn due(state: &State) -> Option<Instant> {
    let seen = state.seen.as_ref()?;
    let is_waiting = seen.to_its_end && !seen.is_settled && !seen_item(state)?.marks.read;
    is_waiting.then(|| seen.since + state.read_after)
}

/// Marks as read what was seen to its end, however quickly: the reader goes on from there.
pub fn settle_at_end(state: &mut State) -> Vec<Effect> {
    settle_if(state, |_| true)
}

fn settle_if(state: &mut State, is_long_enough: impl Fn(&Seen) -> bool) -> Vec<Effect> {
    let seen = state.seen.as_ref();
    let is_read =
        seen.is_some_and(|seen| seen.to_its_end && !seen.is_settled && is_long_enough(seen));
    if !is_read {
        return vec![];
    }
    let Some(item) = seen_item(state).cloned() else {
        return vec![];
    };
    hold(state);
    if item.marks.read {
        return vec![];
    }
    let mut effects = marking::opened(state, &item);
    if state.origin == Origin::Library {
        // Where the reader is survives a cut of the power as what was read does.
        effects.extend(Session::of(state).map(|session| Effect::Ask(Ask::Session(session.text()))));
    }
    effects
}

/// What was seen, while it is the selected item.
fn seen_item(state: &State) -> Option<&ItemHead> {
    let seen = state.seen.as_ref()?;
    let selected = state.open.as_ref()?.selected()?;
    (selected.key == seen.item).then_some(selected)
}

/// The item that is shown stays read or unread as it is now, while it is shown.
pub fn hold(state: &mut State) {
    if let Some(seen) = &mut state.seen {
        seen.is_settled = true;
    }
}
