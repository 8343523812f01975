//! Marks: what they hang on, what they survive, and the time they keep.

use super::*;
use crate::issue::{Change, Marks, Note, Tag};
use crate::store::marks::later;
use crate::store::{Listing, Scope};

fn bookmark(store: &mut Store, head: &ItemHead, on: bool) -> bool {
    store.set_bookmark(&head.key, &head.headline, on).unwrap()
}

#[test]
fn marks_show_in_heads_items_and_issues() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let list = heads(&store, id);
    assert!(bookmark(&mut store, &list[1], true));
    assert!(
        store
            .set_read(&list[0].key, &list[0].headline, true)
            .unwrap()
    );
    let list = heads(&store, id);
    let shown: Vec<(bool, bool)> = list
        .iter()
        .map(|head| (head.marks.bookmarked, head.marks.read))
        .collect();
    assert_eq!(shown, [(false, true), (true, false), (false, false)]);
    assert!(
        store
            .item(list[1].id)
            .unwrap()
            .unwrap()
            .head
            .marks
            .bookmarked
    );
    let searcher = store.searcher().unwrap();
    let issue = &searcher.issues().unwrap()[0];
    assert_eq!((issue.unread, issue.bookmarked), (2, 1));
    assert_eq!(searcher.issue_head(id).unwrap().as_ref(), Some(issue));
    assert_eq!(searcher.newest().unwrap(), Some(id));
    assert_eq!(searcher.issue_head(IssueId(1)).unwrap(), None);
    assert_eq!(searcher.bookmarks().unwrap(), [list[1].clone()]);
    assert!(bookmark(&mut store, &list[1], false));
    assert!(
        store
            .set_read(&list[0].key, &list[0].headline, false)
            .unwrap()
    );
    let issue = &searcher.issues().unwrap()[0];
    assert_eq!((issue.unread, issue.bookmarked), (3, 0));
}

#[test]
fn bookmarks_stand_in_the_display_order() {
    let mut store = memory();
    let old = import(&mut store, &plain(7)).id;
    let new = import(
        &mut store,
        &Issue {
            month: Some(2),
            ..plain(8)
        },
    )
    .id;
    for (issue, position) in [(old, 2), (new, 1), (old, 0), (new, 0)] {
        let head = heads(&store, issue).remove(position);
        bookmark(&mut store, &head, true);
    }
    let addresses: Vec<String> = store
        .searcher()
        .unwrap()
        .bookmarks()
        .unwrap()
        .iter()
        .map(|head| head.address().to_string())
        .collect();
    assert_eq!(addresses, ["8/1/1", "8/1/2", "7/1/1", "7/2/1"]);
}

#[test]
fn marks_survive_another_reading_and_come_back_after_a_removal() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(1);
    bookmark(&mut store, &head, true);
    // Another date, another section, another place, and white space in the headline.
    let moved = Issue {
        week: Some(4),
        ..issue(7, &[("综合", &["新到一条", "乙市开工 两个项目"])])
    };
    let id = import_from(&mut store, &moved, "other", 2).unwrap().id;
    let list = heads(&store, id);
    assert!(!list[0].marks.bookmarked);
    assert!(list[1].marks.bookmarked);
    store.remove(id).unwrap();
    let searcher = store.searcher().unwrap();
    assert!(searcher.bookmarks().unwrap().is_empty());
    import(&mut store, &plain(7));
    assert_eq!(searcher.bookmarks().unwrap()[0].headline, head.headline);
}

#[test]
fn of_equal_headlines_each_has_its_own_mark() {
    let mut store = memory();
    let twins = issue(7, &[("招商", &["同题", "别题"]), ("政策", &["同 题"])]);
    let id = import(&mut store, &twins).id;
    let list = heads(&store, id);
    assert_eq!((list[0].key.nth, list[2].key.nth), (0, 1));
    bookmark(&mut store, &list[2], true);
    let list = heads(&store, id);
    assert!(!list[0].marks.bookmarked);
    assert!(list[2].marks.bookmarked);
    assert_eq!(store.searcher().unwrap().bookmarks().unwrap().len(), 1);
}

#[test]
fn marks_are_found_in_any_spelling_of_the_publication() {
    let mut store = memory();
    let spaced = Issue {
        publication: "ＡＢ 周 报".to_owned(),
        ..plain(7)
    };
    let id = import(&mut store, &spaced).id;
    let head = heads(&store, id).remove(1);
    assert_eq!(head.publication, "ＡＢ 周 报");
    assert_eq!(head.key.publication, "ab周报");
    assert_eq!(head.key, crate::issue::item_keys(&spaced)[1]);
    bookmark(&mut store, &head, true);
    // Another library of the same marks: the first spelling that it sees is another one.
    store.remove(id).unwrap();
    let sql = "DELETE FROM publication";
    store.connection.execute(sql, []).unwrap();
    let plain = Issue {
        publication: "AB周报".to_owned(),
        ..plain(7)
    };
    let id = import(&mut store, &plain).id;
    let head = heads(&store, id).remove(1);
    assert_eq!(head.publication, "AB周报");
    assert!(head.marks.bookmarked);
    let searcher = store.searcher().unwrap();
    assert_eq!(searcher.bookmarks().unwrap(), [head]);
    assert_eq!(searcher.issues().unwrap()[0].bookmarked, 1);
}

#[test]
fn the_same_issue_of_another_publication_is_not_marked() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let other = Issue {
        publication: "另一周报".to_owned(),
        ..plain(7)
    };
    let other = import_from(&mut store, &other, "other", 1).unwrap().id;
    let head = heads(&store, id).remove(0);
    bookmark(&mut store, &head, true);
    assert!(
        heads(&store, other)
            .iter()
            .all(|head| !head.marks.bookmarked)
    );
}

#[test]
fn an_equal_state_keeps_its_time_and_other_states() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(0);
    assert!(!bookmark(&mut store, &head, false), "never marked");
    assert_eq!(count(&store), 0, "and no row says so");
    bookmark(&mut store, &head, true);
    let long_ago = "UPDATE marks.mark SET bookmarked_at = '2001-01-01T00:00:00Z'";
    store.connection.execute(long_ago, []).unwrap();
    assert!(!bookmark(&mut store, &head, true));
    store.set_read(&head.key, &head.headline, true).unwrap();
    assert_eq!(bookmarked_at(&store), "2001-01-01T00:00:00Z");
    assert!(bookmark(&mut store, &head, false));
    assert_ne!(bookmarked_at(&store), "2001-01-01T00:00:00Z");
    assert!(heads(&store, id)[0].marks.read);
    assert_eq!(count(&store), 1, "the time of taking it off is kept");
}

fn count(store: &Store) -> u32 {
    let sql = "SELECT count(*) FROM marks.mark";
    store
        .connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

fn bookmarked_at(store: &Store) -> String {
    let sql = "SELECT bookmarked_at FROM marks.mark";
    store
        .connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

fn tag(text: &str, on: bool) -> Change {
    Change::Tag(Tag::new(text).unwrap(), on)
}

#[test]
fn tags_and_notes_show_and_are_taken_off_again() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let head = heads(&store, id).remove(1);
    let mut mark = |change: &Change| store.mark(&head.key, &head.headline, change).unwrap();
    assert!(!mark(&tag("跟踪", false)), "it never had it");
    assert!(mark(&tag("重点", true)) && mark(&tag("ＡI", true)));
    assert!(!mark(&tag("ai", true)), "the same tag");
    assert!(mark(&Change::Note(Note::new("甲\n乙"))));
    assert!(!mark(&Change::Note(Note::new("甲\n乙"))));
    let marks = heads(&store, id).remove(1).marks;
    let tags: Vec<&str> = marks.tags.iter().map(Tag::as_str).collect();
    assert_eq!(tags, ["ＡI", "重点"]);
    assert_eq!(marks.note, Note::new("甲\n乙"));
    assert_eq!(store.item(head.id).unwrap().unwrap().head.marks, marks);
    let mut mark = |change: &Change| store.mark(&head.key, &head.headline, change).unwrap();
    assert!(mark(&tag("AI", false)) && mark(&Change::Note(None)));
    assert!(!mark(&Change::Note(None)));
    let marks = heads(&store, id).remove(1).marks;
    assert_eq!((marks.tags.len(), marks.note), (1, None));
}

#[test]
fn a_listing_is_marked_at_once_and_what_leads_back_is_told() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    import(&mut store, &plain(8));
    let before: Vec<Marks> = heads(&store, id)
        .into_iter()
        .map(|head| head.marks)
        .collect();
    let head = heads(&store, id).remove(0);
    store.set_read(&head.key, &head.headline, true).unwrap();
    let listing = Listing {
        scope: Scope::Issue(id),
        query: "section:招商".parse().unwrap(),
    };
    let back = store.mark_listing(&listing, &Change::Read(true)).unwrap();
    let read = |store: &Store| -> Vec<bool> {
        heads(store, id)
            .iter()
            .map(|head| head.marks.read)
            .collect()
    };
    assert_eq!(read(&store), [true, true, false]);
    assert_eq!(back.len(), 1, "the other one was read already");
    store.mark_each(&back).unwrap();
    assert_eq!(read(&store), [true, false, false]);
    store.set_read(&head.key, &head.headline, false).unwrap();
    let after: Vec<Marks> = heads(&store, id)
        .into_iter()
        .map(|head| head.marks)
        .collect();
    assert_eq!(after, before);
}

#[test]
fn a_change_is_later_than_the_one_before_whatever_the_clock_says() {
    let now = "2026-01-31T08:00:00.500Z";
    assert_eq!(later(None, now), now);
    assert_eq!(later(Some("2026-01-31T08:00:00.499Z"), now), now);
    assert_eq!(later(Some(now), now), "2026-01-31T08:00:00.501Z");
    let ahead = "2031-12-31T23:59:59.999Z";
    assert_eq!(later(Some(ahead), now), "2032-01-01T00:00:00.000Z");
    assert_eq!(
        later(Some("soon"), now),
        now,
        "what is no time is forgotten"
    );
    let time = crate::store::marks::now();
    assert_eq!((time.len(), time.as_bytes()[19]), (24, b'.'));
}

#[test]
fn marks_without_item_are_told_and_are_none_once_it_is_there() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let list = heads(&store, id);
    bookmark(&mut store, &list[0], true);
    store
        .mark(&list[1].key, &list[1].headline, &tag("跟踪", true))
        .unwrap();
    store
        .set_read(&list[2].key, &list[2].headline, true)
        .unwrap();
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
    let without = issue(7, &[("招商", &["甲市签约一个项目"]), ("政策", &[])]);
    import_from(&mut store, &without, "other", 1).unwrap();
    let detached = store.searcher().unwrap().detached().unwrap();
    assert_eq!(detached.len(), 1, "what was only read is not missed");
    assert_eq!(detached[0].printed, "乙市开工两个项目");
    assert!(detached[0].has_issue);
    store.remove(order_id(&store)).unwrap();
    let detached = store.searcher().unwrap().detached().unwrap();
    assert_eq!(detached.len(), 2);
    assert!(!detached[0].has_issue && detached[0].publication == PUBLICATION);
    import(&mut store, &plain(7));
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
}

fn order_id(store: &Store) -> IssueId {
    store.searcher().unwrap().newest().unwrap().unwrap()
}
