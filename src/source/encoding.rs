//! Which encoding bytes are in: as the user says, or as they look.
//! Must not look at the name of a file, and never fails: what is no text at all is found out after decoding.
//!
//! The order: byte order mark, valid UTF-8, UTF-16 by its zero bytes, UTF-8 with some damage, then what `chardetng` says.
//! A text in UTF-8 and GB18030 by turns is for `mixed`.

use super::everyday;
use crate::text::nearest;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An encoding of text, from the WHATWG's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A label that names no encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no encoding is called {label}")]
pub struct UnknownEncoding {
    /// As written.
    pub label: String,
    /// A label that is much like it.
    pub meant: Option<&'static str>,
}

/// Labels that are understood when they are misspelt.
const LABELS: [&str; 15] = [
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5-hkscs",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "euc-kr",
    "windows-1252",
    "iso-8859-1",
];

/// Bytes that are looked at where a sample is enough.
const SAMPLE: usize = 256 * 1024;

/// Share of zero bytes in even or odd positions from which on bytes look like UTF-16: 5 %. Line ends, digits and spaces have
/// one each. (Measured on Chinese text; its hanzi have none, so little more can be asked for.)
const ZEROS: f64 = 0.05;
/// Share of everyday characters that UTF-16 has at least, where the zero bytes speak for it.
const LIKELY: f64 = 0.7;
/// The same where there are fewer zero bytes: a headline, or a paragraph on one line, has none.
const CERTAIN: f64 = 0.8;

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(UTF_8);
    /// GB18030, of which GBK and GB 2312 are a part.
    pub(super) const GB18030: Self = Self(GB18030);

    /// The WHATWG's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What `bytes` look like.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        if let Some(marked) = marked(bytes) {
            return Self(marked);
        }
        let valid = std::str::from_utf8(bytes).is_ok();
        if valid && !bytes.contains(&0) {
            return Self::UTF_8;
        }
        if let Some(utf_16) = utf_16(bytes) {
            return Self(utf_16);
        }
        if valid || is_damaged_utf_8(bytes) {
            return Self::UTF_8;
        }
        Self(guess(bytes))
    }

    /// The text of `bytes`, without a byte order mark; U+FFFD stands for what is no character of this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        // Whoever says UTF-16 can't know which of the two; the mark does.
        let encoding = match marked(bytes) {
            Some(marked) if self.is_utf_16() && Self(marked).is_utf_16() => marked,
            _ => self.0,
        };
        encoding.decode_with_bom_removal(bytes).0
    }

    /// The text of a line that has no byte order mark.
    pub(super) fn decode_line(self, line: &[u8]) -> Cow<'_, str> {
        self.0.decode_without_bom_handling(line).0
    }

    /// Whether it is a form of Unicode.
    pub(super) fn is_unicode(self) -> bool {
        self.0 == UTF_8 || self.is_utf_16()
    }

    /// Whether it is UTF-16, in either byte order.
    pub(super) fn is_utf_16(self) -> bool {
        self.0 == UTF_16LE || self.0 == UTF_16BE
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, Self::Err> {
        match encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()) {
            Some(encoding) => Ok(Self(widest(encoding))),
            None => Err(UnknownEncoding {
                label: label.to_owned(),
                meant: nearest(&label.trim().to_ascii_lowercase(), LABELS.into_iter()),
            }),
        }
    }
}

/// GB18030 for its subset GBK: what is called GBK often has a character more.
fn widest(encoding: &'static encoding_rs::Encoding) -> &'static encoding_rs::Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// The encoding that a byte order mark tells.
fn marked(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    const GB18030_MARK: &[u8] = b"\x84\x31\x95\x33";
    encoding_rs::Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| bytes.starts_with(GB18030_MARK).then_some(GB18030))
}

/// The byte order of UTF-16 without a mark. Zero bytes alone don't tell it (一 and the ideographic space have theirs on the
/// other side), so both readings are tried: the wrong one gives characters that nobody uses.
fn utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) / 2 * 2];
    let zeros = |from: usize| {
        let zeros = sample.iter().skip(from).step_by(2).filter(|b| **b == 0);
        share(zeros.count(), sample.len() / 2)
    };
    let needed = if zeros(0).max(zeros(1)) >= ZEROS {
        LIKELY
    } else {
        CERTAIN
    };
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .map(|encoding| (everyday_share(encoding, sample), encoding))
        .filter(|(share, _)| *share >= needed)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, encoding)| encoding)
}

fn share(part: usize, whole: usize) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    count(part) / count(whole.max(1))
}

fn everyday_share(encoding: &'static encoding_rs::Encoding, sample: &[u8]) -> f64 {
    everyday::share(&encoding.decode_without_bom_handling(sample).0)
}

/// Whether `bytes` are UTF-8 with some damage. By chance other encodings rarely have a character of three bytes, and
/// many more that are wrong.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut wide, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk
            .valid()
            .chars()
            .filter(|c| *c >= '\u{800}' && everyday::is_everyday(*c))
            .count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wide > wrong
}

/// What the detector says, or, where that leaves characters over or can't be Chinese, the one of the Chinese encodings under
/// which most of the text is everyday characters: the detector rules an encoding out at the first wrong byte.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[from..bytes.len().min(from + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The end of a sample, or of a file that was cut off, may lie within a character.
    detector.feed(sample, false);
    let guessed = widest(detector.guess(None, Utf8Detection::Allow));
    if [GB18030, BIG5].contains(&guessed) && !has_errors(guessed, sample) {
        return guessed;
    }
    // The last of equals: what can be simplified Chinese is.
    [guessed, BIG5, GB18030]
        .into_iter()
        .map(|encoding| (everyday_share(encoding, sample), encoding))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map_or(guessed, |(_, encoding)| encoding)
}

/// Whether something in `sample` is no character of `encoding`; its end does not count.
fn has_errors(encoding: &'static encoding_rs::Encoding, sample: &[u8]) -> bool {
    let text = encoding.decode_without_bom_handling(sample).0;
    text.strip_suffix('\u{fffd}')
        .unwrap_or(&text)
        .contains('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "苏州高新区 12 个智能制造项目集中签约，总投资约 86.5 亿元。\n■ 签约项目涵盖半导体、新材料和医疗器械三个方向。\n";
    const TRADITIONAL: &str =
        "臺中工業園區三座新廠動工，總投資約 40 億元。\n■ 廠房預計明年底完工，可提供八百個職位。\n";

    fn utf_16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        match label {
            "utf-16le" => utf_16_bytes(text, u16::to_le_bytes),
            "utf-16be" => utf_16_bytes(text, u16::to_be_bytes),
            _ => {
                let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
                let (bytes, _, lost) = encoding.encode(text);
                assert!(!lost, "{text} in {label}");
                bytes.into_owned()
            }
        }
    }

    fn reads(bytes: &[u8], text: &str, label: &str) {
        let encoding = Encoding::of(bytes);
        assert_eq!(encoding, label.parse().unwrap(), "{text}");
        assert_eq!(encoding.decode(bytes), text);
    }

    #[test]
    fn every_encoding_of_chinese_is_recognised_whole_and_in_pieces() {
        for (text, labels) in [
            (
                SIMPLIFIED,
                ["utf-8", "gbk", "gb18030", "utf-16le", "utf-16be"].as_slice(),
            ),
            (
                TRADITIONAL,
                &["utf-8", "big5", "gb18030", "utf-16le", "utf-16be"],
            ),
        ] {
            for label in labels {
                reads(&encoded(text, label), text, label);
                let chars: Vec<char> = text.chars().collect();
                for piece in chars.windows(20) {
                    let piece: String = piece.iter().collect();
                    reads(&encoded(&piece, label), &piece, label);
                }
            }
        }
    }

    #[test]
    fn utf_16_needs_no_zero_bytes() {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes = utf_16_bytes("新能源汽车产业园动工，投资额创新高。", order);
            assert!(!bytes.contains(&0));
            assert!(Encoding::of(&bytes).is_utf_16());
        }
        // All its zero bytes are on the side where hanzi have none.
        let indented = "\u{3000}\u{3000}一期、一期、一期";
        reads(&encoded(indented, "utf-16le"), indented, "utf-16le");
    }

    #[test]
    fn marks_go_before_all_else() {
        for (bytes, name) in [
            (&b"\xef\xbb\xbfa\xff"[..], "UTF-8"),
            (b"\xff\xfea\0", "UTF-16LE"),
            (b"\xfe\xff\0a", "UTF-16BE"),
            (b"\x84\x31\x95\x33a", "gb18030"),
        ] {
            assert_eq!(Encoding::of(bytes).name(), name);
        }
        assert_eq!(Encoding(UTF_16LE).decode(b"\xfe\xff\x56\xed"), "\u{56ed}");
        assert_eq!(Encoding(UTF_16BE).decode(b"\xfe\xff\x56\xed"), "\u{56ed}");
    }

    #[test]
    fn a_few_damaged_bytes_change_no_encoding() {
        for (text, label) in [
            (SIMPLIFIED, "utf-8"),
            (SIMPLIFIED, "gb18030"),
            (TRADITIONAL, "big5"),
            (SIMPLIFIED, "utf-16le"),
            (SIMPLIFIED, "utf-16be"),
        ] {
            let whole = encoded(text, label);
            let encoding: Encoding = label.parse().unwrap();
            // Cut off within a character, and with wrong bytes in it.
            for end in [whole.len() - 2, whole.len() - 3, whole.len() - 4] {
                assert_eq!(Encoding::of(&whole[..end]), encoding, "{label} to {end}");
            }
            for at in [11, 40] {
                let mut damaged = whole.clone();
                damaged[at] = 0xff;
                assert_eq!(Encoding::of(&damaged), encoding, "{label} at {at}");
            }
        }
    }

    #[test]
    fn hanzi_of_four_bytes_are_gb18030() {
        let text = "𠮷林园区 3 个项目动工，㐂𬭁新材料投产。";
        reads(&encoded(text, "gb18030"), text, "gbk");
    }

    #[test]
    fn a_label_names_an_encoding_or_is_near_one() {
        assert_eq!("GBK".parse(), Ok(Encoding(GB18030)));
        assert_eq!(" gb2312 ".parse(), Ok(Encoding(GB18030)));
        assert_eq!("utf-16".parse(), Ok(Encoding(UTF_16LE)));
        let unknown = |label: &str| label.parse::<Encoding>().unwrap_err();
        assert_eq!(unknown("utf16").meant, Some("utf-16"));
        assert_eq!(unknown("GB-18030").meant, Some("gb18030"));
        assert_eq!(unknown("klingon").meant, None);
        // The WHATWG's label for what must not be decoded.
        assert_eq!(unknown("hz-gb-2312").label, "hz-gb-2312");
    }
}
