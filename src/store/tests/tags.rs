//! Tags with their counts.

use super::{heads, import, issue, memory, plain};
use crate::issue::{Change, IssueNumber, ItemKey, Tag};
use crate::store::{Store, TagCount};

fn tag(text: &str) -> Tag {
    Tag::new(text).unwrap()
}

fn put(store: &mut Store, key: &ItemKey, text: &str, on: bool) {
    store
        .mark(key, "标题", &Change::Tag(tag(text), on))
        .unwrap();
}

#[test]
fn the_most_used_comes_first_as_it_was_typed_last_and_one_that_no_item_has_any_more_is_gone() {
    let mut store = memory();
    let found = import(&mut store, &plain(1)).id;
    import(&mut store, &issue(2, &[("招商", &["丁市签约"])]));
    let keys: Vec<ItemKey> = heads(&store, found)
        .into_iter()
        .map(|head| head.key)
        .collect();
    let absent = ItemKey {
        issue: IssueNumber(9),
        ..keys[0].clone()
    };
    put(&mut store, &keys[0], "ai", true);
    put(&mut store, &keys[1], "跟踪", true);
    put(&mut store, &keys[2], "跟踪", true);
    put(&mut store, &keys[2], "ＡI", true);
    put(&mut store, &absent, "跟踪", true);
    put(&mut store, &keys[0], "旧", true);
    put(&mut store, &keys[0], "旧", false);
    let count = |text: &str, items, absent| TagCount {
        tag: tag(text),
        items,
        absent,
    };
    let tags = store.searcher().unwrap().tags().unwrap();
    assert_eq!(tags.len(), 2, "{tags:?}");
    assert_eq!(tags[0], count("跟踪", 2, 1));
    assert_eq!(
        (tags[1].tag.name(), tags[1].items, tags[1].absent),
        ("ai".to_owned(), 2, 0)
    );
    assert_eq!(tags[0].all(), 3);
}
