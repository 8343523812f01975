//! `parse FILE…`: what the parser makes of files. The library is not touched.
//! Must not stop at a file that fails.

use super::asking::{Asking, Documents, Strict};
use super::complaints::Complaints;
use super::json::ParsedIssue;
use super::output::{Output, Stop};
use super::password::{OnSignal, Passwords};
use super::progress::watched;
use super::{Settings, outline};
use crate::app::import::parse_file;
use crate::app::input::Input;
use crate::app::{Exit, wording};
use crate::config::Language;
use crate::issue::{Issue, IssueLabel};
use std::ffi::OsString;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    strict: Strict,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    let mut exit = Exit::Done;
    let mut complaints = Complaints::new(language);
    let mut parsed: Vec<Issue> = vec![];
    let documents = Documents::single(arguments.files.len() == 1);
    let asked = arguments
        .asking
        .of(documents, arguments.strict.strictness())?;
    let passwords = Passwords::new(language, OnSignal::Ends);
    let ask = |name: &str, tries| passwords.next(name, tries);
    let ways = arguments.asking.ways(&settings.program, &ask);
    for file in &arguments.files {
        let input = Input::named(file.as_ref());
        match watched(&ways, language, |ways| parse_file(&input, asked, ways)) {
            Ok(file) => {
                let objection = file.objection(asked.strictness);
                if arguments.json {
                    parsed.extend(file.issues);
                } else {
                    for issue in &file.issues {
                        summary(&file.document.name, issue, language, output)?;
                    }
                }
                if let Some(failure) = objection {
                    complaints.add(&failure, output);
                    exit = Exit::Failed;
                }
            }
            Err(failure) => {
                complaints.add(&failure, output);
                exit = Exit::Failed;
            }
        }
    }
    if arguments.json {
        let issues: Vec<_> = parsed
            .iter()
            .map(|issue| ParsedIssue::new(issue, language))
            .collect();
        match (&issues[..], arguments.files.len()) {
            ([], 1) => {}
            ([one], 1) => output.json_pretty(one)?,
            (all, _) => output.json_pretty(&all)?,
        }
    }
    complaints.end(output);
    Ok(exit)
}

/// An issue in outline: its sections, headlines and diagnostics.
fn summary(path: &str, issue: &Issue, language: Language, output: &mut Output) -> Result<(), Stop> {
    output.line(&wording::input_name(language, path))?;
    let label = IssueLabel {
        publication: issue.publication.clone(),
        number: issue.number,
        year: issue.year,
        month: issue.month,
        week: issue.week,
    };
    outline::write(&label, &outline::of_issue(issue), language, output)?;
    if !issue.diagnostics.is_empty() {
        let count = language.say_with("count.diagnostics", &[("n", &issue.diagnostics.len())]);
        output.line("")?;
        output.line(&count)?;
        for diagnostic in &issue.diagnostics {
            let diagnostic = wording::diagnostic(language, diagnostic);
            output.line(&format!("  {diagnostic}"))?;
        }
    }
    output.line("")
}
