//! Where the reader was.

use super::*;
use crate::issue::ItemKey;

#[test]
fn a_place_is_kept_with_the_item_and_forgotten_at_its_beginning() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let head = store.searcher().unwrap().heads(id).unwrap().remove(1);
    let place = |store: &Store| store.item(head.id).unwrap().unwrap().place;
    assert_eq!(place(&store), 0);
    store.set_place(&head.key, &head.headline, 0).unwrap();
    store.set_place(&head.key, &head.headline, 120).unwrap();
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    assert_eq!(place(&store), 120);
    store.remove(id).unwrap();
    import(&mut store, &plain(7));
    assert_eq!(place(&store), 120, "it hangs on the headline");
    store.set_place(&head.key, &head.headline, 0).unwrap();
    assert_eq!(place(&store), 0);
    let marks = store.item(head.id).unwrap().unwrap().head.marks;
    assert!(marks.bookmarked && !marks.read);
}

#[test]
fn the_state_of_the_reader_is_the_last_one() {
    let mut store = memory();
    assert_eq!(store.searcher().unwrap().session().unwrap(), None);
    for state in ["{}", "{\"a\":1}"] {
        store.set_session(state).unwrap();
        let kept = store.searcher().unwrap().session().unwrap();
        assert_eq!(kept.as_deref(), Some(state));
    }
}

#[test]
fn issues_and_items_are_found_by_name() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let searcher = store.searcher().unwrap();
    let head = searcher.heads(id).unwrap().remove(2);
    assert_eq!(searcher.item_named(&head.key).unwrap(), Some(head.id));
    let named = searcher.issue_named(&head.key.publication, IssueNumber(7));
    assert_eq!(named.unwrap(), Some(id));
    let other = ItemKey { nth: 1, ..head.key };
    assert_eq!(searcher.item_named(&other).unwrap(), None);
    assert_eq!(searcher.issue_named("无", IssueNumber(7)).unwrap(), None);
}

#[test]
fn marks_beside_a_library_in_memory_are_the_real_ones() {
    let folder = tempfile::tempdir().unwrap();
    let real = Place::Folder(folder.path().to_owned());
    let aside = Place::Aside(folder.path().to_owned());
    let mut store = Store::open(&aside).unwrap();
    let id = import(&mut store, &plain(7)).id;
    let head = store.searcher().unwrap().heads(id).unwrap().remove(0);
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    drop(store);
    assert!(!folder.path().join("library.sqlite3").exists());
    let mut store = Store::open(&real).unwrap();
    assert!(store.searcher().unwrap().issues().unwrap().is_empty());
    import(&mut store, &plain(7));
    assert_eq!(store.searcher().unwrap().bookmarks().unwrap().len(), 1);
}
