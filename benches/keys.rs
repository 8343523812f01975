//! What a key costs until all that follows from it is drawn, and the start until the first frame, on a library on the disk.
//!
//! `cargo bench --bench keys`. Everything is done one after the other, also what the reader leaves to its threads while a frame
//! shows already: counts over the library and searches in it. On a busy machine the fastest times are those of the processor.
//! Budgets: a key 3 ms, one in the jump 12 ms at 100,000 items, the start 20 ms.

#![allow(missing_docs, reason = "nobody uses it but the harness")]
#![allow(clippy::unwrap_used, reason = "a bench fails as a test does")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::Reader;
use divan::{Bencher, black_box};
use parkweekly::app::looks::{Answers, Looks};
use parkweekly::app::reading::Origin;
use parkweekly::config::{Config, Language};
use parkweekly::facts;
use parkweekly::issue::Issue;
use parkweekly::keys::Keymap;
use parkweekly::look::Look;
use parkweekly::store::{Place, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::first::read_first;
use parkweekly::tui::state::State;
use parkweekly::tui::view::view;
use parkweekly::tui::worker::Writer;
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Items of an issue of the generated library.
const ITEMS: u32 = 14;

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
    /// The folder of the library, which is made once a run.
    fn folder(&self) -> PathBuf {
        static MADE: [OnceLock<PathBuf>; 2] = [OnceLock::new(), OnceLock::new()];
        let place = &MADE[usize::from(self.items > 10_000)];
        let make = || {
            let name = format!("library-{}", self.items);
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
            if folder.exists() {
                fs::remove_dir_all(&folder).unwrap();
            }
            let mut store = Store::open(&Place::Folder(folder.clone())).unwrap();
            common::fill_with(&mut store, self.items / ITEMS, state_facts);
            folder
        };
        place.get_or_init(make).clone()
    }

    /// Opens the library and draws the first frame, as the reader does.
    fn start(&self, look: &Look) {
        let store = Store::open(&Place::Folder(self.folder())).unwrap();
        let mut writer = Writer::new(store);
        let mut finder = writer.finder().unwrap();
        let size = Size::new(self.columns, self.rows);
        let keymap = Keymap::built_in().unwrap();
        let mut state = State::new(
            size,
            Language::Chinese,
            look.policy,
            keymap,
            Origin::Library,
        );
        black_box(read_first(&mut state, &mut finder, &mut writer));
        let empty = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        let mut frame = empty.clone();
        view(&state, look, &mut frame);
        draw(&empty, &frame, &mut vec![]);
    }

    fn open(&self) -> Screen {
        let store = Store::open(&Place::Folder(self.folder())).unwrap();
        let language = Language::Chinese;
        let reader = Reader::with(self.columns, self.rows, language, Ambiguous::Narrow, store);
        let (buffer, _) = reader.buffer();
        let mut screen = Screen {
            reader,
            shown: Buffer::empty(buffer.area),
            written: vec![],
        };
        screen.draw();
        screen
    }
}

/// Reads what the items of an issue state; no two issues have the same amounts.
fn state_facts(issue: &mut Issue) {
    facts::read_all(issue);
    let number = f64::from(issue.number.0);
    let items = issue.sections.iter_mut().flat_map(|one| &mut one.items);
    for money in items.filter_map(|item| item.facts.total_investment.as_mut()) {
        money.value += number / 100.0;
    }
}

/// A reader, and what its terminal shows.
struct Screen {
    reader: Reader,
    shown: Buffer,
    written: Vec<u8>,
}

impl Screen {
    fn press(&mut self, key: &str) {
        self.reader.keys(key);
        self.draw();
    }

    /// Writes what differs from the frame before.
    fn draw(&mut self) {
        let (frame, _) = self.reader.buffer();
        self.written.clear();
        draw(&self.shown, &frame, &mut self.written);
        self.shown = frame;
    }
}

/// Writes what differs between two frames.
fn draw(before: &Buffer, after: &Buffer, written: &mut Vec<u8>) {
    let mut backend = CrosstermBackend::new(&mut *written);
    backend.draw(before.diff(after).into_iter()).unwrap();
    black_box(written);
}

/// Measures each of `keys` in turn, after `before` has been pressed.
fn keys(bencher: Bencher, case: &Case, before: &str, keys: &[&str]) {
    let mut screen = case.open();
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
    case.folder();
    let settings = Config::new(Keymap::built_in().unwrap());
    let looks = Looks::new(settings.screen, |_| None);
    let look = looks.look(Answers::default()).unwrap();
    bencher.bench_local(|| case.start(&look));
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
