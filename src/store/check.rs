//! Looks a library over: both files, every reference between their rows, marks without an item.
//! Must not write, and must not stop at what is damaged as long as anything behind it can be read.

mod content;
mod marks;
pub(super) mod rows;

use super::finding::Finding;
use super::place::Files;
use super::raw::{self, State};
use super::schema::{self, Schema};
use super::{Place, StoreError};
use rusqlite::Connection;
use std::path::Path;

/// Complaints of SQLite about one file that are told; a file with that many is to be made again anyway.
const COMPLAINTS: u32 = 20;

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Kept documents.
    pub documents: u32,
    /// Issues.
    pub issues: u32,
    /// Items.
    pub items: u32,
    /// Items with a mark.
    pub marks: u32,
}

/// What a check tells on its way.
pub enum Told {
    /// So many of so many documents, issues and files are looked at.
    Step(usize, usize),
    /// Something was found.
    Found(Finding),
}

/// Looks over the library at `place`, which is in a folder; one that is not there has nothing wrong with it.
///
/// # Errors
/// The place is none in a folder that has a name.
pub fn check(place: &Place, tell: &mut dyn FnMut(Told)) -> Result<Checked, StoreError> {
    let files = Files::of(place)?;
    let mut checked = Checked::default();
    let library = match files.library.file() {
        Some(path) => file(path, &schema::LIBRARY, "rebuild", tell),
        None => None,
    };
    if let (Some(library), Some(path)) = (&library, files.library.file()) {
        content::check(library, path, &mut checked, tell);
    }
    if let Some(path) = files.marks.file()
        && let Some(connection) = file(path, &schema::MARKS, "restore-marks", tell)
    {
        marks::check(&connection, library.as_ref(), path, &mut checked, tell);
    }
    Ok(checked)
}

/// Looks over one file as SQLite sees it; a connection to it where its tables are those of this version.
fn file(
    path: &Path,
    schema: &Schema,
    mend: &'static str,
    tell: &mut dyn FnMut(Told),
) -> Option<Connection> {
    let shown = || ("path", path.display().to_string());
    let mut wrong = |kind, mend, reason| {
        let mut arguments = vec![shown()];
        arguments.extend(reason);
        tell(Told::Found(Finding::wrong(kind, mend, arguments)));
    };
    let reason = |reason: String| Some(("reason", reason));
    match raw::state(path, schema) {
        State::Missing => None,
        State::Closed(why) => {
            wrong("file-closed", "permissions", reason(why));
            None
        }
        State::NoDatabase(why) => {
            wrong("file-no-database", mend, reason(why));
            None
        }
        State::Foreign => {
            wrong("file-foreign", "move-away", None);
            None
        }
        State::Damaged(why) => {
            wrong("file-damaged", mend, reason(why));
            None
        }
        State::Newer(found) => {
            wrong("file-newer", "upgrade", Some(("found", found.to_string())));
            None
        }
        State::Older(found, connection) => {
            sound(&connection, path, mend, tell);
            let arguments = vec![shown(), ("found", found.to_string())];
            tell(Told::Found(Finding::told(
                "file-older",
                "open-once",
                arguments,
            )));
            None
        }
        State::Current(connection) => {
            sound(&connection, path, mend, tell);
            Some(connection)
        }
    }
}

/// SQLite's own look at a file: its pages, and its references.
fn sound(connection: &Connection, path: &Path, mend: &'static str, tell: &mut dyn FnMut(Told)) {
    let shown = || ("path", path.display().to_string());
    for complaint in complaints(connection, COMPLAINTS) {
        let arguments = vec![shown(), ("reason", complaint)];
        tell(Told::Found(Finding::wrong("file-damaged", mend, arguments)));
    }
    let dangling = rows::read(
        connection,
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2",
        |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
            ))
        },
    );
    for (table, parent, n) in dangling.found {
        let arguments = vec![
            shown(),
            ("n", n.to_string()),
            ("table", table),
            ("parent", parent),
        ];
        tell(Told::Found(Finding::wrong(
            "rows-dangling",
            mend,
            arguments,
        )));
    }
}

/// What SQLite finds wrong with the pages of a database, at most so many; empty where it is sound.
pub(super) fn complaints(connection: &Connection, most: u32) -> Vec<String> {
    let sql = format!("PRAGMA integrity_check({most})");
    let read = rows::read(connection, &sql, |row| row.get::<_, String>(0));
    let lines = read.found.iter().flat_map(|text| text.lines());
    let mut complaints: Vec<String> = lines
        .filter(|line| *line != "ok" && !line.starts_with("*** in database"))
        .map(str::to_owned)
        .take(most as usize)
        .collect();
    complaints.extend(read.error);
    complaints
}
