//! The scroll bar: where the screen stands in a list or a text, and where in it something is marked.
//! Must not know what is listed.

use crate::look::Role;
use crate::tui::paint::Canvas;
use ratatui::layout::Rect;

/// What a scroll bar shows.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// Lines of the whole.
    pub len: usize,
    /// The first line on the screen.
    pub offset: usize,
}

impl Bar {
    /// Draws it into a column; `marked` are lines with the sign and the role that they have on it, the last one on top. Draws
    /// nothing where all lines are on the screen.
    pub fn draw<'s>(
        self,
        canvas: &mut Canvas,
        column: Rect,
        active: bool,
        marked: impl Iterator<Item = (usize, &'s str, Role)>,
    ) {
        let height = usize::from(column.height);
        if height < 2 || self.len <= height {
            return;
        }
        let role = if active {
            Role::BorderActive
        } else {
            Role::Border
        };
        let thumb = canvas.look().glyphs.thumb;
        for row in self.thumb(height) {
            canvas.role(column, column.x, at(column, row), thumb, role);
        }
        let mut drawn = None;
        for (line, sign, role) in marked {
            let row = row(line, self.len, height);
            // Of thousands of marks most stand on one that is drawn already.
            if drawn.replace((row, role)) == Some((row, role)) {
                continue;
            }
            canvas.role(column, column.x, at(column, row), sign, role);
        }
    }

    /// The rows of the part that stands for the screen: one at the least; at the lower end only where the last line is shown.
    fn thumb(self, height: usize) -> std::ops::Range<usize> {
        let size = (height * height / self.len).max(1);
        let last = self.len - height;
        let offset = self.offset.min(last);
        // Rounded up, so that it leaves the upper end with the first line, and reaches the lower one with the last.
        let room = height - size;
        let start = if offset == last {
            room
        } else {
            (offset * room).div_ceil(last).min(room.saturating_sub(1))
        };
        start..start + size
    }
}

/// The row that stands for a line.
const fn row(line: usize, len: usize, height: usize) -> usize {
    let row = line * height / len;
    if row < height { row } else { height - 1 }
}

fn at(column: Rect, row: usize) -> u16 {
    let row = u16::try_from(row).unwrap_or(u16::MAX);
    column.y.saturating_add(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_thumb_is_at_an_end_exactly_where_the_screen_is(height in 2_usize..60, more in 1_usize..5000, share in 0.0..1.0_f64) {
            let len = height + more;
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of it")]
            let offset = (more as f64 * share) as usize;
            let thumb = Bar { len, offset }.thumb(height);
            prop_assert!(!thumb.is_empty() && thumb.end <= height);
            prop_assert_eq!(thumb.end == height, offset == more);
            prop_assert!(offset > 0 || thumb.start == 0);
            prop_assert!(row(len - 1, len, height) < height);
        }
    }
}
