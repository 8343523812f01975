//! What the errors of SQLite and of JSON mean for a library.
//! Must not take for damage what time or permission would mend.

use super::StoreError;
use rusqlite::{ErrorCode, ffi};

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let reason = reason(&error);
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::OperationInterrupted) => Self::Stopped,
            // None: a column that does not hold what its reader expects.
            None | Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { file: None, reason }
            }
            Some(ErrorCode::Unknown) if is_of_damage(&reason) => {
                Self::Damaged { file: None, reason }
            }
            // Whatever is written was looked for before: it is there, and was not found.
            Some(ErrorCode::ConstraintViolation) => Self::Damaged { file: None, reason },
            Some(ErrorCode::DiskFull) => Self::NoRoom { reason },
            // SQLite knows a full disk by one error of the system's alone; a quota and a limit on the size of files have others.
            Some(ErrorCode::SystemIoFailure) if is_of_room(extended) => Self::NoRoom { reason },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path: None, reason },
            Some(
                ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen,
            ) => Self::NotWritable { reason },
            Some(_) => Self::Other { reason },
        }
    }
}

/// SQLite's words, without the statement that it failed at or the URI that it was to open: neither tells a reader anything.
pub(in crate::store) fn reason(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(cause, Some(_)) if cause.code == ErrorCode::CannotOpen => {
            rusqlite::Error::SqliteFailure(*cause, None).to_string()
        }
        error => error.to_string(),
    }
}

/// Why a migration failed, in the same words.
pub(in crate::store) fn reason_of_migration(error: &rusqlite_migration::Error) -> String {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => reason(err),
        error => error.to_string(),
    }
}

fn is_of_room(extended: Option<std::ffi::c_int>) -> bool {
    let of_room = [
        ffi::SQLITE_IOERR_WRITE,
        ffi::SQLITE_IOERR_SHMOPEN,
        ffi::SQLITE_IOERR_SHMSIZE,
        ffi::SQLITE_IOERR_TRUNCATE,
    ];
    extended.is_some_and(|extended| of_room.contains(&extended))
}

/// Whether a statement that is right can only fail so on what nobody wrote. The schema is known by its version, so that what is
/// missing in it was there; and no text was ever stored that is none.
fn is_of_damage(reason: &str) -> bool {
    let signs = [
        "no such table",
        "no such column",
        "no such index",
        "invalid utf-8",
        "malformed JSON",
        "Invalid function parameter type",
    ];
    signs.iter().any(|sign| reason.contains(sign))
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged {
            file: None,
            reason: error.to_string(),
        }
    }
}
