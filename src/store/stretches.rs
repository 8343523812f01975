//! The first items of a listing, read stretch by stretch: what the index must be asked of beside the items it is asked of the rows of a
//! stretch, and not of all before the first item is known. `-项目` and `电池 OR 光伏` cost as much as a word, however large the library is.
//! Must not change what is found.

use super::conditions::Filter;
use super::{StoreError, Way, order};
use crate::issue::{IssueId, ItemId};
use rusqlite::{Connection, OptionalExtension as _};

/// Issues of the first stretch: some thousand items, of which mostly enough fit.
const ISSUES: i64 = if cfg!(test) { 1 } else { 24 };
/// How much longer the next one is.
const TIMES: i64 = 4;

/// At most `most` items behind the row `from`, or before it, as `read` reads them with a filter.
pub(super) fn read<T>(
    connection: &Connection,
    filter: &Filter,
    (way, from): (Way, Option<i64>),
    most: usize,
    read: impl Fn(Filter, usize) -> Result<Vec<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    if !filter.looks_up() {
        return read(filter.clone(), most);
    }
    let (mut found, mut at, mut issues) = (vec![], from, ISSUES);
    loop {
        let end = end(connection, way, at, issues)?;
        let mut stretch = filter.clone();
        stretch.within(match way {
            Way::Forward => (end.unwrap_or(i64::MIN), at.unwrap_or(i64::MAX)),
            Way::Backward => (at.unwrap_or(i64::MIN), end.unwrap_or(i64::MAX)),
        });
        found.extend(read(stretch, most - found.len())?);
        if end.is_none() || found.len() >= most {
            return Ok(found);
        }
        (at, issues) = (
            end.map(|end| beyond(end, way)),
            issues.saturating_mul(TIMES),
        );
    }
}

/// The last row of a stretch of so many issues; none where it goes to the end of the library.
fn end(
    connection: &Connection,
    way: Way,
    from: Option<i64>,
    issues: i64,
) -> Result<Option<i64>, StoreError> {
    let issue = from.map(|row| order::issue_of(ItemId(row)).0);
    // Of issues there are few, and their rows are short.
    let (sql, from) = match way {
        Way::Forward => (
            "SELECT id FROM issue WHERE id <= ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2",
            issue.unwrap_or(i64::MAX),
        ),
        Way::Backward => (
            "SELECT id FROM issue WHERE id >= ?1 ORDER BY id LIMIT 1 OFFSET ?2",
            issue.unwrap_or(i64::MIN),
        ),
    };
    let issue: Option<i64> = connection
        .prepare_cached(sql)?
        .query_row([from, issues - 1], |row| row.get(0))
        .optional()?;
    Ok(issue.map(|issue| {
        let (first, last) = order::items_of(IssueId(issue));
        match way {
            Way::Forward => first,
            Way::Backward => last,
        }
    }))
}

/// The row behind one.
const fn beyond(row: i64, way: Way) -> i64 {
    match way {
        Way::Forward => row - 1,
        Way::Backward => row + 1,
    }
}
