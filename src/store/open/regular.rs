//! Whether what has the name of a file is one: only a regular file is opened, wherever links lead.
//! Must not open anything: opening a pipe waits for whoever writes it, and reading a device may never end.

use super::super::StoreError;
use super::super::error::reason;
use super::super::place::{beside, real};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;

/// What SQLite opens along with a database, by the end of its name.
const COMPANIONS: [&str; 3] = ["-wal", "-journal", "-shm"];

/// The regular file at `path`, links followed; none where nothing has that name.
///
/// # Errors
/// A folder, pipe, socket or device is there, a link that leads nowhere, or what cannot be looked at.
pub fn regular_file(path: &Path) -> Result<Option<Metadata>, StoreError> {
    match fs::metadata(path) {
        Ok(file) if file.is_file() => Ok(Some(file)),
        Ok(_) => Err(StoreError::NotAFile {
            path: path.to_owned(),
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => match fs::read_link(path) {
            Ok(to) => Err(StoreError::LinkToNothing {
                path: path.to_owned(),
                to,
            }),
            Err(_) => Ok(None),
        },
        Err(error) => Err(StoreError::CannotOpen {
            path: path.to_owned(),
            reason: error.to_string(),
        }),
    }
}

/// The same for a database: nor may what belongs to it be anything but a regular file.
///
/// # Errors
/// Those of [`regular_file`], of any of them.
pub fn regular_database(path: &Path) -> Result<Option<Metadata>, StoreError> {
    let found = regular_file(path)?;
    let real = real(path);
    for end in COMPANIONS {
        regular_file(&beside(&real, end))?;
    }
    Ok(found)
}

/// Why a database cannot be opened. The system says it in fewer words than SQLite, and knows more.
pub fn why_closed(path: &Path, error: &rusqlite::Error) -> String {
    denied(path).map_or_else(|| reason(error), |error| error.to_string())
}

/// Why a file may not be read.
#[cfg(unix)]
fn denied(path: &Path) -> Option<std::io::Error> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    let read = accessat(CWD, path, Access::READ_OK, AtFlags::EACCESS);
    read.err().map(Into::into)
}

/// The same, where the system has no such question.
#[cfg(not(unix))]
const fn denied(_: &Path) -> Option<std::io::Error> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    #[test]
    fn only_a_regular_file_is_one_wherever_links_lead() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file"), "x").unwrap();
        let _socket = UnixListener::bind(path("socket")).unwrap();
        let links = [
            ("file-link", path("file")),
            ("zero", "/dev/zero".into()),
            ("nowhere", path("gone")),
            ("itself", path("itself")),
        ];
        for (name, to) in links {
            symlink(to, path(name)).unwrap();
        }
        for name in ["file", "file-link"] {
            assert!(regular_file(&path(name)).unwrap().is_some(), "{name}");
        }
        assert!(regular_file(&path("none")).unwrap().is_none());
        for name in ["socket", "zero", "nowhere", "itself", "."] {
            assert!(regular_file(&path(name)).is_err(), "{name}");
        }
    }

    #[test]
    fn what_belongs_to_a_database_is_a_regular_file_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "x").unwrap();
        assert!(regular_database(&path).unwrap().is_some());
        let _socket = UnixListener::bind(folder.path().join("file-journal")).unwrap();
        assert!(regular_database(&path).is_err());
    }
}
