//! Key scripts against the reader without a terminal: what is on the screen after them.

mod common;

use common::{Reader, library};
use parkweekly::config::Language;
use parkweekly::store::{Place, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Effect, Find};

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
fn an_empty_library_says_how_to_import() {
    for (width, height) in SIZES {
        let store = Store::open(&Place::Memory).unwrap();
        let reader = Reader::with(width, height, Language::Chinese, Ambiguous::Narrow, store);
        insta::assert_snapshot!(format!("empty-{width}x{height}"), reader.frame());
    }
}

#[test]
fn english_and_a_wide_terminal() {
    let mut reader = Reader::with(80, 24, Language::English, Ambiguous::Wide, library(TWO));
    reader.keys("j enter b");
    insta::assert_snapshot!("english-wide-80x24", reader.frame());
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
        .issue
        .as_ref()
        .unwrap()
        .selected()
        .unwrap()
        .headline
        .clone();
    drop(reader);
    let mut reader = open();
    reader.keys("' enter");
    let shown = reader.state.issue.as_ref().unwrap().selected().unwrap();
    assert_eq!(shown.headline, marked);
    assert!(shown.marks.bookmarked);
}

#[test]
fn a_preview_does_not_count_as_read_and_an_opened_item_does() {
    let mut reader = Reader::open(80, 24, TWO);
    let read = |reader: &Reader| {
        let items = &reader.state.issue.as_ref().unwrap().contents.items;
        items.iter().filter(|item| item.marks.read).count()
    };
    reader.keys("j j k");
    assert_eq!(read(&reader), 0);
    reader.keys("enter");
    assert_eq!(read(&reader), 1);
    reader.keys("J J");
    assert_eq!(
        read(&reader),
        3,
        "the next items are opened, since the body has the focus"
    );
    reader.keys("r");
    assert_eq!(read(&reader), 2);
}

#[test]
fn the_selection_starts_on_the_first_unread_item() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("enter J [ ]");
    assert_eq!(
        reader
            .state
            .issue
            .as_ref()
            .unwrap()
            .contents
            .selected_item(),
        Some(2)
    );
}

#[test]
fn space_reads_the_issue_to_its_end_and_then_says_so() {
    let mut reader = Reader::open(40, 12, TWO);
    for _ in 0..200 {
        reader.keys("space");
    }
    let issue = reader.state.issue.as_ref().unwrap();
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
            .issue
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
    let item = |reader: &Reader| {
        reader
            .state
            .issue
            .as_ref()
            .unwrap()
            .contents
            .selected_item()
    };
    reader.keys("}");
    assert_eq!(item(&reader), Some(5));
    reader.keys("} j {");
    assert_eq!(item(&reader), Some(9));
    reader.keys("{");
    assert_eq!(item(&reader), Some(5));
    reader.keys("g g k");
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
    assert!(reader.screen().contains("书签"), "{}", reader.screen());
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
        .tell(parkweekly::tui::message::Message::Paste(
            "厦\u{1b}[31m门\n".into(),
        ));
    assert!(reader.screen().contains("厦[31m门"), "{}", reader.screen());
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
        Effect::Find(Find::Jump(ticket, typed)) if typed == "厦" => Some(*ticket),
        _ => None,
    });
    let before = reader.frame();
    reader.tell(parkweekly::tui::message::Message::Hits(
        first.unwrap(),
        vec![],
        0,
    ));
    assert_eq!(reader.frame(), before);
}

#[test]
fn the_help_lies_over_the_jump_and_gives_it_back() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("ctrl-p").types("厦门").keys("f1");
    assert!(
        reader.screen().contains("往下读一页"),
        "{}",
        reader.screen()
    );
    reader.keys("esc");
    assert!(reader.screen().contains("厦门"));
    assert!(reader.screen().contains("跳转"));
}

#[test]
fn an_unknown_key_is_answered_and_a_broken_sequence_is_silent() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("X");
    assert!(
        reader.screen().contains("没有这个按键"),
        "{}",
        reader.screen()
    );
    reader.keys("g");
    assert!(
        reader.screen().contains("gg"),
        "the status bar shows what can follow:\n{}",
        reader.screen()
    );
    reader.keys("x");
    assert!(!reader.screen().contains("没有这个按键"));
}

#[test]
fn every_size_draws_every_screen() {
    let scripts = [
        "",
        "enter",
        "ctrl-p 厦 门",
        "o",
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
