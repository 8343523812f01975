//! A folder for a copy of what cannot be read where it is: for this user alone, and gone with its program, however that ends.
//! Must not take a folder away that a living program has.

use super::open::make_file;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;
use tempfile::TempDir;

/// What the name of such a folder begins with.
const PREFIX: &str = "parkweekly-reading-";
/// The file in it that is locked as long as the folder is in use.
const HELD: &str = "held";

/// The folder, deleted when it is dropped. A program that is killed leaves its own to the next one that makes one.
#[derive(Debug)]
pub(super) struct Aside {
    folder: TempDir,
    /// The system lets go of it when the program ends, however it does.
    _held: File,
}

impl Aside {
    /// A new folder, and no other left by a program that was killed.
    pub fn new() -> io::Result<Self> {
        let all = std::env::temp_dir();
        sweep(&all);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        loop {
            let folder = builder.tempdir_in(&all)?;
            // Not the folder itself, which is locked while a database in it changes.
            let held = match make_file(&folder.path().join(HELD)) {
                // Another program may have taken it for left before it was held.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                held => held?,
            };
            // Where files have no locks nothing is swept.
            let _ = held.lock();
            if folder.path().join(HELD).exists() {
                return Ok(Self {
                    folder,
                    _held: held,
                });
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Deletes the folders in `all` that no living program holds.
fn sweep(all: &Path) {
    for file in fs::read_dir(all).into_iter().flatten().flatten() {
        let is_ours = file
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(PREFIX));
        // Not through a link, which somebody else may have put there.
        if !is_ours || !file.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        // What does not go is another user's.
        let _ = match File::open(file.path().join(HELD)) {
            Ok(held) if held.try_lock().is_ok() => fs::remove_dir_all(file.path()),
            // Cut short before there was anything in it.
            Err(error) if error.kind() == ErrorKind::NotFound => fs::remove_dir(file.path()),
            _ => Ok(()),
        };
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_holds_is_swept() {
        let all = tempfile::tempdir().unwrap();
        let path = |name: &str| all.path().join(name);
        let make = |name: &str| {
            fs::create_dir(path(name)).unwrap();
            fs::write(path(name).join("marks"), "x").unwrap();
            make_file(&path(name).join(HELD)).unwrap()
        };
        let [left, held, other] =
            ["reading-left", "reading-held", "other"].map(|name| format!("parkweekly-{name}"));
        drop(make(&left));
        drop(make(&other));
        let lock = make(&held);
        lock.lock().unwrap();
        fs::create_dir(path("parkweekly-reading-empty")).unwrap();
        sweep(all.path());
        assert!(!path(&left).exists());
        assert!(!path("parkweekly-reading-empty").exists());
        assert!(path(&held).join("marks").exists());
        assert!(path(&other).join("marks").exists());
        lock.unlock().unwrap();
        sweep(all.path());
        assert!(!path(&held).exists());
    }

    #[test]
    fn a_folder_in_use_is_nobody_elses_to_sweep() {
        let aside = Aside::new().unwrap();
        fs::write(aside.path().join("marks"), "x").unwrap();
        let other = Aside::new().unwrap();
        assert!(aside.path().join("marks").exists());
        let path = other.path().to_owned();
        drop(other);
        assert!(!path.exists());
    }
}
