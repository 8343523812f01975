//! What begins a section or an item, and what is a sub-point of the item before.
//! Must not read the item; it weighs one line, with what the contents list, what came before and what follows.

use super::attribution::attributed;
use super::classify::{self, Shape, shape};
use super::contents::Contents;
use super::draft::SectionDraft;
use super::item::Open;
use super::lines::Row;
use super::listing::Listing;
use super::passages::{HASH, Passage};
use crate::text::normalise;
use std::collections::HashSet;

/// What is known of the whole body, and of what has been read.
pub(super) struct Judge<'c> {
    /// Bullets of headlines: the one of the body, and those that sections begin with.
    bullets: Vec<char>,
    /// The bullet of paragraphs, in a body without ■.
    mark: Option<char>,
    listed: Listing<'c>,
    /// Whether the items name their sources, so that one without is still open.
    sourced: bool,
    titles: HashSet<&'c str>,
    claimed: HashSet<u32>,
    /// Normalised titles of the sections that have begun.
    begun: HashSet<String>,
}

impl<'c> Judge<'c> {
    /// A judge of the body's `passages`.
    pub(super) fn new(passages: &[Passage<'_>], contents: &'c Contents) -> Self {
        let titles = contents.titles();
        let listed = Listing::new(contents);
        let sources = passages
            .iter()
            .filter(|passage| attributed(&passage.text).is_some())
            .count();
        let mark = paragraph_bullet(passages);
        let shapes = || passages.iter().map(Passage::shape);
        Self {
            bullets: headline_bullet(&shapes(), mark, contents)
                .into_iter()
                .collect(),
            mark,
            sourced: 2 * sources >= listed.len(),
            listed,
            claimed: claimed(passages, &titles),
            titles,
            begun: HashSet::new(),
        }
    }

    /// Takes note of a section that begins, by its normalised title; the first bullet `below` is one of headlines.
    pub(super) fn begin(&mut self, key: String, below: &[Passage<'_>]) {
        self.begun.insert(key);
        if let Some(Shape::Bullet(bullet, text)) = below.first().map(Passage::shape)
            && !self.is_main(bullet)
            && !self.is_mark(bullet)
            && !classify::ends_statement(text)
        {
            self.bullets.push(bullet);
        }
    }

    /// Takes note of a headline.
    pub(super) fn read(&mut self, headline: &str) {
        self.listed.take(headline);
    }

    /// Whether `bullet` is the one of headlines.
    pub(super) fn is_main(&self, bullet: char) -> bool {
        self.bullets.contains(&bullet)
    }

    /// Whether `bullet` stands where other digests have ■.
    pub(super) fn is_mark(&self, bullet: char) -> bool {
        self.mark == Some(bullet)
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
        below: &[Passage<'_>],
    ) -> bool {
        if self.titles.contains(normalise(title).as_str()) {
            return true;
        }
        let closed = open.is_none_or(Open::is_closed);
        let next = numeral == last.map_or(0, |section| section.numeral) + 1;
        let item_follows = || {
            let Some(below_it) = below.first() else {
                return false;
            };
            if let Shape::Bullet(bullet, text) = below_it.shape() {
                let strong = !classify::is_weak(bullet) || self.is_paragraph_next(&below[1..]);
                let other = closed && next && strong;
                self.is_main(bullet) || (other && !classify::ends_statement(text))
            } else {
                let bare = closed && next && self.bullets.is_empty();
                self.listed.has(&below_it.text)
                    || (bare && self.is_first_headline(&below_it.text, &below[1..]))
            }
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
        below: &[Passage<'_>],
    ) -> bool {
        if self.listed.owes(text) {
            return true;
        }
        let sentence = classify::ends_statement(text);
        match open.filter(|open| !open.is_closed()) {
            None => {
                // Behind a source no point can stand.
                let text_follows = || {
                    matches!(
                        below.first().map(Passage::shape),
                        Some(Shape::Marked(_) | Shape::Text)
                    )
                };
                let closed = open.is_some();
                self.is_main(bullet)
                    || (!sentence && (!classify::is_weak(bullet) || (closed && text_follows())))
            }
            Some(open) => {
                let other = !classify::is_weak(bullet) && self.is_paragraph_next(below);
                (self.is_main(bullet) || other) && !sentence && self.is_no_point(text, open, below)
            }
        }
    }

    /// Whether `text` at a bullet of headlines can be no sub-point of the `open` item: the contents list something like it,
    /// or there are none to say so. Where items name no source at all, and in one without text, a paragraph below is enough;
    /// so it is behind a paragraph that does not announce points.
    fn is_no_point(&self, text: &str, open: &Open<'_>, below: &[Passage<'_>]) -> bool {
        let told = open
            .blocks
            .last()
            .is_none_or(|last| last.marked && !last.text.ends_with(['：', ':']));
        self.listed.len() == 0
            || ((!self.sourced || told) && self.is_paragraph_next(below))
            || self.listed.owes_like(text)
    }

    /// Whether a passage without a bullet ends the `open` item and begins the next: the contents list it, and it is not the
    /// lead repeating its headline; or nothing else begins items here, the item is closed and a paragraph follows.
    pub(super) fn is_bare_headline_in(
        &self,
        text: &str,
        open: &Open<'_>,
        below: &[Passage<'_>],
    ) -> bool {
        (!open.blocks.is_empty() && self.listed.owes(text))
            || (open.is_closed() && !classify::ends_sentence(text) && self.listed.owes_like(text))
            || (self.bullets.is_empty()
                && open.is_closed()
                && attributed(text).is_none()
                && self.is_first_headline(text, below))
    }

    /// Whether a line without a bullet is the first headline of its section: the contents list it, or a paragraph follows,
    /// perhaps behind a lead.
    pub(super) fn is_first_headline(&self, text: &str, below: &[Passage<'_>]) -> bool {
        self.listed.owes(text) || (self.is_paragraph_next(below) && !classify::ends_sentence(text))
    }

    /// Whether a paragraph comes `below`, perhaps behind a lead.
    fn is_paragraph_next(&self, below: &[Passage<'_>]) -> bool {
        let is_paragraph = |passage: &Passage<'_>| match passage.shape() {
            Shape::Marked(_) => true,
            Shape::Bullet(bullet, _) => self.is_mark(bullet),
            _ => false,
        };
        match below {
            [next, ..] if is_paragraph(next) => true,
            [lead, next, ..] => lead.shape() == Shape::Text && is_paragraph(next),
            _ => false,
        }
    }
}

/// The bullet of headlines among the `rows` of a body.
pub(super) fn main_bullet(rows: &[Row<'_>], contents: &Contents) -> Option<char> {
    let shapes = rows.iter().map(|row| match shape(row.text) {
        Shape::Text if row.level > 0 => Shape::Bullet(HASH, row.text),
        shape => shape,
    });
    headline_bullet(&shapes, None, contents)
}

/// The bullet of headlines: the first one, if it says so alone. One that running text has too only where there is no other:
/// the one that stands before most of the listed headlines, else most paragraphs or, last, most lines that end no sentence.
fn headline_bullet<'s>(
    shapes: &(impl Iterator<Item = Shape<'s>> + Clone),
    mark: Option<char>,
    contents: &Contents,
) -> Option<char> {
    let bullets = || {
        shapes.clone().filter_map(|shape| match shape {
            Shape::Bullet(bullet, text) if Some(bullet) != mark && !text.is_empty() => {
                Some((bullet, text))
            }
            _ => None,
        })
    };
    if let Some((bullet, _)) = bullets().find(|(bullet, _)| !classify::is_weak(*bullet)) {
        return Some(bullet);
    }
    let listed: HashSet<&str> = contents.keys().collect();
    let mut weights: Vec<(char, usize)> = Vec::new();
    for (bullet, text) in bullets() {
        let weight = if !listed.is_empty() && listed.contains(normalise(text).as_str()) {
            100
        } else {
            usize::from(!classify::ends_sentence(text))
        };
        match weights.iter_mut().find(|(known, _)| *known == bullet) {
            Some((_, sum)) => *sum += weight,
            None => weights.push((bullet, weight)),
        }
    }
    let heaviest = weights
        .into_iter()
        .rev()
        .max_by_key(|(_, weight)| *weight)?;
    (heaviest.1 > 0).then_some(heaviest.0)
}

/// The bullet that paragraphs begin with, where ■ is nowhere: most passages at it end in a sentence, and many in a source.
fn paragraph_bullet(passages: &[Passage<'_>]) -> Option<char> {
    let mut tallies: Vec<(char, [usize; 3])> = Vec::new();
    for passage in passages {
        match passage.shape() {
            Shape::Marked(_) => return None,
            Shape::Bullet(bullet, text) => {
                let sourced = attributed(text).is_some();
                let closed = sourced || classify::ends_sentence(text);
                let at = tallies.iter().position(|(known, _)| *known == bullet);
                let at = at.unwrap_or_else(|| {
                    tallies.push((bullet, [0; 3]));
                    tallies.len() - 1
                });
                let [all, ends, from] = &mut tallies[at].1;
                *all += 1;
                *ends += usize::from(closed);
                *from += usize::from(sourced);
            }
            _ => {}
        }
    }
    let is_mark = |[all, ends, sources]: [usize; 3]| {
        all >= 2 && 10 * ends >= 7 * all && 10 * sources >= 3 * all
    };
    let found = tallies.into_iter().find(|(_, tally)| is_mark(*tally))?;
    Some(found.0)
}

/// The numerals of those headings whose titles the contents list, so that a sub-point cannot take them.
fn claimed(passages: &[Passage<'_>], titles: &HashSet<&str>) -> HashSet<u32> {
    passages
        .iter()
        .filter_map(|passage| match passage.shape() {
            Shape::Heading(numeral, title) => Some((numeral, normalise(title))),
            _ => None,
        })
        .filter(|(_, key)| titles.contains(key.as_str()))
        .map(|(numeral, _)| numeral)
        .collect()
}
