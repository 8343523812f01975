//! Why a PDF could not be read, as values with a stable code; the words stand in `assets/locales/source.yml`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a PDF gave no text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It is encrypted, and no password was given.
    PasswordNeeded,
    /// It is encrypted with another password.
    PasswordWrong,
    /// It is encrypted in a way that is not known.
    Encryption,
    /// Nothing of it can be read.
    Damaged,
    /// It has no pages.
    NoPages,
    /// It is a folder of documents.
    Portfolio,
    /// Its pages are empty.
    NoText,
    /// Its pages are pictures of text.
    Scanned,
    /// Its fonts do not say which characters they draw.
    NoUnicode,
    /// It has too many pages.
    TooManyPages,
    /// It has too many characters.
    TooMuchText,
    /// It takes too much memory.
    TooMuchMemory,
    /// It takes too long.
    TooLong,
    /// The process that read it was ended by somebody else.
    Killed,
    /// Reading it was interrupted.
    Interrupted,
    /// The process that reads it could not be started, or not be talked to.
    NotStarted(String),
}

impl Fault {
    /// The stable name of the kind; `error.CODE` and `hint.CODE` are the keys of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PasswordNeeded => "pdf-password-needed",
            Self::PasswordWrong => "pdf-password-wrong",
            Self::Encryption => "pdf-encryption",
            Self::Damaged => "pdf-damaged",
            Self::NoPages => "pdf-no-pages",
            Self::Portfolio => "pdf-portfolio",
            Self::NoText => "pdf-no-text",
            Self::Scanned => "pdf-scanned",
            Self::NoUnicode => "pdf-no-unicode",
            Self::TooManyPages => "pdf-too-many-pages",
            Self::TooMuchText => "pdf-too-much-text",
            Self::TooMuchMemory => "pdf-too-much-memory",
            Self::TooLong => "pdf-too-long",
            Self::Killed => "pdf-killed",
            Self::Interrupted => "pdf-interrupted",
            Self::NotStarted(_) => "pdf-not-started",
        }
    }
}

impl Fault {
    /// What the words of this kind are filled in with.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotStarted(reason) => vec![("reason", reason.clone())],
            Self::TooManyPages => vec![("limit", super::MAX_PAGES.to_string())],
            Self::TooMuchText => vec![("limit", super::collect::MAX_GLYPHS.to_string())],
            Self::TooMuchMemory => vec![("limit", super::child::MEBIBYTES.to_string())],
            Self::TooLong => vec![("limit", super::child::SECONDS.to_string())],
            _ => vec![],
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(reason) => write!(f, "{}: {reason}", self.code()),
            _ => f.write_str(self.code()),
        }
    }
}
