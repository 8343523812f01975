//! Quarter turns: which way a text goes, its characters one behind the other that way, and pages that are turned back.
//! Must not know what draws them.

use super::fold;
use super::sheet::{Area, Glyph, Sheet, UNKNOWN};

/// How far a direction may be off upright, as a tangent: 6°.
const TILT: f64 = 0.1;

/// How many quarters of a turn, clockwise, a direction is turned; none where it is slanted. `x` and `y` point to where the text goes,
/// y downwards.
pub(super) fn quarters(x: f64, y: f64) -> Option<usize> {
    if x.abs() >= y.abs() {
        (y.abs() <= TILT * x.abs()).then_some(if x > 0.0 { 0 } else { 2 })
    } else {
        (x.abs() <= TILT * y.abs()).then_some(if y > 0.0 { 1 } else { 3 })
    }
}

/// Turns a page by 90° against the clock.
pub(super) fn turn_back(sheet: &mut Sheet) {
    let width = sheet.width;
    // (x, y) of a page that is `width` wide comes to (y, width - x).
    for glyph in &mut sheet.glyphs {
        (glyph.x, glyph.y) = (glyph.y, width - glyph.x);
    }
    let turned = |area: Area| Area {
        left: area.top,
        top: width - area.right,
        right: area.bottom,
        bottom: width - area.left,
    };
    for shape in &mut sheet.shapes {
        shape.area = turned(shape.area);
    }
    for image in &mut sheet.images {
        image.area = turned(image.area);
    }
    (sheet.width, sheet.height) = (sheet.height, sheet.width);
}

/// The characters that one glyph stands for, side by side in its place.
pub(super) fn spread(text: &str, glyph: Glyph, quarters: usize, glyphs: &mut Vec<Glyph>) {
    #[expect(clippy::cast_precision_loss, reason = "a number of characters")]
    let count = text.chars().count().max(1) as f32;
    let mut at = glyph;
    at.advance /= count;
    for c in text.chars() {
        glyphs.push(Glyph { c, ..at });
        step(&mut at, quarters);
    }
}

/// Goes on by the width of a glyph.
fn step(at: &mut Glyph, quarters: usize) {
    match quarters {
        0 => at.x += at.advance,
        1 => at.y += at.advance,
        2 => at.x -= at.advance,
        _ => at.y -= at.advance,
    }
}

/// Puts `text` in the place of the glyphs from `from` on, where the document does not tell what they are.
pub(super) fn replace_unknown(glyphs: &mut Vec<Glyph>, from: usize, quarters: usize, text: &str) {
    let group = glyphs.get(from..).unwrap_or_default();
    let (Some(first), Some(last)) = (group.first().copied(), group.last().copied()) else {
        return;
    };
    if group.iter().all(|glyph| glyph.c != UNKNOWN) {
        return;
    }
    let advance = (last.x - first.x).hypot(last.y - first.y) + last.advance;
    glyphs.truncate(from);
    spread(
        &fold::folded(text),
        Glyph { advance, ..first },
        quarters,
        glyphs,
    );
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Content, Image};
    use super::*;

    #[test]
    fn directions_are_upright_turned_or_slanted() {
        assert_eq!(quarters(1.0, 0.0), Some(0));
        assert_eq!(quarters(0.05, 1.0), Some(1));
        assert_eq!(quarters(-1.0, 0.0), Some(2));
        assert_eq!(quarters(0.0, -1.0), Some(3));
        assert_eq!(quarters(1.0, 1.0), None);
        assert_eq!(quarters(0.7, -0.2), None);
    }

    #[test]
    fn a_page_is_turned_until_its_text_is_upright() {
        // Text that runs down the right edge of a page 200 wide and 100 high.
        let mut sheet = Sheet {
            width: 200.0,
            height: 100.0,
            glyphs: vec![Glyph {
                c: '园',
                x: 190.0,
                y: 10.0,
                size: 10.0,
                advance: 10.0,
                style: 0,
            }],
            shapes: vec![],
            images: vec![Image {
                area: Area {
                    left: 50.0,
                    top: 20.0,
                    right: 80.0,
                    bottom: 60.0,
                },
                content: Content::Nothing,
            }],
        };
        turn_back(&mut sheet);
        assert_eq!((sheet.width, sheet.height), (100.0, 200.0));
        assert_eq!((sheet.glyphs[0].x, sheet.glyphs[0].y), (10.0, 10.0));
        let area = sheet.images[0].area;
        assert_eq!(
            (area.left, area.top, area.right, area.bottom),
            (20.0, 120.0, 60.0, 150.0)
        );
    }

    #[test]
    fn a_text_that_is_said_beside_its_glyphs_stands_for_those_that_say_nothing() {
        let glyph = |c: char, x: f32| Glyph {
            c,
            x,
            y: 5.0,
            size: 10.0,
            advance: 10.0,
            style: 1,
        };
        let mut glyphs = vec![glyph('前', 0.0), glyph(UNKNOWN, 10.0), glyph(UNKNOWN, 20.0)];
        replace_unknown(&mut glyphs, 1, 0, "园区周报");
        let read: Vec<(char, f32)> = glyphs.iter().map(|glyph| (glyph.c, glyph.x)).collect();
        assert_eq!(
            read,
            [
                ('前', 0.0),
                ('园', 10.0),
                ('区', 15.0),
                ('周', 20.0),
                ('报', 25.0)
            ]
        );
        replace_unknown(&mut glyphs, 1, 0, "其他");
        assert_eq!(glyphs.len(), 5, "those that say something stay");
    }

    #[test]
    fn a_ligature_is_its_letters_side_by_side() {
        let glyph = Glyph {
            c: UNKNOWN,
            x: 10.0,
            y: 5.0,
            size: 10.0,
            advance: 6.0,
            style: 1,
        };
        let mut glyphs = vec![];
        spread("ffi", glyph, 0, &mut glyphs);
        let places: Vec<(char, f32)> = glyphs.iter().map(|glyph| (glyph.c, glyph.x)).collect();
        assert_eq!(places, [('f', 10.0), ('f', 12.0), ('i', 14.0)]);
    }
}
