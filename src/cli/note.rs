//! `note set|edit|show|remove|list`: the reader's notes.
//! Must not change one note where an address leads nowhere, nor lose what was typed.

use super::detached::{self, Showing, Wanted};
use super::items::{
    Addresses, List, Marked, all_marked, detached as detached_marks, filled, marked,
};
use super::output::{Output, Stop};
use super::signals::Signals;
use super::{Settings, search};
use crate::app::{Exit, Failure, Shelf, editor};
use crate::config::Language;
use crate::issue::{Change, ItemHead, ItemKey, LONGEST_NOTE, Note};
use crate::query::{Added, Condition, Query, Term};
use crate::store::{Ground, MarkChange, Store};

/// Where a text is given that comes from the standard input.
const STDIN: &str = "-";

/// Words for what happened elsewhere while the editor was open.
const UNEXPECTED: [&str; 5] = [
    "note.waits",
    "note.stays",
    "note.joined",
    "note.followed",
    "note.revived",
];

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

/// Puts a note in the place of the one before. An empty text is none: what made it may have failed.
fn set(arguments: &Set, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let text = match &arguments.text[..] {
        [one] if one == STDIN => from_stdin()?,
        words => words.join(" "),
    };
    let Some(note) = note(&text)? else {
        let address = vec![("address", arguments.address.clone())];
        return Err(Failure::new("note-empty", address)
            .ending(Exit::Usage)
            .into());
    };
    let change = Change::Note(Some(note));
    let mut store = settings.store()?;
    let mut marked = marked(&store, &arguments.address)?;
    store.mark_each(&[marked.change(change.clone())])?;
    marked.apply(&change);
    tell(
        &marked,
        "note.kept",
        arguments.json,
        settings.language,
        output,
    )
}

/// The note of a text, which is not to be longer than one can be.
fn note(text: &str) -> Result<Option<Note>, Failure> {
    let length = text.chars().count();
    if length > LONGEST_NOTE {
        return Err(editor::too_long(length));
    }
    Ok(Note::new(text))
}

fn from_stdin() -> Result<String, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new("note-unreadable", vec![("reason", error.to_string())])
    };
    let text = editor::read_text(std::io::stdin().lock()).map_err(unreadable)??;
    text.ok_or_else(|| Failure::new("note-not-utf8", vec![]))
}

/// The failure with the other way to write a note, where no editor is set.
fn with_way_around(failure: Failure) -> Failure {
    match failure.code {
        "no-editor" => Failure::new("no-note-editor", vec![]),
        _ => failure,
    }
}

/// Has the note edited. What signals ask in the meantime is done when the editor has ended and what it wrote is kept.
fn edit(arguments: &One, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let mut store = settings.store()?;
    let mut marked = marked(&store, &arguments.address)?;
    let before = marked.marks().note.clone();
    let signals = Signals::put_off()
        .map_err(|error| Failure::new("signals-failed", vec![("reason", error.to_string())]))?;
    let edited = editor::edit(before.as_ref().map_or("", Note::as_str)).map_err(with_way_around)?;
    let word = match &edited.outcome {
        Ok(Some(text)) => {
            note(text).and_then(|note| keep_on(&mut store, &mut marked, (before, note)))
        }
        Ok(None) => Ok("note.unchanged"),
        Err(failure) => Err(failure.clone()),
    };
    let signal = signals.caught().map(Exit::Signal);
    let word = word.map_err(|failure| {
        let exit = signal.unwrap_or(failure.exit);
        let shelf = Shelf::of(settings.library.clone());
        let rescued = edited.rescued(failure, &shelf, &arguments.address, settings.language);
        rescued.ending(exit)
    })?;
    let told = tell(&marked, word, arguments.json, settings.language, output);
    signal.map_or(told, Ok)
}

/// Keeps a note that was written on another one, whatever has happened to it and to its item since; which word says what that came
/// to.
fn keep_on(
    store: &mut Store,
    marked: &mut Marked,
    (before, note): (Option<Note>, Option<Note>),
) -> Result<&'static str, Failure> {
    if note == before {
        return Ok("note.unchanged");
    }
    let change = MarkChange {
        ground: Ground::Joined(before),
        ..marked.change(Change::Note(note.clone()))
    };
    let made = store.mark_each(std::slice::from_ref(&change))?;
    if let Some(name) = &made.waits {
        *marked = Marked::Detached(Box::new(detached_marks(store, name)?));
        return Ok("note.waits");
    }
    match made.steps.first() {
        Some((as_made, _)) if made.followed => *marked = at(store, &as_made.key, marked)?,
        Some((as_made, _)) => marked.apply(&as_made.change),
        // It is so already, or the other one stays because this one would have taken it away.
        None => *marked = at(store, &change.key, marked)?,
    }
    Ok(match (&note, &marked.marks().note) {
        (None, Some(_)) => "note.stays",
        (None, None) => "note.removed",
        _ if made.joined => "note.joined",
        _ if made.followed => "note.followed",
        _ if made.revived => "note.revived",
        _ => "note.kept",
    })
}

/// The item of this name with its marks of now; as it was where that is not there.
fn at(store: &Store, key: &ItemKey, otherwise: &Marked) -> Result<Marked, Failure> {
    let id = store.searcher()?.item_named(key)?;
    let view = id.map(|id| store.item(id)).transpose()?.flatten();
    Ok(view.map_or_else(
        || otherwise.clone(),
        |view| Marked::Item(Box::new(view.head)),
    ))
}

/// Says what became of the note.
fn tell(
    marked: &Marked,
    word: &str,
    json: bool,
    language: Language,
    output: &mut Output,
) -> Result<Exit, Stop> {
    if json {
        marked.write(output)?;
        // Of what nobody expects there is nothing in it.
        if !UNEXPECTED.contains(&word) {
            return Ok(Exit::Done);
        }
    }
    output.message(&language.say_with(word, &filled(&marked.words())))?;
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
    let wanted = Wanted {
        query: Query::of(vec![Term::new(Condition::Has(vec![Added::Note]))]),
        holds: &|marks| marks.note.is_some(),
        showing: Showing::Notes,
        limit: arguments.limit,
        json: arguments.json,
    };
    if !detached::list(wanted, settings, output, write)? {
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
