//! Actions in the panes.

use super::lists::{Reason, ask_more, ask_selected, open_issue};
use super::{ask_issues, change, filter, fit, leave, lists};
use crate::issue::{IssueId, ItemHead};
use crate::keys::Action;
use crate::query::Query;
use crate::store::{Anchor, Group, Scope, Way, issue_of};
use crate::tui::cursor::Step;
use crate::tui::effect::{Arrival, Change, Effect, Find, Goal, Seek};
use crate::tui::layout::Shape;
use crate::tui::overlays::{Bookmarks, Issues};
use crate::tui::state::{Focus, Notice, Open, Overlay, Pane, State};

/// Carries an action of the panes into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => {
            let mut effects = leave(state);
            effects.push(Effect::Stop);
            effects
        }
        Action::Jump => open_jump(state),
        Action::Issues => open_issues(state),
        Action::Bookmarks => open_bookmarks(state),
        _ if state.open.is_none() => vec![],
        Action::NextPane => next_pane(state, true),
        Action::PreviousPane => next_pane(state, false),
        Action::PaneLeft | Action::Back => focus(state, Pane::Contents),
        Action::PaneRight => pane_right(state),
        Action::Open => open_selected(state),
        Action::NextItem => go_item(state, true),
        Action::PreviousItem => go_item(state, false),
        Action::NextSection => go_section(state, Way::Forward),
        Action::PreviousSection => go_section(state, Way::Backward),
        // The list stands newest first, so the next issue is before this one.
        Action::NextIssue => go_issue(state, Way::Backward),
        Action::PreviousIssue => go_issue(state, Way::Forward),
        Action::Filter => filter::open(state),
        Action::ClearFilter => clear_filter(state),
        Action::Scope => lists::switch_scope(state),
        Action::NextHit => go_hit(state, true),
        Action::PreviousHit => go_hit(state, false),
        Action::Bookmark => toggle_bookmark(state),
        Action::ToggleRead => toggle_read(state),
        Action::ReadOn => read_on(state),
        _ => match step(state, action) {
            Some(step) => go(state, step),
            None => vec![],
        },
    }
}

/// The step that a moving action means in the pane with the focus.
fn step(state: &State, action: Action) -> Option<Step> {
    let regions = state.regions();
    let height = match state.focus.pane() {
        Pane::Contents => regions.contents_rows().height,
        Pane::Body => regions.body_lines().height,
    };
    super::overlays::step(action, usize::from(height))
}

/// Moves in the pane with the focus.
fn go(state: &mut State, step: Step) -> Vec<Effect> {
    match state.focus.pane() {
        Pane::Contents => go_rows(state, step),
        Pane::Body => {
            scroll(state, step);
            vec![]
        }
    }
}

fn rows_height(state: &State) -> usize {
    usize::from(state.regions().contents_rows().height)
}

fn body_height(state: &State) -> usize {
    usize::from(state.regions().body_lines().height)
}

fn scroll(state: &mut State, step: Step) {
    if let Some(body) = state.open.as_mut().and_then(|open| open.body.as_mut()) {
        match step {
            Step::By(lines) => body.scroll(lines),
            Step::First => body.scroll(isize::MIN),
            Step::Last => body.scroll(isize::MAX),
        };
    }
}

/// Goes through the rows of the contents, headings too. An end that is not there yet is asked for.
fn go_rows(state: &mut State, step: Step) -> Vec<Effect> {
    let height = rows_height(state);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    let far = match step {
        Step::First if !open.contents.begins => Some((Anchor::Top, Goal::First)),
        Step::Last if !open.contents.ends => Some((Anchor::End, Goal::Last)),
        _ => None,
    };
    if let Some((anchor, goal)) = far {
        let listing = open.listing.clone();
        return vec![lists::ask_list(state, listing, anchor, goal)];
    }
    if !open.contents.go(step, height) {
        let word = match step {
            Step::By(rows) if rows > 0 => "notice.last-item",
            Step::By(_) => "notice.first-item",
            Step::First | Step::Last => return vec![],
        };
        let word = if open.contents.items.is_empty() {
            "notice.nothing-listed"
        } else {
            word
        };
        state.notice = Some(Notice::Word(word));
        return vec![];
    }
    shown_changed(state)
}

/// Another row is selected: its item is shown, and what comes near is asked for.
fn shown_changed(state: &mut State) -> Vec<Effect> {
    let mut effects = ask_selected(state, Arrival::Place);
    effects.extend(ask_more(state));
    effects
}

/// Gives a pane the focus; with the body in focus its item counts as read. A heading gives way to its first item.
pub fn focus(state: &mut State, pane: Pane) -> Vec<Effect> {
    let height = rows_height(state);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    if pane == Pane::Body {
        let Some(item) = open.contents.selected_item() else {
            // There is nothing to read; the contents say why.
            state.focus = Focus::On(Pane::Contents);
            state.notice = Some(Notice::Word("notice.nothing-listed"));
            fit(state);
            return vec![];
        };
        if open.contents.on_heading() {
            open.contents.select(item, height);
        }
    }
    state.focus = Focus::On(pane);
    fit(state);
    read_shown(state)
}

/// Gives the filter the focus, to go through its rows.
fn focus_filter(state: &mut State) -> Vec<Effect> {
    state.focus = Focus::Filter {
        from: state.focus.pane(),
    };
    fit(state);
    vec![]
}

/// The next pane, or the one before, round: the filter is one of them where it stands beside the others.
fn next_pane(state: &mut State, forward: bool) -> Vec<Effect> {
    let wide = state.regions().shape == Shape::Wide;
    match (state.focus.pane(), forward) {
        (Pane::Body, true) | (Pane::Contents, false) if wide => focus_filter(state),
        (Pane::Body, _) => focus(state, Pane::Contents),
        (Pane::Contents, _) => focus(state, Pane::Body),
    }
}

fn pane_right(state: &mut State) -> Vec<Effect> {
    let wide = state.regions().shape == Shape::Wide;
    match state.focus.pane() {
        Pane::Contents => focus(state, Pane::Body),
        Pane::Body if wide => focus_filter(state),
        Pane::Body => vec![],
    }
}

/// Opens the selected item; on a heading, folds or unfolds what stands under it.
fn open_selected(state: &mut State) -> Vec<Effect> {
    let height = rows_height(state);
    if state.focus.pane() == Pane::Contents
        && let Some(open) = &mut state.open
        && open.contents.fold(height)
    {
        return shown_changed(state);
    }
    focus(state, Pane::Body)
}

/// Marks the item as read that the body shows, once the body has the focus.
pub fn read_shown(state: &mut State) -> Vec<Effect> {
    if state.focus != Focus::On(Pane::Body) {
        return vec![];
    }
    let shown = state.open.as_ref().and_then(|open| {
        let shown = &open.body.as_ref()?.view.head;
        // The body may still show the item before while the selected one is on its way.
        open.selected()
            .filter(|item| item.key == shown.key && !item.marks.read)
    });
    match shown.cloned() {
        Some(item) => vec![change(state, &item, Change::Read(true))],
        None => vec![],
    }
}

fn go_item(state: &mut State, forward: bool) -> Vec<Effect> {
    let step = state
        .open
        .as_ref()
        .and_then(|open| open.contents.item_step(forward));
    let Some(item) = step else {
        let word = if forward {
            "notice.last-item"
        } else {
            "notice.first-item"
        };
        state.notice = Some(Notice::Word(word));
        return ask_more(state);
    };
    select(state, item, Arrival::Place)
}

/// Selects an item of the contents by its index and shows it.
fn select(state: &mut State, item: usize, arrival: Arrival) -> Vec<Effect> {
    let height = rows_height(state);
    if let Some(open) = &mut state.open {
        open.contents.select(item, height);
    }
    let mut effects = ask_selected(state, arrival);
    effects.extend(ask_more(state));
    effects
}

/// Selects an item whose neighbours the reader has not seen yet.
fn arrive(state: &mut State, item: usize) -> Vec<Effect> {
    let height = rows_height(state);
    if let Some(open) = &mut state.open {
        open.contents.arrive(item, height);
    }
    shown_changed(state)
}

fn go_section(state: &mut State, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    match open.contents.section_step(way == Way::Forward) {
        Some(item) => arrive(state, item),
        None => seek_group(state, Group::Section, way),
    }
}

/// Goes to the next older issue, or to the next newer one: opens it, or in the library goes to its first item.
fn go_issue(state: &mut State, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    match open.listing.scope {
        Scope::Issue(issue) => open_neighbour(state, issue, way),
        Scope::Library => match open.contents.issue_step(way == Way::Forward) {
            Some(item) => arrive(state, item),
            None => seek_group(state, Group::Issue, way),
        },
    }
}

/// Has a section or an issue looked for that is not among what is loaded, if there may be one.
fn seek_group(state: &mut State, group: Group, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let (contents, listing) = (&open.contents, open.listing.clone());
    let loaded = match way {
        Way::Forward => contents.ends,
        Way::Backward => contents.begins,
    };
    match contents.selected().map(|item| item.id) {
        Some(here) if !loaded => {
            state.latest.seek = state.latest.next();
            let find = Find::Seek(state.latest.seek, listing, here, Seek::Group(group, way));
            vec![Effect::Find(find)]
        }
        _ => no_group(state, group, way),
    }
}

/// Says that there is no further section or issue.
pub fn no_group(state: &mut State, group: Group, way: Way) -> Vec<Effect> {
    state.notice = Some(Notice::Word(match (group, way) {
        (Group::Section, Way::Forward) => "notice.last-section",
        (Group::Section, Way::Backward) => "notice.first-section",
        (Group::Issue, Way::Forward) => "notice.oldest-issue",
        (Group::Issue, Way::Backward) => "notice.newest-issue",
    }));
    match group {
        Group::Section => vec![],
        // Another program may have imported one since.
        Group::Issue => vec![ask_issues(state)],
    }
}

/// Opens the issue before or behind in the list of issues, which stands newest first.
fn open_neighbour(state: &mut State, issue: IssueId, way: Way) -> Vec<Effect> {
    let Some(issues) = &state.issues else {
        return vec![];
    };
    let Some(here) = issues.iter().position(|head| head.id == issue) else {
        // Another program has changed the library since.
        return vec![ask_issues(state)];
    };
    let there = match way {
        Way::Forward => here.checked_add(1),
        Way::Backward => here.checked_sub(1),
    };
    let there = there.and_then(|there| issues.get(there));
    match there.map(|head| head.id) {
        Some(id) => open_issue(state, id),
        None => no_group(state, Group::Issue, way),
    }
}

/// Takes the filter away; the selected item stays.
pub fn clear_filter(state: &mut State) -> Vec<Effect> {
    let filtered = state
        .open
        .as_ref()
        .is_some_and(|open| !open.listing.query.is_empty());
    if !filtered {
        state.notice = Some(Notice::Word("notice.no-filter"));
        return vec![];
    }
    lists::filter_by(state, Query::default(), Reason::Cleared)
}

/// Goes to the next match of the filter's words, or the one before, and past the last one of an item to the next item
/// that has one: every listed item has.
fn go_hit(state: &mut State, forward: bool) -> Vec<Effect> {
    if state.needles().is_empty() {
        state.notice = Some(Notice::Word("notice.no-words"));
        return vec![];
    }
    let mut effects = if state.focus == Focus::On(Pane::Body) {
        vec![]
    } else {
        focus(state, Pane::Body)
    };
    let Some(open) = &mut state.open else {
        return effects;
    };
    let selected = open.contents.selected().map(|item| item.id);
    let Some(body) = &mut open.body else {
        return effects;
    };
    if selected == Some(body.view.head.id) && body.go_hit(forward) {
        return effects;
    }
    let (arrival, end) = if forward {
        (Arrival::FirstHit, "notice.last-hit")
    } else {
        (Arrival::LastHit, "notice.first-hit")
    };
    if let Some(item) = open.contents.item_step(forward) {
        effects.extend(select(state, item, arrival));
    } else {
        state.notice = Some(Notice::Word(end));
        effects.extend(ask_more(state));
    }
    effects
}

/// A page on in the body; at its end the next unread item of what is listed, round.
fn read_on(state: &mut State) -> Vec<Effect> {
    if state.focus.pane() == Pane::Contents {
        // The item was only previewed, or not shown at all: it is read from where it was left first.
        return focus(state, Pane::Body);
    }
    let height = body_height(state);
    let Some(Open {
        listing,
        contents,
        body: Some(body),
        ..
    }) = &mut state.open
    else {
        return vec![];
    };
    if !body.at_end() {
        // Two lines stay, so that the eye finds its place; one where there are few.
        let stay = if height > 6 { 2 } else { 1 };
        let page = height.saturating_sub(stay).max(1);
        body.scroll(isize::try_from(page).unwrap_or(1));
        return vec![];
    }
    let Some(here) = contents.selected_item() else {
        return vec![];
    };
    if let Some(item) = contents.unread_from(here + 1) {
        return select(state, item, Arrival::Place);
    }
    if !contents.is_whole() {
        let (listing, from) = (listing.clone(), contents.items[here].id);
        state.latest.seek = state.latest.next();
        let find = Find::Seek(state.latest.seek, listing, from, Seek::Unread);
        return vec![Effect::Find(find)];
    }
    // An item that was marked unread again is left where it is.
    if let Some(item) = contents.unread_from(0).filter(|item| *item != here) {
        return select(state, item, Arrival::Place);
    }
    all_read(state);
    vec![]
}

/// Says that nothing unread is left.
pub fn all_read(state: &mut State) {
    let open = state.open.as_ref();
    let library = open.is_some_and(|open| open.listing.scope == Scope::Library);
    let filtered = open.is_some_and(|open| !open.listing.query.is_empty());
    state.notice = Some(Notice::Word(match (library, filtered) {
        (_, true) => "notice.all-found-read",
        (true, false) => "notice.library-read",
        (false, false) => "notice.all-read",
    }));
}

/// The item that a mark is set on: the selected one, not what a heading stands for.
fn marked_item(state: &mut State) -> Option<ItemHead> {
    let open = state.open.as_ref()?;
    if open.contents.on_heading() {
        state.notice = Some(Notice::Word("notice.heading"));
        return None;
    }
    open.selected().cloned()
}

fn toggle_bookmark(state: &mut State) -> Vec<Effect> {
    let Some(item) = marked_item(state) else {
        return vec![];
    };
    let on = Change::Bookmark(!item.marks.bookmarked);
    vec![change(state, &item, on)]
}

fn toggle_read(state: &mut State) -> Vec<Effect> {
    let Some(item) = marked_item(state) else {
        return vec![];
    };
    let on = Change::Read(!item.marks.read);
    vec![change(state, &item, on)]
}

fn open_jump(state: &mut State) -> Vec<Effect> {
    if state.is_empty() {
        return vec![];
    }
    state.overlays.push(Overlay::Jump(Box::default()));
    super::overlays::ask_jump(state)
}

fn open_issues(state: &mut State) -> Vec<Effect> {
    let Some(issues) = state.issues.as_ref().filter(|issues| !issues.is_empty()) else {
        return vec![];
    };
    let open = state
        .open
        .as_ref()
        .and_then(|open| match open.listing.scope {
            Scope::Issue(issue) => Some(issue),
            Scope::Library => open.selected().map(|item| issue_of(item.id)),
        });
    let mut list = Issues::default();
    list.cursor.selected = issues
        .iter()
        .position(|head| Some(head.id) == open)
        .unwrap_or(0);
    state.overlays.push(Overlay::Issues(list));
    fit(state);
    // The counts of read items have changed since the list was made.
    vec![ask_issues(state)]
}

fn open_bookmarks(state: &mut State) -> Vec<Effect> {
    if state.is_empty() {
        return vec![];
    }
    state
        .overlays
        .push(Overlay::Bookmarks(Bookmarks::default()));
    state.latest.bookmarks = state.latest.next();
    vec![Effect::Find(Find::Bookmarks(state.latest.bookmarks))]
}
