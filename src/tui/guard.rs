//! Keeps the terminal whole: whatever ends the reader, the screen, the cursor and the line mode come back.
//! Must not print; what went wrong is told by whoever ended it, after the terminal is restored.

use crate::app::reparse;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::execute;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use std::cell::Cell;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// Whether the terminal is in the reader's hands.
static HELD: AtomicBool = AtomicBool::new(false);
/// Drawing and giving back take turns: a frame that goes on while another thread panics would cover the panic's message.
static TURN: Mutex<()> = Mutex::new(());

thread_local! {
    /// Whether this thread has the turn to draw. If it panics then, it gives back without waiting for itself.
    static DRAWING: Cell<bool> = const { Cell::new(false) };
}

/// The terminal in raw mode on its alternate screen, until dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal. From here on a panic of any thread gives it back before its message is printed.
    ///
    /// # Errors
    /// The terminal can't be set up; it is as it was.
    pub fn take() -> io::Result<Self> {
        restore_on_panic();
        enable_raw_mode()?;
        HELD.store(true, Ordering::SeqCst);
        let guard = Self(());
        enter()?;
        Ok(guard)
    }

    /// Gives the terminal back for a while.
    pub fn give_back(&self) {
        give_back();
    }

    /// Takes the terminal again, whatever line mode others left it in.
    ///
    /// # Errors
    /// The terminal can't be set up.
    pub fn take_again(&self) -> io::Result<()> {
        // crossterm takes a mode that it has set for one that still holds.
        disable_raw_mode()?;
        enable_raw_mode()?;
        HELD.store(true, Ordering::SeqCst);
        enter()
    }

    /// Draws by `work` while no other thread can give the terminal back; `None` where one has done so.
    pub fn draw<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        if !HELD.load(Ordering::SeqCst) {
            return None;
        }
        DRAWING.set(true);
        let drawn = work();
        DRAWING.set(false);
        Some(drawn)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Opens the alternate screen, and asks to be told of pastes and of the focus. A terminal that does not know these passes them
/// over.
fn enter() -> io::Result<()> {
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange
    )
}

/// Gives the terminal back, once. Errors are passed over: the terminal may be gone, and there is nothing left to do.
fn give_back() {
    let _turn = (!DRAWING.get()).then(|| TURN.lock().unwrap_or_else(PoisonError::into_inner));
    if HELD.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            io::stdout(),
            // A frame that broke off would be waited for.
            EndSynchronizedUpdate,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
}

fn restore_on_panic() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if reparse::is_trying() {
                // It is caught: a text that cannot be read again is no reason to lose the screen.
                return;
            }
            give_back();
            before(panic);
        }));
    });
}

/// Panics in a debug build where `PARKWEEKLY_TEST_PANIC` names `thread` and this is it: the tests of the terminal's
/// restoration need a panic in each. A release build has no such thing.
pub fn panic_for_tests(thread: &str) {
    if cfg!(debug_assertions)
        && std::env::var_os("PARKWEEKLY_TEST_PANIC").is_some_and(|wanted| wanted == thread)
        && std::thread::current().name() == Some(thread)
    {
        std::panic::panic_any("a panic that a test asked for");
    }
}
