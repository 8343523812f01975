//! Finding a switch by typing a part of what it is called, or its pinyin: the rows that match, best first.
//! Must not switch anything.

use super::{Field, Filter, MARKS, Row, name};
use crate::facts::called::industry_in_english;
use crate::jump::among;
use crate::query::{Added, Facet, stage_names};
use crate::tui::state::State;

/// What is typed to find a switch, and what it leaves.
#[derive(Debug, Default)]
pub struct Lookup {
    /// As typed.
    pub typed: String,
    rows: Vec<Row>,
}

impl Lookup {
    /// Whether a switch is looked for.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.typed.trim().is_empty()
    }

    /// The rows of the switches that match, each kind below its heading: that with the best match first.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        let none = self.rows.is_empty().then_some(Row::NoValue);
        self.rows.iter().copied().chain(none)
    }

    /// The switch that matches best.
    #[must_use]
    pub fn best(&self) -> Option<Row> {
        let mut acting = self.rows.iter().copied().filter(|row| row.acts());
        acting.next().filter(|_| self.is_on())
    }
}

impl Filter {
    /// The switch that matches best what is being typed to find one.
    #[must_use]
    pub fn best(&self) -> Option<Row> {
        let editing = self.editing.as_ref();
        editing.filter(|editing| editing.field == Field::Values)?;
        self.lookup.best()
    }
}

/// Looks again: something else is typed, or there are other values.
pub fn look_up(state: &mut State) {
    let mut rows = vec![];
    if state.filter.lookup.is_on() {
        let switches = switches(state);
        let typed = &state.filter.lookup.typed;
        let mut found = among(typed, switches.iter().map(|row| name(state, *row)));
        // By the names that queries take, where no name that is shown matches.
        if found.is_empty() {
            found = among(typed, switches.iter().map(|row| in_queries(state, *row)));
        }
        rows = by_heading(found.into_iter().map(|place| switches[place]));
    }
    state.filter.lookup.rows = rows;
}

/// What a switch is called in queries, beside its name.
fn in_queries(state: &State, row: Row) -> String {
    let open = state.open.as_ref();
    let value = |facet, n| {
        let value = open.and_then(|open| open.groups.value(facet, n));
        value.map_or("", |value| value.name.as_str())
    };
    match row {
        Row::Mark(mark) => mark.names().join(" "),
        Row::Noted => Added::Note.names().join(" "),
        Row::Value(Facet::Stage, n) => {
            let names = value(Facet::Stage, n).parse().map(stage_names);
            names.unwrap_or_default().join(" ")
        }
        Row::Value(Facet::Industry, n) => industry_in_english(value(Facet::Industry, n))
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}

/// All switches, shown or not.
fn switches(state: &State) -> Vec<Row> {
    let mut rows = MARKS.to_vec();
    if let Some(open) = &state.open {
        let titles = open.tally.as_ref().map_or(0, |tally| tally.titles.len());
        rows.extend((0..titles).map(Row::Section));
        rows.extend(open.groups.all().map(|(row, _)| row));
    }
    rows
}

/// The same rows kind by kind, each below its heading, kinds and rows in the order in which they come.
fn by_heading(found: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut kinds: Vec<Vec<Row>> = vec![];
    for row in found {
        let heading = match row {
            Row::Section(_) => Some(Row::Sections),
            Row::Value(facet, _) => Some(Row::Facet(facet)),
            _ => None,
        };
        let begins = |kind: &&mut Vec<Row>| match heading {
            Some(heading) => kind[0] == heading,
            None => kind[0].acts(),
        };
        match kinds.iter_mut().find(begins) {
            Some(kind) => kind.push(row),
            None => kinds.push(heading.into_iter().chain([row]).collect()),
        }
    }
    kinds.concat()
}
