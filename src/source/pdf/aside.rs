//! Reading a PDF in another process, which may die of it.
//! Must not wait longer than the deadline, whatever that process does, nor leave it behind.

use super::child::SECONDS;
use super::fault::Fault;
use super::verdict::Condition;
use super::wire::{Frame, Request, greeted};
use crate::issue::Page;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

/// The argument that makes the program such a process.
pub const ASIDE: &str = "--read-pdf-aside";

/// How long a document may take, whatever it does.
const DEADLINE: Duration = Duration::from_secs(SECONDS);

/// How often it is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(50);

/// Most that is kept of what the process says of its end.
const LAST_WORDS: u64 = 64 * 1024;

/// What reading a document takes beside its bytes.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// This very program, which is run again to read a PDF.
    pub program: &'a Path,
    /// The password of an encrypted document.
    pub password: Option<&'a str>,
    /// Whether its pictures are wanted.
    pub pictures: bool,
    /// Whether to go on: asked now and then.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
    /// Told how many pages of how many are done.
    pub progress: &'a (dyn Fn(u32, u32) + Sync),
}

impl<'a> Means<'a> {
    /// Those of a program, without a password, with pictures, to the end.
    #[must_use]
    pub const fn of(program: &'a Path) -> Self {
        Self {
            program,
            password: None,
            pictures: true,
            goes_on: &|| true,
            progress: &|_, _| {},
        }
    }
}

/// What was read.
#[derive(Debug, Default)]
pub(in crate::source) struct Told {
    pub(in crate::source) pages: Vec<Page>,
    /// The bytes of its pictures by their hash.
    pub(in crate::source) photos: Vec<(String, Vec<u8>)>,
    pub(in crate::source) condition: Condition,
}

/// Has the document read.
pub(in crate::source) fn read(bytes: &[u8], means: &Means<'_>) -> Result<Told, Fault> {
    let not_started = |error: io::Error| Fault::NotStarted(error.to_string());
    let mut child = start(means.program).map_err(not_started)?;
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut input), Some(output), Some(errors)) = (input, output, errors) else {
        end(&mut child);
        return Err(Fault::NotStarted("no pipe".to_owned()));
    };
    let request = Request {
        asks: std::process::id(),
        password: means.password.map(str::to_owned),
        wants_photos: means.pictures,
    };
    let has_greeted = AtomicBool::new(false);
    thread::scope(|scope| {
        let (sender, frames) = mpsc::channel();
        let has_greeted = &has_greeted;
        let reader = Builder::new().spawn_scoped(scope, move || {
            let mut output = io::BufReader::new(output);
            let other = match greeted(&mut output) {
                Ok(()) => None,
                // One of another version may say nothing at all; whether it was ended, its status tells.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return,
                Err(error) => Some(error),
            };
            has_greeted.store(true, Ordering::SeqCst);
            if let Some(error) = other {
                let _ = sender.send(Err(error));
                return;
            }
            loop {
                let frame = Frame::read(&mut output);
                let is_last = !matches!(frame, Ok(Some(_)));
                if sender.send(frame).is_err() || is_last {
                    break;
                }
            }
        });
        let last_words = Builder::new().spawn_scoped(scope, move || {
            let mut words = vec![];
            let _ = errors.take(LAST_WORDS).read_to_end(&mut words);
            String::from_utf8_lossy(&words).into_owned()
        });
        let writer = Builder::new().spawn_scoped(scope, move || {
            // One that has found out already that it is no good does not read on.
            let _ = request
                .write(&mut input)
                .and_then(|()| input.write_all(bytes));
        });
        let last_words = match (reader, last_words, writer) {
            (Ok(_), Ok(last_words), Ok(_)) => last_words,
            // Its streams are closed with what was to serve them, and it ends.
            (Err(error), _, _) | (_, Err(error), _) | (_, _, Err(error)) => {
                let _ = child.kill();
                end(&mut child);
                return Err(not_started(error));
            }
        };
        let told = listen(&frames, means);
        // One that has come to its end by itself is left to say which.
        if !matches!(told, Err(None)) {
            let _ = child.kill();
        }
        let status = end(&mut child);
        let words = last_words.join().unwrap_or_default();
        match told {
            Ok(Ok(told)) => Ok(told),
            Ok(Err(fault)) | Err(Some(fault)) => Err(fault),
            Err(None) => {
                let failed = status.filter(|status| status.code().is_some());
                match failed.filter(|_| !has_greeted.load(Ordering::SeqCst)) {
                    Some(status) => Err(Fault::NotStarted(status.to_string())),
                    None => Err(cause(status, &words)),
                }
            }
        }
    })
}

/// Collects what comes. The outer error is that of a process that has ended without an answer, or is to be ended.
fn listen(
    frames: &mpsc::Receiver<io::Result<Option<Frame>>>,
    means: &Means<'_>,
) -> Result<Result<Told, Fault>, Option<Fault>> {
    let mut left = DEADLINE;
    let mut told = Told::default();
    loop {
        let since = Instant::now();
        let frame = frames.recv_timeout(left.min(PATIENCE));
        // What this process itself stood still for, stopped by its user, is not the document's.
        left = left.saturating_sub(since.elapsed().min(2 * PATIENCE));
        match frame {
            Ok(Ok(Some(Frame::Progress(done, all)))) => (means.progress)(done, all),
            Ok(Ok(Some(Frame::Page(page)))) => told.pages.push(page),
            Ok(Ok(Some(Frame::Photo(sha256, bytes)))) => told.photos.push((sha256, bytes)),
            Ok(Ok(Some(Frame::End(condition)))) => {
                told.condition = condition;
                return Ok(Ok(told));
            }
            Ok(Ok(Some(Frame::Fault(fault)))) => return Ok(Err(fault)),
            // Cut off in the middle of a frame, it has come to an end, too.
            Ok(Err(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Err(Some(Fault::NotStarted(error.to_string())));
            }
            Ok(Err(error)) if error.kind() != io::ErrorKind::UnexpectedEof => {
                return Err(Some(Fault::Damaged));
            }
            Ok(Ok(None) | Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(None),
            Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                return Err(Some(Fault::TooLong));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        if !(means.goes_on)() {
            return Err(Some(Fault::Interrupted));
        }
    }
}

fn start(program: &Path) -> io::Result<Child> {
    let mut command = Command::new(program);
    command
        .arg(ASIDE)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // Ctrl-C is for the program that a user sees, which ends the other one.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// Waits for the end of the process, which has been told to come.
fn end(child: &mut Child) -> Option<ExitStatus> {
    child.wait().ok()
}

/// Why a process has ended without an answer.
fn cause(status: Option<ExitStatus>, words: &str) -> Fault {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt as _;
        let signal = status.as_ref().and_then(ExitStatus::signal);
        if signal == Some(rustix::process::Signal::XCPU.as_raw()) {
            return Fault::TooLong;
        }
        if signal == Some(rustix::process::Signal::KILL.as_raw()) {
            return Fault::Killed;
        }
    }
    let _ = status;
    if words.contains("memory allocation") || words.contains("capacity overflow") {
        Fault::TooMuchMemory
    } else {
        Fault::Damaged
    }
}
