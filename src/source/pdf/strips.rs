//! Photos that a producer has cut into strips: the old Distillers did, and some printers do. The strips are found by their places, read
//! once more as pixels, and put together.
//! Must not join two photos that only stand close.

use super::photo::{self, Pixels};
use super::sheet::{Area, Content, Image};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::BezPath;
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image as Drawn, ImageDrawProps, SoftMask,
};
use std::collections::{HashMap, HashSet};

/// How far apart the edges of two strips may be, in points: a quarter of a millimetre. Two photos stand further apart.
const TOUCHING: f32 = 0.7;

/// The strips of the photos of a page that come in some: their places in the order of drawing, from top to bottom.
pub(super) fn strips(images: &[Image]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..images.len())
        .filter(|at| images[*at].area.height() > 0.0)
        .collect();
    order.sort_by(|a, b| images[*a].area.top.total_cmp(&images[*b].area.top));
    let mut chains: Vec<Vec<usize>> = vec![];
    for at in order {
        let area = images[at].area;
        let open = chains.iter_mut().rev().find(|chain| {
            let last = chain.last().map(|last| images[*last].area);
            last.is_some_and(|last| touches(&last, &area))
        });
        match open {
            Some(chain) => chain.push(at),
            None => chains.push(vec![at]),
        }
    }
    chains.retain(|chain| chain.len() > 1);
    chains
}

/// Whether `below` goes on where `above` ends.
fn touches(above: &Area, below: &Area) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= TOUCHING;
    near(above.left, below.left) && near(above.right, below.right) && near(above.bottom, below.top)
}

/// Puts the strips together; a photo whose strips cannot be is left as it is.
pub(super) fn join(
    images: &mut Vec<Image>,
    strips: &[Vec<usize>],
    mut pixels: HashMap<usize, Pixels>,
) {
    let mut gone: HashSet<usize> = HashSet::new();
    for chain in strips {
        let parts: Option<Vec<Pixels>> = chain.iter().map(|at| pixels.remove(at)).collect();
        let Some(whole) = parts.and_then(photo::stacked) else {
            continue;
        };
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
            continue;
        };
        images[*first].area.bottom = images[*last].area.bottom;
        images[*first].content = photo::encoded(&whole).map_or(Content::Unread(0), Content::Photo);
        gone.extend(&chain[1..]);
    }
    let mut at = 0..;
    images.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
}

/// Reads the pixels of some pictures of a page.
pub(super) struct Decoder {
    wanted: HashSet<usize>,
    drawn: usize,
    /// By their place in the order of drawing.
    pub(super) pixels: HashMap<usize, Pixels>,
}

impl Decoder {
    pub(super) fn new(strips: &[Vec<usize>]) -> Self {
        Self {
            wanted: strips.iter().flatten().copied().collect(),
            drawn: 0,
            pixels: HashMap::new(),
        }
    }
}

impl<'a> Device<'a> for Decoder {
    fn draw_image(&mut self, image: Drawn<'a, '_>, _: ImageDrawProps<'a>) {
        let at = self.drawn;
        self.drawn += 1;
        if let Drawn::Raster(raster) = &image
            && self.wanted.contains(&at)
            && let Some(pixels) = photo::pixels(raster)
        {
            self.pixels.insert(at, pixels);
        }
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::photo::Kind;

    fn image(left: f32, top: f32, bottom: f32) -> Image {
        Image {
            area: Area {
                left,
                top,
                right: left + 200.0,
                bottom,
            },
            content: Content::Nothing,
        }
    }

    #[test]
    fn strips_touch_and_photos_do_not() {
        let images = [
            image(50.0, 120.0, 140.0),
            image(50.0, 100.0, 120.1),
            image(300.0, 100.0, 150.0),
            image(50.0, 145.0, 200.0),
        ];
        assert_eq!(strips(&images), [vec![1, 0]]);
    }

    #[test]
    fn strips_are_put_together_where_all_can_be_read() {
        let pixels = |shade: u8| Pixels {
            width: 1,
            height: 1,
            kind: Kind::Grey,
            data: vec![shade],
        };
        let images = || {
            vec![
                image(50.0, 100.0, 120.0),
                image(50.0, 120.0, 140.0),
                image(300.0, 0.0, 50.0),
            ]
        };
        let mut joined = images();
        join(
            &mut joined,
            &[vec![0, 1]],
            HashMap::from([(0, pixels(1)), (1, pixels(2))]),
        );
        assert_eq!(joined.len(), 2);
        let photo = joined[0].content.photo().unwrap();
        assert_eq!((photo.picture.width, photo.picture.height), (1, 2));
        assert!((joined[0].area.bottom - 140.0).abs() < 0.01);
        let mut unread = images();
        join(&mut unread, &[vec![0, 1]], HashMap::from([(0, pixels(1))]));
        assert_eq!(unread.len(), 3);
    }
}
