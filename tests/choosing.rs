//! Switches of the filter that are found by typing, and those for issue, publication, source, tag and note.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, fill_with, import_as, large_library, library};
use parkweekly::config::Language;
use parkweekly::facts::read_all;
use parkweekly::query::Facet;
use parkweekly::store::{Place, Scope, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::panes::filter::{Row, rows};

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];
const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (40, 12), (20, 6)];

fn reader(store: Store) -> Reader {
    Reader::with(120, 60, Language::Chinese, Ambiguous::Narrow, store)
}

/// The switches that the pane shows of a facet: name, count, whether it is on.
fn switches(reader: &Reader, facet: Facet) -> Vec<(String, usize, bool)> {
    let open = reader.open_now();
    let shown = rows(&reader.state).into_iter();
    shown
        .filter_map(|row| match row {
            Row::Value(of, n) if of == facet => {
                let value = open.groups.value(of, n)?;
                let is_on = open.listing.query.is_on(&value.choice(of));
                Some((value.name.clone(), value.count, is_on))
            }
            _ => None,
        })
        .collect()
}

fn names(reader: &Reader, facet: Facet) -> Vec<String> {
    let switches = switches(reader, facet).into_iter();
    switches.map(|(name, ..)| name).collect()
}

#[test]
fn what_is_typed_narrows_the_switches_and_enter_switches_the_best() {
    for (n, (width, height)) in SIZES.into_iter().enumerate() {
        let language = Language::ALL[n % 2];
        let mut reader = Reader::with(width, height, language, Ambiguous::Narrow, library(TWO));
        reader.keys("a v").types("zcfg");
        insta::assert_snapshot!(format!("typed-{width}x{height}"), reader.frame());
        reader.keys("enter");
        assert_eq!(reader.query(), "section:政策法规");
        // What was typed is gone, and another can be typed.
        reader.types("zonghe").keys("enter");
        assert_eq!(reader.query(), "section:综合资讯,政策法规");
        reader.types("政策").keys("enter enter");
        assert_eq!(reader.query(), "section:综合资讯");
        assert!(
            reader.state.filter.editing.is_none(),
            "the list is what it was for"
        );
    }
}

#[test]
fn one_of_several_that_match_is_gone_to_and_esc_shows_all_again() {
    let mut reader = reader(library(TWO));
    reader.keys("v").types("只看");
    let shown = rows(&reader.state);
    assert!(!shown.contains(&Row::Sections) && shown.contains(&Row::Noted));
    reader.keys("down down space");
    assert_eq!(reader.query(), "is:read");
    reader.shows("没有条目");
    // Still narrowed, so that others of them can be switched.
    assert_eq!(rows(&reader.state), shown);
    reader.keys("esc");
    assert!(rows(&reader.state).contains(&Row::Sections));
    assert_eq!(reader.query(), "is:read");
    reader.keys("x v").types("没有这样的");
    reader.shows("没有这样的选项");
    assert!(!reader.screen().contains("看结果"));
    reader.keys("enter");
    assert_eq!(reader.query(), "");
    reader.keys("esc");
    assert!(reader.state.filter.editing.is_some());
    reader.keys("esc esc");
    assert!(reader.state.filter.editing.is_none());
}

#[test]
fn a_switch_is_found_by_what_it_is_called_in_queries() {
    let mut store = Store::open(&Place::Memory).unwrap();
    fill_with(&mut store, 3, read_all);
    let mut reader = reader(store);
    for (typed, query) in [
        ("unread", "is:unread"),
        ("signed", "is:unread stage:签约"),
        ("new-energy", "is:unread stage:签约 industry:新能源"),
    ] {
        reader.keys("esc esc v").types(typed).keys("enter");
        assert_eq!(reader.query(), query);
    }
}

#[test]
fn an_order_that_is_typed_begins_with_what_is_first() {
    let mut reader = reader(library(TWO));
    reader.keys("J J J f").types("sort:area");
    let open = reader.open_now();
    assert_eq!(open.contents.selected_item(), Some(0));
    assert!(open.contents.begins);
    // Further words leave one where one is.
    reader.types(" 项目").keys("enter");
    assert_eq!(reader.query(), "项目 sort:area");
}

#[test]
fn the_status_bar_counts_what_is_listed() {
    let mut reader = reader(library(TWO));
    let status = |reader: &Reader| reader.screen().lines().last().unwrap().to_owned();
    reader.keys("a b f").types("is:read").keys("enter");
    assert_eq!(reader.listed().len(), 0);
    assert!(!status(&reader).contains("未读"), "{}", status(&reader));
    reader.keys("x f").types("-is:bookmarked").keys("enter");
    assert!(!status(&reader).contains('★'), "{}", status(&reader));
    reader.keys("x");
    assert!(status(&reader).contains("★ 1"), "{}", status(&reader));
}

#[test]
fn hanzi_that_come_from_an_input_method_find_a_switch_too() {
    let mut reader = reader(library(TWO));
    reader.keys("f down G").types("综");
    assert_eq!(reader.state.filter.lookup.typed, "综");
    reader.keys("enter");
    assert_eq!(reader.query(), "section:综合资讯");
    // On the row of a field they are typed into it.
    reader.keys("esc x f down g g").types("项目");
    assert_eq!(reader.query(), "项目");
}

#[test]
fn issues_are_switched_in_the_library_and_what_is_typed_shows() {
    let mut reader = reader(large_library(9));
    assert!(names(&reader, Facet::Issue).is_empty(), "one issue alone");
    reader.keys("a");
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    // All as frequent: the newest first.
    let shown = switches(&reader, Facet::Issue);
    assert_eq!(shown.len(), 5);
    assert!(shown[0].0.starts_with("9 ("), "{shown:?}");
    let each = shown[0].1;
    reader.keys("f down down enter").types("issue:3..6");
    assert_eq!(reader.query(), "issue:3..6");
    reader.keys("esc");
    let is_on = |reader: &Reader| -> Vec<bool> {
        let shown = switches(reader, Facet::Issue);
        shown.into_iter().map(|(_, _, is_on)| is_on).collect()
    };
    reader.keys("f down");
    let on = is_on(&reader);
    assert_eq!(on.iter().filter(|on| **on).count(), 4, "{on:?}");
    reader.keys("v").types("5 (").keys("enter");
    assert_eq!(reader.query(), "issue:3..6 -issue:5");
    assert_eq!(reader.open_now().contents.total, Some(3 * each));
    reader.types("5 (").keys("enter");
    assert_eq!(reader.query(), "issue:3..6");
    reader.types("8 (").keys("enter");
    assert_eq!(reader.query(), "issue:3..6,8");
    assert_eq!(reader.open_now().contents.total, Some(5 * each));
}

#[test]
fn publications_have_switches_where_there_are_several() {
    let mut store = library(TWO);
    let mut reader_of_one =
        Reader::with(120, 60, Language::Chinese, Ambiguous::Narrow, library(TWO));
    reader_of_one.keys("a");
    assert!(names(&reader_of_one, Facet::Publication).is_empty());
    let other = |text: String| text.replace("园区周报", "港口周报");
    for name in TWO {
        import_as(&mut store, name, other);
    }
    let mut reader = reader(store);
    reader.keys("a");
    let shown = switches(&reader, Facet::Publication);
    assert_eq!(shown.len(), 2, "{}", reader.screen());
    reader.keys("v").types("gkzb").keys("enter enter");
    assert_eq!(reader.query(), "publication:=港口周报");
    // The same numbers in both: what the switch leaves is of one.
    let issues = switches(&reader, Facet::Issue);
    assert_eq!(
        issues.iter().map(|(_, count, _)| count).sum::<usize>(),
        reader.listed().len()
    );
}

#[test]
fn a_source_is_switched_whole() {
    let mut reader = reader(library(TWO));
    reader.keys("a");
    let shown = switches(&reader, Facet::Source);
    let (name, count, _) = shown[0].clone();
    reader.keys("v").types(&name).keys("enter enter");
    assert_eq!(reader.query(), format!("source:={name}"));
    assert_eq!(reader.listed().len(), count);
    assert_eq!(switches(&reader, Facet::Source)[0], (name, count, true));
}

#[test]
fn tags_and_notes_are_counted_again_when_they_change() {
    let mut reader = reader(library(TWO));
    assert!(names(&reader, Facet::Tag).is_empty());
    reader
        .keys("t")
        .types("跟踪")
        .keys("enter esc J t")
        .types("跟踪")
        .keys("enter esc");
    assert_eq!(
        switches(&reader, Facet::Tag),
        [("跟踪".to_owned(), 2, false)]
    );
    reader.keys("v").types("gz").keys("enter esc");
    assert_eq!(reader.query(), "tag:跟踪");
    assert_eq!(reader.listed().len(), 2);
    reader.keys("x u");
    assert_eq!(
        switches(&reader, Facet::Tag),
        [("跟踪".to_owned(), 1, false)]
    );
    let noted = |reader: &Reader| {
        let open = reader.open_now();
        open.tally.as_ref().unwrap().noted(&open.listing.query)
    };
    assert_eq!(noted(&reader), 0);
    reader.keys("esc e").types("记下").keys("esc");
    assert_eq!(noted(&reader), 1);
    reader.keys("v").types("笔记").keys("enter enter");
    assert_eq!(reader.query(), "has:note");
    assert_eq!(reader.listed().len(), 1);
}

#[test]
fn an_empty_library_has_nothing_to_switch() {
    let store = Store::open(&Place::Memory).unwrap();
    let mut reader = reader(store);
    reader.keys("v").types("a").keys("enter esc");
    assert!(reader.state.open.is_none());
}
