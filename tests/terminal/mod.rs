//! The real binary on a pseudo-terminal. Tests wait until something shows, never for a time.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use portable_pty::{
    Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_parkweekly");

/// Patience for anything that should happen at once; a test fails when it is used up, so its length costs nothing.
const LIMIT: Duration = Duration::from_secs(30);

/// What a terminal is asked last, and each answers.
pub const ATTRIBUTES: &[u8] = b"\x1b[c";
/// What a narrow and dark terminal answers to all that it is asked.
const NARROW: &str = "\x1b[2;2R\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22c";

/// Where what is typed goes, and what the terminal answers.
type Input = Arc<Mutex<Box<dyn Write + Send>>>;

/// A program on a terminal.
pub struct Session {
    pub parser: vt100::Parser,
    /// All that the program has written so far.
    pub written: Vec<u8>,
    output: Receiver<Vec<u8>>,
    input: Input,
    pub master: Box<dyn MasterPty + Send>,
    /// Kept open so that the line mode can be asked for after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub before: String,
    pub library: Arc<TempDir>,
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

pub fn line_mode(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// A library with both fixtures.
pub fn library() -> Arc<TempDir> {
    let library = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let imported = Command::new(PROGRAM)
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
    Arc::new(library)
}

impl Session {
    /// Opens the reader on a library, and waits for its first frame.
    pub fn read(cols: u16, rows: u16, library: &Arc<TempDir>) -> Self {
        Self::read_by(cols, rows, CommandBuilder::new(PROGRAM), library)
    }

    /// The same, by this command.
    pub fn read_by(cols: u16, rows: u16, command: CommandBuilder, library: &Arc<TempDir>) -> Self {
        let mut session = Self::run(cols, rows, command, library);
        session.until("the first frame", |screen| {
            screen.contents().contains("帮助")
        });
        assert!(session.parser.screen().alternate_screen());
        session
    }

    /// Runs a program on a new terminal.
    pub fn run(cols: u16, rows: u16, command: CommandBuilder, library: &Arc<TempDir>) -> Self {
        Self::run_on(cols, rows, command, library, Some(NARROW))
    }

    /// The same, on a terminal that sends `answer` whenever it is asked, or nothing.
    pub fn run_on(
        cols: u16,
        rows: u16,
        mut command: CommandBuilder,
        library: &Arc<TempDir>,
        answer: Option<&'static str>,
    ) -> Self {
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
        let input: Input = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let answering = Arc::clone(&input);
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            let mut last = vec![];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                last.extend_from_slice(&bytes[..read]);
                let asked = last.windows(ATTRIBUTES.len());
                let asked = asked.filter(|part| *part == ATTRIBUTES).count();
                // A question may be cut in two.
                last.drain(..last.len().saturating_sub(ATTRIBUTES.len() - 1));
                for answer in std::iter::repeat_n(answer, asked).flatten() {
                    let mut input = answering.lock().unwrap();
                    input.write_all(answer.as_bytes()).unwrap();
                }
                if send.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            parser: vt100::Parser::new(cells(rows), cells(cols), 0),
            written: vec![],
            output,
            input,
            master: pair.master,
            _slave: pair.slave,
            child,
            before,
            library: Arc::clone(library),
        }
    }

    /// Takes in what the program writes until `shown` holds.
    pub fn until(&mut self, what: &str, shown: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + LIMIT;
        while !shown(self.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.parser.process(&bytes);
                    self.written.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{what} did not show:\n{}", self.parser.screen().contents())
                }
            }
        }
    }

    /// Takes in what the program has written by now.
    pub fn take_in(&mut self) {
        while let Ok(bytes) = self.output.try_recv() {
            self.parser.process(&bytes);
            self.written.extend(bytes);
        }
    }

    /// Waits until the screen shows this text.
    pub fn until_shows(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    pub fn press(&mut self, keys: &str) {
        let mut input = self.input.lock().unwrap();
        input.write_all(keys.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.parser.screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(size(cols, rows)).unwrap();
    }

    pub fn signal(&self, name: &str) {
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
    pub fn until_given_back(&mut self) -> ExitStatus {
        self.until("the main screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        let status = self.child.wait().unwrap();
        assert_eq!(
            line_mode(&*self.master),
            self.before,
            "the line mode came back"
        );
        assert!(
            !self.tells_focus(),
            "nobody is told of the focus any more, who would take that for keys"
        );
        status
    }

    /// How often the program has written this.
    pub fn times(&self, sign: &[u8]) -> usize {
        let parts = self.written.windows(sign.len());
        parts.filter(|part| *part == sign).count()
    }

    /// Whether the terminal was asked last to tell of the focus, and not to stop that.
    pub fn tells_focus(&self) -> bool {
        let last = |sign: &[u8]| {
            self.written
                .windows(sign.len())
                .rposition(|part| part == sign)
        };
        last(b"\x1b[?1004h") > last(b"\x1b[?1004l")
    }
}
