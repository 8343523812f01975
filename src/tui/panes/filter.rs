//! The filter pane: fields for keywords, issue numbers and the whole filter as text; switches for the scope, marks and
//! sections, each with what it would leave.

mod stated;

pub use stated::Stated;

use crate::app::Failure;
use crate::issue::ItemId;
use crate::look::Role;
use crate::query::{Facet, Mark, Query, QueryError};
use crate::store::{Listing, Scope};
use crate::text::wrap;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::field;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::state::{Focus, State};
use ratatui::layout::{Position, Rect};
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
                | Self::Section(_)
                | Self::Value(..)
                | Self::More(..)
        )
    }
}

impl Field {
    /// What it holds while it is not typed into.
    #[must_use]
    pub fn text(self, query: &Query) -> String {
        match self {
            Self::Words => query.words_text(),
            Self::Issues => query.issues_text(),
            Self::Text => query.to_string(),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Words => "filter.words",
            Self::Issues => "filter.issues",
            Self::Text => "filter.text",
        }
    }
}

/// Rows below which blank ones are left out.
const ROOMY: u16 = 14;
/// Columns below which the filter as text has no room beside its name.
const BESIDE: u16 = 36;

/// What the pane shows.
#[must_use]
pub fn rows(state: &State) -> Vec<Row> {
    let room = state.regions().filter_rows();
    let blank = (room.height >= ROOMY).then_some(Row::Blank);
    let problem = problem(state);
    let width = usize::from(room.width.saturating_sub(2));
    let typed = state.filter.editing.as_ref().map(|editing| editing.field);
    let mut rows = vec![];
    for field in [Field::Words, Field::Issues, Field::Text] {
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
    rows.extend([
        Row::Scope,
        Row::Mark(Mark::Unread),
        Row::Mark(Mark::Bookmarked),
    ]);
    let titles = state.open.as_ref().and_then(|open| open.tally.as_ref());
    let titles = titles.map_or(0, |tally| tally.titles.len());
    if titles > 0 {
        rows.extend(blank);
        rows.push(Row::Sections);
        rows.extend((0..titles).map(Row::Section));
    }
    if let Some(open) = &state.open {
        rows.extend(open.stated.rows(&state.filter.opened, blank));
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

/// Draws the pane into `area`, frame and all; where the hardware cursor goes while a field is typed into.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) -> Option<Position> {
    let active = matches!(state.focus, Focus::Filter { .. });
    let regions = state.regions();
    let open = state.open.as_ref();
    let found = open.and_then(|open| {
        let total = open.tally.as_ref()?.total(&open.listing.query);
        Some(state.language.say_with("count.items", &[("n", &total)]))
    });
    let (title, found) = (state.language.say("pane.filter"), found.unwrap_or_default());
    if regions.shape == Shape::Narrow {
        canvas.head(area, &title, &found);
    } else {
        canvas.frame(area, active, &title, &found);
    }
    let problem = problem(state);
    let shown = rows(state)
        .into_iter()
        .enumerate()
        .skip(state.filter.cursor.offset);
    let mut cursor = None;
    for (row, (n, what)) in regions.filter_rows().rows().zip(shown) {
        let selected = active && n == state.filter.cursor.selected;
        match what {
            Row::Field(field) => {
                cursor = draw_field(canvas, row, field, selected, state).or(cursor);
            }
            Row::Problem(from, to) => {
                canvas.role(row, row.x + 1, row.y, &problem[from..to], Role::Problem);
            }
            Row::Text => {
                let title = state.language.say(Field::Text.word());
                canvas.role(row, row.x + 1, row.y, &title, Role::Faint);
            }
            Row::Sections => {
                let title = state.language.say("filter.sections");
                canvas.role(row, row.x + 1, row.y, &title, Role::Section);
            }
            Row::Facet(facet) => {
                let title = state.language.say(stated::word(facet));
                canvas.role(row, row.x + 1, row.y, &title, Role::Section);
            }
            Row::More(_, hidden) => draw_more(canvas, row, hidden, selected, state),
            Row::Scope | Row::Mark(_) | Row::Section(_) | Row::Value(..) => {
                draw_switch(canvas, row, what, selected, state);
            }
            Row::Blank => {}
        }
    }
    cursor.filter(|_| active)
}

/// A field with its name; where the cursor goes if it is the one that is typed into.
fn draw_field(
    canvas: &mut Canvas,
    row: Rect,
    field: Field,
    selected: bool,
    state: &State,
) -> Option<Position> {
    let names = [Field::Words, Field::Issues, Field::Text];
    let names = names.map(|field| state.language.say(field.word()).into_owned());
    let widest = names
        .iter()
        .map(|name| canvas.width(name))
        .max()
        .unwrap_or(0);
    let editing = state
        .filter
        .editing
        .as_ref()
        .filter(|editing| editing.field == field);
    let look = canvas.look();
    let ground = look.style(if selected && editing.is_none() {
        Role::Selected
    } else {
        Role::Text
    });
    canvas.fill(row, ground);
    let mut from = row.x + widest + 2;
    if field == Field::Text && row.width < BESIDE {
        from = row.x + 1;
    } else {
        let name = state.language.say(field.word());
        canvas.text(row, row.x + 1, row.y, &name, look.on(ground, Role::Faint));
    }
    let room = Rect {
        x: from,
        width: row.right().saturating_sub(from),
        ..row
    };
    if let Some(editing) = editing {
        return Some(field::draw(canvas, room, &editing.input));
    }
    let x = canvas.text(
        room,
        room.x,
        room.y,
        look.glyphs.prompt,
        look.on(ground, Role::Faint),
    );
    let text = state
        .open
        .as_ref()
        .map(|open| field.text(&open.listing.query));
    canvas.cut(room, x + 1, row.y, &text.unwrap_or_default(), ground);
    None
}

/// A switch: whether it is on, what it is for, what it would leave.
fn draw_switch(canvas: &mut Canvas, row: Rect, what: Row, selected: bool, state: &State) {
    let Some(open) = &state.open else { return };
    let (query, tally) = (&open.listing.query, open.tally.as_ref());
    let say = |word| state.language.say(word).into_owned();
    let (on, name, count) = match what {
        Row::Scope => (
            open.listing.scope == Scope::Library,
            say(state.library_word()),
            None,
        ),
        Row::Mark(mark) => {
            let word = match mark {
                Mark::Unread => "filter.unread",
                Mark::Read => "filter.read",
                Mark::Bookmarked => "filter.bookmarked",
            };
            let count = tally.map(|tally| tally.marked(query, mark));
            (query.wants(mark), say(word), count)
        }
        Row::Section(n) => {
            let title = tally.and_then(|tally| tally.titles.get(n)).cloned();
            let title = title.unwrap_or_default();
            let count = tally.map(|tally| tally.in_section(query, n));
            (query.wants_section(&title), title, count)
        }
        Row::Value(facet, n) => {
            let Some(value) = open.stated.value(facet, n) else {
                return;
            };
            // What is being listed may differ from what was grouped last.
            let is_on = query.is_on(facet, &value.name);
            (is_on, value.name.clone(), Some(value.count))
        }
        Row::Field(_)
        | Row::Problem(..)
        | Row::Text
        | Row::Sections
        | Row::Facet(_)
        | Row::More(..)
        | Row::Blank => return,
    };
    let look = canvas.look();
    let ground = look.style(if selected { Role::Selected } else { Role::Text });
    canvas.fill(row, ground);
    let (sign, role) = if on {
        ("[x] ", Role::SwitchOn)
    } else {
        ("[ ] ", Role::Faint)
    };
    let x = canvas.text(row, row.x + 1, row.y, sign, look.on(ground, role));
    let count = count.map(|count| format!(" {count} ")).unwrap_or_default();
    let right = canvas.right(row, row.y, &count, look.on(ground, Role::Faint));
    let room = Rect {
        width: right.saturating_sub(row.x),
        ..row
    };
    canvas.cut(room, x, row.y, &name, ground);
}

/// How many values are not shown, to be shown too; or that those which are rare can be left out again.
fn draw_more(canvas: &mut Canvas, row: Rect, hidden: usize, selected: bool, state: &State) {
    let look = canvas.look();
    let ground = look.style(if selected { Role::Selected } else { Role::Text });
    canvas.fill(row, ground);
    let text = if hidden > 0 {
        state.language.say_with("filter.more", &[("n", &hidden)])
    } else {
        state.language.say("filter.fewer").into_owned()
    };
    // Below the names of the values.
    let style = look.on(ground, Role::Faint);
    canvas.cut(row, row.x + 5, row.y, &text, style);
}
