//! Merging records into the marks, or only trying it, with what gives way to them.
//! Must not let anything give way before all marks are copied.

use super::{Records, find, write};
use crate::issue::{Address, DetachedName, IssueNumber, ItemKey, MarkRecord, Note, Tag, Target};
use crate::query::QueryRecord;
use crate::store::{Searcher, Store, StoreError, copies, detached, heads, renamed, saved};
use crate::text::normalise;
use rusqlite::Connection;
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// What merging records came to, or would come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// Records that changed something.
    pub changed: usize,
    /// Records that said nothing new.
    pub unchanged: usize,
    /// Records of bookmarks, tags and notes that have no item in the library, and wait for it.
    pub waiting: usize,
    /// What gave way to a later statement, in the order of the records.
    pub given_way: Vec<GivenWay>,
    /// Saved queries that did, in the order of the records.
    pub queries: Vec<LostQuery>,
    /// The copy of the marks as they were before anything gave way; none where nothing did, or in memory.
    pub copy: Option<PathBuf>,
}

/// A saved query that is another now, or saved no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostQuery {
    /// Its name, as typed.
    pub name: String,
    /// What was saved.
    pub before: String,
    /// What is; none where it was removed.
    pub after: Option<String>,
}

/// A mark that was there and is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenWay {
    /// Where its item stands; none where the library does not hold it.
    pub address: Option<Address>,
    /// What the marks were called that waited for it; none where there is an item.
    pub name: Option<DetachedName>,
    /// The item's name for marks.
    pub key: ItemKey,
    /// Its headline as printed.
    pub headline: String,
    /// What gave way.
    pub lost: Lost,
}

/// What gave way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// The bookmark was taken off.
    Bookmark,
    /// The tag was taken off.
    Tag(Tag),
    /// A fix.
    Fix {
        /// Of what.
        target: Target,
        /// The value that it had, as fixes are kept.
        before: Option<String>,
        /// The one that it has, if it is in force still.
        after: Option<Option<String>>,
    },
    /// The note was replaced by another one, or taken away.
    Note {
        /// What it said.
        before: Note,
        /// What stands in its place.
        after: Option<Note>,
    },
}

/// Several files of records that are only compared with the marks, one after the other.
#[derive(Debug)]
pub struct Comparing {
    searcher: Searcher,
    merging: Merging,
}

impl Store {
    /// Merges marks as [`Store::merge_all`] does.
    ///
    /// # Errors
    /// Those of it.
    pub fn merge(&mut self, marks: &[MarkRecord]) -> Result<Merged, StoreError> {
        self.merge_all(&Records {
            marks: marks.to_vec(),
            queries: vec![],
        })
    }

    /// Merges records that were [`checked`](super::checked()), all or none. Of two states of one thing that were set at the same
    /// time the greater one stays, so that the order of merging does not matter. Where anything gives way, the marks are copied
    /// before.
    ///
    /// # Errors
    /// The marks cannot be written, or not be copied.
    pub fn merge_all(&mut self, records: &Records) -> Result<Merged, StoreError> {
        let marks = self.files.marks.clone();
        let transaction = self.begin_marks()?;
        let mut merging = Merging::default();
        let mut merged = merging.merge(&transaction, records)?;
        if !merged.given_way.is_empty() || !merged.queries.is_empty() {
            // It is read by a connection of its own, which sees what was there before this transaction.
            merged.copy = copies::before_change(&marks, jiff::Timestamp::now())?;
        }
        locate(&transaction, &mut merged.given_way)?;
        for state in merging.states.values() {
            write(&transaction, state)?;
        }
        for state in merging.queries.values() {
            saved::write(&transaction, state)?;
        }
        transaction.commit()?;
        // The merge is done; the library follows the fixes once it can.
        let _ = self.follow_fixes();
        Ok(merged)
    }

    /// Compares records with the marks instead of merging them.
    ///
    /// # Errors
    /// The files can no longer be opened.
    pub fn comparing(&self) -> Result<Comparing, StoreError> {
        Ok(Comparing {
            searcher: self.searcher()?,
            merging: Merging::default(),
        })
    }
}

impl Comparing {
    /// What merging these records would come to, after those that were compared before.
    ///
    /// # Errors
    /// The marks cannot be read.
    pub fn compare(&mut self, records: &Records) -> Result<Merged, StoreError> {
        let snapshot = self.searcher.connection.unchecked_transaction()?;
        let mut merged = self.merging.merge(&snapshot, records)?;
        locate(&snapshot, &mut merged.given_way)?;
        Ok(merged)
    }
}

/// Records under the names that their items have now. Where one stands under another name than before, nothing that is not set
/// under either takes anything away that is set under the other.
fn of_today<'r>(
    connection: &Connection,
    records: &'r [MarkRecord],
) -> Result<Vec<Cow<'r, MarkRecord>>, StoreError> {
    let mut today = vec![];
    for record in records {
        today.push(renamed::of_today(connection, record)?);
    }
    let is_renamed = |record: &&Cow<'_, MarkRecord>| matches!(record, Cow::Owned(_));
    let renamed: HashSet<ItemKey> = today
        .iter()
        .filter(is_renamed)
        .map(|record| key_of(record))
        .collect();
    let records = today.into_iter().map(|record| {
        if renamed.contains(&key_of(&record)) {
            Cow::Owned(record.into_owned().of_what_is_set())
        } else {
            record
        }
    });
    Ok(records.collect())
}

/// Items and saved queries as records have changed them so far, not yet written.
#[derive(Debug, Default)]
struct Merging {
    states: HashMap<ItemKey, MarkRecord>,
    /// By their names, normalised.
    queries: HashMap<String, QueryRecord>,
}

impl Merging {
    fn merge(&mut self, connection: &Connection, records: &Records) -> Result<Merged, StoreError> {
        let mut merged = Merged::default();
        self.merge_marks(connection, &records.marks, &mut merged)?;
        self.merge_queries(connection, &records.queries, &mut merged)?;
        Ok(merged)
    }

    fn merge_queries(
        &mut self,
        connection: &Connection,
        records: &[QueryRecord],
        merged: &mut Merged,
    ) -> Result<(), StoreError> {
        // What was there before the first record of a name.
        let mut before: Vec<(String, QueryRecord)> = vec![];
        for theirs in records {
            let name = normalise(&theirs.name);
            let ours = match self.queries.get(&name) {
                Some(ours) => Some(ours.clone()),
                None => saved::find(connection, &name)?,
            };
            let whole = match &ours {
                Some(ours) => ours.merged_with(theirs),
                None => theirs.clone(),
            };
            if ours.as_ref() == Some(&whole) {
                merged.unchanged += 1;
                continue;
            }
            merged.changed += 1;
            if let Some(ours) = ours
                && before.iter().all(|(known, _)| *known != name)
            {
                before.push((name.clone(), ours));
            }
            self.queries.insert(name, whole);
        }
        let lost = before.into_iter().filter_map(|(name, before)| {
            let now = self.queries.get(&name)?;
            let after = now.present.then(|| now.query.clone());
            let is_lost = before.present && after.as_ref() != Some(&before.query);
            is_lost.then_some(LostQuery {
                name: before.name,
                before: before.query,
                after,
            })
        });
        merged.queries.extend(lost);
        Ok(())
    }

    fn merge_marks(
        &mut self,
        connection: &Connection,
        records: &[MarkRecord],
        merged: &mut Merged,
    ) -> Result<(), StoreError> {
        // What was there, of the items that are changed, in the order of the records.
        let mut before: Vec<(ItemKey, Option<MarkRecord>)> = vec![];
        for theirs in &of_today(connection, records)? {
            let theirs = &**theirs;
            let key = key_of(theirs);
            let ours = match self.states.get(&key) {
                Some(ours) => Some(ours.clone()),
                None => find(connection, theirs)?,
            };
            let whole = match &ours {
                Some(ours) => ours.merged_with(theirs),
                None => theirs.clone(),
            };
            if whole.is_deliberate() && heads::headline_named(connection, &key)?.is_none() {
                merged.waiting += 1;
            }
            if ours.as_ref() == Some(&whole) || (ours.is_none() && whole.is_empty()) {
                merged.unchanged += 1;
                continue;
            }
            merged.changed += 1;
            self.states.insert(key.clone(), whole);
            before.push((key, ours));
        }
        // Of an item that stands in several records what counts is what was there before the first.
        let mut seen = HashMap::new();
        for (key, ours) in &before {
            seen.entry(key).or_insert(ours);
        }
        for (key, _) in &before {
            if let (Some(Some(ours)), Some(whole)) = (seen.remove(key), self.states.get(key)) {
                merged.given_way.extend(given_way(key, ours, whole));
            }
        }
        Ok(())
    }
}

/// Finds out where the items stand, or what the marks are called that wait for them. Names are made of all that waits of an issue:
/// once for all of them.
fn locate(connection: &Connection, given_way: &mut [GivenWay]) -> Result<(), StoreError> {
    let mut issues: HashMap<(String, IssueNumber), HashMap<ItemKey, DetachedName>> = HashMap::new();
    for one in given_way {
        if let Some(head) = heads::head_named(connection, &one.key)? {
            one.address = Some(head.address());
            one.headline = head.headline;
            continue;
        }
        let issue = (one.key.publication.clone(), one.key.issue);
        let names = match issues.entry(issue) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let waiting = detached::of_issue(connection, &new.key().0, new.key().1)?;
                let names = waiting.into_iter().map(|one| (one.key, one.name));
                new.insert(names.collect())
            }
        };
        one.name = names.get(&one.key).cloned();
    }
    Ok(())
}

fn key_of(record: &MarkRecord) -> ItemKey {
    ItemKey {
        publication: record.publication.clone(),
        issue: IssueNumber(record.issue),
        headline: record.headline.clone(),
        nth: record.nth,
    }
}

/// What was there and is no more: bookmark, tags, note. That something is unread again, or left at another place, is no loss.
fn given_way(key: &ItemKey, before: &MarkRecord, after: &MarkRecord) -> Vec<GivenWay> {
    let mut lost = vec![];
    if before.bookmarked && !after.bookmarked {
        lost.push(Lost::Bookmark);
    }
    for tag in before.tags.iter().filter(|tag| tag.present) {
        let Ok(tag) = Tag::new(&tag.tag) else {
            continue;
        };
        let is_there = after
            .tags
            .iter()
            .any(|known| known.present && Tag::new(&known.tag).is_ok_and(|known| known.is(&tag)));
        if !is_there {
            lost.push(Lost::Tag(tag));
        }
    }
    for fix in before.fixes.iter().filter(|fix| fix.present) {
        let now = after.fixes.iter().find(|now| now.what == fix.what);
        let now = now.filter(|now| now.present);
        if now.is_some_and(|now| now.value == fix.value) {
            continue;
        }
        if let Ok(target) = fix.what.parse() {
            lost.push(Lost::Fix {
                target,
                before: fix.value.clone(),
                after: now.map(|now| now.value.clone()),
            });
        }
    }
    if let Some(note) = before.note.as_deref().and_then(Note::new)
        && before.note != after.note
    {
        lost.push(Lost::Note {
            before: note,
            after: after.note.as_deref().and_then(Note::new),
        });
    }
    let of = |lost| GivenWay {
        address: None,
        name: None,
        key: key.clone(),
        headline: before.printed.clone(),
        lost,
    };
    lost.into_iter().map(of).collect()
}
