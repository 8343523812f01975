//! What the items of an issue have become in another reading of it: by their names, else by what they say.
//! Must not say itself how like two items are; that is `pairing`.

use super::named::Named;
use super::pairing::{Candidate, corrected, pair, pair_copies};
use super::{StoreError, heads, order};
use crate::issue::{Beginning, Issue, IssueId, IssueNumber, ItemId, ItemKey};
use rusqlite::{Connection, params};
use std::cmp::Reverse;
use std::collections::HashMap;

/// How an issue comes to be read otherwise than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The same document, by another version of the parser: what is said by both is one item.
    Again,
    /// Another copy of the issue: an item may have been corrected, or another one put in its place.
    Copy,
}

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
    /// That the one has become the other.
    pub(super) fn of(before: Candidate, after: Candidate) -> Self {
        Self {
            before: before.id,
            after: after.id,
            former: before.key,
            key: after.key,
            printed: after.headline,
        }
    }

    /// Whether it has another name now.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.former != self.key
    }
}

/// Which items of the issue at `former` have become which of the one that is to stand at `id`.
pub(super) fn find(
    connection: &Connection,
    former: IssueId,
    (id, named): (IssueId, &Named<'_>),
    reading: Reading,
) -> Result<Vec<Successor>, StoreError> {
    let mut found = vec![];
    let mut now = HashMap::new();
    let items = named.issue.items().zip(named.keys.iter().cloned());
    for (position, ((_, item), key)) in items.enumerate() {
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
            Some(same) => found.push(Successor::of(before, same)),
            // It is there, in the item before it.
            None if named
                .joined()
                .iter()
                .any(|joined| name(joined) == name(&before.key)) => {}
            None => left.push(before),
        }
    }
    let mut new: Vec<Candidate> = now.into_values().collect();
    new.sort_by_key(|candidate| Reverse(candidate.id));
    // What was split off is the same by its name alone, however like it something else is.
    let is_of_part = |candidate: &Candidate| candidate.key.is_of_part();
    let (left_parts, left) = left.into_iter().partition(is_of_part);
    let (mut new_parts, new): (Vec<_>, Vec<_>) = new.into_iter().partition(is_of_part);
    found.extend(match reading {
        Reading::Again => pair(left, new),
        Reading::Copy => {
            let settled: Vec<ItemKey> = found.iter().map(|one| one.key.clone()).collect();
            pair_copies(left, new, &settled)
        }
    });
    let renamed = found.iter().filter(|one| one.is_renamed());
    let renamed: Vec<(ItemKey, ItemKey)> = renamed
        .map(|one| (one.former.clone(), one.key.clone()))
        .collect();
    for part in left_parts {
        let part: Candidate = part;
        let is_it = |now: &Candidate| {
            let mut of = renamed.iter();
            of.any(|(of, of_now)| Beginning::is_same_part(&part.key, of, &now.key, of_now))
        };
        if let Some(at) = new_parts.iter().position(is_it) {
            found.push(Successor::of(part, new_parts.swap_remove(at)));
        }
    }
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
    let named = Named::after(connection, Some(former), issue)?;
    let found = find(connection, former, (former, &named), Reading::Again)?;
    Ok(found.len() * 2 >= before)
}

/// Where marks of an item's name belong, for all that can be seen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// The library holds an item of this name.
    Here,
    /// An item that may be the same under a corrected headline: its name, and the headline as printed.
    Renamed(ItemKey, String),
    /// Nowhere: they wait.
    Nowhere,
}

/// Where marks belong of which only the name is known, after the issue may have been imported anew: what became of its items then is
/// not kept. One of another headline may be theirs where it is the only one as like as a corrected headline is.
pub(super) fn whereabouts(
    connection: &Connection,
    key: &ItemKey,
) -> Result<Whereabouts, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT item.key_headline, item.key_nth, item.headline FROM publication \
         CROSS JOIN issue ON issue.publication = publication.id AND issue.number = ?2 \
         CROSS JOIN item ON {} WHERE publication.key = ?1",
        *heads::ITEMS_OF_ISSUE
    ))?;
    let rows = statement.query_map(params![key.publication, key.issue.0], |row| {
        let item = ItemKey {
            headline: row.get(0)?,
            nth: row.get(1)?,
            ..key.clone()
        };
        Ok((item, row.get(2)?))
    })?;
    let mut items: Vec<(ItemKey, String)> = rows.collect::<Result<_, _>>()?;
    if items.iter().any(|(item, _)| item == key) {
        return Ok(Whereabouts::Here);
    }
    items.retain(|(item, _)| !item.is_of_part());
    if key.is_of_part() {
        return Ok(Whereabouts::Nowhere);
    }
    // Of several that had one headline, those that are left are not the one that has gone.
    if items.iter().any(|(item, _)| item.headline == key.headline) {
        return Ok(Whereabouts::Nowhere);
    }
    let found = corrected(std::slice::from_ref(key), &items, &[]).into_iter();
    Ok(found
        .map(|(_, (key, printed))| Whereabouts::Renamed(key.clone(), printed.clone()))
        .next()
        .unwrap_or(Whereabouts::Nowhere))
}

/// The items that the library holds of an issue. One whose text cannot be read has none.
pub(super) fn candidates(
    connection: &Connection,
    issue: IssueId,
) -> Result<Vec<Candidate>, StoreError> {
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
