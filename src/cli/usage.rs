//! A command line that makes no sense, in our words: the kind of the mistake and the argument it is about.
//! Must not act on a guess at what was meant, only name it.

use super::arguments::CommandLine;
use crate::app::{Exit, Failure};
use crate::text::nearest;
use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::iter;

/// The failure for what clap says.
pub(super) fn failure(error: &clap::Error) -> Failure {
    let code = match error.kind() {
        // A word turned round looks like a flag.
        ErrorKind::UnknownArgument if takes_words(&usage(error)) => "usage-word-or-flag",
        ErrorKind::UnknownArgument => "usage-unknown-argument",
        ErrorKind::InvalidSubcommand => "usage-unknown-command",
        ErrorKind::MissingRequiredArgument => "usage-missing-argument",
        ErrorKind::MissingSubcommand => "usage-missing-command",
        ErrorKind::ArgumentConflict => "usage-twice",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match value(error) {
            value if !value.is_empty() && !values(error).is_empty() => "usage-none-of-values",
            // `--library=`: clap reports no value as an invalid one.
            value if value.is_empty() => "usage-missing-value",
            _ => "usage-invalid-value",
        },
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "usage-missing-value"
        }
        ErrorKind::InvalidUtf8 => "usage-not-utf8",
        _ => "usage-other",
    };
    let argument = text(error, ContextKind::InvalidArg);
    let command = text(error, ContextKind::InvalidSubcommand);
    let usage = usage(error);
    Failure::new(
        code,
        vec![
            ("command", named(&usage)),
            (
                "argument",
                if argument.is_empty() {
                    command
                } else {
                    argument
                },
            ),
            ("value", value(error)),
            ("values", values(error)),
            ("usage", usage),
            ("reason", error.kind().to_string()),
        ],
    )
    .ending(Exit::Usage)
}

/// The failure for a word that is no command below these, with the command that was perhaps meant.
pub(super) fn unknown_command(above: &[String], word: &str) -> Failure {
    let root = CommandLine::command();
    let command = above
        .iter()
        .try_fold(&root, |command, name| command.find_subcommand(name));
    let commands = command.into_iter().flat_map(clap::Command::get_subcommands);
    let names = commands.map(clap::Command::get_name);
    let typed: Vec<&str> = iter::once(root.get_name())
        .chain(above.iter().map(String::as_str))
        .collect();
    let mut arguments = vec![("argument", word.to_owned()), ("command", typed.join(" "))];
    let code = if let Some(name) = nearest(word, names) {
        arguments.push(("meant", name.to_owned()));
        "usage-mistyped-command"
    } else {
        "usage-unknown-command"
    };
    Failure::new(code, arguments).ending(Exit::Usage)
}

/// The failure for a flag that is about files and stands before a command.
pub(super) fn before_command(flag: &str) -> Failure {
    let arguments = vec![("argument", flag.to_owned())];
    Failure::new("usage-before-command", arguments).ending(Exit::Usage)
}

/// The failure for a flag that is about files where none is named.
pub(super) fn without_file(flag: &str) -> Failure {
    let arguments = vec![("argument", flag.to_owned())];
    Failure::new("usage-without-file", arguments).ending(Exit::Usage)
}

/// Whether a usage is of a command that takes a query.
fn takes_words(usage: &str) -> bool {
    [" search ", " query save "]
        .iter()
        .any(|command| usage.contains(command))
}

/// The command that a usage is of: what is typed before options and values.
fn named(usage: &str) -> String {
    let words = usage
        .split(' ')
        .take_while(|word| !word.starts_with(['[', '<', '-']));
    words.collect::<Vec<_>>().join(" ")
}

fn value(error: &clap::Error) -> String {
    text(error, ContextKind::InvalidValue)
}

/// The values that there are, where they can be told.
fn values(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => values.join(" "),
        _ => String::new(),
    }
}

/// What is typed for the command at hand, without clap's own heading.
fn usage(error: &clap::Error) -> String {
    let usage = text(error, ContextKind::Usage);
    let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
    if usage.is_empty() {
        "parkweekly --help".to_owned()
    } else {
        usage.to_owned()
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}
