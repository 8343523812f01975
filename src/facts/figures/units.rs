//! What a number is by what stands around it: a count of projects (§6), an amount of investment (§5), an area of land (§7).

use super::super::near;
use super::super::numeral::{Magnitude, Numeral, numerals, without_roundness};
use super::labels::{self, LandKind, Verdict};
use crate::issue::{Currency, Money, Scale, Unit};
use std::ops::RangeInclusive;

/// What stands between a number and 项目 where other things than projects are counted.
const NO_PROJECTS: [&str; 23] = [
    "企业",
    "园区",
    "方面",
    "领域",
    "地区",
    "单位",
    "部门",
    "国家",
    "产业链",
    "集群",
    "片区",
    "小时",
    "岗位",
    "展馆",
    "场景",
    "县区",
    "县市",
    "县(市",
    "街道",
    "乡镇",
    "环节",
    "月",
    "类别",
];

/// What goes on behind several projects that are counted without 个.
const TOGETHER: [&str; 6] = ["集中", "同时", "同日", "集体", "同步", "联袂"];

/// The number of projects that a number tells, two or more; none where it counts anything else (§6).
pub(super) fn is_count(text: &str, number: &Numeral) -> Option<u32> {
    let before = near::last(&text[..number.range.start]);
    let behind = near::first(&text[number.range.end..]);
    let is_whole = number.scale == Magnitude::One && number.value.fract() == 0.0;
    let is_ordinal = before.ends_with(['第', '前']);
    if !is_whole
        || is_ordinal
        || !(2.0..1e5).contains(&number.value)
        || !counts_projects(before, behind)
    {
        return None;
    }
    // Exact, by the range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(number.value as u32)
}

/// Whether what stands around a number makes projects of it: 41个重大项目, 签约项目50个, 六大项目.
fn counts_projects(before: &str, behind: &str) -> bool {
    if let Some(rest) = behind.strip_prefix('大') {
        let near: String = rest.chars().take(8).collect();
        return near
            .find("项目")
            .is_some_and(|at| may_lead_to_projects(&near[..at]));
    }
    if let Some(rest) = behind.strip_prefix("项目") {
        // 12项目集中签约; but 863项目 is a name.
        let is_free = !before.ends_with(|c: char| c.is_alphanumeric() && !c.is_ascii());
        return is_free || TOGETHER.iter().any(|word| rest.starts_with(word));
    }
    let Some(rest) = behind.strip_prefix(['个', '项', '宗']) else {
        return false;
    };
    let listed = labels::up_to_projects(before);
    if listed
        .strip_suffix('等')
        .unwrap_or(listed)
        .ends_with("项目")
    {
        // 项目6个方面 counts something else.
        return !NO_PROJECTS.iter().any(|word| rest.starts_with(word));
    }
    // 签约项目中有3个、总投资5亿元
    let amount = rest
        .trim_start_matches(['、', ','])
        .trim_start_matches("计划");
    if amount.len() < rest.len() && amount.starts_with("总投资") && before.contains("项目") {
        return true;
    }
    let clause = rest
        .find(['。', ';', ':', ','])
        .map_or(rest, |end| &rest[..end]);
    clause.find("项目").is_some_and(|at| {
        let is_agreement = ["项目合作协议", "项目协议"]
            .iter()
            .any(|word| clause[at..].starts_with(word));
        !is_agreement && may_lead_to_projects(&clause[..at])
    })
}

/// Whether what stands between 个 and 项目 counts nothing else.
fn may_lead_to_projects(between: &str) -> bool {
    let is_near = between.chars().count() <= 30;
    let has_other = between.contains(['“', '”', '《', '》'])
        || NO_PROJECTS.iter().any(|word| between.contains(word));
    let is_counted =
        |other: Numeral| between[other.range.end..].starts_with(['个', '家', '条', '场']);
    is_near && !has_other && !numerals(between).any(is_counted)
}

/// The amount that a number is, if it is total investment; and the length of its unit.
pub(super) fn money(before: &str, number: &Numeral, behind: &str) -> Option<(Money, usize)> {
    let (before, sign) = without_sign(before);
    let (currency, mut length) = currency(behind);
    let (value, scale) = match number.scale {
        // 总投资1200000000元
        Magnitude::One if currency.is_none() && sign.is_none() => return None,
        Magnitude::One if number.value < YI => (number.value / WAN, Scale::Wan),
        Magnitude::One => (number.value / YI, Scale::Yi),
        Magnitude::Wan => (number.value, Scale::Wan),
        Magnitude::Yi => (number.value, Scale::Yi),
    };
    let rest = &behind[length..];
    if rest.starts_with('级') || is_class(number, rest) || !is_believable(value, scale) {
        return None;
    }
    let is_of_project = || {
        let is_told = length > 0 || sign.is_some();
        is_told && number.scale != Magnitude::One && is_of_project(before, rest)
    };
    let label = labels::of_money(before).map(|label| label.verdict == Verdict::Counts);
    let counts = label.unwrap_or_else(is_of_project);
    if !counts {
        return None;
    }
    let currency = match currency {
        // $12亿元
        None | Some(Currency::Yuan) if sign.is_some() => sign?,
        Some(currency) => currency,
        // 总投资332亿: only where nothing else can be meant.
        None if rest.is_empty()
            || rest.starts_with([',', '、', '。', '的', ')', '”', '“', '!', ' ', ';', '在']) =>
        {
            Currency::Yuan
        }
        None if rest.starts_with("人民币") => {
            length += "人民币".len();
            Currency::Yuan
        }
        None => return None,
    };
    let unit = Unit { scale, currency };
    Some((Money { value, unit }, length))
}

const WAN: f64 = 1e4;
const YI: f64 = 1e8;
/// The least and the most that an investment may be, in 亿: ten thousand, below which it is a price or a slip; and a hundred 万亿, which
/// is nearly what all of China earns in a year.
const INVESTMENTS: RangeInclusive<f64> = 0.000_1..=1_000_000.0;
/// The same of land, in 亩: a province has some hundred million.
const LANDS: RangeInclusive<f64> = 0.01..=100_000_000.0;

/// Whether there may be an investment of this.
fn is_believable(value: f64, scale: Scale) -> bool {
    let yi = match scale {
        Scale::Wan => value / WAN,
        Scale::Yi => value,
    };
    INVESTMENTS.contains(&yi)
}

/// The text before an amount without the sign of its currency, and which that is: US$12亿.
pub(super) fn without_sign(before: &str) -> (&str, Option<Currency>) {
    const SIGNS: [(&str, Currency); 11] = [
        ("hk$", Currency::HongKongDollar),
        ("hkd", Currency::HongKongDollar),
        ("us$", Currency::UsDollar),
        ("usd", Currency::UsDollar),
        ("$", Currency::UsDollar),
        ("eur", Currency::Euro),
        ("€", Currency::Euro),
        ("£", Currency::Pound),
        ("¥", Currency::Yuan),
        ("rmb", Currency::Yuan),
        ("cny", Currency::Yuan),
    ];
    let found = SIGNS.iter().find_map(|(sign, currency)| {
        let rest = before.strip_suffix(sign)?;
        let is_own = !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
        is_own.then_some((rest, Some(*currency)))
    });
    found.unwrap_or((before, None))
}

/// The currency that a text begins with, and the length of its name.
fn currency(behind: &str) -> (Option<Currency>, usize) {
    for (name, currency) in [
        ("元人民币", Currency::Yuan),
        ("元", Currency::Yuan),
        ("美元", Currency::UsDollar),
        ("美金", Currency::UsDollar),
        ("港元", Currency::HongKongDollar),
        ("港币", Currency::HongKongDollar),
        ("欧元", Currency::Euro),
        ("日元", Currency::Yen),
        ("英镑", Currency::Pound),
    ] {
        if behind.starts_with(name) {
            return (Some(currency), name.len());
        }
    }
    (None, 0)
}

/// Whether an amount is the border of a class: 50亿元以上项目3个, 10-50亿元的项目, 10亿元至50亿元项目.
fn is_class(number: &Numeral, rest: &str) -> bool {
    let border = rest
        .strip_prefix("以上")
        .or_else(|| rest.strip_prefix("以下"))
        .or_else(|| behind_range(rest))
        .or_else(|| number.is_range.then_some(rest));
    let Some(rest) = border else {
        return false;
    };
    let near: String = rest.chars().take(10).collect();
    let near = near.split([',', '。', ';']).next().unwrap_or_default();
    near.contains("项目") || near.starts_with('的')
}

/// What follows the upper end of a range whose lower end has a unit of its own: 至50亿元.
fn behind_range(rest: &str) -> Option<&str> {
    let upper = rest.strip_prefix(['-', '~', '—', '–', '至', '到'])?;
    let number = numerals(upper)
        .next()
        .filter(|number| number.range.start == 0)?;
    let unit = &upper[number.range.end..];
    Some(&unit[currency(unit).1..])
}

/// Whether an amount without a label is that of a project behind it: 150亿元新能源项目.
fn is_of_project(before: &str, rest: &str) -> bool {
    let (before, _) = without_roundness(before);
    let free = before.is_empty()
        || before.ends_with([',', '、', '“', ':', ' ', '的', '和', '与', '及', '('])
        || [
            "签约",
            "引进",
            "引入",
            "落地",
            "落户",
            "拿下",
            "签下",
            "投资",
            "总价值",
            "开工",
        ]
        .iter()
        .any(|verb| before.ends_with(verb));
    let clause = rest.find([',', '。', ';']).map_or(rest, |end| &rest[..end]);
    let at = clause
        .find("项目")
        .or_else(|| clause.find("基地"))
        .or_else(|| clause.find('园'));
    free && at.is_some_and(|at| clause[..at].chars().count() <= 30)
        && !clause.starts_with(['贷', '订', '补', '奖', '基'])
}

/// 亩 in a hectare.
const MU_PER_HECTARE: f64 = 15.0;

/// The area that a number is, in 亩, if it is land; the length of its unit, and what land.
pub(super) fn land(before: &str, number: &Numeral, behind: &str) -> Option<(f64, usize, LandKind)> {
    let (factor, unit) = [(1.0, "亩"), (MU_PER_HECTARE, "公顷")]
        .into_iter()
        .find(|(_, unit)| behind.starts_with(unit))?;
    let label = labels::of_land(before)?;
    // Without the noise of the factor.
    let area = (number.in_ones() * factor * 1e6).round() / 1e6;
    LANDS
        .contains(&area)
        .then_some((area, unit.len(), label.kind))
}
