//! Where the cover ends, the contents and the body begin, and the closing note stands.
//! Must not read any of them.

use super::attribution::attributed;
use super::classify::{self, Shape, shape};
use super::contents::listed;
use super::draft::Unknown;
use super::lines::{Row, tidy};
use crate::text::normalise;
use std::collections::HashSet;

/// The rows of a document, by what they belong to. Any may be empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) cover: &'a [Row<'a>],
    pub(super) contents: &'a [Row<'a>],
    pub(super) body: &'a [Row<'a>],
    /// From the line of the closing note to the end.
    pub(super) note: &'a [Row<'a>],
}

/// Splits `rows`; `None` where not one of them has a mark of a weekly.
pub(super) fn split<'a>(rows: &'a [Row<'a>]) -> Option<Parts<'a>> {
    let first = rows.iter().position(|row| is_mark(row.text))?;
    let title = rows
        .iter()
        .take_while(|row| !is_paragraph(row.text))
        .position(|row| classify::is_contents_title(row.text));
    let start = title.map_or(first, |title| title + 1);
    let body = start + body_start(&rows[start..], title.is_some());
    let end = note_start(rows).max(body);
    Some(Parts {
        cover: &rows[..title.unwrap_or(start)],
        contents: &rows[start..body],
        body: &rows[body..end],
        note: &rows[end..],
    })
}

/// Where the body begins in `rows`, which begin with the contents or, without contents, with the body.
fn body_start(rows: &[Row<'_>], titled: bool) -> usize {
    let front = rows
        .iter()
        .position(|row| is_paragraph(row.text))
        .unwrap_or(rows.len());
    let key = |row: &Row<'_>| match shape(row.text) {
        Shape::Heading(_, title) => Some(normalise(&listed(title).0)),
        _ => None,
    };
    let headings = || rows[..front].iter().enumerate();
    if let Some((at, first)) = headings().find_map(|(at, row)| Some((at, key(row)?)))
        && let Some((again, _)) =
            headings().find(|(other, row)| *other > at && key(row).as_ref() == Some(&first))
    {
        return again;
    }
    if !titled {
        return 0;
    }
    repetition(&rows[..front]).unwrap_or_else(|| {
        if front == rows.len() {
            front
        } else {
            item_start(rows, front)
        }
    })
}

/// The first row that repeats an earlier one, as the body repeats the contents; the heading before it, if it is new to the
/// contents, comes with it.
fn repetition(rows: &[Row<'_>]) -> Option<usize> {
    let mut seen = HashSet::new();
    let again = rows.iter().position(|row| {
        let text = match shape(row.text) {
            Shape::Heading(_, text) | Shape::Bullet(_, text) => text,
            _ => row.text,
        };
        !seen.insert(normalise(&listed(text).0))
    })?;
    Some(with_heading(rows, again))
}

/// The start of the item that the paragraph at `paragraph` belongs to.
fn item_start(rows: &[Row<'_>], paragraph: usize) -> usize {
    let headline = rows[..paragraph]
        .iter()
        .rposition(|row| matches!(shape(row.text), Shape::Bullet(..)));
    with_heading(rows, headline.unwrap_or(paragraph))
}

/// `at`, or the row before it where that is a heading without a page.
fn with_heading(rows: &[Row<'_>], at: usize) -> usize {
    match at.checked_sub(1).map(|before| shape(rows[before].text)) {
        Some(Shape::Heading(_, title)) if listed(title).1.is_none() => at - 1,
        _ => at,
    }
}

/// Where the closing note begins: behind the last mark of an item, at the first `注：` that follows a source; else at the last
/// one that no source follows, because a source behind it closes the item that it belongs to.
fn note_start(rows: &[Row<'_>]) -> usize {
    let tail = rows.iter().rposition(|row| {
        matches!(
            shape(row.text),
            Shape::Bullet(..) | Shape::Marked(_) | Shape::Heading(..)
        )
    });
    let is_note = |at: usize| matches!(shape(rows[at].text), Shape::Note(_));
    let has_source = |at: usize| attributed(rows[at].text).is_some();
    let tail = tail.map_or(0, |last| last + 1)..rows.len();
    let behind_source = tail
        .clone()
        .find(|at| is_note(*at) && at.checked_sub(1).is_some_and(has_source));
    behind_source
        .or_else(|| {
            tail.rev()
                .take_while(|at| !has_source(*at))
                .find(|at| is_note(*at))
        })
        .unwrap_or(rows.len())
}

/// The text of the closing note, the lines right below it included, or the next one where the label stands alone; what stands apart from it goes to `unknown`.
pub(super) fn note(rows: &[Row<'_>], unknown: &mut Vec<Unknown>) -> Option<String> {
    let (first, rest) = rows.split_first()?;
    let Shape::Note(text) = shape(first.text) else {
        return None;
    };
    let mut note = tidy(text);
    let alone = note.is_empty();
    let joined = rest
        .iter()
        .enumerate()
        .take_while(|(at, row)| row.joined || (alone && *at == 0))
        .count();
    for row in &rest[..joined] {
        note.push_str(&tidy(row.text));
    }
    unknown.extend(rest[joined..].iter().map(Unknown::of));
    (!note.is_empty()).then_some(note)
}

fn is_paragraph(text: &str) -> bool {
    matches!(shape(text), Shape::Marked(_))
}

/// Whether `text` is something that only an issue has: a heading, a real bullet or a paragraph mark.
fn is_mark(text: &str) -> bool {
    match shape(text) {
        Shape::Heading(_, title) => classify::is_title(&listed(title).0),
        Shape::Bullet(bullet, _) => !classify::is_weak(bullet),
        Shape::Marked(_) => true,
        Shape::Note(_) | Shape::Text => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::page};
    use super::*;

    fn starts(text: &str) -> (usize, usize, usize, usize) {
        let page = page(text);
        let rows = rows(std::slice::from_ref(&page));
        let parts = split(&rows).unwrap();
        (
            parts.cover.len(),
            parts.contents.len(),
            parts.body.len(),
            parts.note.len(),
        )
    }

    #[test]
    fn the_body_begins_where_the_first_heading_comes_again() {
        let text = "刊\n目录\n一、甲 1\n●子 1\n二、乙 2\n●丑 2\n一、甲\n●子\n■文\n二、乙\n●丑\n■文\n注：完";
        assert_eq!(starts(text), (1, 4, 6, 1));
    }

    #[test]
    fn contents_without_a_title_are_contents() {
        assert_eq!(
            starts("刊\n一、甲 1\n●子 1\n一、甲\n●子\n■文"),
            (1, 2, 3, 0)
        );
    }

    #[test]
    fn a_body_whose_first_heading_is_another_begins_before_the_first_repeated_headline() {
        assert_eq!(
            starts("刊\n目录\n一、甲 1\n●子 1\n一、丙\n●子\n■文"),
            (1, 2, 3, 0)
        );
        assert_eq!(
            starts("刊\n目录\n一、甲 1\n●子 1\n一、丙\n●寅\n■文"),
            (1, 2, 3, 0)
        );
    }

    #[test]
    fn without_contents_all_is_body() {
        assert_eq!(starts("刊\n号\n●子\n■文\n●丑\n■文"), (2, 0, 4, 0));
    }

    #[test]
    fn contents_alone_leave_no_body() {
        assert_eq!(starts("刊\n目录\n一、甲 1\n●子 1"), (1, 2, 0, 0));
    }

    #[test]
    fn a_note_inside_an_item_is_no_closing_note() {
        assert_eq!(starts("刊\n●子\n■文\n注：内\n●丑\n■文"), (1, 0, 5, 0));
        assert_eq!(
            starts("刊\n●子\n■文\n注：内\n注：外\n续\n\n址"),
            (1, 0, 3, 3)
        );
    }

    #[test]
    fn a_closing_note_stands_behind_the_source() {
        let closed = "刊\n●子\n■文（山海政府网站）。\n";
        assert_eq!(starts(&format!("{closed}声明：一\n说明：二")), (1, 0, 2, 2));
        assert_eq!(
            starts(&format!("{closed}注：内容来自网络（园区世界网站）。")),
            (1, 0, 2, 1)
        );
        assert_eq!(
            starts("刊\n●子\n■文：\n说明：一\n二（山海政府网站）。"),
            (1, 0, 4, 0)
        );
    }

    #[test]
    fn a_label_alone_on_its_line_takes_the_next_with_it() {
        let page = page("版权声明：\n\n归各网站所有。\n\n址");
        let mut unknown = Vec::new();
        let note = note(&rows(std::slice::from_ref(&page)), &mut unknown);
        assert_eq!(note.as_deref(), Some("归各网站所有。"));
        assert_eq!(unknown.len(), 1);
    }

    #[test]
    fn plain_text_has_no_parts() {
        let page = page("各部门：\n- 一\n请转告。");
        assert!(split(&rows(std::slice::from_ref(&page))).is_none());
    }
}
