//! `marks export`: a line of JSON an item, in the order of their names, and behind them one a saved query, so that two files can be
//! compared.
//! Must not leave out what was taken off: another library has to hear of it.

use super::{Kind, only, wants};
use crate::app::Exit;
use crate::cli::Settings;
use crate::cli::output::{Output, Stop};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<Kind>,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    // A file without marks would pass for a copy of them.
    if let Some(failure) = settings.missing() {
        return Err(failure.into());
    }
    let searcher = settings.reading()?.searcher()?;
    let mut written = 0;
    searcher.each_record(|record| match only(record, &arguments.only) {
        Some(record) => {
            written += 1;
            output.json(&record)
        }
        None => Ok(()),
    })?;
    if wants(&arguments.only, Kind::Query) {
        for record in searcher.query_records()? {
            written += 1;
            output.json(&record)?;
        }
    }
    if written == 0 {
        output.message(&settings.language.say("marks.none"))?;
    }
    Ok(Exit::Done)
}
