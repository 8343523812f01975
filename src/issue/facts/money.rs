//! An amount of money as printed: a number, 万 or 亿, and the currency.

use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// An amount as printed: 280 亿元, 4.5 亿美元.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// In units of `unit`.
    #[serde(serialize_with = "serialize_number")]
    pub value: f64,
    /// 亿元, 万元, 亿美元 …
    pub unit: Unit,
}

/// What an amount is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Unit {
    /// 万 or 亿.
    pub scale: Scale,
    /// Of which currency.
    pub currency: Currency,
}

/// The scale of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// 万, ten thousand.
    Wan,
    /// 亿, a hundred million.
    Yi,
}

/// The currencies that investments are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Currency {
    /// 元, renminbi.
    Yuan,
    /// 美元
    UsDollar,
    /// 港元
    HongKongDollar,
    /// 欧元
    Euro,
    /// 日元
    Yen,
    /// 英镑
    Pound,
}

/// What is no unit of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a unit of money: {0}")]
pub struct UnitError(pub String);

impl Scale {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wan, Self::Yi];

    /// Its name in a unit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wan => "万",
            Self::Yi => "亿",
        }
    }
}

impl Currency {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Yuan,
        Self::UsDollar,
        Self::HongKongDollar,
        Self::Euro,
        Self::Yen,
        Self::Pound,
    ];

    /// Its name in a unit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::UsDollar => "美元",
            Self::HongKongDollar => "港元",
            Self::Euro => "欧元",
            Self::Yen => "日元",
            Self::Pound => "英镑",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.scale.name(), self.currency.name())
    }
}

impl FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let scale = Scale::ALL.into_iter().find_map(|scale| {
            let currency = text.strip_prefix(scale.name())?;
            Some((scale, currency))
        });
        scale
            .and_then(|(scale, name)| {
                let mut currencies = Currency::ALL.into_iter();
                let currency = currencies.find(|currency| currency.name() == name)?;
                Some(Self { scale, currency })
            })
            .ok_or_else(|| UnitError(text.to_owned()))
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl TryFrom<String> for Unit {
    type Error = UnitError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Money {
    /// As the weekly prints it: `280亿元`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.value, self.unit)
    }
}

impl FromStr for Money {
    type Err = UnitError;

    /// As it is printed: a plain number with its unit behind it. A number alone is no amount.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || UnitError(text.to_owned());
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, unit) = text.split_at(end.ok_or_else(wrong)?);
        Ok(Self {
            value: number.parse().map_err(|_| wrong())?,
            unit: unit.parse()?,
        })
    }
}

/// A number without a point where it is whole: 280, 4.5.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde's way
fn serialize_number<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Whole numbers up to 2⁵³ are exact in either.
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 && number.abs() < 9e15 {
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}

/// The same of a number that may be missing.
#[allow(clippy::ref_option)] // serde's way
pub(super) fn serialize_plain<S: Serializer>(
    number: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => serialize_number(number, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_as_it_is_printed() {
        for (value, unit, printed, json) in [
            (280.0, "亿元", "280亿元", r#"{"value":280,"unit":"亿元"}"#),
            (
                4.5,
                "亿美元",
                "4.5亿美元",
                r#"{"value":4.5,"unit":"亿美元"}"#,
            ),
        ] {
            let money = Money {
                value,
                unit: unit.parse().unwrap(),
            };
            assert_eq!(money.to_string(), printed);
            assert_eq!(printed.parse(), Ok(money));
            assert_eq!(serde_json::to_string(&money).unwrap(), json);
            assert_eq!(serde_json::from_str::<Money>(json).unwrap(), money);
        }
        for unit in ["", "元", "亿", "亿 元", "千元", "亿亿元"] {
            assert!(unit.parse::<Unit>().is_err(), "{unit}");
            assert!(format!("28{unit}").parse::<Money>().is_err(), "{unit}");
        }
    }
}
