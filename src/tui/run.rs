//! The loop: waits for keys, answers and signals, and draws. All waiting is in the channel; an idle reader sleeps.

use super::effect::{Ask, Effect, Find};
use super::first::read_first;
use super::guard::{Guard, panic_for_tests};
use super::late::Late;
use super::message::Message;
use super::overlays::Welcome;
use super::screen::{Screen, terminal_failure};
use super::state::{Notice, State};
use super::threads::{self, Wake};
use super::told::Told;
use super::turns::Turns;
use super::update::{leave_at, seen, update};
use super::worker::{Newest, Writer};
use crate::app::editor::{Edited, Editor, too_long};
use crate::app::greeting::Greeting;
use crate::app::looks::Looks;
use crate::app::reading::{Awaited, Origin};
use crate::app::terminal::{self, ask};
use crate::app::{Failure, Shelf};
use crate::config::Language;
use crate::keys::Keymap;
use crate::look::{Look, Page};
use crate::store::Store;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long the end waits for who reads again. What that was at is read at the next start.
const PATIENCE: Duration = Duration::from_secs(1);

/// The threads that have the library open.
#[derive(Debug, Clone, Copy)]
struct AtWork {
    /// Those whose work must not be lost: their end is waited for.
    settling: usize,
    /// Whether issues are being read again.
    is_reading: bool,
}

/// What the reader is opened with.
#[derive(Debug)]
pub struct Setup {
    /// Language of the interface.
    pub language: Language,
    /// What keys mean.
    pub keymap: Keymap,
    /// How items are set.
    pub page: Page,
    /// How long an item is on the screen before it counts as read.
    pub read_after: Duration,
    /// How things look, as far as it is known before the terminal is asked.
    pub looks: Looks,
    /// Where what is read comes from.
    pub origin: Origin,
    /// What of it could not be read.
    pub failures: Vec<Failure>,
    /// The library, where it is empty and the sample is read.
    pub awaited: Option<Awaited>,
    /// Where a text is kept that cannot be kept as a note.
    pub shelf: Shelf,
    /// Whether this user was welcomed.
    pub greeting: Greeting,
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

/// What is left when the reader is.
#[derive(Debug)]
pub struct Left {
    /// How it ended.
    pub ending: Ending,
    /// What is to be told now that there is room for it: marks that were not kept, texts that are on the shelf or wait for their
    /// item, that the terminal was lost. What ends with [`crate::app::Exit::Done`] is no failure.
    pub told: Vec<Failure>,
}

/// Opens the reader on `store` and returns when it is left. The terminal is restored by then, whatever happened.
///
/// # Errors
/// The library can't be opened a second time, or the terminal can't be set up.
pub fn run(store: Store, setup: Setup) -> Result<Left, Failure> {
    // What was read from files and the sample is read by this very version.
    let is_library = setup.origin == Origin::Library && store.read_only().is_none();
    let outdated = is_library.then(|| store.door());
    let (marks, last) = (store.door(), store.door());
    let mut writer = Writer::new(store).awaiting(setup.awaited);
    let mut finder = writer.finder()?;
    let newest = finder.stoppable()?;
    let (wake, woken) = channel();
    let turns = Arc::new(Turns::default());
    threads::watch_signals(&wake, &turns)?;
    let guard = Guard::take().map_err(terminal_failure)?;
    let asked = ask(setup.looks.questions(), terminal::LIMIT);
    let look = setup.looks.look(asked.answers)?;
    let (late, typed_ahead) = Late::new(asked);
    let mut screen = Screen::open().map_err(terminal_failure)?;
    let size = screen.size().map_err(terminal_failure)?;
    let mut state = State::new(
        size,
        setup.language,
        look.policy,
        setup.keymap,
        setup.origin,
    );
    state.page = setup.page;
    state.read_after = setup.read_after;
    if setup.greeting.is_over() {
        state.welcome = Welcome::Over;
    }
    let later = read_first(&mut state, &mut finder, &mut writer);
    if let Some(failure) = setup.failures.into_iter().next() {
        state.notice = Some(Notice::Failure(failure));
    }
    screen.draw(&state, &look).map_err(terminal_failure)?;
    let threads::Workers { find, ask } = threads::start_workers(finder, writer, &wake)?;
    // This very function takes them out again, so they are sure to be taken in.
    let _ = threads::hand_on(typed_ahead, &wake);
    threads::watch_terminal(late, &wake, &turns)?;
    for request in later {
        drop(find.send(request));
    }
    let reading = Arc::new(());
    let mut is_reading = false;
    if let Some(door) = outdated {
        threads::read_again(door, &reading, &wake)?;
        is_reading = true;
    }
    // The writer, the finder and who copies the marks.
    let at_work = AtWork {
        settling: 3,
        is_reading,
    };
    threads::copy_marks(marks, &wake)?;
    let mut session = Session {
        state,
        look,
        screen,
        guard,
        turns,
        find,
        newest,
        ask,
        shelf: setup.shelf.clone(),
        greeting: setup.greeting,
        told: Told::default(),
        at_work,
        _reading: reading,
    };
    let ending = session.until_the_end(&woken);
    if matches!(ending, Ok(Ending::Signal(_)) | Err(_)) {
        session.keep_where_it_is();
    }
    session.newest.stop_all();
    let (mut told, at_work) = (std::mem::take(&mut session.told), session.at_work);
    drop(session);
    let ending = ending.unwrap_or_else(|lost| {
        told.push(lost);
        Ending::Quit
    });
    let ending = match ending {
        // The thread that panicked may have been the writer, and then nothing would come any more.
        Ending::Panicked => ending,
        ending => {
            let cut_short = settle(&woken, at_work, &setup.shelf, setup.language, &mut told);
            if cut_short.is_none() {
                last.close();
            }
            cut_short.unwrap_or(ending)
        }
    };
    Ok(Left {
        ending,
        told: told.all(),
    })
}

/// Waits for the marks that were set last, which may still be on their way to the disk, after the terminal is given back; and
/// until the library is closed, so that its two files are whole in themselves, for whoever copies them. How the reader ends
/// where a signal asks not to wait. What is not kept is told, a note put on the shelf, and one that waits for its item named.
fn settle(
    woken: &Receiver<Wake>,
    mut at_work: AtWork,
    shelf: &Shelf,
    language: Language,
    told: &mut Told,
) -> Option<Ending> {
    let end = Instant::now() + PATIENCE;
    while at_work.settling > 0 || at_work.is_reading {
        let woken = if at_work.settling > 0 {
            woken.recv().ok()
        } else {
            woken
                .recv_timeout(end.saturating_duration_since(Instant::now()))
                .ok()
        };
        match woken {
            Some(Wake::Message(message)) => told.hear_last(&message, shelf, language),
            Some(Wake::Signal(signal)) => return Some(Ending::Signal(signal)),
            Some(Wake::Panicked) => return Some(Ending::Panicked),
            Some(Wake::Lost(_) | Wake::Continued) => {}
            Some(Wake::Settled) => at_work.settling -= 1,
            Some(Wake::ReadAgain) => at_work.is_reading = false,
            None => return None,
        }
    }
    None
}

/// A reader on the screen, with the ways to its workers.
struct Session {
    state: State,
    look: Look,
    screen: Screen,
    guard: Guard,
    turns: Arc<Turns>,
    find: Sender<Find>,
    /// Stops the finder at a list that a newer one overtakes.
    newest: Newest,
    ask: Sender<Ask>,
    /// Where a text is kept that the editor made and that is no note.
    shelf: Shelf,
    greeting: Greeting,
    told: Told,
    /// Which threads have the library open.
    at_work: AtWork,
    /// While it is there, outdated issues are read again.
    _reading: Arc<()>,
}

impl Session {
    fn until_the_end(&mut self, woken: &Receiver<Wake>) -> Result<Ending, Failure> {
        self.look_at_frame().map_err(terminal_failure)?;
        // The senders live in threads that never end by themselves; no more senders means all of them are gone.
        while let Ok(first) = self.wait(woken) {
            if first.is_none() {
                let effects = seen::settle(&mut self.state, Instant::now());
                self.carry_out(effects).map_err(terminal_failure)?;
            }
            // What waits is taken in before the next frame: fast typing costs one frame, not one a key.
            for wake in first.into_iter().chain(woken.try_iter()) {
                match wake {
                    Wake::Message(message) => {
                        if self.take_in(message).map_err(terminal_failure)? {
                            return Ok(Ending::Quit);
                        }
                    }
                    Wake::Signal(signal) => return Ok(Ending::Signal(signal)),
                    Wake::Continued => {
                        // Nobody knows for how long it was stopped.
                        seen::forget(&mut self.state);
                        self.take_again().map_err(terminal_failure)?;
                    }
                    Wake::Lost(error) => return Err(terminal_failure(error)),
                    Wake::Panicked => return Ok(Ending::Panicked),
                    Wake::Settled => self.at_work.settling -= 1,
                    Wake::ReadAgain => self.at_work.is_reading = false,
                }
            }
            // Where a thread has panicked and given the terminal back, nothing is drawn any more; its message is being
            // printed, and when that is done it wakes the loop.
            if let Some(drawn) = self
                .guard
                .draw(|| self.screen.draw(&self.state, &self.look))
            {
                drawn.map_err(terminal_failure)?;
                self.look_at_frame().map_err(terminal_failure)?;
            }
        }
        Ok(Ending::Panicked)
    }

    /// Waits for what happens next; none where the item that is shown has been there long enough to count as read before that.
    /// An item wakes the loop once, and nothing does while no item waits for that.
    fn wait(&self, woken: &Receiver<Wake>) -> Result<Option<Wake>, RecvError> {
        let Some(due) = seen::due(&self.state) else {
            return woken.recv().map(Some);
        };
        match woken.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(wake) => Ok(Some(wake)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(RecvError),
        }
    }

    /// A frame is on the screen: what it shows is being seen.
    fn look_at_frame(&mut self) -> io::Result<()> {
        let effects = seen::drawn(&mut self.state, Instant::now());
        self.carry_out(effects).map(drop)
    }

    /// Others have the screen now: what is on it has been seen for as long as it was there.
    fn look_away(&mut self) -> io::Result<()> {
        let effects = seen::settle(&mut self.state, Instant::now());
        seen::forget(&mut self.state);
        self.carry_out(effects).map(drop)
    }

    /// Updates the state and hands its effects on; whether the reader is to end.
    fn take_in(&mut self, message: Message) -> io::Result<bool> {
        if matches!(message, Message::Key(..)) {
            panic_for_tests("main");
        }
        self.told.hear(&message);
        let effects = update(&mut self.state, message);
        self.carry_out(effects)
    }

    /// Hands effects on; whether the reader is to end.
    fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Find(find) => {
                    self.newest.announce(&find);
                    // A worker that is gone has panicked and said so on the way.
                    drop(self.find.send(find));
                }
                Effect::Ask(ask) => drop(self.ask.send(ask)),
                Effect::Edit(text) => self.edit(&text)?,
                Effect::Shelve(text) => self.shelve(&text),
                Effect::Greeted => self.greeting.end(),
                Effect::Redraw => self.screen.draw_anew()?,
                Effect::Suspend => self.suspend()?,
                Effect::Stop => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Gives the terminal back and stops, as a program does that leaves Ctrl-Z to the terminal. Goes on when it is called
    /// back; at once where there is nobody who could.
    fn suspend(&mut self) -> io::Result<()> {
        self.look_away()?;
        self.guard.give_back();
        stop_job();
        self.take_again()
    }

    /// Hands a text to the editor, and the terminal with it, until the editor ends. What waits in the meantime waits on.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        let message = match Editor::of(|name| std::env::var_os(name)) {
            Ok(editor) => {
                self.look_away()?;
                self.turns.hand_on()?;
                self.guard.give_back();
                let edited = editor.edit(text);
                let taken = self.take_again();
                self.turns.take_back();
                taken?;
                self.read_back(edited)
            }
            Err(failure) => Message::Edited(None, Some(failure)),
        };
        self.take_in(message).map(drop)
    }

    /// What came of a text in the editor. What cannot be taken is put on the shelf.
    fn read_back(&mut self, edited: Result<Edited, Failure>) -> Message {
        let edited = match edited {
            Ok(edited) => edited,
            Err(failure) => return Message::Edited(None, Some(failure)),
        };
        match &edited.outcome {
            Ok(text) => Message::Edited(text.clone(), None),
            Err(failure) => {
                let language = self.state.language;
                let address = language.say("word.address");
                let failure = edited.rescued(failure.clone(), &self.shelf, &address, language);
                if Shelf::is_rescue(&failure) {
                    self.told.push(failure.clone());
                }
                Message::Edited(None, Some(failure))
            }
        }
    }

    /// Puts a note on the shelf that is too long to be kept, and tells it when the reader is left.
    fn shelve(&mut self, text: &str) {
        let failure = too_long(text.chars().count());
        let language = self.state.language;
        let address = language.say("word.address");
        let told = self.shelf.rescue(text, failure, &address, language);
        self.told.push(told);
    }

    /// Takes the terminal again after others had it, at the size it has now.
    fn take_again(&mut self) -> io::Result<()> {
        self.guard.take_again()?;
        self.screen.draw_anew()?;
        let size = self.screen.size()?;
        self.take_in(Message::Resize(size))?;
        self.take_in(Message::Focused(Instant::now())).map(drop)
    }

    /// Has kept where the reader is, where the end was not asked for by a key.
    fn keep_where_it_is(&mut self) {
        for effect in leave_at(&mut self.state, Instant::now()) {
            match effect {
                Effect::Ask(ask) => drop(self.ask.send(ask)),
                Effect::Shelve(text) => self.shelve(&text),
                _ => {}
            }
        }
    }
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
