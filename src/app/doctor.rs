//! All that a run depends on, and what is wrong with it: the program, the library, the disk, the terminal, the language.
//! Must work in any state of the library, and must not make or change a file.

mod files;
mod looks;
mod surroundings;

pub use files::bytes;
pub use surroundings::{ChosenBy, Surroundings, Terminal, VARIABLES};

use super::issues::READING_VERSION;
use crate::config::library_folder;
use crate::store::{self, Finding};
use serde_json::Value;

/// A name and what it stands for; names are `doctor.<group>.<name>` in the locales.
pub type Fact = (&'static str, Value);

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// By group, in the order in which they are shown.
    pub groups: Vec<(&'static str, Vec<Fact>)>,
    /// What is wrong, and what to do about it.
    pub findings: Vec<Finding>,
}

/// Looks at everything.
#[must_use]
pub fn examine(around: &Surroundings) -> Report {
    let mut report = Report {
        groups: vec![(
            "program",
            vec![
                ("version", env!("CARGO_PKG_VERSION").into()),
                ("parser", READING_VERSION.into()),
                ("sqlite", store::sqlite_version().into()),
            ],
        )],
        findings: vec![],
    };
    match library_folder(around.library.clone()) {
        Ok(folder) => files::examine(&folder, around.chosen_by, &mut report),
        Err(_) => report
            .findings
            .push(Finding::wrong("no-home", "name-folder", vec![])),
    }
    if let Ok(pragmas) = store::pragmas() {
        let facts = pragmas
            .into_iter()
            .map(|(name, value)| (name, value.into()));
        report.groups.push(("connection", facts.collect()));
    }
    around.examine(&mut report);
    report
}
