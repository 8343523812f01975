//! What marks hold, as a value that is equal for two databases that hold the same.
//! Must not take where the reader was for a mark.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

/// Where the reader was is no mark: it is copied along, and no reason for a copy.
const NO_MARKS: &str = "session";

/// What a database of marks holds: equal for two that hold the same, but for where the reader was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    version: i64,
    pub(super) rows: u64,
    hash: [u8; 32],
}

impl Fingerprint {
    /// Of an open database.
    pub fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let tables: Vec<String> = connection
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' \
                 AND name <> ?1 ORDER BY name",
            )?
            .query_map([NO_MARKS], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let (mut rows, mut hash) = (0, Sha256::new());
        for table in tables {
            hash.update(table.as_bytes());
            let quoted = table.replace('"', "\"\"");
            let mut statement = connection.prepare(&format!("SELECT * FROM \"{quoted}\""))?;
            let columns = statement.column_count();
            let order: Vec<String> = (1..=columns).map(|n| n.to_string()).collect();
            let sql = format!("SELECT * FROM \"{quoted}\" ORDER BY {}", order.join(", "));
            statement = connection.prepare(&sql)?;
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                rows += 1;
                for column in 0..columns {
                    add(&mut hash, row.get_ref(column)?);
                }
            }
        }
        Ok(Self {
            version,
            rows,
            hash: hash.finalize().into(),
        })
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

/// Adds a value so that no other sequence of values adds the same bytes.
fn add(hash: &mut Sha256, value: ValueRef<'_>) {
    let number;
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(n) => {
            number = n.to_le_bytes();
            (1, &number)
        }
        ValueRef::Real(n) => {
            number = n.to_le_bytes();
            (2, &number)
        }
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
