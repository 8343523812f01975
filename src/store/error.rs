//! What can go wrong with a library, each with a code and arguments for the words at the edge.
//! Must not decide what a reader is told; that is `assets/locales/store.yml`.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// A request to the library that failed. The library is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or a file in it could not be made.
    #[error("cannot create the library {}: {reason}", path.display())]
    CannotCreate {
        /// What was to be made.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The files are there and cannot be opened, or not for writing.
    #[error("cannot open the library {}: {reason}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file of a library's name that is not one.
    #[error("{} is no file of parkweekly", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Written by a newer version of the program.
    #[error("{} has schema {found}, this version knows {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: usize,
        /// The newest schema known.
        known: usize,
    },
    /// A file of the library is broken, or holds what was never written to it.
    #[error("the library is damaged: {reason}")]
    Damaged {
        /// What was found.
        reason: String,
    },
    /// Another program kept the library for longer than the patience of this one.
    #[error("the library is in use by another program")]
    Locked,
    /// Nothing can be written: no permission, or no room.
    #[error("the library cannot be written: {reason}")]
    NotWritable {
        /// The system's words.
        reason: String,
    },
    /// The number of an issue does not fit.
    #[error("issue number {number} is too large: at most {largest}")]
    NumberTooLarge {
        /// As read.
        number: u32,
        /// What fits.
        largest: u32,
    },
    /// The date of an issue does not fit.
    #[error("year {year}, month {month}, week {week} cannot be a date")]
    DateTooLarge {
        /// As read; 0 for none.
        year: u16,
        /// As read; 0 for none.
        month: u8,
        /// As read; 0 for none.
        week: u8,
    },
    /// An issue with too many items.
    #[error("the issue has more than {most} items")]
    TooManyItems {
        /// What fits.
        most: usize,
    },
    /// One publication too many.
    #[error("the library holds {most} publications already")]
    TooManyPublications {
        /// What fits.
        most: u8,
    },
    /// Two sections of an issue with the same position.
    #[error("two sections of the issue have position {ordinal}")]
    RepeatedSection {
        /// The position, from 1.
        ordinal: u32,
    },
    /// Nothing stands at the address.
    #[error("nothing stands at {address}")]
    NoSuchAddress {
        /// As asked for.
        address: String,
    },
    /// The number exists for several publications.
    #[error("{address} could mean {}", publications.join(", "))]
    Ambiguous {
        /// As asked for.
        address: String,
        /// The publications that have this number.
        publications: Vec<String>,
    },
    /// A newer request stopped this one.
    #[error("stopped by a newer request")]
    Stopped,
    /// Anything else that SQLite says.
    #[error("the library failed: {reason}")]
    Other {
        /// SQLite's words.
        reason: String,
    },
}

impl StoreError {
    /// The stable name of the error, for `error.<code>` and `hint.<code>`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CannotCreate { .. } => "library-cannot-create",
            Self::CannotOpen { .. } => "library-cannot-open",
            Self::Foreign { .. } => "library-foreign",
            Self::Newer { .. } => "library-newer",
            Self::Damaged { .. } => "library-damaged",
            Self::Locked => "library-locked",
            Self::NotWritable { .. } => "library-not-writable",
            Self::NumberTooLarge { .. } => "issue-number-too-large",
            Self::DateTooLarge { .. } => "issue-date-too-large",
            Self::TooManyItems { .. } => "too-many-items",
            Self::TooManyPublications { .. } => "too-many-publications",
            Self::RepeatedSection { .. } => "section-repeated",
            Self::NoSuchAddress { .. } => "address-not-found",
            Self::Ambiguous { .. } => "address-ambiguous",
            Self::Stopped => "library-stopped",
            Self::Other { .. } => "library-failed",
        }
    }

    /// Whether it is the issue that the library does not take, however often it is tried; with any other error the library
    /// itself is at fault, and the next issue would fare no better.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NumberTooLarge { .. }
                | Self::DateTooLarge { .. }
                | Self::TooManyItems { .. }
                | Self::TooManyPublications { .. }
                | Self::RepeatedSection { .. }
        )
    }

    /// What the words are filled in with.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::CannotCreate { path, reason } | Self::CannotOpen { path, reason } => {
                vec![("path", shown(path)), ("reason", reason.clone())]
            }
            Self::Foreign { path } => vec![("path", shown(path))],
            Self::Newer { path, found, known } => vec![
                ("path", shown(path)),
                ("found", found.to_string()),
                ("known", known.to_string()),
            ],
            Self::Damaged { reason } | Self::NotWritable { reason } | Self::Other { reason } => {
                vec![("reason", reason.clone())]
            }
            Self::Locked | Self::Stopped => vec![],
            Self::NumberTooLarge { number, largest } => vec![
                ("number", number.to_string()),
                ("largest", largest.to_string()),
            ],
            Self::DateTooLarge { year, month, week } => vec![
                ("year", year.to_string()),
                ("month", month.to_string()),
                ("week", week.to_string()),
            ],
            Self::TooManyItems { most } => vec![("most", most.to_string())],
            Self::TooManyPublications { most } => vec![("most", most.to_string())],
            Self::RepeatedSection { ordinal } => vec![("ordinal", ordinal.to_string())],
            Self::NoSuchAddress { address } => vec![("address", address.clone())],
            Self::Ambiguous {
                address,
                publications,
            } => vec![
                ("address", address.clone()),
                ("publications", publications.join("、")),
                ("first", publications.first().cloned().unwrap_or_default()),
            ],
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::OperationInterrupted) => Self::Stopped,
            // None: a column that does not hold what its reader expects.
            None | Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { reason }
            }
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::DiskFull
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen,
            ) => Self::NotWritable { reason },
            Some(_) => Self::Other { reason },
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged {
            reason: error.to_string(),
        }
    }
}
