//! The printed contents: headings and headlines with their pages.
//! Must not look at the body.
//!
//! One list mixes all layouts: tab, dots, dots and tab, a hyphen for a bullet, asterisks round a heading. Only the last
//! integer is the page; a headline may end in digits of its own (“共 32 个项目⇥20”).

use super::classify::{Shape, shape};
use super::draft::Unknown;
use super::lines::{Row, tidy};
use super::numeral;
use crate::text::normalise;
use std::collections::HashSet;

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

/// Reads the rows of the contents.
pub(super) fn read(rows: &[Row<'_>]) -> Contents {
    let mut contents = Contents::default();
    for row in rows {
        match shape(row.text) {
            // A headline may begin with a numeral too (“一、二期项目…”), but not with the next one.
            Shape::Heading(numeral, title)
                if contents
                    .sections
                    .last()
                    .is_none_or(|last| numeral > last.numeral) =>
            {
                let (title, page) = listed(title);
                contents.sections.push(ListedSection {
                    numeral,
                    key: normalise(&title),
                    title,
                    page,
                    line: row.number,
                    items: Vec::new(),
                });
            }
            Shape::Bullet(_, text) if !text.is_empty() => add(&mut contents, text, row.number),
            _ if listed(row.text).1.is_some() => add(&mut contents, row.text, row.number),
            _ => contents.unknown.push(Unknown::of(row)),
        }
    }
    contents
}

fn add(contents: &mut Contents, text: &str, line: u32) {
    if contents.sections.is_empty() {
        contents.sections.push(ListedSection {
            line,
            ..ListedSection::default()
        });
    }
    if let Some(section) = contents.sections.last_mut() {
        let (headline, page) = listed(text);
        section.items.push(ListedItem {
            key: normalise(&headline),
            headline,
            page,
            line,
        });
    }
}

/// What a line lists, and its page: the last integer, of up to three digits (four are a year), where a leader or white space stands before it.
pub(super) fn listed(text: &str) -> (String, Option<u32>) {
    let text = text.trim_end();
    let head = text.trim_end_matches(|c| numeral::digit(c).is_some());
    let page = match text[head.len()..].chars().count() {
        1..=3 if head.ends_with(|c: char| c.is_whitespace() || LEADERS.contains(c)) => {
            numeral::trailing(text)
        }
        _ => None,
    };
    let head = if page.is_some() { head } else { text };
    let bare = head.trim_end_matches(|c: char| c.is_whitespace() || LEADERS.contains(c));
    let leader = &head[bare.len()..];
    // A single mark at the end of a headline without a page may be its own.
    let dots = leader.chars().filter(|c| !c.is_whitespace()).count();
    let bare = if page.is_some() || dots > 1 {
        bare
    } else {
        head
    };
    (tidy(bare), page)
}

const LEADERS: &str = ".．…⋯‥·・•_＿―";

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::page};
    use super::*;

    #[test]
    fn every_layout_gives_headline_and_page() {
        for (text, headline, page) in [
            ("确定 32 个项目\t20", "确定 32 个项目", Some(20)),
            ("总投资 332 亿.....\t9", "总投资 332 亿", Some(9)),
            ("园区竣工 22", "园区竣工", Some(22)),
            ("科技城..... 12", "科技城", Some(12)),
            ("科技城………12", "科技城", Some(12)),
            (
                "规划（2022 - 2025）》印发 ２６",
                "规划（2022 - 2025）》印发",
                Some(26),
            ),
            ("科技城.....", "科技城", None),
            ("科技城2025", "科技城2025", None),
            ("科技大会 2025", "科技大会 2025", None),
            ("", "", None),
            ("7", "7", None),
        ] {
            assert_eq!(listed(text), (headline.to_owned(), page), "{text}");
        }
    }

    #[test]
    fn bullets_change_within_a_section() {
        let page = page("一、甲\t1\n●子.....\t1\n- 丑 2\n\n\n\n- 二、乙 3**\n寅..... 3\n(续)");
        let contents = read(&rows(std::slice::from_ref(&page)));
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
        let page = page("一、甲 1\n- 一、二期项目开工 1\n●子 1");
        let contents = read(&rows(std::slice::from_ref(&page)));
        assert_eq!(contents.sections.len(), 1);
        assert_eq!(contents.sections[0].items.len(), 2);
    }
}
