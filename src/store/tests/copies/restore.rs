//! Putting a copy in the place of the marks.

use super::*;

#[test]
fn damaged_marks_are_restored_from_the_newest_whole_copy_and_kept() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.now += DAY;
    library.mark(1);
    library.copy().unwrap();
    library.now += DAY;
    library.mark(2);
    library.copy().unwrap();
    library.damage();
    fs::write(library.folder.path().join("marks.sqlite3-wal"), "its wal").unwrap();
    let damaged = fs::read(library.path()).unwrap();
    let newest = library.copies().pop().unwrap();
    fs::write(library.path_of(&newest), "no database").unwrap();
    let restoration = Restoration::of(&library.place(), None).unwrap();
    assert_eq!(restoration.counts.bookmarks, 2);
    assert_eq!(
        restoration.time.unwrap().to_string(),
        "2026-02-01T08:00:00Z"
    );
    assert_eq!(restoration.passed_over().count(), 1);
    assert!(matches!(restoration.present, Present::Damaged(_)));
    let restored = restoration.carry_out().unwrap();
    let aside = restored.set_aside.unwrap();
    assert_eq!(fs::read(&aside).unwrap(), damaged);
    let wal = format!("{}-wal", aside.display());
    assert_eq!(fs::read(wal).unwrap(), b"its wal");
    library.open();
    assert_eq!(library.marks(), 2);
    assert_eq!(library.beside(".new-"), [""; 0]);
}

#[test]
fn a_copy_of_an_older_version_is_brought_up_to_date() {
    let mut library = Library::new();
    library.store = None;
    let from = library.folder.path().join("old.sqlite3");
    older(
        &from,
        i32::from_be_bytes(*b"PkwM"),
        include_str!("../../../../assets/schema/marks-001.sql"),
    );
    Connection::open(&from)
        .unwrap()
        .execute_batch(
            "INSERT INTO mark (publication, number, headline, nth, printed, bookmarked, bookmarked_at) \
             VALUES ('试验周报', 7, '甲', 0, '甲', 1, '2026-01-01T00:00:00Z')",
        )
        .unwrap();
    let restoration = Restoration::of(&library.place(), Some(&from)).unwrap();
    assert!(matches!(restoration.present, Present::Whole(counts) if counts.is_empty()));
    restoration.carry_out().unwrap();
    library.open();
    assert_eq!(library.marks(), 1);
    assert_eq!(library.beside("replaced").len(), 1);
}

#[test]
fn what_is_no_copy_is_not_restored() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.store = None;
    let before = fs::read(library.path()).unwrap();
    let place = library.place();
    let content = library.folder.path().join("library.sqlite3");
    let none = library.folder.path().join("none");
    let device = PathBuf::from("/dev/null");
    for (from, code) in [
        (content, "marks-not-marks"),
        (none, "marks-copy-unreadable"),
        (library.path(), "marks-not-a-copy"),
        (device, "library-not-a-file"),
    ] {
        let error = Restoration::of(&place, Some(&from)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    fs::remove_dir_all(library.folder.path().join(FOLDER)).unwrap();
    let error = Restoration::of(&place, None).unwrap_err();
    assert_eq!(error.code(), "marks-without-copy");
    assert_eq!(fs::read(library.path()).unwrap(), before);
}

#[test]
fn who_has_the_marks_open_goes_along_and_writes_on() {
    for sql in ["", FAULTS[0]] {
        let mut library = Library::new();
        library.mark(0);
        library.copy().unwrap();
        library.mark(1);
        library.mark(2);
        if !sql.is_empty() {
            fault(&mut library, sql);
            library.open();
        }
        let version = library.store().version().unwrap();
        let restoration = Restoration::of(&library.place(), None).unwrap();
        let (left, aside) = match sql {
            "" => (1, "replaced"),
            _ => (3, "damaged"),
        };
        let restored = restoration.carry_out().unwrap();
        assert_ne!(library.store().version().unwrap(), version);
        assert_eq!(library.marks(), left, "{sql}");
        library.mark(3);
        assert_eq!(library.marks(), left + 1, "{sql}");
        assert_eq!(library.beside(aside).len(), 1);
        let aside = Connection::open(restored.set_aside.unwrap()).unwrap();
        let sql = "SELECT count(*) FROM mark WHERE bookmarked = 1";
        let before: u32 = aside.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(before, 3);
        library.store = None;
        library.open();
        assert_eq!(library.marks(), left + 1);
    }
}

#[test]
fn marks_that_an_open_reader_writes_in_the_meantime_are_not_lost() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    let restoration = Restoration::of(&library.place(), None).unwrap();
    library.mark(1);
    let before = library.beside("");
    assert_eq!(restoration.carry_out().unwrap_err().code(), "marks-changed");
    assert_eq!(library.beside(""), before);
    assert_eq!(library.marks(), 2);
}

/// What a program that is none of ours does to the marks: every row passes as SQLite sees it.
pub const FAULTS: [&str; 6] = [
    "UPDATE mark SET read = 1, read_at = '昨天' WHERE nth = 1",
    "UPDATE mark SET bookmarked_at = NULL WHERE nth = 1",
    "UPDATE mark SET number = -7 WHERE nth = 1",
    "UPDATE mark SET publication = CAST(x'ff' AS TEXT) WHERE nth = 1",
    "UPDATE mark SET note = CAST(x'e794b232ff' AS TEXT), noted_at = bookmarked_at WHERE nth = 1",
    "INSERT INTO tag SELECT publication, number, headline, nth, '甲 乙', '甲 乙', 1, bookmarked_at FROM mark WHERE nth = 1",
];

pub fn fault(library: &mut Library, sql: &str) {
    library.store = None;
    let connection = Connection::open(library.path()).unwrap();
    let sql = format!("PRAGMA foreign_keys = OFF; {sql}");
    connection.execute_batch(&sql).unwrap();
    let found: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(found, "ok");
}

#[test]
fn faulty_marks_push_no_good_copy_out_however_long_they_stay() {
    for sql in FAULTS {
        let mut library = Library::new();
        for nth in 0..3 {
            library.mark(nth);
            library.copy().unwrap();
            library.now += DAY;
        }
        let good = library.copies();
        fault(&mut library, sql);
        for nth in 3..12 {
            library.open();
            library.mark(nth);
            library.now += DAY;
            let error = library.copy().unwrap_err();
            assert_eq!(error.code(), "marks-faulty", "{sql}: {error}");
        }
        let copies = library.copies();
        let (apart, whole): (Vec<String>, Vec<String>) =
            copies.into_iter().partition(|name| name.contains("faulty"));
        assert_eq!(whole, good, "{sql}");
        assert_eq!(apart.len(), 1, "{sql}");
        library.store = None;
        let refused = Restoration::of(&library.place(), Some(&library.path_of(&apart[0])));
        assert_eq!(refused.unwrap_err().code(), "marks-faulty-copy");
    }
}

#[test]
fn going_back_from_whole_marks_says_what_is_lost() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.mark(1);
    let head = heads_of(library.store()).remove(0);
    let tag = crate::issue::Change::Tag(Tag::new("跟踪").unwrap(), true);
    library
        .store()
        .mark(&head.key, &head.headline, &tag)
        .unwrap();
    library.store = None;
    let restoration = Restoration::of(&library.place(), None).unwrap();
    let lost = restoration.lost;
    assert_eq!((lost.bookmarks, lost.tags, lost.notes), (1, 1, 0));
    assert!(restoration.taken_over.is_empty());
    let listed = &restoration.copies[0];
    assert_eq!(listed.holds.as_ref().unwrap().bookmarks, 1);
    assert!(listed.size.unwrap() > 0);
}

#[test]
fn marks_that_were_written_since_are_not_replaced() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.store = None;
    let restoration = Restoration::of(&library.place(), None).unwrap();
    library.open();
    library.mark(1);
    library.store = None;
    assert_eq!(restoration.carry_out().unwrap_err().code(), "marks-changed");
    library.open();
    assert_eq!(library.marks(), 2);
}

#[test]
fn a_copy_is_read_with_its_wal_and_nothing_appears_beside_it() {
    let mut library = Library::new();
    library.mark(0);
    library.mark(1);
    let elsewhere = tempfile::tempdir().unwrap();
    let from = elsewhere.path().join("copy");
    fs::copy(library.path(), &from).unwrap();
    let wal = library.path().with_file_name("marks.sqlite3-wal");
    assert!(fs::metadata(&wal).unwrap().len() > 0, "still open");
    fs::copy(wal, elsewhere.path().join("copy-wal")).unwrap();
    let names = || {
        let names = fs::read_dir(elsewhere.path()).unwrap();
        let mut names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    library.store = None;
    fs::remove_file(library.path()).unwrap();
    #[cfg(unix)]
    {
        let link = library.folder.path().join("link");
        std::os::unix::fs::symlink(&from, &link).unwrap();
        let restoration = Restoration::of(&library.place(), Some(&link)).unwrap();
        assert_eq!(restoration.counts.bookmarks, 2);
    }
    let restoration = Restoration::of(&library.place(), Some(&from)).unwrap();
    assert_eq!(restoration.counts.bookmarks, 2);
    restoration.carry_out().unwrap();
    assert_eq!(names(), before);
    library.open();
    assert_eq!(library.marks(), 2);
}

#[test]
fn where_nobody_was_asked_it_is_found_anew_while_nobody_else_writes() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.mark(1);
    let (place, path) = (library.place(), library.path());
    // After a question it is not: what was shown is not what would be replaced.
    let asked = Restoration::of(&place, None).unwrap();
    library.mark(2);
    assert_eq!(asked.carry_out().unwrap_err().code(), "marks-changed");
    let first = Restoration::of(&place, None).unwrap();
    let mut lost = vec![];
    let mut seen = |found: &Restoration| {
        lost.push(found.lost.bookmarks);
        if lost.len() == 1 {
            library.mark(3);
        } else {
            let other = Connection::open(&path).unwrap();
            other.busy_timeout(std::time::Duration::ZERO).unwrap();
            assert!(other.execute_batch("BEGIN IMMEDIATE").is_err());
        }
    };
    let restored = first.carry_out_anew(&place, None, &mut seen).unwrap();
    assert!(restored.set_aside.is_some_and(|aside| aside.exists()));
    assert_eq!(lost, [2, 3]);
    assert_eq!(library.marks(), 1);
    library.mark(4);
    assert_eq!(library.marks(), 2, "it is nobody's any more");
}

#[test]
fn where_nobody_was_asked_damaged_marks_are_looked_at_as_often_as_they_change() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    library.damage();
    let place = library.place();
    let mut looks = 0;
    let mut seen = |_: &Restoration| {
        looks += 1;
        if looks < 4 {
            fs::write(library.path(), "damaged".repeat(looks)).unwrap();
        }
    };
    let first = Restoration::of(&place, None).unwrap();
    let restored = first.carry_out_anew(&place, None, &mut seen).unwrap();
    let aside = fs::read_to_string(restored.set_aside.unwrap()).unwrap();
    assert_eq!((aside, looks), ("damaged".repeat(3), 4));
    library.open();
    assert_eq!(library.marks(), 1);
}
