//! Days as a text prints them: 1月3日, 2023年1月3日, 明年1月3日, 上月26日, 5日至7日, 2023-01-03, 一月三日.
//! Must not judge which of them is meant.

use crate::facts::near;
use jiff::civil::Date;
use std::ops::Range;

/// A day in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    pub year: Year,
    pub month: Month,
    pub day: i8,
    /// In the text; of a range of days all of it.
    pub bytes: Range<usize>,
}

/// How its year is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// 2023年
    Number(i16),
    /// 今年 is 0, 去年 is −1, 明年 is 1: counted from the issue's.
    Before(i16),
    /// Not at all.
    Open,
}

/// How its month is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    /// 1月
    Number(i8),
    /// 本月 or nothing is 0, 上月 is −1: counted from the issue's.
    Before(i32),
}

/// The signs between the first and the last day of a range.
const DASHES: [&str; 10] = ["至", "到", "——", "—", "――", "-", "–", "~", "、", "和"];

impl Printed {
    /// The day, by the month of the issue where the text does not tell all of it. `None` for a day that no calendar has.
    pub fn date(&self, year: Option<u16>, month: Option<u8>) -> Option<Date> {
        let issue_year = year.and_then(|year| i16::try_from(year).ok());
        let issue_month = month.and_then(|month| i8::try_from(month).ok());
        let (year, month) = match (self.year, self.month) {
            (Year::Number(year), Month::Number(month)) => (year, month),
            (Year::Before(years), Month::Number(month)) => {
                (issue_year?.saturating_add(years), month)
            }
            (Year::Open, Month::Number(month)) => {
                (nearest(issue_year?, issue_month?, month), month)
            }
            (_, Month::Before(months)) => {
                let all = i32::from(issue_year?) * 12 + i32::from(issue_month?) - 1 + months;
                let year = i16::try_from(all.div_euclid(12)).ok()?;
                (year, i8::try_from(all.rem_euclid(12)).ok()? + 1)
            }
        };
        Date::new(year, month, self.day).ok()
    }
}

/// The year in which a month is nearest to the issue's; of two the earlier.
fn nearest(issue_year: i16, issue_month: i8, month: i8) -> i16 {
    match month - issue_month {
        6.. => issue_year.saturating_sub(1),
        ..=-7 => issue_year.saturating_add(1),
        _ => issue_year,
    }
}

/// The days of a folded text in their order. What goes on a range (至7日) belongs to the day that it began with.
pub(super) fn days(text: &str) -> Vec<Printed> {
    let mut found: Vec<Printed> = vec![];
    for (at, sign) in text.match_indices(['日', '号', '-', '.', '/']) {
        if let Some(last) = found.last_mut() {
            let is_inside = at < last.bytes.end;
            if is_inside || (is_day_sign(sign) && ends_range(&text[last.bytes.end..at])) {
                last.bytes.end = last.bytes.end.max(at + sign.len());
                continue;
            }
        }
        found.extend(if is_day_sign(sign) {
            before_sign(text, at, sign)
        } else {
            with_signs(text, at, sign)
        });
    }
    found
}

fn is_day_sign(sign: &str) -> bool {
    matches!(sign, "日" | "号")
}

/// Whether words go on from the first day of a range to the 日 of its last: 至7, —2月7.
fn ends_range(between: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || hanzi(c).is_some() || "十月年".contains(c);
    let mut dashes = DASHES.iter();
    let last = dashes.find_map(|dash| between.strip_prefix(dash));
    last.is_some_and(|last| !last.is_empty() && last.chars().all(is_part))
}

/// A day that ends with 日 at `at`.
fn before_sign(text: &str, at: usize, sign: &str) -> Option<Printed> {
    let (day, start) = number(&text[..at])?;
    let (day, start) = first_of_range(text, start).unwrap_or((day, start));
    let end = at + sign.len();
    let day = i8::try_from(day)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let whole = month_before(&text[..start]).map(|(year, month, start)| Printed {
        year,
        month: Month::Number(month),
        day,
        bytes: start..end,
    });
    whole.or_else(|| bare(text, day, start..end, sign))
}

/// A day without the name of its month: 5日, 本月8日, 上月26日.
fn bare(text: &str, day: i8, bytes: Range<usize>, sign: &str) -> Option<Printed> {
    const MONTHS: [(&str, i32); 6] = [
        ("本月", 0),
        ("当月", 0),
        ("这个月", 0),
        ("上月", -1),
        ("上个月", -1),
        ("下月", 1),
    ];
    let before = &text[..bytes.start];
    let named = MONTHS.iter().find_map(|(name, months)| {
        let rest = before.strip_suffix(name)?;
        Some((rest.len(), *months))
    });
    if let Some((start, months)) = named {
        return Some(Printed {
            year: Year::Open,
            month: Month::Before(months),
            day,
            bytes: start..bytes.end,
        });
    }
    let is_digits = text[bytes.clone()].starts_with(|c: char| c.is_ascii_digit());
    let behind = &text[bytes.end..];
    let is_phrase = begins_a_phrase(before) && !is_duration(behind);
    let is_day = sign == "日" && is_digits && (is_phrase || goes_on(before, behind));
    is_day.then_some(Printed {
        year: Year::Open,
        month: Month::Before(0),
        day,
        bytes,
    })
}

/// Whether a bare number of days may follow these words.
fn begins_a_phrase(before: &str) -> bool {
    let ends = [
        ",", "。", ";", ":", "、", "(", " ", "于", "在", "从", "悉", "时间", "市", "县", "区",
        "省", "州", "会",
    ];
    before.is_empty() || ends.iter().any(|end| before.ends_with(end))
}

/// Whether a clause goes on behind a bare day: 某人8日在某地.
fn goes_on(before: &str, behind: &str) -> bool {
    let words = [
        "在", "举行", "召开", "举办", "上午", "下午", "晚", "凌晨", "清晨", "中午", "签", "发布",
        "印发", "宣布", "从", "正式",
    ];
    let is_number =
        before.ends_with(|c: char| c.is_ascii_digit() || "第每近前月年逢约超".contains(c));
    !is_number && words.iter().any(|word| behind.starts_with(word))
}

/// Whether 日 counts days, by the words behind it.
fn is_duration(behind: &str) -> bool {
    let words = [
        "内", "后", "均", "龄", "游", "间", "夜", "产", "处理", "报", "志", "为", "期", "加工",
        "最", "量", "制",
    ];
    words.iter().any(|word| behind.starts_with(word))
}

/// The first number of `5-7日`, where what ends at `end` is the second.
fn first_of_range(text: &str, end: usize) -> Option<(u32, usize)> {
    let before = &text[..end];
    let rest = DASHES.iter().find_map(|dash| before.strip_suffix(dash))?;
    number(rest)
}

/// Month and year that a text ends with, and where they begin: `2023年1月`. None of the lunar calendar's, nor of what is only a part of
/// another number (1.2月).
fn month_before(text: &str) -> Option<(Year, i8, usize)> {
    let before = text
        .strip_suffix('月')
        .or_else(|| text.strip_suffix("月份"))?;
    let first = before.strip_suffix('元').map(|rest| (1, rest.len()));
    let (month, start) = first.or_else(|| number(before))?;
    let month = i8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let before = &text[..start];
    let is_part = before
        .strip_suffix('.')
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    if is_part || is_lunar(before) {
        return None;
    }
    let (year, start) = year_before(before)?;
    Some((year, month, start))
}

/// Whether a text ends with the name of the lunar calendar, or with a year of it.
fn is_lunar(text: &str) -> bool {
    let text = text.strip_suffix('年').map_or(text, |year| {
        // 农历癸卯年
        let name = year
            .char_indices()
            .rev()
            .take_while(|(_, c)| !c.is_ascii_digit());
        name.take(2).last().map_or(year, |(at, _)| &year[..at])
    });
    ["农历", "阴历", "旧历", "夏历"]
        .iter()
        .any(|name| text.ends_with(name))
}

/// The year that a text ends with, and where it begins; open where there is none. `None` of one that no event of today is in: a slip
/// (12024年), or every year (每年).
fn year_before(text: &str) -> Option<(Year, usize)> {
    const NAMES: [(&str, i16); 8] = [
        ("今年", 0),
        ("本年", 0),
        ("去年", -1),
        ("上年", -1),
        ("前年", -2),
        ("明年", 1),
        ("来年", 1),
        ("后年", 2),
    ];
    for (name, years) in NAMES {
        if let Some(rest) = text.strip_suffix(name) {
            return Some((Year::Before(years), rest.len()));
        }
    }
    for name in ["次年", "翌年"] {
        if let Some(rest) = text.strip_suffix(name) {
            return Some((next(rest), rest.len()));
        }
    }
    let open = (Year::Open, text.len());
    let Some(before) = text.strip_suffix('年') else {
        return Some(open);
    };
    if before.ends_with(['每', '历', '逐']) {
        return None;
    }
    let length = before.len() - before.trim_end_matches(is_year_digit).len();
    if length == 0 {
        return Some(open);
    }
    let (year, start) = digits(before)?;
    let is_short = length == 2 && before[start..].bytes().all(|c| c.is_ascii_digit());
    let year = match &before[..start] {
        // 民国113年
        era if era.ends_with("民国") => year.checked_add(1911)?,
        // 23年1月3日
        _ if is_short => year + 2000,
        _ => year,
    };
    let year = i16::try_from(year)
        .ok()
        .filter(|year| YEARS.contains(year))?;
    Some((Year::Number(year), start))
}

/// The years that are believed.
const YEARS: Range<i16> = 1900..2100;

fn is_year_digit(c: char) -> bool {
    c.is_ascii_digit() || hanzi(c).is_some()
}

/// The year behind the one that a text named last; behind the issue's where it names none.
fn next(text: &str) -> Year {
    let text = near::last(text);
    let printed = text.rmatch_indices('年').find_map(|(at, _)| {
        let (year, _) = digits(&text[..at])?;
        let year = i16::try_from(year).ok()?;
        YEARS.contains(&year).then_some((at, year + 1))
    });
    let last = text.rfind("去年").or_else(|| text.rfind("上年"));
    match (printed, last) {
        (Some((at, year)), last) if last.is_none_or(|last| last < at) => Year::Number(year),
        (_, Some(_)) => Year::Before(0),
        _ => Year::Before(1),
    }
}

/// `2023-01-03`, `2023.1.3`, `2023/1/3`, whose first sign stands at `at`.
fn with_signs(text: &str, at: usize, sign: &str) -> Option<Printed> {
    let year = text[..at].get(at.checked_sub(4)?..)?;
    let is_part = text[..at - 4].ends_with(|c: char| c.is_ascii_digit());
    let year: i16 = year
        .parse()
        .ok()
        .filter(|year| !is_part && YEARS.contains(year))?;
    let (month, rest) = leading(&text[at + sign.len()..])?;
    let (day, rest) = leading(rest.strip_prefix(sign)?)?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(Printed {
        year: Year::Number(year),
        month: Month::Number(month),
        day,
        bytes: at - 4..text.len() - rest.len(),
    })
}

/// The one or two digits that a text begins with, and the rest.
fn leading(text: &str) -> Option<(i8, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(length);
    Some((number.parse().ok()?, rest))
}

/// The number that a text ends with, in digits or hanzi, and where it begins.
fn number(text: &str) -> Option<(u32, usize)> {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if start < text.len() {
        return Some((text[start..].parse().ok()?, start));
    }
    let start = text
        .trim_end_matches(|c| hanzi(c).is_some() || c == '十')
        .len();
    Some((hanzi_number(&text[start..])?, start))
}

/// The digits of a year: `2023`, `二〇二三`.
fn digits(text: &str) -> Option<(u32, usize)> {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if start < text.len() {
        return Some((text[start..].parse().ok()?, start));
    }
    let start = text.trim_end_matches(|c| hanzi(c).is_some()).len();
    let number = text[start..].chars().filter_map(hanzi);
    let number = number.fold(0u32, |all, digit| {
        all.saturating_mul(10).saturating_add(digit)
    });
    Some((number, start))
}

/// A number below a hundred: 三, 十二, 二十九.
fn hanzi_number(text: &str) -> Option<u32> {
    let one = |text: &str| {
        let mut chars = text.chars();
        let digit = hanzi(chars.next()?)?;
        chars.next().is_none().then_some(digit)
    };
    match text.split_once('十') {
        None => one(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let ones = if ones.is_empty() { 0 } else { one(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

fn hanzi(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}
