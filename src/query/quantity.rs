//! The quantities that a query compares: amounts of money, land, numbers of projects.
//! Must not say what an item states.

use super::signs::grouping;
use super::span::{Fault, Span};
use crate::facts::rates;
use crate::issue::{Currency, Money, Scale, Unit};
use crate::text::normalise;
use std::cmp::Ordering;
use std::fmt;

/// No number is as great as this: all whole ones below it are told apart.
const MOST: f64 = 1e15;
/// 亩 of a hectare.
const MU_PER_HECTARE: f64 = 15.0;
/// Signs that may stand between two quantities, beside two dots.
const BETWEEN: &[char] = &['-', '–', '—', '~', '至', '到'];
/// Names of currencies beside those that units have.
const CURRENCIES: [(&str, Currency); 14] = [
    ("", Currency::Yuan),
    ("yuan", Currency::Yuan),
    ("rmb", Currency::Yuan),
    ("cny", Currency::Yuan),
    ("usd", Currency::UsDollar),
    ("dollars", Currency::UsDollar),
    ("usdollars", Currency::UsDollar),
    ("euro", Currency::Euro),
    ("euros", Currency::Euro),
    ("eur", Currency::Euro),
    ("人民币", Currency::Yuan),
    ("元人民币", Currency::Yuan),
    ("美金", Currency::UsDollar),
    ("港币", Currency::HongKongDollar),
];

/// English names of scales, longest first where one begins with another, and how many of ours each is.
const ENGLISH_SCALES: [(&str, Scale, f64); 6] = [
    ("trillion", Scale::Yi, 10_000.0),
    ("billion", Scale::Yi, 10.0),
    ("million", Scale::Wan, 100.0),
    ("tn", Scale::Yi, 10_000.0),
    ("bn", Scale::Yi, 10.0),
    ("mn", Scale::Wan, 100.0),
];
/// What a word that is a unit, right or wrong, is made of; and such words in letters.
const OF_UNITS: &str = "十百千万亿元美日欧英港韩澳加亩个项公顷平方米里";
const UNITS: [&str; 13] = [
    "billion", "million", "trillion", "bn", "mn", "tn", "b", "m", "yuan", "usd", "mu", "ha", "km2",
];

/// An amount as typed: a finite number that is not negative, in 万 or 亿 of a currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount(Money);

/// Land as typed, in 亩: a finite number that is not negative.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Land(f64);

// A number that is one is equal to itself.
impl Eq for Amount {}
impl Eq for Land {}

impl Amount {
    /// The amount in 亿元.
    #[must_use]
    pub fn in_yi(self) -> f64 {
        rates::in_yi(self.0).unwrap_or(f64::MAX)
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.in_yi().partial_cmp(&other.in_yi())
    }
}

impl Land {
    /// In 亩.
    #[must_use]
    pub const fn in_mu(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Amount {
    /// As it is typed: `100亿`, `5亿美元`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unit { scale, currency } = self.0.unit;
        let currency = match currency {
            Currency::Yuan => "",
            other => other.name(),
        };
        write!(f, "{}{}{currency}", self.0.value, scale.name())
    }
}

impl fmt::Display for Land {
    /// As it is typed: `500亩`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}亩", self.0)
    }
}

/// Whether a folded word by itself can only be the unit of a number before it.
pub(super) fn is_unit(word: &str) -> bool {
    let is_hanzi = !word.is_empty() && word.chars().all(|c| OF_UNITS.contains(c));
    is_hanzi || UNITS.contains(&word)
}

/// `>=100亿`, `10亿..20亿`, `5000万美元`, `10 billion`; a bare number is in 亿.
pub(super) fn amounts(value: &str) -> Result<Span<Amount>, Fault> {
    read(value, amount)
}

/// One amount as it is typed, with its unit; none where it is no amount.
#[must_use]
pub fn money(typed: &str) -> Option<Money> {
    with_unit(typed, amount).map(|Amount(money)| money)
}

/// One area of land as it is typed, with its unit, in 亩; none where it is none.
#[must_use]
pub fn mu(typed: &str) -> Option<f64> {
    with_unit(typed, area).map(Land::in_mu)
}

/// What is more than nothing and has a unit; commas may group digits.
fn with_unit<T>(typed: &str, one: impl Fn(&str) -> Option<T>) -> Option<T> {
    let plain = without_groups(&normalise(typed));
    let (digits, unit) = split(&plain);
    let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if unit.is_empty() || is_zero {
        return None;
    }
    one(&plain)
}

fn amount(text: &str) -> Option<Amount> {
    let (digits, unit) = split(text);
    let (scale, times, rest) = scale(unit)?;
    let currency = currency(rest)?;
    let value = number(digits, times)?;
    let unit = Unit { scale, currency };
    Some(Amount(Money { value, unit }))
}

/// `>=500亩`, `10公顷`; a bare number is in 亩.
pub(super) fn land(value: &str) -> Result<Span<Land>, Fault> {
    read(value, area)
}

fn area(text: &str) -> Option<Land> {
    let (digits, unit) = split(text);
    let times = match unit {
        "" | "亩" | "mu" => 1.0,
        "万亩" => 10_000.0,
        // 10,000 square metres are a hectare.
        "公顷" | "ha" | "万平方米" => MU_PER_HECTARE,
        "平方公里" | "平方千米" | "km2" => 100.0 * MU_PER_HECTARE,
        "平方米" | "m2" => {
            let square_metres = number(digits, 1.0)?;
            return Some(Land(square_metres * MU_PER_HECTARE / 10_000.0));
        }
        _ => return None,
    };
    number(digits, times).map(Land)
}

/// `>10`, `10..20`, `3个`.
pub(super) fn counts(value: &str) -> Result<Span<u32>, Fault> {
    read(value, |text| {
        let units = ["个项目", "个", "项", "projects", "project"];
        let digits = units.iter().find_map(|unit| text.strip_suffix(unit));
        let digits = digits.unwrap_or(text);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number)
    })
}

fn read<T: PartialOrd + Copy>(
    value: &str,
    one: impl Fn(&str) -> Option<T>,
) -> Result<Span<T>, Fault> {
    let same = |text: &str| one(text).map(|value| (value, value));
    Span::read(&without_groups(&normalise(value)), BETWEEN, same)
}

/// A folded text without the commas that group digits.
fn without_groups(text: &str) -> String {
    let commas = grouping(text);
    let kept = text
        .char_indices()
        .filter(|(at, _)| commas.binary_search(at).is_err());
    kept.map(|(_, c)| c).collect()
}

/// The digits that a text begins with, and what stands behind them.
fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    text.split_at(end.unwrap_or(text.len()))
}

/// So many times the number of these digits, which may have a point between them.
fn number(digits: &str, times: f64) -> Option<f64> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    if whole.is_empty() || decimals.is_empty() {
        return None;
    }
    let number: f64 = digits.parse().ok()?;
    // Through whole numbers, so that 1.1 times 1,000 is 1,100 and not a hair more, and is written so.
    let shifted = || {
        let all: f64 = format!("{whole}{decimals}").parse().ok()?;
        let decimals = i32::try_from(decimals.len()).ok()?;
        Some(all * times / 10_f64.powi(decimals))
    };
    let number = if times > 1.0 { shifted()? } else { number };
    (number < MOST).then_some(number)
}

/// The scale that a unit begins with, how many of it, and what stands behind: 千万 are 1,000 万.
fn scale(unit: &str) -> Option<(Scale, f64, &str)> {
    let (times, rest) = match unit.chars().next() {
        None => return Some((Scale::Yi, 1.0, "")),
        Some('十') => (10.0, &unit['十'.len_utf8()..]),
        Some('百') => (100.0, &unit['百'.len_utf8()..]),
        Some('千') => (1_000.0, &unit['千'.len_utf8()..]),
        Some(_) => (1.0, unit),
    };
    let english = ENGLISH_SCALES.into_iter().find_map(|(name, scale, times)| {
        let rest = unit.strip_prefix(name)?;
        Some((scale, times, rest))
    });
    if english.is_some() {
        return english;
    }
    if let Some(rest) = rest.strip_prefix("万亿") {
        return Some((Scale::Yi, times * 10_000.0, rest));
    }
    Scale::ALL.into_iter().find_map(|scale| {
        let rest = rest.strip_prefix(scale.name())?;
        Some((scale, times, rest))
    })
}

fn currency(name: &str) -> Option<Currency> {
    let own = Currency::ALL.into_iter().find(|one| one.name() == name);
    let other = || CURRENCIES.iter().find(|(other, _)| *other == name);
    own.or_else(|| other().map(|(_, currency)| *currency))
}
