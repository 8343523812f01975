//! The real binary on a pseudo-terminal: it reads and quits, follows every size, and gives the terminal back whatever
//! ends it. Tests wait until something shows, never for a time.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;
mod nobody;
mod sandbox;

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Patience for anything that should happen at once; a test fails when it is used up, so its length costs nothing.
const LIMIT: Duration = Duration::from_secs(30);

/// A program on a terminal.
struct Session {
    parser: vt100::Parser,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    /// Kept open so that the line mode can be asked for after the program has ended.
    _slave: Box<dyn portable_pty::SlavePty + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    before: String,
    library: TempDir,
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

const fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn line_mode(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

impl Session {
    /// Opens the reader on a library with both fixtures, and waits for its first frame.
    fn open(cols: u16, rows: u16, panicking: Option<&str>) -> Self {
        Self::start(cols, rows, panicking, false)
    }

    /// The same; where `refusing`, no mark can be kept.
    fn start(cols: u16, rows: u16, panicking: Option<&str>, refusing: bool) -> Self {
        let library = tempfile::tempdir().unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let imported = Command::new(env!("CARGO_BIN_EXE_parkweekly"))
            .arg("--library")
            .arg(library.path())
            .arg("import")
            .args([
                fixtures.join("weekly-007.txt"),
                fixtures.join("weekly-006.txt"),
            ])
            .output()
            .unwrap();
        assert!(imported.status.success(), "{imported:?}");
        if refusing {
            common::refuse_marks(library.path());
        }
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"));
        if let Some(thread) = panicking {
            command.env("PARKWEEKLY_TEST_PANIC", thread);
        }
        let mut session = Self::run(cols, rows, command, library);
        session.until("the first frame", |screen| {
            screen.contents().contains("帮助")
        });
        assert!(session.parser.screen().alternate_screen());
        session
    }

    /// An interactive shell, in a library with nothing in it.
    fn shell(cols: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-i"]);
        command.env("PS1", "prompt> ");
        command.env("PROGRAM", env!("CARGO_BIN_EXE_parkweekly"));
        let mut session = Self::run(cols, rows, command, tempfile::tempdir().unwrap());
        session.until("the prompt", |screen| {
            screen.contents().contains("prompt> ")
        });
        session
    }

    /// Runs a program on a new terminal.
    fn run(cols: u16, rows: u16, mut command: CommandBuilder, library: TempDir) -> Self {
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let before = line_mode(&*pair.master);
        command.env("PARKWEEKLY_LIBRARY", library.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("PARKWEEKLY_LANG", "zh");
        command.env_remove("LC_ALL");
        command.env_remove("RUST_BACKTRACE");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            parser: vt100::Parser::new(cells(rows), cells(cols), 0),
            output,
            input: pair.master.take_writer().unwrap(),
            master: pair.master,
            _slave: pair.slave,
            child,
            before,
            library,
        }
    }

    /// Takes in what the program writes until `shown` holds.
    fn until(&mut self, what: &str, shown: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + LIMIT;
        while !shown(self.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{what} did not show:\n{}", self.parser.screen().contents())
                }
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    fn resize(&mut self, cols: u16, rows: u16) {
        self.parser.screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(size(cols, rows)).unwrap();
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits until the terminal is given back and the program has ended; asserts that it is as it was before.
    fn until_given_back(&mut self) -> ExitStatus {
        self.until("the main screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        let status = self.child.wait().unwrap();
        assert_eq!(
            line_mode(&*self.master),
            self.before,
            "the line mode came back"
        );
        status
    }
}

#[test]
fn reads_an_item_and_quits() {
    let mut session = Session::open(80, 24, None);
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
    let mut session = Session::open(80, 24, None);
    session.press("q");
    session.until_given_back();
    let library = rusqlite::Connection::open(session.library.path().join("library.sqlite3"));
    let changes = "UPDATE issue SET parser = 0; UPDATE item SET headline = '旧读法', key_headline = '旧读法' \
                   WHERE id = (SELECT max(id) FROM item)";
    library.unwrap().execute_batch(changes).unwrap();
    let command = CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"));
    let mut session = Session::run(80, 24, command, session.library);
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
    let mut session = Session::open(80, 24, None);
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
    let mut session = Session::open(80, 24, None);
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
    let mut session = Session::open(80, 24, None);
    session.press("\x10");
    session.until("the jump", |screen| screen.contents().contains("跳转 ─"));
    session.press(&format!("\x1b[200~{}末尾\x1b[201~", "长".repeat(900)));
    session.until("its end", |screen| screen.contents().contains("末尾"));
    session.press("\x1b");
    session.until("the panes", |screen| screen.contents().contains("目录 ─"));
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn a_paste_narrows_the_list_from_the_field_of_the_filter() {
    let mut session = Session::open(120, 30, None);
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
    let mut session = Session::shell(80, 24);
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
    let mut session = Session::open(80, 24, None);
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
    let mut session = Session::open(80, 24, None);
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
    let mut session = Session::open(80, 24, None);
    session.press("jja");
    session.until("the library", |screen| screen.contents().contains("3/26"));
    session.signal("TERM");
    session.until_given_back();
    let library = std::mem::replace(&mut session.library, tempfile::tempdir().unwrap());
    let command = CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"));
    let mut again = Session::run(80, 24, command, library);
    again.until("the library", |screen| screen.contents().contains("3/26"));
    again.press("q");
    assert_eq!(again.until_given_back().exit_code(), 0);
}

#[test]
fn a_mark_that_could_not_be_kept_is_told_after_the_end_too() {
    let mut session = Session::start(80, 24, None, true);
    session.press("bq");
    let status = session.until_given_back();
    session.until("what went wrong", |screen| {
        screen.contents().contains("错误")
    });
    assert_eq!(status.exit_code(), 1);
}

#[test]
#[cfg(debug_assertions)]
fn gives_the_terminal_back_after_a_panic_in_any_thread() {
    for thread in ["main", "finder", "writer", "terminal"] {
        let mut session = Session::open(80, 24, Some(thread));
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
        let mut session = Session::open(80, 24, None);
        session.signal(name);
        let status = session.until_given_back();
        assert!(
            status.signal().is_some() || status.exit_code() == 128 + number,
            "{name}: {status:?}"
        );
    }
}

/// Runs the program to its end on the library.
fn run_on(library: &Path, arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_parkweekly"))
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
    let mut session = Session::open(80, 24, None);
    session.press("b");
    session.until("the bookmark", |screen| {
        screen.contents().contains("已加书签")
    });
    session.press("q");
    session.until_given_back();
    assert_eq!(
        copies(session.library.path()),
        0,
        "there was nothing to copy"
    );
    let command = CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"));
    let library = std::mem::replace(&mut session.library, tempfile::tempdir().unwrap());
    let mut session = Session::run(80, 24, command, library);
    session.until("the first frame", |screen| {
        screen.contents().contains("帮助")
    });
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
fn damaged_marks() -> TempDir {
    let mut session = Session::open(80, 24, None);
    session.press("q");
    session.until_given_back();
    let library = std::mem::replace(&mut session.library, tempfile::tempdir().unwrap());
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
    let command = CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"));
    let mut session = Session::run(120, 24, command, damaged_marks());
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
        let command = CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"));
        let mut session = Session::run(120, 24, command, damaged_marks());
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
        CommandBuilder::new(env!("CARGO_BIN_EXE_parkweekly"))
    };
    command.arg("--library");
    command.arg(&library);
    command.cwd(sandbox.folder.path());
    let mut session = Session::run(120, 24, command, tempfile::tempdir().unwrap());
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
    assert_eq!(session.until_given_back().exit_code(), 0);
    nobody::mode(&library, 0o755);
}
