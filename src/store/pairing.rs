//! Which of two lists of items are the same ones: by their texts and headlines, the surest first.
//! Must not give two items one successor, or take an item for another that only sounds like it.

use super::Successor;
use crate::issue::{ItemId, ItemKey};
use crate::text::normalise;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Pairs of items left over that are compared at most: all of a hundred and a hundred. Beyond that only equal texts count.
const PAIRS: usize = 10_000;
/// Characters of a headline with which another has to begin to be taken for the rest of a line that was broken.
const BEGINNING: usize = 8;
/// Characters of a text by which it is known again.
const TELLING: usize = 20;
/// Pieces of a text, from its beginning, that are looked for in another.
const PIECES: usize = 3;
/// How much alike two headlines are that neither contains the other, at the least, in two readings of one document: one
/// character in five may be another.
const ALIKE: f64 = 0.8;
/// The same in two copies of an issue, of which one may have been corrected.
const CORRECTED: f64 = 0.85;

/// One side of a pair: an item with what it is compared by.
pub(super) struct Candidate {
    pub id: ItemId,
    pub key: ItemKey,
    /// As printed.
    pub headline: String,
    /// Lead and paragraphs, as printed; folded once it is compared.
    pub pieces: Vec<String>,
    /// All of them, once it is compared.
    pub text: String,
}

impl Candidate {
    /// Makes it ready to be compared.
    fn fold(&mut self) {
        for piece in &mut self.pieces {
            *piece = normalise(piece);
        }
        self.text = self.pieces.concat();
    }

    /// How its pieces begin, as far as they are long enough to be known by; of many the first few and the last.
    fn beginnings(&self) -> impl Iterator<Item = String> {
        let last = self.pieces.iter().skip(PIECES).next_back();
        let pieces = self.pieces.iter().take(PIECES).chain(last);
        pieces
            .map(|piece| piece.chars().take(TELLING).collect::<String>())
            .filter(|beginning| tells(beginning))
    }
}

/// Pairs what is left over on both sides, the surest first.
pub(super) fn pair(mut before: Vec<Candidate>, mut after: Vec<Candidate>) -> Vec<Successor> {
    for candidate in before.iter_mut().chain(&mut after) {
        candidate.fold();
    }
    let few = before.len().saturating_mul(after.len()) <= PAIRS;
    let mut pairs: Vec<(u32, usize, usize)> = if few {
        let all = (0..before.len()).flat_map(|b| (0..after.len()).map(move |a| (b, a)));
        all.filter_map(|(b, a)| Some((likeness(&before[b], &after[a])?, b, a)))
            .collect()
    } else {
        let texts: HashMap<&str, usize> = after
            .iter()
            .enumerate()
            .map(|(a, candidate)| (candidate.text.as_str(), a))
            .collect();
        let telling = before.iter().enumerate().filter(|(_, b)| tells(&b.text));
        telling
            .filter_map(|(b, candidate)| Some((1, b, *texts.get(candidate.text.as_str())?)))
            .collect()
    };
    // Of equally sure pairs those that stand near each other.
    pairs.sort_by_key(|(likeness, b, a)| (Reverse(*likeness), b.abs_diff(*a), *b));
    let (mut before, mut after) = (left(before), left(after));
    let pairs = pairs.into_iter().map(|(_, b, a)| (b, a));
    take(&mut before, &mut after, pairs)
}

/// Pairs what is left over of two copies of an issue. A headline that was corrected is known by its likeness alone, where no
/// other is as like, those `settled` by their names among them; one that was cut off or is longer now, by that and by the text.
pub(super) fn pair_copies(
    mut before: Vec<Candidate>,
    mut after: Vec<Candidate>,
    settled: &[ItemKey],
) -> Vec<Successor> {
    if before.len().saturating_mul(after.len()) > PAIRS {
        return vec![];
    }
    for candidate in before.iter_mut().chain(&mut after) {
        candidate.fold();
    }
    let of =
        |before: &[Candidate], after: &[Candidate], like: fn(&Candidate, &Candidate) -> bool| {
            let all = (0..before.len()).flat_map(|b| (0..after.len()).map(move |a| (b, a)));
            all.filter(|(b, a)| like(&before[*b], &after[*a]))
                .collect::<Vec<_>>()
        };
    let same = of(&before, &after, |before, after| {
        before.text == after.text && tells(&before.text) && is_corrected(&before.key, &after.key)
    });
    let mut corrected = of(&before, &after, |before, after| {
        is_corrected(&before.key, &after.key)
    });
    // Of a first and a second phase the third is not the first one corrected.
    corrected.retain(|(b, a)| {
        let is_like =
            |key: &ItemKey| is_corrected(&before[*b].key, key) || is_corrected(key, &after[*a].key);
        !settled.iter().any(is_like)
    });
    let contained = of(&before, &after, |before, after| {
        contained(&before.key.headline, &after.key.headline).is_some() && related(before, after)
    });
    let (mut before, mut after) = (left(before), left(after));
    let mut found = vec![];
    for pairs in [same, corrected, contained] {
        let is_left = |(b, a): &(usize, usize)| before[*b].is_some() && after[*a].is_some();
        let pairs = unique(pairs.into_iter().filter(is_left).collect());
        found.extend(take(&mut before, &mut after, pairs));
    }
    found
}

/// Marks without item, by their names, and the new items that have corrected headlines, each where no other is as like, those
/// `settled` by their names among them.
pub(super) fn corrected<'a>(
    detached: &'a [ItemKey],
    items: &'a [(ItemKey, String)],
    settled: &[ItemKey],
) -> Vec<(&'a ItemKey, &'a (ItemKey, String))> {
    if detached.len().saturating_mul(items.len()) > PAIRS {
        return vec![];
    }
    let all = (0..detached.len()).flat_map(|d| (0..items.len()).map(move |i| (d, i)));
    let alike = all.filter(|(d, i)| is_corrected(&detached[*d], &items[*i].0));
    let is_alone = |(d, _): &(usize, usize)| {
        let mut rivals = settled.iter();
        !rivals.any(|key| is_corrected(&detached[*d], key))
    };
    let alike = alike.filter(is_alone);
    let pairs = unique(alike.collect()).into_iter();
    pairs.map(|(d, i)| (&detached[d], &items[i])).collect()
}

fn left(candidates: Vec<Candidate>) -> Vec<Option<Candidate>> {
    candidates.into_iter().map(Some).collect()
}

/// Takes pairs, as far as both sides are left.
fn take(
    before: &mut [Option<Candidate>],
    after: &mut [Option<Candidate>],
    pairs: impl IntoIterator<Item = (usize, usize)>,
) -> Vec<Successor> {
    let mut found = vec![];
    for (b, a) in pairs {
        if before[b].is_some()
            && after[a].is_some()
            && let (Some(before), Some(after)) = (before[b].take(), after[a].take())
        {
            found.push(Successor::of(before, after));
        }
    }
    found
}

/// The pairs of which neither side stands in another.
fn unique(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut sides: (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
    for (b, a) in &pairs {
        *sides.0.entry(*b).or_default() += 1;
        *sides.1.entry(*a).or_default() += 1;
    }
    let alone = |(b, a): &(usize, usize)| sides.0[b] == 1 && sides.1[a] == 1;
    pairs.into_iter().filter(alone).collect()
}

/// Whether one headline may be the other one, corrected.
fn is_corrected(before: &ItemKey, after: &ItemKey) -> bool {
    let (old, new) = (&before.headline, &after.headline);
    let (one, other) = (old.chars().count(), new.chars().count());
    // So many characters at least would have to be put in; looked at first, for it costs nothing.
    one.min(other) * 100 >= one.max(other) * 85
        && strsim::normalized_levenshtein(old, new) >= CORRECTED
}

/// How much of the longer headline the shorter one is, where it stands in it and is long enough to be known by.
fn contained(old: &str, new: &str) -> Option<u32> {
    let (short, long) = if old.len() <= new.len() {
        (old, new)
    } else {
        (new, old)
    };
    let (shorter, longer) = (short.chars().count(), long.chars().count());
    let begins = shorter >= BEGINNING && long.starts_with(short);
    let within = shorter * 2 >= longer && long.contains(short);
    let share = u32::try_from(shorter * 999 / longer.max(1)).unwrap_or(0);
    (begins || within).then_some(share)
}

/// How sure it is that the one has become the other; none where they are not the same item.
fn likeness(before: &Candidate, after: &Candidate) -> Option<u32> {
    const SAME_TEXT: u32 = 3000;
    const CONTAINED: u32 = 2000;
    if before.text == after.text && tells(&before.text) {
        return Some(SAME_TEXT);
    }
    let (old, new) = (&before.key.headline, &after.key.headline);
    if let Some(share) = contained(old, new) {
        return related(before, after).then(|| CONTAINED + share);
    }
    let (one, other) = (old.chars().count(), new.chars().count());
    if one.min(other) * 5 < one.max(other) * 4 || !related(before, after) {
        return None;
    }
    let alike = strsim::normalized_levenshtein(old, new);
    (alike >= ALIKE).then(|| {
        // Percent are fine enough to tell pairs apart.
        (0..=100_u32)
            .rev()
            .find(|percent| alike * 100.0 >= f64::from(*percent))
            .unwrap_or(0)
    })
}

/// Whether a text is long enough to be known by.
fn tells(text: &str) -> bool {
    text.chars().nth(TELLING - 1).is_some()
}

/// Whether two texts may be readings of one: a piece of the one begins in the other, or one of them is too short to tell.
fn related(one: &Candidate, other: &Candidate) -> bool {
    let shares = |one: &Candidate, other: &Candidate| {
        let mut beginnings = one.beginnings();
        beginnings.any(|beginning| other.text.contains(&beginning))
    };
    !tells(&one.text) || !tells(&other.text) || shares(one, other) || shares(other, one)
}
