//! Files of marks as records: each line one, of an item or of a saved query, checked.
//! Must not go on behind a line that makes no sense, nor say so in the words of a library.

use crate::app::Failure;
use crate::app::input::STDIN;
use crate::issue::{LONGEST_NOTE, MarkRecord};
use crate::query::QueryRecord;
use crate::source::SourceError;
use crate::store::{self, MAX_NUMBER, RECORD_SCHEMA, RecordError, Records};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _};
use std::path::Path;

/// Bytes of a line at most: a note as long as one can be, and all else, with room for escapes.
const LONGEST_LINE: u64 = 1 << 20;

/// The records of a file, or of the standard input.
pub(super) fn records(file: &OsString, name: &str) -> Result<Records, Failure> {
    let unreadable = |error: io::Error| unreadable(name, &error);
    let mut source: Box<dyn BufRead> = if file == STDIN {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(
            File::open(Path::new(file)).map_err(unreadable)?,
        ))
    };
    let mut records = Records::default();
    for number in 1_usize.. {
        let mut line = vec![];
        let read = source
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(unreadable)?;
        if read == 0 {
            break;
        }
        let is_cut = read as u64 == LONGEST_LINE && !line.ends_with(b"\n");
        // An editor may have put a mark of the byte order in front.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let wrong = |(code, written): Wrong| {
            let mut arguments = vec![("path", name.to_owned()), ("line", number.to_string())];
            arguments.extend(written);
            Failure::new(code, arguments)
        };
        if is_cut {
            let most = (LONGEST_LINE >> 20).to_string();
            return Err(wrong(("marks-line-too-long", vec![("most", most)])));
        }
        let senseless = |error| wrong(senseless(error));
        match record(line).map_err(wrong)? {
            Line::Item(record) => {
                let record = store::checked(&record).map_err(senseless)?;
                records.marks.push(record);
            }
            Line::Query(record) => {
                let record = store::checked_query(&record).map_err(senseless)?;
                records.queries.push(record);
            }
        }
    }
    Ok(records)
}

/// Code and arguments of a failure.
type Wrong = (&'static str, Vec<(&'static str, String)>);

fn unreadable(name: &str, error: &io::Error) -> Failure {
    let path = name.to_owned();
    match error.kind() {
        ErrorKind::NotFound => SourceError::NotFound { path }.into(),
        ErrorKind::PermissionDenied => SourceError::Denied { path }.into(),
        _ => {
            let arguments = vec![("path", path), ("reason", error.to_string())];
            Failure::new("marks-unreadable", arguments)
        }
    }
}

/// What a line is.
#[derive(Debug)]
enum Line {
    Item(Box<MarkRecord>),
    Query(QueryRecord),
}

/// A line as a record, or what is wrong with its shape.
fn record(line: &[u8]) -> Result<Line, Wrong> {
    let value: Value = serde_json::from_slice(line).map_err(|error| {
        let column = error.column().to_string();
        ("marks-line-json", vec![("column", column)])
    })?;
    // No item has that field.
    if value.get("query").is_some() {
        let template = json!({
            "schema": RECORD_SCHEMA, "name": "", "query": "", "present": true, "changed_at": "",
        });
        return of_shape(value, &template).map(Line::Query);
    }
    let template = json!({
        "schema": RECORD_SCHEMA, "publication": "", "issue": 0, "headline": "", "printed": "",
    });
    of_shape(value, &template).map(|record| Line::Item(Box::new(record)))
}

/// A value as a record, of which the fields of the template are required.
fn of_shape<T: DeserializeOwned>(value: Value, template: &Value) -> Result<T, Wrong> {
    serde_json::from_value(value.clone()).map_err(|_| shape::<T>(value, template))
}

/// What is wrong with a value that is no record: a field that is missing, or one that holds something else.
fn shape<T: DeserializeOwned>(value: Value, template: &Value) -> Wrong {
    let Value::Object(fields) = value else {
        return ("marks-line", vec![]);
    };
    let required = template.as_object().into_iter().flatten();
    for (field, _) in required {
        if !fields.contains_key(field) {
            return ("marks-line-missing", vec![("field", field.clone())]);
        }
    }
    for (field, value) in fields {
        let mut one = template.clone();
        one[&field] = value.clone();
        if serde_json::from_value::<T>(one).is_err() {
            let written = vec![("field", field), ("written", value.to_string())];
            return ("marks-line-field", written);
        }
    }
    ("marks-line", vec![])
}

/// What of a record makes no sense.
fn senseless(error: RecordError) -> Wrong {
    let written = |code, written| (code, vec![("written", written)]);
    match error {
        RecordError::Schema(schema) => written("marks-line-schema", schema.to_string()),
        RecordError::NoItem => ("marks-line-no-item", vec![]),
        RecordError::Number(number) => {
            let arguments = vec![
                ("written", number.to_string()),
                ("most", MAX_NUMBER.to_string()),
            ];
            ("marks-line-number", arguments)
        }
        RecordError::Time(time) => written("marks-line-time", time),
        RecordError::Tag(tag) => written("marks-line-tag", tag),
        RecordError::Fix(what) => written("marks-line-fix", what),
        RecordError::Name(name) => written("marks-line-name", name),
        RecordError::NoQuery(name) => written("marks-line-query", name),
        RecordError::Note(length) => {
            let arguments = vec![
                ("written", length.to_string()),
                ("most", LONGEST_NOTE.to_string()),
            ];
            ("marks-line-note", arguments)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_record_says_which_field_is_wrong() {
        let whole = json!({"schema": 1, "publication": "刊", "issue": 7, "headline": "题", "printed": "题"});
        assert!(record(whole.to_string().as_bytes()).is_ok());
        let wrong = |field: &str, value: Value| {
            let mut line = whole.clone();
            line[field] = value;
            record(line.to_string().as_bytes()).unwrap_err()
        };
        for (field, value) in [
            ("issue", json!("x")),
            ("nth", json!(-1)),
            ("note", json!([])),
            ("tags", json!([{"tag": "甲"}])),
        ] {
            let (code, arguments) = wrong(field, value.clone());
            let expected = vec![("field", field.to_owned()), ("written", value.to_string())];
            assert_eq!((code, arguments), ("marks-line-field", expected));
        }
        let missing = record(br#"{"schema":1,"publication":"","headline":"","printed":""}"#);
        let expected = ("marks-line-missing", vec![("field", "issue".to_owned())]);
        assert_eq!(missing.unwrap_err(), expected);
        assert_eq!(record(b"[1]").unwrap_err().0, "marks-line");
        let cut = record(br#"{"schema":1,"publi"#);
        assert_eq!(
            cut.unwrap_err(),
            ("marks-line-json", vec![("column", "18".to_owned())])
        );
    }
}
