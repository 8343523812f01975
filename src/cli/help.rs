//! The help of every command in the language of the run: `help.<command>.about`, `help.<command>.<argument>`,
//! `help.<command>.examples`, laid over the structure that clap derives.
//! Must not name a single command or argument.

use super::arguments::CommandLine;
use super::output::{Output, Stop};
use super::usage;
use crate::app::Exit;
use crate::app::wording::{ASKING, Asking};
use crate::config::Language;
use crate::text::{WidthPolicy, wrap};
use clap::{Arg, ArgAction, Command, CommandFactory as _};

/// Columns of the help where the terminal is wider, or is none.
const WIDTH: usize = 80;

/// Of which command the help is wanted.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "COMMAND")]
    commands: Vec<String>,
}

/// Writes what the command shows with `--help`.
pub(super) fn run(
    arguments: &Arguments,
    language: Language,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let mut root = command(language);
    // Puts to each command what holds for all of them.
    root.build();
    let mut wanted = &root;
    for (n, word) in arguments.commands.iter().enumerate() {
        let Some(below) = wanted.find_subcommand(word) else {
            return Err(usage::unknown_command(&arguments.commands[..n], word).into());
        };
        wanted = below;
    }
    let help = wanted.clone().render_help();
    output.line(help.to_string().trim_end())?;
    Ok(Exit::Done)
}

/// The command line with its words.
pub(super) fn command(language: Language) -> Command {
    let root = CommandLine::command().max_term_width(WIDTH);
    dress(root, "parkweekly", "parkweekly", language)
}

/// Puts words to a command and to all below it. `key` names it in the locale, `typed` is what a user types for it.
fn dress(command: Command, key: &str, typed: &str, language: Language) -> Command {
    let usage = usage(&command, typed, language);
    let template = format!(
        "{{about}}\n\n{}\n\n{{all-args}}{{after-help}}",
        language.say_with("heading.usage", &[("usage", &usage)])
    );
    let mut command = command
        .about(language.say(&format!("help.{key}.about")).into_owned())
        .override_usage(usage)
        .help_template(template)
        // A missing command is an error that says so, not a help text in its place.
        .arg_required_else_help(false)
        .subcommand_help_heading(language.say("heading.commands").into_owned())
        .subcommand_value_name(language.say("value.COMMAND").into_owned());
    let mut behind = vec![];
    let examples = format!("help.{key}.examples");
    if language.knows(&examples) {
        let examples = language.say(&examples).trim_end().replace('\n', "\n  ");
        let heading = language.say("heading.examples");
        behind.push(format!("{heading}\n  {examples}"));
    }
    let asking = format!("help.{key}.asking");
    if language.knows(&asking) {
        behind.push(format!("{}\n{}", language.say(&asking), queries(language)));
    }
    if !behind.is_empty() {
        command = command.after_help(behind.join("\n\n"));
    }
    let arguments: Vec<_> = command
        .get_arguments()
        .map(|a| a.get_id().clone())
        .collect();
    for id in arguments {
        let words = language.say(&format!("help.{key}.{id}")).into_owned();
        command = command.mut_arg(id, |argument| dress_argument(argument, words, language));
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|below| below.get_name().to_owned())
        .collect();
    for name in names {
        let key = match key {
            "parkweekly" => name.clone(),
            _ => format!("{key}-{name}"),
        };
        let typed = format!("{typed} {name}");
        command = command.mut_subcommand(name, |below| dress(below, &key, &typed, language));
    }
    command
}

/// What can be asked in a query, each by an example with what it finds below.
fn queries(language: Language) -> String {
    const INDENT: usize = 6;
    let row = |asking: &Asking| {
        let finds = asking.finds(language).replace('`', "");
        let lines = wrap(&finds, WIDTH - INDENT, 0, WidthPolicy::default());
        let lines = lines.into_iter();
        let lines = lines.map(|line| format!("{:INDENT$}{}", "", &finds[line]));
        let example = format!("  {}", asking.written.join("  "));
        let lines: Vec<String> = std::iter::once(example).chain(lines).collect();
        lines.join("\n")
    };
    let rows: Vec<String> = ASKING.iter().map(row).collect();
    rows.join("\n")
}

fn dress_argument(argument: Arg, words: String, language: Language) -> Arg {
    let heading = if argument.is_positional() {
        "heading.arguments"
    } else {
        "heading.options"
    };
    let argument = argument
        .help(words)
        .help_heading(language.say(heading).into_owned());
    if !argument.get_action().takes_values() {
        return argument;
    }
    let names = argument.get_value_names().unwrap_or_default();
    let names: Vec<String> = names
        .iter()
        .map(|name| value_name(name, language))
        .collect();
    argument.value_names(names).hide_possible_values(true)
}

/// The name of a value: `FILE` is `value.FILE`.
fn value_name(name: &str, language: Language) -> String {
    language.say(&format!("value.{name}")).into_owned()
}

/// What is typed for a command: its name, options, values and commands below.
fn usage(command: &Command, typed: &str, language: Language) -> String {
    let mut usage = format!("{typed} {}", language.say("usage.options"));
    for argument in command.get_positionals() {
        let more = if matches!(argument.get_action(), ArgAction::Append) {
            "..."
        } else {
            ""
        };
        let [open, close] = if argument.is_required_set() {
            ["<", ">"]
        } else {
            ["[", "]"]
        };
        for name in argument.get_value_names().unwrap_or_default() {
            let name = value_name(name, language);
            usage.extend([" ", open, &name, close, more]);
        }
    }
    if command.has_subcommands() {
        let name = language.say("value.COMMAND");
        let below = if command.is_subcommand_required_set() {
            format!(" <{name}>")
        } else {
            format!(" [{name}]")
        };
        usage.push_str(&below);
    }
    usage
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WidthPolicy;

    /// Hands on every command with its key in the locale.
    fn walk(command: &Command, key: &str, visit: &mut impl FnMut(&Command, &str)) {
        visit(command, key);
        for below in command.get_subcommands() {
            let name = below.get_name();
            let key = match key {
                "parkweekly" => name.to_owned(),
                _ => format!("{key}-{name}"),
            };
            walk(below, &key, visit);
        }
    }

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        let known = |key: String| {
            for language in Language::ALL {
                assert!(
                    language.knows(&key),
                    "{key} is missing in {}",
                    language.code()
                );
            }
        };
        walk(
            &CommandLine::command(),
            "parkweekly",
            &mut |command, key| {
                known(format!("help.{key}.about"));
                if !command.has_subcommands() || key == "parkweekly" {
                    known(format!("help.{key}.examples"));
                }
                for argument in command.get_arguments() {
                    known(format!("help.{key}.{}", argument.get_id()));
                    for name in argument.get_value_names().unwrap_or_default() {
                        if argument.get_action().takes_values() {
                            known(format!("value.{name}"));
                        }
                    }
                }
            },
        );
    }

    /// The help of every command, as shown at 80 columns.
    fn helps(language: Language) -> Vec<String> {
        let mut command = command(language).term_width(80);
        command.build();
        let mut helps = vec![];
        walk(&command, "parkweekly", &mut |command, _| {
            helps.push(command.clone().render_help().to_string());
        });
        helps
    }

    #[test]
    fn chinese_help_has_no_untranslated_line() {
        for help in helps(Language::Chinese) {
            for line in help.lines() {
                let translated = line.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
                let is_asked = |asking: &Asking| asking.written.join("  ") == line.trim();
                let example = line.trim_start().to_lowercase().starts_with("parkweekly")
                    || ASKING.iter().any(is_asked);
                assert!(
                    translated || example || line.is_empty(),
                    "{line:?} in\n{help}"
                );
            }
        }
    }

    #[test]
    fn english_help_has_no_chinese_but_in_examples() {
        for help in helps(Language::English) {
            assert!(!help.contains(['选', '项', '，', '。']), "{help}");
        }
    }

    #[test]
    fn help_fits_80_columns() {
        for language in Language::ALL {
            for help in helps(language) {
                for line in help.lines() {
                    let width = WidthPolicy::default().width(line);
                    assert!(width <= 80, "{width} columns: {line}");
                }
            }
        }
    }

    #[test]
    fn the_structure_is_sound() {
        for language in Language::ALL {
            command(language).debug_assert();
        }
    }
}
