//! The library of a run: where it is, and opening it.
//! Must not look into it but to tell which of its files is damaged.

use super::Failure;
use crate::config::library_folder;
use crate::store::{self, Place, Restoration, Restored, Store, StoreError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Opens the library in the folder `chosen`, else the one of this user, in order to write; where there is none, makes an empty
/// one. The marks are copied before where that is due; what is handed back besides went wrong and stands in no way.
///
/// # Errors
/// No folder is known, or the library in it cannot be opened for writing.
pub fn open(chosen: Option<PathBuf>) -> Result<(Store, Vec<Failure>), Failure> {
    let place = place(chosen)?;
    let lacking = lacking(&place);
    let mut store = Store::open(&place)?;
    let copied = store.copy_marks();
    if let Err(error @ StoreError::Damaged { .. }) = copied {
        return Err(error.into());
    }
    let warnings = [store.take_warning(), copied.err()];
    let warnings = warnings.into_iter().flatten().map(Into::into);
    Ok((store, lacking.into_iter().chain(warnings).collect()))
}

/// Opens the library in order to read. Makes none where there is none; what is handed back besides stands in no way of reading.
///
/// # Errors
/// No folder is known, or the library in it cannot be read.
pub fn read(chosen: Option<PathBuf>) -> Result<(Store, Vec<Failure>), Failure> {
    let place = place(chosen)?;
    let lacking = lacking(&place);
    let mut store = Store::read(&place)?;
    let warnings = [store.take_warning(), store.read_only()];
    let warnings = warnings.into_iter().flatten().map(Into::into);
    Ok((store, lacking.into_iter().chain(warnings).collect()))
}

/// What is to be said where a folder is named and is not there: it may be mistyped, and would pass for an empty library. The one of
/// this user is not there before the first import, and nothing is said of it.
#[must_use]
pub fn missing(chosen: Option<&Path>) -> Option<Failure> {
    let folder = chosen.filter(|folder| is_missing(folder))?;
    let arguments = vec![("path", folder.display().to_string())];
    Some(Failure::new("library-no-folder", arguments))
}

/// Whether nothing at all has the name of the folder; a link that leads nowhere has it.
pub(super) fn is_missing(folder: &Path) -> bool {
    let found = folder.symlink_metadata();
    found.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// What is to be said where there are marks and no content, before an empty one is made.
fn lacking(place: &Place) -> Option<Failure> {
    let path = store::lacks_content(place).ok()??;
    let arguments = vec![("path", path.display().to_string())];
    Some(Failure::new("content-missing", arguments))
}

fn place(chosen: Option<PathBuf>) -> Result<Place, Failure> {
    Ok(Place::Folder(library_folder(chosen)?))
}

/// The failure with the name of the file that is damaged, where it says that one is and not which. Reads all of both to find out.
#[must_use]
pub fn with_file(failure: Failure, chosen: Option<PathBuf>) -> Failure {
    let somewhere = StoreError::Damaged {
        file: None,
        reason: String::new(),
    };
    if failure.code != somewhere.code() {
        return failure;
    }
    let found = place(chosen)
        .ok()
        .and_then(|place| Store::find_damage(&place));
    match found {
        Some(error) => Failure::from(error).ending(failure.exit),
        None => failure,
    }
}

/// Whether it says that the marks are damaged or gone, and a copy of them would mend it.
#[must_use]
pub fn is_of_lost_marks(failure: &Failure) -> bool {
    [
        "marks-damaged",
        "marks-emptied",
        "marks-missing",
        "marks-faulty",
    ]
    .contains(&failure.code)
}

/// Finds the copy to restore the marks from: the file `from`, or the newest that is whole.
///
/// # Errors
/// No folder is known, or there is no such copy.
pub fn restoration(chosen: Option<PathBuf>, from: Option<&Path>) -> Result<Restoration, Failure> {
    Ok(Restoration::of(&place(chosen)?, from)?)
}

/// Carries it out, and opens the library with it.
///
/// # Errors
/// The copy cannot be put in the place of the marks, or they were changed since.
pub fn restore(chosen: Option<PathBuf>, restoration: Restoration) -> Result<Restored, Failure> {
    let restored = restoration.carry_out()?;
    opened(&place(chosen)?, restored)
}

/// The same where nobody was asked: found anew as often as other programs are in the way, `seen` getting each that is tried.
///
/// # Errors
/// The copy cannot be put in the place of the marks.
pub fn restore_unasked(
    chosen: Option<PathBuf>,
    from: Option<&Path>,
    restoration: Restoration,
    seen: &mut dyn FnMut(&Restoration),
) -> Result<Restored, Failure> {
    let place = place(chosen)?;
    let restored = restoration.carry_out_anew(&place, from, seen)?;
    opened(&place, restored)
}

/// Opens the library with what was restored.
fn opened(place: &Place, restored: Restored) -> Result<Restored, Failure> {
    // An older copy is brought up to date. The content is another matter, and told when it is read.
    match Store::open(place) {
        Ok(mut store) => {
            // Headlines may have been corrected since the copy was made. What cannot be carried along waits.
            let _ = store.carry_known();
            Ok(restored)
        }
        Err(error) => match Failure::from(error) {
            failure if is_of_lost_marks(&failure) => Err(failure),
            _ => Ok(restored),
        },
    }
}
