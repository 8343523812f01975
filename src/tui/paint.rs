//! The only painter: every character of the screen is laid out here, under one width policy.
//!
//! ratatui's own Paragraph, List and titles lay ambiguous-width characters out as one cell, and a terminal that draws
//! two breaks them; laying them out at two cells with a forced width is right in every frame. Nothing may be drawn
//! outside the area that is handed in.

use crate::look::{Look, Role};
use crate::text::{WidthPolicy, cut};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::num::NonZeroU16;
use unicode_segmentation::UnicodeSegmentation;

/// Stands in the second cell of a wide character.
const HALF: &str = "";
/// Two columns, for characters that ratatui believes to take one.
const TWO: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);

/// A buffer to paint on, with the look to paint in.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    look: &'a Look,
}

impl<'a> Canvas<'a> {
    /// A canvas on `buffer`.
    pub const fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Self { buffer, look }
    }

    /// The look it paints in.
    #[must_use]
    pub const fn look(&self) -> &'a Look {
        self.look
    }

    /// Columns of a text under the policy of the look.
    #[must_use]
    pub fn width(&self, text: &str) -> u16 {
        columns(text, self.look.policy)
    }

    /// Paints `text` from `x` on row `y`, clipped to `area`; the column behind it.
    pub fn text(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        if y < area.top() || y >= area.bottom() || x < area.left() {
            return x;
        }
        let mut x = x;
        for grapheme in text.graphemes(true) {
            let Ok(width) = u16::try_from(self.look.policy.grapheme(grapheme)) else {
                break;
            };
            if width == 0 {
                continue;
            }
            if x.saturating_add(width) > area.right() {
                break;
            }
            self.put(x, y, grapheme, width, style);
            x += width;
        }
        x
    }

    /// Paints `text` in `role`.
    pub fn role(&mut self, area: Rect, x: u16, y: u16, text: &str, role: Role) -> u16 {
        self.text(area, x, y, text, self.look.style(role))
    }

    /// Paints `text` cut to what is left of `area` behind `x`, with an ellipsis where it does not fit.
    pub fn cut(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let room = area.right().saturating_sub(x);
        let text = cut(text, usize::from(room), self.look.policy);
        self.text(area, x, y, &text, style)
    }

    /// Paints `text` so that it ends at the right edge of `area`; the column where it begins. Paints nothing where it
    /// does not fit whole.
    pub fn right(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        let width = self.width(text);
        if width > area.width {
            return area.right();
        }
        let x = area.right() - width;
        self.text(area, x, y, text, style);
        x
    }

    /// Blanks `area` and gives it `style`.
    pub fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.rows().map(|row| row.y) {
            for x in area.left()..area.right() {
                self.free(x, y);
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// A frame around `area`; `title` stands in its upper edge, `foot` at the right of its lower one.
    pub fn frame(&mut self, area: Rect, active: bool, title: &str, foot: &str) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let (border, role) = if active {
            (self.look.style(Role::BorderActive), Role::TitleActive)
        } else {
            (self.look.style(Role::Border), Role::Title)
        };
        let glyphs = self.look.glyphs;
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.left() + 1..right {
            self.text(area, x, area.top(), glyphs.horizontal, border);
            self.text(area, x, bottom, glyphs.horizontal, border);
        }
        for y in area.top() + 1..bottom {
            self.text(area, area.left(), y, glyphs.vertical, border);
            self.text(area, right, y, glyphs.vertical, border);
        }
        for (x, y, glyph) in [
            (area.left(), area.top(), glyphs.top_left),
            (right, area.top(), glyphs.top_right),
            (area.left(), bottom, glyphs.bottom_left),
            (right, bottom, glyphs.bottom_right),
        ] {
            self.text(area, x, y, glyph, border);
        }
        let edge = Rect {
            x: area.x + 1,
            width: area.width - 2,
            ..area
        };
        self.on_edge(edge, area.top(), title, self.look.style(role), false);
        self.on_edge(edge, bottom, foot, self.look.style(Role::Faint), true);
    }

    /// The upper edge of a pane without side borders: a rule with `title` at its left and `foot` at its right.
    pub fn head(&mut self, area: Rect, title: &str, foot: &str) {
        let border = self.look.style(Role::BorderActive);
        let row = Rect {
            height: area.height.min(1),
            ..area
        };
        for x in row.left()..row.right() {
            self.text(row, x, row.top(), self.look.glyphs.horizontal, border);
        }
        let inside = Rect {
            x: row.x + 1,
            width: row.width.saturating_sub(2),
            ..row
        };
        self.on_edge(inside, row.top(), foot, self.look.style(Role::Faint), true);
        let left = Rect {
            width: inside.width.saturating_sub(self.width(foot) + 3),
            ..inside
        };
        self.on_edge(
            left,
            row.top(),
            title,
            self.look.style(Role::TitleActive),
            false,
        );
    }

    /// A title on a border, with a space on either side; cut where the edge is short.
    pub fn on_edge(&mut self, edge: Rect, y: u16, title: &str, style: Style, at_right: bool) {
        if title.is_empty() || edge.width < 4 {
            return;
        }
        let title = cut(title, usize::from(edge.width - 2), self.look.policy);
        let title = format!(" {title} ");
        if at_right {
            self.right(edge, y, &title, style);
        } else {
            self.text(edge, edge.x, y, &title, style);
        }
    }

    /// One grapheme of `width` 1 or 2 at (`x`, `y`), which is inside the buffer.
    fn put(&mut self, x: u16, y: u16, grapheme: &str, width: u16, style: Style) {
        self.free(x, y);
        if width == 2 {
            self.free(x + 1, y);
            // Never drawn, and unlike the blank that may take its place: not every terminal clears the second half of a
            // wide character when the first is overwritten.
            self.buffer[(x + 1, y)].set_symbol(HALF).set_style(style);
        }
        let cell = &mut self.buffer[(x, y)];
        cell.set_symbol(grapheme).set_style(style);
        if width == 2 {
            // Said outright, because ratatui takes ambiguous characters for narrow and would draw into their other half.
            cell.set_diff_option(CellDiffOption::ForcedWidth(TWO));
        }
    }

    /// Blanks a cell, and the other half of a wide character that reaches into it or out of it.
    fn free(&mut self, x: u16, y: u16) {
        if self.buffer[(x, y)].symbol() == HALF && x > self.buffer.area.left() {
            self.blank(x - 1, y);
        }
        if x + 1 < self.buffer.area.right() && self.buffer[(x + 1, y)].symbol() == HALF {
            self.blank(x + 1, y);
        }
        self.buffer[(x, y)].reset();
    }

    /// Takes the character of a cell away and leaves its style.
    fn blank(&mut self, x: u16, y: u16) {
        self.buffer[(x, y)]
            .set_symbol(" ")
            .set_diff_option(CellDiffOption::None);
    }
}

/// Columns of a text as a screen coordinate.
#[must_use]
pub fn columns(text: &str, policy: WidthPolicy) -> u16 {
    u16::try_from(policy.width(text)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Theme;
    use crate::text::Ambiguous;

    fn look(ambiguous: Ambiguous) -> Look {
        Look::new(
            Theme::from_fn(|_| Style::new()),
            WidthPolicy::new(ambiguous),
        )
    }

    fn symbols(buffer: &Buffer, y: u16) -> Vec<&str> {
        (0..buffer.area.width)
            .map(|x| buffer[(x, y)].symbol())
            .collect()
    }

    #[test]
    fn a_wide_character_that_does_not_fit_is_left_out_whole() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let look = look(Ambiguous::Narrow);
        let area = buffer.area;
        let end = Canvas::new(&mut buffer, &look).text(area, 0, 0, "园区周", Style::new());
        assert_eq!(end, 4);
        assert_eq!(symbols(&buffer, 0), ["园", HALF, "区", HALF, " "]);
    }

    #[test]
    fn an_ambiguous_character_takes_two_forced_cells_in_a_wide_terminal() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let look = look(Ambiguous::Wide);
        let area = buffer.area;
        Canvas::new(&mut buffer, &look).text(area, 0, 0, "“a”", Style::new());
        assert_eq!(symbols(&buffer, 0), ["“", HALF, "a", "”", HALF, " "]);
        assert_eq!(buffer[(0, 0)].diff_option, CellDiffOption::ForcedWidth(TWO));
        assert_eq!(buffer[(2, 0)].diff_option, CellDiffOption::None);
    }

    #[test]
    fn both_cells_of_a_wide_character_are_drawn_again_when_it_goes() {
        let look = look(Ambiguous::Narrow);
        let mut before = Buffer::empty(Rect::new(0, 0, 4, 1));
        let mut after = before.clone();
        let area = before.area;
        Canvas::new(&mut before, &look).text(area, 0, 0, "园区", Style::new());
        Canvas::new(&mut after, &look).text(area, 0, 0, "  区", Style::new());
        let drawn: Vec<_> = before
            .diff(&after)
            .into_iter()
            .map(|(x, _, cell)| (x, cell.symbol().to_owned()))
            .collect();
        assert_eq!(drawn, [(0, " ".to_owned()), (1, " ".to_owned())]);
    }

    #[test]
    fn painting_over_half_a_character_takes_the_other_half_away() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let look = look(Ambiguous::Narrow);
        let area = buffer.area;
        let mut canvas = Canvas::new(&mut buffer, &look);
        canvas.text(area, 0, 0, "园区周", Style::new());
        canvas.fill(Rect::new(1, 0, 2, 1), Style::new());
        assert_eq!(symbols(&buffer, 0), [" ", " ", " ", " ", "周", HALF]);
    }

    #[test]
    fn nothing_leaves_its_area() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 3));
        let look = look(Ambiguous::Narrow);
        let inner = Rect::new(2, 1, 3, 1);
        let mut canvas = Canvas::new(&mut buffer, &look);
        canvas.text(inner, 2, 1, "abcdef", Style::new());
        canvas.text(inner, 2, 0, "above", Style::new());
        canvas.text(inner, 0, 1, "left", Style::new());
        canvas.text(inner, 9, 1, "right", Style::new());
        assert_eq!(symbols(&buffer, 0), [" "; 8]);
        assert_eq!(
            symbols(&buffer, 1),
            [" ", " ", "a", "b", "c", " ", " ", " "]
        );
    }
}
