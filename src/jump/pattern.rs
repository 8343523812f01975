//! One word of a jump against one headline: all rows of tokens at once, one bit a token, in one pass over the characters.
//!
//! The way is shift-and: a bit moves on to the next token where the character is one that the token stands for. Two such rows of bits are
//! kept: one loses a bit that does not move on, so that at the end it says whether the tokens stand side by side; the other keeps it, so
//! that it says whether they stand there in order at all.

use super::index::{Alphabet, Mask};
use super::segments::{Token, segments};

/// Bits that there are for tokens.
const BITS: usize = 64;

/// A word, made ready for the alphabet of an index.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The likeliest first.
    rows: Vec<Row>,
    /// For each code of the alphabet, the tokens that it may stand for, all rows side by side.
    stands: Vec<u64>,
    /// First token of each row.
    first: u64,
    /// Of a word that has more characters than there are bits, its codes, none of a character that no headline has: it is compared as
    /// it stands.
    long: Option<Vec<Option<u16>>>,
}

/// A row of tokens, and where its bits are.
#[derive(Debug)]
struct Row {
    tokens: Vec<Token>,
    /// Bit of its first token.
    at: usize,
    /// What a headline must have that matches it.
    needed: Mask,
}

/// How a headline matches a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// Whether the characters stand side by side.
    pub contiguous: bool,
    /// Which of the rows; the likeliest first.
    pub row: usize,
}

/// The characters of a headline that a row met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Their positions, from 0, ascending.
    pub at: Vec<usize>,
    /// Whether what is typed last is a whole syllable of the character it met, and not the beginning of one.
    pub is_whole: bool,
}

impl Row {
    /// Bit of its last token.
    const fn last(&self) -> usize {
        self.at + self.tokens.len() - 1
    }
}

impl Pattern {
    /// Makes a folded word ready. As many of the rows that it can be read as are followed as there are bits for.
    pub fn new(word: &str, alphabet: &Alphabet) -> Self {
        let (mut rows, mut stands) = (vec![], vec![0_u64; alphabet.len()]);
        let (mut first, mut used) = (0, 0);
        for tokens in segments(word) {
            if tokens.len() > BITS - used {
                continue;
            }
            first |= 1 << used;
            for (bit, token) in (used..).zip(&tokens) {
                alphabet.each_code(token, |code| stands[usize::from(code)] |= 1 << bit);
            }
            let needed = tokens.iter().map(Mask::of_token);
            let needed = needed.fold(Mask::default(), Mask::with);
            let at = used;
            used += tokens.len();
            rows.push(Row { tokens, at, needed });
        }
        let codes = || word.chars().map(|c| alphabet.code(c)).collect();
        let long = rows.is_empty().then(codes);
        Self {
            rows,
            stands,
            first,
            long,
        }
    }

    /// How a headline matches: the likeliest row of those that do, one side by side before one that is not.
    pub fn matches(&self, headline: &[u16], mask: Mask) -> Option<Match> {
        if let Some(long) = &self.long {
            return long_match(long, headline);
        }
        if !self.rows.iter().any(|row| mask.has(row.needed)) {
            return None;
        }
        let (mut side, mut met, mut apart) = (0_u64, 0_u64, 0_u64);
        for code in headline {
            let stands = self.stands[usize::from(*code)];
            // A bit that moves from the last token of one row into the first of the next is there anyway.
            side = ((side << 1) | self.first) & stands;
            met |= side;
            apart |= ((apart << 1) | self.first) & stands;
        }
        let found = |bits: u64, contiguous| {
            let mut rows = self.rows.iter();
            let row = rows.position(|row| bits >> row.last() & 1 == 1);
            row.map(|row| Match { contiguous, row })
        };
        found(met, true).or_else(|| found(apart, false))
    }

    /// The characters of a headline that a match is of: side by side the first that are met as whole syllables, else the first.
    pub fn align(&self, headline: &[u16], found: Match, alphabet: &Alphabet) -> Aligned {
        if let Some(long) = &self.long {
            let at = long_align(long, headline);
            return Aligned { at, is_whole: true };
        }
        let row = &self.rows[found.row];
        let length = row.tokens.len();
        let stands =
            |token: usize, code: u16| self.stands[usize::from(code)] >> (row.at + token) & 1 == 1;
        let is_whole = |at: usize| {
            let met = headline
                .get(at)
                .map(|code| alphabet.is_whole(&row.tokens[length - 1], *code));
            met.unwrap_or(false)
        };
        if !found.contiguous {
            let mut at = vec![];
            for (n, code) in headline.iter().enumerate() {
                if at.len() < length && stands(at.len(), *code) {
                    at.push(n);
                }
            }
            let is_whole = at.last().is_some_and(|last| is_whole(*last));
            return Aligned { at, is_whole };
        }
        let is_met = |from: &usize| {
            let codes = headline[*from..].iter().take(length).enumerate();
            codes.fold(0, |met, (token, code)| {
                met + usize::from(stands(token, *code))
            }) == length
        };
        let mut begins = (0..headline.len()).filter(is_met);
        let first = begins.next().unwrap_or(0);
        let mut whole = std::iter::once(first).chain(begins);
        let whole = whole.find(|from| is_whole(from + length - 1));
        let from = whole.unwrap_or(first);
        Aligned {
            at: (from..from + length).collect(),
            is_whole: whole.is_some(),
        }
    }
}

/// How a headline has a word of which every character means itself.
fn long_match(word: &[Option<u16>], headline: &[u16]) -> Option<Match> {
    let at = long_align(word, headline);
    let contiguous = at.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    (at.len() == word.len()).then_some(Match { contiguous, row: 0 })
}

/// Where its characters are: side by side, else the first ones in order.
fn long_align(word: &[Option<u16>], headline: &[u16]) -> Vec<usize> {
    let is_word = |part: &[u16]| part.iter().zip(word).all(|(code, own)| Some(*code) == *own);
    if let Some(from) = headline.windows(word.len()).position(is_word) {
        return (from..from + word.len()).collect();
    }
    let mut rest = headline.iter().enumerate();
    let found = word
        .iter()
        .map_while(|code| rest.find(|(_, own)| Some(**own) == *code));
    found.map(|(at, _)| at).collect()
}
