//! What items state, in the reader: under the headline, underlined in the text, in columns beside the headlines.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, fixture};
use parkweekly::app::issues::READING_VERSION;
use parkweekly::config::Language;
use parkweekly::issue::{Fact, Facts, Item, Passage, Stage, TextField};
use parkweekly::parse::{Hints, parse};
use parkweekly::query::{Choice, Facet, Query};
use parkweekly::source::read;
use parkweekly::store::{Anchor, Kept, Listing, Place, Scope, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::panes::filter::{Row, rows};
use parkweekly::tui::state::{Focus, Pane};

/// The sizes at which every screen is looked at.
const SIZES: [(u16, u16); 4] = [(200, 60), (120, 40), (80, 24), (40, 12)];

/// What an item states: place, amount, projects, land, day of February and stage; empty and 0 where it does not.
struct Stated {
    place: [&'static str; 2],
    amount: (f64, &'static str),
    projects: u32,
    land: f64,
    day: i8,
    stage: Stage,
    industries: &'static [&'static str],
    read: &'static [(Fact, TextField, &'static str)],
}

const NOTHING: Stated = Stated {
    place: ["", ""],
    amount: (0.0, ""),
    projects: 0,
    land: 0.0,
    day: 0,
    stage: Stage::Other,
    industries: &[],
    read: &[],
};

/// Of the first items of the issue.
const STATED: [Stated; 5] = [
    Stated {
        place: ["江苏", "常州"],
        amount: (156.5, "亿元"),
        projects: 12,
        land: 1260.0,
        day: 5,
        stage: Stage::Started,
        industries: &["新能源"],
        read: &[
            (Fact::City, TextField::Headline, "常州"),
            (Fact::TotalInvestment, TextField::Headline, "156.5 亿元"),
            (Fact::Projects, TextField::Lead, "12个"),
            (Fact::Date, TextField::Lead, "2月5日"),
            (Fact::AreaMu, TextField::Paragraph(0), "1260亩"),
            (Fact::Province, TextField::Source, "江苏省"),
        ],
    },
    Stated {
        place: ["湖南", "长沙"],
        amount: (60.0, "亿元"),
        land: 420.0,
        day: 6,
        stage: Stage::Signed,
        ..NOTHING
    },
    Stated {
        place: ["江苏", "苏州"],
        stage: Stage::Signed,
        ..NOTHING
    },
    NOTHING,
    Stated {
        place: ["江苏", "无锡"],
        amount: (8.2, "亿美元"),
        day: 8,
        stage: Stage::FoundationStone,
        ..NOTHING
    },
];

fn facts(stated: &Stated, item: &Item) -> Facts {
    let name = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    let mut facts = Facts {
        date: (stated.day > 0).then(|| jiff::civil::date(2024, 2, stated.day)),
        province: name(stated.place[0]),
        city: name(stated.place[1]),
        total_investment: stated.amount.1.parse().ok().map(|unit| {
            let value = stated.amount.0;
            parkweekly::issue::Money { value, unit }
        }),
        projects: (stated.projects > 0).then_some(stated.projects),
        area_mu: (stated.land > 0.0).then_some(stated.land),
        stage: Some(stated.stage),
        industries: stated
            .industries
            .iter()
            .copied()
            .map(str::to_owned)
            .collect(),
        ..Facts::default()
    };
    for (fact, field, words) in stated.read {
        let text = match field {
            TextField::Headline => Some(&item.headline),
            TextField::Lead => item.lead.as_ref(),
            TextField::Paragraph(n) => item.paragraphs.get(*n as usize),
            TextField::Source => item.source.as_ref(),
            TextField::Section => None,
        };
        // Other items that are said to state the same have other words.
        let Some(before) = text.and_then(|text| text.split_once(words)) else {
            continue;
        };
        let before = before.0;
        let from = u32::try_from(before.chars().count()).unwrap();
        let to = from + u32::try_from(words.chars().count()).unwrap();
        let field = *field;
        facts
            .read
            .entry(*fact)
            .or_default()
            .push(Passage { field, from, to });
    }
    facts
}

/// A library of an issue whose first items state this.
fn stating() -> Store {
    let mut store = Store::open(&Place::Memory).unwrap();
    add(&mut store, 7, |n| STATED.get(n));
    store
}

/// A library of so many issues whose items state amounts, or nothing.
fn many(issues: u32) -> Store {
    let mut store = Store::open(&Place::Memory).unwrap();
    for number in 1..=issues {
        add(&mut store, number, |n| {
            let which = (n + number as usize) % (STATED.len() + 1);
            STATED.get(which)
        });
    }
    store
}

/// Imports the fixture under another number, with items that state this.
fn add(store: &mut Store, number: u32, stated: impl Fn(usize) -> Option<&'static Stated>) {
    let document = read(&fixture("weekly-007.txt")).unwrap();
    let mut issue = parse(&document.pages, &Hints::default()).unwrap().remove(0);
    issue.number.0 = number;
    let items = issue
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.items);
    for (n, item) in items.enumerate() {
        if let Some(stated) = stated(n) {
            item.facts = facts(stated, item);
        }
    }
    let kept = Kept {
        path: "weekly-007.txt",
        sha256: &format!("{}{number}", document.sha256),
        parser: READING_VERSION,
        pages: &document.pages,
    };
    store.import(&issue, &kept).unwrap();
}

fn reader(width: u16, height: u16) -> Reader {
    Reader::with(
        width,
        height,
        Language::Chinese,
        Ambiguous::Narrow,
        stating(),
    )
}

/// A snapshot of the frame after `script` at each of [`SIZES`].
fn frames(name: &str, script: &str) {
    for (width, height) in SIZES {
        let mut reader = reader(width, height);
        reader.keys(script);
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), reader.frame());
    }
}

#[test]
fn what_an_item_states_stands_under_its_headline() {
    frames("facts", "enter");
}

#[test]
fn the_words_it_was_read_from_are_underlined() {
    frames("fact-words", "enter i");
}

#[test]
fn the_contents_have_the_screen_for_their_columns() {
    frames("columns", "w");
}

#[test]
fn english_and_a_wide_terminal() {
    let mut reader = Reader::with(80, 24, Language::English, Ambiguous::Wide, stating());
    reader.keys("enter i");
    insta::assert_snapshot!("fact-words-english-wide-80x24", reader.frame());
    reader.keys("w");
    insta::assert_snapshot!("columns-english-wide-80x24", reader.frame());
}

#[test]
fn words_stay_underlined_from_item_to_item_until_the_key_comes_again() {
    let mut reader = reader(80, 24);
    reader.keys("ｉ");
    reader.shows("再按 i 去掉");
    assert!(reader.state.underlined);
    reader.keys("J J J");
    assert!(reader.state.underlined);
    reader.keys("i");
    reader.shows("下划线已去掉");
    reader.keys("i");
    reader.shows("没有从文字里读出要素");
    assert!(reader.state.underlined, "the next item may state something");
}

#[test]
fn the_wide_contents_give_way_to_what_is_opened_and_come_back() {
    let mut reader = reader(120, 40);
    reader.keys("w j");
    assert_eq!(reader.state.regions().body, None);
    reader.shows("420 亩 签约        02-06");
    reader.shows("筛选");
    reader.keys("enter");
    assert!(reader.state.regions().body.is_some());
    assert_eq!(reader.state.focus, Focus::On(Pane::Body));
    reader.shows("湖南·长沙  60亿元  420 亩  签约  2024-02-06");
    reader.keys("esc");
    assert_eq!(reader.state.regions().body, None);
    reader.keys("w");
    assert!(reader.state.regions().body.is_some());
    // From the body and from the text alone too.
    reader.keys("enter w");
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
    assert_eq!(reader.state.regions().body, None);
    reader.keys("z");
    assert_eq!(reader.state.regions().contents, None);
    reader.keys("w");
    assert_eq!(reader.state.regions().body, None);
    // Where there is one pane at a time it is as wide as it can be.
    reader.resize(60, 20);
    reader.keys("w");
    reader.shows("已经铺满");
    reader.keys("enter w");
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
    assert_eq!(reader.state.alone, Some(Pane::Contents));
}

#[test]
fn columns_stay_where_they_are_while_one_goes_through_the_list() {
    let mut reader = reader(80, 24);
    reader.keys("w");
    let column = |reader: &Reader| {
        let screen = reader.screen();
        let line = screen
            .lines()
            .find(|line| line.contains("8.2亿美元"))
            .unwrap();
        let before = &line[..line.find("8.2亿美元").unwrap()];
        parkweekly::text::WidthPolicy::default().width(before)
    };
    let at = column(&reader);
    reader.resize(80, 6);
    reader.keys("j j j j");
    assert_eq!(column(&reader), at);
    reader.keys("b j j k");
    assert_eq!(column(&reader), at);
}

/// The selected item's headline, from its beginning.
fn selected(reader: &Reader) -> String {
    let open = reader.open_now();
    open.selected().unwrap().headline.chars().take(4).collect()
}

/// Which of the listed items is selected.
fn at(reader: &Reader) -> usize {
    reader.open_now().contents.selected_item().unwrap()
}

/// The headlines of what is listed, from their beginnings.
fn listed(reader: &Reader) -> Vec<String> {
    let items = &reader.open_now().contents.items;
    let headline = |item: &parkweekly::issue::ItemHead| item.headline.chars().take(4).collect();
    items.iter().map(headline).collect()
}

#[test]
fn a_list_is_sorted_by_what_items_state() {
    frames("sorted", "j S a");
}

#[test]
fn the_library_is_sorted_without_headings_and_says_the_issue_of_each() {
    for (width, height) in SIZES {
        let mut reader = Reader::with(width, height, Language::Chinese, Ambiguous::Narrow, many(3));
        reader.keys("a S a g g");
        insta::assert_snapshot!(format!("sorted-library-{width}x{height}"), reader.frame());
    }
}

#[test]
fn the_same_key_turns_the_order_round_and_others_lead_back() {
    let mut reader = reader(120, 40);
    let printed = listed(&reader);
    reader.keys("J");
    let here = selected(&reader);
    reader.keys("S a");
    reader.shows("投资从多到少");
    let sorted = listed(&reader);
    // Dollars count by the rate, and what states no amount comes last, as printed.
    assert_eq!(sorted[..4], ["常州高新", "总投资 ", "总投资 ", "昆山经开"]);
    assert_eq!(at(&reader), 0);
    reader.keys("S a");
    reader.shows("投资从少到多");
    let turned = listed(&reader);
    assert_eq!(turned[2], sorted[0]);
    assert_eq!(turned[3..], sorted[3..]);
    assert_eq!(at(&reader), 0);
    reader.keys("S p");
    reader.shows("按地区");
    assert_eq!(listed(&reader)[3], "总投资 ", "湖南 comes behind 江苏");
    for (key, word) in [
        ("S d", "日期从新到旧"),
        ("S m", "用地从多到少"),
        ("S n", "项目从多到少"),
    ] {
        reader.keys(key);
        reader.shows(word);
        assert_eq!(at(&reader), 0);
    }
    reader.keys("x");
    assert_eq!(listed(&reader), printed);
    assert_eq!(selected(&reader), here, "where one was before all of that");
    reader.shows("招商引资");
    reader.keys("S d S S");
    assert_eq!(listed(&reader), printed);
    reader.keys("S S");
    reader.shows("已是刊物的顺序");
    // The filter goes first, the order after it.
    reader.keys("S a f");
    reader.types("项目").keys("enter");
    assert_eq!(listed(&reader)[0], "常州高新");
    reader.shows("投资从多到少");
    reader.keys("x");
    assert_eq!(listed(&reader), sorted);
    reader.keys("x");
    assert_eq!(listed(&reader), printed);
}

#[test]
fn a_sorted_list_begins_at_its_top_and_the_printed_order_where_one_was() {
    for (width, height) in SIZES {
        let mut reader = Reader::with(
            width,
            height,
            Language::Chinese,
            Ambiguous::Narrow,
            many(60),
        );
        reader.keys("a j j j j j j j j enter");
        let here = reader.open_now().selected().unwrap().id;
        // From the body, too, and from the body alone.
        for keys in ["S m", "enter S m", "enter z S a"] {
            reader.keys(keys);
            assert_eq!(reader.state.focus, Focus::On(Pane::Contents), "{keys}");
            assert!(reader.state.regions().contents.is_some());
            let contents = &reader.open_now().contents;
            assert!(contents.begins);
            assert_eq!((at(&reader), contents.cursor.offset), (0, 0), "{keys}");
            reader.shows("1/840");
        }
        reader.keys("S S");
        assert_eq!(reader.open_now().selected().unwrap().id, here);
        // Who has gone on in the sorted list stays there.
        reader.keys("S a j j");
        let there = reader.open_now().selected().unwrap().id;
        reader.keys("S S");
        assert_eq!(reader.open_now().selected().unwrap().id, there);
        reader.keys("S a");
        let first = reader.open_now().selected().unwrap().id;
        assert_ne!(first, there);
        reader.keys("<");
        assert_eq!(reader.open_now().selected().unwrap().id, there);
        reader.keys(">");
        assert_eq!(reader.open_now().selected().unwrap().id, first);
        // What is not in the issue at hand is no place to come back to.
        reader.keys("g g a x");
        let open = reader.open_now();
        let item = open.selected().unwrap().id;
        assert_eq!(
            open.listing.scope,
            Scope::Issue(parkweekly::store::issue_of(item))
        );
    }
}

#[test]
fn the_title_of_a_sorted_list_has_room_for_its_filter() {
    for (width, height, title) in [
        (200, 60, "目录 · 投资从多到少 · amount:>=8亿"),
        (120, 40, "目录 · 投资从多到少 · amount:>=8亿"),
        (80, 24, "投资 ↓ · amount:>=8亿"),
        (40, 12, "投资 ↓ · amount:>=8亿"),
    ] {
        let mut reader = reader(width, height);
        reader.keys("S a f");
        reader.types("金额:>=8亿").keys("enter");
        reader.shows(title);
    }
}

#[test]
fn the_year_stands_in_a_list_of_several() {
    let mut store = stating();
    common::import_as(&mut store, "weekly-007.txt", |text| {
        text.replace("2024年2月2期（总7期）", "2023年12月1期（总5期）")
    });
    let mut reader = Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store);
    reader.keys("w");
    reader.shows(" 02-05");
    assert!(!reader.screen().contains("2024-02-05  "));
    reader.keys("a");
    reader.shows(" 2024-02-05");
    reader.keys("S d");
    reader.shows(" 2024-02-08");
}

#[test]
fn one_reads_on_in_the_order_of_the_list() {
    let mut reader = reader(80, 24);
    reader.keys("S a g g enter");
    assert_eq!(selected(&reader), "常州高新");
    reader.keys("J");
    assert_eq!(selected(&reader), "总投资 ");
    reader.keys("r h g u");
    assert_eq!(reader.open_now().contents.selected_item(), Some(2));
    reader.keys("b g g g b");
    assert_eq!(reader.open_now().contents.selected_item(), Some(2));
    reader.keys("} {");
    reader.shows("不分栏目");
    reader.keys("ctrl-p");
    reader.types("厦门").keys("enter");
    reader.shows("2024 年全国开发区");
    assert!(reader.open_now().contents.is_sorted());
    reader.keys("<");
    assert_eq!(reader.open_now().contents.selected_item(), Some(2));
}

#[test]
fn a_sorted_library_is_read_run_by_run_from_either_end() {
    let mut reader = Reader::with(80, 24, Language::Chinese, Ambiguous::Narrow, many(60));
    reader.keys("a S a g g");
    let amount = |reader: &Reader| {
        let facts = &reader.open_now().selected().unwrap().facts;
        facts
            .total_investment
            .and_then(parkweekly::facts::rates::in_yi)
    };
    let all = 60 * 14;
    let mut seen = std::collections::BTreeSet::new();
    let mut before = Some(f64::MAX);
    for _ in 0..all {
        let now = amount(&reader);
        assert!(now <= before, "{now:?} behind {before:?}");
        before = now;
        assert!(seen.insert(reader.open_now().selected().unwrap().id.0));
        reader.keys("j");
    }
    assert_eq!(seen.len(), all);
    reader.shows("840/840");
    reader.shows("最后一条");
    reader.keys("g g G");
    assert_eq!(amount(&reader), None);
    for _ in 1..all {
        reader.keys("k");
        assert!(amount(&reader) >= before);
        before = amount(&reader);
    }
    reader.shows("1/840");
    // Other issues come with `]` only where they are headings.
    reader.keys("]");
    reader.shows("不分栏目和期");
}

#[test]
fn what_items_state_has_switches_in_the_filter() {
    for (width, height) in SIZES {
        let store = many(3);
        let mut reader = Reader::with(width, height, Language::Chinese, Ambiguous::Narrow, store);
        reader.keys("a f down G");
        insta::assert_snapshot!(format!("facets-{width}x{height}"), reader.frame());
    }
}

/// Goes to the row of the filter that is this one.
fn go_to_row(reader: &mut Reader, is_wanted: impl Fn(&Reader, Row) -> bool) {
    for row in rows(&reader.state) {
        if row.acts() && is_wanted(reader, row) {
            reader.keys("f down g g");
            while rows(&reader.state)[reader.state.filter.cursor.selected] != row {
                reader.keys("j");
            }
            return;
        }
    }
    panic!("no such row in\n{}", reader.screen());
}

/// Goes to the switch of a value; how many items it is said to leave.
fn go_to_value(reader: &mut Reader, name: &str) -> usize {
    let value = |reader: &Reader, row| match row {
        Row::Value(facet, n) => reader.open_now().groups.value(facet, n).cloned(),
        _ => None,
    };
    go_to_row(reader, |reader, row| {
        value(reader, row).is_some_and(|value| value.name == name)
    });
    let row = rows(&reader.state)[reader.state.filter.cursor.selected];
    value(reader, row).unwrap().count
}

#[test]
fn a_switch_leaves_as_many_as_it_says_and_cities_come_with_their_province() {
    let store = many(4);
    let mut reader = Reader::with(120, 60, Language::Chinese, Ambiguous::Narrow, store);
    reader.keys("a");
    let listed = |reader: &Reader| reader.open_now().contents.items.len();
    assert!(!reader.screen().contains("城市"));
    let jiangsu = go_to_value(&mut reader, "江苏");
    reader.keys("space");
    assert_eq!(reader.query(), "province:江苏");
    assert_eq!(listed(&reader), jiangsu);
    reader.shows("城市");
    assert!(
        !reader.screen().contains("长沙"),
        "a city of another province"
    );
    let wuxi = go_to_value(&mut reader, "无锡");
    reader.keys("enter");
    assert_eq!(reader.query(), "province:江苏 city:无锡");
    assert_eq!(listed(&reader), wuxi);
    let other = go_to_value(&mut reader, "奠基");
    assert_eq!(other, wuxi);
    reader.keys("x");
    assert_eq!(reader.query(), "");
    let policies = go_to_value(&mut reader, "签约");
    reader.keys("space");
    assert_eq!(
        (reader.query(), listed(&reader)),
        ("stage:签约".to_owned(), policies)
    );
    // What was counted under a mark is counted again when the mark is another.
    reader.keys("f").types("is:unread").keys("enter");
    let before = go_to_value(&mut reader, "湖南");
    reader.keys("esc g g r");
    let read = reader.open_now().contents.items[0].facts.province.clone();
    assert_eq!(read.as_deref(), Some("湖南"));
    assert_eq!(go_to_value(&mut reader, "湖南"), before - 1);
}

#[test]
fn of_many_values_the_frequent_are_shown_until_the_rest_is_asked_for() {
    let mut store = Store::open(&Place::Memory).unwrap();
    let document = read(&fixture("weekly-007.txt")).unwrap();
    let mut issue = parse(&document.pages, &Hints::default()).unwrap().remove(0);
    let provinces = [
        "江苏", "浙江", "山东", "河南", "四川", "湖北", "湖南", "江苏",
    ];
    let items = issue
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.items);
    for (item, province) in items.zip(provinces) {
        item.facts.province = Some(province.to_owned());
    }
    let kept = Kept {
        path: "weekly-007.txt",
        sha256: &document.sha256,
        parser: READING_VERSION,
        pages: &document.pages,
    };
    store.import(&issue, &kept).unwrap();
    let mut reader = Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store);
    reader.shows("还有 2 个");
    // The others are as frequent as each other, and stand in the order of the codes.
    assert!(!reader.screen().contains("[ ] 四川"));
    assert_eq!(go_to_value(&mut reader, "江苏"), 2);
    go_to_row(&mut reader, |_, row| matches!(row, Row::More(..)));
    reader.keys("enter");
    reader.shows("[ ] 四川");
    reader.shows("只列常见的");
    go_to_value(&mut reader, "四川");
    reader.keys("space");
    go_to_row(&mut reader, |_, row| matches!(row, Row::More(..)));
    reader.keys("enter");
    // What is switched on can be switched off.
    reader.shows("[x] 四川");
    reader.shows("还有 1 个");
}

#[test]
fn facets_count_what_a_search_finds() {
    let store = many(5);
    let searcher = store.searcher().unwrap();
    let listing = |query: &Query| Listing {
        scope: Scope::Library,
        query: query.clone(),
    };
    for text in [
        "",
        "项目",
        "province:江苏",
        "province:江苏省,湖南 stage:签约",
        "-province:江苏 industry:新能源",
        "city:无锡 -stage:签约 section:招商",
        "amount:>=100亿",
        "has:province issue:2..3",
    ] {
        let query: Query = text.parse().unwrap();
        let facets = searcher.facets(&listing(&query)).unwrap();
        for facet in Facet::ALL.into_iter().filter(|facet| facet.is_stated()) {
            for (value, count) in facets.counts(&query, facet) {
                let mut alone = query.without_wanted(facet);
                alone.switch(&Choice::named(facet, &value));
                let found = searcher.run(&listing(&alone), Anchor::Top, 1000).unwrap();
                assert_eq!(count, found.items.len(), "{text}: {alone}");
            }
        }
    }
}
