//! Copies of the marks: at most one a day, one before each migration and before marks give way, the last few kept.
//! Must not let a copy pass that was not read back, nor take an older one away before that.

use super::open::{self, known_version};
use super::place::{Location, MARKS};
use super::schema::MARKS as SCHEMA;
use super::{Store, StoreError, Which};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The folder of the copies, in that of the library.
pub(super) const FOLDER: &str = "copies";
/// So many copies are kept, and those of so many days.
const KEPT: usize = 5;
/// What the name of a copy is between: the time, in UTC, without colons.
const NAME: (&str, &str) = ("marks-", ".sqlite3");
/// The time in it.
const TIME: &str = "%Y-%m-%dT%H%M%SZ";
/// What the name of a copy ends with that is being made.
const BEGUN: &str = ".part";
/// Where the reader was is no mark: it is copied along, and no reason for a copy.
const NO_MARKS: &str = "session";

/// What came of making a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// There is a new one.
    Made,
    /// Today's is there already.
    Today,
    /// The newest one holds the same.
    Same,
    /// There are no marks.
    Nothing,
}

/// When a copy is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Unless there is one of today.
    Daily,
    /// Always: what follows changes more than a mark.
    Now,
}

impl Store {
    /// Copies the marks, unless there is a copy of today (by UTC) or there are none. Read back before it counts; only then the
    /// oldest of more than five goes.
    ///
    /// # Errors
    /// No copy can be made, or it does not read as it should; the older ones are as they were. Or the marks are damaged.
    pub fn copy_marks(&self) -> Result<Copied, StoreError> {
        if self.files.reading.is_some() {
            return Ok(Copied::Nothing);
        }
        daily(&self.files.marks, Timestamp::now())
    }
}

/// Copies the marks, unless there is a copy of the day of `now`.
pub(super) fn daily(marks: &Location, now: Timestamp) -> Result<Copied, StoreError> {
    make(marks, When::Daily, now)
}

/// Copies the marks before a schema changes, where there are any.
pub(super) fn before_migration(marks: &Location) -> Result<(), StoreError> {
    // A file without a byte, or that is not there yet, holds none.
    if marks.beside("") == 0 {
        return Ok(());
    }
    make(marks, When::Now, Timestamp::now()).map(drop)
}

/// Copies the marks before some of them give way to others, unless the newest copy holds the same. The copy; none of marks in
/// memory, or where there are none.
pub(super) fn before_change(
    marks: &Location,
    now: Timestamp,
) -> Result<Option<PathBuf>, StoreError> {
    if make(marks, When::Now, now)? == Copied::Nothing {
        return Ok(None);
    }
    // By what it holds, not by its time: a clock may have been put back.
    let held = Fingerprint::of(&open::open_alone(marks)?)?;
    let mut newest_first = found_beside(marks).into_iter().rev();
    let copy = newest_first.find(|copy| is_copy(&copy.path, &held));
    Ok(copy.map(|copy| copy.path))
}

/// A copy of the marks, as its name tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Copy {
    pub time: Timestamp,
    pub path: PathBuf,
}

/// The copies in the folder beside the marks, oldest first.
pub(super) fn found_beside(marks: &Location) -> Vec<Copy> {
    folder_of(marks)
        .map(|folder| found(&folder))
        .unwrap_or_default()
}

/// Where the copies of these marks are; none of marks in memory.
pub(super) fn folder_of(marks: &Location) -> Option<PathBuf> {
    Some(marks.file()?.parent()?.join(FOLDER))
}

fn found(folder: &Path) -> Vec<Copy> {
    let mut copies: Vec<Copy> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|file| {
            Some(Copy {
                time: time_in(file.file_name().to_str()?)?,
                path: file.path(),
            })
        })
        .collect();
    copies.sort();
    copies
}

/// When a copy of this name was made.
pub(super) fn time_of(path: &Path) -> Option<Timestamp> {
    time_in(path.file_name()?.to_str()?)
}

fn time_in(name: &str) -> Option<Timestamp> {
    let time = name.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?;
    let civil = jiff::civil::DateTime::strptime(TIME, time).ok()?;
    let time = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(time.timestamp())
}

fn name_of(time: Timestamp) -> String {
    format!("{}{}{}", NAME.0, time.strftime(TIME), NAME.1)
}

fn make(marks: &Location, when: When, now: Timestamp) -> Result<Copied, StoreError> {
    let (Some(path), Some(folder)) = (marks.file(), folder_of(marks)) else {
        return Ok(Copied::Nothing);
    };
    let day = |time: Timestamp| time.strftime("%F").to_string();
    let is_done = |copies: &[Copy]| {
        when == When::Daily && copies.iter().any(|copy| day(copy.time) == day(now))
    };
    if is_done(&found(&folder)) {
        return Ok(Copied::Today);
    }
    let not_made = |error: StoreError| match error {
        error @ StoreError::Damaged { file: Some(_), .. } => error,
        error => StoreError::NotCopied {
            path: folder.clone(),
            reason: error.to_string(),
        },
    };
    let source = open::open_alone(marks).map_err(not_made)?;
    // Copy and fingerprint are of one moment, whatever other programs do meanwhile.
    let snapshot = source
        .unchecked_transaction()
        .map_err(|error| not_made(open::of_marks(path, error)))?;
    let original =
        Fingerprint::of(&snapshot).map_err(|error| not_made(open::of_marks(path, error)))?;
    if original.is_empty() {
        return Ok(Copied::Nothing);
    }
    let copied = Copying {
        folder: &folder,
        original,
        now,
    }
    .copy(&snapshot, is_done);
    copied.map_err(|error| match error {
        // What is wrong with the copy is wrong with the marks, byte for byte.
        StoreError::BadCopy { reason, .. } => match open::integrity(&snapshot) {
            Ok(()) => StoreError::NotCopied {
                path: folder.clone(),
                reason,
            },
            Err(reason) => open::damaged(Which::Marks, path, reason),
        },
        error => not_made(error),
    })
}

/// A copy that is being made.
struct Copying<'a> {
    folder: &'a Path,
    original: Fingerprint,
    now: Timestamp,
}

impl Copying<'_> {
    fn copy(
        self,
        snapshot: &Connection,
        is_done: impl Fn(&[Copy]) -> bool,
    ) -> Result<Copied, StoreError> {
        let folder = self.folder;
        open::make_folder(folder)?;
        let _guard = open::lock(folder);
        let copies = found(folder);
        // Another program may have been first.
        if is_done(&copies) {
            return Ok(Copied::Today);
        }
        let newest = copies.last();
        if newest.is_some_and(|newest| is_copy(&newest.path, &self.original)) {
            return Ok(Copied::Same);
        }
        open::sweep(folder, |name| name.contains(BEGUN));
        let mut time = self.now;
        while folder.join(name_of(time)).exists() {
            time += SignedDuration::from_secs(1);
        }
        let path = folder.join(name_of(time));
        let begun = folder.join(format!("{}{BEGUN}", name_of(time)));
        let made = write(snapshot, &begun)
            .and_then(|()| verify(&begun, &self.original))
            .and_then(|()| {
                let placed = open::put_in_place(&begun, &path);
                placed.map_err(|error| open::cannot_create(&path, &error))
            });
        if made.is_err() {
            open::sweep(folder, |name| name.contains(BEGUN));
            return made.map(|_| Copied::Made);
        }
        let copies = found(folder);
        for old in superfluous(&copies).filter(|old| old.path != path) {
            // One that does not go goes with the next copy.
            let _ = fs::remove_file(&old.path);
        }
        Ok(Copied::Made)
    }
}

/// The copies that may go, of all from the oldest on: those that are neither among the last few nor the last one of one of the last
/// few days. Copies that are made before changes are many on some days, and must not push out those of other days.
fn superfluous(copies: &[Copy]) -> impl Iterator<Item = &Copy> {
    let mut days: Vec<Date> = vec![];
    let mut kept = 0;
    let is_kept = |copy: &Copy| {
        let day = copy.time.to_zoned(TimeZone::UTC).date();
        let ends_day = !days.contains(&day);
        days.extend(ends_day.then_some(day));
        kept += 1;
        kept <= KEPT || (ends_day && days.len() <= KEPT)
    };
    let is_kept: Vec<bool> = copies.iter().rev().map(is_kept).collect();
    let oldest_first = copies.iter().zip(is_kept.into_iter().rev());
    oldest_first
        .filter(|(_, is_kept)| !is_kept)
        .map(|(copy, _)| copy)
}

/// Whether the file is a whole copy of what has this fingerprint.
fn is_copy(path: &Path, original: &Fingerprint) -> bool {
    verify(path, original).is_ok()
}

/// Writes all of an open database to a new file, for this user alone, and has it on the disk.
pub(super) fn write(snapshot: &Connection, path: &Path) -> Result<(), StoreError> {
    open::make_file(path).map_err(|error| open::cannot_create(path, &error))?;
    let mut copy = open::open_alone(&Location::File(path.to_owned()))?;
    {
        let backup = Backup::new(snapshot, &mut copy)?;
        match backup.step(-1)? {
            StepResult::Done => {}
            _ => return Err(StoreError::Locked),
        }
    }
    // One file with nothing beside it, whoever reads it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| open::cannot_create(path, &error))
}

/// Reads a copy back: whole, ours, and all that the original holds.
pub(super) fn verify(path: &Path, original: &Fingerprint) -> Result<(), StoreError> {
    let (connection, _aside) = examine(path)?;
    let found = Fingerprint::of(&connection).map_err(|error| bad(path, error.to_string()))?;
    if found == *original {
        return Ok(());
    }
    let reason = format!("{} rows, and not {}", found.rows, original.rows);
    Err(bad(path, reason))
}

/// Opens a copy for reading, where it is whole and ours.
pub(super) fn examine(path: &Path) -> Result<(Connection, Option<tempfile::TempDir>), StoreError> {
    let (connection, aside) = open::read_one(path, &SCHEMA).map_err(|error| match error {
        error @ StoreError::Newer { .. } => error,
        error => bad(path, error.to_string()),
    })?;
    open::integrity(&connection).map_err(|reason| bad(path, reason))?;
    let location = Location::File(path.to_owned());
    let version = known_version(&connection, "main", &location, &SCHEMA)?;
    let application = connection.pragma_query_value(None, "application_id", |row| row.get(0));
    if version == 0 || application != Ok(SCHEMA.application) {
        return Err(bad(path, format!("no {MARKS}")));
    }
    Ok((connection, aside))
}

fn bad(path: &Path, reason: String) -> StoreError {
    StoreError::BadCopy {
        path: path.to_owned(),
        reason,
    }
}

/// What a database of marks holds: equal for two that hold the same, but for where the reader was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    version: i64,
    rows: u64,
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

    fn is_empty(&self) -> bool {
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
