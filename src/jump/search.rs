//! One search of an index, step by step, so that who waits for it sees the newest hits first, and can break it off.

use super::Query;
use super::index::{Alphabet, Index, Within};
use super::pattern::{Match, Pattern};
use crate::issue::ItemId;
use crate::text::{normalise, normalise_mapped};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::cmp::Reverse;
use std::ops::Range;

/// How many words of candidates are scored at most, each word of each: contiguous ones first, newest first. Scoring every match is what makes a common word slow:
/// half of all headlines matching costs 25–64 ms at 100,000.
const SCORED: usize = 2000;
/// Headlines that are looked through at once: some five milliseconds.
const STEP: usize = 65_536;

/// One headline that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Whose headline.
    pub item: ItemId,
    /// The scorer's measure; greater is better, comparable within one query among hits that are as good otherwise.
    pub score: i64,
    /// Whether each word stands in the headline side by side.
    pub contiguous: bool,
    /// 0-based character positions in the *folded* headline; [`Hit::printed`] leads to the printed one.
    matched: Vec<u32>,
}

/// The best hits of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Best first.
    pub best: Vec<Hit>,
    /// How many headlines match at all.
    pub total: usize,
}

/// A search that has come to some place in the index.
#[derive(Debug)]
pub struct Search<'a> {
    index: &'a Index,
    patterns: Vec<Pattern>,
    /// Rows that are still to be looked at.
    rest: Range<usize>,
    /// Rows that match, side by side and not; at most `kept` of each.
    contiguous: Vec<usize>,
    gappy: Vec<usize>,
    kept: usize,
    total: usize,
}

impl Hit {
    /// Whether all of `headline`, the printed headline of this hit's item, matched.
    #[must_use]
    pub fn is_whole(&self, headline: &str) -> bool {
        self.matched.len() == normalise(headline).chars().count()
    }

    /// The matched characters as 0-based character positions in `headline`, the printed headline of this hit's item.
    #[must_use]
    pub fn printed(&self, headline: &str) -> Vec<u32> {
        let folded = normalise_mapped(headline);
        let mut positions: Vec<u32> = self
            .matched
            .iter()
            .filter_map(|at| folded.positions.get(*at as usize).copied())
            .collect();
        positions.dedup();
        positions
    }
}

impl Index {
    /// The best `limit` hits: contiguous ones first, then by the likelier reading of what is typed, then by score, then the newer one. An
    /// empty query gives the newest headlines.
    #[must_use]
    pub fn find(&self, query: &Query, limit: usize) -> Hits {
        let mut search = self.search(query, &Within::All);
        search.kept = search.kept.max(limit);
        while search.step() {}
        search.hits(limit)
    }

    /// The same, to be carried on step by step.
    #[must_use]
    pub fn search(&self, query: &Query, within: &Within) -> Search<'_> {
        let words = query.words().iter();
        Search {
            index: self,
            patterns: words
                .map(|word| Pattern::new(word, self.alphabet()))
                .collect(),
            rest: self.range(within),
            contiguous: vec![],
            gappy: vec![],
            kept: SCORED,
            total: 0,
        }
    }
}

impl Search<'_> {
    /// Looks at some more headlines; whether there were any.
    pub fn step(&mut self) -> bool {
        let end = self.rest.end.min(self.rest.start + STEP);
        let rows = self.rest.start..end;
        self.rest.start = end;
        for row in rows.clone() {
            let Some(contiguous) = self.matches(row) else {
                continue;
            };
            self.total += 1;
            let kept = if contiguous {
                &mut self.contiguous
            } else {
                &mut self.gappy
            };
            if kept.len() < self.kept {
                kept.push(row);
            }
        }
        !rows.is_empty()
    }

    /// Whether so much is left that hits known by now are worth their scoring: it takes as long as looking at some ten thousand headlines.
    #[must_use]
    pub fn is_far_from_done(&self) -> bool {
        self.rest.len() >= STEP
    }

    /// Whether a headline has all words, and whether each of them side by side.
    fn matches(&self, row: usize) -> Option<bool> {
        let (headline, mask) = (self.index.headline(row), self.index.mask(row));
        let mut contiguous = true;
        for pattern in &self.patterns {
            contiguous &= pattern.matches(headline, mask)?.contiguous;
        }
        Some(contiguous)
    }

    /// The best `limit` hits among what has been looked at.
    #[must_use]
    pub fn hits(&self, limit: usize) -> Hits {
        let most = limit.max(SCORED / self.patterns.len().max(1));
        let rows = self.contiguous.iter().chain(&self.gappy).take(most);
        let skim = SkimMatcherV2::default().respect_case();
        let mut scored: Vec<Scored> = rows.filter_map(|row| self.score(*row, &skim)).collect();
        scored.sort_by_key(Scored::rank);
        scored.truncate(limit);
        let best = scored.into_iter().map(|scored| self.hit(scored, &skim));
        Hits {
            best: best.collect(),
            total: self.total,
        }
    }

    fn score(&self, row: usize, skim: &SkimMatcherV2) -> Option<Scored> {
        let (headline, mask) = (self.index.headline(row), self.index.mask(row));
        let alphabet = self.index.alphabet();
        let text = text(headline.iter().copied(), alphabet);
        let mut scored = Scored {
            row,
            contiguous: true,
            likeliness: 0,
            is_whole: true,
            score: 0,
            words: vec![],
        };
        for pattern in &self.patterns {
            let found = pattern.matches(headline, mask)?;
            let aligned = pattern.align(headline, found, alphabet);
            let met = self::text(aligned.at.iter().map(|at| headline[*at]), alphabet);
            scored.contiguous &= found.contiguous;
            scored.likeliness += found.row;
            scored.is_whole &= aligned.is_whole;
            scored.score += skim.fuzzy_match(&text, &met)?;
            scored.words.push((found, aligned.at, met));
        }
        Some(scored)
    }

    /// The hit with the characters that are to be shown: where a word stands side by side, there; else where the scorer saw it.
    fn hit(&self, scored: Scored, skim: &SkimMatcherV2) -> Hit {
        let headline = self.index.headline(scored.row).iter().copied();
        let headline = text(headline, self.index.alphabet());
        let words = scored.words.into_iter();
        let positions = words.flat_map(|(found, at, met)| {
            if found.contiguous {
                return at;
            }
            let seen = skim.fuzzy_indices(&headline, &met);
            seen.map_or(at, |(_, positions)| positions)
        });
        let mut matched: Vec<u32> = positions.filter_map(|at| u32::try_from(at).ok()).collect();
        matched.sort_unstable();
        matched.dedup();
        Hit {
            item: self.index.item(scored.row),
            score: scored.score,
            contiguous: scored.contiguous,
            matched,
        }
    }
}

/// A candidate, and what it is ranked by.
#[derive(Debug)]
struct Scored {
    row: usize,
    contiguous: bool,
    /// The less the likelier.
    likeliness: usize,
    /// Whether each word ends in a whole syllable.
    is_whole: bool,
    score: i64,
    /// How each word matches, the positions, and the characters there.
    words: Vec<(Match, Vec<usize>, String)>,
}

impl Scored {
    /// Best first; of equals the newer one.
    const fn rank(&self) -> (Reverse<bool>, usize, Reverse<bool>, Reverse<i64>, usize) {
        (
            Reverse(self.contiguous),
            self.likeliness,
            Reverse(self.is_whole),
            Reverse(self.score),
            self.row,
        )
    }
}

fn text(codes: impl Iterator<Item = u16>, alphabet: &Alphabet) -> String {
    codes.map(|code| alphabet.character(code)).collect()
}

#[cfg(test)]
mod tests;
