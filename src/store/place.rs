//! Where a library is: two files in a folder, or two databases in memory.
//! Must not open anything.

use super::aside::Aside;
use super::{StoreError, Which};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// File name of the content.
pub(super) const LIBRARY: &str = "library.sqlite3";
/// File name of the marks.
pub(super) const MARKS: &str = "marks.sqlite3";

/// SQLite's own name for the files of the system. Said outright, because what is attached to a database in memory would be
/// taken for one in memory too.
pub(super) const FILE_SYSTEM: &str = if cfg!(windows) { "win32" } else { "unix" };

/// Where a library is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a folder, made where missing.
    Folder(PathBuf),
    /// The content in memory, new and empty each time it is opened; the marks in a folder, made where missing.
    Aside(PathBuf),
    /// In memory: a new, empty one each time it is opened, gone with the last connection to it.
    Memory,
}

/// Where the two databases of an open library are.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub library: Location,
    pub marks: Location,
    /// How they are opened where they may only be read.
    pub reading: Option<Reading>,
}

/// How the two databases of a library are opened that may only be read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub library: Access,
    pub marks: Access,
    /// What may not be written, and why.
    pub denied: (PathBuf, String),
    /// Whether nothing at all is written, also not what is read aside.
    pub query_only: bool,
    /// The folders of copies that stand in for files which cannot be read where they are; gone with the last connection.
    pub _aside: Vec<Arc<Aside>>,
}

/// Where one database is.
#[derive(Debug, Clone)]
pub(super) enum Location {
    /// A file, by its absolute path.
    File(PathBuf),
    /// A database that all connections of this process find under this name.
    Memory(String),
}

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// To read and write what is there.
    Full,
    /// To look at the file as it is, without locks and without touching its WAL.
    Glance,
    /// To read what is there, with its WAL.
    Read,
}

impl Files {
    /// The databases of `place`; a new pair of names each time for one in memory.
    pub fn of(place: &Place) -> Result<Self, StoreError> {
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let n = OPENED.fetch_add(1, Ordering::Relaxed);
        let memory = |name: &str| Location::Memory(format!("/parkweekly-{n}-{name}"));
        let file = |folder: &Path, name| match std::path::absolute(folder) {
            Ok(folder) => Ok(Location::File(folder.join(name))),
            Err(error) => Err(StoreError::CannotOpen {
                path: folder.to_owned(),
                reason: error.to_string(),
            }),
        };
        Ok(match place {
            Place::Folder(folder) => Self {
                library: file(folder, LIBRARY)?,
                marks: file(folder, MARKS)?,
                reading: None,
            },
            Place::Aside(folder) => Self {
                library: memory("library"),
                marks: file(folder, MARKS)?,
                reading: None,
            },
            Place::Memory => Self {
                library: memory("library"),
                marks: memory("marks"),
                reading: None,
            },
        })
    }

    /// Whether what is read is none of the library whose marks it is read with: whatever it holds or lacks says nothing about where
    /// these belong.
    pub const fn are_aside(&self) -> bool {
        matches!(
            (&self.library, &self.marks),
            (Location::Memory(_), Location::File(_))
        )
    }

    /// Whether connections to them must not write.
    pub fn is_query_only(&self) -> bool {
        self.reading
            .as_ref()
            .is_some_and(|reading| reading.query_only)
    }

    /// How each of the two is opened.
    pub fn access(&self, which: Which) -> Access {
        match (&self.reading, which) {
            (None, _) => Access::Full,
            (Some(reading), Which::Content) => reading.library,
            (Some(reading), Which::Marks) => reading.marks,
        }
    }
}

impl Location {
    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Memory(_) => None,
        }
    }

    /// What a message calls it.
    pub fn shown(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Memory(name) => PathBuf::from(name),
        }
    }

    /// Bytes of a file that SQLite keeps beside it, by the end of its name, such as `-wal`; 0 where there is none.
    pub fn beside(&self, end: &str) -> u64 {
        let file = self.file().map(|path| beside(&real(path), end));
        let found = file.and_then(|path| std::fs::metadata(path).ok());
        found.map_or(0, |file| file.len())
    }

    /// The name under which SQLite opens it: a URI, because a plain name would give `file:` and `:memory:` a meaning and
    /// could not hold every path.
    pub fn uri(&self, access: Access) -> String {
        match self {
            Self::File(path) => {
                let mode = match access {
                    Access::Full => "mode=rw",
                    Access::Glance => "mode=ro&immutable=1",
                    Access::Read => "mode=ro",
                };
                format!("file:{}?{mode}&vfs={FILE_SYSTEM}", encoded(path))
            }
            // `memdb`, unlike a shared cache, locks the whole database and honours the busy timeout.
            Self::Memory(name) => format!("file:{name}?vfs=memdb"),
        }
    }
}

/// The file whose name is that of `path` with something behind it.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The file itself where the name is a link: what SQLite keeps beside it stands there.
pub(super) fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// `path` percent-encoded byte by byte, as <https://www.sqlite.org/uri.html> wants it.
pub(super) fn encoded(path: &Path) -> String {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = format!("/{}", path.to_string_lossy().replace('\\', "/")).into_bytes();
    let mut uri = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_byte_by_byte() {
        assert_eq!(
            encoded(Path::new("/a b/100%?#/园")),
            "/a%20b/100%25%3F%23/%E5%9B%AD"
        );
    }

    #[test]
    fn each_library_in_memory_is_another() {
        let names = [Place::Memory, Place::Memory]
            .map(|place| Files::of(&place).unwrap().library.uri(Access::Full));
        assert_ne!(names[0], names[1]);
    }
}
