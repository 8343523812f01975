//! What a terminal shows after each of many frames, where it draws ambiguous characters two columns wide and where it draws
//! one: what the frame says, in every cell, and no half characters.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, import_as, library};
use parkweekly::config::Language;
use parkweekly::store::{Place, Store};
use parkweekly::text::Ambiguous;
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use std::num::NonZeroU16;
use unicode_width::UnicodeWidthChar as _;

/// Stand-ins for ambiguous characters: hanzi, which are wide everywhere, one for each.
const STAND_INS: u32 = 0x2_0000;

/// What a terminal draws for a character.
fn drawn(c: char, ambiguous: Ambiguous) -> char {
    let is_ambiguous = c.width() != c.width_cjk();
    if is_ambiguous && ambiguous == Ambiguous::Wide {
        char::from_u32(STAND_INS + u32::from(c)).unwrap()
    } else {
        c
    }
}

/// A terminal that draws ambiguous characters so, and the frame that it shows.
struct Shown {
    terminal: vt100::Parser,
    frame: Buffer,
    ambiguous: Ambiguous,
}

impl Shown {
    /// An empty screen of the size of this reader.
    fn new(reader: &Reader, ambiguous: Ambiguous) -> Self {
        let (buffer, _) = reader.buffer();
        let cells = |count| NonZeroU16::new(count).unwrap();
        let (rows, cols) = (cells(buffer.area.height), cells(buffer.area.width));
        Self {
            terminal: vt100::Parser::new(rows, cols, 0),
            frame: Buffer::empty(buffer.area),
            ambiguous,
        }
    }

    /// Draws what differs from the frame before, as the reader does, and compares every cell.
    fn show(&mut self, reader: &Reader, what: &str) {
        let (frame, _) = reader.buffer();
        let mut bytes = vec![];
        let mut backend = CrosstermBackend::new(&mut bytes);
        backend.draw(self.frame.diff(&frame).into_iter()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text: String = text.chars().map(|c| drawn(c, self.ambiguous)).collect();
        self.terminal.process(text.as_bytes());
        self.frame = frame;
        self.compare(what);
    }

    fn compare(&self, what: &str) {
        let screen = self.terminal.screen();
        let area = self.frame.area;
        for (y, x) in (0..area.height).flat_map(|y| (0..area.width).map(move |x| (y, x))) {
            let symbol = self.frame[(x, y)].symbol();
            let cell = screen.cell(y, x).unwrap();
            let place = || format!("{what}: column {x} of row {y}\n{}", screen.contents());
            if symbol.is_empty() {
                let before = self.frame[(x - 1, y)].symbol();
                // Terminals do not agree how wide several characters in one are.
                if before.chars().count() == 1 {
                    assert!(cell.is_wide_continuation(), "{}", place());
                }
                continue;
            }
            let shown = Some(cell.contents()).filter(|shown| !shown.is_empty());
            let wanted = drawn(symbol.chars().next().unwrap(), self.ambiguous);
            let shown = shown.unwrap_or(" ").chars().next().unwrap();
            assert_eq!(shown, wanted, "{}", place());
        }
    }
}

/// Presses keys in a reader of this size, one by one, and compares each frame.
fn compare(mut reader: Reader, ambiguous: Ambiguous, script: &str) {
    let mut shown = Shown::new(&reader, ambiguous);
    shown.show(&reader, "the first frame");
    for key in script.split_whitespace() {
        if let Some((cols, rows)) = key.split_once('×') {
            reader.resize(cols.parse().unwrap(), rows.parse().unwrap());
            shown = Shown::new(&reader, ambiguous);
        } else {
            reader.keys(key);
        }
        shown.show(&reader, key);
    }
}

const SCRIPT: &str = "j j j enter space space k ? esc ctrl-p “ esc 60×20 j space J J o esc f 园 down down \
                      ctrl-c 130×40 b j enter J space ! esc h G k k 100×30 enter space b u ?";

#[test]
fn every_frame_is_what_a_fresh_one_would_be_on_a_wide_terminal_and_on_a_narrow_one() {
    for ambiguous in [Ambiguous::Wide, Ambiguous::Narrow] {
        for (width, height) in [(80, 24), (120, 40), (40, 12), (20, 6)] {
            let store = library(&["weekly-007.txt", "weekly-006.txt"]);
            let language = Language::Chinese;
            let reader = Reader::with(width, height, language, ambiguous, store);
            compare(reader, ambiguous, SCRIPT);
        }
    }
}

/// Hanzi outside the BMP, combining marks, emoji alone, with a presentation, joined, and flags.
const UNUSUAL: &str = "𠮷𣈶园e\u{301}o\u{308}区“😀”⚠\u{fe0f}周👩\u{200d}🔬报🇨🇳—👍🏽…";

#[test]
fn no_half_characters_whatever_the_text_is_made_of() {
    for ambiguous in [Ambiguous::Wide, Ambiguous::Narrow] {
        // Of many widths, so that each character meets an edge.
        for width in (60..100).step_by(3) {
            let mut store = Store::open(&Place::Memory).unwrap();
            import_as(&mut store, "weekly-007.txt", |text| {
                text.replace("园区", UNUSUAL).replace("项目", "𠮷😀")
            });
            let language = Language::Chinese;
            let reader = Reader::with(width, 24, language, ambiguous, store);
            assert!(reader.screen().contains("😀"), "it is on the screen");
            compare(
                reader,
                ambiguous,
                "j j enter space J J space h j j j ? esc G",
            );
        }
    }
}
