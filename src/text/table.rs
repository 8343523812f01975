//! Reading the tables of characters in `assets/text`.
//! Must not know what they are for.

use std::collections::HashMap;

/// Reads a table of `key TAB value` lines; `#` begins a comment line.
pub(super) fn pairs(table: &str) -> HashMap<char, char> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (key, value) = line.split_once('\t')?;
            Some((key.chars().next()?, value.chars().next()?))
        })
        .collect()
}
