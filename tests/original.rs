//! On a terminal: the password of a document that is asked for, and `go`, which opens a document in its viewer.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod paper;
mod real;
mod terminal;

use paper::{Paper, print};
use portable_pty::CommandBuilder;
use real::corpus;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;
use tempfile::TempDir;
use terminal::{PROGRAM, Session};

/// A library with a fixture that was printed as PDF, and where the document is.
fn library(folder: &Path) -> (Arc<TempDir>, PathBuf) {
    let library = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let text = fs::read_to_string(fixtures.join("weekly-007.txt")).unwrap();
    let document = folder.join("第 7 期.pdf");
    fs::write(&document, print(&text, Paper::default())).unwrap();
    let imported = Command::new(PROGRAM)
        .arg("--library")
        .arg(library.path())
        .arg("import")
        .arg(&document)
        .output()
        .unwrap();
    assert!(imported.status.success(), "{imported:?}");
    (Arc::new(library), document)
}

/// Where a viewer says what it got, a word a line; whoever reads waits until it does.
fn mailbox(folder: &Path) -> PathBuf {
    let mailbox = folder.join("mailbox");
    let made = Command::new("mkfifo").arg(&mailbox).status().unwrap();
    assert!(made.success());
    mailbox
}

/// What the viewer got.
fn got(mailbox: &Path) -> Vec<String> {
    let (send, arrived) = channel();
    let mailbox = mailbox.to_owned();
    std::thread::spawn(move || send.send(fs::read_to_string(mailbox).unwrap()));
    let words = arrived.recv_timeout(Duration::from_secs(30)).unwrap();
    words.lines().map(str::to_owned).collect()
}

#[test]
fn go_opens_the_original_at_the_page_of_the_item_and_the_reader_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (library, document) = library(folder.path());
    let mailbox = mailbox(folder.path());
    let mut command = CommandBuilder::new(PROGRAM);
    let view = format!("printf \"%s\\n\" \"$@\" > {}", mailbox.display());
    command.env(
        "PARKWEEKLY_VIEWER",
        format!("sh -c '{view}' view --page={{page}} {{file}}"),
    );
    let mut session = Session::read_by(80, 24, command, &library);
    session.press("go");
    let words = got(&mailbox);
    assert_eq!(words.len(), 2, "{words:?}");
    let page: u32 = words[0].strip_prefix("--page=").unwrap().parse().unwrap();
    assert!(page > 1, "behind the cover: {page}");
    assert_eq!(Path::new(&words[1]), document);
    session.until_shows(&format!("已用查看器打开原件第{page}页"));
    session.press("j");
    session.until_shows(" 2/14 ");

    fs::remove_file(&document).unwrap();
    session.press("go");
    session.until_shows("原件不在那里了");
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn what_a_viewer_cannot_open_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (library, document) = library(folder.path());
    let open = |viewer: &str| {
        let output = Command::new(PROGRAM)
            .arg("--library")
            .arg(library.path())
            .args(["--lang", "en", "open", "7/1/1"])
            .env("PARKWEEKLY_VIEWER", viewer)
            .output()
            .unwrap();
        let told = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(told).unwrap())
    };
    for (viewer, code, told) in [
        ("true", 0, "Opened"),
        ("false {file}", 1, "ended at once with an error"),
        ("no-such-viewer", 1, "There is no program"),
        ("'true", 1, "A quote"),
    ] {
        let (ended, said) = open(viewer);
        assert_eq!(ended, Some(code), "{viewer}");
        assert!(said.contains(told), "{viewer}: {said}");
    }
    fs::write(&document, "another document").unwrap();
    assert!(open("true").1.contains("another file"));
}

#[test]
fn documents_are_asked_for_one_after_the_other_until_a_signal_comes() {
    let Some(corpus) = corpus() else { return };
    let folder = tempfile::tempdir().unwrap();
    let library = Arc::new(tempfile::tempdir().unwrap());
    for name in ["1.pdf", "2.pdf", "3.pdf"] {
        fs::copy(
            corpus.join("pdf/e5_password_82.pdf"),
            folder.path().join(name),
        )
        .unwrap();
    }
    let import = |answers: &[(&str, &str)]| {
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg("import");
        command.arg(".");
        command.cwd(folder.path());
        let mut session = Session::run(120, 24, command, &library);
        for (question, answer) in answers {
            session.until_shows(question);
            session.press(answer);
        }
        session.until_given_back()
    };
    // The first is left out, the second one guessed wrong, and the rest is not come to.
    let ended = import(&[
        ("1.pdf 的口令：", "\r"),
        ("2.pdf 的口令：", "guess\r"),
        ("请再输一次 ./2.pdf 的口令：", "\u{3}"),
    ]);
    assert_eq!(ended.exit_code(), 1);
    assert_eq!(ended.signal(), Some("Interrupt"));
    // What opened one opens the others.
    let ended = import(&[("1.pdf 的口令：", "secret\r")]);
    assert_eq!(ended.exit_code(), 0);
}

#[test]
fn a_password_is_asked_for_without_an_echo_until_it_is_right() {
    let Some(corpus) = corpus() else { return };
    let document = corpus.join("pdf/e5_password_82.pdf");
    let library = Arc::new(tempfile::tempdir().unwrap());
    let import = |answers: &[(&str, &str)], told: &str| {
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg("import");
        command.arg(&document);
        let mut session = Session::run(120, 24, command, &library);
        for (question, answer) in answers {
            session.until_shows(question);
            session.press(answer);
        }
        session.until_shows(told);
        let code = session.until_given_back().exit_code();
        let written = String::from_utf8_lossy(&session.written);
        assert!(!written.contains("secret") && !written.contains("guess"));
        code
    };
    assert_eq!(import(&[("的口令：", "\r")], "--password"), 1);
    let answers = [("的口令：", "guess\r"), ("口令不对", "secret\r")];
    assert_eq!(import(&answers, "82期  47 条"), 0);
}
