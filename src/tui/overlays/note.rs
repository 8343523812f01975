//! The note of an item: a field of several lines at the lower edge of the panes, which grows with what is written.
//! Must not keep what is written.

use super::{inside, open_box};
use crate::issue::{Change, LONGEST_NOTE, Note};
use crate::store::{Ground, MarkChange};
use crate::text::WidthPolicy;
use crate::tui::area::Area;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use crate::tui::subject::Subject;
use ratatui::layout::{Position, Rect};

/// Rows of the field at the least.
const LEAST: u16 = 3;

/// The note of an item while it is written.
#[derive(Debug)]
pub struct NoteField {
    /// The item.
    pub subject: Subject,
    /// The field.
    pub area: Area,
    /// The note that it began from: whatever else stands there when it is kept came from another program.
    ground: Option<Note>,
}

impl NoteField {
    /// The note that an item has, or a draft of it that was not kept.
    #[must_use]
    pub fn new(subject: Subject, draft: Option<&MarkChange>, policy: WidthPolicy) -> Self {
        let mut ground = subject.marks.note.clone();
        let mut text = text_of(ground.as_ref());
        if let Some(MarkChange {
            change: Change::Note(note),
            ground: Ground::Joined(former),
            ..
        }) = draft
        {
            (ground, text) = (former.clone(), text_of(note.as_ref()));
        }
        Self {
            area: Area::new(text, policy),
            subject,
            ground,
        }
    }

    /// Another program has given the item this note: it stands in the field if nothing was written in it yet. Whether something was.
    pub fn take(&mut self, note: Option<&Note>) -> bool {
        if note == self.ground.as_ref() {
            return false;
        }
        if self.change().is_some() {
            return true;
        }
        self.ground = note.cloned();
        self.area.set(text_of(note));
        false
    }

    /// Fits the field into its box.
    pub fn fit(&mut self, regions: &Regions) {
        let width = field(regions, 0).width;
        self.area
            .fit(width, |lines| usize::from(field(regions, lines).height));
    }

    /// Rows of the field.
    #[must_use]
    pub fn height(&self, regions: &Regions) -> usize {
        usize::from(field(regions, self.area.len()).height)
    }

    /// Characters that can still be typed.
    #[must_use]
    pub fn room(&self) -> usize {
        LONGEST_NOTE.saturating_sub(self.area.text().chars().count())
    }

    /// Whether it is too long to be kept.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        self.area.text().chars().count() > LONGEST_NOTE
    }

    /// What is to be changed for the item to have the note that is written; none where nothing was written.
    #[must_use]
    pub fn change(&self) -> Option<MarkChange> {
        let note = Note::new(self.area.text());
        (note != self.ground).then(|| MarkChange {
            ground: Ground::Joined(self.ground.clone()),
            ..self.subject.change(Change::Note(note))
        })
    }
}

fn text_of(note: Option<&Note>) -> String {
    note.map_or("", Note::as_str).to_owned()
}

/// The box of a note of so many lines: at most half of the panes, unless that is less than the least.
fn frame(regions: &Regions, lines: usize) -> Rect {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    regions.sheet(84, lines.max(LEAST).saturating_add(2), LEAST + 2)
}

/// The field in it.
fn field(regions: &Regions, lines: usize) -> Rect {
    let inner = inside(frame(regions, lines));
    Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(1),
        ..inner
    }
}

/// Draws the note over the panes; where the hardware cursor goes.
pub fn draw(canvas: &mut Canvas, overlay: &NoteField, state: &State) -> Position {
    let regions = state.regions();
    let lines = overlay.area.len();
    let headline = &overlay.subject.headline;
    let title = state
        .language
        .say_with("overlay.note", &[("headline", headline)]);
    let field = field(&regions, lines);
    let place = if lines > usize::from(field.height) {
        format!("{}/{lines}", overlay.area.line() + 1)
    } else {
        String::new()
    };
    open_box(canvas, frame(&regions, lines), &title, &place);
    overlay.area.draw(canvas, field)
}
