//! Asking the terminal: everything at once, and not for longer than [`LIMIT`].
//! Must not be called while a thread waits for keys: one of the two would get what is meant for the other.

use super::answers::Hearing;
use super::typed::typed;
use crate::app::looks::{Answers, Questions};
use crossterm::event::Event;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

/// How long answers are waited for in all. A terminal at the other end of a slow line answers within this; one that never
/// answers costs no more.
pub const LIMIT: Duration = Duration::from_millis(200);

/// Writes a character of ambiguous width at the left edge, asks where the cursor stands behind it, and erases it. Below the
/// row where it began, so that it is not in the first: see [`super::Answer::Column`].
const WIDTH: &str = "\r\n—\x1b[6n\r\x1b[K\x1b[A";
/// Asks for the colour of the ground.
const GROUND: &str = "\x1b]11;?\x1b\\";
/// Asks what the terminal can do, which each answers, after all that was asked before; then erases what a terminal may have
/// printed that does not know a question.
const CLOSING: &str = "\x1b[c\r\x1b[J";

/// What came of asking.
#[derive(Debug, Default)]
pub struct Asked {
    /// What the terminal answered in time.
    pub answers: Answers,
    /// Whether an answer may come later.
    pub is_open: bool,
    /// What was typed meanwhile, in its order.
    pub typed: Vec<Event>,
    /// The beginning of an answer, or a key, whose end was not there in time.
    pub unfinished: Vec<u8>,
}

/// Asks a terminal in raw mode. Nothing is written where there is nothing to ask. Where the terminal cannot be written or read
/// it does not answer; whoever draws on it next finds out why.
#[must_use]
pub fn ask(questions: Questions, limit: Duration) -> Asked {
    let mut batch = String::new();
    for (is_asked, question) in [(questions.ambiguous, WIDTH), (questions.background, GROUND)] {
        if is_asked {
            batch.push_str(question);
        }
    }
    // Elsewhere a terminal cannot be read for a time, and then be left to others.
    if batch.is_empty() || cfg!(not(unix)) {
        return Asked::default();
    }
    batch.push_str(CLOSING);
    let mut hearing = Hearing::default();
    if write(&batch).is_ok() {
        // What was heard before it failed counts.
        let _ = hear(&mut hearing, limit);
    }
    Asked {
        answers: hearing.answers,
        is_open: !hearing.is_closed,
        typed: typed(&hearing.rest),
        unfinished: hearing.open().to_vec(),
    }
}

fn write(batch: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(batch.as_bytes())?;
    out.flush()
}

/// Hears until all is answered, or the time is over.
#[cfg(unix)]
fn hear(hearing: &mut Hearing, limit: Duration) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::{Errno, read};
    let terminal = Input::open()?;
    let end = Instant::now() + limit;
    while let Some(wait) = wait(hearing, end, limit) {
        let mut waiting = [PollFd::new(&terminal, PollFlags::IN)];
        let wait = Timespec::try_from(wait).map_err(io::Error::other)?;
        match poll(&mut waiting, Some(&wait)) {
            Ok(0) => return Ok(()),
            Err(Errno::INTR) => continue,
            ready => ready?,
        };
        let mut bytes = [0; 1024];
        match read(&terminal, &mut bytes) {
            // The terminal is gone.
            Ok(0) => return Ok(()),
            Ok(count) => hearing.hear(&bytes[..count]),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn hear(_: &mut Hearing, _: Duration) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// How long to wait for more; none where there is nothing to wait for.
fn wait(hearing: &Hearing, end: Instant, limit: Duration) -> Option<Duration> {
    // Its end would be taken for keys, and a terminal sends it without a pause.
    if hearing.is_in_paste() {
        return Some(limit);
    }
    let left = end.saturating_duration_since(Instant::now());
    match (hearing.is_closed, hearing.open()) {
        (true, []) => None,
        // A key, unless more of it is there already.
        (true, [_]) => Some(Duration::ZERO),
        _ => Some(left).filter(|left| !left.is_zero()),
    }
}

/// Where keys are read from, as crossterm finds it: standard input, or the terminal of this process where that is another.
#[cfg(unix)]
enum Input {
    Standard(io::Stdin),
    Terminal(std::fs::File),
}

#[cfg(unix)]
impl Input {
    fn open() -> io::Result<Self> {
        use std::io::IsTerminal as _;
        let input = io::stdin();
        if input.is_terminal() {
            return Ok(Self::Standard(input));
        }
        std::fs::File::open("/dev/tty").map(Self::Terminal)
    }
}

#[cfg(unix)]
impl std::os::fd::AsFd for Input {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        match self {
            Self::Standard(input) => input.as_fd(),
            Self::Terminal(file) => file.as_fd(),
        }
    }
}
