//! Actions in the panes.

use super::{ask_contents, ask_issues, ask_item, change, fit};
use crate::keys::Action;
use crate::tui::cursor::Step;
use crate::tui::effect::{Change, Effect, Find, Goal, Use};
use crate::tui::overlays::{Bookmarks, Issues};
use crate::tui::state::{Notice, OpenIssue, Overlay, Pane, State};

/// Carries an action of the panes into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => vec![Effect::Stop],
        Action::Jump => open_jump(state),
        Action::Issues => open_issues(state),
        Action::Bookmarks => open_bookmarks(state),
        Action::NextIssue => go_issue(state, -1),
        Action::PreviousIssue => go_issue(state, 1),
        _ if state.issue.is_none() => vec![],
        Action::NextPane | Action::PreviousPane => {
            let other = if state.focus == Pane::Body {
                Pane::Contents
            } else {
                Pane::Body
            };
            focus(state, other)
        }
        Action::PaneLeft | Action::Back => focus(state, Pane::Contents),
        Action::PaneRight | Action::Open => focus(state, Pane::Body),
        Action::NextItem => go_items(state, Step::By(1)),
        Action::PreviousItem => go_items(state, Step::By(-1)),
        Action::NextSection => go_section(state, true),
        Action::PreviousSection => go_section(state, false),
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
    let height = match state.focus {
        Pane::Contents => regions.contents_rows().height,
        Pane::Body => regions.body_lines().height,
    };
    super::overlays::step(action, usize::from(height))
}

/// Moves in the pane with the focus.
fn go(state: &mut State, step: Step) -> Vec<Effect> {
    match state.focus {
        Pane::Contents => go_items(state, step),
        Pane::Body => {
            scroll(state, step);
            vec![]
        }
    }
}

fn scroll(state: &mut State, step: Step) {
    let height = usize::from(state.regions().body_lines().height);
    if let Some(body) = state.issue.as_mut().and_then(|issue| issue.body.as_mut()) {
        match step {
            Step::By(lines) => body.scroll(lines, height),
            Step::First => body.scroll(isize::MIN, height),
            Step::Last => body.scroll(isize::MAX, height),
        };
    }
}

/// Gives a pane the focus; with the body in focus its item counts as read.
pub fn focus(state: &mut State, pane: Pane) -> Vec<Effect> {
    if state.focus == Pane::Contents && pane == Pane::Contents {
        return vec![];
    }
    state.focus = pane;
    fit(state);
    read_shown(state)
}

/// Marks the item as read that the body shows, once the body has the focus.
pub fn read_shown(state: &mut State) -> Vec<Effect> {
    if state.focus != Pane::Body {
        return vec![];
    }
    let shown = state.issue.as_ref().and_then(|issue| {
        let shown = &issue.body.as_ref()?.view.head;
        // The body may still show the item before while the selected one is on its way.
        issue
            .selected()
            .filter(|item| item.id == shown.id && !item.marks.read)
    });
    match shown.cloned() {
        Some(item) => vec![change(state, &item, Change::Read(true))],
        None => vec![],
    }
}

fn go_items(state: &mut State, step: Step) -> Vec<Effect> {
    let Some(issue) = &state.issue else {
        return vec![];
    };
    let from = issue.contents.selected_item().unwrap_or(0);
    let to = step.from(from, issue.contents.items.len());
    if to == from {
        let word = match step {
            Step::By(rows) if rows > 0 => "notice.last-item",
            Step::By(_) => "notice.first-item",
            Step::First | Step::Last => return vec![],
        };
        state.notice = Some(Notice::Word(word));
        return vec![];
    }
    select(state, to)
}

fn go_section(state: &mut State, forward: bool) -> Vec<Effect> {
    let step = state
        .issue
        .as_ref()
        .and_then(|issue| issue.contents.section_step(forward));
    let height = usize::from(state.regions().contents_rows().height);
    if let (Some(item), Some(issue)) = (step, &mut state.issue) {
        issue.contents.arrive(item, height);
        return ask_selected(state);
    }
    let word = if forward {
        "notice.last-section"
    } else {
        "notice.first-section"
    };
    state.notice = Some(Notice::Word(word));
    vec![]
}

/// Selects an item of the open issue by its index and asks for its text.
pub fn select(state: &mut State, item: usize) -> Vec<Effect> {
    let height = usize::from(state.regions().contents_rows().height);
    let Some(issue) = &mut state.issue else {
        return vec![];
    };
    issue.contents.select(item, height);
    ask_selected(state)
}

/// Asks for the text of the selected item.
pub fn ask_selected(state: &mut State) -> Vec<Effect> {
    match state
        .issue
        .as_ref()
        .and_then(OpenIssue::selected)
        .map(|item| item.id)
    {
        Some(id) => vec![ask_item(state, Use::Body, id)],
        None => vec![],
    }
}

/// A page on in the body; at its end the next unread item of the issue, round.
fn read_on(state: &mut State) -> Vec<Effect> {
    if state.focus == Pane::Contents {
        // The item was only previewed, or not shown at all: it is read from where it was left first.
        return focus(state, Pane::Body);
    }
    let height = usize::from(state.regions().body_lines().height);
    let Some(OpenIssue {
        contents,
        body: Some(body),
        ..
    }) = &mut state.issue
    else {
        return vec![];
    };
    if !body.at_end(height) {
        // Two lines stay, so that the eye finds its place; one where there are few.
        let stay = if height > 6 { 2 } else { 1 };
        body.scroll(
            isize::try_from(height.saturating_sub(stay).max(1)).unwrap_or(1),
            height,
        );
        return vec![];
    }
    let here = contents.selected_item().unwrap_or(0);
    // An item that was marked unread again is left where it is.
    let next = contents
        .unread_from(here + 1)
        .or_else(|| contents.unread_from(0).filter(|item| *item != here));
    if let Some(item) = next {
        return select(state, item);
    }
    state.notice = Some(Notice::Word("notice.all-read"));
    vec![]
}

fn toggle_bookmark(state: &mut State) -> Vec<Effect> {
    let Some(item) = state.issue.as_ref().and_then(OpenIssue::selected).cloned() else {
        return vec![];
    };
    vec![change(
        state,
        &item,
        Change::Bookmark(!item.marks.bookmarked),
    )]
}

fn toggle_read(state: &mut State) -> Vec<Effect> {
    let Some(item) = state.issue.as_ref().and_then(OpenIssue::selected).cloned() else {
        return vec![];
    };
    vec![change(state, &item, Change::Read(!item.marks.read))]
}

/// Opens the issue so many places further down the list, which stands newest first.
fn go_issue(state: &mut State, places: isize) -> Vec<Effect> {
    let Some((issues, open)) = state.issues.as_ref().zip(state.issue.as_ref()) else {
        return vec![];
    };
    let Some(here) = issues.iter().position(|head| head.id == open.id) else {
        // Another program has changed the library since.
        return vec![ask_issues(state)];
    };
    let there = here
        .checked_add_signed(places)
        .and_then(|there| issues.get(there));
    if let Some(id) = there.map(|head| head.id) {
        return vec![ask_contents(state, id, Goal::FirstUnread)];
    }
    let word = if places < 0 {
        "notice.newest-issue"
    } else {
        "notice.oldest-issue"
    };
    state.notice = Some(Notice::Word(word));
    // Another program may have imported one since.
    vec![ask_issues(state)]
}

fn open_jump(state: &mut State) -> Vec<Effect> {
    if state.is_empty() {
        return vec![];
    }
    state.overlays.push(Overlay::Jump(Box::default()));
    super::overlays::ask_jump(state, String::new())
}

fn open_issues(state: &mut State) -> Vec<Effect> {
    let Some(issues) = state.issues.as_ref().filter(|issues| !issues.is_empty()) else {
        return vec![];
    };
    let open = state.issue.as_ref().map(|issue| issue.id);
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
