//! The order of a listing: as printed, or by what items state. Items that do not state it come last, and what is equal stands as printed.
//! Must not know which items are listed; that is `conditions`.

use super::StoreError;
use super::conditions::Asked;
use super::listing::Way;
use crate::issue::ItemId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

/// In which order items are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest issue first, its items as it prints them.
    #[default]
    Printed,
    /// By something that they state.
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

/// A place in an order: what the item there has of the key, and its row.
pub(super) struct Border {
    key: Value,
    id: i64,
}

impl Key {
    /// Every key.
    pub const ALL: [Self; 5] = [
        Self::Date,
        Self::Amount,
        Self::Area,
        Self::Projects,
        Self::Place,
    ];

    /// Which value one wants to see first: the latest day, the greatest amount, but places in their order.
    #[must_use]
    pub const fn usual(self) -> Direction {
        match self {
            Self::Place => Direction::Ascending,
            _ => Direction::Descending,
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Date => "item.date",
            Self::Amount => "item.amount_yi",
            Self::Area => "item.area_mu",
            Self::Projects => "item.projects",
            Self::Place => "item.place",
        }
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

impl Border {
    /// The place before this one: what begins at it begins with the item here.
    pub fn before(self) -> Self {
        let id = self.id.saturating_add(1);
        Self { id, ..self }
    }
}

impl Order {
    /// The terms of ORDER BY for a look this way; `id` is the row of an item.
    pub(super) fn terms(self, way: Way, id: &str) -> String {
        match (self, way) {
            (Self::Printed, Way::Forward) => format!("{id} DESC"),
            (Self::Printed, Way::Backward) => format!("{id} ASC"),
            (Self::By(key, direction), Way::Forward) => {
                let (column, sign) = (key.column(), sign(direction));
                format!("{column} {sign} NULLS LAST, {id} DESC")
            }
            (Self::By(key, direction), Way::Backward) => {
                let (column, sign) = (key.column(), sign(direction.reversed()));
                format!("{column} {sign} NULLS FIRST, {id} ASC")
            }
        }
    }

    /// Where an item stands. One that is gone counts as one that does not state the key.
    pub(super) fn border(
        self,
        connection: &Connection,
        item: ItemId,
    ) -> Result<Border, StoreError> {
        let key = match self {
            Self::Printed => Value::Null,
            Self::By(key, _) => connection
                .prepare_cached(&format!("SELECT {} FROM item WHERE id = ?1", key.column()))?
                .query_row([item.0], |row| row.get(0))
                .optional()?
                .unwrap_or(Value::Null),
        };
        Ok(Border { key, id: item.0 })
    }

    /// That an item, whose row is `row`, stands behind a place, or before it.
    pub(super) fn beyond(self, way: Way, border: &Border, row: &str) -> Asked {
        let id = Value::from(border.id);
        let Self::By(key, direction) = self else {
            let condition = match way {
                Way::Forward => format!("{row} < ?"),
                Way::Backward => format!("{row} > ?"),
            };
            return (condition, vec![id]);
        };
        let column = key.column();
        let is_less = (direction == Direction::Descending) == (way == Way::Forward);
        let sign = if is_less { "<" } else { ">" };
        match (way, &border.key) {
            (Way::Forward, Value::Null) => (format!("({column} IS NULL AND {row} < ?)"), vec![id]),
            (Way::Backward, Value::Null) => {
                (format!("({column} IS NOT NULL OR {row} > ?)"), vec![id])
            }
            (Way::Forward, at) => (
                format!("({column} {sign} ? OR ({column} = ? AND {row} < ?) OR {column} IS NULL)"),
                vec![at.clone(), at.clone(), id],
            ),
            (Way::Backward, at) => (
                format!(
                    "({column} IS NOT NULL AND ({column} {sign} ? OR ({column} = ? AND {row} > ?)))"
                ),
                vec![at.clone(), at.clone(), id],
            ),
        }
    }
}

const fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::Descending => "DESC",
        Direction::Ascending => "ASC",
    }
}
