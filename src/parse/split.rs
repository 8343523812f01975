//! Several issues in one text: where each begins.
//! Must not take a header, or a sentence that names an issue, for a cover.

use super::attribution::attributed;
use super::classify::{self, Shape, ends_sentence, shape};
use super::contents::listed;
use super::lines::Row;
use super::number_line::{is_number_line, is_total, numbered};
use crate::issue::IssueNumber;
use std::ops::Range;

/// How far behind a number line the contents or the first section may begin, in rows.
const COVER: usize = 16;
/// How many rows of a cover may stand above its number line.
const ABOVE: usize = 4;

/// The rows of each issue, in order; one range where there is one issue.
///
/// An issue begins with the cover round a number line that comes behind a body, if its number is another than that of the
/// issue before, or contents or a first section follow it; or with contents that come behind a body.
pub(super) fn issues(rows: &[Row<'_>]) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let (mut number, mut body) = (None::<(bool, IssueNumber)>, false);
    for (at, row) in rows.iter().enumerate() {
        let text = match shape(row.text) {
            Shape::Text => row.text,
            Shape::Marked(_) => {
                body = true;
                continue;
            }
            _ => continue,
        };
        body |= attributed(text).is_some();
        if body && classify::is_contents_title(text) && lists(&rows[at + 1..]) {
            // A cover without a number line.
            starts.push(cover_start(rows, at));
            (number, body) = (None, false);
            continue;
        }
        if !is_number_line(text) {
            continue;
        }
        let found = numbered(text).map(|(number, _)| (is_total(text), number));
        // A header may count the issues of the year, where the cover counts all.
        let comparable =
            |known: &(bool, IssueNumber)| found.is_some_and(|found| found.0 == known.0);
        let other = number.as_ref().is_some_and(comparable) && number != found;
        let begins = || is_cover(&rows[at + 1..]);
        if (body && (other || begins())) || (other && begins()) {
            starts.push(cover_start(rows, at));
            (number, body) = (found, false);
        } else if number.is_none() {
            number = found;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    let ranges = starts.iter().copied().zip(ends);
    ranges.map(|(start, end)| start..end).collect()
}

/// Whether contents or a first section come `below`, before any paragraph.
fn is_cover(below: &[Row<'_>]) -> bool {
    below
        .iter()
        .take(COVER)
        .take_while(|row| !matches!(shape(row.text), Shape::Marked(_)) && !is_number_line(row.text))
        .any(|row| {
            classify::is_contents_title(row.text)
                || matches!(shape(row.text), Shape::Heading(1, title) if classify::is_title(title))
        })
}

/// Whether pages stand at the ends of the lines `below`, as in contents.
fn lists(below: &[Row<'_>]) -> bool {
    let paged = |row: &&Row<'_>| listed(row.text).1.is_some() || row.page_below.is_some();
    below.iter().take(COVER).filter(paged).count() >= 3
}

/// Where the cover begins that has its number line at `at`: what stands above ends no sentence and is no mark.
fn cover_start(rows: &[Row<'_>], at: usize) -> usize {
    let above = rows[..at].iter().rev().take(ABOVE).take_while(|row| {
        matches!(shape(row.text), Shape::Text)
            && !ends_sentence(row.text)
            && attributed(row.text).is_none()
            && row.text.chars().nth(40).is_none()
    });
    at - above.count()
}

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::lines};
    use super::*;

    fn starts(text: &str) -> Vec<usize> {
        let lines = lines(text);
        issues(&rows(&lines))
            .iter()
            .map(|range| range.start)
            .collect()
    }

    const FIRST: &str = "园区周报\n2024年1月1期（总5期）\n目录\n一、甲 1\n●子 1\n一、甲\n●子\n■文（山海网站）。\n注：完。\n";

    #[test]
    fn each_cover_begins_an_issue() {
        let second = FIRST.replace("总5期", "总6期");
        assert_eq!(starts(&format!("{FIRST}{second}")), [0, 9]);
        assert_eq!(starts(&format!("{FIRST}\u{c}{FIRST}")), [0, 9]);
        assert_eq!(starts(FIRST), [0]);
    }

    #[test]
    fn headers_and_headlines_begin_none() {
        let text = FIRST.replace("■文", "2024年1月1期（总5期）\n■文");
        assert_eq!(starts(&text), [0]);
        let text = format!(
            "{FIRST}●《某刊》2024年第3期发表文章\n■文。\n■文。\n2024年1月1期（总5期）\n●丑\n■文。"
        );
        assert_eq!(starts(&text), [0]);
    }
}
