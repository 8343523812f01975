//! What the items of an issue have become in another reading of it: by their names, else by what they say.
//! Must not give two items one successor, or take an item for another that only sounds like it.

use super::{StoreError, order};
use crate::issue::{Issue, IssueId, IssueNumber, ItemId, ItemKey, item_keys};
use crate::text::normalise;
use rusqlite::Connection;
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
/// How much alike two headlines are that neither contains the other, at the least: one character in five may be another.
const ALIKE: f64 = 0.8;

/// An item and what it has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Its row before.
    pub before: ItemId,
    /// Its row now.
    pub after: ItemId,
    /// Its name before.
    pub former: ItemKey,
    /// Its name now.
    pub key: ItemKey,
    /// Its headline now, as printed.
    pub printed: String,
}

impl Successor {
    /// Whether it has another name now.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.former != self.key
    }
}

/// One side of a pair: an item with what it is compared by.
struct Candidate {
    id: ItemId,
    key: ItemKey,
    /// As printed.
    headline: String,
    /// Lead and paragraphs, as printed; folded once it is compared.
    pieces: Vec<String>,
    /// All of them, once it is compared.
    text: String,
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

/// Which items of the issue at `former` have become which of `issue`, which is to stand at `id`.
pub(super) fn find(
    connection: &Connection,
    former: IssueId,
    id: IssueId,
    issue: &Issue,
) -> Result<Vec<Successor>, StoreError> {
    let mut found = vec![];
    let mut now = HashMap::new();
    for (position, ((_, item), key)) in issue.items().zip(item_keys(issue)).enumerate() {
        let candidate = Candidate {
            id: order::item_id(id, position)?,
            key,
            headline: item.headline.clone(),
            pieces: item.lead.iter().chain(&item.paragraphs).cloned().collect(),
            text: String::new(),
        };
        now.insert(name(&candidate.key), candidate);
    }
    let mut left = vec![];
    for before in candidates(connection, former)? {
        match now.remove(&name(&before.key)) {
            Some(same) => found.push(successor(before, same)),
            None => left.push(before),
        }
    }
    let mut new: Vec<Candidate> = now.into_values().collect();
    new.sort_by_key(|candidate| Reverse(candidate.id));
    found.extend(pair(left, new));
    Ok(found)
}

/// What an item is called in its issue, whatever that is called.
fn name(key: &ItemKey) -> (String, u32) {
    (key.headline.clone(), key.nth)
}

/// Whether `issue` is another reading of the one at `former`, under whatever name: at least half of the items are there.
pub(super) fn is_reading_of(
    connection: &Connection,
    former: IssueId,
    issue: &Issue,
) -> Result<bool, StoreError> {
    let before = candidates(connection, former)?.len();
    Ok(find(connection, former, former, issue)?.len() * 2 >= before)
}

fn successor(before: Candidate, after: Candidate) -> Successor {
    Successor {
        before: before.id,
        after: after.id,
        former: before.key,
        key: after.key,
        printed: after.headline,
    }
}

/// The items that the library holds of an issue. One whose text cannot be read has none.
fn candidates(connection: &Connection, issue: IssueId) -> Result<Vec<Candidate>, StoreError> {
    let (first, last) = order::items_of(issue);
    let mut statement = connection.prepare_cached(
        "SELECT item.id, publication.key, issue.number, item.key_headline, item.key_nth, item.headline, \
         body.lead, body.paragraphs \
         FROM item CROSS JOIN body ON body.id = item.id CROSS JOIN issue ON issue.id = ?3 \
         CROSS JOIN publication ON publication.id = issue.publication \
         WHERE item.id BETWEEN ?1 AND ?2 ORDER BY item.id DESC",
    )?;
    let rows = statement.query_map([first, last, issue.0], |row| {
        let lead: Option<String> = row.get(6)?;
        let paragraphs = serde_json::from_str(row.get_ref(7)?.as_str()?);
        let paragraphs: Vec<String> = paragraphs.unwrap_or_default();
        Ok(Candidate {
            id: ItemId(row.get(0)?),
            key: ItemKey {
                publication: row.get(1)?,
                issue: IssueNumber(row.get(2)?),
                headline: row.get(3)?,
                nth: row.get(4)?,
            },
            headline: row.get(5)?,
            pieces: lead.into_iter().chain(paragraphs).collect(),
            text: String::new(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Pairs what is left over on both sides, the surest first.
fn pair(mut before: Vec<Candidate>, mut after: Vec<Candidate>) -> Vec<Successor> {
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
    let mut before: Vec<Option<Candidate>> = before.into_iter().map(Some).collect();
    let mut after: Vec<Option<Candidate>> = after.into_iter().map(Some).collect();
    let mut found = vec![];
    for (_, b, a) in pairs {
        if before[b].is_some()
            && after[a].is_some()
            && let (Some(before), Some(after)) = (before[b].take(), after[a].take())
        {
            found.push(successor(before, after));
        }
    }
    found
}

/// How sure it is that the one has become the other; none where they are not the same item.
fn likeness(before: &Candidate, after: &Candidate) -> Option<u32> {
    const SAME_TEXT: u32 = 3000;
    const CONTAINED: u32 = 2000;
    if before.text == after.text && tells(&before.text) {
        return Some(SAME_TEXT);
    }
    let (old, new) = (&before.key.headline, &after.key.headline);
    let (short, long) = if old.len() <= new.len() {
        (old, new)
    } else {
        (new, old)
    };
    let (shorter, longer) = (short.chars().count(), long.chars().count());
    let begins = shorter >= BEGINNING && long.starts_with(short.as_str());
    let within = shorter * 2 >= longer && long.contains(short.as_str());
    if begins || within {
        let share = shorter * 999 / longer.max(1);
        return related(before, after).then(|| CONTAINED + u32::try_from(share).unwrap_or(0));
    }
    if shorter * 5 < longer * 4 || !related(before, after) {
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
