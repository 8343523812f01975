//! From text to pages of numbered, clean lines.
//! The one place that cleans: no text from outside goes around it.

use crate::issue::{Line, Page};
use crate::text::{clean, ordinary_ideographs};

/// The pages of `text`, at least one; `None` where there are more than `limit` lines and form feeds.
///
/// A form feed begins a page, and the line ends that few programs know ([`SOFT`]) begin a line; but they do not count, so that
/// numbers agree with those of an editor: both parts of a line that holds one have its number.
pub(super) fn split(text: &str, limit: usize) -> Option<Vec<Page>> {
    let mut pages = vec![Page::default()];
    let mut parts: usize = 0;
    for (at, line) in ends(text).enumerate() {
        let number = u32::try_from(at + 1).ok()?;
        let broken = line.contains('\u{c}');
        let ends = line.matches(is_end).map(Some);
        for (part, end) in line.split(is_end).zip(std::iter::once(None).chain(ends)) {
            parts += 1;
            if parts > limit {
                return None;
            }
            if end == Some("\u{c}") {
                pages.push(Page::default());
            }
            let text = clean(part);
            let text = ordinary_ideographs(&text);
            if let Some(page) = pages.last_mut()
                && !(broken && text.trim().is_empty())
            {
                page.lines.push(Line {
                    number,
                    text: text.into_owned(),
                });
            }
        }
    }
    Some(pages)
}

/// Line ends within paragraphs: the vertical tab of word processors, the next line of mainframes, those of Unicode.
const SOFT: [char; 4] = ['\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether `c` ends a part of a line.
fn is_end(c: char) -> bool {
    c == '\u{c}' || SOFT.contains(&c)
}

/// The lines of `text` without their ends; a last line end begins no line. In a text without ordinary ones the others count.
fn ends(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let ordinary: &[char] = &['\n', '\r'];
    let ends = if text.contains(ordinary) {
        ordinary
    } else {
        &SOFT
    };
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(ends).unwrap_or(rest.len());
        let line = &rest[..end];
        let after = &rest[end..];
        rest = after
            .strip_prefix("\r\n")
            .or_else(|| after.strip_prefix(ends))
            .unwrap_or(after);
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(text: &str) -> Vec<Vec<(u32, String)>> {
        split(text, 100)
            .unwrap()
            .into_iter()
            .map(|page| {
                page.lines
                    .into_iter()
                    .map(|line| (line.number, line.text))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn line_ends_that_few_programs_know_part_lines() {
        let lines = pages("a\u{b}b\nc\u{2028}d\u{85}e");
        let expected = [(1, "a"), (1, "b"), (2, "c"), (2, "d"), (2, "e")];
        assert_eq!(lines, [expected.map(|(n, t)| (n, t.to_owned()))]);
        let alone = pages("a\u{2029}b\u{2029}");
        assert_eq!(alone, [[(1, "a".to_owned()), (2, "b".to_owned())]]);
    }

    #[test]
    fn every_line_end_counts_once() {
        let lines = pages("a\nb\r\n\rc\n");
        let expected = [(1, "a"), (2, "b"), (3, ""), (4, "c")];
        assert_eq!(lines, [expected.map(|(n, t)| (n, t.to_owned()))]);
    }

    #[test]
    fn a_form_feed_begins_a_page_and_keeps_the_number() {
        let two = pages("a\n\u{c}b\nc\u{c}");
        assert_eq!(two.len(), 3);
        assert_eq!(two[0], [(1, "a".to_owned())]);
        assert_eq!(two[1], [(2, "b".to_owned()), (3, "c".to_owned())]);
        assert!(two[2].is_empty());
    }

    #[test]
    fn radicals_are_hanzi_and_full_width_stays() {
        let lines = pages("⾼新\u{200b}区１２（一期）");
        assert_eq!(lines, [[(1, "高新区１２（一期）".to_owned())]]);
    }

    #[test]
    fn too_many_lines_are_none() {
        assert!(split("\n\n\n", 2).is_none());
        assert!(split("\u{c}\u{c}\u{c}", 3).is_none());
        assert!(split("\n\n", 2).is_some());
    }
}
