//! The real binary on a pseudo-terminal: it reads and quits, follows every size, and gives the terminal back whatever
//! ends it. Tests wait until something shows, never for a time.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;
mod terminal;

use portable_pty::CommandBuilder;
use std::sync::Arc;
use terminal::{PROGRAM, Session, library, line_mode};

/// Opens the reader on a library with both fixtures, and waits for its first frame.
fn open(cols: u16, rows: u16) -> Session {
    Session::read(cols, rows, &library())
}

/// The same; this thread panics.
fn open_panicking(cols: u16, rows: u16, thread: &str) -> Session {
    let mut command = CommandBuilder::new(PROGRAM);
    command.env("PARKWEEKLY_TEST_PANIC", thread);
    Session::read_by(cols, rows, command, &library())
}

/// An interactive shell, in a library with nothing in it.
fn shell(cols: u16, rows: u16) -> Session {
    let mut command = CommandBuilder::new("sh");
    command.args(["-i"]);
    command.env("PS1", "prompt> ");
    command.env("PROGRAM", PROGRAM);
    let empty = Arc::new(tempfile::tempdir().unwrap());
    let mut session = Session::run(cols, rows, command, &empty);
    session.until("the prompt", |screen| {
        screen.contents().contains("prompt> ")
    });
    session
}

#[test]
fn reads_an_item_and_quits() {
    let mut session = open(80, 24);
    assert!(
        line_mode(&*session.master) != session.before,
        "raw while it runs"
    );
    session.press("j\r");
    session.until("the item in the body", |screen| {
        screen.contents().contains("来源：湖南省政府网站")
    });
    session.press("q");
    let status = session.until_given_back();
    assert_eq!(status.exit_code(), 0);
}

#[test]
fn what_an_older_version_read_is_read_again_behind_the_first_frame() {
    let mut session = open(80, 24);
    session.press("q");
    session.until_given_back();
    let library = rusqlite::Connection::open(session.library.path().join("library.sqlite3"));
    let changes = "UPDATE issue SET parser = 0; UPDATE item SET headline = '旧读法', key_headline = '旧读法' \
                   WHERE id = (SELECT max(id) FROM item)";
    library.unwrap().execute_batch(changes).unwrap();
    let command = CommandBuilder::new(PROGRAM);
    let mut session = Session::run(80, 24, command, &session.library);
    session.until("that one issue was read again", |screen| {
        screen.contents().contains("已重读 1 期")
    });
    session.until("the headline", |screen| {
        screen.contents().contains("常州高新区 12") && !screen.contents().contains("旧读法")
    });
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn follows_the_size_of_the_terminal() {
    let mut session = open(80, 24);
    for (cols, rows) in [(40, 12), (20, 6), (10, 3), (120, 40), (80, 24)] {
        session.resize(cols, rows);
        session.until("the status bar in the last row", |screen| {
            let lines: Vec<String> = screen.rows(0, cols).collect();
            if cols < 20 {
                return lines[0].contains("太小");
            }
            lines[usize::from(rows) - 1].contains("帮助") && lines[0].contains("目录")
        });
    }
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn a_key_is_not_lost_beside_a_new_size() {
    let mut session = open(80, 24);
    for round in 0..100 {
        let (rows, key, place) = if round % 2 == 0 {
            (20, "j", " 2/14 ")
        } else {
            (24, "k", " 1/14 ")
        };
        session.resize(80, rows);
        session.press(key);
        session.until("the item moved to", |screen| {
            screen.contents().contains(place)
        });
    }
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn a_long_paste_arrives_whole() {
    let mut session = open(80, 24);
    session.press("\x10");
    session.until("the jump", |screen| {
        screen.contents().contains("跳转 · 全库 ─")
    });
    session.press(&format!("\x1b[200~{}末尾\x1b[201~", "长".repeat(900)));
    session.until("its end", |screen| screen.contents().contains("末尾"));
    session.press("\x1b");
    session.until("the panes", |screen| screen.contents().contains("目录 ─"));
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn a_paste_narrows_the_list_from_the_field_of_the_filter() {
    let mut session = open(120, 30);
    session.press("f");
    session.until("the cursor in the field", |screen| !screen.hide_cursor());
    session.press("\x1b[200~新\r\n能源\x1b[201~");
    session.until("what was pasted as one line", |screen| {
        screen.contents().contains("› 新  能源") && screen.contents().contains("1/14 条")
    });
    session.press("\x03");
    session.until("the panes", vt100::Screen::hide_cursor);
    session.press("\x03");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn stops_for_the_shell_and_comes_back_as_it_was() {
    let mut session = shell(80, 24);
    session.press("\"$PROGRAM\"\r");
    session.until("the sample", |screen| screen.contents().contains("样刊"));
    session.press("j");
    session.until("the second item", |screen| {
        screen.contents().contains("2/30")
    });
    for _ in 0..3 {
        session.press("\x1a");
        session.until("the shell", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.contents().contains("Stopped")
                && screen.contents().trim_end().ends_with("prompt>")
        });
        session.resize(100, 20);
        session.press("clear\r");
        session.until("a shell that works", |screen| {
            screen.contents().trim() == "prompt>"
        });
        session.press("fg\r");
        session.until("the reader at the size of now", |screen| {
            let rows: Vec<String> = screen.rows(0, 100).collect();
            screen.alternate_screen() && rows[19].contains("帮助") && rows[18].contains("2/30")
        });
        session.resize(80, 24);
        session.until("the reader at the size before", |screen| {
            let rows: Vec<String> = screen.rows(0, 80).collect();
            rows[23].contains("帮助") && rows[22].contains("2/30")
        });
    }
    session.press("j");
    session.until("a reader that works", |screen| {
        screen.contents().contains("3/30")
    });
    session.press("q");
    session.until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("prompt>")
    });
    session.press("exit $?\r");
    assert_eq!(session.child.wait().unwrap().exit_code(), 0);
}

#[test]
fn draws_the_screen_anew_over_what_others_wrote() {
    let mut session = open(80, 24);
    // Any key takes the welcome away.
    session.press("j");
    session.until_shows(" 2/14 ");
    // Its text comes with a later frame.
    session.until_shows("约仪式在长沙经开区举行");
    let before = session.parser.screen().contents();
    session
        .parser
        .process(b"\x1b[5;5Hsomebody else was here\x1b[10;1H\x1b[J");
    assert!(session.parser.screen().contents() != before);
    session.press("\x0c");
    session.until("the whole screen again", |screen| {
        screen.contents() == before
    });
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn where_no_shell_could_call_it_back_it_goes_on() {
    let mut session = open(80, 24);
    session.press("\x1aj");
    session.until("the second item", |screen| {
        screen.contents().contains("2/14")
    });
    assert!(session.parser.screen().alternate_screen());
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn where_it_was_is_kept_when_a_signal_ends_it() {
    let mut session = open(80, 24);
    session.press("jja");
    session.until("the library", |screen| screen.contents().contains("3/26"));
    session.signal("TERM");
    session.until_given_back();
    let mut again = Session::read(80, 24, &session.library);
    again.until("the library", |screen| screen.contents().contains("3/26"));
    again.press("q");
    assert_eq!(again.until_given_back().exit_code(), 0);
}

#[test]
fn a_mark_that_could_not_be_kept_is_told_after_the_end_too() {
    let library = library();
    common::refuse_marks(library.path());
    for is_told_before in [false, true] {
        let mut session = Session::read(80, 24, &library);
        session.press("b");
        if is_told_before {
            session.until_shows("书签没有存下");
            session.press("b");
            session.until_shows("书签没有存下");
        }
        session.press("q");
        let status = session.until_given_back();
        session.until("what went wrong", |screen| {
            screen.contents().contains("建议")
        });
        let told = session.parser.screen().contents();
        assert_eq!(told.matches("错误").count(), 1, "{told}");
        assert_eq!(status.exit_code(), 1);
    }
}

#[test]
#[cfg(debug_assertions)]
fn gives_the_terminal_back_after_a_panic_in_any_thread() {
    for thread in ["main", "finder", "writer", "terminal"] {
        let mut session = open_panicking(80, 24, thread);
        // Moving asks the writer for an item; the list of bookmarks asks the finder.
        session.press("j'");
        let status = session.until_given_back();
        session.until("what went wrong", |screen| {
            screen.contents().contains("panicked at")
        });
        assert_eq!(status.exit_code(), 101, "{thread}");
    }
}

#[test]
fn gives_the_terminal_back_after_a_signal() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let mut session = open(80, 24);
        session.signal(name);
        let status = session.until_given_back();
        assert!(
            status.signal().is_some() || status.exit_code() == 128 + number,
            "{name}: {status:?}"
        );
    }
}

#[test]
fn what_another_program_marks_and_imports_is_there_at_the_next_key_and_at_the_focus() {
    let library = library();
    let mut session = Session::read(100, 24, &library);
    assert!(session.tells_focus());
    let other = |arguments: &[&str]| {
        let mut command = std::process::Command::new(PROGRAM);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
        command
            .current_dir(folder)
            .arg("--library")
            .arg(library.path());
        assert!(command.args(arguments).output().unwrap().status.success());
    };
    other(&["bookmark", "add", "7/2/1", "7/2/2"]);
    session.press("\x1b[I");
    session.until_shows("★ 2");
    let mut second = Session::read(100, 24, &library);
    second.press("bjb'");
    second.until_shows("1/4");
    session.press("k");
    session.until_shows("★ 4");
    second.press("\x1b");
    second.until("the panes", |screen| screen.contents().contains("目录 ─"));
    second.press("q");
    assert_eq!(second.until_given_back().exit_code(), 0);
    other(&["bookmark", "remove", "7/2/1"]);
    // The window loses the focus: nothing to look for.
    session.press("\x1b[O");
    session.press("j");
    session.until_shows("★ 3");
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn a_reader_that_is_left_leaves_its_files_whole_in_themselves() {
    let mut session = open(80, 24);
    session.press("bjbjb'");
    session.until_shows("1/3");
    session.press("\x1b");
    session.until("the panes", |screen| screen.contents().contains("目录 ─"));
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
    let files = std::fs::read_dir(session.library.path()).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("sqlite3"))
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["library.sqlite3", "marks.sqlite3"],
        "who copies them copies all"
    );
}
