//! `marks forget`: takes away the marks without item, after asking: for whoever does not wait for an item any more.
//! Must not touch the marks of an item that the library holds.

use crate::app::Exit;
use crate::cli::bookmark::write_detached;
use crate::cli::confirm::confirmed;
use crate::cli::output::{Output, Stop};
use crate::cli::{Settings, address};
use crate::issue::{Address, Change};
use crate::store::{Detached, Ground, MarkChange};
use crate::text::normalise;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(value_name = "ISSUE")]
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
    let issues: Vec<Address> = arguments
        .issues
        .iter()
        .map(|text| address(text))
        .collect::<Result<_, _>>()?;
    let mut store = settings.store()?;
    let mut detached = store.searcher()?.detached()?;
    detached.retain(|one| issues.is_empty() || issues.iter().any(|issue| is_of(one, issue)));
    if detached.is_empty() {
        output.message(&language.say("forget.nothing"))?;
        return Ok(Exit::Done);
    }
    write_detached(&detached, arguments.json, language, output)?;
    let question = language.say_with("forget.question", &[("n", &detached.len())]);
    if !confirmed(&question, arguments.yes, settings, output)? {
        output.message(&language.say("forget.not"))?;
        return Ok(Exit::Failed);
    }
    let changes: Vec<MarkChange> = detached.iter().flat_map(forgetting).collect();
    store.mark_each(&changes)?;
    output.message(&language.say_with("forget.done", &[("n", &detached.len())]))?;
    Ok(Exit::Done)
}

/// Whether the marks are of an item of this issue.
fn is_of(one: &Detached, issue: &Address) -> bool {
    let publication = issue.publication.as_deref().map(normalise);
    one.key.issue == issue.issue && publication.is_none_or(|name| name == one.key.publication)
}

/// The changes that take all of it away.
fn forgetting(one: &Detached) -> Vec<MarkChange> {
    let marks = &one.marks;
    let tags = marks.tags.iter().map(|tag| Change::Tag(tag.clone(), false));
    let changes = tags.chain([Change::Bookmark(false), Change::Note(None)]);
    changes
        .map(|change| MarkChange {
            key: one.key.clone(),
            printed: one.printed.clone(),
            change,
            ground: Ground::Any,
        })
        .collect()
}
