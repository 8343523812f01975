//! The signs of a row's note and tags, at its right.
//! Must not take the room that the headline needs.

use super::paint::Canvas;
use crate::issue::Marks;
use crate::look::Role;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns that a headline keeps: eight hanzi.
const HEADLINE: u16 = 16;

/// Draws the signs at the right of `room`, as far as the headline keeps enough of it; what is left.
pub fn draw(canvas: &mut Canvas, room: Rect, marks: &Marks, ground: Style) -> Rect {
    let look = canvas.look();
    let note = marks.note.as_ref().map(|_| (look.glyphs.note, Role::Note));
    let tags = (!marks.tags.is_empty()).then_some((look.glyphs.tag, Role::Tag));
    // From the right, the note last to go.
    let mut room = room;
    for (sign, role) in note.into_iter().chain(tags) {
        if room.width < HEADLINE + 2 {
            break;
        }
        let sign = format!(" {sign}");
        let right = canvas.right(room, room.y, &sign, look.on(ground, role));
        room.width = right.saturating_sub(room.x);
    }
    room
}
