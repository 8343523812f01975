//! What counts as read: what was on the screen to its end, for a moment.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::Reader;
use parkweekly::tui::effect::{Ask, Cause, Effect};
use parkweekly::tui::update::leave_at;
use parkweekly::tui::update::seen::{due, settle};
use std::time::{Duration, Instant};

const MOMENT: Duration = Duration::from_millis(100);
const WHILE: Duration = Duration::from_secs(2);

fn open(width: u16, height: u16) -> Reader {
    let mut reader = Reader::open(width, height, &["weekly-007.txt"]);
    assert_eq!(reader.selected(), "7/1/1");
    assert_eq!(read(&reader), [""; 0]);
    reader.pause = WHILE;
    reader
}

/// Addresses of the items that are read.
fn read(reader: &Reader) -> Vec<String> {
    let items = reader.open_now().contents.items.iter();
    let read = items.filter(|item| item.marks.read);
    read.map(|item| item.address().to_string()).collect()
}

#[test]
fn what_flies_past_stays_unread_and_what_stays_a_moment_is_read() {
    let mut reader = open(120, 40);
    reader.keys("enter");
    reader.pause = MOMENT;
    reader.keys("J J J");
    assert_eq!(read(&reader), [""; 0]);
    reader.pause = WHILE;
    reader.keys("J");
    assert_eq!(read(&reader), ["7/1/4"]);
    reader.keys("tab");
    assert_eq!(read(&reader), ["7/1/4", "7/1/5"]);
    reader.keys("j j");
    assert_eq!(read(&reader).len(), 2, "a preview is no reading");
}

#[test]
fn each_item_is_marked_once() {
    let mut reader = open(120, 40);
    reader.keys("enter");
    let marks = |reader: &Reader| {
        let wanted = reader.wanted.iter();
        wanted
            .filter(|effect| matches!(effect, Effect::Ask(Ask::Mark(_))))
            .count()
    };
    assert_eq!(marks(&reader), 0);
    reader.keys("j");
    assert_eq!(marks(&reader), 1);
    reader.keys("j J K j");
    assert_eq!(marks(&reader), 2, "each item once");
}

#[test]
fn only_an_item_that_is_not_decided_on_waits_for_its_time() {
    let mut reader = open(120, 40);
    reader.pause = MOMENT;
    assert_eq!(due(&reader.state), None, "a preview");
    reader.keys("enter");
    let at = due(&reader.state).unwrap();
    let before = at.checked_sub(Duration::from_millis(1)).unwrap();
    assert!(settle(&mut reader.state, before).is_empty());
    assert_eq!(due(&reader.state), Some(at));
    let effects = settle(&mut reader.state, at);
    assert!(matches!(&effects[..], [Effect::Ask(Ask::Mark(_)), ..]));
    assert_eq!(due(&reader.state), None);
    reader.keys("J");
    assert!(due(&reader.state).is_some());
    reader.keys("r r");
    assert_eq!(due(&reader.state), None, "the reader has said what it is");
}

#[test]
fn an_item_whose_end_was_not_seen_stays_unread() {
    let mut reader = open(40, 8);
    reader.keys("enter");
    let body = reader.open_now().body.as_ref().unwrap();
    assert!(!body.at_end(), "too long for this screen");
    reader.keys("J K");
    assert_eq!(read(&reader), [""; 0]);
    reader.keys("G ?");
    assert_eq!(
        read(&reader),
        ["7/1/1"],
        "a key that goes nowhere counts too"
    );
}

#[test]
fn what_is_covered_is_not_seen() {
    let mut reader = open(40, 8);
    reader.keys("enter");
    // Both in one burst: no frame without the help has the end.
    reader.burst("G ?");
    reader.keys("j");
    assert_eq!(read(&reader), [""; 0]);
    reader.keys("esc");
    reader.keys("J");
    assert_eq!(read(&reader), ["7/1/1"]);
}

#[test]
fn reading_on_from_the_end_counts_however_quickly() {
    let mut reader = open(120, 40);
    reader.keys("enter");
    reader.pause = MOMENT;
    reader.keys("space space");
    assert_eq!(read(&reader), ["7/1/1", "7/1/2"]);
    let mut reader = open(120, 40);
    reader.keys("enter");
    reader.burst("space space space");
    assert_eq!(read(&reader), ["7/1/1"], "the others were never drawn");
}

#[test]
fn what_is_set_by_hand_stays_while_the_item_is_shown() {
    let mut reader = open(120, 40);
    reader.keys("enter r");
    assert_eq!(read(&reader), ["7/1/1"], "it is shown as unread until then");
    reader.keys("r j j J");
    assert_eq!(read(&reader), [""; 0]);
    reader.keys("K J");
    assert_eq!(read(&reader), ["7/1/1", "7/1/2"], "it was opened again");
    reader.keys("u");
    assert_eq!(
        read(&reader),
        ["7/1/1", "7/1/2"],
        "the last step is the second one by hand; reading is none"
    );
}

#[test]
fn leaving_takes_in_what_was_seen_last() {
    let mut reader = open(120, 40);
    reader.keys("enter q");
    assert!(reader.stopped);
    assert_eq!(read(&reader), ["7/1/1"]);
    let mut reader = open(120, 40);
    reader.keys("enter");
    let early = leave_at(
        &mut reader.state,
        Instant::now().checked_sub(WHILE).unwrap(),
    );
    let is_reading = |effect: &Effect| matches!(effect, Effect::Ask(Ask::Mark(deed)) if deed.cause == Cause::Unasked);
    assert!(!early.iter().any(is_reading));
    let late = leave_at(&mut reader.state, Instant::now() + 9 * WHILE);
    assert!(late.iter().any(is_reading), "as a signal does");
}

#[test]
fn who_waits_for_nothing_has_it_marked_at_once() {
    let mut reader = open(120, 40);
    reader.state.read_after = Duration::ZERO;
    reader.keys("enter");
    assert_eq!(read(&reader), ["7/1/1"]);
    reader.keys("r j");
    assert_eq!(read(&reader), [""; 0], "and what is set by hand stays");
}

#[test]
fn a_filter_for_what_is_unread_keeps_the_item_while_it_is_read() {
    let mut reader = open(120, 40);
    reader.keys("f").types("is:unread").keys("enter enter");
    let before = reader.listed();
    reader.keys("j j");
    assert_eq!(read(&reader), ["7/1/1"]);
    assert_eq!(reader.listed(), before);
    assert_eq!(reader.selected(), "7/1/1");
}
