//! The marks: that each names an item as items are named, that its times are times, and whether the library holds the item.
//! Must not take a mark without item for damage: it waits for its item to come back.

use super::rows::{Read, is_time, read, read_with};
use super::{Checked, Told};
use crate::store::finding::Finding;
use crate::store::order::{self, MAX_NUMBER};
use crate::text::normalise;
use rusqlite::{Connection, params};
use std::path::Path;

/// One look over the marks.
struct Look<'a> {
    connection: &'a Connection,
    path: &'a Path,
    tell: &'a mut dyn FnMut(Told),
}

/// What makes a mark one that the reader set on purpose, in SQL; reading alone sets the others.
const DELIBERATE: &str = "(bookmarked = 1 OR note IS NOT NULL OR EXISTS (SELECT 1 FROM tag \
    WHERE tag.publication = mark.publication AND tag.number = mark.number AND tag.headline = mark.headline \
    AND tag.nth = mark.nth AND tag.present = 1))";

/// What makes a mark one that an import is carrying to another name, in SQL: it, or whoever opens the library next, settles it.
const ON_THE_WAY: &str = "EXISTS (SELECT 1 FROM carried WHERE (carried.publication, carried.number, carried.headline, carried.nth) \
    = (mark.publication, mark.number, mark.headline, mark.nth) OR (carried.former_publication, carried.former_number, \
    carried.former_headline, carried.former_nth) = (mark.publication, mark.number, mark.headline, mark.nth))";

/// The table whose times nothing is merged by.
const SESSION: &str = "session";
/// Characters of a time that others are compared with as text: 2026-01-31T08:00:00.000Z.
const TIME: usize = 24;

/// Looks over the marks; where the content can be read, also for their items.
pub(super) fn check(
    connection: &Connection,
    library: Option<&Connection>,
    path: &Path,
    checked: &mut Checked,
    tell: &mut dyn FnMut(Told),
) {
    let mut look = Look {
        connection,
        path,
        tell,
    };
    for table in look.tables() {
        let columns = look.columns(&table);
        if ["publication", "headline", "number", "nth"]
            .iter()
            .all(|name| columns.iter().any(|column| column == name))
        {
            look.names(&table);
        }
        for column in columns.iter().filter(|column| column.ends_with("_at")) {
            look.times(&table, column);
        }
    }
    look.states();
    let count = read(connection, "SELECT count(*) FROM mark", |row| row.get(0));
    checked.marks = look.taken(count, "mark").first().copied().unwrap_or(0);
    if let Some(library) = library {
        look.astray(library);
    }
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
            self.wrong("table-unreadable", "restore-marks", arguments);
        }
        read.found
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
            let is_name = normalise(&publication) == publication
                && normalise(&headline) == headline
                && (0..=i64::from(MAX_NUMBER)).contains(&number)
                && u32::try_from(nth).is_ok();
            Ok(is_name)
        });
        let names = self.taken(names, table);
        let n = names.into_iter().filter(|is_name| !is_name).count();
        if n > 0 {
            let arguments = vec![("n", n.to_string()), ("table", table.to_owned())];
            self.wrong("marks-name", "report", arguments);
        }
    }

    /// That a column holds times, in the form in which they are compared.
    fn times(&mut self, table: &str, column: &str) {
        let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
        let times = read(self.connection, &sql, |row| {
            let time = row.get_ref(0)?.as_str()?;
            let has_form = table == SESSION || (time.len() == TIME && time.ends_with('Z'));
            Ok(has_form && is_time(time))
        });
        let times = self.taken(times, table);
        let n = times.into_iter().filter(|is_time| !is_time).count();
        if n > 0 {
            let arguments = vec![
                ("n", n.to_string()),
                ("table", table.to_owned()),
                ("column", column.to_owned()),
            ];
            self.wrong("marks-time", "report", arguments);
        }
    }

    /// That a state has the time of its change, by which marks are merged, and that the reader's place can be read.
    fn states(&mut self) {
        let sql = "SELECT count(*) FROM mark WHERE (bookmarked AND bookmarked_at IS NULL) \
                   OR (read AND read_at IS NULL) OR (place IS NOT NULL AND placed_at IS NULL) \
                   OR (note IS NOT NULL AND noted_at IS NULL)";
        let timeless = read(self.connection, sql, |row| row.get::<_, i64>(0));
        for n in self.taken(timeless, "mark") {
            if n > 0 {
                self.wrong("marks-timeless", "report", vec![("n", n.to_string())]);
            }
        }
        let tags = read(self.connection, "SELECT name, tag FROM tag", |row| {
            Ok(normalise(row.get_ref(1)?.as_str()?) == row.get_ref(0)?.as_str()?)
        });
        let tags = self.taken(tags, "tag");
        let n = tags.into_iter().filter(|is_named| !is_named).count();
        if n > 0 {
            self.wrong("tags-name", "report", vec![("n", n.to_string())]);
        }
        let sql = "SELECT json_valid(state) FROM session";
        let states = read(self.connection, sql, |row| row.get::<_, bool>(0));
        if self.taken(states, "session").contains(&false) {
            self.wrong("session-unreadable", "open-reader", vec![]);
        }
    }

    /// The marks whose item the library does not hold.
    fn astray(&mut self, library: &Connection) {
        let held = format!(
            "SELECT 1 FROM publication \
             CROSS JOIN issue ON issue.publication = publication.id AND issue.number = ?2 \
             CROSS JOIN item ON {} AND item.key_headline = ?3 AND item.key_nth = ?4 WHERE publication.key = ?1",
            order::items_of_sql("item.id", "issue.id")
        );
        let Ok(mut held) = library.prepare(&held) else {
            return;
        };
        let sql = format!(
            "SELECT publication, number, headline, nth, printed, {DELIBERATE}, read, place IS NOT NULL FROM mark \
             WHERE NOT {ON_THE_WAY}"
        );
        let mut waiting = vec![];
        let mut quiet = 0_usize;
        let marks = read(self.connection, &sql, |row| {
            let name: (String, i64, String, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            // What cannot be read of the content is told with the content.
            let is_held = held
                .exists(params![name.0, name.1, name.2, name.3])
                .unwrap_or(true);
            let printed: String = row.get(4)?;
            if !is_held && row.get(5)? {
                waiting.push((format!("{} {}", name.0, name.1), printed));
            } else if !is_held && (row.get(6)? || row.get(7)?) {
                quiet += 1;
            }
            Ok(())
        });
        self.taken(marks, "mark");
        for (issue, headline) in waiting {
            let arguments = vec![("issue", issue), ("headline", headline)];
            self.wrong("mark-astray", "import-issue", arguments);
        }
        if quiet > 0 {
            let arguments = vec![("n", quiet.to_string())];
            (self.tell)(Told::Found(Finding::told(
                "marks-quiet",
                "nothing",
                arguments,
            )));
        }
    }
}
