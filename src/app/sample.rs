//! The built-in sample issue, so that a reader with an empty library has something to read.
//! Must never get into a library on the disk.

use super::Failure;
use super::issues::{READING_VERSION, issues_on};
use crate::parse::Hints;
use crate::source;
use crate::store::{Kept, Place, Store};

/// The sample as a file of text, in the form of the weekly.
const SAMPLE: &str = include_str!("../../assets/sample/weekly.txt");
/// What it is called where a path is shown.
pub(super) const NAME: &str = "sample";

/// A library in memory that holds the sample.
///
/// # Errors
/// Never in a program that passed its tests, which open it.
pub fn open() -> Result<Store, Failure> {
    let document = source::decode(NAME, SAMPLE.as_bytes())?;
    let issues = issues_on(&document.pages, &Hints::default())?;
    let mut store = Store::open(&Place::Memory)?;
    let kept = Kept {
        path: NAME,
        sha256: &document.sha256,
        parser: READING_VERSION,
        pages: &document.pages,
    };
    for issue in &issues {
        store.import(issue, &kept)?;
    }
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_shows_what_an_issue_has() {
        let store = open().unwrap();
        let searcher = store.searcher().unwrap();
        let issue = searcher.newest().unwrap().unwrap();
        let issue = store.issue(issue).unwrap().unwrap();
        assert_eq!(issue.sections.len(), 3);
        assert!(issue.items().count() >= 24);
        assert!(issue.note.is_some());
        assert!(
            issue
                .items()
                .all(|(_, item)| item.source.is_some() && item.page.is_some())
        );
        assert!(issue.items().any(|(_, item)| item.lead.is_some()));
        let kinds: Vec<_> = issue
            .diagnostics
            .iter()
            .map(|found| found.problem.kind())
            .collect();
        assert_eq!(
            kinds,
            ["headline-mismatch"],
            "contents and body disagree once"
        );
        for bracket in ["网站）", "网站)"] {
            assert!(SAMPLE.contains(bracket), "both kinds of brackets");
        }
    }
}
