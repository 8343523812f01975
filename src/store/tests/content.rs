//! What goes in comes out: issues, items, pages; importing again, and what is refused.

use super::*;
use crate::store::{Located, MAX_NUMBER, Status, issue_of};

#[test]
fn an_issue_reads_back_as_imported() {
    let mut store = memory();
    let printed = plain(7);
    let imported = import(&mut store, &printed);
    assert_eq!(imported.status, Status::New);
    assert_eq!(imported.items, 3);
    assert_eq!(store.issue(imported.id).unwrap(), Some(printed));
    let source = source_of(&store, imported.id);
    assert_eq!(store.kept_pages(source).unwrap(), Some(pages()));
    assert_eq!(store.issue(IssueId(1)).unwrap(), None);
    store.remove(imported.id).unwrap();
    assert_eq!(store.kept_pages(source).unwrap(), None);
}

#[test]
fn an_issue_without_date_items_or_contents_reads_back() {
    let mut store = memory();
    let bare = Issue {
        year: None,
        month: None,
        week: None,
        publisher: None,
        note: None,
        diagnostics: vec![],
        ..issue(8, &[("空栏目", &[])])
    };
    let imported = import(&mut store, &bare);
    assert_eq!(imported.items, 0);
    assert_eq!(store.issue(imported.id).unwrap(), Some(bare));
}

#[test]
fn an_item_comes_with_its_issue_and_its_diagnostics() {
    let mut store = memory();
    let printed = plain(7);
    let imported = import(&mut store, &printed);
    let heads = store.searcher().unwrap().heads(imported.id).unwrap();
    let view = store.item(heads[0].id).unwrap().unwrap();
    assert_eq!(view.item, printed.sections[0].items[0]);
    assert_eq!(view.head, heads[0]);
    assert_eq!(view.issue.number, IssueNumber(7));
    assert_eq!(view.diagnostics, printed.diagnostics);
    let second = store.item(heads[1].id).unwrap().unwrap();
    assert!(second.diagnostics.is_empty());
    assert_eq!(issue_of(heads[1].id), imported.id);
    assert_eq!(store.item(crate::issue::ItemId(1)).unwrap(), None);
}

#[test]
fn importing_again_is_unchanged_or_replaces() {
    let mut store = memory();
    let first = plain(7);
    import(&mut store, &first);
    assert_eq!(import(&mut store, &first).status, Status::Unchanged);
    let parsed_again = import_from(&mut store, &first, "hash of 7", 2).unwrap();
    assert_eq!(parsed_again.status, Status::Replaced);
    let other_file = import_from(&mut store, &first, "another hash", 2).unwrap();
    assert_eq!(other_file.status, Status::Replaced);
    let shorter = issue(7, &[("招商", &["乙市开工两个项目"])]);
    let imported = import_from(&mut store, &shorter, "another hash", 2).unwrap();
    assert_eq!(imported.status, Status::Replaced);
    assert_eq!(store.issue(imported.id).unwrap(), Some(shorter));
    assert_eq!(rows(&store), [1, 1, 1, 1, 1]);
}

#[test]
fn what_another_version_noted_is_kept_and_mended_by_importing() {
    let mut store = memory();
    let printed = plain(7);
    let id = import(&mut store, &printed).id;
    let noted = r#"[{"kind":"page-torn","args":{"page":3},"line":4,"item":"7/1/1"},
        {"kind":"empty-item","args":{},"line":5,"item":{"section":1}}, 6]"#;
    set_diagnostics(&store, noted);
    let torn = Problem::Other {
        kind: "page-torn".to_owned(),
        args: serde_json::json!({"page": 3}),
    };
    let problems = |found: Vec<Diagnostic>| -> Vec<Problem> {
        found.into_iter().map(|found| found.problem).collect()
    };
    let read = store.issue(id).unwrap().unwrap();
    assert_eq!(problems(read.diagnostics), std::slice::from_ref(&torn));
    assert_eq!(read.sections, printed.sections);
    let head = store.searcher().unwrap().heads(id).unwrap().remove(0);
    let view = store.item(head.id).unwrap().unwrap();
    assert_eq!(problems(view.diagnostics), [torn]);
    assert_eq!(import(&mut store, &printed).status, Status::Replaced);
    assert_eq!(store.issue(id).unwrap(), Some(printed));
}

#[test]
fn an_issue_that_cannot_be_read_back_is_replaced() {
    let mut store = memory();
    let printed = plain(7);
    let id = import(&mut store, &printed).id;
    set_diagnostics(&store, "no JSON");
    assert_eq!(store.issue(id).unwrap_err().code(), "library-damaged");
    assert_eq!(import(&mut store, &printed).status, Status::Replaced);
    let sql = "UPDATE body SET paragraphs = '[1]'";
    store.connection.execute(sql, []).unwrap();
    assert_eq!(import(&mut store, &printed).status, Status::Replaced);
    assert_eq!(store.issue(id).unwrap(), Some(printed));
}

fn set_diagnostics(store: &Store, json: &str) {
    let sql = "UPDATE issue SET diagnostics = ?1";
    store.connection.execute(sql, [json]).unwrap();
    // As if the first item had some, so that they are read.
    let sql = "UPDATE item SET diagnostic_count = 1 WHERE id = (SELECT max(id) FROM item)";
    store.connection.execute(sql, []).unwrap();
}

#[test]
fn an_issue_whose_date_changes_moves() {
    let mut store = memory();
    let before = import(&mut store, &plain(7));
    import(
        &mut store,
        &Issue {
            week: Some(2),
            ..plain(8)
        },
    );
    let later = Issue {
        week: Some(3),
        ..plain(7)
    };
    let after = import(&mut store, &later);
    assert_eq!(after.status, Status::Replaced);
    assert!(after.id > before.id);
    assert_eq!(store.issue(before.id).unwrap(), None);
    let numbers: Vec<u32> = store
        .searcher()
        .unwrap()
        .issues()
        .unwrap()
        .iter()
        .map(|head| head.label.number.0)
        .collect();
    assert_eq!(numbers, [7, 8]);
}

#[test]
fn issues_of_one_document_share_its_pages_and_the_last_takes_them_along() {
    let mut store = memory();
    let one = import_from(&mut store, &plain(1), "same", 1).unwrap();
    let two = import_from(&mut store, &plain(2), "same", 1).unwrap();
    assert_eq!(rows(&store)[1], 1);
    assert!(store.remove(one.id).unwrap());
    let pages_of = |issue| store.kept_pages(source_of(&store, issue)).unwrap();
    assert_eq!(pages_of(two.id), Some(pages()));
    assert!(store.remove(two.id).unwrap());
    assert!(!store.remove(two.id).unwrap());
    assert_eq!(rows(&store), [0, 0, 0, 0, 0]);
}

#[test]
fn what_does_not_fit_is_refused_and_leaves_the_library_as_it_was() {
    let mut store = memory();
    import(&mut store, &plain(7));
    let mut twice = plain(7);
    twice.sections[1].ordinal = SectionOrdinal(1);
    let crowd = vec!["同题"; crate::store::MAX_ITEMS + 1];
    let refused = [
        (plain(MAX_NUMBER + 1), "issue-number-too-large"),
        (
            Issue {
                year: Some(5000),
                ..plain(7)
            },
            "issue-date-too-large",
        ),
        (twice, "section-repeated"),
        (issue(7, &[("招商", &crowd)]), "too-many-items"),
    ];
    for (issue, code) in refused {
        let error = import_from(&mut store, &issue, "new", 1).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(rows(&store), [1, 1, 2, 3, 3]);
    }
}

#[test]
fn there_is_room_for_255_publications() {
    let mut store = memory();
    let of = |n: u32| Issue {
        publication: format!("第{n}刊"),
        ..issue(1, &[])
    };
    for n in 1..=255 {
        import_from(&mut store, &of(n), "same", 1).unwrap();
    }
    let error = import_from(&mut store, &of(256), "same", 1).unwrap_err();
    assert_eq!(error.code(), "too-many-publications");
}

#[test]
fn addresses_lead_to_rows() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let heads = store.searcher().unwrap().heads(id).unwrap();
    let at = |store: &Store, text: &str| store.locate(&text.parse().unwrap());
    assert_eq!(at(&store, "7").unwrap(), Located::Issue(id));
    assert_eq!(
        at(&store, "7/2").unwrap(),
        Located::Section(id, SectionOrdinal(2))
    );
    assert_eq!(at(&store, "7/2/1").unwrap(), Located::Item(heads[2].id));
    assert_eq!(at(&store, "试验 周报:7").unwrap(), Located::Issue(id));
    for missing in ["8", "7/3", "7/2/2", "别刊:7"] {
        let error = at(&store, missing).unwrap_err();
        let code = if missing.contains('/') {
            "address-not-found"
        } else {
            "issue-not-found"
        };
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains(missing));
    }
}

#[test]
fn a_number_of_several_publications_must_be_named() {
    let mut store = memory();
    import(&mut store, &plain(7));
    let other = Issue {
        publication: "另一周报".to_owned(),
        ..plain(7)
    };
    let other = import_from(&mut store, &other, "other", 1).unwrap().id;
    import(&mut store, &plain(6));
    let error = store.locate(&"7/1/1".parse().unwrap()).unwrap_err();
    assert_eq!(error.code(), "address-ambiguous");
    assert!(error.to_string().contains("试验周报, 另一周报"));
    let found = store.locate(&"另一周报:7".parse().unwrap()).unwrap();
    assert_eq!(found, Located::Issue(other));
    let searcher = store.searcher().unwrap();
    let head = &searcher.heads(other).unwrap()[0];
    assert_eq!(head.address().to_string(), "另一周报:7/1/1");
    assert_eq!(head.section_address().to_string(), "另一周报:7/1");
    let view = store.item(head.id).unwrap().unwrap();
    assert_eq!(view.diagnostics[0].item.as_ref(), Some(&head.address()));
    let unique = searcher.issues().unwrap()[2].id;
    let head = &searcher.heads(unique).unwrap()[0];
    assert_eq!(head.address().publication, None);
    assert_eq!(
        (head.section_ordinal, head.ordinal),
        (SectionOrdinal(1), ItemOrdinal(1))
    );
}

#[test]
fn a_publication_is_the_same_in_any_spelling() {
    let mut store = memory();
    let id = import(&mut store, &plain(7)).id;
    let spaced = |number| Issue {
        publication: "试 驗\u{3000}周 报".to_owned(),
        ..plain(number)
    };
    assert_eq!(import(&mut store, &spaced(7)).status, Status::Unchanged);
    let other = import(&mut store, &spaced(8)).id;
    let again = import(&mut store, &spaced(8)).status;
    assert_eq!(again, Status::Unchanged);
    for (number, id) in [(7, id), (8, other)] {
        for name in ["", "试验周报:", "试　验 周報："] {
            let address = format!("{name}{number}").parse().unwrap();
            assert_eq!(store.locate(&address).unwrap(), Located::Issue(id));
        }
    }
    let head = store.searcher().unwrap().heads(other).unwrap().remove(0);
    assert_eq!(head.address().publication, None);
    assert_eq!(head.publication, "试验周报", "as first printed");
    let view = store.item(head.id).unwrap().unwrap();
    assert_eq!(view.issue.publication, "试验周报");
}

/// Rows of issue, source, section, item, body.
fn rows(store: &Store) -> [u32; 5] {
    ["issue", "source", "section", "item", "body"].map(|table| {
        store
            .connection
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap()
    })
}
