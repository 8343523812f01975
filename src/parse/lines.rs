//! Rows: the lines that carry text, flattened over the pages.
//! Must not decide by the number of blank lines, which says nothing: pictures leave as many behind as page breaks do.

use super::markup::Plain;
use std::borrow::Cow;

/// A line with text in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Line of the input, from 1.
    pub(super) number: u32,
    /// Trimmed; never empty.
    pub(super) text: &'a str,
    /// Whether a blank line, or one that is no text, stands before it.
    pub(super) gap: bool,
    /// Whether a page ends before it: a form feed, a page number, or the header and footer of a page.
    pub(super) cut: bool,
    /// Columns of white space before the text.
    pub(super) indent: u32,
    /// Level of a Markdown heading, 0 for any other line.
    pub(super) level: u8,
    /// The page number on a line of its own below, left out as noise.
    pub(super) page_below: Option<u32>,
}

impl<'a> Row<'a> {
    /// A line that the source has left out of its page.
    pub(super) const fn nowhere(text: &'a str) -> Self {
        Self {
            number: 0,
            text,
            gap: true,
            cut: true,
            indent: 0,
            level: 0,
            page_below: None,
        }
    }
}

/// The lines that carry text.
pub(super) fn rows<'a>(lines: &'a [Plain<'_>]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let (mut gap, mut cut) = (true, false);
    for line in lines {
        cut |= line.page;
        if line.text.is_empty() {
            gap = true;
            continue;
        }
        rows.push(Row {
            number: line.number,
            text: &line.text,
            gap,
            cut,
            indent: line.indent,
            level: line.level,
            page_below: None,
        });
        (gap, cut) = (false, false);
    }
    rows
}

/// `rows` with other texts.
pub(super) fn with_texts<'a>(rows: &[Row<'a>], texts: &'a [Cow<'a, str>]) -> Vec<Row<'a>> {
    let rows = rows.iter().zip(texts);
    rows.map(|(row, text)| Row { text, ..*row }).collect()
}

/// `text` trimmed, each run of white space one space. A space between two hanzi is a separator of the headline
/// (“开工 总投资…”) and stays, unless most hanzi of the text have one between them, as in a line stretched to the margin.
pub(super) fn tidy(text: &str) -> String {
    let spread = is_spread(text);
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if let Some(last) = tidy.chars().next_back()
            && !(spread && is_hanzi(last) && word.starts_with(is_hanzi))
        {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// Whether white space stands between most of the hanzi that follow each other in `text`.
fn is_spread(text: &str) -> bool {
    let (mut apart, mut together) = (0_u32, 0_u32);
    let (mut last, mut space) = (None, false);
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if is_hanzi(c) && last.is_some_and(is_hanzi) {
            if space {
                apart += 1;
            } else {
                together += 1;
            }
        }
        (last, space) = (Some(c), false);
    }
    apart >= 3 && apart > together
}

/// Whether `c` is an ideograph.
pub(super) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Two pieces of one text that a line end stood between, which is nothing in Chinese and a space between words of Latin.
pub(super) fn glue(text: &mut Cow<'_, str>, next: &str) {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let text = text.to_mut();
    if word(text.chars().next_back()) && word(next.chars().next()) {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::markup::plain;
    use super::*;
    use crate::issue::{Line, Page};

    /// One page of the lines of `text`.
    pub(crate) fn page(text: &str) -> Page {
        let lines = text.lines().zip(1..).map(|(text, number)| Line {
            number,
            text: text.to_owned(),
        });
        Page {
            lines: lines.collect(),
            ..Page::default()
        }
    }

    /// The lines of `text`, to be made rows of.
    pub(crate) fn lines(text: &str) -> Vec<Plain<'static>> {
        let owned = |line: Plain<'_>| Plain {
            text: Cow::Owned(line.text.into_owned()),
            ..line
        };
        let pages: Vec<Page> = text.split('\u{c}').map(page).collect();
        plain(&pages).into_iter().map(owned).collect()
    }

    #[test]
    fn blank_lines_are_no_rows() {
        let lines = lines("\u{3000}一\n二\n \n**三**\n\u{c}四");
        let seen: Vec<_> = rows(&lines)
            .iter()
            .map(|row| (row.number, row.text, row.gap, row.cut, row.indent))
            .collect();
        assert_eq!(
            seen,
            [
                (1, "一", true, false, 2),
                (2, "二", false, false, 0),
                (4, "三", true, false, 0),
                (1, "四", false, true, 0)
            ]
        );
    }

    #[test]
    fn tidy_keeps_one_separator() {
        assert_eq!(
            tidy(" 开工\t \u{3000}总投资 280 亿元 "),
            "开工 总投资 280 亿元"
        );
        assert_eq!(tidy("是 南 宁 市 2023 年 重 大"), "是南宁市 2023 年重大");
    }

    #[test]
    fn pieces_are_glued_as_they_are_read() {
        for (text, next, whole) in [
            ("总投", "资", "总投资"),
            ("共 28", "个", "共 28个"),
            ("CHG", "Cargo", "CHG Cargo"),
            ("20", "23", "2023"),
        ] {
            let mut glued = Cow::Borrowed(text);
            glue(&mut glued, next);
            assert_eq!(glued, whole);
        }
    }
}
