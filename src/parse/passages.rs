//! Passages: the rows of the body put together to what was one line or paragraph before it was wrapped, broken over pages or
//! cut by headers.
//! Must not decide what a passage is to the issue; only where it ends.
//!
//! The rules, for a row behind an open passage:
//! - A mark begins a passage. A mark that running text has too (`- `, `1.`, `一、`) does not where the line before it is full
//!   and in the middle of a sentence, or a bracket is open.
//! - What begins with a closing mark (`，` `）`) goes on, and so does what follows a comma or stands within a bracket.
//! - A paragraph goes on while its sentence has not ended; behind an ended one only where the line before is full, no blank
//!   line parts them and, in a document that indents paragraphs, no indent says otherwise.
//! - A headline goes on while the contents list one that begins so. Where they do not help: where blank lines part headlines
//!   from texts, until the blank line; in a wrapped document while its lines are full and no sentence follows.

use super::attribution::attributed;
use super::beginnings::Listed;
use super::classify::{self, Shape, ends_sentence, is_open, opens_amid, shape};
use super::contents::Contents;
use super::layout::{Layout, is_headline};
use super::lines::{Row, glue};
use crate::text::normalise;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// Rows that are one line of the issue.
#[derive(Debug, Clone)]
pub(super) struct Passage<'a> {
    /// The mark it begins with included.
    pub(super) text: Cow<'a, str>,
    /// Its first row.
    pub(super) row: Row<'a>,
    /// All its rows, by their place in the body.
    pub(super) rows: Range<usize>,
}

impl Passage<'_> {
    /// The look of the passage; a Markdown heading without a mark of its own is a bullet.
    pub(super) fn shape(&self) -> Shape<'_> {
        match shape(&self.text) {
            Shape::Text if self.row.level > 0 => Shape::Bullet(HASH, &self.text),
            shape => shape,
        }
    }
}

/// The bullet of Markdown headings.
pub(super) const HASH: char = '#';

/// Puts the rows of the body together. `bullet` is the one of headlines.
pub(super) fn passages<'a>(
    rows: &[Row<'a>],
    contents: &Contents,
    bullet: Option<char>,
) -> Vec<Passage<'a>> {
    let joiner = Joiner {
        listed: Listed::new(contents),
        titles: contents.titles(),
        layout: Layout::of(rows, bullet),
        bullet,
    };
    let mut passages: Vec<Passage<'a>> = Vec::new();
    let mut kind = Kind::Text;
    for (at, row) in rows.iter().enumerate() {
        if let Some(open) = passages.last_mut()
            && joiner.goes_on(open, kind, &rows[at - 1], &rows[at..])
        {
            glue(&mut open.text, row.text);
            open.rows.end = at + 1;
        } else {
            kind = joiner.kind(row, kind);
            passages.push(Passage {
                text: Cow::Borrowed(row.text),
                row: *row,
                rows: at..at + 1,
            });
        }
    }
    passages
}

/// What a passage is as far as its end depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    Headline,
    /// Behind ■.
    Paragraph,
    /// A point of a list, or a closing note.
    Point,
    Text,
}

struct Joiner<'c> {
    listed: Listed<'c>,
    titles: HashSet<&'c str>,
    layout: Layout,
    bullet: Option<char>,
}

/// Longest row that is compared with the contents, in bytes.
const COMPARED: usize = 1500;
/// Fewest characters of a bare row that is taken for a headline because the contents list one that begins so.
const TELLING: usize = 8;

impl Joiner<'_> {
    /// What begins with `row`, behind a passage of the kind `before`.
    fn kind(&self, row: &Row<'_>, before: Kind) -> Kind {
        match shape(row.text) {
            Shape::Heading(_, title) if self.may_head(title) => Kind::Heading,
            Shape::Marked(_) => Kind::Paragraph,
            Shape::Bullet(..) if is_headline(row, self.bullet) => Kind::Headline,
            Shape::Bullet(bullet, "")
                if !classify::is_weak(bullet) || Some(bullet) == self.bullet =>
            {
                Kind::Headline
            }
            Shape::Bullet(..) | Shape::Note(_) | Shape::Heading(..) => Kind::Point,
            Shape::Text if row.level > 0 => Kind::Headline,
            Shape::Text if before != Kind::Headline && self.is_listed(row) => Kind::Headline,
            Shape::Text => Kind::Text,
        }
    }

    /// Whether `title` may be the one of a section, or the beginning of one that the contents list.
    fn may_head(&self, title: &str) -> bool {
        let listed = |key: &str| self.titles.iter().any(|title| title.starts_with(key));
        classify::is_title(title) || (title.len() <= COMPARED && listed(&normalise(title)))
    }

    fn is_listed(&self, row: &Row<'_>) -> bool {
        if row.text.len() > COMPARED || self.listed.is_empty() {
            return false;
        }
        // Most rows begin like no headline, and are spared the whole comparison.
        let start: String = row.text.chars().take(4).collect();
        if !self.listed.begins(&normalise(&start)) {
            return false;
        }
        let key = normalise(row.text);
        self.listed.has(&key)
            || (row.gap && key.chars().nth(TELLING).is_some() && self.listed.begins(&key))
    }

    /// Whether the first of `rows` goes on with the `open` passage, whose last row is `last`.
    fn goes_on(&self, open: &Passage<'_>, kind: Kind, last: &Row<'_>, rows: &[Row<'_>]) -> bool {
        let row = &rows[0];
        if row.level > 0 {
            return false;
        }
        let bare = matches!(shape(&open.text), Shape::Bullet(_, "") | Shape::Marked(""));
        match shape(row.text) {
            Shape::Text => {}
            Shape::Heading(_, title) if self.titles.contains(normalise(title).as_str()) => {
                return false;
            }
            Shape::Bullet(bullet, _) if !classify::is_weak(bullet) => return false,
            Shape::Marked(_) => return false,
            _ if bare => return false,
            _ => return self.runs_into(open, kind, last, row),
        }
        if bare || opens_amid(row.text) {
            return true;
        }
        match kind {
            Kind::Heading => is_open(&open.text) || self.heading_goes_on(open, row),
            Kind::Headline => self.headline_goes_on(open, last, rows),
            Kind::Paragraph | Kind::Point | Kind::Text => self.text_goes_on(open, kind, last, row),
        }
    }

    /// Whether a mark that running text has too is such text.
    fn runs_into(&self, open: &Passage<'_>, kind: Kind, last: &Row<'_>, row: &Row<'_>) -> bool {
        if row.gap && !row.cut {
            return false;
        }
        match kind {
            Kind::Heading => false,
            Kind::Headline => self.is_begun(open, row) || is_open(&open.text),
            _ => {
                !has_ended(&open.text)
                    && (self.layout.is_full(last, Some(row)) || is_open(&open.text))
            }
        }
    }

    fn heading_goes_on(&self, open: &Passage<'_>, row: &Row<'_>) -> bool {
        let Shape::Heading(_, title) = shape(&open.text) else {
            return false;
        };
        let title = normalise(title);
        !self.titles.contains(title.as_str())
            && title.len() + row.text.len() <= COMPARED
            && self
                .titles
                .contains((title + &normalise(row.text)).as_str())
    }

    /// Whether the contents list a headline that begins like the `open` one and `row` together.
    fn is_begun(&self, open: &Passage<'_>, row: &Row<'_>) -> bool {
        let headline = headline(open);
        headline.len() + row.text.len() <= COMPARED && {
            let key = normalise(headline);
            let whole = key.clone() + &normalise(row.text);
            !self.listed.has(&key)
                && (self.listed.begins(&whole)
                    || self.listed.ends_between(&key, &whole)
                    || (!self.listed.has_like(&key) && self.listed.begins_like(&whole)))
        }
    }

    fn headline_goes_on(&self, open: &Passage<'_>, last: &Row<'_>, rows: &[Row<'_>]) -> bool {
        let row = &rows[0];
        let headline = headline(open);
        if self.is_begun(open, row) {
            return true;
        }
        if headline.len() <= COMPARED {
            let key = normalise(headline);
            if self.listed.has(&key) || self.listed.has_like(&key) {
                return false;
            }
        }
        if has_ended(headline) {
            // A point at the bullet of headlines.
            return self.text_goes_on(open, Kind::Point, last, row);
        }
        if self.is_apart(row) || self.layout.is_indented(row) {
            return false;
        }
        if is_open(headline) {
            return true;
        }
        if begins_lead(row.text, headline) {
            return false;
        }
        let (length, ends) = self.run(rows);
        if ends && length == 1 {
            // A point at another bullet may be a line and a bit.
            return self.is_point(open) && self.layout.is_full(last, Some(row));
        }
        if self.layout.headline_gap && !row.gap {
            return true;
        }
        match self.layout.wrap {
            Some(_) if !self.layout.is_full_headline(last, row) => false,
            Some(_) => {
                let begins = |row: &Row<'_>| begins_lead(row.text, headline);
                !ends || self.has_short(&rows[..length]) || rows[1..length].iter().any(begins)
            }
            None => row.cut && !ends,
        }
    }

    /// Whether `open` begins with a bullet that is not the one of headlines.
    fn is_point(&self, open: &Passage<'_>) -> bool {
        matches!(shape(&open.text), Shape::Bullet(bullet, _) if self.bullet.is_some_and(|main| main != bullet))
    }

    /// Whether a line before the last of `rows` is not full, as the last one of a headline is before the lead begins.
    fn has_short(&self, rows: &[Row<'_>]) -> bool {
        let mut pairs = rows.iter().zip(rows.iter().skip(1));
        pairs.any(|(row, next)| !self.layout.is_full(row, Some(next)))
    }

    /// How many rows without marks follow each other here, up to the first one that ends a sentence, and whether one does: then
    /// a lead is among them.
    fn run(&self, rows: &[Row<'_>]) -> (usize, bool) {
        const LONGEST: usize = 40;
        let mut length = 0;
        for row in rows.iter().take(LONGEST) {
            let goes_on = matches!(shape(row.text), Shape::Text)
                && row.level == 0
                && (length == 0 || !self.is_apart(row));
            if !goes_on {
                break;
            }
            length += 1;
            if has_ended(row.text) {
                return (length, true);
            }
        }
        (length, false)
    }

    fn text_goes_on(&self, open: &Passage<'_>, kind: Kind, last: &Row<'_>, row: &Row<'_>) -> bool {
        if self.is_listed(row) && !self.is_apart_in_sentence(open) {
            return false;
        }
        // A second source on a line of its own.
        if (!row.gap || row.cut) && attributed(row.text).is_some_and(|it| it.text.is_empty()) {
            // In a bracket it goes with the text, behind a label it stands for itself.
            return row.text.starts_with(['（', '(', '【', '〔', '[']);
        }
        let layout = &self.layout;
        let (apart, full) = (self.is_apart(row), layout.is_full(last, Some(row)));
        if is_open(&open.text) {
            return true;
        }
        if layout.is_indented(row) {
            return false;
        }
        let ragged = layout.wrap.is_some_and(|wrap| wrap.ragged);
        if ragged && !row.gap && !row.cut && kind == Kind::Paragraph {
            return attributed(&open.text).is_none();
        }
        if open.text.ends_with(['：', ':']) {
            return full && !apart;
        }
        if has_ended(&open.text) {
            let broken = row.cut && layout.first_indent && attributed(&open.text).is_none();
            return full && !row.gap && (!row.cut || broken) && attributed(&open.text).is_none();
        }
        if row.cut {
            return true;
        }
        match kind {
            Kind::Paragraph => true,
            Kind::Point if is_label(&open.text) && !full => false,
            _ => layout.wrap.is_some() && (full || !apart),
        }
    }

    /// Whether a blank line parts `row` from the one before it, and means it.
    const fn is_apart(&self, row: &Row<'_>) -> bool {
        row.gap && !row.cut && !self.layout.spaced
    }

    /// Whether the sentence of the `open` passage cannot end where it does.
    fn is_apart_in_sentence(&self, open: &Passage<'_>) -> bool {
        self.layout.wrap.is_some() && !has_ended(&open.text)
    }
}

/// The headline that a passage is, without its bullet.
fn headline<'p>(passage: &'p Passage<'_>) -> &'p str {
    match shape(&passage.text) {
        Shape::Bullet(_, text) => text,
        _ => &passage.text,
    }
}

/// Whether `text` begins as leads do: with the day, or with the first words of the `headline`.
fn begins_lead(text: &str, headline: &str) -> bool {
    let folded = normalise(&text.chars().take(24).collect::<String>());
    let day = folded.split_once('月').is_some_and(|(month, rest)| {
        let month = month.rsplit('年').next().unwrap_or(month);
        let day = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        !month.is_empty()
            && month.chars().all(|c| c.is_ascii_digit())
            && day.len() < rest.len()
            && day.starts_with('日')
    });
    let start: String = headline.chars().take(2 * LEAD).collect();
    let start: String = normalise(&start).chars().take(LEAD).collect();
    day || (start.chars().count() == LEAD && folded.starts_with(&start))
}

/// Characters that a lead has in common with its headline where it repeats it.
const LEAD: usize = 6;

fn has_ended(text: &str) -> bool {
    ends_sentence(text) || attributed(text).is_some()
}

/// Whether `text` may be the heading of a point (“1. 加强领导”), which ends in no sentence.
fn is_label(text: &str) -> bool {
    text.chars().nth(30).is_none() && !text.contains('，')
}

#[cfg(test)]
mod tests {
    use super::super::contents;
    use super::super::lines::{rows, tests::lines};

    /// The texts of the passages of a body whose contents list `listed`.
    fn passages(listed: &str, text: &str) -> Vec<String> {
        let (listed, text) = (lines(listed), lines(text));
        let contents = contents::read(&rows(&listed));
        let rows = rows(&text);
        super::passages(&rows, &contents, Some('●'))
            .into_iter()
            .map(|passage| passage.text.into_owned())
            .collect()
    }

    #[test]
    fn a_wrapped_document_is_put_together() {
        let text = "●海上风电母港项目\n在汕头开工\n今天，海上风电母港\n在汕头开工建设。\n■母港占地一千亩，\n分两期建\n设（山海\n政府网站）。\n\
                    ●轴承项目签约\n■轴承项目总投资三\n亿元，用地百余亩。\n今年年底投产，明年\n达产（山海政府网\n站）。";
        assert_eq!(
            passages("", text),
            [
                "●海上风电母港项目在汕头开工",
                "今天，海上风电母港在汕头开工建设。",
                "■母港占地一千亩，分两期建设（山海政府网站）。",
                "●轴承项目签约",
                "■轴承项目总投资三亿元，用地百余亩。今年年底投产，明年达产（山海政府网站）。",
            ]
        );
    }

    #[test]
    fn whole_lines_stay_apart() {
        let text = "●子\n导语一句\n■文一。\n其二\n●丑\n■文：\n（一）加强\n一句。\n○点一；\n○点二。";
        assert_eq!(passages("", text).len(), 10);
    }

    #[test]
    fn the_contents_tell_where_a_headline_ends() {
        let listed = "一、甲 1\n●海上风电母港项目在汕头开工 1";
        let text = "●海上风电\n母港项目\n在汕头开工\n海上风电母港开工\n■文。";
        assert_eq!(
            passages(listed, text)[..2],
            ["●海上风电母港项目在汕头开工", "海上风电母港开工"]
        );
    }

    #[test]
    fn a_page_end_within_a_sentence_is_none() {
        for text in [
            "●子\n■母港占地\n\u{c}一千亩。",
            "●子\n■母港占地\n\n\n\n一千亩。",
            "●子\n■母港占地（约合\n\n一千亩）。",
            "●子\n■母港占地\n\n，一千亩。",
        ] {
            assert_eq!(passages("", text).len(), 2, "{text}");
        }
    }

    #[test]
    fn a_mark_in_the_middle_of_a_wrapped_sentence_is_text() {
        let text = "●子\n■规划期为二〇二二年\n- 二〇二五年，共安排\n1. 五万亩，其中新增\n一、二期用地各半。\n\
                    ●丑\n■园区规划建设的厂房\n今年四月开工，预计\n明年建成。";
        assert_eq!(passages("", text).len(), 4);
    }

    #[test]
    fn a_mark_alone_takes_the_next_line() {
        assert_eq!(
            passages("", "●\n子\n■\n文。\n●\n●丑"),
            ["●子", "■文。", "●", "●丑"]
        );
    }
}
