//! Files on their way to the library: what is stored, skipped, refused.

use super::*;
use crate::issue::IssueNumber;
use crate::store::{Place, Status, StoreError};
use std::path::Path;

fn import(store: &mut Store, name: &str) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    import_file(
        store,
        &Input::File(path),
        Asked::default(),
        &Ways::of("".as_ref()),
    )
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
        assert!(failed.error().unwrap().to_string().contains(name));
    }
    let issues = store.searcher().unwrap().issues().unwrap();
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].items, first.items());
    assert!(Path::new(&issues[0].source).is_absolute());
}

/// A folder with this text under each of these names.
fn files(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn candidate(folder: &tempfile::TempDir, name: &str, origin: Origin) -> Candidate {
    let input = Input::File(folder.path().join(name));
    Candidate { input, origin }
}

const SIX: &str = include_str!("../../../tests/fixtures/weekly-006.txt");
const SEVEN: &str = include_str!("../../../tests/fixtures/weekly-007.txt");

#[test]
fn what_stops_between_two_issues_has_not_failed() {
    let folder = files(&[("both.txt", &format!("{SIX}\n{SEVEN}"))]);
    let mut store = Store::open(&Place::Memory).unwrap();
    let mut put =
        |issue: &Issue, packed: &Packed<'_>| Ok(store.import_packed(issue, packed)?.into());
    let mut batch = Batch::new(&mut put, Asked::default());
    let both = candidate(&folder, "both.txt", Origin::Named);
    let parsed = || parse_file(&both.input, Asked::default(), &Ways::of("".as_ref()));
    let outcome = batch.take_in(&both, parsed(), &|| false);
    assert_eq!(outcome.ending, Ending::Interrupted(1));
    assert_eq!((outcome.stored(), outcome.error()), (1, None));
    let outcome = batch.take_in(&both, parsed(), &|| true);
    let statuses: Vec<_> = outcome.issues.iter().map(|issue| issue.status).collect();
    assert_eq!(statuses, [Some(Status::Unchanged), Some(Status::New)]);
}

#[test]
fn an_issue_that_the_library_refuses_is_no_failure_of_the_library() {
    let folder = files(&[("7.txt", SEVEN)]);
    let seven = candidate(&folder, "7.txt", Origin::Named);
    let ending = |error: fn() -> StoreError| {
        let mut put = |_: &Issue, _: &Packed<'_>| Err(error());
        let parsed = parse_file(&seven.input, Asked::default(), &Ways::of("".as_ref()));
        Batch::new(&mut put, Asked::default())
            .take_in(&seven, parsed, &|| true)
            .ending
    };
    assert!(matches!(ending(|| StoreError::Locked), Ending::Broken(_)));
    let refused = ending(|| StoreError::TooManyItems { most: 1 });
    assert!(matches!(refused, Ending::Failed(_)));
}

#[test]
fn a_text_of_a_folder_without_a_mark_is_skipped_and_one_with_a_mark_fails() {
    let readme = "# Notes\n\n- buy paper\n- call the printer\n\n1. first\n2. second\n";
    let torn = "● 航空产业园二期开工\n■ 园区将为每个项目配备专员。\n（来源：园区网站）\n";
    let folder = files(&[
        ("README.md", readme),
        ("notes.txt", "今天开会。\n"),
        (
            "minutes12.txt",
            "会议纪要\n一、项目进度\n1. 厂房验收\n2. 设备进场\n",
        ),
        ("torn.txt", torn),
    ]);
    let ending = |name, origin| {
        let mut store = Store::open(&Place::Memory).unwrap();
        let mut put =
            |issue: &Issue, packed: &Packed<'_>| Ok(store.import_packed(issue, packed)?.into());
        let candidate = candidate(&folder, name, origin);
        let parsed = parse_file(&candidate.input, Asked::default(), &Ways::of("".as_ref()));
        Batch::new(&mut put, Asked::default())
            .take_in(&candidate, parsed, &|| true)
            .ending
    };
    for name in ["README.md", "notes.txt"] {
        assert!(
            matches!(ending(name, Origin::Folder), Ending::Skipped(_)),
            "{name}"
        );
        assert!(
            matches!(ending(name, Origin::Named), Ending::Failed(_)),
            "{name}"
        );
    }
    // Its name has a number: a user who names it may mean it.
    assert!(matches!(
        ending("minutes12.txt", Origin::Folder),
        Ending::Skipped(_)
    ));
    assert!(matches!(
        ending("minutes12.txt", Origin::Named),
        Ending::Whole
    ));
    assert!(matches!(
        ending("torn.txt", Origin::Folder),
        Ending::Failed(_)
    ));
}

#[test]
fn lost_characters_are_a_diagnostic_of_every_issue() {
    let folder = tempfile::tempdir().unwrap();
    let text = include_str!("../../../tests/fixtures/weekly-007.txt");
    let mut bytes = text.as_bytes().to_vec();
    let at = text.find('■').unwrap() + '■'.len_utf8();
    bytes[at] = 0xff;
    let line = text[..at].lines().count();
    let path = folder.path().join("damaged.txt");
    std::fs::write(&path, bytes).unwrap();
    let parsed = parse_file(&Input::File(path), Asked::default(), &Ways::of("".as_ref())).unwrap();
    for issue in parsed.issues {
        let found = &issue.diagnostics[0];
        assert_eq!(found.problem.kind(), "characters-lost");
        assert_eq!(found.line, u32::try_from(line).ok());
    }
}
