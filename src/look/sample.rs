//! Styles as a terminal understands them: that they are drawn as they are, and words in them outside of the reader.
//! Must not know of a screen, or print.

use crossterm::style::{ContentStyle, force_color_output};
use ratatui::backend::IntoCrossterm as _;
use ratatui::style::Style;

/// Has every colour drawn that a style names. How many there are is decided before, and not by `NO_COLOR` again, which crossterm obeys
/// where the settings say otherwise.
pub fn draw_all_colours() {
    force_color_output(true);
}

/// A text with what a terminal is to be told before and behind it, for it to stand in this style.
#[must_use]
pub fn painted(style: Style, text: &str) -> String {
    draw_all_colours();
    let style: ContentStyle = style.into_crossterm();
    style.apply(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    #[test]
    fn a_text_is_between_its_style_and_the_end_of_it() {
        let style = Style::new().fg(Color::Rgb(1, 2, 3)).bold();
        let painted = painted(style, "文");
        for part in ["\x1b[38;2;1;2;3m", "\x1b[1m", "文\x1b["] {
            assert!(painted.contains(part), "{painted:?}");
        }
        assert_eq!(super::painted(Style::new(), "文"), "文");
    }
}
