//! `note set|edit|show|remove|list`: the reader's notes.
//! Must not change one note where an address leads nowhere, nor lose what was typed.

use super::detached::{self, Showing};
use super::items::{Addresses, List, all_marked, filled, item, marked};
use super::json::ItemLine;
use super::output::{Output, Stop};
use super::{Settings, search};
use crate::app::{Exit, Failure, Shelf, editor};
use crate::config::Language;
use crate::issue::{Change, ItemHead, LONGEST_NOTE, Note};
use crate::query::{Added, Condition, Query, Term};
use crate::store::{Ground, MarkChange, Store};
use std::fmt::Display;
use std::io::{ErrorKind, Read as _};

/// Where a text is given that comes from the standard input.
const STDIN: &str = "-";
/// Bytes of the standard input that are read at most: more than any note.
const MOST: u64 = 4 * LONGEST_NOTE as u64 + 1;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    #[command(alias = "add")]
    Set(Set),
    Edit(One),
    Show(One),
    Remove(Addresses),
    List(List),
}

#[derive(Debug, clap::Args)]
pub(super) struct Set {
    #[arg(value_name = "ADDRESS")]
    address: String,
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct One {
    #[arg(value_name = "ADDRESS")]
    address: String,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    command: &Command,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    output.at_once();
    match command {
        Command::Set(arguments) => set(arguments, settings, output),
        Command::Edit(arguments) => edit(arguments, settings, output),
        Command::Show(arguments) => show(arguments, settings, output),
        Command::Remove(arguments) => remove(arguments, settings, output),
        Command::List(arguments) => list(arguments, settings, output),
    }
}

/// Puts a note in the place of the one before. An empty text takes it away.
fn set(arguments: &Set, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let text = match &arguments.text[..] {
        [one] if one == STDIN => from_stdin()?,
        words => words.join(" "),
    };
    let note = note(&text)?;
    let mut store = settings.store()?;
    let mut head = item(&store, &arguments.address)?;
    let changed = keep(&mut store, &mut head, note)?;
    if !changed && head.marks.note.is_none() && !arguments.json {
        let words: [(&str, &dyn Display); 2] =
            [("address", &head.address()), ("headline", &head.headline)];
        output.message(&settings.language.say_with("note.had-none", &words))?;
        return Ok(Exit::Done);
    }
    tell(&head, arguments.json, settings.language, output)
}

/// The note of a text, which is not to be longer than one can be.
fn note(text: &str) -> Result<Option<Note>, Failure> {
    if text.chars().count() > LONGEST_NOTE {
        let most = LONGEST_NOTE.to_string();
        return Err(Failure::new("note-too-long", vec![("most", most)]).ending(Exit::Usage));
    }
    Ok(Note::new(text))
}

fn from_stdin() -> Result<String, Failure> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MOST).read_to_string(&mut text);
    read.map_err(|error| match error.kind() {
        ErrorKind::InvalidData => Failure::new("note-not-utf8", vec![]),
        _ => Failure::new("note-unreadable", vec![("reason", error.to_string())]),
    })?;
    Ok(text)
}

fn edit(arguments: &One, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let mut store = settings.store()?;
    let mut head = item(&store, &arguments.address)?;
    let before = head.marks.note.as_ref().map_or("", Note::as_str);
    let edited = editor::edit(before)?;
    let kept = match &edited.outcome {
        Ok(Some(text)) => note(text).and_then(|note| keep_on(&mut store, &mut head, note)),
        Ok(None) => Ok(false),
        Err(failure) => Err(failure.clone()),
    };
    let joined = kept.map_err(|failure| {
        let shelf = Shelf::of(settings.library.clone());
        edited.rescued(failure, &shelf, &arguments.address, settings.language)
    })?;
    if joined {
        output.message(&settings.language.say("note.joined"))?;
    }
    tell(&head, arguments.json, settings.language, output)
}

/// Keeps a note that was written on the one of `head`. Where another program has written one since, both are kept; whether that is
/// so.
fn keep_on(store: &mut Store, head: &mut ItemHead, note: Option<Note>) -> Result<bool, Failure> {
    let change = MarkChange {
        ground: Ground::Joined(head.marks.note.clone()),
        ..MarkChange::of(head, Change::Note(note))
    };
    let made = store.mark_each(std::slice::from_ref(&change))?;
    match made.steps.first() {
        Some((as_made, _)) => as_made.change.apply(&mut head.marks),
        // It is so already, or the other one stays because this one would have taken it away.
        None => *head = item(store, &head.address().to_string())?,
    }
    Ok(made.joined)
}

/// Keeps it; whether that changed anything.
fn keep(store: &mut Store, head: &mut ItemHead, note: Option<Note>) -> Result<bool, Failure> {
    let change = Change::Note(note);
    let changed = store.mark(&head.key, &head.headline, &change)?;
    change.apply(&mut head.marks);
    Ok(changed)
}

/// Says that the note is kept, or taken away.
fn tell(
    head: &ItemHead,
    json: bool,
    language: Language,
    output: &mut Output,
) -> Result<Exit, Stop> {
    if json {
        output.json(&ItemLine::new(head))?;
        return Ok(Exit::Done);
    }
    let word = if head.marks.note.is_some() {
        "note.kept"
    } else {
        "note.removed"
    };
    let arguments: [(&str, &dyn Display); 2] =
        [("address", &head.address()), ("headline", &head.headline)];
    output.message(&language.say_with(word, &arguments))?;
    Ok(Exit::Done)
}

fn show(arguments: &One, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let marked = marked(&settings.reading()?, &arguments.address)?;
    if arguments.json {
        marked.write(output)?;
        return Ok(Exit::Done);
    }
    let Some(note) = &marked.marks().note else {
        let language = settings.language;
        output.message(&language.say_with("note.not-there", &filled(&marked.words())))?;
        return Ok(Exit::Nothing);
    };
    for line in note.lines() {
        output.line(line)?;
    }
    Ok(Exit::Done)
}

fn remove(arguments: &Addresses, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let mut store = settings.store()?;
    let change = Change::Note(None);
    for mut marked in all_marked(&store, &arguments.addresses)? {
        let made = marked.change(change.clone());
        let changed = store.mark(&made.key, &made.printed, &made.change)?;
        marked.apply(&change);
        if arguments.json {
            marked.write(output)?;
            continue;
        }
        let said = if changed {
            "note.removed"
        } else {
            "note.had-none"
        };
        let language = settings.language;
        output.message(&language.say_with(said, &filled(&marked.words())))?;
    }
    Ok(Exit::Done)
}

/// The items with a note, newest issue first, each with its note; and below them those that are not in the library.
fn list(arguments: &List, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let searcher = settings.reading()?.searcher()?;
    let query = Query {
        terms: vec![Term::new(Condition::Has(Added::Note))],
    };
    let (json, limit) = (arguments.json, arguments.limit);
    let shown = search::each(
        &searcher,
        query,
        limit,
        settings,
        output,
        |heads, output| write(heads, json, output),
    )?;
    let mut detached = searcher.detached()?;
    detached.retain(|one| one.marks.note.is_some());
    detached::write(&detached, json, Showing::Notes, settings.language, output)?;
    if shown == 0 && detached.is_empty() {
        output.message(&settings.language.say("note.none"))?;
    }
    Ok(Exit::Done)
}

/// Items with their notes below them, or as lines of JSON.
fn write(heads: &[ItemHead], json: bool, output: &mut Output) -> Result<(), Stop> {
    if json {
        return search::write(heads, json, output);
    }
    for head in heads {
        output.line(&format!("{}  {}", head.address(), head.headline))?;
        for line in head.marks.note.iter().flat_map(Note::lines) {
            output.line(format!("    {line}").trim_end())?;
        }
    }
    Ok(())
}
