//! What is kept of damaged marks, and what a copy fills in.

use super::restore::{FAULTS, fault};
use super::*;

#[test]
fn a_faulty_row_costs_no_other_mark() {
    for sql in FAULTS {
        let mut library = Library::new();
        library.mark(0);
        library.mark(1);
        library.copy().unwrap();
        for nth in 2..40 {
            library.mark(nth);
        }
        fault(&mut library, sql);
        let restoration = Restoration::of(&library.place(), None).unwrap();
        assert!(matches!(restoration.present, Present::Damaged(_)), "{sql}");
        assert_eq!(restoration.counts.bookmarks, 40, "{sql}");
        assert!(restoration.taken_over.bookmarks >= 38, "{sql}");
        restoration.carry_out().unwrap();
        library.open();
        assert_eq!(library.marks(), 40, "{sql}");
        library.now += DAY;
        assert_eq!(library.copy().unwrap(), Copied::Made, "{sql}");
    }
}

#[test]
fn without_a_copy_what_is_sound_is_kept() {
    let mut library = Library::new();
    library.mark(0);
    library.mark(1);
    fault(&mut library, FAULTS[2]);
    let restoration = Restoration::of(&library.place(), None).unwrap();
    assert_eq!(restoration.from, None);
    let Present::Damaged(damage) = &restoration.present else {
        panic!("{:?}", restoration.present);
    };
    assert_eq!((damage.senseless, damage.is_partial), (1, false));
    restoration.carry_out().unwrap();
    library.open();
    assert_eq!(library.marks(), 1);
    assert_eq!(library.beside(".damaged-").len(), 1);
}

#[test]
fn a_note_that_is_hardly_text_is_kept_as_far_as_it_is() {
    let mut library = Library::new();
    library.mark(1);
    fault(&mut library, FAULTS[4]);
    let restoration = Restoration::of(&library.place(), None).unwrap();
    restoration.carry_out().unwrap();
    library.open();
    let note: String = library
        .store()
        .connection
        .query_row("SELECT note FROM marks.mark", [], |row| row.get(0))
        .unwrap();
    assert_eq!(note, "甲2\u{fffd}");
}

#[test]
fn what_a_damaged_file_says_later_goes_before_the_copy() {
    let mut library = Library::new();
    library.mark(0);
    library.mark(1);
    library.copy().unwrap();
    let key = ItemKey {
        publication: PUBLICATION.to_owned(),
        issue: IssueNumber(7),
        headline: "甲市签约一个项目".to_owned(),
        nth: 0,
    };
    library.store().set_bookmark(&key, "甲", false).unwrap();
    fault(&mut library, FAULTS[2]);
    let restoration = Restoration::of(&library.place(), None).unwrap();
    assert_eq!(
        restoration.counts.bookmarks, 1,
        "taken off since, and the faulty one as it was"
    );
}

#[test]
fn marks_in_the_middle_of_which_nothing_can_be_read_give_both_ends() {
    let mut library = Library::new();
    for nth in 0..400 {
        library.mark(nth);
    }
    library.store = None;
    let connection = Connection::open(library.path()).unwrap();
    connection
        .pragma_update(None, "journal_mode", "DELETE")
        .unwrap();
    let root: u32 = connection
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'mark'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    drop(connection);
    let mut bytes = fs::read(library.path()).unwrap();
    // The page that the middle cell of the root leads to: https://www.sqlite.org/fileformat2.html, 1.6.
    let root = &bytes[(root as usize - 1) * 4096..root as usize * 4096];
    assert_eq!(root[0], 2, "an interior page");
    let two = |at: usize| usize::from(u16::from_be_bytes([root[at], root[at + 1]]));
    let cell = two(12 + two(3) / 2 * 2);
    let page = (two(cell) << 16) + two(cell + 2);
    bytes[(page - 1) * 4096..page * 4096].fill(0xA5);
    fs::write(library.path(), bytes).unwrap();
    let restoration = Restoration::of(&library.place(), None).unwrap();
    let Present::Damaged(damage) = &restoration.present else {
        panic!("{:?}", restoration.present);
    };
    assert!(damage.is_partial);
    assert!(damage.sound.bookmarks > 300, "{:?}", damage.sound);
    restoration.carry_out().unwrap();
    library.open();
    assert!(library.marks() > 300);
}

/// The note of an item, by its place among equals.
fn note(library: &mut Library, nth: u32, text: &str, time: &str) {
    library.mark(nth);
    let sql = "UPDATE marks.mark SET note = ?1, noted_at = ?2 WHERE nth = ?3";
    let connection = &library.store().connection;
    connection.execute(sql, (text, time, nth)).unwrap();
}

fn noted(library: &mut Library, nth: u32) -> Option<String> {
    library.open();
    let sql = "SELECT note FROM marks.mark WHERE nth = ?1";
    let connection = &library.store().connection;
    connection.query_row(sql, [nth], |row| row.get(0)).unwrap()
}

#[test]
fn a_sound_note_stays_however_late_that_of_the_copy_is() {
    let mut library = Library::new();
    note(&mut library, 0, "同事的", "2026-12-01T00:00:00.000Z");
    library.mark(1);
    note(&mut library, 2, "又一条", "2026-12-01T00:00:00.000Z");
    library.copy().unwrap();
    note(&mut library, 0, "我的", "2026-01-01T00:00:00.000Z");
    let sql = "UPDATE marks.mark SET note = NULL, noted_at = NULL WHERE nth = 2";
    library.store().connection.execute(sql, []).unwrap();
    fault(&mut library, FAULTS[0]);
    let restoration = Restoration::of(&library.place(), None).unwrap();
    assert_eq!(
        (restoration.counts.notes, restoration.counts.bookmarks),
        (1, 3)
    );
    assert!(restoration.lost.is_empty());
    restoration.carry_out().unwrap();
    assert_eq!(noted(&mut library, 0).as_deref(), Some("我的"));
    assert_eq!(noted(&mut library, 2), None);
}

#[test]
fn what_was_taken_away_comes_back_only_where_rows_may_be_missing() {
    for (sql, bookmarks) in [(FAULTS[0], 2), (FAULTS[2], 3)] {
        let mut library = Library::new();
        for nth in 0..3 {
            library.mark(nth);
        }
        library.copy().unwrap();
        let gone = "DELETE FROM marks.mark WHERE nth = 2";
        library.store().connection.execute(gone, []).unwrap();
        fault(&mut library, sql);
        let restoration = Restoration::of(&library.place(), None).unwrap();
        assert_eq!(restoration.counts.bookmarks, bookmarks, "{sql}");
    }
}

#[test]
fn a_copy_fills_in_what_is_doubtful_and_no_more() {
    let time = "2026-01-01T00:00:00.000Z";
    for (sql, copy, expected) in [
        // The same statement, whole in the copy; another one, of which something is left.
        ("note = CAST(x'e794b232ff' AS TEXT)", time, "甲二三"),
        (
            "note = CAST(x'e794b232ff' AS TEXT)",
            "2026-02-01T00:00:00.000Z",
            "甲2\u{fffd}",
        ),
        ("noted_at = '昨天'", time, "甲二"),
    ] {
        let mut library = Library::new();
        note(&mut library, 1, "甲二三", copy);
        library.copy().unwrap();
        note(&mut library, 1, "甲二", time);
        fault(
            &mut library,
            &format!("UPDATE mark SET {sql} WHERE nth = 1"),
        );
        Restoration::of(&library.place(), None)
            .unwrap()
            .carry_out()
            .unwrap();
        assert_eq!(noted(&mut library, 1).as_deref(), Some(expected), "{sql}");
    }
}

#[test]
fn no_row_goes_for_one_value_of_it() {
    let long = format!("note = '{}'", "长".repeat(70_000));
    for sql in ["read_at = '-0044-03-15T08:00:00Z', read = 1", &long] {
        let mut library = Library::new();
        note(&mut library, 1, "甲", "2026-01-01T00:00:00.000Z");
        let faults = format!("UPDATE mark SET {sql} WHERE nth = 1; {}", FAULTS[1]);
        fault(&mut library, &faults);
        let restoration = Restoration::of(&library.place(), None).unwrap();
        assert_eq!(
            (restoration.counts.bookmarks, restoration.counts.notes),
            (1, 1)
        );
    }
}

/// Puts a tag on the first item.
fn tag(library: &mut Library) {
    let head = heads_of(library.store()).remove(0);
    let tag = crate::issue::Change::Tag(Tag::new("跟踪").unwrap(), true);
    library
        .store()
        .mark(&head.key, &head.headline, &tag)
        .unwrap();
}

/// Overwrites the first page of a table of the marks: no row of it can be read.
fn overwrite(library: &mut Library, table: &str) {
    library.store = None;
    let connection = Connection::open(library.path()).unwrap();
    let root: u32 = connection
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?1",
            [table],
            |row| row.get(0),
        )
        .unwrap();
    drop(connection);
    let root = usize::try_from(root).unwrap();
    let mut bytes = fs::read(library.path()).unwrap();
    bytes[(root - 1) * 4096..root * 4096].fill(0xA5);
    fs::write(library.path(), bytes).unwrap();
}

#[test]
fn tags_that_can_be_read_keep_no_row_of_the_copy_out() {
    let mut library = Library::new();
    note(&mut library, 0, "甲", "2026-01-01T00:00:00.000Z");
    tag(&mut library);
    library.copy().unwrap();
    overwrite(&mut library, "mark");
    let restoration = Restoration::of(&library.place(), None).unwrap();
    let counts = restoration.counts;
    assert_eq!((counts.bookmarks, counts.tags, counts.notes), (1, 1, 1));
    restoration.carry_out().unwrap();
    assert_eq!(noted(&mut library, 0).as_deref(), Some("甲"));
}

#[test]
fn what_stands_in_a_page_of_an_index_keeps_no_row_of_the_copy_out() {
    let mut library = Library::new();
    note(&mut library, 0, "甲", "2026-01-01T00:00:00.000Z");
    library.copy().unwrap();
    tag(&mut library);
    // As a row of an index reads where its page stands in the place of one of the table: the name, and nothing else.
    let sql = "PRAGMA foreign_keys = OFF; CREATE TABLE other AS SELECT * FROM mark; DELETE FROM mark; \
        PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'printed TEXT NOT NULL', 'printed TEXT') \
        WHERE name = 'mark'; PRAGMA writable_schema = RESET; \
        INSERT INTO mark (publication, number, headline, nth) SELECT publication, number, headline, nth FROM other; \
        DROP TABLE other; PRAGMA writable_schema = ON; \
        UPDATE sqlite_schema SET sql = replace(sql, 'printed TEXT', 'printed TEXT NOT NULL') WHERE name = 'mark';";
    library.store = None;
    let connection = Connection::open(library.path()).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let restoration = Restoration::of(&library.place(), None).unwrap();
    let counts = restoration.counts;
    assert_eq!((counts.bookmarks, counts.tags, counts.notes), (1, 1, 1));
}
