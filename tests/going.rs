//! Key scripts for going about: to what is unread or bookmarked, back to where one has been, and the text alone.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, import_as, in_each_layout, key, large_library};
use parkweekly::config::Language;
use parkweekly::store::{Place, Scope, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Effect, Find};
use parkweekly::tui::layout::Shape;
use parkweekly::tui::state::{Focus, Pane};

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];

/// A snapshot of the frame after `script` in every layout.
fn frames(name: &str, script: impl Fn(&mut Reader)) {
    for (size, frame) in in_each_layout(TWO, script) {
        insta::assert_snapshot!(format!("{name}-{size}"), frame);
    }
}

fn focus(reader: &Reader) -> Pane {
    match reader.state.focus {
        Focus::On(pane) | Focus::Filter { from: pane } => pane,
    }
}

/// What is on the screen but for the status bar.
fn text(reader: &Reader) -> String {
    let screen = reader.screen();
    let (text, _) = screen.rsplit_once('\n').unwrap();
    text.to_owned()
}

#[test]
fn what_can_follow_a_stroke_is_shown() {
    frames("pending", |reader| {
        reader.keys("g");
    });
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("o g");
    reader.shows("g  到开头");
    reader.keys("esc");
    assert_eq!(reader.state.overlays.len(), 1, "the stroke alone is left");
    assert!(reader.state.strokes.is_empty() && reader.state.notice.is_none());
    reader.keys("esc");
    assert!(reader.state.overlays.is_empty());
}

#[test]
fn a_key_that_means_nothing_behind_a_stroke_does_nothing_and_is_told_what_would() {
    for (language, told) in [
        (Language::Chinese, "S 后面没有 q；可以按：a d m n p S"),
        (
            Language::English,
            "Nothing is S q; behind S there are: a d m n p S",
        ),
    ] {
        let store = common::library(TWO);
        let mut reader = Reader::with(80, 24, language, Ambiguous::Narrow, store);
        reader.keys("enter S q");
        reader.shows(told);
        assert!(!reader.stopped);
        assert_eq!(focus(&reader), Pane::Body);
        reader.keys("S ctrl-c");
        assert!(!reader.stopped && reader.state.notice.is_none());
        // It is over: the next key means what it means.
        reader.keys("S x esc");
        assert_eq!(focus(&reader), Pane::Contents);
        reader.keys("q");
        assert!(reader.stopped);
    }
}

#[test]
fn to_the_next_unread_item_round() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter J K esc j g u");
    assert_eq!(reader.selected(), "7/1/3", "two are read");
    assert_eq!(
        focus(&reader),
        Pane::Contents,
        "it is gone to, and not opened"
    );
    reader.keys("g u");
    assert_eq!(reader.selected(), "7/1/4");
    reader.keys("k G g u");
    assert_eq!(reader.selected(), "7/1/3");
    reader.shows("又从头找起");
    reader.keys("A g u");
    reader.shows("本期已全部读完");
    assert_eq!(reader.selected(), "7/1/3");
}

#[test]
fn to_the_next_bookmarked_item_round_the_whole_library() {
    let store = large_library(40);
    let mut reader = Reader::with(80, 24, Language::Chinese, Ambiguous::Narrow, store);
    reader.keys("g b");
    reader.shows("没有别的书签");
    reader.keys("a g g b G b g g");
    assert_eq!(reader.selected(), "40/1/1");
    reader.keys("g b");
    assert_eq!(reader.selected(), "1/3/4", "far behind what was loaded");
    reader.keys("g b");
    assert_eq!(reader.selected(), "40/1/1");
    reader.shows("又从头找起");
}

#[test]
fn back_to_where_one_has_been_and_forward_again() {
    let mut reader = Reader::open(40, 9, TWO);
    reader.keys("<");
    reader.shows("再往前没有去过别处");
    reader.keys("enter ctrl-d J ctrl-d");
    let read = (reader.selected(), text(&reader));
    assert_eq!(read.0, "7/1/2");
    // Two sections on, and into the older issue.
    reader.keys("} } [ j enter");
    assert_eq!(reader.selected(), "6/1/2");
    let there = text(&reader);
    reader.keys("《");
    assert_eq!(reader.selected(), "7/3/1");
    assert_eq!(focus(&reader), Pane::Body);
    reader.keys("< <");
    assert_eq!(
        (reader.selected(), text(&reader)),
        read,
        "scrolled as it was"
    );
    reader.keys("<");
    reader.shows("再往前没有去过别处");
    reader.keys("> > 》");
    assert_eq!(
        (reader.selected(), text(&reader)),
        (String::from("6/1/2"), there)
    );
    reader.keys(">");
    reader.shows("前面没有可去的地方了");
}

#[test]
fn steps_that_come_in_one_burst_are_all_taken() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter } } [");
    assert_eq!(reader.selected(), "6/1/1");
    reader.burst("< < <");
    assert_eq!(reader.selected(), "7/1/1");
    reader.burst("> > >");
    assert_eq!(reader.selected(), "6/1/1");
}

#[test]
fn what_is_read_on_from_a_stop_moves_it() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter J J space space space J");
    let read = reader.selected();
    reader.keys("esc j j j enter");
    assert_ne!(reader.selected(), read);
    reader.keys("<");
    assert_eq!(reader.selected(), read, "what was left for the contents");
    reader.keys("<");
    reader.shows("再往前没有去过别处");
}

#[test]
fn a_jump_a_filter_and_the_library_are_come_back_from() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter f").types("氢能").keys("enter enter");
    assert_eq!(reader.listed().len(), 1);
    reader.keys("a");
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    reader.keys("ctrl-p").types("厦门").keys("enter");
    assert_eq!(reader.query(), "");
    assert_eq!(reader.selected(), "7/2/4");
    reader.keys("<");
    assert_eq!(
        (reader.selected(), reader.query()),
        ("7/1/3".into(), "氢能".into())
    );
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    reader.keys("< <");
    assert_eq!(
        (reader.selected(), reader.query()),
        ("7/1/1".into(), String::new())
    );
    assert!(matches!(reader.open_now().listing.scope, Scope::Issue(_)));
}

#[test]
fn what_is_gone_is_passed_over_and_what_was_imported_anew_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let mut store = Store::open(&place).unwrap();
    common::import(&mut store, TWO);
    let mut reader = Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store);
    reader.keys("enter [ enter ] enter }");
    assert_eq!(reader.selected(), "7/2/1");
    let mut other = Store::open(&place).unwrap();
    let six = reader.state.issues.as_ref().unwrap()[1].id;
    other.remove(six).unwrap();
    import_as(&mut other, "weekly-007.txt", |text| {
        text.replace("揭牌", "正式揭牌")
    });
    reader.keys("<");
    assert_eq!(reader.selected(), "7/1/2");
    reader.keys("<");
    reader.shows("跳过了 1 处");
    assert_eq!(reader.selected(), "7/1/1");
}

#[test]
fn the_text_alone() {
    frames("zen", |reader| {
        reader.keys("enter z ctrl-l");
    });
    frames("zen-find", |reader| {
        reader.keys("z /").types("项目");
    });
}

#[test]
fn every_key_works_where_the_text_stands_alone() {
    let mut reader = Reader::open(40, 12, TWO);
    let shape = |reader: &Reader| reader.state.regions().shape;
    reader.keys("A z");
    reader.shows("只留正文；按 z 或 Esc 回来");
    assert!(!reader.keys("ctrl-l").screen().contains("正文"));
    reader.keys("J space");
    assert_eq!(reader.selected(), "7/1/2");
    reader.keys("/").types("无锡").keys("enter n");
    assert_eq!(
        (reader.selected(), shape(&reader)),
        ("7/1/5".into(), Shape::Zen)
    );
    for (width, height) in [(20, 6), (120, 40), (40, 12)] {
        reader.resize(width, height);
        assert_eq!(shape(&reader), Shape::Zen);
    }
    reader.keys("?");
    reader.shows("帮助");
    reader.keys("esc ctrl-p").types("厦门").keys("enter");
    assert_eq!(
        (reader.selected(), shape(&reader)),
        ("7/2/4".into(), Shape::Zen)
    );
    // The filter is seen while it is used.
    reader.keys("f");
    assert_eq!(shape(&reader), Shape::Narrow);
    reader.keys("esc");
    assert_eq!(shape(&reader), Shape::Zen);
    // First the find goes, then the text stands among the panes, then it is left.
    reader.keys("esc");
    assert_eq!(
        (shape(&reader), reader.state.finding.needle.is_none()),
        (Shape::Zen, true)
    );
    reader.keys("esc");
    assert_eq!(
        (shape(&reader), focus(&reader)),
        (Shape::Narrow, Pane::Body)
    );
    reader.keys("esc");
    assert_eq!(focus(&reader), Pane::Contents);
    reader.keys("z tab");
    assert_eq!(
        (shape(&reader), focus(&reader)),
        (Shape::Narrow, Pane::Contents)
    );
    reader.keys("enter");
    assert_eq!(
        shape(&reader),
        Shape::Narrow,
        "who goes to another pane has left it"
    );
    reader.keys("z z");
    assert_eq!(
        (shape(&reader), focus(&reader)),
        (Shape::Narrow, Pane::Body)
    );
}

#[test]
fn an_answer_that_is_overtaken_leads_nowhere() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("A enter } }");
    let asked = reader.asks(key("<"));
    assert!(
        matches!(asked[..], [Effect::Find(Find::Stops(..))]),
        "{asked:?}"
    );
    reader.keys("[");
    assert_eq!(reader.selected(), "6/1/1");
    reader.perform(asked);
    assert_eq!(reader.selected(), "6/1/1");
}
