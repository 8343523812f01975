//! Actions in the filter pane: fields that narrow as one types, switches, and a field to find one of them.

use super::lists::{self, Reason};
use super::{finding, marking, reader, saved};
use crate::keys::Action;
use crate::query::QueryError;
use crate::store::Scope;
use crate::tui::cursor::Step;
use crate::tui::effect::Effect;
use crate::tui::history::Turn;
use crate::tui::layout::Shape;
use crate::tui::panes::filter::{self, Editing, Field, Row};
use crate::tui::state::{Focus, Open, Pane, State};
use tui_input::Input;

/// Opens the filter in one of its fields.
pub fn open(state: &mut State, field: Field) -> Vec<Effect> {
    if state.open.is_none() {
        return vec![];
    }
    state.focus = Focus::Filter {
        from: state.focus.pane(),
    };
    edit(state, field);
    super::fit(state);
    vec![]
}

/// Carries an action of the filter into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Back => back(state),
        Action::Open => match chosen(state) {
            Some(Row::Field(Field::Values)) if state.filter.lookup.is_on() => switch_best(state),
            // The list is what was typed for. What is wrong stays to be mended.
            Some(Row::Field(_)) if state.filter.problem.is_some() => vec![],
            Some(Row::Field(_)) if state.filter.editing.is_some() => leave(state, Pane::Contents),
            Some(row) => switch(state, row),
            None => vec![],
        },
        Action::Filter => {
            edit(state, Field::Words);
            vec![]
        }
        Action::Values => {
            edit(state, Field::Values);
            vec![]
        }
        Action::ClearFilter => {
            state.filter.problem = None;
            reader::clear_filter(state)
        }
        Action::Saved => saved::open(state),
        Action::Scope => lists::switch_scope(state),
        Action::PaneLeft => {
            let pane = if state.regions().shape == Shape::Wide {
                Pane::Body
            } else {
                Pane::Contents
            };
            leave(state, pane)
        }
        Action::Undo => marking::turn(state, Turn::Back),
        Action::Redo => marking::turn(state, Turn::Forth),
        Action::NextPane => leave(state, Pane::Contents),
        Action::PreviousPane => leave(state, Pane::Body),
        Action::Jump | Action::Issues | Action::Bookmarks | Action::Diagnostics | Action::Quit => {
            reader::act(state, action)
        }
        _ => {
            let height = usize::from(state.regions().filter_rows().height);
            if let Some(step) = super::overlays::step(action, height) {
                go(state, step);
            }
            vec![]
        }
    }
}

fn go(state: &mut State, step: Step) {
    // Out of the field into the row below it or above it.
    stop_editing(state);
    filter::go(state, step);
}

/// Goes back to where the focus was; to the contents where another item is selected now that was not read yet, which going
/// back must not change. Where a switch was looked for, first to all of them.
fn back(state: &mut State) -> Vec<Effect> {
    if state.filter.lookup.is_on() {
        look_for(state, String::new());
        if state.filter.editing.is_some() {
            edit(state, Field::Values);
        }
        return vec![];
    }
    let selected = state.open.as_ref().and_then(Open::selected);
    let unread = selected.is_none_or(|item| !item.marks.read);
    let pane = if unread {
        Pane::Contents
    } else {
        state.focus.pane()
    };
    leave(state, pane)
}

/// Gives the focus to a pane; what was typed stays in force.
fn leave(state: &mut State, pane: Pane) -> Vec<Effect> {
    stop_editing(state);
    look_for(state, String::new());
    if state
        .open
        .as_ref()
        .is_some_and(|open| open.selected().is_some())
    {
        // From here on one is where one is.
        state.filter.from = None;
    }
    reader::focus(state, pane)
}

fn stop_editing(state: &mut State) {
    state.filter.editing = None;
    // What is wrong was never in force, and goes with the field that held it.
    state.filter.problem = None;
}

fn chosen(state: &State) -> Option<Row> {
    filter::rows(state)
        .get(state.filter.cursor.selected)
        .copied()
}

/// Begins to type into a field, behind what is there.
fn edit(state: &mut State, field: Field) {
    stop_editing(state);
    let Some(open) = &state.open else { return };
    let before = open.listing.clone();
    state.filter.from = open.selected().map(|item| item.id).or(state.filter.from);
    state.filter.editing = Some(Editing {
        field,
        input: Input::new(field.text(&before.query, &state.filter.lookup)),
        before,
    });
    filter::select_field(state, field);
}

/// Begins to type into the selected field; where none is, into that to find a switch.
pub fn type_into(state: &mut State) {
    let field = match chosen(state) {
        Some(Row::Field(field)) => field,
        _ => Field::Values,
    };
    edit(state, field);
}

/// Switches what a row stands for, or types into its field.
fn switch(state: &mut State, row: Row) -> Vec<Effect> {
    let Some(open) = &state.open else {
        return vec![];
    };
    let mut query = open.listing.query.clone();
    match row {
        Row::Field(field) => {
            edit(state, field);
            return vec![];
        }
        Row::Scope => return lists::switch_scope(state),
        Row::Mark(mark) => query.switch_mark(mark),
        Row::Noted => query.switch_note(),
        Row::Section(n) => {
            let titles = open.tally.as_ref().map(|tally| &tally.titles[..]);
            let titles: Vec<&str> = titles
                .unwrap_or_default()
                .iter()
                .map(String::as_str)
                .collect();
            let Some(title) = titles.get(n) else {
                return vec![];
            };
            query.switch_section(title, &titles);
        }
        Row::Value(facet, n) => match open.groups.value(facet, n) {
            Some(value) => query.switch(&value.choice(facet)),
            None => return vec![],
        },
        Row::More(facet, _) => {
            if !state.filter.opened.remove(&facet) {
                state.filter.opened.insert(facet);
            }
            super::fit(state);
            return vec![];
        }
        Row::Problem(..)
        | Row::Text
        | Row::Sections
        | Row::Facet(_)
        | Row::NoValue
        | Row::Blank => return vec![],
    }
    lists::filter_by(state, None, query, Reason::Switched)
}

/// Switches what matches best; then another can be looked for.
fn switch_best(state: &mut State) -> Vec<Effect> {
    let Some(best) = state.filter.lookup.best() else {
        return vec![];
    };
    let effects = switch(state, best);
    look_for(state, String::new());
    edit(state, Field::Values);
    effects
}

/// Looks for a switch.
fn look_for(state: &mut State, typed: String) {
    if state.filter.lookup.typed != typed {
        state.filter.lookup.typed = typed;
        fit(state);
    }
}

/// What is typed is in force at once; while something is wrong with it, the filter before.
pub fn typed(state: &mut State) -> Vec<Effect> {
    let (Some(open), Some(editing)) = (&state.open, &state.filter.editing) else {
        return vec![];
    };
    let (text, before) = (editing.input.value(), &editing.before);
    if editing.field == Field::Values {
        let typed = text.to_owned();
        look_for(state, typed);
        return vec![];
    }
    let read = match editing.field {
        Field::Words => before.query.with_words(text),
        Field::Issues => {
            let at = 0..text.chars().count().max(1);
            let query = before.query.with_issues(text);
            query.map_err(|problem| QueryError { at, problem })
        }
        Field::Text | Field::Values => text.parse(),
    };
    let field = editing.field;
    let (query, problem) = match read {
        Ok(query) => (query, None),
        Err(problem) => (before.query.clone(), Some(problem)),
    };
    // One issue has one number: who begins to ask for numbers means the library.
    let scope = if query.wants_issues() && !before.query.wants_issues() {
        Scope::Library
    } else {
        before.scope
    };
    let same = query == open.listing.query && scope == open.listing.scope;
    let is_other = query.needles() != open.listing.query.needles();
    if is_other && !query.needles().is_empty() {
        finding::give_way(state);
    }
    state.filter.problem = problem;
    filter::select_field(state, field);
    if same {
        return vec![];
    }
    lists::filter_by(state, Some(scope), query, Reason::Typed)
}

/// Keeps the selected row visible and on something that acts, and the switches that are looked for as they are.
pub fn fit(state: &mut State) {
    filter::look_up(state);
    match state.filter.editing.as_ref().map(|editing| editing.field) {
        Some(field) => filter::select_field(state, field),
        None => filter::go(state, Step::By(0)),
    }
}
