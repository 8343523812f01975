//! The reader beside copies of the marks, damaged marks, and files that may not be written, on a terminal.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod nobody;
mod sandbox;
mod terminal;

use portable_pty::CommandBuilder;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use terminal::{PROGRAM, Session, library};

/// Patience for what happens behind the first frame.
const LIMIT: Duration = Duration::from_secs(30);

/// Runs the program to its end on the library.
fn run_on(library: &Path, arguments: &[&str]) -> std::process::Output {
    Command::new(PROGRAM)
        .env("PARKWEEKLY_LANG", "zh")
        .arg("--library")
        .arg(library)
        .args(arguments)
        .output()
        .unwrap()
}

fn copies(library: &Path) -> usize {
    let copies = std::fs::read_dir(library.join("copies"));
    copies.into_iter().flatten().count()
}

#[test]
fn marks_are_copied_behind_the_first_frame() {
    let library = library();
    let mut session = Session::read(80, 24, &library);
    session.press("q");
    session.until_given_back();
    assert_eq!(
        copies(session.library.path()),
        0,
        "there was nothing to copy"
    );
    let marked = run_on(library.path(), &["bookmark", "add", "7/1/1"]);
    assert!(marked.status.success());
    let mut session = Session::read(80, 24, &library);
    let mut places = [("j", " 2/14 "), ("k", " 1/14 ")].into_iter().cycle();
    let end = Instant::now() + LIMIT;
    while copies(session.library.path()) == 0 {
        assert!(Instant::now() < end, "no copy was made");
        let (key, place) = places.next().unwrap();
        session.press(key);
        session.until(place, |screen| screen.contents().contains(place));
    }
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

/// A library with two bookmarks, a copy from before the second one, and marks that are damaged.
fn damaged_marks() -> Arc<TempDir> {
    let library = library();
    for address in ["6/1/1", "6/1/2"] {
        assert!(
            run_on(library.path(), &["bookmark", "add", address])
                .status
                .success()
        );
    }
    assert_eq!(copies(library.path()), 1);
    std::fs::write(library.path().join("marks.sqlite3"), "none of them").unwrap();
    library
}

#[test]
fn damaged_marks_are_restored_before_the_screen_is_taken() {
    let command = CommandBuilder::new(PROGRAM);
    let mut session = Session::run(120, 24, command, &damaged_marks());
    session.until("the question", |screen| {
        let shown = screen.contents();
        shown.contains("标记文件已损坏") && shown.contains("1 条有标记") && shown.contains("[y/N]")
    });
    assert!(!session.parser.screen().alternate_screen());
    session.press("y\r");
    session.until("the reader", |screen| {
        screen.alternate_screen() && screen.contents().contains("帮助")
    });
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
    let list = run_on(session.library.path(), &["bookmark", "list"]);
    assert_eq!(String::from_utf8(list.stdout).unwrap().lines().count(), 1);
}

#[test]
fn damaged_marks_stay_where_that_is_wanted() {
    for answer in ["n\r", "\r", "\x04"] {
        let command = CommandBuilder::new(PROGRAM);
        let mut session = Session::run(120, 24, command, &damaged_marks());
        session.until("the question", |screen| screen.contents().contains("[y/N]"));
        session.press(answer);
        session.until("what to do", |screen| {
            screen.contents().contains("parkweekly marks restore")
        });
        assert_eq!(session.child.wait().unwrap().exit_code(), 1);
        assert!(!session.parser.screen().alternate_screen());
        let marks = std::fs::read(session.library.path().join("marks.sqlite3"));
        assert_eq!(marks.unwrap(), b"none of them");
    }
}

#[test]
fn a_library_that_may_not_be_written_is_read_and_the_reader_says_so() {
    let sandbox = sandbox::Sandbox::with_issues();
    let library = sandbox.path("library");
    nobody::protect(&library);
    if nobody::command(&sandbox, nobody::NOBODY).is_none() {
        return;
    }
    let mut command = if nobody::is_root() {
        let mut command = CommandBuilder::new("setpriv");
        command.args([
            format!("--reuid={}", nobody::NOBODY),
            format!("--regid={}", nobody::NOBODY),
            "--clear-groups".to_owned(),
        ]);
        command.arg(nobody::program(&sandbox));
        command
    } else {
        CommandBuilder::new(PROGRAM)
    };
    command.arg("--library");
    command.arg(&library);
    command.cwd(sandbox.folder.path());
    let mut session = Session::run(120, 24, command, &Arc::new(tempfile::tempdir().unwrap()));
    session.until("the first frame with a notice", |screen| {
        screen.contents().contains("文库只能读取") && screen.contents().contains("常州高新区")
    });
    session.press("j\r");
    session.until("the item in the body", |screen| {
        screen.contents().contains("来源：湖南省政府网站")
            && !screen.contents().contains("只能读取")
    });
    session.press("b");
    session.until("that it is not kept", |screen| {
        screen.contents().contains("书签没有保存") || screen.contents().contains("只能读取")
    });
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 1);
    nobody::mode(&library, 0o755);
}

#[test]
fn what_damaged_marks_refuse_is_taken_off_the_screen_and_told_on_the_way_out() {
    // The marks are the first thing that is asked for, or what was shown comes from memory.
    for (keys, sign, refused) in [
        ("b", "★", "书签没有存下"),
        ("t跟踪\r", "#", "标签没有存下"),
        ("e看看\x1b", "✎", "笔记没有存下"),
    ] {
        let library = library();
        let mut session = Session::read(120, 40, &library);
        let signs = |screen: &vt100::Screen| screen.contents().matches(sign).count();
        let before = signs(session.parser.screen());
        let marks = library.path().join("marks.sqlite3");
        std::fs::write(&marks, "garbage garbage garbage").unwrap();
        session.press(keys);
        session.until(refused, |screen| {
            let shown = screen.contents();
            // The line may be broken anywhere.
            let line: String = shown.split_whitespace().collect();
            line.contains(refused) && line.contains("标记文件已损坏")
        });
        assert_eq!(signs(session.parser.screen()), before, "{sign}");
        session.press("q");
        let status = session.until_given_back();
        session.until("how to mend it", |screen| {
            screen.contents().contains("parkweekly marks restore")
        });
        assert_eq!(status.exit_code(), 1, "{sign}");
        assert_eq!(
            std::fs::read(marks).unwrap(),
            b"garbage garbage garbage",
            "{sign}"
        );
    }
}

#[test]
fn a_note_that_waits_where_a_signal_ends_the_reader_is_named() {
    let library = library();
    let mut session = Session::read(120, 40, &library);
    session.press("e");
    session.until("the field", |screen| !screen.hide_cursor());
    session.press("写到一半");
    session.until_shows("写到一半");
    let removed = run_on(library.path(), &["issues", "remove", "7", "--yes"]);
    assert!(removed.status.success());
    session.signal("TERM");
    session.until_given_back();
    let list = run_on(library.path(), &["note", "list", "--json"]);
    let list = String::from_utf8(list.stdout).unwrap();
    let name = list.split('"').find(|word| word.starts_with("7@")).unwrap();
    session.until_shows(&format!("已存为 {name}"));
    session.until_shows(&format!("parkweekly marks move {name} 地址"));
}
