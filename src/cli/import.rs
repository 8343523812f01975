//! `import PATH…`: puts files into the library, and says of each what became of it.
//! Must not stop at a file that fails, nor leave an issue half done when it is told to end.

mod columns;
mod issue;
mod report;

use super::Settings;
use super::asking::{Asking, Documents, Strict};
use super::output::{Output, Stop};
use super::password::{OnSignal, Passwords};
use super::progress::Progress;
use super::signals::Signals;
use crate::app::import::{Batch, Ending, Outcome, Parsed, parse_file, read_ahead};
use crate::app::input::{Asked, Ways};
use crate::app::inputs::{self, Candidate, Entry};
use crate::app::trial::Trial;
use crate::app::{Exit, Failure, library, wording};
use crate::issue::Issue;
use crate::store::Packed;
use report::Report;
use std::ffi::OsString;
use std::ops::ControlFlow;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<OsString>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    strict: Strict,
    #[command(flatten)]
    photos: Photos,
    #[arg(long, short = 'n')]
    dry_run: bool,
    #[arg(long, short)]
    verbose: bool,
    #[arg(long)]
    json: bool,
}

/// What of the photos of a document is kept.
#[derive(Debug, clap::Args)]
struct Photos {
    #[arg(long)]
    no_pictures: bool,
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
            (asked, arguments, settings),
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
            (asked, arguments, settings),
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
    (asked, arguments, settings): (Asked, &Arguments, &Settings),
    mut batch: Batch<'_>,
    report: &mut Report<'_>,
    output: &mut Output,
) -> Result<Option<i32>, Stop> {
    let signals = Signals::catch()
        .map_err(|error| Failure::new("signals-failed", vec![("reason", error.to_string())]))?;
    let language = report.language();
    let progress = match (report.leaves_room(output), entries.len()) {
        (false, _) => Progress::none(),
        (true, 1) => Progress::of_one(),
        (true, files) => Progress::of(files),
    };
    let passwords = Passwords::new(language, OnSignal::Caught);
    let known = |_: &str, tries| passwords.known(tries);
    let ask = |name: &str, tries| progress.beside(|| passwords.next(name, tries));
    let goes_on = || {
        progress.waits(language);
        signals.caught().is_none()
    };
    let pages = |done, all| progress.pages(done, all, language);
    let mut ways = arguments.asking.ways(&settings.program, &known);
    ways.means.pictures = !arguments.photos.no_pictures;
    ways.means.goes_on = &goes_on;
    ways.means.progress = &pages;
    let asking = Ways { ask: &ask, ..ways };
    let may_wait = |entry: &Entry| {
        entry
            .as_ref()
            .is_ok_and(|candidate| candidate.input.may_wait())
    };
    // What may wait is waited for when its turn comes.
    let read = |nth: usize| match &entries[nth] {
        Ok(Candidate { input, .. }) if !input.may_wait() && goes_on() => {
            Some(parse_file(input, asked, &ways))
        }
        _ => None,
    };
    // What needs a password that nobody has typed yet is asked for one when its turn comes, too, so that the questions come in order.
    let is_asked = |parsed: &Option<Result<Parsed, Failure>>| {
        let failure = parsed.as_ref().and_then(|parsed| parsed.as_ref().err());
        Passwords::can_be_asked() && failure.is_some_and(is_shut)
    };
    let begin = |nth: usize| {
        if let Some(Ok(Candidate { input, .. })) = entries.get(nth) {
            progress.next(nth, wording::input_name(language, &input.name()));
        }
    };
    let mut stopped = Ok(());
    begin(0);
    read_ahead(entries.len(), read, |nth, parsed| {
        if !goes_on() {
            return ControlFlow::Break(());
        }
        let entry = &entries[nth];
        let outcome = match entry {
            Ok(candidate) => {
                let input = &candidate.input;
                let parsed = if may_wait(entry) {
                    signals.wait(|| parse_file(input, asked, &asking))
                } else if is_asked(&parsed) {
                    Some(parse_file(input, asked, &asking)).filter(|_| goes_on())
                } else {
                    parsed
                };
                parsed.map(|parsed| batch.take_in(candidate, parsed, &goes_on))
            }
            Err(missing) => {
                let failure = missing.failure.clone();
                Some(Outcome::failed(missing.path.clone(), failure))
            }
        };
        // A signal came instead of it.
        let Some(mut outcome) = outcome.filter(|outcome| !is_interrupted(outcome)) else {
            return ControlFlow::Break(());
        };
        if let Ending::Broken(failure) = outcome.ending {
            // Content and marks are written by one connection: which of the two files it is, SQLite does not say.
            let failure = library::with_file(failure, settings.library.clone());
            outcome.ending = Ending::Broken(failure.with("path", outcome.path.clone()));
        }
        stopped = progress.beside(|| report.add(&outcome, output));
        if stopped.is_err() || matches!(outcome.ending, Ending::Broken(_)) {
            return ControlFlow::Break(());
        }
        begin(nth + 1);
        ControlFlow::Continue(())
    });
    stopped?;
    Ok(signals.caught())
}

/// Whether it needs a password, or another one.
fn is_shut(failure: &Failure) -> bool {
    failure.code.starts_with("pdf-password-")
}

/// Whether a signal came while it was read.
fn is_interrupted(outcome: &Outcome) -> bool {
    outcome
        .error()
        .is_some_and(|failure| failure.code == "pdf-interrupted")
}
