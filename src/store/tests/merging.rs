//! What gives way where records are merged: it is named, and copied before; and records that are refused.

use super::*;
use crate::issue::{Change, LONGEST_NOTE, MarkRecord, Note, Tag, TagRecord};
use crate::store::{GivenWay, Lost, MAX_NUMBER, RecordError, Records, checked};
use proptest::prelude::*;

const LATER: &str = "2090-01-01T00:00:00.000Z";

/// A library in a folder of its own, with an issue of which the second item is marked.
fn marked() -> (tempfile::TempDir, Store, ItemHead) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(1);
    for change in [
        Change::Bookmark(true),
        Change::Tag(Tag::new("跟踪").unwrap(), true),
        Change::Note(Note::new("旧的第一行\n旧的第二行")),
    ] {
        store.mark(&head.key, &head.headline, &change).unwrap();
    }
    (folder, store, head)
}

fn records(store: &Store) -> Vec<MarkRecord> {
    let mut all = vec![];
    let searcher = store.searcher().unwrap();
    let visit = |record| {
        all.push(record);
        Ok::<(), StoreError>(())
    };
    searcher.each_record(visit).unwrap();
    all
}

/// The same marks, all taken off later and with another note.
fn later(record: &MarkRecord) -> MarkRecord {
    MarkRecord {
        bookmarked: false,
        bookmarked_at: Some(LATER.to_owned()),
        note: Some("新的".to_owned()),
        noted_at: Some(LATER.to_owned()),
        tags: vec![TagRecord {
            tag: "跟踪".to_owned(),
            present: false,
            changed_at: LATER.to_owned(),
        }],
        ..record.clone()
    }
}

fn of_marks(marks: &[MarkRecord]) -> Records {
    Records {
        marks: marks.to_vec(),
        queries: vec![],
    }
}

fn lost(given_way: &[GivenWay]) -> Vec<Lost> {
    given_way.iter().map(|one| one.lost.clone()).collect()
}

#[test]
fn what_gives_way_is_named_and_stands_in_a_copy_that_was_made_before() {
    let (_folder, mut store, head) = marked();
    let before = records(&store);
    let coming = [later(&before[0])];
    let expected = [
        Lost::Bookmark,
        Lost::Tag(Tag::new("跟踪").unwrap()),
        Lost::Note {
            before: Note::new("旧的第一行\n旧的第二行").unwrap(),
            after: Note::new("新的"),
        },
    ];
    let tried = store
        .comparing()
        .unwrap()
        .compare(&of_marks(&coming))
        .unwrap();
    assert_eq!(lost(&tried.given_way), expected);
    assert_eq!(tried.copy, None);
    assert_eq!(records(&store), before, "it was only tried");
    let merged = store.merge(&coming).unwrap();
    assert_eq!(merged.given_way, tried.given_way);
    assert_eq!((merged.changed, merged.unchanged), (1, 0));
    let one = &merged.given_way[0];
    assert_eq!(one.address.as_ref(), Some(&head.address()));
    assert_eq!(
        (one.headline.as_str(), &one.name),
        (head.headline.as_str(), &None)
    );
    let copy = rusqlite::Connection::open(merged.copy.unwrap()).unwrap();
    let note: String = copy
        .query_row("SELECT note FROM mark", [], |row| row.get(0))
        .unwrap();
    assert_eq!(note, "旧的第一行\n旧的第二行");
    // Merged again, nothing gives way any more, and no copy is due.
    let again = store.merge(&coming).unwrap();
    assert_eq!((again.given_way, again.copy), (vec![], None));
}

#[test]
fn files_that_are_only_compared_are_compared_one_after_the_other() {
    let (_folder, store, _) = marked();
    let coming = [later(&records(&store)[0])];
    let mut comparing = store.comparing().unwrap();
    let first = comparing.compare(&of_marks(&coming)).unwrap();
    assert_eq!((first.given_way.len(), first.changed), (3, 1));
    let second = comparing.compare(&of_marks(&coming)).unwrap();
    assert_eq!((second.given_way.len(), second.unchanged), (0, 1));
}

#[test]
fn an_item_that_stands_in_several_records_gives_way_once() {
    let (_folder, mut store, _) = marked();
    let last = later(&records(&store)[0]);
    let between = MarkRecord {
        note: Some("中间的".to_owned()),
        noted_at: Some("2089-01-01T00:00:00.000Z".to_owned()),
        ..records(&store)[0].clone()
    };
    let merged = store.merge(&[between, last]).unwrap();
    let notes: Vec<&Lost> = merged
        .given_way
        .iter()
        .map(|one| &one.lost)
        .filter(|lost| matches!(lost, Lost::Note { .. }))
        .collect();
    let expected = Lost::Note {
        before: Note::new("旧的第一行\n旧的第二行").unwrap(),
        after: Note::new("新的"),
    };
    assert_eq!(notes, [&expected]);
}

#[test]
fn marks_without_item_that_give_way_are_called_by_their_name() {
    let (_folder, mut store, _) = marked();
    let id = store.searcher().unwrap().newest().unwrap().unwrap();
    store.remove(id).unwrap();
    let name = store.searcher().unwrap().detached().unwrap()[0]
        .name
        .clone();
    let merged = store.merge(&[later(&records(&store)[0])]).unwrap();
    assert_eq!(merged.given_way[0].name, Some(name));
    assert_eq!(merged.given_way[0].address, None);
}

fn plain_record() -> MarkRecord {
    MarkRecord {
        bookmarked: true,
        ..MarkRecord::unmarked(
            PUBLICATION.to_owned(),
            7,
            "题".to_owned(),
            0,
            "题".to_owned(),
        )
    }
}

#[test]
fn what_a_look_over_the_marks_would_call_wrong_is_refused() {
    let too_large = MAX_NUMBER + 1;
    let wrong = checked(&MarkRecord {
        issue: too_large,
        ..plain_record()
    });
    assert_eq!(wrong, Err(RecordError::Number(too_large)));
    let before_christ = "-000044-03-15T00:00:00Z".to_owned();
    let wrong = checked(&MarkRecord {
        bookmarked_at: Some(before_christ.clone()),
        ..plain_record()
    });
    assert_eq!(wrong, Err(RecordError::Time(before_christ)));
    let wrong = checked(&MarkRecord {
        note: Some("长".repeat(LONGEST_NOTE + 1)),
        ..plain_record()
    });
    assert_eq!(wrong, Err(RecordError::Note(LONGEST_NOTE + 1)));
    let longest = checked(&MarkRecord {
        issue: MAX_NUMBER,
        note: Some("长".repeat(LONGEST_NOTE)),
        ..plain_record()
    });
    assert!(longest.is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// One rule: what is taken in is what `check` finds nothing wrong with.
    #[test]
    fn what_is_taken_in_is_nothing_that_check_calls_wrong(
        publication in "\\PC{0,6}",
        headline in "\\PC{0,12}",
        tag in "\\PC{0,6}",
        issue in prop_oneof![0..20_u32, Just(MAX_NUMBER), any::<u32>()],
        nth in any::<u32>(),
        time in prop_oneof![Just("9999-12-30T22:00:00Z"), Just("-000001-01-01T00:00:00Z"), Just("2026-01-01T08:00:00+08:00")],
    ) {
        let record = checked(&MarkRecord {
            publication,
            headline,
            issue,
            nth,
            tags: vec![TagRecord { tag, present: true, changed_at: time.to_owned() }],
            ..plain_record()
        });
        if let Ok(record) = record {
            let folder = tempfile::tempdir().unwrap();
            let place = Place::Folder(folder.path().to_owned());
            Store::open(&place).unwrap().merge(&[record]).unwrap();
            let mut wrong = vec![];
            crate::store::check(&place, &mut |told| {
                if let crate::store::Told::Found(finding) = told {
                    wrong.push(finding.kind);
                }
            }).unwrap();
            wrong.retain(|kind| !kind.starts_with("marks-wait"));
            prop_assert!(wrong.is_empty(), "{:?}", wrong);
        }
    }
}

#[test]
fn each_of_many_that_wait_for_one_issue_is_called_by_its_own_name() {
    let (_folder, mut store, _) = marked();
    let one = records(&store).remove(0);
    let waiting = |headline: &str| MarkRecord {
        issue: 99,
        headline: headline.to_owned(),
        printed: headline.to_owned(),
        ..one.clone()
    };
    let all = ["甲县", "乙县", "丙县"].map(waiting);
    store.merge(&all).unwrap();
    let listed = store.searcher().unwrap().detached().unwrap();
    let mut expected: Vec<_> = listed.into_iter().map(|one| (one.key, one.name)).collect();
    expected.sort();
    let later = all.map(|record| MarkRecord {
        note: Some("新的".to_owned()),
        noted_at: Some(LATER.to_owned()),
        ..record
    });
    let tried = store
        .comparing()
        .unwrap()
        .compare(&of_marks(&later))
        .unwrap();
    let merged = store.merge(&later).unwrap();
    for given_way in [tried.given_way, merged.given_way] {
        let named = given_way.into_iter();
        let mut named: Vec<_> = named.map(|one| (one.key, one.name.unwrap())).collect();
        named.sort();
        assert_eq!(named, expected);
    }
}
