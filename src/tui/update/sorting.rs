//! The order of what is listed: by what items state, or as printed. A sorted list begins at its first item, for whoever sorts wants to
//! see that; back in the printed order one is where one was before, unless one has gone elsewhere since. Must not sort.

use super::lists::ask_list;
use super::reader;
use crate::issue::ItemId;
use crate::query::{Key, Order};
use crate::store::{Anchor, Scope, issue_of};
use crate::tui::effect::{Effect, Goal};
use crate::tui::state::{Notice, Pane, State};

/// Lists by what items state, from the first item on, and gives the contents the focus; where that is so already, the other way round.
pub fn by(state: &mut State, key: Key) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let direction = match open.listing.query.order {
        Order::By(same, direction) if same == key => direction.reversed(),
        _ => key.usual(),
    };
    state.unsorted = before(state);
    reader::leave_alone(state);
    let mut effects = reader::focus(state, Pane::Contents);
    effects.extend(list_in(state, Order::By(key, direction), None));
    effects
}

/// Lists as printed.
pub fn as_printed(state: &mut State) -> Vec<Effect> {
    if !is_sorted(state) {
        state.notice = Some(Notice::Word("notice.printed-already"));
        return vec![];
    }
    let here = before(state);
    list_in(state, Order::Printed, here)
}

/// Where one was before the list was sorted; where one has gone on since, the selected item.
fn before(state: &State) -> Option<ItemId> {
    let open = state.open.as_ref()?;
    let here = open.selected()?.id;
    let contents = &open.contents;
    let is_first = contents.is_sorted() && contents.begins && contents.selected_item() == Some(0);
    let former = state.unsorted.filter(|_| is_first);
    let is_listed = |item: &ItemId| match open.listing.scope {
        Scope::Issue(issue) => issue_of(*item) == issue,
        Scope::Library => true,
    };
    former.filter(is_listed).or(Some(here))
}

/// Whether what is listed stands in another order than the printed one.
pub fn is_sorted(state: &State) -> bool {
    let open = state.open.as_ref();
    open.is_some_and(|open| open.listing.query.order != Order::Printed)
}

/// Lists in an order, at an item or from the first one on.
fn list_in(state: &mut State, order: Order, at: Option<ItemId>) -> Vec<Effect> {
    let Some(open) = &mut state.open else {
        return vec![];
    };
    open.listing.query.order = order;
    let listing = open.listing.clone();
    let (anchor, goal) = match at {
        Some(item) => (Anchor::Around(item), Goal::Near(item)),
        None => (Anchor::Top, Goal::First),
    };
    vec![ask_list(state, listing, anchor, goal)]
}
