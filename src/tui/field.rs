//! A field to type into: the text, its cursor, and the part of it that fits.

use crate::look::Role;
use crate::text::WidthPolicy;
use crate::tui::paint::{Canvas, columns};
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

const ELLIPSIS: &str = "…";

/// Draws prompt and text into `area`, one row; where the hardware cursor goes, so that the candidate window of an input
/// method appears there.
pub fn draw(canvas: &mut Canvas, area: Rect, input: &Input) -> Position {
    let prompt = canvas.look().glyphs.prompt;
    draw_behind(canvas, area, prompt, input)
}

/// The same, with another prompt.
pub fn draw_behind(canvas: &mut Canvas, area: Rect, prompt: &str, input: &Input) -> Position {
    let look = canvas.look();
    let x = canvas.role(area, area.x, area.y, prompt, Role::Prompt) + 1;
    let room = area.right().saturating_sub(x);
    let (text, cursor) = visible(input, room, look.policy);
    canvas.role(area, x, area.y, &text, Role::Field);
    Position {
        x: (x + cursor).min(area.right().saturating_sub(1)),
        y: area.y,
    }
}

/// The part of the text that fits `room` columns with the cursor in it, and the cursor's column within that part. Where its beginning
/// is out of sight, an ellipsis says so, as far as there is room for that.
fn visible(input: &Input, room: u16, policy: WidthPolicy) -> (Cow<'_, str>, u16) {
    let text = input.value();
    let at = text
        .char_indices()
        .nth(input.cursor())
        .map_or(text.len(), |(at, _)| at);
    let from = |room: u16| {
        let (mut start, mut used) = (at, 0);
        for (before, grapheme) in text[..at].grapheme_indices(true).rev() {
            used += columns(grapheme, policy);
            // One column stays free for the cursor behind the text.
            if used >= room.max(1) {
                break;
            }
            start = before;
        }
        start
    };
    let start = from(room);
    let mark = columns(ELLIPSIS, policy);
    if start == 0 || room <= 2 * mark {
        return (text[start..].into(), columns(&text[start..at], policy));
    }
    let start = from(room - mark);
    let shown = format!("{ELLIPSIS}{}", &text[start..]);
    (shown.into(), mark + columns(&text[start..at], policy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_shows_the_part_around_its_cursor() {
        let policy = WidthPolicy::default();
        let input = Input::new("南京江宁开发区".into());
        let whole = "南京江宁开发区";
        assert_eq!(visible(&input, 20, policy), (whole.into(), 14));
        assert_eq!(visible(&input, 7, policy), ("…发区".into(), 5));
        assert_eq!(visible(&input, 8, policy), ("…开发区".into(), 7));
        assert_eq!(visible(&input, 2, policy).1, 0, "no room for both");
        let input = input.with_cursor(1);
        assert_eq!(visible(&input, 7, policy), (whole.into(), 2));
        assert_eq!(visible(&input, 0, policy).1, 0);
    }
}
