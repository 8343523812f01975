//! `query save|list|remove`: queries that are saved under names, and the one that `search --saved` takes.
//! Must not remove one where another of the names is none, nor leave one out that is no query any more.

use super::json::QueryLine;
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings, outdated};
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::query::{NameError, Query, QueryName};
use crate::store::{Counted, SavedChange, SavedQuery, Searcher};
use crate::text::{nearest, normalise};
use std::fmt::Display;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Save(Save),
    List(List),
    Remove(Names),
}

#[derive(Debug, clap::Args)]
pub(super) struct Save {
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[command(flatten)]
    limit: Limit,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Names {
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

pub(super) fn run(
    command: &Command,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    match command {
        Command::Save(arguments) => save(arguments, settings, output),
        Command::List(arguments) => list(arguments, settings, output),
        Command::Remove(arguments) => remove(arguments, settings, output),
    }
}

fn save(arguments: &Save, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    output.at_once();
    let name = QueryName::new(&arguments.name).map_err(|error| {
        let code = match error {
            NameError::Empty => "query-name-empty",
            NameError::TooLong => "query-name-too-long",
        };
        usage(code, &arguments.name)
    })?;
    let query: Query = arguments.query.join(" ").parse()?;
    if query.terms.is_empty() {
        return Err(usage("query-empty", &arguments.name).into());
    }
    let back = settings
        .store()?
        .change_saved(&SavedChange::save(name.clone(), &query))?;
    let (key, name, before) = match back {
        None => ("query.there", name, None),
        Some(back) if back.to.is_none() => ("query.saved", name, None),
        Some(back) => ("query.replaced", back.name, back.to),
    };
    let before = before.unwrap_or_default();
    let words: [(&str, &dyn Display); 3] =
        [("name", &name), ("query", &query), ("before", &before)];
    output.message(&settings.language.say_with(key, &words))?;
    Ok(Exit::Done)
}

fn usage(code: &'static str, written: &str) -> Failure {
    Failure::new(code, vec![("written", written.to_owned())]).ending(Exit::Usage)
}

/// All of them with what they find, under their headings. Of one that is no query it is said why, once all are listed.
fn list(arguments: &List, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let language = settings.language;
    let store = settings.reading()?;
    let searcher = store.searcher()?;
    let mut saved = searcher.saved_queries()?;
    if saved.is_empty() {
        output.message(&language.say("query.none"))?;
    }
    let all = arguments.limit.cut(&mut saved, output);
    let mut queries = saved.iter().flat_map(|saved| &saved.query);
    if queries.any(Query::is_of_facts) {
        outdated::tell(&store, language, output)?;
    }
    if arguments.json {
        for saved in &saved {
            let counted = counted(saved, &searcher)?;
            output.json(&QueryLine::new(saved, counted, language))?;
        }
    } else if !saved.is_empty() {
        for line in table(&saved, &searcher, language)? {
            output.line(&line)?;
        }
        for saved in &saved {
            if let Some(broken) = broken(saved, language) {
                let broken = broken.message(language);
                output.message(&language.say_with("edge.warning", &[("message", &broken)]))?;
            }
        }
    }
    if saved.len() < all {
        let limit = arguments.limit;
        limit.tell(saved.len(), || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}

fn counted(saved: &SavedQuery, searcher: &Searcher) -> Result<Option<Counted>, Failure> {
    let query = saved.query.as_ref().ok();
    Ok(query.map(|query| searcher.count(query)).transpose()?)
}

/// Name, counts and text.
fn table(
    saved: &[SavedQuery],
    searcher: &Searcher,
    language: Language,
) -> Result<Vec<String>, Failure> {
    const COLUMNS: [(&str, Side); 4] = [
        ("column.name", Side::Left),
        ("column.items", Side::Right),
        ("column.unread", Side::Right),
        ("column.query", Side::Left),
    ];
    let mut rows = vec![
        COLUMNS
            .map(|(key, _)| language.say(key).into_owned())
            .to_vec(),
    ];
    for saved in saved {
        // What is no query finds nothing that could be counted.
        let [items, unread] = match counted(saved, searcher)? {
            Some(counted) => [counted.items, counted.unread].map(|n| n.to_string()),
            None => ["?", "?"].map(str::to_owned),
        };
        let name = saved.name.as_str().to_owned();
        rows.push(vec![name, items, unread, saved.text.clone()]);
    }
    Ok(table::lines(&rows, &COLUMNS.map(|(_, side)| side)))
}

/// What is to be said of a saved text that is no query any more.
fn broken(saved: &SavedQuery, language: Language) -> Option<Failure> {
    let error = saved.query.as_ref().err()?;
    let arguments = vec![
        ("written", saved.name.as_str().to_owned()),
        ("query", saved.text.clone()),
        ("reason", Failure::from(error.clone()).message(language)),
    ];
    Some(Failure::new("query-saved-broken", arguments))
}

fn remove(arguments: &Names, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    output.at_once();
    let mut store = settings.store()?;
    let saved = store.searcher()?.saved_queries()?;
    let names = arguments.names.iter();
    let found = names.map(|name| {
        let found = named(name, &saved);
        found.map_err(|failure| failure.of_all(arguments.names.len()))
    });
    let found: Vec<&SavedQuery> = found.collect::<Result<_, _>>()?;
    for saved in found {
        let removed = store.change_saved(&SavedChange::remove(saved.name.clone()))?;
        // Named twice, or removed by another program meanwhile.
        let Some(removed) = removed else { continue };
        let query = removed.to.unwrap_or_default();
        let words: [(&str, &dyn Display); 2] = [("name", &removed.name), ("query", &query)];
        output.message(&settings.language.say_with("query.removed", &words))?;
    }
    Ok(Exit::Done)
}

/// The one that is saved under a name, however that is typed.
fn named<'s>(typed: &str, saved: &'s [SavedQuery]) -> Result<&'s SavedQuery, Failure> {
    let name = normalise(typed);
    let found = saved.iter().find(|saved| saved.name.name() == name);
    found.ok_or_else(|| {
        let names: Vec<String> = saved.iter().map(|saved| saved.name.name()).collect();
        let near = nearest(&name, names.iter().map(String::as_str));
        let near = near.and_then(|near| saved.iter().find(|saved| saved.name.name() == near));
        let arguments = vec![("written", typed.to_owned())];
        let failure = match near {
            Some(near) => Failure::new("query-not-saved-near", arguments).with("meant", &near.name),
            None => Failure::new("query-not-saved", arguments),
        };
        failure.ending(Exit::Nothing)
    })
}

/// The query that is saved under a name.
///
/// # Errors
/// None is, or what is saved is none any more.
pub(super) fn saved(name: &str, searcher: &Searcher, language: Language) -> Result<Query, Failure> {
    let all = searcher.saved_queries()?;
    let saved = named(name, &all)?;
    match (&saved.query, broken(saved, language)) {
        (_, Some(broken)) => Err(broken),
        (query, None) => Ok(query.clone()?),
    }
}
