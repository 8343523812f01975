//! From bytes to pages of lines: the border at which anything read from outside is checked and cleaned.
//! Must not know what an issue looks like; a text that is no issue passes.

mod error;
mod file;
mod format;
mod lines;

pub use error::SourceError;
pub use file::read;
pub use format::Format;

use crate::issue::Page;
use crate::text::clean;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Greatest accepted input, in bytes: 64 MiB. An issue of text has about 40 KiB.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

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
    /// In reading order; one where the input has no form feed.
    pub pages: Vec<Page>,
}

/// Turns `bytes` into pages of lines. `name` stands for the input in errors and in the [`Document`].
///
/// UTF-8 with or without byte order mark; lines end in LF, CR LF or CR, and a form feed begins a page.
///
/// # Errors
/// Where the bytes are too many, of a known format that is no text, binary, no UTF-8, or nothing but white space.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Document, SourceError> {
    let name = clean(name).into_owned();
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SourceError::TooLarge { path: name });
    }
    if let Some(format) = Format::of(bytes) {
        return Err(SourceError::Format { path: name, format });
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => return Err(SourceError::Binary { path: name }),
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(_) if has_nul(bytes) && !has_utf16_mark(bytes) => {
            return Err(SourceError::Binary { path: name });
        }
        Err(error) => {
            let line = lines::count(&bytes[..error.valid_up_to()]);
            return Err(SourceError::NotUtf8 { path: name, line });
        }
    };
    let Some(pages) = lines::split(text, MAX_LINES) else {
        return Err(SourceError::TooManyLines { path: name });
    };
    let blank = |page: &Page| page.lines.iter().all(|line| line.text.trim().is_empty());
    if pages.iter().all(blank) {
        return Err(SourceError::Empty { path: name });
    }
    Ok(Document {
        name,
        sha256: hash(bytes),
        pages,
    })
}

/// UTF-16 is full of NUL bytes, yet it is text: better named an encoding than a binary file.
fn has_utf16_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

fn has_nul(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

fn hash(bytes: &[u8]) -> String {
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
    use proptest::prelude::*;

    fn code(bytes: &[u8]) -> &'static str {
        decode("期.txt", bytes).unwrap_err().code()
    }

    #[test]
    fn a_text_becomes_a_document() {
        let document = decode("a\u{1b}.txt", "\u{feff}园区\r\n\u{200b}周报".as_bytes()).unwrap();
        assert_eq!(document.name, "a.txt");
        assert_eq!(
            hash(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let lines: Vec<_> = document.pages[0]
            .lines
            .iter()
            .map(|line| &*line.text)
            .collect();
        assert_eq!(lines, ["园区", "周报"]);
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        assert_eq!(code(b""), "source-empty");
        assert_eq!(
            code("\u{feff} \u{3000}\r\n\t\u{200b}\u{c}".as_bytes()),
            "source-empty"
        );
        assert_eq!(code(b"%PDF-1.7\n"), "source-format");
        assert_eq!(code(b"PK\x03\x04rest"), "source-format");
        assert_eq!(code(b"text\0more"), "source-binary");
        assert_eq!(code(b"\xb8\0\xb8"), "source-binary");
        assert_eq!(code(b"\xff\xfe\xed\x56"), "source-not-utf8");
        assert_eq!(code(&vec![b'\n'; MAX_LINES + 2]), "source-too-many-lines");
    }

    #[test]
    fn a_wrong_encoding_is_reported_with_its_line() {
        let error = decode("期.txt", b"one\r\ntwo\rthree \xd4\xb0\xc7\xf8").unwrap_err();
        assert!(
            matches!(error, SourceError::NotUtf8 { line: 3, .. }),
            "{error}"
        );
        assert!(error.arguments().contains(&("line", "3".to_owned())));
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
