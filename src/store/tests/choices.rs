//! Counts by issue, publication, source and tag: what a search for each value finds.

use super::listing::{TERMS, library};
use super::*;
use crate::query::{Choices, Facet, Query};
use crate::store::{Anchor, Listing, Scope, Searcher};
use crate::text::normalise;
use proptest::prelude::*;

/// The library with an issue of another publication, which has a number that the first one has, too.
fn with_another() -> Store {
    let mut store = library();
    let mut other = issue(8, &[("政策法规", &["新能源办法印发", "人才公寓开工"])]);
    other.publication = "另一种周刊".to_owned();
    other.month = Some(9);
    import(&mut store, &other);
    store
}

fn found(searcher: &Searcher, query: &Query) -> usize {
    let query = query.clone();
    let scope = Scope::Library;
    let listing = Listing { scope, query };
    searcher
        .run(&listing, Anchor::Top, 1000)
        .unwrap()
        .items
        .len()
}

fn choices(searcher: &Searcher, query: &Query) -> Choices {
    let query = query.clone();
    let scope = Scope::Library;
    searcher.choices(&Listing { scope, query }).unwrap()
}

const LISTED: [Facet; 4] = [Facet::Issue, Facet::Publication, Facet::Source, Facet::Tag];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn each_count_is_what_a_search_for_the_value_alone_finds(picked in proptest::collection::vec(proptest::sample::select(TERMS), 0..4)) {
        let store = with_another();
        let searcher = store.searcher().unwrap();
        let query: Query = picked.join(" ").parse().unwrap();
        let choices = choices(&searcher, &query);
        for facet in LISTED {
            let counts = choices.counts(&query, facet);
            prop_assert!(counts.is_sorted_by_key(|counted| std::cmp::Reverse(counted.count)));
            for counted in &counts {
                let mut alone = query.without_wanted(facet);
                alone.switch(&counted.choice(facet));
                prop_assert_eq!(found(&searcher, &alone), counted.count, "{}", alone);
                // Switched, it is on or off; switched again, as it was.
                let mut switched = query.clone();
                let was_on = query.is_on(&counted.choice(facet));
                switched.switch(&counted.choice(facet));
                prop_assert_eq!(switched.is_on(&counted.choice(facet)), !was_on, "{}", switched);
                switched.switch(&counted.choice(facet));
                prop_assert_eq!(switched.is_on(&counted.choice(facet)), was_on, "{}", switched);
            }
            // None is left out that would leave something.
            let all = self::choices(&searcher, &Query::default()).counts(&Query::default(), facet);
            for counted in all {
                let mut alone = query.without_wanted(facet);
                alone.switch(&counted.choice(facet));
                // A tag that is shut out is not offered.
                let shut: Query = format!("{} tag:{}", query.without_wanted(facet), counted.name).parse().unwrap();
                let is_shut = facet == Facet::Tag && found(&searcher, &shut) == 0;
                let is_listed = counts.iter().any(|one| normalise(&one.name) == normalise(&counted.name));
                prop_assert!(is_listed || is_shut || found(&searcher, &alone) == 0, "{} {:?} {}", query, facet, counted.name);
            }
        }
    }
}

#[test]
fn in_one_issue_there_are_no_others_to_switch() {
    let store = with_another();
    let searcher = store.searcher().unwrap();
    let newest = searcher.newest().unwrap().unwrap();
    let listing = Listing {
        scope: Scope::Issue(newest),
        query: Query::default(),
    };
    let choices = searcher.choices(&listing).unwrap();
    assert!(choices.issues.is_empty());
    assert!(!choices.tags.is_empty());
    for (tag, count) in &choices.tags {
        let listing = Listing {
            query: format!("tag:{tag}").parse().unwrap(),
            ..listing
        };
        let run = searcher.run(&listing, Anchor::Top, 1000).unwrap();
        assert_eq!(run.items.len(), *count, "{tag}");
    }
    let in_sources: usize = choices.sources.iter().map(|(_, count)| count).sum();
    assert!(in_sources > 0 && in_sources <= 5, "{:?}", choices.sources);
}

#[test]
fn sources_that_fold_alike_are_one_and_tags_are_as_they_were_typed_first() {
    let store = library();
    let searcher = store.searcher().unwrap();
    let choices = choices(&searcher, &Query::default());
    let mut names: Vec<String> = choices
        .sources
        .iter()
        .map(|(name, _)| normalise(name))
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["某省报", "某网", "试验省报"]);
    let tags: Vec<&str> = choices.tags.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(tags, ["ai", "跟踪", "重点"]);
}

#[test]
fn what_shuts_out_one_issue_of_a_number_leaves_the_other() {
    let store = with_another();
    let searcher = store.searcher().unwrap();
    // Of the two issues of number 8 one is of August, the other of September.
    for text in [
        "-issue:2023-08",
        "issue:8 -issue:2023-08",
        "-issue:7,2023-08",
    ] {
        let query: Query = text.parse().unwrap();
        let counts = choices(&searcher, &query).counts(&query, Facet::Issue);
        let eight = counts.iter().find(|counted| counted.name == "8").unwrap();
        assert_eq!(eight.count, 2, "{text}");
        assert_eq!(
            query.is_on(&eight.choice(Facet::Issue)),
            text.starts_with("issue")
        );
    }
    // What is spelled out beside a part that shuts it out, too, cannot be let in.
    let query: Query = "-publication:试验,=试验周报".parse().unwrap();
    let counts = choices(&searcher, &query).counts(&query, Facet::Publication);
    let names: Vec<&str> = counts.iter().map(|counted| counted.name.as_str()).collect();
    assert_eq!(names, ["另一种周刊"]);
}
