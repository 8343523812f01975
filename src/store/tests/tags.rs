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
fn the_most_used_comes_first_as_it_was_typed_first_and_one_that_no_item_has_any_more_is_gone() {
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
        (tags[1].tag.as_str(), tags[1].items, tags[1].absent),
        ("ai", 2, 0)
    );
    assert_eq!(tags[0].all(), 3);
}

#[test]
fn a_tag_in_another_spelling_is_the_one_that_is_in_use() {
    let mut store = memory();
    let found = import(&mut store, &plain(1)).id;
    let heads_of = heads(&store, found).into_iter();
    let keys: Vec<ItemKey> = heads_of.map(|head| head.key).collect();
    let spelled = |store: &Store, n: usize| -> Vec<String> {
        let tags = heads(store, found).remove(n).marks.tags;
        tags.iter().map(|tag| tag.as_str().to_owned()).collect()
    };
    put(&mut store, &keys[0], "ABC", true);
    put(&mut store, &keys[1], "ａｂｃ", true);
    put(&mut store, &keys[2], "簡體", true);
    put(&mut store, &keys[1], "简体", true);
    assert_eq!(spelled(&store, 1), ["ABC", "簡體"]);
    let in_use = |text: &str| store.tag_in_use(&tag(text)).unwrap();
    assert_eq!(in_use("ａbc"), Some(tag("ABC")));
    assert_eq!(in_use("没有"), None);
    // Once nobody uses it, it is spelled as it is typed.
    for key in &keys[..2] {
        put(&mut store, key, "abc", false);
    }
    put(&mut store, &keys[0], "Abc", true);
    assert_eq!(spelled(&store, 0), ["Abc"]);
    // Other libraries may bring other spellings; the list has the one that came first.
    let sql = "INSERT INTO marks.tag SELECT publication, number, headline, nth, 'abc', 'ａｂｃ', 1, '2001-01-01T00:00:00.000Z' \
               FROM marks.mark WHERE headline = ?1 ON CONFLICT DO UPDATE SET tag = excluded.tag, present = 1, changed_at = excluded.changed_at";
    store.connection.execute(sql, [&keys[2].headline]).unwrap();
    let tags = store.searcher().unwrap().tags().unwrap();
    let abc = tags.iter().find(|count| count.tag.is(&tag("abc")));
    assert_eq!(abc.unwrap().tag.as_str(), "ａｂｃ");
}
