//! Damaged marks made whole: what is sound in the present file stays, and copies fill in what is not.
//! Must not let a copy have a say about what the present file says soundly, however late the copy's change was: an older copy may
//! have been restored since.

use crate::issue::MarkRecord;
use crate::query::QueryRecord;
use crate::store::records::{sorted, sorted_fixes};
use crate::store::salvage::{Name, Salvage, Trust, Trusted, name_of};
use crate::text::normalise;
use std::collections::{BTreeMap, HashSet};

/// Records by the names of their items.
type Records = BTreeMap<Name, MarkRecord>;

/// What copies say, of each statement the later one.
pub(super) fn of_copies(copies: impl IntoIterator<Item = MarkRecord>) -> Vec<MarkRecord> {
    let mut records = Records::new();
    for record in copies {
        let known = records.entry(name_of(&record));
        let known = known.or_insert_with(|| record.clone());
        *known = known.merged_with(&record);
    }
    records.into_values().collect()
}

/// The present marks with what `copies` make up for, one record an item each. Where `is_all`, no row of the present file is
/// missing, so that what only the copies have was taken away since.
pub(super) fn repaired(
    present: &Salvage,
    is_all: bool,
    copies: Vec<MarkRecord>,
) -> Vec<MarkRecord> {
    let mut copies: Records = copies.into_iter().map(|one| (name_of(&one), one)).collect();
    let mut repaired: Vec<MarkRecord> = vec![];
    for record in &present.records.marks {
        let name = name_of(record);
        let trusted = present.trusted.get(&name).copied().unwrap_or_default();
        repaired.push(match copies.remove(&name) {
            Some(copy) => filled(record, trusted, &copy, is_all),
            None => record.clone(),
        });
    }
    if is_all {
        // Rows that say nothing any more but for what is doubtful in them.
        copies.retain(|name, _| present.trusted.contains_key(name));
        let emptied = copies.into_iter().map(|(name, copy)| {
            let trusted = present.trusted[&name];
            let (publication, issue, headline, nth) = name;
            let printed = copy.printed.clone();
            let nothing = MarkRecord::unmarked(publication, issue, headline, nth, printed);
            filled(&nothing, trusted, &copy, true)
        });
        repaired.extend(emptied);
    } else {
        repaired.extend(copies.into_values());
    }
    repaired
}

/// The present saved queries, with those of the copies that are missing, unless no row is.
pub(super) fn repaired_queries(
    present: &Salvage,
    is_all: bool,
    copies: Vec<QueryRecord>,
) -> Vec<QueryRecord> {
    let mut repaired = present.records.queries.clone();
    if !is_all {
        let known: HashSet<String> = repaired.iter().map(|one| normalise(&one.name)).collect();
        let missing = copies.into_iter();
        repaired.extend(missing.filter(|one| !known.contains(&normalise(&one.name))));
    }
    repaired
}

/// What an item is marked with, where a copy makes up for what is doubtful.
fn filled(present: &MarkRecord, trusted: Trusted, copy: &MarkRecord, is_all: bool) -> MarkRecord {
    let (bookmarked, bookmarked_at) = statement(
        (&present.bookmarked, &present.bookmarked_at),
        trusted.bookmarked,
        (&copy.bookmarked, &copy.bookmarked_at),
    );
    let (read, read_at) = statement(
        (&present.read, &present.read_at),
        trusted.read,
        (&copy.read, &copy.read_at),
    );
    let (place, placed_at) = statement(
        (&present.place, &present.placed_at),
        trusted.place,
        (&copy.place, &copy.placed_at),
    );
    let (note, noted_at) = statement(
        (&present.note, &present.noted_at),
        trusted.note,
        (&copy.note, &copy.noted_at),
    );
    let mut tags = present.tags.clone();
    if !is_all {
        let known: HashSet<String> = tags.iter().map(|tag| normalise(&tag.tag)).collect();
        let others = copy.tags.iter();
        let others = others.filter(|tag| !known.contains(&normalise(&tag.tag)));
        tags.extend(others.cloned());
    }
    let mut fixes = present.fixes.clone();
    if !is_all {
        let known: HashSet<String> = fixes.iter().map(|fix| fix.what.clone()).collect();
        let others = copy.fixes.iter();
        fixes.extend(others.filter(|fix| !known.contains(&fix.what)).cloned());
    }
    MarkRecord {
        bookmarked,
        bookmarked_at,
        read,
        read_at,
        place,
        placed_at,
        note,
        noted_at,
        tags: sorted(tags),
        fixes: sorted_fixes(fixes),
        ..present.clone()
    }
}

/// A state with its time: that of the present file as far as it can be trusted.
fn statement<T: Clone + PartialEq + Default>(
    present: (&T, &Option<String>),
    trust: Trust,
    copy: (&T, &Option<String>),
) -> (T, Option<String>) {
    let is_left = *present.0 != T::default();
    let (state, time) = match trust {
        // Set at the same time, it is the same statement, whole.
        Trust::Time if copy.1.is_some() && (copy.1 == present.1 || !is_left) => copy,
        Trust::State if copy.1.is_some() => (present.0, copy.1),
        Trust::Nothing if copy.1.is_some() => copy,
        Trust::Sound | Trust::Time | Trust::State | Trust::Nothing => present,
    };
    (state.clone(), time.clone())
}
