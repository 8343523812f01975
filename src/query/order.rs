//! The order in which what a query finds is listed: as printed, or by what items state.
//! Must not sort.

use super::QueryProblem;
use crate::text::{nearest, normalise};
use std::fmt;

/// In which order items are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest issue first, its items as it prints them.
    #[default]
    Printed,
    /// By something that they state. Those that do not state it come last, and what is equal stands as printed.
    By(Key, Direction),
}

/// What items are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The day of the event.
    Date,
    /// The total investment, in 亿元.
    Amount,
    /// The land.
    Area,
    /// The number of projects.
    Projects,
    /// Province and city, in the order of their official codes.
    Place,
}

/// Which value comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The latest, the greatest.
    Descending,
    /// The earliest, the least.
    Ascending,
}

/// Names of the order as printed; the first one is written.
const PRINTED: [&str; 5] = ["printed", "刊序", "原序", "刊登", "none"];
/// What stands behind a key for the greatest first, and for the least first; the first ones are written.
const DESCENDING: [&str; 6] = ["-desc", "降序", "倒序", "从大到小", "↓", "desc"];
const ASCENDING: [&str; 6] = ["-asc", "升序", "顺序", "从小到大", "↑", "asc"];

impl Key {
    /// Every key.
    pub const ALL: [Self; 5] = [
        Self::Date,
        Self::Amount,
        Self::Area,
        Self::Projects,
        Self::Place,
    ];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Date => &["date", "日期", "时间"],
            Self::Amount => &["amount", "金额", "投资", "总投资", "investment"],
            Self::Area => &["area", "面积", "占地", "用地", "土地", "land"],
            Self::Projects => &["projects", "项目", "项目数"],
            Self::Place => &["place", "地点", "省", "省份", "province"],
        }
    }

    /// Which value one wants to see first: the latest day, the greatest amount, but places in their order.
    #[must_use]
    pub const fn usual(self) -> Direction {
        match self {
            Self::Place => Direction::Ascending,
            _ => Direction::Descending,
        }
    }

    /// In the usual order.
    #[must_use]
    pub const fn usually(self) -> Order {
        Order::By(self, self.usual())
    }

    fn named(name: &str) -> Option<Self> {
        let known = |key: &Self| key.names().contains(&name);
        Self::ALL.into_iter().find(known)
    }
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Descending => Self::Ascending,
            Self::Ascending => Self::Descending,
        }
    }
}

impl Order {
    /// Names of keys, as they are typed behind `sort:`.
    fn names() -> impl Iterator<Item = &'static str> {
        let keys = Key::ALL.into_iter().flat_map(Key::names).copied();
        keys.chain(PRINTED)
    }
}

impl fmt::Display for Order {
    /// The value behind `sort:` that reads back as this order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Printed => f.write_str(PRINTED[0]),
            Self::By(key, direction) => {
                let sign = match direction {
                    _ if *direction == key.usual() => "",
                    Direction::Descending => DESCENDING[0],
                    Direction::Ascending => ASCENDING[0],
                };
                write!(f, "{}{sign}", key.names()[0])
            }
        }
    }
}

/// `amount`, `amount-asc`, `金额升序`, `-amount` for the other way round than usual, `printed`.
pub(super) fn order(value: &str) -> Result<Order, QueryProblem> {
    let folded = normalise(value);
    if PRINTED.contains(&folded.as_str()) {
        return Ok(Order::Printed);
    }
    let ends = |signs: [&str; 6]| {
        let mut signs = signs.into_iter();
        signs.find_map(|sign| folded.strip_suffix(sign))
    };
    let of = |name: &str, direction: fn(Key) -> Direction| {
        let key = Key::named(name.trim_end_matches(['-', '_']));
        key.map(|key| Order::By(key, direction(key)))
    };
    let plain = of(&folded, Key::usual);
    let turned = || of(folded.strip_prefix('-')?, |key| key.usual().reversed());
    let descending = || of(ends(DESCENDING)?, |_| Direction::Descending);
    let ascending = || of(ends(ASCENDING)?, |_| Direction::Ascending);
    let read = plain.or_else(turned).or_else(descending).or_else(ascending);
    read.ok_or_else(|| QueryProblem::UnknownOrder {
        nearest: nearest(&folded, Order::names()),
        value: value.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_by_their_names_and_written_by_the_first() {
        for (typed, written) in [
            ("amount", "amount"),
            ("金额", "amount"),
            ("amount-desc", "amount"),
            ("-amount", "amount-asc"),
            ("金额升序", "amount-asc"),
            ("AMOUNT_ASC", "amount-asc"),
            ("place", "place"),
            ("地点-desc", "place-desc"),
            ("日期降序", "date"),
            ("land-asc", "area-asc"),
            ("刊序", "printed"),
        ] {
            let order = order(typed).unwrap();
            assert_eq!(order.to_string(), written, "{typed}");
            assert_eq!(super::order(written), Ok(order));
        }
    }

    #[test]
    fn what_is_no_order_is_told_with_what_is_near() {
        let problem = |nearest| {
            Err(QueryProblem::UnknownOrder {
                value: "amont".to_owned(),
                nearest,
            })
        };
        assert_eq!(order("amont"), problem(Some("amount")));
        assert!(order("asc").is_err() && order("-").is_err() && order("头条").is_err());
    }
}
