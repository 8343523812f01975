//! The folder of a library and the files in it: made for this user alone, whatever the umask, and locked while they change.
//! Must not open a database.

use super::super::StoreError;
use super::super::place::{LIBRARY, MARKS};
use super::regular::regular_file;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Refuses a folder that is a file, or would be below one; and a link that leads nowhere, as to a disk that is not there.
pub fn refuse_files(folder: &Path) -> Result<(), StoreError> {
    for path in folder.ancestors() {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(_) => {
                return Err(StoreError::NotAFolder {
                    path: path.to_owned(),
                });
            }
            // It tells of the link.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                regular_file(path)?;
            }
            Err(_) => {}
        }
    }
    Ok(())
}

/// The folder with its parents, for this user alone.
pub fn make_folder(folder: &Path) -> Result<(), StoreError> {
    refuse_files(folder)?;
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        // A umask may take even from its user what it is made with.
        .and_then(|()| own(folder, 0o700))
        .map_err(|error| cannot_create(folder, &error))
}

/// A new, empty file for this user alone. SQLite gives its permissions to the files beside it.
pub fn make_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    own(path, 0o600)?;
    Ok(file)
}

#[cfg(unix)]
fn own(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "it can fail where there are modes"
)]
fn own(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// Gives a file its name where none has it; tells whether it did. The name has either nothing or the whole file.
pub fn put_in_place(made: &Path, path: &Path) -> io::Result<bool> {
    let placed = match fs::hard_link(made, path) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
        // No links in this file system; whoever holds the folder's lock is alone.
        Err(_) if path.try_exists()? => false,
        Err(_) => {
            fs::rename(made, path)?;
            return sync(path).map(|()| true);
        }
    };
    fs::remove_file(made)?;
    sync(path)?;
    Ok(placed)
}

/// Has the names in the folder of `path` on the disk.
pub fn sync(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and need not be.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Removes the files of `folder` that pass, as far as that goes: what an interrupted run left.
pub fn sweep(folder: &Path, is_left: impl Fn(&str) -> bool) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.file_name().to_str().is_some_and(&is_left) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Removes what killed programs left of files that were to become those of a library. Whoever makes one holds the folder as long,
/// and the system lets go of it when a program ends, however it does: while somebody holds it, nothing is removed.
pub fn sweep_left(folder: &Path) {
    let is_left = |name: &str| {
        let mut files = [LIBRARY, MARKS].into_iter();
        files.any(|file| {
            let end = name.strip_prefix(file);
            end.is_some_and(|end| end == ".new" || end.starts_with(".new-"))
        })
    };
    if let Ok(held) = File::open(folder)
        && held.try_lock().is_ok()
    {
        sweep(folder, is_left);
    }
}

/// Holds a folder until dropped: one program at a time makes or changes the files in it. None where the system has no
/// locks on folders; there, two first starts at the same moment may fail one of them.
pub fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

pub fn cannot_create(path: &Path, error: &io::Error) -> StoreError {
    let reason = error.to_string();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            StoreError::NoRoom { reason }
        }
        _ => StoreError::CannotCreate {
            path: path.to_owned(),
            reason,
        },
    }
}
