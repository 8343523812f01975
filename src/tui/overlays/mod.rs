//! One overlay a file: what it holds, and how it is drawn over the panes.

pub mod bookmarks;
pub mod diagnostics;
pub mod fix;
pub mod help;
pub mod issues;
pub mod jump;
pub mod note;
pub mod saved;
pub mod tags;
pub mod welcome;

pub use bookmarks::{BookmarkRow, Bookmarks};
pub use diagnostics::Diagnostics;
pub use fix::FixPage;
pub use help::HelpPage;
pub use issues::Issues;
pub use jump::{Jump, JumpRegions};
pub use note::NoteField;
pub use saved::Saved;
pub use tags::Tags;
pub use welcome::Welcome;

use super::cursor::Cursor;
use super::paint::Canvas;
use crate::look::Role;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Blanks an overlay's box and frames it; the area inside the frame.
fn open_box(canvas: &mut Canvas, area: Rect, title: &str, foot: &str) -> Rect {
    canvas.fill(area, canvas.look().style(Role::Text));
    canvas.frame(area, true, title, foot);
    inside(area)
}

/// The area inside a frame.
const fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// The row of a field at the top of an overlay, and what is below it.
const fn below_field(frame: Rect) -> (Rect, Rect) {
    let inner = inside(frame);
    let height = if inner.height > 0 { 1 } else { 0 };
    let field = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        height,
        ..inner
    };
    let below = Rect {
        y: inner.y + height,
        height: inner.height - height,
        ..inner
    };
    (field, below)
}

/// Rows of a list with the ground of each: selected or not.
pub(super) fn rows(
    canvas: &mut Canvas,
    area: Rect,
    cursor: Cursor,
    len: usize,
    mut draw: impl FnMut(&mut Canvas, Rect, usize, Style),
) {
    for (row, n) in area.rows().zip(cursor.offset..len) {
        let role = if n == cursor.selected {
            Role::Selected
        } else {
            Role::Text
        };
        let ground = canvas.look().style(role);
        canvas.fill(row, ground);
        draw(canvas, row, n, ground);
    }
}

/// A sentence in the middle of an empty list.
fn empty(canvas: &mut Canvas, area: Rect, sentence: &str) {
    let style = canvas.look().style(Role::Faint);
    let lines = crate::text::wrap(
        sentence,
        usize::from(area.width.saturating_sub(2)),
        0,
        canvas.look().policy,
    );
    let top = area.y
        + area
            .height
            .saturating_sub(u16::try_from(lines.len()).unwrap_or(0))
            / 2;
    for (y, line) in (top..area.bottom()).zip(lines) {
        canvas.text(area, area.x + 1, y, &sentence[line], style);
    }
}
