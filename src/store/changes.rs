//! What another copy of an issue changes: items that are new, that say something else, and that are gone.
//! Must not write.

use super::successors::Successor;
use super::{StoreError, content, order};
use crate::issue::{Issue, IssueId, Item, ItemId};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// What an issue's copy has otherwise than the one before, by headlines as printed, in the order of the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Items that the copy before did not have.
    pub new: Vec<String>,
    /// Items of which headline, lead, paragraphs or source read otherwise. That one stands elsewhere, or has other white space, is no
    /// change.
    pub changed: Vec<String>,
    /// Those of which the headline reads otherwise; they are among the changed.
    pub renamed: Vec<Renamed>,
    /// Items that only the copy before had.
    pub gone: Vec<String>,
}

/// A headline that another copy prints otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// As the copy before printed it.
    pub before: String,
    /// As this one prints it.
    pub after: String,
}

/// The changes from the issue at `former`, whose items became `became` of those of `issue`, which is to stand at `id`.
pub(super) fn changes(
    connection: &Connection,
    former: IssueId,
    (id, issue): (IssueId, &Issue),
    became: &[Successor],
) -> Result<Changes, StoreError> {
    let before = items(connection, former)?;
    let texts: HashMap<ItemId, &Item> = before.iter().map(|(id, item)| (*id, item)).collect();
    let successors: HashMap<ItemId, ItemId> =
        became.iter().map(|one| (one.after, one.before)).collect();
    let kept: HashSet<ItemId> = became.iter().map(|one| one.before).collect();
    let mut changes = Changes::default();
    for (position, (_, item)) in issue.items().enumerate() {
        let Some(former) = successors.get(&order::item_id(id, position)?) else {
            changes.new.push(item.headline.clone());
            continue;
        };
        let text = texts.get(former);
        // What cannot be read back is as good as changed.
        if text.is_some_and(|text| says_the_same(text, item)) {
            continue;
        }
        changes.changed.push(item.headline.clone());
        if let Some(text) = text.filter(|text| !reads_the_same(&text.headline, &item.headline)) {
            changes.renamed.push(Renamed {
                before: text.headline.clone(),
                after: item.headline.clone(),
            });
        }
    }
    let gone = before.iter().filter(|(id, _)| !kept.contains(id));
    changes.gone = gone.map(|(_, item)| item.headline.clone()).collect();
    Ok(changes)
}

/// The items of an issue; none where they cannot be read.
fn items(connection: &Connection, issue: IssueId) -> Result<Vec<(ItemId, Item)>, StoreError> {
    match content::issue(connection, issue) {
        Ok(found) => {
            let items = found
                .into_iter()
                .flat_map(|issue| issue.sections)
                .flat_map(|section| section.items);
            items
                .enumerate()
                .map(|(position, item)| Ok((order::item_id(issue, position)?, item)))
                .collect()
        }
        Err(StoreError::Damaged { .. }) => Ok(vec![]),
        Err(error) => Err(error),
    }
}

/// Whether two copies of an item say the same. White space says nothing: where a line of a PDF ends, it is not known whether one stood.
fn says_the_same(one: &Item, other: &Item) -> bool {
    let optional = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => reads_the_same(one, other),
        (None, None) => true,
        _ => false,
    };
    let paragraphs = one.paragraphs.iter().zip(&other.paragraphs);
    reads_the_same(&one.headline, &other.headline)
        && optional(&one.lead, &other.lead)
        && one.paragraphs.len() == other.paragraphs.len()
        && paragraphs
            .into_iter()
            .all(|(one, other)| reads_the_same(one, other))
        && optional(&one.source, &other.source)
}

/// Whether two texts differ in nothing but white space.
fn reads_the_same(one: &str, other: &str) -> bool {
    let said = |text: &'_ str| text.split_whitespace().collect::<String>();
    one == other || said(one) == said(other)
}
