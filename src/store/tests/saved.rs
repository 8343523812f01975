//! Saved queries: what is kept under a name, what it finds, and that it is there wherever marks are.

use super::copies::Library;
use super::*;
use crate::query::{QueryName, QueryRecord};
use crate::store::{
    Counted, LostQuery, Present, RecordError, Records, Restoration, SavedChange, checked_query,
};
use proptest::prelude::*;
use rusqlite::Connection;
use std::fs;

const LATER: &str = "2090-01-01T00:00:00.000Z";

fn name(text: &str) -> QueryName {
    QueryName::new(text).unwrap()
}

fn save(store: &mut Store, title: &str, text: &str) -> Option<SavedChange> {
    let change = SavedChange::save(name(title), &text.parse().unwrap());
    store.change_saved(&change).unwrap()
}

fn remove(store: &mut Store, title: &str) -> Option<SavedChange> {
    let change = SavedChange::remove(name(title));
    store.change_saved(&change).unwrap()
}

/// Names and texts of what is saved.
fn saved(store: &Store) -> Vec<(String, String)> {
    let saved = store.searcher().unwrap().saved_queries().unwrap();
    let saved = saved.into_iter();
    saved
        .map(|one| (one.name.as_str().to_owned(), one.text))
        .collect()
}

fn pair(title: &str, text: &str) -> (String, String) {
    (title.to_owned(), text.to_owned())
}

fn records(store: &Store) -> Records {
    Records {
        marks: vec![],
        queries: store.searcher().unwrap().query_records().unwrap(),
    }
}

fn record(title: &str, text: &str, present: bool, time: &str) -> QueryRecord {
    QueryRecord {
        schema: 1,
        name: title.to_owned(),
        query: text.to_owned(),
        present,
        changed_at: time.to_owned(),
    }
}

#[test]
fn a_name_has_one_query_and_each_change_leads_back() {
    let mut store = memory();
    let first = save(&mut store, "招商 ＡI", "section:招商").unwrap();
    assert_eq!(first.to, None);
    assert_eq!(save(&mut store, "招商ai", "section:招商"), None);
    let second = save(&mut store, "招商ai", "section:招商 签约").unwrap();
    assert_eq!(second.to.as_deref(), Some("section:招商"));
    assert_eq!(saved(&store), [pair("招商 ＡI", "section:招商 签约")]);
    let redo = store.change_saved(&second).unwrap().unwrap();
    assert_eq!(saved(&store), [pair("招商 ＡI", "section:招商")]);
    let undo = store.change_saved(&redo).unwrap().unwrap();
    // What another program has saved in the meantime stays.
    save(&mut store, "招商AI", "丙省").unwrap();
    let refused = store.change_saved(&undo);
    assert!(matches!(refused, Err(StoreError::SavedChanged)));
    let removed = remove(&mut store, "招商ai").unwrap();
    assert_eq!(removed.to.as_deref(), Some("丙省"));
    assert_eq!(remove(&mut store, "招商ai"), None);
    assert_eq!(saved(&store), []);
    // What is there already needs no change, whatever it was to be made from.
    let to = SavedChange::remove(name("招商AI")).from(Some("别的"));
    assert_eq!(store.change_saved(&to).unwrap(), None);
    store.change_saved(&removed).unwrap();
    assert_eq!(saved(&store), [pair("招商 ＡI", "丙省")]);
}

#[test]
fn what_is_no_query_any_more_is_listed_with_what_is_wrong_and_the_others_with_what_they_find() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    import(&mut store, &plain(8));
    let head = heads(&store, id).remove(0);
    store.set_read(&head.key, &head.headline, true).unwrap();
    save(&mut store, "乙", "签约").unwrap();
    save(&mut store, "甲", "section:招商 is:unread").unwrap();
    store
        .merge_all(&Records {
            marks: vec![],
            queries: vec![record("丙", "新的字段:甲", true, LATER)],
        })
        .unwrap();
    let searcher = store.searcher().unwrap();
    let all = searcher.saved_queries().unwrap();
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["丙", "乙", "甲"]);
    assert_eq!(all[0].text, "新的字段:甲");
    assert_eq!(all[0].query.as_ref().unwrap_err().at, 0..4);
    let counted = |n: usize| searcher.count(all[n].query.as_ref().unwrap()).unwrap();
    let count = |items, unread| Counted { items, unread };
    assert_eq!(counted(1), count(2, 1));
    assert_eq!(counted(2), count(3, 3));
    assert_eq!(searcher.count(&"".parse().unwrap()).unwrap(), count(6, 5));
}

#[test]
fn of_two_libraries_the_later_change_counts_and_what_gives_way_is_copied_before() {
    let (mut one, mut other) = (Library::new(), memory());
    save(one.store(), "甲", "签约").unwrap();
    save(one.store(), "乙", "签约").unwrap();
    save(one.store(), "丙", "签约").unwrap();
    remove(one.store(), "丙").unwrap();
    let came = other.merge_all(&records(one.store())).unwrap();
    assert_eq!((came.changed, came.unchanged), (3, 0));
    assert_eq!(saved(&other), saved(one.store()));
    save(&mut other, "丙", "开工").unwrap();
    save(&mut other, "甲", "开工").unwrap();
    remove(&mut other, "乙").unwrap();
    let coming = records(&other);
    let mut comparing = one.store().comparing().unwrap();
    let tried = comparing.compare(&coming).unwrap();
    assert_eq!(comparing.compare(&coming).unwrap().unchanged, 3);
    assert_eq!(saved(one.store()).len(), 2, "it was only tried");
    let merged = one.store().merge_all(&coming).unwrap();
    let lost = |title: &str, after: Option<&str>| LostQuery {
        name: title.to_owned(),
        before: "签约".to_owned(),
        after: after.map(str::to_owned),
    };
    assert_eq!(merged.queries, [lost("乙", None), lost("甲", Some("开工"))]);
    assert_eq!(tried.queries, merged.queries);
    assert_eq!(saved(one.store()), saved(&other));
    let copy = Connection::open(merged.copy.unwrap()).unwrap();
    let sql = "SELECT text FROM saved_query WHERE present = 1 ORDER BY name";
    let mut before = copy.prepare(sql).unwrap();
    let before = before.query_map([], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(before.count(), 2);
    let again = one.store().merge_all(&coming).unwrap();
    assert_eq!((again.changed, again.unchanged, again.copy), (0, 3, None));
}

proptest! {
    #[test]
    fn the_order_of_merging_does_not_matter(
        records in proptest::collection::vec(
            (prop_oneof!["ai", "ＡI"], "[甲乙]", any::<bool>(), 1..3_u32),
            1..5,
        ).prop_map(|all| {
            let of = |(title, text, present, day): (String, String, bool, u32)| {
                record(&title, &text, present, &format!("2026-01-0{day}T00:00:00.000Z"))
            };
            all.into_iter().map(of).collect::<Vec<_>>()
        })
    ) {
        let merged = |queries: &[QueryRecord]| {
            let mut store = memory();
            for query in queries {
                let queries = vec![query.clone()];
                store.merge_all(&Records { marks: vec![], queries }).unwrap();
            }
            store.searcher().unwrap().query_records().unwrap()
        };
        let mut backward = records.clone();
        backward.reverse();
        let mut twice = records.clone();
        twice.extend(records.clone());
        prop_assert_eq!(merged(&records), merged(&backward));
        prop_assert_eq!(merged(&records), merged(&twice));
    }
}

#[test]
fn a_record_is_brought_into_form_or_refused() {
    let written = record(
        "招商\u{1b}[31m  周报",
        "签约\n甲\u{202e}",
        true,
        "2026-01-01T08:00:00+08:00",
    );
    let expected = record("招商 周报", "签约 甲", true, "2026-01-01T00:00:00.000Z");
    assert_eq!(checked_query(&written), Ok(expected.clone()));
    let of = |change: fn(&mut QueryRecord)| {
        let mut record = expected.clone();
        change(&mut record);
        checked_query(&record).unwrap_err()
    };
    assert_eq!(of(|one| one.schema = 2), RecordError::Schema(2));
    assert_eq!(
        of(|one| one.name = " ".into()),
        RecordError::Name(" ".into())
    );
    assert_eq!(
        of(|one| one.query = "\u{200b}".into()),
        RecordError::NoQuery("招商 周报".into())
    );
    assert_eq!(
        of(|one| one.changed_at = "昨天".into()),
        RecordError::Time("昨天".into())
    );
}

#[test]
fn a_copy_that_is_restored_has_them_and_says_how_many_go() {
    let mut library = Library::new();
    save(library.store(), "甲", "签约").unwrap();
    library.copy().unwrap();
    save(library.store(), "乙", "开工").unwrap();
    let restoration = Restoration::of(&library.place(), None).unwrap();
    assert_eq!(
        (restoration.counts.queries, restoration.lost.queries),
        (1, 1)
    );
    assert!(!restoration.lost.is_empty());
    restoration.carry_out().unwrap();
    library.open();
    assert_eq!(saved(library.store()), [pair("甲", "签约")]);
}

#[test]
fn of_damaged_marks_what_is_sound_stays_and_a_copy_fills_in_the_rest() {
    let mut library = Library::new();
    library.mark(0);
    for title in ["甲", "乙", "丁"] {
        save(library.store(), title, "签约").unwrap();
    }
    library.copy().unwrap();
    save(library.store(), "甲", "开工").unwrap();
    remove(library.store(), "丁").unwrap();
    save(library.store(), "丙", "开工").unwrap();
    // One row makes no sense any more.
    super::copies::restore::fault(
        &mut library,
        "UPDATE saved_query SET text = CAST(x'ff' AS TEXT) WHERE name = '乙'",
    );
    let restoration = Restoration::of(&library.place(), None).unwrap();
    let Present::Damaged(damage) = &restoration.present else {
        panic!("{:?}", restoration.present);
    };
    assert_eq!((damage.senseless, damage.sound.queries), (1, 2));
    assert_eq!(
        (restoration.counts.queries, restoration.taken_over.queries),
        (3, 2)
    );
    restoration.carry_out().unwrap();
    library.open();
    let expected = [pair("丙", "开工"), pair("乙", "签约"), pair("甲", "开工")];
    assert_eq!(saved(library.store()), expected);
    // Without a copy, the others.
    let folder = library.folder.path().join("copies");
    fs::remove_dir_all(folder).unwrap();
    super::copies::restore::fault(
        &mut library,
        "UPDATE saved_query SET changed_at = '昨天' WHERE name = '乙'",
    );
    let restoration = Restoration::of(&library.place(), None).unwrap();
    restoration.carry_out().unwrap();
    library.open();
    let expected = [pair("丙", "开工"), pair("甲", "开工")];
    assert_eq!(saved(library.store()), expected);
}

#[test]
fn they_outlive_the_content() {
    let mut library = Library::new();
    save(library.store(), "甲", "签约").unwrap();
    library.store = None;
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(library.folder.path().join(format!("library.sqlite3{end}")));
    }
    library.open();
    assert_eq!(saved(library.store()), [pair("甲", "签约")]);
}
