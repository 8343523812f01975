//! Bullets that are drawn and not written: a disc or a square, or a small picture, at the start of a line.
//! Must not add any where the document writes its own.

use super::sheet::{Form, Glyph, Shape, Sheet};
use crate::source::pdf::margins::size_of_most;
use std::collections::HashSet;

/// Written bullets from which on no other is looked for.
const WRITTEN: usize = 5;

/// How far a bullet stands from its line at most, and how far beside it nothing else does, in ems.
const REACH: f32 = 3.0;

/// How much larger than the text a headline is, in points.
const HEADLINE: f32 = 0.8;

/// Adds the bullets that are drawn as characters: ● for a disc and ■ for a square; a picture is ● if it ever stands before large type.
pub(super) fn add(sheets: &mut [Sheet]) {
    let body = size_of_most(
        sheets
            .iter()
            .flat_map(|sheet| &sheet.glyphs)
            .map(|glyph| (glyph.size, 1)),
    );
    let mut of_headlines: HashSet<u32> = HashSet::new();
    for sheet in &*sheets {
        for shape in &sheet.shapes {
            if let Form::Picture(object) = shape.form
                && !of_headlines.contains(&object)
                && line(shape, &sheet.glyphs).is_some_and(|(_, _, size)| size > body + HEADLINE)
            {
                of_headlines.insert(object);
            }
        }
    }
    for (sign, form) in [('●', Form::Disc), ('■', Form::Square)] {
        let written = sheets
            .iter()
            .flat_map(|sheet| &sheet.glyphs)
            .filter(|glyph| glyph.c == sign);
        if written.count() >= WRITTEN {
            continue;
        }
        for sheet in &mut *sheets {
            let found = sheet.shapes.iter().filter_map(|shape| {
                let (x, y, size) = line(shape, &sheet.glyphs)?;
                let is_sign = match shape.form {
                    Form::Picture(object) => of_headlines.contains(&object) == (form == Form::Disc),
                    drawn => drawn == form,
                };
                is_sign.then_some(Glyph {
                    c: sign,
                    x,
                    y,
                    size,
                    advance: shape.area.width(),
                    style: 0,
                })
            });
            let found: Vec<Glyph> = found.collect();
            sheet.glyphs.extend(found);
        }
    }
}

/// The line that a shape stands at the start of: where it begins there, the baseline, the size of the type.
fn line(shape: &Shape, glyphs: &[Glyph]) -> Option<(f32, f32, f32)> {
    let (_, middle) = shape.area.middle();
    // A bullet stands about half an x-height above the baseline.
    let is_level = |glyph: &&Glyph| {
        let above = glyph.y - middle;
        (0.0..=0.9 * glyph.size).contains(&above) && shape.area.height() <= 1.2 * glyph.size
    };
    let near = glyphs.iter().filter(is_level);
    let (before, behind): (Vec<&Glyph>, Vec<&Glyph>) =
        near.partition(|glyph| glyph.x < shape.area.right);
    let first = behind.into_iter().min_by(|a, b| a.x.total_cmp(&b.x))?;
    let is_beside = first.x - shape.area.right <= REACH * first.size;
    let is_alone = before
        .iter()
        .all(|glyph| shape.area.left - glyph.end() > REACH * glyph.size);
    (is_beside && is_alone).then_some((shape.area.left, first.y, first.size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::runs::tests::{line as text, sheet};
    use crate::source::pdf::sheet::Area;

    fn shape(left: f32, top: f32, form: Form) -> Shape {
        let area = Area {
            left,
            top,
            right: left + 6.0,
            bottom: top + 6.0,
        };
        Shape { area, form }
    }

    fn first(shapes: Vec<Shape>, written: &str) -> Vec<char> {
        let mut sheet = sheet(text("山海市项目开工", 60.0, 100.0, 12.0));
        sheet.glyphs.extend(text(written, 60.0, 400.0, 10.0));
        sheet.shapes = shapes;
        let before = sheet.glyphs.len();
        let mut sheets = [sheet];
        add(&mut sheets);
        sheets[0].glyphs[before..]
            .iter()
            .map(|glyph| glyph.c)
            .collect()
    }

    #[test]
    fn a_shape_at_the_start_of_a_line_is_a_bullet() {
        assert_eq!(first(vec![shape(50.0, 92.0, Form::Disc)], ""), ['●']);
        assert_eq!(first(vec![shape(50.0, 92.0, Form::Square)], ""), ['■']);
        let body = "正文正文正文正文正文";
        assert_eq!(
            first(vec![shape(50.0, 92.0, Form::Picture(7))], body),
            ['●']
        );
        assert_eq!(
            first(vec![shape(50.0, 92.0, Form::Picture(7))], ""),
            ['■'],
            "no larger than the text"
        );
    }

    #[test]
    fn a_shape_elsewhere_is_none() {
        assert_eq!(
            first(vec![shape(80.0, 92.0, Form::Disc)], ""),
            [],
            "amid the line"
        );
        assert_eq!(
            first(vec![shape(50.0, 120.0, Form::Disc)], ""),
            [],
            "below it"
        );
        assert_eq!(first(vec![shape(5.0, 92.0, Form::Disc)], ""), [], "far off");
    }

    #[test]
    fn where_bullets_are_written_none_is_added() {
        assert_eq!(first(vec![shape(50.0, 92.0, Form::Disc)], "●●●●●"), []);
        assert_eq!(first(vec![shape(50.0, 92.0, Form::Square)], "●●●●●"), ['■']);
    }
}
