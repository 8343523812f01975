//! `import FILE…`: puts files into the library, and says of each what became of it.
//! Must not stop at a file that fails.

use super::asking::{Asking, Documents};
use super::json::{ImportLine, status};
use super::output::{Output, Stop};
use super::{Settings, table};
use crate::app::Exit;
use crate::app::import::{Outcome, import_file};
use crate::app::input::{Input, Strictness};
use crate::config::Language;
use std::ffi::OsString;
use table::Side;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    #[command(flatten)]
    asking: Asking,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    let documents = match arguments.files[..] {
        [_] => Documents::One,
        _ => Documents::Several,
    };
    let asked = arguments.asking.of(documents, Strictness::Lenient)?;
    let mut store = settings.store()?;
    let mut counts = Counts::default();
    for file in &arguments.files {
        let outcome = import_file(&mut store, &Input::named(file.as_ref()), asked);
        counts.add(&outcome);
        if arguments.json {
            output.json(&ImportLine::new(&outcome, language))?;
        } else {
            output.line(&line(&outcome, language))?;
        }
        if let Some(failure) = &outcome.error {
            output.failure(failure, language);
        }
    }
    if arguments.files.len() > 1 {
        output.message(&counts.summary(language))?;
    }
    Ok(if counts.failed > 0 {
        Exit::Failed
    } else {
        Exit::Done
    })
}

/// The files of each status.
#[derive(Default)]
struct Counts {
    new: u32,
    replaced: u32,
    unchanged: u32,
    failed: u32,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        use crate::store::Status::{New, Replaced, Unchanged};
        let count = match outcome.status() {
            Some(New) => &mut self.new,
            Some(Replaced) => &mut self.replaced,
            Some(Unchanged) => &mut self.unchanged,
            None => &mut self.failed,
        };
        *count += 1;
    }

    fn summary(&self, language: Language) -> String {
        language.say_with(
            "import.summary",
            &[
                (
                    "files",
                    &(self.new + self.replaced + self.unchanged + self.failed),
                ),
                ("new", &self.new),
                ("replaced", &self.replaced),
                ("unchanged", &self.unchanged),
                ("failed", &self.failed),
            ],
        )
    }
}

fn line(outcome: &Outcome, language: Language) -> String {
    let word = language.say(&format!("import.{}", status(outcome.status())));
    let mut cells = vec![outcome.path.clone(), word.into_owned()];
    for issue in &outcome.issues {
        let number = language.say_with("issue.number", &[("n", &issue.number)]);
        cells.push(format!("{} {number}", issue.publication));
    }
    if !outcome.issues.is_empty() {
        cells.push(language.say_with("count.items", &[("n", &outcome.items())]));
    }
    if outcome.diagnostics() > 0 {
        cells.push(language.say_with("count.diagnostics", &[("n", &outcome.diagnostics())]));
    }
    let sides = vec![Side::Left; cells.len()];
    table::lines(&[cells], &sides).concat()
}
