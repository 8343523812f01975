//! What is wrong with a settings file, each with its place, for words at the edge.
//! Must not put it into words.

use std::ops::Range;

/// Something in a settings file that cannot be taken; its default is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The key that it is about, with those of its tables: `page.measure`; empty where it is about none.
    pub key: String,
    /// What it is.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No TOML, in the words of its parser.
    Syntax(String),
    /// A key that does not exist, and the one that may be meant.
    Unknown(Option<String>),
    /// A context of keys that does not exist, and those that do.
    Context(Vec<&'static str>),
    /// A value of another kind than this one: a name for the words, `table`, `number`, `text`, `switch`, `keys`, `style`, `colour`.
    Kind(&'static str),
    /// A word that is none of these.
    Word(String, Vec<&'static str>),
    /// A number outside of these.
    Number(i64, i64, i64),
    /// A name of a key that names none.
    Key(String),
    /// A name of a key that a terminal sends as another one, and that one.
    Sent(String, String),
    /// Strokes that mean two things: the strokes, and the two actions.
    Conflict(String, &'static str, &'static str),
    /// Strokes that begin with others, those, and their action.
    Begun(String, String, &'static str),
    /// Strokes with which others begin, those, and their action.
    Begins(String, String, &'static str),
    /// A context from which no key leads back any more.
    NoWayOut,
    /// A word that is no colour, and the one that may be meant.
    Colour(String, Option<String>),
    /// A name that no theme has, and the one that may be meant.
    Theme(String, Option<String>),
    /// A file of a theme that is not there.
    NoTheme(String),
    /// A file of a theme that cannot be read, and why.
    Unread(String, String),
    /// A folder where a file of a theme is named.
    Folder(String),
    /// A file of a theme that is no text.
    NoText(String),
    /// A theme that inherits itself.
    Circle(String),
}

impl Fault {
    /// The stable name, for `config.<code>` in the locales.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "syntax",
            Self::Unknown(None) => "unknown",
            Self::Unknown(Some(_)) => "unknown-near",
            Self::Context(_) => "context",
            Self::Kind(_) => "kind",
            Self::Word(..) => "word",
            Self::Number(..) => "number",
            Self::Key(_) => "key",
            Self::Sent(..) => "sent",
            Self::Conflict(..) => "conflict",
            Self::Begun(..) => "begun",
            Self::Begins(..) => "begins",
            Self::NoWayOut => "no-way-out",
            Self::Colour(_, None) => "colour",
            Self::Colour(_, Some(_)) => "colour-near",
            Self::Theme(_, None) => "theme",
            Self::Theme(_, Some(_)) => "theme-near",
            Self::NoTheme(_) => "theme-missing",
            Self::Unread(..) => "theme-unreadable",
            Self::Folder(_) => "theme-folder",
            Self::NoText(_) => "theme-no-text",
            Self::Circle(_) => "theme-circle",
        }
    }

    /// What the words are filled in with; of `words` one a line.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Syntax(reason) => vec![("reason", reason.clone())],
            Self::Unknown(near) => vec![("near", near.clone().unwrap_or_default())],
            Self::Kind(kind) => vec![("kind", (*kind).to_owned())],
            Self::Word(word, words) => vec![("word", word.clone()), ("words", words.join("\n"))],
            Self::Context(words) => vec![("words", words.join("\n"))],
            Self::Number(number, least, most) => vec![
                ("number", number.to_string()),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ],
            Self::Key(name) | Self::Circle(name) => vec![("name", name.clone())],
            Self::Sent(name, sent) => vec![("name", name.clone()), ("sent", sent.clone())],
            Self::Begun(keys, other, action) | Self::Begins(keys, other, action) => vec![
                ("keys", keys.clone()),
                ("other", other.clone()),
                ("action", (*action).to_owned()),
            ],
            Self::Conflict(keys, first, second) => vec![
                ("keys", keys.clone()),
                ("first", (*first).to_owned()),
                ("second", (*second).to_owned()),
            ],
            Self::NoWayOut => vec![],
            Self::Colour(name, near) | Self::Theme(name, near) => vec![
                ("name", name.clone()),
                ("near", near.clone().unwrap_or_default()),
            ],
            Self::NoTheme(path) | Self::Folder(path) | Self::NoText(path) => {
                vec![("path", path.clone())]
            }
            Self::Unread(path, reason) => {
                vec![("path", path.clone()), ("reason", reason.clone())]
            }
        }
    }
}

/// Collects what is wrong with a text.
#[derive(Debug)]
pub(in crate::config) struct Problems<'t> {
    text: &'t str,
    found: Vec<Problem>,
    /// Full names of all settings that were asked for.
    pub asked: Vec<String>,
}

impl<'t> Problems<'t> {
    pub const fn of(text: &'t str) -> Self {
        Self {
            text,
            found: vec![],
            asked: vec![],
        }
    }

    pub fn add(&mut self, at: &Range<usize>, key: &str, fault: Fault) {
        let (line, column) = self.place(at);
        self.found.push(Problem {
            line,
            column,
            key: key.to_owned(),
            fault,
        });
    }

    /// Names the full setting where one is told to be unknown that stands under this name in another table.
    pub fn name_elsewhere(&mut self) {
        for problem in &mut self.found {
            let Fault::Unknown(near) = &mut problem.fault else {
                continue;
            };
            let (table, name) = problem.key.rsplit_once('.').unwrap_or(("", &problem.key));
            let mut asked = self.asked.iter();
            let elsewhere = asked.find(|known| {
                known
                    .rsplit_once('.')
                    .is_some_and(|(own, known)| own != table && known == name)
            });
            if let Some(known) = elsewhere {
                *near = Some(known.clone());
            }
        }
    }

    /// Line and column of a place.
    pub fn place(&self, at: &Range<usize>) -> (usize, usize) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    /// All of them, in the order of the text.
    pub fn all(mut self) -> Vec<Problem> {
        self.found
            .sort_by_key(|problem| (problem.line, problem.column));
        self.found
    }
}
