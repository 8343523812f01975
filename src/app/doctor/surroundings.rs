//! The terminal and the environment of a run.
//! Must not ask the terminal anything: its answer would be taken for keys.

use super::Report;
use crate::config::Language;
use crate::store::Finding;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The variables that a run depends on.
pub const VARIABLES: [&str; 13] = [
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "PARKWEEKLY_AMBIGUOUS",
    "PARKWEEKLY_LANG",
    "PARKWEEKLY_LIBRARY",
    "LC_ALL",
    "LC_MESSAGES",
    "LC_CTYPE",
    "LANG",
    "VISUAL",
    "EDITOR",
    "PAGER",
];

/// Who said where the library is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenBy {
    /// `--library`.
    Flag,
    /// `PARKWEEKLY_LIBRARY`.
    Variable,
    /// Nobody: the data folder of this user.
    Nobody,
}

impl ChosenBy {
    /// As it is written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flag => "--library",
            Self::Variable => "PARKWEEKLY_LIBRARY",
            Self::Nobody => "default",
        }
    }
}

/// What standard input, output and error are, and how large the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Whether each of the three is a terminal.
    pub streams: [bool; 3],
    /// Columns and rows, where it tells.
    pub size: Option<(u16, u16)>,
}

/// What surrounds a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The folder of the library, where one is named.
    pub library: Option<PathBuf>,
    /// Who named it.
    pub chosen_by: ChosenBy,
    /// The terminal.
    pub terminal: Terminal,
    /// The language of the run.
    pub language: Language,
    /// Those of [`VARIABLES`] that are set.
    pub variables: BTreeMap<&'static str, String>,
}

impl Surroundings {
    /// A variable that is set to something.
    fn variable(&self, name: &str) -> Option<&str> {
        let value = self.variables.get(name)?.as_str();
        (!value.is_empty()).then_some(value)
    }

    /// Adds what is known of the terminal and the language.
    pub(super) fn examine(&self, report: &mut Report) {
        let variable = |name: &str| self.variable(name).into();
        let (columns, rows) = self.terminal.size.unzip();
        let ambiguous = self.variable("PARKWEEKLY_AMBIGUOUS");
        let [stdin, stdout, stderr] = self.terminal.streams;
        report.groups.push((
            "terminal",
            vec![
                ("stdin", stdin.into()),
                ("stdout", stdout.into()),
                ("stderr", stderr.into()),
                ("term", variable("TERM")),
                ("colorterm", variable("COLORTERM")),
                ("columns", columns.into()),
                ("rows", rows.into()),
                ("no_color", variable("NO_COLOR")),
                ("colours", self.variable("NO_COLOR").is_none().into()),
                ("ambiguous", variable("PARKWEEKLY_AMBIGUOUS")),
                (
                    "ambiguous_width",
                    if ambiguous == Some("2") { 2 } else { 1 }.into(),
                ),
            ],
        ));
        report.groups.push((
            "language",
            vec![
                ("lc_all", variable("LC_ALL")),
                ("lc_messages", variable("LC_MESSAGES")),
                ("lc_ctype", variable("LC_CTYPE")),
                ("lang", variable("LANG")),
                ("parkweekly_lang", variable("PARKWEEKLY_LANG")),
                ("used", self.language.code().into()),
                ("utf8", self.is_utf8().into()),
            ],
        ));
        report.groups.push((
            "programs",
            vec![
                ("visual", variable("VISUAL")),
                ("editor", variable("EDITOR")),
                ("pager", variable("PAGER")),
            ],
        ));
        if !self.is_utf8() {
            let locale = self.locale().unwrap_or("C").to_owned();
            let finding = Finding::wrong("not-utf8", "set-utf8", vec![("locale", locale)]);
            report.findings.push(finding);
        }
        let named = |name, value: &str| vec![("name", name), ("value", value.to_owned())];
        if let Some(language) = self.variable("PARKWEEKLY_LANG")
            && Language::from_code(language).is_none()
        {
            let arguments = named("PARKWEEKLY_LANG".to_owned(), language);
            report
                .findings
                .push(Finding::wrong("variable-unknown", "set-lang", arguments));
        }
        if let Some(width) = ambiguous.filter(|width| !["1", "2"].contains(width)) {
            let arguments = named("PARKWEEKLY_AMBIGUOUS".to_owned(), width);
            report.findings.push(Finding::wrong(
                "variable-unknown",
                "set-ambiguous",
                arguments,
            ));
        }
    }

    /// The locale that says how characters are encoded.
    fn locale(&self) -> Option<&str> {
        let mut names = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
        names.find_map(|name| self.variable(name))
    }

    /// Whether a terminal of this locale shows UTF-8, in which everything is written. Windows has no such variable.
    fn is_utf8(&self) -> bool {
        let says = |locale: &str| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        cfg!(windows) || self.locale().is_some_and(says)
    }
}
