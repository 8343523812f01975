//! Lists and counts that have come: what is shown of them, and what is selected. One that a later request has overtaken is
//! dropped.

use super::lists::{ask_list, ask_more, ask_selected, ask_tally, count, list_again};
use super::{ask_issues, elsewhere, finding, fit, open_with};
use crate::issue::{ItemHead, ItemId};
use crate::query::{Order, Query, Tally};
use crate::store::{Anchor, Listing, Scope};
use crate::tui::effect::{Arrival, Effect, Goal, Resume, Ticket};
use crate::tui::finding::Sought;
use crate::tui::message::Listed;
use crate::tui::panes::{Contents, Groups};
use crate::tui::state::{Focus, Notice, Open, Pane, State};

/// A run of a listing: it is listed now, with what was asked for selected; or it goes on with what is listed.
pub fn list(state: &mut State, ticket: Ticket, mut listed: Listed, goal: Goal) -> Vec<Effect> {
    if ticket != state.latest.list {
        return vec![];
    }
    if goal == Goal::More {
        return more(state, listed);
    }
    if ticket < state.latest.marked {
        // It may have been read before the mark was written that the screen shows: once more, when that is kept.
        return vec![ask_list(state, listed.listing, listed.anchor, goal)];
    }
    state.latest.listed = ticket;
    state.resuming = false;
    finding::listed(state);
    if listed.listing.scope != Scope::Library && listed.issue.is_none() {
        // Another program has removed the issue, or given it another place.
        let open = state.open.as_ref();
        if open.is_some_and(|open| open.contents.listing.scope == listed.listing.scope) {
            return elsewhere::ask_where(state);
        }
        // What is open stays, the list of issues is made again.
        state.notice = Some(Notice::Word("notice.gone"));
        stay(state);
        return vec![ask_issues(state)];
    }
    let stays = goal == Goal::Stay;
    let goal = if stays {
        elsewhere::stay(state, &mut listed)
    } else {
        goal
    };
    let items = &listed.run.items;
    if let Goal::Item(item) | Goal::Stop(item) = goal
        && !items.iter().any(|head| head.id == item)
    {
        return unlisted(state, &listed.listing, item, goal);
    }
    if let Goal::Item(_) = goal {
        state.focus = Focus::On(Pane::Body);
    } else if state.focus == Focus::On(Pane::Body)
        && (items.is_empty() || goal == Goal::FirstUnread)
    {
        state.focus = Focus::On(Pane::Contents);
    }
    let selected = index(&listed, goal);
    show_list(state, listed, selected, stays);
    let arrival = arrival(state);
    let mut effects = ask_selected(state, arrival);
    effects.extend(ask_more(state));
    effects.extend(ask_tally(state));
    if std::mem::take(&mut state.stale) {
        effects.extend(list_again(state));
    }
    effects
}

/// Where the body of the selected item opens.
fn arrival(state: &mut State) -> Arrival {
    let selected = state.open.as_ref().and_then(Open::selected);
    let selected = selected.map(|item| item.id);
    let arriving = state.arriving.take();
    let own = arriving.filter(|(item, _)| Some(*item) == selected);
    own.map_or(Arrival::Place, |(_, arrival)| arrival)
}

/// A list that was asked for does not come: what is shown is what is listed.
pub fn not_listed(state: &mut State, ticket: Ticket) -> Vec<Effect> {
    if ticket != state.latest.list {
        return vec![];
    }
    state.latest.listed = ticket;
    stay(state);
    if std::mem::take(&mut state.resuming) {
        return vec![open_with(state, Resume::Newest)];
    }
    vec![]
}

fn stay(state: &mut State) {
    if let Some(open) = &mut state.open {
        open.listing = open.contents.listing.clone();
        open.contents.asked = false;
    }
}

/// The index of what is to be selected.
fn index(listed: &Listed, goal: Goal) -> usize {
    let items = &listed.run.items;
    let last = items.len().saturating_sub(1);
    let first = |wanted: &dyn Fn(&ItemHead) -> bool| items.iter().position(wanted);
    match goal {
        Goal::FirstUnread => first(&|head| !head.marks.read).unwrap_or(0),
        Goal::First | Goal::Stay | Goal::More => 0,
        Goal::Last => last,
        Goal::IfListed(item) => first(&|head| head.id == item).unwrap_or(0),
        Goal::Item(item) | Goal::Near(item) | Goal::Stop(item) => {
            let follows = || match listed.listing.query.order {
                // The ids descend.
                Order::Printed => first(&|head| head.id <= item),
                // As many were read before its place as behind it.
                Order::By(..) => Some(items.len() / 2),
            };
            let itself = first(&|head| head.id == item);
            itself.or_else(follows).unwrap_or(last)
        }
    }
}

/// Puts a listing on the screen. The item that is shown stays until the selected one is there. Where the same is listed again
/// the reader `stays`, on a heading too.
fn show_list(state: &mut State, listed: Listed, selected: usize, stays: bool) {
    let height = usize::from(state.regions().contents_rows().height);
    let (former, tally, counted, groups, body) = match state.open.take() {
        Some(open) => {
            let Open {
                contents,
                tally,
                counted,
                groups,
                body,
                ..
            } = open;
            (Some(contents), tally, counted, groups, body)
        }
        None => (None, None, None, Groups::default(), None),
    };
    let row = former.as_ref().and_then(|former| {
        let row = former.cursor.selected.checked_sub(former.cursor.offset)?;
        let same = former.selected()?.id == listed.run.items.get(selected)?.id;
        (same || stays).then_some(row)
    });
    let marked = former.as_ref().map(|former| former.listing.query.needles());
    let on_heading = stays && former.as_ref().is_some_and(Contents::on_heading);
    let (listing, run) = (listed.listing.clone(), listed.run);
    let (language, policy) = (state.language, state.policy);
    let mut contents = Contents::new(listing, run, former, language, policy);
    let body = body.filter(|_| !contents.items.is_empty());
    if on_heading {
        contents.arrive_at_heading(selected, height);
    } else {
        contents.arrive(selected, height);
    }
    if let Some(row) = row {
        // The same item is selected as before: it stays where the eye is.
        contents.cursor.offset = contents.cursor.selected.saturating_sub(row);
        contents.cursor.keep_visible(contents.rows.len(), height);
    }
    // The match that was gone to stays the one where the same is looked for.
    let needles = listed.listing.query.needles();
    let is_marked = state.finding.needle.is_some() || marked.as_ref() == Some(&needles);
    let mut open = Open {
        listing: listed.listing,
        issue: listed.issue,
        contents,
        tally,
        counted,
        groups,
        body,
    };
    if let Some(body) = open.body.as_mut().filter(|_| !is_marked) {
        body.mark(&Sought::Words(needles));
    }
    state.open = Some(open);
    fit(state);
}

/// An item is not among what is listed: the filter gives way to it.
fn unlisted(state: &mut State, listing: &Listing, item: ItemId, goal: Goal) -> Vec<Effect> {
    if listing.query.is_empty() {
        state.notice = Some(Notice::Word("notice.gone"));
        return vec![];
    }
    state.notice = Some(Notice::Word("notice.filter-cleared"));
    let listing = Listing {
        scope: listing.scope,
        query: Query::default(),
    };
    vec![ask_list(state, listing, Anchor::Around(item), goal)]
}

/// What follows the list, or precedes it.
fn more(state: &mut State, listed: Listed) -> Vec<Effect> {
    let height = usize::from(state.regions().contents_rows().height);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    open.contents.extend(listed.anchor, listed.run, height);
    ask_more(state)
}

/// Counts of what is listed.
pub fn tally(
    state: &mut State,
    ticket: Ticket,
    listing: &Listing,
    tally: Tally,
    before: Option<(ItemId, usize)>,
) -> Vec<Effect> {
    if ticket != state.latest.tally {
        return vec![];
    }
    if ticket < state.latest.marked {
        // Counted before the mark was written that the screen shows: once more, when that is kept.
        return count(state);
    }
    if let Some(open) = &mut state.open {
        open.counted = Some(listing.counted());
        // What is read from now on stays listed, so the list does not get shorter with the counts.
        let whole = open.contents.is_whole();
        let shown = if whole { open.contents.items.len() } else { 0 };
        open.contents.total = Some(tally.total(&listing.query).max(shown));
        open.tally = Some(tally);
        if let Some((item, count)) = before {
            open.contents.counted_before(item, count);
        }
        fit(state);
    }
    vec![]
}
