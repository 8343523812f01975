//! Words of a query that are turned round by a hyphen (`-风电`, `-has:date`): no flags to the parser, whatever they begin with.
//! Must not take a mistyped flag for such a word.

use super::arguments::CommandLine;
use crate::text::nearest;
use clap::{Command, CommandFactory as _};
use std::ffi::OsString;

/// The arguments with `!风电` for `-风电` where a command takes a query: the same query.
pub(super) fn turned_round(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let root = CommandLine::command();
    let mut command = &root;
    let mut is_value = true; // The name of the program is no argument.
    let mut passed = 0;
    for argument in &mut arguments {
        let Some(text) = argument.to_str() else {
            is_value = false;
            continue;
        };
        if std::mem::take(&mut is_value) {
            continue;
        }
        if text == "--" {
            break;
        }
        if let Some(flag) = text.strip_prefix("--") {
            is_value = takes_value(flag, [&root, command]);
        } else if let Some(word) = text.strip_prefix('-') {
            if takes_query(command, passed) && is_word(word, [&root, command]) {
                *argument = format!("!{word}").into();
            }
        } else if let Some(below) = command.find_subcommand(text) {
            command = below;
        } else if has_query(command) {
            passed += 1;
        } else {
            break;
        }
    }
    arguments
}

/// Whether what is no flag is a word of a query, behind so many others.
fn takes_query(command: &Command, passed: usize) -> bool {
    query_at(command).is_some_and(|at| passed >= at)
}

/// Whether a command takes a query.
fn has_query(command: &Command) -> bool {
    query_at(command).is_some()
}

/// How many words stand before the query that a command takes: it may have a name.
fn query_at(command: &Command) -> Option<usize> {
    let mut words = command.get_positionals();
    words.position(|argument| argument.get_id() == "query")
}

/// Whether the next argument is the value of this flag.
fn takes_value(flag: &str, commands: [&Command; 2]) -> bool {
    let mut flags = commands.into_iter().flat_map(Command::get_arguments);
    let found = flags.find(|known| known.get_long() == Some(flag));
    found.is_some_and(|known| known.get_action().takes_values())
}

/// Whether what stands behind a hyphen is a word of a query: a letter alone is a flag, and so is what is spelled like the name of one.
fn is_word(word: &str, commands: [&Command; 2]) -> bool {
    let is_like_none = || {
        let name = word.split('=').next().unwrap_or(word);
        let flags = commands.into_iter().flat_map(Command::get_arguments);
        nearest(name, flags.filter_map(clap::Arg::get_long)).is_none()
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '=');
    word.chars().any(|c| !is_plain(c)) || (word.chars().count() > 1 && is_like_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_turned_round_is_no_flag_and_a_mistyped_flag_no_word() {
        let turned = |line: &str| {
            let arguments = line.split(' ').map(OsString::from).collect();
            let turned = turned_round(arguments).into_iter();
            let turned = turned.map(|argument| argument.into_string().unwrap());
            turned.collect::<Vec<_>>().join(" ")
        };
        for (typed, read) in [
            ("search 光伏 -风电 --json", "search 光伏 !风电 --json"),
            ("search -has:date", "search !has:date"),
            ("search -stage:签约 -h", "search !stage:签约 -h"),
            ("search -amount>=5亿", "search !amount>=5亿"),
            ("search -GW -5G", "search !GW !5G"),
            ("search -json -j -limti=5 -", "search -json -j -limti=5 -"),
            ("search --sort -date -AI", "search --sort -date !AI"),
            ("search --limit=5 -AI", "search --limit=5 !AI"),
            ("search -- -风电 -GW", "search -- -风电 -GW"),
            ("--library search search -AI", "--library search search !AI"),
            ("fix list -has:date", "fix list !has:date"),
            ("query save -甲 -乙", "query save -甲 -乙"),
            ("query save 甲 乙 -丙", "query save 甲 乙 !丙"),
            ("query remove 甲 -乙", "query remove 甲 -乙"),
            ("search --saved -甲 -乙", "search --saved -甲 !乙"),
            ("fix 101/1/1 -风电", "fix 101/1/1 -风电"),
            ("import -文件", "import -文件"),
        ] {
            assert_eq!(turned(&format!("p {typed}")), format!("p {read}"));
        }
    }
}
