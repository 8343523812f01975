//! Why an input could not be turned into lines, as values with a stable code.
//! The words for a reader stand in `assets/locales/source.yml`, one message and one hint for each code.

use super::pdf::Fault;
use super::{Encoding, Format, MAX_LINES};
use std::io;

/// An input that gave no document. `path` is the name as given, cleaned.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing stands there.
    #[error("{path}: no such file")]
    NotFound {
        /// The input.
        path: String,
    },
    /// It may not be read by this user.
    #[error("{path}: permission denied")]
    Denied {
        /// The input.
        path: String,
    },
    /// A folder, where a file was expected.
    #[error("{path}: is a folder, expected a file")]
    Folder {
        /// The input.
        path: String,
    },
    /// A device or a socket, which may never end.
    #[error("{path}: is a device or a socket, expected a file")]
    Device {
        /// The input.
        path: String,
    },
    /// Nothing in it but white space, if that.
    #[error("{path}: is empty, expected the text of an issue")]
    Empty {
        /// The input.
        path: String,
    },
    /// A known format that is not read as text.
    #[error("{path}: is {format}, expected plain text")]
    Format {
        /// The input.
        path: String,
        /// What its first bytes say.
        format: Format,
    },
    /// No text in any encoding that is read.
    #[error("{path}: is a binary file, expected plain text")]
    Binary {
        /// The input.
        path: String,
    },
    /// No text in the encoding that the user says it is in.
    #[error("{path}: is no text in {encoding}")]
    WrongEncoding {
        /// The input.
        path: String,
        /// What the user says.
        encoding: Encoding,
    },
    /// More bytes than are read.
    #[error("{path}: larger than {limit} MiB")]
    TooLarge {
        /// The input.
        path: String,
        /// How many are, in MiB.
        limit: u64,
    },
    /// More than [`MAX_LINES`].
    #[error("{path}: more than {MAX_LINES} lines")]
    TooManyLines {
        /// The input.
        path: String,
    },
    /// A PDF that gives no text.
    #[error("{path}: {fault}")]
    Pdf {
        /// The input.
        path: String,
        /// Why.
        fault: Fault,
    },
    /// Anything else that went wrong on the way.
    #[error("{path}: could not be read")]
    Io {
        /// The input.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

impl SourceError {
    /// The stable name of the kind; `error.CODE` and `hint.CODE` are the keys of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "source-not-found",
            Self::Denied { .. } => "source-denied",
            Self::Folder { .. } => "source-folder",
            Self::Device { .. } => "source-device",
            Self::Empty { .. } => "source-empty",
            Self::Format { .. } => "source-format",
            Self::Binary { .. } => "source-binary",
            Self::WrongEncoding { .. } => "source-wrong-encoding",
            Self::TooLarge { .. } => "source-too-large",
            Self::TooManyLines { .. } => "source-too-many-lines",
            Self::Pdf { fault, .. } => fault.code(),
            Self::Io { .. } => "source-io",
        }
    }

    /// The name of the input, cleaned.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::NotFound { path }
            | Self::Denied { path }
            | Self::Folder { path }
            | Self::Device { path }
            | Self::Empty { path }
            | Self::Format { path, .. }
            | Self::Binary { path }
            | Self::WrongEncoding { path, .. }
            | Self::TooLarge { path, .. }
            | Self::TooManyLines { path }
            | Self::Pdf { path, .. }
            | Self::Io { path, .. } => path,
        }
    }

    /// What the words of this kind are filled in with; `path` is always there.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        let mut arguments = vec![("path", self.path().to_owned())];
        match self {
            Self::Format { format, .. } => arguments.push(("format", format.to_string())),
            Self::WrongEncoding { encoding, .. } => {
                arguments.push(("encoding", encoding.to_string()));
            }
            Self::TooLarge { limit, .. } => arguments.push(("limit", limit.to_string())),
            Self::Pdf { fault, .. } => arguments.extend(fault.arguments()),
            Self::TooManyLines { .. } => arguments.push(("limit", MAX_LINES.to_string())),
            Self::Io { source, .. } => arguments.push(("reason", source.to_string())),
            Self::NotFound { .. }
            | Self::Denied { .. }
            | Self::Folder { .. }
            | Self::Device { .. }
            | Self::Empty { .. }
            | Self::Binary { .. } => {}
        }
        arguments
    }

    /// More than `limit` bytes.
    pub(super) const fn too_large(path: String, limit: u64) -> Self {
        let limit = limit / (1024 * 1024);
        Self::TooLarge { path, limit }
    }

    /// The error for what the system says about the input `path`, a name that is clean.
    #[must_use]
    pub fn of(path: String, source: io::Error) -> Self {
        match source.kind() {
            // A path through a file (`issue.txt/x`) is a path to nothing.
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            io::ErrorKind::IsADirectory => Self::Folder { path },
            _ => Self::Io { path, source },
        }
    }
}
