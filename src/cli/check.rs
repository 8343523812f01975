//! `check`: the library looked over, a line a finding; with `--rebuild` its content made again from the kept pages.
//! Must not decide what is wrong or how it is mended.

pub(super) mod json;

use super::Settings;
use super::output::{Output, Stop};
use super::progress::Progress;
use super::signals::Signals;
use crate::app::rebuild::{self, Basis, Lost, Remade};
use crate::app::{Exit, Failure, check, wording};
use crate::config::Language;
use crate::store::{Checked, Finding, Level, Told};
use crate::text::clean;
use json::{FindingLine, RemadeLine};
use std::fmt::Display;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(long)]
    rebuild: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    if arguments.rebuild {
        make_again(arguments, settings, output)
    } else {
        look(arguments, settings, output)
    }
}

/// Looks over the library.
fn look(arguments: &Arguments, settings: &Settings, output: &mut Output) -> Result<Exit, Stop> {
    let language = settings.language;
    let mut findings: Vec<Finding> = vec![];
    let mut bar = Bar::default();
    let checked = check::check(settings.library.clone(), &mut |told| match told {
        Told::Step(done, all) => bar.step(done, all, ""),
        Told::Found(finding) => findings.push(finding),
    })?;
    drop(bar);
    for finding in &findings {
        if arguments.json {
            output.json(&FindingLine::new(finding, language))?;
        } else {
            output.line(&line(finding, language))?;
        }
    }
    let wrong = || findings.iter().filter(|one| one.level == Level::Wrong);
    if !arguments.json {
        output.line(&summary(wrong(), &checked, language))?;
    }
    Ok(match wrong().next() {
        Some(_) => Exit::Failed,
        None => Exit::Done,
    })
}

/// What a finding says and what to do about it, in a line.
pub(super) fn line(finding: &Finding, language: Language) -> String {
    let found = check::found(language, finding);
    match finding.level {
        Level::Wrong => {
            let mend = check::mend(language, finding);
            language.say_with("check.wrong", &[("found", &found), ("mend", &mend)])
        }
        Level::Told => language.say_with("check.told", &[("found", &found)]),
    }
}

fn summary<'f>(
    wrong: impl Iterator<Item = &'f Finding>,
    checked: &Checked,
    language: Language,
) -> String {
    let (waiting, damage): (Vec<_>, Vec<_>) = wrong.partition(|one| one.waiting().is_some());
    let looked_at = language.say_with(
        "check.looked-at",
        &[
            ("documents", &checked.documents),
            ("issues", &checked.issues),
            ("items", &checked.items),
            ("marks", &checked.marks),
        ],
    );
    let (key, n) = match (damage.len(), waiting.len()) {
        (0, 0) => ("check.sound", 0),
        (0, waiting) => ("check.waiting", waiting),
        (damage, waiting) => ("check.found", damage + waiting),
    };
    language.say_with(key, &[("n", &n), ("looked", &looked_at)])
}

/// Makes the content again.
fn make_again(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    if let Some(failure) = settings.missing() {
        return Err(failure.into());
    }
    let signals = Signals::catch()
        .map_err(|error| Failure::new("signals-failed", vec![("reason", error.to_string())]))?;
    let mut bar = Bar::default();
    let remade = rebuild::rebuild(
        settings.library.clone(),
        &|| signals.caught().is_none(),
        &mut |done, all, path| bar.step(done, all, path),
    );
    drop(bar);
    let remade = match (remade, signals.caught()) {
        (Ok(remade), _) => remade,
        (Err(failure), Some(signal)) if failure.code == "library-stopped" => {
            output.message(&language.say("rebuild.interrupted"))?;
            return Ok(Exit::Signal(signal));
        }
        (Err(failure), _) => return Err(failure.into()),
    };
    let Some(remade) = remade else {
        output.message(&language.say("rebuild.no-library"))?;
        return Ok(Exit::Done);
    };
    tell(&remade, arguments.json, language, output)?;
    let is_whole = remade.lost.is_empty() && remade.rebuilt.left_behind.is_none();
    let is_done = is_whole && !is_nothing(&remade);
    Ok(if is_done { Exit::Done } else { Exit::Failed })
}

/// Whether nothing of a damaged file could be read back: not even what is to be imported again.
fn is_nothing(remade: &Remade) -> bool {
    remade.rebuilt.set_aside.is_some() && remade.issues.is_empty() && remade.lost.is_empty()
}

fn tell(remade: &Remade, json: bool, language: Language, output: &mut Output) -> Result<(), Stop> {
    if json {
        for issue in &remade.issues {
            output.json(&RemadeLine::made(issue))?;
        }
        for lost in &remade.lost {
            output.json(&RemadeLine::lost(lost))?;
        }
    } else {
        for lost in &remade.lost {
            output.line(&lost_line(lost, remade, language))?;
        }
        output.line(&made_line(remade, language))?;
    }
    let mut said = |key: &str, argument: (&str, &dyn Display)| {
        output.message(&language.say_with(key, &[argument]))
    };
    if let Some(aside) = &remade.rebuilt.set_aside {
        let path = clean(&aside.to_string_lossy()).into_owned();
        said("rebuild.set-aside", ("path", &path))?;
    }
    if is_nothing(remade) {
        said("rebuild.nothing", ("n", &0))?;
    }
    if remade.rebuilt.merged > 0 {
        said("rebuild.merged", ("n", &remade.rebuilt.merged))?;
    }
    if let Some(reason) = &remade.rebuilt.left_behind {
        said("rebuild.left-behind", ("reason", reason))?;
    } else if remade.rebuilt.renamed > 0 {
        said("rebuild.renamed", ("n", &remade.rebuilt.renamed))?;
    }
    Ok(())
}

/// What is to be imported again.
fn lost_line(lost: &Lost, remade: &Remade, language: Language) -> String {
    let path = lost.path.as_deref().map(|path| clean(path).into_owned());
    let issue = lost.issue.as_ref().map(|label| {
        let title = wording::issue_title(language, label);
        title.trim().to_owned()
    });
    let unknown = || language.say("rebuild.unknown").into_owned();
    let what = match (issue, path) {
        (Some(issue), Some(path)) if !path.is_empty() => {
            language.say_with("rebuild.issue-of", &[("issue", &issue), ("path", &path)])
        }
        (Some(what), _) | (None, Some(what)) => what,
        (None, None) => unknown(),
    };
    let is_kept = lost.issue.as_ref().is_some_and(|label| {
        let mut issues = remade.issues.iter();
        issues.any(|made| {
            made.basis == Basis::RowsAlone
                && made.number == label.number
                && made.publication == label.publication
        })
    });
    let key = if is_kept {
        "rebuild.without-pages"
    } else {
        "rebuild.lost"
    };
    language.say_with(key, &[("what", &what)])
}

fn made_line(remade: &Remade, language: Language) -> String {
    let of = |basis| {
        let issues = remade.issues.iter();
        issues.filter(move |made| made.basis == basis)
    };
    let mut documents: Vec<_> = of(Basis::Pages).map(|made| &made.path).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut line = language.say_with(
        "rebuild.made",
        &[
            ("issues", &of(Basis::Pages).count()),
            ("documents", &documents.len()),
        ],
    );
    let kept = of(Basis::Rows).count() + of(Basis::RowsAlone).count();
    if kept > 0 {
        line.push_str(&language.say_with("rebuild.kept", &[("n", &kept)]));
    }
    if !remade.lost.is_empty() {
        let lost = remade.lost.len();
        line.push_str(&language.say_with("rebuild.not-made", &[("n", &lost)]));
    }
    line
}

/// A bar for what tells only on its way how long it is.
#[derive(Default)]
struct Bar(Option<Progress>);

impl Bar {
    fn step(&mut self, done: usize, all: usize, what: &str) {
        let bar = self.0.get_or_insert_with(|| Progress::of(all));
        bar.next(done, clean(what).into_owned());
    }
}
