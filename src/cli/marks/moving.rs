//! `marks move`: puts marks that wait for an item on another one.
//! Must not decide between two notes.

use super::undo;
use crate::app::{Exit, Failure};
use crate::cli::Settings;
use crate::cli::detached::kinds;
use crate::cli::items::{detached, filled, item};
use crate::cli::json::{Copied, ItemLine};
use crate::cli::output::{Output, Stop};
use crate::issue::{DetachedName, ItemHead, LONGEST_NOTE};
use crate::store::{Detached, Moved, TwoNotes};
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(value_name = "NAME")]
    from: String,
    #[arg(value_name = "ADDRESS")]
    to: String,
    #[arg(long, value_name = "WHICH")]
    note: Option<Which>,
    #[arg(long)]
    json: bool,
}

/// Which note stays where both have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    From,
    To,
    Both,
}

impl From<Which> for TwoNotes {
    fn from(which: Which) -> Self {
        match which {
            Which::From => Self::Waiting,
            Which::To => Self::Item,
            Which::Both => Self::Both,
        }
    }
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let name: DetachedName = arguments.from.parse().map_err(|_| {
        let written = vec![("name", arguments.from.clone())];
        Failure::new("detached-malformed", written).ending(Exit::Usage)
    })?;
    let mut store = settings.store()?;
    let from = detached(&store, &name)?;
    let to = item(&store, &arguments.to)?;
    let moved = store.move_marks(&from, &to, arguments.note.map(TwoNotes::from))?;
    let copy = done(moved, &from, &to)?;
    let now = item(&store, &arguments.to)?;
    if arguments.json {
        output.json(&Copied::new(ItemLine::new(&now), copy.as_deref()))?;
        return Ok(Exit::Done);
    }
    let language = settings.language;
    let words = [
        ("from", from.name.to_string()),
        ("address", now.address().to_string()),
        ("headline", now.headline.clone()),
        ("kinds", kinds(&now.marks, language)),
    ];
    output.message(&language.say_with("move.done", &filled(&words)))?;
    undo(copy.as_deref(), language, output)?;
    Ok(Exit::Done)
}

/// The copy that was made before, or why nothing was moved.
fn done(moved: Moved, from: &Detached, to: &ItemHead) -> Result<Option<PathBuf>, Failure> {
    let arguments = vec![
        ("from", from.name.to_string()),
        ("address", to.address().to_string()),
        ("most", LONGEST_NOTE.to_string()),
    ];
    Err(match moved {
        Moved::Done(copy) => return Ok(copy),
        Moved::TwoNotes => Failure::new("move-two-notes", arguments),
        Moved::TooLong => Failure::new("move-too-long", arguments),
        Moved::NoItem => Failure::new("address-not-found", arguments).ending(Exit::Nothing),
    })
}
