//! What there is before anything is made: the state of the old file, whether it is a library's, and the folder held.
//! Must not change a file.

use super::go_on;
use crate::store::check::complaints;
use crate::store::check::settle::Traces;
use crate::store::place::Files;
use crate::store::raw::{self, State};
use crate::store::{StoreError, Which, open, schema};
use rusqlite::Connection;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long another program that makes or changes the files of the folder is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// What the file is, and whether all of it is sound. While another program opens or closes it, a sound file can look damaged:
/// then it is looked at again.
pub(super) fn judged(path: &Path) -> (State, bool) {
    let begun = Instant::now();
    loop {
        let before = Traces::of_one(path);
        let state = raw::state(path, &schema::LIBRARY);
        let is_sound = match &state {
            State::Older(_, connection) | State::Current(connection) => is_sound(path, connection),
            _ => false,
        };
        if is_sound || Traces::of_one(path) == before || begun.elapsed() > PATIENCE {
            return (state, is_sound);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Whether the file of the content is empty, or gone but for its WAL, and is known to have held something.
pub(super) fn is_emptied(files: &Files) -> bool {
    matches!(
        open::inspect(&files.library, &files.marks),
        Err(StoreError::Emptied {
            which: Which::Content,
            ..
        })
    )
}

fn is_sound(path: &Path, connection: &Connection) -> bool {
    raw::cut_off(path, connection).is_none() && complaints(connection, 1).is_empty()
}

/// Whether there are marks of ours, so that this is a library whatever has become of its content; none where there is no file
/// of that name.
pub(super) fn has_marks(files: &Files) -> Option<bool> {
    match raw::state(files.marks.file()?, &schema::MARKS) {
        State::Missing => None,
        State::Current(_) | State::Older(..) | State::Newer(_) => Some(true),
        _ => Some(false),
    }
}

/// Holds the folder of the library against programs that make or change the files in it. None where the system has no locks
/// on folders.
pub(super) fn held(path: &Path, wanted: &dyn Fn() -> bool) -> Result<Option<File>, StoreError> {
    let Some(Ok(folder)) = path.parent().map(File::open) else {
        return Ok(None);
    };
    let begun = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                go_on(wanted)?;
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}
