//! A page as it is drawn: characters and pictures with their places, before anything is made of them.
//! Only the values; lengths are in points (1/72 inch), the origin is the upper left corner, y grows downwards.

use super::photo::Photo;

/// Stands for a glyph whose character the document does not tell.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// One page as drawn, upright.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    /// In the order in which they are drawn, which need not be that of reading.
    pub(super) glyphs: Vec<Glyph>,
    /// Small filled shapes, of which some stand for a bullet.
    pub(super) shapes: Vec<Shape>,
    /// In the order in which they are drawn.
    pub(super) images: Vec<Image>,
}

/// One character, drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Left end.
    pub(super) x: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Of the font; greater than 0.
    pub(super) size: f32,
    /// How far the next one stands, to the right.
    pub(super) advance: f32,
    /// The same for characters of one font, colour and weight.
    pub(super) style: u32,
}

impl Glyph {
    /// Where it ends.
    pub(super) fn end(&self) -> f32 {
        self.x + self.advance
    }
}

/// A small filled shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) area: Area,
    pub(super) form: Form,
}

/// What a small shape looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It has curves.
    Disc,
    /// It has none.
    Square,
    /// A picture, of this object of the document: either.
    Picture(u32),
}

/// A picture, drawn.
#[derive(Debug, Clone)]
pub(super) struct Image {
    pub(super) area: Area,
    pub(super) content: Content,
}

/// What a picture is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// Large enough to be a photo.
    Photo(Photo),
    /// Large enough to be a photo, but its bytes cannot be read or are too many. By the object of the document, 0 for none.
    Unread(u32),
    /// Too small, or not wanted.
    Nothing,
}

impl Content {
    pub(super) const fn photo(&self) -> Option<&Photo> {
        match self {
            Self::Photo(photo) => Some(photo),
            Self::Unread(_) | Self::Nothing => None,
        }
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// The point in its middle, x and y.
    pub(super) fn middle(&self) -> (f32, f32) {
        (
            f32::midpoint(self.left, self.right),
            f32::midpoint(self.top, self.bottom),
        )
    }
}
