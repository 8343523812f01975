//! The industries that an item is about, by the table of industries.

use super::Read;
use super::story::Story;

/// Their names, in the order of the table.
pub(super) fn read(_story: &Story) -> Read<Vec<String>> {
    Read {
        value: vec![],
        from: vec![],
    }
}
