//! The body: sections of items.
//! Must not change what the contents say; they only help to tell a headline from a sub-point.

use super::classify::{self, Shape, shape};
use super::contents::Contents;
use super::draft::{Body, SectionDraft, Unknown};
use super::item::{Block, Open};
use super::lines::{Row, tidy};
use crate::text::normalise;
use std::collections::HashSet;

/// Reads the rows of the body.
pub(super) fn read<'a>(rows: &[Row<'a>], contents: &Contents) -> Body {
    let mut reader = Reader {
        body: Body::default(),
        open: None,
        bullet: main_bullet(rows),
        listed: contents.keys(),
        titles: contents.sections.iter().map(|section| &*section.key).collect(),
        claimed: claimed(rows, contents),
        used: HashSet::new(),
        held: None,
    };
    for (at, row) in rows.iter().enumerate() {
        reader.take(row, &rows[at + 1..]);
    }
    reader.close();
    reader.body
}

/// The bullet of headlines: the first one of the body. A hyphen only where there is no other.
fn main_bullet(rows: &[Row<'_>]) -> Option<char> {
    let bullets = || {
        rows.iter().filter_map(|row| match shape(row.text) {
            Shape::Bullet(bullet, _) => Some(bullet),
            _ => None,
        })
    };
    bullets()
        .find(|bullet| !classify::is_weak(*bullet))
        .or_else(|| bullets().next())
}

/// The numerals of those headings whose titles the contents list, so that a sub-point cannot take them.
fn claimed(rows: &[Row<'_>], contents: &Contents) -> HashSet<u32> {
    rows.iter()
        .filter_map(|row| match shape(row.text) {
            Shape::Heading(numeral, title) => Some((numeral, normalise(title))),
            _ => None,
        })
        .filter(|(_, key)| contents.sections.iter().any(|section| section.key == *key))
        .map(|(numeral, _)| numeral)
        .collect()
}

struct Reader<'a, 'c> {
    body: Body,
    open: Option<Open<'a>>,
    bullet: Option<char>,
    listed: HashSet<&'c str>,
    titles: HashSet<&'c str>,
    claimed: HashSet<u32>,
    /// Normalised section titles and headlines that have been read.
    used: HashSet<String>,
    /// A mark that stands alone on its line, for the next one.
    held: Option<Held>,
}

#[derive(Clone, Copy)]
enum Held {
    Bullet,
    Mark,
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, row: &Row<'a>, below: &[Row<'a>]) {
        let held = self.held.take();
        match shape(row.text) {
            Shape::Bullet(bullet, "") if Some(bullet) == self.bullet => self.held = Some(Held::Bullet),
            Shape::Marked("") => self.held = Some(Held::Mark),
            Shape::Marked(text) => self.block(row, true, text),
            Shape::Heading(numeral, title) if self.is_known(title) => {
                self.known_section(row, numeral, title);
            }
            Shape::Heading(numeral, title) if self.is_section(numeral, title, below) => {
                self.section(row, numeral, title);
            }
            Shape::Bullet(bullet, text) if self.is_headline(bullet, text) => self.item(row, text),
            _ => match held {
                Some(Held::Bullet) => self.item(row, row.text),
                Some(Held::Mark) => self.block(row, true, row.text),
                None if self.is_bare_headline(row.text, below) => self.item(row, row.text),
                None => self.block(row, false, row.text),
            },
        }
    }

    /// Whether the contents list the section, or it has begun already.
    fn is_known(&self, title: &str) -> bool {
        let key = normalise(title);
        self.titles.contains(key.as_str()) || self.body.sections.iter().any(|section| section.key == key)
    }

    /// Begins a section, or leaves the line out where it is the heading of one that has begun, printed again.
    fn known_section(&mut self, row: &Row<'a>, numeral: u32, title: &str) {
        let key = normalise(title);
        if self.body.sections.iter().any(|section| section.key == key) {
            self.body.unknown.push(Unknown::of(row));
        } else {
            self.section(row, numeral, title);
        }
    }

    /// Whether a heading that the contents do not list begins a section: its numeral is the next one and free, and an item
    /// follows at once. Sub-points with numerals (“一、加强…”) are followed by text.
    fn is_section(&self, numeral: u32, title: &str, below: &[Row<'_>]) -> bool {
        let last = self.body.sections.last().map_or(0, |section| section.numeral);
        let item_follows = below.first().is_some_and(|next| match shape(next.text) {
            Shape::Bullet(bullet, _) => Some(bullet) == self.bullet,
            _ => self.listed.contains(&*normalise(next.text)),
        });
        let first = self.body.sections.is_empty() && self.open.is_none();
        classify::is_title(title)
            && numeral > last
            && !self.claimed.contains(&numeral)
            && (item_follows || first)
    }

    /// Whether a bullet begins an item. A bullet at a sub-point belongs to the item: it reads like a sentence, or it is
    /// not the bullet of headlines and the item before has no source yet.
    fn is_headline(&self, bullet: char, text: &str) -> bool {
        if self.is_listed(text) {
            return true;
        }
        let closed = self.open.as_ref().is_none_or(Open::is_closed);
        let sentence = classify::ends_sentence(text);
        if Some(bullet) == self.bullet {
            closed || !sentence
        } else {
            closed && !sentence && !classify::is_weak(bullet)
        }
    }

    /// Whether a line without a bullet begins an item: the contents list it and it is not the lead repeating its headline,
    /// or it stands between a heading and a paragraph.
    fn is_bare_headline(&self, text: &str, below: &[Row<'_>]) -> bool {
        match &self.open {
            Some(open) => !open.blocks.is_empty() && self.is_listed(text),
            None if self.body.sections.is_empty() => false,
            None => {
                let marked = |row: &Row<'_>| matches!(shape(row.text), Shape::Marked(_));
                let text_follows = below.first().is_some_and(|next| shape(next.text) == Shape::Text);
                let paragraph_follows = below.iter().take(2).any(marked)
                    && (text_follows || below.first().is_some_and(marked));
                self.is_listed(text) || (paragraph_follows && !classify::ends_sentence(text))
            }
        }
    }

    /// Whether the contents list the headline, and it has not been read yet.
    fn is_listed(&self, text: &str) -> bool {
        if self.listed.is_empty() {
            return false;
        }
        let key = normalise(text);
        self.listed.contains(&*key) && !self.used.contains(&key)
    }

    fn section(&mut self, row: &Row<'_>, numeral: u32, title: &str) {
        self.close();
        self.body.sections.push(SectionDraft {
            numeral,
            title: tidy(title),
            key: normalise(title),
            line: row.number,
            ..SectionDraft::default()
        });
    }

    fn item(&mut self, row: &Row<'a>, headline: &'a str) {
        self.close();
        if self.body.sections.is_empty() {
            self.body.sections.push(SectionDraft {
                line: row.number,
                ..SectionDraft::default()
            });
        }
        self.used.insert(normalise(headline));
        self.open = Some(Open {
            headline,
            line: row.number,
            blocks: Vec::new(),
        });
    }

    fn block(&mut self, row: &Row<'a>, marked: bool, text: &'a str) {
        match &mut self.open {
            Some(open) => open.blocks.push(Block { marked, text }),
            None => self.body.unknown.push(Unknown::of(row)),
        }
    }

    fn close(&mut self) {
        if let (Some(open), Some(section)) = (self.open.take(), self.body.sections.last_mut()) {
            let ordinal = u32::try_from(section.items.len() + 1).unwrap_or(u32::MAX);
            section.items.push(open.finish(ordinal));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::contents;
    use super::super::lines::{rows, tests::page};
    use super::*;

    /// Section titles with the headlines and numbers of texts of their items, and the number of unknown lines.
    fn read(listed: &str, text: &str) -> (Vec<String>, usize) {
        let (listed, text) = (page(listed), page(text));
        let contents = contents::read(&rows(std::slice::from_ref(&listed)));
        let body = super::read(&rows(std::slice::from_ref(&text)), &contents);
        let sections = body.sections.iter().map(|section| {
            let items = section.items.iter().map(|draft| {
                let texts = usize::from(draft.item.lead.is_some()) + draft.item.paragraphs.len();
                format!(" {}{texts}", draft.item.headline)
            });
            format!("{}:{}", section.title, items.collect::<String>())
        });
        (sections.collect(), body.unknown.len())
    }

    #[test]
    fn sections_and_items() {
        let text = "一、甲\n● 子\n文。\n\n\n\n\n■文（山海政府网站）。\n●丑\n■文。\n二、乙\n●寅\n文。";
        assert_eq!(read("", text), (vec!["甲: 子2 丑1".into(), "乙: 寅1".into()], 0));
    }

    #[test]
    fn sub_points_stay_in_their_item() {
        let text = "一、甲\n●子\n■文：\n一、加强领导\n二、加强协调\n○其一\n●其二；\n- 其三\n●丑\n■文。";
        assert_eq!(read("", text), (vec!["甲: 子6 丑1".into()], 0));
    }

    #[test]
    fn another_bullet_begins_an_item_behind_a_source_or_where_the_contents_list_it() {
        let text = "一、甲\n●子\n■文（山海政府网站）。\n○丑\n■文。\n- 寅\n■文。";
        assert_eq!(read("一、甲 1\n寅 1", text), (vec!["甲: 子1 丑1 寅1".into()], 0));
    }

    #[test]
    fn a_lost_bullet_is_made_up_for_by_the_contents() {
        let text = "一、甲\n子\n子\n■文。\n丑\n■文。";
        assert_eq!(read("一、甲 1\n●子 1\n●丑 1", text), (vec!["甲: 子2 丑1".into()], 0));
    }

    #[test]
    fn a_sub_point_cannot_take_the_numeral_of_a_listed_section() {
        let text = "一、甲\n●子\n■文：\n二、协调\n●丑\n■文。\n二、乙\n●寅\n■文。";
        let listed = "一、甲 1\n●子 1\n●丑 1\n二、乙 2\n●寅 2";
        assert_eq!(read(listed, text), (vec!["甲: 子2 丑1".into(), "乙: 寅1".into()], 0));
    }

    #[test]
    fn a_heading_printed_again_and_text_outside_items_are_unknown() {
        let text = "一、甲\n本期收录：\n●子\n■文。\n一、甲\n■文。";
        assert_eq!(read("", text), (vec!["甲: 子2".into()], 2));
    }

    #[test]
    fn a_mark_alone_on_its_line_belongs_to_the_next() {
        assert_eq!(read("", "●\n子\n■\n文。\n● 丑"), (vec![": 子1 丑0".into()], 0));
    }
}
