//! How many marks of each kind there are, and how many of one set another one lacks.
//! Must not count what was taken off.

use crate::issue::{FixRecord, MarkRecord};
use crate::query::QueryRecord;
use crate::store::Records;
use serde::Serialize;
use std::collections::HashMap;

/// How many items have marks, and how many marks of each kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Items that have any.
    pub items: usize,
    /// Bookmarks.
    pub bookmarks: usize,
    /// Tags, of each item.
    pub tags: usize,
    /// Notes.
    pub notes: usize,
    /// Fixes.
    pub fixes: usize,
    /// Saved queries.
    pub queries: usize,
    /// Items that were read.
    pub read: usize,
    /// Items that are open at a place other than their beginning.
    pub places: usize,
}

impl Counts {
    /// What is set in these records, one an item.
    pub(super) fn of(records: &Records) -> Self {
        Self::lacking(records, &Records::default())
    }

    /// What is set in `records` and not the same in `others`.
    pub(super) fn lacking(records: &Records, others: &Records) -> Self {
        let has = |query: &QueryRecord| {
            let mut others = others.queries.iter();
            others.any(|other| {
                other.present && other.name == query.name && other.query == query.query
            })
        };
        let queries = records.queries.iter().filter(|query| query.present);
        let mut counts = Self {
            queries: queries.filter(|query| !has(query)).count(),
            ..Self::default()
        };
        let others = others.marks.iter();
        let others: HashMap<_, _> = others.map(|other| (name(other), other)).collect();
        for record in &records.marks {
            let other = others.get(&name(record)).copied();
            let before = counts;
            let is_new = |is_set: bool, is_same: fn(&MarkRecord, &MarkRecord) -> bool| {
                usize::from(is_set && !other.is_some_and(|other| is_same(record, other)))
            };
            counts.bookmarks += is_new(record.bookmarked, |_, other| other.bookmarked);
            counts.notes += is_new(record.note.is_some(), |one, other| one.note == other.note);
            counts.read += is_new(record.read, |_, other| other.read);
            counts.places += is_new(record.place.is_some(), |one, other| {
                one.place == other.place
            });
            let has = |tag: &str| {
                let mut tags = other.iter().flat_map(|other| &other.tags);
                tags.any(|known| known.present && known.tag == tag)
            };
            let is_fixed = |fix: &FixRecord| {
                let mut fixes = other.iter().flat_map(|other| &other.fixes);
                fixes.any(|known| {
                    known.present && known.what == fix.what && known.value == fix.value
                })
            };
            let fixes = record.fixes.iter().filter(|fix| fix.present);
            counts.fixes += fixes.filter(|fix| !is_fixed(fix)).count();
            let tags = record.tags.iter().filter(|tag| tag.present);
            counts.tags += tags.filter(|tag| !has(&tag.tag)).count();
            counts.items += usize::from(counts != before);
        }
        counts
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What names the item of a record.
fn name(record: &MarkRecord) -> (&str, u32, &str, u32) {
    (
        &record.publication,
        record.issue,
        &record.headline,
        record.nth,
    )
}
