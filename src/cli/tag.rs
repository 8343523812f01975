//! `tag add|remove|list`: words by which the reader groups items.
//! Must not change one tag where an address leads nowhere or a word is no tag.

use super::items::{is_address, items};
use super::json::{ItemLine, TagLine};
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings, bookmark, search};
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::issue::{Change, ItemHead, Marks, Tag, TagError};
use crate::query::{Condition, Query, Term};
use crate::store::MarkChange;
use std::fmt::Display;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Add(Words),
    Remove(Words),
    List(List),
}

#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// Addresses of items and tags, in any order.
    #[arg(required = true, value_name = "ADDRESS_OR_TAG")]
    words: Vec<String>,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    #[arg(value_name = "TAG")]
    tag: Option<String>,
    #[command(flatten)]
    limit: Limit,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    command: &Command,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    match command {
        Command::Add(arguments) => set(arguments, true, settings, output),
        Command::Remove(arguments) => set(arguments, false, settings, output),
        Command::List(arguments) => match &arguments.tag {
            Some(tag) => list_items(tag, arguments, settings, output),
            None => list_tags(arguments, settings, output),
        },
    }
}

fn set(
    arguments: &Words,
    on: bool,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let (addresses, tags): (Vec<String>, Vec<String>) = arguments
        .words
        .iter()
        .cloned()
        .partition(|word| is_address(word));
    if addresses.is_empty() {
        return Err(usage("tag-without-item", &arguments.words[0]).into());
    }
    let tags: Vec<Tag> = tags
        .iter()
        .map(|tag| known(tag))
        .collect::<Result<_, _>>()?;
    if tags.is_empty() {
        return Err(usage("tag-missing", &addresses[0]).into());
    }
    output.at_once();
    let mut store = settings.store()?;
    for mut head in items(&store, &addresses)? {
        let changes = tags.iter().map(|tag| Change::Tag(tag.clone(), on));
        let changes: Vec<Change> = changes
            .filter(|change| !change.holds(&head.marks))
            .collect();
        let made: Vec<MarkChange> = changes
            .iter()
            .map(|change| MarkChange::of(&head, change.clone()))
            .collect();
        store.mark_each(&made)?;
        for change in &changes {
            change.apply(&mut head.marks);
        }
        if arguments.json {
            output.json(&ItemLine::new(&head))?;
        } else {
            output.message(&said(&head, settings.language))?;
        }
    }
    Ok(Exit::Done)
}

/// What an item is tagged with now.
fn said(head: &ItemHead, language: Language) -> String {
    let tags: Vec<String> = head
        .marks
        .tags
        .iter()
        .map(|tag| format!("#{tag}"))
        .collect();
    let tags = if tags.is_empty() {
        language.say("tag.none-left").into_owned()
    } else {
        tags.join(" ")
    };
    let arguments: [(&str, &dyn Display); 3] = [
        ("address", &head.address()),
        ("headline", &head.headline),
        ("tags", &tags),
    ];
    language.say_with("tag.are", &arguments)
}

fn known(text: &str) -> Result<Tag, Failure> {
    Tag::new(text).map_err(|error| {
        usage(
            match error {
                TagError::Empty => "tag-empty",
                TagError::Several => "tag-several",
                TagError::TooLong => "tag-too-long",
            },
            text,
        )
    })
}

fn usage(code: &'static str, written: &str) -> Failure {
    Failure::new(code, vec![("written", written.to_owned())]).ending(Exit::Usage)
}

/// All tags and how many items have each, most used first.
fn list_tags(arguments: &List, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let mut tags = settings.reading()?.searcher()?.tags()?;
    let language = settings.language;
    if tags.is_empty() {
        output.message(&language.say("tag.none"))?;
    }
    let all = arguments.limit.cut(&mut tags, output);
    if arguments.json {
        for tag in &tags {
            output.json(&TagLine::new(tag))?;
        }
    } else {
        let rows: Vec<Vec<String>> = tags
            .iter()
            .map(|tag| vec![tag.tag.to_string(), tag.items.to_string()])
            .collect();
        for line in table::lines(&rows, &[Side::Left, Side::Right]) {
            output.line(&line)?;
        }
    }
    if tags.len() < all {
        let limit = arguments.limit;
        limit.tell(tags.len(), || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}

/// The items with a tag, newest issue first, and below them those that are not in the library.
fn list_items(
    tag: &str,
    arguments: &List,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let tag = known(tag)?;
    let query = Query {
        terms: vec![Term::new(Condition::Tag(vec![tag.as_str().to_owned()]))],
    };
    let has_tag = |marks: &Marks| marks.tags.iter().any(|known| known.is(&tag));
    let searcher = settings.reading()?.searcher()?;
    let (json, limit) = (arguments.json, arguments.limit);
    let shown = search::each(
        &searcher,
        query,
        limit,
        settings,
        output,
        |heads, output| search::write(heads, json, output),
    )?;
    let mut detached = searcher.detached()?;
    detached.retain(|one| has_tag(&one.marks));
    bookmark::write_detached(&detached, arguments.json, settings.language, output)?;
    if shown == 0 && detached.is_empty() {
        let said = settings.language.say_with("tag.nowhere", &[("tag", &tag)]);
        output.message(&said)?;
    }
    Ok(Exit::Done)
}
