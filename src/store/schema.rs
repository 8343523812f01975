//! The schemas of both databases as numbered migrations, from `assets/schema`.
//! Must never change a migration that a release has run; a change is a new file.

use super::error::Which;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::collections::BTreeMap;

/// The greatest `PRAGMA user_version` that is one. Each version of this program adds a few, and SQLite takes any of 32 bits: what is
/// greater, or less than 0, no version will have written, so that it is damage and not a newer version.
pub(super) const MOST: usize = 9999;

const LIBRARY_STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/schema/library-001.sql")),
    M::up(include_str!("../../assets/schema/library-002.sql")),
    M::up(include_str!("../../assets/schema/library-003.sql")),
    M::up(include_str!("../../assets/schema/library-004.sql")),
    M::up(include_str!("../../assets/schema/library-005.sql")),
    M::up(include_str!("../../assets/schema/library-006.sql")),
    M::up(include_str!("../../assets/schema/library-007.sql")),
    M::up(include_str!("../../assets/schema/library-008.sql")),
    M::up(include_str!("../../assets/schema/library-009.sql")),
];
const MARKS_STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/schema/marks-001.sql")),
    M::up(include_str!("../../assets/schema/marks-002.sql")),
    M::up(include_str!("../../assets/schema/marks-003.sql")),
    M::up(include_str!("../../assets/schema/marks-004.sql")),
    M::up(include_str!("../../assets/schema/marks-005.sql")),
    M::up(include_str!("../../assets/schema/marks-006.sql")),
];

/// One of the two databases: what its file says about itself, and how it is brought up to date.
#[derive(Debug)]
pub(super) struct Schema {
    /// Which of the two.
    pub which: Which,
    /// What stands in every file of it, and in no other of ours, by which it is known where its header is not.
    pub sign: &'static str,
    /// `PRAGMA application_id`, by which a file of this program is known.
    pub application: i32,
    /// `PRAGMA user_version` of a file that is up to date.
    pub version: usize,
    /// The way there.
    pub migrations: Migrations<'static>,
}

impl Schema {
    /// That of the other file of a library.
    pub fn other(&self) -> &'static Self {
        match self.which {
            Which::Content => &MARKS,
            Which::Marks => &LIBRARY,
        }
    }

    /// Whether a database of the connection has the tables and columns that this version of the schema has.
    pub fn fits(
        &self,
        connection: &Connection,
        database: &str,
        version: usize,
    ) -> rusqlite::Result<bool> {
        let columns = |connection: &Connection,
                       database: &str|
         -> rusqlite::Result<Vec<(String, String)>> {
            let sql = format!(
                "SELECT tables.name, columns.name FROM {database}.sqlite_schema AS tables, \
                 pragma_table_info(tables.name, '{database}') AS columns \
                 WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1, 2"
            );
            let mut statement = connection.prepare(&sql)?;
            let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            columns.collect()
        };
        let mut model = Connection::open_in_memory()?;
        // Tests run every migration.
        let made = self.migrations.to_version(&mut model, version).is_ok();
        Ok(!made || columns(connection, database)? == columns(&model, "main")?)
    }

    /// Lets a file of an older version be read as one of this version: in front of the tables that lack columns stand views of the
    /// connection that have them, with what stands there where nothing is known; and views without rows for tables that it lacks.
    pub fn complete(&self, connection: &Connection) -> rusqlite::Result<()> {
        let columns = |connection: &Connection| -> rusqlite::Result<Vec<[String; 3]>> {
            let sql = "SELECT tables.name, columns.name, coalesce(columns.dflt_value, 'NULL') \
                 FROM main.sqlite_schema AS tables, pragma_table_info(tables.name, 'main') AS columns \
                 WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
            let mut statement = connection.prepare(sql)?;
            let columns =
                statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
            columns.collect()
        };
        let mut model = Connection::open_in_memory()?;
        // Tests run every migration.
        if self.migrations.to_latest(&mut model).is_err() {
            return Ok(());
        }
        let known = columns(connection)?;
        let is_known = |table: &str, column: &str| {
            let mut known = known.iter();
            known.any(|one| one[0] == table && (column.is_empty() || one[1] == column))
        };
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for [table, column, default] in columns(&model)? {
            if !is_known(&table, &column) {
                let column = format!("{default} AS {column}");
                missing.entry(table).or_default().push(column);
            }
        }
        for (table, columns) in missing {
            let columns = columns.join(", ");
            let view = if is_known(&table, "") {
                format!("SELECT *, {columns} FROM main.{table}")
            } else {
                format!("SELECT {columns} WHERE FALSE")
            };
            connection.execute_batch(&format!("CREATE TEMP VIEW {table} AS {view}"))?;
        }
        Ok(())
    }
}

/// What is wrong with a file of this version by its number, and of another by its tables.
pub(super) fn unlike(version: usize) -> String {
    format!("user_version is {version}, and the tables are of another")
}

/// What is wrong with a file of no version that there can be.
pub(super) fn senseless(version: i64) -> String {
    format!("user_version is {version}")
}

/// The content.
pub(super) static LIBRARY: Schema = Schema {
    which: Which::Content,
    sign: "CREATE TABLE item (",
    application: i32::from_be_bytes(*b"PkwL"),
    version: LIBRARY_STEPS.len(),
    migrations: Migrations::from_slice(LIBRARY_STEPS),
};

/// The marks.
pub(super) static MARKS: Schema = Schema {
    which: Which::Marks,
    sign: "CREATE TABLE mark (",
    application: i32::from_be_bytes(*b"PkwM"),
    version: MARKS_STEPS.len(),
    migrations: Migrations::from_slice(MARKS_STEPS),
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_migrations_run() {
        super::LIBRARY.migrations.validate().unwrap();
        super::MARKS.migrations.validate().unwrap();
    }

    #[test]
    fn what_may_have_been_said_of_older_documents_is_what_they_were_read_as() {
        let mut library = rusqlite::Connection::open_in_memory().unwrap();
        let migrations = &super::LIBRARY.migrations;
        migrations.to_version(&mut library, 2).unwrap();
        let lost = r#"{"kind":"characters-lost","args":{"encoding":"GBK","count":1},"line":3,"item":null}"#;
        let other = r#"{"kind":"no-contents","args":{},"line":null,"item":null}"#;
        library
            .execute_batch(&format!(
                "INSERT INTO publication VALUES (1, 'a', 'a'); \
                 INSERT INTO source VALUES (1, 'one', '1', x''), (2, 'two', '2', x''), (3, 'dateless', '3', x''); \
                 INSERT INTO issue (id, publication, number, year, month, week, imported, items, source, parser, diagnostics) \
                 VALUES (1, 1, 7, 2024, 2, NULL, '', 0, 1, 1, '[{other},{lost}]'), \
                 (2, 1, 8, 2024, 2, 1, '', 0, 2, 1, '[{lost}]'), (3, 1, 9, 2024, 2, 2, '', 0, 2, 1, '[{lost}]'), \
                 (4, 1, 10, NULL, 3, NULL, '', 0, 3, 1, '[');"
            ))
            .unwrap();
        migrations.to_latest(&mut library).unwrap();
        let said = |id: u32| -> String {
            let sql = "SELECT json_array(number, year, month, week, json(decoding)) FROM source WHERE id = ?1";
            library.query_row(sql, [id], |row| row.get(0)).unwrap()
        };
        assert_eq!(said(1), format!("[7,2024,2,null,[{lost}]]"));
        assert_eq!(said(2), format!("[null,null,null,null,[{lost}]]"));
        assert_eq!(said(3), "[10,null,null,null,[]]");
    }
}
