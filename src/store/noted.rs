//! What the parser could not take at its word about an issue and its items, for whoever asks why.
//! Must not put it into words.

use super::{Store, StoreError, content, heads, order};
use crate::issue::{Diagnostic, IssueId, IssueLabel, ItemHead, ItemId, Part};
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Diagnostics of an issue that are handed on at most of each kind: about the issue, about the item that was asked about, about
/// the others. More than anyone reads, few enough to be laid out at once.
const MOST: usize = 500;

/// What was noted about an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// The issue.
    pub issue: IssueLabel,
    /// What it is about: first the issue as a whole, if there is anything about it, then item by item in the order of the issue.
    pub about: Vec<About>,
    /// The item that was asked about, if it is there: one of these, also where nothing was noted about it.
    pub asked: Option<ItemId>,
    /// How many more there are than are listed here.
    pub left_out: usize,
}

/// What was noted about an item, or about an issue as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// The item; none for the issue.
    pub item: Option<ItemHead>,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Store {
    /// What was noted about the issue and its items, of which one may be asked about; none where there is no such issue (any
    /// more).
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn noted(
        &self,
        issue: IssueId,
        asked: Option<ItemId>,
    ) -> Result<Option<Noted>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let Some(label) = content::label(&snapshot, issue)? else {
            return Ok(None);
        };
        let mut about = vec![About {
            item: None,
            diagnostics: vec![],
        }];
        about.extend(items(&snapshot, issue, asked)?);
        let is_asked = |one: &About| one.item.as_ref().map(|item| item.id) == asked;
        let asked = asked.filter(|_| about.iter().any(is_asked));
        let at: HashMap<Part, usize> = about
            .iter()
            .enumerate()
            .filter_map(|(n, one)| Some((one.item.as_ref()?.address().part, n)))
            .collect();
        let (mut others, mut left_out) = (0, 0);
        for found in content::diagnostics(&snapshot, issue)? {
            // What is about an item that is not there is about the issue.
            let n = found.item.as_ref().and_then(|item| at.get(&item.part));
            let one = &mut about[n.copied().unwrap_or(0)];
            let own = one.item.as_ref().is_none_or(|item| Some(item.id) == asked);
            let count = if own { one.diagnostics.len() } else { others };
            if count == MOST {
                left_out += 1;
                continue;
            }
            others += usize::from(!own);
            one.diagnostics.push(found);
        }
        about.retain(|one| {
            let wanted = one.item.as_ref().is_some_and(|item| Some(item.id) == asked);
            wanted || !one.diagnostics.is_empty()
        });
        Ok(Some(Noted {
            issue: label,
            about,
            asked,
            left_out,
        }))
    }
}

/// The items of an issue about which something was noted, and the one that was asked about.
fn items(
    connection: &Connection,
    issue: IssueId,
    asked: Option<ItemId>,
) -> Result<Vec<About>, StoreError> {
    let (first, last) = order::items_of(issue);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns} FROM {from} WHERE item.id BETWEEN ?1 AND ?2 \
         AND (item.diagnostic_count > 0 OR item.id = ?3) ORDER BY item.id DESC",
        columns = *heads::COLUMNS,
        from = *heads::FROM_ITEMS
    ))?;
    let asked = asked.map(|item| item.0);
    let rows = statement.query_map(params![first, last, asked], |row| {
        Ok(About {
            item: Some(heads::item_head(row)?),
            diagnostics: vec![],
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
