//! Amounts of money in one unit, 亿元, so that they can be compared: by the table of rates in `assets/money`.
//! Must not change what an item states: the amount as printed stays the fact.

use crate::issue::{Money, Scale};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Renminbi for one unit of each currency.
static RATES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/money/rates.tsv").lines();
    let rates = lines.filter(|line| !line.starts_with('#'));
    rates
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?.parse().ok()?))
        })
        .collect()
});

/// The amount in 亿元. None where it is no number that can be compared.
#[must_use]
pub fn in_yi(money: Money) -> Option<f64> {
    let rate = RATES.get(money.unit.currency.name())?;
    // Divided, not multiplied by 0.0001: so 1,000,000 万元 are 100 亿元 and not a hair more.
    let yi = match money.unit.scale {
        Scale::Wan => money.value / 10_000.0,
        Scale::Yi => money.value,
    };
    let yi = yi * rate;
    (yi.is_finite() && yi >= 0.0).then_some(yi)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Currency;

    fn yi(value: f64, unit: &str) -> Option<f64> {
        let unit = unit.parse().unwrap();
        in_yi(Money { value, unit })
    }

    #[test]
    fn every_currency_has_a_rate_of_a_day() {
        for currency in Currency::ALL {
            let rate = RATES.get(currency.name()).copied().unwrap();
            assert!(rate > 0.0 && rate < 100.0, "{}", currency.name());
        }
        assert_eq!(RATES.len(), Currency::ALL.len());
        let table = include_str!("../../assets/money/rates.tsv").lines();
        for line in table.filter(|line| !line.starts_with('#')) {
            let day = line.split('\t').nth(2).unwrap();
            assert!(day.parse::<jiff::civil::Date>().is_ok(), "{line}");
        }
    }

    #[test]
    fn amounts_are_compared_in_one_unit() {
        assert_eq!(yi(280.0, "亿元"), Some(280.0));
        assert_eq!(yi(1_000_000.0, "万元"), Some(100.0));
        assert_eq!(yi(3_000.0, "万元"), Some(0.3));
        assert_eq!(yi(2.0, "亿美元"), Some(2.0 * 6.9646));
        assert_eq!(yi(20_000.0, "万美元"), yi(2.0, "亿美元"));
        assert!(yi(100.0, "亿日元") < yi(100.0, "亿元"));
    }

    #[test]
    fn what_is_no_number_is_no_amount() {
        for value in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(yi(value, "亿元"), None);
        }
        assert_eq!(yi(f64::MAX, "亿美元"), None);
    }
}
