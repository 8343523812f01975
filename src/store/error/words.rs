//! The name of each error and what its words are filled in with.
//! Must not hold the words; they are in `assets/locales/store.yml`.

use super::{StoreError, Which, at};
use std::path::Path;

impl StoreError {
    /// The stable name of the error, for `error.<code>` and `hint.<code>`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CannotCreate { .. } => "library-cannot-create",
            Self::NotAFolder { .. } => "library-not-a-folder",
            Self::CannotOpen { .. } => "library-cannot-open",
            Self::NotAFile { .. } => "library-not-a-file",
            Self::LinkToNothing { .. } => "library-link-to-nothing",
            Self::Foreign { .. } => "library-foreign",
            Self::OtherFile { which, .. } => match which {
                Which::Content => "marks-are-content",
                Which::Marks => "content-is-marks",
            },
            Self::Newer { .. } => "library-newer",
            Self::Damaged { file, .. } => match file {
                Some((Which::Marks, _)) => "marks-damaged",
                Some((Which::Content, _)) | None => "library-damaged",
            },
            Self::Emptied { which, .. } => match which {
                Which::Content => "library-emptied",
                Which::Marks => "marks-emptied",
            },
            Self::MarksMissing { .. } => "marks-missing",
            Self::MarksGone { .. } => "marks-gone",
            Self::ReadOnly { .. } => "library-read-only",
            Self::NoRoom { .. } => "library-no-room",
            Self::Unsafe { .. } => "library-unsafe",
            Self::NotCopied { .. } => "marks-not-copied",
            Self::BadCopy { .. } => "marks-bad-copy",
            Self::NotACopy { .. } => "marks-not-a-copy",
            Self::FaultyCopy { .. } => "marks-faulty-copy",
            Self::CopyUnreadable { .. } => "marks-copy-unreadable",
            Self::NoMarks { .. } => "marks-not-marks",
            Self::Faulty { .. } => "marks-faulty",
            Self::OnlyMarks { .. } => "marks-without-copy",
            Self::NoCopy { .. } => "marks-no-copy",
            Self::NothingToRestore { .. } => "marks-nothing-to-restore",
            Self::Locked => "library-locked",
            Self::NotWritable { .. } => "library-not-writable",
            Self::NumberTooLarge { .. } => "issue-number-too-large",
            Self::DateTooLarge { .. } => "issue-date-too-large",
            Self::TooManyItems { .. } => "too-many-items",
            Self::TooManyPublications { .. } => "too-many-publications",
            Self::RepeatedSection { .. } => "section-repeated",
            Self::NoteChanged => "note-changed",
            Self::FixChanged => "fix-changed",
            Self::SavedChanged => "saved-changed",
            Self::NotesTooLong => "notes-too-long",
            Self::MarksChanged => "marks-changed",
            Self::Replaced => "library-replaced",
            Self::NoSuchAddress { .. } => "address-not-found",
            Self::NoSuchIssue { .. } => "issue-not-found",
            Self::Ambiguous { .. } => "address-ambiguous",
            Self::Stopped => "library-stopped",
            Self::Other { .. } => "library-failed",
        }
    }

    /// What the words are filled in with.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::CannotCreate { path, reason }
            | Self::CannotOpen { path, reason }
            | Self::Unsafe { path, reason }
            | Self::NotCopied { path, reason }
            | Self::BadCopy { path, reason }
            | Self::CopyUnreadable { path, reason } => {
                vec![("path", shown(path)), ("reason", reason.clone())]
            }
            Self::LinkToNothing { path, to } => vec![("path", shown(path)), ("to", shown(to))],
            Self::FaultyCopy { path, faults } | Self::Faulty { path, faults } => {
                vec![("path", shown(path)), ("n", faults.to_string())]
            }
            Self::Foreign { path }
            | Self::OtherFile { path, .. }
            | Self::NotAFile { path }
            | Self::NoMarks { path }
            | Self::NotAFolder { path }
            | Self::NotACopy { path }
            | Self::MarksGone { path }
            | Self::Emptied { path, .. } => {
                vec![("path", shown(path))]
            }
            Self::MarksMissing { path, copies } => {
                vec![("path", shown(path)), ("n", copies.to_string())]
            }
            Self::NoCopy { folder }
            | Self::OnlyMarks { folder }
            | Self::NothingToRestore { folder } => vec![("path", shown(folder))],
            Self::Newer { path, found, known } => vec![
                ("path", shown(path)),
                ("found", found.to_string()),
                ("known", known.to_string()),
            ],
            Self::Damaged { file, reason } => {
                vec![(
                    "reason",
                    at(file.as_ref().map(|(_, path)| path.as_path()), reason),
                )]
            }
            Self::ReadOnly { path, reason } => vec![("reason", at(path.as_deref(), reason))],
            Self::NotWritable { reason } | Self::NoRoom { reason } | Self::Other { reason } => {
                vec![("reason", reason.clone())]
            }
            Self::Locked
            | Self::Stopped
            | Self::NoteChanged
            | Self::FixChanged
            | Self::SavedChanged
            | Self::NotesTooLong
            | Self::MarksChanged
            | Self::Replaced => vec![],
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
            Self::NoSuchAddress { address } | Self::NoSuchIssue { address } => {
                vec![("address", address.clone())]
            }
            Self::Ambiguous {
                address,
                publications,
            } => vec![
                ("address", address.clone()),
                ("publications", publications.join("\n")),
                ("first", publications.first().cloned().unwrap_or_default()),
            ],
        }
    }
}
