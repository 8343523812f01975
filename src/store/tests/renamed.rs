//! Items that are known by names that they had before.

use super::*;
use crate::issue::{Change, ItemKey, MarkRecord, Note, Tag, item_keys};
use crate::store::renamed::known_as;
use crate::store::{Ground, MarkChange, Restoration, rebuild};
use std::path::Path;

/// The headline as it was corrected, and corrected again.
const NAMES: [&str; 3] = [
    "甲市开工二个项目 总投资十亿元",
    "甲市开工三个项目 总投资十亿元",
    "甲市开工四个项目 总投资十亿元",
];

fn named(n: usize) -> Issue {
    issue(7, &[("招商", &[NAMES[n]])])
}

fn key(n: usize) -> ItemKey {
    item_keys(&named(n)).remove(0)
}

fn copy(store: &mut Store, n: usize) -> IssueId {
    import_from(store, &named(n), NAMES[n], 1).unwrap().id
}

fn open(folder: &Path) -> Store {
    Store::open(&Place::Folder(folder.to_owned())).unwrap()
}

fn change(n: usize, change: Change, ground: Ground) -> MarkChange {
    MarkChange {
        key: key(n),
        printed: NAMES[n].to_owned(),
        change,
        ground,
    }
}

/// Which of the names the item is known by that has this one now.
fn known(store: &Store, n: usize) -> Vec<usize> {
    let known = (0..NAMES.len()).filter(|former| {
        let known = known_as(&store.connection, &key(*former)).unwrap();
        known.is_some_and(|known| known.key == key(n))
    });
    known.collect()
}

#[test]
fn an_item_is_known_by_every_name_that_it_had() {
    let mut store = memory();
    copy(&mut store, 0);
    copy(&mut store, 1);
    assert_eq!(known(&store, 1), [0]);
    let id = copy(&mut store, 2);
    assert_eq!(known(&store, 2), [0, 1]);
    // It has its first name again, and the others lead there.
    assert_eq!(copy(&mut store, 0), id);
    assert_eq!(known(&store, 0), [1, 2]);
    // What has gone is known by no name.
    store.remove(id).unwrap();
    assert_eq!(known(&store, 0), [0; 0]);
}

#[test]
fn what_is_changed_under_a_former_name_is_changed_on_the_item() {
    let mut store = memory();
    copy(&mut store, 0);
    let tag = |on| Change::Tag(Tag::new("跟踪").unwrap(), on);
    for set in [Change::Bookmark(true), tag(true), Change::Read(true)] {
        store.mark(&key(0), NAMES[0], &set).unwrap();
    }
    let id = copy(&mut store, 1);
    let off = [Change::Bookmark(false), tag(false), Change::Read(false)];
    let off = off.map(|off| change(0, off, Ground::Any));
    let made = store.mark_each(&off).unwrap();
    assert!(made.followed);
    assert_eq!((made.steps.len(), made.waits), (3, None));
    let marks = heads(&store, id).remove(0).marks;
    assert_eq!(
        (marks.bookmarked, marks.read, marks.tags.len()),
        (false, false, 0)
    );
    let on = change(0, Change::Bookmark(true), Ground::Any);
    assert_eq!(store.mark_each(&[on]).unwrap().waits, None);
    assert!(heads(&store, id).remove(0).marks.bookmarked);
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
}

#[test]
fn a_note_follows_also_where_another_was_put_to_the_one_before() {
    let mut store = memory();
    copy(&mut store, 0);
    let note = |text: &str| Change::Note(Note::new(text));
    store.mark(&key(0), NAMES[0], &note("甲")).unwrap();
    store.mark(&key(1), NAMES[1], &note("乙")).unwrap();
    let id = copy(&mut store, 1);
    let written = change(0, note("甲\n丙"), Ground::Joined(Note::new("甲")));
    store.mark_each(&[written]).unwrap();
    let marks = heads(&store, id).remove(0).marks;
    let note = marks.note.unwrap();
    for line in ["甲", "乙", "丙"] {
        let lines = note.lines().filter(|one| *one == line);
        assert_eq!(lines.count(), 1, "{note:?}");
    }
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
}

/// All that is marked in a library.
fn records(store: &Store) -> Vec<MarkRecord> {
    let mut records = vec![];
    store
        .searcher()
        .unwrap()
        .each_record(|record| -> Result<(), StoreError> {
            records.push(record);
            Ok(())
        })
        .unwrap();
    records
}

#[test]
fn records_of_a_former_name_are_merged_into_the_item() {
    let mut other = memory();
    copy(&mut other, 0);
    other.set_bookmark(&key(0), NAMES[0], true).unwrap();
    let records = records(&other);
    let mut store = memory();
    copy(&mut store, 0);
    let id = copy(&mut store, 1);
    for changed in [1, 0] {
        let merged = store.merge(&records).unwrap();
        assert_eq!((merged.changed, merged.waiting), (changed, 0));
    }
    assert_eq!(memory().merge(&records).unwrap().waiting, 1);
    assert!(heads(&store, id).remove(0).marks.bookmarked);
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
}

#[test]
fn what_was_taken_off_under_a_former_name_takes_nothing_off_the_item() {
    let mut store = memory();
    copy(&mut store, 0);
    let id = copy(&mut store, 1);
    let tag = |on| Change::Tag(Tag::new("跟踪").unwrap(), on);
    let note = |text: &str| Change::Note(Note::new(text));
    for set in [Change::Bookmark(true), tag(true), note("甲")] {
        store.mark(&key(1), NAMES[1], &set).unwrap();
    }
    // As marks leave it that were moved from the one name to the other, after the item had them.
    let mut other = memory();
    for change in [Change::Bookmark(true), tag(true), note("甲")] {
        other.mark(&key(0), NAMES[0], &change).unwrap();
    }
    for change in [Change::Bookmark(false), tag(false), note("")] {
        other.mark(&key(0), NAMES[0], &change).unwrap();
    }
    let merged = store.merge(&records(&other)).unwrap();
    assert_eq!((merged.changed, merged.given_way), (0, vec![]));
    let marks = heads(&store, id).remove(0).marks;
    assert_eq!((marks.bookmarked, marks.tags.len()), (true, 1));
    assert_eq!(marks.note, Note::new("甲"));
    // And what stands under its name now takes nothing off in a file that has the former one too.
    let mut moved = memory();
    moved.mark(&key(0), NAMES[0], &tag(true)).unwrap();
    for on in [true, false] {
        moved.mark(&key(1), NAMES[1], &tag(on)).unwrap();
    }
    store.merge(&records(&moved)).unwrap();
    let marks = heads(&store, id).remove(0).marks;
    assert_eq!(marks.tags.len(), 1);
}

#[test]
fn marks_of_a_copy_from_before_a_correction_go_to_the_item() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    copy(&mut store, 0);
    store.set_bookmark(&key(0), NAMES[0], true).unwrap();
    store.copy_marks().unwrap();
    let id = copy(&mut store, 1);
    drop(store);
    let place = Place::Folder(folder.path().to_owned());
    let restoration = Restoration::of(&place, None).unwrap();
    assert!(restoration.lost.is_empty(), "{:?}", restoration.lost);
    restoration.carry_out().unwrap();
    let mut store = open(folder.path());
    assert_eq!(store.carry_known().unwrap(), 1);
    assert!(heads(&store, id).remove(0).marks.bookmarked);
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
}

#[test]
fn content_that_is_made_again_knows_former_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    copy(&mut store, 0);
    copy(&mut store, 1);
    drop(store);
    let place = Place::Folder(folder.path().to_owned());
    rebuild(&place, &|| true, &mut |_, _, document, fresh| {
        for claim in &document.issues {
            fresh.put(document, Some(claim), &named(1), 1)?;
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(known(&open(folder.path()), 1), [0]);
}

#[test]
fn marks_that_wait_go_to_no_new_item_beside_one_that_is_as_like() {
    let (first, corrected) = (
        "甲市临港开发区音响系统项目一期开工 总投资二十亿元",
        "甲市临港开发区音响系统项目一期开工 总投资廿一亿元",
    );
    let (second, third) = (
        "甲市临港开发区音响系统项目二期开工 总投资廿一亿元",
        "甲市临港开发区音响系统项目三期开工 总投资廿一亿元",
    );
    let of = |headlines: &[&str]| issue(7, &[("招商", headlines)]);
    let mut store = memory();
    let id = import(&mut store, &of(&[first])).id;
    let head = heads(&store, id).remove(0);
    store.set_bookmark(&head.key, first, true).unwrap();
    for headlines in [&[second, corrected][..], &[second, corrected, third]] {
        let imported = import_from(&mut store, &of(headlines), headlines.last().unwrap(), 1);
        let items = heads(&store, imported.unwrap().id);
        assert!(items.iter().all(|item| !item.marks.bookmarked));
    }
    assert_eq!(store.searcher().unwrap().detached().unwrap().len(), 1);
}
