//! A reader without a terminal: fixtures in a library in memory, effects carried out in place, frames as text.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use parkweekly::app::reading::{Origin, Reading};
use parkweekly::config::Language;
use parkweekly::issue::Issue;
use parkweekly::keys::Keymap;
use parkweekly::look::{Look, Role, Theme};
use parkweekly::parse::{Hints, parse};
use parkweekly::source::{decode, read};
use parkweekly::store::{Kept, Place, Store};
use parkweekly::text::{Ambiguous, WidthPolicy};
use parkweekly::tui::effect::{Ask, Effect};
use parkweekly::tui::message::Message;
use parkweekly::tui::overlays::Welcome;
use parkweekly::tui::state::{Open, State};
use parkweekly::tui::update::{seen, start, update};
use parkweekly::tui::view::view;
use parkweekly::tui::worker::{Finder, Writer};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Style};
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The path of a fixture.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// A library in memory that holds the fixtures of these names.
pub fn library(fixtures: &[&str]) -> Store {
    let mut store = Store::open(&Place::Memory).unwrap();
    import(&mut store, fixtures);
    store
}

/// Imports the fixtures of these names.
pub fn import(store: &mut Store, fixtures: &[&str]) {
    for name in fixtures {
        let document = read(&fixture(name)).unwrap();
        for issue in parse(&document.pages, &Hints::default()).unwrap() {
            let kept = Kept {
                path: name,
                sha256: &document.sha256,
                parser: parkweekly::app::issues::READING_VERSION,
                pages: &document.pages,
            };
            store.import(&issue, &kept).unwrap();
        }
    }
}

/// Imports another copy of a fixture, with its text as after `change`.
pub fn import_as(store: &mut Store, name: &str, change: impl FnOnce(String) -> String) {
    let text = change(std::fs::read_to_string(fixture(name)).unwrap());
    let document = decode("another", text.as_bytes()).unwrap();
    for issue in parse(&document.pages, &Hints::default()).unwrap() {
        let kept = Kept {
            path: "another",
            sha256: &document.sha256,
            parser: parkweekly::app::issues::READING_VERSION,
            pages: &document.pages,
        };
        store.import(&issue, &kept).unwrap();
    }
}

/// A library in memory that holds so many issues of fourteen items, from number 1 on, one a month.
pub fn large_library(issues: u32) -> Store {
    let mut store = Store::open(&Place::Memory).unwrap();
    fill(&mut store, issues);
    store
}

/// Imports so many issues of fourteen items, from number 1 on, one a month.
pub fn fill(store: &mut Store, issues: u32) {
    fill_with(store, issues, |_| {});
}

/// The same, with each issue as `change` leaves it.
pub fn fill_with(store: &mut Store, issues: u32, change: impl Fn(&mut Issue)) {
    let text = std::fs::read_to_string(fixture("weekly-007.txt")).unwrap();
    for number in 1..=issues {
        let (year, month) = (2000 + number / 12, number % 12 + 1);
        let text = text.replace(
            "2024年2月2期（总7期）",
            &format!("{year}年{month}月1期（总{number}期）"),
        );
        let document = decode("generated", text.as_bytes()).unwrap();
        let kept = Kept {
            path: "generated",
            sha256: &document.sha256,
            parser: parkweekly::app::issues::READING_VERSION,
            pages: &document.pages,
        };
        for mut issue in parse(&document.pages, &Hints::default()).unwrap() {
            assert_eq!(issue.number.0, number);
            change(&mut issue);
            store.import(&issue, &kept).unwrap();
        }
    }
}

/// Makes every write of a mark in the library of `folder` fail, as a full disk would.
pub fn refuse_marks(folder: &Path) {
    let marks = rusqlite::Connection::open(folder.join("marks.sqlite3")).unwrap();
    for event in ["INSERT", "UPDATE"] {
        let trigger = format!(
            "CREATE TRIGGER refuse_{event} BEFORE {event} ON mark BEGIN SELECT raise(ABORT, 'refused by a test'); END"
        );
        marks.execute_batch(&trigger).unwrap();
    }
}

/// The message of a key; when it comes is told by the reader that it is handed to.
pub fn key(name: &str) -> Message {
    Message::Key(event(name), Instant::now())
}

/// A reader that is driven by key scripts.
pub struct Reader {
    pub state: State,
    look: Look,
    finder: Finder,
    writer: Writer,
    pub stopped: bool,
    /// The time, which stands still between keys.
    now: Instant,
    /// What passes before a key.
    pub pause: Duration,
    /// Effects carried out so far, for tests that ask what was wanted.
    pub wanted: Vec<Effect>,
}

impl Reader {
    /// Opens the fixtures in Chinese on a narrow-ambiguous terminal.
    pub fn open(width: u16, height: u16, fixtures: &[&str]) -> Self {
        Self::with(
            width,
            height,
            Language::Chinese,
            Ambiguous::Narrow,
            library(fixtures),
        )
    }

    /// Opens a library.
    pub fn with(
        width: u16,
        height: u16,
        language: Language,
        ambiguous: Ambiguous,
        store: Store,
    ) -> Self {
        Self::of(width, height, language, ambiguous, store, Origin::Library)
    }

    /// Opens what comes from anywhere.
    pub fn of(
        width: u16,
        height: u16,
        language: Language,
        ambiguous: Ambiguous,
        store: Store,
        origin: Origin,
    ) -> Self {
        let writer = Writer::new(store);
        Self::on(width, height, (language, ambiguous), writer, origin)
    }

    /// Opens what the program would open, in Chinese.
    pub fn awaiting(width: u16, height: u16, reading: Reading) -> Self {
        let writer = Writer::new(reading.store).awaiting(reading.awaited);
        let language = (Language::Chinese, Ambiguous::Narrow);
        Self::on(width, height, language, writer, reading.origin)
    }

    fn on(
        width: u16,
        height: u16,
        language: (Language, Ambiguous),
        writer: Writer,
        origin: Origin,
    ) -> Self {
        let mut reader = Self::first(width, height, language, writer, origin);
        // Nearly all starts are not the first.
        reader.state.welcome = Welcome::Over;
        reader
    }

    /// A first start.
    pub fn first(
        width: u16,
        height: u16,
        (language, ambiguous): (Language, Ambiguous),
        writer: Writer,
        origin: Origin,
    ) -> Self {
        let look = Look::new(test_theme(), WidthPolicy::new(ambiguous));
        let state = State::new(
            Size { width, height },
            language,
            look.policy,
            Keymap::built_in().unwrap(),
            origin,
        );
        let mut reader = Self {
            state,
            look,
            finder: writer.finder().unwrap(),
            writer,
            stopped: false,
            now: Instant::now(),
            pause: Duration::from_secs(2),
            wanted: vec![],
        };
        let effects = start(&mut reader.state);
        reader.perform(effects);
        reader.drawn();
        reader
    }

    /// Hands a message in, carries out all that follows, and draws.
    pub fn tell(&mut self, message: Message) -> &mut Self {
        let message = self.timed(message);
        let effects = update(&mut self.state, message);
        self.perform(effects);
        self.drawn()
    }

    /// A message that comes now: with a key some time has passed.
    fn timed(&mut self, message: Message) -> Message {
        match message {
            Message::Key(key, _) => {
                self.now += self.pause;
                Message::Key(key, self.now)
            }
            Message::Focused(_) => Message::Focused(self.now),
            other => other,
        }
    }

    /// A frame is drawn, and what follows from that carried out.
    fn drawn(&mut self) -> &mut Self {
        let effects = seen::drawn(&mut self.state, self.now);
        self.perform(effects);
        self
    }

    /// Hands a message in and gives what is to be carried out, but for the look that follows every key.
    pub fn asks(&mut self, message: Message) -> Vec<Effect> {
        let message = self.timed(message);
        let mut effects = update(&mut self.state, message);
        effects.retain(|effect| *effect != Effect::Ask(Ask::Look));
        effects
    }

    /// Presses keys as they come in one burst: all of them before the first answer.
    pub fn burst(&mut self, script: &str) -> &mut Self {
        let mut effects = vec![];
        for name in script.split_whitespace() {
            effects.extend(update(&mut self.state, Message::Key(event(name), self.now)));
        }
        self.perform(effects);
        self.drawn()
    }

    /// Carries effects out, and all that follows.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        let before = self.wanted.len();
        while let Some(effect) = waiting.pop_front() {
            assert!(
                self.wanted.len() - before < 1000,
                "one message asks for more without end"
            );
            self.wanted.push(effect.clone());
            let answer = match effect {
                Effect::Find(find) => self.finder.perform(find),
                Effect::Ask(ask) => self.writer.perform(ask),
                Effect::Edit(_)
                | Effect::Shelve(_)
                | Effect::Greeted
                | Effect::Redraw
                | Effect::Suspend => continue,
                Effect::Stop => {
                    self.stopped = true;
                    continue;
                }
            };
            if let Some(answer) = answer {
                waiting.extend(update(&mut self.state, answer));
            }
        }
    }

    /// Presses keys: names or single characters, with spaces between: `j j enter ctrl-p 南`.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for name in script.split_whitespace() {
            self.tell(key(name));
        }
        self
    }

    /// Types a text, character by character.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let event = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
            self.tell(Message::Key(event, self.now));
        }
        self
    }

    /// What is listed and read.
    pub fn open_now(&self) -> &Open {
        self.state.open.as_ref().unwrap()
    }

    /// The filter as text.
    pub fn query(&self) -> String {
        self.open_now().listing.query.to_string()
    }

    /// Addresses of the items that are loaded of the list.
    pub fn listed(&self) -> Vec<String> {
        let items = self.open_now().contents.items.iter();
        items.map(|item| item.address().to_string()).collect()
    }

    /// Address of the selected item.
    pub fn selected(&self) -> String {
        self.open_now().selected().unwrap().address().to_string()
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.tell(Message::Resize(Size { width, height }))
    }

    /// The frame as a buffer, and where the hardware cursor stands.
    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let Size { width, height } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = view(&self.state, &self.look, &mut buffer);
        (buffer, cursor)
    }

    /// The frame's text, without the cells that wide characters cover.
    pub fn screen(&self) -> String {
        let (buffer, _) = self.buffer();
        self.lines(&buffer).join("\n")
    }

    /// Fails unless this is on the screen.
    pub fn shows(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "{text} is not in\n{screen}");
    }

    /// The frame's text, then a grid with a letter for each cell's role, then what the letters mean.
    pub fn frame(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut used = BTreeSet::new();
        let mut grid = String::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            for x in 0..buffer.area.width {
                row.push(letter(&buffer, x, y, &mut used));
            }
            grid.push_str(row.trim_end_matches('.'));
            grid.push('\n');
        }
        let legend: Vec<String> = used
            .into_iter()
            .map(|(letter, role)| format!("{letter} {role:?}"))
            .collect();
        let cursor = cursor
            .map(|at| format!("cursor {},{}\n", at.x, at.y))
            .unwrap_or_default();
        format!(
            "{}\n\n{grid}\n{cursor}{}\n",
            self.lines(&buffer).join("\n"),
            legend.join(", ")
        )
    }

    fn lines(&self, buffer: &Buffer) -> Vec<String> {
        let line = |y| {
            let (mut line, mut x) = (String::new(), 0);
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(self.look.policy.grapheme(symbol).max(1)).unwrap();
            }
            line.trim_end().to_owned()
        };
        (0..buffer.area.height).map(line).collect()
    }
}

/// The event of a key of this name.
fn event(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.strip_prefix("ctrl-") {
        Some(rest) => (KeyModifiers::CONTROL, rest),
        None => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pageup" => KeyCode::PageUp,
        "pagedown" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        "f1" => KeyCode::F(1),
        _ => {
            let mut chars = name.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => KeyCode::Char(c),
                _ => panic!("no such key: {name}"),
            }
        }
    };
    KeyEvent::new(code, modifiers)
}

/// A theme in which each role can be told from a finished frame: grounds by background, all others by foreground. Each can be read on
/// each, so that none gives its colour up.
fn test_theme() -> Theme {
    Theme::from_fn(|role| {
        if is_ground(role) {
            Style::new().bg(Color::Rgb(0, 0, number(role)))
        } else {
            Style::new().fg(Color::Rgb(255, 255, number(role)))
        }
    })
}

fn number(role: Role) -> u8 {
    u8::try_from(Role::ALL.iter().position(|other| *other == role).unwrap()).unwrap()
}

const fn is_ground(role: Role) -> bool {
    matches!(
        role,
        Role::Selected
            | Role::SelectedInactive
            | Role::Status
            | Role::StatusKey
            | Role::Notice
            | Role::Error
    )
}

/// Letters of the roles: lower case, upper case on the selected row of the pane with the focus.
fn letter(buffer: &Buffer, x: u16, y: u16, used: &mut BTreeSet<(char, Role)>) -> char {
    let cell = &buffer[(x, y)];
    let role = |colour| match colour {
        Color::Rgb(_, _, n) => Role::ALL.get(usize::from(n)).copied(),
        _ => None,
    };
    let (fore, ground) = (role(cell.fg), role(cell.bg));
    // Behind the letters what ASCII has there, and then digits.
    let name = |role: Role| match number(role) {
        n @ 0..=29 => char::from(b'a' + n),
        n => char::from(b'0' + n - 30),
    };
    match (fore.filter(|role| *role != Role::Text), ground) {
        (None, None) => '.',
        (None, Some(ground)) => {
            used.insert((name(ground), ground));
            name(ground)
        }
        (Some(fore), ground) => {
            used.insert((name(fore), fore));
            let letter = name(fore);
            if ground == Some(Role::Selected) {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        }
    }
}

/// The frame after `script` in every layout, each with the size it is named by; the languages take turns.
pub fn in_each_layout(files: &[&str], script: impl Fn(&mut Reader)) -> Vec<(String, String)> {
    let sizes = [(120, 40), (80, 24), (40, 12), (20, 6)];
    let frame = |(n, (width, height)): (usize, (u16, u16))| {
        let language = Language::ALL[n % 2];
        let mut reader = Reader::with(width, height, language, Ambiguous::Narrow, library(files));
        script(&mut reader);
        (format!("{width}x{height}"), reader.frame())
    };
    sizes.into_iter().enumerate().map(frame).collect()
}
