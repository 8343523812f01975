//! Opening in every state of the disk: what connections are set to, what is new and what is damaged, what may only be read.

use super::super::copies::FOLDER;
use super::super::{Glance, Which, open, schema};
use super::*;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const NAMES: [&str; 2] = ["library.sqlite3", "marks.sqlite3"];
const PAGE: usize = 4096;

fn at(folder: &Path) -> Place {
    Place::Folder(folder.to_owned())
}

/// A library with an issue and a bookmark, and nothing open.
fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(0);
    assert!(store.set_bookmark(&head.key, &head.headline, true).unwrap());
    folder
}

/// All files below a folder with the hash of their bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.append(&mut bytes(&path));
        } else {
            let hash = sha2::Sha256::digest(fs::read(&path).unwrap());
            found.insert(path, format!("{hash:?}"));
        }
    }
    found
}

/// The databases of a library alone, with the hash of their bytes.
fn databases(folder: &Path) -> Vec<String> {
    let mut found = bytes(folder);
    NAMES
        .map(|name| found.remove(&folder.join(name)).unwrap())
        .to_vec()
}

/// A copy in the folder of copies, whatever is in it.
fn put_copy(folder: &Path, bytes: &[u8]) {
    fs::create_dir_all(folder.join(FOLDER)).unwrap();
    let name = "marks-2026-01-31T080000Z.sqlite3";
    fs::write(folder.join(FOLDER).join(name), bytes).unwrap();
}

fn number(connection: &Connection, pragma: &str) -> i64 {
    let sql = format!("PRAGMA {pragma}");
    connection.query_row(&sql, [], |row| row.get(0)).unwrap()
}

/// What holds for every connection, whatever it is for.
fn is_careful(connection: &Connection, what: &str) {
    for (pragma, value) in [
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("foreign_keys", 1),
    ] {
        assert_eq!(number(connection, pragma), value, "{what}: {pragma}");
    }
    let defensive = DbConfig::SQLITE_DBCONFIG_DEFENSIVE;
    assert!(connection.db_config(defensive).unwrap(), "{what}");
}

fn is_durable(connection: &Connection, what: &str) {
    is_careful(connection, what);
    assert_eq!(number(connection, "main.synchronous"), 1, "{what}");
    assert_eq!(number(connection, "marks.synchronous"), 2, "{what}");
}

fn is_in_wal(connection: &Connection, what: &str) {
    for database in ["main", "marks"] {
        let sql = format!("PRAGMA {database}.journal_mode");
        let mode: String = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal", "{what}: {database}");
    }
}

#[test]
fn every_connection_is_set_and_says_so_itself() {
    let folder = library();
    let place = at(folder.path());
    let store = Store::open(&place).unwrap();
    let searcher = store.searcher().unwrap();
    let door = store.door().open().unwrap();
    let again = Store::read(&place).unwrap();
    for (connection, what) in [
        (&store.connection, "store"),
        (&searcher.connection, "searcher"),
        (&door.connection, "door"),
        (&again.connection, "store for reading"),
    ] {
        is_durable(connection, what);
        is_in_wal(connection, what);
    }
    assert_eq!(number(&searcher.connection, "query_only"), 1);
    let denied = StoreError::NotWritable {
        reason: "denied by a test".to_owned(),
    };
    let (connection, files) = open::read_only(&place, denied).unwrap();
    is_durable(&connection, "store that may only be read");
    assert_eq!(number(&connection, "query_only"), 1);
    let connection = open::connect(&files).unwrap();
    assert_eq!(number(&connection, "query_only"), 1);
    drop((store, door, again));
    let looked = open::look(&super::super::place::Files::of(&place).unwrap());
    let looked = looked.unwrap().unwrap();
    is_careful(&looked.connection, "glance");
    assert_eq!(number(&looked.connection, "query_only"), 1);
    for place in [Place::Memory, Place::Aside(folder.path().to_owned())] {
        let store = Store::open(&place).unwrap();
        is_durable(&store.connection, "memory");
        is_durable(&store.searcher().unwrap().connection, "memory");
    }
}

#[test]
fn a_file_that_lost_its_wal_mode_has_it_again() {
    let folder = library();
    for name in NAMES {
        let connection = Connection::open(folder.path().join(name)).unwrap();
        connection
            .pragma_update(None, "journal_mode", "DELETE")
            .unwrap();
    }
    let store = Store::open(&at(folder.path())).unwrap();
    is_in_wal(&store.connection, "store");
}

#[test]
fn a_first_start_of_an_older_version_that_was_interrupted_is_no_damage() {
    // It made both files empty, then the content, then the marks.
    for (library, marks) in [
        (Some(false), None),
        (Some(false), Some(false)),
        (Some(true), Some(false)),
        (None, Some(false)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        if library == Some(true) {
            drop(Store::open(&at(folder.path())).unwrap());
            fs::remove_file(folder.path().join(NAMES[1])).unwrap();
        } else if library == Some(false) {
            fs::write(folder.path().join(NAMES[0]), "").unwrap();
        }
        if marks == Some(false) {
            fs::write(folder.path().join(NAMES[1]), "").unwrap();
        }
        let mut store = Store::open(&at(folder.path())).unwrap();
        import(&mut store, &plain(7));
        is_in_wal(&store.connection, "store");
    }
}

/// The name was written, then the migrations ran in one transaction.
#[test]
fn a_file_with_its_name_alone_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(NAMES[0]);
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "application_id", schema::LIBRARY.application)
        .unwrap();
    import(&mut Store::open(&at(folder.path())).unwrap(), &plain(7));
}

#[test]
fn an_empty_file_beside_one_that_holds_something_is_damage() {
    for (name, code) in NAMES.into_iter().zip(["library-emptied", "marks-emptied"]) {
        let folder = library();
        fs::write(folder.path().join(name), "").unwrap();
        let before = bytes(folder.path());
        let places = [at(folder.path()), Place::Aside(folder.path().to_owned())];
        for place in places {
            for error in [Store::open(&place).err(), Store::read(&place).err()] {
                // What is read aside does not need the content.
                if name == NAMES[1] || place == at(folder.path()) {
                    assert_eq!(error.unwrap().code(), code);
                }
            }
        }
        assert_eq!(bytes(folder.path()), before);
    }
}

#[test]
fn an_empty_file_is_damage_where_there_is_a_copy_of_the_marks() {
    for (emptied, code) in NAMES.into_iter().zip(["marks-missing", "marks-emptied"]) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(emptied), "").unwrap();
        put_copy(folder.path(), b"whatever it is");
        let error = Store::open(&at(folder.path())).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn marks_that_are_gone_while_copies_are_there_are_asked_after() {
    let folder = library();
    fs::remove_file(folder.path().join(NAMES[1])).unwrap();
    put_copy(folder.path(), b"whatever it is");
    for place in [at(folder.path()), Place::Aside(folder.path().to_owned())] {
        let error = Store::open(&place).unwrap_err();
        assert_eq!(error.code(), "marks-missing");
    }
    assert!(!folder.path().join(NAMES[1]).exists());
    // The way on for who removed them on purpose.
    fs::remove_dir_all(folder.path().join(FOLDER)).unwrap();
    assert!(Store::open(&at(folder.path())).is_ok());
}

#[test]
fn a_wal_whose_file_is_gone_is_kept() {
    for (name, code) in NAMES.into_iter().zip(["library-emptied", "marks-emptied"]) {
        let folder = library();
        for end in ["-wal", "-journal"] {
            fs::remove_file(folder.path().join(name)).unwrap();
            let left = folder.path().join(format!("{name}{end}"));
            fs::write(&left, "the last pages").unwrap();
            let error = Store::open(&at(folder.path())).unwrap_err();
            assert_eq!(error.code(), code);
            assert_eq!(fs::read(&left).unwrap(), b"the last pages");
            fs::remove_file(&left).unwrap();
            drop(Store::open(&at(folder.path())).unwrap());
        }
    }
}

#[test]
fn what_an_interrupted_start_left_is_swept_away() {
    let folder = tempfile::tempdir().unwrap();
    for left in ["library.sqlite3.new-1-0", "marks.sqlite3.new-1-0-wal"] {
        fs::write(folder.path().join(left), "half").unwrap();
    }
    drop(Store::open(&at(folder.path())).unwrap());
    let files: Vec<_> = bytes(folder.path()).into_keys().collect();
    assert_eq!(files, NAMES.map(|name| folder.path().join(name)));
}

/// Whatever a file is cut to, it is said which one is damaged, and it stays as it is.
#[test]
fn a_file_that_is_cut_off_is_damaged() {
    let folder = library();
    for (n, name) in NAMES.into_iter().enumerate() {
        let path = folder.path().join(name);
        let whole = fs::read(&path).unwrap();
        let code = ["library-damaged", "marks-damaged"][n];
        let pages = (1..whole.len() / PAGE).map(|page| page * PAGE);
        let lengths = [
            1,
            15,
            16,
            17,
            60,
            68,
            72,
            99,
            100,
            101,
            511,
            512,
            513,
            2048,
            PAGE - 1,
        ];
        for length in lengths.into_iter().chain(pages).chain([whole.len() - 1]) {
            fs::write(&path, &whole[..length]).unwrap();
            for open in [Store::open, Store::read] {
                let error = open(&at(folder.path())).unwrap_err();
                let said = format!("{name} cut to {length}: {error}");
                assert_eq!(error.code(), code, "{said}");
                assert!(said.contains(path.to_str().unwrap()), "{said}");
                assert_eq!(fs::read(&path).unwrap(), &whole[..length], "{said}");
            }
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(Store::open(&at(folder.path())).is_ok());
}

#[test]
fn a_file_whose_header_is_gone_is_damaged_and_no_strangers() {
    let folder = library();
    for (n, name) in NAMES.into_iter().enumerate() {
        let path = folder.path().join(name);
        let whole = fs::read(&path).unwrap();
        // All of the header; its first words; the name of the program; the whole file but these; all.
        for range in [0..100, 0..16, 68..72, 16..whole.len(), 0..whole.len()] {
            let mut damaged = whole.clone();
            damaged[range].fill(0xA5);
            fs::write(&path, &damaged).unwrap();
            let error = Store::open(&at(folder.path())).unwrap_err();
            assert_eq!(error.code(), ["library-damaged", "marks-damaged"][n]);
            assert_eq!(fs::read(&path).unwrap(), damaged);
        }
        fs::write(&path, &whole).unwrap();
    }
}

/// A stranger's database stays one, whatever stands beside it.
#[test]
fn a_strangers_database_in_a_library_is_no_damage() {
    for name in NAMES {
        let folder = library();
        let path = folder.path().join(name);
        fs::remove_file(&path).unwrap();
        Connection::open(&path)
            .unwrap()
            .execute_batch("CREATE TABLE theirs (a)")
            .unwrap();
        let before = bytes(folder.path());
        let error = Store::open(&at(folder.path())).unwrap_err();
        assert_eq!(error.code(), "library-foreign");
        assert_eq!(bytes(folder.path()), before);
    }
}

#[test]
fn a_version_that_cannot_be_is_damage() {
    for (name, code) in NAMES.into_iter().zip(["library-damaged", "marks-damaged"]) {
        for version in [0, -1, i32::MAX] {
            let folder = library();
            Connection::open(folder.path().join(name))
                .unwrap()
                .pragma_update(None, "user_version", version)
                .unwrap();
            let before = bytes(folder.path());
            let error = Store::open(&at(folder.path())).unwrap_err();
            assert_eq!(error.code(), code, "{version}");
            assert_eq!(bytes(folder.path()), before);
        }
    }
}

#[test]
fn a_page_that_is_damaged_is_found_in_its_file() {
    for (name, which) in NAMES.into_iter().zip([Which::Content, Which::Marks]) {
        let folder = library();
        assert!(Store::find_damage(&at(folder.path())).is_none());
        let path = folder.path().join(name);
        let mut bytes = fs::read(&path).unwrap();
        bytes[PAGE..].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        match Store::find_damage(&at(folder.path())) {
            Some(StoreError::Damaged {
                file: Some(found), ..
            }) => assert_eq!(found, (which, path)),
            found => panic!("{found:?}"),
        }
    }
}

#[test]
fn what_is_not_there_is_read_as_nothing_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("none/at all");
    let store = Store::read(&at(&place)).unwrap();
    assert_eq!(store.searcher().unwrap().issues().unwrap(), []);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::create_dir_all(&place).unwrap();
    drop(Store::read(&at(&place)).unwrap());
    assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
}

fn denied() -> StoreError {
    StoreError::CannotOpen {
        path: "here".into(),
        reason: "denied by a test".to_owned(),
    }
}

fn read_only(folder: &Path) -> Store {
    let (connection, files) = open::read_only(&at(folder), denied()).unwrap();
    Store::of(open::Opened {
        connection,
        files,
        warning: None,
    })
}

#[test]
fn a_library_that_may_only_be_read_refuses_every_write_in_the_same_words() {
    let folder = library();
    let before = databases(folder.path());
    let mut store = read_only(folder.path());
    let code = store.read_only().unwrap().code();
    assert_eq!(code, "library-read-only");
    let issue = store.searcher().unwrap().newest().unwrap().unwrap();
    let head = heads(&store, issue).remove(0);
    assert!(head.marks.bookmarked);
    let refused = [
        store
            .set_bookmark(&head.key, &head.headline, false)
            .map(drop),
        store.set_read(&head.key, &head.headline, true).map(drop),
        store.set_place(&head.key, &head.headline, 3),
        store.set_session("{}"),
        store.carry(&[]),
        store.remove(issue).map(drop),
        import_from(&mut store, &plain(8), "new", 1).map(drop),
    ];
    for (n, refused) in refused.into_iter().enumerate() {
        let error = refused.expect_err(&format!("write {n}"));
        assert_eq!(error.code(), code, "write {n}: {error}");
    }
    assert!(store.door().open().unwrap().read_only().is_some());
    assert_eq!(store.copy_marks().unwrap(), crate::store::Copied::Nothing);
    drop(store);
    assert_eq!(databases(folder.path()), before);
}

/// As a version with one migration left them.
fn older(folder: &Path) {
    for (name, schema, sql) in [
        (
            NAMES[0],
            &schema::LIBRARY,
            include_str!("../../../assets/schema/library-001.sql"),
        ),
        (
            NAMES[1],
            &schema::MARKS,
            include_str!("../../../assets/schema/marks-001.sql"),
        ),
    ] {
        let connection = Connection::open(folder.join(name)).unwrap();
        connection
            .pragma_update(None, "application_id", schema.application)
            .unwrap();
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap();
        connection.execute_batch(sql).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
    }
}

#[test]
#[expect(clippy::used_underscore_binding, reason = "the program only holds it")]
fn an_older_schema_that_may_only_be_read_is_brought_up_to_date_in_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    older(folder.path());
    let before = databases(folder.path());
    let store = read_only(folder.path());
    let copies = store.files.reading.as_ref().unwrap()._aside.clone();
    assert_eq!(copies.len(), 2);
    #[cfg(unix)]
    for copy in &copies {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(copy.path()), 0o700);
        for file in fs::read_dir(copy.path()).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
    }
    let searcher = store.searcher().unwrap();
    assert_eq!(searcher.issues().unwrap(), []);
    assert_eq!(databases(folder.path()), before);
    let paths: Vec<PathBuf> = copies.iter().map(|copy| copy.path().to_owned()).collect();
    drop((store, copies));
    // A list that is still read needs its copy.
    assert!(paths.iter().all(|path| path.exists()));
    drop(searcher);
    assert!(paths.iter().all(|path| !path.exists()));
}

#[test]
fn what_only_stands_in_a_wal_is_read_too() {
    let (whole, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut store = Store::open(&at(whole.path())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(0);
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    for file in fs::read_dir(whole.path()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), cut.path().join(file.file_name())).unwrap();
    }
    drop(store);
    let store = read_only(cut.path());
    assert!(heads(&store, id)[0].marks.bookmarked);
    let glance = Glance::open(&at(cut.path())).unwrap();
    let kept = Kept {
        path: "x",
        sha256: "x",
        parser: 1,
        pages: &[],
    };
    assert!(glance.look(&plain(7), &kept).unwrap().before.is_some());
}

/// What stands in the WAL of one file stays there while the other is refused.
#[test]
fn a_library_that_is_refused_keeps_its_wal() {
    let (whole, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut store = Store::open(&at(whole.path())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(0);
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    store
        .connection
        .pragma_update(Some("main"), "user_version", 99)
        .unwrap();
    for name in NAMES {
        for end in ["", "-wal"] {
            let name = format!("{name}{end}");
            fs::copy(whole.path().join(&name), cut.path().join(&name)).unwrap();
        }
    }
    let before = bytes(cut.path());
    assert_eq!(before.len(), 4);
    let refused = Store::open(&at(cut.path())).unwrap_err();
    assert_eq!(refused.code(), "library-newer");
    let mut after = bytes(cut.path());
    // They only say where in the WAL what stands.
    after.retain(|path, _| !path.to_str().unwrap().ends_with("-shm"));
    assert_eq!(after, before);
}

/// The disk is full for one of the two files: told as that, the library whole, what was confirmed there.
#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_confirmed() {
    let folder = library();
    for database in ["main", "marks"] {
        let mut store = Store::open(&at(folder.path())).unwrap();
        let issue = store.searcher().unwrap().newest().unwrap().unwrap();
        let pages = number(&store.connection, &format!("{database}.page_count"));
        let limit = format!("{database}.max_page_count = {}", pages + 2);
        number(&store.connection, &limit);
        let error = if database == "main" {
            let large = issue_of_many(500);
            import_from(&mut store, &large, "large", 1).unwrap_err()
        } else {
            let head = heads(&store, issue).remove(0);
            (0..)
                .find_map(|nth| {
                    let key = crate::issue::ItemKey {
                        nth,
                        ..head.key.clone()
                    };
                    store.set_read(&key, &head.headline, true).err()
                })
                .unwrap()
        };
        assert_eq!(error.code(), "library-no-room", "{error}");
        drop(store);
        let store = Store::open(&at(folder.path())).unwrap();
        for database in ["main", "marks"] {
            let sql = format!("PRAGMA {database}.integrity_check");
            let found: String = store
                .connection
                .query_row(&sql, [], |row| row.get(0))
                .unwrap();
            assert_eq!(found, "ok");
        }
        assert_eq!(store.searcher().unwrap().issues().unwrap().len(), 1);
        assert!(heads(&store, issue)[0].marks.bookmarked);
    }
}

fn issue_of_many(items: usize) -> Issue {
    let headlines: Vec<String> = (0..items).map(|n| format!("某市第{n}个项目开工")).collect();
    let headlines: Vec<&str> = headlines.iter().map(String::as_str).collect();
    issue(9, &[("招商", &headlines)])
}
