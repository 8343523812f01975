//! The days that a query asks for: a day, a month, a year, from one of them to another, or so many before the newest issue.
//! Must not know what day it is: a query means the same on every day.

use super::span::{Fault, Span};
use crate::text::normalise;
use jiff::civil::Date;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Signs that may stand between two days, beside two dots; a hyphen stands within one.
const BETWEEN: &[char] = &['–', '—', '~', '至', '到'];

/// Days that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// These.
    Span(Span<Date>),
    /// So many up to the day of the newest issue ([`issued_on`]), and all that come after it; at least one.
    Back(u32),
}

impl fmt::Display for Days {
    /// The text that reads back as these days: a whole month or year by its name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = match self {
            Self::Back(days) => return write!(f, "{days}d"),
            Self::Span(span) => span,
        };
        if let Span::Between(first, last) = *span {
            let (year, month) = (first.year(), first.month());
            if first.day() == 1 && first.last_of_month() == last {
                return write!(f, "{year:04}-{month:02}");
            }
            if first.first_of_year() == first && first.last_of_year() == last {
                return write!(f, "{year:04}");
            }
        }
        span.fmt(f)
    }
}

/// Days beyond which nobody counts back: a hundred years.
const MOST_BACK: u32 = 36_525;
/// What days are counted in, and how many each has.
const UNITS: [(&str, u32); 9] = [
    ("天", 1),
    ("d", 1),
    ("day", 1),
    ("days", 1),
    ("周", 7),
    ("星期", 7),
    ("w", 7),
    ("weeks", 7),
    ("个月", 30),
];

/// The day that an issue counts as issued on. It says a month, and which of the month's issues it is: each is counted as a week, the fourth
/// and what comes after it, or one that does not say which it is, as the 28th. None of an issue without month.
#[must_use]
pub fn issued_on(year: Option<u16>, month: Option<u8>, of_month: Option<u8>) -> Option<Date> {
    let week = of_month.filter(|week| *week > 0).unwrap_or(4).min(4);
    let day = i8::try_from(week).ok()? * 7;
    Date::new(i16::try_from(year?).ok()?, i8::try_from(month?).ok()?, day).ok()
}

/// The first year that is one: what stands before is no year of a weekly.
const FIRST_YEAR: i16 = 1000;

/// `2023-01-03`, `2023年1月3日`, `20230103`, `2023-01`, `2023`, with signs before and two dots between; `7d`, `最近两周` in figures.
pub(super) fn days(value: &str) -> Result<Days, Fault> {
    let folded = normalise(value);
    match back(&folded) {
        Some(days) => Ok(Days::Back(days)),
        None => Span::read(&folded, BETWEEN, part).map(Days::Span),
    }
}

/// How many days before the newest issue a folded text means.
fn back(text: &str) -> Option<u32> {
    if text == "本周" {
        return Some(7);
    }
    let bare = ["最近", "过去", "近", "last"]
        .into_iter()
        .find_map(|sign| text.strip_prefix(sign));
    let bare = bare.unwrap_or(text);
    let bare = bare.strip_suffix('内').unwrap_or(bare);
    let unit = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let count: u32 = bare.strip_suffix(unit)?.parse().ok()?;
    let (_, days) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let days = count.checked_mul(*days)?;
    (1..=MOST_BACK).contains(&days).then_some(days)
}

/// The first and the last day that a text means.
fn part(text: &str) -> Option<(Date, Date)> {
    let bare = text.strip_suffix(['日', '号', '月', '年']).unwrap_or(text);
    let plain = bare.replace(['年', '月', '/', '.'], "-");
    // Eight digits, or six, are written without signs between.
    let is_run = plain.is_ascii() && plain.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = match plain.len() {
        8 if is_run => vec![&plain[..4], &plain[4..6], &plain[6..]],
        6 if is_run => vec![&plain[..4], &plain[4..]],
        _ => plain.split('-').collect(),
    };
    let year = number(parts.first()?, 4..=4).filter(|year| *year >= FIRST_YEAR)?;
    let month = |text| number(text, 1..=2);
    match parts[1..] {
        [] => {
            let first = Date::new(year, 1, 1).ok()?;
            Some((first, first.last_of_year()))
        }
        [of_year] => {
            let first = Date::new(year, month(of_year)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        [of_year, day] => {
            let day = Date::new(year, month(of_year)?, number(day, 1..=2)?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

/// A number of so many digits.
fn number<T: FromStr>(text: &str, length: RangeInclusive<usize>) -> Option<T> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_back_from_the_newest_issue() {
        for (written, read) in [
            ("7d", "7d"),
            ("７ 天", "7d"),
            ("最近30天", "30d"),
            ("近7天内", "7d"),
            ("2w", "14d"),
            ("过去 2 周", "14d"),
            ("last 3 weeks", "21d"),
            ("3个月", "90d"),
            ("本周", "7d"),
        ] {
            let days = days(written).unwrap();
            assert_eq!(days.to_string(), read, "{written}");
            assert_eq!(super::days(read), Ok(days));
        }
        for written in ["0d", "d", "7", "99999999d", "7x", "-7d", "7d..9d"] {
            assert!(days(written).is_err(), "{written}");
        }
    }

    #[test]
    fn an_issue_has_a_day_by_its_month_and_which_of_the_month_it_is() {
        let on = |year, month, week| issued_on(year, month, week).map(|day| day.to_string());
        for (week, day) in [
            (Some(1), "2023-02-07"),
            (Some(4), "2023-02-28"),
            (Some(5), "2023-02-28"),
            (None, "2023-02-28"),
            (Some(0), "2023-02-28"),
        ] {
            assert_eq!(on(Some(2023), Some(2), week).as_deref(), Some(day));
        }
        assert_eq!(on(Some(2023), None, Some(1)), None);
        assert_eq!(on(None, Some(1), Some(1)), None);
    }
}
