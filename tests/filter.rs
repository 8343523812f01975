//! Key scripts for finding and coming back: the filter, its scopes, folding, matches, resuming; frames and what is listed.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, key, large_library, library};
use parkweekly::app::input::{Asked, Input, Ways};
use parkweekly::app::reading::{Keep, Origin};
use parkweekly::config::Language;
use parkweekly::keys::Context;
use parkweekly::query::Mark;
use parkweekly::store::{Anchor, Place, Scope, Store, issue_of};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Ask, Effect, Find, Goal};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::{Focus, Pane};
use parkweekly::tui::update::leave;
use parkweekly::tui::worker::Finder;
use std::path::Path;

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];
/// Every layout.
const SIZES: [(u16, u16); 6] = [(200, 60), (120, 40), (100, 30), (80, 24), (40, 12), (20, 6)];

fn in_language(width: u16, height: u16, language: Language) -> Reader {
    Reader::with(width, height, language, Ambiguous::Narrow, library(TWO))
}

/// A snapshot of the frame after `script` in every layout; the languages take turns.
fn frames(name: &str, script: impl Fn(&mut Reader)) {
    for (n, (width, height)) in SIZES.into_iter().enumerate() {
        let language = Language::ALL[n % 2];
        let mut reader = in_language(width, height, language);
        script(&mut reader);
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), reader.frame());
    }
}

#[test]
fn by_keyword_and_section() {
    frames("both", |reader| {
        reader
            .keys("f")
            .types("能")
            .keys("down v")
            .types("zsyz")
            .keys("enter");
    });
}

#[test]
fn the_whole_library_by_keyword() {
    frames("library", |reader| {
        reader.keys("a f").types("项目").keys("enter j enter n");
    });
}

#[test]
fn nothing_found_says_how_to_widen() {
    frames("nothing", |reader| {
        reader.keys("f").types("没有这样的词").keys("enter");
    });
}

#[test]
fn what_is_wrong_with_a_query_is_said_in_the_pane() {
    frames("wrong", |reader| {
        reader
            .keys("f down down enter")
            .types("新能源 sektion:招商");
    });
}

#[test]
fn the_built_in_sample() {
    for (n, (width, height)) in SIZES.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let empty = Some(folder.path().to_owned());
        let reading = parkweekly::app::reading::open(
            empty,
            &[],
            (Asked::default(), &Ways::of("".as_ref())),
            Keep::Own,
        )
        .unwrap();
        assert_eq!(reading.origin, Origin::Sample);
        let language = Language::ALL[n % 2];
        let mut reader = Reader::of(
            width,
            height,
            language,
            Ambiguous::Narrow,
            reading.store,
            reading.origin,
        );
        let hint = "parkweekly import";
        assert!(width < 40 || reader.screen().contains(hint));
        reader.keys("j");
        assert!(
            width < 80 || reader.screen().contains(hint),
            "{}",
            reader.screen()
        );
        insta::assert_snapshot!(format!("sample-{width}x{height}"), reader.frame());
        reader.keys("b q");
        assert!(reader.stopped);
        assert!(
            leave(&reader.state)
                .iter()
                .all(|effect| !matches!(effect, Effect::Ask(Ask::Session(_))))
        );
        let store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
        assert!(store.searcher().unwrap().issues().unwrap().is_empty());
    }
}

#[test]
fn keywords_narrow_with_every_character() {
    let mut reader = Reader::open(120, 40, TWO);
    let all = reader.listed().len();
    let mut before = all;
    reader.keys("f");
    for c in "新能源".chars() {
        reader.types(&c.to_string());
        let now = reader.listed().len();
        assert!((1..=before).contains(&now), "{c}");
        before = now;
    }
    assert!(before < all);
    assert_eq!(reader.query(), "新能源");
    assert!(
        reader.screen().contains(&format!("{before}/{all} 条")),
        "{}",
        reader.screen()
    );
    reader.keys("backspace backspace backspace");
    assert_eq!(reader.listed().len(), all);
}

#[test]
fn what_is_folded_in_the_text_is_found_as_typed_otherwise() {
    let found = |typed: &str| {
        let mut reader = Reader::open(80, 24, TWO);
        reader.keys("f").types(typed);
        reader.listed()
    };
    let plain = found("cnesa2024版");
    assert_eq!(plain, ["7/3/3"]);
    for typed in ["CNESA2024", "ＣＮＥＳＡ２０２４版", "\"cnesa 2024 版\""] {
        assert_eq!(found(typed), plain, "{typed}");
    }
}

#[test]
fn switches_and_text_say_the_same() {
    let mut reader = Reader::open(120, 40, TWO);
    // Through the fields to the switches: unread is the second.
    reader.keys("f down down down down down space");
    assert_eq!(reader.query(), "is:unread");
    reader.keys("v").types("政策").keys("enter");
    reader.types("综合资讯").keys("enter");
    reader.keys("esc f down");
    assert_eq!(reader.query(), "is:unread section:综合资讯,政策法规");
    assert_eq!(reader.listed().len(), 8);
    reader.keys("g g j j enter").types(" -武汉");
    assert_eq!(reader.query(), "is:unread section:综合资讯,政策法规 -武汉");
    assert_eq!(reader.listed().len(), 7);
    // What is typed shows in the switches.
    let open = reader.open_now();
    let query = &open.listing.query;
    assert!(query.wants(Mark::Unread) && query.wants_section("政策法规"));
    assert!(reader.screen().contains("[x] 政策法规"));
    reader.keys("esc x");
    assert_eq!(reader.query(), "");
    assert_eq!(reader.listed().len(), 14);
}

#[test]
fn counts_say_what_each_switch_would_leave_and_follow_the_marks() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("b f").types("项目").keys("esc");
    let tally = |reader: &Reader| {
        let open = reader.open_now();
        let (tally, query) = (open.tally.clone().unwrap(), &open.listing.query);
        let sections: usize = (0..tally.titles.len())
            .map(|n| tally.in_section(query, n))
            .sum();
        assert_eq!(sections, tally.total(query));
        assert_eq!(tally.total(query), open.contents.items.len());
        (
            tally.marked(query, Mark::Unread),
            tally.marked(query, Mark::Bookmarked),
        )
    };
    let (unread, bookmarked) = tally(&reader);
    assert_eq!(bookmarked, 1);
    reader.keys("enter b");
    assert_eq!(tally(&reader), (unread - 1, 0));
    reader.keys("esc j r b");
    assert_eq!(tally(&reader), (unread - 2, 1));
}

#[test]
fn an_item_that_is_read_stays_listed_among_the_unread_until_the_list_is_made_again() {
    let mut reader = Reader::open(80, 24, TWO);
    reader
        .keys("f down down enter")
        .types("is:unread")
        .keys("enter");
    let all = reader.listed();
    reader.keys("enter J J");
    assert_eq!(reader.listed(), all, "the list does not move under the eye");
    assert!(reader.screen().contains("未读 12"), "{}", reader.screen());
    reader.keys("[ ]");
    assert_eq!(reader.listed().len(), all.len() - 3);
}

#[test]
fn nothing_found_and_taken_back_leads_back_to_the_item() {
    for keys in ["backspace", "esc x", "enter x", "ctrl-c x"] {
        let mut reader = Reader::open(120, 40, TWO);
        reader.keys("j j j j j j j enter j");
        let (item, unread) = (reader.selected(), unread(&reader));
        reader.keys("f").types("坏");
        assert!(reader.listed().is_empty());
        reader.keys(keys).keys("esc");
        assert_eq!(reader.selected(), item, "after {keys}");
        assert_eq!(unread, self::unread(&reader), "going back reads nothing");
    }
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("G enter");
    let item = reader.selected();
    reader.keys("f").types("新能源").keys("esc");
    assert_eq!(reader.selected(), "7/1/1", "the first that is found");
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
    let first = &reader.open_now().contents.items[0];
    assert!(!first.marks.read, "another item than was read");
    reader.keys("f backspace backspace backspace");
    assert_ne!(reader.selected(), item, "the typing began anew elsewhere");
}

fn unread(reader: &Reader) -> usize {
    let open = reader.open_now();
    let (tally, query) = (open.tally.as_ref().unwrap(), &open.listing.query);
    tally.marked(query, Mark::Unread)
}

#[test]
fn a_field_for_keywords_takes_any_term_and_what_is_wrong_leaves_the_filter_before() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("f").types("项目 栏目：招商 is:unread");
    assert_eq!(reader.query(), "项目 section:招商 is:unread");
    assert!(reader.screen().contains("[x] 招商引资"));
    reader.keys("enter f");
    assert!(reader.screen().contains("› 项目 "), "{}", reader.screen());
    let listed = reader.listed();
    reader.types(" issue:");
    assert!(
        reader.screen().contains("后面没有内容"),
        "{}",
        reader.screen()
    );
    assert_eq!(
        (reader.query().as_str(), reader.listed()),
        ("项目 section:招商 is:unread", listed)
    );
    reader.keys("esc");
    assert_eq!(reader.query(), "项目 section:招商 is:unread");
    reader.keys("x f down down enter").types("is:unred");
    assert_eq!(reader.query(), "", "not the beginnings of what is wrong");
}

#[test]
fn keys_in_one_burst_do_what_they_do_one_by_one() {
    let bursts = [
        ("", "a a"),
        ("", "[ ["),
        ("", "a f 新"),
        ("f 项 目 enter", "j n"),
        ("f 项 目 enter enter", "J n"),
        ("", "j j b"),
        ("", "a b"),
        ("a", "[ b"),
    ];
    for (before, keys) in bursts {
        let mut one_by_one = Reader::open(80, 24, TWO);
        one_by_one.keys(before).keys(keys);
        let mut at_once = Reader::open(80, 24, TWO);
        at_once.keys(before).burst(keys);
        let told = |reader: &Reader| {
            let open = reader.open_now();
            let items = open.contents.items.iter();
            let marks: Vec<_> = items.map(|item| item.marks.clone()).collect();
            (reader.query(), open.listing.scope, reader.listed(), marks)
        };
        assert_eq!(told(&at_once).0, told(&one_by_one).0, "{before}: {keys}");
        assert_eq!(told(&at_once).1, told(&one_by_one).1, "{before}: {keys}");
        assert_eq!(told(&at_once).2, told(&one_by_one).2, "{before}: {keys}");
        assert_eq!(
            at_once.selected(),
            one_by_one.selected(),
            "{before}: {keys}"
        );
        let open = at_once.open_now();
        let shown = &open.body.as_ref().unwrap().view.head;
        assert_eq!(open.selected().unwrap().key, shown.key, "{before}: {keys}");
        let (query, tally) = (&open.listing.query, open.tally.as_ref().unwrap());
        let items = open.contents.items.iter();
        let bookmarked = items.filter(|item| item.marks.bookmarked).count();
        assert_eq!(
            tally.marked(query, Mark::Bookmarked),
            bookmarked,
            "{before}: {keys}"
        );
    }
}

#[test]
fn space_does_not_pass_over_an_item_that_is_still_on_its_way() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("enter").burst("J space space");
    assert_eq!(reader.selected(), "7/1/2");
}

#[test]
fn answers_from_before_a_mark_was_written_are_asked_for_again() {
    let mut reader = Reader::open(120, 40, TWO);
    let asked = reader.asks(key("a"));
    let [Effect::Find(find)] = &asked[..] else {
        panic!("{asked:?}")
    };
    // The list is read, then the mark is set and kept, and only then the list arrives.
    let mut finder = Finder::new(library(TWO).searcher().unwrap());
    let late = finder.perform(find.clone()).unwrap();
    reader.keys("b").tell(late);
    let open = reader.open_now();
    assert_eq!(open.listing.scope, Scope::Library);
    assert!(open.selected().unwrap().marks.bookmarked);
    let marked = open
        .tally
        .as_ref()
        .unwrap()
        .marked(&open.listing.query, Mark::Bookmarked);
    assert_eq!(marked, 1);
}

#[test]
fn counts_that_come_late_are_not_taken_for_those_of_another_list() {
    let mut reader = Reader::open(120, 40, TWO);
    let open = reader.open_now();
    let (listing, tally) = (open.listing.clone(), open.tally.clone().unwrap());
    let ticket = reader.state.latest.tally;
    let asked = reader.asks(key("a"));
    reader.tell(Message::Tally(ticket, listing, tally, None));
    reader.perform(asked);
    let open = reader.open_now();
    let total = open.tally.as_ref().unwrap().total(&open.listing.query);
    assert_eq!(total, 26);
}

#[test]
fn a_bookmark_taken_away_elsewhere_reaches_the_counts() {
    let mut reader = Reader::open(120, 40, TWO);
    reader
        .keys("b f")
        .types("section:政策")
        .keys("enter ' b esc");
    let open = reader.open_now();
    let all = open
        .tally
        .as_ref()
        .unwrap()
        .marked(&"".parse().unwrap(), Mark::Bookmarked);
    assert_eq!(all, 0, "of an item that a switch leaves out");
}

#[test]
fn a_filter_that_nothing_passes_elsewhere_leads_nowhere_else() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("[ j j j f").types("洛阳").keys("enter ]");
    assert!(reader.listed().is_empty());
    reader.keys("x");
    assert_eq!(
        reader.selected(),
        "7/1/1",
        "the first unread one, as issues open"
    );
}

#[test]
fn a_list_that_fails_leaves_what_is_shown() {
    let mut reader = Reader::open(80, 24, TWO);
    let before = (reader.listed(), reader.query());
    let asked = reader.asks(key("a"));
    assert!(matches!(asked[..], [Effect::Find(Find::List(..))]));
    let ticket = reader.state.latest.list;
    let failure = parkweekly::app::Failure::new("library-locked", vec![]);
    reader.tell(Message::NotListed(ticket, failure));
    let open = reader.open_now();
    assert_eq!(open.listing, open.contents.listing);
    assert_eq!((reader.listed(), reader.query()), before);
    reader.keys("a");
    assert_eq!(reader.listed().len(), 26, "and the next one comes");
}

#[test]
fn the_field_of_a_range_gives_the_scope_back() {
    let mut reader = Reader::open(120, 40, TWO);
    let scope = reader.open_now().listing.scope;
    reader.keys("f down enter").types("6");
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    reader.types("x");
    assert_eq!(reader.open_now().listing.scope, scope, "while it is wrong");
    reader.keys("backspace backspace");
    assert_eq!(
        reader.open_now().listing.scope,
        scope,
        "and when it is gone"
    );
    reader.keys("esc f").types("期:6");
    assert_eq!(
        reader.open_now().listing.scope,
        Scope::Library,
        "in any field"
    );
}

#[test]
fn the_focus_of_an_empty_list_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = on_disk(folder.path());
    let mut reader = reopened(&place);
    reader.keys("f").types("坏").keys("down q");
    let reader = reopened(&place);
    assert!(matches!(reader.state.focus, Focus::Filter { .. }));
    assert_eq!(reader.query(), "坏");
}

#[test]
fn keys_that_come_before_the_answer_go_on_from_each_other() {
    let mut reader = Reader::open(80, 24, TWO);
    let scope = |reader: &Reader| reader.open_now().listing.scope;
    let before = scope(&reader);
    reader.asks(key("a"));
    let effects = reader.asks(key("a"));
    assert!(
        matches!(&effects[..], [Effect::Find(Find::List(_, listing, ..))] if listing.scope == before)
    );
}

#[test]
fn a_range_of_issues_is_looked_for_in_the_library() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("f down enter").types("6..6");
    assert_eq!(reader.query(), "issue:6");
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    assert!(
        reader
            .listed()
            .iter()
            .all(|address| address.starts_with("6/"))
    );
    reader.types("x");
    assert!(reader.screen().contains("不是期号"), "{}", reader.screen());
    assert_eq!(reader.query(), "", "what is wrong is not in force");
    reader.keys("enter");
    assert!(
        matches!(reader.state.focus, Focus::Filter { .. }),
        "enter does not leave what is wrong"
    );
    reader.keys("backspace enter");
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
}

#[test]
fn a_wide_scope_and_back_keeps_the_item() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("j j j");
    let item = reader.selected();
    reader.keys("a");
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    assert_eq!(reader.listed().len(), 26);
    assert_eq!(reader.selected(), item);
    let screen = reader.screen();
    let (seven, six) = (
        screen.find("园区周报 7期").unwrap(),
        screen.find("园区周报 6期").unwrap(),
    );
    assert!(seven < six, "newest first, under the names of the issues");
    reader.keys("[");
    assert_eq!(reader.selected(), "6/1/1");
    reader.keys("[");
    assert!(reader.screen().contains("已是最早一期"));
    reader.keys("a");
    assert_eq!(reader.listed().len(), 12);
    reader.keys("a ]");
    assert_eq!(reader.selected(), "7/1/1");
    reader.keys("}");
    assert_eq!(reader.selected(), "7/2/1");
}

#[test]
fn a_filter_goes_along_to_other_issues() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("f").types("section:政策").keys("enter [");
    assert!(reader.screen().contains("园区周报 6期"));
    assert_eq!(reader.listed(), ["6/3/1", "6/3/2", "6/3/3"]);
}

#[test]
fn matches_are_gone_through_from_item_to_item_and_back() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("n");
    assert!(
        reader.screen().contains("没有要找的词"),
        "{}",
        reader.screen()
    );
    reader.keys("f").types("项目").keys("enter");
    let items = reader.listed();
    assert!(items.len() > 1);
    let mut seen = vec![];
    for _ in 0..40 {
        reader.keys("n");
        if reader.screen().contains("最后一处") {
            break;
        }
        seen.push(reader.selected());
    }
    assert!(reader.screen().contains("最后一处"), "{}", reader.screen());
    let all = seen.len();
    seen.dedup();
    assert_eq!(seen, items, "every item in its order");
    assert!(
        all > items.len(),
        "an item with several matches is stayed in"
    );
    let items = &reader.open_now().contents.items;
    assert!(
        items.iter().all(|item| item.marks.read),
        "they were shown with the focus"
    );
    for _ in 0..all {
        reader.keys("N");
    }
    assert!(reader.screen().contains("第一处"), "{}", reader.screen());
}

#[test]
fn headings_fold_and_unfold_and_stand_for_their_first_item() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("k");
    assert_eq!(reader.selected(), "7/1/1");
    reader.keys("b");
    assert!(reader.screen().contains("标题行"), "{}", reader.screen());
    let rows = reader.open_now().contents.rows.len();
    reader.keys("enter");
    assert_eq!(reader.open_now().contents.rows.len(), rows - 6);
    assert!(
        reader.screen().contains("▸ 招商引资"),
        "{}",
        reader.screen()
    );
    reader.keys("j");
    assert_eq!(reader.selected(), "7/2/1", "the next heading");
    reader.keys("k l");
    assert_eq!(reader.selected(), "7/1/1");
    assert_eq!(
        reader.open_now().contents.rows.len(),
        rows,
        "what is opened unfolds"
    );
    reader.keys("esc k enter a");
    assert_eq!(
        reader.open_now().contents.rows.len(),
        28,
        "issues are folded apart from sections"
    );
    reader.keys("g g k enter");
    assert_eq!(reader.open_now().contents.rows.len(), 14);
    reader.keys("J");
    assert_eq!(reader.open_now().contents.rows.len(), 28);
}

#[test]
fn an_item_outside_of_the_filter_clears_it() {
    let mut reader = Reader::open(80, 24, TWO);
    reader
        .keys("f")
        .types("武汉")
        .keys("enter ctrl-p")
        .types("济南")
        .keys("enter");
    assert_eq!(reader.selected(), "7/3/1");
    assert_eq!(reader.query(), "");
    assert!(
        reader.screen().contains("筛选已清除"),
        "{}",
        reader.screen()
    );
    reader
        .keys("f")
        .types("济南")
        .keys("enter ctrl-p")
        .types("济南")
        .keys("enter");
    assert_eq!(reader.query(), "济南", "one that is inside leaves it");
}

#[test]
fn ctrl_c_leaves_a_field_first_and_the_program_second() {
    for field in ["f", "ctrl-p"] {
        let mut reader = Reader::open(80, 24, TWO);
        reader.keys(field).types("项目").keys("ctrl-c");
        assert!(!reader.stopped);
        assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
        assert!(reader.state.overlays.is_empty() && reader.buffer().1.is_none());
        reader.keys("ctrl-c");
        assert!(reader.stopped, "{field}");
    }
}

#[test]
fn a_paste_and_the_cursor_are_in_the_field_of_the_filter() {
    let mut reader = Reader::open(120, 40, TWO);
    reader
        .keys("f")
        .tell(Message::Paste("新\n能源\u{1b}[2J".into()));
    assert_eq!(reader.query(), "新 能源");
    reader.keys("left");
    let (buffer, cursor) = reader.buffer();
    let at = cursor.unwrap();
    assert_eq!(buffer[(at.x, at.y)].symbol(), "源");
    reader.keys("f1");
    assert_eq!(reader.buffer().1, None, "the help takes no text");
    reader.tell(Message::Paste("不".into())).keys("esc");
    assert_eq!(reader.query(), "新 能源");
    reader.keys("？ esc ｘ");
    assert_eq!(
        reader.query(),
        "",
        "in a field a full-width sign is text, in the panes a key"
    );
}

#[test]
fn panes_are_gone_through_in_their_order() {
    let mut wide = Reader::open(120, 40, TWO);
    let focus = |reader: &mut Reader, keys: &str| {
        reader.keys(keys);
        match reader.state.focus {
            Focus::On(Pane::Contents) => "contents",
            Focus::On(Pane::Body) => "body",
            Focus::Filter { .. } => "filter",
        }
    };
    for (keys, pane) in [
        ("tab", "body"),
        ("tab", "filter"),
        ("tab", "contents"),
        ("backtab", "filter"),
        ("h", "body"),
        ("l", "filter"),
        ("esc", "body"),
        ("esc", "contents"),
    ] {
        assert_eq!(focus(&mut wide, keys), pane, "{keys}");
    }
    let mut medium = Reader::open(80, 24, TWO);
    for (keys, pane) in [
        ("tab", "body"),
        ("tab", "contents"),
        ("l", "body"),
        ("l", "body"),
        ("f", "filter"),
        ("esc", "body"),
    ] {
        assert_eq!(focus(&mut medium, keys), pane, "{keys}");
    }
}

fn reopened(place: &Place) -> Reader {
    let store = Store::open(place).unwrap();
    Reader::with(40, 12, Language::Chinese, Ambiguous::Narrow, store)
}

/// A library on the disk with both fixtures.
fn on_disk(folder: &Path) -> Place {
    let place = Place::Folder(folder.to_owned());
    common::import(&mut Store::open(&place).unwrap(), TWO);
    place
}

#[test]
fn issue_item_scroll_scope_filter_and_focus_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = on_disk(folder.path());
    let mut reader = reopened(&place);
    reader
        .keys("a f")
        .types("基地")
        .keys("enter enter ctrl-d ctrl-d");
    let frame = reader.frame();
    let at = (reader.selected(), reader.query(), reader.state.focus);
    assert!(reader.open_now().body.as_ref().unwrap().offset > 0);
    reader.keys("q");
    drop(reader);
    let reader = reopened(&place);
    assert_eq!((reader.selected(), reader.query(), reader.state.focus), at);
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    assert_eq!(reader.frame(), frame);
}

#[test]
fn each_item_opens_where_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let place = on_disk(folder.path());
    let mut reader = reopened(&place);
    let offset = |reader: &Reader| reader.open_now().body.as_ref().unwrap().offset;
    reader.keys("enter j j");
    assert_eq!(offset(&reader), 2);
    reader.keys("J");
    assert_eq!(offset(&reader), 0);
    reader.keys("j K");
    assert_eq!(offset(&reader), 2);
    reader.keys("J");
    assert_eq!(offset(&reader), 1);
    // The same item by another way keeps where it was scrolled to.
    reader.keys("j b ' enter");
    assert_eq!(offset(&reader), 2);
    reader.keys("q");
    let mut reader = reopened(&place);
    assert_eq!(offset(&reader), 2);
    reader.keys("K");
    assert_eq!(offset(&reader), 2);
    reader.keys("g g q");
    let mut reader = reopened(&place);
    assert_eq!(offset(&reader), 0);
    reader.resize(80, 24).keys("J").resize(40, 12);
    assert!(offset(&reader) > 0, "through other widths too");
}

#[test]
fn a_newer_issue_is_told_and_a_removed_one_gives_way_to_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    common::import(&mut Store::open(&place).unwrap(), &["weekly-006.txt"]);
    reopened(&place).keys("j j enter q");
    common::import(&mut Store::open(&place).unwrap(), &["weekly-007.txt"]);
    let mut reader = reopened(&place);
    assert_eq!(reader.selected(), "6/1/3");
    assert!(reader.screen().contains("新的一期"), "{}", reader.screen());
    reader.keys("q");
    let mut store = Store::open(&place).unwrap();
    let six = store.searcher().unwrap().issues().unwrap()[1].id;
    store.remove(six).unwrap();
    drop(store);
    let mut reader = reopened(&place);
    assert_eq!(reader.selected(), "7/1/1");
    assert!(!reader.screen().contains("新的一期"), "it was seen");
    reader.keys("q");
    Store::open(&place)
        .unwrap()
        .set_session("{\"from\":\"the future\"}")
        .unwrap();
    assert_eq!(reopened(&place).selected(), "7/1/1");
}

#[test]
fn files_are_read_without_storing_and_keep_their_marks() {
    let folder = tempfile::tempdir().unwrap();
    let place = on_disk(folder.path());
    reopened(&place).keys("a q");
    let open = || {
        let files = [Input::File(common::fixture("weekly-006.txt"))];
        parkweekly::app::reading::open(
            Some(folder.path().to_owned()),
            &files,
            (Asked::default(), &Ways::of("".as_ref())),
            Keep::Own,
        )
        .unwrap()
    };
    let reading = open();
    assert_eq!(reading.origin, Origin::Files);
    let mut reader = Reader::of(
        80,
        24,
        Language::Chinese,
        Ambiguous::Narrow,
        reading.store,
        reading.origin,
    );
    assert!(
        reader.screen().contains("从文件打开"),
        "{}",
        reader.screen()
    );
    assert_eq!(reader.listed().len(), 12);
    reader.keys("b enter q");
    let reader = reopened(&place);
    assert_eq!(
        reader.open_now().listing.scope,
        Scope::Library,
        "a file is not where the library was left"
    );
    let marked = reader
        .open_now()
        .contents
        .items
        .iter()
        .filter(|item| item.marks.bookmarked && item.marks.read);
    let marked: Vec<String> = marked.map(|item| item.address().to_string()).collect();
    assert_eq!(marked, ["6/1/1"]);
}

#[test]
fn a_long_list_is_loaded_as_it_is_gone_through() {
    let mut reader = Reader::with(
        80,
        24,
        Language::Chinese,
        Ambiguous::Narrow,
        large_library(60),
    );
    reader.keys("a");
    let loaded = |reader: &Reader| reader.open_now().contents.items.len();
    assert!(loaded(&reader) < 840, "not the whole library");
    assert!(reader.screen().contains("1/840"), "{}", reader.screen());
    for _ in 0..30 {
        reader.keys("pagedown");
    }
    assert!(loaded(&reader) > 400);
    reader.keys("G");
    assert_eq!(reader.selected(), "1/3/4");
    assert!(reader.screen().contains("840/840"), "{}", reader.screen());
    assert!(loaded(&reader) < 840);
    reader.keys("K K [");
    assert!(
        reader.screen().contains("已是最早一期"),
        "{}",
        reader.screen()
    );
    for number in 2..20 {
        reader.keys("]");
        assert_eq!(reader.selected(), format!("{number}/1/1"));
    }
    assert!(reader.screen().contains("575/840"), "{}", reader.screen());
    reader.keys("g g");
    assert_eq!(reader.selected(), "60/1/1");
    reader.keys("f").types("武汉").keys("enter");
    assert_eq!(loaded(&reader), 60);
    reader.keys("G");
    assert_eq!(reader.selected(), "1/2/3");
    assert!(reader.screen().contains("60/60"), "{}", reader.screen());
}

#[test]
fn going_through_a_long_list_misses_no_item() {
    let mut reader = Reader::with(
        80,
        24,
        Language::Chinese,
        Ambiguous::Narrow,
        large_library(200),
    );
    reader.keys("a");
    let mut seen = vec![reader.selected()];
    while seen.len() < 3000 {
        reader.keys("J");
        if reader.screen().contains("已是最后一条") {
            break;
        }
        seen.push(reader.selected());
    }
    assert_eq!(seen.len(), 2800);
    assert!(
        reader.open_now().contents.items.len() <= 2000,
        "what is far behind is let go"
    );
    assert!(reader.screen().contains("2800/2800"), "{}", reader.screen());
    let mut back = vec![reader.selected()];
    for _ in 1..2800 {
        reader.keys("K");
        back.push(reader.selected());
    }
    back.reverse();
    assert_eq!(back, seen);
    assert!(reader.screen().contains("1/2800"), "{}", reader.screen());
}

#[test]
fn a_long_list_comes_to_rest_where_all_of_it_is_folded() {
    let mut reader = Reader::with(
        120,
        40,
        Language::Chinese,
        Ambiguous::Narrow,
        large_library(200),
    );
    reader.keys("a g g k");
    for _ in 0..199 {
        reader.keys("enter j");
    }
    let rows = reader.open_now().contents.rows.len();
    assert!(
        rows > 120,
        "{rows} rows: what is near is loaded, however many items it folds"
    );
    reader.keys("G g g G");
    assert!(reader.screen().contains("2800/2800"), "{}", reader.screen());
}

#[test]
fn sections_and_issues_beyond_what_is_loaded_are_found() {
    let mut store = large_library(3);
    let text = std::fs::read_to_string(common::fixture("weekly-007.txt")).unwrap();
    let document = parkweekly::source::decode("many", text.as_bytes()).unwrap();
    let mut issue = parkweekly::parse::parse(&document.pages, &parkweekly::parse::Hints::default())
        .unwrap()
        .remove(0);
    for section in &mut issue.sections {
        let item = section.items[0].clone();
        section.items = (1..=400)
            .map(|n| {
                let mut item = item.clone();
                item.ordinal = parkweekly::issue::ItemOrdinal(n);
                item.headline = format!("{} {n}", item.headline);
                item
            })
            .collect();
    }
    let kept = parkweekly::store::Kept {
        path: "many",
        sha256: "many",
        parser: 1,
        pages: &[],
    };
    store.import(&issue, &kept).unwrap();
    let mut reader = Reader::with(80, 24, Language::Chinese, Ambiguous::Narrow, store);
    for (keys, selected) in [
        ("}", "7/2/1"),
        ("}", "7/3/1"),
        ("}", "7/3/1"),
        ("G {", "7/3/1"),
        ("{", "7/2/1"),
        ("G K {", "7/3/1"),
        ("a g g }", "7/2/1"),
        ("[", "3/1/1"),
        ("]", "7/1/1"),
        ("}", "7/2/1"),
        ("} }", "3/1/1"),
        ("} } }", "2/1/1"),
        ("{", "3/3/1"),
        ("] ]", "7/1/1"),
        ("]", "7/1/1"),
    ] {
        reader.keys(keys);
        assert_eq!(reader.selected(), selected, "after {keys}");
    }
    assert!(
        reader.screen().contains("已是最新一期"),
        "{}",
        reader.screen()
    );
}

#[test]
fn the_place_in_a_long_list_of_unread_items_stays_within_it() {
    let mut reader = Reader::with(
        80,
        24,
        Language::Chinese,
        Ambiguous::Narrow,
        large_library(60),
    );
    reader.keys("a f").types("is:unread").keys("enter enter");
    for _ in 0..450 {
        reader.keys("J");
    }
    assert!(!reader.open_now().contents.is_whole());
    assert!(reader.screen().contains("未读 390"), "{}", reader.screen());
    reader.keys("esc");
    assert!(reader.screen().contains("451/840"), "{}", reader.screen());
}

#[test]
fn an_issue_that_is_imported_anew_under_the_reader_is_listed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let place = on_disk(folder.path());
    let mut reader = Reader::with(
        120,
        40,
        Language::Chinese,
        Ambiguous::Narrow,
        Store::open(&place).unwrap(),
    );
    reader.keys("j");
    let text = std::fs::read_to_string(common::fixture("weekly-007.txt")).unwrap();
    let document = parkweekly::source::decode("less", text.as_bytes()).unwrap();
    let mut issue = parkweekly::parse::parse(&document.pages, &parkweekly::parse::Hints::default())
        .unwrap()
        .remove(0);
    let gone = issue.sections[0].items.remove(0);
    let kept = parkweekly::store::Kept {
        path: "less",
        sha256: "less",
        parser: 1,
        pages: &[],
    };
    Store::open(&place).unwrap().import(&issue, &kept).unwrap();
    // The key asks for an item before it is known what happened.
    reader.keys("J");
    assert!(reader.screen().contains("改过"), "{}", reader.screen());
    assert_eq!(reader.listed().len(), 13);
    reader.keys("b");
    let open = reader.open_now();
    let shown = &open.body.as_ref().unwrap().view.head;
    assert_eq!(open.selected().unwrap().key, shown.key);
    let marked = reader
        .open_now()
        .contents
        .items
        .iter()
        .filter(|item| item.marks.bookmarked);
    let marked: Vec<&str> = marked.map(|item| item.headline.as_str()).collect();
    assert_eq!(
        marked,
        [shown.headline.as_str()],
        "what is shown is what is marked"
    );
    assert!(marked[0] != gone.headline);
}

#[test]
fn a_session_that_cannot_be_read_or_listed_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let place = on_disk(folder.path());
    reopened(&place).keys("j j q");
    let marks = rusqlite::Connection::open(folder.path().join("marks.sqlite3")).unwrap();
    marks
        .execute_batch("UPDATE session SET state = CAST(x'fffe00' AS TEXT)")
        .unwrap();
    let mut reader = reopened(&place);
    assert_eq!(reader.selected(), "7/1/1");
    reader.keys("j q");
    assert_eq!(reopened(&place).selected(), "7/1/2", "it was written anew");
    // What is listed first cannot be read: the newest issue is.
    let mut reader = reopened(&place);
    reader.state.resuming = true;
    let failure = parkweekly::app::Failure::new("library-failed", vec![("reason", String::new())]);
    let ticket = reader.state.latest.list;
    reader.tell(Message::NotListed(ticket, failure));
    assert_eq!(reader.selected(), "7/1/1");
}

#[test]
fn space_finds_the_next_unread_item_beyond_what_is_loaded() {
    let mut store = large_library(40);
    let items = store.searcher().unwrap().run(
        &parkweekly::store::Listing {
            scope: Scope::Library,
            query: parkweekly::query::Query::default(),
        },
        Anchor::Top,
        1000,
    );
    let items = items.unwrap().items;
    assert_eq!(items.len(), 560);
    for item in items
        .iter()
        .filter(|item| item.address().to_string() != "3/2/2")
    {
        store.set_read(&item.key, &item.headline, true).unwrap();
    }
    let mut reader = Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store);
    reader.keys("a enter space space space");
    assert_eq!(reader.selected(), "3/2/2");
    reader.keys("space space space");
    assert!(
        reader.screen().contains("全库已全部读完"),
        "{}",
        reader.screen()
    );
}

#[test]
fn a_list_that_a_newer_one_overtakes_stops_and_is_dropped() {
    let store = large_library(30);
    let mut finder = Finder::new(store.searcher().unwrap());
    let newest = finder.stoppable().unwrap();
    let mut reader = Reader::with(80, 24, Language::Chinese, Ambiguous::Narrow, store);
    // What is left out is looked at item by item.
    reader.keys("a f -");
    let asked = |reader: &mut Reader, c: &str| {
        let effects = reader.asks(key(c));
        effects
            .into_iter()
            .find_map(|effect| match effect {
                Effect::Find(find @ Find::List(..)) => Some(find),
                _ => None,
            })
            .unwrap()
    };
    let first = asked(&mut reader, "坏");
    let second = asked(&mut reader, "2");
    newest.announce(&first);
    newest.announce(&second);
    assert!(finder.perform(first).is_none(), "the work on it stopped");
    let answer = finder.perform(second).unwrap();
    assert!(matches!(answer, Message::List(_, _, Goal::First)));
    reader.tell(answer);
    assert_eq!(reader.query(), "-坏2");
}

#[test]
fn more_of_a_list_that_is_not_shown_any_more_is_dropped() {
    let mut reader = Reader::with(
        80,
        24,
        Language::Chinese,
        Ambiguous::Narrow,
        large_library(60),
    );
    reader.keys("a G g g");
    for _ in 0..6 {
        reader.keys("pagedown");
    }
    let late = reader.wanted.iter().rev().find_map(|effect| match effect {
        Effect::Find(find @ Find::List(_, _, _, Goal::More)) => Some(find.clone()),
        _ => None,
    });
    let late = late.unwrap();
    let mut finder = Finder::new(large_library(60).searcher().unwrap());
    let answer = finder.perform(late).unwrap();
    reader.keys("f").types("武汉");
    let before = reader.listed();
    reader.tell(answer);
    assert_eq!(reader.listed(), before);
}

#[test]
fn every_size_draws_the_filter_and_its_results() {
    for script in [
        "f",
        "f 项 目",
        "a f 目 enter enter",
        "f down down enter : : x : 1",
        "tab tab j j j",
        "k enter",
        "a g g k enter",
    ] {
        let mut reader = Reader::open(120, 40, TWO);
        reader.keys(script);
        for width in (1..=210).step_by(7) {
            for height in [5, 6, 7, 12, 13, 14, 24, 60] {
                reader.resize(width, height);
                let screen = reader.screen();
                let drawn = width >= 20 && height >= 6;
                assert_eq!(
                    screen.contains('助'),
                    drawn,
                    "the key of the help: {script} at {width}x{height}\n{screen}"
                );
                let (_, cursor) = reader.buffer();
                let typing = drawn && reader.state.context() == Context::Field;
                assert_eq!(cursor.is_some(), typing, "{script} at {width}x{height}");
            }
        }
    }
}

#[test]
fn the_item_that_is_read_is_the_selected_one_through_all_of_it() {
    let mut reader = Reader::open(120, 40, TWO);
    for keys in [
        "enter",
        "J",
        "a",
        "[",
        "space",
        "f 项 目 enter",
        "j",
        "n",
        "N",
        "x",
        "]",
        "a",
        "} {",
        "esc k",
        "G",
        "tab",
    ] {
        reader.keys(keys);
        let open = reader.open_now();
        let (selected, shown) = (
            open.selected().unwrap(),
            &open.body.as_ref().unwrap().view.head,
        );
        assert_eq!(selected.id, shown.id, "after {keys}");
        if let Scope::Issue(issue) = open.listing.scope {
            assert_eq!(issue_of(selected.id), issue);
        }
        let contents = &open.contents;
        let row = contents.cursor.selected;
        assert!(
            row >= contents.cursor.offset && row < contents.cursor.offset + 38,
            "after {keys}"
        );
    }
}

#[test]
fn the_help_of_a_field_calls_what_is_above_and_below_alike() {
    let mut reader = Reader::open(80, 24, &["weekly-007.txt"]);
    reader.keys("f f1");
    reader.shows("到上面一行");
    reader.shows("到下面一行");
}
