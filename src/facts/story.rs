//! The texts of an item as the rules see them: folded, with a map back to the characters as printed.
//!
//! Of a very long item they see the beginning only. What an item states stands in its first paragraphs, and an item of the weekly has
//! less than 3,000 characters; what is longer is no item, but a file that was not told apart, and no facts are worth the time for it.

use crate::issue::{Item, Passage, TextField};
use crate::text::normalise_mapped;
use std::ops::Range;

/// What surrounds an item, as far as the rules need it.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Title of its section.
    pub section: &'a str,
    /// Of the issue's cover.
    pub year: Option<u16>,
    /// Of the issue's cover.
    pub month: Option<u8>,
    /// Whether the headline is known to be another item's.
    pub is_headline_foreign: bool,
}

/// An item as the rules see it.
#[derive(Debug)]
pub(super) struct Story {
    /// The headline; empty where it is another item's.
    pub headline: Line,
    /// Lead and paragraphs, in this order.
    pub body: Vec<Line>,
    /// The source bracket.
    pub source: Option<Line>,
    /// Title of the section.
    pub section: Line,
    /// Of the issue's cover.
    pub year: Option<u16>,
    /// Of the issue's cover.
    pub month: Option<u8>,
}

/// One text, folded as texts are compared: [`crate::text::normalise`], so no white space, half-width signs, small letters. But a blank stays
/// where taking it out would join what is apart: between two hanzi, where it separates clauses of a headline, and between two
/// numbers. A digit of another kind (①, ²) is none: it becomes a blank.
#[derive(Debug)]
pub(super) struct Line {
    pub field: TextField,
    pub text: String,
    /// For each character of `text` the byte where it begins, and its position in the text as printed.
    characters: Vec<(usize, u32)>,
}

/// How many characters of a headline, a bracket or a title are read.
const LONGEST_NAME: usize = 500;
/// How many characters of lead and paragraphs together are read.
const LONGEST_BODY: usize = 20_000;

impl Story {
    pub fn of(item: &Item, around: &Around<'_>) -> Self {
        let headline = if around.is_headline_foreign {
            ""
        } else {
            &item.headline
        };
        let named = |field, text: &str| Line::of(field, beginning(text, LONGEST_NAME));
        Self {
            headline: named(TextField::Headline, headline),
            body: body(item),
            source: item
                .source
                .as_ref()
                .map(|source| named(TextField::Source, source)),
            section: named(TextField::Section, around.section),
            year: around.year,
            month: around.month,
        }
    }

    /// Headline, lead and paragraphs.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(&self.headline).chain(&self.body)
    }

    /// Whether the item stands among policies (§8, rule 1).
    pub fn is_policy(&self) -> bool {
        self.section.text.contains("政策")
    }
}

/// Lead and paragraphs, as far as they are read.
fn body(item: &Item) -> Vec<Line> {
    let lead = item.lead.iter().map(|lead| (TextField::Lead, lead));
    let paragraphs = (0..).zip(&item.paragraphs);
    let paragraphs = paragraphs.map(|(n, text)| (TextField::Paragraph(n), text));
    let mut left = LONGEST_BODY;
    let mut lines = vec![];
    for (field, text) in lead.chain(paragraphs) {
        if left == 0 {
            break;
        }
        let text = beginning(text, left);
        left -= text.chars().count();
        lines.push(Line::of(field, text));
    }
    lines
}

/// The first characters of a text, at most so many.
fn beginning(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most);
    end.map_or(text, |(end, _)| &text[..end])
}

impl Line {
    pub fn of(field: TextField, printed: &str) -> Self {
        let folded = normalise_mapped(printed);
        let mut printed = (0..).zip(printed.chars()).peekable();
        let mut line = Self {
            field,
            text: String::with_capacity(folded.text.len()),
            characters: Vec::with_capacity(folded.positions.len()),
        };
        let mut before: Option<(char, u32)> = None;
        for (mut c, position) in folded.text.chars().zip(folded.positions) {
            // The table of signs does not have it, and must not change.
            if c == '佔' {
                c = '占';
            }
            if c.is_ascii_digit() {
                while printed.next_if(|(at, _)| *at < position).is_some() {}
                if !printed.peek().is_some_and(|(_, c)| is_plain_digit(*c)) {
                    c = ' ';
                }
            }
            if let Some((last, at)) = before
                && position > at + 1
                && is_apart(last, c)
            {
                line.push(' ', at + 1);
            }
            line.push(c, position);
            before = Some((c, position));
        }
        line
    }

    fn push(&mut self, c: char, position: u32) {
        self.characters.push((self.text.len(), position));
        self.text.push(c);
    }

    /// Where bytes of the folded text were printed.
    pub fn passage(&self, bytes: Range<usize>) -> Passage {
        let count = |end: usize| self.characters.partition_point(|(start, _)| *start < end);
        let (first, behind) = (count(bytes.start), count(bytes.end));
        let at = |n: usize| self.characters.get(n).map_or(0, |(_, position)| *position);
        Passage {
            field: self.field,
            from: at(first),
            to: behind.checked_sub(1).map_or(0, |last| at(last) + 1),
        }
    }
}

/// Whether a character as printed is a digit as numbers have them.
const fn is_plain_digit(printed: char) -> bool {
    matches!(printed, '0'..='9' | '０'..='９')
}

/// Whether what stands with something in between is apart.
fn is_apart(before: char, behind: char) -> bool {
    let is_hanzi = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    (is_hanzi(before) && is_hanzi(behind)) || (before.is_ascii_digit() && behind.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_apart_stays_apart_and_the_rest_is_joined() {
        for (printed, folded) in [
            ("1 月 6 日，总投资 １２．５ 亿元", "1月6日,总投资12.5亿元"),
            ("项目开工 总投资约 280 亿元", "项目开工 总投资约280亿元"),
            ("CITE 2022 15 家", "cite2022 15家"),
            ("①30亿元", " 30亿元"),
            ("5㎡", "5m "),
            ("東莞　開工", "东莞 开工"),
            ("佔地300畝", "占地300亩"),
            ("", ""),
        ] {
            assert_eq!(Line::of(TextField::Lead, printed).text, folded, "{printed}");
        }
    }

    #[test]
    fn a_passage_is_in_characters_as_printed() {
        let printed = "于 1 月 6 日，开工";
        let line = Line::of(TextField::Lead, printed);
        let at = line.text.find("1月6日").unwrap();
        let passage = line.passage(at..at + "1月6日".len());
        let words: String = printed
            .chars()
            .skip(passage.from as usize)
            .take((passage.to - passage.from) as usize)
            .collect();
        assert_eq!(words, "1 月 6 日");
        assert_eq!(line.passage(0..0).characters(), 0..0);
    }

    #[test]
    fn of_a_very_long_item_the_beginning_is_read() {
        let around = Around {
            section: "",
            year: None,
            month: None,
            is_headline_foreign: false,
        };
        let long = "开工".repeat(7_000);
        let item = crate::facts::tests::item_of(&long, &[&long, &long, &long]);
        let story = Story::of(&item, &around);
        let length = |line: &Line| line.text.chars().count();
        assert_eq!(length(&story.headline), LONGEST_NAME);
        let body: Vec<_> = story.body.iter().map(length).collect();
        assert_eq!(body, [14_000, 6_000]);
        let paragraph = "开".repeat(3_000);
        let ordinary = crate::facts::tests::item_of("开工", &[paragraph.as_str(); 6]);
        assert_eq!(Story::of(&ordinary, &around).body.len(), 6);
    }
}
