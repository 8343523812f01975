//! Reading again: with the real parser what an older one made of a fixture, with stand-ins what may go wrong.

use super::*;
use crate::issue::{IssueNumber, Item, ItemHead, ItemOrdinal};
use crate::source;
use crate::store::{Kept, Place};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The version before this one.
const OLDER: u32 = READING_VERSION - 1;

/// The fixture as its pages and what the parser makes of it.
fn fixture() -> (Vec<Page>, Issue) {
    let text = include_str!("../../../tests/fixtures/weekly-007.txt");
    let document = source::decode("weekly-007", text.as_bytes()).unwrap();
    let mut issues = issues_on(&document.pages, &Hints::default()).unwrap();
    (document.pages, issues.remove(0))
}

fn import(store: &mut Store, issue: &Issue, pages: &[Page], parser: u32) {
    let kept = Kept {
        path: "/somewhere/园区周报.txt",
        sha256: "hash",
        parser,
        pages,
    };
    store.import(issue, &kept).unwrap();
}

fn heads(store: &Store) -> Vec<ItemHead> {
    let searcher = store.searcher().unwrap();
    let issue = searcher.newest().unwrap().unwrap();
    searcher.heads(issue).unwrap()
}

/// The issue as an older parser may have read it: a headline cut at the end of its line, a mark taken for a part of another,
/// a running header taken for an item.
fn misread(issue: &Issue) -> Issue {
    let mut misread = issue.clone();
    let items = &mut misread.sections[0].items;
    let cut: String = items[0].headline.chars().take(14).collect();
    items[0].lead = Some(items[0].headline[cut.len()..].to_owned());
    items[0].headline = cut;
    items[1].headline.insert(0, '▲');
    items.push(Item {
        ordinal: ItemOrdinal(u32::try_from(items.len()).unwrap() + 1),
        headline: "一行页眉".to_owned(),
        paragraphs: vec![],
        lead: None,
        ..items[2].clone()
    });
    misread
}

#[test]
fn a_better_reading_takes_its_place_and_the_marks_stay() {
    let mut store = Store::open(&Place::Memory).unwrap();
    let (pages, issue) = fixture();
    import(&mut store, &misread(&issue), &pages, OLDER);
    for head in heads(&store) {
        store.set_bookmark(&head.key, &head.headline, true).unwrap();
        store.set_place(&head.key, &head.headline, 5).unwrap();
    }
    let mut told = vec![];
    let rereader = Rereader::new(store.door().open().unwrap());
    let changed = rereader.run(|| true, |changed| told.push(changed));
    assert_eq!((changed, told.len()), (1, 1));
    assert_eq!(store.issue(told[0].after).unwrap().as_ref(), Some(&issue));
    let now = heads(&store);
    assert_eq!(now.len(), issue.items().count());
    for head in now {
        assert!(head.marks.bookmarked, "{}", head.headline);
        assert_eq!(store.item(head.id).unwrap().unwrap().place, 5);
    }
    let again = Rereader::new(store.door().open().unwrap()).run(|| true, drop);
    assert_eq!(again, 0, "it is of this version now");
}

#[test]
fn who_is_not_wanted_any_more_stops_before_the_next_issue() {
    let mut store = Store::open(&Place::Memory).unwrap();
    let (pages, issue) = fixture();
    import(&mut store, &misread(&issue), &pages, OLDER);
    let rereader = Rereader::new(store.door().open().unwrap());
    assert_eq!(rereader.run(|| false, drop), 0);
    let mut rereader = Rereader::new(store.door().open().unwrap());
    assert!(matches!(rereader.step(), Ok(Some(Reread::Changed(_)))));
    assert_eq!(rereader.step().unwrap(), None);
}

#[test]
fn characters_that_were_lost_in_decoding_are_still_told() {
    let (pages, issue) = fixture();
    let lost = Diagnostic {
        problem: Problem::CharactersLost {
            encoding: "gb18030".to_owned(),
            count: 2,
        },
        line: None,
        page: None,
        item: None,
    };
    let doubtful = Diagnostic {
        problem: Problem::CharactersDoubtful {
            encoding: "gb18030".to_owned(),
            count: 2,
        },
        ..lost.clone()
    };
    for (lost, leads) in [(&lost, true), (&lost, false), (&doubtful, true)] {
        let mut expected = issue.clone();
        let at = if leads { 0 } else { expected.diagnostics.len() };
        expected.diagnostics.insert(at, lost.clone());
        let mut store = Store::open(&Place::Memory).unwrap();
        let mut before = misread(&issue);
        before.diagnostics = vec![lost.clone()];
        if !leads {
            let other = Diagnostic {
                problem: Problem::NoContents {},
                ..lost.clone()
            };
            before.diagnostics.insert(0, other);
        }
        import(&mut store, &before, &pages, OLDER);
        let changed = Rereader::new(store.door().open().unwrap()).run(|| true, drop);
        assert_eq!(changed, 1);
        let id = store.searcher().unwrap().newest().unwrap().unwrap();
        assert_eq!(store.issue(id).unwrap().unwrap(), expected);
    }
}

/// Runs a stand-in for the parser over a library of one older issue: what came of it, twice.
fn twice(parser: Parser, issue: &Issue) -> (Store, [Option<Reread>; 2]) {
    let mut store = Store::open(&Place::Memory).unwrap();
    import(&mut store, issue, &[], 1);
    let step = || {
        Rereader::with(store.door().open().unwrap(), parser, 2)
            .step()
            .unwrap()
    };
    let came = [step(), step()];
    (store, came)
}

#[test]
fn what_cannot_be_read_again_is_left_and_not_tried_again() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    static TRIED: AtomicBool = AtomicBool::new(false);
    let (_, issue) = fixture();
    let failing: Parser = |_, _| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Err(ParseError::NoItems)
    };
    let panicking: Parser = |_, _| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        // Then the screen is not given back for it.
        TRIED.store(is_trying(), Ordering::Relaxed);
        std::panic::panic_any("a panic that a test asked for")
    };
    let beyond: Parser = |_, hints| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Ok(vec![Issue {
            year: Some(u16::MAX),
            publication: hints.known.as_ref().unwrap().publication.clone(),
            ..fixture().1
        }])
    };
    for parser in [failing, panicking, beyond] {
        let before = CALLS.load(Ordering::Relaxed);
        let (store, came) = twice(parser, &issue);
        assert_eq!(came, [Some(Reread::Left), None]);
        assert!(!is_trying());
        assert_eq!(CALLS.load(Ordering::Relaxed) - before, 1);
        let id = store.searcher().unwrap().newest().unwrap().unwrap();
        assert_eq!(store.issue(id).unwrap(), Some(issue.clone()));
    }
    assert!(TRIED.load(Ordering::Relaxed));
}

#[test]
fn the_parser_is_told_what_the_library_knows() {
    let (_, issue) = fixture();
    let parser: Parser = |_, hints| {
        let known = hints.known.clone().unwrap();
        assert_eq!(hints.name.as_deref(), Some("园区周报"));
        assert_eq!(hints.publication.as_deref(), Some("园区周报"));
        // It may be what the user had said.
        assert_eq!(hints.date.and_then(|date| date.year), Some(2024));
        // The text says another number than the user did when it was imported.
        Ok(vec![Issue {
            publication: known.publication,
            number: hints.number.unwrap_or(IssueNumber(99)),
            note: Some("新读出的说明".to_owned()),
            ..fixture().1
        }])
    };
    let (store, came) = twice(parser, &issue);
    assert!(matches!(came, [Some(Reread::Changed(_)), None]), "{came:?}");
    let id = store.searcher().unwrap().newest().unwrap().unwrap();
    let now = store.issue(id).unwrap().unwrap();
    assert_eq!(now.number, issue.number);
    assert_eq!(now.note.as_deref(), Some("新读出的说明"));
}

#[test]
fn a_document_of_many_issues_is_parsed_once() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let parser: Parser = |_, _| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Ok(volume("园区周报"))
    };
    let mut store = Store::open(&Place::Memory).unwrap();
    for issue in volume("园区周报") {
        import(&mut store, &misread(&issue), &[], 1);
    }
    let rereader = Rereader::with(store.door().open().unwrap(), parser, 2);
    let mut numbers = vec![];
    let changed = rereader.run(
        || true,
        |changed| numbers.push(changed.items[0].key.issue.0),
    );
    assert_eq!((changed, numbers), (5, vec![5, 4, 3, 2, 1]));
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
}

/// Five issues that a stand-in parser finds in a document, under this name.
fn volume(publication: &str) -> Vec<Issue> {
    let (_, issue) = fixture();
    let of = |number| Issue {
        number: IssueNumber(number),
        publication: publication.to_owned(),
        ..issue.clone()
    };
    (1..=5).map(of).collect()
}

fn labels(store: &Store) -> Vec<(String, u32)> {
    let issues = store.searcher().unwrap().issues().unwrap().into_iter();
    let label = |head: crate::issue::IssueHead| (head.label.publication, head.label.number.0);
    issues.map(label).collect()
}

#[test]
fn a_volume_whose_names_or_numbers_read_otherwise_is_parsed_once_too() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let renamed: Parser = |_, _| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Ok(volume("另一周报"))
    };
    let renumbered: Parser = |_, _| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        let mut issues = volume("园区周报");
        for issue in &mut issues {
            issue.number.0 += 100;
        }
        Ok(issues)
    };
    for (parser, changed, name) in [(renamed, 5, "另一周报"), (renumbered, 0, "园区周报")] {
        let mut store = Store::open(&Place::Memory).unwrap();
        for issue in volume("园区周报") {
            import(&mut store, &issue, &[], 1);
        }
        for head in heads(&store) {
            store.set_bookmark(&head.key, &head.headline, true).unwrap();
        }
        let before = CALLS.load(Ordering::Relaxed);
        let rereader = Rereader::with(store.door().open().unwrap(), parser, 2);
        assert_eq!(rereader.run(|| true, drop), changed);
        assert_eq!(CALLS.load(Ordering::Relaxed) - before, 1);
        let named: Vec<_> = (1..=5).rev().map(|n| (name.to_owned(), n)).collect();
        assert_eq!(labels(&store), named);
        assert!(heads(&store).iter().all(|head| head.marks.bookmarked));
    }
}

#[test]
fn documents_whose_issues_alternate_are_each_parsed_once() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let parser: Parser = |_, hints| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Ok(volume(&hints.known.as_ref().unwrap().publication))
    };
    let mut store = Store::open(&Place::Memory).unwrap();
    for (name, sha256) in [("甲周报", "one"), ("乙周报", "other")] {
        let kept = Kept {
            path: "volume.txt",
            sha256,
            parser: 1,
            pages: &[],
        };
        for issue in volume(name) {
            store.import(&misread(&issue), &kept).unwrap();
        }
    }
    let rereader = Rereader::with(store.door().open().unwrap(), parser, 2);
    assert_eq!(rereader.run(|| true, drop), 10);
    assert_eq!(CALLS.load(Ordering::Relaxed), 2);
}

#[test]
fn of_two_issues_with_one_number_each_gets_its_own_reading() {
    fn pair(publications: [&str; 2]) -> Vec<Issue> {
        let (_, issue) = fixture();
        let mut other = issue.clone();
        let items = other
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.items);
        for item in items {
            item.headline.push_str("之外的另一件事和它的后续");
            item.lead = None;
            item.paragraphs = vec![format!("{}，本刊将继续关注它的进展。", item.headline)];
        }
        let named = |issue: Issue, name: &str| Issue {
            publication: name.to_owned(),
            ..issue
        };
        vec![named(issue, publications[0]), named(other, publications[1])]
    }
    let parser: Parser = |_, _| Ok(pair(["丙周报", "丁周报"]));
    let mut store = Store::open(&Place::Memory).unwrap();
    for issue in pair(["甲周报", "乙周报"]) {
        import(&mut store, &issue, &[], 1);
    }
    let rereader = Rereader::with(store.door().open().unwrap(), parser, 2);
    assert_eq!(rereader.run(|| true, drop), 2);
    let searcher = store.searcher().unwrap();
    for expected in pair(["丙周报", "丁周报"]) {
        let id = searcher.issue_named(&expected.publication, expected.number);
        let now = store.issue(id.unwrap().unwrap()).unwrap();
        assert!(now == Some(expected));
    }
    assert_eq!(labels(&store).len(), 2);
}
