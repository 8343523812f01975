//! Whether another connection, of this program or of another, has changed the library since it was looked at last, or has put
//! other files in its place.
//! Must not read what has changed, nor take longer for a large library than for a small one.

use super::place::{Files, Location};
use super::{Store, StoreError, Which, open};
use std::io::ErrorKind;

/// Which files a connection has open, by what the system knows them by: their names may come to lead to others, where one was set
/// aside. None where there is no file, or no such knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opened([Option<(u64, u64)>; 2]);

impl Opened {
    /// The files that stand there now.
    pub fn of(files: &Files) -> Self {
        Self([&files.library, &files.marks].map(identity))
    }

    /// Whether other files stand there now. Where one is missing, none has taken its place yet.
    pub fn is_replaced(&self, files: &Files) -> bool {
        let now = Self::of(files).0;
        self.0
            .iter()
            .zip(now)
            .any(|(before, now)| now.is_some() && before.is_some() && *before != now)
    }
}

/// What is wrong with the file of the marks that was opened: it has gone, or was emptied. What is written into it then is
/// gone with the last connection to it.
pub(super) fn lost_marks(files: &Files) -> Option<StoreError> {
    let path = files.marks.file()?;
    match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Some(StoreError::MarksGone {
            path: path.to_owned(),
        }),
        Ok(file) if file.len() == 0 => Some(StoreError::Emptied {
            which: Which::Marks,
            path: path.to_owned(),
        }),
        _ => None,
    }
}

#[cfg(unix)]
fn identity(location: &Location) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(location.file()?).ok()?;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Location) -> Option<(u64, u64)> {
    None
}

/// Numbers that change when another connection has written to the content or to the marks. They differ from connection to
/// connection, and mean nothing else: <https://www.sqlite.org/pragma.html#pragma_data_version>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    content: i64,
    marks: i64,
}

/// What another connection has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// Issues and items.
    pub content: bool,
    /// What readers added to them, and where they were.
    pub marks: bool,
}

impl Store {
    /// Opens the library anew where other files have taken the place of those that are open; whether that was so. Nothing is to be
    /// written into what was set aside.
    ///
    /// # Errors
    /// What stands there cannot be opened.
    pub fn follow(&mut self) -> Result<bool, StoreError> {
        let replaced = self.opened.is_replaced(&self.files);
        if replaced {
            let opened = Opened::of(&self.files);
            self.connection = open::connect(&self.files)?;
            self.opened = opened;
        }
        Ok(replaced)
    }

    /// The version of now: microseconds, whatever the library holds.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn version(&self) -> Result<Version, StoreError> {
        let of = |database| {
            self.connection
                .pragma_query_value(Some(database), "data_version", |row| row.get(0))
        };
        Ok(Version {
            content: of("main")?,
            marks: of("marks")?,
        })
    }
}

impl Version {
    /// What was changed between `before`, a version that the same connection gave, and this one; none where nothing was.
    #[must_use]
    pub fn since(self, before: Self) -> Option<Elsewhere> {
        let changed = Elsewhere {
            content: self.content != before.content,
            marks: self.marks != before.marks,
        };
        (changed.content || changed.marks).then_some(changed)
    }
}
