//! `bookmark add|remove|list`: the reader's bookmarks.
//! Must not change one bookmark where another of the addresses leads nowhere.

use super::items::{Addresses, List, items};
use super::json::{DetachedLine, ItemLine};
use super::output::{Output, Stop};
use super::{Settings, search};
use crate::app::Exit;
use crate::config::Language;
use crate::issue::ItemHead;
use crate::store::Detached;
use std::fmt::Display;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Add(Addresses),
    Remove(Addresses),
    List(List),
}

pub(super) fn run(
    command: &Command,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    match command {
        Command::Add(arguments) => set(arguments, true, settings, output),
        Command::Remove(arguments) => set(arguments, false, settings, output),
        Command::List(arguments) => list(arguments, settings, output),
    }
}

fn set(
    arguments: &Addresses,
    bookmarked: bool,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    output.at_once();
    let mut store = settings.store()?;
    for mut head in items(&store, &arguments.addresses)? {
        let changed = store.set_bookmark(&head.key, &head.headline, bookmarked)?;
        head.marks.bookmarked = bookmarked;
        if arguments.json {
            output.json(&ItemLine::new(&head))?;
            // What is written is kept: whoever reads along may rely on it.
            output.finish()?;
            continue;
        }
        let said = said(&head, bookmarked, changed, settings.language);
        output.message(&said)?;
    }
    Ok(Exit::Done)
}

fn said(head: &ItemHead, bookmarked: bool, changed: bool, language: Language) -> String {
    let arguments: [(&str, &dyn Display); 2] =
        [("address", &head.address()), ("headline", &head.headline)];
    match (bookmarked, changed) {
        (true, true) => language.say_with("bookmark.added", &arguments),
        (true, false) => language.say_with("bookmark.there", &arguments),
        (false, true) => language.say_with("bookmark.removed", &arguments),
        (false, false) => language.say_with("bookmark.not-there", &arguments),
    }
}

fn list(arguments: &List, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let searcher = settings.reading()?.searcher()?;
    let (mut heads, mut detached) = (searcher.bookmarks()?, searcher.detached()?);
    let language = settings.language;
    if heads.is_empty() && detached.is_empty() {
        output.message(&language.say("bookmark.none"))?;
    }
    let all = heads.len() + detached.len();
    let most = arguments.limit.most(output);
    heads.truncate(most);
    detached.truncate(most - heads.len());
    search::write(&heads, arguments.json, output)?;
    write_detached(&detached, arguments.json, language, output)?;
    let shown = heads.len() + detached.len();
    if shown < all {
        let limit = arguments.limit;
        limit.tell(shown, || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}

/// Marks without item, below those that have one: which issue, the headline, and what it is marked with.
pub(super) fn write_detached(
    detached: &[Detached],
    json: bool,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    if json {
        for one in detached {
            output.json(&DetachedLine::new(one))?;
        }
        return Ok(());
    }
    if detached.is_empty() {
        return Ok(());
    }
    output.message(&language.say_with("detached.heading", &[("n", &detached.len())]))?;
    for one in detached {
        let number = language.say_with("issue.number", &[("n", &one.key.issue)]);
        let kinds = kinds(one, language).join(&language.say("list.and"));
        let arguments: [(&str, &dyn Display); 4] = [
            ("publication", &one.publication),
            ("number", &number),
            ("headline", &one.printed),
            ("kinds", &kinds),
        ];
        output.line(&language.say_with("detached.line", &arguments))?;
    }
    Ok(())
}

/// What it is marked with.
fn kinds(one: &Detached, language: Language) -> Vec<String> {
    let mut kinds = vec![];
    if one.marks.bookmarked {
        kinds.push(language.say("detached.bookmark").into_owned());
    }
    kinds.extend(one.marks.tags.iter().map(|tag| format!("#{tag}")));
    if one.marks.note.is_some() {
        kinds.push(language.say("detached.note").into_owned());
    }
    kinds
}
