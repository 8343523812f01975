//! The library of a run: where it is, and opening it.
//! Must not look into it.

use super::Failure;
use crate::config::library_folder;
use crate::store::{Place, Store};
use std::path::PathBuf;

/// Opens the library in the folder `chosen`, else the one of this user; where there is none, makes an empty one.
///
/// # Errors
/// No folder is known, or the library in it cannot be opened.
pub fn open(chosen: Option<PathBuf>) -> Result<Store, Failure> {
    let folder = library_folder(chosen)?;
    Ok(Store::open(&Place::Folder(folder))?)
}
