//! A reader whose frames are written as to a terminal, all in one thread.
//! Must not leave out what the reader does for a key.

#![allow(dead_code, reason = "each bench uses its own part of it")]

use crate::common::Reader;
use divan::black_box;
use parkweekly::app::looks::{Answers, Looks};
use parkweekly::app::reading::Origin;
use parkweekly::config::{Config, Language};
use parkweekly::keys::Keymap;
use parkweekly::store::{Place, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::first::read_first;
use parkweekly::tui::state::State;
use parkweekly::tui::view::view;
use parkweekly::tui::worker::Writer;
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::path::Path;

/// A usual window.
pub const SIZE: Size = Size {
    width: 120,
    height: 40,
};

/// A reader, and what its terminal shows.
pub struct Screen {
    pub reader: Reader,
    shown: Buffer,
    written: Vec<u8>,
}

impl Screen {
    pub fn open(folder: &Path, size: Size) -> Self {
        let store = Store::open(&Place::Folder(folder.to_owned())).unwrap();
        let (language, ambiguous) = (Language::Chinese, Ambiguous::Narrow);
        let reader = Reader::with(size.width, size.height, language, ambiguous, store);
        let mut screen = Self {
            reader,
            shown: Buffer::empty(Rect::new(0, 0, size.width, size.height)),
            written: vec![],
        };
        screen.draw();
        screen
    }

    pub fn press(&mut self, keys: &str) {
        self.reader.keys(keys);
        self.draw();
    }

    pub fn types(&mut self, text: &str) {
        self.reader.types(text);
        self.draw();
    }

    /// Writes what differs from the frame before.
    fn draw(&mut self) {
        let (frame, _) = self.reader.buffer();
        self.written.clear();
        draw(&self.shown, &frame, &mut self.written);
        self.shown = frame;
    }
}

/// Writes what differs between two frames.
fn draw(before: &Buffer, after: &Buffer, written: &mut Vec<u8>) {
    let mut backend = CrosstermBackend::new(&mut *written);
    backend.draw(before.diff(after).into_iter()).unwrap();
    black_box(written);
}

/// Opens the library and draws the first frame, as the reader does.
pub fn start(folder: &Path, size: Size) {
    let settings = Config::new(Keymap::built_in().unwrap());
    let looks = Looks::new(settings.screen, |_| None);
    let look = looks.look(Answers::default()).unwrap();
    let store = Store::open(&Place::Folder(folder.to_owned())).unwrap();
    let mut writer = Writer::new(store);
    let mut finder = writer.finder().unwrap();
    let keymap = Keymap::built_in().unwrap();
    let language = Language::Chinese;
    let mut state = State::new(size, language, look.policy, keymap, Origin::Library);
    black_box(read_first(&mut state, &mut finder, &mut writer));
    let empty = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let mut frame = empty.clone();
    view(&state, &look, &mut frame);
    draw(&empty, &frame, &mut vec![]);
}
