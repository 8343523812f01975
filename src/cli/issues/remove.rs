//! `issues remove N…`: takes issues out of the library, after asking; their marks stay.
//! Must not take one out where another of the numbers leads nowhere.

use crate::app::{Exit, Failure};
use crate::cli::confirm::confirmed;
use crate::cli::json::RemovedLine;
use crate::cli::output::{Output, Stop};
use crate::cli::{Settings, address};
use crate::config::Language;
use crate::issue::{IssueHead, Part};
use crate::store::{Located, Store};
use std::fmt::Display;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(required = true, value_name = "ISSUE")]
    issues: Vec<String>,
    #[arg(long, short)]
    yes: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    let mut store = settings.store()?;
    let mut issues: Vec<IssueHead> = vec![];
    for text in &arguments.issues {
        let all = arguments.issues.len();
        let issue = issue(&store, text).map_err(|failure| failure.of_all(all))?;
        // The same one twice is one.
        if issues.iter().all(|known| known.id != issue.id) {
            issues.push(issue);
        }
    }
    let names: Vec<String> = issues.iter().map(|issue| name(issue, language)).collect();
    let items: u32 = issues.iter().map(|issue| issue.items).sum();
    let counts: [(&str, &dyn Display); 2] = [
        ("names", &names.join(&language.say("list.and"))),
        ("items", &language.say_with("count.items", &[("n", &items)])),
    ];
    let question = language.say_with("remove.question", &counts);
    if !confirmed(&question, arguments.yes, settings, output)? {
        output.message(&language.say("remove.not"))?;
        return Ok(Exit::Failed);
    }
    output.at_once();
    for issue in &issues {
        // Another program may have been faster; then it is gone all the same.
        let removed = store.remove(issue.id)?;
        if arguments.json {
            output.json(&RemovedLine::new(issue, removed))?;
        } else {
            let items = language.say_with("count.items", &[("n", &issue.items)]);
            let arguments: [(&str, &dyn Display); 2] =
                [("name", &name(issue, language)), ("items", &items)];
            output.message(&language.say_with("remove.done", &arguments))?;
        }
    }
    Ok(Exit::Done)
}

/// The issue that an address names; a part of one cannot be taken out.
fn issue(store: &Store, text: &str) -> Result<IssueHead, Failure> {
    let address = address(text)?;
    let no_issue = || Failure::new("address-no-issue", vec![("address", address.to_string())]);
    if address.part != Part::Issue {
        return Err(no_issue().ending(Exit::Usage));
    }
    match store.locate(&address)? {
        Located::Issue(id) => store
            .searcher()?
            .issue_head(id)?
            .ok_or_else(|| no_issue().ending(Exit::Nothing)),
        Located::Section(..) | Located::Item(_) => Err(no_issue().ending(Exit::Usage)),
    }
}

fn name(issue: &IssueHead, language: Language) -> String {
    let number = language.say_with("issue.number", &[("n", &issue.label.number)]);
    format!("{} {number}", issue.label.publication)
}
