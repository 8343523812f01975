//! A notice in the place of the status bar, whole where that can be.
//! Must not know what is said, or when.

use super::GAP;
use crate::look::Role;
use crate::text::wrap;
use crate::tui::paint::Canvas;
use ratatui::layout::Rect;

/// Lines of a notice at the most; and no more than half of the screen.
const MOST: u16 = 6;

/// A notice in place of the rest of the bar, in as many lines as it takes, up to some: what is above them is covered until the next
/// key. The key of the help stands behind it where there is room.
pub(super) fn draw(
    canvas: &mut Canvas,
    area: Rect,
    (text, role): &(String, Role),
    (key, word): &(String, String),
) {
    let style = canvas.look().style(*role);
    let columns = usize::from(area.width.saturating_sub(2));
    let mut lines = wrap(text, columns, 0, canvas.look().policy);
    let most = usize::from((area.y / 2).clamp(1, MOST));
    if lines.len() > most {
        // What does not fit is cut where the last line ends.
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.end = text.len();
        }
    }
    let above = u16::try_from(lines.len().saturating_sub(1)).unwrap_or(0);
    let area = Rect {
        y: area.y.saturating_sub(above),
        height: area.height + above,
        ..area
    };
    canvas.fill(area, style);
    let mut end = area.x;
    for (row, line) in area.rows().zip(lines) {
        let inside = Rect {
            width: row.width.saturating_sub(1),
            ..row
        };
        end = canvas.cut(inside, row.x + 1, row.y, &text[line], style);
    }
    let room = Rect {
        x: end + GAP,
        y: area.bottom().saturating_sub(1),
        width: area.right().saturating_sub(end + GAP + 1),
        height: 1,
    };
    canvas.right(room, room.y, format!("{key} {word}").trim(), style);
}
