//! Reading rows as far as they can be read.
//! Must not take what is damaged for the end of a table.

use crate::store::error::reason;
use rusqlite::{Connection, Params, Row};

/// What was read, and what stopped it.
pub(in crate::store) struct Read<T> {
    pub found: Vec<T>,
    /// SQLite's words where not all could be read.
    pub error: Option<String>,
}

/// The rows that a statement gives, up to the first that cannot be read.
pub(in crate::store) fn read<T>(
    connection: &Connection,
    sql: &str,
    of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Read<T> {
    read_with(connection, sql, [], of)
}

/// The same, with parameters.
pub(in crate::store) fn read_with<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    mut of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Read<T> {
    let mut found = vec![];
    let all = || -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        while let Some(row) = rows.next()? {
            found.push(of(row)?);
        }
        Ok(())
    };
    let error = all().err().map(|error| reason(&error));
    Read { found, error }
}

/// Whether `text` is a time as the library writes it: RFC 3339.
pub(in crate::store) fn is_time(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}
