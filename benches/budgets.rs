//! What the reader may cost, and what it costs: every budget on libraries of 10,000 and 100,000 items like the weekly, and of a million
//! where it is asked for.
//!
//! `cargo bench --bench budgets`; with `PARKWEEKLY_BENCH_MILLION=1` before it a million items, too (4 GB below `target`, some minutes the
//! first time). First come divan's times, then a table with what divan cannot time: the worst key of many, memory, wake-ups, and the start of
//! the real program. `cargo bench --bench budgets -- table` prints the table alone. Times are CPU time where nothing else is said. Nothing
//! fails because it is slow.

#![allow(missing_docs, reason = "nobody uses it but the harness")]
#![allow(clippy::unwrap_used, reason = "a bench fails as a test does")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "library/mod.rs"]
mod library;
#[path = "budgets/measured.rs"]
mod measured;
#[path = "budgets/program.rs"]
mod program;
#[path = "budgets/screen.rs"]
mod screen;
#[path = "../tests/terminal/mod.rs"]
mod terminal;

use divan::Bencher;
use divan::counter::ItemsCount;
use library::{ITEMS, Library, sizes};
use measured::keywords;
use parkweekly::store::{Place, Store};
use screen::{SIZE, Screen, start};
use std::fmt;
use tempfile::TempDir;

/// Issues that are imported at once.
const ISSUES: u32 = 20;

fn main() {
    divan::main();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` only looks whether a bench runs at all.
    let is_bench = arguments.iter().any(|one| one == "--bench");
    let mut filters = arguments
        .iter()
        .filter(|one| !one.starts_with('-'))
        .peekable();
    let is_wanted = filters.peek().is_none() || filters.any(|one| one == "table");
    if is_bench && is_wanted {
        measured::print();
    }
}

#[divan::bench(args = sizes())]
fn start_until_the_first_frame(bencher: Bencher, items: u32) {
    let folder = Library { items }.folder();
    bencher.bench_local(|| start(&folder, SIZE));
}

#[divan::bench(args = sizes())]
fn cursor_until_the_frame(bencher: Bencher, items: u32) {
    let mut screen = Screen::open(&Library { items }.folder(), SIZE);
    screen.press("a");
    let mut keys = ["j", "j", "k"].iter().cycle();
    bencher.bench_local(|| keys.next().map(|key| screen.press(key)));
}

/// A query of the bench, by its name.
struct Keyword(u32, &'static str);

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7} {}", self.0, self.1)
    }
}

#[divan::bench(args = sizes().into_iter().flat_map(|items| keywords::PLAIN.map(|query| Keyword(items, query))))]
fn keyword_until_200_rows(bencher: Bencher, Keyword(items, query): &Keyword) {
    let mut finding = keywords::Finding::on(&Library { items: *items }.folder());
    bencher.bench_local(|| finding.find(query));
}

/// Texts of issues that the library has not, and a copy of it.
fn new_issues(items: u32) -> (TempDir, Vec<String>) {
    let library = Library { items };
    let folder = if items == 0 {
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
    } else {
        library.copy()
    };
    let issues = library.issues();
    let texts = (issues..issues + ISSUES).map(|nth| library::numbered(nth, issues.max(1)));
    (folder, texts.collect())
}

/// As `import FILE` for each: the library is opened anew.
#[divan::bench(args = [0, 100_000], sample_count = 5)]
fn import_an_issue_at_a_time(bencher: Bencher, items: u32) {
    let bencher = bencher.counter(ItemsCount::new(ISSUES * ITEMS));
    bencher
        .with_inputs(|| new_issues(items))
        .bench_local_refs(|(folder, texts)| {
            for text in texts {
                library::import(&mut opened(folder), text);
            }
        });
}

/// As `import FILE…` for all of them.
#[divan::bench(args = [0, 100_000], sample_count = 5)]
fn import_in_bulk(bencher: Bencher, items: u32) {
    let bencher = bencher.counter(ItemsCount::new(ISSUES * ITEMS));
    bencher
        .with_inputs(|| new_issues(items))
        .bench_local_refs(|(folder, texts)| {
            let mut store = opened(folder);
            for text in texts {
                library::import(&mut store, text);
            }
        });
}

fn opened(folder: &TempDir) -> Store {
    Store::open(&Place::Folder(folder.path().to_owned())).unwrap()
}
