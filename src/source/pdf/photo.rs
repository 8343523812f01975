//! The bytes of a picture as they are kept: a JPEG as it stands in the document, anything else as PNG.
//! Must not decode more than a photo can have.

use crate::issue::Picture;
use crate::source::hash;
use flate2::read::ZlibDecoder;
use hayro_interpret::{ImageData, LumaData, Paint, RasterImage, RgbData, StencilImage};
use hayro_syntax::Filter;
use hayro_syntax::object::dict::keys::{COLORSPACE, DECODE};
use hayro_syntax::object::{Dict, Name, Object};
use png::{BitDepth, ColorType, Compression, Encoder};
use std::borrow::Cow;
use std::io::Read as _;
use std::rc::Rc;

/// A picture with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Photo {
    /// Its number is given when its place is known.
    pub(super) picture: Picture,
    pub(super) bytes: Rc<[u8]>,
}

/// Most pixels of a picture that is decoded: 40 million, more than a page has at 600 dpi. A greater one is left out.
const MAX_PIXELS: u64 = 40_000_000;

/// Most bytes of a JPEG that is unpacked from another filter.
const MAX_JPEG: u64 = 64 * 1024 * 1024;

/// What a stencil is filled with where it is no plain colour.
const BLACK: [u8; 4] = [0, 0, 0, u8::MAX];

/// Media types.
pub(super) const JPEG: &str = "image/jpeg";
const PNG: &str = "image/png";

/// Pixels of a picture, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) kind: Kind,
    pub(super) data: Vec<u8>,
}

/// What each pixel has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Grey,
    Rgb,
    Rgba,
}

impl Kind {
    const fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// The picture as it is kept; none where it cannot be decoded, or is too great.
pub(super) fn of(image: &RasterImage<'_>) -> Option<Photo> {
    let kept = jpeg(image).filter(|_| means_its_colours(image.stream().dict()));
    let kept = kept.and_then(|bytes| {
        // What the document says of its size need not be so.
        let size = imagesize::blob_size(&bytes).ok()?;
        let (width, height) = (
            u32::try_from(size.width).ok()?,
            u32::try_from(size.height).ok()?,
        );
        (width > 0 && height > 0).then(|| photo(width, height, JPEG, &bytes))
    });
    kept.or_else(|| encoded(&pixels(image)?))
}

/// A picture of one colour as it looks on white paper; none where it cannot be decoded, or is too great.
pub(super) fn of_stencil(image: &StencilImage<'_, '_>) -> Option<Photo> {
    if !is_decoded(image.width(), image.height()) {
        return None;
    }
    let mut pixels = None;
    let mut keep = |stencil: LumaData, paint: &Paint<'_>| {
        pixels = printed(&stencil, ink(paint));
    };
    image.with_stencil(&mut keep, None);
    encoded(&pixels?)
}

/// The colour of a paint, black where it has none of its own.
fn ink(paint: &Paint<'_>) -> [u8; 4] {
    match paint {
        Paint::Color(colour) => colour.to_rgba().to_rgba8(),
        Paint::Pattern(_) => BLACK,
    }
}

/// Ink on white paper, as much of it as the stencil has.
fn printed(stencil: &LumaData, [red, green, blue, _]: [u8; 4]) -> Option<Pixels> {
    let shade = |ink: u8, cover: u8| {
        let white = u16::from(u8::MAX);
        let mixed = u16::from(ink) * u16::from(cover) + white * (white - u16::from(cover));
        u8::try_from(mixed / white).unwrap_or(u8::MAX)
    };
    let (kind, data): (_, Vec<u8>) = if red == green && green == blue {
        let shades = stencil.data.iter().map(|cover| shade(red, *cover));
        (Kind::Grey, shades.collect())
    } else {
        let colours = stencil.data.iter();
        let colours = colours.flat_map(|cover| [red, green, blue].map(|ink| shade(ink, *cover)));
        (Kind::Rgb, colours.collect())
    };
    whole(stencil.width, stencil.height, kind, data)
}

/// Whether the numbers of a JPEG are colours as a viewer takes them: in inks of its own or turned round, it would look like a negative.
fn means_its_colours(dict: &Dict<'_>) -> bool {
    if dict.contains_key(DECODE) {
        return false;
    }
    let name = match dict.get::<Object<'_>>(COLORSPACE) {
        Some(Object::Name(name)) => name.as_str().to_owned(),
        Some(Object::Array(array)) => match array.iter::<Name<'_>>().next() {
            Some(name) => name.as_str().to_owned(),
            None => return false,
        },
        // As the JPEG itself has it.
        _ => return true,
    };
    !["Separation", "DeviceN", "Indexed", "Lab", "Pattern"].contains(&name.as_str())
}

/// The bytes of a JPEG that the picture is.
fn jpeg<'a>(image: &'a RasterImage<'_>) -> Option<Cow<'a, [u8]>> {
    let stream = image.stream();
    let filters = stream.filters();
    let filters = filters.strip_prefix(&[Filter::Crypt]).unwrap_or(&filters);
    let [packing @ .., Filter::DctDecode] = filters else {
        return None;
    };
    let mut bytes = stream.raw_data();
    for filter in packing {
        bytes = Cow::Owned(match filter {
            Filter::FlateDecode => inflated(&bytes)?,
            Filter::Ascii85Decode => from_base_85(&bytes)?,
            Filter::AsciiHexDecode => from_hexadecimal(&bytes)?,
            _ => return None,
        });
    }
    bytes.starts_with(b"\xff\xd8").then_some(bytes)
}

fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = vec![];
    let mut decoder = ZlibDecoder::new(bytes).take(MAX_JPEG + 1);
    decoder.read_to_end(&mut unpacked).ok()?;
    // A part of one is none.
    (unpacked.len() as u64 <= MAX_JPEG).then_some(unpacked)
}

/// `ASCII85Decode` (ISO 32000, 7.4.3): five digits from `!` are four bytes, `z` is four zeros, `~>` ends it.
fn from_base_85(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(bytes.len() / 5 * 4);
    let (mut group, mut digits) = (0_u32, 0_usize);
    for byte in bytes
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
    {
        match byte {
            b'~' => break,
            b'z' if digits == 0 => decoded.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.checked_mul(85)?.checked_add(u32::from(byte - b'!'))?;
                digits += 1;
                if digits == 5 {
                    decoded.extend(group.to_be_bytes());
                    (group, digits) = (0, 0);
                }
            }
            _ => return None,
        }
    }
    if digits > 1 {
        for _ in digits..5 {
            group = group.checked_mul(85)?.checked_add(84)?;
        }
        decoded.extend(&group.to_be_bytes()[..digits - 1]);
    }
    Some(decoded)
}

/// `ASCIIHexDecode` (ISO 32000, 7.4.2): two digits are a byte, `>` ends it.
fn from_hexadecimal(bytes: &[u8]) -> Option<Vec<u8>> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>');
    let digits = digits.filter(|byte| !byte.is_ascii_whitespace());
    let digits: Option<Vec<u8>> = digits
        .map(|digit| {
            char::from(*digit)
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        })
        .collect();
    let pairs = digits?;
    Some(
        pairs
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
            .collect(),
    )
}

/// The pixels of a picture; none where it cannot be decoded, or is too great.
pub(super) fn pixels(image: &RasterImage<'_>) -> Option<Pixels> {
    if !is_decoded(image.width(), image.height()) {
        return None;
    }
    let mut pixels = None;
    image.with_rgba(
        |data, alpha| pixels = Some(merged(data, alpha.as_ref())),
        None,
    );
    pixels.flatten()
}

const fn is_decoded(width: u32, height: u32) -> bool {
    width as u64 * height as u64 <= MAX_PIXELS
}

/// Colours and transparency as one.
fn merged(data: ImageData, alpha: Option<&LumaData>) -> Option<Pixels> {
    let (width, height) = (data.width(), data.height());
    let is_seen_through = |alpha: &&LumaData| alpha.data.iter().any(|value| *value != u8::MAX);
    let alpha = alpha.filter(is_seen_through);
    let alpha = alpha.and_then(|alpha| stretched(alpha, width, height));
    let (kind, data) = match (data, alpha) {
        (ImageData::Luma(LumaData { data, .. }), None) => (Kind::Grey, data),
        (ImageData::Rgb(RgbData { data, .. }), None) => (Kind::Rgb, data),
        (ImageData::Luma(LumaData { data, .. }), Some(alpha)) => {
            let pixels = data.iter().zip(&*alpha);
            (
                Kind::Rgba,
                pixels
                    .flat_map(|(grey, alpha)| [*grey, *grey, *grey, *alpha])
                    .collect(),
            )
        }
        (ImageData::Rgb(RgbData { data, .. }), Some(alpha)) => {
            let pixels = data.as_chunks::<3>().0.iter().zip(&*alpha);
            (
                Kind::Rgba,
                pixels
                    .flat_map(|([r, g, b], alpha)| [*r, *g, *b, *alpha])
                    .collect(),
            )
        }
    };
    whole(width, height, kind, data)
}

/// Transparency for a picture of this size, which may have another than it has itself.
fn stretched(alpha: &LumaData, width: u32, height: u32) -> Option<Cow<'_, [u8]>> {
    let size = |width: u32, height: u32| usize::try_from(u64::from(width) * u64::from(height)).ok();
    if size(alpha.width, alpha.height)? != alpha.data.len() || alpha.data.is_empty() {
        return None;
    }
    if (alpha.width, alpha.height) == (width, height) {
        return Some(Cow::Borrowed(&alpha.data));
    }
    let nearest = |at: u32, of: u32, there: u32| u64::from(at) * u64::from(there) / u64::from(of);
    let mut stretched = Vec::with_capacity(size(width, height)?);
    for y in 0..height {
        let row = nearest(y, height, alpha.height) * u64::from(alpha.width);
        for x in 0..width {
            let at = usize::try_from(row + nearest(x, width, alpha.width)).ok()?;
            stretched.push(alpha.data[at]);
        }
    }
    Some(Cow::Owned(stretched))
}

/// Pixels, if they are as many as the sides say.
fn whole(width: u32, height: u32, kind: Kind, data: Vec<u8>) -> Option<Pixels> {
    let expected = u64::from(width) * u64::from(height) * kind.channels() as u64;
    (data.len() as u64 == expected && expected > 0).then_some(Pixels {
        width,
        height,
        kind,
        data,
    })
}

/// Pixels as PNG.
pub(super) fn encoded(pixels: &Pixels) -> Option<Photo> {
    let mut bytes = vec![];
    let mut encoder = Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_color(match pixels.kind {
        Kind::Grey => ColorType::Grayscale,
        Kind::Rgb => ColorType::Rgb,
        Kind::Rgba => ColorType::Rgba,
    });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels.data).ok()?;
    writer.finish().ok()?;
    Some(photo(pixels.width, pixels.height, PNG, &bytes))
}

/// Pictures of one width and kind, one below the other.
pub(super) fn stacked(strips: Vec<Pixels>) -> Option<Pixels> {
    let mut strips = strips.into_iter();
    let mut whole = strips.next()?;
    for strip in strips {
        if (strip.width, strip.kind) != (whole.width, whole.kind) {
            return None;
        }
        whole.height = whole.height.checked_add(strip.height)?;
        if u64::from(whole.width) * u64::from(whole.height) > MAX_PIXELS {
            return None;
        }
        whole.data.extend(strip.data);
    }
    Some(whole)
}

fn photo(width: u32, height: u32, media_type: &str, bytes: &[u8]) -> Photo {
    Photo {
        picture: Picture {
            n: 0,
            width,
            height,
            media_type: media_type.to_owned(),
            sha256: hash(bytes),
            caption: None,
        },
        bytes: Rc::from(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wraps_a_jpeg_is_taken_off() {
        assert_eq!(
            from_base_85(b"87cUR\nD]i,\"z~>rest").unwrap(),
            b"Hello Wo\0\0\0\0"
        );
        assert_eq!(from_base_85(b"87cURDZ~>").unwrap(), b"Hello");
        assert_eq!(from_base_85(b"87cUR\x7f"), None);
        assert_eq!(from_base_85(b"uuuuu"), None, "more than four bytes");
        assert_eq!(from_hexadecimal(b"FF d8 f>00").unwrap(), [0xff, 0xd8, 0xf0]);
        assert_eq!(from_hexadecimal(b"xy"), None);
    }

    fn grey(width: u32, data: &[u8]) -> Pixels {
        Pixels {
            width,
            height: u32::try_from(data.len()).unwrap() / width,
            kind: Kind::Grey,
            data: data.to_vec(),
        }
    }

    #[test]
    fn pixels_become_a_png_of_their_size() {
        let photo = encoded(&grey(2, &[0, 255, 255, 0])).unwrap();
        assert!(photo.bytes.starts_with(b"\x89PNG"));
        let picture = &photo.picture;
        assert_eq!((picture.width, picture.height), (2, 2));
        assert_eq!(picture.media_type, "image/png");
        assert_eq!(picture.sha256, hash(&photo.bytes));
        let decoder = png::Decoder::new(std::io::Cursor::new(&photo.bytes));
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!(pixels, [0, 255, 255, 0]);
    }

    #[test]
    fn strips_are_one_picture_if_they_fit() {
        let whole = stacked(vec![grey(2, &[1, 2]), grey(2, &[3, 4, 5, 6])]).unwrap();
        assert_eq!(whole, grey(2, &[1, 2, 3, 4, 5, 6]));
        assert_eq!(stacked(vec![grey(2, &[1, 2]), grey(1, &[3])]), None);
    }

    fn luma(data: &[u8]) -> LumaData {
        LumaData {
            data: data.to_vec(),
            width: 1,
            height: 1,
            interpolate: false,
            scale_factors: (1.0, 1.0),
        }
    }

    #[test]
    fn a_stencil_is_ink_on_white_paper() {
        let stencil = LumaData {
            width: 3,
            ..luma(&[0, 255, 51])
        };
        let black = printed(&stencil, BLACK).unwrap();
        assert_eq!((black.kind, &*black.data), (Kind::Grey, &[255, 0, 204][..]));
        let red = printed(&stencil, [255, 0, 0, 255]).unwrap();
        assert_eq!(red.data[..6], [255, 255, 255, 255, 0, 0]);
        assert_eq!(printed(&luma(&[]), BLACK), None);
    }

    #[test]
    fn transparency_is_kept_where_it_shows() {
        let grey = || ImageData::Luma(luma(&[7]));
        assert_eq!(
            merged(grey(), Some(&luma(&[255]))).unwrap().kind,
            Kind::Grey
        );
        let seen_through = merged(grey(), Some(&luma(&[9]))).unwrap();
        assert_eq!(
            (seen_through.kind, &*seen_through.data),
            (Kind::Rgba, &[7, 7, 7, 9][..])
        );
        let wide = ImageData::Luma(LumaData {
            width: 4,
            ..luma(&[1, 2, 3, 4])
        });
        let narrow = LumaData {
            width: 2,
            ..luma(&[0, 255])
        };
        let stretched = merged(wide, Some(&narrow)).unwrap();
        let alphas = stretched.data.as_chunks::<4>().0.iter();
        assert_eq!(
            alphas.map(|pixel| pixel[3]).collect::<Vec<_>>(),
            [0, 0, 255, 255]
        );
        let short = ImageData::Luma(LumaData {
            height: 2,
            ..luma(&[7])
        });
        assert_eq!(merged(short, None), None);
    }
}
