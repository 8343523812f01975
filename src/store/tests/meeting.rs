//! Marks of two names that come to hang on one item.

use super::*;
use crate::issue::{Change, ItemKey, LONGEST_NOTE, Marks, Note, Tag, item_keys};

const FORMER: &str = "甲市开工二个项目 总投资十亿元";
const NEW: &str = "甲市开工三个项目 总投资十亿元";

fn named(headline: &str) -> Issue {
    issue(7, &[("招商", &[headline])])
}

fn key(headline: &str) -> ItemKey {
    item_keys(&named(headline)).remove(0)
}

fn mark(store: &mut Store, headline: &str, change: &Change) {
    store.mark(&key(headline), headline, change).unwrap();
}

fn note(text: &str) -> Change {
    Change::Note(Note::new(text))
}

fn tag(tag: &str, on: bool) -> Change {
    Change::Tag(Tag::new(tag).unwrap(), on)
}

/// What both names are marked with, once the headline was corrected; the number of names that are marked.
fn after(mark_both: impl FnOnce(&mut Store)) -> (Marks, u32) {
    let mut store = memory();
    import(&mut store, &named(FORMER));
    mark_both(&mut store);
    let imported = import_from(&mut store, &named(NEW), "corrected", 1).unwrap();
    let marks = heads(&store, imported.id).remove(0).marks;
    let sql = "SELECT count(*) FROM marks.mark";
    let names = store.connection.query_row(sql, [], |row| row.get(0));
    (marks, names.unwrap())
}

#[test]
fn of_two_notes_none_is_lost_whichever_is_later() {
    for order in [[FORMER, NEW], [NEW, FORMER]] {
        let (marks, names) = after(|store| {
            for headline in order {
                mark(store, headline, &note(&format!("记 {headline}")));
            }
        });
        let both = marks.note.unwrap();
        assert_eq!(both.as_str(), format!("记 {FORMER}\n----------\n记 {NEW}"));
        assert_eq!(names, 1);
    }
}

#[test]
fn what_was_taken_off_under_one_name_takes_nothing_off_under_the_other() {
    for order in [[FORMER, NEW], [NEW, FORMER]] {
        let (marks, _) = after(|store| {
            let [set, taken_off] = order;
            for headline in order {
                for change in [Change::Bookmark(true), tag("跟踪", true), note("记")] {
                    mark(store, headline, &change);
                }
            }
            for change in [Change::Bookmark(false), tag("跟踪", false), note("")] {
                mark(store, taken_off, &change);
            }
            assert!(mark_of(store, set).bookmarked);
        });
        assert_eq!((marks.bookmarked, marks.tags.len()), (true, 1), "{order:?}");
        assert_eq!(marks.note, Note::new("记"), "{order:?}");
    }
}

/// What is marked under a name, item or not.
fn mark_of(store: &Store, headline: &str) -> Marks {
    let mut found = Marks::default();
    let sql = "SELECT bookmarked FROM marks.mark WHERE headline = ?1";
    let headline = key(headline).headline;
    let bookmarked = store
        .connection
        .query_row(sql, [headline], |row| row.get(0));
    found.bookmarked = bookmarked.unwrap();
    found
}

#[test]
fn two_notes_that_are_too_long_for_one_stay_under_two_names() {
    let long = "长".repeat(LONGEST_NOTE - 3);
    let mut store = memory();
    import(&mut store, &named(FORMER));
    mark(&mut store, FORMER, &note(&long));
    mark(&mut store, NEW, &note("短记"));
    let imported = import_from(&mut store, &named(NEW), "corrected", 1).unwrap();
    let marks = heads(&store, imported.id).remove(0).marks;
    assert_eq!(marks.note, Note::new("短记"));
    let waiting = store.searcher().unwrap().detached().unwrap();
    assert_eq!(waiting[0].marks.note.as_ref().unwrap().as_str(), long);
    let fate = imported.fate;
    assert_eq!((fate.carried.len(), fate.left.len()), (0, 1));
}

#[test]
fn an_import_that_is_tried_again_puts_notes_together_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    import(&mut store, &named(FORMER));
    mark(&mut store, FORMER, &note("甲"));
    mark(&mut store, NEW, &note("乙"));
    let refuse = "CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.issue BEGIN SELECT RAISE(ABORT, 'full'); END";
    store.connection.execute_batch(refuse).unwrap();
    for _ in 0..3 {
        import_from(&mut store, &named(NEW), "corrected", 1).unwrap_err();
    }
    store
        .connection
        .execute_batch("DROP TRIGGER refuse")
        .unwrap();
    let imported = import_from(&mut store, &named(NEW), "corrected", 1).unwrap();
    let marks = heads(&store, imported.id).remove(0).marks;
    let note = marks.note.unwrap();
    let mut lines: Vec<&str> = note.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["----------", "乙", "甲"]);
}

#[test]
fn what_is_read_aside_moves_no_mark_of_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let library = Place::Folder(folder.path().to_owned());
    let mut store = Store::open(&library).unwrap();
    let id = import(&mut store, &named(FORMER)).id;
    for headline in [FORMER, NEW] {
        mark(&mut store, headline, &note(headline));
    }
    let mut aside = Store::open(&Place::Aside(folder.path().to_owned())).unwrap();
    for headline in [NEW, FORMER, NEW] {
        let read = import_from(&mut aside, &named(headline), headline, 1).unwrap();
        let shown = heads(&aside, read.id).remove(0).marks.note;
        assert_eq!(
            shown,
            Note::new(headline),
            "each item has what it was marked with"
        );
    }
    drop(aside);
    let marks = heads(&store, id).remove(0).marks;
    assert_eq!(marks.note, Note::new(FORMER));
    assert_eq!(store.searcher().unwrap().detached().unwrap().len(), 1);
}
