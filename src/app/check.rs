//! Looking a library over, and what is found in words.
//! Must not open it as it is opened to be used.

use super::Failure;
use crate::config::{Language, library_folder};
use crate::store::{self, Checked, Finding, Place, Told};
use crate::text::clean;
use std::fmt::Display;
use std::path::PathBuf;

/// Looks over the library in the folder `chosen`, else the one of this user.
///
/// # Errors
/// No folder is known.
pub fn check(chosen: Option<PathBuf>, tell: &mut dyn FnMut(Told)) -> Result<Checked, Failure> {
    let place = Place::Folder(library_folder(chosen)?);
    Ok(store::check(&place, tell)?)
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
        .map(|(name, value)| (*name, clean(value).into_owned()))
        .collect();
    let arguments: Vec<(&str, &dyn Display)> = arguments
        .iter()
        .map(|(name, value)| (*name, value as &dyn Display))
        .collect();
    language.say_with(key, &arguments)
}
