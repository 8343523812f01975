//! How a document breaks its lines: whether they are wrapped at a width, indented where a paragraph begins, and parted by
//! blank lines. What a single line end means depends on it.
//! Must not join anything.

use super::attribution::attributed;
use super::classify::{self, Shape, ends_sentence, shape};
use super::lines::Row;

/// How a document breaks its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Layout {
    /// What the lines have a number of in common.
    measure: Measure,
    /// How lines are wrapped; none where they are not.
    pub(super) wrap: Option<Wrap>,
    /// From when on headlines are full, if that is known.
    headline: Option<Full>,
    /// Whether the first line of a paragraph is indented, and the others are not.
    pub(super) first_indent: bool,
    /// Whether a blank line parts a headline from what follows it.
    pub(super) headline_gap: bool,
    /// Whether blank lines stand between the lines of a sentence too, so that they say nothing.
    pub(super) spaced: bool,
}

/// Marks that may stand in the margin behind a full line.
const HANGING: [char; 10] = ['，', '。', '、', '；', '：', '！', '？', '）', '”', '》'];
/// Marks that a line does not end with.
const OPENING: [char; 6] = ['（', '“', '《', '(', '【', '〔'];

/// What the width of a line is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Measure {
    /// As print has them: see [`columns`].
    #[default]
    Columns,
    /// Whatever their width, as simple programs wrap.
    Characters,
}

impl Measure {
    /// The measure in which `lines` that were broken at a width differ less.
    fn of(lines: &[Broken<'_>]) -> Self {
        let spread = |measure: Self| {
            let mut widths: Vec<u32> = lines.iter().map(|line| measure.width(line.row)).collect();
            widths.sort_unstable();
            let at = |share: usize| widths.get(widths.len().saturating_sub(1) * share / 100);
            let (low, high) = (at(10).copied(), at(90).copied());
            // Of a hundred, so that the two can be compared.
            low.zip(high)
                .map_or(0, |(low, high)| 100 * (high - low) / high.max(1))
        };
        if spread(Self::Characters) < spread(Self::Columns) {
            Self::Characters
        } else {
            Self::Columns
        }
    }

    fn width(self, row: &Row<'_>) -> u32 {
        match self {
            Self::Columns => row.indent + columns(row.text),
            Self::Characters => {
                row.indent / 2 + u32::try_from(row.text.chars().count()).unwrap_or(u32::MAX)
            }
        }
    }

    /// The width of `row` without the marks at its end, which may stand in the margin.
    fn inner(self, row: &Row<'_>) -> u32 {
        let text = row.text.trim_end_matches(HANGING);
        self.width(&Row { text, ..*row })
    }

    /// The width of what could not have been parted at the start of `row`: a number, a word, a bracket with what follows it.
    fn word(self, row: &Row<'_>) -> u32 {
        let rest = row.text.trim_start_matches(OPENING);
        let latin =
            rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || ".%".contains(c));
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = row.text.len() - rest.len() + (rest.len() - latin.len()).max(first);
        let (text, indent) = (&row.text[..end], 0);
        self.width(&Row {
            text,
            indent,
            ..*row
        })
    }

    fn is_full(self, full: Full, row: &Row<'_>, next: Option<&Row<'_>>) -> bool {
        self.width(row) >= full.from
            || next.is_some_and(|next| self.inner(row) + self.word(next) > full.widest)
    }

    /// How much narrower a full line may be than the widest: a character that would not have fitted, and an indent.
    const fn slack(self) -> u32 {
        match self {
            Self::Columns => 2,
            Self::Characters => 1,
        }
    }
}

/// When a line is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Full {
    /// Any line of this width is.
    from: u32,
    /// One is where the first word of the next line would have made it wider than this.
    widest: u32,
}

/// How lines are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrap {
    /// From when on a line may have been broken because it was full.
    full: Full,
    /// Whether lines are also broken at no width, beside punctuation, as some programs write out what was spaced by hand.
    pub(super) ragged: bool,
}

impl Layout {
    /// The layout of the body's `rows`, whose headlines begin with `bullet`.
    pub(super) fn of(rows: &[Row<'_>], bullet: Option<char>) -> Self {
        let broken = broken(rows);
        let measure = Measure::of(&broken);
        let widths: Vec<u32> = broken.iter().map(|line| measure.width(line.row)).collect();
        Self {
            measure,
            wrap: full(widths.clone(), rows, measure).map(|from| Wrap {
                full: Full {
                    from,
                    widest: widest(broken.iter().map(|line| measure.inner(line.row))),
                },
                ragged: is_ragged(&widths),
            }),
            headline: headline_full(rows, bullet, measure),
            first_indent: first_indent(rows),
            headline_gap: headline_gap(rows, bullet),
            spaced: broken.len() >= 8
                && 10 * broken.iter().filter(|line| line.gap).count() > 8 * broken.len(),
        }
    }

    /// Whether `row` may have been broken because it was full, with `next` below it.
    pub(super) fn is_full(&self, row: &Row<'_>, next: Option<&Row<'_>>) -> bool {
        self.wrap
            .is_some_and(|wrap| self.measure.is_full(wrap.full, row, next))
    }

    /// Whether a headline may have been broken because it was full: set in larger letters, it has fewer of them.
    pub(super) fn is_full_headline(&self, row: &Row<'_>, next: &Row<'_>) -> bool {
        self.wrap.is_some_and(|wrap| match self.headline {
            Some(full) => self.measure.is_full(full, row, Some(next)),
            None => self.measure.width(row) >= wrap.full.from * 4 / 5,
        })
    }

    /// Whether white space before `row` says that a paragraph begins.
    pub(super) fn is_indented(&self, row: &Row<'_>) -> bool {
        self.first_indent && row.indent >= 2
    }
}

/// From when on headlines are full, where enough of them are wrapped to tell.
fn headline_full(rows: &[Row<'_>], bullet: Option<char>, measure: Measure) -> Option<Full> {
    let wrapped = rows.iter().zip(rows.iter().skip(1)).filter(|(row, next)| {
        is_headline(row, bullet)
            && !next.gap
            && matches!(shape(next.text), Shape::Text)
            && !ends_sentence(next.text)
    });
    let widths: Vec<u32> = wrapped.map(|(row, _)| measure.width(row)).collect();
    let from = widths.iter().max()?.saturating_sub(measure.slack() + 1);
    let near = widths.iter().filter(|width| **width >= from);
    (near.count() >= 3).then(|| Full {
        from,
        widest: widest(widths.into_iter()),
    })
}

/// The width that nearly no line is wider than.
fn widest(widths: impl Iterator<Item = u32>) -> u32 {
    let mut widths: Vec<u32> = widths.collect();
    widths.sort_unstable();
    let at = widths.len().saturating_sub(1) * 95 / 100;
    widths.get(at).copied().unwrap_or(u32::MAX)
}

/// A line that ends in the middle of a sentence.
struct Broken<'r> {
    row: &'r Row<'r>,
    /// Whether a blank line follows.
    gap: bool,
}

/// The lines of paragraphs that end in the middle of a sentence, and go on in a line without a mark.
fn broken<'r>(rows: &'r [Row<'r>]) -> Vec<Broken<'r>> {
    // Without ■ the lines under headlines are all there is to go by.
    let marked = rows
        .iter()
        .any(|row| matches!(shape(row.text), Shape::Marked(_)));
    // Without bullets too every line is; then only what no blank line parts.
    let bare = !marked
        && !rows
            .iter()
            .any(|row| row.level > 0 || matches!(shape(row.text), Shape::Bullet(..)));
    let mut inside = false;
    let mut broken = Vec::new();
    for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
        match shape(row.text) {
            Shape::Marked(text) => inside = !text.is_empty(),
            Shape::Text => inside = inside || (bare && !next.gap),
            Shape::Bullet(_, text) => {
                inside = !marked && !text.is_empty();
                continue;
            }
            _ => inside = false,
        }
        let amid = !ends_sentence(row.text) && !row.text.ends_with(['：', ':']);
        inside &= attributed(row.text).is_none();
        let goes_on = !next.cut && matches!(shape(next.text), Shape::Text) && !(bare && next.gap);
        if inside && amid && goes_on {
            broken.push(Broken { row, gap: next.gap });
        }
    }
    broken
}

/// Broken lines from which on chance is no reason for a common width.
const MANY: usize = 40;

/// The width of nearly all broken lines, or more; none where too few lines are broken for a document that wraps. Lines that
/// were broken at no width (behind every comma, as some programs do) do not count: hence four fifths of the widest at least.
/// Labels and rows of tables end in no sentence either; but they have no width in common, and other lines are much wider.
fn full(mut widths: Vec<u32>, rows: &[Row<'_>], measure: Measure) -> Option<u32> {
    let paragraphs = rows.iter().filter(|row| is_paragraph(row)).count();
    if widths.len() < 2 || 5 * widths.len() < paragraphs {
        return None;
    }
    widths.sort_unstable();
    let at = |share: usize| widths[(widths.len() - 1) * share / 100];
    let width = at(90);
    let wide = widths.iter().filter(|line| 4 * **line >= 3 * width);
    let wider = rows.iter().filter(|row| 4 * measure.width(row) > 5 * width);
    let share = if widths.len() < MANY { 2 } else { 1 };
    if 5 * wide.count() < share * widths.len() || 10 * wider.count() > rows.len() {
        return None;
    }
    // A line is full too where a character of two columns would not have fitted.
    Some(at(8).max(width * 4 / 5).saturating_sub(measure.slack()))
}

/// Whether some lines that end amid a sentence have less than two thirds of the width of the widest.
fn is_ragged(widths: &[u32]) -> bool {
    let widest = widths.iter().max().copied().unwrap_or(0);
    let short = widths.iter().filter(|width| 3 * **width < 2 * widest);
    widths.len() >= 20 && short.count() >= 3
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
        assert_eq!(wrapped.wrap.unwrap().full.from, 14);
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
