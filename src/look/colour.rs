//! Colours as they are seen: how far two of them are apart, and which of a terminal's colours is nearest to one.
//! Must not know what is drawn in a colour.

use super::Depth;
use palette::color_difference::{EuclideanDistance as _, Wcag21RelativeContrast as _};
use palette::{IntoColor as _, Oklab, Srgb};
use ratatui::style::Color;

/// Contrast from which text can be read, after WCAG 2.1 (1.4.3).
pub const READABLE: f32 = 4.5;

/// The first sixteen colours as xterm has them. A terminal has its own; what is told by these holds more or less.
const XTERM: [[u8; 3]; 16] = [
    [0x00, 0x00, 0x00],
    [0xcd, 0x00, 0x00],
    [0x00, 0xcd, 0x00],
    [0xcd, 0xcd, 0x00],
    [0x00, 0x00, 0xee],
    [0xcd, 0x00, 0xcd],
    [0x00, 0xcd, 0xcd],
    [0xe5, 0xe5, 0xe5],
    [0x7f, 0x7f, 0x7f],
    [0xff, 0x00, 0x00],
    [0x00, 0xff, 0x00],
    [0xff, 0xff, 0x00],
    [0x5c, 0x5c, 0xff],
    [0xff, 0x00, 0xff],
    [0x00, 0xff, 0xff],
    [0xff, 0xff, 0xff],
];

/// The first colour of the cube, and the first grey behind it.
const CUBE: u8 = 16;
const GREYS: u8 = 232;

/// Red, green and blue of a colour; none of the terminal's own foreground or background, which nobody knows.
pub(super) fn rgb(colour: Color) -> Option<[u8; 3]> {
    match colour {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(n) => Some(indexed(n)),
        _ => None,
    }
}

/// A colour of the 256.
fn indexed(n: u8) -> [u8; 3] {
    if let Some(colour) = XTERM.get(usize::from(n)) {
        return *colour;
    }
    if n >= GREYS {
        return [8 + 10 * (n - GREYS); 3];
    }
    let step = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let n = n - CUBE;
    [step(n / 36), step(n / 6 % 6), step(n % 6)]
}

/// The contrast of two colours, from 1 to 21; none where one is not known.
#[must_use]
pub fn contrast(first: Color, second: Color) -> Option<f32> {
    let [first, second] = [rgb(first)?, rgb(second)?].map(|rgb| Srgb::from(rgb).into_format());
    Some(first.relative_contrast(second))
}

/// Whether text in one colour can be read on the other. Of the terminal's own colours only that they differ is known to be so.
pub(super) fn is_readable(text: Color, ground: Color) -> bool {
    contrast(text, ground).map_or(text != ground, |contrast| contrast >= READABLE)
}

/// Black or white, whichever is farther from a colour.
pub(super) fn opposite(colour: Color) -> Color {
    let [black, white] = [Color::Indexed(0), Color::Indexed(15)];
    if contrast(colour, black) > contrast(colour, white) {
        black
    } else {
        white
    }
}

/// A colour with no more colours than `depth` has: itself, or the one that looks most like it.
pub(super) fn brought_down(colour: Color, depth: Depth) -> Color {
    // The sixteen are the terminal's own, so only they themselves are taken for them where there are others.
    let there = match (depth, colour) {
        (Depth::True, _) | (Depth::Palette, Color::Indexed(_)) => return colour,
        (_, Color::Indexed(n)) if n < CUBE => return colour,
        (Depth::Palette, _) => CUBE..=u8::MAX,
        (Depth::Sixteen | Depth::None, _) => 0..=CUBE - 1,
    };
    let Some(wanted) = rgb(colour).map(seen) else {
        return colour;
    };
    let distance = |n: &u8| wanted.distance_squared(seen(indexed(*n)));
    let nearest = there.min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.map_or(colour, Color::Indexed)
}

/// A colour in a space in which like ones are near each other.
fn seen(rgb: [u8; 3]) -> Oklab {
    Srgb::from(rgb).into_format::<f32>().into_color()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let near = |found: Option<f32>, wanted: f32| (found.unwrap() - wanted).abs() < 0.02;
        let grey = |n| Color::Rgb(n, n, n);
        assert!(near(contrast(grey(0), grey(255)), 21.0));
        assert!(near(contrast(grey(255), grey(255)), 1.0));
        // The darkest grey that is still readable on white, as the commentaries on the standard have it.
        assert!(near(contrast(grey(0x76), grey(255)), 4.54));
        assert_eq!(contrast(Color::Reset, grey(255)), None);
    }

    #[test]
    fn the_palette_is_that_of_xterm() {
        for (n, rgb) in [
            (16, [0, 0, 0]),
            (21, [0, 0, 255]),
            (110, [135, 175, 215]),
            (231, [255, 255, 255]),
            (232, [8, 8, 8]),
            (255, [238, 238, 238]),
        ] {
            assert_eq!(indexed(n), rgb, "{n}");
        }
    }

    #[test]
    fn what_looks_alike_takes_the_place_of_a_colour_that_is_not_there() {
        for (colour, palette, sixteen) in [
            ([0x87, 0xaf, 0xd7], 110, 6),
            ([0xff, 0x00, 0x10], 196, 9),
            ([0x80, 0x80, 0x80], 244, 8),
            ([0x02, 0x00, 0x01], 16, 0),
        ] {
            let colour = Color::from(colour);
            let down = |depth| brought_down(colour, depth);
            assert_eq!(down(Depth::True), colour);
            assert_eq!(down(Depth::Palette), Color::Indexed(palette), "{colour}");
            assert_eq!(down(Depth::Sixteen), Color::Indexed(sixteen), "{colour}");
        }
        // The terminal's own stay what they are.
        for own in [Color::Reset, Color::Indexed(6)] {
            assert_eq!(brought_down(own, Depth::Sixteen), own);
        }
    }

    proptest! {
        #[test]
        fn every_colour_of_the_palette_is_nearest_to_itself(n in CUBE..=u8::MAX) {
            let down = brought_down(Color::from(indexed(n)), Depth::Palette);
            prop_assert_eq!(rgb(down), Some(indexed(n)));
        }

        #[test]
        fn the_opposite_of_a_colour_can_be_read_on_it(colour in any::<[u8; 3]>()) {
            let colour = Color::from(colour);
            prop_assert!(is_readable(opposite(colour), colour));
        }
    }
}
