//! What another program changes while the reader is open: it is there at the next key or when the window gets the focus, and
//! the reader stays where it is.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, fixture};
use parkweekly::app::input::{Asked, Ways};
use parkweekly::app::reading::{self, Keep, Origin, Reading};
use parkweekly::config::Language;
use parkweekly::issue::{Change, Issue, IssueId, ItemHead, ItemOrdinal, Marks, Note, Tag};
use parkweekly::parse::{Hints, parse};
use parkweekly::store::{Elsewhere, Kept, Place, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Arrival, Ask, Effect, Find, Use};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::{Focus, Overlay, Pane};
use parkweekly::tui::worker::Writer;
use std::path::Path;
use std::sync::mpsc::channel;
use tempfile::TempDir;

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];

/// A library on the disk, a reader of it, and the connection of another program.
struct Both {
    folder: TempDir,
    reader: Reader,
    other: Store,
}

/// What a reader that is opened now, on the library in `folder`, opens on.
fn reading(folder: &Path) -> Reading {
    let asked = (Asked::default(), &Ways::of("".as_ref()));
    reading::open(Some(folder.to_owned()), &[], asked, Keep::Own).unwrap()
}

impl Both {
    fn open(width: u16, height: u16, fixtures: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().to_owned());
        let mut other = Store::open(&place).unwrap();
        common::import(&mut other, fixtures);
        let store = Store::open(&place).unwrap();
        let reader = Reader::with(width, height, Language::Chinese, Ambiguous::Narrow, store);
        Self {
            folder,
            reader,
            other,
        }
    }

    /// The other program imports issue 7 as it is after `change`.
    fn import(&mut self, change: impl FnOnce(&mut Issue)) {
        let document = parkweekly::source::read(&fixture("weekly-007.txt")).unwrap();
        let mut issue = parse(&document.pages, &Hints::default()).unwrap().remove(0);
        change(&mut issue);
        for section in &mut issue.sections {
            for (item, n) in section.items.iter_mut().zip(1..) {
                item.ordinal = ItemOrdinal(n);
            }
        }
        let kept = Kept {
            path: "another",
            sha256: "another",
            parser: parkweekly::app::issues::READING_VERSION,
            pages: &document.pages,
        };
        self.other.import(&issue, &kept).unwrap();
    }

    /// The item at an address, as the other program finds it.
    fn head(&self, address: &str) -> ItemHead {
        let searcher = self.other.searcher().unwrap();
        let issues = searcher.issues().unwrap().into_iter();
        let mut heads = issues.flat_map(|issue| searcher.heads(issue.id).unwrap());
        heads
            .find(|head| head.address().to_string() == address)
            .unwrap()
    }

    fn bookmark(&mut self, address: &str, on: bool) {
        let head = self.head(address);
        assert!(
            self.other
                .set_bookmark(&head.key, &head.headline, on)
                .unwrap()
        );
    }

    fn read(&mut self, address: &str, on: bool) {
        let head = self.head(address);
        assert!(self.other.set_read(&head.key, &head.headline, on).unwrap());
    }

    /// The issue of this number.
    fn issue(&self, number: u32) -> IssueId {
        let issues = self.other.searcher().unwrap().issues().unwrap();
        let issue = issues.iter().find(|issue| issue.label.number.0 == number);
        issue.unwrap().id
    }

    fn focus(&mut self) -> &mut Reader {
        self.reader
            .tell(Message::Focused(std::time::Instant::now()))
    }

    /// The headline that is selected and shown.
    fn here(&self) -> String {
        let open = self.reader.open_now();
        let (selected, body) = (open.selected().unwrap(), &open.body.as_ref().unwrap().view);
        assert_eq!((body.head.id, &body.head.key), (selected.id, &selected.key));
        assert_eq!(body.head.marks, selected.marks);
        selected.headline.clone()
    }
}

/// The row of the screen on which the selected item stands.
fn row(reader: &Reader) -> usize {
    let cursor = reader.open_now().contents.cursor;
    cursor.selected - cursor.offset
}

#[test]
fn marks_that_another_program_sets_are_there_at_the_next_key_and_at_the_focus() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("j");
    both.bookmark("7/1/2", true);
    both.read("7/1/4", true);
    let marks = |both: &Both| -> Vec<(bool, bool)> {
        let items = both.reader.open_now().contents.items.iter();
        items
            .map(|head| (head.marks.bookmarked, head.marks.read))
            .take(5)
            .collect()
    };
    assert!(
        !marks(&both).contains(&(true, false)),
        "not without a reason to look"
    );
    both.focus();
    let now = [
        (false, false),
        (true, false),
        (false, false),
        (false, true),
        (false, false),
    ];
    assert_eq!(marks(&both), now);
    assert!(
        both.reader.screen().contains("未读 13 · ★ 1"),
        "{}",
        both.reader.screen()
    );
    both.here();
    both.bookmark("7/1/2", false);
    both.bookmark("7/1/3", true);
    both.reader.keys("k");
    assert_eq!(marks(&both)[1..3], [(false, false), (true, false)]);
    both.here();
}

#[test]
fn a_look_finds_what_others_changed_and_is_not_answered_where_nobody_did() {
    let mut both = Both::open(80, 24, TWO);
    let looks = |reader: &mut Reader| {
        let before = reader.wanted.len();
        reader.tell(Message::Focused(std::time::Instant::now()));
        reader.wanted.split_off(before)
    };
    let alone = [Effect::Ask(Ask::Look)];
    assert_eq!(looks(&mut both.reader), alone);
    // What the reader changes itself is no news to it.
    both.reader.keys("b j r enter J J");
    assert_eq!(looks(&mut both.reader), alone);
    both.bookmark("6/1/1", true);
    let wanted = looks(&mut both.reader);
    assert!(
        wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Find(Find::List(..))))
    );
    assert!(
        wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Find(Find::Tally(..))))
    );
    let content =
        |effect: &Effect| matches!(effect, Effect::Find(Find::Issues(_) | Find::Jump(..)));
    assert!(!wanted.iter().any(content), "no issue has changed");
    assert_eq!(looks(&mut both.reader), alone, "seen");
    both.import(|issue| issue.sections[0].items.truncate(3));
    let wanted = looks(&mut both.reader);
    assert!(
        wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Find(Find::Issues(_))))
    );
}

#[test]
fn looks_that_wait_are_one_and_stand_behind_what_the_key_asks_for() {
    let mut both = Both::open(80, 24, TWO);
    let effects = parkweekly::tui::update::update(&mut both.reader.state, common::key("j"));
    assert!(matches!(
        effects[..],
        [Effect::Ask(Ask::Item(..)), Effect::Ask(Ask::Look)]
    ));
    let place = Place::Folder(both.folder.path().to_owned());
    let writer = Writer::new(Store::open(&place).unwrap());
    let (send, asks) = channel();
    for _ in 0..50 {
        send.send(Ask::Look).unwrap();
    }
    drop(send);
    both.bookmark("7/1/2", true);
    let mut answers = vec![];
    writer.run(&asks, |message| answers.push(message));
    let only_marks = Elsewhere {
        content: false,
        marks: true,
    };
    assert!(matches!(answers[..], [Message::Elsewhere(changed)] if changed == only_marks));
}

#[test]
fn what_is_read_stays_under_the_eye_when_its_issue_is_imported_anew() {
    let mut both = Both::open(80, 12, TWO);
    both.reader.keys("j j j j j enter ctrl-d");
    let before = both.here();
    let body = both.reader.open_now().body.as_ref().unwrap();
    let place = body.place();
    assert!(place > 0);
    both.reader.keys("h");
    let at = row(&both.reader);
    both.import(|issue| {
        let items = &mut issue.sections[0].items;
        let mut new = items[0].clone();
        new.headline = "新来的一条放在最前面".into();
        items.insert(0, new);
        let read = items
            .iter_mut()
            .find(|item| item.headline == before)
            .unwrap();
        read.paragraphs.push("后来补上的一段。".into());
    });
    both.focus();
    assert_eq!(both.here(), before);
    let items = &both.reader.open_now().contents.items;
    assert_eq!(
        (items.len(), items[0].headline.as_str()),
        (15, "新来的一条放在最前面")
    );
    assert_eq!(row(&both.reader), at, "the eye does not move");
    let body = both.reader.open_now().body.as_ref().unwrap();
    assert_eq!(body.place(), place);
    assert_eq!(
        body.view.item.paragraphs.last().unwrap(),
        "后来补上的一段。"
    );
    // Once more, and only a mark: what was gone to in the text stays too.
    both.reader.keys("l");
    both.bookmark("7/1/1", true);
    both.focus();
    assert_eq!(both.here(), before);
    assert_eq!(both.reader.open_now().body.as_ref().unwrap().place(), place);
}

#[test]
fn a_match_that_was_gone_to_stays_the_one_of_many() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("f").types("项目").keys("enter n n");
    let frame = both.reader.frame();
    both.bookmark("6/1/1", true);
    both.focus();
    assert_eq!(both.reader.frame(), frame);
    let mut untouched = Both::open(120, 40, TWO);
    untouched.reader.keys("f").types("项目").keys("enter n n n");
    both.reader.keys("n");
    assert_eq!(both.reader.frame(), untouched.reader.frame());
}

#[test]
fn a_corrected_headline_is_the_same_item_and_one_that_is_gone_is_not_read_by_that() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("j j enter");
    let before = both.here();
    let corrected = format!("{before}（更正）");
    both.import(|issue| {
        let items = &mut issue.sections[0].items;
        items[2].headline.clone_from(&corrected);
        let mut new = items[0].clone();
        new.headline = "新来的一条放在最前面".into();
        items.insert(0, new);
    });
    both.focus();
    assert_eq!(both.here(), corrected);
    assert_eq!(both.reader.state.focus, Focus::On(Pane::Body));
    both.import(|issue| drop(issue.sections[0].items.remove(2)));
    both.focus();
    assert_ne!(both.here(), corrected);
    assert_eq!(both.reader.state.focus, Focus::On(Pane::Contents));
    both.reader.shows("已不在文库里");
    assert!(!both.reader.open_now().selected().unwrap().marks.read);
    let head = both.head(&both.reader.selected());
    assert!(!head.marks.read);
}

#[test]
fn what_was_marked_unread_under_the_eye_stays_unread() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("j enter j r");
    both.reader.shows("已标为未读");
    both.bookmark("6/1/1", true);
    both.reader.keys("k");
    assert!(!both.head("7/1/2").marks.read);
    // By the other program likewise: the later word counts.
    both.reader.keys("r");
    both.reader.shows("已标为已读");
    both.read("7/1/2", false);
    both.focus();
    assert!(!both.reader.open_now().selected().unwrap().marks.read);
    assert!(!both.head("7/1/2").marks.read);
    both.here();
}

#[test]
fn headings_and_what_is_folded_stay_as_they_are() {
    let mut both = Both::open(120, 40, TWO);
    // Folds the second section, and stays on its heading.
    both.reader.keys("} k enter");
    let before = both.reader.frame();
    let contents = &both.reader.open_now().contents;
    assert!(contents.on_heading());
    let rows = contents.rows.len();
    both.bookmark("7/3/1", true);
    both.bookmark("7/3/1", false);
    both.focus();
    assert_eq!(both.reader.frame(), before);
    both.import(|issue| {
        let mut new = issue.sections[1].items[0].clone();
        new.headline = "新来的一条在收起的栏目里".into();
        issue.sections[1].items.insert(0, new);
    });
    both.focus();
    let contents = &both.reader.open_now().contents;
    assert!(contents.on_heading());
    assert_eq!(contents.rows.len(), rows, "what is new is folded too");
    assert_eq!(contents.items.len(), 15);
    both.reader.keys("enter j");
    assert_eq!(both.here(), "新来的一条在收起的栏目里");
}

#[test]
fn the_filter_what_is_typed_and_what_passes_it_no_more_stay() {
    let mut both = Both::open(120, 40, TWO);
    both.reader
        .keys("f down down enter")
        .types("is:unread")
        .keys("enter j j j");
    let here = both.here();
    let before = both.reader.listed();
    let address = both.reader.selected();
    both.read(&address, true);
    both.read("7/3/1", true);
    both.focus();
    assert_eq!(both.here(), here);
    assert!(both.reader.open_now().selected().unwrap().marks.read);
    assert_eq!(both.reader.query(), "is:unread");
    let mut now = before.clone();
    now.retain(|item| item != "7/3/1");
    assert_eq!(both.reader.listed(), now);
    both.reader.keys("j");
    assert_ne!(both.reader.selected(), address);
    // While something is typed.
    both.reader.keys("x f").types("新能");
    both.bookmark("7/1/1", true);
    both.reader.types("源");
    assert_eq!(both.reader.query(), "新能源");
    both.reader.shows("› 新能源");
    assert!(both.reader.open_now().contents.items[0].marks.bookmarked);
    // What was listed by a filter and is gone altogether is not held on to, whether its row is another's now or nobody's.
    for (word, address, section, item) in [("昆山", "7/1/3", 0, 2), ("广西", "7/3/4", 2, 3)] {
        let mut both = Both::open(120, 40, TWO);
        both.reader.keys("f").types(word).keys("enter");
        assert_eq!(both.reader.listed(), [address]);
        both.import(|issue| drop(issue.sections[section].items.remove(item)));
        both.focus();
        assert!(both.reader.listed().is_empty(), "{}", both.reader.screen());
        both.reader.shows(if item + section == 2 {
            "改过"
        } else {
            "已不在文库里"
        });
    }
}

#[test]
fn a_newer_issue_is_told_and_listed_and_the_selected_one_stays_selected() {
    let mut both = Both::open(120, 40, &["weekly-006.txt"]);
    both.reader.keys("o");
    common::import(&mut both.other, &["weekly-007.txt"]);
    both.focus();
    let issues = both.reader.state.issues.as_ref().unwrap();
    assert_eq!(issues.len(), 2);
    let Some(Overlay::Issues(list)) = both.reader.state.overlays.last() else {
        panic!("no list of issues");
    };
    assert_eq!(issues[list.cursor.selected].label.number.0, 6);
    both.reader.shows("有新的一期");
    both.reader.keys("k enter");
    assert_eq!(both.reader.selected(), "7/1/1");
    // Marks show in the list of issues too.
    both.reader.keys("o");
    both.bookmark("6/1/1", true);
    both.focus();
    assert_eq!(both.reader.state.issues.as_ref().unwrap()[1].bookmarked, 1);
}

#[test]
fn the_list_of_bookmarks_follows_and_keeps_what_was_taken_off_in_it() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("b j j b j b ' j");
    both.reader.keys("b");
    both.bookmark("7/2/1", true);
    both.bookmark("7/1/1", false);
    both.focus();
    let Some(Overlay::Bookmarks(list)) = both.reader.state.overlays.last() else {
        panic!("no list of bookmarks");
    };
    let rows = list.rows.as_ref().unwrap();
    let listed: Vec<String> = rows.iter().map(|head| head.address().to_string()).collect();
    assert_eq!(listed, ["7/1/3", "7/1/4", "7/2/1"]);
    assert_eq!(listed[list.cursor.selected], "7/1/3");
    both.reader.keys("b");
    assert!(both.head("7/1/3").marks.bookmarked);
}

#[test]
fn the_jump_keeps_its_text_and_hit_and_finds_what_is_new() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("ctrl-p").types("总投资").keys("down");
    let hits = |both: &mut Both| {
        let jump = both.reader.state.jump_mut().unwrap();
        let rows = jump.rows.as_ref().unwrap();
        let hit = rows[jump.cursor.selected].head.headline.clone();
        let preview = jump.preview.as_ref().unwrap().view.head.key.clone();
        assert_eq!(preview, rows[jump.cursor.selected].head.key);
        (rows.len(), hit)
    };
    let (before, hit) = hits(&mut both);
    both.import(|issue| {
        let mut new = issue.sections[0].items[0].clone();
        new.headline = "总投资又添一笔".into();
        issue.sections[0].items.insert(0, new);
    });
    both.focus();
    assert_eq!(hits(&mut both), (before + 1, hit.clone()));
    both.reader.shows("› 总投资");
    both.reader.keys("enter");
    assert_eq!(both.here(), hit);
}

#[test]
fn an_issue_that_is_gone_gives_way_and_one_with_another_date_is_followed() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("j j");
    let here = both.here();
    let before = both.issue(7);
    both.import(|issue| issue.week = Some(4));
    assert_ne!(both.issue(7), before);
    both.focus();
    assert_eq!(both.here(), here);
    let label = &both.reader.open_now().issue.as_ref().unwrap().label;
    assert_eq!(label.week, Some(4));
    let issue = both.issue(7);
    assert!(both.other.remove(issue).unwrap());
    both.focus();
    assert_eq!(both.reader.selected(), "6/1/1");
    both.reader.shows("这一期已不在文库里");
    let issue = both.issue(6);
    assert!(both.other.remove(issue).unwrap());
    both.focus();
    assert!(both.reader.state.is_empty() && both.reader.state.open.is_none());
    both.reader.keys("j b enter o ' ctrl-p f x a");
    common::import(&mut both.other, TWO);
    both.focus();
    assert_eq!(both.reader.selected(), "7/1/1");
}

#[test]
fn a_list_on_its_way_is_shown_and_then_listed_again() {
    let mut both = Both::open(120, 40, TWO);
    let asked = both.reader.asks(common::key("a"));
    assert!(matches!(asked[..], [Effect::Find(Find::List(..))]));
    let elsewhere = Elsewhere {
        content: false,
        marks: true,
    };
    let more = both.reader.asks(Message::Elsewhere(elsewhere));
    assert!(more.is_empty(), "the one on its way comes first: {more:?}");
    let before = both.reader.wanted.len();
    both.reader.perform(asked);
    let lists = |effect: &&Effect| matches!(effect, Effect::Find(Find::List(..)));
    assert_eq!(both.reader.wanted[before..].iter().filter(lists).count(), 2);
    assert_eq!(both.reader.listed().len(), 26);
    let again = both.reader.asks(Message::Elsewhere(elsewhere));
    assert_eq!(again.iter().filter(lists).count(), 1);
}

#[test]
fn an_item_that_was_fetched_before_a_mark_was_kept_does_not_take_it_back() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("j");
    let id = both.head("7/1/2").id;
    let before = both.other.item(id).unwrap().unwrap();
    let marking = both.reader.asks(common::key("b"));
    let ticket = both.reader.state.latest.body;
    let late = Message::Item(ticket, Use::Body(Arrival::Place), Some(Box::new(before)));
    both.reader.tell(late);
    both.here();
    assert!(both.reader.open_now().selected().unwrap().marks.bookmarked);
    both.reader.perform(marking);
    both.here();
    assert!(both.head("7/1/2").marks.bookmarked);
}

#[test]
fn notes_and_tags_of_another_program_are_in_the_text() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("j enter");
    let head = both.head("7/1/2");
    for change in [
        Change::Note(Note::new("别处写下的笔记")),
        Change::Tag(Tag::new("别处").unwrap(), true),
    ] {
        assert!(both.other.mark(&head.key, &head.headline, &change).unwrap());
    }
    both.focus();
    both.reader.shows("别处写下的笔记");
    both.here();
}

#[test]
fn what_is_put_in_the_place_of_the_library_is_read_and_written_from_then_on() {
    let mut shared = Both::open(80, 24, TWO);
    let folder = shared.folder.path().to_owned();
    shared.bookmark("7/1/2", true);
    shared.focus();
    assert!(selected_marks(&shared, 1).bookmarked);
    // Another program sets the marks aside and puts a copy in their place, in which nothing is marked.
    let copy = tempfile::tempdir().unwrap();
    drop(Store::open(&Place::Folder(copy.path().to_owned())).unwrap());
    let marks = folder.join("marks.sqlite3");
    std::fs::hard_link(&marks, folder.join("aside.sqlite3")).unwrap();
    for companion in ["marks.sqlite3-wal", "marks.sqlite3-shm"] {
        std::fs::remove_file(folder.join(companion)).unwrap();
    }
    std::fs::rename(copy.path().join("marks.sqlite3"), &marks).unwrap();
    // The very first key writes.
    shared.reader.keys("b");
    assert!(!selected_marks(&shared, 1).bookmarked, "it looks anew");
    let now = Store::open(&Place::Folder(folder)).unwrap();
    let searcher = now.searcher().unwrap();
    let bookmarks = searcher.bookmarks().unwrap();
    assert_eq!(bookmarks.len(), 1, "the mark is in the new file");
    assert_eq!(bookmarks[0].address().to_string(), shared.reader.selected());
    // And the lists come from there, too.
    shared.reader.keys("'");
    assert_eq!(
        shared
            .reader
            .state
            .bookmarks_mut()
            .unwrap()
            .rows
            .as_ref()
            .unwrap()
            .len(),
        1
    );
}

/// The marks of an item of the list, by its place.
fn selected_marks(shared: &Both, n: usize) -> Marks {
    shared.reader.open_now().contents.items[n].marks.clone()
}

#[test]
fn from_the_sample_the_reader_goes_over_to_a_library_that_is_not_empty_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let reading = reading(folder.path());
    assert_eq!(reading.origin, Origin::Sample);
    let mut reader = Reader::awaiting(80, 24, reading);
    reader.keys("j");
    reader.shows("样刊");
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    reader.keys("j");
    assert_eq!(reader.state.origin, Origin::Sample, "it is empty");
    // What is being written is not taken away.
    reader.keys("e").types("样刊上的");
    common::import(&mut other, TWO);
    reader.types("笔记");
    assert_eq!(reader.state.note_mut().unwrap().area.text(), "样刊上的笔记");
    reader.keys("esc");
    assert_eq!(reader.state.origin, Origin::Library);
    reader.shows("现在读的是文库");
    assert_eq!(reader.selected(), "7/1/1");
    reader.keys("b '");
    let bookmarks = other.searcher().unwrap().bookmarks().unwrap();
    assert_eq!(bookmarks.len(), 1);
    reader.keys("esc u");
    assert!(other.searcher().unwrap().bookmarks().unwrap().is_empty());
}

#[test]
fn what_is_written_goes_to_the_item_that_was_corrected_meanwhile() {
    let mut both = Both::open(120, 40, TWO);
    both.reader.keys("enter e 先 写 esc");
    both.reader.keys("e 后 写");
    let mut corrected = String::new();
    both.import(|issue| {
        let item = &mut issue.sections[0].items[0];
        item.headline = item.headline.replace("156", "157");
        corrected.clone_from(&item.headline);
    });
    both.reader.keys("esc");
    let head = both.head("7/1/1");
    assert_eq!(head.headline, corrected);
    assert_eq!(head.marks.note, Note::new("先写后写"));
    assert!(
        both.other
            .searcher()
            .unwrap()
            .detached()
            .unwrap()
            .is_empty()
    );
    // And the way back.
    both.reader.keys("u");
    assert_eq!(both.head("7/1/1").marks.note, Note::new("先写"));
}

#[test]
fn what_is_written_of_an_item_that_is_gone_never_goes_to_one_beside_it() {
    let beside = |issue: &mut Issue| {
        let items = &mut issue.sections[0].items;
        let mut other = items[0].clone();
        other.headline = other.headline.replace("156", "157");
        items.insert(1, other);
    };
    let without = |issue: &mut Issue| {
        beside(issue);
        issue.sections[0].items.remove(0);
    };
    for keys in ["e 写", "t 写"] {
        let mut both = Both::open(120, 40, TWO);
        both.import(beside);
        // Not opened, so that nothing is marked of it: not even that it was read.
        both.reader.keys("j k");
        both.reader.keys(keys);
        both.import(without);
        both.reader.keys(if keys.starts_with('e') {
            "esc"
        } else {
            "enter"
        });
        assert_eq!(both.head("7/1/1").marks.note, None, "{keys}");
        assert!(both.head("7/1/1").marks.tags.is_empty(), "{keys}");
        let waiting = both.other.searcher().unwrap().detached().unwrap();
        assert_eq!(waiting.len(), 1, "{keys}");
        let frame = both.reader.frame();
        assert!(frame.contains(&waiting[0].name.to_string()), "{frame}");
    }
}

#[test]
fn what_is_written_of_an_item_that_is_gone_waits_under_a_name_that_is_told() {
    let mut both = Both::open(80, 24, TWO);
    both.reader.keys("enter e 写");
    let issue = both.issue(7);
    both.other.remove(issue).unwrap();
    both.reader.keys("esc");
    let waiting = both.other.searcher().unwrap().detached().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].marks.note, Note::new("写"));
    let frame = both.reader.frame();
    assert!(
        frame.contains(&format!("已存为 {}", waiting[0].name)),
        "{frame}"
    );
}

#[test]
fn marks_that_wait_are_listed_where_the_library_holds_no_issue() {
    let mut both = Both::open(80, 24, TWO);
    both.bookmark("7/1/1", true);
    for number in [7, 6] {
        let issue = both.issue(number);
        both.other.remove(issue).unwrap();
    }
    let name = both.other.searcher().unwrap().detached().unwrap()[0]
        .name
        .to_string();
    // In a reader whose last issue was removed, and in one that is opened now.
    both.focus();
    let reading = reading(both.folder.path());
    assert_eq!(reading.origin, Origin::Library);
    let opened = Reader::awaiting(80, 24, reading);
    for mut reader in [both.reader, opened] {
        reader.shows("没有任何一期");
        reader.keys("'");
        reader.shows(&name);
        reader.keys("e");
        assert!(reader.state.note_mut().is_some());
        reader.keys("esc esc");
        common::import(&mut both.other, TWO);
        reader.keys("j");
        assert_eq!(reader.selected(), "7/1/1");
        let issues = both.other.searcher().unwrap().issues().unwrap();
        for issue in issues {
            both.other.remove(issue.id).unwrap();
        }
    }
}

#[test]
fn where_only_reading_left_marks_the_sample_is_opened() {
    let mut both = Both::open(80, 24, TWO);
    both.read("7/1/1", true);
    for number in [7, 6] {
        let issue = both.issue(number);
        both.other.remove(issue).unwrap();
    }
    assert_eq!(reading(both.folder.path()).origin, Origin::Sample);
}
