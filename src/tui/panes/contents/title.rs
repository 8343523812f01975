//! What the contents pane is called: what it lists, in which order, by which filter.
//! Must not draw.

use crate::query::{Direction, Key, Order, Query};
use crate::store::Scope;
use crate::tui::paint::columns;
use crate::tui::state::{Open, State};

/// What stands between two parts.
const BETWEEN: &str = " · ";

/// 目录 or 全库, the order, and the filter, in `room` columns: where they do not fit, the order is told in few words, then the first goes,
/// which the status bar says too. The filter stands nowhere else; its end is what is cut off.
pub(super) fn title(open: &Open, room: u16, state: &State) -> String {
    let scope = state.language.say(match open.listing.scope {
        Scope::Issue(_) => "pane.contents",
        Scope::Library => state.library_word(),
    });
    let (order, short) = match open.listing.query.order {
        Order::Printed => (None, None),
        Order::By(key, direction) => (
            Some(state.language.say(order_word(key, direction)).into_owned()),
            Some(short(key, direction, state)),
        ),
    };
    let query = &open.listing.query;
    let query = (!query.is_empty()).then(|| Query::of(query.terms.clone()).to_string());
    let whole = [Some(scope.into_owned()), order, query.clone()];
    let [scope, ..] = &whole;
    let forms = [
        whole.clone(),
        [scope.clone(), short.clone(), query.clone()],
        [None, short, query],
    ];
    let mut forms = forms.into_iter().map(|parts| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(BETWEEN)
    });
    let mut last = String::new();
    forms
        .find(|form| {
            last.clone_from(form);
            !form.is_empty() && columns(form, state.policy) <= room
        })
        .unwrap_or(last)
}

/// An order in few words: 投资 ↓.
fn short(key: Key, direction: Direction, state: &State) -> String {
    let word = match key {
        Key::Date => "order.date",
        Key::Amount => "order.amount",
        Key::Area => "order.area",
        Key::Projects => "order.projects",
        Key::Place => "order.place",
    };
    let arrow = match direction {
        Direction::Descending => "↓",
        Direction::Ascending => "↑",
    };
    format!("{} {arrow}", state.language.say(word))
}

/// What an order is called.
const fn order_word(key: Key, direction: Direction) -> &'static str {
    match (key, direction) {
        (Key::Date, Direction::Descending) => "order.date-descending",
        (Key::Date, Direction::Ascending) => "order.date-ascending",
        (Key::Amount, Direction::Descending) => "order.amount-descending",
        (Key::Amount, Direction::Ascending) => "order.amount-ascending",
        (Key::Area, Direction::Descending) => "order.area-descending",
        (Key::Area, Direction::Ascending) => "order.area-ascending",
        (Key::Projects, Direction::Descending) => "order.projects-descending",
        (Key::Projects, Direction::Ascending) => "order.projects-ascending",
        (Key::Place, Direction::Descending) => "order.place-descending",
        (Key::Place, Direction::Ascending) => "order.place-ascending",
    }
}
