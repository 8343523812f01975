//! The printed contents: headings and headlines with their pages.
//! Must not look at the body.
//!
//! One list mixes all layouts: tab, dots, dots and tab, a hyphen for a bullet, asterisks round a heading. Only the last
//! integer is the page; a headline may end in digits of its own (“共 32 个项目⇥20”).

mod listed;
mod style;

use super::page_number::page_number;
pub(super) use listed::listed;

use super::classify::{self, Shape, shape};
use super::draft::Unknown;
use super::lines::{self, Row};
use crate::text::normalise;
use listed::{is_leader, is_led, unled};
use std::borrow::Cow;
use std::collections::HashSet;
use style::{Marks, Pages, Style};

/// The contents, read. Without sections where the issue has none.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) sections: Vec<ListedSection>,
    /// Lines that list nothing.
    pub(super) unknown: Vec<Unknown>,
}

/// A section as the contents list it.
#[derive(Debug, Default)]
pub(super) struct ListedSection {
    /// 0 for headlines before the first heading.
    pub(super) numeral: u32,
    pub(super) title: String,
    /// The title, normalised.
    pub(super) key: String,
    pub(super) page: Option<u32>,
    pub(super) line: u32,
    pub(super) items: Vec<ListedItem>,
}

/// An item as the contents list it.
#[derive(Debug)]
pub(super) struct ListedItem {
    pub(super) headline: String,
    /// The headline, normalised.
    pub(super) key: String,
    pub(super) page: Option<u32>,
    pub(super) line: u32,
}

impl Contents {
    /// Whether any headline is listed.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.iter().all(|section| section.items.is_empty())
    }

    /// The normalised section titles.
    pub(super) fn titles(&self) -> HashSet<&str> {
        self.sections.iter().map(|section| &*section.key).collect()
    }

    /// The normalised headlines, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.sections
            .iter()
            .flat_map(|section| &section.items)
            .map(|item| item.key.as_str())
    }
}

/// Reads the rows of the contents: an entry ends where the next mark stands or, where it has none, behind its page.
pub(super) fn read(rows: &[Row<'_>]) -> Contents {
    let mut reader = Reader {
        contents: Contents::default(),
        open: None,
        style: Style::of(rows),
        page: 0,
    };
    for row in rows {
        // A converter may have filled its lines: `…开工 1 ●…签约 2`.
        for (nth, text) in classify::bulleted(row.text).into_iter().enumerate() {
            reader.take(&Row {
                text,
                gap: row.gap && nth == 0,
                ..*row
            });
        }
    }
    reader.close();
    reader.contents
}

/// How far apart the pages of two entries that follow each other are, as a rule.
const NEAR: u32 = 2;
/// How far apart they may be at most.
const FAR: u32 = 8;

/// An entry on its way: rows that have been put together.
struct Open<'a> {
    text: Cow<'a, str>,
    /// The numeral of a heading.
    numeral: Option<u32>,
    line: u32,
    /// A page on a line of its own.
    page: Option<u32>,
}

struct Reader<'a> {
    contents: Contents,
    open: Option<Open<'a>>,
    style: Style,
    /// The page of the last entry.
    page: u32,
}

impl<'a> Reader<'a> {
    fn take(&mut self, row: &Row<'a>) {
        let last = self.contents.sections.last().map_or(0, |last| last.numeral);
        match shape(row.text) {
            _ if self.take_page(row) => return,
            Shape::Bullet(bullet, _) if self.runs_into(bullet) => self.glue(row.text),
            // A headline may begin with a numeral too (“一、二期项目…”), but not with the next one.
            Shape::Heading(numeral, title) if numeral > self.numeral().unwrap_or(last) => {
                self.begin(row, title, Some(numeral));
            }
            Shape::Heading(..) if self.is_unfinished() && !hyphened(row) => {
                self.glue(row.text);
            }
            Shape::Heading(..) => self.begin(row, unhyphened(row), None),
            Shape::Bullet(_, text) => self.begin(row, text, None),
            _ if self.open.as_ref().is_some_and(|open| open.text.is_empty()) => {
                self.glue(row.text);
            }
            _ if self.goes_on(row) => self.glue(row.text),
            _ if listed(row.text).1.is_some() || row.page_below.is_some() => {
                self.begin(row, row.text, None);
            }
            // The first line of a wrapped headline, or a headline in contents without pages.
            _ if self.style.marks != Marks::Bullets
                && (self.style.wrapped || self.style.marks == Marks::None) =>
            {
                self.begin(row, row.text, None);
            }
            _ => self.contents.unknown.push(Unknown::of(row)),
        }
        if let Some(page) = row.page_below
            && self.is_page_of_entry(page)
            && let Some(open) = &mut self.open
        {
            open.page = open.page.or(Some(page));
        }
    }

    /// Whether a page number on a line of its own is the page of the entry above: where others stand so too, or where it is
    /// the one to come.
    fn is_page_of_entry(&self, page: u32) -> bool {
        match self.style.pages {
            Pages::Below => true,
            Pages::Inline => (self.page..=self.page + NEAR).contains(&page),
            Pages::None => false,
        }
    }

    /// Takes a row that is a page and nothing else.
    fn take_page(&mut self, row: &Row<'_>) -> bool {
        let Some(page) = page_number(row.text) else {
            return false;
        };
        let due = self.page..=self.page + FAR;
        let Some(open) = self.open.as_mut().filter(|open| open.page.is_none()) else {
            return false;
        };
        open.page = match listed(&open.text).1 {
            None => Some(page),
            // The number itself was broken: `......1` and `2` below it.
            Some(first) => Some(first * 10 + page)
                .filter(|whole| page < 10 && first < self.page && due.contains(whole)),
        };
        open.page.is_some()
    }

    /// The numeral of the heading that is open.
    fn numeral(&self) -> Option<u32> {
        self.open.as_ref()?.numeral
    }

    fn begin(&mut self, row: &Row<'a>, text: &'a str, numeral: Option<u32>) {
        self.close();
        self.open = Some(Open {
            text: Cow::Borrowed(text),
            numeral,
            line: row.number,
            page: None,
        });
    }

    /// Adds a row to what is open. A page on a row of its own stays apart from digits before it.
    fn glue(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            if text.starts_with(is_leader) || page_number(text).is_some() {
                open.text.to_mut().push(' ');
            }
            lines::glue(&mut open.text, text);
        }
    }

    /// Whether what is open has no page yet, in contents that print pages.
    fn is_unfinished(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.page.is_none() && listed(&open.text).1.is_none())
    }

    /// Whether a bullet that running text has too stands within a bracket of what is open.
    fn runs_into(&self, bullet: char) -> bool {
        classify::is_weak(bullet)
            && self.is_unfinished()
            && self
                .open
                .as_ref()
                .is_some_and(|open| classify::is_open(&open.text))
    }

    /// Whether a row without a mark goes on with what is open.
    fn goes_on(&self, row: &Row<'_>) -> bool {
        let Some(open) = &self.open else {
            return false;
        };
        if classify::opens_amid(row.text) || row.text.starts_with(is_leader) {
            return true;
        }
        let here = listed(row.text).1;
        match (open.page.or(listed(&open.text).1), is_led(&open.text)) {
            (None, _) if open.numeral.is_some() || self.style.marks == Marks::None => false,
            (None, _) => !row.gap || row.cut || here.is_some(),
            // Dots leave no doubt that the entry ends with its page.
            (Some(_), true) => false,
            (Some(_), false) if open.page.is_some() => false,
            // The page may be a number of the headline (“首批 32 / 个项目 20”).
            (Some(page), false) => {
                let amid = here.is_some_and(|here| here < page);
                let far = page < self.page || page > self.page + FAR;
                let wrapped = self.style.wrapped;
                let broken = match self.style.marks {
                    Marks::Bullets => amid || far || (wrapped && !row.gap),
                    Marks::Pages | Marks::None => wrapped && (amid || far),
                };
                open.numeral.is_none() && broken
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let (mut headline, page) = listed(&open.text);
        if open.page.is_some() {
            // The leader may have been broken behind its first dot.
            headline.truncate(unled(&headline).len());
        }
        let page = open.page.or(page);
        self.page = page.unwrap_or(self.page);
        let sections = &mut self.contents.sections;
        if open.numeral.is_some() || (sections.is_empty() && !headline.is_empty()) {
            sections.push(ListedSection {
                line: open.line,
                ..ListedSection::default()
            });
        }
        let Some(section) = sections.last_mut() else {
            return;
        };
        if let Some(numeral) = open.numeral {
            section.numeral = numeral;
            classify::uncounted(&headline).clone_into(&mut section.title);
            section.key = normalise(&section.title);
            section.page = page;
        } else if !headline.is_empty() {
            section.items.push(ListedItem {
                key: normalise(&headline),
                headline,
                page,
                line: open.line,
            });
        }
    }
}

/// Whether a bullet that a converter put there stands before a heading.
fn hyphened(row: &Row<'_>) -> bool {
    unhyphened(row).len() < row.text.len()
}

fn unhyphened<'a>(row: &Row<'a>) -> &'a str {
    row.text
        .trim_start_matches(|c: char| classify::is_weak(c) || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::lines};
    use super::*;

    #[test]
    fn bullets_change_within_a_section() {
        let lines = lines("一、甲\t1\n●子.....\t1\n- 丑 2\n\n\n\n- 二、乙 3**\n寅..... 3\n(续)");
        let contents = read(&rows(&lines));
        let seen: Vec<_> = contents
            .sections
            .iter()
            .map(|section| (&*section.title, section.page, section.items.len()))
            .collect();
        assert_eq!(seen, [("甲", Some(1), 2), ("乙", Some(3), 1)]);
        assert_eq!(contents.unknown.len(), 1);
        assert_eq!(contents.sections[1].items[0].line, 8);
    }

    #[test]
    fn a_headline_that_begins_with_a_numeral_is_no_heading() {
        let lines = lines("一、甲 1\n- 一、二期项目开工 1\n●子 1");
        let contents = read(&rows(&lines));
        assert_eq!(contents.sections.len(), 1);
        assert_eq!(contents.sections[0].items.len(), 2);
    }

    /// Headlines and pages of the entries of `text`.
    fn entries(text: &str) -> Vec<(String, Option<u32>)> {
        let lines = lines(text);
        let contents = read(&rows(&lines));
        let items = contents.sections.into_iter().flat_map(|it| it.items);
        items.map(|item| (item.headline, item.page)).collect()
    }

    fn listing(entries: &[(&str, u32)]) -> Vec<(String, Option<u32>)> {
        let owned = entries
            .iter()
            .map(|(text, page)| ((*text).to_owned(), Some(*page)));
        owned.collect()
    }

    #[test]
    fn an_entry_may_run_over_lines() {
        let expected = listing(&[
            ("浦东首批确定 32 个项目", 20),
            ("园区揭牌（2022 - 2025）印发", 21),
            ("港口启用", 21),
        ]);
        for text in [
            "一、甲 20\n●浦东首批确定 32\n个项目 20\n●园区揭牌（2022\n- 2025）印发 21\n●港口启用 21",
            "一、甲 20\n●浦东首批\n确定 32 个项目.....20\n●园区揭牌（2022 - 2025）印发\n......21\n●\n港口启用..21",
            "一、甲\n20\n●浦东首批确定 32\n个项目.....20\n-\n园区揭牌（2022\n- 2025）印发 21\n- 港口启用\n21",
            "一、甲 20\n浦东首批\n确定 32 个项目.....20\n园区揭牌（2022 - 2025）\n印发......21\n港口启用..21",
            "一、甲 20\n●浦东首批确定 32 个项目\n20\n●园区揭牌（2022 - 2025）印发\n21\n●港口启用\n21",
            "一、甲 20\n●浦东首批确定 32\n个项目 20 ●园区揭牌（2022 - 2025）印发 21 ●港口启用\n21",
            "1. 浦东首批确定 32 个项目 20\n2. 园区揭牌（2022 - 2025）印发 21\n3. 港口启用 21",
        ] {
            let squeeze = |entries: Vec<(String, Option<u32>)>| -> Vec<_> {
                let bare = entries
                    .into_iter()
                    .map(|(text, page)| (text.replace(' ', ""), page));
                bare.collect()
            };
            assert_eq!(squeeze(entries(text)), squeeze(expected.clone()), "{text}");
        }
    }
}
