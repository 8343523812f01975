//! The welcome at the first start: the few keys that matter. Any key takes it away and does what it does.
//! Must not have keys of its own.

use super::open_box;
use crate::keys::{Action, Context};
use crate::look::Role;
use crate::text::wrap;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// The keys that are enough to begin with.
const ACTIONS: [Action; 5] = [
    Action::Open,
    Action::ReadOn,
    Action::Filter,
    Action::Help,
    Action::Quit,
];
/// Columns of the box at the most, with its frame; blank ones on either side of a line; and between two keys.
const WIDTH: u16 = 64;
const MARGIN: u16 = 2;
const GAP: u16 = 3;

/// Whether the welcome is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Welcome {
    /// It is not known yet whether this is the first start.
    #[default]
    Unknown,
    /// It is.
    Shown,
    /// It was, or needs not to be.
    Over,
}

/// A key, and the word for what it does.
type Hint = (String, String);

/// A line of the welcome.
enum Line {
    Sentence(String),
    Keys(Vec<Hint>),
}

/// Draws it in the middle of the panes; where they are too small for a box below their first row, without one.
pub fn draw(canvas: &mut Canvas, state: &State) {
    let panes = state.regions().panes();
    let width = panes.width.min(WIDTH);
    let lines = self::lines(canvas, state, width.saturating_sub(2 + 2 * MARGIN));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let height = height.saturating_add(2);
    if height >= panes.height {
        return draw_bare(canvas, state, panes);
    }
    let frame = Rect {
        x: panes.x + (panes.width - width) / 2,
        y: panes.y + (panes.height - height) / 2,
        width,
        height,
    };
    let title = state.language.say("overlay.welcome");
    let area = open_box(canvas, frame, &title, "");
    for (row, line) in area.rows().zip(&lines) {
        draw_line(canvas, row, row.x + MARGIN, line);
    }
}

/// Draws it below the first row of the panes: the keys, and of the rest what there is room for.
fn draw_bare(canvas: &mut Canvas, state: &State, panes: Rect) {
    let area = Rect {
        y: panes.y + 1,
        height: panes.height.saturating_sub(1),
        ..panes
    };
    canvas.fill(area, canvas.look().style(Role::Text));
    let mut lines = lines(canvas, state, area.width.saturating_sub(2));
    while lines.len() > usize::from(area.height) {
        let last = |line: &Line| matches!(line, Line::Sentence(_));
        let Some(last) = lines.iter().rposition(last) else {
            break;
        };
        lines.remove(last);
    }
    for (row, line) in area.rows().zip(&lines) {
        draw_line(canvas, row, row.x + 1, line);
    }
}

fn draw_line(canvas: &mut Canvas, row: Rect, mut x: u16, line: &Line) {
    match line {
        Line::Sentence(text) => {
            canvas.role(row, x, row.y, text, Role::Text);
        }
        Line::Keys(hints) => {
            for (key, word) in hints {
                x = canvas.role(row, x, row.y, key, Role::Prompt) + 1;
                x = canvas.role(row, x, row.y, word, Role::Text) + GAP;
            }
        }
    }
}

/// What it says, in lines of `width` at the most.
fn lines(canvas: &Canvas, state: &State, width: u16) -> Vec<Line> {
    let sentence = |word: &str| {
        let text = state.language.say(word);
        let parts = wrap(&text, usize::from(width), 0, state.policy).into_iter();
        parts
            .map(|part| Line::Sentence(text[part].to_owned()))
            .collect::<Vec<_>>()
    };
    let mut lines = sentence("welcome.keys");
    let (mut row, mut used) = (vec![], 0);
    for (key, word) in hints(state) {
        let columns = canvas.width(&key) + 1 + canvas.width(&word);
        if !row.is_empty() && used + GAP + columns > width {
            lines.push(Line::Keys(std::mem::take(&mut row)));
            used = 0;
        }
        used += columns + if row.is_empty() { 0 } else { GAP };
        row.push((key, word));
    }
    lines.push(Line::Keys(row));
    lines.extend(sentence("welcome.begin"));
    lines
}

/// The keys as they are bound.
fn hints(state: &State) -> impl Iterator<Item = Hint> {
    ACTIONS.into_iter().filter_map(|action| {
        let key = state.keymap.shown(Context::Reader, action)?;
        let word = state.language.say(&action.short_word(Context::Reader));
        Some((key, word.into_owned()))
    })
}
