//! Rows: the lines that carry text, flattened over the pages.
//! Must not decide by blank lines, whose number says nothing.

use super::classify;
use crate::issue::Page;

/// A line with text in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Line of the input, from 1.
    pub(super) number: u32,
    /// Trimmed, of decoration too; never empty.
    pub(super) text: &'a str,
    /// Whether the line right before it has text too.
    pub(super) joined: bool,
}

/// The lines of `pages` that carry text; bare page numbers are none.
pub(super) fn rows(pages: &[Page]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut joined = false;
    for line in pages.iter().flat_map(|page| &page.lines) {
        let text = classify::undecorated(&line.text);
        if text.is_empty() || classify::is_page_number(text) {
            joined = false;
            continue;
        }
        rows.push(Row {
            number: line.number,
            text,
            joined,
        });
        joined = true;
    }
    rows
}

/// `text` trimmed, each run of white space one space. A space between two hanzi is a separator of the headline
/// (“开工 总投资…”) and stays.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::issue::Line;

    /// One page of the lines of `text`.
    pub(crate) fn page(text: &str) -> Page {
        let lines = text.lines().zip(1..).map(|(text, number)| Line {
            number,
            text: text.to_owned(),
        });
        Page {
            lines: lines.collect(),
        }
    }

    #[test]
    fn blank_lines_and_page_numbers_are_no_rows() {
        let page = page("\u{3000}一\n二\n \n— 3 —\n**三**\n");
        let rows = rows(std::slice::from_ref(&page));
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.number, row.text, row.joined))
            .collect();
        assert_eq!(seen, [(1, "一", false), (2, "二", true), (5, "三", false)]);
    }

    #[test]
    fn tidy_keeps_one_separator() {
        assert_eq!(
            tidy(" 开工\t \u{3000}总投资 280 亿元 "),
            "开工 总投资 280 亿元"
        );
    }
}
