//! The fixes in force, and which items each has made what they are.
//! Must not change any; that is `fixing`.

use super::fixes::{self, Kept};
use super::named::Named;
use super::{Store, StoreError, carried, content, locate, order};
use crate::issue::{Cut, Fix, IssueId, IssueNumber, ItemHead, ItemId, ItemKey, apply};
use rusqlite::Connection;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A fix in force.
#[derive(Debug, Clone, PartialEq)]
pub struct InForce {
    /// The item that it hangs on: of one that is joined to another, that one.
    pub key: ItemKey,
    /// Its headline when it was fixed.
    pub printed: String,
    /// The publication's name, as printed where the library knows it.
    pub publication: String,
    /// What it is; none where a newer version made it.
    pub fix: Option<Fix>,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// The items that are what they are by it; none where it does not fit the issue, or the library does not hold that.
    pub items: Vec<ItemId>,
    /// What it is called where it is kept.
    pub(super) what: String,
}

impl Store {
    /// All fixes in force: of the issues that the library holds, newest first, then the others; of an issue in the order in which
    /// they were made.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn fixes(&self) -> Result<Vec<InForce>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let mut found = vec![];
        let mut of_issue: HashMap<(String, IssueNumber), Made> = HashMap::new();
        for (kept, one) in in_force(&snapshot)? {
            let name = (one.key.publication.clone(), one.key.issue);
            let made = match of_issue.entry(name) {
                Entry::Occupied(made) => made.into_mut(),
                Entry::Vacant(new) => {
                    let made = Made::of(&snapshot, new.key())?;
                    new.insert(made)
                }
            };
            let items = made.items.get(&(kept.key, kept.what)).cloned();
            let publication = made.publication.clone().unwrap_or(one.publication);
            found.push((
                made.id,
                InForce {
                    items: items.unwrap_or_default(),
                    publication,
                    ..one
                },
            ));
        }
        // Stable: what is of one issue keeps its order.
        found.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        Ok(found.into_iter().map(|(_, one)| one).collect())
    }
}

/// What has an item of its own begin with each paragraph of an item; nothing where its issue cannot be read back.
pub(super) fn cuts(
    connection: &Connection,
    item: &ItemHead,
) -> Result<Vec<Option<Cut>>, StoreError> {
    let name = (item.key.publication.clone(), item.key.issue);
    let mut made = Made::of(connection, &name)?;
    Ok(made.cuts.remove(&item.id).unwrap_or_default())
}

/// Whether a fix of this target makes an item what it is. None does of an issue that the library does not hold.
pub(super) fn fits(connection: &Connection, key: &ItemKey, what: &str) -> Result<bool, StoreError> {
    let name = (key.publication.clone(), key.issue);
    let made = Made::of(connection, &name)?;
    Ok(made.items.contains_key(&(key.clone(), what.to_owned())))
}

/// How many fixes of an issue make items what they are, and how many wait for an item that they fit.
pub(super) fn count(
    connection: &Connection,
    publication: &str,
    number: IssueNumber,
) -> Result<(usize, usize), StoreError> {
    let kept = fixes::of_issue(connection, publication, number)?;
    if kept.is_empty() {
        return Ok((0, 0));
    }
    let name = (publication.to_owned(), number);
    let made = Made::of(connection, &name)?;
    let fits = |one: &&Kept| {
        made.items
            .contains_key(&(one.key.clone(), one.what.clone()))
    };
    let fitting = kept.iter().filter(fits).count();
    Ok((fitting, kept.len() - fitting))
}

/// What the fixes of an issue have made of it.
#[derive(Default)]
struct Made {
    id: Option<IssueId>,
    publication: Option<String>,
    /// By item and target, the items that are what they are by a fix.
    items: HashMap<(ItemKey, String), Vec<ItemId>>,
    /// Of each item, what has an item of its own begin with its paragraphs.
    cuts: HashMap<ItemId, Vec<Option<Cut>>>,
}

impl Made {
    fn of(
        connection: &Connection,
        (publication, number): &(String, IssueNumber),
    ) -> Result<Self, StoreError> {
        let Some(id) = locate::issue_named(connection, publication, *number)? else {
            return Ok(Self::default());
        };
        // What cannot be read back is read again from its pages.
        let parsed = match content::parsed(connection, id) {
            Ok(Some(parsed)) => parsed,
            Ok(None) | Err(StoreError::Damaged { .. }) => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let keys = Named::after(connection, Some(id), &parsed)?.keys;
        let kept = fixes::of_issue(connection, publication, *number)?;
        let kept = kept.into_iter().filter_map(|one| Some((one.fix()?, one)));
        let (fixes, kept): (Vec<_>, Vec<_>) =
            kept.map(|(fix, one)| ((one.key.clone(), fix), one)).unzip();
        // What is stated is not asked for.
        let applied = apply(&parsed, &keys, &fixes, |_, _| {});
        let mut items: HashMap<_, Vec<ItemId>> = HashMap::new();
        for (position, by) in applied.by.iter().enumerate() {
            let item = order::item_id(id, position)?;
            for Kept { key, what, .. } in by.iter().map(|n| &kept[*n]) {
                let of = items.entry((key.clone(), what.clone())).or_default();
                if !of.contains(&item) {
                    of.push(item);
                }
            }
        }
        let cuts = applied.cuts.into_iter().enumerate();
        let cuts = cuts.map(|(position, cuts)| Ok((order::item_id(id, position)?, cuts)));
        Ok(Self {
            id: Some(id),
            publication: Some(parsed.publication),
            items,
            cuts: cuts.collect::<Result<_, StoreError>>()?,
        })
    }
}

/// All fixes in force as they are kept, an issue after the other, of each in the order in which they were made.
fn in_force(connection: &Connection) -> Result<Vec<(Kept, InForce)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT fix.publication, fix.number, fix.headline, fix.nth, fix.what, fix.value, fix.changed_at, mark.printed \
         FROM marks.fix JOIN marks.mark USING (publication, number, headline, nth) WHERE fix.present = 1 \
         ORDER BY fix.publication, fix.number DESC, fix.changed_at, fix.headline, fix.nth, fix.what",
    )?;
    let rows = statement.query_map([], |row| {
        let kept = Kept {
            key: carried::key(row, 0)?,
            what: row.get(4)?,
            value: row.get(5)?,
        };
        let one = InForce {
            key: kept.key.clone(),
            printed: row.get(7)?,
            publication: kept.key.publication.clone(),
            fix: kept.fix(),
            made_at: row.get(6)?,
            items: vec![],
            what: kept.what.clone(),
        };
        Ok((kept, one))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
