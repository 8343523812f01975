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
    assert_eq!(restoration.marks, 2);
    assert_eq!(
        restoration.time.unwrap().to_string(),
        "2026-02-01T08:00:00Z"
    );
    assert_eq!(restoration.passed_over.len(), 1);
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
    assert!(matches!(restoration.present, Present::Whole(0)));
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
    for from in [content, library.folder.path().join("none")] {
        let error = Restoration::of(&place, Some(&from)).unwrap_err();
        assert_eq!(error.code(), "marks-bad-copy", "{error}");
    }
    fs::remove_dir_all(library.folder.path().join(FOLDER)).unwrap();
    let error = Restoration::of(&place, None).unwrap_err();
    assert_eq!(error.code(), "marks-no-copy");
    assert_eq!(fs::read(library.path()).unwrap(), before);
}

#[test]
fn whole_marks_that_another_program_has_open_are_left_alone() {
    let mut library = Library::new();
    library.mark(0);
    library.copy().unwrap();
    let before = library.beside("");
    let restoration = Restoration::of(&library.place(), None).unwrap();
    assert_eq!(
        restoration.carry_out().unwrap_err().code(),
        "library-locked"
    );
    assert_eq!(library.beside(""), before);
    assert_eq!(library.marks(), 1);
}
