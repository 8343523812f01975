//! Where the cover ends, and the contents and the body begin; and the closing note, once the body is put together.
//! Must not read any of them.

use super::attribution::attributed;
use super::classify::{self, Shape, shape};
use super::contents::listed;
use super::lines::Row;
use super::passages::Passage;
use crate::text::normalise;
use std::collections::HashSet;

/// The rows of a document, by what they belong to. Any may be empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a, 'r> {
    pub(super) cover: &'r [Row<'a>],
    pub(super) contents: &'r [Row<'a>],
    /// With the closing note.
    pub(super) body: &'r [Row<'a>],
}

/// How many of `rows` the cover has: up to the title of the contents, or the first mark of a weekly. All, where there is none.
pub(super) fn cover(rows: &[Row<'_>]) -> usize {
    rows.iter()
        .position(|row| classify::is_contents_title(row.text) || is_mark(row.text))
        .unwrap_or(rows.len())
}

/// Splits `rows`; `None` where not one of them has a mark of a weekly.
pub(super) fn split<'a, 'r>(rows: &'r [Row<'a>]) -> Option<Parts<'a, 'r>> {
    let first = rows.iter().position(|row| is_mark(row.text))?;
    let title = rows
        .iter()
        .take_while(|row| !is_paragraph(row.text))
        .position(|row| classify::is_contents_title(row.text));
    let start = title.map_or(first, |title| title + 1);
    let body = start + body_start(&rows[start..], title.is_some());
    Some(Parts {
        cover: &rows[..title.unwrap_or(start)],
        contents: &rows[start..body],
        body: &rows[body..],
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
    if let Some((at, first)) = headings().find_map(|(at, row)| Some((at, key(row)?))) {
        let again = || {
            let same =
                |(other, row): &(usize, &Row<'_>)| *other > at && key(row).as_ref() == Some(&first);
            headings().filter(same).map(|(other, _)| other)
        };
        // The contents may print the heading on each of their pages; but there pages stand behind what it heads.
        let lists = |at: &usize| {
            let next = rows.get(at + 1);
            next.is_some_and(|next| !is_paragraph(next.text) && listed(next.text).1.is_some())
        };
        if let Some(again) = again().find(|at| !lists(at)).or_else(|| again().next()) {
            return again;
        }
    }
    let pages = || {
        let paged = |row: &&Row<'_>| listed(row.text).1.is_some();
        rows[..front].iter().filter(paged).count()
    };
    if !titled && 2 * pages() < front.min(8) {
        return 0;
    }
    repetition(&rows[..front]).unwrap_or_else(|| {
        if front == rows.len() {
            if titled { front } else { 0 }
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
        let key = normalise(&listed(text).0);
        // Pieces of wrapped headlines (“集中签约”) recur within the contents.
        let telling = key.chars().nth(5).is_some() || !matches!(shape(row.text), Shape::Text);
        !key.is_empty() && telling && !seen.insert(key)
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
pub(super) fn note_start(passages: &[Passage<'_>]) -> usize {
    let tail = passages.iter().rposition(|passage| {
        matches!(
            passage.shape(),
            Shape::Bullet(..) | Shape::Marked(_) | Shape::Heading(..)
        )
    });
    let is_note = |at: usize| matches!(passages[at].shape(), Shape::Note(_));
    let has_source = |at: usize| attributed(&passages[at].text).is_some();
    let tail = tail.map_or(0, |last| last + 1)..passages.len();
    let behind_source = tail
        .clone()
        .find(|at| is_note(*at) && at.checked_sub(1).is_some_and(has_source));
    behind_source
        .or_else(|| {
            tail.rev()
                .take_while(|at| !has_source(*at))
                .find(|at| is_note(*at))
        })
        .unwrap_or(passages.len())
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
    use super::super::contents::Contents;
    use super::super::lines::{rows, tests::lines};
    use super::super::passages::passages;
    use super::*;

    /// Rows of cover, contents and body; passages of the closing note.
    fn starts(text: &str) -> (usize, usize, usize, usize) {
        let lines = lines(text);
        let rows = rows(&lines);
        let parts = split(&rows).unwrap();
        let passages = passages(parts.body, &Contents::default(), Some('●'));
        let note = note_start(&passages);
        let body = passages
            .get(note)
            .map_or(parts.body.len(), |it| it.rows.start);
        (
            parts.cover.len(),
            parts.contents.len(),
            body,
            passages.len() - note,
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
        assert_eq!(starts("刊\n●子 1\n●丑 1\n●子\n■文\n●丑\n■文"), (1, 2, 4, 0));
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
        assert_eq!(starts("刊\n●子\n■文。\n注：内\n●丑\n■文"), (1, 0, 5, 0));
        assert_eq!(
            starts("刊\n●子\n■文。\n注：内。\n注：外。\n续\n\n址"),
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
    fn plain_text_has_no_parts() {
        let lines = lines("各部门：\n- 一\n请转告。");
        assert!(split(&rows(&lines)).is_none());
    }
}
