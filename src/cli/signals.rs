//! Ctrl-C and SIGTERM while something is under way that is to end in good order.
//! Must not keep a program alive that waits for input, or that was told twice.

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The signals that were caught, from now on.
#[derive(Debug)]
pub(super) struct Signals {
    caught: Arc<AtomicUsize>,
    /// Whether a signal ends the program at once.
    at_once: Arc<AtomicBool>,
}

impl Signals {
    /// Catches the next one of them.
    pub fn catch() -> io::Result<Self> {
        let signals = Self {
            caught: Arc::default(),
            at_once: Arc::default(),
        };
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal sets the flag by which the second one ends the program.
            flag::register_conditional_default(signal, Arc::clone(&signals.at_once))?;
            flag::register(signal, Arc::clone(&signals.at_once))?;
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&signals.caught), number)?;
        }
        Ok(signals)
    }

    /// Catches those that ask for the end, whenever they come: until the program has a text safe that another one writes for it.
    /// Those that keys send are meant for the other one.
    pub fn put_off() -> io::Result<Self> {
        let signals = Self {
            caught: Arc::default(),
            at_once: Arc::default(),
        };
        for signal in [SIGTERM, SIGHUP] {
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&signals.caught), number)?;
        }
        for signal in [SIGINT, SIGQUIT] {
            flag::register(signal, Arc::default())?;
        }
        Ok(signals)
    }

    /// The signal that was caught, if one was.
    pub fn caught(&self) -> Option<i32> {
        let caught = self.caught.load(Ordering::SeqCst);
        i32::try_from(caught).ok().filter(|caught| *caught != 0)
    }

    /// Does what may wait without end, such as for a terminal: a signal is not put off that long. None where one came before.
    pub fn wait<T>(&self, wait: impl FnOnce() -> T) -> Option<T> {
        self.at_once.store(true, Ordering::SeqCst);
        // What came until now was caught; what comes from now on ends the program.
        if self.caught().is_some() {
            return None;
        }
        let done = wait();
        self.at_once.store(false, Ordering::SeqCst);
        Some(done)
    }
}
