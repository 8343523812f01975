//! What was noted about an issue, and about which items of it.

use super::*;

#[test]
fn what_was_noted_is_counted_and_told_by_item_and_issue() {
    let mut store = memory();
    let about = |item: Option<(u32, u32)>| Diagnostic {
        problem: Problem::UnknownLine {
            text: "一行".to_owned(),
        },
        line: None,
        page: None,
        item: item.map(|(section, item)| {
            Address::item(IssueNumber(7), SectionOrdinal(section), ItemOrdinal(item))
        }),
    };
    let noted = Issue {
        diagnostics: vec![
            about(None),
            about(Some((1, 2))),
            about(Some((2, 1))),
            about(Some((1, 2))),
        ],
        ..plain(7)
    };
    let id = import(&mut store, &noted).id;
    let list = heads(&store, id);
    let counts: Vec<u32> = list.iter().map(|head| head.diagnostics).collect();
    assert_eq!(counts, [0, 2, 1]);
    let issue = store.searcher().unwrap().issue_head(id).unwrap().unwrap();
    assert_eq!(issue.diagnostics, 4);
    let told = |asked| -> Vec<(Option<String>, usize)> {
        let told = store.noted(id, asked).unwrap().unwrap();
        assert_eq!((told.asked, told.left_out), (asked, 0));
        let about = told.about.into_iter();
        about
            .map(|one| (one.item.map(|item| item.headline), one.diagnostics.len()))
            .collect()
    };
    let named = |n: usize, count| (Some(list[n].headline.clone()), count);
    assert_eq!(told(None), [(None, 1), named(1, 2), named(2, 1)]);
    assert_eq!(told(Some(list[1].id)), told(None));
    let of_first = told(Some(list[0].id));
    assert_eq!(
        of_first,
        [(None, 1), named(0, 0), named(1, 2), named(2, 1)],
        "the item that is asked about, in its place"
    );
    assert_eq!(store.noted(IssueId(1), None).unwrap(), None);
}

#[test]
fn of_very_many_only_some_are_told_but_those_of_the_item_asked_about() {
    let mut store = memory();
    let about = |item: Option<u32>| Diagnostic {
        problem: Problem::EmptyItem {},
        line: None,
        page: None,
        item: item.map(|item| Address::item(IssueNumber(7), SectionOrdinal(1), ItemOrdinal(item))),
    };
    let crowd = Issue {
        // One is about an item that is not there: as good as about the issue.
        diagnostics: [
            vec![about(Some(9))],
            vec![about(None); 700],
            vec![about(Some(1)); 600],
            vec![about(Some(2)); 3],
        ]
        .concat(),
        ..plain(7)
    };
    let id = import(&mut store, &crowd).id;
    let list = heads(&store, id);
    let counts = |asked| -> (Vec<usize>, usize) {
        let told = store.noted(id, asked).unwrap().unwrap();
        let about = told.about.iter().map(|one| one.diagnostics.len());
        (about.collect(), told.left_out)
    };
    assert_eq!(counts(None), (vec![500, 500], 201 + 100 + 3));
    assert_eq!(counts(Some(list[1].id)), (vec![500, 500, 3], 201 + 100));
}
