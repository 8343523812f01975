//! Copies of the marks: when they are made, which stay, and that they hold what they should.

mod ahead;
pub(super) mod restore;
mod salvage;

use super::super::copies::{self, FOLDER};
use super::super::place::Files;
use super::super::{Copied, Present, Restoration};
use super::*;
use crate::issue::{ItemKey, Tag};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) struct Library {
    pub folder: tempfile::TempDir,
    pub store: Option<Store>,
    now: Timestamp,
}

impl Library {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Self {
            store: None,
            folder,
            now: "2026-01-31T08:00:00Z".parse().unwrap(),
        };
        library.open();
        import(library.store(), &plain(7));
        library
    }

    pub fn place(&self) -> Place {
        Place::Folder(self.folder.path().to_owned())
    }

    pub fn open(&mut self) {
        self.store = Some(Store::open(&self.place()).unwrap());
    }

    pub fn store(&mut self) -> &mut Store {
        self.store.as_mut().unwrap()
    }

    pub fn mark(&mut self, nth: u32) {
        let key = ItemKey {
            publication: PUBLICATION.to_owned(),
            issue: IssueNumber(7),
            headline: "甲市签约一个项目".to_owned(),
            nth,
        };
        self.store()
            .set_bookmark(&key, "甲市签约一个项目", true)
            .unwrap();
    }

    fn marks(&self) -> u32 {
        let sql = "SELECT count(*) FROM marks.mark WHERE bookmarked = 1";
        let store = self.store.as_ref().unwrap();
        store
            .connection
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }

    pub fn copy(&self) -> Result<Copied, StoreError> {
        copies::daily(&Files::of(&self.place()).unwrap().marks, self.now)
    }

    fn copies(&self) -> Vec<String> {
        let folder = self.folder.path().join(FOLDER);
        let mut names: Vec<String> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn path_of(&self, copy: &str) -> PathBuf {
        self.folder.path().join(FOLDER).join(copy)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("marks.sqlite3")
    }

    fn beside(&self, what: &str) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        let names = names.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.contains(what)).collect();
        names.sort();
        names
    }

    fn damage(&mut self) {
        self.store = None;
        let mut bytes = fs::read(self.path()).unwrap();
        bytes[100..].fill(0xA5);
        fs::write(self.path(), bytes).unwrap();
    }
}

#[test]
fn marks_are_copied_once_a_day_and_five_copies_stay() {
    let mut library = Library::new();
    assert_eq!(library.copy().unwrap(), Copied::Nothing);
    assert_eq!(library.copies(), [""; 0]);
    library.mark(0);
    assert_eq!(library.copy().unwrap(), Copied::Made);
    assert_eq!(library.copies(), ["marks-2026-01-31T080000Z.sqlite3"]);
    library.mark(1);
    assert_eq!(library.copy().unwrap(), Copied::Today);
    for day in 2..9 {
        library.now += DAY;
        library.mark(day);
        assert_eq!(library.copy().unwrap(), Copied::Made);
    }
    let names = library.copies();
    assert_eq!(names.len(), 5);
    assert_eq!(names[0], "marks-2026-02-03T080000Z.sqlite3");
    assert_eq!(names[4], "marks-2026-02-07T080000Z.sqlite3");
    let copy = Connection::open(library.path_of(&names[4])).unwrap();
    let count: u32 = copy
        .query_row("SELECT count(*) FROM mark", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, library.marks());
    let mode: String = copy
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "delete", "a copy is one file");
}

#[test]
fn copies_before_changes_push_out_none_of_another_day() {
    let mut library = Library::new();
    for day in 0..6 {
        library.now += DAY;
        library.mark(day);
        assert_eq!(library.copy().unwrap(), Copied::Made);
    }
    let daily = library.copies();
    for n in 6..14 {
        library.mark(n);
        library.now += SignedDuration::from_secs(60);
        let marks = Files::of(&library.place()).unwrap().marks;
        let copy = copies::before_change(&marks, library.now).unwrap().unwrap();
        assert!(copy.exists());
    }
    let copies = library.copies();
    // The last five of this day, of which one is its last, and the last ones of four days before.
    assert_eq!(copies.len(), 9);
    assert_eq!(copies[..4], daily[..4]);
    assert!(!copies.contains(&daily[4]), "its day has later ones");
}

#[test]
fn the_copy_before_a_change_is_known_though_the_clock_was_put_back() {
    let mut library = Library::new();
    let marks = |library: &Library| Files::of(&library.place()).unwrap().marks;
    let now = library.now;
    let none = copies::before_change(&marks(&library), now).unwrap();
    assert_eq!(none, None, "there are no marks");
    library.mark(0);
    let later = copies::before_change(&marks(&library), now + DAY).unwrap();
    library.mark(1);
    let copy = copies::before_change(&marks(&library), now).unwrap();
    assert_ne!(copy, later);
    let again = copies::before_change(&marks(&library), now).unwrap();
    assert_eq!(again.is_some(), copy.is_some());
    let copy = Connection::open(again.unwrap()).unwrap();
    let count: u32 = copy
        .query_row("SELECT count(*) FROM mark", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, library.marks());
}

#[test]
fn a_copy_that_would_hold_the_same_pushes_none_out() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.now += DAY;
    // Where the reader was is no mark.
    library.store().set_session("{}").unwrap();
    assert_eq!(library.copy().unwrap(), Copied::Same);
    assert_eq!(library.copies().len(), 1);
    let key = heads_of(library.store()).remove(0).key;
    let tag = crate::issue::Change::Tag(Tag::new("跟踪").unwrap(), true);
    library
        .store()
        .mark(&key, "甲市签约一个项目", &tag)
        .unwrap();
    assert_eq!(library.copy().unwrap(), Copied::Made);
}

fn heads_of(store: &Store) -> Vec<ItemHead> {
    let issue = store.searcher().unwrap().newest().unwrap().unwrap();
    heads(store, issue)
}

#[cfg(unix)]
#[test]
fn copies_are_for_their_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = library.folder.path().join(FOLDER);
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&library.path_of(&library.copies()[0])), 0o600);
}

#[test]
fn a_copy_that_does_not_read_back_is_told_and_costs_no_other() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    let before = library.copies();
    library.now += DAY;
    library.mark(1);
    // Read back, it is another database than the one that was copied.
    let original =
        copies::Fingerprint::of(&Connection::open(library.path_of(&before[0])).unwrap()).unwrap();
    let other = library.path_of("other");
    fs::copy(library.path_of(&before[0]), &other).unwrap();
    assert!(copies::verify(&other, &original).is_ok());
    Connection::open(&other)
        .unwrap()
        .execute_batch("UPDATE mark SET bookmarked_at = '2020-01-01T00:00:00.000Z'")
        .unwrap();
    assert_eq!(
        copies::verify(&other, &original).unwrap_err().code(),
        "marks-bad-copy"
    );
    fs::remove_file(&other).unwrap();
    // A folder that is a file: nothing can be made in it.
    fs::rename(
        library.folder.path().join(FOLDER),
        library.folder.path().join("away"),
    )
    .unwrap();
    fs::write(library.folder.path().join(FOLDER), "").unwrap();
    assert_eq!(library.copy().unwrap_err().code(), "marks-not-copied");
    fs::remove_file(library.folder.path().join(FOLDER)).unwrap();
    fs::rename(
        library.folder.path().join("away"),
        library.folder.path().join(FOLDER),
    )
    .unwrap();
    assert_eq!(library.copies(), before);
    assert_eq!(library.copy().unwrap(), Copied::Made);
}

#[test]
fn damaged_marks_are_not_copied_over_good_copies() {
    let mut library = Library::new();
    for nth in 0..300 {
        library.mark(nth);
    }
    library.copy().unwrap();
    let before = library.copies();
    library.mark(300);
    library.store = None;
    library.now += DAY;
    // An index that no longer agrees with its table: every row is still read.
    let path = library.path();
    let connection = Connection::open(&path).unwrap();
    let root: u32 = connection
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'mark_bookmarked'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    connection
        .pragma_update(None, "journal_mode", "DELETE")
        .unwrap();
    drop(connection);
    let mut bytes = fs::read(&path).unwrap();
    let page = &mut bytes[(root as usize - 1) * 4096..root as usize * 4096];
    let end = page.len() - 1;
    page[end] ^= 1;
    fs::write(&path, bytes).unwrap();
    let error = library.copy().unwrap_err();
    assert_eq!(error.code(), "marks-damaged", "{error}");
    assert_eq!(library.copies(), before);
}

#[test]
fn a_migration_is_preceded_by_a_copy_of_what_was_there() {
    for (name, sql) in [
        ("marks.sqlite3", None),
        ("library.sqlite3", Some("library-001.sql")),
    ] {
        let mut library = Library::new();
        library.mark(0);
        library.store = None;
        let path = library.folder.path().join(name);
        if sql.is_some() {
            fs::remove_file(&path).unwrap();
            older(
                &path,
                i32::from_be_bytes(*b"PkwL"),
                include_str!("../../../assets/schema/library-001.sql"),
            );
        } else {
            fs::remove_file(&path).unwrap();
            older(
                &path,
                i32::from_be_bytes(*b"PkwM"),
                include_str!("../../../assets/schema/marks-001.sql"),
            );
            Connection::open(&path)
                .unwrap()
                .execute_batch(
                    "INSERT INTO mark (publication, number, headline, nth, printed, bookmarked, bookmarked_at) \
                     VALUES ('试验周报', 7, '甲', 0, '甲', 1, '2026-01-01T00:00:00Z')",
                )
                .unwrap();
        }
        library.open();
        assert_eq!(library.marks(), 1);
        let names = library.copies();
        assert_eq!(names.len(), 1, "{name}");
        let copy = Connection::open(library.path_of(&names[0])).unwrap();
        let version: i64 = copy
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(version == 1, name == "marks.sqlite3");
        // Opened once more, nothing is migrated.
        library.open();
        assert_eq!(library.copies(), names);
    }
}

/// Makes a file as the first version did.
fn older(path: &Path, application: i32, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection
        .pragma_update(None, "application_id", application)
        .unwrap();
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .unwrap();
    connection.execute_batch(sql).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
}

#[test]
fn a_copy_that_cannot_be_made_does_not_stop_a_migration() {
    let mut library = Library::new();
    library.mark(0);
    library.store = None;
    let path = library.folder.path().join("library.sqlite3");
    fs::remove_file(&path).unwrap();
    older(
        &path,
        i32::from_be_bytes(*b"PkwL"),
        include_str!("../../../assets/schema/library-001.sql"),
    );
    fs::write(library.folder.path().join(FOLDER), "").unwrap();
    library.open();
    assert_eq!(library.marks(), 1);
    let warning = library.store().take_warning().unwrap();
    assert_eq!(warning.code(), "marks-not-copied");
    assert!(library.store().take_warning().is_none());
}

#[test]
fn a_copy_is_of_one_moment_whatever_is_marked_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let heads = heads(&store, id);
    store.set_bookmark(&heads[0].key, "甲", true).unwrap();
    let source = rusqlite::Connection::open(folder.path().join("marks.sqlite3")).unwrap();
    let snapshot = crate::store::copies::moment(&source).unwrap();
    store.set_bookmark(&heads[1].key, "乙", true).unwrap();
    // Twice, as a copy and what it is compared with are made.
    for _ in 0..2 {
        let held = crate::store::held::Held::of(&snapshot).unwrap();
        assert_eq!(held.records().unwrap().len(), 1);
    }
}
