//! The threads beside the loop: what each waits for, and how it wakes the loop. A panic of any ends the reader.
//! Must not touch the state or the screen.

use super::effect::{Ask, Find};
use super::guard::panic_for_tests;
use super::late::Late;
use super::message::Message;
use super::screen::terminal_failure;
use super::turns::{Awaited, Turns};
use super::worker::{Finder, Writer};
use crate::app::Failure;
use crate::app::reparse::Rereader;
use crate::store::Door;
use crossterm::event::Event;
use ratatui::layout::Size;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What wakes the loop.
pub(super) enum Wake {
    Message(Message),
    Signal(i32),
    /// The program goes on after it was stopped, and a shell may have had the terminal in the meantime.
    Continued,
    /// The terminal can't be read any more.
    Lost(io::Error),
    /// A thread has panicked.
    Panicked,
    /// One of the threads that have the library open has nothing left to do, and its connection is closed.
    Settled,
    /// The same of who reads again, which may be at a long document.
    ReadAgain,
}

/// The ways to the threads that carry effects out.
pub(super) struct Workers {
    pub find: Sender<Find>,
    pub ask: Sender<Ask>,
}

/// Starts the threads that carry effects out.
pub(super) fn start_workers(
    finder: Finder,
    writer: Writer,
    wake: &Sender<Wake>,
) -> Result<Workers, Failure> {
    let (find, finds) = channel();
    let (ask, asks) = channel();
    let answer = wake.clone();
    spawn("finder", wake, move || {
        finder.run(&finds, |message| {
            drop(answer.send(Wake::Message(message)));
        });
        drop(answer.send(Wake::Settled));
    })?;
    let answer = wake.clone();
    spawn("writer", wake, move || {
        writer.run(&asks, |message| {
            drop(answer.send(Wake::Message(message)));
        });
        drop(answer.send(Wake::Settled));
    })?;
    Ok(Workers { find, ask })
}

/// Reads again what an older parser read, on a thread of its own, while the session is there: it stops after a document.
pub(super) fn read_again(
    door: Door,
    session: &Arc<()>,
    wake: &Sender<Wake>,
) -> Result<(), Failure> {
    let (session, answer) = (Arc::downgrade(session), wake.clone());
    spawn("rereader", wake, move || {
        // Whatever stands in the way, the next start tries again.
        if let Ok(store) = door.open() {
            let tell = |message| drop(answer.send(Wake::Message(message)));
            let changed = Rereader::new(store).run(
                || session.strong_count() > 0,
                |changed| tell(Message::Reread(Box::new(changed))),
            );
            if changed > 0 {
                tell(Message::AllReread(changed));
            }
        }
        drop(answer.send(Wake::ReadAgain));
    })
}

/// Copies the marks where that is due, on a thread of its own; says so where it cannot be done.
pub(super) fn copy_marks(door: Door, wake: &Sender<Wake>) -> Result<(), Failure> {
    let answer = wake.clone();
    spawn("copier", wake, move || {
        let copied = door.open().and_then(|store| {
            let copied = store.copy_marks();
            copied.map_err(|error| store.with_file(error))
        });
        if let Err(error) = copied {
            drop(answer.send(Wake::Message(Message::Failed(error.into()))));
        }
        drop(answer.send(Wake::Settled));
    })
}

/// Starts a thread whose panic ends the reader.
fn spawn(
    name: &str,
    wake: &Sender<Wake>,
    work: impl FnOnce() + Send + 'static,
) -> Result<(), Failure> {
    /// Tells the loop when it is dropped by a panic.
    struct Alarm(Sender<Wake>);
    impl Drop for Alarm {
        fn drop(&mut self) {
            if thread::panicking() {
                let _ = self.0.send(Wake::Panicked);
            }
        }
    }
    let alarm = Alarm(wake.clone());
    let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
        let _alarm = alarm;
        work();
    });
    thread.map(drop).map_err(terminal_failure)
}

/// How long keys are held that may be the beginning of an answer. One that comes is there at once, but for its first bytes.
const IN_DOUBT: Duration = Duration::from_millis(100);

/// Reads keys, pastes, sizes and the focus until the terminal is gone, while it is the reader's turn.
pub(super) fn watch_terminal(
    mut late: Late,
    wake: &Sender<Wake>,
    turns: &Arc<Turns>,
) -> Result<(), Failure> {
    let (send, turns) = (wake.clone(), Awaited(Arc::clone(turns)));
    spawn("terminal", wake, move || {
        let Awaited(turns) = &turns;
        loop {
            turns.wait_for_own();
            let events = match read(&mut late) {
                Ok(events) => events,
                Err(error) => {
                    let _ = send.send(Wake::Lost(error));
                    return;
                }
            };
            if hand_on(events, &send).is_err() {
                return;
            }
        }
    })
}

/// Waits for the next event, and gives what is to be handed on.
fn read(late: &mut Late) -> io::Result<Vec<Event>> {
    if late.is_in_doubt() && !crossterm::event::poll(IN_DOUBT)? {
        return Ok(late.give_back());
    }
    crossterm::event::read().map(|event| late.take(event, Instant::now()))
}

/// There is no loop any more.
#[derive(Debug)]
pub(super) struct NoLoop;

/// Hands on to the loop what the terminal has told.
pub(super) fn hand_on(events: Vec<Event>, wake: &Sender<Wake>) -> Result<(), NoLoop> {
    for event in events {
        let message = match event {
            Event::Key(key) => {
                panic_for_tests("terminal");
                Message::Key(key, Instant::now())
            }
            Event::Paste(text) => Message::Paste(text),
            Event::Resize(width, height) => Message::Resize(Size { width, height }),
            Event::FocusGained => Message::Focused(Instant::now()),
            Event::FocusLost | Event::Mouse(_) => continue,
        };
        wake.send(Wake::Message(message)).map_err(|_| NoLoop)?;
    }
    Ok(())
}

/// Tells the loop of signals that ask for the end, or say that the program goes on.
pub(super) fn watch_signals(wake: &Sender<Wake>, turns: &Arc<Turns>) -> Result<(), Failure> {
    let watched = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT];
    let mut signals = Signals::new(watched).map_err(terminal_failure)?;
    let (send, turns) = (wake.clone(), Awaited(Arc::clone(turns)));
    spawn("signals", wake, move || {
        let Awaited(turns) = &turns;
        for signal in signals.forever() {
            let wake = match signal {
                SIGINT | SIGQUIT if turns.is_others() => continue,
                // The terminal is taken again when the other program ends.
                SIGCONT if turns.is_others() => {
                    turns.heard();
                    continue;
                }
                SIGCONT => Wake::Continued,
                signal => Wake::Signal(signal),
            };
            if send.send(wake).is_err() {
                return;
            }
        }
    })
}
