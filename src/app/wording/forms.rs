//! What an item states in ever fewer columns, for a place that may be narrow: as printed first, then rounded and in greater units.
//! Must not know how wide the place is.

use super::stated;
use crate::config::Language;
use crate::issue::{Currency, Facts, Money, Scale};
use crate::query::Key;

/// From this value on the next greater scale is shorter: ten thousand 万 are one 亿.
const GREATER: f64 = 10_000.0;
/// Scales that amounts may be told in beside their own, the smaller first.
const GREATER_SCALES: [&str; 2] = ["亿", "万亿"];
/// Decimals that a number is rounded to, one after the other.
const ROUNDED: [usize; 2] = [1, 0];

/// What an item states of this, the longest form first, each of the others shorter and less exact; none where it does not state it. A
/// day has its year but in the last. What is meant stays the same: a number is rounded, and never cut.
pub fn forms(language: Language, facts: &Facts, key: Key) -> Box<dyn Iterator<Item = String> + '_> {
    let near = facts.city.as_ref().or(facts.province.as_ref());
    match key {
        Key::Place => {
            let whole = stated(language, facts, key).into_iter();
            Box::new(whole.chain(near.cloned()))
        }
        Key::Date => {
            let formats = ["%Y-%m-%d", "%y-%m-%d", "%m-%d"];
            let date = facts.date.into_iter();
            Box::new(date.flat_map(move |date| {
                let written = move |format| date.strftime(format).to_string();
                formats.into_iter().map(written)
            }))
        }
        Key::Amount => Box::new(facts.total_investment.into_iter().flat_map(amount)),
        Key::Area => {
            let area = facts.area_mu.into_iter();
            Box::new(area.flat_map(move |mu| land(language, mu)))
        }
        Key::Projects => {
            let count = facts.projects.into_iter();
            Box::new(count.flat_map(move |count| projects(language, count)))
        }
    }
}

/// An amount: `7483.72亿元`, `7483.72亿`, `7483.7亿元` … `12.3万亿`; the name of the currency goes only where it is the usual one.
fn amount(money: Money) -> impl Iterator<Item = String> {
    let currency = money.unit.currency;
    let name = currency.name();
    let written = move |number: String, scale: &str| {
        let short = (currency == Currency::Yuan).then(|| format!("{number}{scale}"));
        std::iter::once(format!("{number}{scale}{name}")).chain(short)
    };
    let scales = scales(money);
    let (_, greatest) = scales.last().copied().unwrap_or((0.0, ""));
    let exact = written(money.value.to_string(), money.unit.scale.name());
    let rounded = scales.into_iter().flat_map(move |(value, scale)| {
        let numbers = ROUNDED.into_iter().filter_map(move |n| rounded(value, n));
        numbers.flat_map(move |number| written(number, scale))
    });
    // The greatest scale has the fewest digits before it.
    let last = money.value / times(money.unit.scale, greatest);
    exact
        .chain(rounded)
        .chain(written(format!("{last:.0e}"), greatest))
}

/// The amount in its own scale, and in those greater ones that make it shorter.
fn scales(money: Money) -> Vec<(f64, &'static str)> {
    let own = money.unit.scale.name();
    let greater = GREATER_SCALES
        .into_iter()
        .filter(|scale| *scale != own)
        .map(|scale| (money.value / times(money.unit.scale, scale), scale))
        .filter(|(value, _)| *value >= 1.0);
    std::iter::once((money.value, own)).chain(greater).collect()
}

/// How many of a unit's scale make one of another.
fn times(own: Scale, other: &str) -> f64 {
    match (own, other) {
        (Scale::Wan, "亿") | (Scale::Yi, "万亿") => GREATER,
        (Scale::Wan, "万亿") => GREATER * GREATER,
        _ => 1.0,
    }
}

/// Land: `12345.5 亩`, `12346 亩`, `1.2万亩`.
fn land(language: Language, mu: f64) -> impl Iterator<Item = String> {
    let say = move |number: String| language.say_with("facts.area", &[("n", &number)]);
    let exact = std::iter::once(say(mu.to_string()));
    let near = ROUNDED.into_iter().filter_map(move |n| rounded(mu, n));
    let is_large = mu >= GREATER;
    let great = ROUNDED
        .into_iter()
        .filter(move |_| is_large)
        .filter_map(move |n| rounded(mu / GREATER, n));
    let great = great.map(|number| format!("{number}万亩"));
    let last = std::iter::once_with(move || say(format!("{mu:.0e}")));
    exact.chain(near.map(say)).chain(great).chain(last)
}

/// A number of projects: `41 个`.
fn projects(language: Language, count: u32) -> impl Iterator<Item = String> {
    let say = move |number: String| language.say_with("facts.projects-short", &[("n", &number)]);
    let exact = std::iter::once(say(count.to_string()));
    exact.chain(std::iter::once_with(move || say(format!("{count:.0e}"))))
}

/// A number with so many decimals at the most; none where nothing would be left of it.
fn rounded(value: f64, decimals: usize) -> Option<String> {
    // Halves up, as one counts; the format alone would have 4.5 be 4.
    let places = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let near = (value * places).round() / places;
    let text = format!("{near:.decimals$}");
    let text = match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => text,
    };
    (value == 0.0 || text.bytes().any(|digit| (b'1'..=b'9').contains(&digit))).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(facts: &Facts, key: Key) -> Vec<String> {
        forms(Language::Chinese, facts, key).collect()
    }

    fn amounts(text: &str) -> Vec<String> {
        let facts = Facts {
            total_investment: Some(text.parse().unwrap()),
            ..Facts::default()
        };
        of(&facts, Key::Amount)
    }

    #[test]
    fn an_amount_is_rounded_and_told_in_greater_units_and_keeps_its_currency() {
        assert_eq!(
            amounts("12345.67亿元"),
            [
                "12345.67亿元",
                "12345.67亿",
                "12345.7亿元",
                "12345.7亿",
                "12346亿元",
                "12346亿",
                "1.2万亿元",
                "1.2万亿",
                "1万亿元",
                "1万亿",
                "1e0万亿元",
                "1e0万亿"
            ]
        );
        assert_eq!(amounts("1000亿日元")[..2], ["1000亿日元", "1000亿日元"]);
        assert!(amounts("123456万元").contains(&"12.3亿".to_owned()));
        let small = amounts("0.04亿元");
        assert!(!small.contains(&"0亿".to_owned()), "{small:?}");
        let absurd = amounts("99999999999999999999999999999999亿元");
        assert_eq!(absurd.last().unwrap(), "1e28万亿");
        let greatest = amounts("9063亿元");
        assert!(
            !greatest.iter().any(|form| form.contains("万亿")),
            "{greatest:?}"
        );
    }

    #[test]
    fn land_projects_days_and_places_become_shorter_too() {
        let facts = Facts {
            date: Some(jiff::civil::date(2023, 1, 3)),
            province: Some("内蒙古".to_owned()),
            city: Some("呼和浩特".to_owned()),
            projects: Some(41),
            area_mu: Some(12345.5),
            ..Facts::default()
        };
        assert_eq!(of(&facts, Key::Date), ["2023-01-03", "23-01-03", "01-03"]);
        assert_eq!(of(&facts, Key::Place), ["内蒙古·呼和浩特", "呼和浩特"]);
        assert_eq!(of(&facts, Key::Projects)[0], "41 个");
        let land = of(&facts, Key::Area);
        assert_eq!(land[0], "12345.5 亩");
        assert!(land.contains(&"1.2万亩".to_owned()), "{land:?}");
        for key in Key::ALL {
            assert!(of(&Facts::default(), key).is_empty());
        }
    }
}
