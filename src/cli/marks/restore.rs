//! `marks restore`: puts a copy in the place of damaged or lost marks.
//! Must not replace what is there before the user has seen what comes and said yes.

use crate::app::{Exit, Failure, library, wording};
use crate::cli::Settings;
use crate::cli::confirm::confirmed;
use crate::cli::output::{self, Output, Stop};
use crate::config::Language;
use crate::store::{Present, Restoration, Restored};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[arg(long, short)]
    yes: bool,
    #[arg(long)]
    json: bool,
}

/// What was restored, as JSON.
#[derive(Debug, Serialize)]
struct RestoredLine {
    /// The copy.
    restored: String,
    /// When it was made, RFC 3339 in UTC; null where its name does not tell.
    time: Option<String>,
    /// Items with marks.
    marks: u32,
    /// What was there before, under its new name; null where there was nothing.
    set_aside: Option<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    let found = library::restoration(settings.library.clone(), arguments.from.as_deref())?;
    show(&found, language, output)?;
    let question = language.say("marks.restore-question");
    if !confirmed(&question, arguments.yes, settings, output)? {
        output.message(&language.say("marks.restore-not"))?;
        return Ok(Exit::Failed);
    }
    let mut line = RestoredLine {
        restored: found.from.to_string_lossy().into_owned(),
        time: found.time.map(|time| time.to_string()),
        marks: found.marks,
        set_aside: None,
    };
    let restored = library::restore(settings.library.clone(), found)?;
    if arguments.json {
        let set_aside = restored.set_aside.as_ref();
        line.set_aside = set_aside.map(|path| path.to_string_lossy().into_owned());
        output.json(&line)?;
    } else {
        tell(line.marks, &restored, language, output)?;
    }
    Ok(Exit::Done)
}

/// Offers to restore the marks that `failure` says are lost, before the reader takes the screen.
///
/// # Errors
/// `failure`, where there is no copy or the user does not want it.
pub(in crate::cli) fn offer(
    failure: Failure,
    settings: &Settings,
    output: &mut Output,
) -> Result<(), Stop> {
    let language = settings.language;
    let Ok(found) = library::restoration(settings.library.clone(), None) else {
        return Err(failure.into());
    };
    output.error(&failure, language);
    show(&found, language, output)?;
    match confirmed(
        &language.say("marks.restore-question"),
        false,
        settings,
        output,
    ) {
        Ok(true) => {}
        Ok(false) | Err(_) => return Err(failure.into()),
    }
    let marks = found.marks;
    let restored = library::restore(settings.library.clone(), found)?;
    tell(marks, &restored, language, output)
}

/// Which copy is taken, and what it replaces.
fn show(found: &Restoration, language: Language, output: &mut Output) -> Result<(), Stop> {
    let passed_over: Vec<Failure> = found.passed_over.iter().map(Failure::from).collect();
    output::warn(&passed_over, language);
    let path = wording::path(&found.from);
    let time = found.time.map(wording::moment);
    let time = time.unwrap_or_else(|| language.say("marks.time-unknown").into_owned());
    let copy = language.say_with(
        "marks.copy",
        &[("path", &path), ("time", &time), ("n", &found.marks)],
    );
    output.message(&copy)?;
    let present = match &found.present {
        Present::Missing => language.say("marks.present-missing").into_owned(),
        Present::Whole(marks) => language.say_with("marks.present-whole", &[("n", marks)]),
        Present::Damaged(error) => {
            let reason = Failure::from(error).message(language);
            language.say_with("marks.present-damaged", &[("reason", &reason)])
        }
    };
    output.message(&present)
}

fn tell(
    marks: u32,
    restored: &Restored,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    output.message(&language.say_with("marks.restored", &[("n", &marks)]))?;
    if let Some(path) = &restored.set_aside {
        let path = wording::path(path);
        output.message(&language.say_with("marks.set-aside", &[("path", &path)]))?;
    }
    Ok(())
}
