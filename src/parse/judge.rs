//! What begins a section or an item, and what is a sub-point of the item before.
//! Must not read the item; it weighs one line, with what the contents list, what came before and what follows.

use super::attribution::attributed;
use super::classify::{self, Shape, shape};
use super::contents::Contents;
use super::draft::SectionDraft;
use super::item::Open;
use super::lines::Row;
use super::listing::Listing;
use crate::text::normalise;
use std::collections::HashSet;

/// What is known of the whole body, and of what has been read.
pub(super) struct Judge<'c> {
    bullet: Option<char>,
    listed: Listing<'c>,
    /// Whether the items name their sources, so that one without is still open.
    sourced: bool,
    titles: HashSet<&'c str>,
    claimed: HashSet<u32>,
    /// Normalised titles of the sections that have begun.
    begun: HashSet<String>,
}

impl<'c> Judge<'c> {
    /// A judge of the body's `rows`.
    pub(super) fn new(rows: &[Row<'_>], contents: &'c Contents) -> Self {
        let titles = contents.titles();
        let listed = Listing::new(contents);
        let sources = rows
            .iter()
            .filter(|row| attributed(row.text).is_some())
            .count();
        Self {
            bullet: main_bullet(rows),
            sourced: 2 * sources >= listed.len(),
            listed,
            claimed: claimed(rows, &titles),
            titles,
            begun: HashSet::new(),
        }
    }

    /// Takes note of a section that begins, by its normalised title.
    pub(super) fn begin(&mut self, key: String) {
        self.begun.insert(key);
    }

    /// Takes note of a headline.
    pub(super) fn read(&mut self, headline: &str) {
        self.listed.take(headline);
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
                _ => self.listed.has(next.text),
            })
        };
        let first = last.is_none() && open.is_none();
        classify::is_title(title)
            && numeral > last.map_or(0, |section| section.numeral)
            && !self.claimed.contains(&numeral)
            && (first || item_follows())
    }

    /// Whether a bullet begins an item. A bullet at a sub-point belongs to the `open` item, which has no source yet: it reads
    /// like a sentence, or it is not the bullet of headlines, or the contents list other headlines.
    pub(super) fn is_headline(
        &self,
        bullet: char,
        text: &str,
        open: Option<&Open<'_>>,
        below: &[Row<'_>],
    ) -> bool {
        if self.listed.owes(text) {
            return true;
        }
        let sentence = classify::ends_sentence(text);
        match open.filter(|open| !open.is_closed()) {
            None => self.is_main(bullet) || !(sentence || classify::is_weak(bullet)),
            Some(open) => self.is_main(bullet) && !sentence && self.is_no_point(text, open, below),
        }
    }

    /// Whether `text` at a bullet of headlines can be no sub-point of the `open` item: the contents list something like it,
    /// or there are none to say so. Where items name no source at all, and in one without text, a paragraph below is enough.
    fn is_no_point(&self, text: &str, open: &Open<'_>, below: &[Row<'_>]) -> bool {
        self.listed.len() == 0
            || ((!self.sourced || open.blocks.is_empty()) && is_paragraph_next(below))
            || self.listed.owes_like(text)
    }

    /// Whether a line without a bullet ends the `open` item and begins the next: the contents list it, and it is not the
    /// lead repeating its headline.
    pub(super) fn is_bare_headline_in(&self, text: &str, open: &Open<'_>) -> bool {
        !open.blocks.is_empty() && self.listed.owes(text)
    }

    /// Whether a line without a bullet is the first headline of its section: the contents list it, or a paragraph follows,
    /// perhaps behind a lead.
    pub(super) fn is_first_headline(&self, text: &str, below: &[Row<'_>]) -> bool {
        self.listed.owes(text) || (is_paragraph_next(below) && !classify::ends_sentence(text))
    }
}

/// Whether a paragraph comes `below`, perhaps behind a lead.
fn is_paragraph_next(below: &[Row<'_>]) -> bool {
    let shapes: Vec<_> = below.iter().take(2).map(|row| shape(row.text)).collect();
    matches!(
        shapes[..],
        [Shape::Marked(_), ..] | [Shape::Text, Shape::Marked(_)]
    )
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
