//! What can follow the strokes so far: a box above the status bar, made from the bindings.
//! Must not know which keys there are.

use crate::keys::Action;
use crate::look::Role;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Columns between a key and what it does.
const GAP: u16 = 2;

/// Draws the box, while there are strokes that begin something: a row for each binding they may become.
pub fn draw(canvas: &mut Canvas, regions: &Regions, state: &State) {
    if state.strokes.is_empty() {
        return;
    }
    let rows = rows(state);
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        let widths = texts.map(|text| canvas.width(text));
        widths.max().unwrap_or(0)
    };
    let keys = widest(&mut rows.iter().map(|(key, _)| key));
    let words = widest(&mut rows.iter().map(|(_, word)| word));
    // A frame, and a blank column within it on either side.
    let wanted = keys.saturating_add(words).saturating_add(GAP + 4);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let area = regions.corner(wanted, height.saturating_add(2));
    canvas.fill(area, canvas.look().style(Role::Text));
    let begun: String = state.strokes.iter().map(ToString::to_string).collect();
    canvas.frame(area, true, &begun, "");
    let inside = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    let word_style = canvas.look().style(Role::Text);
    for (row, (key, word)) in inside.rows().zip(&rows) {
        canvas.role(row, row.x, row.y, key, Role::Prompt);
        canvas.cut(row, row.x + keys + GAP, row.y, word, word_style);
    }
}

/// The strokes that are still to come, and what they do then.
fn rows(state: &State) -> Vec<(String, String)> {
    let context = state.context();
    let following = state.keymap.following(context, &state.strokes);
    let word = |action: Action| state.language.say(&action.word(context)).into_owned();
    let rows = following.into_iter();
    rows.map(|(rest, action)| (rest, word(action))).collect()
}
