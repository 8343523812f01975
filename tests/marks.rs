//! Marks in the reader: tags, notes, undo and redo, all at once, and marks without item.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, key, library};
use parkweekly::app::Failure;
use parkweekly::app::reading::Origin;
use parkweekly::config::Language;
use parkweekly::issue::{Change, IssueNumber, ItemHead, ItemKey, Marks, Note, Tag};
use parkweekly::query::Mark;
use parkweekly::store::{Changed, Ground, MarkChange, Place, Store, Successor, issue_of};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Ask, Effect};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::{Notice, Overlay};
use parkweekly::tui::update::leave;
use std::path::Path;
use tempfile::TempDir;

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];
/// The sizes at which every screen is looked at.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

fn chinese(width: u16, height: u16, store: Store) -> Reader {
    Reader::with(width, height, Language::Chinese, Ambiguous::Narrow, store)
}

/// A library on the disk with both fixtures.
fn on_disk() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    common::import(&mut store, TWO);
    (folder, store)
}

/// What an item is marked with on the disk.
fn kept(folder: &TempDir, item: &ItemHead) -> Marks {
    let store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    store
        .searcher()
        .unwrap()
        .head(item.id)
        .unwrap()
        .unwrap()
        .marks
}

fn selected(reader: &Reader) -> ItemHead {
    reader.open_now().selected().unwrap().clone()
}

fn tag(text: &str) -> Tag {
    Tag::new(text).unwrap()
}

fn tags(marks: &Marks) -> Vec<&str> {
    marks.tags.iter().map(Tag::as_str).collect()
}

fn note(marks: &Marks) -> Option<&str> {
    marks.note.as_ref().map(Note::as_str)
}

/// A library in which items are tagged and noted, and in which marks are without item.
fn marked() -> Store {
    let mut store = library(TWO);
    let searcher = store.searcher().unwrap();
    let heads = searcher.heads(searcher.newest().unwrap().unwrap()).unwrap();
    drop(searcher);
    let on = |n: usize, change| MarkChange::of(&heads[n], change);
    let put = |n, text| on(n, Change::Tag(tag(text), true));
    let absent = |number, headline: &str, change| MarkChange {
        key: ItemKey {
            issue: IssueNumber(number),
            headline: headline.into(),
            ..heads[0].key.clone()
        },
        printed: headline.into(),
        change,
        ground: Ground::Any,
    };
    let long = "这一条要跟进。".repeat(12) + "\n\n  - 三月前联系“招商局”\n  - 问清楚开工的日期";
    store
        .mark_each(&[
            put(0, "跟踪"),
            put(1, "跟踪"),
            put(1, "新能源"),
            put(1, "Q1"),
            put(2, "重点"),
            on(0, Change::Note(Note::new("下周问一下进度"))),
            on(1, Change::Note(Note::new(&long))),
            on(1, Change::Bookmark(true)),
            on(3, Change::Note(Note::new("只有笔记"))),
            absent(5, "某市一个早先的项目开工", Change::Bookmark(true)),
            absent(5, "另一条", Change::Tag(tag("跟踪"), true)),
            absent(
                7,
                "第七期里没有的一条，标题很长很长，长到一行写不下，也不会写到框外面去",
                Change::Bookmark(true),
            ),
        ])
        .unwrap();
    store
}

/// A snapshot of the frame after `script` at each of [`SIZES`].
fn frames(name: &str, script: impl Fn(&mut Reader)) {
    for (width, height) in SIZES {
        let mut reader = chinese(width, height, marked());
        script(&mut reader);
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), reader.frame());
    }
}

#[test]
fn signs_in_the_list_and_the_readers_own_in_the_body() {
    frames("signs", |reader| {
        reader.keys("j");
    });
    frames("body", |reader| {
        reader.keys("j enter");
    });
}

#[test]
fn tags_are_typed_and_completed() {
    frames("tags", |reader| {
        reader.keys("j t").types("重").keys("tab");
    });
    frames("tags-known", |reader| {
        reader.keys("t");
    });
}

#[test]
fn a_note_is_written_over_the_panes() {
    frames("note", |reader| {
        reader.keys("j e up up").types("“又一行”").keys("enter");
    });
}

#[test]
fn marks_without_item_stand_behind_the_bookmarks() {
    frames("detached", |reader| {
        reader.keys("' j j");
    });
}

#[test]
fn an_ambiguous_wide_terminal_in_english() {
    let mut reader = Reader::with(80, 24, Language::English, Ambiguous::Wide, marked());
    reader.keys("j enter e").types(" “and” …");
    insta::assert_snapshot!("note-english-wide-80x24", reader.frame());
    reader.keys("esc t").types("重");
    insta::assert_snapshot!("tags-english-wide-80x24", reader.frame());
    reader.keys("esc ' G enter");
    reader.shows("import 园区周报 no. 5");
}

#[test]
fn every_size_takes_what_is_laid_over_it() {
    for script in ["j t", "j e", "j enter e", "' G", "' j e", "j enter"] {
        let mut reader = chinese(80, 24, marked());
        reader.keys(script);
        for (width, height) in (1..=130)
            .step_by(3)
            .flat_map(|width| [(width, 6), (width, 13), (width, 40)])
            .chain([(20, 6), (19, 6), (20, 5), (200, 60)])
        {
            reader.resize(width, height);
            let (_, cursor) = reader.buffer();
            let inside = cursor.is_none_or(|at| at.x < width && at.y < height);
            assert!(inside, "{script} at {width}x{height}: {cursor:?}");
        }
    }
}

#[test]
fn tags_are_kept_by_their_difference_and_as_one_step() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("t").types("跟踪 #重点，AI").keys("enter");
    assert!(reader.state.overlays.is_empty());
    reader.shows("标签已存下");
    assert_eq!(tags(&kept(&folder, &item)), ["AI", "跟踪", "重点"]);
    // The full-width form of a key, and of a tag: another spelling is no change.
    reader.keys("ｔ");
    for _ in 0..20 {
        reader.keys("backspace");
    }
    reader.types("ａｉ 另一个").keys("enter");
    assert_eq!(tags(&kept(&folder, &item)), ["AI", "另一个"]);
    assert_eq!(tags(&selected(&reader).marks), ["AI", "另一个"]);
    reader.keys("u");
    reader.shows("已撤销“标签”：");
    assert_eq!(tags(&kept(&folder, &item)), ["AI", "跟踪", "重点"]);
    reader.keys("u");
    assert!(kept(&folder, &item).tags.is_empty());
    reader.keys("u");
    reader.shows("没有可撤销的了");
    reader.keys("ctrl-r");
    reader.shows("已重做“标签”：");
    reader.keys("ctrl-r");
    assert_eq!(tags(&kept(&folder, &item)), ["AI", "另一个"]);
    reader.keys("ctrl-r");
    reader.shows("没有可重做的了");
    // Nothing is changed by leaving them, and nothing is a step.
    reader.keys("t").types("不要").keys("esc");
    reader.keys("t enter u");
    reader.shows("已撤销“标签”：");
    assert_eq!(tags(&kept(&folder, &item)), ["AI", "跟踪", "重点"]);
}

#[test]
fn a_tag_that_is_too_long_stays_to_be_mended() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("t").types(&"长".repeat(41)).keys("enter");
    reader.shows("标签最多 40 个字");
    reader.keys("backspace enter");
    assert_eq!(selected(&reader).marks.tags.len(), 1);
}

#[test]
fn a_note_is_kept_by_esc_left_by_ctrl_c_and_taken_away_when_it_is_empty() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader
        .keys("e")
        .types("第一行")
        .keys("enter")
        .types("ｅ第二行")
        .keys("esc");
    reader.shows("笔记已存下");
    assert!(reader.state.overlays.is_empty());
    assert_eq!(note(&kept(&folder, &item)), Some("第一行\nｅ第二行"));
    reader.shows("│ ｅ第二行");
    reader.keys("ｅ").types("第三行").keys("ctrl-c");
    reader.shows("笔记没有改");
    assert_eq!(note(&selected(&reader).marks), Some("第一行\nｅ第二行"));
    // Left as it was, it is not changed and nothing is said of it.
    reader.keys("e esc");
    assert_eq!(reader.state.notice, None);
    reader
        .keys("e")
        .tell(Message::Paste("\n\n粘\u{1b}[31m贴\r\n 两行\r".to_owned()));
    reader.keys("esc");
    let pasted = "第一行\nｅ第二行\n\n粘贴\n 两行";
    assert_eq!(note(&kept(&folder, &item)), Some(pasted));
    reader.keys("e ctrl-home");
    for _ in 0..5 {
        reader.keys("ctrl-k ctrl-k");
    }
    reader.keys("esc");
    reader.shows("笔记已去掉");
    assert_eq!(note(&kept(&folder, &item)), None);
    reader.keys("u");
    reader.shows("已撤销“笔记”：");
    assert_eq!(note(&kept(&folder, &item)), Some(pasted));
    reader.keys("u u");
    assert_eq!(note(&kept(&folder, &item)), None);
}

#[test]
fn a_note_grows_to_half_of_the_screen_and_then_scrolls() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("e");
    let top = |reader: &Reader| {
        let screen = reader.screen();
        screen
            .lines()
            .position(|line| line.contains("笔记 ·"))
            .unwrap()
    };
    assert_eq!(top(&reader), 18, "three lines and a frame");
    for n in 1..=30 {
        reader.types(&n.to_string()).keys("enter");
    }
    assert_eq!(top(&reader), 12);
    reader.shows("31/31");
    let (_, cursor) = reader.buffer();
    assert_eq!(cursor.unwrap().y, 21);
    reader.keys("pageup pageup pageup pageup");
    let (_, cursor) = reader.buffer();
    assert_eq!(cursor.unwrap().y, 13);
    reader.shows("1/31");
}

#[test]
fn a_note_that_is_too_long_is_not_cut() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("e").tell(Message::Paste("长".repeat(20_001)));
    reader.shows("粘贴的太长");
    reader.types("再");
    reader.shows("笔记太长");
    // An editor may hand back whatever it likes.
    reader
        .tell(Message::Edited(Some("长".repeat(20_001)), None))
        .keys("esc");
    reader.shows("笔记太长");
    assert_eq!(reader.state.overlays.len(), 1);
    reader.keys("backspace esc");
    reader.shows("笔记已存下");
}

#[test]
fn what_is_written_is_kept_when_the_reader_is_ended_from_outside() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("e").types("还没写完");
    let effects = leave(&reader.state);
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Ask(Ask::Mark(deed)) => Some(&deed.changes[0].change),
        _ => None,
    });
    assert_eq!(written, Some(&Change::Note(Note::new("还没写完"))));
    reader.keys("ctrl-c");
    assert!(
        !leave(&reader.state)
            .iter()
            .any(|effect| matches!(effect, Effect::Ask(Ask::Mark(_))))
    );
}

#[test]
fn the_editor_gets_the_text_and_gives_it_back() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("e").types("写到一半");
    let effects = reader.asks(key("ctrl-e"));
    assert_eq!(effects, [Effect::Edit("写到一半".to_owned())]);
    reader.tell(Message::Edited(
        None,
        Some(Failure::new("no-editor", vec![])),
    ));
    reader.shows("没有设定编辑器");
    reader.shows("写到一半");
    reader.tell(Message::Edited(
        Some("写完了\r\n\u{1b}[2J两行".to_owned()),
        None,
    ));
    assert_eq!(reader.state.notice, None);
    reader.keys("esc");
    assert_eq!(note(&selected(&reader).marks), Some("写完了\n两行"));
}

#[test]
fn every_wanted_change_is_a_step_and_opening_an_item_is_none() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("b");
    reader.shows("已加书签");
    reader.keys("enter j");
    assert_eq!(reader.state.notice, None, "nobody waits to be told of it");
    assert!(kept(&folder, &item).read);
    reader.keys("r");
    reader.shows("已标为未读");
    reader.keys("r");
    reader.shows("已标为已读");
    // From another item, which is another issue's.
    reader.keys("h [ u");
    reader.shows("已撤销“标为已读”：");
    assert!(!kept(&folder, &item).read);
    reader.keys("u");
    reader.shows("已撤销“标为未读”：");
    assert!(kept(&folder, &item).read);
    reader.keys("ｕ");
    reader.shows("已撤销“加书签”：");
    assert!(!kept(&folder, &item).bookmarked);
    assert!(kept(&folder, &item).read, "that it was opened stays");
    reader.keys("ctrl-r");
    reader.shows("已重做“加书签”：");
    // Something new ends the way forth.
    reader.keys("b ctrl-r");
    reader.shows("没有可重做的了");
    reader.keys("b u");
    reader.shows("已撤销“去掉书签”：");
}

#[test]
fn keys_in_a_burst_are_steps_in_their_order() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.burst("b r u u");
    assert_eq!(kept(&folder, &item), Marks::default());
    reader.burst("b u b u ctrl-r b");
    assert!(!kept(&folder, &item).bookmarked);
    reader.burst("u u");
    reader.shows("已撤销“加书签”：");
    assert_eq!(kept(&folder, &item), Marks::default());
    assert_eq!(reader.state.unkept, 0);
}

#[test]
fn a_change_that_was_not_kept_is_no_step() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("r");
    common::refuse_marks(folder.path());
    reader.keys("b");
    reader.shows("书签没有存下");
    reader.burst("b b b");
    assert!(!selected(&reader).marks.bookmarked);
    reader.keys("u");
    reader.shows("已读标记没有存下");
    assert!(selected(&reader).marks.read, "still as it is on the disk");
    allow_marks(folder.path());
    reader.keys("u");
    reader.shows("已撤销“标为已读”：");
    assert_eq!(kept(&folder, &item), Marks::default());
    reader.keys("u");
    reader.shows("没有可撤销的了");
}

/// Lets marks be written again.
fn allow_marks(folder: &Path) {
    let marks = rusqlite::Connection::open(folder.join("marks.sqlite3")).unwrap();
    marks
        .execute_batch("DROP TRIGGER refuse_INSERT; DROP TRIGGER refuse_UPDATE")
        .unwrap();
}

#[test]
fn a_note_that_could_not_be_kept_is_there_when_it_is_opened_again() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    common::refuse_marks(folder.path());
    reader.keys("e").types("写了很久").keys("esc");
    reader.shows("笔记没有存下");
    assert_eq!(note(&selected(&reader).marks), None);
    // It is tried once more when the reader is left.
    let again = |reader: &Reader| {
        let effects = leave(&reader.state);
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Ask(Ask::Mark(_))))
    };
    assert!(again(&reader));
    allow_marks(folder.path());
    reader.keys("j e").types("另一条").keys("esc k e");
    reader.shows("写了很久");
    reader.keys("esc");
    reader.shows("笔记已存下");
    assert_eq!(note(&kept(&folder, &item)), Some("写了很久"));
    assert!(!again(&reader));
    reader.keys("u e");
    assert!(
        !reader.screen().contains("写了很久"),
        "it is no draft any more"
    );
    // What is left on purpose is left.
    reader.keys("esc");
    common::refuse_marks(folder.path());
    reader.keys("e").types("不要了").keys("esc e ctrl-c e");
    assert!(!reader.screen().contains("不要了"));
}

#[test]
fn what_another_program_wrote_meanwhile_comes_back_by_undo() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("e").types("这里写的");
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let note_of = |text| Change::Note(Note::new(text));
    other
        .mark(&item.key, &item.headline, &note_of("别处写的"))
        .unwrap();
    reader.keys("。");
    reader.shows("这条笔记刚在别处改过");
    reader.keys("esc");
    let both = Some("别处写的\n----------\n这里写的。");
    assert_eq!(note(&kept(&folder, &item)), both);
    reader.shows("两份都已存下");
    assert_eq!(note(&selected(&reader).marks), both);
    reader.keys("u");
    assert_eq!(note(&kept(&folder, &item)), Some("别处写的"));
    reader.shows("│ 别处写的");
    reader.keys("ctrl-r");
    assert_eq!(note(&kept(&folder, &item)), both);
    // What was read here is not what stands there: no way leads over it.
    other
        .mark(&item.key, &item.headline, &note_of("再写"))
        .unwrap();
    reader.keys("u");
    reader.shows("没有动它");
    assert_eq!(note(&kept(&folder, &item)), Some("再写"));
    reader.keys("u");
    assert_eq!(note(&kept(&folder, &item)), Some("再写"));
    // What was not changed here does not change what was changed there.
    reader.keys("e");
    other
        .mark(&item.key, &item.headline, &note_of("又改了"))
        .unwrap();
    reader.keys("end esc");
    assert_eq!(note(&kept(&folder, &item)), Some("又改了"));
    reader.shows("│ 又改了");
}

#[test]
fn a_note_that_nobody_wrote_in_shows_what_another_program_made_of_it() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("e");
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let note_of = |text| Change::Note(Note::new(text));
    other
        .mark(&item.key, &item.headline, &note_of("别处写的"))
        .unwrap();
    reader.tell(Message::Focused(std::time::Instant::now()));
    assert_eq!(reader.state.note_mut().unwrap().area.text(), "别处写的");
    reader.types("，接着写").keys("esc");
    assert_eq!(note(&kept(&folder, &item)), Some("别处写的，接着写"));
    // What is taken away here while another program writes on stays.
    reader.keys("e ctrl-u");
    assert_eq!(reader.state.note_mut().unwrap().area.text(), "");
    other
        .mark(&item.key, &item.headline, &note_of("还要"))
        .unwrap();
    reader.burst("esc");
    assert_eq!(note(&kept(&folder, &item)), Some("还要"));
    reader.shows("没有去掉");
    assert_eq!(note(&selected(&reader).marks), Some("还要"));
}

#[test]
fn two_notes_that_are_too_long_for_one_are_not_cut() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    let mine = "我".repeat(15_000);
    reader
        .keys("e")
        .tell(Message::Edited(Some(mine.clone()), None));
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let theirs = "他".repeat(15_000);
    let change = Change::Note(Note::new(&theirs));
    other.mark(&item.key, &item.headline, &change).unwrap();
    reader.burst("esc");
    assert_eq!(note(&kept(&folder, &item)), Some(&theirs[..]));
    reader.shows("合在一起超过 20000 字");
    reader.keys("e");
    assert_eq!(reader.state.note_mut().unwrap().area.text(), mine);
    reader
        .tell(Message::Edited(Some("我".to_owned()), None))
        .keys("esc");
    let both = format!("{theirs}\n----------\n我");
    assert_eq!(note(&kept(&folder, &item)), Some(&both[..]));
}

#[test]
fn undo_leads_back_to_what_was_on_the_disk_and_not_on_the_screen() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("t").types("跟踪 ");
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    for text in ["跟踪", "别处"] {
        let change = Change::Tag(tag(text), true);
        other.mark(&item.key, &item.headline, &change).unwrap();
    }
    // In one burst with the key that keeps it, so that nobody has looked.
    reader.burst("新 enter");
    assert_eq!(tags(&kept(&folder, &item)), ["别处", "新", "跟踪"]);
    reader.keys("u");
    assert_eq!(tags(&kept(&folder, &item)), ["别处", "跟踪"]);
    reader.keys("u");
    reader.shows("没有可撤销的了");
}

#[test]
fn all_that_is_listed_is_marked_as_read_and_that_is_undone() {
    let mut reader = Reader::open(80, 24, TWO);
    reader.keys("j j enter h A");
    reader.shows("13 条标为已读，按 u 撤销");
    assert!(
        reader
            .open_now()
            .contents
            .items
            .iter()
            .all(|item| item.marks.read)
    );
    let unread = |reader: &Reader| {
        let issues = reader.state.issues.as_ref().unwrap();
        let open = reader.open_now();
        let counted = open
            .tally
            .as_ref()
            .unwrap()
            .marked(&open.listing.query, Mark::Unread);
        let issues: Vec<u32> = issues.iter().map(|issue| issue.unread).collect();
        (counted, issues)
    };
    assert_eq!(unread(&reader), (0, vec![0, 12]));
    reader.keys("Ａ");
    reader.shows("都已读过");
    reader.keys("u");
    reader.shows("已撤销“标为已读”：13 条");
    assert_eq!(unread(&reader), (13, vec![13, 12]));
    assert_eq!(reader.selected(), "7/1/3", "where the reader was");
    reader.keys("ctrl-r");
    reader.shows("已重做“标为已读”：13 条");
    assert_eq!(unread(&reader), (0, vec![0, 12]));
}

#[test]
fn only_what_the_filter_finds_is_marked_and_it_is_listed_again() {
    let mut reader = Reader::open(120, 40, TWO);
    reader.keys("a f").types("基地 is:unread").keys("enter");
    let found = reader.listed().len();
    assert!(found > 1 && found < 26);
    reader.keys("A");
    reader.shows(&format!("{found} 条标为已读"));
    assert_eq!(reader.listed().len(), 1, "only the selected one stays");
    reader.shows(" 0 条 ┘");
    reader.keys("A");
    reader.shows("都已读过");
    reader.keys("u");
    assert_eq!(reader.listed().len(), found);
    reader.keys("x");
    let read = reader
        .open_now()
        .contents
        .items
        .iter()
        .filter(|item| item.marks.read);
    assert_eq!(read.count(), 0);
}

#[test]
fn thousands_are_marked_at_once() {
    let mut reader = chinese(80, 24, common::large_library(200));
    reader.keys("a A");
    reader.shows("2800 条标为已读");
    reader.keys("G");
    assert!(selected(&reader).marks.read);
    reader.keys("u");
    reader.shows("2800 条");
    assert!(!selected(&reader).marks.read);
    assert!(
        reader
            .state
            .issues
            .as_ref()
            .unwrap()
            .iter()
            .all(|issue| issue.unread == 14)
    );
}

#[test]
fn what_is_still_being_marked_cannot_be_undone_yet() {
    let mut reader = Reader::open(80, 24, TWO);
    let asked = reader.asks(key("A"));
    let none = reader.asks(key("u"));
    assert!(none.is_empty());
    assert_eq!(
        reader.state.notice,
        Some(Notice::Word("notice.still-marking"))
    );
    reader.perform(asked);
    reader.shows("14 条标为已读");
    reader.keys("u");
    reader.shows("14 条");
}

#[test]
fn a_bulk_change_that_is_not_kept_is_told() {
    let (folder, store) = on_disk();
    common::refuse_marks(folder.path());
    let mut reader = chinese(80, 24, store);
    reader.keys("A");
    reader.shows("已读标记没有存下");
    assert_eq!(reader.state.unkept, 0);
    reader.keys("u");
    reader.shows("没有可撤销的了");
}

#[test]
fn counts_follow_tags_and_notes_that_the_filter_asks_for() {
    let mut reader = chinese(120, 40, marked());
    reader.keys("f").types("tag:跟踪").keys("enter");
    assert_eq!(reader.listed(), ["7/1/1", "7/1/2"]);
    reader.shows(" 2 条 ┘");
    reader.keys("t ctrl-u enter");
    reader.shows(" 1 条 ┘");
    reader.keys("u");
    reader.shows(" 2 条 ┘");
    reader.keys("x f").types("有:笔记").keys("enter");
    reader.shows(" 3 条 ┘");
    reader.keys("e ctrl-u esc");
    reader.shows(" 2 条 ┘");
    // Switched there and back, they are not what was counted before.
    reader.keys("f down down down down space esc");
    reader.keys("f down down down down space esc");
    reader.shows(" 2 条 ┘");
}

#[test]
fn steps_and_what_is_being_written_follow_a_new_name() {
    let (folder, store) = on_disk();
    let mut reader = chinese(80, 24, store);
    let item = selected(&reader);
    reader.keys("b e").types("写着");
    let printed = item.headline.replacen("项目", "工程", 1);
    let renamed = ItemKey {
        headline: item.key.headline.replacen("项目", "工程", 1),
        ..item.key.clone()
    };
    assert_ne!(renamed, item.key);
    // As another thread does that reads the issue again.
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    common::import_as(&mut other, "weekly-007.txt", |text| {
        text.replace(&item.headline, &printed)
    });
    reader.tell(Message::Reread(Box::new(Changed {
        before: issue_of(item.id),
        after: issue_of(item.id),
        items: vec![Successor {
            before: item.id,
            after: item.id,
            former: item.key.clone(),
            key: renamed.clone(),
            printed: printed.clone(),
        }],
    })));
    reader.keys("esc");
    let marks = kept(&folder, &item);
    assert!(marks.bookmarked);
    assert_eq!(note(&marks), Some("写着"));
    reader.keys("u u");
    reader.shows("已撤销“加书签”：");
    let marks = kept(&folder, &item);
    assert_eq!((marks.bookmarked, note(&marks)), (false, None));
    assert!(other.searcher().unwrap().detached().unwrap().is_empty());
}

#[test]
fn a_mark_without_item_says_so_and_can_be_taken_off() {
    let mut reader = chinese(80, 24, marked());
    reader.keys("'");
    reader.shows("1/4");
    reader.shows("条目不在文库中");
    reader.keys("j enter");
    reader.shows("园区周报 7期 里没有这一条");
    assert_eq!(reader.state.overlays.len(), 1);
    reader.keys("j j enter");
    reader.shows("导入 园区周报 5期");
    reader.shows("4/4");
    let detached = |reader: &mut Reader| {
        let list = reader.state.bookmarks_mut().unwrap();
        let marks = list.detached.iter().map(|one| one.marks.bookmarked);
        marks.collect::<Vec<_>>()
    };
    reader.keys("k b");
    reader.shows("已加书签");
    assert_eq!(detached(&mut reader), [true, true, true]);
    reader.keys("u");
    assert_eq!(detached(&mut reader), [true, false, true]);
    // Over the heading, both ways.
    reader.keys("k k k");
    reader.shows("1/4");
    reader.keys("b");
    reader.shows("已去掉书签");
    reader.keys("j b");
    assert_eq!(detached(&mut reader), [false, false, true]);
    reader.keys("e").types("笔记也可以").keys("esc");
    reader.shows("已存为 7@df2f：条目不在文库里");
    reader.keys("esc '");
    reader.shows("1/3");
    reader.keys("esc u u u");
    reader.keys("'");
    reader.shows("1/4");
}

#[test]
fn where_there_are_only_marks_without_item_the_first_is_selected() {
    let mut store = library(TWO);
    let head = {
        let searcher = store.searcher().unwrap();
        searcher
            .heads(searcher.newest().unwrap().unwrap())
            .unwrap()
            .remove(0)
    };
    let absent = ItemKey {
        issue: IssueNumber(3),
        ..head.key
    };
    store
        .mark(&absent, "早先的一条", &Change::Bookmark(true))
        .unwrap();
    let mut reader = chinese(80, 24, store);
    reader.keys("'");
    reader.shows("1/1");
    reader.keys("k b");
    reader.shows("已去掉书签");
}

#[test]
fn where_files_are_read_the_marks_of_the_library_are_not_listed_as_missing() {
    let mut reader = Reader::of(
        80,
        24,
        Language::Chinese,
        Ambiguous::Narrow,
        marked(),
        Origin::Files,
    );
    reader.keys("'");
    reader.shows("1/1");
    assert!(!reader.screen().contains("条目不在文库中"));
}

#[test]
fn a_tag_that_is_in_the_line_already_is_not_said_to_be_missing() {
    let mut reader = chinese(80, 24, marked());
    reader.keys("t").types("跟");
    reader.shows("符合的标签，这一行里都有了。");
    reader.types("进");
    reader.shows("没有这样的标签");
}

#[test]
fn the_note_of_a_mark_without_item_has_one_sign() {
    for (width, height) in SIZES {
        let mut reader = chinese(width, height, marked());
        // One with a short headline, and one whose note has no room.
        for place in ["G", "j"] {
            reader
                .keys("'")
                .keys(place)
                .keys("e")
                .types("看看")
                .keys("esc esc");
        }
        reader.keys("'");
        let screen = reader.screen();
        let rows = screen
            .lines()
            .filter(|row| row.contains("5@") || row.contains("7@"));
        let signs: Vec<usize> = rows.map(|row| row.matches('✎').count()).collect();
        let noted = signs.iter().filter(|n| **n > 0).count();
        assert_eq!((noted, signs.iter().sum()), (2, 2), "{screen}");
    }
}

#[test]
fn a_heading_has_no_tags_and_no_note() {
    let mut reader = Reader::open(80, 24, TWO);
    for script in ["g g k t", "g g k e"] {
        reader.keys(script);
        reader.shows("这是标题行");
        assert!(reader.state.overlays.is_empty());
    }
}

#[test]
fn the_smallest_screen_has_room_for_english_words() {
    let mut reader = Reader::of(
        40,
        12,
        Language::English,
        Ambiguous::Narrow,
        library(TWO),
        Origin::Library,
    );
    reader.keys("g g k t");
    reader.shows("A heading; marks are set on items");
    reader.keys("!");
    reader.shows(" Diagnostics · what the parser");
    reader.keys("! x");
    reader.shows("No filter to clear; f filters");
}

#[test]
fn late_tags_of_the_library_are_for_the_newest_field() {
    let mut reader = chinese(80, 24, marked());
    let asked = reader.asks(key("t"));
    reader.keys("esc j t");
    let before = reader.screen();
    reader.perform(asked);
    assert_eq!(reader.screen(), before);
    assert!(matches!(reader.state.overlays[..], [Overlay::Tags(_)]));
}
