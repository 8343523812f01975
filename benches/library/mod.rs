//! Libraries of any size that are like a real one, for benches: made once, through the importer, and kept below the target folder.
//! Must not hold a sentence of a real issue.

#![allow(dead_code, reason = "each bench uses its own part of it")]
#![allow(clippy::unwrap_used, reason = "a bench fails as a test does")]

pub mod text;
mod words;

use fastrand::Rng;
use parkweekly::app::issues::{READING_VERSION, issues_on};
use parkweekly::issue::{Change, Issue, Note, Tag, item_keys};
use parkweekly::parse::Hints;
use parkweekly::source::decode;
use parkweekly::store::{Ground, Kept, MarkChange, Place, Store};
use std::fs;
use std::path::{Path, PathBuf};

/// Goes up with every change of what is generated.
const VERSION: u32 = 1;
/// Items of an issue.
pub const ITEMS: u32 = 55;
/// Issues of a publication: 38 years of them. A library of a million items has ten publications.
const NUMBERS: u32 = 1_819;
/// Issues whose marks are written together.
const TOGETHER: u32 = 40;
/// The environment variable that asks for a million items, too.
const MILLION: &str = "PARKWEEKLY_BENCH_MILLION";

/// A library of so many items, rounded up to whole issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Library {
    /// How many.
    pub items: u32,
}

/// All sizes that are asked for.
pub fn sizes() -> Vec<u32> {
    let mut sizes = vec![10_000, 100_000];
    if std::env::var(MILLION).is_ok_and(|value| value == "1") {
        sizes.push(1_000_000);
    }
    sizes
}

impl Library {
    /// Its issues.
    pub const fn issues(self) -> u32 {
        self.items.div_ceil(ITEMS)
    }

    /// Its folder, with the marks as they were made: a reader that a bench has opened leaves places in them.
    pub fn folder(self) -> PathBuf {
        let folder = self.made();
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.join(format!("marks.sqlite3{end}")));
        }
        fs::copy(aside(&folder), folder.join("marks.sqlite3")).unwrap();
        folder
    }

    /// A copy of it, to be written to.
    pub fn copy(self) -> tempfile::TempDir {
        let folder = self.folder();
        let copy = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        for name in ["library.sqlite3", "marks.sqlite3"] {
            fs::copy(folder.join(name), copy.path().join(name)).unwrap();
        }
        copy
    }

    /// The folder; makes the library where there is none of this version yet.
    fn made(self) -> PathBuf {
        let name = format!("library-{}-{VERSION}-{}", self.items, formats());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.join("whole").exists() {
            return folder;
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        let mut store = Store::open(&Place::Folder(folder.clone())).unwrap();
        self.fill(&mut store);
        drop(store);
        fs::copy(folder.join("marks.sqlite3"), aside(&folder)).unwrap();
        fs::write(folder.join("whole"), "").unwrap();
        folder
    }

    fn fill(self, store: &mut Store) {
        let mut rng = Rng::with_seed(u64::from(self.items));
        let mut marks = vec![];
        for nth in 0..self.issues() {
            let issue = import(store, &numbered(nth, self.issues()));
            mark(&issue, &mut rng, &mut marks);
            if (nth + 1) % TOGETHER == 0 || nth + 1 == self.issues() {
                store.mark_each(&marks).unwrap();
                marks.clear();
                tell(nth + 1, self);
            }
        }
    }
}

/// The text of an issue of a library of so many, from 0 on, as they appear; also of those that are still to come.
pub fn numbered(nth: u32, issues: u32) -> String {
    let publications = issues.div_ceil(NUMBERS);
    text::issue(nth % publications, nth / publications + 1)
}

/// Reads the text of an issue and imports it, as the program does.
pub fn import(store: &mut Store, text: &str) -> Issue {
    let document = decode("generated", text.as_bytes()).unwrap();
    let mut issues = issues_on(&document.pages, &Hints::default()).unwrap();
    let kept = Kept {
        path: "generated",
        sha256: &document.sha256,
        parser: READING_VERSION,
        pages: &document.pages,
    };
    let issue = issues.pop().unwrap();
    assert!(issues.is_empty());
    assert_eq!(issue.items().count(), ITEMS as usize, "{text}");
    store.import(&issue, &kept).unwrap();
    issue
}

/// Of what a reader has done: issues read wholly, in part, or not at all; now and then a bookmark, a tag, a note.
fn mark(issue: &Issue, rng: &mut Rng, marks: &mut Vec<MarkChange>) {
    let read = [0, 20, 60, 100][rng.usize(..4)];
    let items = item_keys(issue).into_iter().zip(issue.items());
    for (key, (_, item)) in items {
        let mut change = |change| {
            marks.push(MarkChange {
                key: key.clone(),
                printed: item.headline.clone(),
                change,
                ground: Ground::Any,
            });
        };
        if rng.u32(..100) < read {
            change(Change::Read(true));
        }
        if rng.u32(..100) < 3 {
            change(Change::Bookmark(true));
        }
        if rng.u32(..100) < 1 {
            let tag = ["跟踪", "重点", "待访", "周会"][rng.usize(..4)];
            change(Change::Tag(Tag::new(tag).unwrap(), true));
        }
        if rng.u32(..200) < 1 {
            change(Change::Note(Note::new("下周一问清投资方与用地")));
        }
    }
}

/// What the kept libraries depend on beside this generator: the schemas, and how texts are read.
fn formats() -> String {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema");
    format!(
        "{READING_VERSION}-{}",
        fs::read_dir(schemas).unwrap().count()
    )
}

fn aside(folder: &Path) -> PathBuf {
    folder.join("marks.made")
}

#[expect(clippy::print_stderr, reason = "a million items take minutes")]
fn tell(issues: u32, library: Library) {
    eprint!(
        "\rmaking a library of {} items: {:3} %",
        library.items,
        issues * 100 / library.issues()
    );
    if issues == library.issues() {
        eprintln!();
    }
}
