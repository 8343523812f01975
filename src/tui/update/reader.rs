//! Actions in the panes.

use super::going::{
    go, go_hit, go_issue, go_item, go_marked, go_noted, go_section, read_on, shown_changed, step,
};
use super::lists::Reason;
use super::{
    ask_bookmarks, ask_issues, filter, finding, fit, fixing, leave, lists, marking, saved, seen,
    sorting, trail, writing,
};
use crate::issue::IssueHead;
use crate::keys::Action;
use crate::query::{Key, Mark, Query};
use crate::store::{Scope, Way, issue_of};
use crate::tui::effect::{Change, Effect};
use crate::tui::history::Turn;
use crate::tui::layout::Shape;
use crate::tui::overlays::{Bookmarks, Issues};
use crate::tui::panes::filter::Field;
use crate::tui::state::{Focus, Notice, Open, Overlay, Pane, State};
use crate::tui::subject::Subject;

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
        Action::Fix => fixing::open(state),
        Action::Bookmarks => open_bookmarks(state),
        Action::Undo => marking::turn(state, Turn::Back),
        Action::Redo => marking::turn(state, Turn::Forth),
        _ if state.open.is_none() => vec![],
        Action::Diagnostics => open_diagnostics(state),
        Action::NextDiagnostic => go_noted(state, Way::Forward),
        Action::PreviousDiagnostic => go_noted(state, Way::Backward),
        Action::NextUnread => go_marked(state, Mark::Unread),
        Action::NextBookmarked => go_marked(state, Mark::Bookmarked),
        Action::Original => super::overlays::ask_original(state),
        Action::NextPane => next_pane(state, true),
        Action::PreviousPane => next_pane(state, false),
        Action::Back | Action::ClearFilter if state.finding.is_on() => finding::take_away(state),
        Action::Zen => zen(state),
        Action::WideContents => widen(state),
        Action::FactWords => underline(state),
        Action::Back if state.regions().shape == Shape::Zen => {
            leave_alone(state);
            fit(state);
            vec![]
        }
        Action::PaneLeft | Action::Back => {
            leave_alone(state);
            focus(state, Pane::Contents)
        }
        Action::PaneRight => pane_right(state),
        Action::Open => open_selected(state),
        Action::NextItem => go_item(state, true),
        Action::PreviousItem => go_item(state, false),
        Action::NextSection => go_section(state, Way::Forward),
        Action::PreviousSection => go_section(state, Way::Backward),
        // The list stands newest first, so the next issue is before this one.
        Action::NextIssue => go_issue(state, Way::Backward),
        Action::PreviousIssue => go_issue(state, Way::Forward),
        Action::Filter => filter::open(state, Field::Words),
        Action::Values => filter::open(state, Field::Values),
        Action::ClearFilter => clear_filter(state),
        Action::Saved => saved::open(state),
        Action::Scope => lists::switch_scope(state),
        Action::SortByDate => sorting::by(state, Key::Date),
        Action::SortByAmount => sorting::by(state, Key::Amount),
        Action::SortByArea => sorting::by(state, Key::Area),
        Action::SortByProjects => sorting::by(state, Key::Projects),
        Action::SortByPlace => sorting::by(state, Key::Place),
        Action::SortAsPrinted => sorting::as_printed(state),
        Action::Find => finding::open(state),
        Action::GoBack => trail::go(state, Turn::Back),
        Action::GoForward => trail::go(state, Turn::Forth),
        Action::NextHit => go_hit(state, Way::Forward),
        Action::PreviousHit => go_hit(state, Way::Backward),
        Action::Bookmark => toggle_bookmark(state),
        Action::ToggleRead => toggle_read(state),
        Action::ReadAll => marking::read_all(state),
        Action::Tags => match marked_item(state) {
            Some(subject) => writing::open_tags(state, subject),
            None => vec![],
        },
        Action::Note => match marked_item(state) {
            Some(subject) => writing::open_note(state, subject),
            None => vec![],
        },
        Action::ReadOn => read_on(state),
        _ => match step(state, action) {
            Some(step) => go(state, step),
            None => vec![],
        },
    }
}

pub fn rows_height(state: &State) -> usize {
    usize::from(state.regions().contents_rows().height)
}

/// Gives a pane the focus. A heading gives way to its first item.
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
    vec![]
}

/// Gives the body the screen, and the focus; or all panes their places again.
fn zen(state: &mut State) -> Vec<Effect> {
    let is_alone = state.regions().shape == Shape::Zen;
    state.alone = (!is_alone).then_some(Pane::Body);
    if is_alone {
        fit(state);
        return vec![];
    }
    state.notice = Some(Notice::Word("notice.zen"));
    let effects = focus(state, Pane::Body);
    // Where there is nothing to read there is nothing to stand alone.
    if state.focus != Focus::On(Pane::Body) {
        leave_alone(state);
    }
    effects
}

/// The body stands alone no more.
pub fn leave_alone(state: &mut State) {
    state.alone.take_if(|pane| *pane == Pane::Body);
}

/// Gives the contents the place of the body too, and the focus; or all panes their places again.
fn widen(state: &mut State) -> Vec<Effect> {
    if state.regions().shape == Shape::Narrow && state.focus == Focus::On(Pane::Contents) {
        state.notice = Some(Notice::Word("notice.wide-already"));
        return vec![];
    }
    let is_wide = state.alone == Some(Pane::Contents) && state.focus != Focus::On(Pane::Body);
    state.alone = (!is_wide).then_some(Pane::Contents);
    if is_wide {
        fit(state);
        return vec![];
    }
    focus(state, Pane::Contents)
}

/// Underlines the words that facts were read from, in whatever item is shown, or no more.
fn underline(state: &mut State) -> Vec<Effect> {
    state.underlined = !state.underlined;
    let shown = state.open.as_mut().and_then(Open::shown_mut);
    let word = match shown {
        _ if !state.underlined => "notice.no-fact-words",
        Some(body) if !body.has_read() => "notice.no-facts",
        _ => "notice.fact-words",
    };
    state.notice = Some(Notice::Word(word));
    vec![]
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
    // Who goes to another pane wants to see it.
    leave_alone(state);
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

/// Takes the filter away, and where there is none the order; the selected item stays.
pub fn clear_filter(state: &mut State) -> Vec<Effect> {
    let filtered = state
        .open
        .as_ref()
        .is_some_and(|open| !open.listing.query.is_empty());
    if !filtered && sorting::is_sorted(state) {
        return sorting::as_printed(state);
    }
    if !filtered {
        state.notice = Some(Notice::Word("notice.no-filter"));
        return vec![];
    }
    let order = state
        .open
        .as_ref()
        .map(|open| open.listing.query.order)
        .unwrap_or_default();
    let query = Query {
        order,
        ..Query::default()
    };
    lists::filter_by(state, None, query, Reason::Cleared)
}

/// The item that a mark is set on: the selected one, not what a heading stands for.
fn marked_item(state: &mut State) -> Option<Subject> {
    let open = state.open.as_ref()?;
    if open.contents.on_heading() {
        state.notice = Some(Notice::Word("notice.heading"));
        return None;
    }
    open.selected().map(Subject::of)
}

fn toggle_bookmark(state: &mut State) -> Vec<Effect> {
    let Some(item) = marked_item(state) else {
        return vec![];
    };
    let on = Change::Bookmark(!item.marks.bookmarked);
    marking::want(state, &item, vec![on])
}

fn toggle_read(state: &mut State) -> Vec<Effect> {
    let Some(item) = marked_item(state) else {
        return vec![];
    };
    let on = Change::Read(!item.marks.read);
    seen::hold(state);
    marking::want(state, &item, vec![on])
}

fn open_jump(state: &mut State) -> Vec<Effect> {
    if state.is_empty() {
        return vec![];
    }
    state.overlays.push(Overlay::Jump(Box::default()));
    super::overlays::ask_jump(state)
}

fn open_issues(state: &mut State) -> Vec<Effect> {
    if state.issues.as_ref().is_some_and(Vec::is_empty) {
        return vec![];
    }
    // A key of the first moment may come before the list does, and then the list places itself.
    let mut list = Issues::default();
    list.cursor.selected = row_of_open(state, state.issues.as_deref().unwrap_or_default());
    state.overlays.push(Overlay::Issues(list));
    fit(state);
    // The counts of read items have changed since the list was made.
    vec![ask_issues(state)]
}

/// The row of the issue that is open, among these.
pub fn row_of_open(state: &State, issues: &[IssueHead]) -> usize {
    let open = state.open.as_ref();
    let open = open.and_then(|open| match open.listing.scope {
        Scope::Issue(issue) => Some(issue),
        Scope::Library => open.selected().map(|item| issue_of(item.id)),
    });
    let row = issues.iter().position(|head| Some(head.id) == open);
    row.unwrap_or(0)
}

fn open_diagnostics(state: &mut State) -> Vec<Effect> {
    let effects = super::overlays::ask_noted(state);
    if effects.is_empty() {
        state.notice = Some(Notice::Word("notice.nothing-listed"));
        return vec![];
    }
    state.overlays.push(Overlay::Diagnostics(Box::default()));
    effects
}

fn open_bookmarks(state: &mut State) -> Vec<Effect> {
    // Where there is no issue, marks wait for theirs.
    state
        .overlays
        .push(Overlay::Bookmarks(Bookmarks::default()));
    vec![ask_bookmarks(state)]
}
