//! Key scripts against the reader without a terminal: what is on the screen after them.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, key, library};
use parkweekly::config::Language;
use parkweekly::store::{Made, Place, Run, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Ask, Effect, Find, Use};
use parkweekly::tui::message::{Hits, Listed, Message};
use parkweekly::tui::state::{Focus, Overlay, Pane};

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];

/// The sizes at which every screen is looked at.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// A snapshot of the frame after `script` at each of [`SIZES`].
fn frames(name: &str, script: impl Fn(&mut Reader)) {
    for (width, height) in SIZES {
        let mut reader = Reader::open(width, height, TWO);
        script(&mut reader);
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), reader.frame());
    }
}

#[test]
fn opens_on_the_newest_issue_and_its_first_unread_item() {
    frames("start", |_| {});
}

#[test]
fn an_item_is_opened_and_read() {
    frames("open", |reader| {
        reader.keys("j j enter");
    });
}

#[test]
fn the_jump_finds_by_two_hanzi_and_previews() {
    frames("jump", |reader| {
        reader.keys("ctrl-p").types("厦门");
    });
}

#[test]
fn the_list_of_issues() {
    frames("issues", |reader| {
        reader.keys("o j");
    });
}

#[test]
fn the_list_of_bookmarks() {
    frames("bookmarks", |reader| {
        reader.keys("j b J J b '");
    });
}

#[test]
fn the_help() {
    frames("help", |reader| {
        reader.keys("?");
    });
}

#[test]
fn the_diagnostics_of_an_item() {
    frames("diagnostics", |reader| {
        reader.keys("[ j j j !");
    });
}

#[test]
fn items_that_the_parser_was_unsure_of_are_marked() {
    frames("unsure", |reader| {
        reader.keys("[ j j j enter h");
    });
}

#[test]
fn diagnostics_open_from_any_input_method_close_by_the_same_key_and_say_when_there_are_none() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("！");
    assert!(matches!(
        reader.state.overlays.last(),
        Some(Overlay::Diagnostics(_))
    ));
    assert!(reader.screen().contains("没有提示"), "{}", reader.screen());
    assert!(!reader.screen().contains('⚠'));
    reader.keys("?");
    assert!(matches!(
        reader.state.overlays[..],
        [Overlay::Diagnostics(_), Overlay::Help(_)]
    ));
    reader.keys("esc ！");
    assert!(reader.state.overlays.is_empty());
    // Of an item without any in an issue with some.
    reader.keys("[ !");
    let screen = reader.screen();
    assert!(screen.contains("这一条没有提示"), "{screen}");
    assert!(screen.contains("6/1/4 宁德时"), "{screen}");
    // That says nothing, and is not counted.
    assert!(screen.contains(" -/2 "), "{screen}");
    reader.keys("G");
    reader.shows(" 2/2 ");
    reader.keys("esc f esc !");
    assert_eq!(reader.state.overlays.len(), 1, "from the filter too");
}

#[test]
fn from_the_diagnostics_one_goes_to_the_item_they_speak_of() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("[ ! j enter");
    assert!(reader.state.overlays.is_empty());
    let headline = |reader: &Reader| reader.open_now().selected().unwrap().headline.clone();
    assert!(headline(&reader).starts_with("宁德时"));
    assert_eq!(reader.state.focus, Focus::On(Pane::Body));
    // From there the list opens on that item again; the filter gives way to one that it leaves out.
    reader.keys("! j enter");
    assert!(headline(&reader).starts_with("赣州"));
    reader.keys("f");
    reader.tell(Message::Paste("宁德时".to_owned()));
    reader.keys("enter ! j enter");
    assert!(headline(&reader).starts_with("赣州"));
    reader.shows("筛选已清除");
    // Where nothing was noted there is nowhere to go but back.
    reader.keys("] ! enter");
    assert!(reader.state.overlays.is_empty());
}

#[test]
fn keys_go_from_one_item_with_diagnostics_to_the_next() {
    let mut reader = Reader::open(80, 24, TWO);
    let headline = |reader: &Reader| reader.open_now().selected().unwrap().headline.clone();
    reader.keys(")");
    reader.shows("后面没有带提示的条目");
    reader.keys("[ ）");
    assert!(headline(&reader).starts_with("宁德时"));
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
    reader.keys("enter )");
    assert!(headline(&reader).starts_with("赣州"));
    assert_eq!(reader.state.focus, Focus::On(Pane::Body));
    reader.keys(")");
    assert!(reader.open_now().selected().unwrap().marks.read);
    assert!(headline(&reader).starts_with("赣州"));
    reader.shows("后面没有带提示的条目");
    reader.keys("（");
    assert!(headline(&reader).starts_with("宁德时"));
    reader.keys("(");
    reader.shows("前面没有带提示的条目");
    // Into what is folded; a heading stands before its items.
    reader.keys("h g g k enter )");
    assert!(headline(&reader).starts_with("宁德时"));
}

#[test]
fn diagnostics_are_found_beyond_what_is_loaded() {
    let mut store = common::large_library(40);
    common::import(&mut store, &["weekly-006.txt"]);
    let mut reader = Reader::with(80, 24, Language::Chinese, Ambiguous::Narrow, store);
    let headline = |reader: &Reader| reader.open_now().selected().unwrap().headline.clone();
    reader.keys("a G (");
    assert!(headline(&reader).starts_with("赣州"));
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
    reader.keys("(");
    assert!(headline(&reader).starts_with("宁德时"));
    reader.keys("( ) )");
    assert!(headline(&reader).starts_with("赣州"));
    reader.shows("后面没有带提示的条目");
}

/// A library of an issue about which as a whole thirty things were noted.
fn unsure() -> Store {
    let document = parkweekly::source::read(&common::fixture("weekly-006.txt")).unwrap();
    let mut issue = parkweekly::parse::parse(&document.pages, &parkweekly::parse::Hints::default())
        .unwrap()
        .remove(0);
    for n in 1..=30 {
        issue.diagnostics.push(parkweekly::issue::Diagnostic {
            problem: parkweekly::issue::Problem::UnknownLine {
                text: format!("第{n}处\u{1b}[2J看不懂的话"),
            },
            line: Some(200 + n),
            page: None,
            item: None,
        });
    }
    let kept = parkweekly::store::Kept {
        path: "unsure",
        sha256: "unsure",
        parser: parkweekly::app::issues::READING_VERSION,
        pages: &document.pages,
    };
    let mut store = Store::open(&Place::Memory).unwrap();
    store.import(&issue, &kept).unwrap();
    store
}

#[test]
fn diagnostics_of_the_issue_come_first_and_the_list_opens_on_the_item_at_hand() {
    let mut reader = Reader::with(40, 12, Language::Chinese, Ambiguous::Narrow, unsure());
    reader.keys("j j j !");
    reader.shows("6/1/4");
    reader.shows("2/3");
    reader.keys("k");
    reader.shows("整期");
    reader.shows("1/3");
    // Line by line through what is longer than the box, and then on.
    reader.keys("j j j j j");
    reader.shows("1/3");
    reader.shows("第5处");
    assert!(!reader.screen().contains("整期"), "{}", reader.screen());
    assert!(!reader.screen().contains('\u{1b}'));
    reader.keys("pagedown pagedown pagedown pagedown pagedown pagedown");
    reader.shows("第30处");
    reader.keys("G");
    reader.shows("3/3");
    reader.shows("6/1/5");
    for (width, height) in [(20, 6), (200, 60), (80, 24)] {
        reader.resize(width, height);
        reader.shows("6/1/5");
    }
    reader.keys("k");
    reader.shows("6/1/4");
    reader.keys("pageup pageup pageup pageup");
    reader.shows("1/3");
    reader.keys("enter");
    assert!(reader.state.overlays.is_empty(), "it speaks of the issue");
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
}

#[test]
fn a_key_that_is_faster_than_the_list_of_issues_is_not_lost() {
    for (script, expected) in [("[", 6), ("[ a", 7)] {
        let mut reader = Reader::open(80, 24, TWO);
        let issues = reader.state.issues.take().unwrap();
        reader.keys(script);
        let ticket = reader.state.latest.issues;
        reader.tell(Message::Issues(ticket, issues));
        let selected = reader.open_now().selected().unwrap();
        assert_eq!(selected.key.issue.0, expected, "{script}");
    }
}

#[test]
fn english_and_a_wide_terminal() {
    let mut reader = Reader::with(80, 24, Language::English, Ambiguous::Wide, library(TWO));
    reader.keys("j enter b");
    insta::assert_snapshot!("english-wide-80x24", reader.frame());
    reader.keys("[ j j j enter");
    insta::assert_snapshot!("english-wide-unsure-80x24", reader.frame());
    reader.keys("!");
    insta::assert_snapshot!("english-wide-diagnostics-80x24", reader.frame());
}

#[test]
fn a_bookmark_is_there_when_the_library_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    common::import(&mut Store::open(&place).unwrap(), TWO);
    let open = || {
        Reader::with(
            80,
            24,
            Language::Chinese,
            Ambiguous::Narrow,
            Store::open(&place).unwrap(),
        )
    };
    let mut reader = open();
    reader.keys("J b q");
    assert!(reader.stopped);
    let marked = reader
        .state
        .open
        .as_ref()
        .unwrap()
        .selected()
        .unwrap()
        .headline
        .clone();
    drop(reader);
    let mut reader = open();
    reader.keys("' enter");
    let shown = reader.state.open.as_ref().unwrap().selected().unwrap();
    assert_eq!(shown.headline, marked);
    assert!(shown.marks.bookmarked);
}

#[test]
fn a_preview_does_not_count_as_read_and_an_opened_item_does() {
    let mut reader = Reader::open(80, 24, TWO);
    let read = |reader: &Reader| {
        let items = &reader.state.open.as_ref().unwrap().contents.items;
        items.iter().filter(|item| item.marks.read).count()
    };
    reader.keys("j j k");
    assert_eq!(read(&reader), 0);
    reader.keys("enter");
    assert_eq!(read(&reader), 0, "it was not there for a moment yet");
    reader.keys("J J");
    assert_eq!(
        read(&reader),
        2,
        "the next item is opened, since the body has the focus"
    );
    reader.keys("r");
    assert_eq!(read(&reader), 3);
    reader.keys("r");
    assert_eq!(read(&reader), 2);
}

#[test]
fn the_selection_starts_on_the_first_unread_item() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("enter J [ ]");
    assert_eq!(
        reader.state.open.as_ref().unwrap().contents.selected_item(),
        Some(2)
    );
}

#[test]
fn space_reads_the_issue_to_its_end_and_then_says_so() {
    let mut reader = Reader::open(40, 12, TWO);
    for _ in 0..200 {
        reader.keys("space");
    }
    let issue = reader.state.open.as_ref().unwrap();
    assert!(issue.contents.items.iter().all(|item| item.marks.read));
    assert!(
        reader.screen().contains("已全部读完"),
        "{}",
        reader.screen()
    );
}

#[test]
fn space_goes_back_to_an_item_left_unread() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("G");
    for _ in 0..9 {
        reader.keys("space");
    }
    assert_eq!(
        reader
            .state
            .open
            .as_ref()
            .unwrap()
            .contents
            .selected_item()
            .map(|item| item < 9),
        Some(true)
    );
}

#[test]
fn issues_and_sections_are_gone_through_and_their_ends_are_told() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("]");
    assert!(reader.screen().contains("已是最新一期"));
    reader.keys("[");
    assert!(
        reader.screen().contains("园区周报 6期"),
        "{}",
        reader.screen()
    );
    reader.keys("[");
    assert!(reader.screen().contains("已是最早一期"));
    let item = |reader: &Reader| reader.state.open.as_ref().unwrap().contents.selected_item();
    reader.keys("}");
    assert_eq!(item(&reader), Some(5));
    reader.keys("} j {");
    assert_eq!(item(&reader), Some(9));
    reader.keys("{");
    assert_eq!(item(&reader), Some(5));
    reader.keys("g g k k");
    assert!(reader.screen().contains("第一条"), "{}", reader.screen());
    reader.keys("G j");
    assert!(reader.screen().contains("最后一条"));
}

#[test]
fn full_width_punctuation_and_letters_act_as_their_keys() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("？");
    assert!(reader.screen().contains("帮助"));
    reader.keys("esc 【");
    assert!(reader.screen().contains("园区周报 6期"));
    reader.keys("】");
    assert!(reader.screen().contains("园区周报 7期"));
    reader.keys("ｊ ｂ ’");
    assert!(matches!(
        reader.state.overlays.last(),
        Some(Overlay::Bookmarks(_))
    ));
}

#[test]
fn what_is_typed_into_the_jump_is_text_and_the_cursor_stands_behind_it() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("ctrl-p").types("qjb ？");
    let (_, cursor) = reader.buffer();
    assert!(!reader.stopped);
    assert_eq!(cursor.map(|at| (at.x, at.y)), Some((10, 1)));
    reader.keys("esc");
    assert_eq!(reader.buffer().1, None);
}

#[test]
fn a_paste_goes_into_the_field_as_one_line() {
    let mut reader = Reader::open(80, 24, TWO);
    reader
        .keys("ctrl-p")
        .tell(Message::Paste("厦\u{1b}[31m门\n".into()));
    let screen = reader.screen();
    let field = screen.lines().nth(1).unwrap();
    assert!(field.contains("厦门") && !field.contains('['), "{screen}");
}

#[test]
fn nothing_found_says_what_to_do() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("ctrl-p").types("没有这样的标题");
    assert!(
        reader.screen().contains("少写几个字"),
        "{}",
        reader.screen()
    );
    reader.keys("enter");
    assert!(
        reader.screen().contains("少写几个字"),
        "enter without a hit stays"
    );
}

#[test]
fn an_answer_that_has_been_overtaken_is_dropped() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("ctrl-p").types("厦门");
    let first = reader.wanted.iter().rev().find_map(|effect| match effect {
        Effect::Find(Find::Jump(ticket, jump)) if jump.typed == "厦" => Some(*ticket),
        _ => None,
    });
    let before = reader.frame();
    reader.tell(Message::Hits(first.unwrap(), Hits::default()));
    assert_eq!(reader.frame(), before);
}

#[test]
fn the_help_lies_over_the_jump_and_gives_it_back() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("ctrl-p").types("厦门").keys("f1");
    assert!(reader.screen().contains("在跳转中"), "{}", reader.screen());
    reader.keys("esc");
    assert!(reader.screen().contains("厦门"));
    assert!(reader.screen().contains("跳转"));
}

#[test]
fn an_unknown_key_is_answered_and_a_broken_sequence_is_over() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("X");
    assert!(
        reader.screen().contains("没有这个按键"),
        "{}",
        reader.screen()
    );
    reader.keys("g");
    reader.shows("g  到开头");
    reader.keys("j");
    let selected = |reader: &Reader| reader.state.open.as_ref().unwrap().contents.selected_item();
    assert_eq!(selected(&reader), Some(0));
    reader.shows("g 后面没有 j；可以按：g u b");
    reader.keys("j");
    assert_eq!(selected(&reader), Some(1));
}

#[test]
fn every_size_draws_every_screen() {
    let scripts = [
        "",
        "enter",
        "ctrl-p 厦 门",
        "o",
        "!",
        "[ j j j !",
        "j b '",
        "?",
        "ctrl-p f1",
        "X",
        "g",
    ];
    for script in scripts {
        let mut reader = Reader::open(120, 40, TWO);
        reader.keys(script);
        for (width, height) in (1..=130)
            .step_by(3)
            .flat_map(|width| [(width, 6), (width, 13), (width, 40)])
            .chain([(20, 6), (19, 6), (20, 5), (80, 24), (200, 60)])
        {
            reader.resize(width, height);
            let screen = reader.screen();
            assert!(
                screen.lines().count() <= usize::from(height),
                "{script} at {width}x{height}"
            );
        }
    }
}

/// A library on the disk whose marks can't be written.
fn stubborn(folder: &std::path::Path) -> Store {
    let place = Place::Folder(folder.to_owned());
    common::import(&mut Store::open(&place).unwrap(), TWO);
    common::refuse_marks(folder);
    Store::open(&place).unwrap()
}

#[test]
fn a_mark_that_is_not_kept_is_not_shown_and_the_reader_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::with(
        120,
        40,
        Language::Chinese,
        Ambiguous::Narrow,
        stubborn(folder.path()),
    );
    reader.keys("b");
    assert!(
        reader.screen().contains("书签没有存下"),
        "{}",
        reader.screen()
    );
    reader.keys("b b");
    let marks = reader
        .state
        .open
        .as_ref()
        .unwrap()
        .selected()
        .unwrap()
        .marks
        .clone();
    assert!(!marks.bookmarked);
    reader.keys("enter j");
    assert!(
        reader.screen().contains("已读标记没有存下"),
        "{}",
        reader.screen()
    );
    assert_eq!(reader.state.unkept, 0);
}

#[test]
fn a_list_of_marks_waits_for_the_marks_before_it() {
    let mut reader = Reader::open(80, 24, TWO);
    let effects = reader.asks(key("b"));
    let [Effect::Ask(Ask::Mark(deed))] = &effects[..] else {
        panic!("{effects:?}")
    };
    let held = reader.asks(key("'"));
    assert!(
        held.is_empty(),
        "the list would miss the bookmark: {held:?}"
    );
    let released = reader.asks(Message::Kept(deed.clone(), Made::default()));
    assert!(matches!(released[..], [Effect::Find(Find::Bookmarks(_))]));
}

#[test]
fn answers_reach_an_overlay_under_the_help() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("ctrl-p");
    let ticket = reader.state.latest.jump;
    let nothing = Hits {
        is_whole: true,
        ..Hits::default()
    };
    reader
        .keys("f1")
        .tell(Message::Hits(ticket, nothing))
        .keys("esc");
    assert!(
        reader.screen().contains("少写几个字"),
        "{}",
        reader.screen()
    );
}

#[test]
fn a_preview_of_a_hit_that_is_not_selected_any_more_is_dropped() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("ctrl-p");
    let asked = reader.asks(key("down"));
    let Some(Effect::Ask(Ask::Item(late, Use::Preview, _))) = asked.first() else {
        panic!("{asked:?}")
    };
    reader.asks(key("up"));
    let before = reader.frame();
    reader.tell(Message::Item(*late, Use::Preview, None));
    assert_eq!(reader.frame(), before);
}

#[test]
fn space_shows_an_item_from_its_beginning_before_it_goes_on() {
    let mut reader = Reader::open(40, 12, TWO);
    reader.keys("enter esc");
    let item = |reader: &Reader| reader.state.open.as_ref().unwrap().contents.selected_item();
    reader.keys("space");
    assert_eq!(
        (reader.state.focus, item(&reader)),
        (Focus::On(Pane::Body), Some(0))
    );
}

#[test]
fn an_item_marked_unread_again_stays_so_when_space_goes_on() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("enter j r space");
    let contents = &reader.state.open.as_ref().unwrap().contents;
    assert_eq!(contents.selected_item(), Some(1));
    assert!(!contents.items[0].marks.read);
}

#[test]
fn the_list_of_issues_opens_before_it_is_there() {
    // The first moment, when the items are on the screen and the issues are still being counted.
    for (keys, place) in [("", "1/2"), ("]", "1/2"), ("[", "2/2")] {
        let mut reader = Reader::open(80, 24, TWO);
        reader.keys(keys);
        reader.state.issues = None;
        let asked = reader.asks(key("o"));
        assert!(reader.state.issues.is_none());
        let early = reader.screen();
        assert!(early.contains("各期") && !early.contains("/2 "), "{early}");
        reader.perform(asked);
        reader.shows(place);
        reader.keys("j enter").shows("园区周报 6期");
    }
}

#[test]
fn an_issue_that_is_gone_leaves_the_open_one() {
    let mut reader = Reader::open(80, 24, TWO);
    let open = reader.state.open.as_ref().unwrap().listing.clone();
    let asked = reader.asks(key("["));
    let Some(Effect::Find(Find::List(ticket, listing, anchor, goal))) = asked.first() else {
        panic!("{asked:?}")
    };
    let gone = Listed {
        listing: listing.clone(),
        anchor: *anchor,
        run: Run::default(),
        issue: None,
    };
    reader.tell(Message::List(*ticket, Box::new(gone), *goal));
    assert_eq!(reader.state.open.as_ref().unwrap().listing, open);
    assert!(
        reader.screen().contains("已不在文库里"),
        "{}",
        reader.screen()
    );
}

#[test]
fn a_field_takes_no_more_than_it_can_lay_out() {
    let mut reader = Reader::open(80, 24, TWO);
    reader
        .keys("ctrl-p")
        .tell(Message::Paste("长".repeat(60_000)))
        .types("末");
    let typed = reader
        .state
        .jump_mut()
        .unwrap()
        .input
        .value()
        .chars()
        .count();
    assert_eq!(typed, 1000);
    reader.tell(Message::Paste("多".into()));
    assert_eq!(
        reader
            .state
            .jump_mut()
            .unwrap()
            .input
            .value()
            .chars()
            .count(),
        1000
    );
}
