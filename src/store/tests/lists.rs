//! Lists: their order, what they show, and what two connections see of each other.

use super::*;
use crate::issue::ItemId;

fn dated(number: u32, year: u16, month: u8, week: u8) -> Issue {
    Issue {
        year: Some(year),
        month: Some(month),
        week: Some(week),
        ..plain(number)
    }
}

#[test]
fn the_newest_issue_comes_first_and_items_stand_in_the_order_of_the_body() {
    for place in [
        Place::Memory,
        Place::Folder(folder().path().join("library")),
    ] {
        let mut store = Store::open(&place).unwrap();
        for issue in [
            dated(82, 2023, 2, 1),
            dated(101, 2023, 1, 4),
            dated(9, 2022, 12, 5),
            dated(83, 2023, 2, 2),
        ] {
            import(&mut store, &issue);
        }
        let searcher = store.searcher().unwrap();
        let issues = searcher.issues().unwrap();
        let numbers: Vec<u32> = issues.iter().map(|head| head.label.number.0).collect();
        assert_eq!(numbers, [83, 82, 101, 9]);
        let addresses: Vec<String> = searcher
            .heads(issues[2].id)
            .unwrap()
            .iter()
            .map(|head| head.address().to_string())
            .collect();
        assert_eq!(addresses, ["101/1/1", "101/1/2", "101/2/1"]);
    }
}

/// A folder that goes when the value does.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn heads_show_what_lists_need() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let searcher = store.searcher().unwrap();
    let heads = searcher.heads(id).unwrap();
    assert_eq!(heads[0].headline, "甲市签约一个项目");
    assert_eq!(heads[0].section, "招商");
    assert_eq!(heads[0].page, Some(3));
    assert_eq!(heads[0].source.as_deref(), Some("某省报"));
    assert_eq!(heads[1].source, None);
    assert_eq!(heads[0].key, crate::issue::item_keys(&plain(7))[0]);
    assert_eq!(
        searcher.head(heads[2].id).unwrap().as_ref(),
        Some(&heads[2])
    );
    assert_eq!(searcher.head(ItemId(1)).unwrap(), None);
    let picked = searcher
        .heads_by_id(&[heads[2].id, ItemId(1), heads[0].id])
        .unwrap();
    assert_eq!(picked, [heads[2].clone(), heads[0].clone()]);
    let issue = &searcher.issues().unwrap()[0];
    assert_eq!((issue.items, issue.unread, issue.bookmarked), (3, 3, 0));
    assert_eq!(issue.source, "weekly.txt");
    assert!(issue.imported.parse::<jiff::Timestamp>().is_ok());
    assert!(issue.imported.ends_with('Z'));
}

#[test]
fn headlines_stream_newest_first_some_at_a_time() {
    let mut store = memory();
    import(&mut store, &dated(1, 2022, 1, 1));
    import(&mut store, &dated(2, 2023, 1, 1));
    let searcher = store.searcher().unwrap();
    let mut ids = vec![];
    let take = |behind: Option<ItemId>, most: usize, ids: &mut Vec<ItemId>| {
        let visit = |id, headline: &str| {
            assert!(!headline.is_empty());
            ids.push(id);
        };
        searcher.headlines(behind, most, visit).unwrap()
    };
    assert_eq!(take(None, 4, &mut ids), 4);
    let last = ids.last().copied();
    assert_eq!(take(last, 4, &mut ids), 2);
    assert_eq!(ids.len(), 6);
    assert!(ids.is_sorted_by(|a, b| a > b));
}

#[test]
fn an_empty_library_has_empty_lists() {
    let searcher = memory().searcher().unwrap();
    assert!(searcher.issues().unwrap().is_empty());
    assert_eq!(searcher.newest().unwrap(), None);
    assert!(searcher.bookmarks().unwrap().is_empty());
    assert!(searcher.heads(crate::issue::IssueId(1)).unwrap().is_empty());
}

#[test]
fn a_searcher_sees_what_the_writer_did_and_can_write_nothing() {
    let folder = folder();
    for place in [Place::Memory, Place::Folder(folder.path().to_owned())] {
        let mut store = Store::open(&place).unwrap();
        let searcher = store.searcher().unwrap();
        let before = searcher.content_version().unwrap();
        assert_eq!(searcher.content_version().unwrap(), before);
        let id = import(&mut store, &plain(7)).id;
        let imported = searcher.content_version().unwrap();
        assert_ne!(imported, before);
        assert_eq!(searcher.heads(id).unwrap().len(), 3);
        let head = searcher.heads(id).unwrap().remove(0);
        store.set_bookmark(&head.key, &head.headline, true).unwrap();
        assert_eq!(
            searcher.content_version().unwrap(),
            imported,
            "a mark is no content"
        );
        assert_eq!(searcher.bookmarks().unwrap().len(), 1);
        for sql in ["DELETE FROM item", "DELETE FROM marks.mark"] {
            assert!(searcher.connection.execute(sql, []).is_err());
        }
        // The searcher outlives the writer, in memory too.
        drop(store);
        assert_eq!(searcher.issues().unwrap().len(), 1);
    }
}

#[test]
fn a_store_and_a_searcher_may_live_in_threads_of_their_own() {
    let folder = folder();
    for place in [Place::Memory, Place::Folder(folder.path().to_owned())] {
        let mut store = Store::open(&place).unwrap();
        let searcher = store.searcher().unwrap();
        let writer = std::thread::spawn(move || {
            for number in 1..=20 {
                import(&mut store, &plain(number));
            }
            store
        });
        let reader = std::thread::spawn(move || {
            let mut seen = 0;
            // A fixed number of rounds: in memory a write waits while anyone reads, and would wait for ever for a reader
            // that waits for it.
            for _ in 0..200 {
                let issues = searcher.issues().unwrap();
                assert!(issues.len() >= seen);
                seen = issues.len();
                for issue in issues {
                    assert_eq!(searcher.heads(issue.id).unwrap().len(), 3);
                }
            }
        });
        writer.join().unwrap();
        reader.join().unwrap();
    }
}
