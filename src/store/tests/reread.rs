//! Another reading of an issue: in what order, what stays, and when it is left alone.

use super::carry::{mark, marked};
use super::*;
use crate::store::{Changed, Outdated, Reread, Status};

fn outdated(store: &Store) -> Option<Outdated> {
    store.next_outdated(2, None).unwrap().into_iter().next()
}

/// The one issue of the store read again as `issue`; its row.
pub(super) fn reread(store: &mut Store, issue: &Issue) -> Reread {
    let outdated = outdated(store).unwrap();
    store.reread(&outdated, Some(issue), 2).unwrap()
}

#[test]
fn path_time_document_and_name_stay() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let sql = "UPDATE issue SET imported = '2020-02-02T02:02:02Z'";
    store.connection.execute(sql, []).unwrap();
    let before = store.searcher().unwrap().issue_head(id).unwrap().unwrap();
    let better = Issue {
        publication: "试 验 周 报".to_owned(),
        week: Some(2),
        ..plain(7)
    };
    let Reread::Changed(changed) = reread(&mut store, &better) else {
        panic!("the date is another");
    };
    assert_eq!(changed.before, id);
    assert_ne!(changed.after, id);
    assert_eq!(changed.items.len(), 3);
    let after = store.searcher().unwrap().issue_head(changed.after).unwrap();
    let after = after.unwrap();
    assert_eq!(after.imported, before.imported);
    assert_eq!(after.source, before.source);
    assert_eq!(after.label.publication, "试验周报");
    assert_eq!(
        store.kept_pages(source_of(&store, changed.after)).unwrap(),
        Some(pages())
    );
    assert_eq!(outdated(&store), None);
}

#[test]
fn outdated_issues_come_newest_first_with_their_document_and_current_ones_not_at_all() {
    let mut store = memory();
    let of = |store: &mut Store, number, document, parser| {
        import_from(store, &plain(number), document, parser)
            .unwrap()
            .id
    };
    let two = of(&mut store, 2, "one document", 1);
    of(&mut store, 3, "another", 1);
    let four = of(&mut store, 4, "one document", 1);
    of(&mut store, 5, "one document", 2);
    let numbers = |parser, after| -> Vec<u32> {
        let found = store.next_outdated(parser, after).unwrap();
        found.iter().map(|found| found.label.number.0).collect()
    };
    assert_eq!(numbers(2, None), [4, 2]);
    assert_eq!(numbers(2, Some(four)), [3]);
    assert_eq!(numbers(2, Some(two)), [0; 0]);
    assert_eq!(numbers(3, None), [5, 4, 2]);
}

#[test]
fn what_reads_the_same_or_not_at_all_or_as_another_issue_stays_and_is_not_tried_again() {
    let other_number = plain(8);
    let other_publication = Issue {
        publication: "另一周报".to_owned(),
        ..issue(
            7,
            &[("招商", &["丁县举行座谈", "戊市发布规划", "己省公布名单"])],
        )
    };
    for (reading, came_of_it) in [
        (Some(plain(7)), Reread::Same),
        (None, Reread::Left),
        (Some(other_number), Reread::Left),
        (Some(other_publication), Reread::Left),
    ] {
        let mut store = memory();
        let id = import(&mut store, &plain(7)).id;
        let found = outdated(&store).unwrap();
        let came = store.reread(&found, reading.as_ref(), 2).unwrap();
        assert_eq!(came, came_of_it);
        assert_eq!(store.issue(id).unwrap(), Some(plain(7)));
        assert_eq!(outdated(&store), None);
    }
}

#[test]
fn an_issue_that_another_program_replaced_or_removed_is_left_alone() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let found = outdated(&store).unwrap();
    let better = issue(7, &[("招商", &["乙市开工两个项目"])]);
    import_from(&mut store, &plain(7), "hash of 7", 2).unwrap();
    let came = store.reread(&found, Some(&better), 2).unwrap();
    assert_eq!(came, Reread::Overtaken);
    assert_eq!(store.issue(id).unwrap(), Some(plain(7)));
    store.remove(id).unwrap();
    let came = store.reread(&found, Some(&better), 2).unwrap();
    assert_eq!(came, Reread::Overtaken);
    assert_eq!(store.issue(id).unwrap(), None);
}

#[test]
fn an_issue_that_cannot_be_read_back_is_mended_and_damaged_pages_are_told() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    store
        .connection
        .execute("UPDATE body SET paragraphs = '[1]'", [])
        .unwrap();
    assert!(matches!(reread(&mut store, &plain(7)), Reread::Changed(_)));
    assert_eq!(store.issue(id).unwrap(), Some(plain(7)));
    store
        .connection
        .execute("UPDATE source SET pages = x'00'", [])
        .unwrap();
    let error = store.kept_pages(source_of(&store, id)).unwrap_err();
    assert_eq!(error.code(), "library-damaged");
}

/// The issue as a later parser reads it: under another name.
fn renamed(publication: &str) -> Issue {
    Issue {
        publication: publication.to_owned(),
        ..plain(7)
    }
}

fn numbers_by_publication(store: &Store) -> Vec<(String, u32)> {
    let issues = store.searcher().unwrap().issues().unwrap();
    let name = |head: crate::issue::IssueHead| (head.label.publication, head.label.number.0);
    issues.into_iter().map(name).collect()
}

#[test]
fn another_name_of_the_publication_is_taken_over_and_marks_stay() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    for head in heads(&store, id) {
        mark(&mut store, &head);
    }
    let Reread::Changed(Changed { after, items, .. }) = reread(&mut store, &renamed("另一周报"))
    else {
        panic!("it has another name");
    };
    assert_eq!(store.issue(after).unwrap(), Some(renamed("另一周报")));
    assert_eq!(numbers_by_publication(&store), [("另一周报".to_owned(), 7)]);
    assert_eq!(marked(&store, after), [true; 3]);
    assert_eq!(items.len(), 3);
    assert_eq!(outdated(&store), None);
    // From the same document it is the same issue, however it is imported.
    let again = import_from(&mut store, &renamed("另一周报"), "hash of 7", 2).unwrap();
    assert_eq!(again.status, Status::Unchanged);
}

#[test]
fn where_the_library_has_the_issue_under_that_name_only_that_one_stays() {
    for document in ["hash of 7", "the same issue in another document"] {
        let mut store = memory();
        let id = import(&mut store, &plain(7)).id;
        let list = heads(&store, id);
        mark(&mut store, &list[1]);
        // As a later parser had imported it before this came to be known.
        let held = import_from(&mut store, &renamed("另一周报"), "hash", 3).unwrap();
        let held_marks = heads(&store, held.id);
        mark(&mut store, &held_marks[2]);
        let sql = "UPDATE issue SET source = (SELECT source FROM issue WHERE id = ?1) WHERE ?2";
        let same_document = document == "hash of 7";
        store
            .connection
            .execute(sql, (id.0, same_document))
            .unwrap();
        let Reread::Changed(changed) = reread(&mut store, &renamed("另一周报")) else {
            panic!("one of the two goes");
        };
        assert_eq!((changed.before, changed.after), (id, held.id));
        assert_eq!(numbers_by_publication(&store), [("另一周报".to_owned(), 7)]);
        assert_eq!(marked(&store, held.id), [false, true, true]);
    }
}

#[test]
fn another_issue_that_has_that_name_is_not_given_up_for_it() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let other = Issue {
        publication: "另一周报".to_owned(),
        ..issue(
            7,
            &[("招商", &["丁县举行座谈", "戊市发布规划", "己省公布名单"])],
        )
    };
    let held = import_from(&mut store, &other, "another document", 2)
        .unwrap()
        .id;
    assert_eq!(reread(&mut store, &renamed("另一周报")), Reread::Left);
    assert_eq!(store.issue(id).unwrap(), Some(plain(7)));
    assert_eq!(store.issue(held).unwrap(), Some(other));
}

#[test]
fn importing_a_document_again_replaces_what_had_another_name() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let list = heads(&store, id);
    mark(&mut store, &list[0]);
    let again = import_from(&mut store, &renamed("另一周报"), "hash of 7", 2).unwrap();
    assert_eq!(again.status, Status::Replaced);
    assert_eq!(numbers_by_publication(&store), [("另一周报".to_owned(), 7)]);
    assert_eq!(marked(&store, again.id), [true, false, false]);
    // Two issues that one parser finds in one document are two.
    let third = import_from(&mut store, &renamed("第三周报"), "hash of 7", 2).unwrap();
    assert_eq!(third.status, Status::New);
    assert_eq!(numbers_by_publication(&store).len(), 2);
}
