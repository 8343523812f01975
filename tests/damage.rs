//! Damaged files of a library under real commands: cut off, overwritten, zeroed, flipped, swapped, each by a seed. Nothing panics,
//! what fails says what and what to do, and no marks are replaced by empty ones.
//!
//! `PARKWEEKLY_TEST_DAMAGES` says how many; the first is `PARKWEEKLY_TEST_DAMAGE_SEED`.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use sandbox::Sandbox;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

const NAMES: [&str; 2] = ["library.sqlite3", "marks.sqlite3"];
const PAGE: usize = 4096;
/// Damages of a run that nobody asked for more of.
const FEW: u64 = 40;

/// Real commands, those that read before those that write.
const COMMANDS: [&[&str]; 10] = [
    &["issues"],
    &["search", "项目", "section:招商"],
    &["search", "is:bookmarked"],
    &["bookmark", "list"],
    &["tag", "list"],
    &["show", "6/1/1", "--json"],
    &["show", "7"],
    &["marks", "export"],
    &["bookmark", "add", "6/1/2"],
    &["import", "weekly-007.txt", "weekly-006.txt"],
];

fn asked(name: &str, otherwise: u64) -> u64 {
    let asked = std::env::var(name).ok();
    asked.map_or(otherwise, |asked| asked.parse().unwrap())
}

/// A way to damage a file; none of them leaves it as it was.
#[derive(Debug, Clone, Copy)]
enum Damage {
    /// The end is gone.
    Cut,
    /// The header is overwritten.
    Header,
    /// Some bytes of the header are.
    HeaderBytes,
    /// Whole pages are zero.
    Zeroed,
    /// Whole pages are noise.
    Noise,
    /// Single bits are another, anywhere.
    Flipped,
    /// Single bytes of the schema's page are others.
    Schema,
    /// Two pages have changed places.
    Swapped,
    /// An index leads to nothing.
    Unindexed,
    /// The pages of another kind of file.
    Text,
    /// Nothing is left.
    Emptied,
    /// There is something behind the end.
    Longer,
}

const DAMAGES: [Damage; 12] = [
    Damage::Cut,
    Damage::Header,
    Damage::HeaderBytes,
    Damage::Zeroed,
    Damage::Noise,
    Damage::Flipped,
    Damage::Schema,
    Damage::Swapped,
    Damage::Unindexed,
    Damage::Text,
    Damage::Emptied,
    Damage::Longer,
];

fn damaged(whole: &[u8], damage: Damage, random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let pages = bytes.len() / PAGE;
    let page = |random: &mut fastrand::Rng| {
        let page = random.usize(..pages);
        page * PAGE..(page + 1) * PAGE
    };
    match damage {
        Damage::Cut => bytes.truncate(random.usize(1..whole.len())),
        Damage::Header => random.fill(&mut bytes[..100]),
        Damage::HeaderBytes => {
            for _ in 0..random.usize(1..8) {
                bytes[random.usize(..100)] = random.u8(..);
            }
        }
        Damage::Zeroed => {
            for _ in 0..random.usize(1..4) {
                bytes[page(random)].fill(0);
            }
        }
        Damage::Noise => {
            for _ in 0..random.usize(1..4) {
                let range = page(random);
                random.fill(&mut bytes[range]);
            }
        }
        Damage::Flipped => {
            for _ in 0..random.usize(1..64) {
                bytes[random.usize(..whole.len())] ^= 1 << random.u8(..8);
            }
        }
        Damage::Schema => {
            for _ in 0..random.usize(1..16) {
                bytes[random.usize(100..PAGE)] = random.u8(..);
            }
        }
        Damage::Swapped => {
            let (one, two) = (page(random), page(random));
            bytes[one.clone()].copy_from_slice(&whole[two.clone()]);
            bytes[two].copy_from_slice(&whole[one]);
        }
        Damage::Unindexed => {
            let leaves: Vec<usize> = (1..pages).filter(|page| whole[page * PAGE] == 10).collect();
            let page = leaves[random.usize(..leaves.len())] * PAGE;
            bytes[page..page + PAGE].fill(0);
            // A leaf without a cell, whose content begins at its end.
            bytes[page..page + 8].copy_from_slice(&[10, 0, 0, 0, 0, 0x10, 0, 0]);
        }
        Damage::Text => bytes = "这是别的文字。\n".repeat(random.usize(1..500)).into_bytes(),
        Damage::Emptied => bytes.clear(),
        Damage::Longer => bytes.extend((0..random.usize(1..PAGE)).map(|_| random.u8(..))),
    }
    bytes
}

/// A library whose files are put back before each damage.
struct Model {
    sandbox: Sandbox,
    whole: [Vec<u8>; 2],
    copies: Vec<(PathBuf, Vec<u8>)>,
}

impl Model {
    fn new() -> Self {
        let sandbox = Sandbox::with_issues();
        for command in [
            &["bookmark", "add", "6/1/1", "7/1/1"][..],
            &["tag", "add", "6/1/1", "跟踪"],
            &["note", "set", "7/1/1", "等下一期"],
        ] {
            let output = sandbox.run(command);
            assert!(output.status.success(), "{command:?} {output:?}");
        }
        let whole = NAMES.map(|name| fs::read(sandbox.path("library").join(name)).unwrap());
        let copies = fs::read_dir(sandbox.path("library/copies")).unwrap();
        let copies = copies.map(|file| file.unwrap().path());
        let copies: Vec<_> = copies
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        assert!(!copies.is_empty());
        Self {
            sandbox,
            whole,
            copies,
        }
    }

    /// As it was, but for one file.
    fn put(&self, damaged: usize, bytes: &[u8], with_copies: bool) {
        let library = self.sandbox.path("library");
        fs::remove_dir_all(&library).unwrap();
        fs::create_dir_all(library.join("copies")).unwrap();
        for (n, name) in NAMES.into_iter().enumerate() {
            let bytes = if n == damaged { bytes } else { &self.whole[n] };
            fs::write(library.join(name), bytes).unwrap();
        }
        for (path, bytes) in self.copies.iter().filter(|_| with_copies) {
            fs::write(path, bytes).unwrap();
        }
    }
}

/// What must hold of every run.
fn is_told(output: &Output, what: &str) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert!(matches!(code, Some(0..=3)), "{what}: {code:?} {said}");
    assert!(!said.contains("panicked"), "{what}: {said}");
    if code != Some(0) {
        assert!(
            !said.trim().is_empty(),
            "{what} ends with {code:?} and says nothing"
        );
    }
    if matches!(code, Some(1 | 2)) {
        let import = what.contains("import");
        assert!(said.contains("错误：") || import, "{what}: {said}");
        assert!(said.contains("建议：") || import, "{what}: {said}");
    }
    said
}

/// Rows of marks, where the file can be read.
fn marks(path: &Path) -> Option<u32> {
    let marks = rusqlite::Connection::open(path).ok()?;
    let sql = "SELECT count(*) FROM mark";
    marks.query_row(sql, [], |row| row.get(0)).ok()
}

#[test]
fn whatever_is_damaged_is_told_and_nothing_panics() {
    let model = Model::new();
    let first = asked("PARKWEEKLY_TEST_DAMAGE_SEED", 0);
    let count = asked("PARKWEEKLY_TEST_DAMAGES", FEW);
    let (mut runs, mut refused) = (0, 0);
    for seed in first..first + count {
        let mut random = fastrand::Rng::with_seed(seed);
        let damage = DAMAGES[usize::try_from(seed).unwrap() % DAMAGES.len()];
        let file = random.usize(..2);
        let bytes = damaged(&model.whole[file], damage, &mut random);
        let with_copies = random.bool();
        model.put(file, &bytes, with_copies);
        let what = format!("seed {seed}, {damage:?} of {}", NAMES[file]);
        let path = model.sandbox.path("library").join(NAMES[file]);
        let mut is_opened = false;
        for command in COMMANDS {
            let output = model.sandbox.run(command);
            runs += 1;
            let said = is_told(&output, &format!("{what}, {command:?}"));
            let failed = output.status.code() == Some(1);
            refused += u32::from(failed);
            is_opened |= !failed;
            assert!(!failed || !said.contains("library-"), "{what}: {said}");
        }
        // A file that cannot be opened at all stays as it is, whatever is tried with it.
        if !is_opened {
            assert!(
                fs::read(&path).unwrap() == bytes,
                "{what}: the file is another now"
            );
        }
        if file == 1 && !with_copies {
            // The marks there were are either to be read, or stand where they stood, or are not to be read by anyone.
            let now = fs::read(&path).unwrap();
            let is_lost = now != bytes && marks(&path) == Some(0);
            assert!(!is_lost, "{what}: the marks were replaced by empty ones");
        }
        ways_on(&model, file, with_copies, &what);
    }
    let told = format!("damages {count}, runs {runs}, refused {refused}, panics 0\n");
    // Not `eprintln!`, which the test harness keeps to itself.
    let _ = std::io::stderr().write_all(told.as_bytes());
}

/// The ways on that the hints name: they say how they end too, and marks that could be restored are.
fn ways_on(model: &Model, file: usize, with_copies: bool, what: &str) {
    let way: &[&str] = match file {
        0 => &["check", "--rebuild"],
        _ => &["marks", "restore", "--yes"],
    };
    let output = model.sandbox.run(way);
    let code = output.status.code();
    // What cannot be made again is what one asks for, and stands on stdout.
    if file == 0 && code == Some(1) && !output.stdout.is_empty() {
        assert!(
            !String::from_utf8_lossy(&output.stderr).contains("panicked"),
            "{what}"
        );
    } else {
        is_told(&output, &format!("{what}, {way:?}"));
    }
    assert!(
        file != 0 || matches!(code, Some(0 | 1)),
        "{what}: {output:?}"
    );
    if file == 1 && with_copies {
        assert_eq!(output.status.code(), Some(0), "{what}: {output:?}");
        let list = model.sandbox.run(&["bookmark", "list"]);
        assert_eq!(list.status.code(), Some(0), "{what}: {list:?}");
        let list = String::from_utf8(list.stdout).unwrap();
        assert!(list.contains("6/1/1"), "{what}: {list}");
    }
    // What it finds is what it is asked for, and stands on stdout.
    let output = model.sandbox.run(&["check"]);
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{what}, check: {output:?}");
    assert!(
        code == Some(0) || !output.stdout.is_empty(),
        "{what}, check"
    );
}
