//! All printing of the command line: data on stdout, messages on stderr; a pipe that is closed ends the run quietly.
//! Must not know what is printed.

use super::pager::Pager;
use crate::app::Failure;
use crate::config::Language;
use crossterm::terminal;
use serde::Serialize;
use signal_hook::consts::SIGINT;
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Columns of running text at most; longer lines are hard to read.
const COLUMNS: u16 = 80;

/// What a shell ends with that may not run the command.
const NOT_RUN: i32 = 126;
/// What a shell ends with that does not find the command.
const NOT_FOUND: i32 = 127;

/// Where a command writes.
pub(super) struct Output {
    out: BufWriter<Box<dyn Write>>,
    /// The pager that shows it, where one does.
    pager: Option<Child>,
    /// Whether a line goes out as soon as it is written.
    at_once: bool,
}

/// Why a command stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// Whoever reads stdout has seen enough.
    ClosedPipe,
    /// A failure, to be worded.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Output {
    pub fn new() -> Self {
        Self {
            out: BufWriter::new(Box::new(io::stdout())),
            pager: None,
            at_once: false,
        }
    }

    /// Whether what is written goes to a terminal.
    #[expect(clippy::unused_self, reason = "the output is what is asked about")]
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Sends what follows through a pager, where it would go to a terminal.
    pub fn page(&mut self, pager: &Pager) -> Result<(), Stop> {
        if !self.is_terminal() {
            return Ok(());
        }
        self.finish()?;
        if let Some(mut child) = pager.start()
            && let Some(input) = child.stdin.take()
        {
            // Ctrl-C is for the pager, which would be left without a terminal if this program ended before it.
            let _ = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
            self.out = BufWriter::new(Box::new(input));
            self.pager = Some(child);
        }
        Ok(())
    }

    /// Columns and rows of the terminal that stdout is, where it tells them.
    pub fn size() -> Option<(u16, u16)> {
        terminal::size().ok().filter(|(columns, _)| *columns > 0)
    }

    /// Sends every line out as soon as it is written. For commands that change something: each line says what is done, so
    /// whoever ends the program, or finds it ended, knows how far it came.
    pub const fn at_once(&mut self) {
        self.at_once = true;
    }

    /// Columns that running text is wrapped to; none where stdout is no terminal and lines stay whole.
    pub fn columns(&self) -> Option<usize> {
        if !self.is_terminal() {
            return None;
        }
        let (columns, _) = terminal::size().unwrap_or((COLUMNS, 0));
        // A terminal that does not tell its size says 0.
        let columns = if columns == 0 { COLUMNS } else { columns };
        Some(usize::from(columns.min(COLUMNS)))
    }

    /// A line of data.
    pub fn line(&mut self, line: &str) -> Result<(), Stop> {
        writeln!(self.out, "{line}").map_err(|error| stop(&error))?;
        if self.at_once { self.finish() } else { Ok(()) }
    }

    /// A value as one line of JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Stop> {
        let json = serde_json::to_string(value).map_err(|error| stop(&error.into()))?;
        self.line(&json)
    }

    /// A value as JSON of many lines.
    pub fn json_pretty(&mut self, value: &impl Serialize) -> Result<(), Stop> {
        let json = serde_json::to_string_pretty(value).map_err(|error| stop(&error.into()))?;
        self.line(&json)
    }

    /// Bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.out.write_all(bytes).map_err(|error| stop(&error))?;
        self.finish()
    }

    /// A message, after all data that was written before it.
    pub fn message(&mut self, message: &str) -> Result<(), Stop> {
        self.finish()?;
        // With nowhere to complain to, there is nothing to do about it.
        let _ = writeln!(io::stderr(), "{message}");
        Ok(())
    }

    /// A question, behind which the answer is typed.
    pub fn question(&mut self, question: &str) -> Result<(), Stop> {
        self.finish()?;
        let mut error = io::stderr();
        let asked = write!(error, "{question} ").and_then(|()| error.flush());
        asked.map_err(|error| stop(&error))
    }

    /// What went wrong, and what to do, as messages.
    pub fn failure(&mut self, failure: &Failure, language: Language) {
        self.error(failure, language);
        if let Some(hint) = failure.hint(language) {
            self.hint(&hint, language);
        }
    }

    /// What went wrong, as a message.
    pub fn error(&mut self, failure: &Failure, language: Language) {
        let message = failure.message(language);
        self.complain(&language.say_with("edge.error", &[("message", &message)]));
    }

    /// What to do about what went wrong, as a message.
    pub fn hint(&mut self, hint: &str, language: Language) {
        self.complain(&language.say_with("edge.hint", &[("hint", &hint)]));
    }

    /// A message that goes out even where stdout is closed.
    fn complain(&mut self, line: &str) {
        let _ = self.out.flush();
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// Writes out what is held back.
    pub fn finish(&mut self) -> Result<(), Stop> {
        self.out.flush().map_err(|error| stop(&error))
    }

    /// Ends what goes through the pager, and waits until it was read.
    pub fn close(&mut self) -> Result<(), Failure> {
        let Some(mut pager) = self.pager.take() else {
            return Ok(());
        };
        // What cannot be written any more was not wanted; dropping the pipe is what tells the pager of the end.
        let _ = self.out.flush();
        self.out = BufWriter::new(Box::new(io::stdout()));
        match pager.wait().ok().and_then(|status| status.code()) {
            Some(NOT_RUN | NOT_FOUND) => Err(Failure::new("pager-failed", vec![])),
            _ => Ok(()),
        }
    }
}

/// Says what went wrong and stands in no way, as messages; each with what to do.
pub(super) fn warn(warnings: &[Failure], language: Language) {
    for failure in warnings {
        let message = failure.message(language);
        let line = language.say_with("edge.warning", &[("message", &message)]);
        // With nowhere to complain to, there is nothing to do about it.
        let _ = writeln!(io::stderr(), "{line}");
        if let Some(hint) = failure.hint(language) {
            let line = language.say_with("edge.hint", &[("hint", &hint)]);
            let _ = writeln!(io::stderr(), "{line}");
        }
    }
}

fn stop(error: &io::Error) -> Stop {
    match error.kind() {
        ErrorKind::BrokenPipe => Stop::ClosedPipe,
        _ => Stop::Failed(Failure::new(
            "output-failed",
            vec![("reason", error.to_string())],
        )),
    }
}
