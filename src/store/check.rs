//! Looks a library over: both files, every reference between their rows, marks without an item.
//! Must not write, and must not stop at what is damaged as long as anything behind it can be read.

mod condense;
mod content;
pub(super) mod marks;
mod parts;
pub(super) mod rows;
pub(super) mod settle;
mod waiting;

use super::finding::Finding;
use super::place::Files;
use super::raw::{self, State};
use super::schema::{self, Schema};
use super::{Place, Present, Restoration, StoreError, Which, copies, open};
use rusqlite::Connection;
use std::path::Path;

/// What mends damaged marks.
const RESTORE: &str = "restore-marks";
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
    let (checked, mut findings) = settle::settled(&files, || {
        let mut findings = vec![];
        let checked = look(&files, &mut |told| match told {
            Told::Found(finding) => findings.push(finding),
            step @ Told::Step(..) => tell(step),
        });
        (checked, findings)
    });
    way_on(place, &mut findings);
    for finding in condense::condensed(findings) {
        tell(Told::Found(finding));
    }
    Ok(checked)
}

/// Looks both files over once, each as it is at one moment.
fn look(files: &Files, tell: &mut dyn FnMut(Told)) -> Checked {
    let mut checked = Checked::default();
    for finding in beside(files) {
        tell(Told::Found(finding));
    }
    let (Some(library), Some(marks)) = (files.library.file(), files.marks.file()) else {
        return checked;
    };
    let is_missing = matches!(open::regular_file(library), Ok(None));
    let content = file(library, &schema::LIBRARY, "rebuild", tell);
    if let Some(content) = &content {
        content::check(content, library, &mut checked, tell);
    }
    if let Some(connection) = file(marks, &schema::MARKS, RESTORE, tell) {
        marks::check(&connection, marks, &mut checked, tell);
        if content.is_some() || is_missing {
            for finding in waiting::check(&connection, content.as_ref(), marks) {
                tell(Told::Found(finding));
            }
        }
    }
    checked
}

/// What is to be said of a library that neither of its two files says of itself.
pub(super) fn beside(files: &Files) -> Vec<Finding> {
    let missing = is_content_missing(files).then(|| {
        let arguments = vec![("path", files.library.shown().display().to_string())];
        Finding::told("content-missing", "import-issues", arguments)
    });
    let folder = copies::folder_of(&files.marks);
    let folder = folder.filter(|folder| folder.symlink_metadata().is_ok() && !folder.is_dir());
    let no_folder = folder.map(|folder| {
        let arguments = vec![("path", folder.display().to_string())];
        Finding::wrong("copies-no-folder", "move-away", arguments)
    });
    lost(files)
        .into_iter()
        .chain(missing)
        .chain(no_folder)
        .collect()
}

/// Whether there are marks, and no content beside them. Who only reads files has none; else it is gone.
pub(super) fn is_content_missing(files: &Files) -> bool {
    let (Some(library), Some(marks)) = (files.library.file(), files.marks.file()) else {
        return false;
    };
    if !matches!(open::regular_file(library), Ok(None)) {
        return false;
    }
    let (State::Current(marks) | State::Older(_, marks)) = raw::state(marks, &schema::MARKS) else {
        return false;
    };
    marks::marked(&marks).found.iter().any(|n| *n > 0)
}

/// Says of what a restoration would mend which copy it would take, and what would be left out.
pub(super) fn way_on(place: &Place, findings: &mut [Finding]) {
    let mut to_restore = findings
        .iter_mut()
        .filter(|one| one.mend == RESTORE)
        .peekable();
    if to_restore.peek().is_none() {
        return;
    }
    let (mend, arguments) = match Restoration::of(place, None) {
        Ok(found) => {
            let (left, is_partial) = match &found.present {
                Present::Damaged(damage) => (damage.senseless, damage.is_partial),
                Present::Missing | Present::Whole(_) => (0, false),
            };
            let is_missing = matches!(found.present, Present::Missing);
            let mend = match (&found.from, is_partial, left) {
                // There is no present file of which anything could stay.
                (Some(_), ..) if is_missing => RESTORE,
                (None, ..) if is_missing => "restore-from-copies",
                (None, _, 0) => "restore-all-rows",
                (None, ..) => "restore-rows",
                (Some(_), true, _) => "restore-copy-partly",
                (Some(_), false, 0) => "restore-copy-and-all",
                (Some(_), false, _) => "restore-copy",
            };
            let time = found
                .time
                .map(|time| time.strftime("%F %R UTC").to_string());
            let arguments = vec![
                ("copy", time.unwrap_or_default()),
                ("items", found.counts.items.to_string()),
                ("left", left.to_string()),
            ];
            (mend, arguments)
        }
        Err(StoreError::NoCopy { .. }) => ("restore-nothing", vec![]),
        // What stands in its way it says itself.
        Err(_) => return,
    };
    for finding in to_restore {
        finding.mend = mend;
        finding.arguments.extend(arguments.clone());
    }
}

/// A file that is empty or not there, and is known to have held something.
pub(super) fn lost(files: &Files) -> Option<Finding> {
    let error = open::inspect(&files.library, &files.marks).err()?;
    let (kind, mend) = match &error {
        StoreError::Emptied {
            which: Which::Content,
            ..
        } => ("file-emptied", "rebuild"),
        StoreError::Emptied { .. } => ("file-emptied", "restore-marks"),
        StoreError::MarksMissing { .. } => ("marks-missing", "restore-marks"),
        // Each file by itself tells it.
        _ => return None,
    };
    Some(Finding::wrong(kind, mend, error.arguments()))
}

/// Looks over one file as SQLite sees it; a connection to it where its tables are those of this version.
fn file(
    path: &Path,
    schema: &Schema,
    mend: &'static str,
    tell: &mut dyn FnMut(Told),
) -> Option<Connection> {
    let state = raw::state(path, schema);
    if let State::Older(_, connection) | State::Current(connection) = &state {
        // All that follows is of one moment. Where it cannot begin, reading tells why.
        let _ = connection.execute_batch("BEGIN");
        sound(connection, path, mend, tell);
    }
    if let Some(finding) = of_state(path, &state, mend) {
        tell(Told::Found(finding));
    }
    match state {
        State::Current(connection) => Some(connection),
        _ => None,
    }
}

/// What is to be said of a file for its state alone; `mend` is what to do where it is damaged.
pub(super) fn of_state(path: &Path, state: &State, mend: &'static str) -> Option<Finding> {
    let path = ("path", path.display().to_string());
    let wrong =
        |kind, mend, argument| Some(Finding::wrong(kind, mend, vec![path.clone(), argument]));
    let schema = |found: &usize| ("found", found.to_string());
    match state {
        State::Missing | State::Current(_) => None,
        State::Closed(why) => wrong("file-closed", "permissions", ("reason", why.clone())),
        State::NoFile(error) => {
            let kind = match error {
                StoreError::LinkToNothing { .. } => "file-link-to-nothing",
                _ => "file-not-a-file",
            };
            Some(Finding::wrong(kind, "move-away", error.arguments()))
        }
        State::NoDatabase(why) => wrong("file-no-database", mend, ("reason", why.clone())),
        State::Damaged(why) => wrong("file-damaged", mend, ("reason", why.clone())),
        State::Newer(found) => wrong("file-newer", "upgrade", schema(found)),
        State::Other => Some(Finding::wrong("file-other", "names", vec![path])),
        State::Foreign => Some(Finding::wrong("file-foreign", "move-away", vec![path])),
        State::Older(found, _) => {
            let arguments = vec![path.clone(), schema(found)];
            Some(Finding::told("file-older", "open-once", arguments))
        }
    }
}

/// SQLite's own look at a file: its pages, and its references.
fn sound(connection: &Connection, path: &Path, mend: &'static str, tell: &mut dyn FnMut(Told)) {
    let shown = || ("path", path.display().to_string());
    for complaint in complaints_of(connection, path, COMPLAINTS, mend) {
        tell(Told::Found(complaint));
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

/// What SQLite finds wrong with the pages of a file.
pub(super) fn complaints_of(
    connection: &Connection,
    path: &Path,
    most: u32,
    mend: &'static str,
) -> Vec<Finding> {
    // Of those tables the rows are looked at one by one; such a row is no damage of the file.
    let of_rows =
        ["mark", "tag", "saved_query"].map(|table| format!("CHECK constraint failed in {table}"));
    let is_of_file = |complaint: &String| mend != RESTORE || !of_rows.contains(complaint);
    let complaints = raw::cut_off(path, connection)
        .into_iter()
        .chain(complaints(connection, most))
        .filter(is_of_file);
    let complaint = |reason| {
        let path = path.display().to_string();
        Finding::wrong(
            "file-damaged",
            mend,
            vec![("path", path), ("reason", reason)],
        )
    };
    complaints.map(complaint).collect()
}

/// What is wrong with marks as they are in an open database of this version: its pages, its references, its rows. Whether the
/// library holds their items is another matter.
pub(super) fn faults_of_marks(connection: &Connection, path: &Path) -> Vec<Finding> {
    let mut faults = vec![];
    let mut tell = |told| {
        if let Told::Found(finding) = told {
            faults.push(finding);
        }
    };
    sound(connection, path, RESTORE, &mut tell);
    marks::rows(connection, path, &mut tell);
    faults
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
