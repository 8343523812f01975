//! The settings of this user: a TOML file in which every setting has its default until it is written otherwise.
//! Must not word what is wrong with it, or look at what the terminal can do.

mod keys;
pub(super) mod problem;
pub(super) mod table;

pub use problem::{Fault, Problem};

use super::Language;
use crate::keys::Keymap;
use crate::look::{Background, Depth, Page};
use crate::text::{Ambiguous, Spacing};
use problem::Problems;
use std::time::Duration;
use table::{Table, parsed};

/// What a user can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The language of the interface; none for that of the system.
    pub language: Option<Language>,
    /// How the text of an item is set.
    pub page: Page,
    /// How long an item is on the screen before it counts as read.
    pub read_after: Duration,
    /// The screen.
    pub screen: Screen,
    /// What keys mean.
    pub keymap: Keymap,
}

/// What is set of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// How wide ambiguous characters are; none for what the terminal says.
    pub ambiguous: Option<Ambiguous>,
    /// What borders and marks are drawn with; none for what goes with the width.
    pub borders: Option<Borders>,
    /// The theme; none for the one that goes with the background.
    pub theme: Option<Named>,
    /// The background of the terminal; none for what it says.
    pub background: Option<Background>,
    /// The colours to use; none for those that the terminal has.
    pub colour: Option<Depth>,
}

/// A theme that is named in a file, by its name or the path of its own file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What is written.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// What borders and marks are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Borders {
    /// Box drawing and symbols.
    Unicode,
    /// ASCII alone.
    Ascii,
}

/// A settings file as far as it can be taken, and what is wrong with the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What it says, with defaults for what it does not say or says wrongly.
    pub config: Config,
    /// What is wrong, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Config {
    /// The defaults, over the built-in keys.
    #[must_use]
    pub fn new(keymap: Keymap) -> Self {
        Self {
            language: None,
            page: Page::default(),
            read_after: READ_AFTER,
            screen: Screen {
                ambiguous: None,
                borders: None,
                theme: None,
                background: None,
                colour: None,
            },
            keymap,
        }
    }

    /// Reads a settings file, with the defaults of `self` for what it does not say.
    #[must_use]
    pub fn read(&self, text: &str) -> Read {
        let mut problems = Problems::of(text);
        let config = self.read_into(text, &mut problems);
        problems.name_elsewhere();
        Read {
            config,
            problems: problems.all(),
        }
    }

    fn read_into(&self, text: &str, problems: &mut Problems) -> Self {
        let mut config = self.clone();
        let table = parsed(text, problems);
        let mut file = Table::of(table.get_ref());
        set(
            &mut config.language,
            file.word("language", &LANGUAGES, problems),
        );
        config.page = page(file.table("page", problems), config.page, problems);
        let mut reading = file.table("reading", problems);
        let read_after = reading.number("read-after", 0..=MOST_MILLISECONDS, problems);
        set(
            &mut config.read_after,
            read_after.map(|time| Duration::from_millis(time.into())),
        );
        reading.end(&[], problems);
        let screen = file.table("screen", problems);
        config.screen = self::screen(screen, config.screen, problems);
        let keys = file.table("keys", problems);
        config.keymap = keys::changed(keys, &self.keymap, problems);
        file.end(&[], problems);
        config
    }
}

const AUTO: &str = "auto";
const LANGUAGES: [(&str, Option<Language>); 3] = [
    (AUTO, None),
    ("zh", Some(Language::Chinese)),
    ("en", Some(Language::English)),
];
const SPACINGS: [(&str, Spacing); 3] = [
    ("as-printed", Spacing::AsPrinted),
    ("none", Spacing::None),
    ("thin", Spacing::Thin),
];
const WIDTHS: [(&str, Option<Ambiguous>); 3] = [
    (AUTO, None),
    ("1", Some(Ambiguous::Narrow)),
    ("2", Some(Ambiguous::Wide)),
];
const BORDERS: [(&str, Option<Borders>); 3] = [
    (AUTO, None),
    ("unicode", Some(Borders::Unicode)),
    ("ascii", Some(Borders::Ascii)),
];
const BACKGROUNDS: [(&str, Option<Background>); 3] = [
    (AUTO, None),
    ("dark", Some(Background::Dark)),
    ("light", Some(Background::Light)),
];
const COLOURS: [(&str, Option<Depth>); 5] = [
    (AUTO, None),
    ("none", Some(Depth::None)),
    ("16", Some(Depth::Sixteen)),
    ("256", Some(Depth::Palette)),
    ("true", Some(Depth::True)),
];

/// Hanzi of a line: what a paragraph can be read in.
const LEAST_MEASURE: u16 = 10;
const MOST_MEASURE: u16 = 200;

/// How long an item is on the screen before it counts as read: less than it takes to read a headline, and more than the pause
/// between two keys of who leafs through.
pub const READ_AFTER: Duration = Duration::from_millis(300);
const MOST_MILLISECONDS: u16 = 60_000;

fn set<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

fn page(mut table: Table<'_>, mut page: Page, problems: &mut Problems) -> Page {
    let measure = table.number_or_0("measure", LEAST_MEASURE..=MOST_MEASURE, problems);
    set(
        &mut page.measure,
        measure.map(|hanzi| Some(hanzi).filter(|hanzi| *hanzi > 0)),
    );
    set(&mut page.indent, table.number("indent", 0..=8, problems));
    set(&mut page.hang, table.switch("hang", problems));
    set(
        &mut page.spacing,
        table.word("spacing", &SPACINGS, problems),
    );
    for (name, setting) in [
        ("line-spacing", &mut page.line_spacing),
        ("paragraph-spacing", &mut page.paragraph_spacing),
    ] {
        set(setting, table.number(name, 0..=3, problems));
    }
    table.end(&[], problems);
    page
}

fn screen(mut table: Table<'_>, mut screen: Screen, problems: &mut Problems) -> Screen {
    set(
        &mut screen.ambiguous,
        table.word("ambiguous", &WIDTHS, problems),
    );
    set(
        &mut screen.borders,
        table.word("borders", &BORDERS, problems),
    );
    if let Some(theme) = table.named("theme", problems) {
        screen.theme = Some(theme).filter(|theme| theme.name != AUTO);
    }
    set(
        &mut screen.background,
        table.word("background", &BACKGROUNDS, problems),
    );
    set(&mut screen.colour, table.word("colour", &COLOURS, problems));
    table.end(&[], problems);
    screen
}

#[cfg(test)]
mod tests;
