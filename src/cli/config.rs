//! `config`: where the settings file is, what could stand in it, what is wrong with it, and editing it.
//! Must not read the file itself.

mod themes;

use super::Settings;
use super::output::{Output, Stop};
use crate::app::editor::Editor;
use crate::app::settings::{self, Loaded};
use crate::app::{Exit, Failure};
use crate::config::{Config, Language, NoHome, Problem};
use crate::keys::{Action, Context};
use crate::text::clean;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Path,
    Default,
    Check(Check),
    Edit,
    Keys,
    Themes(themes::Arguments),
    Theme(themes::Named),
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[arg(long)]
    json: bool,
}

/// A line of `config check --json`.
#[derive(Debug, Serialize)]
struct ProblemLine<'p> {
    path: String,
    line: usize,
    column: usize,
    key: &'p str,
    kind: &'static str,
    message: String,
}

pub(super) fn run(
    command: &Command,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    match command {
        Command::Path => {
            let path = path(settings)?;
            output.line(&clean(&path.display().to_string()))?;
        }
        Command::Default => output.line(settings::default_text(language).trim_end())?,
        Command::Keys => output.line(keys(&settings.loaded.config, language).trim_end())?,
        Command::Check(arguments) => {
            return check(&settings.loaded, arguments.json, language, output);
        }
        Command::Themes(arguments) => themes::run(arguments, settings, output)?,
        Command::Theme(arguments) => themes::write(arguments, settings, output)?,
        Command::Edit => return edit(settings, output),
    }
    Ok(Exit::Done)
}

fn path(settings: &Settings) -> Result<&Path, Failure> {
    let path = settings.loaded.path.as_deref();
    path.ok_or_else(|| Failure::from(NoHome).with("what", "config"))
}

/// Tells all that is wrong with the file.
fn check(
    loaded: &Loaded,
    json: bool,
    language: Language,
    output: &mut Output,
) -> Result<Exit, Stop> {
    if let Some(failure) = &loaded.failure {
        return Err(failure.clone().into());
    }
    let path = loaded.path.as_deref().unwrap_or_else(|| Path::new(""));
    let theme = loaded.theme();
    let own = loaded.problems.iter().map(|problem| (path, problem));
    let themes = theme.problems.iter();
    let themes = themes.map(|one| (one.path.as_path(), &one.problem));
    let mut problems: Vec<_> = own.chain(themes).collect();
    // The line that names a theme is told among the others of the settings; each theme file in its own order behind them.
    problems.sort_by_key(|(own, problem)| {
        let is_own = *own == path;
        (!is_own, is_own.then_some((problem.line, problem.column)))
    });
    let shown = |path: &Path| clean(&path.display().to_string()).into_owned();
    for (path, problem) in &problems {
        let shown = shown(path);
        if json {
            output.json(&json_line(problem, shown, language))?;
        } else {
            output.line(&format!("{shown}:{}", settings::line(problem, language)))?;
        }
    }
    if !problems.is_empty() {
        return Ok(Exit::Failed);
    }
    if !json {
        let word = if path.is_file() {
            "config.sound"
        } else {
            "config.none"
        };
        output.line(&language.say_with(word, &[("path", &shown(path))]))?;
    }
    Ok(Exit::Done)
}

fn json_line(problem: &Problem, path: String, language: Language) -> ProblemLine<'_> {
    ProblemLine {
        path,
        line: problem.line,
        column: problem.column,
        key: &problem.key,
        kind: problem.fault.code(),
        message: settings::fault(&problem.fault, language),
    }
}

/// Has the file edited, made with the defaults where there is none, and tells what is wrong with it then.
fn edit(settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let path = path(settings)?;
    let language = settings.language;
    let editor = Editor::of(|name| std::env::var_os(name))?;
    if settings::make(path, language)? {
        let shown = path.display().to_string();
        output.message(&language.say_with("config.made", &[("path", &clean(&shown))]))?;
    }
    editor.open(path)?;
    let loaded = Loaded::of(Some(PathBuf::from(path)))?;
    check(&loaded, false, language, output)
}

/// All keys as they are bound, as they would be written in the file, with what each does beside it.
fn keys(config: &Config, language: Language) -> String {
    let mut lines = vec![];
    for context in Context::ALL {
        lines.push(format!("[keys.{}]", context.name()));
        let actions = Action::ALL.into_iter().filter_map(|action| {
            let keys = config.keymap.written(context, action);
            (!keys.is_empty()).then_some((action, keys))
        });
        for (action, keys) in actions {
            let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
            let line = format!("{} = [{}]", action.name(), keys.join(", "));
            let word = language.say(&action.word(context));
            lines.push(format!("{line:<44} # {word}"));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}
