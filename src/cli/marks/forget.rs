//! `marks forget`: takes away the marks without item, after asking: for whoever does not wait for an item any more. They are copied before.
//! Must not touch the marks of an item that the library holds.

use super::restore::kinds;
use super::undo;
use crate::app::{Exit, Failure};
use crate::cli::confirm::confirmed;
use crate::cli::items;
use crate::cli::json::{Copied, DetachedLine};
use crate::cli::output::{Output, Stop};
use crate::cli::{Settings, detached};
use crate::config::Language;
use crate::issue::{Address, DetachedName, Marks, Part};
use crate::store::{ByName, Counts, Detached, Forgotten, Store, StoreError};
use crate::text::normalise;
use std::collections::{BTreeMap, HashSet};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(value_name = "ISSUE_OR_NAME")]
    issues: Vec<String>,
    #[arg(long, short)]
    yes: bool,
    #[arg(long)]
    json: bool,
}

/// Whose marks are to go.
enum Named {
    /// Those of this name.
    Marks(DetachedName),
    /// All of an issue.
    Issue(Address),
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    let named = arguments.issues.iter().map(|text| named(text));
    let of_all = |failure: Failure| failure.of_all(arguments.issues.len());
    let named: Vec<Named> = named.collect::<Result<_, _>>().map_err(of_all)?;
    let mut store = settings.store()?;
    let found = found(&store, &named).map_err(of_all)?;
    if found.is_empty() {
        output.message(&language.say("forget.nothing"))?;
        return Ok(Exit::Done);
    }
    if !arguments.json {
        for one in &found {
            output.line(&detached::line(one, language))?;
        }
    }
    let question = say("forget.question", &found, language);
    if !confirmed(&question, arguments.yes, settings, output)? {
        output.message(&language.say("forget.not"))?;
        return Ok(Exit::Failed);
    }
    let Forgotten { gone, copy } = store.forget_marks(&found)?;
    let left = found.len() - gone.len();
    if left > 0 {
        output.message(&language.say_with("forget.left", &[("n", &left)]))?;
    }
    if arguments.json {
        let copy = copy.as_deref();
        let mut lines = gone.iter().map(DetachedLine::new);
        lines.try_for_each(|line| output.json(&Copied::new(line, copy)))?;
        return Ok(Exit::Done);
    }
    output.message(&say("forget.done", &gone, language))?;
    undo(copy.as_deref(), language, output)?;
    Ok(Exit::Done)
}

/// A sentence on marks that are taken away: of how many items, and how many of each kind.
fn say(key: &str, marks: &[Detached], language: Language) -> String {
    let of = |each: fn(&Marks) -> usize| marks.iter().map(|one| each(&one.marks)).sum();
    let counts = Counts {
        bookmarks: of(|marks| usize::from(marks.bookmarked)),
        tags: of(|marks| marks.tags.len()),
        notes: of(|marks| usize::from(marks.note.is_some())),
        ..Counts::default()
    };
    let kinds = kinds(&counts, language);
    language.say_with(key, &[("n", &marks.len()), ("kinds", &kinds)])
}

fn named(text: &str) -> Result<Named, Failure> {
    if let Ok(name) = text.parse() {
        return Ok(Named::Marks(name));
    }
    match text.parse::<Address>() {
        Ok(issue) if issue.part == Part::Issue => Ok(Named::Issue(issue)),
        _ => {
            let arguments = vec![("address", text.to_owned())];
            Err(Failure::new("forget-no-issue", arguments).ending(Exit::Usage))
        }
    }
}

/// The marks that are named, in the order of the list; all where none are. Each name has to lead to some.
fn found(store: &Store, named: &[Named]) -> Result<Vec<Detached>, Failure> {
    let mut all = store.searcher()?.detached()?;
    if named.is_empty() {
        return Ok(all);
    }
    let waiting = ByName::of(&all);
    let mut keys = HashSet::new();
    for one in named {
        match one {
            Named::Marks(name) => {
                let found = waiting.find(name);
                let found = found.ok_or_else(|| items::nothing_waits(name))?;
                keys.insert(found.key.clone());
            }
            Named::Issue(issue) => {
                let mut own = all.iter().filter(|one| is_of(one, issue)).peekable();
                if own.peek().is_none() {
                    let arguments = vec![("address", issue.to_string())];
                    return Err(Failure::new("forget-nothing", arguments).ending(Exit::Nothing));
                }
                let own: Vec<&Detached> = own.collect();
                of_one_publication(&own, issue)?;
                keys.extend(own.into_iter().map(|one| one.key.clone()));
            }
        }
    }
    all.retain(|one| keys.contains(&one.key));
    Ok(all)
}

/// That they are all of one publication: several may have an issue of that number.
fn of_one_publication(marks: &[&Detached], issue: &Address) -> Result<(), StoreError> {
    let publications = marks.iter().map(|one| (&one.key.publication, *one));
    let publications: BTreeMap<_, _> = publications.collect();
    if publications.len() < 2 {
        return Ok(());
    }
    let names = publications.into_values();
    Err(StoreError::Ambiguous {
        address: issue.to_string(),
        publications: names.map(|one| one.publication.clone()).collect(),
    })
}

/// Whether the marks are of an item of this issue.
fn is_of(one: &Detached, issue: &Address) -> bool {
    let publication = issue.publication.as_deref().map(normalise);
    one.key.issue == issue.issue && publication.is_none_or(|name| name == one.key.publication)
}
