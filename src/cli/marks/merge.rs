//! `marks import`: merges what `marks export` wrote; of each statement the later one stays.
//! Must not change anything where a line makes no sense: the file may have been cut off.

use super::{Kind, only};
use crate::app::{Exit, Failure};
use crate::cli::Settings;
use crate::cli::output::{Output, Stop};
use crate::issue::MarkRecord;
use crate::store::{self, Merged, RecordError};
use std::ffi::OsString;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

/// Bytes of a line at most: a note as long as one can be, and all else, with room for escapes.
const LONGEST_LINE: u64 = 1 << 20;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<Kind>,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<Exit, Stop> {
    // All of them are read before the first is merged.
    let mut files = vec![];
    for file in &arguments.files {
        let name = file.to_string_lossy().into_owned();
        let mut records = read(file, &name)?;
        records = records
            .into_iter()
            .filter_map(|record| only(record, &arguments.only))
            .collect();
        files.push((name, records));
    }
    output.at_once();
    let mut store = settings.store()?;
    for (name, records) in &files {
        let merged = store.merge(records)?;
        if arguments.json {
            output.json(&Line::new(name, merged))?;
            continue;
        }
        let language = settings.language;
        let counts: [(&str, &dyn Display); 4] = [
            ("path", name),
            ("all", &records.len()),
            ("changed", &merged.changed),
            ("unchanged", &merged.unchanged),
        ];
        output.message(&language.say_with("marks.merged", &counts))?;
        if merged.notes_replaced > 0 {
            let n: &dyn Display = &merged.notes_replaced;
            output.message(&language.say_with("marks.notes-replaced", &[("n", n)]))?;
        }
    }
    Ok(Exit::Done)
}

/// What a file came to.
#[derive(serde::Serialize)]
struct Line<'a> {
    path: &'a str,
    changed: usize,
    unchanged: usize,
    notes_replaced: usize,
}

impl<'a> Line<'a> {
    const fn new(path: &'a str, merged: Merged) -> Self {
        Self {
            path,
            changed: merged.changed,
            unchanged: merged.unchanged,
            notes_replaced: merged.notes_replaced,
        }
    }
}

/// The records of a file, or of the standard input.
fn read(file: &OsString, name: &str) -> Result<Vec<MarkRecord>, Failure> {
    let unreadable = |reason: String| {
        Failure::new(
            "marks-unreadable",
            vec![("path", name.to_owned()), ("reason", reason)],
        )
    };
    let mut source: Box<dyn BufRead> = if file == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let opened = File::open(Path::new(file)).map_err(|error| unreadable(error.to_string()))?;
        Box::new(BufReader::new(opened))
    };
    let mut records = vec![];
    for number in 1_usize.. {
        let mut line = vec![];
        let read = source
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line);
        let read = read.map_err(|error| unreadable(error.to_string()))?;
        if read == 0 {
            break;
        }
        // An editor may have put a mark of the byte order in front.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let wrong = |reason: String| {
            Failure::new(
                "marks-line",
                vec![
                    ("path", name.to_owned()),
                    ("line", number.to_string()),
                    ("reason", reason),
                ],
            )
        };
        let record: MarkRecord =
            serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        let record = store::checked(record).map_err(|error| senseless(error, name, number))?;
        records.push(record);
    }
    Ok(records)
}

/// The failure for a record that makes no sense.
fn senseless(error: RecordError, name: &str, line: usize) -> Failure {
    let (code, written) = match error {
        RecordError::Schema(schema) => ("marks-line-schema", schema.to_string()),
        RecordError::NoItem => ("marks-line-no-item", String::new()),
        RecordError::Time(written) => ("marks-line-time", written),
        RecordError::Tag(written) => ("marks-line-tag", written),
    };
    Failure::new(
        code,
        vec![
            ("path", name.to_owned()),
            ("line", line.to_string()),
            ("written", written),
        ],
    )
}
