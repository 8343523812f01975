//! Whether a PDF gives its text, and in what state it is.
//! Must not refuse what a reader could use: a few lost characters are a diagnostic.

use super::fault::Fault;
use super::sheet::{Sheet, UNKNOWN};
use crate::source::{self, doubt::is_hanzi};
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::page::Page;
use serde::{Deserialize, Serialize};

/// Most glyphs in a hundred that say nothing. Of 13 good documents none had one; with `ToUnicode` taken out 35 and 100 had.
const MOST_UNKNOWN: usize = 10;

/// Most letters in a hundred characters that no text has where they stand. Good documents had none; one whose `ToUnicode` had
/// lost the first of every two bytes had 7, and as many more wrong characters that could be right by themselves.
const MOST_STRAY: usize = 2;

/// Fewest characters of a page that is no picture of one.
const LEAST_TEXT: usize = 50;

/// Share of both sides of the page that a picture of it covers.
const SCAN: f32 = 0.7;

/// How much of a file or a page is looked at to see what it is, in bytes.
const TAIL: usize = 1024;

/// Entries of the table of objects that are followed.
const ENTRIES: usize = 50;

/// In what state a document is that was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source) struct Condition {
    pub(super) damage: Option<Damage>,
    /// Pages whose drawing instructions cannot be read.
    pub(super) pages: Option<Unread>,
    /// Photos whose bytes cannot be read, or are too many.
    pub(super) photos: Option<Unread>,
}

/// What of a document could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unread {
    /// How many, at least 1.
    pub(super) count: u32,
    /// The page of the first of them, from 1.
    pub(super) first: u32,
}

impl Unread {
    /// By the place of each one's page, from 0 and in order; none where there are none.
    pub(super) fn of(places: &[usize]) -> Option<Self> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let first = count(places.first()?.saturating_add(1));
        Some(Self {
            count: count(places.len()),
            first,
        })
    }
}

impl Condition {
    /// What there is to say: what is worst of its text, and what its photos lack.
    pub(in crate::source) fn damages(self) -> Vec<source::Damage> {
        let pages = |Unread { count, first }| source::Damage::Pages(count, first);
        let text = match (self.damage, self.pages) {
            (Some(Damage::CutOff), _) => Some(source::Damage::CutOff),
            (_, Some(unread)) => Some(pages(unread)),
            (Some(Damage::Index), None) => Some(source::Damage::Index),
            (None, None) => None,
        };
        let photos = self.photos;
        let photos = photos.map(|Unread { count, first }| source::Damage::Pictures(count, first));
        text.into_iter().chain(photos).collect()
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

/// What is wrong with a file as a whole, as far as its end tells and what leads from there to its objects.
pub(super) fn damage(bytes: &[u8]) -> Option<Damage> {
    let Some(end) = rfind(bytes, b"%%EOF") else {
        return Some(Damage::CutOff);
    };
    // Some write more behind it; but where objects stand there, it is the end of an earlier version.
    if find(&bytes[end..], b" obj").is_some() {
        return Some(Damage::CutOff);
    }
    let Some(at) = rfind(&bytes[..end], b"startxref").filter(|at| end - at <= TAIL) else {
        return Some(Damage::Index);
    };
    let behind = &bytes[at + b"startxref".len()..end];
    let Some((offset, _)) = number(behind) else {
        return Some(Damage::Index);
    };
    // The first part of a document that is made to be read while it comes: the rest is missing.
    if offset == 0 {
        return Some(Damage::CutOff);
    }
    // What stands before the first line does not count, some producers say.
    let head = &bytes[..bytes.len().min(2 * TAIL)];
    let junk = find(head, b"%PDF-").unwrap_or(0);
    let leads = [0, junk]
        .into_iter()
        .any(|junk| leads(bytes, offset + junk, junk));
    (!leads).then_some(Damage::Index)
}

/// Whether a table of objects stands at `offset`, or an object that is one, and its first entries lead to objects.
fn leads(bytes: &[u8], offset: usize, junk: usize) -> bool {
    let there = bytes.get(offset..).unwrap_or_default().trim_ascii_start();
    let Some(table) = there.strip_prefix(b"xref") else {
        return is_object(there);
    };
    let Some((_, rest)) = number(table).and_then(|(_, rest)| number(rest)) else {
        return false;
    };
    let mut rest = rest;
    for _ in 0..ENTRIES {
        let Some((place, behind)) = number(rest) else {
            break;
        };
        let Some((_, behind)) = number(behind) else {
            break;
        };
        let kind = behind.trim_ascii_start();
        let at = place.saturating_add(junk);
        if kind.first() == Some(&b'n')
            && !is_object(bytes.get(at..).unwrap_or_default().trim_ascii_start())
        {
            return false;
        }
        rest = kind.get(1..).unwrap_or_default();
    }
    true
}

/// Whether an object begins here: `12 0 obj`.
fn is_object(bytes: &[u8]) -> bool {
    let numbers = number(bytes).and_then(|(_, rest)| number(rest));
    numbers.is_some_and(|(_, rest)| rest.trim_ascii_start().starts_with(b"obj"))
}

/// The number that stands next, and what is behind it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let end = bytes
        .iter()
        .take(20)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let digits = std::str::from_utf8(&bytes[..end]).ok()?;
    Some((digits.parse().ok()?, &bytes[end..]))
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
}

/// Whether what a page says is drawn on it was read: where nothing was found, its instructions can be unpacked and are a text.
pub(super) fn is_read(page: &Page<'_>, sheet: &Sheet) -> bool {
    if !(sheet.glyphs.is_empty() && sheet.images.is_empty()) {
        return true;
    }
    match page.page_stream() {
        None => !page.raw().contains_key(CONTENTS),
        Some(instructions) => {
            let is_odd = |byte: &&u8| !(byte.is_ascii_graphic() || byte.is_ascii_whitespace());
            let odd = instructions.iter().take(TAIL).filter(is_odd).count();
            10 * odd <= instructions.len().min(TAIL)
        }
    }
}

/// Whether a document is a folder of others: what it shows itself is a page that says so, if anything.
pub(super) fn is_portfolio(pdf: &Pdf) -> bool {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    catalog.is_some_and(|catalog| catalog.contains_key(b"Collection"))
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
    /// Letters with accents and the like amid hanzi.
    stray: usize,
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
        let mut before = None;
        for glyph in sheet.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()) {
            count.characters += 1;
            count.stray += usize::from(is_stray(glyph.c) && before.is_some_and(is_hanzi));
            before = Some(glyph.c);
            count.unknown += usize::from(
                matches!(glyph.c, UNKNOWN | '\u{e000}'..='\u{f8ff}') || glyph.c.is_control(),
            );
        }
    }
    count
}

/// Whether a letter is one of another script than text in hanzi and its Latin words need: those of the first blocks after ASCII.
const fn is_stray(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}') && !matches!(c, '×' | '÷')
}

impl Count {
    /// Refuses a document that gives no text.
    pub(super) const fn judge(&self) -> Result<(), Fault> {
        if self.characters < LEAST_TEXT * self.pages && 2 * self.covered > self.pages {
            Err(Fault::Scanned)
        } else if self.characters == 0 {
            Err(Fault::NoText)
        } else if 100 * self.unknown > MOST_UNKNOWN * self.characters
            || 100 * self.stray > MOST_STRAY * self.characters
        {
            Err(Fault::NoUnicode)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Glyph;
    use super::*;

    #[test]
    fn the_end_of_a_file_tells_whether_it_is_whole() {
        let file = |entry: &str, offset: usize, more: &str| {
            let file = format!(
                "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n{entry} 00000 n \ntrailer\nstartxref\n{offset}\n%%EOF\n{more}"
            );
            file.into_bytes()
        };
        let whole = file("0000000009", 29, "");
        assert_eq!(damage(&whole), None);
        let junk = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &whole].concat();
        assert_eq!(damage(&junk), None);
        assert_eq!(damage(&file("0000000009", 29, "<html>more</html>")), None);
        assert_eq!(
            damage(&file("0000000009", 29, "2 0 obj\n<<")),
            Some(Damage::CutOff)
        );
        assert_eq!(damage(&whole[..60]), Some(Damage::CutOff));
        assert_eq!(damage(&file("0000000009", 0, "")), Some(Damage::CutOff));
        assert_eq!(damage(&file("0000000009", 7000, "")), Some(Damage::Index));
        assert_eq!(damage(&file("0000000016", 29, "")), Some(Damage::Index));
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
            stray: 0,
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

    #[test]
    fn letters_that_no_text_has_there_tell_that_the_fonts_lie() {
        let glyph = |c| Glyph {
            c,
            x: 0.0,
            y: 0.0,
            size: 10.0,
            advance: 10.0,
            style: 0,
        };
        let sheet = |text: &str| {
            let mut sheet = Sheet::default();
            sheet.glyphs.extend(text.chars().map(glyph));
            count(&[sheet])
        };
        let good = "第九届电子展（Café Zürich）在郑州开幕，直径×高度±2 毫米".repeat(50);
        assert_eq!((sheet(&good).stray, sheet(&good).judge()), (0, Ok(())));
        let bad = "第九届电子展在ÞÝ开幕，签þ项目十个".repeat(50);
        assert_eq!(sheet(&bad).judge(), Err(Fault::NoUnicode));
        let one = format!("{}直径Ø50", "第九届电子展在郑州开幕".repeat(50));
        assert_eq!(sheet(&one).judge(), Ok(()));
    }
}
