//! Counts of what the items of a listing state.
//! Must not say what a query finds among them; that is [`Facets`].

use super::conditions::Filter;
use super::{Listing, Searcher, StoreError};
use crate::query::{Facets, Stating};
use rusqlite::params_from_iter;
use std::collections::HashMap;

impl Listing {
    /// The listing that [`Facets`] count.
    #[must_use]
    pub fn without_facets(&self) -> Self {
        Self {
            scope: self.scope,
            query: self.query.without_facets(),
        }
    }
}

impl Searcher {
    /// Counts the items of a listing by province, city, stage and industries; those that only the switches for these leave out are
    /// counted too.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn facets(&self, listing: &Listing) -> Result<Facets, StoreError> {
        let filter = Filter::of(&self.connection, &listing.without_facets())?;
        let sql = format!(
            "SELECT item.province, item.city, item.stage, item.also, item.industries FROM {} WHERE {}",
            filter.from(),
            filter.conditions
        );
        // Counted here: SQLite would sort all rows by their texts.
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut alike = String::new();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        while let Some(row) = rows.next()? {
            alike.clear();
            for column in 0..COLUMNS {
                let text = row.get_ref(column)?.as_str_or_null();
                alike.push_str(text.map_err(rusqlite::Error::from)?.unwrap_or_default());
                alike.push(BETWEEN);
            }
            if let Some(count) = counts.get_mut(&alike) {
                *count += 1;
            } else {
                counts.insert(alike.clone(), 1);
            }
        }
        let cells = counts
            .into_iter()
            .map(|(alike, count)| stating(&alike, count));
        Ok(Facets {
            cells: cells.collect(),
        })
    }
}

/// The columns of which each is counted.
const COLUMNS: usize = 5;
/// What stands between two of them, and in none.
const BETWEEN: char = '\u{1f}';

/// The items whose columns these are.
fn stating(alike: &str, count: usize) -> Stating {
    let mut columns = alike.split(BETWEEN);
    let mut next = || columns.next().filter(|text| !text.is_empty());
    let (province, city, stage) = (next(), next(), next());
    let mut lines = || -> Vec<String> {
        let all = next().unwrap_or_default();
        all.lines().map(str::to_owned).collect()
    };
    let (also, industries) = (lines(), lines());
    Stating {
        province: province.map(str::to_owned),
        city: city.map(str::to_owned),
        stages: stage.map(str::to_owned).into_iter().chain(also).collect(),
        industries,
        count,
    }
}
