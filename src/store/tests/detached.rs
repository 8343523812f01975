//! Marks without item: their order and names, moving them to an item, and what an import comes to for them.

use super::*;
use crate::issue::{Change, ItemKey, Marks, Note, Tag};
use crate::store::{Detached, Fate, Moved, Restoration, TwoNotes};

fn detached(store: &Store) -> Vec<Detached> {
    store.searcher().unwrap().detached().unwrap()
}

fn tag(text: &str) -> Change {
    Change::Tag(Tag::new(text).unwrap(), true)
}

fn note(text: &str) -> Change {
    Change::Note(Note::new(text))
}

/// A name of an item of issue 7.
fn key(headline: &str) -> ItemKey {
    ItemKey {
        publication: PUBLICATION.to_owned(),
        issue: IssueNumber(7),
        headline: headline.to_owned(),
        nth: 0,
    }
}

fn mark(store: &mut Store, headline: &str, change: &Change) {
    store.mark(&key(headline), headline, change).unwrap();
}

fn set_time(store: &Store, headline: &str, time: &str) {
    let sql = "UPDATE marks.mark SET bookmarked_at = ?2 WHERE headline = ?1";
    store.connection.execute(sql, [headline, time]).unwrap();
}

#[test]
fn they_stand_in_the_order_in_which_they_were_marked_and_are_found_by_their_names() {
    let mut store = memory();
    for headline in ["丙", "甲", "乙"] {
        mark(&mut store, headline, &Change::Bookmark(true));
    }
    set_time(&store, "丙", "2026-01-01T00:00:00.000Z");
    set_time(&store, "甲", "2026-01-03T00:00:00.000Z");
    set_time(&store, "乙", "2026-01-02T00:00:00.000Z");
    // A bookmark that was taken off says nothing of when it was marked, a tag does.
    mark(&mut store, "丁", &Change::Bookmark(true));
    mark(&mut store, "丁", &Change::Bookmark(false));
    mark(&mut store, "丁", &tag("跟踪"));
    let listed = detached(&store);
    let headlines: Vec<&str> = listed.iter().map(|one| one.printed.as_str()).collect();
    assert_eq!(headlines, ["丙", "乙", "甲", "丁"]);
    let searcher = store.searcher().unwrap();
    for one in &listed {
        assert_eq!(
            searcher.detached_named(&one.name).unwrap().as_ref(),
            Some(one)
        );
    }
    // The names stay when one of them goes.
    let changes: Vec<_> = listed[0].forgotten().collect();
    store.mark_each(&changes).unwrap();
    assert_eq!(detached(&store), listed[1..]);
    assert_eq!(searcher.detached_named(&listed[0].name).unwrap(), None);
}

/// A library in which marks wait, and an item.
fn waiting() -> (Store, Detached, ItemHead) {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    for change in [Change::Bookmark(true), tag("跟踪"), note("等着的")] {
        mark(&mut store, "早先的一条", &change);
    }
    let head = heads(&store, id).remove(0);
    let one = detached(&store).remove(0);
    (store, one, head)
}

fn marks(store: &Store, head: &ItemHead) -> Marks {
    store
        .searcher()
        .unwrap()
        .head(head.id)
        .unwrap()
        .unwrap()
        .marks
}

#[test]
fn they_are_moved_to_an_item_and_united_with_what_it_has() {
    let (mut store, one, head) = waiting();
    // What was taken off later than the other was set comes with it all the same.
    for change in [tag("重点"), Change::Bookmark(true), Change::Bookmark(false)] {
        store.mark(&head.key, &head.headline, &change).unwrap();
    }
    let moved = store.move_marks(&one, &head, None).unwrap();
    assert_eq!(
        moved,
        Moved::Done(None),
        "in memory there is nothing to copy"
    );
    let now = marks(&store, &head);
    let tags: Vec<&str> = now.tags.iter().map(Tag::as_str).collect();
    assert_eq!((now.bookmarked, tags), (true, vec!["跟踪", "重点"]));
    assert_eq!(now.note, Note::new("等着的"));
    assert_eq!(detached(&store), []);
}

#[test]
fn of_two_notes_it_has_to_be_said_which_stays() {
    for (notes, expected) in [
        (TwoNotes::Waiting, "等着的"),
        (TwoNotes::Item, "原有的"),
        (TwoNotes::Both, "原有的\n----------\n等着的"),
    ] {
        let (mut store, one, head) = waiting();
        store
            .mark(&head.key, &head.headline, &note("原有的"))
            .unwrap();
        let before = marks(&store, &head);
        let refused = store.move_marks(&one, &head, None).unwrap();
        assert_eq!(refused, Moved::TwoNotes);
        assert_eq!(
            (marks(&store, &head), detached(&store)),
            (before, vec![one.clone()])
        );
        assert_eq!(
            store.move_marks(&one, &head, Some(notes)).unwrap(),
            Moved::Done(None)
        );
        assert_eq!(marks(&store, &head).note, Note::new(expected));
        assert_eq!(detached(&store), []);
    }
    let (mut store, one, head) = waiting();
    let long = "长".repeat(crate::issue::LONGEST_NOTE);
    store.mark(&head.key, &head.headline, &note(&long)).unwrap();
    let refused = store.move_marks(&one, &head, Some(TwoNotes::Both)).unwrap();
    assert_eq!(refused, Moved::TooLong);
    assert_eq!(detached(&store), [one]);
}

#[test]
fn what_another_program_put_to_them_meanwhile_is_moved_as_well() {
    let (mut store, listed, head) = waiting();
    store
        .mark(&listed.key, &listed.printed, &note("后来并入的"))
        .unwrap();
    let moved = store.move_marks(&listed, &head, None).unwrap();
    assert_eq!(moved, Moved::Done(None));
    assert_eq!(marks(&store, &head).note, Note::new("后来并入的"));
    // And what is gone meanwhile is not put on a second item.
    let again = store.move_marks(&listed, &head, None).unwrap();
    assert_eq!(again, Moved::Nothing);
}

#[test]
fn nothing_is_moved_to_an_item_that_is_gone() {
    let (mut store, one, head) = waiting();
    let id = store.searcher().unwrap().newest().unwrap().unwrap();
    store.remove(id).unwrap();
    assert_eq!(store.move_marks(&one, &head, None).unwrap(), Moved::NoItem);
    assert_eq!(detached(&store).len(), 1);
}

const FORMER: &str = "甲市签约一批光伏项目总投资约二十亿元";
const CORRECTED: &str = "甲市签约一批光伏项目总投资约三十亿元";

fn headlines(list: &[Detached]) -> Vec<&str> {
    list.iter().map(|one| one.printed.as_str()).collect()
}

/// The headlines of marks that are back, with the addresses of their items, in order.
fn back(fate: &Fate) -> Vec<(&str, String)> {
    let back = fate.back.iter();
    let mut back: Vec<_> = back
        .map(|one| {
            let address = one.address.as_ref().unwrap();
            (one.marks.printed.as_str(), address.to_string())
        })
        .collect();
    back.sort_unstable();
    back
}

#[test]
fn an_import_tells_what_goes_along_what_is_back_and_what_is_left() {
    let mut store = memory();
    let first = issue(7, &[("招商", &[FORMER, "乙市开工两个项目"])]);
    import(&mut store, &first);
    mark(&mut store, FORMER, &tag("跟踪"));
    mark(&mut store, "乙市开工两个项目", &Change::Bookmark(true));
    mark(&mut store, "丙省印发办法", &note("等它"));
    let second = issue(7, &[("招商", &[CORRECTED]), ("政策", &["丙省印发办法"])]);
    let fate = import_from(&mut store, &second, "other", 1).unwrap().fate;
    let [carried] = &fate.carried[..] else {
        panic!("{fate:?}");
    };
    assert_eq!(
        (carried.before.as_str(), carried.after.as_str()),
        (FORMER, CORRECTED)
    );
    assert_eq!(carried.marks.tags.len(), 1);
    assert_eq!(back(&fate), [("丙省印发办法", "7/2/1".to_owned())]);
    assert_eq!(headlines(&fate.left), ["乙市开工两个项目"]);
    assert_eq!(fate.waiting, 1);
    // The same once more is no news, but what waits still waits.
    let third = Issue {
        note: None,
        ..second.clone()
    };
    let fate = import_from(&mut store, &third, "another", 1).unwrap().fate;
    let expected = Fate {
        waiting: 1,
        ..Fate::default()
    };
    assert_eq!(fate, expected);
    // Removed and imported anew, also under the headline before: all that waited is told.
    store
        .remove(store.searcher().unwrap().newest().unwrap().unwrap())
        .unwrap();
    let fate = import_from(&mut store, &first, "first", 1).unwrap().fate;
    // The corrected headline has the one before again.
    let expected = [
        ("乙市开工两个项目", "7/1/2".to_owned()),
        (CORRECTED, "7/1/1".to_owned()),
    ];
    assert_eq!(back(&fate), expected);
    assert_eq!((fate.carried, fate.left), (vec![], vec![]));
}

#[test]
fn what_is_forgotten_is_in_a_copy_and_what_waits_no_more_is_not_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("library"));
    let mut store = Store::open(&place).unwrap();
    let first = issue(7, &[("招商", &["甲市签约", "乙市开工"])]);
    for headline in ["甲市签约", "乙市开工", "丙省印发"] {
        mark(&mut store, headline, &note("等它"));
    }
    let listed = detached(&store);
    assert_eq!(listed.len(), 3);
    // Between the list and the answer one has its item, and another one is marked otherwise.
    import(&mut store, &issue(7, &[("招商", &["甲市签约"])]));
    mark(&mut store, "乙市开工", &Change::Bookmark(true));
    let forgotten = store.forget_marks(&listed).unwrap();
    assert_eq!(headlines(&forgotten.gone), ["丙省印发"]);
    assert_eq!(headlines(&detached(&store)), ["乙市开工"]);
    let copy = Restoration::of(&place, forgotten.copy.as_deref()).unwrap();
    assert_eq!(copy.counts.notes, 3);
    import(&mut store, &first);
    assert!(detached(&store).is_empty());
    // Where nothing goes, no copy is made.
    let nothing = store.forget_marks(&listed).unwrap();
    assert_eq!((nothing.gone, nothing.copy), (vec![], None));
}
