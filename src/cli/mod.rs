//! The command line over the library: parse it, run one command, word what went wrong, end with an exit code.
//! Must not know the reader; a run without a command hands over to the function that it was given.

mod arguments;
mod asking;
mod bookmark;
mod check;
mod complaints;
mod config;
mod confirm;
mod contents;
mod detached;
mod doctor;
mod fix;
mod help;
mod import;
mod issues;
mod items;
mod json;
mod jump;
mod limit;
mod marks;
mod note;
mod open;
mod outdated;
mod outline;
mod output;
mod pager;
mod parse;
mod password;
mod progress;
mod query;
mod search;
mod show;
mod signals;
mod table;
mod tag;
mod turned;
mod usage;

use crate::app::doctor::{ChosenBy, VARIABLES};
use crate::app::input::{Input, STDIN, Strictness};
use crate::app::reading::{self, Keep, Reading};
use crate::app::settings::Loaded;
use crate::app::{Exit, Failure, library};
use crate::config::Language;
use crate::issue::Address;
use crate::store::Store;
use arguments::{Command, CommandLine};
use asking::{Asking, Documents};
use clap::FromArgMatches as _;
use complaints::Complaints;
use limit::Limit;
use output::{Output, Stop};
use pager::Pager;
use password::{OnSignal, Passwords};
use progress::watched;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What every command, and the reader, is told by the command line and the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface.
    pub language: Language,
    /// The program itself, which reads PDF in another process.
    pub program: PathBuf,
    /// The folder of the library, where one is named.
    pub library: Option<PathBuf>,
    /// Who named it.
    pub chosen_by: ChosenBy,
    /// Through what long output goes.
    pub pager: Pager,
    /// The settings file.
    pub loaded: Loaded,
    /// The variables that a run depends on, as far as they are set.
    pub variables: BTreeMap<&'static str, String>,
}

/// The reader, as the command line knows it.
pub type Reader<'a> = dyn FnMut(&Settings, Reading) -> Result<Vec<Failure>, Failure> + 'a;

impl Settings {
    /// The library of this run, to change what is in it.
    fn store(&self) -> Result<Store, Failure> {
        match self.missing() {
            Some(failure) => Err(failure),
            None => self.store_or_new(),
        }
    }

    /// The library of this run, to put something into it; a new one where there is none.
    fn store_or_new(&self) -> Result<Store, Failure> {
        let (store, warnings) = library::open(self.library.clone())?;
        output::warn(&warnings, self.language);
        Ok(store)
    }

    /// The library of this run, to read it.
    fn reading(&self) -> Result<Store, Failure> {
        output::warn(self.missing().as_slice(), self.language);
        let (store, warnings) = library::read(self.library.clone())?;
        output::warn(&warnings, self.language);
        Ok(store)
    }

    /// What is to be said where the folder that is named is not there.
    fn missing(&self) -> Option<Failure> {
        library::missing(self.library.as_deref())
    }
}

/// Runs the program with these arguments, its own name first, and tells how it ended. `program` is where it lies; `variable` reads the environment.
/// Without a command, `reader` reads; where there is none, for want of a screen, the contents are written.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    program: &Path,
    variable: impl Fn(&str) -> Option<OsString>,
    reader: Option<&mut Reader<'_>>,
) -> Exit {
    let arguments = turned::turned_round(arguments.into_iter().collect());
    // Asked for before anything else: help and usage errors are in it too.
    let chosen = flag(&arguments, "--config").map(PathBuf::from);
    let chosen = chosen.or_else(|| {
        let named = variable("PARKWEEKLY_CONFIG").filter(|file| !file.is_empty());
        named.map(PathBuf::from)
    });
    let loaded = Loaded::of(chosen);
    let set = loaded
        .as_ref()
        .ok()
        .and_then(|loaded| loaded.config.language);
    let text = |name: &str| variable(name)?.into_string().ok();
    let language = language(&arguments, set, text);
    let mut output = Output::new();
    let mut library = None;
    let ended = parse_arguments(&arguments, language, &mut output).and_then(|line| match line {
        None => Ok(Exit::Done),
        Some(line) => {
            let folder = variable("PARKWEEKLY_LIBRARY").filter(|folder| !folder.is_empty());
            let chosen_by = match (&line.library, &folder) {
                (Some(_), _) => ChosenBy::Flag,
                (None, Some(_)) => ChosenBy::Variable,
                (None, None) => ChosenBy::Nobody,
            };
            let set = |name| {
                let value = variable(name)?;
                Some((name, value.to_string_lossy().into_owned()))
            };
            let settings = Settings {
                language,
                program: program.to_owned(),
                library: line.library.or_else(|| folder.map(PathBuf::from)),
                chosen_by,
                pager: Pager::of(&variable),
                loaded: loaded?,
                variables: VARIABLES.into_iter().filter_map(set).collect(),
            };
            library.clone_from(&settings.library);
            let is_of_settings = matches!(line.command, Some(Command::Config(_)));
            let has_notices = line.command.is_none() && reader.is_some();
            if !is_of_settings && !has_notices {
                output::warn(settings.loaded.warning(language).as_slice(), language);
            }
            let Some(command) = line.command else {
                let files = (&line.files[..], are_files(&arguments, &line.files));
                return read(files, &line.asking, &settings, reader, &mut output);
            };
            match line.asking.first() {
                None => dispatch(&command, &settings, &mut output),
                Some(flag) => Err(usage::before_command(flag).into()),
            }
        }
    });
    let ended = ended.and_then(|exit| output.finish().map(|()| exit));
    let ended = match output.close() {
        Ok(()) => ended,
        Err(failure) => Err(Stop::Failed(failure)),
    };
    match ended {
        Ok(exit) => exit,
        Err(Stop::ClosedPipe) => Exit::Done,
        Err(Stop::Failed(failure)) => {
            let failure = library::with_file(failure, library);
            output.failure(&failure, language);
            failure.exit
        }
    }
}

/// Whether all these files stand behind `--`, so that none of them can be meant as a command.
fn are_files(arguments: &[OsString], files: &[OsString]) -> bool {
    let end = arguments.iter().position(|argument| argument == "--");
    end.is_some_and(|end| arguments[end + 1..] == *files)
}

/// The value of a flag, before the parser has looked at the command line.
fn flag<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a str> {
    let mut value = None;
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        value = match argument.strip_prefix(name) {
            _ if argument == "--" => break,
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        }
        .or(value);
    }
    value
}

/// The language of a run: `--lang`, else `PARKWEEKLY_LANG`, else that of the settings, else the locale.
fn language(
    arguments: &[OsString],
    set: Option<Language>,
    variable: impl Fn(&str) -> Option<String>,
) -> Language {
    // A flag that names no language is an error that the parser finds, to be worded in the language of the variable.
    let chosen = flag(arguments, "--lang")
        .and_then(Language::from_code)
        .or_else(|| Language::from_code(&variable("PARKWEEKLY_LANG")?))
        .or(set);
    Language::detect(chosen, variable)
}

/// The command line as asked for; none where it asked for help or the version, which is then written.
fn parse_arguments(
    arguments: &[OsString],
    language: Language,
    output: &mut Output,
) -> Result<Option<CommandLine>, Stop> {
    let parsed = help::command(language)
        .try_get_matches_from(arguments)
        .and_then(|matches| CommandLine::from_arg_matches(&matches));
    match parsed {
        Ok(line) => Ok(Some(line)),
        Err(error) if !error.use_stderr() => {
            output.line(error.to_string().trim_end())?;
            Ok(None)
        }
        Err(error) => Err(usage::failure(&error).into()),
    }
}

fn dispatch(command: &Command, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    match command {
        Command::Help(arguments) => help::run(arguments, settings.language, output),
        Command::Import(arguments) => import::run(arguments, settings, output),
        Command::Parse(arguments) => parse::run(arguments, settings, output),
        Command::Issues(arguments) => issues::run(arguments, settings, output),
        Command::Search(arguments) => search::run(arguments, settings, output),
        Command::Jump(arguments) => jump::run(arguments, settings, output),
        Command::Show(arguments) => show::run(arguments, settings, output),
        Command::Open(arguments) => open::run(arguments, settings, output),
        Command::Bookmark(command) => bookmark::run(command, settings, output),
        Command::Tag(command) => tag::run(command, settings, output),
        Command::Note(command) => note::run(command, settings, output),
        Command::Fix(arguments) => fix::run(arguments, settings, output),
        Command::Query(command) => query::run(command, settings, output),
        Command::Marks(command) => marks::run(command, settings, output),
        Command::Check(arguments) => check::run(arguments, settings, output),
        Command::Doctor(arguments) => doctor::run(arguments, settings, output),
        Command::Config(command) => config::run(command, settings, output),
    }
}

/// Reads the files, or the library: in the reader, or as contents where there is none. Unless it is said that they are files, the
/// first can be a mistyped command.
fn read(
    (files, are_files): (&[OsString], bool),
    asking: &Asking,
    settings: &Settings,
    reader: Option<&mut Reader<'_>>,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let word = files.first().and_then(|file| mistyped_command(file));
    if let Some(word) = word.filter(|_| !are_files) {
        return Err(usage::unknown_command(&[], word).into());
    }
    let asked = asking.of(Documents::single(files.len() < 2), Strictness::Lenient)?;
    if let (Some(flag), []) = (asking.first(), files) {
        return Err(usage::without_file(flag).into());
    }
    let files: Vec<Input> = files
        .iter()
        .map(|file| Input::named(file.as_ref()))
        .collect();
    let marks = if reader.is_some() {
        Keep::Own
    } else {
        Keep::Nowhere
    };
    let passwords = Passwords::new(settings.language, OnSignal::EndsHere);
    let ask = |name: &str, tries| passwords.next(name, tries);
    let ways = asking.ways(&settings.program, &ask);
    let open = || {
        watched(&ways, settings.language, |ways| {
            reading::open(settings.library.clone(), &files, (asked, ways), marks)
        })
    };
    let reading = match open() {
        Err(failure) if reader.is_some() && library::is_of_lost_marks(&failure) => {
            marks::offer(failure, settings, output)?;
            open()?
        }
        opened => opened?,
    };
    if reader.is_none() {
        output::warn(&reading.warnings, settings.language);
    }
    let (nothing, mut failures) = (reading.is_nothing(), reading.failures.clone());
    match reader {
        _ if nothing => {}
        Some(reader) => failures.extend(reader(settings, reading)?),
        None => contents::run(&reading, settings, output)?,
    }
    // What the reader only says.
    let (said, failures): (Vec<Failure>, Vec<Failure>) = failures
        .into_iter()
        .partition(|failure| failure.exit == Exit::Done);
    output::warn(&said, settings.language);
    let mut complaints = Complaints::new(settings.language);
    for failure in &failures {
        complaints.add(failure, output);
    }
    complaints.end(output);
    Ok(if failures.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// The word where a file was to be named, if it can only have been meant as a command: nothing of that name is there, and
/// it is spelled as commands are.
fn mistyped_command(file: &OsStr) -> Option<&str> {
    let word = file.to_str().filter(|word| !word.is_empty())?;
    let command = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    (word.bytes().all(command) && word != STDIN && !Path::new(file).exists()).then_some(word)
}

/// An address as typed.
fn address(text: &str) -> Result<Address, Failure> {
    Ok(text.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str], variables: &[(&str, &str)]) -> Language {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        language(&arguments, None, |name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_flag_goes_before_the_variable_and_both_before_the_locale() {
        let locale = ("LANG", "zh_CN.UTF-8");
        let variable = ("PARKWEEKLY_LANG", "en");
        assert_eq!(of(&[], &[locale]), Language::Chinese);
        assert_eq!(of(&[], &[locale, variable]), Language::English);
        assert_eq!(of(&["--lang", "zh"], &[variable]), Language::Chinese);
        assert_eq!(of(&["--lang=en"], &[locale]), Language::English);
        assert_eq!(of(&["--", "--lang=en"], &[locale]), Language::Chinese);
        assert_eq!(of(&["--lang=xx"], &[locale]), Language::Chinese);
        assert_eq!(of(&["--lang=xx"], &[locale, variable]), Language::English);
    }
}
