//! The item key: the name that marks hang on, so that they survive re-import, re-parse and removal.

use super::{Issue, IssueNumber};
use crate::text::normalise;
use std::collections::HashMap;

/// Names an item by what is printed, not by where it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey {
    /// The publication's name, normalised: letter-spaced or in full width it is the same publication. Not for display.
    pub publication: String,
    /// The issue's number.
    pub issue: IssueNumber,
    /// The headline, normalised.
    pub headline: String,
    /// Tells items of one headline apart: 0 for the first of the issue, 1 for the second …, as they stood when each was imported
    /// first.
    pub nth: u32,
}

impl ItemKey {
    /// Whether it names an item that was split off another: it has that name from there alone ([`Beginning::key`]), and no item that is
    /// only like it is the same.
    ///
    /// [`Beginning::key`]: super::Beginning::key
    #[must_use]
    pub const fn is_of_part(&self) -> bool {
        self.nth >= OF_PARTS
    }
}

/// The first number of what was split off; those that items as parsed have are less than an issue has items.
pub(super) const OF_PARTS: u32 = 1 << 31;

/// The keys of all items of `issue`, in the order of [`Issue::items`].
#[must_use]
pub fn item_keys(issue: &Issue) -> Vec<ItemKey> {
    let publication = normalise(&issue.publication);
    let mut seen: HashMap<String, u32> = HashMap::new();
    issue
        .items()
        .map(|(_, item)| {
            let headline = normalise(&item.headline);
            let count = seen.entry(headline.clone()).or_default();
            let nth = *count;
            *count += 1;
            ItemKey {
                publication: publication.clone(),
                issue: issue.number,
                headline,
                nth,
            }
        })
        .collect()
}
