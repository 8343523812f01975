//! The filter pane: fields for keywords, issue numbers and the whole filter as text, and one to find a switch; switches for the scope,
//! marks, sections and whatever else items can be told apart by, each with what it would leave.
//! Must not count.

mod draw;
mod groups;
mod lookup;

pub use draw::draw;
pub use groups::{Groups, Value};
pub use lookup::{Lookup, look_up};

use crate::app::Failure;
use crate::issue::ItemId;
use crate::query::{Facet, Mark, Query, QueryError};
use crate::store::Listing;
use crate::text::wrap;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::state::State;
use std::borrow::Cow;
use std::collections::BTreeSet;
use tui_input::Input;

/// The pane's own state; the filter itself is the query of what is listed.
#[derive(Debug, Default)]
pub struct Filter {
    /// `selected` is an index of [`rows`].
    pub cursor: Cursor,
    /// The field that is typed into.
    pub editing: Option<Editing>,
    /// What is wrong with what was typed.
    pub problem: Option<QueryError>,
    /// The item that was selected when the filter was typed into: where one comes back to when nothing is left of it.
    pub from: Option<ItemId>,
    /// Of what all values are shown, and not the most frequent alone.
    pub opened: BTreeSet<Facet>,
    /// What is typed to find a switch.
    pub lookup: Lookup,
}

/// A field that is typed into.
#[derive(Debug)]
pub struct Editing {
    /// Which.
    pub field: Field,
    /// What is typed.
    pub input: Input,
    /// What was listed before, and is while something is wrong with what is typed.
    pub before: Listing,
}

/// A field of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Keywords.
    Words,
    /// Issue numbers.
    Issues,
    /// The whole filter as text.
    Text,
    /// What is typed to find a switch.
    Values,
}

/// A row of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A field.
    Field(Field),
    /// A line of what is wrong: from this byte to that one of its text.
    Problem(usize, usize),
    /// The heading above the whole filter as text, where there is no room beside it.
    Text,
    /// Whether the whole library is listed.
    Scope,
    /// Whether only items with this mark are.
    Mark(Mark),
    /// Whether only items with a note are.
    Noted,
    /// The heading above the sections.
    Sections,
    /// Whether only items of this section and others so switched are; an index of the tally's titles.
    Section(usize),
    /// The heading above what items state of this.
    Facet(Facet),
    /// Whether only items that state this value and others so switched are; which of the values there are.
    Value(Facet, usize),
    /// How many of these values are not shown; 0 where all are.
    More(Facet, usize),
    /// That no switch is called what is typed.
    NoValue,
    /// Nothing.
    Blank,
}

impl Row {
    /// Whether it can be selected.
    #[must_use]
    pub const fn acts(self) -> bool {
        matches!(
            self,
            Self::Field(_)
                | Self::Scope
                | Self::Mark(_)
                | Self::Noted
                | Self::Section(_)
                | Self::Value(..)
                | Self::More(..)
        )
    }
}

impl Field {
    /// Every one, in the order of the pane.
    pub const ALL: [Self; 4] = [Self::Words, Self::Issues, Self::Text, Self::Values];

    /// What it holds while it is not typed into.
    #[must_use]
    pub fn text(self, query: &Query, lookup: &Lookup) -> String {
        match self {
            Self::Words => query.words_text(),
            Self::Issues => query.issues_text(),
            Self::Text => query.to_string(),
            Self::Values => lookup.typed.clone(),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Words => "filter.words",
            Self::Issues => "filter.issues",
            Self::Text => "filter.text",
            Self::Values => "filter.values",
        }
    }
}

/// Rows below which blank ones are left out.
const ROOMY: u16 = 14;
/// Columns below which the filter as text has no room beside its name.
const BESIDE: u16 = 36;

/// The switches that are always there.
const MARKS: [Row; 5] = [
    Row::Scope,
    Row::Mark(Mark::Unread),
    Row::Mark(Mark::Read),
    Row::Mark(Mark::Bookmarked),
    Row::Noted,
];

/// What the pane shows.
#[must_use]
pub fn rows(state: &State) -> Vec<Row> {
    let room = state.regions().filter_rows();
    let blank = (room.height >= ROOMY).then_some(Row::Blank);
    let problem = problem(state);
    let width = usize::from(room.width.saturating_sub(2));
    let typed = state.filter.editing.as_ref().map(|editing| editing.field);
    let mut rows = vec![];
    for field in Field::ALL {
        if field == Field::Text && room.width < BESIDE {
            rows.push(Row::Text);
        }
        rows.push(Row::Field(field));
        if typed == Some(field) {
            let lines = wrap(&problem, width, 0, state.policy).into_iter();
            rows.extend(lines.map(|line| Row::Problem(line.start, line.end)));
        }
    }
    rows.extend(blank);
    if state.filter.lookup.is_on() {
        rows.extend(state.filter.lookup.rows());
        return rows;
    }
    rows.extend(MARKS);
    let titles = state.open.as_ref().and_then(|open| open.tally.as_ref());
    let titles = titles.map_or(0, |tally| tally.titles.len());
    if titles > 0 {
        rows.extend(blank);
        rows.push(Row::Sections);
        rows.extend((0..titles).map(Row::Section));
    }
    if let Some(open) = &state.open {
        rows.extend(open.groups.rows(&state.filter.opened, blank));
    }
    rows
}

/// What is wrong, in words; empty where nothing is.
fn problem(state: &State) -> String {
    let problem = state.filter.problem.clone();
    problem.map_or(String::new(), |problem| {
        let failure = Failure::from(problem);
        let hint = failure.hint(state.language).unwrap_or_default();
        format!("{} — {hint}", failure.message(state.language))
    })
}

/// Goes a step among rows that act.
pub fn go(state: &mut State, step: Step) {
    let rows = rows(state);
    let height = usize::from(state.regions().filter_rows().height);
    let acting: Vec<usize> = (0..rows.len()).filter(|n| rows[*n].acts()).collect();
    let here = acting.partition_point(|n| *n < state.filter.cursor.selected);
    let there = step.from(here, acting.len());
    let row = acting.get(there).copied().unwrap_or(0);
    state.filter.cursor.select(row, rows.len(), height);
}

/// Selects the row of a field.
pub fn select_field(state: &mut State, field: Field) {
    let rows = rows(state);
    let height = usize::from(state.regions().filter_rows().height);
    let row = rows.iter().position(|row| *row == Row::Field(field));
    state
        .filter
        .cursor
        .select(row.unwrap_or(0), rows.len(), height);
}

/// What a switch is called; nothing of any other row.
fn name(state: &State, row: Row) -> Cow<'_, str> {
    let open = state.open.as_ref();
    let say = |word| state.language.say(word);
    match row {
        Row::Scope => say(state.library_word()),
        Row::Mark(Mark::Unread) => say("filter.unread"),
        Row::Mark(Mark::Read) => say("filter.read"),
        Row::Mark(Mark::Bookmarked) => say("filter.bookmarked"),
        Row::Noted => say("filter.noted"),
        Row::Section(n) => {
            let tally = open.and_then(|open| open.tally.as_ref());
            let title = tally.and_then(|tally| tally.titles.get(n));
            title.map_or("", String::as_str).into()
        }
        Row::Value(facet, n) => {
            let value = open.and_then(|open| open.groups.value(facet, n));
            value.map_or("", |value| value.name.as_str()).into()
        }
        _ => "".into(),
    }
}
