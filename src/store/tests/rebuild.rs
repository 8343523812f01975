//! The content made again: what takes part in it, what it waits for, and what becomes of the old file.

mod doubles;

use super::check::library;
use super::*;
use crate::store::for_tests::dump;
use crate::store::{Fresh, KeptDocument, Make, Put, Rebuilt, rebuild};
use std::fs;
use std::path::Path;

fn at(folder: &Path) -> Place {
    Place::Folder(folder.to_owned())
}

/// Stores every issue as the old library has it.
fn keep(document: &KeptDocument, fresh: &mut Fresh<'_>) -> Result<(), StoreError> {
    for claim in &document.issues {
        let former = fresh.former(claim).unwrap();
        assert_eq!(fresh.keep(document, claim, &former)?, Put::Made);
    }
    Ok(())
}

fn again(folder: &Path) -> Result<Option<Rebuilt>, StoreError> {
    rebuild(&at(folder), &|| true, &mut |_, _, document, fresh| {
        keep(document, fresh)
    })
}

fn numbers(store: &Store) -> Vec<u32> {
    let issues = store.searcher().unwrap().issues().unwrap();
    issues.iter().map(|issue| issue.label.number.0).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn who_has_a_sound_library_open_reads_on_and_sees_the_new_content() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = library(folder.path());
    let searcher = store.searcher().unwrap();
    let version = searcher.content_version().unwrap();
    let before = dump(folder.path());
    let mut other = plain(7);
    other.sections[0].items[0].paragraphs = vec!["新读出的一段。".to_owned()];
    let rebuilt = rebuild(
        &at(folder.path()),
        &|| true,
        &mut |_, _, document, fresh| match &document.issues[..] {
            [claim] if claim.label.number.0 == 7 => {
                assert_eq!(document.pages, Some(pages()));
                assert_eq!(document.path.as_deref(), Some("weekly.txt"));
                assert!(!fresh.is_doubtful());
                fresh.put(document, Some(claim), &other, 5).map(drop)
            }
            _ => keep(document, fresh),
        },
    );
    assert_eq!(rebuilt.unwrap().unwrap().set_aside, None);
    assert_ne!(searcher.content_version().unwrap(), version);
    let issues = searcher.issues().unwrap();
    let seven = issues
        .iter()
        .find(|issue| issue.label.number.0 == 7)
        .unwrap();
    assert_eq!(store.issue(seven.id).unwrap(), Some(other));
    assert_eq!(seven.bookmarked, 1);
    // The connection that was open writes to the same file.
    import(&mut store, &plain(9));
    drop((store, searcher));
    assert_eq!(
        numbers(&Store::open(&at(folder.path())).unwrap()),
        [9, 8, 7]
    );
    assert_eq!(before.len() + 3 + 3 + 2 + 1 + 1, dump(folder.path()).len());
    assert_eq!(names(folder.path()), ["library.sqlite3", "marks.sqlite3"]);
}

#[test]
fn what_is_the_same_is_the_same_to_the_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = library(folder.path());
    // A publication without issues keeps its row; a removed document leaves a gap.
    let gone = import(
        &mut store,
        &Issue {
            publication: "别的周报".to_owned(),
            ..plain(9)
        },
    )
    .id;
    import(&mut store, &plain(10));
    store.remove(gone).unwrap();
    drop(store);
    let before = dump(folder.path());
    assert!(again(folder.path()).unwrap().is_some());
    assert_eq!(dump(folder.path()), before);
}

#[test]
fn what_another_program_writes_in_the_meantime_is_there_too() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    let mut calls = 0;
    let mut make = |done: usize, _: usize, document: &KeptDocument, fresh: &mut Fresh<'_>| {
        calls += usize::from(done == 0);
        if done == 0 && calls == 1 {
            let mut store = Store::open(&at(folder.path())).unwrap();
            import(&mut store, &plain(9));
        }
        if calls == 2 {
            // This time others wait until it is done.
            let other = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
            other.busy_timeout(std::time::Duration::ZERO).unwrap();
            let locked = other.execute_batch("BEGIN IMMEDIATE").unwrap_err();
            assert_eq!(
                locked.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseBusy)
            );
        }
        keep(document, fresh)
    };
    let make: &mut Make<'_> = &mut make;
    rebuild(&at(folder.path()), &|| true, make)
        .unwrap()
        .unwrap();
    assert_eq!(calls, 2);
    assert_eq!(
        numbers(&Store::open(&at(folder.path())).unwrap()),
        [9, 8, 7]
    );
}

#[test]
fn who_stops_it_finds_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    let damaged = tempfile::tempdir().unwrap();
    for name in names(folder.path()) {
        fs::copy(folder.path().join(&name), damaged.path().join(&name)).unwrap();
    }
    let path = damaged.path().join("library.sqlite3");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0);
    fs::write(&path, bytes).unwrap();
    for folder in [folder.path(), damaged.path()] {
        let before = (
            names(folder),
            fs::read(folder.join("library.sqlite3")).unwrap(),
        );
        let mut seen = 0;
        let stopped = rebuild(&at(folder), &|| true, &mut |_, _, _, _| {
            seen += 1;
            // The file that is made is for its user alone.
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                for name in names(folder).iter().filter(|name| name.contains(".new")) {
                    let new = fs::metadata(folder.join(name)).unwrap();
                    assert_eq!(new.permissions().mode() & 0o777, 0o600, "{name}");
                }
            }
            // And no other rebuild or migration comes in between.
            let lock = fs::File::open(folder).unwrap().try_lock();
            assert!(matches!(lock, Err(fs::TryLockError::WouldBlock)));
            Err(StoreError::Stopped)
        });
        assert!(matches!(stopped, Err(StoreError::Stopped)));
        assert_eq!(seen, 1);
        let after = (
            names(folder),
            fs::read(folder.join("library.sqlite3")).unwrap(),
        );
        assert!(after == before, "{:?}", after.0);
    }
}

#[test]
fn a_damaged_file_is_set_aside_with_its_wal() {
    let (open, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = library(open.path());
    for name in names(open.path()) {
        fs::copy(open.path().join(&name), folder.path().join(&name)).unwrap();
    }
    drop(store);
    let path = folder.path().join("library.sqlite3");
    let mut seen = 0;
    // The tables are not where they are said to be; this stands in the WAL, as it is while it is open.
    let damaged = {
        let file = rusqlite::Connection::open(&path).unwrap();
        file.pragma_update(None, "writable_schema", true).unwrap();
        file.execute(
            "UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'body'",
            [],
        )
        .unwrap();
        let copy: Vec<(String, Vec<u8>)> = names(folder.path())
            .into_iter()
            .filter(|name| !name.ends_with("-shm"))
            .map(|name| {
                let bytes = fs::read(folder.path().join(&name)).unwrap();
                (name, bytes)
            })
            .collect();
        copy
    };
    let wal = damaged
        .iter()
        .find(|(name, _)| name == "library.sqlite3-wal");
    assert!(wal.is_some_and(|(_, bytes)| !bytes.is_empty()));
    for name in names(folder.path()) {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    for (name, bytes) in &damaged {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let rebuilt = rebuild(
        &at(folder.path()),
        &|| true,
        &mut |_, _, document, fresh| {
            assert!(!fresh.is_doubtful(), "the issues can be read");
            for claim in &document.issues {
                seen += 1;
                fresh.put(document, Some(claim), &plain(claim.label.number.0), 1)?;
            }
            Ok(())
        },
    );
    let aside = rebuilt.unwrap().unwrap().set_aside.unwrap();
    assert_eq!(seen, 2);
    for (name, bytes) in damaged
        .iter()
        .filter(|(name, _)| name.starts_with("library"))
    {
        let end = name.strip_prefix("library.sqlite3").unwrap();
        let mut now = aside.clone().into_os_string();
        now.push(end);
        assert!(fs::read(now).unwrap() == *bytes, "{name}");
    }
    assert_eq!(numbers(&Store::open(&at(folder.path())).unwrap()), [8, 7]);
}

#[test]
fn what_is_no_library_is_left_alone() {
    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(again(nothing.path()).unwrap(), None);
    assert!(names(nothing.path()).is_empty());
    let text = tempfile::tempdir().unwrap();
    fs::write(
        text.path().join("library.sqlite3"),
        "这不是数据库。".repeat(300),
    )
    .unwrap();
    let stranger = tempfile::tempdir().unwrap();
    rusqlite::Connection::open(stranger.path().join("library.sqlite3"))
        .unwrap()
        .execute_batch("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)")
        .unwrap();
    let newer = tempfile::tempdir().unwrap();
    drop(library(newer.path()));
    rusqlite::Connection::open(newer.path().join("library.sqlite3"))
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    for (folder, code) in [
        (&text, "library-foreign"),
        (&stranger, "library-foreign"),
        (&newer, "library-newer"),
    ] {
        let path = folder.path().join("library.sqlite3");
        let before = fs::read(&path).unwrap();
        assert_eq!(again(folder.path()).unwrap_err().code(), code);
        assert!(fs::read(&path).unwrap() == before);
    }
    // Beside marks of ours it is a library whose content has gone.
    drop(Store::open(&Place::Aside(text.path().to_owned())).unwrap());
    let rebuilt = again(text.path()).unwrap().unwrap();
    let aside = fs::read_to_string(rebuilt.set_aside.unwrap()).unwrap();
    assert!(aside.starts_with("这不是数据库。"));
    assert!(numbers(&Store::open(&at(text.path())).unwrap()).is_empty());
}

#[test]
fn an_emptied_file_is_made_again_from_its_wal() {
    let (open, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = library(open.path());
    for name in names(open.path()) {
        if !name.ends_with("-shm") {
            fs::copy(open.path().join(&name), folder.path().join(&name)).unwrap();
        }
    }
    drop(store);
    // Once with what stands in the WAL, once without a byte of it.
    for (expected, remove) in [
        (&[8, 7][..], "library.sqlite3"),
        (&[], "library.sqlite3-wal"),
    ] {
        fs::write(folder.path().join("library.sqlite3"), "").unwrap();
        fs::remove_file(folder.path().join(remove)).ok();
        let rebuilt = rebuild(
            &at(folder.path()),
            &|| true,
            &mut |_, _, document, fresh| {
                for claim in &document.issues {
                    fresh.put(document, Some(claim), &plain(claim.label.number.0), 1)?;
                }
                Ok(())
            },
        );
        assert!(rebuilt.unwrap().unwrap().set_aside.is_some());
        let store = Store::open(&at(folder.path())).unwrap();
        assert_eq!(numbers(&store), expected);
    }
}

#[test]
fn marks_go_along_with_headlines_that_read_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    let mut other = plain(7);
    other.sections[0].items[0]
        .headline
        .push_str("，总投资十亿元");
    let make = |folder: &Path| {
        rebuild(&at(folder), &|| true, &mut |_, _, document, fresh| {
            for claim in &document.issues {
                let issue = if claim.label.number.0 == 7 {
                    other.clone()
                } else {
                    plain(8)
                };
                fresh.put(document, Some(claim), &issue, 1)?;
            }
            Ok(())
        })
    };
    let rebuilt = make(folder.path()).unwrap().unwrap();
    assert_eq!((rebuilt.renamed, rebuilt.left_behind), (1, None));
    let bookmarks = Store::open(&at(folder.path()))
        .unwrap()
        .searcher()
        .unwrap()
        .bookmarks()
        .unwrap();
    assert_eq!(bookmarks.len(), 2);
    // Marks that cannot be opened are no reason to do without the content.
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    fs::write(folder.path().join("marks.sqlite3"), "x".repeat(9000)).unwrap();
    let rebuilt = make(folder.path()).unwrap().unwrap();
    assert!(rebuilt.left_behind.is_some());
}

#[test]
fn who_is_told_to_end_while_it_waits_for_another_program_ends() {
    let folder = tempfile::tempdir().unwrap();
    drop(library(folder.path()));
    let before = fs::read(folder.path().join("library.sqlite3")).unwrap();
    let other = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
    let is_held = std::cell::Cell::new(false);
    let stopped = rebuild(
        &at(folder.path()),
        &|| !is_held.get(),
        &mut |_, _, document, fresh| {
            if !is_held.get() {
                keep(document, fresh)?;
            }
            if document
                .issues
                .iter()
                .any(|claim| claim.label.number.0 == 7)
            {
                other.execute_batch("BEGIN IMMEDIATE").unwrap();
                is_held.set(true);
            }
            Ok(())
        },
    );
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    drop(other);
    assert_eq!(names(folder.path()), ["library.sqlite3", "marks.sqlite3"]);
    assert!(fs::read(folder.path().join("library.sqlite3")).unwrap() == before);
}
