//! The find: typed into a field at the lower edge, shown in the body with every key, and gone through item by item.

use super::going::{arrival_of, go_hit, select};
use super::lists::ask_list;
use super::{fit, reader};
use crate::issue::ItemId;
use crate::keys::Action;
use crate::store::{Anchor, Way};
use crate::text::Needle;
use crate::tui::effect::{Effect, Find, Goal, Ticket};
use crate::tui::finding::Typing;
use crate::tui::state::{Focus, Notice, Open, Pane, State};

/// Opens the field, beside the body. What is seen while it is typed into does not count as read.
pub fn open(state: &mut State) -> Vec<Effect> {
    let height = reader::rows_height(state);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    let Some(item) = open.contents.selected_item() else {
        state.notice = Some(Notice::Word("notice.nothing-listed"));
        return vec![];
    };
    let rows = open.contents.cursor;
    if open.contents.on_heading() {
        open.contents.select(item, height);
    }
    let shown = open.shown_mut();
    let spot = shown.map(|body| (body.view.head.id, body.spot()));
    let before = state.finding.needle.clone();
    let typing = Typing::new(before, state.focus, rows, spot);
    state.finding.typing = Some(Box::new(typing));
    state.focus = Focus::On(Pane::Body);
    fit(state);
    vec![]
}

/// Carries an action of the field into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Open => accept(state),
        Action::Back => leave(state),
        Action::MoveUp | Action::MoveDown => {
            if state.finding.recall(action == Action::MoveUp) {
                look(state);
            }
            vec![]
        }
        _ => vec![],
    }
}

/// What is typed is shown at once.
pub fn typed(state: &mut State) -> Vec<Effect> {
    state.finding.typed();
    look(state);
    vec![]
}

/// Looks for what stands in the field.
fn look(state: &mut State) {
    state.finding.dry = None;
    if let Some(typing) = &state.finding.typing {
        state.finding.needle = Needle::new(typing.input.value());
    }
    mark(state);
    show(state);
}

/// Marks what is looked for now in the item that is shown.
fn mark(state: &mut State) {
    let sought = state.sought();
    if let Some(body) = state.open.as_mut().and_then(|open| open.body.as_mut()) {
        body.mark(&sought);
    }
}

/// While something is typed, shows the first hit from where the screen stood on; without a hit, what stood there.
pub fn show(state: &mut State) {
    let Some(typing) = &state.finding.typing else {
        return;
    };
    let is_sought = state.finding.needle.is_some();
    let Some(body) = state.open.as_mut().and_then(Open::shown_mut) else {
        return;
    };
    let own = typing.spot.filter(|(item, _)| *item == body.view.head.id);
    let spot = own.map_or_else(|| body.spot(), |(_, spot)| spot);
    if is_sought {
        body.go_hit_from(spot);
    } else {
        body.return_to(spot);
    }
}

/// Keeps the find, and goes on reading; where nothing is typed, the last find is looked for again.
fn accept(state: &mut State) -> Vec<Effect> {
    let Some(typing) = &state.finding.typing else {
        return vec![];
    };
    let typed = typing.input.value().to_owned();
    let Some(needle) = Needle::new(&typed) else {
        return repeat(state);
    };
    state.finding.remember(&typed);
    state.finding.needle = Some(needle);
    state.finding.typing = None;
    fit(state);
    let shown = state.open.as_mut().and_then(Open::shown_mut);
    if shown.is_some_and(|body| body.hits().0 == 0) {
        state.notice = Some(Notice::Word("notice.not-in-item"));
    }
    vec![]
}

/// Looks for the last find again, from where the screen stands on.
fn repeat(state: &mut State) -> Vec<Effect> {
    let last = state.finding.last().and_then(Needle::new);
    let Some(needle) = last else {
        let effects = leave(state);
        state.notice = Some(Notice::Word("notice.no-find"));
        return effects;
    };
    state.finding.typing = None;
    let is_other = state.finding.needle.replace(needle) != state.finding.needle;
    if is_other {
        mark(state);
    }
    fit(state);
    go_hit(state, Way::Forward)
}

/// Leaves the field as if it had not been opened.
fn leave(state: &mut State) -> Vec<Effect> {
    let Some(typing) = state.finding.typing.take() else {
        return vec![];
    };
    state.finding.needle = typing.before;
    state.focus = typing.focus;
    let height = reader::rows_height(state);
    mark(state);
    if let Some(open) = &mut state.open {
        if let Some((item, spot)) = typing.spot
            && let Some(body) = open.shown_mut()
            && body.view.head.id == item
        {
            body.return_to(spot);
            // The heading that stood for the item, else the item.
            open.contents.cursor = typing.rows;
        }
        let len = open.contents.rows.len();
        open.contents.cursor.keep_visible(len, height);
    }
    fit(state);
    vec![]
}

/// What to say where no item this way has what is looked for.
fn nothing(state: &mut State, way: Way) -> &'static str {
    let body = state.open.as_ref().and_then(|open| open.body.as_ref());
    let here = body.map(|body| (body.view.head.id, body.hits().0));
    let before = std::mem::replace(&mut state.finding.dry, here.map(|(item, _)| (item, way)));
    let is_dry = matches!((here, before), (Some((item, 0)), Some((from, other))) if item == from && other != way);
    match way {
        _ if is_dry => "notice.find-nowhere",
        Way::Forward => "notice.find-last",
        Way::Backward => "notice.find-first",
    }
}

/// Other words are asked for by the filter: they are what is looked for now.
pub fn give_way(state: &mut State) {
    if state.finding.needle.take().is_some() {
        mark(state);
    }
}

/// Takes the find away; the words of the filter are marked again. Where an item is still being looked for, only that is stopped.
pub fn take_away(state: &mut State) -> Vec<Effect> {
    if state.finding.asked.take().is_some() {
        state.latest.seek = state.latest.next();
        return vec![Effect::Find(Find::Halt(state.latest.seek))];
    }
    state.finding.needle = None;
    mark(state);
    vec![]
}

/// Asks for the nearest item this way that has `needle` in its text.
pub fn ask(state: &mut State, needle: Needle, way: Way) -> Option<Effect> {
    let open = state.open.as_ref()?;
    let here = open.selected()?.id;
    let listing = open.listing.clone();
    state.latest.seek = state.latest.next();
    state.finding.asked = Some(here);
    state.notice = Some(Notice::Word(match way {
        Way::Forward => "notice.looking",
        Way::Backward => "notice.looking-back",
    }));
    let ticket = state.latest.seek;
    Some(Effect::Find(Find::Text(ticket, listing, here, needle, way)))
}

/// Another list has come, which has stopped whatever was being looked for.
pub fn listed(state: &mut State) {
    if state.finding.asked.take().is_some() {
        forget_looking(state);
    }
}

/// Says no more that something is being looked for.
fn forget_looking(state: &mut State) {
    let looking = [
        Notice::Word("notice.looking"),
        Notice::Word("notice.looking-back"),
    ];
    state.notice.take_if(|notice| looking.contains(notice));
}

/// The nearest item that has what is looked for. One that is asked for from an item that was left since is passed over.
pub fn found(state: &mut State, ticket: Ticket, way: Way, item: Option<ItemId>) -> Vec<Effect> {
    if ticket != state.latest.seek {
        return vec![];
    }
    forget_looking(state);
    let asked = state.finding.asked.take();
    let Some(open) = &state.open else {
        return vec![];
    };
    if open.selected().map(|here| here.id) != asked {
        return vec![];
    }
    let Some(item) = item else {
        state.notice = Some(Notice::Word(nothing(state, way)));
        return vec![];
    };
    state.finding.dry = None;
    let arrival = arrival_of(way);
    let mut items = open.contents.items.iter();
    if let Some(at) = items.position(|head| head.id == item) {
        return select(state, at, arrival);
    }
    let listing = open.listing.clone();
    state.arriving = Some((item, arrival));
    let (anchor, goal) = (Anchor::Around(item), Goal::Near(item));
    vec![ask_list(state, listing, anchor, goal)]
}
