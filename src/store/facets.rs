//! Counts of what the items of a listing state.
//! Must not say what a query finds among them; that is [`Facets`].

use super::conditions::Filter;
use super::{Listing, Searcher, StoreError};
use crate::query::{Facets, Stating};
use rusqlite::params_from_iter;

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
            "SELECT item.province, item.city, item.stage, item.also, item.industries, count(*) FROM {} WHERE {} GROUP BY 1, 2, 3, 4, 5",
            filter.from(),
            filter.conditions
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), |row| {
            let lines = |n| -> rusqlite::Result<Vec<String>> {
                let all: Option<String> = row.get(n)?;
                Ok(all
                    .iter()
                    .flat_map(|all| all.lines())
                    .map(str::to_owned)
                    .collect())
            };
            let stage: Option<String> = row.get(2)?;
            let count: i64 = row.get(5)?;
            Ok(Stating {
                province: row.get(0)?,
                city: row.get(1)?,
                stages: stage.into_iter().chain(lines(3)?).collect(),
                industries: lines(4)?,
                count: usize::try_from(count).unwrap_or(0),
            })
        })?;
        let cells = rows.collect::<Result<_, _>>()?;
        Ok(Facets { cells })
    }
}
