//! Marks that stand under two names, because an import failed or was killed on the way: which of the two stays.

use super::carry::{mark, marked};
use super::*;
use crate::store::import::Packed;
use crate::store::{Detached, Searcher, Successor};
use std::path::Path;

/// A library on the disk whose one item has all kinds of marks, and the same issue with its headline corrected.
struct World {
    folder: tempfile::TempDir,
    corrected: Issue,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        let id = import(
            &mut store,
            &issue(7, &[("招商", &["甲市开工二个项目 总投资十亿元"])]),
        )
        .id;
        let head = heads(&store, id).remove(0);
        mark(&mut store, &head);
        World {
            folder,
            corrected: issue(7, &[("招商", &["甲市开工三个项目 总投资十亿元"])]),
        }
    }

    fn open(&self) -> Store {
        open(self.folder.path())
    }

    /// Imports the corrected issue up to the point at which marks have to be settled.
    fn import(&self, store: &mut Store) -> Result<(Imported, Vec<Successor>), StoreError> {
        let pages = pages();
        let kept = Kept {
            path: "weekly.txt",
            sha256: "corrected",
            parser: 1,
            pages: &pages,
        };
        store.import_in_steps(&self.corrected, &Packed::from(kept))
    }
}

fn open(folder: &Path) -> Store {
    Store::open(&Place::Folder(folder.to_owned())).unwrap()
}

/// Has everything fail that would put an issue into the content, as a full disk does.
fn refuse_issues(store: &Store) {
    let sql = "CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.issue BEGIN SELECT RAISE(ABORT, 'full'); END";
    store.connection.execute_batch(sql).unwrap();
}

/// How many items are marked and how many marks are on their way, by the rows.
fn rows(store: &Store) -> (u32, u32) {
    let count = |table| {
        let sql = format!("SELECT count(*) FROM marks.{table}");
        store.connection.query_row(&sql, [], |row| row.get(0))
    };
    (count("mark").unwrap(), count("carried").unwrap())
}

fn detached(store: &Store) -> Vec<Detached> {
    store.searcher().unwrap().detached().unwrap()
}

/// Headlines of what `marks export` writes.
fn exported(searcher: &Searcher) -> Vec<String> {
    let mut headlines = vec![];
    searcher
        .each_record(|record| -> Result<(), StoreError> {
            headlines.push(record.printed);
            Ok(())
        })
        .unwrap();
    headlines
}

#[test]
fn an_import_that_fails_leaves_the_marks_as_they_were() {
    let world = World::new();
    let mut store = world.open();
    refuse_issues(&store);
    let failed = import_from(&mut store, &world.corrected, "corrected", 1);
    failed.unwrap_err();
    assert_eq!(rows(&store), (1, 0));
    assert_eq!(detached(&store), []);
    let newest = store.searcher().unwrap().newest().unwrap().unwrap();
    assert_eq!(marked(&store, newest), [true]);
}

#[test]
fn what_a_killed_import_copied_is_no_mark_without_item_and_goes_at_the_next_opening() {
    let world = World::new();
    let mut killed = world.open();
    refuse_issues(&killed);
    world.import(&mut killed).unwrap_err();
    assert_eq!(rows(&killed), (2, 1));
    assert_eq!(detached(&killed), []);
    let searcher = killed.searcher().unwrap();
    assert_eq!(exported(&searcher), ["甲市开工二个项目 总投资十亿元"]);
    drop(killed);
    let store = world.open();
    assert_eq!(rows(&store), (1, 0));
    let newest = store.searcher().unwrap().newest().unwrap().unwrap();
    assert_eq!(marked(&store, newest), [true]);
}

#[test]
fn what_a_killed_import_had_done_is_done_at_the_next_opening() {
    let world = World::new();
    let mut killed = world.open();
    let (imported, _) = world.import(&mut killed).unwrap();
    assert_eq!(rows(&killed), (2, 1));
    assert_eq!(imported.fate.waiting, 0);
    assert_eq!(detached(&killed), []);
    assert_eq!(marked(&killed, imported.id), [true]);
    drop(killed);
    let store = world.open();
    assert_eq!(rows(&store), (1, 0));
    assert_eq!(marked(&store, imported.id), [true]);
}

#[test]
fn what_was_marked_under_the_new_name_stays_there_when_the_import_fails() {
    // Before: it waits there for its item, and takes what is later.
    let world = World::new();
    let mut store = world.open();
    let new = crate::issue::item_keys(&world.corrected).remove(0);
    store.set_read(&new, "甲市", true).unwrap();
    refuse_issues(&store);
    import_from(&mut store, &world.corrected, "corrected", 1).unwrap_err();
    assert_eq!(rows(&store), (2, 0));
    // In between.
    let world = World::new();
    let mut store = world.open();
    refuse_issues(&store);
    world.import(&mut store).unwrap_err();
    store.set_bookmark(&new, "甲市", false).unwrap();
    store.settle().unwrap();
    assert_eq!(rows(&store), (2, 0));
}

#[test]
fn another_program_that_opens_the_library_in_between_takes_nothing() {
    let world = World::new();
    let mut store = world.open();
    let other = world.open();
    // What is noted first is gone at once, as if another had settled it before the next step.
    let sql = "CREATE TEMP TABLE once AS SELECT 1; \
               CREATE TEMP TRIGGER settled AFTER INSERT ON marks.carried WHEN EXISTS (SELECT 1 FROM once) \
               BEGIN DELETE FROM once; DELETE FROM carried; END";
    store.connection.execute_batch(sql).unwrap();
    let imported = import_from(&mut store, &world.corrected, "corrected", 1).unwrap();
    assert_eq!(marked(&store, imported.id), [true]);
    assert_eq!(marked(&other, imported.id), [true]);
    assert_eq!(rows(&other), (1, 0));
}

#[test]
fn who_carries_marks_along_looks_whether_the_former_headlines_are_back() {
    let world = World::new();
    let mut store = world.open();
    let (imported, became) = world.import(&mut store).unwrap();
    store.settle().unwrap();
    // Another program imports the former copy again, and marks an item of it.
    let mut other = world.open();
    let former = issue(7, &[("招商", &["甲市开工二个项目 总投资十亿元"])]);
    let id = import(&mut other, &former).id;
    assert_eq!(id, imported.id);
    let head = heads(&other, id).remove(0);
    other.set_read(&head.key, &head.headline, false).unwrap();
    store.carry(&became).unwrap();
    assert!(heads(&other, id).remove(0).marks.bookmarked);
    assert_eq!(detached(&other), []);
    assert_eq!(rows(&other), (1, 0));
}
