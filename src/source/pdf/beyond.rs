//! What is drawn beyond the edges of the page: marks for the knife, bars of colour, notes of the printer.
//! Must not cut a line that begins on the page and runs over.

use super::sheet::{Glyph, Sheet};

/// How far beyond the page a character may stand, in points.
const BEYOND: f32 = 50.0;

/// How far from the one before a character that stands further out may be, in its sizes: some producers let lines run over.
const NEXT: f32 = 2.0;

/// Leaves out what stands beyond the page, unless a line that begins on it runs over.
pub(super) fn drop(sheet: &mut Sheet) {
    let (width, height) = (sheet.width, sheet.height);
    let mut last: Option<Glyph> = None;
    sheet.glyphs.retain(|glyph| {
        let is_near = (-BEYOND..=width + BEYOND).contains(&glyph.x)
            && (-BEYOND..=height + BEYOND).contains(&glyph.y);
        let goes_on = last.is_some_and(|last| {
            let (along, across) = (glyph.x - last.end(), glyph.y - last.y);
            across.abs() < 0.1 * glyph.size && (-1.0..=NEXT).contains(&(along / glyph.size))
        });
        let is_kept = is_near || goes_on;
        if is_kept {
            last = Some(*glyph);
        }
        is_kept
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_run_over_the_edge_of_the_page_and_nothing_else_stands_there() {
        let line = |text: &str, from: f32, y: f32| {
            let one = |(nth, c): (u16, char)| Glyph {
                c,
                x: 10.0f32.mul_add(f32::from(nth), from),
                y,
                size: 10.0,
                advance: 10.0,
                style: 0,
            };
            (0..).zip(text.chars()).map(one).collect::<Vec<_>>()
        };
        let mut sheet = Sheet {
            width: 100.0,
            height: 100.0,
            glyphs: [
                line("裁切", 300.0, 50.0),
                line("线上招商引资项目签约落户园区一期", 50.0, 50.0),
                line("出血", 300.0, 50.0),
                line("色标", 50.0, 300.0),
            ]
            .concat(),
            ..Sheet::default()
        };
        drop(&mut sheet);
        let kept: String = sheet.glyphs.iter().map(|glyph| glyph.c).collect();
        assert_eq!(kept, "线上招商引资项目签约落户园区一期");
    }
}
