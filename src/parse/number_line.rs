//! The line that says which issue it is: 2023年1月1期（总101期）; and the same in the name of a file.
//! Must not know whose number it is; the cover says.

use super::lines::Row;
use super::numeral;
use crate::issue::{IssueDate, IssueNumber};
use crate::text::normalise;
use std::ops::Range;

/// A number line is short: a sentence that names an issue is none.
pub(super) const NUMBER_LINE: usize = 60;
/// Whether the row at `at` and the next one, or the one before, are a number line together.
pub(super) fn is_part_of_number(rows: &[Row<'_>], at: usize) -> bool {
    let pair = |at: usize| {
        rows.get(at..at + 2)
            .is_some_and(|pair| numbered_pair(pair).is_some())
    };
    pair(at) || at.checked_sub(1).is_some_and(pair)
}

/// The number and date of the first line that has a number; the line may be wrapped.
pub(super) fn number_line(rows: &[Row<'_>]) -> Option<(IssueNumber, IssueDate)> {
    rows.iter()
        .enumerate()
        .find_map(|(at, row)| numbered(row.text).or_else(|| numbered_pair(rows.get(at..at + 2)?)))
}

/// The number and date of a number line that is wrapped.
pub(super) fn numbered_pair(pair: &[Row<'_>]) -> Option<(IssueNumber, IssueDate)> {
    let [row, next] = pair else {
        return None;
    };
    let short = row.text.len() + next.text.len() <= NUMBER_LINE && row.text.contains('年');
    (short && !next.gap).then(|| numbered(&format!("{}{}", row.text, next.text)))?
}

/// The number and date in the name of a file: `2023年1月1期（总101期）`, `issue-101`, `101`.
pub(super) fn numbered_name(name: &str) -> Option<(IssueNumber, IssueDate)> {
    if let Some(found) = numbered(name) {
        return Some(found);
    }
    let folded = normalise(name);
    let parts: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .map(normalise)
        .collect();
    let day = day(&parts);
    // A year, or a day in digits, is no number; of what is left there must be one.
    let mut numbers = parts.iter().enumerate().filter_map(|(at, part)| {
        if day.as_ref().is_some_and(|(range, _)| range.contains(&at)) {
            return None;
        }
        let (digits, rest) = part.split_at(
            part.find(|c: char| !c.is_ascii_digit())
                .unwrap_or(part.len()),
        );
        let bare = match digits {
            "" => part.trim_start_matches(|c: char| !c.is_ascii_digit()),
            _ if rest.is_empty() || rest.starts_with('期') => digits,
            _ => return None,
        };
        let digits = bare.strip_suffix('期').unwrap_or(bare);
        let number: u32 = digits.parse().ok()?;
        (!is_year(digits) && digits.len() <= 4 && number > 0).then_some(number)
    });
    let number = numbers.next()?;
    match numbers.next() {
        None => Some((
            IssueNumber(number),
            day.map_or_else(|| date(&folded), |(_, date)| date),
        )),
        Some(_) => None,
    }
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// The parts of a file name that are a day, and its year and month: `2023-01-06`.
fn day(parts: &[String]) -> Option<(Range<usize>, IssueDate)> {
    let number = |part: &String, most: u8| {
        let number: u8 = part.parse().ok()?;
        (1..=most).contains(&number).then_some(number)
    };
    parts.windows(3).enumerate().find_map(|(at, window)| {
        let [year, month, day] = window else {
            return None;
        };
        let month = number(month, 12)?;
        number(day, 31)?;
        let year = year.parse().ok().filter(|_| is_year(year))?;
        Some((
            at..at + 3,
            IssueDate {
                year: Some(year),
                month: Some(month),
                week: None,
            },
        ))
    })
}

/// The number and date of a number line.
pub(super) fn numbered(text: &str) -> Option<(IssueNumber, IssueDate)> {
    if text.chars().nth(NUMBER_LINE).is_some() || !text.contains(['期', '總', '总']) {
        return None;
    }
    let folded = normalise(text);
    let date = date(&folded);
    // Without a total the number of the year has to do; that of the month would not tell two issues apart.
    let number = ["总", "第", "年"]
        .into_iter()
        .find_map(|mark| after(&folded, mark))?;
    Some((IssueNumber(number), date))
}

/// Whether the number of a number line is that of all issues (总), not that of the year.
pub(super) fn is_total(text: &str) -> bool {
    after(&normalise(text), "总").is_some()
}

/// Whether `text` is a number line and nothing else, but for the name of the publication.
pub(super) fn is_number_line(text: &str) -> bool {
    if numbered(text).is_none() {
        return false;
    }
    let rest = normalise(text);
    let left = rest.chars().filter(|c| {
        !numeral::is_numeral(*c) && !"年月日第总期周刊星期()【】〔〕[]·-—–.,:：/|《》".contains(*c)
    });
    left.count() <= 12 && !text.ends_with(['。', '；', '，'])
}

/// The number between `mark` (and 第) and 期. Right behind a month it is that of the week.
fn after(folded: &str, mark: &str) -> Option<u32> {
    let mut marks = folded.match_indices(mark);
    marks.find_map(|(at, _)| {
        if folded[..at].ends_with('月') {
            return None;
        }
        let rest = &folded[at + mark.len()..];
        let (number, rest) = numeral::leading(rest.strip_prefix('第').unwrap_or(rest))?;
        (number > 0 && rest.starts_with('期')).then_some(number)
    })
}

pub(super) fn date(folded: &str) -> IssueDate {
    let mut date = IssueDate::default();
    let Some((before, rest)) = folded.split_once('年') else {
        return date;
    };
    date.year = numeral::trailing(before)
        .and_then(|year| u16::try_from(year).ok())
        .filter(|year| (1900..=2200).contains(year));
    if let Some((month, rest)) = numeral::leading(rest)
        && (1..=12).contains(&month)
        && let Some(rest) = rest.strip_prefix('月')
    {
        date.month = u8::try_from(month).ok();
        date.week = numeral::leading(rest.strip_prefix('第').unwrap_or(rest))
            .filter(|(week, rest)| (1..=6).contains(week) && rest.starts_with(['期', '周']))
            .and_then(|(week, _)| u8::try_from(week).ok());
    }
    date
}

/// Whether `text` is a date and nothing else: `2023年1月6日（星期五）`, `2023-01-06`.
pub(super) fn is_date(text: &str) -> bool {
    let folded = normalise(text);
    let part = |c: char| numeral::is_numeral(c) || "年月日号星期周至天-–—~./()".contains(c);
    folded.chars().all(part)
        && folded.contains(|c: char| numeral::digit(c).is_some() || "年月日".contains(c))
}
