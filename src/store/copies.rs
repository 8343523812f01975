//! Copies of the marks: at most one a day, one before each migration and before marks give way, the last few kept.
//! Must not let a copy pass that was not read back, nor take an older one away before that; a copy of faulty marks is kept apart, and
//! takes none away.

mod fingerprint;
mod keeping;

pub(super) use fingerprint::Fingerprint;
pub(super) use keeping::{Rank, has_come, newest_first};

use super::error::reason;
use super::held::{Fault, Held};
use super::open;
use super::place::Location;
use super::{Store, StoreError, Which};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, Transaction};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The folder of the copies, in that of the library.
pub(super) const FOLDER: &str = "copies";
/// What the name of a copy is between: the time, in UTC, without colons.
const NAME: (&str, &str) = ("marks-", ".sqlite3");
/// The same for a copy of marks that have faults; there is one at most.
const FAULTY: (&str, &str) = ("marks-", ".faulty.sqlite3");
/// The time in it.
const TIME: &str = "%Y-%m-%dT%H%M%SZ";
/// What the name of a copy ends with that is being made.
const BEGUN: &str = ".part";

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
    match make(marks, When::Now, now) {
        Ok(Copied::Nothing) => return Ok(None),
        // There is a copy of them too, if apart from the others.
        Err(StoreError::Faulty { .. }) => {
            return Ok(faulty_beside(marks).pop().map(|copy| copy.path));
        }
        made => made?,
    };
    // By what it holds, not by its time: a clock may have been put back.
    let held = Held::of(&open::open_alone(marks)?)?;
    let held = Fingerprint::of(held.connection())?;
    let mut copies = newest_first(found_beside(marks), now).into_iter();
    let copy = copies.find(|copy| is_copy(&copy.path, &held));
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
    listed_beside(marks).unwrap_or_default()
}

/// The same; an error where there is a folder of copies and it cannot be read.
pub(super) fn listed_beside(marks: &Location) -> Result<Vec<Copy>, StoreError> {
    let Some(folder) = folder_of(marks) else {
        return Ok(vec![]);
    };
    match listed(&folder, NAME) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::CopyUnreadable {
            path: folder,
            reason: error.to_string(),
        }),
        listed => Ok(listed.unwrap_or_default()),
    }
}

/// The copies of marks with faults, oldest first.
pub(super) fn faulty_beside(marks: &Location) -> Vec<Copy> {
    folder_of(marks)
        .and_then(|folder| listed(&folder, FAULTY).ok())
        .unwrap_or_default()
}

/// Where the copies of these marks are; none of marks in memory.
pub(super) fn folder_of(marks: &Location) -> Option<PathBuf> {
    Some(marks.file()?.parent()?.join(FOLDER))
}

/// Those whose name is the time between the two of `name`, oldest first.
fn listed(folder: &Path, name: (&str, &str)) -> io::Result<Vec<Copy>> {
    let mut copies = vec![];
    for file in fs::read_dir(folder)? {
        let file = file?;
        if let Some(time) = file
            .file_name()
            .to_str()
            .and_then(|found| time_in(found, name))
        {
            copies.push(Copy {
                time,
                path: file.path(),
            });
        }
    }
    copies.sort();
    Ok(copies)
}

/// When a copy of this name was made.
pub(super) fn time_of(path: &Path) -> Option<Timestamp> {
    time_in(path.file_name()?.to_str()?, NAME)
}

fn time_in(found: &str, name: (&str, &str)) -> Option<Timestamp> {
    let time = found.strip_prefix(name.0)?.strip_suffix(name.1)?;
    let civil = jiff::civil::DateTime::strptime(TIME, time).ok()?;
    let time = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(time.timestamp())
}

fn name_of(time: Timestamp, name: (&str, &str)) -> String {
    format!("{}{}{}", name.0, time.strftime(TIME), name.1)
}

fn make(marks: &Location, when: When, now: Timestamp) -> Result<Copied, StoreError> {
    let (Some(path), Some(folder)) = (marks.file(), folder_of(marks)) else {
        return Ok(Copied::Nothing);
    };
    let day = |time: Timestamp| time.strftime("%F").to_string();
    let is_of_today = |copy: &Copy| has_come(copy, now) && day(copy.time) == day(now);
    let is_done = |copies: &[Copy]| when == When::Daily && copies.iter().any(is_of_today);
    if is_done(&found_beside(marks)) {
        return Ok(Copied::Today);
    }
    let not_made = |error: StoreError| match error {
        error @ StoreError::Damaged { file: Some(_), .. } => error,
        StoreError::Damaged { file: None, reason } => open::damaged(Which::Marks, path, reason),
        error => StoreError::NotCopied {
            path: folder.clone(),
            reason: error.to_string(),
        },
    };
    let source = open::open_alone(marks).map_err(not_made)?;
    let snapshot = moment(&source).map_err(|error| not_made(open::of_marks(path, error)))?;
    let held = Held::of(&snapshot).map_err(not_made)?;
    let original = Fingerprint::of(held.connection())
        .map_err(|error| not_made(open::of_marks(path, error)))?;
    if original.is_empty() {
        return Ok(Copied::Nothing);
    }
    let copying = |name| Copying {
        folder: &folder,
        original,
        now,
        name,
    };
    match held.fault(path) {
        None => copying(NAME).copy(&snapshot, is_done).map_err(not_made),
        Some(Fault::Pages(reason)) => Err(open::damaged(Which::Marks, path, reason)),
        Some(Fault::Rows(faults)) => {
            copying(FAULTY)
                .copy(&snapshot, |_| false)
                .map_err(not_made)?;
            let path = path.to_owned();
            Err(StoreError::Faulty { path, faults })
        }
    }
}

/// A transaction in which all is of one moment, whatever other programs do meanwhile. The moment is that of its first read, so it
/// begins with one: a backup out of a transaction that has read nothing reads in one of its own.
pub(super) fn moment(source: &Connection) -> rusqlite::Result<Transaction<'_>> {
    let snapshot = source.unchecked_transaction()?;
    snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(snapshot)
}

/// A copy that is being made.
struct Copying<'a> {
    folder: &'a Path,
    original: Fingerprint,
    now: Timestamp,
    /// What its name is made of.
    name: (&'static str, &'static str),
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
        let copies = self.listed();
        // Another program may have been first.
        if is_done(&copies) {
            return Ok(Copied::Today);
        }
        let newest = keeping::newest(&copies, self.now);
        if newest.is_some_and(|newest| self.is_of(&newest.path).is_ok()) {
            return Ok(Copied::Same);
        }
        open::sweep(folder, |name| name.contains(BEGUN));
        // After the newest, so that the next copy does not take it for an older one.
        let after = newest.map(|newest| newest.time + SignedDuration::from_secs(1));
        let mut time = after.map_or(self.now, |after| after.max(self.now));
        while folder.join(name_of(time, self.name)).exists() {
            time += SignedDuration::from_secs(1);
        }
        let path = folder.join(name_of(time, self.name));
        let begun = folder.join(format!("{}{BEGUN}", name_of(time, self.name)));
        let made = write(snapshot, &begun)
            .and_then(|()| self.is_of(&begun))
            .and_then(|()| {
                let placed = open::put_in_place(&begun, &path);
                placed.map_err(|error| open::cannot_create(&path, &error))
            });
        if made.is_err() {
            open::sweep(folder, |name| name.contains(BEGUN));
            return made.map(|_| Copied::Made);
        }
        self.make_room(&path);
        Ok(Copied::Made)
    }

    fn listed(&self) -> Vec<Copy> {
        listed(self.folder, self.name).unwrap_or_default()
    }

    /// Whether a file is a copy that may count: of marks without faults a whole one.
    fn is_of(&self, path: &Path) -> Result<(), StoreError> {
        if self.name == NAME {
            verify(path, &self.original)
        } else {
            is_equal(&Held::read(path)?, path, &self.original)
        }
    }

    /// Takes away what is not kept, of the same kind as the new one.
    fn make_room(&self, new: &Path) {
        let copies = self.listed();
        let old: Vec<&Copy> = if self.name == NAME {
            keeping::superfluous(&copies, self.now).collect()
        } else {
            copies.iter().collect()
        };
        for old in old.into_iter().filter(|old| old.path != new) {
            // One that does not go goes with the next copy.
            let _ = fs::remove_file(&old.path);
        }
    }
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
    is_equal(&Held::whole(path)?, path, original)
}

fn is_equal(held: &Held, path: &Path, original: &Fingerprint) -> Result<(), StoreError> {
    let bad = |reason| StoreError::BadCopy {
        path: path.to_owned(),
        reason,
    };
    let found = Fingerprint::of(held.connection()).map_err(|error| bad(reason(&error)))?;
    if found == *original {
        return Ok(());
    }
    let reason = format!("{} rows, and not {}", found.rows, original.rows);
    Err(bad(reason))
}
