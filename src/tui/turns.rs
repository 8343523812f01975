//! Whose turn it is at the terminal: the reader's, or that of a program it has started.
//! Must not wait for a time: who waits is woken by the other.

use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Shared by the thread that reads the terminal, the one that hears of signals, and whoever hands the terminal on.
#[derive(Debug, Default)]
pub(super) struct Turns {
    standing: Mutex<Standing>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Standing {
    turn: Turn,
    /// How often the thread that hears of signals has heard one that was sent to find out how far it is.
    heard: u64,
    /// Whether one of the two threads has ended, which is never to be waited for.
    ended: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The reader reads.
    #[default]
    Reader,
    /// It is to let another program read.
    Asked,
    /// Another program reads.
    Other,
}

impl Turns {
    /// Has the thread stop that reads the terminal. From here on no key is taken from another program, and no key that sends a
    /// signal, such as Ctrl-C, is meant for the reader.
    ///
    /// # Errors
    /// The thread cannot be woken.
    pub fn hand_on(&self) -> io::Result<()> {
        let mut standing = self.standing();
        standing.turn = Turn::Asked;
        self.changed.notify_all();
        wake()?;
        if cfg!(not(unix)) {
            // Nothing wakes it there; it stops at the next key.
            return Ok(());
        }
        while standing.turn == Turn::Asked && !standing.ended {
            standing = self.wait(standing);
        }
        Ok(())
    }

    /// Lets the thread read again, once all signals have been heard that came in the meantime. The terminal is to send none by
    /// keys any more.
    pub fn take_back(&self) {
        // A signal of a lower number may come just after it was looked for, and before this one is found; a second round finds it.
        for _ in 0..2 {
            let mut standing = self.standing();
            let heard = standing.heard;
            if ask_how_far().is_ok() {
                while standing.heard == heard && !standing.ended {
                    standing = self.wait(standing);
                }
            }
        }
        self.standing().turn = Turn::Reader;
        self.changed.notify_all();
    }

    /// For the thread that reads: waits while another program has the terminal.
    pub fn wait_for_own(&self) {
        let mut standing = self.standing();
        if standing.turn == Turn::Asked {
            standing.turn = Turn::Other;
            self.changed.notify_all();
        }
        while standing.turn == Turn::Other {
            standing = self.wait(standing);
        }
    }

    /// For the thread that hears of signals: whether those that keys send are another program's.
    pub fn is_others(&self) -> bool {
        self.standing().turn != Turn::Reader
    }

    /// For the thread that hears of signals: the one was heard that asks how far it is.
    pub fn heard(&self) {
        self.standing().heard += 1;
        self.changed.notify_all();
    }

    /// For both threads: it ends, and nobody is to wait for it.
    fn end(&self) {
        self.standing().ended = true;
        self.changed.notify_all();
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, standing: MutexGuard<'a, Standing>) -> MutexGuard<'a, Standing> {
        let waited = self.changed.wait(standing);
        waited.unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread that others wait for, until it is dropped.
pub(super) struct Awaited(pub std::sync::Arc<Turns>);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Wakes the thread that reads the terminal: crossterm reads the size anew on this signal, and comes back with it.
#[cfg(unix)]
fn wake() -> io::Result<()> {
    use rustix::process::{Signal, getpid, kill_process};
    Ok(kill_process(getpid(), Signal::WINCH)?)
}

#[cfg(not(unix))]
fn wake() -> io::Result<()> {
    Ok(())
}

/// Sends the signal that says that a program goes on, which it does.
#[cfg(unix)]
fn ask_how_far() -> io::Result<()> {
    use rustix::process::{Signal, getpid, kill_process};
    Ok(kill_process(getpid(), Signal::CONT)?)
}

#[cfg(not(unix))]
fn ask_how_far() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread;

    #[test]
    fn the_thread_waits_until_the_terminal_is_back_and_signals_are_heard() {
        let turns = Arc::new(Turns::default());
        turns.wait_for_own();
        assert!(!turns.is_others());
        let (event, events) = channel();
        let (read, done) = channel();
        let own = Awaited(Arc::clone(&turns));
        let reading = thread::spawn(move || {
            let own = own;
            while let Ok(event) = events.recv() {
                own.0.wait_for_own();
                read.send(event).unwrap();
            }
        });
        event.send(1).unwrap();
        assert_eq!(done.recv(), Ok(1));
        let own = Arc::clone(&turns);
        let handing = thread::spawn(move || own.hand_on());
        while !turns.is_others() {
            thread::yield_now();
        }
        // In the place of what wakes it.
        event.send(2).unwrap();
        handing.join().unwrap().unwrap();
        assert!(done.try_recv().is_err(), "it does not go on");
        let own = Arc::clone(&turns);
        let taking = thread::spawn(move || own.take_back());
        while !taking.is_finished() {
            turns.heard();
            thread::yield_now();
        }
        assert_eq!(done.recv(), Ok(2));
        assert!(!turns.is_others());
        drop(event);
        reading.join().unwrap();
        // There is no thread any more that could be waited for.
        turns.hand_on().unwrap();
        turns.take_back();
    }
}
