//! The order of what is listed: by what items state, or as printed. The selected item stays selected.
//! Must not sort.

use super::lists::ask_list;
use crate::store::{Anchor, Key, Order};
use crate::tui::effect::{Effect, Goal};
use crate::tui::state::{Notice, State};

/// Lists by what items state; where that is so already, the other way round.
pub fn by(state: &mut State, key: Key) -> Vec<Effect> {
    let now = state.open.as_ref().map(|open| open.listing.order);
    let direction = match now {
        Some(Order::By(same, direction)) if same == key => direction.reversed(),
        _ => key.usual(),
    };
    list_in(state, Order::By(key, direction))
}

/// Lists as printed.
pub fn as_printed(state: &mut State) -> Vec<Effect> {
    if !is_sorted(state) {
        state.notice = Some(Notice::Word("notice.printed-already"));
        return vec![];
    }
    list_in(state, Order::Printed)
}

/// Whether what is listed stands in another order than the printed one.
pub fn is_sorted(state: &State) -> bool {
    let open = state.open.as_ref();
    open.is_some_and(|open| open.listing.order != Order::Printed)
}

fn list_in(state: &mut State, order: Order) -> Vec<Effect> {
    let Some(open) = &mut state.open else {
        return vec![];
    };
    open.listing.order = order;
    let listing = open.listing.clone();
    let (anchor, goal) = match open.selected().map(|item| item.id) {
        Some(item) => (Anchor::Around(item), Goal::Near(item)),
        None => (Anchor::Top, Goal::First),
    };
    vec![ask_list(state, listing, anchor, goal)]
}
