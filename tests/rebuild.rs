//! Damaged libraries: whatever is done to the file of the content, `check` and `check --rebuild` end in good order, the marks
//! stay, and what is said to be made again is there and whole. `PARKWEEKLY_DAMAGES` says how many are tried, `PARKWEEKLY_DAMAGE_FIRST`
//! with which one that begins.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use assert_cmd::Command;
use fastrand::Rng;
use parkweekly::app::import::import_file;
use parkweekly::app::input::{Asked, Input, Ways};
use parkweekly::issue::Issue;
use parkweekly::store::{Place, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Duration;
use tempfile::TempDir;

const LIBRARY: &str = "library.sqlite3";
const MARKS: &str = "marks.sqlite3";
const PAGE: usize = 4096;
/// Longer than any run may take; a hang is a failure.
const LIMIT: Duration = Duration::from_mins(2);

/// Issues by publication and number.
type Issues = BTreeMap<(String, u32), Issue>;

fn issues(store: &Store) -> Issues {
    let heads = store.searcher().unwrap().issues().unwrap().into_iter();
    let named = heads.map(|head| {
        let issue = store.issue(head.id).unwrap().unwrap();
        ((issue.publication.clone(), issue.number.0), issue)
    });
    named.collect()
}

/// An issue with another number; the text of each is its own.
fn other(text: &str, number: u32) -> String {
    let other = text.replace("总7期", &format!("总{number}期"));
    assert!(number == 7 || other != text);
    other.replace("园区", &format!("第{number}园区")).replacen(
        &format!("第{number}园区周报"),
        "园区周报",
        1,
    )
}

/// A library of some issues and marks, open, so that its newest pages stand in the WAL; and what it holds.
fn library() -> (TempDir, Store, Issues) {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("library"));
    let mut store = Store::open(&place).unwrap();
    let text = include_str!("fixtures/weekly-007.txt");
    for number in 7..19 {
        let other = other(text, number);
        let path = folder.path().join(format!("{number}.txt"));
        fs::write(&path, other).unwrap();
        let outcome = import_file(
            &mut store,
            &Input::File(path),
            Asked::default(),
            &Ways::of("".as_ref()),
        );
        assert_eq!(outcome.error(), None);
    }
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/other-digest.txt");
    import_file(
        &mut store,
        &Input::File(fixture),
        Asked::default(),
        &Ways::of("".as_ref()),
    );
    let searcher = store.searcher().unwrap();
    for issue in searcher.issues().unwrap() {
        for head in searcher.heads(issue.id).unwrap().into_iter().step_by(3) {
            store.set_bookmark(&head.key, &head.headline, true).unwrap();
        }
    }
    let issues = issues(&store);
    assert!(issues.len() > 12);
    (folder, store, issues)
}

/// All that the marks say, read from a copy of their file.
fn marks(folder: &Path) -> Vec<String> {
    let aside = tempfile::tempdir().unwrap();
    copy(folder, aside.path());
    let marks = rusqlite::Connection::open(aside.path().join(MARKS)).unwrap();
    let mut statement = marks
        .prepare("SELECT * FROM mark ORDER BY publication, number, headline, nth")
        .unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let values: Result<Vec<rusqlite::types::Value>, _> =
            (0..columns).map(|n| row.get(n)).collect();
        Ok(format!("{:?}", values?))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        // The index of a WAL is of the programs that have it open.
        if file.file_type().unwrap().is_file()
            && !file.file_name().to_str().unwrap().ends_with("-shm")
        {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

/// Damages a file, and says how.
fn damage(bytes: &mut Vec<u8>, rng: &mut Rng) -> String {
    let pages = bytes.len() / PAGE;
    match rng.u8(..11) {
        0 => {
            let length = rng.usize(..bytes.len());
            bytes.truncate(length);
            format!("cut off at {length}")
        }
        1 => {
            let flips: Vec<(usize, u8)> = (0..rng.usize(1..9))
                .map(|_| (rng.usize(..bytes.len()), 1 << rng.u8(..8)))
                .collect();
            for (at, bit) in &flips {
                bytes[*at] ^= bit;
            }
            format!("flipped {flips:?}")
        }
        2 => {
            let zeroed: Vec<usize> = (0..rng.usize(1..4)).map(|_| rng.usize(..pages)).collect();
            for page in &zeroed {
                bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            }
            format!("zeroed {zeroed:?}")
        }
        3 => {
            let length = [4, 16, 100, PAGE][rng.usize(..4)];
            bytes[..length].fill_with(|| rng.u8(..));
            format!("overwrote the first {length}")
        }
        4 => {
            let page = rng.usize(..pages);
            bytes[page * PAGE..(page + 1) * PAGE].fill_with(|| rng.u8(..));
            format!("filled page {page}")
        }
        5 => {
            let (from, to) = (rng.usize(..pages), rng.usize(..pages));
            bytes.copy_within(from * PAGE..(from + 1) * PAGE, to * PAGE);
            format!("page {from} over page {to}")
        }
        6 => {
            bytes.extend_from_within(..rng.usize(1..PAGE));
            "longer".to_owned()
        }
        7 => {
            bytes.clear();
            "emptied".to_owned()
        }
        8 => {
            let (one, two) = (rng.usize(..pages), rng.usize(..pages));
            let page = |n: usize| n * PAGE..(n + 1) * PAGE;
            let first = bytes[page(one)].to_vec();
            bytes.copy_within(page(two), one * PAGE);
            bytes[page(two)].copy_from_slice(&first);
            format!("swapped pages {one} and {two}")
        }
        9 => {
            // What an index leads to is not found any more, and could be written a second time.
            let leaves: Vec<usize> = (1..pages).filter(|page| bytes[page * PAGE] == 10).collect();
            let Some(page) = leaves.get(rng.usize(..leaves.len().max(1))) else {
                return "as it was".to_owned();
            };
            bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            bytes[page * PAGE..][..8].copy_from_slice(&[10, 0, 0, 0, 0, 0x10, 0, 0]);
            format!("emptied index page {page}")
        }
        _ => {
            // The first bytes of a page say most.
            let page = rng.usize(..pages);
            let flips: Vec<usize> = (0..4).map(|_| page * PAGE + rng.usize(..16)).collect();
            for at in &flips {
                bytes[*at] = rng.u8(..);
            }
            format!("page {page}, bytes {flips:?}")
        }
    }
}

fn run(folder: &Path, arguments: &[&str], what: &str) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_parkweekly"))
        .env_clear()
        .args(["--lang", "en", "--library"])
        .arg(folder)
        .args(arguments)
        .timeout(LIMIT)
        .output()
        .unwrap();
    let code = output.status.code();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(matches!(code, Some(0 | 1)), "{what}: {code:?} {said}");
    assert!(!said.contains("panicked"), "{what}: {said}");
    output
}

/// The texts of an issue that no library has, and of one with other words than each has: as a user imports who has not heard
/// of the damage.
fn texts() -> [String; 2] {
    let text = include_str!("fixtures/weekly-007.txt");
    [text.replace("总7期", "总19期"), other(text, 12) + "\n"]
}

/// Imports both. Either is refused with the way on, or is there.
fn import(folder: &Path, what: &str, came: &mut Came) {
    for text in texts() {
        let file = folder.parent().unwrap().join("again.txt");
        fs::write(&file, text).unwrap();
        let output = run(folder, &["import", file.to_str().unwrap()], what);
        let said = String::from_utf8(output.stderr).unwrap();
        if output.status.success() {
            came.imported += 1;
        } else {
            assert!(
                said.contains("hint:") || said.contains("check --rebuild"),
                "{what}: {said}"
            );
            came.kept_out += 1;
        }
    }
}

/// What came of one damaged library.
#[derive(Default, Debug)]
struct Came {
    imported: usize,
    kept_out: usize,
    refused: usize,
    whole: usize,
    parts: usize,
    issues: usize,
    lost: usize,
}

/// Damages a copy of a library in a way of its own, checks it and makes it again.
fn one(seed: u64, whole: &Path, expected: &Issues, came: &mut Came) {
    let mut rng = Rng::with_seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("library");
    copy(whole, &folder);
    let path = folder.join(LIBRARY);
    let mut bytes = fs::read(&path).unwrap();
    let what = damage(&mut bytes, &mut rng);
    let what = format!("seed {seed}, {what}");
    fs::write(&path, &bytes).unwrap();
    let marked = marks(&folder);
    assert!(!marked.is_empty());
    let names = || {
        let files = fs::read_dir(&folder).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    run(&folder, &["check"], &what);
    run(&folder, &["doctor"], &what);
    assert_eq!(names(), before, "{what}");
    assert_eq!(fs::read(&path).unwrap(), bytes, "{what}");
    if rng.bool() {
        import(&folder, &what, came);
        bytes = fs::read(&path).unwrap_or_default();
    }
    let output = run(&folder, &["check", "--rebuild", "--json"], &what);
    assert_eq!(marks(&folder), marked, "{what}");
    let said = String::from_utf8(output.stderr).unwrap();
    if said.contains("error:") {
        let known = ["is a file of no", "is no library file", "newer parkweekly"];
        assert!(
            known.iter().any(|known| said.contains(known)),
            "{what}: {said}"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes, "{what}");
        came.refused += 1;
        return;
    }
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let (made, lost): (Vec<Value>, Vec<Value>) =
        lines.partition(|line| line["status"] != "import-again");
    let is_nothing = made.is_empty() && lost.is_empty();
    assert_eq!(
        output.status.success(),
        lost.is_empty() && !is_nothing,
        "{what}: {said} {lost:?}"
    );
    assert_eq!(
        said.contains("import the files again"),
        is_nothing,
        "{what}: {said}"
    );
    let aside = names().into_iter().map(|name| name.into_string().unwrap());
    let aside: Vec<_> = aside
        .filter(|name| name.contains(".damaged-") && !name.ends_with("-wal"))
        .collect();
    for name in &aside {
        assert_eq!(fs::read(folder.join(name)).unwrap(), bytes, "{what}");
    }
    let store = Store::open(&Place::Folder(folder.clone())).unwrap();
    let found = issues(&store);
    drop(store);
    assert_eq!(found.len(), made.len(), "{what}");
    for line in &made {
        let publication = line["publication"].as_str().unwrap().to_owned();
        let number = u32::try_from(line["number"].as_u64().unwrap()).unwrap();
        let name = (publication, number);
        // Rows have no checksums as pages do; what was read of them is to be imported again.
        if line["status"] != "kept-without-pages" {
            let (found, expected) = (found.get(&name), expected.get(&name));
            assert!(
                found == expected,
                "{what}: {line}\n{found:#?}\n{expected:#?}"
            );
        }
    }
    let again = run(&folder, &["check"], &what);
    let again_said = String::from_utf8(again.stdout).unwrap();
    let waiting = |line: &str| line.contains(" lost: ") || line.contains("no pages are kept");
    let mut findings = again_said
        .lines()
        .filter(|line| !line.contains("looked at:"));
    assert!(findings.all(waiting), "{what}: {again_said}");
    came.issues += made.len();
    came.lost += lost.len();
    if made.len() + 1 >= expected.len() {
        came.whole += 1;
    } else {
        came.parts += 1;
    }
}

#[test]
fn whatever_is_damaged_ends_in_good_order() {
    let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
    let tries = number("PARKWEEKLY_DAMAGES").unwrap_or(30);
    let first = number("PARKWEEKLY_DAMAGE_FIRST").unwrap_or(0);
    let (folder, store, mut expected) = library();
    // What is imported in between, as it would be read.
    let nineteen = {
        let mut store = Store::open(&Place::Memory).unwrap();
        let path = folder.path().join("19.txt");
        fs::write(&path, &texts()[0]).unwrap();
        import_file(
            &mut store,
            &Input::File(path),
            Asked::default(),
            &Ways::of("".as_ref()),
        );
        issues(&store)
    };
    let count = expected.len();
    expected.extend(nineteen);
    assert_eq!(expected.len(), count + 1);
    let open = tempfile::tempdir().unwrap();
    copy(&folder.path().join("library"), open.path());
    drop(store);
    let closed = folder.path().join("library");
    let mut came = Came::default();
    for seed in first..first + tries {
        // Some with pages that stand in the WAL alone.
        let whole = if seed % 4 == 3 { open.path() } else { &closed };
        one(seed, whole, &expected, &mut came);
    }
    // Most of a damaged library is there again.
    assert!(came.whole + came.parts > came.refused, "{came:?}");
    if tries > 100 {
        assert!(came.issues > 5 * came.lost, "{came:?}");
    }
    println!("{tries} damaged: {came:?}");
}
