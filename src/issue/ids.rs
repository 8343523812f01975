//! Typed numbers, so that no bare index crosses a module border.
//! Must not know how the store packs its row ids.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of an issue within its publication: 总101期 is 101.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IssueNumber(pub u32);

/// Position of a section in the body, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SectionOrdinal(pub u32);

/// Position of an item in its section, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemOrdinal(pub u32);

/// The row of an issue in a library. Greater is newer; changes when the issue's date or number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueId(pub i64);

/// The row of an item in a library. Descending is the display order: newest issue first, items in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub i64);

macro_rules! display_number {
    ($($id:ident),*) => {$(
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
display_number!(IssueNumber, SectionOrdinal, ItemOrdinal);
