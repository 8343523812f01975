//! Merging records: it comes to the same in whatever order, and however often.

use super::*;
use crate::issue::{FixRecord, MarkRecord, TagRecord};
use crate::store::{RECORD_SCHEMA, checked};
use proptest::prelude::*;

fn time() -> impl Strategy<Value = String> {
    (0..3_u32).prop_map(|n| format!("2026-01-0{}T00:00:00.000Z", n + 1))
}

/// Records of two items with states and times that often meet.
fn record() -> impl Strategy<Value = MarkRecord> {
    let state = || proptest::option::of(time());
    let tag = (prop_oneof!["甲", "ai", "ＡI"], any::<bool>(), time()).prop_map(
        |(tag, present, changed_at)| TagRecord {
            tag,
            present,
            changed_at,
        },
    );
    let fix = (
        prop_oneof![
            Just(("facts.projects", Some("2"))),
            Just(("facts.projects", Some("3"))),
            Just(("facts.projects", None)),
            Just(("join", None)),
        ],
        any::<bool>(),
        time(),
    )
        .prop_map(|((what, value), present, changed_at)| FixRecord {
            what: what.to_owned(),
            value: value.map(str::to_owned),
            present,
            changed_at,
        });
    let note = proptest::option::of("[甲乙]{1,2}");
    let states = (
        any::<bool>(),
        state(),
        any::<bool>(),
        state(),
        note,
        state(),
    );
    let place = (proptest::option::of(0..3_u32), state());
    (
        0..2_u32,
        states,
        place,
        proptest::collection::vec(tag, 0..4),
        proptest::collection::vec(fix, 0..3),
    )
        .prop_map(
            |(
                nth,
                (bookmarked, bookmarked_at, read, read_at, note, noted_at),
                (place, placed_at),
                tags,
                fixes,
            )| {
                MarkRecord {
                    schema: RECORD_SCHEMA,
                    publication: "试验周报".to_owned(),
                    issue: 7,
                    headline: "同题".to_owned(),
                    nth,
                    printed: "同 题".to_owned(),
                    bookmarked,
                    bookmarked_at,
                    read,
                    read_at,
                    place,
                    placed_at,
                    note,
                    noted_at,
                    tags,
                    fixes,
                }
            },
        )
}

/// All marks after merging these files into an empty library.
fn merged(files: &[&[MarkRecord]]) -> Vec<MarkRecord> {
    let mut store = memory();
    for file in files {
        let records: Vec<MarkRecord> = file.iter().map(|one| checked(one).unwrap()).collect();
        store.merge(&records).unwrap();
    }
    let mut all = vec![];
    let searcher = store.searcher().unwrap();
    searcher
        .each_record(|record| {
            all.push(record);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_order_and_the_number_of_merges_do_not_matter(
        one in proptest::collection::vec(record(), 0..4),
        other in proptest::collection::vec(record(), 0..4),
    ) {
        let whole = merged(&[&one, &other]);
        prop_assert_eq!(&merged(&[&other, &one]), &whole);
        prop_assert_eq!(&merged(&[&one, &other, &one, &other]), &whole);
        // What is exported is what is kept: merged elsewhere it comes to the same.
        prop_assert_eq!(&merged(&[&whole]), &whole);
    }
}
