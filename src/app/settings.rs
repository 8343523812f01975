//! The settings file of a run: where it is, and reading it. Whatever is wrong with it, the program starts: with defaults for that.
//! Must not make the file, but where it is to be edited.

use super::Failure;
use super::themes::{Chosen, Themes};
use crate::config::{Config, Fault, Language, Problem, config_file, home_folder};
use crate::keys::Keymap;
use crate::text::clean;
use std::fmt::Display;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// Bytes of a settings file at most; the commented default has five thousand.
const MOST: u64 = 1 << 20;

/// The settings of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// What they are.
    pub config: Config,
    /// The file, whether it is there or not; none where no home is known.
    pub path: Option<PathBuf>,
    /// What is wrong with it, in the order of the file.
    pub problems: Vec<Problem>,
    /// Why it could not be read.
    pub failure: Option<Failure>,
}

impl Loaded {
    /// Reads the settings file `chosen`, else that of this user, which need not be there.
    ///
    /// # Errors
    /// Never in a program that passed its tests: the built-in keys cannot be read.
    pub fn of(chosen: Option<PathBuf>) -> Result<Self, Failure> {
        let keymap = Keymap::built_in().map_err(|errors| {
            let arguments = vec![
                ("what", "keys".to_owned()),
                ("reason", format!("{errors:?}")),
            ];
            Failure::new("built-in", arguments)
        })?;
        let config = Config::new(keymap);
        let is_chosen = chosen.is_some();
        let path = config_file(chosen);
        let text = match &path {
            Some(path) => match text(path) {
                Err(Unread::Missing) if !is_chosen => Ok(String::new()),
                Err(Unread::Missing) => Err(failed("config-missing", path, vec![])),
                Err(Unread::Otherwise(reason)) => {
                    Err(failed("config-unreadable", path, vec![("reason", reason)]))
                }
                Err(Unread::Folder) => Err(failed("config-folder", path, vec![])),
                Err(Unread::NoText) => Err(failed("config-no-text", path, vec![])),
                Ok(text) => Ok(text),
            },
            None => Ok(String::new()),
        };
        let (text, failure) = match text {
            Ok(text) => (text, None),
            Err(failure) => (String::new(), Some(failure)),
        };
        let read = config.read(&text);
        Ok(Self {
            config: read.config,
            path,
            problems: read.problems,
            failure,
        })
    }

    /// The themes beside it.
    #[must_use]
    pub fn themes(&self) -> Themes {
        Themes::beside(self.path.as_deref(), home_folder())
    }

    /// The theme that is set in it.
    #[must_use]
    pub fn theme(&self) -> Chosen {
        self.themes().chosen(self.config.screen.theme.as_ref())
    }

    /// What is to be told of it at the start; none where all is well.
    #[must_use]
    pub fn warning(&self, language: Language) -> Option<Failure> {
        let first = self.problems.first().zip(self.path.as_deref());
        let faulty = || {
            let (first, path) = first?;
            let arguments = vec![
                ("n", self.problems.len().to_string()),
                ("first", line(first, language)),
            ];
            Some(failed("config-faulty", path, arguments))
        };
        self.failure.clone().or_else(faulty)
    }
}

fn failed(code: &'static str, path: &Path, arguments: Vec<(&'static str, String)>) -> Failure {
    Failure::new(code, arguments).with("path", path.display())
}

/// What is wrong, and where: `3:1: page.measure: …`.
#[must_use]
pub fn line(problem: &Problem, language: Language) -> String {
    let place = format!("{}:{}", problem.line, problem.column);
    let fault = fault(&problem.fault, language);
    match clean(&problem.key) {
        key if key.is_empty() => format!("{place}: {fault}"),
        key => format!("{place}: {key}: {fault}"),
    }
}

/// What is wrong, in words.
#[must_use]
pub fn fault(fault: &Fault, language: Language) -> String {
    let arguments: Vec<(&str, String)> = fault
        .arguments()
        .into_iter()
        .map(|(name, value)| match name {
            "kind" => (
                name,
                language.say(&format!("config.kind-{value}")).into_owned(),
            ),
            "words" => {
                let words: Vec<&str> = value.lines().collect();
                (name, words.join(&language.say("list.and")))
            }
            _ => (name, clean(&value).into_owned()),
        })
        .collect();
    let arguments: Vec<(&str, &dyn Display)> = arguments
        .iter()
        .map(|(name, value)| (*name, value as &dyn Display))
        .collect();
    language.say_with(&format!("config.{}", fault.code()), &arguments)
}

/// Why a file could not be read.
pub(super) enum Unread {
    /// There is no such file.
    Missing,
    /// It is a folder.
    Folder,
    /// It is no file, no text, or one that is far too long.
    NoText,
    /// What the system says.
    Otherwise(String),
}

/// The text of a file, as far as it is one and not too long.
pub(super) fn text(path: &Path) -> Result<String, Unread> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Otherwise(error.to_string()),
    };
    let found = fs::metadata(path).map_err(failed)?;
    if found.is_dir() {
        return Err(Unread::Folder);
    }
    // How one says on Unix that there is nothing. Other devices may never end, or never begin.
    if path == Path::new("/dev/null") {
        return Ok(String::new());
    }
    if !found.is_file() {
        return Err(Unread::NoText);
    }
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = vec![];
    file.take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MOST {
        return Err(Unread::NoText);
    }
    let text = String::from_utf8(bytes).map_err(|_| Unread::NoText)?;
    // Some editors begin a text with a mark of its encoding.
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}

/// The commented file with every setting at its default.
#[must_use]
pub const fn default_text(language: Language) -> &'static str {
    match language {
        Language::Chinese => include_str!("../../assets/config/zh.toml"),
        Language::English => include_str!("../../assets/config/en.toml"),
    }
}

/// Makes the file with the defaults where there is none, and its folder; whether it did.
///
/// # Errors
/// It cannot be made.
pub fn make(path: &Path, language: Language) -> Result<bool, Failure> {
    let failed = |error: std::io::Error| {
        failed(
            "config-cannot-make",
            path,
            vec![("reason", error.to_string())],
        )
    };
    if path.try_exists().map_err(failed)? {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = fs::File::create_new(path).map_err(failed)?;
    std::io::Write::write_all(&mut file, default_text(language).as_bytes()).map_err(failed)?;
    Ok(true)
}
