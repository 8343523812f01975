//! `marks import`: merges what `marks export` wrote; of each statement the later one stays, and what gives way is told.
//! Must not change anything for a file of which a line makes no sense: it may have been cut off.

mod read;
mod report;

use super::{Kind, only, wants};
use crate::app::{Exit, Failure};
use crate::cli::Settings;
use crate::cli::complaints::Complaints;
use crate::cli::json::{ErrorObject, MergedLine};
use crate::cli::output::{Output, Stop};
use crate::store::{Comparing, Merged, Records, Store};
use report::Report;
use std::ffi::OsString;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<Kind>,
    #[arg(long, short = 'n')]
    dry_run: bool,
    #[arg(long, short)]
    verbose: bool,
    #[arg(long)]
    json: bool,
}

/// Where records go.
enum Into {
    Library(Box<Store>),
    /// Nowhere: it is only told what would become of them.
    Nothing(Box<Comparing>),
}

impl Into {
    fn put(&mut self, records: &Records) -> Result<Merged, Failure> {
        Ok(match self {
            Self::Library(store) => store.merge_all(records)?,
            Self::Nothing(comparing) => comparing.compare(records)?,
        })
    }
}

/// Each file by itself, as `import` does: one that cannot be read or makes no sense is told, and the others are merged.
pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    let language = settings.language;
    output.at_once();
    let mut into = if arguments.dry_run {
        Into::Nothing(Box::new(settings.reading()?.comparing()?))
    } else {
        Into::Library(Box::new(settings.store_or_new()?))
    };
    let mut complaints = Complaints::new(language);
    let mut exit = Exit::Done;
    let mut report = Report::new(arguments.dry_run, arguments.verbose, language);
    for file in &arguments.files {
        let name = file.to_string_lossy();
        let records = match read::records(file, &name) {
            Ok(records) => records,
            Err(failure) => {
                exit = Exit::Failed;
                if arguments.json {
                    let error = ErrorObject::new(&failure, language);
                    output.json(&MergedLine::failed(&name, error, arguments.dry_run))?;
                }
                complaints.add(&failure, output);
                continue;
            }
        };
        let marks = records.marks.into_iter();
        let mut queries = records.queries;
        queries.retain(|_| wants(&arguments.only, Kind::Query));
        let records = Records {
            marks: marks
                .filter_map(|record| only(record, &arguments.only))
                .collect(),
            queries,
        };
        let merged = into.put(&records)?;
        if arguments.json {
            output.json(&MergedLine::merged(&name, &merged, arguments.dry_run))?;
        } else {
            report.file(&name, &records, &merged, output)?;
        }
    }
    if !arguments.json {
        report.end(output)?;
    }
    complaints.end(output);
    Ok(exit)
}
