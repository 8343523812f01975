//! `bookmark add|remove|list`: the reader's bookmarks.
//! Must not change one bookmark where another of the addresses leads nowhere.

use super::json::ItemLine;
use super::output::{Output, Stop};
use super::{Limit, Settings, address, search};
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::issue::ItemHead;
use crate::store::{Located, Store};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Add(Addresses),
    Remove(Addresses),
    List(List),
}

#[derive(Debug, clap::Args)]
pub(super) struct Addresses {
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
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
    let items: Vec<ItemHead> = arguments
        .addresses
        .iter()
        .map(|text| item(&store, text))
        .collect::<Result<_, _>>()?;
    for mut head in items {
        let changed = store.set_bookmark(&head.key, &head.headline, bookmarked)?;
        head.marks.bookmarked = bookmarked;
        if arguments.json {
            output.json(&ItemLine::new(&head))?;
            continue;
        }
        let said = said(&head, bookmarked, changed, settings.language);
        output.message(&said)?;
    }
    Ok(Exit::Done)
}

/// The item at an address. A section or an issue cannot be bookmarked.
fn item(store: &Store, text: &str) -> Result<ItemHead, Failure> {
    let address = address(text)?;
    let no_item = || Failure::new("address-no-item", vec![("address", address.to_string())]);
    match store.locate(&address)? {
        Located::Item(id) => store
            .item(id)?
            .map(|view| view.head)
            .ok_or_else(|| no_item().ending(Exit::Nothing)),
        Located::Section(..) | Located::Issue(_) => Err(no_item().ending(Exit::Usage)),
    }
}

fn said(head: &ItemHead, bookmarked: bool, changed: bool, language: Language) -> String {
    let arguments: [(&str, &dyn std::fmt::Display); 2] =
        [("address", &head.address()), ("headline", &head.headline)];
    match (bookmarked, changed) {
        (true, true) => language.say_with("bookmark.added", &arguments),
        (true, false) => language.say_with("bookmark.there", &arguments),
        (false, true) => language.say_with("bookmark.removed", &arguments),
        (false, false) => language.say_with("bookmark.not-there", &arguments),
    }
}

fn list(arguments: &List, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let mut heads = settings.store()?.searcher()?.bookmarks()?;
    let language = settings.language;
    if heads.is_empty() {
        output.message(&language.say("bookmark.none"))?;
    }
    let all = arguments.limit.cut(&mut heads, output);
    search::write(&heads, arguments.json, output)?;
    if heads.len() < all {
        let limit = arguments.limit;
        limit.tell(heads.len(), || Ok(all), language, output)?;
    }
    Ok(Exit::Done)
}
