//! `parse FILE…`: what the parser makes of files. The library is not touched.
//! Must not stop at a file that fails.

use super::Settings;
use super::json::ParsedIssue;
use super::output::{Output, Stop};
use crate::app::import::parse_file;
use crate::app::{Exit, wording};
use crate::config::Language;
use crate::issue::{Address, Issue, Part};
use crate::text::clean;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
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
    let mut parsed: Vec<Issue> = vec![];
    for path in &arguments.files {
        match parse_file(path) {
            Ok(file) if arguments.json => parsed.extend(file.issues),
            Ok(file) => {
                for issue in &file.issues {
                    summary(&file.document.name, issue, language, output)?;
                }
            }
            Err(failure) => {
                let failure = failure.with("path", clean(&path.to_string_lossy()));
                output.failure(&failure, language);
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
    Ok(exit)
}

/// An issue in outline: its sections, headlines and diagnostics.
fn summary(path: &str, issue: &Issue, language: Language, output: &mut Output) -> Result<(), Stop> {
    output.line(path)?;
    let number = language.say_with("issue.number", &[("n", &issue.number)]);
    let date = wording::issue_date(language, (issue.year, issue.month, issue.week));
    let items = language.say_with("count.items", &[("n", &issue.items().count())]);
    let facts = [number, date, items];
    let facts: Vec<&str> = facts
        .iter()
        .map(String::as_str)
        .filter(|fact| !fact.is_empty())
        .collect();
    output.line(&format!("{} {}", issue.publication, facts.join(" · ")))?;
    for section in &issue.sections {
        let items = language.say_with("count.items", &[("n", &section.items.len())]);
        let address = Address {
            publication: None,
            issue: issue.number,
            part: Part::Section(section.ordinal),
        };
        output.line("")?;
        output.line(&format!("{address}  {}  {items}", section.title))?;
        for item in &section.items {
            let address = Address::item(issue.number, section.ordinal, item.ordinal);
            output.line(&format!("  {address}  {}", item.headline))?;
        }
    }
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
