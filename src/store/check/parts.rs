//! An issue and its items as their rows have them, and what of it does not fit together.
//! Must not read anything but the rows that it is given.

use crate::issue::{
    Corrected, Diagnostic, Fact, IssueId, IssueNumber, ItemOrdinal, Part, Passage, SectionOrdinal,
};
use crate::store::order::{self, Standing};
use crate::store::rows::count;
use crate::store::stated;
use crate::text::normalise;
use rusqlite::Row;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// The row of an issue.
pub(super) struct Issue {
    pub standing: Standing,
    pub publication: Option<String>,
    pub diagnostics: String,
    pub counted: u32,
    pub items: u32,
    pub imported: String,
}

/// The row of an item, with what hangs on it.
pub(super) struct Item {
    pub id: i64,
    pub part: Part,
    pub headline: String,
    key: (String, u32),
    pub noted: u32,
    pub has_body: bool,
    pub paragraphs: Option<String>,
    pub has_section: bool,
    /// What of its columns makes no sense, as findings are called.
    pub unsound: Vec<&'static str>,
    /// The headline, normalised, where it is corrected.
    shown_headline: Option<String>,
}

/// How many items of an issue have each fault.
#[derive(Default)]
pub(super) struct Faults(pub Vec<(&'static str, usize)>);

impl Faults {
    fn add(&mut self, kind: &'static str) {
        match self.0.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, n)) => *n += 1,
            None => self.0.push((kind, 1)),
        }
    }
}

pub(super) const ISSUE: &str = "SELECT issue.year, issue.month, issue.week, issue.publication, issue.number, \
    (SELECT name FROM publication WHERE publication.id = issue.publication), issue.diagnostics, \
    issue.diagnostic_count, issue.items, issue.imported FROM issue WHERE issue.id = ?1";

pub(super) fn issue(row: &Row<'_>) -> rusqlite::Result<Issue> {
    Ok(Issue {
        standing: Standing {
            date: (row.get(0)?, row.get(1)?, row.get(2)?),
            publication: row.get(3)?,
            number: IssueNumber(row.get(4)?),
        },
        publication: row.get(5)?,
        diagnostics: row.get(6)?,
        counted: row.get(7)?,
        items: row.get(8)?,
        imported: row.get(9)?,
    })
}

pub(super) static ITEMS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT item.id, item.section, item.ordinal, item.headline, item.key_headline, item.key_nth, \
         item.diagnostic_count, body.id IS NOT NULL, body.paragraphs, section.ordinal IS NOT NULL, item.shown_headline, item.corrected, \
         body.read, {}, {} FROM item \
         LEFT JOIN body ON body.id = item.id LEFT JOIN section ON section.issue = ?3 AND section.ordinal = item.section \
         WHERE item.id BETWEEN ?1 AND ?2 ORDER BY item.id DESC",
        stated::COLUMNS,
        stated::DERIVED,
    )
});

pub(super) fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let section = SectionOrdinal(row.get(1)?);
    let ordinal = ItemOrdinal(row.get(2)?);
    Ok(Item {
        id: row.get(0)?,
        part: Part::Item(section, ordinal),
        headline: row.get(3)?,
        key: (row.get(4)?, row.get(5)?),
        noted: row.get(6)?,
        has_body: row.get(7)?,
        paragraphs: row.get(8)?,
        has_section: row.get(9)?,
        unsound: unsound(row, 11)?,
        shown_headline: row.get(10)?,
    })
}

/// What makes no sense from this column on: what is corrected, then the facts.
fn unsound(row: &Row<'_>, first: usize) -> rusqlite::Result<Vec<&'static str>> {
    let sound = [
        ("items-corrected", has_sound_correction(row, first)?),
        ("items-facts", has_sound_facts(row, first + 1)?),
    ];
    let unsound = sound.into_iter().filter(|(_, is_sound)| !is_sound);
    Ok(unsound.map(|(kind, _)| kind).collect())
}

/// Whether what an item states can be read, in the columns from this one on: the words it was read from, then [`stated::COLUMNS`] and
/// [`stated::DERIVED`].
fn has_sound_correction(row: &Row<'_>, column: usize) -> rusqlite::Result<bool> {
    let corrected: Option<String> = row.get(column)?;
    Ok(corrected.is_none_or(|json| serde_json::from_str::<Corrected>(&json).is_ok()))
}

fn has_sound_facts(row: &Row<'_>, first: usize) -> rusqlite::Result<bool> {
    let read: Option<String> = row.get(first)?;
    let read = read.map(|read| serde_json::from_str::<BTreeMap<Fact, Vec<Passage>>>(&read));
    Ok(read.is_none_or(|read| read.is_ok()) && stated::is_sound(row, first + 1)?)
}

/// How many diagnostics there are, and how many about each item; none where they are no JSON of diagnostics.
pub(super) fn noted(json: &str) -> Option<(u32, HashMap<Part, u32>)> {
    let found: Vec<serde_json::Value> = serde_json::from_str(json).ok()?;
    let all = count(found.len());
    let mut noted = HashMap::new();
    let read = found
        .into_iter()
        .filter_map(|one| serde_json::from_value(one).ok());
    for Diagnostic { item, .. } in read {
        if let Some(address) = item {
            *noted.entry(address.part).or_default() += 1;
        }
    }
    Some((all, noted))
}

/// What is wrong with the items of an issue, of which so many diagnostics are about each, as far as that is known.
pub(super) fn faults(issue: IssueId, items: &[Item], noted: Option<&HashMap<Part, u32>>) -> Faults {
    let mut faults = Faults::default();
    let mut seen = HashSet::new();
    for (position, item) in items.iter().enumerate() {
        if order::item_id(issue, position).ok().map(|id| id.0) != Some(item.id) {
            faults.add("items-place");
        }
        // A corrected headline is beside the key, which is that of the one as read. Of several with one headline each keeps its
        // number when another goes.
        let folded = item.shown_headline.as_ref().unwrap_or(&item.key.0);
        if *folded != normalise(&item.headline) || !seen.insert(&item.key) {
            faults.add("items-key");
        }
        if !item.has_section {
            faults.add("items-section");
        }
        let paragraphs = item.paragraphs.as_deref();
        if !item.has_body {
            faults.add("items-body");
        } else if paragraphs.is_none_or(|text| serde_json::from_str::<Vec<String>>(text).is_err()) {
            faults.add("items-text");
        }
        item.unsound.iter().for_each(|kind| faults.add(kind));
        let counted = noted.map(|noted| noted.get(&item.part).copied().unwrap_or(0));
        if counted.is_some_and(|counted| counted != item.noted) {
            faults.add("items-diagnostic-count");
        }
    }
    faults
}
