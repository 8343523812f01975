//! What begins a section or an item, and what is a sub-point of the item before.
//! Must not read the item; it weighs one line, with what the contents list, what came before and what follows.

use super::classify::{self, Shape, shape};
use super::contents::Contents;
use super::draft::SectionDraft;
use super::item::Open;
use super::lines::Row;
use crate::text::normalise;
use std::collections::HashSet;

/// What is known of the whole body, and of what has been read.
pub(super) struct Judge<'c> {
    bullet: Option<char>,
    listed: HashSet<&'c str>,
    titles: HashSet<&'c str>,
    claimed: HashSet<u32>,
    /// Normalised titles of the sections that have begun.
    begun: HashSet<String>,
    /// Normalised headlines that have been read.
    used: HashSet<String>,
}

impl<'c> Judge<'c> {
    /// A judge of the body's `rows`.
    pub(super) fn new(rows: &[Row<'_>], contents: &'c Contents) -> Self {
        let titles = contents.titles();
        Self {
            bullet: main_bullet(rows),
            listed: contents.keys(),
            claimed: claimed(rows, &titles),
            titles,
            begun: HashSet::new(),
            used: HashSet::new(),
        }
    }

    /// Takes note of a section that begins, by its normalised title.
    pub(super) fn begin(&mut self, key: String) {
        self.begun.insert(key);
    }

    /// Takes note of a headline.
    pub(super) fn read(&mut self, headline: &str) {
        self.used.insert(normalise(headline));
    }

    /// Whether `bullet` is the one of headlines.
    pub(super) fn is_main(&self, bullet: char) -> bool {
        self.bullet == Some(bullet)
    }

    /// Whether the section has begun.
    pub(super) fn has_begun(&self, title: &str) -> bool {
        self.begun.contains(&normalise(title))
    }

    /// Whether a heading begins a section. The contents list it; or else its numeral is a greater one than that of the `last`
    /// section, no listed section's, and an item follows at once, as it does not behind a sub-point (“一、加强…”).
    pub(super) fn is_section(
        &self,
        numeral: u32,
        title: &str,
        last: Option<&SectionDraft>,
        open: Option<&Open<'_>>,
        below: &[Row<'_>],
    ) -> bool {
        if self.titles.contains(normalise(title).as_str()) {
            return true;
        }
        let item_follows = || {
            below.first().is_some_and(|next| match shape(next.text) {
                Shape::Bullet(bullet, _) => self.is_main(bullet),
                _ => self.listed.contains(normalise(next.text).as_str()),
            })
        };
        let first = last.is_none() && open.is_none();
        classify::is_title(title)
            && numeral > last.map_or(0, |section| section.numeral)
            && !self.claimed.contains(&numeral)
            && (first || item_follows())
    }

    /// Whether a bullet begins an item. A bullet at a sub-point belongs to the `open` item: it reads like a sentence, or it
    /// is not the bullet of headlines and the item has no source yet.
    pub(super) fn is_headline(&self, bullet: char, text: &str, open: Option<&Open<'_>>) -> bool {
        if self.is_listed(text) {
            return true;
        }
        let closed = open.is_none_or(Open::is_closed);
        let sentence = classify::ends_sentence(text);
        if self.is_main(bullet) {
            closed || !sentence
        } else {
            closed && !sentence && !classify::is_weak(bullet)
        }
    }

    /// Whether a line without a bullet ends the `open` item and begins the next: the contents list it, and it is not the
    /// lead repeating its headline.
    pub(super) fn is_bare_headline_in(&self, text: &str, open: &Open<'_>) -> bool {
        !open.blocks.is_empty() && self.is_listed(text)
    }

    /// Whether a line without a bullet is the first headline of its section: the contents list it, or a paragraph follows,
    /// perhaps behind a lead.
    pub(super) fn is_first_headline(&self, text: &str, below: &[Row<'_>]) -> bool {
        let shapes: Vec<_> = below.iter().take(2).map(|row| shape(row.text)).collect();
        let paragraph_follows = matches!(
            shapes[..],
            [Shape::Marked(_), ..] | [Shape::Text, Shape::Marked(_)]
        );
        self.is_listed(text) || (paragraph_follows && !classify::ends_sentence(text))
    }

    /// Whether the contents list the headline, and it has not been read yet.
    fn is_listed(&self, text: &str) -> bool {
        if self.listed.is_empty() {
            return false;
        }
        let key = normalise(text);
        self.listed.contains(key.as_str()) && !self.used.contains(&key)
    }
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
fn claimed(rows: &[Row<'_>], titles: &HashSet<&str>) -> HashSet<u32> {
    rows.iter()
        .filter_map(|row| match shape(row.text) {
            Shape::Heading(numeral, title) => Some((numeral, normalise(title))),
            _ => None,
        })
        .filter(|(_, key)| titles.contains(key.as_str()))
        .map(|(numeral, _)| numeral)
        .collect()
}
