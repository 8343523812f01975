//! What lists of marks write beside items: marks without item, tags with their counts.
//! Must not leave out a field that an item has: scripts read both.

use super::Marks;
use crate::issue::{Address, Facts, IssueNumber, Tag};
use crate::store::{Back, Detached, TagCount};
use serde::Serialize;

/// Marks without item, with the fields of an item in a list: what only the item knows is null, and `key` is what they hang on.
#[derive(Serialize)]
pub(in crate::cli) struct DetachedLine<'a> {
    id: Option<Address>,
    issue: IssueNumber,
    publication: &'a str,
    section: Option<&'a str>,
    headline: &'a str,
    page: Option<u32>,
    source: Option<&'a str>,
    facts: Facts,
    #[serde(flatten)]
    marks: Marks<'a>,
    /// Whether the item is not in the library.
    detached: bool,
    /// What it is called where it is to be typed.
    name: String,
    /// Whether the library holds the issue, without the item.
    has_issue: bool,
    key: KeyObject<'a>,
}

#[derive(Serialize)]
struct KeyObject<'a> {
    publication: &'a str,
    issue: IssueNumber,
    headline: &'a str,
    nth: u32,
}

impl<'a> DetachedLine<'a> {
    /// Of marks that have their item again: `id` is where it stands, and `name` what they were called.
    pub fn back(back: &'a Back) -> Self {
        Self {
            id: back.address.clone(),
            detached: false,
            has_issue: true,
            ..Self::new(&back.marks)
        }
    }

    pub fn new(detached: &'a Detached) -> Self {
        let key = &detached.key;
        Self {
            id: None,
            issue: key.issue,
            publication: &detached.publication,
            section: None,
            headline: &detached.printed,
            page: None,
            source: None,
            facts: Facts::default(),
            marks: Marks::of(&detached.marks),
            detached: true,
            name: detached.name.to_string(),
            has_issue: detached.has_issue,
            key: KeyObject {
                publication: &key.publication,
                issue: key.issue,
                headline: &key.headline,
                nth: key.nth,
            },
        }
    }
}

/// A tag in a list.
#[derive(Serialize)]
pub(in crate::cli) struct TagLine<'a> {
    tag: &'a Tag,
    items: u32,
    /// How many more items have it that the library does not hold.
    detached: u32,
}

impl<'a> TagLine<'a> {
    pub const fn new(count: &'a TagCount) -> Self {
        Self {
            tag: &count.tag,
            items: count.items,
            detached: count.absent,
        }
    }
}
