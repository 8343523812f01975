//! Putting the new database into the place of the old one.
//! Must not delete the old one, nor leave a moment in which neither is there.

use super::file::NewFile;
use crate::store::StoreError;
use crate::store::place::beside;
use rusqlite::backup::{Backup, StepResult};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long the transaction of another program is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Holds the database that is written to against all other writers, from now until `backup` is dropped or done.
pub(in crate::store) fn hold(
    backup: &Backup<'_, '_>,
    wanted: &dyn Fn() -> bool,
) -> Result<(), StoreError> {
    // No page is copied by it, but the lock is taken.
    until_done(|| backup.step(0), StepResult::More, wanted)
}

/// Writes the new database over the old one in one transaction: who has that open reads on, and sees the new one next.
pub(in crate::store) fn pour(backup: &Backup<'_, '_>) -> Result<(), StoreError> {
    // All that goes before it is done: so is this, to its end.
    until_done(|| backup.step(-1), StepResult::Done, &|| true)
}

fn until_done(
    step: impl Fn() -> rusqlite::Result<StepResult>,
    until: StepResult,
    wanted: &dyn Fn() -> bool,
) -> Result<(), StoreError> {
    let begun = Instant::now();
    loop {
        let result = step()?;
        if result == until || result == StepResult::Done {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            return Err(StoreError::Locked);
        }
        super::go_on(wanted)?;
        std::thread::sleep(PAUSE);
    }
}

/// Sets a damaged file aside, with its WAL, and puts the new one into its place. Tells where the old one is now.
pub(super) fn set_aside(damaged: &Path, new: &NewFile) -> Result<PathBuf, StoreError> {
    let swapped = || -> io::Result<PathBuf> {
        let aside = aside_of(damaged)?;
        for end in ["", "-wal"] {
            second_name(&beside(damaged, end), &beside(&aside, end))?;
        }
        // A WAL would be taken for the new file's. Both still have their other name.
        for end in ["-wal", "-shm"] {
            match fs::remove_file(beside(damaged, end)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::rename(&new.0, damaged)?;
        if let Some(folder) = damaged.parent() {
            // Not every system lets a folder be written out; then it is done a moment later.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(aside)
    };
    swapped().map_err(|error| StoreError::NotWritable {
        reason: error.to_string(),
    })
}

/// A second name for a file, if it is there; where the system has none, a copy.
fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    match fs::hard_link(file, name) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(_) => fs::copy(file, name).map(drop),
    }
}

/// A name beside the file that nothing has: with the time, and a number where that is not enough.
fn aside_of(damaged: &Path) -> io::Result<PathBuf> {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H%M%SZ");
    for n in 1..1000_u32 {
        let end = match n {
            1 => format!(".damaged-{now}"),
            n => format!(".damaged-{now}-{n}"),
        };
        let aside = beside(damaged, &end);
        if !aside.try_exists()? {
            return Ok(aside);
        }
    }
    Err(io::Error::from(ErrorKind::AlreadyExists))
}
