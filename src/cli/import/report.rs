//! What an import says: a line a file, what went wrong, and at the end how many of each.
//! Must not write anything but the lines of JSON to stdout where JSON is asked for.

use super::Arguments;
use crate::app::import::Outcome;
use crate::app::wording;
use crate::cli::json::{ImportLine, status};
use crate::cli::output::{Output, Stop};
use crate::cli::table::{self, Side};
use crate::config::Language;
use crate::store::Status;
use std::fmt::Display;

/// A report as far as it is written.
#[derive(Debug)]
pub(super) struct Report<'a> {
    arguments: &'a Arguments,
    language: Language,
    new: usize,
    replaced: usize,
    unchanged: usize,
    failed: usize,
    diagnostics: usize,
}

impl<'a> Report<'a> {
    pub const fn new(arguments: &'a Arguments, language: Language) -> Self {
        Self {
            arguments,
            language,
            new: 0,
            replaced: 0,
            unchanged: 0,
            failed: 0,
            diagnostics: 0,
        }
    }

    /// Whether a bar on stderr would not stand among lines of JSON.
    pub fn leaves_room(&self, output: &Output) -> bool {
        !(self.arguments.json && output.is_terminal())
    }

    /// Files reported.
    pub const fn files(&self) -> usize {
        self.new + self.replaced + self.unchanged + self.failed
    }

    /// Whether a file failed.
    pub const fn failed(&self) -> bool {
        self.failed > 0
    }

    /// Reports a file, at once: whoever ends the program knows what was done.
    pub fn add(&mut self, outcome: &Outcome, output: &mut Output) -> Result<(), Stop> {
        let count = match outcome.status() {
            Some(Status::New) => &mut self.new,
            Some(Status::Replaced) => &mut self.replaced,
            Some(Status::Unchanged) => &mut self.unchanged,
            None => &mut self.failed,
        };
        *count += 1;
        self.diagnostics += outcome.diagnostics();
        if self.arguments.json {
            output.json(&ImportLine::new(
                outcome,
                self.arguments.dry_run,
                self.language,
            ))?;
        } else {
            output.line(&self.line(outcome))?;
            if self.arguments.verbose {
                for diagnostic in outcome.issues.iter().flat_map(|issue| &issue.diagnostics) {
                    let diagnostic = wording::diagnostic(self.language, diagnostic);
                    output.line(&format!("  {diagnostic}"))?;
                }
            }
        }
        output.finish()?;
        if let Some(failure) = &outcome.error {
            output.failure(failure, self.language);
        }
        Ok(())
    }

    /// Path, what became of it, its issues, items and diagnostics.
    fn line(&self, outcome: &Outcome) -> String {
        let language = self.language;
        let word = language.say(&format!("import.{}", status(outcome.status())));
        let path = match &*outcome.path {
            "" => "\"\"",
            path => path,
        };
        let mut cells = vec![path.to_owned(), word.into_owned()];
        for issue in &outcome.issues {
            let number = language.say_with("issue.number", &[("n", &issue.number)]);
            cells.push(format!("{} {number}", issue.publication));
        }
        if !outcome.issues.is_empty() {
            cells.push(language.say_with("count.items", &[("n", &outcome.items())]));
        }
        if outcome.diagnostics() > 0 {
            cells.push(language.say_with("count.diagnostics", &[("n", &outcome.diagnostics())]));
        }
        let sides = vec![Side::Left; cells.len()];
        table::lines(&[cells], &sides).concat()
    }

    /// How many files of each kind; `left` are those that were not come to.
    pub fn summary(&self, left: usize, output: &mut Output) -> Result<(), Stop> {
        let language = self.language;
        if self.arguments.dry_run {
            output.message(&language.say("import.dry-run"))?;
        }
        let counts: [(&str, &dyn Display); 5] = [
            ("files", &self.files()),
            ("new", &self.new),
            ("replaced", &self.replaced),
            ("unchanged", &self.unchanged),
            ("failed", &self.failed),
        ];
        output.message(&language.say_with("import.summary", &counts))?;
        let shown = self.arguments.verbose || self.arguments.json;
        if self.diagnostics > 0 && !shown {
            let n: [(&str, &dyn Display); 1] = [("n", &self.diagnostics)];
            output.message(&language.say_with("import.diagnostics", &n))?;
        }
        if left > 0 {
            output.message(&language.say_with("import.left", &[("n", &left)]))?;
        }
        Ok(())
    }
}
