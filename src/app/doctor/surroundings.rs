//! The terminal and the environment of a run.
//! Must not ask the terminal anything: whoever has it does.

use super::Report;
use crate::app::looks::{Answers, Looks};
use crate::app::themes::Chosen;
use crate::config::{Language, Screen};
use crate::look::Background;
use crate::store::Finding;
use crate::text::Ambiguous;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// The variables that a run depends on.
pub const VARIABLES: [&str; 19] = [
    "TERM",
    "COLORTERM",
    "COLORFGBG",
    "STY",
    "TMUX",
    "WT_SESSION",
    "NO_COLOR",
    "PARKWEEKLY_AMBIGUOUS",
    "PARKWEEKLY_CONFIG",
    "PARKWEEKLY_LANG",
    "PARKWEEKLY_LIBRARY",
    "PARKWEEKLY_VIEWER",
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
    /// What it answered; none where it was not asked.
    pub answers: Option<Answers>,
}

impl Terminal {
    /// What it answered to one question, or why it did not.
    fn answer(self, value: impl Fn(Answers) -> Option<Value>) -> Value {
        match self.answers.map(value) {
            None => "not-asked".into(),
            Some(None) => "no-answer".into(),
            Some(Some(value)) => value,
        }
    }
}

/// Columns of a character of ambiguous width.
const fn columns(ambiguous: Ambiguous) -> u8 {
    match ambiguous {
        Ambiguous::Narrow => 1,
        Ambiguous::Wide => 2,
    }
}

/// As it is written in the settings.
pub(super) const fn word(background: Background) -> &'static str {
    match background {
        Background::Dark => "dark",
        Background::Light => "light",
    }
}

fn named(name: &str, value: &str) -> Vec<(&'static str, String)> {
    vec![("name", name.to_owned()), ("value", value.to_owned())]
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
    /// What is set of the screen.
    pub screen: Screen,
    /// The theme that is set of it.
    pub theme: Chosen,
    /// The settings file, whether it is there or not; none where no home is known.
    pub settings: Option<PathBuf>,
    /// How many things are wrong in it; none where it cannot be read.
    pub faults: Option<usize>,
    /// The language of the run.
    pub language: Language,
    /// Those of [`VARIABLES`] that are set.
    pub variables: BTreeMap<&'static str, String>,
}

impl Surroundings {
    /// A variable that is set to something.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        let value = self.variables.get(name)?.as_str();
        (!value.is_empty()).then_some(value)
    }

    /// How the reader looks here.
    pub(super) fn looks(&self) -> Looks {
        let variable = |name: &str| self.variable(name).map(OsString::from);
        Looks::new(self.screen.clone(), variable)
    }

    /// How wide the reader takes ambiguous characters to be here.
    fn ambiguous(&self) -> Ambiguous {
        let answers = self.terminal.answers.unwrap_or_default();
        self.looks().ambiguous(answers)
    }

    /// Adds the settings file, and what is wrong with it.
    fn examine_settings(&self, report: &mut Report) {
        let path = self
            .settings
            .as_ref()
            .map(|path| path.display().to_string());
        let is_there = self.settings.as_ref().is_some_and(|path| path.exists());
        report.groups.push((
            "settings",
            vec![
                ("path", path.clone().into()),
                ("there", is_there.into()),
                ("variable", self.variable("PARKWEEKLY_CONFIG").into()),
                ("faults", self.faults.into()),
            ],
        ));
        let path = ("path", path.unwrap_or_default());
        let finding = match self.faults {
            Some(0) => return,
            Some(faults) => {
                let arguments = vec![path, ("n", faults.to_string())];
                Finding::wrong("settings-faulty", "config-check", arguments)
            }
            None => Finding::wrong("settings-unread", "config-check", vec![path]),
        };
        report.findings.push(finding);
    }

    /// Adds what is known of the settings, the terminal and the language.
    pub(super) fn examine(&self, report: &mut Report) {
        self.examine_settings(report);
        self.examine_terminal(report);
        self.examine_looks(report);
        self.examine_language(report);
    }

    fn examine_terminal(&self, report: &mut Report) {
        let variable = |name: &str| self.variable(name).into();
        let (columns_there, rows) = self.terminal.size.unzip();
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
                ("columns", columns_there.into()),
                ("rows", rows.into()),
                ("no_color", variable("NO_COLOR")),
                ("ambiguous", variable("PARKWEEKLY_AMBIGUOUS")),
                ("ambiguous_width", columns(self.ambiguous()).into()),
                (
                    "ambiguous_answer",
                    self.terminal
                        .answer(|said| said.ambiguous.map(|width| columns(width).into())),
                ),
                (
                    "background_answer",
                    self.terminal
                        .answer(|said| said.background.map(|ground| word(ground).into())),
                ),
            ],
        ));
        if let Some(width) = ambiguous.filter(|width| !["1", "2"].contains(width)) {
            let arguments = named("PARKWEEKLY_AMBIGUOUS", width);
            report.findings.push(Finding::wrong(
                "variable-unknown",
                "set-ambiguous",
                arguments,
            ));
        }
    }

    fn examine_language(&self, report: &mut Report) {
        let variable = |name: &str| self.variable(name).into();
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
                ("parkweekly_viewer", variable("PARKWEEKLY_VIEWER")),
            ],
        ));
        if !self.is_utf8() {
            let locale = self.locale().unwrap_or("C").to_owned();
            let finding = Finding::wrong("not-utf8", "set-utf8", vec![("locale", locale)]);
            report.findings.push(finding);
        }
        if let Some(language) = self.variable("PARKWEEKLY_LANG")
            && Language::from_code(language).is_none()
        {
            let arguments = named("PARKWEEKLY_LANG", language);
            report
                .findings
                .push(Finding::wrong("variable-unknown", "set-lang", arguments));
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
