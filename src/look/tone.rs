//! A colour as a theme writes it, with others in its place where there are fewer colours.
//! Must not know where in a theme it stands.

use super::Depth;
use super::colour::brought_down;
use ratatui::style::Color;

/// Names of the first eight colours; the next eight are the same, `bright-` before them.
const NAMES: [&str; 8] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
];
const BRIGHT: &str = "bright-";
/// The terminal's own foreground or background.
const OWN: &str = "default";

/// A colour as it is written, and what is written for fewer colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tone {
    full: Option<Color>,
    palette: Option<Color>,
    sixteen: Option<Color>,
}

impl Tone {
    /// A colour that is written `#rrggbb`, with its number of the 256, by a name of the first sixteen, or `default` for the
    /// terminal's own.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let colour = if text == OWN {
            Color::Reset
        } else if let Some(digits) = text.strip_prefix('#') {
            hexadecimal(digits)?
        } else if let Ok(n) = text.parse() {
            Color::Indexed(n)
        } else {
            let names = Self::names().position(|name| name == text)?;
            Color::Indexed(u8::try_from(names).ok()?)
        };
        Some(Self {
            full: Some(colour),
            ..Self::default()
        })
    }

    /// The names of the first sixteen colours.
    pub fn names() -> impl Iterator<Item = String> {
        let dark = NAMES.iter().map(|name| (*name).to_owned());
        dark.chain(NAMES.iter().map(|name| format!("{BRIGHT}{name}")))
    }

    /// The same, with another one where there are no more colours than `depth` has.
    #[must_use]
    pub fn with(mut self, depth: Depth, other: Self) -> Self {
        let colour = other.at(depth);
        match depth {
            Depth::True => self.full = colour,
            Depth::Palette => self.palette = colour,
            Depth::Sixteen => self.sixteen = colour,
            Depth::None => {}
        }
        self
    }

    /// The colour where there are as many as this; none where there are none.
    pub(super) fn at(self, depth: Depth) -> Option<Color> {
        let Self {
            full,
            palette,
            sixteen,
        } = self;
        let colour = match depth {
            Depth::None => None,
            Depth::Sixteen => sixteen.or(palette).or(full),
            Depth::Palette => palette.or(full).or(sixteen),
            Depth::True => full.or(palette).or(sixteen),
        };
        colour.map(|colour| brought_down(colour, depth))
    }
}

/// Six digits, or three of which each counts twice.
fn hexadecimal(digits: &str) -> Option<Color> {
    let digits: Vec<u8> = digits
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some(Color::Rgb(r * 17, g * 17, b * 17)),
        [r, r2, g, g2, b, b2] => Some(Color::Rgb(r * 16 + r2, g * 16 + g2, b * 16 + b2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_written_in_four_ways() {
        for (text, colour) in [
            ("#1E2a3b", Some(Color::Rgb(0x1e, 0x2a, 0x3b))),
            ("#abc", Some(Color::Rgb(0xaa, 0xbb, 0xcc))),
            ("244", Some(Color::Indexed(244))),
            ("cyan", Some(Color::Indexed(6))),
            ("bright-black", Some(Color::Indexed(8))),
            ("default", Some(Color::Reset)),
            ("256", None),
            ("-1", None),
            ("#12345", None),
            ("#12345g", None),
            ("#１２３", None),
            ("Cyan", None),
            ("", None),
        ] {
            let found = Tone::parse(text).and_then(|tone| tone.at(Depth::True));
            assert_eq!(found, colour, "{text}");
        }
    }

    #[test]
    fn what_is_written_for_fewer_colours_is_taken_where_there_are_fewer() {
        let parse = |text| Tone::parse(text).unwrap();
        let tone = parse("#87afd7").with(Depth::Sixteen, parse("blue"));
        assert_eq!(tone.at(Depth::True), Some(Color::Rgb(0x87, 0xaf, 0xd7)));
        assert_eq!(tone.at(Depth::Palette), Some(Color::Indexed(110)));
        assert_eq!(tone.at(Depth::Sixteen), Some(Color::Indexed(4)));
        assert_eq!(tone.at(Depth::None), None);
        let few = Tone::default().with(Depth::Sixteen, parse("red"));
        assert_eq!(few.at(Depth::True), Some(Color::Indexed(1)));
    }
}
