//! `marks export|import|move|restore|forget`: all marks as a file, to be carried to another machine or a colleague, or back from
//! a copy; and what becomes of those without item.
//! Must not change one mark where a line of the file makes no sense.

mod forget;
mod merge;
mod moving;
mod restore;
mod write;

pub(super) use restore::offer;

use super::Settings;
use super::output::{Output, Stop};
use crate::app::{Exit, wording};
use crate::config::Language;
use crate::issue::MarkRecord;
use clap::ValueEnum;
use std::path::Path;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Export(write::Arguments),
    Import(merge::Arguments),
    Move(moving::Arguments),
    Restore(restore::Arguments),
    Forget(forget::Arguments),
}

pub(super) fn run(
    command: &Command,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    match command {
        Command::Export(arguments) => write::run(arguments, settings, output),
        Command::Import(arguments) => merge::run(arguments, settings, output),
        Command::Move(arguments) => moving::run(arguments, settings, output),
        Command::Restore(arguments) => restore::run(arguments, settings, output),
        Command::Forget(arguments) => forget::run(arguments, settings, output),
    }
}

/// Says how to have the marks back as they were, where they were copied before.
fn undo(copy: Option<&Path>, language: Language, output: &mut Output) -> Result<(), Stop> {
    let Some(copy) = copy else { return Ok(()) };
    let path = wording::path(copy);
    output.message(&language.say_with("marks.undo", &[("path", &path)]))
}

/// A kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    Bookmark,
    Tag,
    Note,
    Fix,
    Read,
    Place,
    Query,
}

/// Whether a kind is one of these; where none are named, every one is.
fn wants(kinds: &[Kind], kind: Kind) -> bool {
    kinds.is_empty() || kinds.contains(&kind)
}

/// A record with marks of these kinds alone; as it is where none are named. None where nothing is left of it.
fn only(mut record: MarkRecord, kinds: &[Kind]) -> Option<MarkRecord> {
    let wanted = |kind| wants(kinds, kind);
    if !wanted(Kind::Bookmark) {
        (record.bookmarked, record.bookmarked_at) = (false, None);
    }
    if !wanted(Kind::Read) {
        (record.read, record.read_at) = (false, None);
    }
    if !wanted(Kind::Place) {
        (record.place, record.placed_at) = (None, None);
    }
    if !wanted(Kind::Note) {
        (record.note, record.noted_at) = (None, None);
    }
    if !wanted(Kind::Tag) {
        record.tags.clear();
    }
    if !wanted(Kind::Fix) {
        record.fixes.clear();
    }
    (!record.is_empty()).then_some(record)
}
