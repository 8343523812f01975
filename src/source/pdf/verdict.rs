//! Whether a PDF gives its text, and in what state it is.
//! Must not refuse what a reader could use: a few lost characters are a diagnostic.

use super::fault::Fault;
use super::sheet::{Sheet, UNKNOWN};
use crate::source;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::page::Page;
use serde::{Deserialize, Serialize};

/// Most glyphs in a hundred that say nothing. Of 13 good documents none had one; with `ToUnicode` taken out 35 and 100 had.
const MOST_UNKNOWN: usize = 10;

/// Fewest characters of a page that is no picture of one.
const LEAST_TEXT: usize = 50;

/// Share of both sides of the page that a picture of it covers.
const SCAN: f32 = 0.7;

/// How far from the end of a file its last line stands at most: viewers look for it there.
const TAIL: usize = 1024;

/// In what state a document is that was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source) struct Condition {
    pub(super) damage: Option<Damage>,
    /// Pages whose drawing instructions cannot be unpacked.
    pub(super) pages: u32,
}

impl Condition {
    /// What is worst of it.
    pub(in crate::source) const fn damage(self) -> Option<source::Damage> {
        match (self.damage, self.pages) {
            (Some(Damage::CutOff), _) => Some(source::Damage::CutOff),
            (_, pages @ 1..) => Some(source::Damage::Pages(pages)),
            (Some(Damage::Index), 0) => Some(source::Damage::Index),
            (None, 0) => None,
        }
    }
}

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Damage {
    /// Its end is missing.
    CutOff,
    /// What leads to its objects does not.
    Index,
}

/// What is wrong with a file as a whole, as far as its end tells.
pub(super) fn damage(bytes: &[u8]) -> Option<Damage> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let find = |needle: &[u8]| {
        tail.windows(needle.len())
            .rposition(|window| window == needle)
    };
    if find(b"%%EOF").is_none() {
        return Some(Damage::CutOff);
    }
    let Some(at) = find(b"startxref") else {
        return Some(Damage::Index);
    };
    let number = tail[at + b"startxref".len()..]
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace());
    let digits: Vec<u8> = number
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    let offset = std::str::from_utf8(&digits)
        .ok()
        .and_then(|digits| digits.parse::<usize>().ok());
    let leads = |offset: usize| {
        let there = bytes.get(offset..).unwrap_or_default();
        let there = there.trim_ascii_start();
        // A table, or an object that is one.
        there.starts_with(b"xref") || there.first().is_some_and(u8::is_ascii_digit)
    };
    // What stands before the first line does not count, some producers say.
    let junk = bytes
        .windows(5)
        .take(TAIL)
        .position(|window| window == b"%PDF-")
        .unwrap_or(0);
    let is_right = offset.is_some_and(|offset| leads(offset) || leads(offset + junk));
    (!is_right).then_some(Damage::Index)
}

/// Whether a page says that something is drawn on it.
pub(super) fn has_contents(page: &Page<'_>) -> bool {
    page.raw().contains_key(CONTENTS)
}

/// What is on the pages of a document, in numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pages: usize,
    /// Pages that a picture covers.
    covered: usize,
    characters: usize,
    /// Glyphs that say nothing, or stand for something of the font's own.
    unknown: usize,
}

/// Counts.
pub(super) fn count(sheets: &[Sheet]) -> Count {
    let mut count = Count {
        pages: sheets.len(),
        ..Count::default()
    };
    for sheet in sheets {
        let covers =
            |width: f32, height: f32| width >= SCAN * sheet.width && height >= SCAN * sheet.height;
        let mut images = sheet.images.iter().map(|image| image.area);
        count.covered += usize::from(images.any(|area| covers(area.width(), area.height())));
        for glyph in sheet.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()) {
            count.characters += 1;
            count.unknown += usize::from(
                matches!(glyph.c, UNKNOWN | '\u{e000}'..='\u{f8ff}') || glyph.c.is_control(),
            );
        }
    }
    count
}

impl Count {
    /// Refuses a document that gives no text.
    pub(super) const fn judge(&self) -> Result<(), Fault> {
        if self.characters < LEAST_TEXT * self.pages && 2 * self.covered > self.pages {
            Err(Fault::Scanned)
        } else if self.characters == 0 {
            Err(Fault::NoText)
        } else if 100 * self.unknown > MOST_UNKNOWN * self.characters {
            Err(Fault::NoUnicode)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_file_tells_whether_it_is_whole() {
        let whole = b"%PDF-1.4\nxref\n0 1\ntrailer\nstartxref\n9\n%%EOF\n";
        assert_eq!(damage(whole), None);
        let junk = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), whole].concat();
        assert_eq!(damage(&junk), None);
        assert_eq!(damage(&whole[..30]), Some(Damage::CutOff));
        let lost = b"%PDF-1.4\nxref\n0 1\ntrailer\nstartxref\n7000\n%%EOF\n";
        assert_eq!(damage(lost), Some(Damage::Index));
        assert_eq!(damage(b"%PDF-1.4\n%%EOF"), Some(Damage::Index));
        assert_eq!(damage(b""), Some(Damage::CutOff));
    }

    #[test]
    fn what_gives_no_text_is_refused() {
        let count = |pages, covered, characters, unknown| Count {
            pages,
            covered,
            characters,
            unknown,
        };
        assert_eq!(count(20, 1, 20_000, 100).judge(), Ok(()));
        assert_eq!(
            count(20, 20, 20_000, 100).judge(),
            Ok(()),
            "a background, or text behind a scan"
        );
        assert_eq!(count(20, 20, 30, 0).judge(), Err(Fault::Scanned));
        assert_eq!(count(20, 0, 0, 0).judge(), Err(Fault::NoText));
        assert_eq!(count(20, 0, 20_000, 7_000).judge(), Err(Fault::NoUnicode));
    }
}
