//! `bookmark add|remove|list`: the reader's bookmarks.
//! Must not change one bookmark where another of the addresses leads nowhere.

use super::detached::{self, Showing};
use super::items::{Addresses, List, all_marked, filled};
use super::output::{Output, Stop};
use super::{Settings, search};
use crate::app::Exit;
use crate::issue::Change;

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
    let change = Change::Bookmark(bookmarked);
    for mut marked in all_marked(&store, &arguments.addresses)? {
        let made = marked.change(change.clone());
        let changed = store.mark(&made.key, &made.printed, &made.change)?;
        marked.apply(&change);
        if arguments.json {
            marked.write(output)?;
            // What is written is kept: whoever reads along may rely on it.
            output.finish()?;
            continue;
        }
        let said = match (bookmarked, changed) {
            (true, true) => "bookmark.added",
            (true, false) => "bookmark.there",
            (false, true) => "bookmark.removed",
            (false, false) => "bookmark.not-there",
        };
        let language = settings.language;
        output.message(&language.say_with(said, &filled(&marked.words())))?;
    }
    Ok(Exit::Done)
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
    detached::write(&detached, arguments.json, Showing::Lines, language, output)?;
    let shown = heads.len() + detached.len();
    if shown < all {
        let limit = arguments.limit;
        limit.tell(shown, || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}
