//! What the files of a library are before they are opened: new, ours, a stranger's, or damaged; and which of them is.
//! Must leave every file as it is, and makes none beside it.

use super::super::error::reason;
use super::super::place::{Access, LIBRARY, Location, MARKS, beside, real};
use super::super::schema::{self, Schema};
use super::super::{StoreError, Which, copies};
use super::regular::regular_database;
use super::{database, opening};
use rusqlite::{Connection, ErrorCode};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What is there in the place of a database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No file, or a database that is in memory.
    Nothing,
    /// An empty file, as an interrupted first start of an older version leaves.
    Empty,
    /// A file of ours, as far as a glance shows.
    File,
}

/// As far into a file as its schema is looked for: the schema begins on its first page.
const BEGINNING: u64 = 1 << 16;
/// Bytes of a database's header, of which no database is less.
const HEADER: u64 = 100;

/// What is there of both files, content first.
///
/// A file without a byte is new only where nothing speaks of what it held: neither the other file nor a copy of the marks.
pub fn inspect(library: &Location, marks: &Location) -> Result<[Found; 2], StoreError> {
    let found = [one(library, &schema::LIBRARY)?, one(marks, &schema::MARKS)?];
    let copies = copies::found_beside(marks).len();
    let emptied = |which, location: &Location| StoreError::Emptied {
        which,
        path: location.shown(),
    };
    match found {
        [_, Found::Nothing] if copies > 0 => Err(StoreError::MarksMissing {
            path: marks.shown(),
            copies,
        }),
        [_, Found::Empty] if copies > 0 || holds_issues(library, marks) => {
            Err(emptied(Which::Marks, marks))
        }
        [Found::Empty, _] if copies > 0 || holds_anything(library, marks) => {
            Err(emptied(Which::Content, library))
        }
        found => Ok(found),
    }
}

/// Whether the content beside empty marks holds anything. What cannot be read does.
fn holds_issues(library: &Location, marks: &Location) -> bool {
    // An opened file has its content in memory, while that of the library is there all the same.
    let own = sibling(marks, LIBRARY);
    let library = own.as_ref().unwrap_or(library);
    if library.beside("") == 0 {
        return false;
    }
    let issues = "SELECT EXISTS (SELECT 1 FROM issue)";
    let holds = |connection: &Connection| -> rusqlite::Result<bool> {
        Ok(version(connection, "main")? > 0
            && connection.query_row(issues, [], |row| row.get(0))?)
    };
    to_look_at(library)
        .ok()
        .and_then(|connection| holds(&connection).ok())
        .unwrap_or(true)
}

fn holds_anything(library: &Location, marks: &Location) -> bool {
    let own = sibling(library, MARKS);
    own.as_ref().unwrap_or(marks).beside("") > 0
}

fn sibling(location: &Location, name: &str) -> Option<Location> {
    let folder = location.file()?.parent()?;
    Some(Location::File(folder.join(name)))
}

/// What is there of one file.
///
/// The glance is through SQLite and not through `std::fs`: closing a file of our own would drop the locks that
/// other connections of this process hold on it (<https://www.sqlite.org/howtocorrupt.html>, 2.2). And it is without
/// locks, so that it neither makes files beside a stranger's database nor moves its WAL.
pub fn one(location: &Location, schema: &Schema) -> Result<Found, StoreError> {
    let Some(path) = location.file() else {
        return Ok(Found::Nothing);
    };
    let cannot = |reason| StoreError::CannotOpen {
        path: location.shown(),
        reason,
    };
    let found = match regular_database(path)? {
        Some(file) if file.len() > 0 => Found::File,
        Some(_) => Found::Empty,
        None => Found::Nothing,
    };
    if found != Found::File {
        // SQLite would throw away what belongs to a file that is gone.
        let left = ["-wal", "-journal"]
            .iter()
            .any(|end| location.beside(end) > 0);
        return if left {
            Err(StoreError::Emptied {
                which: schema.which,
                path: location.shown(),
            })
        } else {
            Ok(found)
        };
    }
    let glance = database(location, Access::Glance).map_err(|error| match error {
        StoreError::NotWritable { reason } => cannot(reason),
        error => error,
    })?;
    let name = glance.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
    match name {
        Ok(name) if name == schema.application && !is_whole(path) => Ok(found),
        Ok(name) if name == schema.application => match within_pages(&glance, path) {
            // SQLite takes what is missing of the last page for zeros.
            Ok(false) => Err(damaged(
                schema.which,
                path,
                "it ends within a page".to_owned(),
            )),
            _ => Ok(found),
        },
        Ok(name) if name == schema.other().application => Err(StoreError::OtherFile {
            which: schema.other().which,
            path: location.shown(),
        }),
        Ok(_) => {
            let schema_of = glance.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
            // SQLite takes a single byte for an empty file.
            let is_cut_off = location.beside("") < HEADER;
            let unread = schema_of.err().map(|error| reason(&error));
            let unread = unread.or_else(|| is_cut_off.then(|| "it is cut off".to_owned()));
            Err(stranger(location, schema, unread))
        }
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Err(stranger(location, schema, Some(reason(&error))))
        }
        // A program that was killed, or found the disk full, while it copied the WAL back leaves a file that only makes
        // sense together with its WAL, and the glance does not read that. Whether it is damaged the real opening tells.
        Err(_) => Ok(found),
    }
}

/// Whether a file ends where a page does.
fn within_pages(glance: &Connection, path: &Path) -> rusqlite::Result<bool> {
    let page: u32 = glance.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let length = std::fs::metadata(path).map_or(0, |file| file.len());
    Ok(length.is_multiple_of(page.into()))
}

/// A file that does not say that it is ours: one of ours whose beginning is gone, or a stranger's.
fn stranger(location: &Location, schema: &Schema, unread: Option<String>) -> StoreError {
    let path = location.shown();
    // Read as bytes: SQLite does not open it, so there is no connection whose locks could be lost.
    let mut beginning = vec![];
    let read = File::open(&path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    let holds = |text: &str| {
        beginning
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    let cut_off = beginning.starts_with(b"SQLite format 3\0") && (beginning.len() as u64) < HEADER;
    let is_known = read.is_ok() && (holds(schema.sign) || cut_off);
    // What is no database at all has been ours where all the rest speaks of a library.
    if is_known || (unread.is_some() && is_beside_ours(location, schema)) {
        let reason = unread.unwrap_or_else(|| "application_id is another".to_owned());
        return damaged(schema.which, &path, reason);
    }
    StoreError::Foreign { path }
}

/// Whether the other file of the library is there, or a copy of the marks.
fn is_beside_ours(location: &Location, schema: &Schema) -> bool {
    let name = match schema.which {
        Which::Content => MARKS,
        Which::Marks => LIBRARY,
    };
    let name_of = |sibling: &Location| -> Option<i32> {
        let glance = database(sibling, Access::Glance).ok()?;
        glance
            .pragma_query_value(None, "application_id", |row| row.get(0))
            .ok()
    };
    let sibling = sibling(location, name).filter(|sibling| sibling.beside("") > 0);
    sibling.is_some_and(|sibling| name_of(&sibling) == Some(schema.other().application))
        || !copies::found_beside(location).is_empty()
}

pub fn damaged(which: Which, path: &Path, reason: String) -> StoreError {
    StoreError::Damaged {
        file: Some((which, path.to_owned())),
        reason,
    }
}

/// `PRAGMA user_version`: how many migrations the database has seen.
pub fn version(connection: &Connection, database: &str) -> rusqlite::Result<usize> {
    // A negative version is none of ours either: no schema that is known.
    Ok(usize::try_from(number(connection, database)?).unwrap_or(usize::MAX))
}

/// The same, whatever it says.
fn number(connection: &Connection, database: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(Some(database), "user_version", |row| row.get(0))
}

/// The version of an open database, where this program can bring it up to date.
pub fn known_version(
    connection: &Connection,
    database: &str,
    location: &Location,
    schema: &Schema,
) -> Result<usize, StoreError> {
    let failed = |error| opening(schema.which, location, error);
    let is_damaged = |reason| Err(damaged(schema.which, &location.shown(), reason));
    // Version and tables of one moment: another program may be bringing it up to date.
    let _moment = connection.unchecked_transaction().map_err(failed)?;
    let number = number(connection, database).map_err(failed)?;
    let Some(found) = usize::try_from(number)
        .ok()
        .filter(|found| *found <= schema::MOST)
    else {
        return is_damaged(schema::senseless(number));
    };
    if found > schema.version {
        return Err(StoreError::Newer {
            path: location.shown(),
            found,
            known: schema.version,
        });
    }
    let tables = format!("SELECT EXISTS (SELECT 1 FROM {database}.sqlite_schema)");
    let is_made = || connection.query_row(&tables, [], |row| row.get::<_, bool>(0));
    // One of this version is read at once, and that tells.
    if found < schema.version
        && is_made().map_err(failed)?
        && !schema.fits(connection, database, found).map_err(failed)?
    {
        return is_damaged(schema::unlike(found));
    }
    Ok(found)
}

/// Looks for the file that is damaged, all through both; none where SQLite finds nothing wrong with them.
pub fn find_damage(library: &Location, marks: &Location) -> Option<StoreError> {
    let files = [(library, &schema::LIBRARY), (marks, &schema::MARKS)];
    let of_pages = files.into_iter().find_map(|(location, schema)| {
        let path = location.file()?;
        // Where no connection can be had, opening has said so.
        let connection = to_look_at(location).ok()?;
        let check = "PRAGMA quick_check(1)";
        let found = connection.query_row(check, [], |row| row.get::<_, String>(0));
        match found {
            Ok(found) if found == "ok" => None,
            Ok(found) => {
                // Behind a line that names the database as this connection knows it.
                let first = found.trim_start_matches("*** in database main ***").trim();
                let first = first.lines().next().unwrap_or_default().to_owned();
                Some(damaged(schema.which, path, first))
            }
            Err(error) => Some(opening(schema.which, location, error)),
        }
    });
    of_pages.or_else(|| {
        let path = marks.file()?;
        let connection = to_look_at(marks).ok()?;
        // Older marks have other columns.
        let is_current = number(&connection, "main")
            .is_ok_and(|found| usize::try_from(found) == Ok(schema::MARKS.version));
        is_current
            .then(|| unread_marks(&connection, path))
            .flatten()
    })
}

/// What is wrong with the marks of a connection, where a row of them is not even what its column holds.
pub fn unread_marks(connection: &Connection, path: &Path) -> Option<StoreError> {
    let texts = [
        ("mark", "publication, headline, printed, note, number, nth"),
        ("tag", "publication, headline, tag, name, number, nth"),
        (
            "saved_query",
            "name, title, text, changed_at, present, present",
        ),
    ];
    texts.into_iter().find_map(|(table, columns)| {
        let sql = format!("SELECT {columns} FROM {table}");
        let read = || -> rusqlite::Result<()> {
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..4 {
                    row.get_ref(column)?.as_str_or_null()?;
                }
                for column in 4..6 {
                    row.get::<_, u32>(column)?;
                }
            }
            Ok(())
        };
        let error = read().err()?;
        Some(damaged(Which::Marks, path, reason(&error)))
    })
}

/// A connection that makes no file where that goes.
fn to_look_at(location: &Location) -> Result<Connection, StoreError> {
    let is_whole = location.file().is_none_or(is_whole);
    let access = if is_whole {
        Access::Glance
    } else {
        Access::Read
    };
    database(location, access)
}

/// Whether nothing stands beside a file but what an immutable look at it may leave out.
pub fn is_whole(path: &Path) -> bool {
    let path = real(path);
    ["-wal", "-journal"].iter().all(|end| {
        let file = std::fs::metadata(beside(&path, end));
        file.map_or(true, |file| file.len() == 0)
    })
}
