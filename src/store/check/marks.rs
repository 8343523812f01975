//! The marks: that each names an item as items are named, and that its times are times.
//! Must not look for an item.

use super::rows::{Read, is_time, read, read_with};
use super::{Checked, Told};
use crate::issue::{FixRecord, Tag};
use crate::store::finding::Finding;
use crate::store::rules;
use rusqlite::Connection;
use std::path::Path;

/// One look over the marks.
struct Look<'a> {
    connection: &'a Connection,
    path: &'a Path,
    tell: &'a mut dyn FnMut(Told),
}

/// What mends it.
const MEND: &str = "restore-marks";
/// The table whose times nothing is merged by.
const SESSION: &str = "session";

/// Looks over the marks.
pub(super) fn check(
    connection: &Connection,
    path: &Path,
    checked: &mut Checked,
    tell: &mut dyn FnMut(Told),
) {
    let mut look = Look {
        connection,
        path,
        tell,
    };
    look.rows();
    look.session();
    let count = look.taken(marked(connection), "mark");
    checked.marks = count.first().copied().unwrap_or(0);
}

/// How many items are marked with anything. Of what was taken off a row stays, by which marks are merged.
pub(in crate::store) fn marked(connection: &Connection) -> Read<u32> {
    // An older file has not all of it.
    let sql = "SELECT name FROM pragma_table_info('mark') UNION ALL SELECT 'tag' FROM pragma_table_info('tag') \
               UNION ALL SELECT 'fix' FROM pragma_table_info('fix')";
    let known: Vec<String> = read(connection, sql, |row| row.get(0)).found;
    let marks = [
        ("bookmarked", "bookmarked = 1"),
        ("read", "read = 1"),
        ("place", "place IS NOT NULL"),
        ("note", "note IS NOT NULL"),
        (
            "tag",
            "EXISTS (SELECT 1 FROM tag WHERE tag.publication = mark.publication AND tag.number = mark.number \
             AND tag.headline = mark.headline AND tag.nth = mark.nth AND tag.present = 1)",
        ),
        (
            "fix",
            "EXISTS (SELECT 1 FROM fix WHERE fix.publication = mark.publication AND fix.number = mark.number \
             AND fix.headline = mark.headline AND fix.nth = mark.nth AND fix.present = 1)",
        ),
    ];
    let marks = marks
        .into_iter()
        .filter(|(name, _)| known.iter().any(|known| known == name));
    let marks: Vec<&str> = marks.map(|(_, is_set)| is_set).collect();
    let is_marked = if marks.is_empty() {
        "TRUE".to_owned()
    } else {
        marks.join(" OR ")
    };
    read(
        connection,
        &format!("SELECT count(*) FROM mark WHERE {is_marked}"),
        |row| row.get(0),
    )
}

/// What is wrong with the rows of marks; where the reader was is no mark.
pub(super) fn rows(connection: &Connection, path: &Path, tell: &mut dyn FnMut(Told)) {
    Look {
        connection,
        path,
        tell,
    }
    .rows();
}

impl Look<'_> {
    fn wrong(
        &mut self,
        kind: &'static str,
        mend: &'static str,
        arguments: Vec<(&'static str, String)>,
    ) {
        (self.tell)(Told::Found(Finding::wrong(kind, mend, arguments)));
    }

    fn taken<T>(&mut self, read: Read<T>, table: &str) -> Vec<T> {
        if let Some(reason) = read.error {
            let arguments = vec![
                ("path", self.path.display().to_string()),
                ("table", table.to_owned()),
                ("reason", reason),
            ];
            self.wrong("table-unreadable", MEND, arguments);
        }
        read.found
    }

    /// All tables of marks.
    fn rows(&mut self) {
        for table in self.tables() {
            if table == SESSION {
                continue;
            }
            let columns = self.columns(&table);
            if ["publication", "headline", "number", "nth"]
                .iter()
                .all(|name| columns.iter().any(|column| column == name))
            {
                self.names(&table);
            }
            for column in columns.iter().filter(|column| column.ends_with("_at")) {
                self.times(&table, column);
            }
        }
        self.values();
        self.states();
        self.texts();
    }

    fn tables(&mut self) -> Vec<String> {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
        let tables = read(self.connection, sql, |row| row.get(0));
        self.taken(tables, "sqlite_schema")
    }

    fn columns(&mut self, table: &str) -> Vec<String> {
        let sql = "SELECT name FROM pragma_table_info(?1)";
        let columns = read_with(self.connection, sql, [table], |row| row.get(0));
        self.taken(columns, table)
    }

    /// That the rows of a table name items as items are named.
    fn names(&mut self, table: &str) {
        let sql = format!("SELECT publication, number, headline, nth FROM {table}");
        let names = read(self.connection, &sql, |row| {
            let publication: String = row.get(0)?;
            let number: i64 = row.get(1)?;
            let headline: String = row.get(2)?;
            let nth: i64 = row.get(3)?;
            Ok(rules::is_name((&publication, &headline), number, nth))
        });
        let names = self.taken(names, table);
        let n = names.into_iter().filter(|is_name| !is_name).count();
        if n > 0 {
            let arguments = vec![("n", n.to_string()), ("table", table.to_owned())];
            self.wrong("marks-name", MEND, arguments);
        }
    }

    /// That a column holds times, in the form in which they are compared.
    fn times(&mut self, table: &str, column: &str) {
        let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
        let times = read(self.connection, &sql, |row| {
            let time = row.get_ref(0)?.as_str()?;
            Ok(if table == SESSION {
                is_time(time)
            } else {
                rules::is_time(time)
            })
        });
        let times = self.taken(times, table);
        let n = times.into_iter().filter(|is_time| !is_time).count();
        if n > 0 {
            let arguments = vec![
                ("n", n.to_string()),
                ("table", table.to_owned()),
                ("column", column.to_owned()),
            ];
            self.wrong("marks-time", MEND, arguments);
        }
    }

    /// That states are what is ever written of them. SQLite does not let anything else in, unless it is told not to look.
    fn values(&mut self) {
        let unlike = [
            ("mark", "bookmarked NOT IN (0, 1)"),
            ("mark", "read NOT IN (0, 1)"),
            ("mark", "place NOT BETWEEN 1 AND 4294967295"),
            ("mark", "note = ''"),
            ("tag", "present NOT IN (0, 1)"),
            ("fix", "present NOT IN (0, 1)"),
            ("saved_query", "present NOT IN (0, 1)"),
        ];
        for (table, unlike) in unlike {
            let sql = format!("SELECT count(*) FROM {table} WHERE {unlike}");
            let n = read(self.connection, &sql, |row| row.get::<_, i64>(0));
            for n in self.taken(n, table).into_iter().filter(|n| *n > 0) {
                let arguments = vec![("n", n.to_string()), ("table", table.to_owned())];
                self.wrong("marks-value", MEND, arguments);
            }
        }
    }

    /// That a state has the time of its change, by which marks are merged, and that a tag is one and has its name.
    fn states(&mut self) {
        let sql = "SELECT count(*) FROM mark WHERE (bookmarked AND bookmarked_at IS NULL) \
                   OR (read AND read_at IS NULL) OR (place IS NOT NULL AND placed_at IS NULL) \
                   OR (note IS NOT NULL AND noted_at IS NULL)";
        let timeless = read(self.connection, sql, |row| row.get::<_, i64>(0));
        for n in self.taken(timeless, "mark") {
            if n > 0 {
                self.wrong("marks-timeless", MEND, vec![("n", n.to_string())]);
            }
        }
        let tags = read(self.connection, "SELECT name, tag FROM tag", |row| {
            let name = row.get_ref(0)?.as_str()?;
            let tag = row.get_ref(1)?.as_str()?;
            Ok(rules::is_tag((name, tag)) && Tag::new(tag).is_ok())
        });
        let tags = self.taken(tags, "tag");
        let n = tags.into_iter().filter(|is_named| !is_named).count();
        if n > 0 {
            self.wrong("tags-name", MEND, vec![("n", n.to_string())]);
        }
        let fixes = read(self.connection, "SELECT what, value FROM fix", |row| {
            Ok(rules::is_fix(&FixRecord {
                what: row.get(0)?,
                value: row.get(1)?,
                present: true,
                changed_at: String::new(),
            }))
        });
        let fixes = self.taken(fixes, "fix");
        let n = fixes.into_iter().filter(|is_fix| !is_fix).count();
        if n > 0 {
            self.wrong("fixes-value", MEND, vec![("n", n.to_string())]);
        }
        self.queries();
    }

    /// That a saved query has its name, and a text.
    fn queries(&mut self) {
        let sql = "SELECT name, title, text FROM saved_query";
        let queries = read(self.connection, sql, |row| {
            let name = row.get_ref(0)?.as_str()?;
            let title = row.get_ref(1)?.as_str()?;
            Ok(rules::is_saved((name, title), row.get_ref(2)?.as_str()?))
        });
        let queries = self.taken(queries, "saved_query");
        let n = queries.into_iter().filter(|is_saved| !is_saved).count();
        if n > 0 {
            self.wrong("queries-name", MEND, vec![("n", n.to_string())]);
        }
    }

    /// That what is shown of a mark is text.
    fn texts(&mut self) {
        let texts = read(self.connection, "SELECT printed, note FROM mark", |row| {
            row.get_ref(0)?.as_str()?;
            row.get_ref(1)?.as_str_or_null()?;
            Ok(())
        });
        self.taken(texts, "mark");
    }

    /// That the reader's place can be read.
    fn session(&mut self) {
        self.times(SESSION, "left_at");
        let sql = "SELECT json_valid(state) FROM session";
        let states = read(self.connection, sql, |row| row.get::<_, bool>(0));
        if self.taken(states, "session").contains(&false) {
            self.wrong("session-unreadable", "open-reader", vec![]);
        }
    }
}
