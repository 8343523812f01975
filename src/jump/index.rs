//! The headline index: all headlines folded, in display order, each with a mask of its characters.
//!
//! A key stroke goes through three sieves: the mask (a few nanoseconds), substring or subsequence, and only for the best
//! [`SCORED`] the scorer, because scoring every match is what makes a common word slow (measured: half of all headlines
//! matching costs 25–64 ms at 100,000).

use super::Query;
use crate::issue::ItemId;
use crate::text::normalise_mapped;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::cmp::Reverse;

/// How many candidates are scored at most: contiguous ones first, newest first.
const SCORED: usize = 2000;

/// Folded headlines of a library, newest issue first, items in order.
#[derive(Debug, Default)]
pub struct Index {
    /// All folded headlines, one behind the other.
    text: String,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    item: ItemId,
    /// One bit for each character of the headline, by a hash: a missing bit rules the headline out.
    mask: u64,
    /// End in `text`; the beginning is the end of the row before.
    end: u32,
}

/// One headline that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Whose headline.
    pub item: ItemId,
    /// The scorer's measure; greater is better, comparable within one query.
    pub score: i64,
    /// Whether every word stands in the headline as typed.
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

impl Hit {
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
    /// Adds a headline behind all others: call in display order.
    pub fn push(&mut self, item: ItemId, headline: &str) {
        let folded = crate::text::normalise(headline);
        let mask = folded.chars().fold(0, |mask, c| mask | bit(c));
        self.text.push_str(&folded);
        // 4 GiB of headlines are 50 million items; past that the index stays as it is rather than wrong.
        if let Ok(end) = u32::try_from(self.text.len()) {
            self.rows.push(Row { item, mask, end });
        }
    }

    /// How many headlines it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The best `limit` hits: contiguous ones first, then by score, then the newer one. An empty query gives the
    /// newest headlines.
    #[must_use]
    pub fn find(&self, query: &Query, limit: usize) -> Hits {
        if query.is_empty() {
            let best = self.rows.iter().take(limit);
            let best = best
                .map(|row| Hit {
                    item: row.item,
                    score: 0,
                    contiguous: true,
                    matched: vec![],
                })
                .collect();
            return Hits {
                best,
                total: self.rows.len(),
            };
        }
        let (candidates, total) = self.candidates(query);
        let skim = SkimMatcherV2::default().respect_case();
        let mut scored: Vec<(usize, Hit)> = candidates
            .into_iter()
            .filter_map(|(n, contiguous)| {
                Some((
                    n,
                    score(
                        &skim,
                        query,
                        self.headline(n),
                        self.rows[n].item,
                        contiguous,
                    )?,
                ))
            })
            .collect();
        scored.sort_by_key(|(n, hit)| (Reverse(hit.contiguous), Reverse(hit.score), *n));
        scored.truncate(limit);
        Hits {
            best: scored.into_iter().map(|(_, hit)| hit).collect(),
            total,
        }
    }

    /// Rows that match, at most [`SCORED`], contiguous ones first; and how many match in all.
    fn candidates(&self, query: &Query) -> (Vec<(usize, bool)>, usize) {
        let needed = query
            .words()
            .iter()
            .flat_map(|word| word.chars())
            .fold(0, |mask, c| mask | bit(c));
        let (mut contiguous, mut gappy, mut total) = (vec![], vec![], 0);
        for (n, row) in self.rows.iter().enumerate() {
            if row.mask & needed != needed {
                continue;
            }
            let headline = self.headline(n);
            if query
                .words()
                .iter()
                .all(|word| headline.contains(word.as_str()))
            {
                total += 1;
                if contiguous.len() < SCORED {
                    contiguous.push((n, true));
                }
            } else if query
                .words()
                .iter()
                .all(|word| is_subsequence(word, headline))
            {
                total += 1;
                if gappy.len() < SCORED {
                    gappy.push((n, false));
                }
            }
        }
        gappy.truncate(SCORED - contiguous.len());
        contiguous.append(&mut gappy);
        (contiguous, total)
    }

    fn headline(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before].end);
        &self.text[start as usize..self.rows[row].end as usize]
    }
}

/// Scores one headline; the characters matched by each word together. `None` where the scorer finds no match.
fn score(
    skim: &SkimMatcherV2,
    query: &Query,
    headline: &str,
    item: ItemId,
    contiguous: bool,
) -> Option<Hit> {
    let (mut sum, mut matched) = (0, vec![]);
    for word in query.words() {
        let (score, positions) = match headline.find(word.as_str()) {
            // The scorer may spread a word that stands there whole; the reader wants to see it whole.
            Some(at) if contiguous => {
                let first = headline[..at].chars().count();
                (
                    skim.fuzzy_match(headline, word)?,
                    (first..first + word.chars().count()).collect(),
                )
            }
            _ => skim.fuzzy_indices(headline, word)?,
        };
        sum += score;
        matched.extend(
            positions
                .into_iter()
                .filter_map(|at| u32::try_from(at).ok()),
        );
    }
    matched.sort_unstable();
    matched.dedup();
    Some(Hit {
        item,
        score: sum,
        contiguous,
        matched,
    })
}

fn bit(c: char) -> u64 {
    // Fibonacci hashing: the upper bits of the product spread neighbouring code points.
    1 << (u32::from(c).wrapping_mul(0x9E37_79B9) >> 26)
}

fn is_subsequence(word: &str, headline: &str) -> bool {
    let mut rest = headline.chars();
    word.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(headlines: &[&str]) -> Index {
        let mut index = Index::default();
        for (n, headline) in headlines.iter().enumerate() {
            index.push(ItemId(i64::try_from(n).unwrap()), headline);
        }
        index
    }

    fn found(headlines: &[&str], typed: &str) -> Vec<i64> {
        index(headlines)
            .find(&Query::new(typed), 10)
            .best
            .into_iter()
            .map(|hit| hit.item.0)
            .collect()
    }

    #[test]
    fn what_stands_there_as_typed_comes_before_what_is_spread() {
        assert_eq!(
            found(
                &["南通大学与京东共建研究院", "南京一季度开工 30 个项目"],
                "南京"
            ),
            [1, 0]
        );
    }

    #[test]
    fn among_equals_the_newer_comes_first() {
        assert_eq!(found(&["港口扩建开工", "港口扩建开工"], "港口"), [0, 1]);
    }

    #[test]
    fn words_are_and_in_any_order_and_width_and_case_do_not_count() {
        assert_eq!(
            found(&["苏州建成 AI 算力中心", "无锡建成算力中心"], "ai苏州"),
            [0_i64; 0]
        );
        assert_eq!(
            found(&["苏州建成 AI 算力中心", "无锡建成算力中心"], "ai 苏州"),
            [0]
        );
        assert_eq!(found(&["１１ＧＷ 组件项目"], "11gw"), [0]);
    }

    #[test]
    fn an_empty_query_gives_the_newest() {
        let hits = index(&["甲", "乙", "丙"]).find(&Query::new("  "), 2);
        assert_eq!((hits.best.len(), hits.total), (2, 3));
    }

    #[test]
    fn highlights_are_positions_in_the_printed_headline() {
        let headline = "徐州 ２０ GW 项目";
        let hits = index(&[headline]).find(&Query::new("20gw"), 1);
        assert_eq!(hits.best[0].printed(headline), [3, 4, 6, 7]);
    }

    #[test]
    fn the_total_counts_what_is_not_scored_too() {
        let headlines = vec!["新项目签约"; SCORED + 50];
        let hits = index(&headlines).find(&Query::new("项目"), 200);
        assert_eq!((hits.best.len(), hits.total), (200, SCORED + 50));
    }

    proptest! {
        #[test]
        fn finds_exactly_what_a_plain_scan_finds(headlines in proptest::collection::vec("[甲乙丙丁ab1 ]{0,12}", 0..20), typed in "[甲乙丙ab ]{0,4}") {
            let rows: Vec<&str> = headlines.iter().map(String::as_str).collect();
            let query = Query::new(&typed);
            let wanted = rows.iter().filter(|row| query.words().iter().all(|word| is_subsequence(word, &crate::text::normalise(row)))).count();
            let hits = index(&rows).find(&query, 100);
            prop_assert_eq!(hits.total, wanted);
            prop_assert_eq!(hits.best.len(), wanted, "the scorer agrees with the sieve");
        }
    }
}
