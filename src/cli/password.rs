//! The passwords of encrypted documents that are typed, without an echo.
//! Must not write one anywhere, ask where nobody sits before a terminal, nor leave a terminal that does not show what is typed.

use crate::app::input::Password;
use crate::app::wording;
use crate::config::Language;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::Timespec;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::{register_conditional_default, register_usize};
use signal_hook::low_level::{emulate_default_handler, unregister};
use std::collections::HashMap;
use std::fmt::Debug;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How often the password of one document is asked for.
const TRIES: u32 = 3;

/// Longest line that is read, in bytes: the longest password of a document has 127.
const LONGEST: usize = 4096;

/// What may come while a line is waited for.
const SIGNALS: [i32; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];

/// How often signals are looked for while a line is waited for: they may reach another thread.
const PATIENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

/// What a signal does that comes while a password is typed, when the terminal is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnSignal {
    /// Somebody else has caught it, and ends the run in good order.
    Caught,
    /// It ends the program; so does one that comes later.
    Ends,
    /// It ends the program; those that come later are for the reader.
    EndsHere,
}

/// What was typed in this run: documents of one publication have one password as a rule.
pub(super) struct Passwords {
    language: Language,
    on_signal: OnSignal,
    typed: Mutex<Typed>,
}

#[derive(Default)]
struct Typed {
    passwords: Vec<String>,
    /// How often each document was asked for, by its name.
    asked: HashMap<String, u32>,
}

impl Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords")
    }
}

impl Passwords {
    /// Asks in this language.
    pub fn new(language: Language, on_signal: OnSignal) -> Self {
        Self {
            language,
            on_signal,
            typed: Mutex::default(),
        }
    }

    /// Whether anybody can be asked.
    pub fn can_be_asked() -> bool {
        std::io::stderr().is_terminal()
    }

    /// The next password to be tried, after so many, of those that were typed so far.
    pub fn known(&self, tries: u32) -> Option<Password> {
        let typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        let word = typed.passwords.get(usize::try_from(tries).ok()?)?.clone();
        Some(Password {
            word,
            is_its_own: false,
        })
    }

    /// The next password to be tried for the document of this name, of which so many were: those that were typed for others, then what
    /// is typed now. None where nobody can be asked, or nothing is typed.
    pub fn next(&self, name: &str, tries: u32) -> Option<Password> {
        if let Some(known) = self.known(tries) {
            return Some(known);
        }
        if !Self::can_be_asked() {
            return None;
        }
        // One question at a time.
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = typed.asked.entry(name.to_owned()).or_default();
        *asked += 1;
        if *asked > TRIES {
            return None;
        }
        let key = if *asked == 1 {
            "password.question"
        } else {
            "password.again"
        };
        let path = wording::input_name(self.language, name);
        let question = self.language.say_with(key, &[("path", &path)]);
        let word = ask(&question, self.on_signal)
            .ok()?
            .filter(|word| !word.is_empty())?;
        typed.passwords.push(word.clone());
        Some(Password {
            word,
            is_its_own: true,
        })
    }
}

/// A terminal that does not show what is typed, for as long as this lives.
struct Silent<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Silent<'a> {
    fn of(terminal: &'a File) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut silent = before.clone();
        // Lines and signals stay as they are.
        silent.local_modes -= LocalModes::ECHO;
        silent.local_modes |= LocalModes::ECHONL;
        tcsetattr(terminal, OptionalActions::Flush, &silent)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Silent<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.terminal, OptionalActions::Now, &self.before);
    }
}

/// Asks on the terminal, whatever stdin is, and reads a line. None at the end of the input, and where a signal came, which is raised
/// again when the terminal is as it was.
fn ask(question: &str, on_signal: OnSignal) -> io::Result<Option<String>> {
    let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    let caught = Arc::new(AtomicUsize::new(0));
    let mut hooks = vec![];
    for signal in SIGNALS {
        let number = usize::try_from(signal).unwrap_or_default();
        hooks.push(register_usize(signal, Arc::clone(&caught), number)?);
    }
    let line = {
        // Before the question: whoever sees it may answer at once.
        let mut silent = Silent::of(&terminal)?;
        write!(silent.terminal, "{question}")?;
        read_line(silent.terminal, &caught)
    };
    for hook in hooks {
        unregister(hook);
    }
    if on_signal == OnSignal::Ends {
        // Without its hook a signal would do nothing from now on.
        for signal in SIGNALS {
            register_conditional_default(signal, Arc::new(AtomicBool::new(true)))?;
        }
    }
    let caught = caught.load(Ordering::SeqCst);
    if caught == 0 && !matches!(line, Ok(None)) {
        return line;
    }
    // The end of the input and a signal leave the cursor behind the question.
    let _ = writeln!(&terminal);
    if caught == 0 {
        return line;
    }
    if on_signal != OnSignal::Caught
        && let Ok(signal) = i32::try_from(caught)
    {
        emulate_default_handler(signal)?;
    }
    Ok(None)
}

/// Reads a line, until a signal is caught; none at the end of the input.
fn read_line(mut terminal: &File, caught: &AtomicUsize) -> io::Result<Option<String>> {
    let mut line = vec![];
    while caught.load(Ordering::SeqCst) == 0 {
        let mut ready = [PollFd::new(terminal, PollFlags::IN)];
        match poll(&mut ready, Some(&PATIENCE)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => continue,
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let mut bytes = [0; 256];
        let read = terminal.read(&mut bytes)?;
        line.extend(&bytes[..read]);
        if read == 0 || line.ends_with(b"\n") || line.len() > LONGEST {
            break;
        }
    }
    if line.is_empty() {
        return Ok(None);
    }
    let line = String::from_utf8(line).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}
