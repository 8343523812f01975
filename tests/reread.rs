//! Issues that are read again under the reader: what is on the screen, what is marked, and what goes wrong quietly.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, fixture, key};
use parkweekly::app::issues::{READING_VERSION, issues_on};
use parkweekly::app::reparse::Rereader;
use parkweekly::config::Language;
use parkweekly::issue::{Issue, ItemOrdinal};
use parkweekly::parse::Hints;
use parkweekly::source::{Document, read};
use parkweekly::store::{Changed, Kept, Place, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Effect, Find};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::{Focus, Pane};
use parkweekly::tui::worker::Finder;
use std::path::Path;
use tempfile::TempDir;

/// A fixture as it is read now.
fn current(name: &str) -> (Document, Issue) {
    let document = read(&fixture(name)).unwrap();
    let issue = issues_on(&document.pages, &Hints::default())
        .unwrap()
        .remove(0);
    (document, issue)
}

/// The issue as an older parser may have read it: a headline cut at the end of its line, a line between two items taken for an
/// item, and the mark of another headline taken for a part of it.
fn misread(issue: &Issue) -> Issue {
    let mut misread = issue.clone();
    let items = &mut misread.sections[0].items;
    items[3].headline.insert(0, '▲');
    let cut: String = items[1].headline.chars().take(12).collect();
    let rest = items[1].headline[cut.len()..].to_owned();
    items[1].lead = Some(rest + items[1].lead.as_deref().unwrap_or_default());
    items[1].headline = cut;
    let mut line = items[0].clone();
    line.headline = "一行页眉".into();
    line.lead = None;
    line.paragraphs = vec![];
    items.insert(0, line);
    for (item, n) in items.iter_mut().zip(1..) {
        item.ordinal = ItemOrdinal(n);
    }
    misread
}

fn import(store: &mut Store, document: &Document, issue: &Issue, parser: u32) {
    let kept = Kept {
        path: "/somewhere/weekly.txt",
        sha256: &document.sha256,
        parser,
        pages: &document.pages,
    };
    store.import(issue, &kept).unwrap();
}

/// A library on the disk in which an older parser has read both fixtures; the older one the way `older` makes of it.
fn outdated(folder: &Path, newer: impl Fn(&Issue) -> Issue) -> Place {
    let place = Place::Folder(folder.to_owned());
    let mut store = Store::open(&place).unwrap();
    for name in ["weekly-007.txt", "weekly-006.txt"] {
        let (document, issue) = current(name);
        import(&mut store, &document, &newer(&issue), READING_VERSION - 1);
    }
    place
}

fn open(place: &Place) -> Reader {
    let store = Store::open(place).unwrap();
    Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store)
}

/// A library in which both fixtures were misread, and a reader of it.
fn misread_library() -> (TempDir, Place, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), misread);
    let reader = open(&place);
    (folder, place, reader)
}

/// Reads all that is outdated again; what the reader is to be told.
fn read_again(place: &Place) -> Vec<Changed> {
    let mut told = vec![];
    let rereader = Rereader::new(Store::open(place).unwrap());
    let changed = rereader.run(|| true, |changed| told.push(changed));
    assert_eq!(changed, told.len());
    told
}

fn tell(reader: &mut Reader, told: Vec<Changed>) {
    let count = told.len();
    for changed in told {
        reader.tell(Message::Reread(Box::new(changed)));
    }
    reader.tell(Message::AllReread(count));
}

fn shown(reader: &Reader) -> String {
    let open = reader.open_now();
    let body = &open.body.as_ref().unwrap().view;
    let selected = open.selected().unwrap();
    assert_eq!((body.head.id, &body.head.key), (selected.id, &selected.key));
    assert_eq!(body.item.headline, selected.headline);
    selected.headline.clone()
}

/// Headlines of the bookmarked items as another reader finds them.
fn bookmarked(place: &Place) -> Vec<String> {
    let searcher = Store::open(place).unwrap().searcher().unwrap();
    let bookmarks = searcher.bookmarks().unwrap().into_iter();
    bookmarks.map(|head| head.headline).collect()
}

#[test]
fn the_item_that_is_read_stays_on_the_screen_under_its_new_name() {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), misread);
    let (_, now) = current("weekly-007.txt");
    let wanted = &now.sections[0].items[1].headline;
    let mut reader = open(&place);
    reader.keys("j j b enter j");
    assert_ne!(shown(&reader), *wanted);
    assert_eq!(reader.open_now().contents.items.len(), 15);
    tell(&mut reader, read_again(&place));
    assert_eq!(shown(&reader), *wanted);
    assert_eq!(reader.state.focus, Focus::On(Pane::Body));
    let open = reader.open_now();
    assert_eq!(open.contents.items.len(), 14);
    let marks = &open.selected().unwrap().marks;
    assert!(marks.bookmarked && marks.read);
    assert_eq!(open.tally.as_ref().unwrap().total(&open.listing.query), 14);
    let screen = reader.screen();
    assert!(screen.contains("已重读 2 期"), "{screen}");
    assert!(!screen.contains("改过"), "{screen}");
    assert!(screen.contains("14 条"), "{screen}");
    reader.keys("J K");
    assert_eq!(shown(&reader), *wanted);
    assert_eq!(bookmarked(&place), std::slice::from_ref(wanted));
    let issue = Store::open(&place).unwrap().searcher().unwrap();
    let issue = issue.issues().unwrap().remove(0);
    assert_eq!(issue.source, "/somewhere/weekly.txt");
}

#[test]
fn a_mark_set_before_the_reader_has_heard_of_it_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), misread);
    let (_, now) = current("weekly-007.txt");
    let mut reader = open(&place);
    reader.keys("j j");
    let told = read_again(&place);
    reader.keys("b");
    let wanted = &now.sections[0].items[1].headline;
    assert_eq!(bookmarked(&place), std::slice::from_ref(wanted));
    tell(&mut reader, told);
    assert_eq!(bookmarked(&place), std::slice::from_ref(wanted));
    assert!(reader.open_now().selected().unwrap().marks.bookmarked);
    reader.keys("b");
    assert!(bookmarked(&place).is_empty());
}

#[test]
fn keys_that_come_before_the_new_list_are_not_taken_back() {
    let (_folder, place, mut reader) = misread_library();
    reader.keys("j");
    let first = shown(&reader);
    let mut told = read_again(&place);
    let newest = told.remove(0);
    let effects = reader.asks(Message::Reread(Box::new(newest)));
    reader.keys("j j");
    let here = reader.open_now().selected().unwrap().key.clone();
    reader.perform(effects);
    assert_eq!(reader.open_now().selected().unwrap().key, here);
    assert_ne!(shown(&reader), first);
}

#[test]
fn a_list_that_was_on_its_way_is_asked_for_again() {
    let (_folder, place, mut reader) = misread_library();
    reader.keys("[");
    let effects = reader.asks(key("]"));
    let mut finder = Finder::new(Store::open(&place).unwrap().searcher().unwrap());
    let answers: Vec<Message> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Find(find @ Find::List(..)) => finder.perform(find),
            _ => None,
        })
        .collect();
    assert_eq!(answers.len(), 1, "of before, and it comes after the news");
    for changed in read_again(&place) {
        let more = reader.asks(Message::Reread(Box::new(changed)));
        let list = |effect: &Effect| matches!(effect, Effect::Find(Find::List(..)));
        assert!(!more.iter().any(list), "the one on its way comes first");
        reader.perform(more);
    }
    for answer in answers {
        reader.tell(answer);
    }
    assert_eq!(reader.open_now().contents.items.len(), 14);
    assert!(!reader.screen().contains("改过"), "{}", reader.screen());
    shown(&reader);
}

#[test]
fn an_issue_that_gets_another_date_stays_open_and_in_its_place_in_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), |issue| Issue {
        month: None,
        week: None,
        ..misread(issue)
    });
    for script in ["j j j", "a j j j j j j"] {
        let mut reader = open(&place);
        reader.keys(script);
        let before = shown(&reader);
        tell(&mut reader, read_again(&place));
        let after = shown(&reader);
        assert!(before.ends_with(&after) || after.starts_with(&before));
        assert!(!reader.screen().contains("已不在"), "{}", reader.screen());
        reader.keys("q");
    }
}

#[test]
fn an_issue_whose_publication_reads_otherwise_stays_open_under_its_new_name() {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), |issue| Issue {
        publication: "一周要闻".to_owned(),
        ..issue.clone()
    });
    let mut reader = open(&place);
    reader.keys("j j b enter");
    reader.shows("一周要闻 7期");
    let here = shown(&reader);
    tell(&mut reader, read_again(&place));
    assert_eq!(shown(&reader), here);
    reader.shows("园区周报 7期");
    assert!(!reader.screen().contains("一周要闻"), "{}", reader.screen());
    assert!(reader.open_now().selected().unwrap().marks.bookmarked);
    assert_eq!(bookmarked(&place), [here]);
    reader.keys("o");
    let issues = reader.state.issues.as_ref().unwrap();
    assert_eq!(issues.len(), 2);
}

#[test]
fn an_item_that_was_none_gives_way_to_what_stands_there_now() {
    let (_folder, place, mut reader) = misread_library();
    assert_eq!(shown(&reader), "一行页眉");
    tell(&mut reader, read_again(&place));
    assert_ne!(shown(&reader), "一行页眉");
    assert_eq!(reader.listed().len(), 14);
}

#[test]
fn what_reads_as_before_is_not_told_and_a_notice_is_not_covered() {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), Issue::clone);
    assert!(read_again(&place).is_empty());
    let mut reader = open(&place);
    reader.keys("b").tell(Message::AllReread(3));
    assert!(reader.screen().contains("已加书签"), "{}", reader.screen());
}

#[test]
fn pages_that_are_damaged_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let place = outdated(folder.path(), misread);
    let library = rusqlite::Connection::open(folder.path().join("library.sqlite3")).unwrap();
    let damage = "UPDATE source SET pages = x'00112233' WHERE id = 1";
    assert_eq!(library.execute(damage, []).unwrap(), 1);
    assert_eq!(read_again(&place).len(), 1, "the other one");
    let mut reader = open(&place);
    assert_eq!(reader.listed().len(), 15, "as it was");
    reader.keys("[");
    let versions = "SELECT DISTINCT parser FROM issue";
    let version: u32 = library.query_row(versions, [], |row| row.get(0)).unwrap();
    assert_eq!(version, READING_VERSION, "and not tried again");
    assert!(read_again(&place).is_empty());
}

#[test]
fn two_programs_may_read_again_at_once() {
    let (_folder, place, mut reader) = misread_library();
    reader.keys("j j b J J b q");
    let before = bookmarked(&place).len();
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let place = place.clone();
            std::thread::spawn(move || read_again(&place).len())
        })
        .collect();
    let changed: usize = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .sum();
    assert_eq!((before, changed), (2, 2));
    let (_, now) = current("weekly-007.txt");
    let wanted: Vec<String> = [1, 3]
        .map(|n| now.sections[0].items[n].headline.clone())
        .into();
    assert_eq!(bookmarked(&place), wanted);
}
