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
    let told = store.noted(id, Some(list[1].id)).unwrap().unwrap();
    assert_eq!(told.item.as_ref(), Some(&list[1]));
    assert_eq!(
        (
            told.about_item.len(),
            told.about_issue.len(),
            told.elsewhere
        ),
        (2, 1, 1)
    );
    let told = store.noted(id, None).unwrap().unwrap();
    assert_eq!((told.about_item.len(), told.elsewhere), (0, 3));
    assert_eq!(store.noted(IssueId(1), None).unwrap(), None);
    let crowd = Issue {
        diagnostics: vec![about(None); 700],
        ..plain(7)
    };
    let id = import(&mut store, &crowd).id;
    let told = store.noted(id, None).unwrap().unwrap();
    assert_eq!((told.about_issue.len(), told.left_out), (500, 200));
}
