//! Key scripts for finding in the body: the field, hits from item to item, what was found before, and leading back.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, in_each_layout, key, large_library};
use parkweekly::config::Language;
use parkweekly::keys::Context;
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Effect, Find};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::{Focus, Pane};

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];

/// A snapshot of the frame after `script` in every layout.
fn frames(name: &str, script: impl Fn(&mut Reader)) {
    for (size, frame) in in_each_layout(TWO, script) {
        insta::assert_snapshot!(format!("{name}-{size}"), frame);
    }
}

/// Hits in the item that is shown: how many, and which of them is the one gone to.
fn hits(reader: &Reader) -> (usize, Option<usize>) {
    reader.open_now().body.as_ref().unwrap().hits()
}

fn place(reader: &Reader) -> usize {
    reader.open_now().body.as_ref().unwrap().offset
}

#[test]
fn what_is_typed_is_shown_at_once() {
    frames("find", |reader| {
        reader.keys("/").types("项目");
    });
}

#[test]
fn what_is_kept_is_gone_through() {
    frames("found", |reader| {
        reader.keys("enter ／").types("12").keys("enter n");
    });
}

#[test]
fn the_field_counts_and_leads_back() {
    let mut reader = Reader::open(40, 9, TWO);
    reader.keys("k");
    let before = reader.screen();
    assert!(reader.open_now().contents.on_heading());
    reader.keys("/");
    assert_eq!(reader.state.context(), Context::Find);
    reader.types("分两期");
    reader.shows("1/1");
    reader.shows("分两期实施");
    assert!(place(&reader) > 0, "the hit has come into view");
    reader.keys("backspace");
    reader.types("没");
    reader.shows("本条没有");
    assert_eq!(place(&reader), 0, "without a hit it stands where it stood");
    reader.keys("esc");
    assert_eq!(reader.screen(), before);
    let unread = !reader.open_now().selected().unwrap().marks.read;
    assert!(unread, "nothing was read");
    reader.keys("j enter ctrl-d /").types("项目");
    let typed = hits(&reader);
    assert_eq!(typed, (4, Some(2)), "the first one from here on");
    reader.keys("enter");
    assert_eq!(hits(&reader), typed);
    assert_eq!(reader.state.context(), Context::Reader);
    reader.keys("esc");
    assert_eq!(hits(&reader), (0, None));
    assert_eq!(reader.state.focus, Focus::On(Pane::Body));
    reader.keys("esc");
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
}

#[test]
fn the_source_is_found_and_case_matters_once_it_is_typed() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter /").types("江苏省政府");
    assert_eq!(hits(&reader), (1, Some(1)));
    reader.keys("enter /").types("来源");
    assert_eq!(
        hits(&reader).0,
        0,
        "what the reader says is no text of the item"
    );
    reader.keys("esc J J /").types("mpa");
    assert_eq!(hits(&reader).0, 1);
    for (typed, count) in [("MPa", 1), ("MPA", 0), ("ＭＰａ", 1), ("35 mpa", 1)] {
        reader.keys("ctrl-c /").types(typed);
        assert_eq!(hits(&reader).0, count, "{typed}");
    }
}

#[test]
fn past_the_last_hit_the_next_item_that_has_one() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter /").types("无锡").keys("enter");
    reader.shows("本条没有；按 n 往后面的条目找");
    reader.keys("n");
    assert_eq!(reader.selected(), "7/1/5");
    assert_eq!(hits(&reader), (4, Some(1)), "headline, lead, text, source");
    reader.keys("n n n n");
    assert!(reader.open_now().selected().unwrap().marks.read);
    assert_eq!(reader.selected(), "7/1/5");
    reader.shows("后面的条目里没有了；按 N 往前找");
    assert_eq!(hits(&reader), (4, Some(4)));
    reader.keys("/").types("集中签约").keys("enter N");
    assert_eq!(reader.selected(), "7/1/4");
    assert_eq!(
        hits(&reader),
        (2, Some(2)),
        "from behind the last one is the first"
    );
    // What is left and come back to is marked as well.
    reader.keys("K");
    assert_eq!(hits(&reader), (0, None));
    reader.keys("J");
    assert_eq!(hits(&reader), (2, None));
}

#[test]
fn what_was_found_before_is_found_again() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter / enter");
    reader.shows("还没有找过什么");
    assert_eq!(reader.state.context(), Context::Reader);
    reader
        .keys("/")
        .types("项目")
        .keys("enter /")
        .types("新能源")
        .keys("enter");
    reader.keys("/ up up");
    assert_eq!(hits(&reader), (4, Some(1)));
    reader.keys("down enter");
    assert_eq!(hits(&reader), (2, Some(1)));
    reader.keys("esc / enter");
    assert_eq!(hits(&reader), (2, Some(1)), "the last one again");
    reader.keys("/ enter");
    assert_eq!(hits(&reader), (2, Some(2)), "and on from where it was");
}

#[test]
fn a_find_stands_before_the_filter_and_gives_way_to_it() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("f").types("项目").keys("enter enter");
    assert_eq!(hits(&reader).0, 4);
    reader.keys("/").types("动力").keys("enter");
    assert_eq!(hits(&reader).0, 1);
    reader.keys("x");
    assert_eq!(hits(&reader).0, 4);
    assert_eq!(reader.query(), "项目");
    reader.keys("x");
    assert_eq!(reader.query(), "");
}

#[test]
fn words_that_are_filtered_by_are_marked_in_the_place_of_a_find() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("/").types("项目").keys("enter f").types("储能");
    assert!(reader.state.finding.needle.is_none());
    reader.keys("enter n");
    assert!(hits(&reader).0 > 0);
    reader.keys("x");
    assert!(reader.open_now().listing.query.is_empty(), "pressed once");
}

#[test]
fn what_is_nowhere_is_said_to_be_so() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("J J /").types("石油钻井").keys("enter n");
    reader.shows("后面的条目里没有了");
    reader.keys("N");
    reader.shows("列出的条目里都没有");
    reader.keys("J n");
    reader.shows("后面的条目里没有了");
    reader.keys("K N");
    assert!(!reader.screen().contains("都没有"), "not from one item");
}

#[test]
fn the_whole_library_is_looked_through_where_it_is_listed() {
    let store = large_library(40);
    let mut reader = Reader::with(80, 24, Language::Chinese, Ambiguous::Narrow, store);
    reader
        .keys("a enter /")
        .types("总3期")
        .keys("esc /")
        .types("磁悬浮")
        .keys("enter");
    for issue in (20..=40).rev() {
        reader.keys("n");
        assert_eq!(
            reader.selected(),
            format!("{issue}/2/1"),
            "far behind what is loaded"
        );
        assert_eq!(hits(&reader), (1, Some(1)));
    }
    reader.keys("N N");
    assert_eq!(reader.selected(), "22/2/1");
    assert_eq!(hits(&reader), (1, Some(1)));
}

#[test]
fn looking_on_is_stopped_and_what_comes_late_is_dropped() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter /").types("无锡").keys("enter");
    let asked = reader.asks(key("n"));
    let [Effect::Find(Find::Text(ticket, _, _, _, way))] = &asked[..] else {
        panic!("{asked:?}");
    };
    reader.shows("正在后面的条目里找，按 Esc 停下");
    let halted = reader.asks(key("esc"));
    assert!(
        matches!(halted[..], [Effect::Find(Find::Halt(_))]),
        "{halted:?}"
    );
    let found = reader.open_now().contents.items[4].id;
    reader.tell(Message::TextFound(*ticket, *way, Some(found)));
    assert_eq!(reader.selected(), "7/1/1");
    // An item that is left meanwhile is not what the answer is about.
    let asked = reader.asks(key("n"));
    reader.keys("J");
    reader.perform(asked);
    assert_eq!(reader.selected(), "7/1/2");
}

#[test]
fn hits_stay_right_at_any_size_while_they_are_typed() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter /").types("项目");
    for (width, height) in [(20, 6), (79, 12), (200, 60), (30, 8)] {
        reader.resize(width, height);
        assert_eq!(hits(&reader), (4, Some(1)), "{width}x{height}");
        assert_eq!(reader.state.context(), Context::Find);
        assert!(reader.buffer().1.is_some_and(|at| at.y == height - 1));
    }
    reader.keys("f1 esc");
    assert_eq!(
        reader.state.context(),
        Context::Find,
        "help comes and goes over it"
    );
    reader.tell(Message::Paste("动工\n".into()));
    assert_eq!(hits(&reader).0, 0, "项目动工");
}
