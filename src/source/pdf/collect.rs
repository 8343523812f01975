//! From the drawing instructions of a page to its characters, shapes and pictures: hayro interprets, this writes down.
//! Must not make anything of them; what is not upright, as watermarks are, and what is drawn beyond the page is left out.

use super::photo::{self, Photo};
use super::sheet::{Area, Content, Form, Glyph, Image, Shape, Sheet, UNKNOWN};
use super::turns::{quarters, replace_unknown, spread, turn_back};
use super::unicode::Collections;
use super::{beyond, codes, fold, strips, symbols};
use hayro_cmap::{BfString, WritingMode};
use hayro_interpret::font::{self, GlyphRun};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, CacheKey as _, ClipPath, Context, Device, DrawMode, DrawProps, Image as Drawn,
    ImageDrawProps, InterpreterCache, InterpreterSettings, Paint, RenderContent, SoftMask,
    interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{ACTUAL_TEXT, USER_UNIT};
use hayro_syntax::object::{self, Dict, ObjectIdentifier};
use hayro_syntax::page::Page;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Most glyphs of a document; an issue has some 30,000. One that has more is refused.
pub(super) const MAX_GLYPHS: usize = 2_000_000;

/// Most characters that one glyph stands for; a ligature has three.
const MOST_OF_ONE: usize = 16;

/// Most pictures of a document that are looked at; an issue has some 40.
const MAX_IMAGES: usize = 5_000;

/// Most bytes of the pictures of a document together: they stay in memory until the document is read.
const MAX_PHOTO_BYTES: usize = 128 * 1024 * 1024;

/// Most small shapes of a page that are looked at; a page has some 30 bullets.
const MAX_SHAPES: usize = 500;

/// Smallest side of a photo on paper, in points: 14 mm. Below that are icons, bullets and rules.
const SMALLEST_PHOTO: f32 = 40.0;

/// Greatest side of a shape that may stand for a bullet, in points.
const GREATEST_BULLET: f64 = 16.0;

/// A document on its way to sheets.
pub(super) struct Collector<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    collections: Collections<'a>,
    /// Pictures that were looked into, by their object.
    photos: HashMap<ObjectIdentifier, Option<Photo>>,
    wants_photos: bool,
    glyphs: usize,
    images: usize,
    photo_bytes: usize,
}

impl<'a> Collector<'a> {
    /// For a document, with its pictures or without.
    pub(super) fn new(pdf: &'a Pdf, wants_photos: bool) -> Self {
        Self {
            pdf,
            cache: InterpreterCache::new(),
            collections: Collections::new(pdf),
            photos: HashMap::new(),
            wants_photos,
            glyphs: 0,
            images: 0,
            photo_bytes: 0,
        }
    }

    /// One that begins again, with what is left of the limits.
    pub(super) fn anew(&self) -> Self {
        Self {
            glyphs: self.glyphs,
            images: self.images,
            photo_bytes: self.photo_bytes,
            ..Self::new(self.pdf, self.wants_photos)
        }
    }

    /// Whether more glyphs were drawn than were looked at.
    pub(super) const fn is_too_much(&self) -> bool {
        self.glyphs > MAX_GLYPHS
    }

    /// What is drawn on a page of it.
    pub(super) fn sheet(&mut self, page: &Page<'a>) -> Sheet {
        let (width, height) = page.render_dimensions();
        let unit = unit(page);
        let (width, height) = (width * unit, height * unit);
        self.collections.turn_to(&page.resources().fonts);
        let mut context = self.context(page);
        let mut hand = Hand {
            collector: self,
            turns: Default::default(),
            shapes: vec![],
            images: vec![],
            marked: vec![],
        };
        interpret_page(page, &mut context, &mut hand);
        // Before the page is turned: what is cut is cut along the lines of the page as it is drawn.
        let strips = strips::strips(&hand.images);
        if hand.collector.wants_photos && !strips.is_empty() {
            let mut decoder = strips::Decoder::new(&strips);
            interpret_page(page, &mut hand.collector.context(page), &mut decoder);
            strips::join(&mut hand.images, &strips, decoder.pixels);
        }
        hand.sheet(width, height)
    }

    fn context(&self, page: &Page<'a>) -> Context<'a> {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let upright = Affine::scale(f64::from(unit(page))) * upright;
        Context::new(
            upright,
            area,
            &self.cache,
            self.pdf.xref(),
            InterpreterSettings {
                cmap_resolver: Arc::new(codes::load),
                // Remarks and stamps that somebody has put on a page.
                render_content: RenderContent::PAGE,
                ..InterpreterSettings::default()
            },
        )
    }

    /// The picture as it is kept, looked into once.
    fn photo(&mut self, image: &Drawn<'_, '_>) -> Content {
        let id = object(image);
        let content = |photo: Option<Photo>| {
            let unread = Content::Unread(id.obj_number);
            photo.map_or(unread, Content::Photo)
        };
        let of = |image: &Drawn<'_, '_>| match image {
            Drawn::Raster(raster) => photo::of(raster),
            Drawn::Stencil(stencil) => photo::of_stencil(stencil),
        };
        // What is drawn in line is no object.
        if id == ObjectIdentifier::new(0, 0) {
            return content(self.counted(of(image)));
        }
        content(match self.photos.entry(id) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(_) => {
                let photo = self.counted(of(image));
                self.photos.insert(id, photo.clone());
                photo
            }
        })
    }

    fn counted(&mut self, photo: Option<Photo>) -> Option<Photo> {
        let photo = photo?;
        self.photo_bytes = self.photo_bytes.saturating_add(photo.bytes.len());
        (self.photo_bytes <= MAX_PHOTO_BYTES).then_some(photo)
    }
}

/// The object of the document that a picture is.
fn object(image: &Drawn<'_, '_>) -> ObjectIdentifier {
    match image {
        Drawn::Raster(raster) => raster.stream().obj_id(),
        Drawn::Stencil(stencil) => stencil.stream().obj_id(),
    }
}

/// How many points a unit of a page is; 1 where it does not say.
fn unit(page: &Page<'_>) -> f32 {
    let unit = page.raw().get::<f32>(USER_UNIT).unwrap_or(1.0);
    if (0.01..=1000.0).contains(&unit) {
        unit
    } else {
        1.0
    }
}

/// Writes one page down.
struct Hand<'c, 'a> {
    collector: &'c mut Collector<'a>,
    /// Glyphs by the quarter turns of their direction, clockwise.
    turns: [Vec<Glyph>; 4],
    shapes: Vec<Shape>,
    images: Vec<Image>,
    /// The marked contents that are open, each with the text it says it stands for and how many glyphs there were before.
    marked: Vec<Option<(String, [usize; 4])>>,
}

impl Hand<'_, '_> {
    /// The page, turned so that most of its text is upright.
    fn sheet(self, width: f32, height: f32) -> Sheet {
        let Self {
            mut turns,
            shapes,
            images,
            ..
        } = self;
        // Of two that have as many the one that is less turned.
        let turn = (0..4)
            .rev()
            .max_by_key(|turn| turns[*turn].len())
            .unwrap_or(0);
        let mut sheet = Sheet {
            width,
            height,
            glyphs: std::mem::take(&mut turns[turn]),
            shapes,
            images,
        };
        for _ in 0..turn {
            turn_back(&mut sheet);
        }
        beyond::drop(&mut sheet);
        sheet
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places on paper")]
const fn short(length: f64) -> f32 {
    length as f32
}

fn area(rect: Rect) -> Area {
    Area {
        left: short(rect.x0),
        top: short(rect.y0),
        right: short(rect.x1),
        bottom: short(rect.y1),
    }
}

/// Whether something is as large as a bullet, and as high as it is wide.
fn is_bullet(bounds: Rect) -> bool {
    let (width, height) = (bounds.width(), bounds.height());
    let sides = 1.0..=GREATEST_BULLET;
    sides.contains(&width) && sides.contains(&height) && (0.8..=1.25).contains(&(width / height))
}

/// What tells a kind of writing from another: font, colour, stroke.
fn style(font: Option<&str>, paint: &Paint<'_>, mode: &DrawMode) -> u32 {
    let mut hasher = DefaultHasher::new();
    font.hash(&mut hasher);
    paint.cache_key().hash(&mut hasher);
    matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)).hash(&mut hasher);
    let hash = hasher.finish();
    u32::try_from(hash >> 32).unwrap_or_default()
}

impl<'a> Device<'a> for Hand<'_, 'a> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // A title set vertically on the cover; no text of an issue is.
        if run.writing_mode() == WritingMode::Vertical {
            return;
        }
        let font = run.glyphs().first().and_then(|glyph| match &**glyph {
            font::Glyph::Outline(outline) => outline.font_data()?.postscript_name,
            font::Glyph::Type3(_) => None,
        });
        let style = style(font.as_deref(), &props.paint, mode);
        for glyph in run.glyphs() {
            self.collector.glyphs = self.collector.glyphs.saturating_add(1);
            if self.collector.glyphs > MAX_GLYPHS {
                return;
            }
            let transform = props.transform * glyph.transform();
            let [along @ .., across_x, across_y, _, _] = transform.as_coeffs();
            let Some(quarters) = quarters(along[0], along[1]) else {
                continue;
            };
            let origin = transform * Point::ZERO;
            // Outlines are scaled to a thousand units of an em.
            let size = short(across_x.hypot(across_y) * 1000.0);
            let advance = match &**glyph {
                font::Glyph::Outline(outline) => outline.advance_width(),
                font::Glyph::Type3(type3) => type3.advance_width(),
            };
            // A font without widths: hanzi take an em.
            let advance = advance.filter(|advance| *advance > 0.0).unwrap_or(1000.0);
            let advance = short(along[0].hypot(along[1])) * advance;
            let (x, y) = (short(origin.x), short(origin.y));
            if !(x.is_finite() && y.is_finite() && advance.is_finite() && size.is_normal()) {
                continue;
            }
            let one = |c: char| Glyph {
                c,
                x,
                y,
                size,
                advance,
                style,
            };
            let glyphs = &mut self.turns[quarters];
            match self.collector.collections.text(glyph) {
                None => glyphs.push(one(UNKNOWN)),
                Some(BfString::Char(c)) => {
                    let c = symbols::meant(c, font.as_deref());
                    let mut bytes = [0; 4];
                    spread(
                        &fold::folded(c.encode_utf8(&mut bytes)),
                        one(c),
                        quarters,
                        glyphs,
                    );
                }
                Some(BfString::String(text)) => {
                    let text: String = fold::folded(&text).chars().take(MOST_OF_ONE).collect();
                    spread(&text, one(UNKNOWN), quarters, glyphs);
                }
            }
        }
    }

    fn draw_image(&mut self, image: Drawn<'a, '_>, props: ImageDrawProps<'a>) {
        self.collector.images = self.collector.images.saturating_add(1);
        let is_looked_at = self.collector.images <= MAX_IMAGES;
        let size = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        let bounds = props.transform.transform_rect_bbox(size);
        let area = area(bounds);
        let is_large = area.width() >= SMALLEST_PHOTO && area.height() >= SMALLEST_PHOTO;
        let content = match (self.collector.wants_photos && is_large, is_looked_at) {
            (true, true) => self.collector.photo(&image),
            (true, false) => Content::Unread(object(&image).obj_number),
            // Small ones are many where a picture is drawn in dots.
            (false, false) => return,
            (false, true) => Content::Nothing,
        };
        self.images.push(Image { area, content });
        if is_bullet(bounds) && self.shapes.len() < MAX_SHAPES {
            let form = Form::Picture(object(&image).obj_number);
            self.shapes.push(Shape { area, form });
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if !matches!(mode, DrawMode::Fill(_)) || path.elements().len() > 40 {
            return;
        }
        let bounds = props.transform.transform_rect_bbox(path.bounding_box());
        if is_bullet(bounds) && self.shapes.len() < MAX_SHAPES {
            let is_curve =
                |element: &PathEl| matches!(element, PathEl::CurveTo(..) | PathEl::QuadTo(..));
            let is_round = path.elements().iter().any(is_curve);
            self.shapes.push(Shape {
                area: area(bounds),
                form: if is_round { Form::Disc } else { Form::Square },
            });
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let actual =
            properties.and_then(|properties| properties.get::<object::String<'_>>(ACTUAL_TEXT));
        let actual = actual.and_then(|text| of_text_string(text.as_bytes()));
        let before = self.turns.each_ref().map(Vec::len);
        self.marked.push(actual.map(|text| (text, before)));
    }

    fn end_marked_content(&mut self) {
        let Some((text, before)) = self.marked.pop().flatten() else {
            return;
        };
        for (quarters, (glyphs, before)) in self.turns.iter_mut().zip(before).enumerate() {
            replace_unknown(glyphs, before, quarters, &text);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// A text string of a document (ISO 32000, 7.9.2.2): UTF-16 or UTF-8 by its first bytes, else ASCII here.
fn of_text_string(bytes: &[u8]) -> Option<String> {
    if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        let (pairs, _) = units.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        return String::from_utf16(&units).ok();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read_by_their_first_bytes() {
        assert_eq!(of_text_string(b"\xfe\xff\x56\xed\x53\x3a").unwrap(), "园区");
        assert_eq!(of_text_string(b"\xef\xbb\xbf\xe5\x9b\xad").unwrap(), "园");
        assert_eq!(of_text_string(b"\x80"), None);
    }
}
