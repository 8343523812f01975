//! What tests of the layers above do to the file of a library.
//! Must not be used outside of tests.

use std::path::Path;

/// A connection to the content of a library, which need not be sound.
fn content(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("library.sqlite3")).unwrap()
}

/// Carries out SQL on the content, whatever it does to references.
pub(crate) fn execute(folder: &Path, sql: &str) {
    let sql = format!("PRAGMA foreign_keys = OFF; {sql}");
    content(folder).execute_batch(&sql).unwrap();
}

/// All rows of all tables of the content.
pub(crate) fn dump(folder: &Path) -> Vec<String> {
    let file = content(folder);
    let mut dump = vec![];
    for table in [
        "publication",
        "source",
        "issue",
        "section",
        "item",
        "body",
        "renamed",
    ] {
        let mut statement = file
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<rusqlite::types::Value> =
                (0..columns).map(|n| row.get(n).unwrap()).collect();
            dump.push(format!("{table}: {values:?}"));
        }
    }
    dump
}
