//! Where a text goes that a reader wrote and that cannot be kept as a note: into a file of its own, which is named.
//! Must not put one in the place of another.

use super::Failure;
use crate::config::{Language, library_folder};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Codes of failures that say where a text is: by what it takes to make a note of it.
const RESCUES: [&str; 3] = [AS_IT_IS, "note-rescued-long", "note-rescued-bytes"];
const AS_IT_IS: &str = "note-rescued";

/// The folder of the library, else the one for temporary files.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Option<PathBuf>);

impl Shelf {
    /// Whether a failure says where a text is.
    #[must_use]
    pub fn is_rescue(failure: &Failure) -> bool {
        RESCUES.contains(&failure.code)
    }

    /// With the library in the folder `chosen`, else the one of this user.
    #[must_use]
    pub fn of(chosen: Option<PathBuf>) -> Self {
        Self(library_folder(chosen).ok())
    }

    /// The failure to keep a note, with the place where its text is now; `address` is what the note would be stored by.
    #[must_use]
    pub fn rescue(
        &self,
        text: &str,
        failure: Failure,
        address: &str,
        language: Language,
    ) -> Failure {
        self.told(|| text.as_bytes(), failure, address, language)
    }

    /// The same with the text of a file.
    #[must_use]
    pub fn rescue_file(
        &self,
        file: &Path,
        failure: Failure,
        address: &str,
        language: Language,
    ) -> Failure {
        let file = || {
            File::open(file).map_or_else(
                |_| Box::new(io::empty()) as Box<dyn Read>,
                |file| Box::new(file),
            )
        };
        self.told(file, failure, address, language)
    }

    fn told<T: Read>(
        &self,
        text: impl Fn() -> T,
        failure: Failure,
        address: &str,
        language: Language,
    ) -> Failure {
        let temporary = std::env::temp_dir();
        let mut folders = self.0.iter().chain([&temporary]);
        let kept = folders.find_map(|folder| keep(folder, text()).ok());
        let Some(path) = kept else { return failure };
        let exit = failure.exit;
        let code = match failure.code {
            "note-too-long" | "note-endless" => RESCUES[1],
            "editor-encoding" => RESCUES[2],
            _ => AS_IT_IS,
        };
        let arguments = vec![
            ("reason", failure.message(language)),
            ("path", path.display().to_string()),
            ("file", quoted(&path)),
            ("address", address.to_owned()),
        ];
        Failure::new(code, arguments).ending(exit)
    }
}

/// Puts a text into a new file of a folder that is there, for its owner alone; the file is on the disk before it is named.
fn keep(folder: &Path, mut text: impl Read) -> io::Result<PathBuf> {
    let mut named = tempfile::Builder::new();
    let mut file = named.prefix("note-").suffix(".txt").tempfile_in(folder)?;
    io::copy(&mut text, &mut file)?;
    file.flush()?;
    file.as_file().sync_all()?;
    let (_, path) = file.keep().map_err(|error| error.error)?;
    Ok(path)
}

/// A path as it is typed into a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@%:,".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_for_its_owner_and_named_and_none_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(Some(folder.path().to_owned()));
        let failed = || crate::app::editor::too_long(30_000);
        let texts = ["甲", "乙"].map(|text| {
            let told = shelf.rescue(text, failed(), "101/1/3", Language::English);
            assert!(Shelf::is_rescue(&told));
            let path = PathBuf::from(&told.arguments[1].1);
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt;
                assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o600);
            }
            let hint = told.hint(Language::English).unwrap();
            assert!(hint.contains("note set 101/1/3 - < "), "{hint}");
            std::fs::read_to_string(path).unwrap()
        });
        assert_eq!(texts, ["甲", "乙"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_path_is_typed_as_a_shell_reads_it() {
        assert_eq!(quoted(Path::new("/a/园区-1.txt")), "/a/园区-1.txt");
        assert_eq!(quoted(Path::new("/a b/it's")), "'/a b/it'\\''s'");
    }
}
