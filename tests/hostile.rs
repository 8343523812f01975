//! An issue full of escape sequences, bidi controls and invisible characters is the issue without them, wherever it shows:
//! reader, stdout, stderr, JSON. So is a file with such a name.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use assert_cmd::Command;
use common::{Reader, fixture};
use parkweekly::app::import::parse_file;
use parkweekly::app::input::{Asked, Input, Ways};
use parkweekly::config::Language;
use parkweekly::issue::Issue;
use parkweekly::store::{Place, Store};
use parkweekly::text::{Ambiguous, is_invisible};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// What goes between the characters of the text.
const TRICKS: [&str; 12] = [
    "\u{1b}]52;c;5byA5bel\u{7}",
    "\u{1b}]8;;http://example.cn/x\u{1b}\\",
    "\u{1b}[31;1m",
    "\u{202e}",
    "\u{9b}2J",
    "\u{1b}]0;title\u{9c}",
    "\u{2066}\u{200b}\u{2069}",
    "\u{9d}52;c;eA==\u{9c}",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{feff}\u{ad}\u{e0061}",
    "\u{1b}[?1049h\u{1b}[H",
    "\u{8}\u{7}\u{200f}",
];

/// `text` with a trick before, behind and within every line.
fn tricked(text: &str) -> String {
    let mut tricks = TRICKS.into_iter().cycle();
    let mut tricked = String::new();
    for line in text.lines() {
        for (n, c) in line.chars().enumerate() {
            if n % 4 == 0 {
                tricked.extend(tricks.next());
            }
            tricked.push(c);
        }
        tricked.extend(tricks.next());
        tricked.push('\n');
    }
    tricked
}

/// A folder with the hostile issue, under a hostile name.
fn hostile() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(fixture("weekly-006.txt")).unwrap();
    let path = folder
        .path()
        .join("x\u{1b}]52;c;aGk=\u{7}\u{202e}\u{200b}\u{9b}31m\n期.txt");
    std::fs::write(&path, tricked(&text)).unwrap();
    (folder, path)
}

fn parsed(path: &Path) -> Vec<Issue> {
    parse_file(
        &Input::File(path.to_owned()),
        Asked::default(),
        &Ways::of("".as_ref()),
    )
    .unwrap()
    .issues
}

/// Asserts that nothing in `text` but line ends and tabs acts on a terminal or hides in it.
fn plain(text: &str, what: &str) {
    let bad = |c: &char| (c.is_control() && !"\n\t".contains(*c)) || is_invisible(*c);
    let bad = text.chars().find(bad);
    assert_eq!(bad, None, "{what}: {text:?}");
    for left in ["52;c;", "[31", "example.cn", "1049"] {
        assert!(!text.contains(left), "{what} has {left}: {text}");
    }
}

/// Every string in `value`, keys aside.
fn strings(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, visit)),
        Value::Object(values) => values.values().for_each(|value| strings(value, visit)),
        _ => {}
    }
}

#[test]
fn the_issue_is_the_one_without_tricks_in_every_field() {
    let (_folder, path) = hostile();
    let (plain, tricked) = (parsed(&fixture("weekly-006.txt")), parsed(&path));
    assert!(plain == tricked);
    // Each kind of field is there to be tried.
    let issue = &plain[0];
    assert!(issue.publisher.is_some() && issue.site.is_some() && issue.note.is_some());
    assert!(
        issue
            .items()
            .any(|(_, item)| item.lead.is_some() && item.source.is_some())
    );
    assert!(!issue.diagnostics.is_empty());
}

/// What begins a sequence and never ends it must not take the line along, or anything of it into the terminal.
#[test]
fn broken_sequences_take_nothing_along() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(fixture("weekly-006.txt")).unwrap();
    let broken = [
        "\u{1b}]",
        "\u{9d}",
        "\u{1b}[",
        "\u{9b}",
        "\u{1b}",
        "\u{90}",
        "\u{1b}\u{202e}",
    ];
    let mut tricked = String::new();
    for (line, broken) in text.lines().zip(broken.into_iter().cycle()) {
        tricked.extend([broken, line, broken, "\n"]);
    }
    let path = folder.path().join("broken.txt");
    std::fs::write(&path, tricked).unwrap();
    assert!(parsed(&path) == parsed(&fixture("weekly-006.txt")));
}

#[test]
fn every_command_writes_plain_text() {
    let (folder, path) = hostile();
    let run = |arguments: &[&str]| -> Output {
        Command::new(env!("CARGO_BIN_EXE_parkweekly"))
            .env_clear()
            .arg("--library")
            .arg(folder.path().join("library"))
            .args(arguments)
            .output()
            .unwrap()
    };
    let path = path.to_str().unwrap();
    let missing = format!("{path}.no");
    let commands: [(&[&str], i32); 17] = [
        (&["import", path], 0),
        (&["import", "--json", path], 0),
        (&["import", path, &missing], 1),
        (&["import", "--json", path, &missing], 1),
        (&["parse", path], 0),
        (&["parse", "--json", path], 0),
        (&["parse", &missing], 1),
        (&["issues"], 0),
        (&["issues", "--json"], 0),
        (&["show", "6"], 0),
        (&["show", "6", "--json"], 0),
        (&["search"], 0),
        (&["search", "--json"], 0),
        (&[path], 0),
        (&[path, &missing], 1),
        (&["show", "\u{1b}]52;c;aGk=\u{7}\u{202e}/1"], 2),
        (&["search", "issue:\u{1b}[31m\u{202e}x"], 2),
    ];
    for (arguments, code) in commands {
        let output = run(arguments);
        let what = format!("{arguments:?}");
        assert_eq!(output.status.code(), Some(code), "{what}");
        let stdout = String::from_utf8(output.stdout).unwrap();
        plain(&stdout, &what);
        plain(&String::from_utf8(output.stderr).unwrap(), &what);
        // What JSON writes as \u001b is plain as written and not as read.
        if arguments.contains(&"--json") {
            let mut values = 0;
            for value in serde_json::Deserializer::from_str(&stdout).into_iter::<Value>() {
                values += 1;
                strings(&value.unwrap(), &mut |text| plain(text, &what));
            }
            assert!(values > 0, "{what}");
        }
    }
}

#[test]
fn the_reader_shows_plain_text() {
    let (_folder, path) = hostile();
    let mut store = Store::open(&Place::Memory).unwrap();
    let input = Input::File(path);
    let outcome = parkweekly::app::import::import_file(
        &mut store,
        &input,
        Asked::default(),
        &Ways::of("".as_ref()),
    );
    assert_eq!(outcome.error(), None);
    let mut reader = Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store);
    for keys in [
        "",
        "enter",
        "space space",
        "o",
        "esc ctrl-p",
        "esc b '",
        "esc a",
        "f",
        "G",
    ] {
        reader.keys(keys);
        plain(&reader.screen(), keys);
        let (buffer, _) = reader.buffer();
        for cell in buffer.content() {
            plain(cell.symbol(), keys);
        }
    }
}
