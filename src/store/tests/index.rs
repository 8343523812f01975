//! The keyword index: it finds what looking through the texts finds, whatever is put in, replaced and taken out.

use super::*;
use crate::issue::ItemId;
use crate::query::{Condition, Query, Term};
use crate::store::{Anchor, Listing, Scope, Searcher};
use crate::text::normalise;
use proptest::prelude::*;

/// Characters that tokenizers take for what is between words, or fold, beside others.
const TEXT: &str = "[新能源园g5W0 %—…㎡、“”＂\"'*^()\\-+:{}￠Ａ風﹣𠀀]{0,8}";
const WORD: &str = "[新能源园g5W%—…㎡、“\"'*^()\\-+:{}Ａ風𠀀]{1,5}";

/// An issue of one section, of items by headline, lead and paragraphs.
fn of_texts(number: u32, texts: &[(String, Option<String>, Vec<String>)]) -> Issue {
    let headlines: Vec<&str> = texts
        .iter()
        .map(|(headline, ..)| headline.as_str())
        .collect();
    let mut issue = issue(number, &[("招商", &headlines)]);
    for (item, (_, lead, paragraphs)) in issue.sections[0].items.iter_mut().zip(texts) {
        item.lead.clone_from(lead);
        item.paragraphs.clone_from(paragraphs);
    }
    issue
}

fn words(words: &[(bool, String)]) -> Query {
    let words = words.iter().filter(|(_, word)| !normalise(word).is_empty());
    let terms = words.map(|(negated, word)| Term {
        negated: *negated,
        condition: Condition::Word(word.clone()),
    });
    Query::of(terms.collect())
}

fn fits(item: &Item, term: &Term) -> bool {
    let fits = match &term.condition {
        Condition::Word(word) => holds(item, word),
        Condition::Any(sides) => sides
            .iter()
            .any(|side| side.terms.iter().all(|term| fits(item, term))),
        _ => true,
    };
    fits != term.negated
}

/// The words as sides of which one has to hold; turned round with the first of them.
fn sides(words: &[(bool, String)]) -> Option<Query> {
    let sides = self::words(words).terms.into_iter();
    let sides: Vec<Query> = sides.map(|term| Query::of(vec![term])).collect();
    (sides.len() > 1).then(|| {
        Query::of(vec![Term {
            negated: words[0].0,
            condition: Condition::Any(sides),
        }])
    })
}

/// Whether a word stands in one of an item's texts, without an index.
fn holds(item: &Item, word: &str) -> bool {
    let texts = item.lead.iter().chain(&item.paragraphs);
    let mut texts = std::iter::once(&item.headline).chain(texts);
    texts.any(|text| normalise(text).contains(&normalise(word)))
}

fn found(store: &Store, query: &Query) -> Vec<(u32, u32)> {
    let listing = Listing {
        scope: Scope::Library,
        query: query.clone(),
    };
    let searcher = store.searcher().unwrap();
    let ids = searcher.ids(&listing, usize::MAX >> 1).unwrap();
    let counted: usize = searcher
        .tally(&listing)
        .unwrap()
        .cells
        .iter()
        .map(|cell| cell.count)
        .sum();
    assert_eq!(counted, ids.len());
    assert_eq!(paged(&searcher, &listing), [ids.clone(), ids.clone()]);
    let heads = ids
        .into_iter()
        .map(|id| store.item(id).unwrap().unwrap().head);
    heads
        .map(|head| (head.key.issue.0, head.ordinal.0))
        .collect()
}

/// The rows of a listing as a reader pages through them, two at a time: from its beginning on, and from its end back.
fn paged(searcher: &Searcher, listing: &Listing) -> [Vec<ItemId>; 2] {
    let run = |anchor| {
        let run = searcher.run(listing, anchor, 2).unwrap();
        run.items.iter().map(|head| head.id).collect::<Vec<_>>()
    };
    let mut on = run(Anchor::Top);
    while let Some(last) = on.last() {
        let more = run(Anchor::After(*last));
        if more.is_empty() {
            break;
        }
        on.extend(more);
    }
    let mut back = run(Anchor::End);
    while let Some(first) = back.first() {
        let more = run(Anchor::Before(*first));
        if more.is_empty() {
            break;
        }
        back.splice(..0, more);
    }
    [on, back]
}

fn scanned(issues: &[Issue], query: &Query) -> Vec<(u32, u32)> {
    let mut found = vec![];
    for issue in issues {
        for (_, item) in issue.items() {
            if query.terms.iter().all(|term| fits(item, term)) {
                found.push((issue.number.0, item.ordinal.0));
            }
        }
    }
    found
}

/// Rows of the index, of both tables.
fn rows(store: &Store) -> Vec<usize> {
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}_docsize");
        store
            .connection
            .query_row(&sql, [], |row| row.get::<_, u32>(0))
            .unwrap() as usize
    };
    vec![count("item_pairs"), count("item_chars")]
}

fn item_texts() -> impl Strategy<Value = (String, Option<String>, Vec<String>)> {
    (
        TEXT,
        prop::option::of(TEXT),
        prop::collection::vec(TEXT, 0..3),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_index_finds_what_a_scan_finds(
        first in prop::collection::vec(item_texts(), 1..6),
        second in prop::collection::vec(item_texts(), 1..6),
        asked in prop::collection::vec(prop::collection::vec((any::<bool>(), WORD), 1..4), 1..8),
    ) {
        let mut store = memory();
        let issues = [of_texts(8, &second), of_texts(7, &first)];
        for issue in issues.iter().rev() {
            import(&mut store, issue);
        }
        let queries: Vec<Query> = asked
            .iter()
            .flat_map(|asked| [Some(words(asked)), sides(asked)])
            .flatten()
            .collect();
        for query in &queries {
            prop_assert_eq!(found(&store, query), scanned(&issues, query), "{}", query);
        }
        // As a library of an earlier version: looked through until all of it is in the index.
        store.connection.execute_batch(
            "DELETE FROM item_pairs; DELETE FROM item_chars; UPDATE issue SET indexed = 0",
        ).unwrap();
        let scanned = |store: &Store| queries.iter().map(|query| found(store, query)).collect::<Vec<_>>();
        let all = scanned(&store);
        prop_assert!(store.index_next().unwrap());
        prop_assert_eq!(&scanned(&store), &all);
        prop_assert!(store.index_next().unwrap() && !store.index_next().unwrap());
        prop_assert_eq!(&scanned(&store), &all);
        // One replaced, one taken out.
        import(&mut store, &of_texts(8, &first));
        prop_assert_eq!(rows(&store), vec![first.len() * 2; 2]);
        let newest = store.searcher().unwrap().newest().unwrap().unwrap();
        store.remove(newest).unwrap();
        prop_assert_eq!(rows(&store), vec![first.len(); 2]);
        for query in &queries {
            prop_assert_eq!(found(&store, query), super::index::scanned(&issues[1..], query));
        }
    }
}

#[test]
fn a_word_as_long_as_one_may_be_is_no_trouble() {
    let mut store = memory();
    let long = "新能源".repeat(3_000);
    import(
        &mut store,
        &of_texts(
            7,
            &[
                (long.clone(), None, vec![]),
                ("新能源".to_owned(), None, vec![]),
            ],
        ),
    );
    assert_eq!(found(&store, &words(&[(false, long)])), [(7, 1)]);
    assert_eq!(
        found(&store, &words(&[(false, "新能源".to_owned())])),
        [(7, 1), (7, 2)]
    );
}

#[test]
fn words_are_looked_for_in_the_issues_that_are_asked_for() {
    let mut store = memory();
    for number in 1..=12 {
        let text = if number % 3 == 0 { "风电" } else { "光伏" };
        let item = |n| (format!("{text}{n}"), None, vec![]);
        import(&mut store, &of_texts(number, &[item(1), item(2)]));
    }
    for (query, numbers) in [
        ("-光伏", &[12, 9, 6, 3][..]),
        ("-光伏 issue:2..6", &[6, 3]),
        ("光伏 issue:1,5", &[5, 1]),
        ("光伏 issue:99", &[]),
        ("光伏 -issue:4..", &[2, 1]),
        ("(风电 OR 光伏) issue:last2", &[12, 11]),
        ("issue:..2 OR 风电", &[12, 9, 6, 3, 2, 1]),
    ] {
        let found = found(&store, &query.parse().unwrap());
        let items = numbers
            .iter()
            .flat_map(|number| [(*number, 1), (*number, 2)]);
        assert_eq!(found, items.collect::<Vec<_>>(), "{query}");
    }
}

#[test]
fn an_index_that_lost_the_way_to_its_lists_is_found_out() {
    for fault in [
        "DELETE FROM item_pairs_idx",
        "DELETE FROM item_chars_idx",
        "DELETE FROM item_pairs_docsize",
        "DELETE FROM item_chars_docsize WHERE id = (SELECT max(id) FROM item)",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().to_owned());
        let mut store = Store::open(&place).unwrap();
        // Enough for the lists to be of several pages.
        let words = |n: u32| char::from_u32(0x4e00 + n).unwrap().to_string();
        let items: Vec<_> = (0..400)
            .map(|n| (words(n) + &words(n + 500) + &words(n + 900), None, vec![]))
            .collect();
        import(&mut store, &of_texts(7, &items));
        let unlike = |store: &Store| crate::store::index::unlike(&store.connection).unwrap();
        assert_eq!(unlike(&store), []);
        drop(store);
        // A connection of ours does not let itself be used for that.
        let raw = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
        raw.execute_batch(fault).unwrap();
        drop(raw);
        assert_ne!(unlike(&Store::open(&place).unwrap()), [], "{fault}");
    }
}

#[test]
fn characters_without_a_name_are_not_taken_for_signs() {
    let mut store = memory();
    let item = |text: &str| (text.to_owned(), None, vec![]);
    let items = [item("甲\u{e02d}乙"), item("甲-乙"), item("\u{e0ff}丙")];
    import(&mut store, &of_texts(3, &items));
    for (query, items) in [
        ("\"-乙\"", &[2][..]),
        ("\"\u{e02d}乙\"", &[1]),
        ("\"-\"", &[2]),
        ("\u{e0ff}丙", &[3]),
    ] {
        let found = found(&store, &query.parse().unwrap());
        let numbers: Vec<u32> = found.into_iter().map(|(_, item)| item).collect();
        assert_eq!(numbers, items, "{query}");
    }
}
