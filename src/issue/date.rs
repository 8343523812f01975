//! The date of an issue, as far as it is printed: year, month, and which issue of the month.
//! Must not be mistaken for a day: the week is a count of issues.

use super::IssueLabel;
use crate::text::normalise;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// 2023年1月1期, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IssueDate {
    /// 1900–2200.
    pub year: Option<u16>,
    /// 1–12.
    pub month: Option<u8>,
    /// Issue of the month, 1–6.
    pub week: Option<u8>,
}

/// What is no date of an issue, as written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the date of an issue: {0}")]
pub struct IssueDateError(pub String);

const YEARS: RangeInclusive<u16> = 1900..=2200;
const MONTHS: RangeInclusive<u8> = 1..=12;
const WEEKS: RangeInclusive<u8> = 1..=6;

impl From<&IssueLabel> for IssueDate {
    fn from(label: &IssueLabel) -> Self {
        Self {
            year: label.year,
            month: label.month,
            week: label.week,
        }
    }
}

/// `2023`, `2023-01`, `2023-01-1` (the first issue of January), or as printed: `2023年1月1期`, `2023年1月第1期`, `2023年1月`,
/// `2023年`. In any width, with or without spaces.
impl FromStr for IssueDate {
    type Err = IssueDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let folded = normalise(text);
        read(&folded).ok_or_else(|| IssueDateError(text.to_owned()))
    }
}

fn read(folded: &str) -> Option<IssueDate> {
    let parts: Vec<&str> = if folded.contains('年') {
        printed(folded)?
    } else {
        folded.split(['-', '/', '.']).collect()
    };
    let mut parts = parts.into_iter();
    let date = IssueDate {
        year: Some(number(parts.next()?, &YEARS)?),
        month: parts
            .next()
            .map_or(Some(None), |part| Some(Some(number(part, &MONTHS)?)))?,
        week: match parts.next() {
            None => None,
            // Two digits are a day.
            Some(part) if part.len() == 1 => Some(number(part, &WEEKS)?),
            Some(_) => return None,
        },
    };
    parts.next().is_none().then_some(date)
}

/// The numbers of `2023年1月第1期`.
fn printed(folded: &str) -> Option<Vec<&str>> {
    let (year, rest) = folded.split_once('年')?;
    if rest.is_empty() {
        return Some(vec![year]);
    }
    let (month, rest) = rest.split_once('月')?;
    if rest.is_empty() {
        return Some(vec![year, month]);
    }
    let week = rest.strip_prefix('第').unwrap_or(rest);
    Some(vec![year, month, week.strip_suffix(['期', '周'])?])
}

/// The number that `text` is, if it lies in `range`.
fn number<N: FromStr + PartialOrd>(text: &str, range: &RangeInclusive<N>) -> Option<N> {
    // `parse` takes a sign too.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits)?;
    range.contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_written() {
        let date = |year, month, week| {
            Ok(IssueDate {
                year: Some(year),
                month,
                week,
            })
        };
        for (text, expected) in [
            ("2023", date(2023, None, None)),
            ("2023年", date(2023, None, None)),
            ("2023-01", date(2023, Some(1), None)),
            ("2023/1", date(2023, Some(1), None)),
            ("2023年12月", date(2023, Some(12), None)),
            ("2023-01-1", date(2023, Some(1), Some(1))),
            ("2023年1月2期", date(2023, Some(1), Some(2))),
            (" ２０２３ 年 １ 月 第 ３ 期 ", date(2023, Some(1), Some(3))),
        ] {
            assert_eq!(text.parse(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_of_an_issue_is_refused() {
        for text in [
            "",
            "1月",
            "23",
            "2023-13",
            "2023-0",
            "2023-01-06",
            "2023-01-7",
            "2023-1-1-1",
            "2023年1",
            "2023年1月1",
            "2023年1月31日",
            "+2023",
            "2023-",
            "总101期",
            "二〇二三年",
        ] {
            assert_eq!(
                text.parse::<IssueDate>(),
                Err(IssueDateError(text.to_owned()))
            );
        }
    }
}
