//! Where the library and the settings are.

use directories::{BaseDirs, ProjectDirs};
use std::path::PathBuf;

/// The system names no home folder for this user, or one that would be another in every folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no home folder is known: name a folder with --library DIR or PARKWEEKLY_LIBRARY")]
pub struct NoHome;

/// The folder of the library: `chosen` where given (`--library` or `PARKWEEKLY_LIBRARY`), else the data folder of this
/// user (Linux: `$XDG_DATA_HOME/parkweekly`).
///
/// # Errors
/// [`NoHome`] where nothing is chosen and the system knows no home folder, or `HOME` is no absolute path.
pub fn library_folder(chosen: Option<PathBuf>) -> Result<PathBuf, NoHome> {
    match chosen {
        Some(folder) => Ok(folder),
        None => ProjectDirs::from("", "", "parkweekly")
            .map(|dirs| dirs.data_dir().to_owned())
            // A relative `HOME` would give a library to every folder that one stands in. (A relative XDG_DATA_HOME counts as none.)
            .filter(|folder| folder.is_absolute())
            .ok_or(NoHome),
    }
}

/// The settings file: `chosen` where given (`--config` or `PARKWEEKLY_CONFIG`), else `config.toml` in the folder of this user's
/// settings (Linux: `$XDG_CONFIG_HOME/parkweekly`); none where the system knows no home folder.
#[must_use]
pub fn config_file(chosen: Option<PathBuf>) -> Option<PathBuf> {
    chosen.or_else(|| {
        ProjectDirs::from("", "", "parkweekly")
            .map(|dirs| dirs.config_dir().join("config.toml"))
            .filter(|file| file.is_absolute())
    })
}

/// The home folder of this user; none where the system knows none.
#[must_use]
pub fn home_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}
