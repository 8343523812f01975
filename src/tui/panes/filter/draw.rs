//! Drawing the filter pane.
//! Must not decide which rows there are.

use super::{BESIDE, Field, Row, groups, name, problem, rows};
use crate::look::Role;
use crate::store::Scope;
use crate::tui::field;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::state::{Focus, State};
use ratatui::layout::{Position, Rect};

/// Draws the pane into `area`, frame and all; where the hardware cursor goes while a field is typed into.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) -> Option<Position> {
    let active = matches!(state.focus, Focus::Filter { .. });
    let regions = state.regions();
    let open = state.open.as_ref();
    let found = open.and_then(|open| {
        let total = open.tally.as_ref()?.total(&open.listing.query);
        let items = state.language.say_with("count.items", &[("n", &total)]);
        Some(state.so_far(items))
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
    let best = state.filter.best();
    let mut cursor = None;
    for (row, (n, what)) in regions.filter_rows().rows().zip(shown) {
        // What is typed to find a switch has the cursor, and Enter is for the switch.
        let selected = active && (n == state.filter.cursor.selected || best == Some(what));
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
                let title = state.language.say(groups::word(facet));
                canvas.role(row, row.x + 1, row.y, &title, Role::Section);
            }
            Row::More(_, hidden) => draw_more(canvas, row, hidden, selected, state),
            Row::Scope | Row::Mark(_) | Row::Noted | Row::Section(_) | Row::Value(..) => {
                draw_switch(canvas, row, what, selected, state);
            }
            Row::NoValue => {
                let text = state.language.say("filter.no-value");
                canvas.role(row, row.x + 1, row.y, &text, Role::Faint);
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
    let names = Field::ALL.map(|field| state.language.say(field.word()).into_owned());
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
        .map(|open| field.text(&open.listing.query, &state.filter.lookup));
    canvas.cut(room, x + 1, row.y, &text.unwrap_or_default(), ground);
    None
}

/// A switch: whether it is on, what it is for, what it would leave.
fn draw_switch(canvas: &mut Canvas, row: Rect, what: Row, selected: bool, state: &State) {
    let Some(open) = &state.open else { return };
    let (query, tally) = (&open.listing.query, open.tally.as_ref());
    let (on, count) = match what {
        Row::Scope => (open.listing.scope == Scope::Library, None),
        Row::Mark(mark) => {
            let count = tally.map(|tally| tally.marked(query, mark));
            (query.wants(mark), count)
        }
        Row::Noted => {
            let count = tally.map(|tally| tally.noted(query));
            (query.wants_note(), count)
        }
        Row::Section(n) => {
            let count = tally.map(|tally| tally.in_section(query, n));
            (query.wants_section(&name(state, what)), count)
        }
        Row::Value(facet, n) => {
            let Some(value) = open.groups.value(facet, n) else {
                return;
            };
            // What is being listed may differ from what was grouped last.
            (query.is_on(&value.choice(facet)), Some(value.count))
        }
        _ => return,
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
    canvas.cut(room, x, row.y, &name(state, what), ground);
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
