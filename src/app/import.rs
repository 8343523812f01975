//! From a file to the library: read, parse, store; one outcome a file, and a file that fails stops no other.
//! Must not print.

use super::Failure;
use super::input::{Asked, Input, Strictness};
use crate::issue::{Diagnostic, Issue, IssueNumber, Problem};
use crate::parse::{self, Hints, PARSER_VERSION};
use crate::source::Document;
use crate::store::{Kept, Packed, Status, Store, StoreError};

/// What a text is taken for that names no publication: the weekly that this reader is made for.
pub(super) const PUBLICATION: &str = "园区周报";

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The file, as pages of lines.
    pub document: Document,
    /// The issues in it, at least one.
    pub issues: Vec<Issue>,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// As the user named it, without characters that must not reach a terminal.
    pub path: String,
    /// The issues of the file, in its order, as far as they were looked at.
    pub issues: Vec<Found>,
    /// What stopped it.
    pub error: Option<Failure>,
}

/// An issue of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its publication.
    pub publication: String,
    /// Its number.
    pub number: IssueNumber,
    /// What the library had of it before; none where it was not stored.
    pub status: Option<Status>,
    /// How many items it has.
    pub items: u32,
    /// What the parser could not take at its word.
    pub diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn new(issue: Issue, status: Option<Status>) -> Self {
        Self {
            items: u32::try_from(issue.items().count()).unwrap_or(u32::MAX),
            publication: issue.publication,
            number: issue.number,
            status,
            diagnostics: issue.diagnostics,
        }
    }
}

impl Outcome {
    /// The outcome for what gives no file to read.
    #[must_use]
    pub fn failed(path: String, failure: Failure) -> Self {
        Self {
            error: Some(failure.with("path", &path)),
            path,
            issues: vec![],
        }
    }

    /// How many issues are stored.
    #[must_use]
    pub fn stored(&self) -> usize {
        let stored = self.issues.iter().filter(|issue| issue.status.is_some());
        stored.count()
    }

    /// What was new about the file's issues, the greatest of them; none if the file failed.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        match self.error {
            Some(_) => None,
            None => self.issues.iter().filter_map(|issue| issue.status).max(),
        }
    }

    /// Items of all issues.
    #[must_use]
    pub fn items(&self) -> u32 {
        self.issues.iter().map(|issue| issue.items).sum()
    }

    /// How many diagnostics all issues have.
    #[must_use]
    pub fn diagnostics(&self) -> usize {
        self.issues
            .iter()
            .map(|issue| issue.diagnostics.len())
            .sum()
    }
}

/// Reads and parses a file; the library is not asked.
///
/// # Errors
/// The file cannot be read, or holds no issue; the failure names it.
pub fn parse_file(input: &Input, asked: Asked) -> Result<Parsed, Failure> {
    let document = input
        .read(asked.encoding)
        .map_err(|failure| failure.with("path", input.name()))?;
    match parse::parse(&document.pages, &hints(input, asked)) {
        Ok(mut issues) => {
            if let Some(lost) = characters_lost(&document) {
                for issue in &mut issues {
                    issue.diagnostics.insert(0, lost.clone());
                }
            }
            Ok(Parsed { document, issues })
        }
        Err(error) => Err(Failure::from(error).with("path", document.name)),
    }
}

/// What the parser can't know: that the document had bytes that are no characters.
fn characters_lost(document: &Document) -> Option<Diagnostic> {
    document.lost.map(|lost| Diagnostic {
        problem: Problem::CharactersLost {
            encoding: document.encoding.to_string(),
            count: lost.count,
        },
        line: Some(lost.line),
        item: None,
    })
}

/// What is known of a file before it is read: what the user says, and its name may say which issue it holds.
fn hints(input: &Input, asked: Asked) -> Hints {
    Hints {
        number: asked.number,
        date: asked.date,
        name: input.stem(),
        publication: Some(PUBLICATION.to_owned()),
        ..Hints::default()
    }
}

impl Parsed {
    /// The failure that its diagnostics are where the user is strict.
    #[must_use]
    pub fn objection(&self, strictness: Strictness) -> Option<Failure> {
        let noted: usize = self
            .issues
            .iter()
            .map(|issue| issue.diagnostics.len())
            .sum();
        (strictness == Strictness::Strict && noted > 0).then(|| {
            let arguments = vec![
                ("path", self.document.name.clone()),
                ("n", noted.to_string()),
            ];
            Failure::new("strict-diagnostics", arguments)
        })
    }
}

/// Reads, parses and stores a file: each of its issues whole or not at all.
pub fn import_file(store: &mut Store, input: &Input, asked: Asked) -> Outcome {
    let mut put =
        |issue: &Issue, packed: &Packed<'_>| Ok(store.import_packed(issue, packed)?.status);
    take_in(input, parse_file(input, asked), asked, &mut put, &|| true)
}

/// Where issues go, one at a time: what was there of each before.
pub type Put<'a> = dyn FnMut(&Issue, &Packed<'_>) -> Result<Status, StoreError> + 'a;

/// Puts what was read from `input` where `put` puts it, as long as it `goes_on`: that is asked between two issues.
pub fn take_in(
    input: &Input,
    parsed: Result<Parsed, Failure>,
    asked: Asked,
    put: &mut Put<'_>,
    goes_on: &dyn Fn() -> bool,
) -> Outcome {
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(failure) => return Outcome::failed(input.name(), failure),
    };
    if let Some(failure) = parsed.objection(asked.strictness) {
        let issues = parsed.issues.into_iter();
        return Outcome {
            issues: issues.map(|issue| Found::new(issue, None)).collect(),
            ..Outcome::failed(input.name(), failure)
        };
    }
    let mut outcome = Outcome {
        path: input.name(),
        issues: vec![],
        error: None,
    };
    if let Err(failure) = put_all(input, parsed, put, goes_on, &mut outcome.issues) {
        outcome.error = Some(failure.with("path", &outcome.path));
    }
    outcome
}

fn put_all(
    input: &Input,
    Parsed { document, issues }: Parsed,
    put: &mut Put<'_>,
    goes_on: &dyn Fn() -> bool,
    found: &mut Vec<Found>,
) -> Result<(), Failure> {
    let path = input.whole_path();
    let packed = Packed::from(Kept {
        path: &path,
        sha256: &document.sha256,
        parser: PARSER_VERSION,
        pages: &document.pages,
    });
    let all = issues.len();
    for (done, issue) in issues.into_iter().enumerate() {
        if done > 0 && !goes_on() {
            let counts = vec![("done", done.to_string()), ("all", all.to_string())];
            return Err(Failure::new("import-stopped", counts));
        }
        let status = put(&issue, &packed)?;
        found.push(Found::new(issue, Some(status)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Place;
    use std::path::Path;

    fn import(store: &mut Store, name: &str) -> Outcome {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(name);
        import_file(store, &Input::File(path), Asked::default())
    }

    #[test]
    fn a_file_goes_in_once_and_a_bad_one_changes_nothing() {
        let mut store = Store::open(&Place::Memory).unwrap();
        let first = import(&mut store, "weekly-007.txt");
        assert_eq!(first.status(), Some(Status::New));
        assert_eq!(first.issues[0].number, IssueNumber(7));
        assert!(first.items() > 0);
        let again = import(&mut store, "weekly-007.txt");
        assert_eq!(again.status(), Some(Status::Unchanged));
        for name in ["not-an-issue.txt", "missing.txt"] {
            let failed = import(&mut store, name);
            assert_eq!(failed.status(), None);
            assert!(failed.error.unwrap().to_string().contains(name));
        }
        let issues = store.searcher().unwrap().issues().unwrap();
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].items, first.items());
        assert!(Path::new(&issues[0].source).is_absolute());
    }

    #[test]
    fn lost_characters_are_a_diagnostic_of_every_issue() {
        let folder = tempfile::tempdir().unwrap();
        let text = include_str!("../../tests/fixtures/weekly-007.txt");
        let mut bytes = text.as_bytes().to_vec();
        let at = text.find('■').unwrap() + '■'.len_utf8();
        bytes[at] = 0xff;
        let line = text[..at].lines().count();
        let path = folder.path().join("damaged.txt");
        std::fs::write(&path, bytes).unwrap();
        let parsed = parse_file(&Input::File(path), Asked::default()).unwrap();
        for issue in parsed.issues {
            let found = &issue.diagnostics[0];
            assert_eq!(found.problem.kind(), "characters-lost");
            assert_eq!(found.line, u32::try_from(line).ok());
        }
    }
}
