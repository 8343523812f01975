//! Actions in what is laid over the panes.

use super::lists::{go_to, open_issue};
use super::{ask_item, marking, writing};
use crate::issue::{IssueId, ItemId, ItemKey};
use crate::keys::Action;
use crate::store::{Scope, issue_of};
use crate::tui::cursor::Step;
use crate::tui::effect::{Ask, Change, Effect, Find, Jump, Use};
use crate::tui::history::Turn;
use crate::tui::layout::Regions;
use crate::tui::overlays::{
    BookmarkRow, JumpRegions, bookmarks, diagnostics, help, issues, saved, tags,
};
use crate::tui::state::{Notice, Overlay, State};
use crate::tui::subject::Subject;

/// Jumps that are remembered: more than fit a small screen, fewer than hide what is new.
const RECENT: usize = 12;

/// What is selected in an overlay.
enum Chosen {
    Issue(IssueId),
    Item(ItemId),
}

/// Carries an action of an overlay into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Back => {
            if let Some(Overlay::Help(page)) = state.overlays.last_mut()
                && page.input.take().is_some()
            {
                page.offset = 0;
                return vec![];
            }
            state.overlays.pop();
            super::fit(state);
            vec![]
        }
        Action::Open => open(state),
        Action::Find => {
            writing::open_look_up(state);
            vec![]
        }
        // From one overlay to another.
        Action::Jump | Action::Issues | Action::Bookmarks => {
            state.overlays.clear();
            super::reader::act(state, action)
        }
        Action::Bookmark => toggle_bookmark(state),
        Action::Tags => match chosen(state) {
            Some(subject) => writing::open_tags(state, subject),
            None => vec![],
        },
        Action::Note => match chosen(state) {
            Some(subject) => writing::open_note(state, subject),
            None => vec![],
        },
        Action::Scope => switch_jump_scope(state),
        Action::Undo => marking::turn(state, Turn::Back),
        Action::Redo => marking::turn(state, Turn::Forth),
        _ => match step(action, height(state)) {
            Some(step) => go(state, step),
            None => vec![],
        },
    }
}

/// The step that a moving action means among rows of which `height` are visible.
pub fn step(action: Action, height: usize) -> Option<Step> {
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    match action {
        Action::MoveDown => Some(Step::By(1)),
        Action::MoveUp => Some(Step::By(-1)),
        Action::First => Some(Step::First),
        Action::Last => Some(Step::Last),
        Action::HalfPageDown => Some(Step::By((page / 2).max(1))),
        Action::HalfPageUp => Some(Step::By(-(page / 2).max(1))),
        Action::PageDown => Some(Step::By(page)),
        Action::PageUp => Some(Step::By(-page)),
        _ => None,
    }
}

/// Rows of the top overlay that are visible.
fn height(state: &State) -> usize {
    state
        .overlays
        .last()
        .map_or(0, |overlay| height_of(overlay, &state.regions()))
}

fn height_of(overlay: &Overlay, regions: &Regions) -> usize {
    match overlay {
        Overlay::Jump(_) => JumpRegions::new(regions).height(),
        Overlay::Issues(_) => issues::height(regions),
        Overlay::Bookmarks(_) => bookmarks::height(regions),
        Overlay::Tags(_) => tags::height(regions),
        Overlay::Saved(_) => saved::height(regions),
        Overlay::Note(note) => note.height(regions),
        Overlay::Fix(page) => page.height(regions),
        Overlay::Diagnostics(_) => diagnostics::height(regions),
        Overlay::Help(page) => help::height(page, regions),
    }
}

fn go(state: &mut State, step: Step) -> Vec<Effect> {
    let (height, regions) = (height(state), state.regions());
    let issues = state.issues.as_ref().map_or(0, Vec::len);
    let help_lines = help_lines(state);
    match state.overlays.last_mut() {
        Some(Overlay::Jump(jump)) => {
            let len = jump.rows.as_ref().map_or(0, Vec::len);
            jump.cursor.go(step, len, height);
            return ask_preview(state);
        }
        Some(Overlay::Issues(list)) => list.cursor.go(step, issues, height),
        Some(Overlay::Bookmarks(list)) => list.go(step, height),
        Some(Overlay::Tags(tags)) => tags.field.choose(step, height),
        Some(Overlay::Saved(saved)) => saved.go(step, height),
        Some(Overlay::Note(note)) => note.area.go(step),
        Some(Overlay::Fix(page)) => page.go(step, &regions),
        Some(Overlay::Diagnostics(page)) => page.go(step, height),
        Some(Overlay::Help(page)) => {
            page.go(step, help_lines, height);
        }
        None => {}
    }
    vec![]
}

/// Opens what is selected and closes the overlay.
fn open(state: &mut State) -> Vec<Effect> {
    let chosen = match state.overlays.last() {
        Some(Overlay::Issues(list)) => {
            let issues = state.issues.as_deref().unwrap_or_default();
            issues
                .get(list.cursor.selected)
                .map(|head| Chosen::Issue(head.id))
        }
        Some(Overlay::Diagnostics(page)) => match page.selected_item() {
            Some(item) => Some(Chosen::Item(item)),
            // It speaks of the issue, which is behind it.
            None => return act(state, Action::Back),
        },
        Some(Overlay::Bookmarks(list)) => match list.selected() {
            Some(BookmarkRow::Item(item)) => Some(Chosen::Item(item.id)),
            Some(BookmarkRow::Detached(one)) => {
                state.notice = Some(Notice::Detached {
                    publication: one.publication.clone(),
                    issue: one.key.issue.0,
                    has_note: one.marks.note.is_some(),
                    has_issue: one.has_issue,
                });
                return vec![];
            }
            Some(BookmarkRow::Heading) | None => None,
        },
        Some(Overlay::Jump(jump)) => {
            let rows = jump.rows.as_deref().unwrap_or_default();
            let row = rows.get(jump.cursor.selected);
            let chosen = row.map(|row| (row.head.id, row.head.key.clone()));
            chosen.map(|(item, key)| {
                remember_jump(state, key);
                Chosen::Item(item)
            })
        }
        _ => None,
    };
    let Some(chosen) = chosen else { return vec![] };
    state.overlays.clear();
    super::fit(state);
    match chosen {
        Chosen::Issue(id) => open_issue(state, id),
        Chosen::Item(id) => go_to(state, id),
    }
}

/// Keeps where the jump leads to, before where it led.
fn remember_jump(state: &mut State, key: ItemKey) {
    state.jumps.retain(|former| *former != key);
    state.jumps.insert(0, key);
    state.jumps.truncate(RECENT);
}

/// The item whose marks a key changes: the selected one of the bookmarks.
fn chosen(state: &State) -> Option<Subject> {
    match state.overlays.last() {
        Some(Overlay::Bookmarks(list)) => list.subject(),
        _ => None,
    }
}

fn toggle_bookmark(state: &mut State) -> Vec<Effect> {
    match chosen(state) {
        Some(subject) => {
            let on = Change::Bookmark(!subject.marks.bookmarked);
            marking::want(state, &subject, vec![on])
        }
        None => vec![],
    }
}

/// Looks for what was typed.
pub fn ask_jump(state: &mut State) -> Vec<Effect> {
    state.latest.jump = state.latest.next();
    let (ticket, recent) = (state.latest.jump, state.jumps.clone());
    let Some(jump) = state.jump_mut() else {
        return vec![];
    };
    jump.again = false;
    jump.is_going_on = true;
    jump.is_part = false;
    let asked = Jump {
        typed: jump.input.value().to_owned(),
        scope: jump.issue.map_or(Scope::Library, Scope::Issue),
        recent,
    };
    vec![Effect::Find(Find::Jump(ticket, asked))]
}

/// Looks in the whole library instead of the issue that is read, or the other way round.
fn switch_jump_scope(state: &mut State) -> Vec<Effect> {
    let open = state.open.as_ref();
    let here = open.and_then(|open| match (open.listing.scope, open.selected()) {
        (Scope::Issue(issue), _) => Some(issue),
        (Scope::Library, selected) => selected.map(|item| issue_of(item.id)),
    });
    let Some(jump) = state.jump_mut() else {
        return vec![];
    };
    jump.issue = match jump.issue {
        None => here,
        Some(_) => None,
    };
    ask_jump(state)
}

/// Asks for the text of the selected hit, where there is room for it and it is not there yet.
pub fn ask_preview(state: &mut State) -> Vec<Effect> {
    let room = JumpRegions::new(&state.regions()).preview.is_some();
    let Some(jump) = state.jump_mut() else {
        return vec![];
    };
    let selected = jump
        .rows
        .as_ref()
        .and_then(|rows| rows.get(jump.cursor.selected))
        .map(|row| row.head.id);
    let shown = jump.preview.as_ref().filter(|preview| !preview.outdated);
    let shown = shown.map(|preview| preview.view.head.id);
    if selected.is_none() {
        jump.preview = None;
    }
    match selected {
        Some(item) if room && shown != Some(item) => vec![ask_item(state, Use::Preview, item)],
        _ => {
            // An answer that is still on its way is for a hit that is not selected any more.
            state.latest.preview = state.latest.next();
            vec![]
        }
    }
}

/// Asks what was noted about the selected item and its issue; about the issue alone where nothing is selected.
pub fn ask_noted(state: &mut State) -> Vec<Effect> {
    let Some((issue, item)) = selected_or_issue(state) else {
        return vec![];
    };
    state.latest.noted = state.latest.next();
    vec![Effect::Ask(Ask::Noted(state.latest.noted, issue, item))]
}

/// Has the document opened that the selected item, or the issue, was read from.
pub fn ask_original(state: &State) -> Vec<Effect> {
    let selected = selected_or_issue(state);
    let ask = selected.map(|(issue, item)| Effect::Ask(Ask::Original(issue, item)));
    ask.into_iter().collect()
}

/// The issue that is read, and the selected item of it where one is.
fn selected_or_issue(state: &State) -> Option<(IssueId, Option<ItemId>)> {
    let open = state.open.as_ref()?;
    let item = open.selected().map(|item| item.id);
    match (item, open.listing.scope) {
        (Some(item), _) => Some((issue_of(item), Some(item))),
        (None, Scope::Issue(issue)) => Some((issue, None)),
        (None, Scope::Library) => None,
    }
}

/// Lines of the help; none while it is not open.
fn help_lines(state: &State) -> usize {
    let open = state
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Help(_)));
    if open { help::lines(state).len() } else { 0 }
}

/// Keeps the selected row of each overlay visible, and the preview as wide as its box.
pub fn fit(state: &mut State) {
    let regions = state.regions();
    let (policy, language) = (state.policy, state.language);
    let setting = state.setting().without_hanging();
    let issues = state.issues.as_ref().map_or(0, Vec::len);
    let help_lines = help_lines(state);
    for overlay in &mut state.overlays {
        let height = height_of(overlay, &regions);
        match overlay {
            Overlay::Jump(jump) => {
                jump.cursor
                    .keep_visible(jump.rows.as_ref().map_or(0, Vec::len), height);
                if let (Some(area), Some(preview)) =
                    (JumpRegions::new(&regions).preview, &mut jump.preview)
                {
                    preview.fit(area.width, usize::from(area.height), setting);
                }
            }
            Overlay::Issues(list) => list.cursor.keep_visible(issues, height),
            // Not on the heading.
            Overlay::Bookmarks(list) => list.go(Step::By(0), height),
            Overlay::Tags(tags) => tags.field.fit(height),
            Overlay::Saved(saved) => saved.fit(height),
            Overlay::Note(note) => note.fit(&regions),
            Overlay::Fix(page) => page.fit(&regions),
            Overlay::Diagnostics(page) => {
                page.fit(&regions, policy, language);
            }
            Overlay::Help(page) => page.go(Step::By(0), help_lines, height),
        }
    }
}
