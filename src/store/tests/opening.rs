//! Opening in every state of the disk: what connections are set to, what is new and what is damaged, what may only be read.

mod damage;
mod readonly;

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
