//! One file of a library as it is on the disk: its state, its size, how many rows it has; and what a connection is set to.
//! Must not make or change a file.

use super::check::marks::marked;
use super::check::rows::read;
use super::check::settle::settled;
use super::check::{beside as beside_both, complaints_of, is_content_missing, of_state, way_on};
use super::place::{Files, beside};
use super::raw::{self, State};
use super::schema::{self, Schema};
use super::{Finding, Place, StoreError, copies, open};
use rusqlite::Connection;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Not there, or empty.
    Missing,
    /// It cannot be opened.
    Closed,
    /// None of ours.
    Foreign,
    /// The other file of a library.
    Other,
    /// Of a newer version.
    Newer,
    /// Of an older version.
    Older,
    /// As it ought to be.
    Sound,
    /// Damaged.
    Damaged,
}

/// A file of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub condition: Condition,
    /// Its schema, where it has one that can be read.
    pub schema: Option<usize>,
    /// The newest schema that this version knows.
    pub known: usize,
    /// Bytes.
    pub size: Option<u64>,
    /// Bytes of the file that holds what was written last.
    pub wal: Option<u64>,
    /// How it is written: `wal`, as all of ours are, or `delete`.
    pub journal: Option<&'static str>,
    /// Rows of the tables that count: `(table, rows)`.
    pub rows: Vec<(&'static str, u64)>,
}

/// The version of SQLite.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Looks at the two files of a library in a folder: its content, its marks; and what is wrong with them.
///
/// # Errors
/// The folder has no name.
pub fn examine(folder: &Path) -> Result<([Examined; 2], Vec<Finding>), StoreError> {
    let place = Place::Folder(folder.to_owned());
    let files = Files::of(&place)?;
    let (examined, mut findings) = settled(&files, || both(&files));
    way_on(&place, &mut findings);
    Ok((examined, findings))
}

/// Whether there are marks at `place` and no content beside them: their issues are to be imported again.
///
/// # Errors
/// The folder has no name.
pub fn lacks_content(place: &Place) -> Result<Option<PathBuf>, StoreError> {
    let files = Files::of(place)?;
    Ok(is_content_missing(&files).then(|| files.library.shown()))
}

fn both(files: &Files) -> ([Examined; 2], Vec<Finding>) {
    let library = files.library.shown();
    let marks = files.marks.shown();
    let (mut library, mut findings) = one(library, &schema::LIBRARY, "rebuild", &["issue", "item"]);
    let (mut marks, of_marks) = one(marks, &schema::MARKS, "restore-marks", &["mark"]);
    findings.extend(of_marks);
    for finding in beside_both(files) {
        match finding.kind {
            "file-emptied" | "marks-missing" if finding.mend == "rebuild" => {
                library.condition = Condition::Damaged;
            }
            "file-emptied" | "marks-missing" => marks.condition = Condition::Damaged,
            _ => {}
        }
        findings.push(finding);
    }
    ([library, marks], findings)
}

fn one(
    path: PathBuf,
    schema: &Schema,
    mend: &'static str,
    tables: &[&'static str],
) -> (Examined, Vec<Finding>) {
    let size = |path: &Path| {
        let file = std::fs::metadata(path).ok()?;
        file.is_file().then_some(file.len())
    };
    // Before SQLite has it open: closing a file of our own would drop its locks.
    let journal = journal(&path);
    let state = raw::state(&path, schema);
    let mut findings: Vec<Finding> = of_state(&path, &state, mend).into_iter().collect();
    let mut examined = Examined {
        condition: condition(&state),
        schema: match &state {
            State::Newer(found) | State::Older(found, _) => Some(*found),
            State::Current(_) => Some(schema.version),
            _ => None,
        },
        known: schema.version,
        size: size(&path),
        wal: size(&beside(&path, "-wal")),
        journal,
        rows: vec![],
        path,
    };
    if let State::Older(_, connection) | State::Current(connection) = &state {
        let complaints = complaints_of(connection, &examined.path, 1, mend);
        if !complaints.is_empty() {
            examined.condition = Condition::Damaged;
            findings.extend(complaints);
        }
        examined.rows = tables
            .iter()
            .filter_map(|table| {
                let sql = format!("SELECT count(*) FROM {table}");
                let rows = match *table {
                    "mark" => marked(connection),
                    _ => read(connection, &sql, |row| row.get::<_, u32>(0)),
                };
                Some((*table, u64::from(*rows.found.first()?)))
            })
            .collect();
    }
    (examined, findings)
}

/// What the header says of how the file is written. SQLite itself would say `delete` of a file that it may not write.
fn journal(path: &Path) -> Option<&'static str> {
    const VERSIONS: std::ops::Range<usize> = 18..20;
    let mut header = [0; VERSIONS.end];
    open::regular_file(path).ok()??;
    File::open(path).ok()?.read_exact(&mut header).ok()?;
    match header[VERSIONS] {
        [2, 2] => Some("wal"),
        [1, 1] => Some("delete"),
        _ => None,
    }
}

const fn condition(state: &State) -> Condition {
    match state {
        State::Missing => Condition::Missing,
        State::Closed(_) | State::NoFile(_) => Condition::Closed,
        State::Foreign => Condition::Foreign,
        State::Other => Condition::Other,
        State::Newer(_) => Condition::Newer,
        State::Older(..) => Condition::Older,
        State::Current(_) => Condition::Sound,
        State::NoDatabase(_) | State::Damaged(_) => Condition::Damaged,
    }
}

/// The folder of the copies of the marks in that of a library, and the time of each, oldest first; before all others those of a time
/// that has not come.
///
/// # Errors
/// The folder has no name.
pub fn copies_of(folder: &Path) -> Result<(PathBuf, Vec<jiff::Timestamp>), StoreError> {
    let files = Files::of(&Place::Folder(folder.to_owned()))?;
    let found = copies::found_beside(&files.marks);
    let newest_first = copies::newest_first(found, jiff::Timestamp::now());
    let times = newest_first.iter().rev().map(|copy| copy.time).collect();
    Ok((folder.join(copies::FOLDER), times))
}

/// What a connection of this program is set to: `(name, value)`. Asked of one to a library in memory, which is made as all
/// others are.
///
/// # Errors
/// SQLite cannot be used at all.
pub fn pragmas() -> Result<Vec<(&'static str, String)>, StoreError> {
    let connection = open::connect(&Files::of(&Place::Memory)?)?;
    let asked = [
        (
            "content_synchronous",
            "SELECT synchronous FROM pragma_synchronous('main')",
        ),
        (
            "marks_synchronous",
            "SELECT synchronous FROM pragma_synchronous('marks')",
        ),
        (
            "foreign_keys",
            "SELECT foreign_keys FROM pragma_foreign_keys",
        ),
        (
            "trusted_schema",
            "SELECT trusted_schema FROM pragma_trusted_schema",
        ),
        ("temp_store", "SELECT temp_store FROM pragma_temp_store"),
    ];
    let mut pragmas: Vec<_> = asked
        .into_iter()
        .filter_map(|(name, sql)| Some((name, text(&connection, sql)?)))
        .collect();
    // SQLite knows of none: the waiting is the program's own.
    let patience = open::PATIENCE.as_millis().to_string();
    pragmas.push(("patience", patience));
    Ok(pragmas)
}

fn text(connection: &Connection, sql: &str) -> Option<String> {
    let value = read(connection, sql, |row| {
        Ok(match row.get_ref(0)? {
            rusqlite::types::ValueRef::Integer(n) => n.to_string(),
            other => other.as_str()?.to_owned(),
        })
    });
    value.found.into_iter().next()
}
