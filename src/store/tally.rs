//! Counts of the items of a listing by section and marks.
//! Must not say what a query finds among them; that is [`Tally`].

use super::conditions::Filter;
use super::{Listing, Scope, Searcher, StoreError};
use crate::query::{Cell, Marked, Tally};
use crate::text::normalise;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;

impl Listing {
    /// The listing that a [`Tally`] counts.
    #[must_use]
    pub fn counted(&self) -> Self {
        Self {
            scope: self.scope,
            query: self.query.counted(),
        }
    }
}

impl Searcher {
    /// Counts the items of a listing by section and marks; those that only the switches of its query leave out are counted
    /// too. Titles that fold alike are one; all titles of the scope are there, in the order in which issues print them.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn tally(&self, listing: &Listing) -> Result<Tally, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        let mut titles = titles(&snapshot, listing.scope)?;
        let filter = Filter::of(&snapshot, &listing.counted())?;
        let sql = format!(
            "SELECT section.title, coalesce(mark.read, 0), coalesce(mark.bookmarked, 0), mark.note IS NOT NULL FROM {} WHERE {}",
            filter.all(),
            filter.conditions
        );
        let mut cells: HashMap<(usize, Marked), usize> = HashMap::new();
        let mut statement = snapshot.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        while let Some(row) = rows.next()? {
            let title = titles.index(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
            let marks = Marked {
                read: row.get(1)?,
                bookmarked: row.get(2)?,
                noted: row.get(3)?,
            };
            *cells.entry((title, marks)).or_default() += 1;
        }
        Ok(titles.tally(cells))
    }
}

/// Titles as first printed, known by their folded form.
#[derive(Default)]
struct Titles {
    printed: Vec<String>,
    folded: HashMap<String, usize>,
    /// All of them as printed, so that each is folded once.
    known: HashMap<String, usize>,
}

impl Titles {
    fn index(&mut self, title: &str) -> usize {
        if let Some(known) = self.known.get(title) {
            return *known;
        }
        let index = *self.folded.entry(normalise(title)).or_insert_with(|| {
            self.printed.push(title.to_owned());
            self.printed.len() - 1
        });
        self.known.insert(title.to_owned(), index);
        index
    }

    fn tally(self, cells: HashMap<(usize, Marked), usize>) -> Tally {
        let cells = cells.into_iter();
        let mut cells: Vec<Cell> = cells
            .map(|((title, marks), count)| Cell {
                title,
                marks,
                count,
            })
            .collect();
        cells.sort_by_key(|cell| (cell.title, cell.marks));
        Tally {
            titles: self.printed,
            cells,
        }
    }
}

fn titles(connection: &Connection, scope: Scope) -> Result<Titles, StoreError> {
    let mut titles = Titles::default();
    let (sql, values) = match scope {
        Scope::Issue(issue) => (
            "SELECT title FROM section WHERE issue = ? ORDER BY ordinal",
            vec![issue.0],
        ),
        Scope::Library => (
            "SELECT title FROM section GROUP BY title ORDER BY avg(ordinal), title",
            vec![],
        ),
    };
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        titles.index(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
    }
    Ok(titles)
}
