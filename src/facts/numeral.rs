//! Numbers in running Chinese text (§2): digits with thousands separators and decimals, hanzi, 万 and 亿 behind either; the
//! words of roundness around them are dropped, and a vague number (数十, 十几) is none. Of a range (50-80亿元, 12至15个) the lower end
//! is the number, as 50亿元 is of 50亿元以上: so much is stated at the least. A sum that is not told (12+3) is none.

use super::ends::end;
use std::ops::Range;

/// A number in a folded line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numeral {
    /// In units of `scale`.
    pub value: f64,
    /// What stands behind the number.
    pub scale: Magnitude,
    /// Its bytes, 万 or 亿 and a 余 or 多 included; without 约 or 近 before it.
    pub range: Range<usize>,
    /// Whether a word says that it is rounded: 约 近 超 余 …; a range is.
    pub is_rough: bool,
    /// Whether it is the lower end of a range, all of which is in `range`.
    pub is_range: bool,
}

/// The power of ten thousand that a number is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magnitude {
    One,
    /// 万
    Wan,
    /// 亿
    Yi,
}

impl Numeral {
    /// The number itself.
    pub fn in_ones(&self) -> f64 {
        match self.scale {
            Magnitude::One => self.value,
            Magnitude::Wan => self.value * 1e4,
            Magnitude::Yi => self.value * 1e8,
        }
    }
}

/// Words before a number that say it is rounded (§2), the longest of those that end alike first.
const ROUGH: [&str; 13] = [
    "不超过",
    "大约",
    "约",
    "将近",
    "接近",
    "近",
    "超过",
    "超",
    "逾",
    "不低于",
    "不少于",
    "突破",
    "至少",
];
/// Words before a number that leave it as it is; the same order.
const EXACT: [&str; 5] = ["高达", "达到", "多达", "达", "上"];
/// The same behind it.
const BEHIND: [char; 3] = ['余', '多', '来'];

/// Strips the words of roundness off the end of a text; whether there were any.
pub(super) fn without_roundness(mut text: &str) -> (&str, bool) {
    let mut is_rough = false;
    let shorter = |words: &[&'static str], text: &str| {
        let found = end(text, words)?;
        let start = text.len() - found.len();
        // 签约 is one word.
        let is_own =
            found != "约" || !text[..start].ends_with(['签', '合', '公', '预', '节', '大']);
        is_own.then_some(start)
    };
    loop {
        if let Some(end) = shorter(&ROUGH, text) {
            text = &text[..end];
            is_rough = true;
        } else if let Some(end) = shorter(&EXACT, text) {
            text = &text[..end];
        } else {
            return (text, is_rough);
        }
    }
}

/// The numbers of a folded line, in order.
pub(super) fn numerals(text: &str) -> impl Iterator<Item = Numeral> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.find(begins)?;
            let (number, end) = read(text, start);
            at = end;
            if number.is_some() {
                return number;
            }
        }
    })
}

fn begins(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || multiplier(c).is_some()
}

/// The number that begins here, if it is one, and where to go on. With a range (50-80亿元) behind its upper end.
fn read(text: &str, start: usize) -> (Option<Numeral>, usize) {
    let (lower, end) = single(text, start);
    let lower = lower.filter(|_| !is_signed(&text[..start]));
    let range = lower.as_ref().and_then(|lower| up_to(text, lower));
    match range {
        Some(range) => {
            let end = range.range.end;
            (Some(range), end)
        }
        None => (lower, end),
    }
}

/// The signs between the ends of a range.
const DASHES: [&str; 7] = ["——", "—", "–", "-", "~", "至", "到"];

/// The range that `lower` begins, where a higher number follows at once; its 亿 may stand behind the second alone.
fn up_to(text: &str, lower: &Numeral) -> Option<Numeral> {
    let rest = &text[lower.range.end..];
    let behind = DASHES.iter().find_map(|dash| rest.strip_prefix(dash))?;
    if !behind.starts_with(begins) {
        return None;
    }
    let start = text.len() - behind.len();
    let upper = single(text, start).0?;
    let scale = if lower.scale == Magnitude::One {
        upper.scale
    } else {
        lower.scale
    };
    let range = Numeral {
        scale,
        range: lower.range.start..upper.range.end,
        is_rough: true,
        is_range: true,
        ..*lower
    };
    (range.in_ones() < upper.in_ones()).then_some(range)
}

/// One number without a range.
fn single(text: &str, start: usize) -> (Option<Numeral>, usize) {
    let rest = &text[start..];
    let (coefficient, length) = if rest.starts_with(|c: char| c.is_ascii_digit()) {
        digits(rest)
    } else {
        hanzi(rest)
    };
    let mut end = start + length;
    let Some(mut value) = coefficient else {
        return (None, end);
    };
    let behind = |end: &mut usize| -> bool {
        let length = roundness(&text[*end..]);
        *end += length;
        length > 0
    };
    let mut is_rough = behind(&mut end);
    let mut scale = Magnitude::One;
    for (word, factor, of) in [
        ("万亿", 1e4, Magnitude::Yi),
        ("千亿", 1e3, Magnitude::Yi),
        ("百亿", 1e2, Magnitude::Yi),
        ("十亿", 1e1, Magnitude::Yi),
        ("亿", 1.0, Magnitude::Yi),
        ("千万", 1e3, Magnitude::Wan),
        ("百万", 1e2, Magnitude::Wan),
        ("万", 1.0, Magnitude::Wan),
        ("个亿", 1.0, Magnitude::Yi),
        ("千", 1e3, Magnitude::One),
        ("百", 1e2, Magnitude::One),
    ] {
        if let Some(rest) = text[end..]
            .strip_prefix(word)
            .filter(|rest| may_end(word, rest))
        {
            end = text.len() - rest.len();
            (value, scale) = (value * factor, of);
            is_rough |= behind(&mut end);
            // 1亿5000万
            if let (Some((more, length)), true) = (lower(&text[end..]), word == "亿") {
                value += more / 1e4;
                end += length;
            }
            break;
        }
    }
    let before = &text[..start];
    let is_vague = before.ends_with(['数', '几', '.']) || text[end..].starts_with('几');
    let value = (!is_vague && value.is_finite()).then_some(value);
    let numeral = value.map(|value| Numeral {
        value: rounded(value),
        scale,
        range: start..end,
        is_rough: is_rough || without_roundness(before).1,
        is_range: false,
    });
    (numeral, end)
}

/// The length of a word of roundness behind a number: 余, or the sign of 50+.
fn roundness(rest: &str) -> usize {
    if rest.starts_with(BEHIND) {
        return '余'.len_utf8();
    }
    let is_more = rest
        .strip_prefix('+')
        .is_some_and(|rest| !rest.starts_with(begins));
    usize::from(is_more)
}

/// Whether the word of a scale is one before these words: 8个亿元项目 are eight projects, and 3百分点 no hundred.
fn may_end(word: &str, rest: &str) -> bool {
    match word {
        "个亿" => !["元", "级", "以上", "美", "吨"]
            .iter()
            .any(|unit| rest.starts_with(unit)),
        "百" => !rest.starts_with('分'),
        _ => true,
    }
}

/// Whether a sign before a number makes it something else: -12, or the second of 12+3.
fn is_signed(before: &str) -> bool {
    before.ends_with(['-', '+'])
}

/// `5000万`, `5千万`, `四千五百万` behind a number of 亿.
fn lower(rest: &str) -> Option<(f64, usize)> {
    let (value, length) = if rest.starts_with(|c: char| c.is_ascii_digit()) {
        digits(rest)
    } else {
        hanzi(rest)
    };
    let value = value.filter(|_| length > 0)?;
    let scales = [("千万", 1e3), ("百万", 1e2), ("万", 1.0)];
    scales.into_iter().find_map(|(word, factor)| {
        let is_told = rest[length..].starts_with(word);
        is_told.then(|| (value * factor, length + word.len()))
    })
}

/// The number of digits, with thousands separators and decimals, and its length; none of 1.2.3.
fn digits(rest: &str) -> (Option<f64>, usize) {
    let plain = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = plain(rest);
    let mut written = rest[..length].to_owned();
    if (1..=3).contains(&length) {
        while rest[length..].starts_with(',') && plain(&rest[length + 1..]) == 3 {
            written.push_str(&rest[length + 1..length + 4]);
            length += 4;
        }
    }
    let decimals = rest[length..].strip_prefix('.').map_or(0, plain);
    if decimals > 0 {
        written.push_str(&rest[length..=length + decimals]);
        length += 1 + decimals;
        if rest[length..].strip_prefix('.').map_or(0, plain) > 0 {
            return (None, length);
        }
    }
    (written.parse().ok(), length)
}

/// The value of a hanzi digit.
fn digit(c: char) -> Option<f64> {
    let value = match c {
        '零' | '〇' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    };
    Some(value)
}

fn multiplier(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => None,
    }
}

/// The number in hanzi below ten thousand, and its length: 六百, 一百二十, 十五, 百 (as in 近百亿). None of 十几 and of digits
/// in a row (二〇二三).
fn hanzi(rest: &str) -> (Option<f64>, usize) {
    let (mut sum, mut last, mut length) = (0.0, None, 0);
    let mut is_number = true;
    for c in rest.chars() {
        if let Some(digit) = digit(c) {
            is_number &= last.is_none() || last == Some(0.0);
            last = Some(digit);
        } else if let Some(factor) = multiplier(c) {
            // 百 and 千 before 万 or 亿 are a part of that where nothing stands before them but a number.
            sum += last.take().unwrap_or(1.0) * factor;
        } else {
            break;
        }
        length += c.len_utf8();
    }
    let mut value = sum + last.unwrap_or(0.0);
    if length > 0
        && let Some((part, digits)) = decimals(&rest[length..])
    {
        value += part;
        length += digits;
    }
    let is_vague = rest[length..].starts_with('几');
    ((is_number && !is_vague).then_some(value), length)
}

/// `点五` before 亿, 万 or 亩, and its length; the time of day (三点五十) is none.
fn decimals(rest: &str) -> Option<(f64, usize)> {
    let behind = rest.strip_prefix('点')?;
    let (mut part, mut place, mut length) = (0.0, 0.1, 0);
    for digit in behind.chars().map_while(digit) {
        part += digit * place;
        place /= 10.0;
        length += '五'.len_utf8();
    }
    let is_amount = length > 0 && behind[length..].starts_with(['亿', '万', '亩']);
    is_amount.then_some((part, '点'.len_utf8() + length))
}

/// Without the noise that factors bring in: 0.1 × 3.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Option<(f64, Magnitude, bool)> {
        let mut found = numerals(text);
        let first = found.next()?;
        assert_eq!(found.next(), None, "{text}");
        Some((first.value, first.scale, first.is_rough))
    }

    #[test]
    fn numbers_are_read_in_every_form() {
        use Magnitude::{One, Wan, Yi};
        for (text, value, scale, is_rough) in [
            ("280亿元", 280.0, Yi, false),
            ("约186.8亿元", 186.8, Yi, true),
            ("2,300亿元", 2300.0, Yi, false),
            ("项目,300亿元", 300.0, Yi, false),
            ("6000余亩", 6000.0, One, true),
            ("200多亿元", 200.0, Yi, true),
            ("2.5万亿元", 25000.0, Yi, false),
            ("三千万元", 3000.0, Wan, false),
            ("六百亩", 600.0, One, false),
            ("超五百亿元", 500.0, Yi, true),
            ("近百亿元", 100.0, Yi, true),
            ("签约31亿元", 31.0, Yi, false),
            ("两个", 2.0, One, false),
            ("十二个", 12.0, One, false),
            ("一百二十个", 120.0, One, false),
            ("二十余个", 20.0, One, true),
            ("1亿5000万元", 1.5, Yi, false),
            ("3千万元", 3000.0, Wan, false),
            ("1200万美元", 1200.0, Wan, false),
            ("一百二十三亿四千五百万元", 123.45, Yi, false),
            ("三亿零五百万元", 3.05, Yi, false),
            ("10.5亿5千万元", 11.0, Yi, false),
            ("十二点五亿元", 12.5, Yi, false),
            ("四点四亿元", 4.4, Yi, false),
            ("12个亿", 12.0, Yi, false),
            ("8个亿元项目", 8.0, One, false),
            ("1百亩", 100.0, One, false),
            ("3千亩", 3000.0, One, false),
            ("50+个", 50.0, One, true),
            ("50-80亿元", 50.0, Yi, true),
            ("5000万-1亿元", 5000.0, Wan, true),
            ("12至15个", 12.0, One, true),
            ("十二到十五个", 12.0, One, true),
            ("签约——12个", 12.0, One, false),
        ] {
            assert_eq!(only(text), Some((value, scale, is_rough)), "{text}");
        }
    }

    #[test]
    fn what_is_no_range_stays_two_numbers() {
        let values = |text| -> Vec<f64> { numerals(text).map(|one| one.value).collect() };
        assert_eq!(values("2023-01"), [2023.0]);
        assert_eq!(values("12+3个"), [12.0]);
        assert_eq!(values("100亩至200亩"), [100.0, 200.0]);
        assert_eq!(values("三点五十分"), [3.0, 50.0]);
        assert_eq!(values("3、5"), [3.0, 5.0]);
        assert_eq!(values("80至50亿"), [80.0, 50.0]);
    }

    #[test]
    fn a_vague_number_is_none() {
        for text in [
            "数十亿元",
            "十几个",
            "几十亿元",
            "数百亩",
            "1.2.3",
            "二〇二三年",
            "没有",
            "-12个",
            "签约-12个",
            "为:-12个",
            "+3个",
        ] {
            assert_eq!(only(text), None, "{text}");
        }
    }
}
