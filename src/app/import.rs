//! From a file to the library: read, parse, store; one outcome a file, and a file that fails stops no other.
//! Must not print.

use super::Failure;
use crate::issue::{Diagnostic, Issue, IssueId, IssueNumber};
use crate::parse::{self, Hints, PARSER_VERSION};
use crate::source::{self, Document};
use crate::store::{Kept, Status, Store};
use crate::text::clean;
use std::path::Path;

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
    /// The issues of the file that the library now holds, in the order of the file.
    pub issues: Vec<Stored>,
    /// What stopped it. The issues above went in before.
    pub error: Option<Failure>,
}

/// An issue of a file that the library now holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Its row.
    pub id: IssueId,
    /// Its publication.
    pub publication: String,
    /// Its number.
    pub number: IssueNumber,
    /// What the library had of it before.
    pub status: Status,
    /// How many items it has.
    pub items: u32,
    /// What the parser could not take at its word.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// What was new about the file's issues, the greatest of them; none if the file failed.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        match self.error {
            Some(_) => None,
            None => self.issues.iter().map(|issue| issue.status).max(),
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
pub fn parse_file(path: &Path) -> Result<Parsed, Failure> {
    let document = source::read(path)?;
    match parse::parse(&document.pages, &hints(path)) {
        Ok(issues) => Ok(Parsed { document, issues }),
        Err(error) => Err(Failure::from(error).with("path", document.name)),
    }
}

/// What is known of a file before it is read: its name may say which issue it holds.
fn hints(path: &Path) -> Hints {
    Hints {
        name: path
            .file_stem()
            .map(|stem| clean(&stem.to_string_lossy()).into_owned()),
        publication: Some(PUBLICATION.to_owned()),
        ..Hints::default()
    }
}

/// Reads, parses and stores a file: each of its issues whole or not at all.
pub fn import_file(store: &mut Store, path: &Path) -> Outcome {
    let mut outcome = Outcome {
        path: clean(&path.to_string_lossy()).into_owned(),
        issues: vec![],
        error: None,
    };
    if let Err(failure) = import_into(store, path, &mut outcome.issues) {
        outcome.error = Some(failure.with("path", &outcome.path));
    }
    outcome
}

fn import_into(store: &mut Store, path: &Path, stored: &mut Vec<Stored>) -> Result<(), Failure> {
    let Parsed { document, issues } = parse_file(path)?;
    // Where it was read from is to be found again from any other folder.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let absolute = absolute.to_string_lossy();
    let kept = Kept {
        path: &clean(&absolute),
        sha256: &document.sha256,
        parser: PARSER_VERSION,
        pages: &document.pages,
    };
    for issue in issues {
        let imported = store.import(&issue, &kept)?;
        stored.push(Stored {
            id: imported.id,
            publication: issue.publication,
            number: issue.number,
            status: imported.status,
            items: imported.items,
            diagnostics: issue.diagnostics,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Place;

    fn fixture(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(name)
    }

    #[test]
    fn a_file_goes_in_once_and_a_bad_one_changes_nothing() {
        let mut store = Store::open(&Place::Memory).unwrap();
        let first = import_file(&mut store, &fixture("weekly-007.txt"));
        assert_eq!(first.status(), Some(Status::New));
        assert_eq!(first.issues[0].number, IssueNumber(7));
        assert!(first.items() > 0);
        let again = import_file(&mut store, &fixture("weekly-007.txt"));
        assert_eq!(again.status(), Some(Status::Unchanged));
        for name in ["not-an-issue.txt", "missing.txt"] {
            let failed = import_file(&mut store, &fixture(name));
            assert_eq!(failed.status(), None);
            assert!(failed.error.unwrap().to_string().contains(name));
        }
        let issues = store.searcher().unwrap().issues().unwrap();
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].items, first.items());
        assert!(Path::new(&issues[0].source).is_absolute());
    }
}
