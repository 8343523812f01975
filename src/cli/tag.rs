//! `tag add|remove|list`: words by which the reader groups items.
//! Must not change one tag where an address leads nowhere or a word is no tag.

use super::detached::{self, Showing, Wanted};
use super::items::{Marked, all_marked, filled, is_name};
use super::json::TagLine;
use super::output::{Output, Stop};
use super::table::{self, Side};
use super::{Limit, Settings, search};
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::issue::{Change, Tag, TagError};
use crate::query::{Condition, Query, Term};
use crate::store::{MarkChange, Store, TagCount};

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
        .partition(|word| is_name(word));
    if addresses.is_empty() {
        return Err(usage("tag-without-item", &arguments.words[0]).into());
    }
    let things = addresses.len().max(tags.len());
    let tags = tags.iter().map(|tag| known(tag));
    let tags: Result<Vec<Tag>, Failure> = tags.collect();
    let tags = tags.map_err(|failure| failure.of_all(things))?;
    if tags.is_empty() {
        return Err(usage("tag-missing", &addresses[0]).into());
    }
    output.at_once();
    let mut store = settings.store()?;
    for mut marked in all_marked(&store, &addresses)? {
        let changes = tags.iter().map(|tag| Change::Tag(tag.clone(), on));
        let (idle, changes): (Vec<Change>, Vec<Change>) =
            changes.partition(|change| change.holds(marked.marks()));
        let made = changes.iter().map(|change| marked.change(change.clone()));
        let made: Vec<MarkChange> = made.collect();
        store.mark_each(&made)?;
        for change in &changes {
            marked.apply(&as_kept(change, &store)?);
        }
        if arguments.json {
            marked.write(output)?;
        } else {
            output.message(&said(&marked, &idle, settings.language))?;
        }
    }
    Ok(Exit::Done)
}

/// The change as it is kept: a tag that is in use is one, however it is typed.
fn as_kept(change: &Change, store: &Store) -> Result<Change, Failure> {
    Ok(match change {
        Change::Tag(tag, true) => Change::Tag(store.tag_in_use(tag)?.unwrap_or(tag.clone()), true),
        change => change.clone(),
    })
}

/// What it is tagged with now, and which of the tags it had, or had not, all along.
fn said(marked: &Marked, idle: &[Change], language: Language) -> String {
    let tags = marked.marks().tags.iter().map(|tag| format!("#{tag}"));
    let tags: Vec<String> = tags.collect();
    let tags = if tags.is_empty() {
        language.say("tag.none-left").into_owned()
    } else {
        tags.join(" ")
    };
    let mut words = marked.words().to_vec();
    words.push(("tags", tags));
    let mut said = language.say_with("tag.are", &filled(&words));
    for (is_on, key) in [(true, "tag.had"), (false, "tag.had-not")] {
        let tags = idle.iter().filter_map(|change| match change {
            Change::Tag(tag, on) if *on == is_on => Some(format!("#{tag}")),
            _ => None,
        });
        let tags: Vec<String> = tags.collect();
        if !tags.is_empty() {
            said += &language.say_with(key, &[("tags", &tags.join(" "))]);
        }
    }
    said
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
        let rows: Vec<Vec<String>> = tags.iter().map(|tag| row(tag, language)).collect();
        for line in table::lines(&rows, &[Side::Left, Side::Right, Side::Left]) {
            output.line(&line)?;
        }
    }
    if tags.len() < all {
        let limit = arguments.limit;
        limit.tell(tags.len(), || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}

/// A tag, how many items have it, and how many that the library does not hold.
fn row(count: &TagCount, language: Language) -> Vec<String> {
    let absent = if count.absent > 0 {
        language.say_with("tag.absent", &[("n", &count.absent)])
    } else {
        String::new()
    };
    vec![count.tag.to_string(), count.items.to_string(), absent]
}

/// The items with a tag, newest issue first, and below them those that are not in the library.
fn list_items(
    tag: &str,
    arguments: &List,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let tag = known(tag)?;
    let wanted = Wanted {
        query: Query::of(vec![Term::new(Condition::Tag(vec![
            tag.as_str().to_owned(),
        ]))]),
        holds: &|marks| marks.tags.iter().any(|known| known.is(&tag)),
        showing: Showing::Lines,
        limit: arguments.limit,
        json: arguments.json,
    };
    if !detached::list(wanted, settings, output, search::write)? {
        let said = settings.language.say_with("tag.nowhere", &[("tag", &tag)]);
        output.message(&said)?;
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}
