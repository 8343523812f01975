//! From bytes to pages of lines: the border at which anything read from outside is checked and cleaned.
//! Must not know what an issue looks like; a text that is no issue passes.

mod doubt;
mod encoding;
mod error;
mod everyday;
mod file;
mod format;
mod lines;
mod mixed;
pub mod pdf;

pub use encoding::{Encoding, UnknownEncoding};
pub use error::SourceError;
pub use file::{bytes_from, bytes_of, looks_like_document, read};
pub use format::Format;

use crate::issue::{Page, Picture};
use crate::text::clean;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;

/// Greatest accepted input, in bytes: 64 MiB. An issue of text has about 40 KiB.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The same for a PDF: 128 MiB. An issue has 1 to 5 MiB, one that is to be printed may have some tens.
pub const MAX_PDF_BYTES: u64 = 128 * 1024 * 1024;

/// Greatest accepted number of lines and form feeds together. An issue of text has about 500; the limit keeps an input of
/// nothing but line ends from taking a hundred times its size in memory.
pub const MAX_LINES: usize = 1_000_000;

/// A document as read: pages of clean lines, with its name and the hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The path as given, without characters that must not reach a terminal.
    pub name: String,
    /// SHA-256 of the bytes, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// In reading order; of a text one where it has no form feed.
    pub pages: Vec<Page>,
    /// The bytes of the pictures on them, each once, by their SHA-256.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The encoding a text was read in, or most of its lines were; a PDF has none.
    pub encoding: Option<Encoding>,
    /// The lines in another encoding, if any.
    pub others: Option<Others>,
    /// What could not be read, if anything.
    pub lost: Option<Lost>,
    /// What was read and is hardly Chinese, if anything.
    pub doubt: Option<Doubt>,
    /// What is wrong with the file itself.
    pub damages: Vec<Damage>,
}

/// What is wrong with a file that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Its end is missing.
    CutOff,
    /// What leads to its parts does not.
    Index,
    /// So many pages cannot be read, from this one on.
    Pages(u32, u32),
    /// So many pictures cannot be read or are too large, from this page on.
    Pictures(u32, u32),
}

/// Lines of a document that were read in another encoding than most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Others {
    /// The other one.
    pub encoding: Encoding,
    /// How many lines.
    pub lines: u32,
    /// The first of them, from 1.
    pub line: u32,
}

/// Lines of a document that are hardly Chinese, as a wrong encoding leaves them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// How many.
    pub lines: u32,
    /// The first of them, from 1.
    pub line: u32,
}

/// Characters of a document that are lost: U+FFFD stands for them, in the lines or already in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// How many.
    pub count: u32,
    /// The first line with one, from 1.
    pub line: u32,
}

/// Stands for a character that could not be read.
const REPLACEMENT: char = '\u{fffd}';

/// Turns `bytes` into pages of lines, in the encoding that they look like. `name` stands for the input in errors and in the
/// [`Document`].
///
/// Lines end in LF, CR LF or CR, and a form feed begins a page.
///
/// # Errors
/// Where the bytes are too many, of a known format that is no text, binary, or nothing but white space.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Document, SourceError> {
    decode_as(name, bytes, None)
}

/// As [`decode`], in the encoding that the user says, if any.
///
/// # Errors
/// As for [`decode`]; and where the bytes are no text in that encoding.
pub fn decode_as(
    name: &str,
    bytes: &[u8],
    asked: Option<Encoding>,
) -> Result<Document, SourceError> {
    let path = clean(name).into_owned();
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SourceError::too_large(path, MAX_BYTES));
    }
    if let Some(format) = Format::of(bytes) {
        return Err(SourceError::Format { path, format });
    }
    let (text, encoding, others) = text(bytes, asked);
    if !is_text(&text) {
        return Err(match asked {
            None => SourceError::Binary { path },
            Some(encoding) => SourceError::WrongEncoding { path, encoding },
        });
    }
    if let Some(format) = Format::of_text(&text) {
        return Err(SourceError::Format { path, format });
    }
    let Some(pages) = lines::split(&text, MAX_LINES) else {
        return Err(SourceError::TooManyLines { path });
    };
    let blank = |page: &Page| page.lines.iter().all(|line| line.text.trim().is_empty());
    if pages.iter().all(blank) {
        return Err(SourceError::Empty { path });
    }
    Ok(Document {
        name: path,
        sha256: hash(bytes),
        lost: lost(&pages),
        doubt: doubt::of(&pages, encoding),
        pages,
        pictures: vec![],
        encoding: Some(encoding),
        others,
        damages: vec![],
    })
}

/// Turns `bytes` into pages of lines, whatever they are: a text in the encoding that the user says, if any, a PDF by these means.
///
/// # Errors
/// As for [`decode`]; where the bytes are no text in that encoding; where a PDF gives no text.
pub fn document(
    name: &str,
    bytes: &[u8],
    asked: Option<Encoding>,
    means: &pdf::Means<'_>,
) -> Result<Document, SourceError> {
    if Format::of(bytes) != Some(Format::Pdf) {
        return decode_as(name, bytes, asked);
    }
    let path = clean(name).into_owned();
    if bytes.len() as u64 > MAX_PDF_BYTES {
        return Err(SourceError::too_large(path, MAX_PDF_BYTES));
    }
    match pdf::read(bytes, means) {
        Ok(told) => of_pdf(path, bytes, told),
        Err(fault) => Err(SourceError::Pdf { path, fault }),
    }
}

/// The document of a PDF that was read aside. Its lines are cleaned here as all others are: whoever read them may have been led astray.
fn of_pdf(path: String, bytes: &[u8], told: pdf::Told) -> Result<Document, SourceError> {
    let pdf::Told {
        mut pages, photos, ..
    } = told;
    for page in &mut pages {
        for line in &mut page.lines {
            line.text = clean(&line.text).into_owned();
        }
        for text in &mut page.running {
            *text = clean(text).into_owned();
        }
        for placed in &mut page.pictures {
            let Picture {
                caption,
                media_type,
                ..
            } = &mut placed.picture;
            *caption = caption.take().map(|caption| clean(&caption).into_owned());
            *media_type = clean(media_type).into_owned();
        }
    }
    let blank = |page: &Page| page.lines.iter().all(|line| line.text.trim().is_empty());
    if pages.iter().all(blank) {
        let fault = pdf::Fault::NoText;
        return Err(SourceError::Pdf { path, fault });
    }
    Ok(Document {
        name: path,
        sha256: hash(bytes),
        lost: lost(&pages),
        // Fonts with a wrong table give letters of other alphabets, which a Chinese text has none of.
        doubt: doubt::of(&pages, Encoding::GB18030),
        pages,
        pictures: photos
            .into_iter()
            .filter(|(sha256, bytes)| hash(bytes) == *sha256)
            .collect(),
        encoding: None,
        others: None,
        damages: told.condition.damages(),
    })
}

/// The text of `bytes`, the encoding of most of its lines, and the others.
fn text(bytes: &[u8], asked: Option<Encoding>) -> (Cow<'_, str>, Encoding, Option<Others>) {
    let encoding = asked.unwrap_or_else(|| Encoding::of(bytes));
    let may_be_mixed =
        asked.is_none() && !encoding.is_utf_16() && std::str::from_utf8(bytes).is_err();
    match may_be_mixed.then(|| mixed::read(bytes)).flatten() {
        Some(mixed) => (Cow::Owned(mixed.text), mixed.encoding, Some(mixed.others)),
        None => (encoding.decode(bytes), encoding, None),
    }
}

/// Whether `bytes`, the beginning of a file, look like a text that [`decode`] reads.
fn begins_a_text(bytes: &[u8]) -> bool {
    let text = Encoding::of(bytes).decode(bytes);
    !text.trim().is_empty()
        && is_text(&text)
        && Format::of(bytes).is_none()
        && Format::of_text(&text).is_none()
}

/// Whether a decoded text is one: at most one character in fifty a control character that texts don't have (escape
/// sequences are cleaned away, and what DOS ended files with), at most one in five that could not be read.
fn is_text(text: &str) -> bool {
    let (mut all, mut controls, mut unread) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        controls += usize::from(matches!(c, '\0'..='\x06' | '\x0e'..='\x19' | '\x1c'..='\x1f'));
        unread += usize::from(c == REPLACEMENT);
    }
    controls * 50 <= all && unread * 5 <= all
}

fn lost(pages: &[Page]) -> Option<Lost> {
    let mut lost: Option<Lost> = None;
    for line in pages.iter().flat_map(|page| &page.lines) {
        let here = line.text.matches(REPLACEMENT).count();
        if here > 0 {
            let count = u32::try_from(here).unwrap_or(u32::MAX);
            let known = lost.get_or_insert(Lost {
                count: 0,
                line: line.number,
            });
            known.count = known.count.saturating_add(count);
        }
    }
    lost
}

/// The SHA-256 of some bytes: 64 hexadecimal digits in lower case.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{Line, Placed};
    use proptest::prelude::*;

    fn code(bytes: &[u8]) -> &'static str {
        decode("期.txt", bytes).unwrap_err().code()
    }

    #[test]
    fn what_was_read_aside_is_cleaned_and_its_photos_are_what_they_say() {
        let picture = Picture {
            n: 0,
            width: 1,
            height: 1,
            media_type: "image/\u{7}png".into(),
            sha256: hash(b"photo"),
            caption: Some("图\u{1b}[31m".into()),
        };
        let page = Page {
            lines: vec![Line {
                number: 1,
                text: "园\u{1b}[2J区".into(),
            }],
            pictures: vec![Placed { after: 1, picture }],
            running: vec!["周\u{202e}报".into()],
            ..Page::default()
        };
        let told = pdf::Told {
            pages: vec![page],
            photos: vec![
                (hash(b"photo"), b"photo".to_vec()),
                (hash(b"other"), b"another".to_vec()),
            ],
            ..pdf::Told::default()
        };
        let document = of_pdf("期.pdf".into(), b"%PDF-", told).unwrap();
        let page = &document.pages[0];
        assert_eq!(page.lines[0].text, "园区");
        assert_eq!(page.running, ["周报"]);
        let picture = &page.pictures[0].picture;
        assert_eq!(picture.caption.as_deref(), Some("图"));
        assert_eq!(picture.media_type, "image/png");
        assert_eq!(document.pictures, [(hash(b"photo"), b"photo".to_vec())]);
    }

    #[test]
    fn a_text_becomes_a_document() {
        let document = decode("a\u{1b}.txt", "\u{feff}园区\r\n\u{200b}周报".as_bytes()).unwrap();
        assert_eq!(document.name, "a.txt");
        assert_eq!(
            (document.encoding, document.lost),
            (Some(Encoding::UTF_8), None)
        );
        assert_eq!(
            hash(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(lines(&document), ["园区", "周报"]);
    }

    fn lines(document: &Document) -> Vec<&str> {
        let lines = document.pages.iter().flat_map(|page| &page.lines);
        lines.map(|line| &*line.text).collect()
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        assert_eq!(code(b""), "source-empty");
        for mark in [
            "\u{feff}".as_bytes(),
            b"\xff\xfe",
            b"\xfe\xff",
            b"\x84\x31\x95\x33",
        ] {
            assert_eq!(code(mark), "source-empty");
        }
        assert_eq!(
            code("\u{feff} \u{3000}\r\n\t\u{200b}\u{c}".as_bytes()),
            "source-empty"
        );
        assert_eq!(code(b"%PDF-1.7\n"), "source-format");
        assert_eq!(code(b"PK\x03\x04rest"), "source-format");
        assert_eq!(
            code("\u{feff}\n<!DOCTYPE html>\n<p>园区".as_bytes()),
            "source-format"
        );
        assert_eq!(code(b"text\0more"), "source-binary");
        assert_eq!(code(b"\xb8\0\xb8"), "source-binary");
        assert_eq!(
            code(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"),
            "source-binary"
        );
        assert_eq!(code(&vec![b'\n'; MAX_LINES + 2]), "source-too-many-lines");
        // Bytes without any order, from a small generator.
        let noise = std::iter::successors(Some(1_u32), |x| {
            Some(x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223))
        });
        let noise: Vec<u8> = noise.map(|x| x.to_be_bytes()[0]).take(4000).collect();
        assert_eq!(code(&noise), "source-binary");
    }

    #[test]
    fn a_stray_control_character_makes_no_binary_file() {
        let text = format!("园区周报\0{}\u{1a}", "本周开工项目十二个。".repeat(12));
        let document = decode("期.txt", text.as_bytes()).unwrap();
        assert!(!lines(&document)[0].contains(['\0', '\u{1a}']));
    }

    #[test]
    fn what_was_lost_is_counted_and_its_first_line_told() {
        let mut bytes = "园区周报\r\n开工\n签约\n投产一批\n".as_bytes().to_vec();
        bytes[15] = b'?';
        let at = bytes.len() - 2;
        bytes[at] = 0xff;
        let document = decode("期.txt", &bytes).unwrap();
        assert_eq!(document.encoding, Some(Encoding::UTF_8));
        let lost = document.lost.unwrap();
        assert_eq!(lost.line, 2);
        assert!(lost.count >= 2, "{lost:?}");
        let odd = b"\xff\xfe\xed\x56\x3a\x53\x0a\x00\xed\x56\x3a\x53\x46";
        let document = decode("期.txt", odd).unwrap();
        assert_eq!(lines(&document), ["园区", "园区\u{fffd}"]);
        assert_eq!(document.lost, Some(Lost { count: 1, line: 2 }));
        let surrogates = b"\xff\xfe\x42\xd8\xb7\xdf\x42\xd8\xed\x56\x3a\x53\xed\x56";
        let document = decode("期.txt", surrogates).unwrap();
        assert_eq!(lines(&document), ["\u{20bb7}\u{fffd}园区园"]);
    }

    #[test]
    fn the_user_has_the_last_word_on_the_encoding() {
        let bytes = encoding_rs::GBK.encode("联通园区").0.into_owned();
        let gbk = decode_as("期.txt", &bytes, Some("gbk".parse().unwrap())).unwrap();
        assert_eq!(lines(&gbk), ["联通园区"]);
        let big5 = decode_as("期.txt", &bytes, Some("windows-1252".parse().unwrap())).unwrap();
        assert_eq!(big5.encoding.unwrap().name(), "windows-1252");
        let error = decode_as("期.txt", &bytes, Some(Encoding::UTF_8)).unwrap_err();
        assert_eq!(error.code(), "source-wrong-encoding");
        assert!(
            error
                .arguments()
                .contains(&("encoding", "UTF-8".to_owned()))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_document_of_clean_lines_or_an_error(bytes: Vec<u8>) {
            if let Ok(document) = decode("x", &bytes) {
                for line in document.pages.iter().flat_map(|page| &page.lines) {
                    prop_assert_eq!(&*clean(&line.text), &*line.text);
                    prop_assert!(line.number >= 1);
                }
            }
        }
    }
}
