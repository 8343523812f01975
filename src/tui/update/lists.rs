//! What is listed: asking for a listing or for more of it, and what of an item is kept when another takes its place.

use super::ask_item;
use crate::issue::{IssueId, ItemId};
use crate::query::{Order, Query};
use crate::store::{Anchor, Listing, Scope, issue_of};
use crate::tui::effect::{Arrival, Ask, Effect, Find, Goal, Target, Use};
use crate::tui::panes::Body;
use crate::tui::state::State;

/// Asks for a listing, and says what to select in it. From here on it is what counts as listed: a key that comes before the
/// answer goes on from it.
pub fn ask_list(state: &mut State, listing: Listing, anchor: Anchor, goal: Goal) -> Effect {
    state.latest.list = state.latest.next();
    if let Some(open) = &mut state.open {
        open.listing = listing.clone();
    }
    Effect::Find(Find::List(state.latest.list, listing, anchor, goal))
}

/// Lists once more what is listed, at the item where the reader is.
pub fn list_again(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let listing = open.listing.clone();
    let anchor = open
        .selected()
        .map_or(Anchor::Top, |item| Anchor::Around(item.id));
    vec![ask_list(state, listing, anchor, Goal::Stay)]
}

/// Opens an issue under the filter as it is.
pub fn open_issue(state: &mut State, issue: IssueId) -> Vec<Effect> {
    state.filter.from = None;
    let query = state.open.as_ref().map(|open| open.listing.query.clone());
    let listing = Listing {
        scope: Scope::Issue(issue),
        query: query.unwrap_or_default(),
    };
    vec![ask_list(state, listing, Anchor::Top, Goal::FirstUnread)]
}

/// Goes to an item of any issue and opens it: in the library where that is listed, else in its issue.
pub fn go_to(state: &mut State, item: ItemId) -> Vec<Effect> {
    let listing = state.open.as_ref().map(|open| open.listing.clone());
    let (library, query) = listing.map_or((false, Query::default()), |listing| {
        (listing.scope == Scope::Library, listing.query)
    });
    let scope = if library {
        Scope::Library
    } else {
        Scope::Issue(issue_of(item))
    };
    let listing = Listing { scope, query };
    vec![ask_list(
        state,
        listing,
        Anchor::Around(item),
        Goal::Item(item),
    )]
}

/// Why a filter is another now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is being typed.
    Typed,
    /// Something was switched on or off.
    Switched,
    /// It was taken away.
    Cleared,
}

/// Lists by another query, in `scope` or where it is listed now. The item where the reader is, or was when the typing began,
/// stays selected if it is still listed, else the first one is; the whole library begins with the newest.
pub fn filter_by(
    state: &mut State,
    scope: Option<Scope>,
    query: Query,
    reason: Reason,
) -> Vec<Effect> {
    let here = match reason {
        Reason::Typed => state.filter.from,
        Reason::Switched | Reason::Cleared => here(state),
    };
    let Some(open) = &state.open else {
        return vec![];
    };
    let listing = Listing {
        scope: scope.unwrap_or(open.listing.scope),
        query,
    };
    let here = here.filter(|item| match listing.scope {
        Scope::Issue(issue) => issue_of(*item) == issue,
        Scope::Library => true,
    });
    let narrow = !listing.query.is_empty();
    let is_sorted = listing.query.order != Order::Printed;
    let (anchor, goal) = match (here, listing.scope) {
        // Who sorts wants to see what is first.
        _ if is_sorted && listing.query.order != open.listing.query.order => {
            (Anchor::Top, Goal::First)
        }
        (Some(item), _) if !narrow => (Anchor::Around(item), Goal::Near(item)),
        (Some(item), Scope::Issue(_)) => (Anchor::Around(item), Goal::IfListed(item)),
        (None, Scope::Issue(_)) => (Anchor::Top, Goal::FirstUnread),
        (_, Scope::Library) => (Anchor::Top, Goal::First),
    };
    vec![ask_list(state, listing, anchor, goal)]
}

/// Lists the whole library in the place of one issue, or the issue of the selected item in the place of the library.
pub fn switch_scope(state: &mut State) -> Vec<Effect> {
    let here = here(state);
    let newest = state.issues.as_ref().and_then(|issues| issues.first());
    let newest = newest.map(|issue| issue.id);
    let Some(open) = &state.open else {
        return vec![];
    };
    let scope = match open.listing.scope {
        Scope::Issue(_) => Scope::Library,
        Scope::Library => {
            let own = here.map(issue_of);
            let former = open.issue.as_ref().map(|issue| issue.id);
            match own.or(former).or(newest) {
                Some(issue) => Scope::Issue(issue),
                None => return vec![],
            }
        }
    };
    let listing = Listing {
        scope,
        query: open.listing.query.clone(),
    };
    let (anchor, goal) = match here {
        Some(item) => (Anchor::Around(item), Goal::Near(item)),
        None => (Anchor::Top, Goal::First),
    };
    vec![ask_list(state, listing, anchor, goal)]
}

/// The item at which the reader is: the selected one, else the one from which nothing was found.
fn here(state: &State) -> Option<ItemId> {
    let selected = state.open.as_ref()?.selected();
    selected.map(|item| item.id).or(state.filter.from)
}

/// Asks for more of the listing, where the selected row comes near an end of what is there.
pub fn ask_more(state: &mut State) -> Vec<Effect> {
    let height = usize::from(state.regions().contents_rows().height);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    let Some(anchor) = open.contents.wanted(height) else {
        return vec![];
    };
    if state.latest.list != state.latest.listed {
        // What is shown is about to go.
        return vec![];
    }
    open.contents.asked = true;
    // Under the ticket of the list: more of a list that a newer one has overtaken is dropped.
    let find = Find::List(state.latest.list, open.listing.clone(), anchor, Goal::More);
    vec![Effect::Find(find)]
}

/// Asks for counts of what is listed, unless they are known: a switch only picks others of them.
pub fn ask_tally(state: &mut State) -> Vec<Effect> {
    if let Some(open) = &mut state.open
        && let Some(tally) = &open.tally
        && open.contents.begins
        && open.counted == Some(open.listing.counted())
    {
        open.contents.total = Some(tally.total(&open.listing.query));
        // Counts that are still on their way are of another listing.
        state.latest.tally = state.latest.next();
        return vec![];
    }
    count(state)
}

/// Asks for counts of what is listed.
pub fn count(state: &mut State) -> Vec<Effect> {
    state.latest.tally = state.latest.next();
    let Some(open) = &state.open else {
        return vec![];
    };
    let first = open.contents.items.first().map(|item| item.id);
    let before = first.filter(|_| !open.contents.begins);
    let find = Find::Tally(state.latest.tally, open.listing.clone(), before);
    vec![Effect::Find(find)]
}

/// Asks for the text of the selected item, unless it is shown already.
pub fn ask_selected(state: &mut State, arrival: Arrival) -> Vec<Effect> {
    let open = state.open.as_ref();
    let selected = open.and_then(|open| open.selected()).map(|item| item.id);
    let shown = open.and_then(|open| open.body.as_ref());
    // What was read again since is not what is there any more.
    let shown = shown.filter(|body| !body.outdated);
    let shown = shown.map(|body| body.view.head.id);
    match selected {
        Some(id) if shown != Some(id) || arrival != Arrival::Place => {
            vec![ask_item(state, Use::Body(arrival), id)]
        }
        _ => {
            // An answer that is still on its way is for an item that is not selected any more.
            state.latest.body = state.latest.next();
            vec![]
        }
    }
}

/// Keeps how far an item is read, where that has changed since it was opened.
pub fn keep_place(body: &Body) -> Option<Effect> {
    let place = body.place();
    let target = Target::of(&body.view.head);
    (place != body.view.place).then_some(Effect::Ask(Ask::Place(target, place)))
}
