//! Row ids that are the display order: descending, the newest issue comes first and its items stand in the order of the body.
//! Must never change: the ids are in every library's file.
//!
//! An issue's id, from the highest bit: year 12, month 4, week 3, publication 8, number 20 (47 bits; what the cover does not
//! say is 0, and so older than all that is dated). An item's id: the issue's id 47, 65,535 − position 16. The items of an
//! issue are one range, and a page of any list is `id < last ORDER BY id DESC LIMIT n`.

use super::StoreError;
use crate::issue::{IssueId, IssueNumber, ItemId};

/// Items an issue may hold.
pub const MAX_ITEMS: usize = (1 << POSITION_BITS) - 1;
/// The largest number of an issue.
pub const MAX_NUMBER: u32 = (1 << NUMBER_BITS) - 1;
/// Publications a library may hold.
pub const MAX_PUBLICATIONS: u8 = u8::MAX;

const NUMBER_BITS: u32 = 20;
const PUBLICATION_BITS: u32 = 8;
const WEEK_BITS: u32 = 3;
const MONTH_BITS: u32 = 4;
const YEAR_BITS: u32 = 12;
const POSITION_BITS: u32 = 16;
const LAST_POSITION: i64 = (1 << POSITION_BITS) - 1;

/// What an issue's place among all issues depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    /// Year, month and issue of the month, as far as the cover says.
    pub date: (Option<u16>, Option<u8>, Option<u8>),
    /// The publication's row.
    pub publication: u8,
    pub number: IssueNumber,
}

/// The row of an issue.
///
/// # Errors
/// A limit: the number or a part of the date is too large to be packed.
pub(super) fn issue_id(standing: Standing) -> Result<IssueId, StoreError> {
    let (year, month, week) = standing.date;
    let date = (year.unwrap_or(0), month.unwrap_or(0), week.unwrap_or(0));
    if standing.number.0 > MAX_NUMBER {
        return Err(StoreError::NumberTooLarge {
            number: standing.number.0,
            largest: MAX_NUMBER,
        });
    }
    if date.0 >> YEAR_BITS != 0 || date.1 >> MONTH_BITS != 0 || date.2 >> WEEK_BITS != 0 {
        return Err(StoreError::DateTooLarge {
            year: date.0,
            month: date.1,
            week: date.2,
        });
    }
    let id = i64::from(date.0);
    let id = id << MONTH_BITS | i64::from(date.1);
    let id = id << WEEK_BITS | i64::from(date.2);
    let id = id << PUBLICATION_BITS | i64::from(standing.publication);
    Ok(IssueId(id << NUMBER_BITS | i64::from(standing.number.0)))
}

/// The row of the item at `position` of its issue, from 0.
///
/// # Errors
/// A limit: the issue has more than [`MAX_ITEMS`] items.
pub(super) fn item_id(issue: IssueId, position: usize) -> Result<ItemId, StoreError> {
    if position >= MAX_ITEMS {
        return Err(StoreError::TooManyItems { most: MAX_ITEMS });
    }
    let reversed = i64::try_from(MAX_ITEMS - position).unwrap_or(0);
    Ok(ItemId(issue.0 << POSITION_BITS | reversed))
}

/// The issue that an item belongs to. Needs no look at the library.
#[must_use]
pub const fn issue_of(item: ItemId) -> IssueId {
    IssueId(item.0 >> POSITION_BITS)
}

/// The number of an issue. Needs no look at the library.
pub(super) const fn number_of(issue: IssueId) -> i64 {
    issue.0 & ((1 << NUMBER_BITS) - 1)
}

/// The smallest and the largest id that an item of the issue can have.
#[must_use]
pub const fn items_of(issue: IssueId) -> (i64, i64) {
    let first = issue.0 << POSITION_BITS;
    (first, first | LAST_POSITION)
}

/// [`issue_of`] in SQL, for the column `item`.
pub(super) fn issue_of_sql(item: &str) -> String {
    format!("({item} >> {POSITION_BITS})")
}

/// [`items_of`] in SQL: that the column `item` is an item of the issue in the column `issue`.
pub(super) fn items_of_sql(item: &str, issue: &str) -> String {
    format!(
        "{item} BETWEEN {issue} << {POSITION_BITS} AND ({issue} << {POSITION_BITS}) + {LAST_POSITION}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standing() -> impl Strategy<Value = Standing> {
        (
            proptest::option::of(1..4096_u16),
            proptest::option::of(1..16_u8),
            proptest::option::of(1..8_u8),
            1..=u8::MAX,
            0..=MAX_NUMBER,
        )
            .prop_map(|(year, month, week, publication, number)| Standing {
                date: (year, month, week),
                publication,
                number: IssueNumber(number),
            })
    }

    proptest! {
        #[test]
        fn ids_stand_in_the_order_of_date_publication_number(a in standing(), b in standing()) {
            prop_assert_eq!(issue_id(a).unwrap().cmp(&issue_id(b).unwrap()), a.cmp(&b));
        }

        #[test]
        fn items_descend_through_an_issue_and_never_leave_it(of in standing(), a in 0..MAX_ITEMS, b in 0..MAX_ITEMS) {
            let issue = issue_id(of).unwrap();
            let (first, last) = (item_id(issue, a).unwrap(), item_id(issue, b).unwrap());
            prop_assert_eq!(first.cmp(&last), b.cmp(&a));
            prop_assert_eq!(issue_of(first), issue);
            let (lowest, highest) = items_of(issue);
            prop_assert!((lowest..=highest).contains(&first.0));
        }

        #[test]
        fn a_newer_issue_stands_before_every_item_of_an_older_one(a in standing(), b in standing()) {
            prop_assume!(a > b);
            let newer = item_id(issue_id(a).unwrap(), MAX_ITEMS - 1).unwrap();
            prop_assert!(newer > item_id(issue_id(b).unwrap(), 0).unwrap());
        }
    }

    #[test]
    fn sql_finds_the_items_and_issues_that_rust_finds() {
        let database = rusqlite::Connection::open_in_memory().unwrap();
        let issue_of_sql = issue_of_sql("item");
        let inside_sql = items_of_sql("item", "issue");
        let sql =
            format!("SELECT {issue_of_sql}, {inside_sql} FROM (SELECT ?1 AS item, ?2 AS issue)");
        for issue in [0, 7, (1 << 47) - 1].map(IssueId) {
            let (first, last) = items_of(issue);
            for (item, inside) in [
                (first - 1, false),
                (first, true),
                (last, true),
                (last.saturating_add(1), last == i64::MAX),
            ] {
                let found: (i64, bool) = database
                    .query_row(&sql, [item, issue.0], |row| Ok((row.get(0)?, row.get(1)?)))
                    .unwrap();
                assert_eq!(found, (issue_of(ItemId(item)).0, inside));
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let fits = Standing {
            date: (Some(4095), Some(15), Some(7)),
            publication: MAX_PUBLICATIONS,
            number: IssueNumber(MAX_NUMBER),
        };
        assert!(issue_id(fits).unwrap().0 < 1 << 47);
        assert!(item_id(issue_id(fits).unwrap(), MAX_ITEMS - 1).is_ok());
        assert!(item_id(issue_id(fits).unwrap(), MAX_ITEMS).is_err());
        for date in [
            (Some(4096), None, None),
            (None, Some(16), None),
            (None, None, Some(8)),
        ] {
            assert!(issue_id(Standing { date, ..fits }).is_err());
        }
        let number = IssueNumber(MAX_NUMBER + 1);
        assert!(issue_id(Standing { number, ..fits }).is_err());
    }
}
