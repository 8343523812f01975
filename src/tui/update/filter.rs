//! Actions in the filter pane: fields that narrow as one types, and switches.

use super::{lists, reader};
use crate::keys::Action;
use crate::query::{Query, QueryError};
use crate::store::Scope;
use crate::tui::cursor::Step;
use crate::tui::effect::Effect;
use crate::tui::layout::Shape;
use crate::tui::panes::filter::{self, Editing, Field, Row};
use crate::tui::state::{Focus, Pane, State};
use tui_input::Input;

/// Opens the filter in its field for keywords.
pub fn open(state: &mut State) -> Vec<Effect> {
    if state.open.is_none() {
        return vec![];
    }
    state.focus = Focus::Filter {
        from: state.focus.pane(),
    };
    edit(state, Field::Words);
    super::fit(state);
    vec![]
}

/// Carries an action of the filter into the state.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Back => leave(state, state.focus.pane()),
        Action::Open => match chosen(state) {
            // The list is what the keywords were typed for.
            Some(Row::Field(_)) if state.filter.editing.is_some() => {
                if state.filter.problem.is_some() {
                    return vec![];
                }
                leave(state, Pane::Contents)
            }
            Some(row) => switch(state, row),
            None => vec![],
        },
        Action::Filter => {
            edit(state, Field::Words);
            vec![]
        }
        Action::ClearFilter => {
            state.filter.problem = None;
            reader::clear_filter(state)
        }
        Action::Scope => lists::switch_scope(state),
        Action::PaneLeft => {
            let pane = if state.regions().shape == Shape::Wide {
                Pane::Body
            } else {
                Pane::Contents
            };
            leave(state, pane)
        }
        Action::NextPane => leave(state, Pane::Contents),
        Action::PreviousPane => leave(state, Pane::Body),
        Action::Jump | Action::Issues | Action::Bookmarks => reader::act(state, action),
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

/// Gives the focus to a pane; what was typed stays in force.
fn leave(state: &mut State, pane: Pane) -> Vec<Effect> {
    stop_editing(state);
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
    let query = state.open.as_ref().map(|open| &open.listing.query);
    let text = query.map(|query| field.text(query)).unwrap_or_default();
    state.filter.editing = Some(Editing {
        field,
        input: Input::new(text),
    });
    filter::select_field(state, field);
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
        Row::Problem(..) | Row::Text | Row::Sections | Row::Blank => return vec![],
    }
    lists::filter_by(state, query, true)
}

/// What is typed is in force at once, unless something is wrong with it.
pub fn typed(state: &mut State) -> Vec<Effect> {
    let (Some(open), Some(editing)) = (&state.open, &state.filter.editing) else {
        return vec![];
    };
    let text = editing.input.value();
    let before = &open.listing.query;
    let read = match editing.field {
        Field::Words => {
            let mut query = before.clone();
            query.set_words(text);
            Ok(query)
        }
        Field::Issues => {
            let mut query = before.clone();
            let whole = 0..text.chars().count().max(1);
            let set = query.set_issues(text);
            set.map(|()| query)
                .map_err(|problem| QueryError { at: whole, problem })
        }
        Field::Text => text.parse::<Query>(),
    };
    let field = editing.field;
    match read {
        Ok(query) => {
            state.filter.problem = None;
            filter::select_field(state, field);
            if query == open_query(state) {
                return vec![];
            }
            // One issue has one number: a range is meant for the library.
            if field == Field::Issues && !text_is_empty(state) {
                widen(state);
            }
            lists::filter_by(state, query, true)
        }
        Err(error) => {
            state.filter.problem = Some(error);
            filter::select_field(state, field);
            vec![]
        }
    }
}

fn open_query(state: &State) -> Query {
    let open = state.open.as_ref();
    open.map(|open| open.listing.query.clone())
        .unwrap_or_default()
}

fn text_is_empty(state: &State) -> bool {
    let editing = state.filter.editing.as_ref();
    editing.is_none_or(|editing| editing.input.value().trim().is_empty())
}

fn widen(state: &mut State) {
    if let Some(open) = &mut state.open {
        open.listing.scope = Scope::Library;
    }
}

/// Keeps the selected row visible and on something that acts.
pub fn fit(state: &mut State) {
    match state.filter.editing.as_ref().map(|editing| editing.field) {
        Some(field) => filter::select_field(state, field),
        None => filter::go(state, Step::By(0)),
    }
}
