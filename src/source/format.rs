//! Formats that are no plain text, known by their first bytes.
//! Must not decide by the name of a file: names lie.

use std::fmt;

/// A format that is recognised in order to be named in an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// ZIP, and what is built on it: DOCX, XLSX, EPUB.
    Zip,
    /// The old compound file of Office and WPS: DOC, XLS, WPS.
    Compound,
    /// Rich Text Format.
    Rtf,
    /// gzip.
    Gzip,
    /// RAR.
    Rar,
    /// 7-Zip.
    SevenZip,
    /// A picture: PNG or JPEG.
    Picture,
    /// An `SQLite` database, such as a library of this program.
    Database,
    /// A web page, or XML.
    Html,
}

/// First bytes, by format.
const MAGIC: [(&[u8], Format); 11] = [
    (b"%PDF-", Format::Pdf),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Compound),
    (b"{\\rtf", Format::Rtf),
    (b"\x1f\x8b", Format::Gzip),
    (b"Rar!\x1a\x07", Format::Rar),
    (b"7z\xbc\xaf\x27\x1c", Format::SevenZip),
    (b"\x89PNG\r\n\x1a\n", Format::Picture),
    (b"\xff\xd8\xff", Format::Picture),
    (b"SQLite format 3\0", Format::Database),
];

/// First characters of a web page, in lower case.
const TAGS: [&str; 5] = ["<!doctype", "<html", "<head", "<body", "<?xml"];

impl Format {
    /// The format that `bytes` begin like, if it is a known one.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
        let known = known.map(|(_, format)| *format);
        known.or_else(|| is_pdf_behind_junk(bytes).then_some(Self::Pdf))
    }

    /// The format of a text that is meant for a program and not for a reader.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let begins = |tag: &&str| {
            text.get(..tag.len())
                .is_some_and(|first| first.eq_ignore_ascii_case(tag))
        };
        TAGS.iter().any(begins).then_some(Self::Html)
    }
}

/// Where viewers look for the first line of a PDF at most, in bytes.
const JUNK: usize = 1024;

/// Whether the first line of a PDF stands somewhere in the beginning: a header of the mail or web server that sent it, or a few stray
/// bytes. A text that mentions one has no binary mark behind it.
fn is_pdf_behind_junk(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(JUNK)];
    let at = beginning.windows(5).position(|window| window == b"%PDF-");
    at.is_some_and(|at| {
        let line = bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b'\r' | b'\n'));
        let behind = line.map(|end| bytes[at + end..].trim_ascii_start());
        behind.is_some_and(|behind| {
            let is_mark =
                behind.first() == Some(&b'%') && behind.iter().take(5).any(|byte| !byte.is_ascii());
            is_mark
                || behind
                    .windows(5)
                    .take(64)
                    .any(|window| window == b" obj\n" || window == b" obj\r")
        })
    })
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Zip => "ZIP/DOCX/XLSX",
            Self::Compound => "DOC/XLS/WPS",
            Self::Rtf => "RTF",
            Self::Gzip => "GZIP",
            Self::Rar => "RAR",
            Self::SevenZip => "7Z",
            Self::Picture => "PNG/JPEG",
            Self::Database => "SQLite",
            Self::Html => "HTML/XML",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        assert_eq!(Format::of(b"%PDF-1.4"), Some(Format::Pdf));
        assert_eq!(Format::of(b"PK\x03\x04"), Some(Format::Zip));
        assert_eq!(Format::of("园区周报".as_bytes()), None);
        assert_eq!(Format::of(b""), None);
        assert_eq!(
            Format::of(b"\r\n\r\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
            Some(Format::Pdf)
        );
        assert_eq!(Format::of(b"junk%PDF-1.4\r1 0 obj\r<<"), Some(Format::Pdf));
        assert_eq!(Format::of("一个文件以\n%PDF-1.7\n开头".as_bytes()), None);
    }

    #[test]
    fn a_web_page_is_known_and_a_tag_in_a_text_is_none() {
        for page in [
            "\n <!DOCTYPE html>",
            "<HTML lang=zh>",
            "<?xml version='1.0'?>",
        ] {
            assert_eq!(Format::of_text(page), Some(Format::Html));
        }
        for text in ["", "<", "<园区周报>", "<!-- page 1 -->", "<b>园区周报</b>"] {
            assert_eq!(Format::of_text(text), None, "{text}");
        }
    }
}
