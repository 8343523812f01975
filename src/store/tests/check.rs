//! What a check finds, that it finds nothing else, and that it leaves everything as it was.

mod faults;

use super::*;
use crate::store::{Checked, Finding, Level, Said, Told, check};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

fn at(folder: &Path) -> Place {
    Place::Folder(folder.to_owned())
}

/// A library with two issues from a document each, a bookmark and a read item.
pub(super) fn library(folder: &Path) -> Store {
    let mut store = Store::open(&at(folder)).unwrap();
    for number in [7, 8] {
        let id = import(&mut store, &plain(number)).id;
        let head = heads(&store, id).remove(0);
        store.set_bookmark(&head.key, &head.headline, true).unwrap();
        store.set_read(&head.key, &head.headline, true).unwrap();
    }
    store
}

/// What a check of the library tells.
fn checked(folder: &Path) -> (Checked, Vec<Finding>) {
    let mut findings = vec![];
    let checked = check(&at(folder), &mut |told| {
        if let Told::Found(finding) = told {
            findings.push(finding);
        }
    });
    (checked.unwrap(), findings)
}

/// The kinds of what it tells, each once.
pub(super) fn kinds(folder: &Path) -> Vec<&'static str> {
    let findings = checked(folder).1.into_iter();
    let mut kinds: Vec<_> = findings.map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// All files of a folder, with their bytes.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let mut files: Vec<_> = files
        .map(|file| {
            let bytes = fs::read(file.path()).unwrap_or_default();
            (file.file_name().into_string().unwrap(), bytes)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_sound_library_has_no_findings() {
    let folder = tempfile::tempdir().unwrap();
    let store = library(folder.path());
    let expected = Checked {
        documents: 2,
        issues: 2,
        items: 6,
        marks: 2,
    };
    // While it is open, and afterwards.
    assert_eq!(checked(folder.path()), (expected, vec![]));
    drop(store);
    assert_eq!(checked(folder.path()), (expected, vec![]));
    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(checked(nothing.path()), (Checked::default(), vec![]));
    assert_eq!(snapshot(nothing.path()), []);
}

#[test]
fn what_does_not_fit_together_is_found() {
    for (sql, expected) in faults::FAULTS {
        let folder = tempfile::tempdir().unwrap();
        let store = library(folder.path());
        store
            .connection
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
            .unwrap();
        drop(store);
        assert_eq!(kinds(folder.path()), *expected, "{sql}");
        let quiet = *expected == ["marks-quiet"];
        let level = if quiet { Level::Told } else { Level::Wrong };
        let findings = checked(folder.path()).1;
        assert!(findings.iter().all(|finding| finding.level == level));
    }
}

#[test]
fn a_document_without_pages_is_to_be_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = library(folder.path());
    let kept = Kept {
        path: "weekly.txt",
        sha256: "another",
        parser: 1,
        pages: &[],
    };
    store.import(&plain(9), &kept).unwrap();
    drop(store);
    assert_eq!(kinds(folder.path()), ["document-empty"]);
}

#[test]
fn a_file_in_any_state_is_told_and_left_as_it_is() {
    type Change = fn(&Path);
    let cases: &[(Change, &str)] = &[
        (
            |path| {
                let name = path.file_name().unwrap();
                let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
                fs::copy(fixtures.join("schema/l1m1").join(name), path).unwrap();
            },
            "file-older",
        ),
        (
            |path| {
                let file = Connection::open(path).unwrap();
                file.pragma_update(None, "user_version", 99).unwrap();
            },
            "file-newer",
        ),
        (
            |path| {
                let file = Connection::open(path).unwrap();
                // The tables are those of now.
                file.pragma_update(None, "user_version", 1).unwrap();
            },
            "file-damaged",
        ),
        (
            |path| {
                let file = Connection::open(path).unwrap();
                file.pragma_update(None, "application_id", 99).unwrap();
            },
            "file-foreign",
        ),
        (
            |path| {
                let other =
                    ["library.sqlite3", "marks.sqlite3"].map(|name| path.with_file_name(name));
                fs::copy(other.iter().find(|other| *other != path).unwrap(), path).unwrap();
            },
            "file-other",
        ),
        (
            |path| {
                let file = Connection::open(path).unwrap();
                file.pragma_update(None, "user_version", -1).unwrap();
            },
            "file-damaged",
        ),
        (
            |path| fs::write(path, "这不是数据库。".repeat(300)).unwrap(),
            "file-no-database",
        ),
        (
            |path| {
                let mut bytes = fs::read(path).unwrap();
                bytes[4096..].fill(0xa5);
                fs::write(path, bytes).unwrap();
            },
            "file-damaged",
        ),
        (
            |path| {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            },
            "file-not-a-file",
        ),
        #[cfg(unix)]
        (
            |path| {
                fs::remove_file(path).unwrap();
                std::os::unix::fs::symlink("nowhere", path).unwrap();
            },
            "file-link-to-nothing",
        ),
        (|path| fs::write(path, "").unwrap(), "file-emptied"),
        (
            |path| {
                let mut bytes = fs::read(path).unwrap();
                bytes.extend(b"more");
                fs::write(path, bytes).unwrap();
            },
            "file-damaged",
        ),
    ];
    for name in ["library.sqlite3", "marks.sqlite3"] {
        for &(change, kind) in cases {
            let folder = tempfile::tempdir().unwrap();
            drop(library(folder.path()));
            change(&folder.path().join(name));
            let before = snapshot(folder.path());
            let found = kinds(folder.path());
            assert!(found.contains(&kind), "{name}: {kind} in {found:?}");
            assert_eq!(snapshot(folder.path()), before, "{name}: {kind}");
        }
    }
}

/// After a crash what was written last stands in the WAL, and nobody has the file open.
#[test]
fn a_wal_that_was_left_is_read_and_left_as_it_is() {
    let (whole, left) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = library(whole.path());
    for file in fs::read_dir(whole.path()).unwrap() {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), left.path().join(file.file_name())).unwrap();
        }
    }
    drop(store);
    let before = snapshot(left.path());
    assert!(
        before
            .iter()
            .any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty())
    );
    let (checked, findings) = checked(left.path());
    assert_eq!((checked.issues, findings), (2, vec![]));
    assert_eq!(snapshot(left.path()), before);
}

#[test]
fn what_the_user_said_of_a_document_is_kept_with_it() {
    use crate::issue::IssueDate;
    use crate::store::Packed;
    let mut store = memory();
    let kept = |pages| Kept {
        path: "weekly.txt",
        sha256: "hash",
        parser: 1,
        pages,
    };
    let pages = pages();
    let columns = |store: &Store| -> String {
        let sql = "SELECT json_array(number, year, month, week, json(decoding)) FROM source";
        store
            .connection
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    };
    store.import(&plain(7), &kept(&pages)).unwrap();
    assert_eq!(columns(&store), "[null,null,null,null,[]]");
    let lost = Diagnostic {
        problem: Problem::CharactersLost {
            encoding: "GBK".to_owned(),
            count: 2,
        },
        line: Some(3),
        page: None,
        item: None,
    };
    let said = Said {
        number: Some(IssueNumber(8)),
        date: Some(IssueDate {
            year: Some(2024),
            month: Some(2),
            week: None,
        }),
        decoding: vec![lost.clone()],
    };
    let packed = Packed::from(kept(&pages)).saying(said);
    store.import_packed(&plain(8), &packed).unwrap();
    let lost = serde_json::to_string(&lost).unwrap();
    assert_eq!(columns(&store), format!("[8,2024,2,null,[{lost}]]"));
}

#[test]
fn marks_that_wait_are_told_an_issue_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = library(folder.path());
    let issues = store.searcher().unwrap().issues().unwrap();
    let id = |number| {
        let mut issues = issues.iter();
        issues
            .find(|issue| issue.label.number.0 == number)
            .unwrap()
            .id
    };
    for head in heads(&store, id(8)).into_iter().skip(1) {
        store.set_bookmark(&head.key, &head.headline, true).unwrap();
    }
    store.remove(id(8)).unwrap();
    // The item that is marked is not in the newer copy.
    import(&mut store, &issue(7, &[("政策", &["丁省另有一个办法"])]));
    drop(store);
    let waiting = |folder: &Path| -> Vec<(&str, Option<usize>)> {
        let findings = checked(folder).1.into_iter();
        findings.map(|one| (one.kind, one.waiting())).collect()
    };
    let expected = [
        ("marks-wait-for-items", Some(1)),
        ("marks-wait-for-issue", Some(3)),
    ];
    assert_eq!(waiting(folder.path()), expected);
    // Without any content all of them wait, and that it is missing is told.
    fs::remove_file(folder.path().join("library.sqlite3")).unwrap();
    let expected = [
        ("content-missing", None),
        ("marks-wait-for-issue", Some(1)),
        ("marks-wait-for-issue", Some(3)),
    ];
    assert_eq!(waiting(folder.path()), expected);
}

#[cfg(unix)]
#[test]
fn copies_that_have_no_folder_are_told() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    let copies = folder.path().join("copies");
    fs::write(&copies, "x").unwrap();
    assert_eq!(kinds(folder.path()), ["copies-no-folder"]);
    fs::remove_file(&copies).unwrap();
    std::os::unix::fs::symlink("nowhere", &copies).unwrap();
    assert_eq!(kinds(folder.path()), ["copies-no-folder"]);
}
