//! The order of a listing: as printed, or by what items state. Items that do not state it come last, and what is equal stands as printed.
//! Must not know which items are listed; that is `conditions`.

use super::StoreError;
use super::conditions::Asked;
use super::listing::Way;
use crate::issue::ItemId;
use crate::query::{Direction, Key, Order};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

/// A place in an order: what the item there has of the key, and its row.
pub(super) struct Border {
    key: Value,
    id: i64,
}

impl Key {
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

impl Border {
    /// The row of the item there.
    pub const fn row(&self) -> i64 {
        self.id
    }

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
