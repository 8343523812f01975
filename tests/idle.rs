//! A reader that nobody uses sleeps: no thread of it wakes up, for a while that is as long as another program takes.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod terminal;

use portable_pty::CommandBuilder;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use terminal::{PROGRAM, Session, library};

/// Runs of another program, a second in all: what wakes up every now and then does so within.
const RUNS: usize = 10;
/// Runs after which a reader is at rest at the latest.
const LIMIT: usize = 300;

/// How often each thread of a process has gone to sleep.
fn sleeps(process: u32) -> BTreeMap<String, String> {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let counted = threads.filter_map(|thread| {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).ok()?;
        let value = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned())
        };
        let name = format!("{} {}", value("Name:")?, value("Pid:")?);
        Some((name, value("voluntary_ctxt_switches:")?))
    });
    counted.collect()
}

/// What lasts a while: another program makes a library.
fn another_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("--library").arg(folder.path()).arg("import");
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/weekly-007.txt");
    assert!(command.arg(fixtures).output().unwrap().status.success());
}

/// Asserts that nothing wakes up once all that was begun is done.
fn assert_sleeps(session: &Session, when: &str) {
    let process = session.child.process_id().unwrap();
    let mut before = sleeps(process);
    let (mut quiet, mut runs) = (0, 0);
    while quiet < RUNS {
        another_program();
        let now = sleeps(process);
        quiet = if now == before { quiet + 1 } else { 0 };
        runs += 1;
        assert!(runs < LIMIT, "{when}: {before:?} {now:?}");
        before = now;
    }
    for thread in ["terminal", "signals", "finder", "writer"] {
        let mut names = before.keys();
        assert!(names.any(|name| name.starts_with(thread)), "{before:?}");
    }
}

#[test]
fn nothing_wakes_an_idle_reader() {
    for answer in [Some("\x1b[2;2R\x1b[?1c"), None] {
        let command = CommandBuilder::new(PROGRAM);
        let mut session = Session::run_on(80, 24, command, &library(), answer);
        session.until_shows("帮助");
        assert_sleeps(&session, "at the start");
        session.press("jj\r");
        session.until_shows(" 3/14 ");
        session.press("\x10园");
        session.until_shows("跳转 · 全库 ─");
        // What may begin an answer of the terminal is given back after a while, and waits no more.
        session.press("\x1b]");
        assert_sleeps(&session, "in the jump");
        session.press("\x1b");
        session.until("the panes", |screen| {
            !screen.contents().contains("跳转 · 全库 ─")
        });
        session.press("q");
        assert_eq!(session.until_given_back().exit_code(), 0);
    }
}
