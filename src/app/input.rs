//! What a document is read from, and what the user says of it beforehand.
//! Must not parse or store anything.

use super::Failure;
use crate::issue::{IssueDate, IssueNumber};
use crate::source::pdf::{Fault, Means};
use crate::source::{self, Document, Encoding, SourceError};
use crate::text::clean;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The name that stands for the standard input on a command line.
pub const STDIN: &str = "-";

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Input {
    /// A file, as the user named it.
    File(PathBuf),
    /// The standard input of the program.
    Stdin,
}

/// What the user says of an input, above what it says itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// The encoding it is in.
    pub encoding: Option<Encoding>,
    /// The number of its issue.
    pub number: Option<IssueNumber>,
    /// The date of its issue.
    pub date: Option<IssueDate>,
    /// Whether a diagnostic makes it a failure.
    pub strictness: Strictness,
}

/// How documents are read.
#[derive(Clone, Copy)]
pub struct Ways<'a> {
    /// What reading one takes.
    pub means: Means<'a>,
    /// Asked for the password of a document that needs one.
    pub ask: &'a Ask<'a>,
}

/// Asked for the password of a document that needs one: its name, and how many have been tried. None ends it.
pub type Ask<'a> = dyn Fn(&str, u32) -> Option<Password> + Sync + 'a;

/// A password to be tried.
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    /// As it was typed.
    pub word: String,
    /// Whether it was said of this document, and not of one before.
    pub is_its_own: bool,
}

impl<'a> Ways<'a> {
    /// Those of a program that nobody sits before.
    #[must_use]
    pub const fn of(program: &'a Path) -> Self {
        Self {
            means: Means::of(program),
            ask: &|_, _| None,
        }
    }
}

/// What a diagnostic means for the file it is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Something to know.
    #[default]
    Lenient,
    /// The file has failed.
    Strict,
}

impl Input {
    /// The input that an argument of the command line names.
    #[must_use]
    pub fn named(argument: &Path) -> Self {
        if argument == Path::new(STDIN) {
            Self::Stdin
        } else {
            Self::File(argument.to_owned())
        }
    }

    /// As the user named it, without characters that must not reach a terminal.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => clean(&path.to_string_lossy()).into_owned(),
            Self::Stdin => STDIN.to_owned(),
        }
    }

    /// The same as a path that leads there from any folder.
    #[must_use]
    pub fn whole_path(&self) -> String {
        match self {
            Self::File(path) => {
                let whole = std::path::absolute(path).map_or(Cow::Borrowed(path), Cow::Owned);
                clean(&whole.to_string_lossy()).into_owned()
            }
            Self::Stdin => STDIN.to_owned(),
        }
    }

    /// The name without folder and extension, where it has one that may say something.
    #[must_use]
    pub fn stem(&self) -> Option<String> {
        match self {
            Self::File(path) => {
                let stem = path.file_stem()?.to_string_lossy();
                Some(clean(&stem).into_owned())
            }
            Self::Stdin => None,
        }
    }

    /// Whether reading it may take until somebody writes to it.
    #[must_use]
    pub fn may_wait(&self) -> bool {
        match self {
            Self::File(path) => std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()),
            Self::Stdin => true,
        }
    }

    /// Reads it whole. Where it needs a password, those that are asked for are tried until none is said.
    ///
    /// # Errors
    /// There is nothing, or nothing that is a document.
    pub fn read(&self, encoding: Option<Encoding>, ways: &Ways<'_>) -> Result<Document, Failure> {
        let (name, bytes) = match self {
            Self::File(path) if path.as_os_str().is_empty() => {
                return Err(Failure::new("input-without-name", vec![]));
            }
            Self::File(path) => source::bytes_of(path)?,
            Self::Stdin => {
                let bytes = source::bytes_from(STDIN, std::io::stdin().lock())?;
                (STDIN.to_owned(), bytes)
            }
        };
        let read = |password: Option<&str>| {
            let means = Means {
                password,
                ..ways.means
            };
            source::document(&name, &bytes, encoding, &means)
        };
        // One that opens without a password is not shut by one.
        let mut document = read(None);
        let is_shut = |document: &Result<Document, SourceError>| {
            matches!(
                document,
                Err(SourceError::Pdf {
                    fault: Fault::PasswordNeeded | Fault::PasswordWrong,
                    ..
                })
            )
        };
        if let (true, Some(given)) = (is_shut(&document), ways.means.password) {
            document = read(Some(given));
        }
        let mut is_said = ways.means.password.is_some();
        for tries in 0.. {
            let asked = is_shut(&document).then(|| (ways.ask)(&name, tries));
            let Some(password) = asked.flatten() else {
                break;
            };
            is_said |= password.is_its_own;
            document = read(Some(&password.word));
        }
        if is_shut(&document) && !is_said {
            // That another one's is wrong is nothing to tell.
            let fault = Fault::PasswordNeeded;
            return Err(SourceError::Pdf {
                path: clean(&name).into_owned(),
                fault,
            }
            .into());
        }
        Ok(document?)
    }
}
