//! How fast facts are read: items a second on one core, over the table of cases of the tests.

#![expect(clippy::unwrap_used, reason = "a bench fails as tests do")]

use divan::counter::ItemsCount;
use parkweekly::facts::{self, Around};
use parkweekly::issue::{Facts, Item, ItemOrdinal};
use serde::Deserialize;

fn main() {
    divan::main();
}

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    title: Option<String>,
    headline: String,
    lead: Option<String>,
    #[serde(default)]
    paragraphs: Vec<String>,
    source: Option<String>,
}

/// The cases as items, each with the title of its section.
fn items() -> Vec<(String, Item)> {
    let table: Table = toml::from_str(include_str!("../tests/fixtures/facts/cases.toml")).unwrap();
    let item = |case: Case| Item {
        ordinal: ItemOrdinal(1),
        headline: case.headline,
        contents_headline: None,
        page: None,
        lead: case.lead,
        paragraphs: case.paragraphs,
        source: case.source,
        pictures: vec![],
        facts: Facts::default(),
    };
    let cases = table.case.into_iter().map(|mut case| {
        let title = case.title.take();
        (title.unwrap_or_else(|| "招商引资".to_owned()), item(case))
    });
    cases.collect()
}

/// Items as long as those of the weekly: about 300 characters, made of several cases.
fn long_items() -> Vec<(String, Item)> {
    let cases = items();
    let long = cases.chunks(6).map(|chunk| {
        let (title, mut item) = chunk[0].clone();
        let rest = chunk[1..].iter().map(|(_, item)| item);
        let texts = rest.flat_map(|item| item.lead.iter().chain(&item.paragraphs));
        item.paragraphs.extend(texts.cloned());
        (title, item)
    });
    long.collect()
}

/// Items of 18,000 characters that repeat themselves without an end of a sentence: what takes the square of its length shows here.
fn repetitive_items() -> Vec<(String, Item)> {
    let pieces = [
        "总投资10亿元、",
        "3个、总投资5亿元",
        "12个项目签约开工投产",
        "占地100亩，其中",
        "2月5日前",
        "一百二十亿",
        "在苏州签约项目",
        "发布",
        "“签约",
    ];
    let (title, item) = items().swap_remove(0);
    let long = pieces.map(|piece| {
        let text = piece.repeat(18_000 / piece.chars().count());
        let item = Item {
            lead: None,
            paragraphs: vec![text],
            ..item.clone()
        };
        (title.clone(), item)
    });
    long.into()
}

fn read(items: &[(String, Item)]) -> usize {
    let around = |title| Around {
        section: title,
        year: Some(2023),
        month: Some(1),
        is_headline_foreign: false,
    };
    let stated = items
        .iter()
        .map(|(title, item)| facts::read(item, &around(title)));
    stated.map(|facts| facts.read.len()).sum()
}

#[divan::bench]
fn short(bencher: divan::Bencher<'_, '_>) {
    let items = items();
    let count = ItemsCount::new(items.len());
    bencher.counter(count).bench_local(|| read(&items));
}

#[divan::bench]
fn as_long_as_the_weekly(bencher: divan::Bencher<'_, '_>) {
    let items = long_items();
    let count = ItemsCount::new(items.len());
    bencher.counter(count).bench_local(|| read(&items));
}

#[divan::bench]
fn repetitive(bencher: divan::Bencher<'_, '_>) {
    let items = repetitive_items();
    let count = ItemsCount::new(items.len());
    bencher.counter(count).bench_local(|| read(&items));
}
