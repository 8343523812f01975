//! What the parser could not take at its word about an issue and one of its items, for whoever asks why.
//! Must not put it into words.

use super::{Store, StoreError, content, heads, order};
use crate::issue::{Diagnostic, IssueId, IssueLabel, ItemHead, ItemId};

/// Diagnostics of an issue that are handed on at most: more than anyone reads, few enough to be laid out at once.
const MOST: usize = 500;

/// What was noted about an issue and one of its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// The issue.
    pub issue: IssueLabel,
    /// The item, if one was asked about and is there.
    pub item: Option<ItemHead>,
    /// About the item.
    pub about_item: Vec<Diagnostic>,
    /// About the issue and no item of it.
    pub about_issue: Vec<Diagnostic>,
    /// How many more there are about the two than are listed here.
    pub left_out: usize,
    /// How many are about other items.
    pub elsewhere: usize,
}

impl Store {
    /// What was noted about the issue, and about one of its items; none where there is no such issue (any more).
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn noted(&self, issue: IssueId, item: Option<ItemId>) -> Result<Option<Noted>, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let Some(label) = content::label(&snapshot, issue)? else {
            return Ok(None);
        };
        let item = match item.filter(|item| order::issue_of(*item) == issue) {
            Some(item) => heads::head(&snapshot, item)?,
            None => None,
        };
        let mut noted = Noted {
            issue: label,
            item,
            about_item: vec![],
            about_issue: vec![],
            left_out: 0,
            elsewhere: 0,
        };
        let address = noted.item.as_ref().map(ItemHead::address);
        for found in content::diagnostics(&snapshot, issue)? {
            let list = match &found.item {
                None => &mut noted.about_issue,
                Some(at) if address.as_ref().is_some_and(|own| own.part == at.part) => {
                    &mut noted.about_item
                }
                Some(_) => {
                    noted.elsewhere += 1;
                    continue;
                }
            };
            if list.len() < MOST {
                list.push(found);
            } else {
                noted.left_out += 1;
            }
        }
        Ok(Some(noted))
    }
}
