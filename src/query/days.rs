//! The days that a query asks for: a day, a month, a year, or from one of them to another.
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
pub struct Days(pub Span<Date>);

impl fmt::Display for Days {
    /// The text that reads back as these days: a whole month or year by its name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Span::Between(first, last) = self.0 {
            let (year, month) = (first.year(), first.month());
            if first.day() == 1 && first.last_of_month() == last {
                return write!(f, "{year:04}-{month:02}");
            }
            if first.first_of_year() == first && first.last_of_year() == last {
                return write!(f, "{year:04}");
            }
        }
        self.0.fmt(f)
    }
}

/// The first year that is one: what stands before is no year of a weekly.
const FIRST_YEAR: i16 = 1000;

/// `2023-01-03`, `2023年1月3日`, `20230103`, `2023-01`, `2023`, with signs before and two dots between.
pub(super) fn days(value: &str) -> Result<Days, Fault> {
    Span::read(&normalise(value), BETWEEN, part).map(Days)
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
