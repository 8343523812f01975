//! A field whose words are completed from a list of known ones: the word that the cursor stands in, what completes it, and what was
//! chosen of that.
//! Must not know what the words are for.

use super::cursor::{Cursor, Step};
use super::paint::Canvas;
use crate::text::normalise;
use crate::tui::overlays::rows;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::ops::Range;
use tui_input::Input;

/// What can stand in the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is put into the field.
    pub text: String,
    /// What is looked for in it: normalised.
    name: String,
}

impl Word {
    /// A word.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            name: normalise(text),
        }
    }
}

/// What separates the words of a field.
#[derive(Debug, Clone, Copy)]
pub struct Separated {
    /// Whether this character does.
    pub by: fn(char) -> bool,
    /// What may stand before a word and is no part of it.
    pub behind: &'static [char],
}

/// A field while it is typed into.
#[derive(Debug)]
pub struct Completing {
    /// The field.
    pub input: Input,
    separated: Separated,
    known: Vec<Word>,
    /// Those that complete the word that was typed: indices of `known`.
    matches: Vec<usize>,
    /// Whether others would complete it and are in the field already.
    has_others: bool,
    /// The match that was put into the field, and what had been typed in its place.
    chosen: Option<(Cursor, String)>,
}

impl Completing {
    /// A field with this text, and nothing known that could complete it.
    #[must_use]
    pub fn new(text: String, separated: Separated) -> Self {
        Self {
            input: Input::new(text),
            separated,
            known: vec![],
            matches: vec![],
            has_others: false,
            chosen: None,
        }
    }

    /// From now on these are known, what is offered first first.
    pub fn know(&mut self, known: Vec<Word>) {
        self.known = known;
        self.typed();
    }

    /// Offers all that is known, whatever the field holds as yet.
    pub fn offer_all(&mut self) {
        self.matches = (0..self.known.len()).collect();
    }

    /// The field holds another text, or another word is the one that is completed.
    pub fn typed(&mut self) {
        self.chosen = None;
        let word = self.word();
        let typed = characters(self.input.value(), word.clone());
        let (before, behind) = (0..word.start, word.end..usize::MAX);
        let others = [before, behind].map(|part| characters(self.input.value(), part));
        let others: Vec<String> = others
            .iter()
            .flat_map(|text| text.split(self.separated.by))
            .map(|word| self.name(word))
            .collect();
        let typed = self.name(&typed);
        let mut has_others = false;
        let found = self.known.iter().enumerate().filter_map(|(n, known)| {
            let at = known.name.find(&typed)?;
            let is_there = others.contains(&known.name);
            has_others |= is_there;
            (!is_there).then_some((at > 0, n))
        });
        let mut found: Vec<(bool, usize)> = found.collect();
        self.has_others = has_others;
        // What begins so comes first; the order of the list stays.
        found.sort_by_key(|(within, _)| *within);
        self.matches = found.into_iter().map(|(_, n)| n).collect();
    }

    /// Puts the next match in the place of the word being typed, or the one before; before the first stands what was typed.
    pub fn choose(&mut self, step: Step, height: usize) {
        let len = self.matches.len();
        let (place, typed) = match &self.chosen {
            Some((cursor, typed)) => (cursor.selected + 1, typed.clone()),
            None => (0, characters(self.input.value(), self.word())),
        };
        let place = match step {
            Step::By(rows) => place.saturating_add_signed(rows).min(len),
            Step::First => 0,
            Step::Last => len,
        };
        let chosen = place.checked_sub(1).and_then(|n| {
            let word = self.known.get(*self.matches.get(n)?)?;
            Some((n, word.text.clone()))
        });
        let word = self.word();
        if let Some((n, text)) = chosen {
            self.replace(word, &text);
            let mut cursor = self.cursor();
            cursor.select(n, len, height);
            self.chosen = Some((cursor, typed));
        } else {
            self.replace(word, &typed);
            self.chosen = None;
        }
    }

    /// Keeps the chosen match visible.
    pub fn fit(&mut self, height: usize) {
        let len = self.matches.len();
        if let Some((cursor, _)) = &mut self.chosen {
            cursor.keep_visible(len, height);
        }
    }

    /// Positions of what completes the word among what is known, in the order in which it is offered.
    #[must_use]
    pub fn matches(&self) -> &[usize] {
        &self.matches
    }

    /// Whether nothing is offered since all that would be is in the field already.
    #[must_use]
    pub const fn has_others(&self) -> bool {
        self.has_others
    }

    /// Draws what is offered as rows of `area`, each by its position among what is known.
    pub fn draw(
        &self,
        canvas: &mut Canvas,
        area: Rect,
        mut draw: impl FnMut(&mut Canvas, Rect, usize, Style),
    ) {
        let cursor = match &self.chosen {
            Some((cursor, _)) => *cursor,
            // No row is selected.
            None => Cursor {
                selected: usize::MAX,
                offset: 0,
            },
        };
        let len = self.matches.len();
        rows(canvas, area, cursor, len, |canvas, row, n, ground| {
            draw(canvas, row, self.matches[n], ground);
        });
    }

    /// The chosen match, as a row.
    fn cursor(&self) -> Cursor {
        self.chosen
            .as_ref()
            .map(|(cursor, _)| *cursor)
            .unwrap_or_default()
    }

    /// What a word would be known by.
    fn name(&self, word: &str) -> String {
        normalise(word.trim_start_matches(self.separated.behind))
    }

    /// The word that the cursor stands in or behind: characters of the field.
    fn word(&self) -> Range<usize> {
        let text: Vec<char> = self.input.value().chars().collect();
        let at = self.input.cursor().min(text.len());
        let separates = |c: &char| (self.separated.by)(*c);
        let start = text[..at].iter().rposition(separates).map_or(0, |n| n + 1);
        let end = text[at..].iter().position(separates);
        start..end.map_or(text.len(), |n| at + n)
    }

    fn replace(&mut self, word: Range<usize>, by: &str) {
        let text = self.input.value();
        let before = characters(text, 0..word.start);
        let behind = characters(text, word.end..usize::MAX);
        let cursor = word.start + by.chars().count();
        self.input = Input::new(format!("{before}{by}{behind}")).with_cursor(cursor);
    }
}

/// These characters of a text.
fn characters(text: &str, part: Range<usize>) -> String {
    let length = part.end.saturating_sub(part.start);
    text.chars().skip(part.start).take(length).collect()
}
