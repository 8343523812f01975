//! The structure of the command line. Its words come from `assets/locales/cli.yml`, laid over it by `help`.
//! Must not read the environment or check what a file or an address holds.

use super::asking::Asking;
use super::{
    bookmark, check, config, doctor, fix, help, import, issues, jump, marks, note, open, parse,
    query, search, show, tag,
};
use crate::config::Language;
use clap::{ArgAction, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(
    name = "parkweekly",
    version,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub(super) struct CommandLine {
    #[arg(value_name = "FILE")]
    pub files: Vec<OsString>,
    #[command(flatten)]
    pub asking: Asking,
    #[command(subcommand)]
    pub command: Option<Command>,
    #[arg(long, global = true, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Read before parsing, as the language is.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read before parsing, for the words of help and errors; here it is only checked.
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    pub lang: Option<Language>,
    #[arg(long, short, global = true, action = ArgAction::HelpShort)]
    pub help: Option<bool>,
    #[arg(long, short = 'V', action = ArgAction::Version)]
    pub version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Import(import::Arguments),
    Parse(parse::Arguments),
    Issues(issues::Arguments),
    Search(search::Arguments),
    Jump(jump::Arguments),
    Show(show::Arguments),
    Open(open::Arguments),
    #[command(subcommand)]
    Bookmark(bookmark::Command),
    #[command(subcommand)]
    Tag(tag::Command),
    #[command(subcommand)]
    Note(note::Command),
    Fix(fix::Arguments),
    #[command(subcommand)]
    Query(query::Command),
    #[command(subcommand)]
    Marks(marks::Command),
    Check(check::Arguments),
    Doctor(doctor::Arguments),
    #[command(subcommand)]
    Config(config::Command),
    Help(help::Arguments),
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| code.to_owned())
}
