//! `marks restore`: puts a copy in the place of the marks, with what is sound of damaged ones.
//! Must not replace what is there before the user has seen what comes, what would be lost, and said yes.

mod json;
mod words;

pub(super) use words::kinds;

use crate::app::{Exit, Failure, library, wording};
use crate::cli::Settings;
use crate::cli::confirm::confirmed;
use crate::cli::output::{Output, Stop};
use crate::config::Language;
use crate::store::{Counts, Restoration, Restored};
use json::RestoredLine;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[arg(long, short = 'n', conflicts_with = "yes")]
    dry_run: bool,
    #[arg(long, short)]
    yes: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    let found = library::restoration(settings.library.clone(), arguments.from.as_deref())?;
    let mut line = RestoredLine::of(&found, language);
    if arguments.dry_run {
        if arguments.json {
            output.json(&line)?;
        } else {
            words::each(&found, language, &mut |text| output.line(&text))?;
        }
        return Ok(Exit::Done);
    }
    words::each(&found, language, &mut |text| output.message(&text))?;
    let question = language.say("marks.restore-question");
    if !confirmed(&question, arguments.yes, settings, output)? {
        output.message(&language.say("marks.restore-not"))?;
        return Ok(Exit::Failed);
    }
    let mut counts = found.counts;
    let library = settings.library.clone();
    let restored = if arguments.yes {
        let mut seen = |found: &Restoration| {
            counts = found.counts;
            line = RestoredLine::of(found, language);
        };
        library::restore_unasked(library, arguments.from.as_deref(), found, &mut seen)?
    } else {
        library::restore(library, found)?
    };
    if arguments.json {
        line.carried_out(&restored);
        output.json(&line)?;
    } else {
        tell(&counts, &restored, language, output)?;
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
    words::each(&found, language, &mut |text| output.message(&text))?;
    match confirmed(
        &language.say("marks.restore-question"),
        false,
        settings,
        output,
    ) {
        Ok(true) => {}
        Ok(false) | Err(_) => return Err(failure.into()),
    }
    let counts = found.counts;
    let restored = library::restore(settings.library.clone(), found)?;
    tell(&counts, &restored, language, output)
}

fn tell(
    counts: &Counts,
    restored: &Restored,
    language: Language,
    output: &mut Output,
) -> Result<(), Stop> {
    output.message(&language.say_with("marks.restored", &[("n", &counts.items)]))?;
    if let Some(path) = &restored.set_aside {
        let path = wording::path(path);
        output.message(&language.say_with("marks.set-aside", &[("path", &path)]))?;
    }
    Ok(())
}
