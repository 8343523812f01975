//! `doctor`: all that the program depends on, what is wrong with it, and how to mend it.
//! Must not need a library, nor make one.

use super::Settings;
use super::check::json::FindingLine;
use super::check::line;
use super::output::{Output, Stop};
use super::table::{self, Side};
use crate::app::Exit;
use crate::app::doctor::{self, Report, Surroundings, Terminal};
use crate::app::looks::Questions;
use crate::app::terminal::ask_aside;
use crate::config::Language;
use crate::store::Level;
use crate::text::clean;
use serde_json::{Map, Value};
use std::io::{self, IsTerminal as _};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let loaded = &settings.loaded;
    let report = doctor::examine(&Surroundings {
        library: settings.library.clone(),
        chosen_by: settings.chosen_by,
        terminal: terminal(settings, output),
        screen: loaded.config.screen.clone(),
        theme: loaded.theme(),
        settings: loaded.path.clone(),
        faults: loaded.failure.is_none().then_some(loaded.problems.len()),
        language: settings.language,
        variables: settings.variables.clone(),
    });
    if arguments.json {
        output.json(&json(&report, settings.language)?)?;
    } else {
        write(&report, settings.language, output)?;
    }
    let mut findings = report.findings.iter();
    Ok(if findings.any(|finding| finding.level == Level::Wrong) {
        Exit::Failed
    } else {
        Exit::Done
    })
}

/// The terminal, which is asked what the reader asks it, whatever is set: where keys come from it, and where it is one that
/// knows more than lines.
fn terminal(settings: &Settings, output: &Output) -> Terminal {
    let streams = [
        io::stdin().is_terminal(),
        output.is_terminal(),
        io::stderr().is_terminal(),
    ];
    let is_dumb = settings
        .variables
        .get("TERM")
        .is_some_and(|term| term == "dumb");
    let questions = Questions {
        ambiguous: true,
        background: true,
    };
    let can_be_asked = streams[0] && streams[1] && !is_dumb;
    Terminal {
        streams,
        size: output.is_terminal().then(Output::size).flatten(),
        answers: can_be_asked.then(|| ask_aside(questions)).flatten(),
    }
}

/// An object a group, and the findings.
fn json(report: &Report, language: Language) -> Result<Value, Stop> {
    let object = |facts: &[doctor::Fact]| -> Value {
        let facts = facts.iter();
        let facts = facts.map(|(name, value)| ((*name).to_owned(), cleaned(value)));
        Value::Object(facts.collect())
    };
    let groups = report.groups.iter();
    let mut all: Map<String, Value> = groups
        .map(|(group, facts)| ((*group).to_owned(), object(facts)))
        .collect();
    let findings: Vec<FindingLine<'_>> = report
        .findings
        .iter()
        .map(|finding| FindingLine::new(finding, language))
        .collect();
    let findings = serde_json::to_value(findings).map_err(crate::store::StoreError::from)?;
    all.insert("findings".to_owned(), findings);
    Ok(Value::Object(all))
}

/// Variables and paths may hold anything.
fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(text) => clean(text).into_owned().into(),
        value => value.clone(),
    }
}

fn write(report: &Report, language: Language, output: &mut Output) -> Result<(), Stop> {
    for (group, facts) in &report.groups {
        output.line(&language.say(&format!("doctor.{group}")))?;
        let rows: Vec<Vec<String>> = facts
            .iter()
            .map(|(name, value)| {
                let word = language.say(&format!("doctor.{group}.{name}"));
                vec![format!("  {word}"), shown(name, value, language)]
            })
            .collect();
        for line in table::lines(&rows, &[Side::Left, Side::Left]) {
            output.line(&line)?;
        }
    }
    for finding in &report.findings {
        output.line(&line(finding, language))?;
    }
    let wrong = report.findings.iter();
    let wrong = wrong.filter(|finding| finding.level == Level::Wrong);
    let summary = match wrong.count() {
        0 => language.say("doctor.well").into_owned(),
        n => language.say_with("doctor.wrong", &[("n", &n)]),
    };
    output.line(&summary)
}

/// A value for a reader.
fn shown(name: &str, value: &Value, language: Language) -> String {
    match cleaned(value) {
        Value::Number(n) if ["size", "wal", "room"].contains(&name) => {
            doctor::bytes(n.as_u64().unwrap_or_default())
        }
        Value::Null => language.say("doctor.none").into_owned(),
        Value::Bool(true) => language.say("doctor.yes").into_owned(),
        Value::Bool(false) => language.say("doctor.no").into_owned(),
        // The name of a theme is what is written for it.
        Value::String(text) if ["theme", "set"].contains(&name) => text,
        Value::String(text) => {
            let state = format!("doctor.state.{text}");
            if language.knows(&state) {
                language.say(&state).into_owned()
            } else {
                text
            }
        }
        value => value.to_string(),
    }
}
