//! An issue with the names of its items, under which marks hang on them.
//! Must not give the name of one item to another because they have one headline: among those, each keeps its own by its text.

use super::fixes::Made;
use super::successors::candidates;
use super::{StoreError, order};
use crate::issue::{Issue, IssueId, ItemKey, item_keys};
use crate::text::normalise;
use rusqlite::{Connection, params};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// An issue, and the name of each of its items, in the order of [`Issue::items`].
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub issue: Cow<'a, Issue>,
    pub keys: Vec<ItemKey>,
    /// Of an issue that its reader has corrected, what it was made of.
    pub made: Option<Made<'a>>,
}

impl<'a> Named<'a> {
    /// As they are called where the library has nothing of the issue: those of one headline one after the other.
    pub fn anew(issue: &'a Issue) -> Self {
        Self {
            issue: Cow::Borrowed(issue),
            keys: item_keys(issue),
            made: None,
        }
    }

    /// As they are called in the place of what the library has at `former`: of several items with one headline those that say
    /// the same keep their names, and the others have the names that are left, one after the other.
    pub fn after(
        connection: &Connection,
        former: Option<IssueId>,
        issue: &'a Issue,
    ) -> Result<Self, StoreError> {
        let mut named = Self::anew(issue);
        let several = named.several();
        let Some(former) = former else {
            return Ok(named);
        };
        if several.is_empty() && !has_several(connection, former)? {
            return Ok(named);
        }
        // Former items that are still to be found, by headline and text.
        let mut by_text: HashMap<(String, String), Vec<u32>> = HashMap::new();
        for before in candidates(connection, former)?.into_iter().rev() {
            let said = (before.key.headline, said(&before.pieces));
            by_text.entry(said).or_default().push(before.key.nth);
        }
        for nths in by_text.values_mut() {
            nths.sort_unstable_by(|one, other| other.cmp(one));
        }
        let mut taken: HashSet<(String, u32)> = HashSet::new();
        let mut left = vec![];
        for (at, (_, item)) in issue.items().enumerate() {
            let key = &mut named.keys[at];
            let pieces: Vec<&String> = item.lead.iter().chain(&item.paragraphs).collect();
            let said = (key.headline.clone(), said(&pieces));
            match by_text.get_mut(&said).and_then(Vec::pop) {
                Some(nth) => {
                    key.nth = nth;
                    taken.insert((key.headline.clone(), nth));
                }
                None => left.push(at),
            }
        }
        for at in left {
            let key = &mut named.keys[at];
            while !taken.insert((key.headline.clone(), key.nth)) {
                key.nth += 1;
            }
        }
        Ok(named)
    }

    /// As they are called in the library, which holds the issue at `id`.
    pub fn stored(
        connection: &Connection,
        id: IssueId,
        issue: &'a Issue,
    ) -> Result<Self, StoreError> {
        let mut named = Self::anew(issue);
        let (first, last) = order::items_of(id);
        let mut statement = connection.prepare_cached(
            "SELECT key_headline, key_nth FROM item WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC",
        )?;
        let called = statement.query_map([first, last], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (key, name) in named.keys.iter_mut().zip(called) {
            (key.headline, key.nth) = name?;
        }
        Ok(named)
    }

    /// Names of items as read that a fix has joined to others: they are no items here, and not gone either.
    pub fn joined(&self) -> &[ItemKey] {
        self.made.as_ref().map_or(&[], |made| &made.joined)
    }

    /// The headlines that more than one item has.
    fn several(&self) -> HashSet<&str> {
        let keys = self.keys.iter().filter(|key| key.nth > 0);
        keys.map(|key| key.headline.as_str()).collect()
    }
}

/// Whether items of an issue that the library holds have one headline.
fn has_several(connection: &Connection, issue: IssueId) -> Result<bool, StoreError> {
    let (first, last) = order::items_of(issue);
    Ok(connection
        .prepare_cached("SELECT 1 FROM item WHERE id BETWEEN ?1 AND ?2 AND key_nth > 0")?
        .exists(params![first, last])?)
}

/// What an item says, folded.
fn said<T: AsRef<str>>(pieces: &[T]) -> String {
    pieces
        .iter()
        .map(|piece| normalise(piece.as_ref()))
        .collect()
}
