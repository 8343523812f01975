//! The queries that the reader has saved: kept with the marks, each under one name, and counted over the whole library.
//! Must not drop one that is no query any more: a newer version may have written it.

use super::conditions::Filter;
use super::marks::now;
use super::records::RECORD_SCHEMA;
use super::{Listing, Scope, Searcher, Store, StoreError};
use crate::query::{Query, QueryError, QueryName, QueryRecord};
use crate::text::normalise;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use std::collections::BTreeMap;

/// A saved query.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuery {
    /// Its name.
    pub name: QueryName,
    /// What is saved.
    pub text: String,
    /// The query that this is, or why it is none.
    pub query: Result<Query, QueryError>,
}

/// How much of the library a query finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Items.
    pub items: usize,
    /// Those of them that are unread.
    pub unread: usize,
}

/// A change of what is saved under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedChange {
    /// The name.
    pub name: QueryName,
    /// What is saved from then on; none where nothing is.
    pub to: Option<String>,
    from: From,
}

/// What has to be saved before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
enum From {
    /// Whatever is.
    Any,
    /// This, or nothing.
    This(Option<String>),
}

impl SavedChange {
    /// That a query is saved under a name, in the place of the one that was.
    #[must_use]
    pub fn save(name: QueryName, query: &Query) -> Self {
        Self {
            name,
            to: Some(query.to_string()),
            from: From::Any,
        }
    }

    /// That none is.
    #[must_use]
    pub const fn remove(name: QueryName) -> Self {
        Self {
            name,
            to: None,
            from: From::Any,
        }
    }

    /// The same change, of this text alone: what another program has saved since stays.
    #[must_use]
    pub fn from(self, text: Option<&str>) -> Self {
        Self {
            from: From::This(text.map(str::to_owned)),
            ..self
        }
    }
}

impl Searcher {
    /// The saved queries, in the order of their names, normalised.
    ///
    /// # Errors
    /// The marks cannot be read.
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT title, text FROM marks.saved_query WHERE present = 1 ORDER BY name",
        )?;
        let rows = statement.query_map([], |row| {
            let text: String = row.get(1)?;
            Ok(SavedQuery {
                name: QueryName::kept(row.get(0)?),
                query: text.parse(),
                text,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How much of the whole library a query finds.
    ///
    /// # Errors
    /// The library cannot be read, or a newer request stopped this one.
    pub fn count(&self, query: &Query) -> Result<Counted, StoreError> {
        let listing = Listing {
            scope: Scope::Library,
            query: query.clone(),
        };
        let snapshot = self.connection.unchecked_transaction()?;
        let filter = Filter::of(&snapshot, &listing)?;
        let sql = format!(
            "SELECT count(*), count(*) FILTER (WHERE coalesce(mark.read, 0) = 0) FROM {} WHERE {}",
            filter.all(),
            filter.conditions
        );
        let number = |n: i64| usize::try_from(n).unwrap_or(0);
        let mut statement = snapshot.prepare_cached(&sql)?;
        let counted = statement.query_row(params_from_iter(&filter.values), |row| {
            Ok(Counted {
                items: number(row.get(0)?),
                unread: number(row.get(1)?),
            })
        })?;
        Ok(counted)
    }

    /// All saved queries as records, also those that were removed, in the order of their names.
    ///
    /// # Errors
    /// The marks cannot be read.
    pub fn query_records(&self) -> Result<Vec<QueryRecord>, StoreError> {
        records(&self.connection)
    }
}

impl Store {
    /// Changes what is saved under a name. The change that leads back; none where it held already. The name stays as it was typed
    /// when it was saved first.
    ///
    /// # Errors
    /// The marks cannot be written; or something else is saved than the change is to be made from.
    pub fn change_saved(
        &mut self,
        change: &SavedChange,
    ) -> Result<Option<SavedChange>, StoreError> {
        let transaction = self.begin_marks()?;
        let found = find(&transaction, &change.name.name())?;
        let before = found.filter(|before| before.present);
        let text = before.as_ref().map(|before| before.query.clone());
        if text == change.to {
            return Ok(None);
        }
        match &change.from {
            From::This(from) if *from != text => return Err(StoreError::SavedChanged),
            From::This(_) | From::Any => {}
        }
        let name = before.map_or_else(
            || change.name.clone(),
            |before| QueryName::kept(before.name),
        );
        set(&transaction, &name, change.to.as_deref())?;
        transaction.commit()?;
        Ok(Some(SavedChange {
            name,
            to: text,
            from: From::This(change.to.clone()),
        }))
    }
}

/// Saves under a name, or keeps that what was saved was removed; later than the change before, whatever the clock says.
fn set(connection: &Connection, name: &QueryName, text: Option<&str>) -> Result<(), StoreError> {
    let Some(text) = text else {
        connection
            .prepare_cached(
                "UPDATE marks.saved_query SET present = 0, changed_at = later(changed_at, ?2) WHERE name = ?1",
            )?
            .execute(params![name.name(), now()])?;
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT INTO marks.saved_query (name, title, text, present, changed_at) VALUES (?1, ?2, ?3, 1, ?4) \
             ON CONFLICT DO UPDATE SET title = excluded.title, text = excluded.text, present = 1, \
             changed_at = later(changed_at, excluded.changed_at)",
        )?
        .execute(params![name.name(), name.as_str(), text, now()])?;
    Ok(())
}

const COLUMNS: &str = "title, text, present, changed_at";

fn record(row: &Row<'_>) -> rusqlite::Result<QueryRecord> {
    Ok(QueryRecord {
        schema: RECORD_SCHEMA,
        name: row.get(0)?,
        query: row.get(1)?,
        present: row.get(2)?,
        changed_at: row.get(3)?,
    })
}

/// The record of a name, normalised.
pub(super) fn find(connection: &Connection, name: &str) -> Result<Option<QueryRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM marks.saved_query WHERE name = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([name], record).optional()?)
}

/// All records, in the order of their names.
fn records(connection: &Connection) -> Result<Vec<QueryRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM marks.saved_query ORDER BY name");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a record in the place of the one of its name.
pub(super) fn write(connection: &Connection, record: &QueryRecord) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO marks.saved_query (name, title, text, present, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            normalise(&record.name),
            record.name,
            record.query,
            record.present,
            record.changed_at
        ])?;
    Ok(())
}

impl QueryRecord {
    /// The later one of two; of two of the same time the greater one, so that the order does not matter.
    pub(super) fn merged_with(&self, other: &Self) -> Self {
        let by = |one: &Self| {
            (
                one.changed_at.clone(),
                one.present,
                one.query.clone(),
                one.name.clone(),
            )
        };
        if by(other) > by(self) { other } else { self }.clone()
    }
}

/// Records in the order of their names; of those of one name the later one.
pub(super) fn sorted(records: impl IntoIterator<Item = QueryRecord>) -> Vec<QueryRecord> {
    let mut sorted = BTreeMap::new();
    for record in records {
        let name = normalise(&record.name);
        let known = sorted.entry(name).or_insert_with(|| record.clone());
        *known = known.merged_with(&record);
    }
    sorted.into_values().collect()
}
