//! Going through what is listed and read: rows, items, sections, issues, matches, and on to what is unread.

use super::lists::{self, ask_more, ask_selected, open_issue};
use super::reader::{focus, rows_height};
use super::{ask_issues, finding, seen, sorting};
use crate::issue::{IssueId, ItemId};
use crate::keys::Action;
use crate::query::Mark;
use crate::store::{Anchor, Group, Scope, Way};
use crate::tui::cursor::Step;
use crate::tui::effect::{Arrival, Effect, Find, Goal, Seek};
use crate::tui::state::{Focus, Notice, Pane, State};

/// The step that a moving action means in the pane with the focus.
pub fn step(state: &State, action: Action) -> Option<Step> {
    let regions = state.regions();
    let height = match state.focus.pane() {
        Pane::Contents => regions.contents_rows().height,
        Pane::Body => regions.body_lines().height,
    };
    super::overlays::step(action, usize::from(height))
}

/// Moves in the pane with the focus.
pub fn go(state: &mut State, step: Step) -> Vec<Effect> {
    match state.focus.pane() {
        Pane::Contents => go_rows(state, step),
        Pane::Body => {
            scroll(state, step);
            vec![]
        }
    }
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
pub fn shown_changed(state: &mut State) -> Vec<Effect> {
    let mut effects = ask_selected(state, Arrival::Place);
    effects.extend(ask_more(state));
    effects
}

pub fn go_item(state: &mut State, forward: bool) -> Vec<Effect> {
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
pub fn select(state: &mut State, item: usize, arrival: Arrival) -> Vec<Effect> {
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

pub fn go_section(state: &mut State, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    if sorting::is_sorted(state) {
        state.notice = Some(Notice::Word("notice.no-sections"));
        return vec![];
    }
    match open.contents.section_step(way) {
        Some(item) => arrive(state, item),
        None => seek_beyond(state, Seek::Group(Group::Section, way), way),
    }
}

/// Goes to the next older issue, or to the next newer one: opens it, or in the library goes to its first item.
pub fn go_issue(state: &mut State, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    match open.listing.scope {
        Scope::Issue(issue) => open_neighbour(state, issue, way),
        Scope::Library if sorting::is_sorted(state) => {
            state.notice = Some(Notice::Word("notice.no-sections"));
            vec![]
        }
        Scope::Library => match open.contents.issue_step(way) {
            Some(item) => arrive(state, item),
            None => seek_beyond(state, Seek::Group(Group::Issue, way), way),
        },
    }
}

/// Goes to the nearest item about which the parser noted something.
pub fn go_noted(state: &mut State, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    match open.contents.noted_step(way) {
        Some(item) => arrive(state, item),
        None => seek_beyond(state, Seek::Noted(way), way),
    }
}

/// Goes to the next item with a mark, and past the last one to the first.
pub fn go_marked(state: &mut State, mark: Mark) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let contents = &open.contents;
    let Some(here) = contents.selected_item() else {
        state.notice = Some(Notice::Word("notice.nothing-listed"));
        return vec![];
    };
    if let Some(item) = contents.marked_step(mark) {
        return arrive(state, item);
    }
    if !contents.is_whole() {
        let from = contents.items[here].id;
        let seek = ask_seek(state, from, Seek::Marked(mark));
        return seek.into_iter().collect();
    }
    match contents.marked_from(0, mark).filter(|item| *item < here) {
        Some(item) => {
            state.notice = Some(Notice::Word("notice.from-top"));
            arrive(state, item)
        }
        None => nothing_sought(state, Seek::Marked(mark)),
    }
}

/// Has what is not among the loaded items looked for beyond them, if there may be more.
fn seek_beyond(state: &mut State, seek: Seek, way: Way) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let contents = &open.contents;
    let loaded = match way {
        Way::Forward => contents.ends,
        Way::Backward => contents.begins,
    };
    match contents.selected().map(|item| item.id) {
        Some(here) if !loaded => ask_seek(state, here, seek).into_iter().collect(),
        _ => nothing_sought(state, seek),
    }
}

/// Asks for what is looked for from an item on.
fn ask_seek(state: &mut State, from: ItemId, seek: Seek) -> Option<Effect> {
    let listing = state.open.as_ref()?.listing.clone();
    state.latest.seek = state.latest.next();
    Some(Effect::Find(Find::Seek(
        state.latest.seek,
        listing,
        from,
        seek,
    )))
}

/// Says that there is nothing further of what was looked for.
pub fn nothing_sought(state: &mut State, seek: Seek) -> Vec<Effect> {
    state.trail.leave(None);
    let word = match seek {
        Seek::Unread | Seek::Marked(Mark::Unread) => return all_read(state),
        Seek::Marked(_) => "notice.no-bookmarked",
        Seek::Group(Group::Section, Way::Forward) => "notice.last-section",
        Seek::Group(Group::Section, Way::Backward) => "notice.first-section",
        Seek::Group(Group::Issue, Way::Forward) => "notice.oldest-issue",
        Seek::Group(Group::Issue, Way::Backward) => "notice.newest-issue",
        Seek::Noted(Way::Forward) => "notice.last-diagnostic",
        Seek::Noted(Way::Backward) => "notice.first-diagnostic",
    };
    state.notice = Some(Notice::Word(word));
    match seek {
        // Another program may have imported one since.
        Seek::Group(Group::Issue, _) => vec![ask_issues(state)],
        _ => vec![],
    }
}

/// Goes where a key asked to go before the issues were known, unless another has led elsewhere since.
pub fn go_awaited(state: &mut State) -> Vec<Effect> {
    let scope = state.open.as_ref().map(|open| open.listing.scope);
    match state.awaited.take() {
        Some((issue, way)) if scope == Some(Scope::Issue(issue)) => {
            open_neighbour(state, issue, way)
        }
        _ => vec![],
    }
}

/// Opens the issue before or behind in the list of issues, which stands newest first.
fn open_neighbour(state: &mut State, issue: IssueId, way: Way) -> Vec<Effect> {
    let Some(issues) = &state.issues else {
        state.awaited = Some((issue, way));
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
        None => nothing_sought(state, Seek::Group(Group::Issue, way)),
    }
}

/// Goes to the next hit of the find, else of the filter's words, or to the one before; past the last one of an item to the next
/// listed item that has one. An item whose text is still on its way is not passed over.
pub fn go_hit(state: &mut State, way: Way) -> Vec<Effect> {
    if state.sought().is_nothing() {
        state.notice = Some(Notice::Word("notice.no-words"));
        return vec![];
    }
    let mut effects = if state.focus == Focus::On(Pane::Body) {
        vec![]
    } else {
        focus(state, Pane::Body)
    };
    let arrival = arrival_of(way);
    let Some(open) = &mut state.open else {
        return effects;
    };
    let Some(body) = open.shown_mut() else {
        effects.extend(ask_selected(state, arrival));
        return effects;
    };
    if body.go_hit(way == Way::Forward) {
        return effects;
    }
    if let Some(needle) = state.finding.needle.clone() {
        // Which items have it nobody knows yet.
        effects.extend(finding::ask(state, needle, way));
        return effects;
    }
    // All that is listed has the words of the filter.
    if let Some(item) = open.contents.item_step(way == Way::Forward) {
        effects.extend(select(state, item, arrival));
    } else {
        let end = match way {
            Way::Forward => "notice.last-hit",
            Way::Backward => "notice.first-hit",
        };
        state.notice = Some(Notice::Word(end));
        effects.extend(ask_more(state));
    }
    effects
}

/// At which hit an item opens that is come to in search of one.
pub const fn arrival_of(way: Way) -> Arrival {
    match way {
        Way::Forward => Arrival::FirstHit,
        Way::Backward => Arrival::LastHit,
    }
}

/// A page on in the body; at its end the next unread item of what is listed, round.
pub fn read_on(state: &mut State) -> Vec<Effect> {
    if state.focus.pane() == Pane::Contents {
        // The item was only previewed, or not shown at all: it is read from where it was left first.
        return focus(state, Pane::Body);
    }
    let height = body_height(state);
    let Some(open) = &mut state.open else {
        return vec![];
    };
    // While the text of the selected item is on its way there is nothing to read on.
    let Some(body) = open.shown_mut() else {
        return vec![];
    };
    if !body.at_end() {
        // Two lines stay, so that the eye finds its place; one where there are few.
        let stay = if height > 6 { 2 } else { 1 };
        let page = height.saturating_sub(stay).max(1);
        body.scroll(isize::try_from(page).unwrap_or(1));
        return vec![];
    }
    let mut effects = seen::settle_at_end(state);
    effects.extend(next_unread(state));
    effects
}

/// Goes to the next unread item of what is listed, round.
fn next_unread(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let contents = &open.contents;
    let Some(here) = contents.selected_item() else {
        return vec![];
    };
    if let Some(item) = contents.marked_from(here + 1, Mark::Unread) {
        return select(state, item, Arrival::Place);
    }
    if !contents.is_whole() {
        let from = contents.items[here].id;
        return ask_seek(state, from, Seek::Unread).into_iter().collect();
    }
    // An item that was marked unread again is left where it is.
    if let Some(item) = contents
        .marked_from(0, Mark::Unread)
        .filter(|item| *item != here)
    {
        return select(state, item, Arrival::Place);
    }
    all_read(state)
}

/// Says that nothing unread is left.
fn all_read(state: &mut State) -> Vec<Effect> {
    let open = state.open.as_ref();
    let library = open.is_some_and(|open| open.listing.scope == Scope::Library);
    let filtered = open.is_some_and(|open| !open.listing.query.is_empty());
    state.notice = Some(Notice::Word(match (library, filtered) {
        (_, true) => "notice.all-found-read",
        (true, false) => "notice.library-read",
        (false, false) => "notice.all-read",
    }));
    vec![]
}
