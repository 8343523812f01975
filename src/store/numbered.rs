//! Which issues a query asks for, by their numbers, their months, or as the newest: as a condition on their rows, and as the rows of their
//! items.
//! Must not ask for anything of an item.

use super::conditions::{Asked, any};
use super::{StoreError, asked, order};
use crate::issue::IssueId;
use crate::query::{Issues, Month};
use rusqlite::{Connection, params_from_iter};

/// That an issue is one of these.
pub(super) fn issues(issues: &[Issues]) -> Asked {
    any(issues.iter().map(|issues| of_issues(*issues)))
}

/// The rows among which the items of some issues are; where there is no such issue, none. Without it the items of a few old issues would be
/// looked for among all.
pub(super) fn items_of(
    connection: &Connection,
    issues: &[Issues],
) -> Result<(i64, i64), StoreError> {
    let (condition, values) = self::issues(issues);
    let sql = format!("SELECT min(issue.id), max(issue.id) FROM issue WHERE {condition}");
    let ends: (Option<i64>, Option<i64>) = connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(match ends {
        (Some(first), Some(last)) => {
            let of = |issue| order::items_of(IssueId(issue));
            (of(first).0, of(last).1)
        }
        _ => (1, 0),
    })
}

fn of_issues(issues: Issues) -> Asked {
    match issues {
        Issues::Numbers(numbers) => {
            let first = numbers.first.map_or(0, |number| i64::from(number.0));
            let last = numbers.last.map_or(i64::MAX, |number| i64::from(number.0));
            let condition = "issue.number BETWEEN ? AND ?";
            (condition.to_owned(), vec![first.into(), last.into()])
        }
        Issues::Months(months) => {
            let months =
                months.map(|Month { year, month }| i64::from(year) * 100 + i64::from(month));
            asked::spans("(issue.year * 100 + issue.month)", [months].into_iter())
        }
        // Ids sort as issues are dated.
        Issues::Newest(count) => {
            let condition = "issue.id IN (SELECT id FROM (SELECT id, row_number() OVER \
                 (PARTITION BY publication ORDER BY id DESC) AS place FROM issue) WHERE place <= ?)";
            (condition.to_owned(), vec![i64::from(count).into()])
        }
    }
}
