//! Whether this user was welcomed: a small file in the folder of the library, which may hold nothing else yet.
//! Must not tell what goes wrong: a welcome more does no harm.

use crate::config::library_folder;
use crate::store::{make_file, make_folder};
use std::path::PathBuf;

/// The file; it is empty.
const NAME: &str = "welcomed";

/// Where it is known that this user was welcomed; nowhere without a home.
#[derive(Debug, Clone, Default)]
pub struct Greeting(Option<PathBuf>);

impl Greeting {
    /// With the library in the folder `chosen`, else the one of this user.
    #[must_use]
    pub fn of(chosen: Option<PathBuf>) -> Self {
        Self(library_folder(chosen).ok())
    }

    /// Whether the user was welcomed before.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let folder = self.0.as_ref();
        folder.is_some_and(|folder| folder.join(NAME).exists())
    }

    /// Keeps that the user was welcomed. Where that fails, the welcome comes once more.
    pub fn end(&self) {
        if let Some(folder) = &self.0
            && make_folder(folder).is_ok()
        {
            let _ = make_file(&folder.join(NAME));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_welcomed_once_in_a_folder_that_is_made_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let chosen = folder.path().join("a/b");
        let greeting = || Greeting::of(Some(chosen.clone()));
        assert!(!greeting().is_over());
        greeting().end();
        assert!(greeting().is_over());
        greeting().end();
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            assert_eq!(chosen.metadata().unwrap().mode() & 0o777, 0o700);
            assert_eq!(chosen.join(NAME).metadata().unwrap().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn where_nothing_can_be_kept_nothing_is_said() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let greeting = Greeting::of(Some(file.path().to_owned()));
        greeting.end();
        assert!(!greeting.is_over());
        Greeting::default().end();
    }
}
