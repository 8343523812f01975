//! Looking a library over, and what is found in words.
//! Must not open it as it is opened to be used.

use super::issues::READING_VERSION;
use super::library::is_missing;
use super::{Failure, system};
use crate::config::{Language, library_folder};
use crate::store::{self, Checked, Finding, Place, Told};
use crate::text::clean;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// Looks over the library in the folder `chosen`, else the one of this user.
///
/// # Errors
/// No folder is known.
pub fn check(chosen: Option<PathBuf>, tell: &mut dyn FnMut(Told)) -> Result<Checked, Failure> {
    if let Some(folder) = chosen.as_deref().filter(|folder| is_missing(folder)) {
        tell(Told::Found(folder_missing(folder)));
        return Ok(Checked::default());
    }
    let place = Place::Folder(library_folder(chosen)?);
    let checked = store::check(&place, tell)?;
    if let Some(finding) = outdated(&place) {
        tell(Told::Found(finding));
    }
    Ok(checked)
}

/// That issues are still to be read again by this version.
pub(super) fn outdated(place: &Place) -> Option<Finding> {
    let n = store::outdated_at(place, READING_VERSION);
    let arguments = vec![("n", n.to_string())];
    (n > 0).then(|| Finding::told("issues-outdated", "read-again", arguments))
}

/// That the folder which is named is not there.
pub(super) fn folder_missing(folder: &Path) -> Finding {
    let arguments = vec![("path", folder.display().to_string())];
    Finding::wrong("folder-missing", "named-folder", arguments)
}

/// What a finding says.
#[must_use]
pub fn found(language: Language, finding: &Finding) -> String {
    let is_counted = finding.arguments.iter().any(|(name, _)| *name == "n");
    let key = match finding.kind {
        // The others that were found in the same file.
        "file-damaged" if is_counted => "finding.file-damaged-more".to_owned(),
        kind => format!("finding.{kind}"),
    };
    fill(language, &key, finding)
}

/// What to do about a finding.
#[must_use]
pub fn mend(language: Language, finding: &Finding) -> String {
    fill(language, &format!("mend.{}", finding.mend), finding)
}

/// Arguments come from files that may hold anything: cleaned, so that none of them reaches a terminal raw.
fn fill(language: Language, key: &str, finding: &Finding) -> String {
    let arguments: Vec<(&str, String)> = finding
        .arguments
        .iter()
        .map(|(name, value)| match *name {
            "reason" => (
                "reason",
                clean(&system::worded(language, value)).into_owned(),
            ),
            name => (name, clean(value).into_owned()),
        })
        .collect();
    let arguments: Vec<(&str, &dyn Display)> = arguments
        .iter()
        .map(|(name, value)| (*name, value as &dyn Display))
        .collect();
    language.say_with(key, &arguments)
}
