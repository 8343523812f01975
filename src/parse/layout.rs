//! How a document breaks its lines: whether they are wrapped at a width, indented where a paragraph begins, and parted by
//! blank lines. What a single line end means depends on it.
//! Must not join anything.

use super::attribution::attributed;
use super::classify::{self, Shape, ends_sentence, shape};
use super::lines::Row;

/// How a document breaks its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Layout {
    /// How lines are wrapped; none where they are not.
    pub(super) wrap: Option<Wrap>,
    /// Columns from which headlines are full, if that is known.
    headline: Option<u32>,
    /// Whether the first line of a paragraph is indented, and the others are not.
    pub(super) first_indent: bool,
    /// Whether a blank line parts a headline from what follows it.
    pub(super) headline_gap: bool,
    /// Whether blank lines stand between the lines of a sentence too, so that they say nothing.
    pub(super) spaced: bool,
}

/// How lines are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrap {
    /// Columns from which a line may have been broken because it was full.
    pub(super) full: u32,
    /// Whether lines are also broken at no width, beside punctuation, as some programs write out what was spaced by hand.
    pub(super) ragged: bool,
}

impl Layout {
    /// The layout of the body's `rows`, whose headlines begin with `bullet`.
    pub(super) fn of(rows: &[Row<'_>], bullet: Option<char>) -> Self {
        let broken = broken(rows);
        Self {
            wrap: full(&broken, rows).map(|full| Wrap {
                full,
                ragged: is_ragged(&broken),
            }),
            headline: Self::headline_full(rows, bullet),
            first_indent: first_indent(rows),
            headline_gap: headline_gap(rows, bullet),
            spaced: broken.len() >= 8
                && 10 * broken.iter().filter(|line| line.gap).count() > 8 * broken.len(),
        }
    }

    /// Whether `row` may have been broken because it was full.
    pub(super) fn is_full(&self, row: &Row<'_>) -> bool {
        self.wrap
            .is_some_and(|wrap| row.indent + columns(row.text) >= wrap.full)
    }

    /// Whether a headline may have been broken because it was full: set in larger letters, it has fewer of them.
    pub(super) fn is_full_headline(&self, row: &Row<'_>) -> bool {
        self.wrap.is_some_and(|wrap| {
            let full = self.headline.unwrap_or(wrap.full * 4 / 5);
            row.indent + columns(row.text) >= full
        })
    }

    /// Columns from which headlines are full, where enough of them are wrapped to tell.
    fn headline_full(rows: &[Row<'_>], bullet: Option<char>) -> Option<u32> {
        let wrapped = rows.iter().zip(rows.iter().skip(1)).filter(|(row, next)| {
            is_headline(row, bullet)
                && !next.gap
                && matches!(shape(next.text), Shape::Text)
                && !ends_sentence(next.text)
        });
        let mut widths: Vec<u32> = wrapped
            .map(|(row, _)| row.indent + columns(row.text))
            .collect();
        widths.sort_unstable();
        let widest = *widths.last()?;
        let near = widths.iter().filter(|columns| **columns + 3 >= widest);
        (near.count() >= 3).then(|| widest.saturating_sub(3))
    }

    /// Whether white space before `row` says that a paragraph begins.
    pub(super) fn is_indented(&self, row: &Row<'_>) -> bool {
        self.first_indent && row.indent >= 2
    }
}

/// A line that ends in the middle of a sentence.
struct Broken {
    columns: u32,
    /// Whether a blank line follows.
    gap: bool,
}

/// The lines of paragraphs that end in the middle of a sentence, and go on in a line without a mark.
fn broken(rows: &[Row<'_>]) -> Vec<Broken> {
    // Without ■ the lines under headlines are all there is to go by.
    let marked = rows
        .iter()
        .any(|row| matches!(shape(row.text), Shape::Marked(_)));
    let mut inside = false;
    let mut broken = Vec::new();
    for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
        match shape(row.text) {
            Shape::Marked(text) => inside = !text.is_empty(),
            Shape::Text => {}
            Shape::Bullet(_, text) => {
                inside = !marked && !text.is_empty();
                continue;
            }
            _ => inside = false,
        }
        let amid = !ends_sentence(row.text) && !row.text.ends_with(['：', ':']);
        inside &= attributed(row.text).is_none();
        let goes_on = !next.cut && matches!(shape(next.text), Shape::Text);
        if inside && amid && goes_on {
            broken.push(Broken {
                columns: row.indent + columns(row.text),
                gap: next.gap,
            });
        }
    }
    broken
}

/// Broken lines from which on chance is no reason for a common width.
const MANY: usize = 40;

/// The columns of nearly all broken lines, or more; none where too few lines are broken for a document that wraps. Lines that
/// were broken at no width (behind every comma, as some programs do) do not count: hence four fifths of the widest at least.
/// Labels and rows of tables end in no sentence either; but they have no width in common, and other lines are much wider.
fn full(broken: &[Broken], rows: &[Row<'_>]) -> Option<u32> {
    let paragraphs = rows.iter().filter(|row| is_paragraph(row)).count();
    if broken.len() < 2 || 5 * broken.len() < paragraphs {
        return None;
    }
    let mut widths: Vec<u32> = broken.iter().map(|line| line.columns).collect();
    widths.sort_unstable();
    let at = |share: usize| widths[(widths.len() - 1) * share / 100];
    let width = at(90);
    let wide = widths.iter().filter(|columns| 4 * **columns >= 3 * width);
    let wider = rows
        .iter()
        .filter(|row| 4 * (row.indent + columns(row.text)) > 5 * width);
    let share = if widths.len() < MANY { 2 } else { 1 };
    if 5 * wide.count() < share * widths.len() || 10 * wider.count() > rows.len() {
        return None;
    }
    // A line is full too where a character of two columns would not have fitted.
    Some(at(8).max(width * 4 / 5).saturating_sub(2))
}

/// Whether some lines that end amid a sentence have less than two thirds of the columns of the widest.
fn is_ragged(broken: &[Broken]) -> bool {
    let widest = broken.iter().map(|line| line.columns).max().unwrap_or(0);
    let short = broken
        .iter()
        .filter(|line| 3 * line.columns < 2 * widest)
        .count();
    broken.len() >= 20 && short >= 3
}

/// Whether most paragraphs are indented and most other lines of theirs are not.
fn first_indent(rows: &[Row<'_>]) -> bool {
    let (mut first, mut firsts, mut other, mut others) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut inside = false;
    // Without ■ the line behind a headline begins a text.
    let marked = rows
        .iter()
        .any(|row| matches!(shape(row.text), Shape::Marked(_)));
    let mut opens = false;
    for row in rows {
        let begins = opens && (row.gap || row.indent >= 2);
        opens = !marked && matches!(shape(row.text), Shape::Bullet(..));
        match shape(row.text) {
            Shape::Text if begins => {
                inside = true;
                firsts += 1;
                first += usize::from(row.indent >= 2);
            }
            Shape::Marked(_) => {
                inside = true;
                firsts += 1;
                first += usize::from(row.indent >= 2);
            }
            Shape::Text if inside => {
                others += 1;
                other += usize::from(row.indent >= 2);
            }
            _ => inside = false,
        }
    }
    2 * first > firsts && (others == 0 || 2 * other < others)
}

/// Whether behind most headlines a blank line comes before the text does.
fn headline_gap(rows: &[Row<'_>], bullet: Option<char>) -> bool {
    let (mut apart, mut headlines) = (0_usize, 0_usize);
    for (at, row) in rows.iter().enumerate() {
        if !is_headline(row, bullet) {
            continue;
        }
        headlines += 1;
        let mut last = row;
        for next in rows[at + 1..].iter().take(6) {
            if next.gap {
                apart += usize::from(!ends_sentence(last.text));
                break;
            }
            if !matches!(shape(next.text), Shape::Text) {
                break;
            }
            last = next;
        }
    }
    headlines > 0 && 10 * apart >= 6 * headlines
}

/// Whether `row` begins with the bullet of headlines, or is a Markdown heading that is no section.
pub(super) fn is_headline(row: &Row<'_>, bullet: Option<char>) -> bool {
    match shape(row.text) {
        Shape::Bullet(found, text) => {
            !text.is_empty() && (Some(found) == bullet || !classify::is_weak(found))
        }
        Shape::Text => row.level > 0,
        _ => false,
    }
}

fn is_paragraph(row: &Row<'_>) -> bool {
    matches!(shape(row.text), Shape::Marked(_)) || attributed(row.text).is_some()
}

/// Columns of `text` as Chinese print has them: Latin letters one, all others two, quotes and dashes too.
pub(super) fn columns(text: &str) -> u32 {
    text.chars().map(|c| if c < '\u{b7}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::lines};
    use super::*;

    fn layout(text: &str) -> Layout {
        let lines = lines(text);
        Layout::of(&rows(&lines), Some('●'))
    }

    #[test]
    fn lines_that_end_amid_a_sentence_are_wrapped() {
        let wrapped =
            layout("●子\n■一二三四五六七\n八九十一二三四五\n六。\n●丑\n■一二三四五六七\n八。");
        assert_eq!(wrapped.wrap.unwrap().full, 14);
        let whole = layout("●子\n■一二三四五六七八九十。\n●丑\n导语\n■一二三。\n其二。");
        assert_eq!(whole.wrap, None);
    }

    #[test]
    fn indents_and_gaps_are_seen() {
        let indented = layout("●子\n  导\n语。\n  ■一二\n三。\n●丑\n  ■四。");
        assert!(indented.first_indent && !indented.headline_gap);
        let parted = layout("●子\n丑\n\n导语。\n\n■一。\n●寅\n\n■二。");
        assert!(parted.headline_gap && !parted.first_indent);
        assert!(!layout("●子\n导语。\n\n■一。").headline_gap);
    }
}
