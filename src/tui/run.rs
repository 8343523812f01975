//! The loop: waits for keys, answers and signals, and draws. All waiting is in the channel; an idle reader sleeps.

use super::effect::{Ask, Effect, Find, Goal};
use super::guard::{Guard, panic_for_tests};
use super::message::Message;
use super::state::{Notice, State};
use super::update::{leave, start, update};
use super::view::view;
use super::worker::{Finder, Newest, Writer};
use crate::app::Failure;
use crate::app::reading::Origin;
use crate::app::reparse::Rereader;
use crate::config::Language;
use crate::keys::Keymap;
use crate::look::Look;
use crate::store::{Door, Scope, Store};
use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{self, BufWriter, Stdout};
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Bytes of a frame that are written at once: a full screen of hanzi with styles stays below.
const FRAME_BYTES: usize = 64 * 1024;

/// What the reader is opened with.
#[derive(Debug)]
pub struct Setup {
    /// Language of the interface.
    pub language: Language,
    /// What keys mean.
    pub keymap: Keymap,
    /// How things look, and how wide the terminal draws.
    pub look: Look,
    /// Where what is read comes from.
    pub origin: Origin,
    /// What of it could not be read.
    pub failures: Vec<Failure>,
}

/// How the reader ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The reader was left by a key.
    Quit,
    /// A signal asked for the end; the terminal is restored, and the signal is to be raised again.
    Signal(i32),
    /// A thread panicked; the panic has been printed.
    Panicked,
}

/// What wakes the loop.
enum Wake {
    Message(Message),
    Signal(i32),
    /// The program goes on after it was stopped, and a shell may have had the terminal in the meantime.
    Continued,
    /// The terminal can't be read any more.
    Lost(io::Error),
    /// A thread has panicked.
    Panicked,
    /// The writer has nothing left to do and no one left to ask it.
    Settled,
}

/// Opens the reader on `store` and returns when it is left. The terminal is restored by then, whatever happened.
///
/// # Errors
/// The library can't be opened a second time, or the terminal can't be set up, read or written.
pub fn run(store: Store, setup: Setup) -> Result<Ending, Failure> {
    // What was read from files and the sample is read by this very version.
    let outdated = (setup.origin == Origin::Library).then(|| store.door());
    let mut finder = Finder::new(store.searcher()?);
    let newest = finder.stoppable()?;
    let mut writer = Writer::new(store);
    let (wake, woken) = channel();
    watch_signals(&wake)?;
    let guard = Guard::take().map_err(terminal_failure)?;
    let mut terminal = ManuallyDrop::new(open_terminal().map_err(terminal_failure)?);
    let size = terminal.size().map_err(terminal_failure)?;
    let mut state = State::new(
        size,
        setup.language,
        setup.look.policy,
        setup.keymap,
        setup.origin,
    );
    let later = read_first(&mut state, &mut finder, &mut writer);
    if let Some(failure) = setup.failures.into_iter().next() {
        state.notice = Some(Notice::Failure(failure));
    }
    draw(&mut terminal, &state, &setup.look).map_err(terminal_failure)?;
    let Workers { find, ask } = start_workers(finder, writer, &wake)?;
    watch_terminal(&wake)?;
    for request in later {
        drop(find.send(request));
    }
    let reading = Arc::new(());
    if let Some(door) = outdated {
        read_again(door, &reading, &wake)?;
    }
    let mut session = Session {
        state,
        look: setup.look,
        terminal,
        guard,
        find,
        newest,
        ask,
        _reading: reading,
    };
    let ending = session.until_the_end(&woken);
    if matches!(ending, Ok(Ending::Signal(_)) | Err(_)) {
        session.keep_where_it_is();
    }
    drop(session);
    match ending {
        // The thread that panicked may have been the writer, and then nothing would come any more.
        Ok(Ending::Panicked) => ending,
        ending => settle(&woken).unwrap_or(ending),
    }
}

/// Waits for the marks that were set last, which may still be on their way to the disk, after the terminal is given back. How
/// the reader ends where one of them is not kept, or a signal asks not to wait.
fn settle(woken: &Receiver<Wake>) -> Option<Result<Ending, Failure>> {
    loop {
        match woken.recv() {
            Ok(Wake::Message(Message::NotKept(_, _, failure))) => return Some(Err(failure)),
            Ok(Wake::Signal(signal)) => return Some(Ok(Ending::Signal(signal))),
            Ok(Wake::Panicked) => return Some(Ok(Ending::Panicked)),
            Ok(Wake::Message(_) | Wake::Lost(_) | Wake::Continued) => {}
            Ok(Wake::Settled) | Err(_) => return None,
        }
    }
}

/// Never dropped: its drop prints to a terminal that may be gone, and panics on that. The guard shows the cursor.
type Screen = ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>;

fn open_terminal() -> io::Result<Terminal<CrosstermBackend<BufWriter<Stdout>>>> {
    // Sets up crossterm's reader, which hears of new sizes only from then on: one that came between the first frame and
    // the first key would be lost.
    crossterm::event::poll(Duration::ZERO)?;
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(
        FRAME_BYTES,
        io::stdout(),
    )))
}

/// Reads in place what the first frame shows: some milliseconds at the most. What takes longer the more there is comes back,
/// for the threads.
fn read_first(state: &mut State, finder: &mut Finder, writer: &mut Writer) -> Vec<Find> {
    let (mut effects, mut later) = (start(state), vec![]);
    while let Some(effect) = effects.pop() {
        let answer = match effect {
            Effect::Find(find) if grows_with_the_library(&find) => {
                later.push(find);
                continue;
            }
            Effect::Find(find) => finder.perform(find),
            Effect::Ask(ask) => writer.perform(ask),
            Effect::Redraw | Effect::Suspend | Effect::Stop => continue,
        };
        effects.extend(answer.into_iter().flat_map(|answer| update(state, answer)));
    }
    later
}

/// Whether a request looks at more than the items of a screen or an issue.
fn grows_with_the_library(find: &Find) -> bool {
    match find {
        Find::Issues(_) => true,
        Find::Tally(_, listing, _) => listing.scope == Scope::Library,
        // What a filter finds may stand at the end of the library, or nowhere.
        Find::List(_, listing, _, goal) => {
            let filtered = !listing.query.is_empty();
            *goal == Goal::More || (listing.scope == Scope::Library && filtered)
        }
        Find::Opening(..) | Find::Seek(..) | Find::Bookmarks(_) | Find::Jump(..) => false,
    }
}

/// The ways to the threads that carry effects out.
struct Workers {
    find: Sender<Find>,
    ask: Sender<Ask>,
}

/// Starts the threads that carry effects out.
fn start_workers(finder: Finder, writer: Writer, wake: &Sender<Wake>) -> Result<Workers, Failure> {
    let (find, finds) = channel();
    let (ask, asks) = channel();
    let answer = wake.clone();
    spawn("finder", wake, move || {
        finder.run(&finds, |message| {
            drop(answer.send(Wake::Message(message)));
        });
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

/// Reads again what an older parser read, on a thread of its own, while the session is there.
fn read_again(door: Door, session: &Arc<()>, wake: &Sender<Wake>) -> Result<(), Failure> {
    let (session, answer) = (Arc::downgrade(session), wake.clone());
    spawn("rereader", wake, move || {
        // Whatever stands in the way, the next start tries again.
        let Ok(store) = door.open() else { return };
        let tell = |message| drop(answer.send(Wake::Message(message)));
        let changed = Rereader::new(store).run(
            || session.strong_count() > 0,
            |changed| tell(Message::Reread(Box::new(changed))),
        );
        if changed > 0 {
            tell(Message::AllReread(changed));
        }
    })
}

/// A reader on the screen, with the ways to its workers.
struct Session {
    state: State,
    look: Look,
    terminal: Screen,
    guard: Guard,
    find: Sender<Find>,
    /// Stops the finder at a list that a newer one overtakes.
    newest: Newest,
    ask: Sender<Ask>,
    /// While it is there, outdated issues are read again.
    _reading: Arc<()>,
}

impl Session {
    fn until_the_end(&mut self, woken: &Receiver<Wake>) -> Result<Ending, Failure> {
        // The senders live in threads that never end by themselves; no more senders means all of them are gone.
        while let Ok(first) = woken.recv() {
            // What waits is taken in before the next frame: fast typing costs one frame, not one a key.
            for wake in std::iter::once(first).chain(woken.try_iter()) {
                match wake {
                    Wake::Message(message) => {
                        if self.take_in(message).map_err(terminal_failure)? {
                            return Ok(Ending::Quit);
                        }
                    }
                    Wake::Signal(signal) => return Ok(Ending::Signal(signal)),
                    Wake::Continued => self.take_again().map_err(terminal_failure)?,
                    Wake::Lost(error) => return Err(terminal_failure(error)),
                    Wake::Panicked => return Ok(Ending::Panicked),
                    // Only comes once the session is gone.
                    Wake::Settled => {}
                }
            }
            // Where a thread has panicked and given the terminal back, nothing is drawn any more; its message is being
            // printed, and when that is done it wakes the loop.
            if let Some(drawn) = self
                .guard
                .draw(|| draw(&mut self.terminal, &self.state, &self.look))
            {
                drawn.map_err(terminal_failure)?;
            }
        }
        Ok(Ending::Panicked)
    }

    /// Updates the state and hands its effects on; whether the reader is to end.
    fn take_in(&mut self, message: Message) -> io::Result<bool> {
        if matches!(message, Message::Key(_)) {
            panic_for_tests("main");
        }
        for effect in update(&mut self.state, message) {
            match effect {
                Effect::Find(find) => {
                    self.newest.announce(&find);
                    // A worker that is gone has panicked and said so on the way.
                    drop(self.find.send(find));
                }
                Effect::Ask(ask) => drop(self.ask.send(ask)),
                Effect::Redraw => draw_anew(&mut self.terminal)?,
                Effect::Suspend => self.suspend()?,
                Effect::Stop => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Gives the terminal back and stops, as a program does that leaves Ctrl-Z to the terminal. Goes on when it is called
    /// back; at once where there is nobody who could.
    fn suspend(&mut self) -> io::Result<()> {
        self.guard.give_back();
        stop_job();
        self.take_again()
    }

    /// Takes the terminal again after others had it, at the size it has now.
    fn take_again(&mut self) -> io::Result<()> {
        self.guard.take_again()?;
        draw_anew(&mut self.terminal)?;
        let size = self.terminal.size()?;
        self.take_in(Message::Resize(size)).map(drop)
    }

    /// Has kept where the reader is, where the end was not asked for by a key.
    fn keep_where_it_is(&self) {
        for effect in leave(&self.state) {
            if let Effect::Ask(ask) = effect {
                drop(self.ask.send(ask));
            }
        }
    }
}

/// Has all of the next frame drawn, whatever another program has written over the screen. Not by `Terminal::clear`, which asks
/// the terminal for its cursor, and while a thread waits for keys no answer comes through.
fn draw_anew(terminal: &mut Screen) -> io::Result<()> {
    let Size { width, height } = terminal.size()?;
    terminal.resize(Rect::new(0, 0, width, height))
}

/// Stops all programs of this one's job, as the terminal does for Ctrl-Z: whoever started it, `cargo` or a script, waits
/// in the same job and would not give the prompt back. Without a shell that could continue it the system lets the job run.
#[cfg(unix)]
fn stop_job() {
    // Where that fails the reader goes on, as if it had been called back at once.
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
}

#[cfg(not(unix))]
fn stop_job() {}

fn draw(terminal: &mut Screen, state: &State, look: &Look) -> io::Result<()> {
    terminal.draw(|frame| {
        if let Some(position) = view(state, look, frame.buffer_mut()) {
            frame.set_cursor_position(position);
        }
    })?;
    Ok(())
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

/// Reads keys, pastes and sizes until the terminal is gone.
fn watch_terminal(wake: &Sender<Wake>) -> Result<(), Failure> {
    let send = wake.clone();
    spawn("terminal", wake, move || {
        loop {
            let wake = match crossterm::event::read() {
                Ok(Event::Key(key)) => {
                    panic_for_tests("terminal");
                    Wake::Message(Message::Key(key))
                }
                Ok(Event::Paste(text)) => Wake::Message(Message::Paste(text)),
                Ok(Event::Resize(width, height)) => {
                    Wake::Message(Message::Resize(Size { width, height }))
                }
                Ok(_) => continue,
                Err(error) => {
                    let _ = send.send(Wake::Lost(error));
                    return;
                }
            };
            if send.send(wake).is_err() {
                return;
            }
        }
    })
}

/// Tells the loop of signals that ask for the end, or say that the program goes on.
fn watch_signals(wake: &Sender<Wake>) -> Result<(), Failure> {
    let watched = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT];
    let mut signals = Signals::new(watched).map_err(terminal_failure)?;
    let send = wake.clone();
    spawn("signals", wake, move || {
        for signal in signals.forever() {
            let wake = match signal {
                SIGCONT => Wake::Continued,
                signal => Wake::Signal(signal),
            };
            if send.send(wake).is_err() {
                return;
            }
        }
    })
}

#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`")]
fn terminal_failure(error: io::Error) -> Failure {
    Failure::new("terminal", vec![("reason", error.to_string())])
}
