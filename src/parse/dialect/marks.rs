//! The bullet of headlines and the mark of paragraphs, where they are not ● and ■.
//! Must not decide for a single row: a mark is what it is for the whole document.

use super::super::classify::{self, Shape, ends_sentence, shape};
use super::super::contents;
use super::Places;
use super::lead_in::{LeadIn, Marked};
use std::borrow::Cow;
use std::collections::HashMap;

/// Fewest rows with a mark that say what it is for.
const FEW: u32 = 3;

/// How the rows that begin with one mark stand, in the body.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    rows: u32,
    /// Those that follow the end of an item, or that the contents list.
    headlines: u32,
    /// Those whose text, up to the next mark, ends in a sentence or a source.
    ended: u32,
    /// Those whose text ends in a source.
    sourced: u32,
    /// The number of the last one that is a headline, and how many of them are greater than the one before or the first.
    number: u32,
    counted: u32,
}

impl Tally {
    const fn is_bullet(&self) -> bool {
        self.rows >= FEW && 10 * self.headlines >= 6 * self.rows
    }

    const fn counts(&self) -> bool {
        self.counted >= FEW
    }

    const fn is_mark(&self) -> bool {
        self.rows >= FEW
            && 10 * self.headlines < 5 * self.rows
            && 10 * self.ended >= 7 * self.rows
            && 10 * self.sourced >= 3 * self.rows
    }
}

/// Writes one mark for two of a kind (`●●开工`), and takes the one off that stands before the heading of a section
/// (`■ 一、招商引资`).
pub(super) fn single(texts: &mut [Cow<'_, str>]) {
    for at in 0..texts.len() {
        let text = &texts[at];
        let Some(first) = text.chars().next() else {
            continue;
        };
        if !classify::is_bullet(first) && !classify::is_mark(first) {
            continue;
        }
        let rest = text.trim_start_matches(first);
        if classify::is_mark(first)
            && super::is_heading(&contents::listed(rest.trim_start()).0)
            && texts
                .get(at + 1)
                .is_some_and(|next| matches!(shape(next), Shape::Bullet(..)))
        {
            texts[at] = Cow::Owned(rest.trim_start().to_owned());
        } else if text.len() - rest.len() > first.len_utf8() && !rest.is_empty() {
            texts[at] = Cow::Owned(format!("{first}{rest}"));
        }
    }
}

/// Writes ● and ■ for what stands in their place.
pub(super) fn translate(texts: &mut [Cow<'_, str>], places: &Places) {
    let tallies = tallies(texts, places);
    let most = |is: &dyn Fn(LeadIn, &Tally) -> bool| {
        let found = tallies
            .iter()
            .filter(|(lead_in, tally)| is(**lead_in, tally));
        let found = found.max_by_key(|(_, tally)| tally.rows);
        found.map(|(lead_in, _)| *lead_in)
    };
    let marked = |lead_in: LeadIn| matches!(lead_in, LeadIn::Symbol(c) if classify::is_mark(c));
    // □ may be the bullet where ■ is the mark.
    let mark = most(&|lead_in, tally| marked(lead_in) && !tally.is_bullet());
    let mark = mark.or_else(|| {
        if tallies.keys().any(|lead_in| marked(*lead_in)) {
            return None;
        }
        let headed = tallies.values().any(Tally::is_bullet);
        let bullet = |lead_in| matches!(lead_in, LeadIn::Symbol(c) if classify::is_bullet(c));
        most(&|lead_in, tally| {
            let number = matches!(lead_in, LeadIn::Number(_));
            !number && tally.is_mark() && (headed || !bullet(lead_in))
        })
    });
    let bullets: Vec<LeadIn> = tallies
        .iter()
        .filter(|(lead_in, tally)| {
            let known = matches!(lead_in, LeadIn::Symbol(c) if classify::is_bullet(*c) || classify::is_weak(*c));
            Some(**lead_in) != mark
                && !known
                && tally.is_bullet()
                && (tally.counts() || !matches!(lead_in, LeadIn::Number(_)))
                && (mark.is_some() || !marked(**lead_in))
        })
        .map(|(lead_in, _)| *lead_in)
        .collect();
    let listed = listed(texts, places, mark);
    if bullets.is_empty() && listed.is_empty() && mark.is_none_or(marked) {
        return;
    }
    for (at, text) in texts.iter_mut().enumerate() {
        let Some(Marked { lead_in, rest, .. }) = LeadIn::of(text) else {
            continue;
        };
        let number = matches!(lead_in, LeadIn::Number(_));
        let headline = || at < places.front || places.begins[at] || places.recurs(at, text);
        let lists = at < places.front && listed.contains(&lead_in);
        if (bullets.contains(&lead_in) && (!number || headline())) || lists {
            *text = Cow::Owned(format!("●{rest}"));
        } else if Some(lead_in) == mark && !marked(lead_in) {
            *text = Cow::Owned(format!("■{rest}"));
        }
    }
}

/// The marks of the contents that are no bullets of the weekly, less the `mark` of paragraphs: what stands behind many of them
/// the body has too, and often one follows another, as headings do not.
fn listed(texts: &[Cow<'_, str>], places: &Places, mark: Option<LeadIn>) -> Vec<LeadIn> {
    #[derive(Default)]
    struct Count {
        rows: u32,
        recurring: u32,
        followed: u32,
    }
    let mut counts: HashMap<LeadIn, Count> = HashMap::new();
    let mut last = None;
    for (at, text) in texts.iter().enumerate().take(places.front) {
        let Some(Marked { lead_in, .. }) = LeadIn::of(text) else {
            continue;
        };
        let count = counts.entry(lead_in).or_default();
        count.rows += 1;
        count.recurring += u32::from(places.recurs(at, text));
        count.followed += u32::from(last == Some(lead_in));
        last = Some(lead_in);
    }
    let known = |lead_in: &LeadIn| matches!(lead_in, LeadIn::Symbol(c) if classify::is_bullet(*c) || classify::is_weak(*c));
    let is_bullet = |count: &Count| {
        count.recurring >= 2
            && 10 * count.recurring >= 3 * count.rows
            && 3 * count.followed >= count.rows
    };
    counts
        .into_iter()
        .filter(|(lead_in, count)| !known(lead_in) && Some(*lead_in) != mark && is_bullet(count))
        .map(|(lead_in, _)| lead_in)
        .collect()
}

/// The tally of each mark behind the first text, where no contents are.
fn tallies(texts: &[Cow<'_, str>], places: &Places) -> HashMap<LeadIn, Tally> {
    let mut tallies: HashMap<LeadIn, Tally> = HashMap::new();
    let mut open: Option<LeadIn> = None;
    let end = |open: Option<LeadIn>, last: usize, tallies: &mut HashMap<LeadIn, Tally>| {
        if let Some(tally) = open.and_then(|open| tallies.get_mut(&open)) {
            tally.sourced += u32::from(places.closes[last]);
            tally.ended += u32::from(places.closes[last] || ends_sentence(&texts[last]));
        }
    };
    let start = places.front.saturating_sub(1);
    for (at, text) in texts.iter().enumerate().skip(start) {
        let before = at.saturating_sub(1);
        if let Some(marked) = LeadIn::of(text) {
            end(open, before, &mut tallies);
            let tally = tallies.entry(marked.lead_in).or_default();
            tally.rows += 1;
            if places.begins[at] || places.recurs(at, text) {
                tally.headlines += 1;
                if let Some(number) = marked.number {
                    tally.counted +=
                        u32::from(number > tally.number || (number == 1 && tally.number > 1));
                    tally.number = number;
                }
            }
            open = Some(marked.lead_in);
        } else if super::is_heading(text) {
            end(open.take(), before, &mut tallies);
        }
    }
    end(open, texts.len().saturating_sub(1), &mut tallies);
    tallies
}
