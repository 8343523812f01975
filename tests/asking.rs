//! The real binary on terminals that answer what they are asked: at once, late, never, with keys in between. An answer is
//! never a key, and a key is never lost.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod terminal;

use portable_pty::CommandBuilder;
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;
use terminal::{ATTRIBUTES, PROGRAM, Session, library};

/// A light ground whose name is full of keys that would mark items and move about.
const GROUND: &str = "\x1b]11;rgb:bbbb/bbbb/bbbb\x1b\\";

/// Opens the reader on a terminal that sends `answer` whenever it is asked.
fn open(library: &Arc<TempDir>, answer: Option<&'static str>) -> Session {
    let command = CommandBuilder::new(PROGRAM);
    let mut session = Session::run_on(80, 24, command, library, answer);
    session.until_shows("帮助");
    session
}

fn quit(mut session: Session) {
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

/// The bookmarks of a library.
fn bookmarks(library: &TempDir) -> String {
    let mut command = Command::new(PROGRAM);
    command.arg("--library").arg(library.path());
    let listed = command.args(["bookmark", "list"]).output().unwrap();
    assert!(listed.status.success());
    String::from_utf8(listed.stdout).unwrap()
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_gets_borders_of_ascii() {
    let library = library();
    let session = open(&library, Some("\x1b[9;3R\x1b[?1c"));
    let contents = session.parser.screen().contents();
    assert!(contents.contains("+ 目录 ---"), "{contents}");
    quit(session);
    let session = open(&library, Some("\x1b[9;2R\x1b[?1c"));
    let contents = session.parser.screen().contents();
    assert!(contents.contains("┌ 目录 ───"), "{contents}");
    quit(session);
}

#[test]
fn what_is_typed_before_the_first_frame_and_between_answers_is_not_lost() {
    let answer = "j\x1b[2;2Rj\x1b]11;rgb:b/b/b\x07\x1b[B\x1b[?62cj";
    let mut session = open(&library(), Some(answer));
    session.until_shows(" 5/14 ");
    quit(session);
    let answer = "f\x1b[2;2R\x1b[200~新\n能源\x1b[201~\x1b[?62c";
    let mut session = open(&library(), Some(answer));
    session.until_shows("新 能源");
    session.press("\x03");
    session.until("the panes", vt100::Screen::hide_cursor);
    quit(session);
}

#[test]
fn a_silent_terminal_is_asked_once_and_reads_as_any_other() {
    let mut session = open(&library(), None);
    session.press("jjb");
    session.until("the mark", |screen| {
        screen.contents().contains(" 3/14 ") && screen.contents().contains("●★")
    });
    session.press("\x1b]");
    session.press("j");
    session.until_shows(" 4/14 ");
    // Suspended, where nobody could call it back, it takes the terminal again.
    session.press("\x1aj");
    session.until_shows(" 5/14 ");
    assert_eq!(session.times(ATTRIBUTES), 1);
    quit(session);
}

#[test]
fn a_late_answer_marks_nothing() {
    let library = library();
    for sent in [
        format!("\x1b[2;2R{GROUND}\x1b[?62;22c"),
        GROUND.replace("\x1b\\", "\x07"),
    ] {
        let mut session = open(&library, None);
        session.press(&sent);
        session.press("j");
        session.until_shows(" 2/14 ");
        session.press("k");
        session.until_shows(" 1/14 ");
        quit(session);
        assert_eq!(bookmarks(&library), "");
    }
}

#[test]
fn an_answer_that_is_cut_by_the_time_limit_marks_nothing() {
    let library = library();
    for (at, _) in GROUND.char_indices().skip(2).step_by(5) {
        // Whoever is asked sends the beginning, and nothing behind it: the reader opens when the time is over.
        let begin: &'static str = &GROUND[..at];
        let mut session = open(&library, Some(begin));
        session.press(&GROUND[at..]);
        session.press("j");
        session.until_shows(" 2/14 ");
        session.press("k");
        session.until_shows(" 1/14 ");
        quit(session);
        assert_eq!(bookmarks(&library), "", "{at}");
    }
}

#[test]
fn what_is_set_is_not_asked() {
    let mut command = CommandBuilder::new(PROGRAM);
    command.env("PARKWEEKLY_AMBIGUOUS", "1");
    command.env("NO_COLOR", "1");
    let session = Session::read_by(80, 24, command, &library());
    assert_eq!(session.times(ATTRIBUTES), 0);
    assert_eq!(session.times(b"\x1b]11;?"), 0);
    quit(session);
}

#[test]
fn doctor_shows_what_the_terminal_answers() {
    let library = library();
    for (answer, shown) in [
        (
            Some("\x1b[9;3R\x1b]11;rgb:f/f/f\x07\x1b[?1c"),
            ["2", "浅色"],
        ),
        (Some("\x1b[?1c"), ["终端没有回应"; 2]),
        (None, ["终端没有回应"; 2]),
    ] {
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg("doctor");
        let mut session = Session::run_on(100, 90, command, &library, answer);
        session.until_shows("EDITOR");
        let contents = session.parser.screen().contents();
        for (name, value) in ["宽度", "背景"].into_iter().zip(shown) {
            let mut lines = contents.lines();
            let line = lines.find(|line| line.contains("终端报告") && line.contains(name));
            assert!(line.unwrap().ends_with(value), "{contents}");
        }
        session.child.wait().unwrap();
        assert_eq!(terminal::line_mode(&*session.master), session.before);
        assert!(
            !contents.contains('—') || contents.contains("“—”"),
            "{contents}"
        );
    }
}

#[test]
fn a_frame_is_shown_as_a_whole_and_the_screen_is_never_cleared_between() {
    const BEGIN: &[u8] = b"\x1b[?2026h";
    const END: &[u8] = b"\x1b[?2026l";
    let mut session = open(&library(), None);
    let taken = session.times(b"\x1b[J");
    for (keys, shown) in [
        ("jj", " 3/14 "),
        ("o", "1/2"),
        ("\x1b", " 3/14 "),
        ("\r", "来源："),
    ] {
        session.press(keys);
        session.until_shows(shown);
    }
    let frames = session.written.clone();
    assert!(session.times(BEGIN) > 3);
    assert_eq!(session.times(b"\x1b[2J"), 0);
    assert_eq!(session.times(b"\x1b[J"), taken);
    // Wherever the cursor is moved, a frame has begun and not ended.
    let mut is_open = false;
    let from = frames.windows(BEGIN.len()).position(|part| part == BEGIN);
    for at in from.unwrap()..frames.len() {
        let rest = &frames[at..];
        match (rest.starts_with(BEGIN), rest.starts_with(END)) {
            (true, _) => is_open = true,
            (_, true) => is_open = false,
            _ => assert!(is_open || !rest.starts_with(b"\x1b["), "{at}"),
        }
    }
    quit(session);
}
