//! What a run without a command shows where there is no screen: the contents as plain text, of the files named, of the
//! newest issue, or of the sample.
//! Must not mark or store anything.

use super::output::{Output, Stop};
use super::{Settings, outline};
use crate::app::reading::{Origin, Reading};
use crate::store::{Anchor, Listing, Scope};

pub(super) fn run(reading: &Reading, settings: &Settings, output: &mut Output) -> Result<(), Stop> {
    let searcher = reading.store.searcher()?;
    let mut issues = searcher.issues()?;
    if reading.origin != Origin::Files {
        issues.truncate(1);
    }
    for (n, issue) in issues.iter().enumerate() {
        if n > 0 {
            output.line("")?;
        }
        let listing = Listing {
            scope: Scope::Issue(issue.id),
            query: crate::query::Query::default(),
        };
        let run = searcher.run(&listing, Anchor::Top, usize::MAX)?;
        let rows = outline::of_heads(&run.items);
        outline::write(&issue.label, &rows, settings.language, output)?;
    }
    if reading.origin == Origin::Sample {
        output.message(&settings.language.say("contents.sample"))?;
    }
    Ok(())
}
