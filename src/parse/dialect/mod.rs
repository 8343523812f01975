//! What plays the part of ●, ■ and 一、 in a document that prints something else, put in their place, so that all that follows
//! knows but one way of printing.
//! Must not change a text that prints the marks of the weekly, and says nothing of what a row is to the issue.
//!
//! Judged by where a mark stands, not by what it looks like. Behind a source an item has ended, so what most often follows
//! one is the bullet of headlines; what begins most texts that end in sentences and sources is the mark of paragraphs; and
//! what stands between the end of an item and a headline is the heading of a section.

mod headings;
mod lead_in;
mod leaders;
mod marks;

use super::attribution::attributed;
use super::classify::{self, Shape, ends_sentence, shape};
use super::contents::listed;
use super::lines::Row;
use crate::text::normalise;
use std::borrow::Cow;
use std::collections::HashSet;

/// The texts of `rows`, with the marks of the weekly for others.
pub(super) fn translated<'a>(rows: &[Row<'a>]) -> Vec<Cow<'a, str>> {
    let mut texts: Vec<Cow<'a, str>> = rows.iter().map(|row| Cow::Borrowed(row.text)).collect();
    marks::single(&mut texts);
    let front = Places::of(&texts, true).front;
    leaders::translate(&mut texts, front);
    marks::translate(&mut texts);
    headings::translate(rows, &mut texts);
    texts
}

/// What the rows of a document say of each other.
struct Places {
    /// For each row whether it ends an item: it names a source.
    closes: Vec<bool>,
    /// For each row whether an item may begin with it: the one above ends an item or is a section heading.
    begins: Vec<bool>,
    /// What stands before the first text of an item, and what stands behind, marks and pages not counted.
    listed: [HashSet<String>; 2],
    /// The first row of the first text of an item, or the number of rows.
    front: usize,
}

impl Places {
    /// `by_mark` is whether a mark of paragraphs begins a text too, and not only its source ends it.
    fn of(texts: &[Cow<'_, str>], by_mark: bool) -> Self {
        let closes: Vec<bool> = (0..texts.len())
            .map(|at| {
                attributed(&texts[at]).is_some()
                    || at
                        .checked_sub(1)
                        .is_some_and(|start| is_broken_source(&texts[start], &texts[at]))
            })
            .collect();
        let begins = (0..texts.len())
            .map(|at| {
                at.checked_sub(1)
                    .is_some_and(|before| closes[before] || is_heading(&texts[before]))
            })
            .collect();
        let is_marked = |at: &usize| matches!(shape(&texts[*at]), Shape::Marked(_));
        let mut rows = 0..texts.len();
        let front = if by_mark {
            rows.find(|at| is_marked(at) || closes[*at])
        } else {
            rows.clone()
                .find(|at| closes[*at])
                .or_else(|| rows.find(is_marked))
        };
        let front = front.unwrap_or(texts.len());
        let keys = |texts: &[Cow<'_, str>]| texts.iter().filter_map(|text| key(text)).collect();
        Self {
            closes,
            begins,
            listed: [keys(&texts[..front]), keys(&texts[front..])],
            front,
        }
    }

    /// Whether the contents list the `text` of the row at `at`, or the body has what stands in them there.
    fn recurs(&self, at: usize, text: &str) -> bool {
        let other = &self.listed[usize::from(at < self.front)];
        key(text).is_some_and(|key| other.contains(&key))
    }
}

/// Longest headline that is looked for in the contents, in bytes.
const COMPARED: usize = 400;

/// What `text` is known by if it may be a headline: without a mark at its start and a page at its end, normalised.
fn key(text: &str) -> Option<String> {
    if text.len() > COMPARED || ends_sentence(text) {
        return None;
    }
    let bare = lead_in::LeadIn::of(text).map_or(text, |marked| marked.rest);
    Some(normalise(&listed(bare).0)).filter(|key| !key.is_empty())
}

/// Whether `text` is the heading of a section in the form of the weekly.
fn is_heading(text: &str) -> bool {
    matches!(shape(text), Shape::Heading(_, title) if classify::is_title(title))
}

/// Whether the bracket of a source begins in one row and ends in the next: `（山海政府` `网站）。`
fn is_broken_source(first: &str, second: &str) -> bool {
    second.chars().nth(20).is_none()
        && second.contains(['）', ')'])
        && !second.contains(['（', '('])
        && {
            let start = first.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            attributed(&format!("{}{second}", &first[start..])).is_some()
        }
}
