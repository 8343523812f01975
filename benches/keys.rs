//! What a key costs until all that follows from it is drawn, and the start until the first frame, on a library on the disk that is like a real one.
//!
//! `cargo bench --bench keys`. Everything is done one after the other, also what the reader leaves to its threads while a frame
//! shows already: counts over the library and searches in it. On a busy machine the fastest times are those of the processor.
//! Budgets: a key 3 ms, one in the jump 12 ms at 100,000 items, the start 20 ms.

#![allow(missing_docs, reason = "nobody uses it but the harness")]
#![allow(clippy::unwrap_used, reason = "a bench fails as a test does")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "library/mod.rs"]
mod library;
#[path = "budgets/screen.rs"]
mod screen;

use divan::Bencher;
use library::Library;
use ratatui::layout::Size;
use screen::{Screen, start};
use std::fmt;

/// A library of so many items, and a screen.
struct Case {
    items: u32,
    columns: u16,
    rows: u16,
}

const CASES: [Case; 4] = [
    case(10_000, 120, 40),
    case(10_000, 200, 60),
    case(100_000, 120, 40),
    case(100_000, 200, 60),
];

const fn case(items: u32, columns: u16, rows: u16) -> Case {
    Case {
        items,
        columns,
        rows,
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} items, {}×{}", self.items, self.columns, self.rows)
    }
}

impl Case {
    const fn library(&self) -> Library {
        Library { items: self.items }
    }

    const fn size(&self) -> Size {
        Size::new(self.columns, self.rows)
    }
}

/// Measures each of `keys` in turn, after `before` has been pressed.
fn keys(bencher: Bencher, case: &Case, before: &str, keys: &[&str]) {
    let mut screen = Screen::open(&case.library().folder(), case.size());
    for key in before.split_whitespace() {
        screen.press(key);
    }
    let mut keys = keys.iter().cycle();
    bencher.bench_local(|| {
        if let Some(key) = keys.next() {
            screen.press(key);
        }
    });
}

fn main() {
    divan::main();
}

#[divan::bench(args = &CASES)]
fn start_until_the_first_frame(bencher: Bencher, case: &Case) {
    let folder = case.library().folder();
    bencher.bench_local(|| start(&folder, case.size()));
}

#[divan::bench(args = &CASES)]
fn cursor(bencher: Bencher, case: &Case) {
    keys(bencher, case, "a", &["j", "j", "k"]);
}

#[divan::bench(args = &CASES)]
fn page_of_the_contents(bencher: Bencher, case: &Case) {
    keys(bencher, case, "a", &["pagedown", "pagedown", "pageup"]);
}

#[divan::bench(args = &CASES)]
fn end_of_the_library(bencher: Bencher, case: &Case) {
    keys(bencher, case, "a", &["G", "home"]);
}

#[divan::bench(args = &CASES)]
fn sorting_the_issue(bencher: Bencher, case: &Case) {
    keys(bencher, case, "", &["S a", "S d", "S S"]);
}

#[divan::bench(args = &CASES)]
fn sorting_the_library(bencher: Bencher, case: &Case) {
    keys(bencher, case, "a", &["S a", "S d", "S m", "S p", "S S"]);
}

#[divan::bench(args = &CASES)]
fn end_of_the_sorted_library(bencher: Bencher, case: &Case) {
    keys(bencher, case, "a S a", &["G", "home"]);
}

/// With all that the filter beside the panes counts of the library: what items state, too.
#[divan::bench(args = &CASES)]
fn this_issue_or_the_library(bencher: Bencher, case: &Case) {
    keys(bencher, case, "", &["a"]);
}

#[divan::bench(args = &CASES)]
fn body(bencher: Bencher, case: &Case) {
    keys(bencher, case, "enter", &["j", "j", "k"]);
}

#[divan::bench(args = &CASES)]
fn next_item(bencher: Bencher, case: &Case) {
    keys(bencher, case, "enter", &["J", "J", "K"]);
}

#[divan::bench(args = &CASES)]
fn open_and_back(bencher: Bencher, case: &Case) {
    keys(bencher, case, "", &["enter", "h", "j"]);
}

#[divan::bench(args = &CASES)]
fn overlay(bencher: Bencher, case: &Case) {
    keys(bencher, case, "", &["?", "esc"]);
}

#[divan::bench(args = &CASES)]
fn jump(bencher: Bencher, case: &Case) {
    let script = ["新", "能", "backspace", "backspace", "2", "backspace"];
    keys(bencher, case, "ctrl-p", &script);
}

#[divan::bench(args = &CASES)]
fn keyword_in_the_issue(bencher: Bencher, case: &Case) {
    keys(bencher, case, "f", &["新", "能", "backspace", "backspace"]);
}

#[divan::bench(args = &CASES)]
fn keyword_in_the_library(bencher: Bencher, case: &Case) {
    keys(
        bencher,
        case,
        "a f",
        &["新", "能", "backspace", "backspace"],
    );
}
