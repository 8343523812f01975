//! Marks that go along when an item is read under another headline than before, or its issue under another publication.
//! Must not lose one: what no item has become keeps its marks under its old name.
//!
//! Content and marks are two files, and a transaction over both is whole in each of them, not in both
//! (<https://www.sqlite.org/lang_attach.html>). So the marks are copied to the new names in a transaction of their own first, and
//! it is noted that they are copies; only then the content changes; and what stands under two names then is settled. Whatever
//! cuts that short, the item that the library holds has its marks, and the next who opens the library settles it.

use super::named::Named;
use super::successors::{self, Reading, Successor};
use super::{Store, StoreError, carried, meeting, order, pairing, renamed, rows};
use crate::issue::{IssueId, ItemId, ItemKey};
use rusqlite::{Connection, params};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a transaction that replaces an issue may do with marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Look at them: they are not locked, and mostly there are none to be carried.
    Looking,
    /// Change them: they are locked with the content.
    Both,
    /// Nothing: what is read aside says nothing about the library's items, and they are theirs.
    Nothing,
}

/// All that a mark says, merged into what the new name has already: of each statement the later one.
pub(super) static COPY: LazyLock<String> = LazyLock::new(|| {
    let newer = |state: &str, time: &str| {
        format!(
            "{state} = iif(coalesce(excluded.{time}, '') >= coalesce({time}, ''), excluded.{state}, {state}), \
             {time} = nullif(max(coalesce(excluded.{time}, ''), coalesce({time}, '')), '')"
        )
    };
    format!(
        "INSERT INTO marks.mark (publication, number, headline, nth, printed, \
         bookmarked, bookmarked_at, read, read_at, place, placed_at, note, noted_at) \
         SELECT ?5, ?6, ?7, ?8, ?9, bookmarked, bookmarked_at, read, read_at, place, placed_at, note, noted_at \
         FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
         ON CONFLICT DO UPDATE SET printed = iif(excluded.printed = '', printed, excluded.printed), {}, {}, {}, {}",
        newer("bookmarked", "bookmarked_at"),
        newer("read", "read_at"),
        newer("place", "placed_at"),
        newer("note", "noted_at"),
    )
});

/// The tags with it, in the same way.
pub(super) const COPY_TAGS: &str = "INSERT INTO marks.tag (publication, number, headline, nth, name, tag, present, changed_at) \
    SELECT ?5, ?6, ?7, ?8, name, tag, present, changed_at FROM marks.tag \
    WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
    ON CONFLICT DO UPDATE SET tag = excluded.tag, present = excluded.present, changed_at = excluded.changed_at \
    WHERE excluded.changed_at >= tag.changed_at";

/// The fixes with it, in the same way.
pub(super) const COPY_FIXES: &str = "INSERT INTO marks.fix (publication, number, headline, nth, what, value, present, changed_at) \
    SELECT ?5, ?6, ?7, ?8, what, value, present, changed_at FROM marks.fix \
    WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4 \
    ON CONFLICT DO UPDATE SET value = excluded.value, present = excluded.present, changed_at = excluded.changed_at \
    WHERE excluded.changed_at >= fix.changed_at";

/// Marks that hang on one name and are to hang on another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rename {
    former: ItemKey,
    key: ItemKey,
    /// The headline as printed under the new name.
    printed: String,
}

impl Rename {
    /// Those of items that have another name now.
    fn of(became: &[Successor]) -> Vec<Self> {
        let renamed = became.iter().filter(|successor| successor.is_renamed());
        renamed
            .map(|successor| Self {
                former: successor.former.clone(),
                key: successor.key.clone(),
                printed: successor.printed.clone(),
            })
            .collect()
    }
}

impl Store {
    /// Carries marks along that were set under an old name after its item had got a new one: by who had not heard of it yet.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn carry(&mut self, became: &[Successor]) -> Result<(), StoreError> {
        self.refuse_read_only()?;
        let renames = possible(&self.connection, Rename::of(became))?;
        if self.files.are_aside() || !has_marks(&self.connection, &renames)? {
            return Ok(());
        }
        // The content is locked with them: another program may have put the former headlines back since.
        let transaction = self.begin()?;
        let mut due = vec![];
        for rename in renames {
            if carried::is_due(&transaction, &rename.former, &rename.key)? {
                due.push(rename);
            }
        }
        if copy(&transaction, &due)? {
            forget(&transaction, &due)?;
        }
        Ok(transaction.commit()?)
    }
}

impl Store {
    /// Carries marks along that hang on names which their items had before: those that come from a copy of an earlier day.
    ///
    /// # Errors
    /// The marks cannot be written.
    pub fn carry_known(&mut self) -> Result<usize, StoreError> {
        if self.files.are_aside() || renamed::marked(&self.connection)?.is_empty() {
            return Ok(0);
        }
        let transaction = self.begin()?;
        let known = renamed::marked(&transaction)?.into_iter();
        let renames = known.map(|(former, known)| Rename {
            former,
            key: known.key,
            printed: known.printed,
        });
        let renames = possible(&transaction, renames.collect())?;
        for Rename { former, key, .. } in &renames {
            meeting::meet(&transaction, former, key)?;
        }
        copy(&transaction, &renames)?;
        forget(&transaction, &renames)?;
        transaction.commit()?;
        // Fixes among them.
        let _ = self.follow_fixes();
        Ok(renames.len())
    }
}

/// Copies the marks of items that have another name now, before they have it in the content.
pub(super) fn copy_ahead(transaction: &Connection, became: &[Successor]) -> Result<(), StoreError> {
    copy_and_note(transaction, &possible(transaction, Rename::of(became))?)
}

/// Carries the marks of one name to another.
pub(super) fn end(
    transaction: &Connection,
    former: &ItemKey,
    key: &ItemKey,
) -> Result<(), StoreError> {
    let renames = [Rename {
        former: former.clone(),
        key: key.clone(),
        // The copy has it already.
        printed: String::new(),
    }];
    copy(transaction, &renames)?;
    forget(transaction, &renames)
}

/// Takes the former rows of an issue out, if there are any, and copies the marks along; what became of its items. Marks that had
/// no item go to the one that has come back with a corrected headline. None where the marks are not copied yet, or have only
/// been looked at: the transaction is to be committed, and the whole to be begun again holding both. What stands under two names
/// in the end is to be settled after the commit.
pub(super) fn make_room(
    transaction: &Connection,
    former: Option<(IssueId, Reading)>,
    (id, named): (IssueId, &Named<'_>),
    hold: Hold,
) -> Result<Option<Vec<Successor>>, StoreError> {
    let became = match former {
        Some((former, reading)) if hold != Hold::Nothing => {
            successors::find(transaction, former, (id, named), reading)?
        }
        _ => vec![],
    };
    let renames = if hold == Hold::Nothing {
        vec![]
    } else {
        let mut renames = Rename::of(&became);
        let former = former.map(|former| former.0);
        renames.extend(come_back(transaction, former, (id, named), &became)?);
        possible(transaction, renames)?
    };
    match hold {
        Hold::Looking if has_marks(transaction, &renames)? => return Ok(None),
        Hold::Looking | Hold::Nothing => {}
        // Another program that opened the library in between may have settled what is noted; then it is copied once more.
        Hold::Both if !is_copied(transaction, &renames)? => {
            copy_and_note(transaction, &renames)?;
            return Ok(None);
        }
        // Another mark may have been set in between.
        Hold::Both => {
            copy(transaction, &renames)?;
        }
    }
    if let Some((former, _)) = former {
        rows::remove(transaction, former)?;
    }
    for Rename { former, key, .. } in &renames {
        renamed::note(transaction, former, key)?;
    }
    Ok(Some(became))
}

/// Marks of an issue that have no item, and the new items that may be theirs under a corrected headline.
fn come_back(
    transaction: &Connection,
    former: Option<IssueId>,
    (id, named): (IssueId, &Named<'_>),
    became: &[Successor],
) -> Result<Vec<Rename>, StoreError> {
    let keys = &named.keys;
    let Some(first) = keys.first() else {
        return Ok(vec![]);
    };
    let held: HashSet<(&str, u32)> = keys
        .iter()
        .chain(named.joined())
        .map(|key| (key.headline.as_str(), key.nth))
        .collect();
    // Those of the copy before have had their successors found, or have none.
    let (from, to) = former.map_or((0, -1), order::items_of);
    let mut statement = transaction.prepare_cached(
        "SELECT mark.headline, mark.nth FROM marks.mark WHERE mark.publication = ?1 AND mark.number = ?2 \
         AND NOT EXISTS (SELECT 1 FROM item WHERE item.id BETWEEN ?3 AND ?4 \
         AND item.key_headline = mark.headline AND item.key_nth = mark.nth)",
    )?;
    let rows = statement.query_map(params![first.publication, first.issue.0, from, to], |row| {
        Ok(ItemKey {
            headline: row.get(0)?,
            nth: row.get(1)?,
            ..first.clone()
        })
    })?;
    let mut detached: Vec<ItemKey> = rows.collect::<Result<_, _>>()?;
    // What was split off waits for its own name.
    detached.retain(|key| !key.is_of_part() && !held.contains(&(key.headline.as_str(), key.nth)));
    if detached.is_empty() {
        return Ok(vec![]);
    }
    let known: HashSet<ItemId> = became.iter().map(|successor| successor.after).collect();
    let (mut new, mut settled) = (vec![], vec![]);
    for (position, ((_, item), key)) in named.issue.items().zip(keys).enumerate() {
        if key.is_of_part() || known.contains(&order::item_id(id, position)?) {
            settled.push(key.clone());
        } else {
            new.push((key.clone(), item.headline.clone()));
        }
    }
    let found = pairing::corrected(&detached, &new, &settled).into_iter();
    Ok(found
        .map(|(former, (key, printed))| Rename {
            former: former.clone(),
            key: key.clone(),
            printed: printed.clone(),
        })
        .collect())
}

/// Those of which what is marked under both names can be kept under one.
fn possible(transaction: &Connection, renames: Vec<Rename>) -> Result<Vec<Rename>, StoreError> {
    let mut possible = vec![];
    for rename in renames {
        if meeting::can_meet(transaction, &rename.former, &rename.key)? {
            possible.push(rename);
        }
    }
    Ok(possible)
}

/// Whether there is anything to be carried.
fn has_marks(transaction: &Connection, renames: &[Rename]) -> Result<bool, StoreError> {
    for Rename { former, .. } in renames {
        if is_marked(transaction, former)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether there is anything under this name.
fn is_marked(connection: &Connection, key: &ItemKey) -> Result<bool, StoreError> {
    let mut marked = connection.prepare_cached(
        "SELECT 1 FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4",
    )?;
    Ok(marked.exists(params![key.publication, key.issue.0, key.headline, key.nth])?)
}

/// Whether all that there is to be carried was copied in a transaction before.
fn is_copied(transaction: &Connection, renames: &[Rename]) -> Result<bool, StoreError> {
    for Rename { former, key, .. } in renames {
        if !carried::is_noted(transaction, former, key)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Copies the marks of items that are about to have another name, and notes that they are copies.
fn copy_and_note(transaction: &Connection, renames: &[Rename]) -> Result<(), StoreError> {
    for Rename { former, key, .. } in renames {
        meeting::meet(transaction, former, key)?;
        carried::note(transaction, former, key)?;
    }
    copy(transaction, renames).map(drop)
}

/// Copies the marks of items that have another name now; whether there was any.
fn copy(transaction: &Connection, renames: &[Rename]) -> Result<bool, StoreError> {
    let mut copy = transaction.prepare_cached(&COPY)?;
    let mut copy_tags = transaction.prepare_cached(COPY_TAGS)?;
    let mut copy_fixes = transaction.prepare_cached(COPY_FIXES)?;
    let mut any = false;
    for Rename {
        former,
        key,
        printed,
    } in renames
    {
        let copied = copy.execute(params![
            former.publication,
            former.issue.0,
            former.headline,
            former.nth,
            key.publication,
            key.issue.0,
            key.headline,
            key.nth,
            printed,
        ])?;
        // ?1 to ?4 is the old name here.
        let names = carried::both(former, key);
        copy_tags.execute(&names[..])?;
        copy_fixes.execute(&names[..])?;
        any |= copied > 0;
    }
    Ok(any)
}

/// Takes the marks of the old names away, their tags and fixes with them.
fn forget(transaction: &Connection, renames: &[Rename]) -> Result<(), StoreError> {
    let mut forget = transaction.prepare_cached(
        "DELETE FROM marks.mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4",
    )?;
    for Rename { former, .. } in renames {
        forget.execute(params![
            former.publication,
            former.issue.0,
            former.headline,
            former.nth
        ])?;
    }
    Ok(())
}
