//! The files of a library: how they are made and opened, and which are refused.

use super::*;
use crate::store::carry::Hold;
use crate::store::{Restoration, rebuild, schema};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

fn at(folder: &Path) -> Place {
    Place::Folder(folder.to_owned())
}

fn refused(folder: &Path) -> StoreError {
    Store::open(&at(folder)).unwrap_err()
}

#[test]
fn a_library_is_made_with_its_parents_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("数据 #1?%/parks");
    let id = import(&mut Store::open(&at(&place)).unwrap(), &plain(7)).id;
    let store = Store::open(&at(&place)).unwrap();
    assert_eq!(store.issue(id).unwrap(), Some(plain(7)));
    let mut files: Vec<String> = fs::read_dir(&place)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with("sqlite3"))
        .collect();
    files.sort();
    assert_eq!(files, ["library.sqlite3", "marks.sqlite3"]);
}

#[cfg(unix)]
#[test]
fn a_new_library_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("library");
    let mut store = Store::open(&at(&place)).unwrap();
    import(&mut store, &plain(7));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o700);
    for file in fs::read_dir(&place).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn the_content_is_fast_and_the_marks_are_safe() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&at(folder.path())).unwrap();
    let searcher = store.searcher().unwrap();
    for connection in [&store.connection, &searcher.connection] {
        let pragma = |name: &str| -> String {
            let sql = format!("SELECT CAST((SELECT * FROM pragma_{name}) AS TEXT)");
            connection.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        let of = |database: &str, name: &str| -> String {
            connection
                .pragma_query_value(Some(database), name, |row| {
                    row.get_ref(0).map(|value| match value {
                        rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                        other => other.as_str().unwrap().to_owned(),
                    })
                })
                .unwrap()
        };
        assert_eq!(of("main", "journal_mode"), "wal");
        assert_eq!(of("marks", "journal_mode"), "wal");
        assert_eq!(of("main", "synchronous"), "1");
        assert_eq!(of("marks", "synchronous"), "2");
        assert_eq!(pragma("foreign_keys"), "1");
        assert_eq!(pragma("busy_timeout"), "0", "a handler of ours waits");
        assert_eq!(
            of("main", "user_version"),
            schema::LIBRARY.version.to_string()
        );
        assert_eq!(
            of("marks", "user_version"),
            schema::MARKS.version.to_string()
        );
    }
}

#[test]
fn an_empty_file_of_an_interrupted_start_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("library.sqlite3"), "").unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    import(&mut store, &plain(7));
}

#[test]
fn many_can_open_a_new_library_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let threads: Vec<_> = (1..=8)
        .map(|number| {
            let place = at(folder.path());
            std::thread::spawn(move || {
                let mut store = Store::open(&place).unwrap();
                import(&mut store, &plain(number));
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let store = Store::open(&at(folder.path())).unwrap();
    assert_eq!(store.searcher().unwrap().issues().unwrap().len(), 8);
}

#[test]
fn a_strangers_file_is_refused_and_left_as_it_was() {
    for name in ["library.sqlite3", "marks.sqlite3"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let stranger = Connection::open(&path).unwrap();
        stranger
            .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE theirs (a)")
            .unwrap();
        // What stands in a WAL that nobody holds open: copied, because closing the connection would empty it.
        let copy = tempfile::tempdir().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        fs::remove_file(copy.path().join(format!("{name}-shm"))).unwrap();
        let before = snapshot(copy.path(), name);
        let error = refused(copy.path());
        assert_eq!(error.code(), "library-foreign", "{error}");
        assert!(error.to_string().contains(name));
        assert_eq!(snapshot(copy.path(), name), before);
    }
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite3");
    let text = "这不是数据库。\n".repeat(300);
    fs::write(&path, &text).unwrap();
    assert_eq!(refused(folder.path()).code(), "library-foreign");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_marks_are_not_taken_for_the_content() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(&at(folder.path())).unwrap());
    for (name, as_name, code) in [
        ("marks.sqlite3", "library.sqlite3", "content-is-marks"),
        ("library.sqlite3", "marks.sqlite3", "marks-are-content"),
    ] {
        let other = tempfile::tempdir().unwrap();
        let path = other.path().join(as_name);
        fs::copy(folder.path().join(name), &path).unwrap();
        let before = fs::read(&path).unwrap();
        assert_eq!(refused(other.path()).code(), code);
        let place = at(other.path());
        let mended = if name == "marks.sqlite3" {
            rebuild(&place, &|| true, &mut |_, _, _, _| Ok(())).map(drop)
        } else {
            Restoration::of(&place, None).map(drop)
        };
        assert_eq!(mended.unwrap_err().code(), code);
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_library_of_a_newer_version_is_refused() {
    for name in ["library.sqlite3", "marks.sqlite3"] {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(&at(folder.path())).unwrap());
        Connection::open(folder.path().join(name))
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let error = refused(folder.path());
        assert_eq!(error.code(), "library-newer");
        assert!(error.to_string().contains("99"), "{error}");
    }
}

#[test]
fn a_damaged_library_says_so() {
    let folder = tempfile::tempdir().unwrap();
    import(&mut Store::open(&at(folder.path())).unwrap(), &plain(7));
    let path = folder.path().join("library.sqlite3");
    let mut bytes = fs::read(&path).unwrap();
    let page = 4096;
    assert!(bytes.len() > 3 * page);
    bytes[page..].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let error = Store::open(&at(folder.path()))
        .and_then(|store| store.searcher()?.issues().map(drop))
        .unwrap_err();
    assert_eq!(error.code(), "library-damaged", "{error}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for place in [file.clone(), file.join("library/below")] {
        let error = refused(&place);
        assert_eq!(error.code(), "library-not-a-folder");
        assert!(error.to_string().contains(file.to_str().unwrap()));
    }
    fs::create_dir(folder.path().join("library.sqlite3")).unwrap();
    assert_eq!(refused(folder.path()).code(), "library-not-a-file");
}

/// All files of a folder that begin with `name`, with their bytes.
fn snapshot(folder: &Path, name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), file.path()))
        .filter(|(file, _)| file.starts_with(name))
        .map(|(file, path)| (file, fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_checkpoint_that_was_cut_short_loses_nothing() {
    const PAGE: usize = 4096;
    let (whole, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut store = Store::open(&at(whole.path())).unwrap();
    let ids: Vec<_> = (1..=20)
        .map(|number| import(&mut store, &plain(number)).id)
        .collect();
    // As it is while it is open: the newest pages stand in the WAL alone.
    for file in fs::read_dir(whole.path()).unwrap() {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), cut.path().join(file.file_name())).unwrap();
        }
    }
    drop(store);
    // The first page was copied back, with the number of pages in it, and then the power went.
    let copied = fs::read(whole.path().join("library.sqlite3")).unwrap();
    let path = cut.path().join("library.sqlite3");
    let mut content = fs::read(&path).unwrap();
    assert!(
        content.len() < copied.len(),
        "the WAL holds more than the file"
    );
    content[..PAGE].copy_from_slice(&copied[..PAGE]);
    fs::write(&path, content).unwrap();
    let store = Store::open(&at(cut.path())).unwrap();
    for id in ids {
        assert!(store.issue(id).unwrap().is_some());
    }
}

#[test]
fn a_mark_does_not_wait_for_an_import_but_for_one_that_carries_marks() {
    let folder = tempfile::tempdir().unwrap();
    let mut importing = Store::open(&at(folder.path())).unwrap();
    let id = import(&mut importing, &plain(7)).id;
    let head = heads(&importing, id).remove(0);
    let mut marking = Store::open(&at(folder.path())).unwrap();
    // Whatever is locked fails at once.
    marking.connection.busy_handler(None).unwrap();
    let transaction = importing.begin_for(Hold::Looking).unwrap();
    assert!(
        marking
            .set_bookmark(&head.key, &head.headline, true)
            .unwrap()
    );
    let other = marking.begin().map(drop).unwrap_err();
    assert!(matches!(other, StoreError::Locked), "no other import");
    drop(transaction);
    let _transaction = importing.begin_for(Hold::Both).unwrap();
    let locked = marking.set_bookmark(&head.key, &head.headline, false);
    assert!(matches!(locked.unwrap_err(), StoreError::Locked));
}

#[test]
fn what_is_locked_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Store::open(&at(folder.path())).unwrap();
    let id = import(&mut first, &plain(7)).id;
    let head = heads(&first, id).remove(0);
    let mut second = Store::open(&at(folder.path())).unwrap();
    let (begins, begun) = std::sync::mpsc::channel();
    let transaction = first.begin().unwrap();
    let marking = std::thread::spawn(move || {
        begins.send(()).unwrap();
        second.set_bookmark(&head.key, &head.headline, true)
    });
    begun.recv().unwrap();
    transaction.commit().unwrap();
    assert!(marking.join().unwrap().unwrap());
}

#[test]
fn what_has_no_name_any_more_or_was_emptied_takes_no_mark() {
    type Take = fn(&Path);
    let ways: [(Take, &str); 2] = [
        (|path| fs::remove_file(path).unwrap(), "marks-gone"),
        (|path| fs::write(path, "").unwrap(), "marks-emptied"),
    ];
    for (take, code) in ways {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&at(folder.path())).unwrap();
        let id = import(&mut store, &plain(7)).id;
        let head = heads(&store, id).remove(0);
        store.set_bookmark(&head.key, &head.headline, true).unwrap();
        let path = folder.path().join("marks.sqlite3");
        take(&path);
        for bookmarked in [false, true] {
            let refused = store.set_bookmark(&head.key, &head.headline, bookmarked);
            assert_eq!(refused.unwrap_err().code(), code);
        }
    }
}
