//! A note in the user's own editor: it has the terminal to itself, and what it writes comes back.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod terminal;

use portable_pty::CommandBuilder;
use std::path::Path;
use terminal::{PROGRAM, Session, library};

/// The reader with a note open that is handed to `editor`, a line for the shell.
fn editing(editor: &str) -> Session {
    let mut command = CommandBuilder::new(PROGRAM);
    command.env_remove("VISUAL");
    command.env("EDITOR", editor);
    let mut session = Session::read_by(80, 24, command, &library());
    session.press("e");
    session.until("the note", |screen| screen.contents().contains("笔记 ·"));
    session.press("写到一半\x05");
    session
}

#[test]
fn the_editor_has_the_terminal_to_itself_and_the_note_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    // It takes lines from the terminal until an empty one, in the line mode of a shell.
    let editor = format!(
        "edit() {{ stty -a > '{log}'; echo \"$1\" >> '{log}'; cat \"$1\"; echo; echo ready; \
         while IFS= read -r line && [ \"$line\" ]; do echo \"$line\" >> \"$1\"; done; }}; edit",
        log = log.display()
    );
    let mut session = editing(&editor);
    for round in 1..=3 {
        session.until("the editor with the text", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.contents().contains("写到一半")
                && screen.contents().trim_end().ends_with("ready")
        });
        // Key by key, so that one taken by the reader would be missing.
        for key in format!("第{round}行 jjqqee").chars() {
            session.press(&key.to_string());
            session.until("the key", |screen| {
                screen.contents().trim_end().ends_with(key) || key == ' '
            });
        }
        session.resize(100, 30);
        session.press("\r\r");
        let written = format!("第{round}行 jjqqee");
        session.until("the reader with what was written", |screen| {
            screen.alternate_screen() && screen.contents().contains(&written)
        });
        session.resize(80, 24);
        session.until("the size of now", |screen| {
            let rows: Vec<String> = screen.rows(0, 80).collect();
            rows[23].contains("帮助")
        });
        let log = std::fs::read_to_string(&log).unwrap();
        assert!(log.contains(" icanon") && log.contains(" echo "), "{log}");
        assert!(!Path::new(log.lines().last().unwrap()).exists());
        if round < 3 {
            session.press("\x05");
        }
    }
    session.press("尾\x1b");
    session.until("that it is kept", |screen| {
        let shown = screen.contents();
        shown.contains("笔记已存下") && shown.contains("第3行 jjqqee尾")
    });
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn an_interrupt_ends_the_editor_and_not_the_reader() {
    let mut session = editing("edit() { echo ready; read -r line; }; edit");
    session.until("the editor", |screen| {
        !screen.alternate_screen() && screen.contents().contains("ready")
    });
    session.press("\x03");
    session.until("the reader, with the text", |screen| {
        let shown = screen.contents();
        screen.alternate_screen()
            && shown.contains("编辑器没有正常结束")
            && shown.contains("写到一半")
    });
    session.press("\x1b");
    session.until("that it is kept", |screen| {
        screen.contents().contains("笔记已存下")
    });
    // From here on it is the reader's again.
    session.signal("INT");
    let status = session.until_given_back();
    assert!(
        status.signal().is_some() || status.exit_code() == 130,
        "{status:?}"
    );
}

#[test]
fn where_no_editor_can_be_started_that_is_said_and_the_note_stays() {
    for (editor, said) in [("", "没有设定编辑器"), ("/nowhere/editor", "编辑器打不开")]
    {
        let mut session = editing(editor);
        session.until("why", |screen| {
            let shown = screen.contents();
            screen.alternate_screen() && shown.contains(said) && shown.contains("写到一半")
        });
        session.press("\x03");
        session.until("that it is left", |screen| {
            screen.contents().contains("笔记没有改")
        });
        session.press("q");
        assert_eq!(session.until_given_back().exit_code(), 0);
    }
}

/// The one text that is kept beside the library of a session.
fn rescued(session: &Session) -> String {
    let files = std::fs::read_dir(session.library.path()).unwrap();
    let mut paths = files.map(|file| file.unwrap().path());
    let path = paths.find(|path| path.extension().is_some_and(|end| end == "txt"));
    std::fs::read_to_string(path.unwrap()).unwrap()
}

/// The note of the item that `editing` opens, as the library keeps it.
fn note(session: &Session) -> String {
    let mut command = std::process::Command::new(PROGRAM);
    command.env("PARKWEEKLY_LIBRARY", session.library.path());
    let shown = command.args(["note", "show", "7/1/1"]).output().unwrap();
    String::from_utf8(shown.stdout).unwrap()
}

#[test]
fn a_note_too_long_to_be_kept_is_in_a_file_when_a_signal_ends_the_reader() {
    for signal in ["TERM", "HUP"] {
        let mut session = editing("f() { yes 长长 | head -n 8000 > \"$1\"; }; f");
        session.until("the long text", |screen| {
            screen.alternate_screen() && screen.contents().contains("8000/8000")
        });
        session.signal(signal);
        session.until_given_back();
        session.until("where the text is", |screen| {
            screen.contents().contains("parkweekly note set")
        });
        assert_eq!(rescued(&session), vec!["长长"; 8000].join("\n"));
        assert_eq!(note(&session), "", "no part of it took the note's place");
    }
}

#[test]
fn where_a_text_is_that_the_editor_left_is_told_again_when_the_reader_is_left() {
    let mut session = editing("f() { echo 写了 > \"$1\"; exit 3; }; f");
    session.until("that the editor failed", |screen| {
        screen.alternate_screen() && screen.contents().contains("编辑器没有正常结束")
    });
    session.press("\x03q");
    session.until_given_back();
    session.until("where the text is", |screen| {
        screen.contents().contains("parkweekly note set")
    });
    assert_eq!(rescued(&session), "写了\n");
}
