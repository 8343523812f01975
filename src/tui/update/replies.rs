//! Answers to effects. An answer to a request that a later one has overtaken is dropped.

use super::lists::{ask_list, ask_more, ask_selected, ask_tally, count, go_to, keep_place};
use super::{ask_issues, fit, going, open_with, overlays, reader};
use crate::app::reading::Origin;
use crate::issue::{IssueHead, IssueId, ItemHead, ItemId};
use crate::query::{Query, Tally};
use crate::store::{Anchor, ItemView, Listing, Noted, Scope};
use crate::tui::effect::{Arrival, Ask, Effect, Goal, Resume, Seek, Ticket, Use};
use crate::tui::message::{HitRow, Listed};
use crate::tui::overlays::JumpRegions;
use crate::tui::panes::{Body, Contents};
use crate::tui::session::{Last, Session};
use crate::tui::state::{Focus, Notice, Open, Pane, State};

/// What was listed when the reader was left is listed again, else the newest issue; and all issues are asked for.
pub fn opening(
    state: &mut State,
    ticket: Ticket,
    newest: Option<IssueId>,
    last: Option<Last>,
) -> Vec<Effect> {
    if ticket != state.latest.issues {
        return vec![];
    }
    let Some(newest) = newest else {
        state.issues = Some(vec![]);
        return vec![];
    };
    if state.origin == Origin::Sample {
        state.notice = Some(Notice::Word("notice.sample"));
    }
    let asked = if let Some(last) = last {
        resume(state, newest, &last)
    } else {
        let listing = Listing {
            scope: Scope::Issue(newest),
            query: Query::default(),
        };
        ask_list(state, listing, Anchor::Top, Goal::FirstUnread)
    };
    vec![asked, ask_issues(state)]
}

/// Lists what was listed, at the item where the reader was.
fn resume(state: &mut State, newest: IssueId, last: &Last) -> Effect {
    if newest.0 > last.session.newest {
        state.notice = Some(Notice::Word("notice.new-issue"));
    }
    let scope = match (last.session.library, last.issue) {
        (true, _) => Scope::Library,
        (false, Some(issue)) => Scope::Issue(issue),
        (false, None) => Scope::Issue(newest),
    };
    let listing = Listing {
        scope,
        query: last.session.query(),
    };
    state.focus = last.session.focus();
    state.resuming = true;
    if let Some(item) = last.item {
        return ask_list(state, listing, Anchor::Around(item), Goal::Near(item));
    }
    if last.session.item.is_some() || state.focus == Focus::On(Pane::Body) {
        state.focus = Focus::On(Pane::Contents);
    }
    ask_list(state, listing, Anchor::Top, Goal::FirstUnread)
}

/// The list of issues.
pub fn issues(state: &mut State, ticket: Ticket, issues: Vec<IssueHead>) -> Vec<Effect> {
    if ticket == state.latest.issues {
        state.issues = Some(issues);
        fit(state);
    }
    vec![]
}

/// A run of a listing: it is listed now, with what was asked for selected; or it goes on with what is listed.
pub fn list(state: &mut State, ticket: Ticket, listed: Listed, goal: Goal) -> Vec<Effect> {
    if ticket != state.latest.list {
        return vec![];
    }
    if goal == Goal::More {
        return more(state, listed);
    }
    let goal = match (goal, state.open.as_ref().and_then(Open::selected)) {
        (Goal::Stay, Some(here)) => Goal::Near(here.id),
        (Goal::Stay, None) => Goal::FirstUnread,
        (goal, _) => goal,
    };
    if ticket < state.latest.marked {
        // It may have been read before the mark was written that the screen shows: once more, when that is kept.
        return vec![ask_list(state, listed.listing, listed.anchor, goal)];
    }
    state.latest.listed = ticket;
    state.resuming = false;
    if listed.listing.scope != Scope::Library && listed.issue.is_none() {
        // Another program has removed the issue, or given it another place: what is open stays, the list is made again.
        state.notice = Some(Notice::Word("notice.gone"));
        stay(state);
        return vec![ask_issues(state)];
    }
    let items = &listed.run.items;
    if let Goal::Item(item) = goal
        && !items.iter().any(|head| head.id == item)
    {
        return unlisted(state, &listed.listing, item);
    }
    if let Goal::Item(_) = goal {
        state.focus = Focus::On(Pane::Body);
    } else if state.focus == Focus::On(Pane::Body)
        && (items.is_empty() || goal == Goal::FirstUnread)
    {
        state.focus = Focus::On(Pane::Contents);
    }
    let selected = index(&listed, goal);
    show_list(state, listed, selected);
    let mut effects = ask_selected(state, Arrival::Place);
    effects.extend(reader::read_shown(state));
    effects.extend(ask_more(state));
    effects.extend(ask_tally(state));
    effects
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
        // The ids descend: the item itself, else what follows it.
        Goal::Item(item) | Goal::Near(item) => first(&|head| head.id <= item).unwrap_or(last),
    }
}

/// Puts a listing on the screen. The item that is shown stays until the selected one is there.
fn show_list(state: &mut State, listed: Listed, selected: usize) {
    let height = usize::from(state.regions().contents_rows().height);
    let (former, tally, counted, body) = match state.open.take() {
        Some(open) => (Some(open.contents), open.tally, open.counted, open.body),
        None => (None, None, None, None),
    };
    let row = former.as_ref().and_then(|former| {
        let row = former.cursor.selected.checked_sub(former.cursor.offset)?;
        let same = former.selected()?.id == listed.run.items.get(selected)?.id;
        same.then_some(row)
    });
    let mut contents = Contents::new(listed.listing.clone(), listed.run, former);
    let body = body.filter(|_| !contents.items.is_empty());
    contents.arrive(selected, height);
    if let Some(row) = row {
        // The same item is selected as before: it stays where the eye is.
        contents.cursor.offset = contents.cursor.selected.saturating_sub(row);
        contents.cursor.keep_visible(contents.rows.len(), height);
    }
    let needles = listed.listing.query.needles();
    let mut open = Open {
        listing: listed.listing,
        issue: listed.issue,
        contents,
        tally,
        counted,
        body,
    };
    if let Some(body) = &mut open.body {
        body.mark(&needles);
    }
    state.open = Some(open);
    fit(state);
}

/// An item is not among what is listed: the filter gives way to it.
fn unlisted(state: &mut State, listing: &Listing, item: ItemId) -> Vec<Effect> {
    if listing.query.is_empty() {
        state.notice = Some(Notice::Word("notice.gone"));
        return vec![];
    }
    state.notice = Some(Notice::Word("notice.filter-cleared"));
    let listing = Listing {
        scope: listing.scope,
        query: Query::default(),
    };
    vec![ask_list(
        state,
        listing,
        Anchor::Around(item),
        Goal::Item(item),
    )]
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
        open.contents.total = Some(tally.total(&listing.query));
        open.tally = Some(tally);
        if let Some((item, count)) = before {
            open.contents.counted_before(item, count);
        }
        fit(state);
    }
    vec![]
}

/// Another item of the list, which was not among what is loaded.
pub fn sought(state: &mut State, ticket: Ticket, seek: Seek, item: Option<ItemId>) -> Vec<Effect> {
    let Some(open) = state.open.as_ref().filter(|_| ticket == state.latest.seek) else {
        return vec![];
    };
    let shown = open.selected().map(|shown| shown.id);
    let Some(item) = item.filter(|item| Some(*item) != shown) else {
        return going::nothing_sought(state, seek);
    };
    match seek {
        Seek::Unread => go_to(state, item),
        Seek::Group(..) | Seek::Noted(_) => {
            let listing = open.listing.clone();
            vec![ask_list(
                state,
                listing,
                Anchor::Around(item),
                Goal::Near(item),
            )]
        }
    }
}

/// An item: the text for the body or for the preview of the jump, or its marks as they are kept.
pub fn item(
    state: &mut State,
    ticket: Ticket,
    purpose: Use,
    view: Option<Box<ItemView>>,
) -> Vec<Effect> {
    let latest = match purpose {
        Use::Body(_) => state.latest.body,
        Use::Preview => state.latest.preview,
        Use::Marks => ticket,
    };
    if ticket != latest {
        return vec![];
    }
    let Some(view) = view else {
        state.notice = Some(Notice::Word("notice.gone"));
        return vec![];
    };
    let regions = state.regions();
    let (policy, language) = (state.policy, state.language);
    match purpose {
        Use::Body(arrival) => return show_item(state, *view, arrival),
        Use::Preview => {
            if let (Some(area), Some(jump)) = (JumpRegions::new(&regions).preview, state.jump_mut())
            {
                jump.preview = Some(Body::new(*view, area.width, policy, language));
            }
        }
        Use::Marks => {
            let kept = &view.head.marks;
            state.show_marks(&view.head.key, |marks| marks.clone_from(kept));
        }
    }
    vec![]
}

/// Shows an item in the body, from where it was left.
fn show_item(state: &mut State, mut view: ItemView, arrival: Arrival) -> Vec<Effect> {
    let lines = state.regions().body_lines();
    let needles = state.needles();
    let (policy, language) = (state.policy, state.language);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    let selected = open.contents.selected();
    if let Some(stale) = selected.filter(|row| row.id == view.head.id && row.key != view.head.key) {
        // Another program has imported the issue anew, and the row is another item's now: the list is made again, lest
        // the one is shown and the other marked.
        let (here, listing) = (stale.id, open.listing.clone());
        state.notice = Some(Notice::Word("notice.changed"));
        return vec![
            ask_list(state, listing, Anchor::Around(here), Goal::Near(here)),
            ask_issues(state),
        ];
    }
    let former = open.body.take();
    let mut effects: Vec<Effect> = former.as_ref().and_then(keep_place).into_iter().collect();
    // What is shown already was scrolled since the library was told.
    if let Some(former) = former.filter(|former| former.view.head.key == view.head.key) {
        view.place = former.place();
    }
    let mut body = Body::new(view, lines.width, policy, language);
    body.mark(&needles);
    body.arrive(arrival, usize::from(lines.height));
    open.body = Some(body);
    let read = reader::read_shown(state);
    if state.origin == Origin::Library && !read.is_empty() {
        // Where the reader is survives a cut of the power as what was read does.
        effects.extend(Session::of(state).map(|session| Effect::Ask(Ask::Session(session.text()))));
    }
    effects.extend(read);
    effects
}

/// What was noted about an issue and one of its items.
pub fn noted(state: &mut State, ticket: Ticket, noted: Option<Box<Noted>>) -> Vec<Effect> {
    if ticket != state.latest.noted {
        return vec![];
    }
    if let Some(diagnostics) = state.diagnostics_mut() {
        let is_gone = noted.is_none();
        diagnostics.show(noted.map(|noted| *noted));
        if is_gone {
            state.notice = Some(Notice::Word("notice.gone"));
        }
        overlays::fit(state);
    }
    vec![]
}

/// All bookmarked items.
pub fn bookmarks(state: &mut State, ticket: Ticket, items: Vec<ItemHead>) -> Vec<Effect> {
    if ticket == state.latest.bookmarks
        && let Some(list) = state.bookmarks_mut()
    {
        list.rows = Some(items);
        overlays::fit(state);
    }
    vec![]
}

/// What the jump found; the best hit is selected and previewed.
pub fn hits(state: &mut State, ticket: Ticket, rows: Vec<HitRow>, total: usize) -> Vec<Effect> {
    if ticket != state.latest.jump {
        return vec![];
    }
    let Some(jump) = state.jump_mut() else {
        return vec![];
    };
    jump.rows = Some(rows);
    jump.total = total;
    jump.cursor = crate::tui::cursor::Cursor::default();
    overlays::ask_preview(state)
}
