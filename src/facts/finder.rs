//! Finds the words of a list in a text, all at once, from left to right, none over another; of those that begin at one place the
//! longest.
//!
//! Chinese text is three bytes a character, and nearly every character begins some word of a long list: an automaton that goes on
//! byte by byte leaves its first states at each, and its tables are larger than the fast caches. So two characters are looked
//! up first, which begin a word at few places, and the automaton is asked there alone.

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use std::ops::Range;

/// Finds the words of a list.
#[derive(Debug)]
pub(super) struct Finder {
    /// Asked where a word may begin.
    search: AhoCorasick,
    beginnings: Beginnings,
}

/// A word of the list in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// The place of the word in the list; of its first place, where it is in it twice.
    pub word: usize,
    /// Bytes of the text.
    pub range: Range<usize>,
}

impl Finder {
    /// Of the words of a table that is part of the program; none is empty.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(&words)
            .unwrap_or_else(|fault| unreachable!("the table is part of the program: {fault}"));
        Self {
            search,
            beginnings: Beginnings::of(&words),
        }
    }

    /// The first word that begins at byte `from` or behind it.
    pub fn find_from(&self, text: &str, from: usize) -> Option<Hit> {
        let mut chars = text[from..].char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            let second = chars.peek().map(|(_, c)| *c);
            if self.beginnings.may_begin(first, second) {
                let rest = Input::new(text).range(from + at..).anchored(Anchored::Yes);
                if let Some(found) = self.search.find(rest) {
                    return Some(Hit {
                        word: found.pattern().as_usize(),
                        range: found.range(),
                    });
                }
            }
        }
        None
    }

    /// All words of a text, from left to right.
    pub fn find(&self, text: &str) -> impl Iterator<Item = Hit> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let hit = self.find_from(text, at)?;
            at = hit.range.end;
            Some(hit)
        })
    }
}

/// What words begin with: a set that may take something for one of it, and never misses one.
#[derive(Debug)]
struct Beginnings {
    /// Bits, by what two characters make; as many as are sparse enough that few others fall on one.
    pairs: Vec<u64>,
    /// The words of a single character.
    singles: Vec<char>,
}

impl Beginnings {
    /// Bits for each word. Measured: with 16 and no least number a tenth fewer items are read in a second.
    const SPARSE: usize = 32;

    fn of(words: &[&str]) -> Self {
        let count = (words.len() * Self::SPARSE).next_power_of_two().max(4096);
        let mut beginnings = Self {
            pairs: vec![0; count / 64],
            singles: vec![],
        };
        for word in words {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) => {
                    let (block, bit) = beginnings.place(first, second);
                    beginnings.pairs[block] |= bit;
                }
                (first, _) => beginnings.singles.extend(first),
            }
        }
        beginnings
    }

    fn may_begin(&self, first: char, second: Option<char>) -> bool {
        let is_pair = second.is_some_and(|second| {
            let (block, bit) = self.place(first, second);
            self.pairs[block] & bit != 0
        });
        is_pair || self.singles.contains(&first)
    }

    /// The block of the bits that two characters have, and their bit in it.
    fn place(&self, first: char, second: char) -> (usize, u64) {
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, §6.4): the upper bits of a product with the golden section of 2^64.
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        let pair = (u64::from(first) << 32) | u64::from(second);
        let hash = pair.wrapping_mul(GOLDEN) >> 40;
        let hash = hash as usize;
        ((hash >> 6) & (self.pairs.len() - 1), 1 << (hash & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 6] = ["苏州", "苏州工业园区", "工业", "园区", ",", "ai"];

    fn found(text: &str) -> Vec<&str> {
        let finder = Finder::of(WORDS);
        finder.find(text).map(|hit| &text[hit.range]).collect()
    }

    #[test]
    fn the_longest_word_at_a_place_is_found() {
        assert_eq!(
            found("在苏州工业园区,ai园区"),
            ["苏州工业园区", ",", "ai", "园区"]
        );
        assert_eq!(found("苏州工业大学"), ["苏州", "工业"]);
        assert_eq!(found("苏"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }

    #[test]
    fn from_a_byte_on() {
        let finder = Finder::of(WORDS);
        let hit = finder
            .find_from("苏州苏州", 3)
            .map(|hit| (hit.word, hit.range));
        assert_eq!(hit, Some((0, 6..12)));
    }

    proptest! {
        /// The automaton alone finds the same.
        #[test]
        fn as_the_automaton_does(words in prop::collection::vec("[一-五]{1,4}", 1..40), text in "[一-五a]{0,60}") {
            let finder = Finder::of(words.iter().map(String::as_str));
            let ours: Vec<_> = finder.find(&text).map(|hit| (hit.word, hit.range)).collect();
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&words)
                .unwrap();
            let all = automaton.find_iter(&text);
            let theirs: Vec<_> = all.map(|found| (found.pattern().as_usize(), found.range())).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
