//! What the parser was unsure of: about the issue as a whole, then item by item, in sentences; a list to go through, and from
//! which to go to an item.

use super::{empty, inside, open_box};
use crate::app::wording;
use crate::config::Language;
use crate::issue::{Diagnostic, ItemId};
use crate::look::Role;
use crate::store::{About, Noted};
use crate::text::{WidthPolicy, cut, wrap};
use crate::tui::cursor::Step;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::Rect;
use std::ops::Range;

/// Columns of a sentence that are shown: a line that is no part of the issue may be as long as the file.
const LONGEST: usize = 2000;
/// Columns of the sign before a sentence, with the space behind it.
const SIGN: u16 = 2;

/// What was noted, as entries of lines that fit the box: a heading and the sentences about it.
#[derive(Debug, Default)]
pub struct Diagnostics {
    /// What was noted; none until it is known.
    noted: Option<Noted>,
    lines: Vec<Line>,
    /// The lines of each entry, in the order of what was noted.
    entries: Vec<Range<usize>>,
    /// Columns for which the lines were made, and rows for which they were scrolled; none where they are to be made.
    size: Option<(u16, usize)>,
    /// The selected entry.
    selected: usize,
    /// First visible line; none where the selected entry has yet to be shown.
    offset: Option<usize>,
}

/// A line of the overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    role: Role,
    /// Whether a sentence begins with it, and so the sign stands before it.
    signed: bool,
    /// Columns before the text.
    indent: u16,
    text: String,
}

impl Diagnostics {
    /// Takes in what was noted. The entry that was selected stays so, else that of the item asked about is.
    pub fn show(&mut self, noted: Option<Noted>) {
        let former = self.selected_item();
        let about = noted.as_ref().map_or(&[][..], |noted| &noted.about);
        let asked = noted.as_ref().and_then(|noted| noted.asked);
        let of = |item: Option<ItemId>| {
            let item = item?;
            about.iter().position(|one| item_of(one) == Some(item))
        };
        self.selected = of(former).or_else(|| of(asked)).unwrap_or(0);
        self.noted = noted;
        self.size = None;
        self.offset = None;
    }

    /// The item of the selected entry; none where that is about the issue, or there is none.
    #[must_use]
    pub fn selected_item(&self) -> Option<ItemId> {
        let about = &self.noted.as_ref()?.about;
        item_of(about.get(self.selected)?)
    }

    /// Whether there is anything to be selected.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Goes a step: line by line through an entry that is longer than the box, else from entry to entry.
    pub fn go(&mut self, step: Step, height: usize) {
        let (last, end) = (self.entries.len().saturating_sub(1), self.last(height));
        let (offset, below) = (self.offset(), self.offset() + height);
        let Some(entry) = self.entries.get(self.selected).cloned() else {
            return;
        };
        match step {
            Step::First => (self.selected, self.offset) = (0, Some(0)),
            Step::Last => (self.selected, self.offset) = (last, Some(end)),
            Step::By(1) if entry.end > below || self.selected == last => {
                self.offset = Some((offset + 1).min(end));
            }
            Step::By(-1) if entry.start < offset || self.selected == 0 => {
                self.offset = Some(offset.saturating_sub(1));
            }
            Step::By(lines @ (1 | -1)) => {
                self.selected = self.selected.saturating_add_signed(lines).min(last);
                self.reveal(height);
            }
            Step::By(lines) => self.page(lines, height),
        }
    }

    /// Scrolls by so many lines. What is selected stays as long as it begins on the screen.
    fn page(&mut self, lines: isize, height: usize) {
        let before = self.offset();
        let offset = before.saturating_add_signed(lines).min(self.last(height));
        self.offset = Some(offset);
        let begins = |entry: &Range<usize>| (offset..offset + height).contains(&entry.start);
        let stays = self.entries.get(self.selected).is_some_and(begins);
        let on_screen = if lines > 0 {
            self.entries.iter().position(begins)
        } else {
            self.entries.iter().rposition(begins)
        };
        self.selected = match lines > 0 {
            true if offset == before => self.entries.len().saturating_sub(1),
            false if offset == before => 0,
            _ if stays => self.selected,
            // Inside of an entry that is longer than the screen there may be no beginning.
            _ => on_screen.unwrap_or_else(|| {
                let above = self.entries.partition_point(|entry| entry.start <= offset);
                above.saturating_sub(1)
            }),
        };
    }

    /// Scrolls as little as needed to show the selected entry, of a longer one the beginning.
    fn reveal(&mut self, height: usize) {
        if let Some(entry) = self.entries.get(self.selected) {
            let lowest = entry.end.saturating_sub(height).min(entry.start);
            self.offset = Some(self.offset().clamp(lowest, entry.start));
        }
    }

    fn offset(&self) -> usize {
        self.offset.unwrap_or(0)
    }

    /// Which of the entries that say something is selected, from 1, and how many these are; none stands for the item asked about
    /// of which there is nothing to say.
    fn place(&self) -> String {
        let about = self.noted.iter().flat_map(|noted| &noted.about);
        let says: Vec<bool> = about.map(|one| !one.diagnostics.is_empty()).collect();
        let count = |says: &[bool]| says.iter().filter(|says| **says).count();
        match says.get(self.selected) {
            _ if self.entries.is_empty() => String::new(),
            Some(true) => format!("{}/{}", count(&says[..=self.selected]), count(&says)),
            _ => format!("-/{}", count(&says)),
        }
    }

    /// The last line that can be the first visible one.
    const fn last(&self, height: usize) -> usize {
        self.lines.len().saturating_sub(height)
    }

    /// Makes the lines for the box on this screen, where they are not there yet, and shows the selected entry.
    pub fn fit(&mut self, regions: &Regions, policy: WidthPolicy, language: Language) {
        let (width, height) = (
            inside(frame(regions)).width.saturating_sub(2),
            height(regions),
        );
        let former = self.size.replace((width, height));
        if former == self.size {
            return;
        }
        if former.map(|(width, _)| width) != Some(width) {
            let mut page = Page {
                lines: vec![],
                entries: vec![],
                width,
                policy,
            };
            if let Some(noted) = self.noted.as_ref().filter(|noted| !is_nothing(noted)) {
                page.about(noted, language);
            }
            (self.lines, self.entries) = (page.lines, page.entries);
        }
        if self.offset.is_some() {
            self.reveal(height);
        } else {
            let selected = self.entries.get(self.selected);
            self.offset = selected.map(|entry| entry.start);
        }
        self.offset = Some(self.offset().min(self.last(height)));
    }
}

fn item_of(about: &About) -> Option<ItemId> {
    about.item.as_ref().map(|item| item.id)
}

/// Whether nothing at all was noted about the issue.
fn is_nothing(noted: &Noted) -> bool {
    noted.about.iter().all(|one| one.diagnostics.is_empty())
}

/// Lines in the making.
struct Page {
    lines: Vec<Line>,
    entries: Vec<Range<usize>>,
    width: u16,
    policy: WidthPolicy,
}

impl Page {
    fn about(&mut self, noted: &Noted, language: Language) {
        for one in &noted.about {
            self.blank();
            let start = self.lines.len();
            let heading = if let Some(item) = &one.item {
                format!("{} {}", item.address(), item.headline)
            } else {
                let name = wording::issue_title(language, &noted.issue);
                language.say_with("diagnostics.issue", &[("name", &name)])
            };
            self.push(Role::Section, 0, &heading);
            if one.diagnostics.is_empty() {
                self.push(Role::Faint, 0, &language.say("diagnostics.item-none"));
            }
            for diagnostic in &one.diagnostics {
                self.sentence(one, diagnostic, language);
            }
            self.entries.push(start..self.lines.len());
        }
        if noted.left_out > 0 {
            self.blank();
            let sentence = language.say_with("diagnostics.left-out", &[("n", &noted.left_out)]);
            self.push(Role::Faint, 0, &sentence);
        }
    }

    /// A diagnostic, less the item that stands above it.
    fn sentence(&mut self, about: &About, diagnostic: &Diagnostic, language: Language) {
        let bare = Diagnostic {
            item: diagnostic.item.clone().filter(|_| about.item.is_none()),
            ..diagnostic.clone()
        };
        let sentence = wording::diagnostic(language, &bare);
        let sentence = cut(&sentence, LONGEST, self.policy);
        self.push(Role::Text, SIGN, &sentence);
    }

    fn push(&mut self, role: Role, indent: u16, text: &str) {
        let room = usize::from(self.width.saturating_sub(indent));
        let lines = wrap(text, room, 0, self.policy).into_iter().enumerate();
        self.lines.extend(lines.map(|(n, part)| Line {
            role,
            signed: n == 0 && indent > 0,
            indent,
            text: text[part].to_owned(),
        }));
    }

    fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line {
                role: Role::Text,
                signed: false,
                indent: 0,
                text: String::new(),
            });
        }
    }
}

fn frame(regions: &Regions) -> Rect {
    regions.overlay(80, 30)
}

/// Lines that are visible.
#[must_use]
pub fn height(regions: &Regions) -> usize {
    usize::from(inside(frame(regions)).height)
}

/// Draws what was noted over the panes; the heading of the selected entry on the ground of a selected row.
pub fn draw(canvas: &mut Canvas, overlay: &Diagnostics, state: &State) {
    let (entries, offset) = (&overlay.entries, overlay.offset());
    let place = overlay.place();
    let title = state.language.say("overlay.diagnostics");
    let area = open_box(canvas, frame(&state.regions()), &title, &place);
    if overlay.noted.as_ref().is_some_and(is_nothing) {
        empty(canvas, area, &state.language.say("diagnostics.none"));
    }
    let look = canvas.look();
    let selected = entries.get(overlay.selected).cloned().unwrap_or_default();
    let shown = overlay.lines.iter().enumerate().skip(offset);
    for (row, (n, line)) in area.rows().zip(shown) {
        let is_selected = line.role == Role::Section && selected.contains(&n);
        let ground = look.style(if is_selected {
            Role::Selected
        } else {
            Role::Text
        });
        canvas.fill(row, ground);
        let x = row.x + 1;
        if line.signed {
            canvas.role(row, x, row.y, look.glyphs.diagnostic, Role::Diagnostic);
        }
        let style = look.on(ground, line.role);
        canvas.text(row, x + line.indent, row.y, &line.text, style);
    }
}
