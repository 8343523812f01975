//! The issues that a query asks for: by number, by month, or the newest.
//! Must not know which issues there are.

use super::QueryProblem;
use super::span::{Fault, Span};
use crate::issue::IssueNumber;
use crate::text::normalise;
use std::fmt;

/// Names of the newest issue.
const NEWEST: [&str; 6] = ["latest", "newest", "last", "最新", "最近", "本期"];
/// Signs that may stand between two months, beside two dots; a hyphen stands within one.
const BETWEEN: &[char] = &['–', '—', '~', '至', '到'];

/// Issues that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issues {
    /// Those of these numbers.
    Numbers(Numbers),
    /// Those of these months, as they are dated.
    Months(Span<Month>),
    /// The newest of each publication, so many.
    Newest(u32),
}

/// Issue numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The first; none for every number up to the last.
    pub first: Option<IssueNumber>,
    /// The last; none for every number from the first on. One of the two is there.
    pub last: Option<IssueNumber>,
}

/// What of an issue decides whether a query asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssueFace {
    /// Its number.
    pub number: IssueNumber,
    /// Its month, where it is dated.
    pub month: Option<Month>,
    /// Its place among the issues of its publication: 1 is the newest.
    pub place: u32,
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Of four digits.
    pub year: u16,
    /// From 1 to 12.
    pub month: u8,
}

impl Issues {
    /// Whether an issue is one of them.
    #[must_use]
    pub fn contain(&self, issue: &IssueFace) -> bool {
        match self {
            Self::Numbers(numbers) => numbers.contains(issue.number),
            Self::Months(months) => issue.month.is_some_and(|month| months.contains(&month)),
            Self::Newest(count) => issue.place <= *count,
        }
    }
}

impl Numbers {
    /// One number alone.
    #[must_use]
    pub const fn one(number: IssueNumber) -> Self {
        Self {
            first: Some(number),
            last: Some(number),
        }
    }

    /// The number, where it is one alone.
    #[must_use]
    pub fn single(self) -> Option<IssueNumber> {
        self.first.filter(|_| self.first == self.last)
    }

    /// Whether this number is one of them.
    #[must_use]
    pub fn contains(self, number: IssueNumber) -> bool {
        self.first.is_none_or(|first| first <= number)
            && self.last.is_none_or(|last| number <= last)
    }
}

impl fmt::Display for Issues {
    /// The text that reads back as these issues.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers(numbers) => numbers.fmt(f),
            Self::Months(months) => months.fmt(f),
            Self::Newest(1) => f.write_str("latest"),
            Self::Newest(n) => write!(f, "last{n}"),
        }
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}"),
            (first, last) => {
                let shown =
                    |end: Option<IssueNumber>| end.map(|n| n.to_string()).unwrap_or_default();
                write!(f, "{}..{}", shown(first), shown(last))
            }
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// `101`, `82..101`, `2023-01`, `2023-01..2023-03`, `2023年`, `latest`, `last4`.
pub(super) fn issues(value: &str) -> Result<Issues, QueryProblem> {
    if let Some(count) = newest(&normalise(value)) {
        return Ok(Issues::Newest(count));
    }
    let months = Span::read(&normalise(value), BETWEEN, months);
    match (numbers(value), months) {
        (Ok(numbers), _) => Ok(Issues::Numbers(numbers)),
        (Err(_), Ok(months)) => Ok(Issues::Months(months)),
        (Err(_), Err(Fault::Backward)) => Err(QueryProblem::Backward {
            value: value.to_owned(),
        }),
        (Err(problem), Err(Fault::NoValue)) => Err(problem),
    }
}

/// How many of the newest a folded text means.
fn newest(text: &str) -> Option<u32> {
    let rest = NEWEST.iter().find_map(|name| text.strip_prefix(name))?;
    let digits = rest.strip_suffix('期').or(rest.strip_suffix("issues"));
    match digits.unwrap_or(rest) {
        "" => Some(1),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok().filter(|count| *count > 0)
        }
        _ => None,
    }
}

/// The first and the last month that a text means.
fn months(text: &str) -> Option<(Month, Month)> {
    let of = |year: &str, month: u8| {
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year = year.parse().ok().filter(|year| is_year && *year >= 1000)?;
        Some(Month { year, month })
    };
    if let Some(year) = text.strip_suffix('年') {
        return Some((of(year, 1)?, of(year, 12)?));
    }
    let (year, month) = text.split_once(['-', '/', '.', '年'])?;
    let digits = month.strip_suffix('月').unwrap_or(month);
    let is_month = (1..=2).contains(&digits.len());
    let month = digits.parse().ok();
    let month = month.filter(|month| is_month && (1..=12).contains(month))?;
    let month = of(year, month)?;
    Some((month, month))
}

/// `101`, `82..101`, `82..`, `..101`; with 期 behind, `-` or `…` between, and in full width too.
fn numbers(value: &str) -> Result<Numbers, QueryProblem> {
    let no_number = || QueryProblem::NoNumber {
        value: value.to_owned(),
    };
    let number = |text: &str| -> Result<Option<IssueNumber>, QueryProblem> {
        let digits = text.strip_prefix(['第', '总']).unwrap_or(text);
        let digits = digits.strip_suffix('期').unwrap_or(digits);
        if text.is_empty() {
            return Ok(None);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(no_number());
        }
        let number = digits.parse().map_err(|_| no_number())?;
        Ok(Some(IssueNumber(number)))
    };
    // An input method makes 。。 of two dots and …… of a dash, and folding makes three dots of an ellipsis.
    let plain = normalise(value).replace('。', ".");
    let plain = plain.replace("......", "..").replace("...", "..");
    let ends = plain
        .split_once("..")
        .or_else(|| plain.split_once(['-', '–', '—', '~']));
    let Some((first, last)) = ends else {
        return Ok(Numbers::one(number(&plain)?.ok_or_else(no_number)?));
    };
    let (first, last) = (number(first)?, number(last)?);
    match (first, last) {
        (None, None) => Err(no_number()),
        (Some(first), Some(last)) if first > last => Err(QueryProblem::Backward {
            value: value.to_owned(),
        }),
        (first, last) => Ok(Numbers { first, last }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_the_newest_are_told_from_numbers() {
        for (written, read) in [
            ("101", "101"),
            ("第82期..总101期", "82..101"),
            ("82-101", "82..101"),
            ("2023", "2023"),
            ("1999..2001", "1999..2001"),
            ("2023-01", "2023-01"),
            ("2023-1", "2023-01"),
            ("2023/1", "2023-01"),
            ("2023年1月", "2023-01"),
            ("２０２３年１月", "2023-01"),
            ("2023年", "2023-01..2023-12"),
            ("2022-12..2023-02", "2022-12..2023-02"),
            ("2022年12月至2023年2月", "2022-12..2023-02"),
            ("2022..2023-01", "2022-01..2023-01"),
            (">=2023-01", ">=2023-01"),
            ("2023-01..", ">=2023-01"),
            ("latest", "latest"),
            ("最新", "latest"),
            ("本期", "latest"),
            ("last4", "last4"),
            ("Last 4", "last4"),
            ("最近4期", "last4"),
            ("last1", "latest"),
        ] {
            let issues = issues(written).unwrap();
            assert_eq!(issues.to_string(), read, "{written}");
            assert_eq!(super::issues(read).unwrap(), issues, "{written}");
        }
        for written in ["甲", "last0", "latestx", "2023-13", ">=82", ".."] {
            let problem = issues(written).unwrap_err();
            assert!(
                matches!(
                    problem,
                    QueryProblem::NoNumber { .. } | QueryProblem::Backward { .. }
                ),
                "{written}: {problem:?}"
            );
        }
        assert!(matches!(
            issues("2023-02..2023-01"),
            Err(QueryProblem::Backward { .. })
        ));
    }
}
