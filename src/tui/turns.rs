//! Whose turn it is to read the terminal: the reader's, or that of a program it has started.
//! Must not wait for a time: who waits is woken by the other.

use std::io;
use std::sync::{Condvar, Mutex, PoisonError};

/// Shared by the thread that reads the terminal and by whoever hands the terminal on.
#[derive(Debug, Default)]
pub(super) struct Turns {
    standing: Mutex<Standing>,
    changed: Condvar,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The reader reads.
    #[default]
    Reading,
    /// It is to let another program read.
    Asked,
    /// It does not read.
    Away,
    /// It reads again, and nothing has been read since.
    Back,
    /// The thread has ended.
    Ended,
}

impl Turns {
    /// Has the thread stop that reads the terminal. From here on no key is taken from another program.
    ///
    /// # Errors
    /// The thread cannot be woken.
    pub fn hand_on(&self) -> io::Result<()> {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if *standing == Standing::Ended {
            return Ok(());
        }
        *standing = Standing::Asked;
        wake()?;
        if cfg!(not(unix)) {
            // Nothing wakes it there; it stops at the next key.
            return Ok(());
        }
        while *standing == Standing::Asked {
            standing = self
                .changed
                .wait(standing)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Ok(())
    }

    /// Lets the thread read again.
    pub fn take_back(&self) {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if *standing != Standing::Ended {
            *standing = Standing::Back;
        }
        self.changed.notify_all();
    }

    /// For the thread that reads: waits while another program has the terminal.
    pub fn wait(&self) {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if *standing == Standing::Asked {
            *standing = Standing::Away;
            self.changed.notify_all();
        }
        while *standing == Standing::Away {
            standing = self
                .changed
                .wait(standing)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// For the thread that reads: a key has come, so the terminal is in the reader's hands for sure.
    pub fn has_read(&self) {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if *standing == Standing::Back {
            *standing = Standing::Reading;
        }
    }

    /// For the thread that reads: it ends, and nobody is to wait for it.
    pub fn end(&self) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = Standing::Ended;
        self.changed.notify_all();
    }

    /// Whether keys that send signals, such as Ctrl-C, may have been meant for another program. The reader itself has the
    /// terminal send none, so it takes none for its own before it has read a key again.
    pub fn signals_are_others(&self) -> bool {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(*standing, Standing::Asked | Standing::Away | Standing::Back)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread;

    #[test]
    fn the_thread_waits_until_the_terminal_is_back_and_signals_are_not_its_own_before_a_key() {
        let turns = Arc::new(Turns::default());
        turns.wait();
        assert!(!turns.signals_are_others());
        let (event, events) = channel();
        let (read, done) = channel();
        let own = Arc::clone(&turns);
        let thread = thread::spawn(move || {
            while let Ok(event) = events.recv() {
                own.wait();
                read.send(event).unwrap();
            }
            own.end();
        });
        event.send(1).unwrap();
        assert_eq!(done.recv(), Ok(1));
        // What wakes the thread stands in for a signal.
        let own = Arc::clone(&turns);
        let waking = thread::spawn(move || own.hand_on());
        while !turns.signals_are_others() {
            thread::yield_now();
        }
        event.send(2).unwrap();
        waking.join().unwrap().unwrap();
        assert!(done.try_recv().is_err(), "it does not go on");
        turns.take_back();
        assert_eq!(done.recv(), Ok(2));
        assert!(turns.signals_are_others());
        turns.has_read();
        assert!(!turns.signals_are_others());
        drop(event);
        thread.join().unwrap();
        turns.hand_on().unwrap();
    }
}
