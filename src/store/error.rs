//! What can go wrong with a library, each with a code and arguments for the words at the edge.
//! Must not decide what a reader is told; that is `assets/locales/store.yml`.

mod causes;
mod words;

pub(super) use causes::{reason, reason_of_migration};

use std::path::{Path, PathBuf};

/// One of the two files of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What was imported; it can be made again.
    Content,
    /// What the reader made; it cannot.
    Marks,
}

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
    /// A file stands where the folder of the library is to be, or one of those above it.
    #[error("{} is no folder", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The files are there and cannot be opened.
    #[error("cannot open the library {}: {reason}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// What has the name of a file is none: a folder, a pipe, a socket, a device.
    #[error("{} is no regular file", path.display())]
    NotAFile {
        /// Where it is.
        path: PathBuf,
    },
    /// A link in the place of a file or folder leads nowhere.
    #[error("{} is a link to {}, and nothing is there", path.display(), to.display())]
    LinkToNothing {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// A file of a library's name that is not one.
    #[error("{} is no file of parkweekly", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// What has the name of one file of a library is the other.
    #[error("{} is the other file of a library", path.display())]
    OtherFile {
        /// Which file it is.
        which: Which,
        /// Where it is.
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
    #[error("the library is damaged: {}", at(file.as_ref().map(|(_, path)| path.as_path()), reason))]
    Damaged {
        /// Which file, where it is known.
        file: Option<(Which, PathBuf)>,
        /// What was found.
        reason: String,
    },
    /// A file of the library is empty, or gone but for what goes with it, and is no new one.
    #[error("{} has lost what it held", path.display())]
    Emptied {
        /// Which file.
        which: Which,
        /// The file.
        path: PathBuf,
    },
    /// There are no marks any more, but copies of them.
    #[error("{} is missing, but {copies} copies of it are there", path.display())]
    MarksMissing {
        /// The file.
        path: PathBuf,
        /// How many copies there are.
        copies: usize,
    },
    /// The marks file was taken away while it was open.
    #[error("{} is gone", path.display())]
    MarksGone {
        /// The file.
        path: PathBuf,
    },
    /// A file or folder of the library may be read and not written.
    #[error("nothing can be kept in the library: {}", at(path.as_deref(), reason))]
    ReadOnly {
        /// What may not be written, where it is known.
        path: Option<PathBuf>,
        /// The system's words.
        reason: String,
    },
    /// There is no room for what is to be written: on the disk, or by a limit on the size of files.
    #[error("no room for the library: {reason}")]
    NoRoom {
        /// The system's words.
        reason: String,
    },
    /// The file system of the library cannot keep its promises.
    #[error("{} cannot be kept safely: {reason}", path.display())]
    Unsafe {
        /// The file.
        path: PathBuf,
        /// What it cannot do.
        reason: String,
    },
    /// No copy of the marks could be made.
    #[error("no copy of the marks was made in {}: {reason}", path.display())]
    NotCopied {
        /// Where copies are kept.
        path: PathBuf,
        /// What stood in the way.
        reason: String,
    },
    /// What was named as a copy of the marks is the marks themselves.
    #[error("{} is no copy, but the marks themselves", path.display())]
    NotACopy {
        /// The file.
        path: PathBuf,
    },
    /// A file that is no whole copy of marks.
    #[error("{} is no whole copy of marks: {reason}", path.display())]
    BadCopy {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A copy of marks with rows that are not what is ever written.
    #[error("{} is no whole copy of marks: {faults} faults", path.display())]
    FaultyCopy {
        /// The file.
        path: PathBuf,
        /// How many.
        faults: usize,
    },
    /// A file that may be a copy of marks and cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    CopyUnreadable {
        /// The file, or the folder of the copies.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file that holds no marks.
    #[error("{} holds no marks", path.display())]
    NoMarks {
        /// The file.
        path: PathBuf,
    },
    /// The marks can be read, but some rows are not what is ever written.
    #[error("{} has {faults} faults", path.display())]
    Faulty {
        /// The file.
        path: PathBuf,
        /// How many.
        faults: usize,
    },
    /// The marks are whole, and there is no copy of them.
    #[error("the marks are whole, and no copy of them is in {}", folder.display())]
    OnlyMarks {
        /// Where copies are kept.
        folder: PathBuf,
    },
    /// There is no whole copy of the marks.
    #[error("no whole copy of the marks is in {}", folder.display())]
    NoCopy {
        /// Where copies are kept.
        folder: PathBuf,
    },
    /// There are no marks, and no copy of any.
    #[error("no marks and no copy of them are in {}", folder.display())]
    NothingToRestore {
        /// Where copies are kept.
        folder: PathBuf,
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
    /// Another note stands there than the one that was to be changed.
    #[error("the note was changed by another program")]
    NoteChanged,
    /// Another correction stands there than the one that was to be changed.
    #[error("the correction was changed by another program")]
    FixChanged,
    /// Another query is saved under the name than the one that was to be changed.
    #[error("the saved query was changed by another program")]
    SavedChanged,
    /// A note of another program and the new one are too long for one note.
    #[error("the note was changed by another program, and both are too long for one")]
    NotesTooLong,
    /// The marks were changed by another program since it was looked what to restore.
    #[error("the marks were changed by another program meanwhile")]
    MarksChanged,
    /// Other files were put in the place of the library just now.
    #[error("the files of the library were replaced")]
    Replaced,
    /// Nothing stands at the address.
    #[error("nothing stands at {address}")]
    NoSuchAddress {
        /// As asked for.
        address: String,
    },
    /// There is no issue of this number.
    #[error("there is no issue {address}")]
    NoSuchIssue {
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

    /// Whether it is only writing that fails, so that reading may still go.
    #[must_use]
    pub const fn is_of_writing(&self) -> bool {
        matches!(
            self,
            Self::CannotCreate { .. }
                | Self::CannotOpen { .. }
                | Self::NotWritable { .. }
                | Self::ReadOnly { .. }
                | Self::NoRoom { .. }
                | Self::Unsafe { .. }
        )
    }
}

/// A reason with the file that it is about, where that is known.
fn at(path: Option<&Path>, reason: &str) -> String {
    match path {
        Some(path) => format!("{}: {reason}", path.display()),
        None => reason.to_owned(),
    }
}
