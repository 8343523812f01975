//! The one shape that the errors of every layer end in: a code, arguments, and the exit code of a run that ends with it.
//! Must not hold words; they come from `assets/locales` in the language of the edge.

use super::input::STDIN;
use super::system;
use super::wording::input_name;
use crate::config::{Language, NoHome};
use crate::issue::{AddressError, IssueDateError};
use crate::parse::ParseError;
use crate::query::QueryError;
use crate::source::{SourceError, UnknownEncoding};
use crate::store::StoreError;
use crate::text::clean;
use std::fmt::{self, Display};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Exit {
    /// Done.
    #[default]
    Done,
    /// Something could not be read, written or understood.
    Failed,
    /// The command line or a query makes no sense.
    Usage,
    /// An address or a search that leads nowhere.
    Nothing,
    /// A signal of this number, caught in order to end in good order; it is to be raised again.
    Signal(i32),
}

/// What a shell adds to the number of the signal that ended a program.
const SIGNALLED: u8 = 128;

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Nothing => 3,
            Self::Signal(signal) => SIGNALLED.wrapping_add(signal.to_le_bytes()[0]),
        }
    }
}

/// Characters of what was written that a message shows at most.
const LONGEST_SHOWN: usize = 400;

/// What went wrong, ready to be put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Stable name: its words are `error.<code>`, and `hint.<code>` says what to do.
    pub code: &'static str,
    /// What the words are filled in with.
    pub arguments: Vec<(&'static str, String)>,
    /// How a run that ends with it ends.
    pub exit: Exit,
    /// Whether of all that the run was to change nothing was changed.
    pub is_of_all: bool,
}

impl Failure {
    /// A failure with these arguments that ends a run with 1.
    #[must_use]
    pub const fn new(code: &'static str, arguments: Vec<(&'static str, String)>) -> Self {
        Self {
            code,
            arguments,
            exit: Exit::Failed,
            is_of_all: false,
        }
    }

    /// The same, where it is one of several things, and nothing was changed for its sake.
    #[must_use]
    pub fn of_all(self, things: usize) -> Self {
        Self {
            is_of_all: things > 1,
            ..self
        }
    }

    /// The same, ending a run otherwise.
    #[must_use]
    pub fn ending(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }

    /// The same, with one more argument unless it is there.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        if self.arguments.iter().all(|(known, _)| *known != name) {
            self.arguments.push((name, value.to_string()));
        }
        self
    }

    /// What went wrong, on what.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.fill(language, &format!("error.{}", self.code))
    }

    /// What to do about it, where there is something to say.
    #[must_use]
    pub fn hint(&self, language: Language) -> Option<String> {
        let key = format!("hint.{}", self.code);
        let hint = language.knows(&key).then(|| self.fill(language, &key))?;
        if self.is_of_all {
            return Some(language.say_with("hint.of-all", &[("hint", &hint)]));
        }
        Some(hint)
    }

    /// Arguments are paths, addresses and words of the system: cleaned, so that none of them reaches a terminal raw.
    /// The standard input is called by its name.
    fn fill(&self, language: Language, key: &str) -> String {
        let arguments: Vec<(&str, String)> = self
            .arguments
            .iter()
            .map(|(name, value)| match (*name, value.as_str()) {
                ("path", STDIN) => ("path", input_name(language, STDIN)),
                ("path", path) => ("path", clean(path).into_owned()),
                // The names of several, a line each.
                ("publications", names) => {
                    let names: Vec<String> = names.lines().map(shown).collect();
                    ("publications", names.join(&language.say("list.and")))
                }
                ("reason", reason) => ("reason", shown(&system::worded(language, reason))),
                (name, value) => (name, shown(value)),
            })
            .collect();
        let arguments: Vec<(&str, &dyn Display)> = arguments
            .iter()
            .map(|(name, value)| (*name, value as &dyn Display))
            .collect();
        language.say_with(key, &arguments)
    }
}

/// What was written, as far as a screen has room for it. A path is to be found again, and stays whole.
fn shown(value: &str) -> String {
    let value = clean(value);
    match value.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", value[..end].trim_end()),
        None => value.into_owned(),
    }
}

impl Display for Failure {
    /// In English, for logs and tests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for Failure {}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::new(error.code(), error.arguments())
    }
}

impl From<ParseError> for Failure {
    fn from(error: ParseError) -> Self {
        Self::new(error.code(), error.arguments())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

impl From<&StoreError> for Failure {
    fn from(error: &StoreError) -> Self {
        let exit = match error {
            StoreError::NoSuchAddress { .. } | StoreError::NoSuchIssue { .. } => Exit::Nothing,
            StoreError::Ambiguous { .. } => Exit::Usage,
            _ => Exit::Failed,
        };
        Self::new(error.code(), error.arguments()).ending(exit)
    }
}

impl From<NoHome> for Failure {
    fn from(_: NoHome) -> Self {
        Self::new("no-home", vec![])
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        let meant = error.problem.meant();
        let arguments = vec![
            ("column", (error.at.start + 1).to_string()),
            ("written", error.problem.written().to_owned()),
            ("chinese", meant.chinese),
            ("english", meant.english),
        ];
        Self::new(error.problem.code(), arguments).ending(Exit::Usage)
    }
}

impl From<AddressError> for Failure {
    fn from(error: AddressError) -> Self {
        Self::new("address-malformed", vec![("address", error.0)]).ending(Exit::Usage)
    }
}

impl From<IssueDateError> for Failure {
    fn from(error: IssueDateError) -> Self {
        Self::new("date-malformed", vec![("date", error.0)]).ending(Exit::Usage)
    }
}

impl From<UnknownEncoding> for Failure {
    fn from(error: UnknownEncoding) -> Self {
        let failure = match error.meant {
            None => Self::new("encoding-unknown", vec![]),
            Some(meant) => Self::new("encoding-mistyped", vec![("meant", meant.to_owned())]),
        };
        failure.with("encoding", error.label).ending(Exit::Usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::IssueDate;
    use crate::query::Query;
    use crate::source::Encoding;
    use crate::store::Which;

    /// One error of each kind that the store knows.
    fn store_errors() -> Vec<StoreError> {
        let path = || "library".into();
        let reason = || "reason".to_owned();
        let address = || "7/1".to_owned();
        vec![
            StoreError::CannotCreate {
                path: path(),
                reason: reason(),
            },
            StoreError::CannotOpen {
                path: path(),
                reason: reason(),
            },
            StoreError::Foreign { path: path() },
            StoreError::Newer {
                path: path(),
                found: 9,
                known: 1,
            },
            StoreError::NotAFolder { path: path() },
            StoreError::Damaged {
                file: None,
                reason: reason(),
            },
            StoreError::Damaged {
                file: Some((Which::Marks, path())),
                reason: reason(),
            },
            StoreError::Emptied {
                which: Which::Content,
                path: path(),
            },
            StoreError::Emptied {
                which: Which::Marks,
                path: path(),
            },
            StoreError::MarksMissing {
                path: path(),
                copies: 2,
            },
            StoreError::ReadOnly {
                path: Some(path()),
                reason: reason(),
            },
            StoreError::NoRoom { reason: reason() },
            StoreError::Unsafe {
                path: path(),
                reason: reason(),
            },
            StoreError::NotCopied {
                path: path(),
                reason: reason(),
            },
            StoreError::BadCopy {
                path: path(),
                reason: reason(),
            },
            StoreError::NotAFile { path: path() },
            StoreError::LinkToNothing {
                path: path(),
                to: path(),
            },
            StoreError::FaultyCopy {
                path: path(),
                faults: 2,
            },
            StoreError::CopyUnreadable {
                path: path(),
                reason: reason(),
            },
            StoreError::NoMarks { path: path() },
            StoreError::Faulty {
                path: path(),
                faults: 2,
            },
            StoreError::OnlyMarks { folder: path() },
            StoreError::NoCopy { folder: path() },
            StoreError::Locked,
            StoreError::NotWritable { reason: reason() },
            StoreError::NumberTooLarge {
                number: 9,
                largest: 8,
            },
            StoreError::DateTooLarge {
                year: 9999,
                month: 1,
                week: 1,
            },
            StoreError::TooManyItems { most: 9 },
            StoreError::TooManyPublications { most: 9 },
            StoreError::RepeatedSection { ordinal: 1 },
            StoreError::NoSuchAddress { address: address() },
            StoreError::NoSuchIssue { address: address() },
            StoreError::Ambiguous {
                address: address(),
                publications: vec!["甲".to_owned(), "乙".to_owned()],
            },
            StoreError::Stopped,
            StoreError::Other { reason: reason() },
        ]
    }

    #[test]
    fn every_failure_has_a_message_and_a_hint_in_both_languages() {
        let of_others = [
            StoreError::NoteChanged,
            StoreError::FixChanged,
            StoreError::SavedChanged,
            StoreError::NotesTooLong,
            StoreError::MarksChanged,
            StoreError::Replaced,
            StoreError::MarksGone { path: "x".into() },
            StoreError::OtherFile {
                which: Which::Content,
                path: "library".into(),
            },
            StoreError::OtherFile {
                which: Which::Marks,
                path: "marks".into(),
            },
        ];
        let mut failures: Vec<Failure> = store_errors()
            .into_iter()
            .chain(of_others)
            .map(|error| Failure::from(error).with("path", "x.txt"))
            .collect();
        failures.push(NoHome.into());
        failures.push(AddressError("x".to_owned()).into());
        failures.push("13月".parse::<IssueDate>().unwrap_err().into());
        for label in ["utf16", "klingon"] {
            failures.push(label.parse::<Encoding>().unwrap_err().into());
        }
        for text in [
            "x:1",
            "sectio:1",
            "is:x",
            "issue:x",
            "issue:9..1",
            "stage:签",
            "stage:singed",
            "has:x",
            "amount:x",
            "amount:9..1",
            "projects:x",
            "area:x",
            "date:7q",
            "sort:x",
            "(sort:date)",
            "is:",
            "\"x",
        ] {
            failures.push(text.parse::<Query>().unwrap_err().into());
        }
        let many = "x ".repeat(1000);
        failures.push(many.parse::<Query>().unwrap_err().into());
        for error in [
            ParseError::NoIssue,
            ParseError::NoNumber,
            ParseError::NoPublication,
            ParseError::NoItems,
            ParseError::SeveralIssues,
        ] {
            failures.push(Failure::from(error).with("path", "x.txt"));
        }
        for failure in failures {
            for language in Language::ALL {
                let hint = failure.hint(language);
                let hint = hint.unwrap_or_else(|| panic!("no hint for {}", failure.code));
                let message = failure.message(language);
                assert!(!message.contains(failure.code), "no words: {message}");
                for text in [hint, message] {
                    assert!(!text.contains("%{"), "not filled in: {text}");
                }
            }
        }
    }

    #[test]
    fn an_argument_never_brings_control_characters_along() {
        let failure = Failure::from(AddressError("\u{1b}[31m7\u{1b}[\u{202e}".to_owned()));
        for language in Language::ALL {
            let message = failure.message(language);
            assert!(message.contains("“7”"));
            assert!(!message.contains(['\u{1b}', '\u{202e}']));
        }
    }

    #[test]
    fn what_is_too_long_for_a_screen_is_cut_and_a_path_is_not() {
        let long = "长".repeat(LONGEST_SHOWN + 1);
        let failure = Failure::new("tag-too-long", vec![("written", long.clone())]);
        let message = failure.message(Language::Chinese);
        assert!(message.chars().count() < LONGEST_SHOWN + 20 && message.contains('…'));
        let failure = Failure::new("source-not-found", vec![("path", long.clone())]);
        assert!(failure.message(Language::Chinese).contains(&long));
    }

    #[test]
    fn an_argument_that_is_there_stays() {
        let failure = Failure::new("x", vec![("path", "a".to_owned())]).with("path", "b");
        assert_eq!(failure.arguments, [("path", "a".to_owned())]);
    }
}
