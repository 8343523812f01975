//! The headline index: all headlines folded, in display order, as codes of an alphabet of their own, each with a mask that rules most of
//! them out in a few nanoseconds. Some 80 bytes a headline.
//! Must not know what is typed.

use super::readings::spellings;
use super::segments::Token;
use crate::issue::ItemId;
use crate::text::normalise;
use std::collections::{BTreeMap, HashMap};
use std::ops::{Bound, Range, RangeInclusive};

/// Folded headlines of a library, newest issue first, items in order.
#[derive(Debug, Default)]
pub struct Index {
    alphabet: Alphabet,
    /// All headlines, one behind the other.
    codes: Vec<u16>,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    item: ItemId,
    mask: Mask,
    /// End in `codes`; the beginning is the end of the row before.
    end: u32,
}

/// Where in an index is looked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Within {
    /// In all of it.
    #[default]
    All,
    /// Among the items of these rows of the library, which the index has one behind the other.
    Items(RangeInclusive<i64>),
}

/// The characters that headlines have. A headline knows them by their place here.
#[derive(Debug)]
pub(super) struct Alphabet {
    characters: Vec<char>,
    /// What each of them gives to the mask of a headline.
    masks: Vec<Mask>,
    codes: HashMap<char, u16>,
    /// For each way to type a syllable the codes that are read so; the same for a letter by itself.
    syllables: BTreeMap<String, Vec<u16>>,
}

/// What a headline has, or must have: one bit a character by a hash, and one for each letter that a syllable of it begins with.
/// A missing bit rules a headline out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mask {
    characters: u64,
    letters: u32,
}

impl Within {
    /// Whether an item is there.
    #[must_use]
    pub fn has(&self, item: ItemId) -> bool {
        match self {
            Self::All => true,
            Self::Items(items) => items.contains(&item.0),
        }
    }
}

impl Index {
    /// Adds a headline behind all others: call in display order.
    pub fn push(&mut self, item: ItemId, headline: &str) {
        let mut mask = Mask::default();
        for c in normalise(headline).chars() {
            let code = self.alphabet.add(c);
            mask = mask.with(self.alphabet.masks[usize::from(code)]);
            self.codes.push(code);
        }
        // 4 Gi characters are a hundred million items; past that the index stays as it is rather than wrong.
        if let Ok(end) = u32::try_from(self.codes.len()) {
            self.rows.push(Row { item, mask, end });
        }
    }

    /// Gives back room that was kept for headlines to come.
    pub fn shrink(&mut self) {
        self.codes.shrink_to_fit();
        self.rows.shrink_to_fit();
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

    /// The rows of the items among which is looked.
    pub(super) fn range(&self, within: &Within) -> Range<usize> {
        let Within::Items(items) = within else {
            return 0..self.rows.len();
        };
        // Newest first: the ids descend.
        let first = self.rows.partition_point(|row| row.item.0 > *items.end());
        let end = self
            .rows
            .partition_point(|row| row.item.0 >= *items.start());
        first..end
    }

    pub(super) fn item(&self, row: usize) -> ItemId {
        self.rows[row].item
    }

    pub(super) fn mask(&self, row: usize) -> Mask {
        self.rows[row].mask
    }

    pub(super) const fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    pub(super) fn headline(&self, row: usize) -> &[u16] {
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before].end);
        &self.codes[start as usize..self.rows[row].end as usize]
    }
}

/// The code of all characters for which there is no other: no library has so many, and nothing finds them.
const OTHER: u16 = 0;

impl Default for Alphabet {
    fn default() -> Self {
        Self {
            characters: vec![char::REPLACEMENT_CHARACTER],
            masks: vec![Mask::default()],
            codes: HashMap::new(),
            syllables: BTreeMap::new(),
        }
    }
}

impl Alphabet {
    /// How many codes there are.
    pub const fn len(&self) -> usize {
        self.characters.len()
    }

    fn add(&mut self, c: char) -> u16 {
        if let Some(code) = self.codes.get(&c) {
            return *code;
        }
        let Ok(code) = u16::try_from(self.characters.len()) else {
            return OTHER;
        };
        self.characters.push(c);
        self.codes.insert(c, code);
        let mut ways = spellings(c);
        if c.is_ascii_lowercase() {
            ways.push(c.to_string());
        }
        let mut mask = Mask::of_token(&Token::Literal(c));
        for way in ways {
            mask = mask.with(Mask::of_letters(&way));
            self.syllables.entry(way).or_default().push(code);
        }
        self.masks.push(mask);
        code
    }

    /// The code of a character; none of one that no headline has.
    pub fn code(&self, c: char) -> Option<u16> {
        self.codes.get(&c).copied()
    }

    /// The character of a code.
    pub fn character(&self, code: u16) -> char {
        self.characters[usize::from(code)]
    }

    /// Hands over each code that a token stands for.
    pub fn each_code(&self, token: &Token, mut hand: impl FnMut(u16)) {
        match token {
            Token::Literal(c) => self.code(*c).into_iter().for_each(hand),
            Token::Syllable(letters) => {
                let codes = self.syllables.get(letters).into_iter().flatten();
                codes.copied().for_each(hand);
            }
            Token::Begun(letters) => {
                let from = (Bound::Included(letters.as_str()), Bound::Unbounded);
                let begun = self.syllables.range::<str, _>(from);
                let begun = begun.take_while(|(way, _)| way.starts_with(letters.as_str()));
                begun
                    .flat_map(|(_, codes)| codes)
                    .for_each(|code| hand(*code));
            }
        }
    }

    /// Whether a character that a token stands for is read by the very letters of it.
    pub fn is_whole(&self, token: &Token, code: u16) -> bool {
        match token {
            Token::Literal(_) | Token::Syllable(_) => true,
            Token::Begun(letters) => {
                let codes = self.syllables.get(letters);
                codes.is_some_and(|codes| codes.contains(&code))
            }
        }
    }
}

impl Mask {
    /// What a headline must have that a token stands for a character of.
    pub fn of_token(token: &Token) -> Self {
        match token {
            // Fibonacci hashing: the upper bits of the product spread neighbouring code points.
            Token::Literal(c) => Self {
                characters: 1 << (u32::from(*c).wrapping_mul(0x9E37_79B9) >> 26),
                letters: 0,
            },
            Token::Syllable(letters) | Token::Begun(letters) => Self::of_letters(letters),
        }
    }

    /// That of a syllable, as it is typed.
    fn of_letters(letters: &str) -> Self {
        let first = letters.bytes().next().unwrap_or(b'a');
        Self {
            characters: 0,
            letters: 1 << (first.wrapping_sub(b'a') & 31),
        }
    }

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            characters: self.characters | other.characters,
            letters: self.letters | other.letters,
        }
    }

    /// Whether it has all of another.
    pub const fn has(self, needed: Self) -> bool {
        self.characters & needed.characters == needed.characters
            && self.letters & needed.letters == needed.letters
    }
}
