//! What an import says: a line a file, what went wrong, and at the end how many of each, what failed and what to do about it.
//! Must not write anything but the lines of JSON to stdout where JSON is asked for, nor one thing in two places: what was
//! read goes to stdout, what went wrong to stderr.

use super::columns::Columns;
use super::{Arguments, issue};
use crate::app::import::{Ending, Found, Outcome};
use crate::app::wording;
use crate::cli::complaints::Complaints;
use crate::cli::json::{self, ImportLine};
use crate::cli::output::{Output, Stop};
use crate::config::Language;
use crate::store::Status;
use std::fmt::Display;

/// Files that the summary names.
const NAMED: usize = 10;

/// A report as far as it is written.
#[derive(Debug)]
pub(super) struct Report<'a> {
    arguments: &'a Arguments,
    language: Language,
    columns: Columns,
    new: usize,
    replaced: usize,
    unchanged: usize,
    skipped: usize,
    failed: Vec<String>,
    diagnostics: usize,
    /// Issues with fewer items than the library had of them.
    fewer: usize,
    /// Issues with fewer pictures than the library had of them.
    fewer_pictures: usize,
    complaints: Complaints,
    /// Whether the library failed.
    broken: bool,
}

impl<'a> Report<'a> {
    /// For files of these names.
    pub fn new<'n>(
        arguments: &'a Arguments,
        language: Language,
        names: impl Iterator<Item = &'n str>,
    ) -> Self {
        let names = names.map(|name| wording::input_name(language, name));
        let statuses = json::STATUSES.map(|status| word(language, status));
        Self {
            arguments,
            language,
            columns: Columns::of(names, statuses),
            new: 0,
            replaced: 0,
            unchanged: 0,
            skipped: 0,
            failed: vec![],
            diagnostics: 0,
            fewer: 0,
            fewer_pictures: 0,
            complaints: Complaints::new(language),
            broken: false,
        }
    }

    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether a bar on stderr would not stand among lines of JSON.
    pub fn leaves_room(&self, output: &Output) -> bool {
        !(self.arguments.json && output.is_terminal())
    }

    /// Files that were come through.
    const fn files(&self) -> usize {
        self.new + self.replaced + self.unchanged + self.skipped + self.failed.len()
    }

    /// Whether a file failed.
    pub const fn failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// Reports a file, at once: whoever ends the program knows what was done.
    pub fn add(&mut self, outcome: &Outcome, output: &mut Output) -> Result<(), Stop> {
        self.count(outcome);
        if self.arguments.json {
            output.json(&ImportLine::new(
                outcome,
                self.arguments.dry_run,
                self.language,
            ))?;
        } else {
            for line in self.lines(outcome) {
                output.line(&line)?;
            }
        }
        output.finish()?;
        if let Some(failure) = outcome.error() {
            self.complaints.add(failure, output);
        }
        Ok(())
    }

    fn count(&mut self, outcome: &Outcome) {
        match (&outcome.ending, outcome.status()) {
            (Ending::Whole, Some(Status::New)) => self.new += 1,
            (Ending::Whole, Some(Status::Replaced)) => self.replaced += 1,
            (Ending::Whole, Some(Status::Unchanged) | None) => self.unchanged += 1,
            (Ending::Interrupted(_), _) => {}
            (Ending::Skipped(_), _) => self.skipped += 1,
            (Ending::Failed(_) | Ending::Broken(_), _) => self.failed.push(outcome.path.clone()),
        }
        self.broken |= matches!(outcome.ending, Ending::Broken(_));
        self.diagnostics += outcome.diagnostics();
        let fewer = outcome.issues.iter().filter_map(Found::more_before);
        self.fewer += fewer.count();
        let fewer_pictures = outcome.issues.iter();
        let fewer_pictures = fewer_pictures.filter_map(Found::more_pictures_before);
        self.fewer_pictures += fewer_pictures.count();
    }

    /// The lines of a file: none where nothing of it was read.
    fn lines(&mut self, outcome: &Outcome) -> Vec<String> {
        let language = self.language;
        let path = wording::input_name(language, &outcome.path);
        let status = word(language, json::status(outcome));
        if let Ending::Skipped(_) = outcome.ending {
            let reason = language.say("import.no-issue").into_owned();
            let line = || self.columns.file(&path, &status, &reason, "", &[]);
            return self.arguments.verbose.then(line).into_iter().collect();
        }
        if outcome.issues.is_empty() {
            return vec![];
        }
        let items = self.items(outcome.items());
        let mut notes = self.diagnostics_of(outcome.diagnostics());
        let mut lines = match &outcome.issues[..] {
            [one] => {
                notes.extend(issue::notes(language, one, &outcome.path));
                notes.extend(self.interruption(outcome));
                vec![
                    self.columns
                        .file(&path, &status, &self.title(one), &items, &notes),
                ]
            }
            several => {
                let n: &dyn Display = &several.len();
                let title = language.say_with("count.issues", &[("n", n)]);
                notes.extend(self.interruption(outcome));
                vec![self.columns.file(&path, &status, &title, &items, &notes)]
            }
        };
        let several = outcome.issues.len() > 1;
        let indent = if several { "    " } else { "  " };
        for issue in &outcome.issues {
            if several {
                let status = word(language, json::issue_status(issue));
                let items = self.items(issue.items);
                let mut notes = self.diagnostics_of(issue.diagnostics.len());
                notes.extend(issue::notes(language, issue, &outcome.path));
                let title = self.title(issue);
                lines.push(self.columns.issue(&title, &status, &items, &notes));
            }
            if self.arguments.verbose {
                let details = issue::details(language, issue).into_iter();
                lines.extend(details.map(|line| format!("{indent}{line}")));
                let diagnostics = issue.diagnostics.iter();
                lines.extend(diagnostics.map(|found| {
                    let diagnostic = wording::diagnostic(language, found);
                    format!("{indent}{diagnostic}")
                }));
            }
        }
        lines
    }

    fn title(&self, issue: &Found) -> String {
        let n: &dyn Display = &issue.number;
        let number = self.language.say_with("issue.number", &[("n", n)]);
        format!("{} {number}", issue.publication)
    }

    fn items(&self, items: u32) -> String {
        self.language.say_with("count.items", &[("n", &items)])
    }

    fn diagnostics_of(&self, n: usize) -> Vec<String> {
        let count = || self.language.say_with("count.diagnostics", &[("n", &n)]);
        (n > 0).then(count).into_iter().collect()
    }

    fn interruption(&self, outcome: &Outcome) -> Option<String> {
        let Ending::Interrupted(left) = outcome.ending else {
            return None;
        };
        let done = outcome.issues.len();
        let counts: [(&str, &dyn Display); 2] = [("done", &done), ("n", &(done + left))];
        Some(self.language.say_with("import.interrupted-file", &counts))
    }

    /// How many files of each kind out of `all`, which of them failed, and what to do.
    pub fn end(self, all: usize, many: bool, output: &mut Output) -> Result<(), Stop> {
        let language = self.language;
        let left = all - self.files();
        if self.arguments.dry_run {
            output.message(&language.say("import.dry-run"))?;
        }
        if many && (self.files() > 0 || left == 0) {
            self.summary(output)?;
        }
        self.unnamed(output)?;
        if many && self.fewer > 0 {
            output.message(&language.say_with("import.count-fewer", &[("n", &self.fewer)]))?;
        }
        if self.fewer_pictures > 0 && !self.arguments.photos.no_pictures {
            let n: &dyn Display = &self.fewer_pictures;
            output.message(&language.say_with("import.count-fewer-pictures", &[("n", n)]))?;
        }
        if left > 0 && all > 1 {
            let key = if self.broken {
                "import.broken"
            } else {
                "import.interrupted-run"
            };
            let counts: [(&str, &dyn Display); 2] = [("done", &self.files()), ("n", &all)];
            output.message(&language.say_with(key, &counts))?;
        }
        self.complaints.end(output);
        Ok(())
    }

    fn summary(&self, output: &mut Output) -> Result<(), Stop> {
        let language = self.language;
        let say = |key: &str, n: usize| language.say_with(key, &[("n", &n)]);
        let counts = [
            ("import.count-new", self.new),
            ("import.count-replaced", self.replaced),
            ("import.count-unchanged", self.unchanged),
            ("import.count-skipped", self.skipped),
            ("import.count-failed", self.failed.len()),
        ];
        let counts = counts.into_iter().filter(|(_, n)| *n > 0);
        let counts: Vec<String> = counts.map(|(key, n)| say(key, n)).collect();
        let mut summary = say("import.files", self.files());
        if !counts.is_empty() {
            let counts = counts.join(&language.say("import.and"));
            summary = language.say_with(
                "import.summary",
                &[("files", &summary), ("counts", &counts)],
            );
        }
        output.message(&summary)?;
        if self.failed() {
            output.message(&self.names_of_failed())?;
        }
        Ok(())
    }

    /// What `-v` would name.
    fn unnamed(&self, output: &mut Output) -> Result<(), Stop> {
        let shown = self.arguments.verbose || self.arguments.json;
        for (key, n) in [
            ("import.skipped-are", self.skipped),
            ("import.diagnostics", self.diagnostics),
        ] {
            if n > 0 && !shown {
                output.message(&self.language.say_with(key, &[("n", &n)]))?;
            }
        }
        Ok(())
    }

    fn names_of_failed(&self) -> String {
        let language = self.language;
        let names = self.failed.iter().take(NAMED);
        let names: Vec<String> = names
            .map(|path| wording::input_name(language, path))
            .collect();
        let names = names.join(&language.say("import.and"));
        match self.failed.len().saturating_sub(NAMED) {
            0 => language.say_with("import.failed-are", &[("names", &names)]),
            more => {
                let arguments: [(&str, &dyn Display); 2] = [("names", &names), ("n", &more)];
                language.say_with("import.failed-are-more", &arguments)
            }
        }
    }
}

/// The word for what became of a file or an issue.
fn word(language: Language, status: &str) -> String {
    language.say(&format!("import.{status}")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::{Command, CommandLine};
    use crate::issue::IssueNumber;
    use crate::store::{Changes, Fate};
    use clap::Parser as _;

    fn found(number: u32, status: Status) -> Found {
        Found {
            publication: "周报".to_owned(),
            number: IssueNumber(number),
            status: Some(status),
            before: None,
            changes: Changes::default(),
            fate: Fate::default(),
            twin: None,
            items: 1,
            pictures: 0,
            diagnostics: vec![],
        }
    }

    #[test]
    fn every_status_has_a_word() {
        for status in json::STATUSES.into_iter().chain(["interrupted"]) {
            for language in Language::ALL {
                assert!(language.knows(&format!("import.{status}")), "{status}");
            }
        }
    }

    #[test]
    fn a_file_that_was_interrupted_says_after_how_many_issues_and_has_not_failed() {
        let line = CommandLine::try_parse_from(["parkweekly", "import", "x"]).unwrap();
        let Some(Command::Import(arguments)) = line.command else {
            panic!("another command");
        };
        let outcome = Outcome {
            path: "x".to_owned(),
            issues: vec![found(1, Status::New), found(2, Status::Unchanged)],
            ending: Ending::Interrupted(3),
        };
        let mut report = Report::new(&arguments, Language::English, ["x"].into_iter());
        report.count(&outcome);
        assert!(!report.failed());
        assert_eq!(report.files(), 0, "not come through");
        assert_eq!(
            report.lines(&outcome),
            [
                "x  interrupted  2 issues  2 items  interrupted after 2 of 5 issues",
                "  周报 no. 1  new         1 item",
                "  周报 no. 2  unchanged   1 item",
            ]
        );
    }
}
