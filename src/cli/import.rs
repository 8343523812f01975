//! `import PATH…`: puts files into the library, and says of each what became of it.
//! Must not stop at a file that fails, nor leave an issue half done when it is told to end.

mod columns;
mod issue;
mod report;

use super::Settings;
use super::asking::{Asking, Documents, Strict};
use super::output::{Output, Stop};
use super::progress::Progress;
use super::signals::Signals;
use crate::app::import::{Batch, Ending, Outcome, parse_file};
use crate::app::input::Asked;
use crate::app::inputs::{self, Candidate, Entry};
use crate::app::trial::Trial;
use crate::app::{Exit, Failure, library, wording};
use crate::issue::Issue;
use crate::store::Packed;
use report::Report;
use std::ffi::OsString;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<OsString>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    strict: Strict,
    #[arg(long, short = 'n')]
    dry_run: bool,
    #[arg(long, short)]
    verbose: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    output.at_once();
    let named = inputs::named(arguments.paths.iter().map(OsString::as_os_str));
    let asked = arguments.asking.of(
        Documents::single(named.single),
        arguments.strict.strictness(),
    )?;
    let paths: Vec<String> = named.entries.iter().map(name).collect();
    let paths = paths.iter().map(String::as_str);
    let mut report = Report::new(arguments, settings.language, paths);
    let signal = if arguments.dry_run {
        let mut trial = Trial::of(settings.library.clone())?;
        let mut put = |issue: &Issue, packed: &Packed<'_>| trial.put(issue, &packed.kept);
        let batch = Batch::new(&mut put, asked);
        all(
            &named.entries,
            (asked, settings),
            batch,
            &mut report,
            output,
        )?
    } else {
        let mut store = settings.store_or_new()?;
        let mut put =
            |issue: &Issue, packed: &Packed<'_>| Ok(store.import_packed(issue, packed)?.into());
        let batch = Batch::new(&mut put, asked);
        all(
            &named.entries,
            (asked, settings),
            batch,
            &mut report,
            output,
        )?
    };
    let failed = report.failed();
    report.end(named.entries.len(), !named.single, output)?;
    Ok(match signal {
        Some(signal) => Exit::Signal(signal),
        None if failed => Exit::Failed,
        None => Exit::Done,
    })
}

/// As the user named it.
fn name(entry: &Entry) -> String {
    match entry {
        Ok(candidate) => candidate.input.name(),
        Err(missing) => missing.path.clone(),
    }
}

/// Imports everything until a signal comes, which is handed on, or the library fails.
fn all(
    entries: &[Entry],
    (asked, settings): (Asked, &Settings),
    mut batch: Batch<'_>,
    report: &mut Report<'_>,
    output: &mut Output,
) -> Result<Option<i32>, Stop> {
    let signals = Signals::catch()
        .map_err(|error| Failure::new("signals-failed", vec![("reason", error.to_string())]))?;
    let progress = if entries.len() > 1 && report.leaves_room(output) {
        Progress::of(entries.len())
    } else {
        Progress::none()
    };
    for (done, entry) in entries.iter().enumerate() {
        if signals.caught().is_some() {
            break;
        }
        let outcome = match entry {
            Ok(candidate) => {
                let name = candidate.input.name();
                progress.next(done, wording::input_name(report.language(), &name));
                one(candidate, asked, &mut batch, &signals)
            }
            Err(missing) => {
                let failure = missing.failure.clone();
                Some(Outcome::failed(missing.path.clone(), failure))
            }
        };
        let Some(mut outcome) = outcome else { break };
        if let Ending::Broken(failure) = outcome.ending {
            // Content and marks are written by one connection: which of the two files it is, SQLite does not say.
            let failure = library::with_file(failure, settings.library.clone());
            outcome.ending = Ending::Broken(failure.with("path", outcome.path.clone()));
        }
        progress.beside(|| report.add(&outcome, output))?;
        if matches!(outcome.ending, Ending::Broken(_)) {
            break;
        }
    }
    Ok(signals.caught())
}

/// Imports one input; none where a signal came instead of it.
fn one(
    candidate: &Candidate,
    asked: Asked,
    batch: &mut Batch<'_>,
    signals: &Signals,
) -> Option<Outcome> {
    let input = &candidate.input;
    let read = || parse_file(input, asked);
    let parsed = if input.may_wait() {
        signals.wait(read)?
    } else {
        read()
    };
    let goes_on = || signals.caught().is_none();
    Some(batch.take_in(candidate, parsed, &goes_on))
}
