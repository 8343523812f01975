//! What the parser was unsure of: about the selected item, then about its issue as a whole, in sentences.

use super::{empty, inside, open_box};
use crate::app::wording;
use crate::config::Language;
use crate::issue::Diagnostic;
use crate::look::{Glyphs, Role};
use crate::store::Noted;
use crate::text::{WidthPolicy, cut, wrap};
use crate::tui::cursor::Step;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Columns of a sentence that are shown: a line that is no part of the issue may be as long as the file.
const LONGEST: usize = 2000;
/// Columns of the sign before a sentence, with the space behind it.
const SIGN: u16 = 2;

/// What was noted, as lines that fit the box.
#[derive(Debug, Default)]
pub struct Diagnostics {
    /// What was noted; none until it is known.
    noted: Option<Noted>,
    lines: Vec<Line>,
    /// Columns for which the lines were made; none where they are to be made.
    width: Option<u16>,
    /// First visible line.
    offset: usize,
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
    /// Goes a step; the last line stays at the lower edge.
    pub fn go(&mut self, step: Step, height: usize) {
        let last = self.lines.len().saturating_sub(height);
        self.offset = step.from(self.offset, self.lines.len()).min(last);
    }

    /// Takes in what was noted.
    pub fn show(&mut self, noted: Option<Noted>) {
        self.noted = noted;
        self.width = None;
    }

    /// Makes the lines for the box on this screen, where they are not there yet.
    pub fn fit(&mut self, regions: &Regions, policy: WidthPolicy, language: Language) {
        let width = inside(frame(regions)).width.saturating_sub(2);
        if self.width.replace(width) == Some(width) {
            return;
        }
        let mut page = Page {
            lines: vec![],
            width,
            policy,
        };
        if let Some(noted) = self.noted.as_ref().filter(|noted| !is_empty(noted)) {
            page.about(noted, language);
        }
        self.lines = page.lines;
    }
}

/// Whether nothing at all was noted about the issue.
const fn is_empty(noted: &Noted) -> bool {
    noted.about_item.is_empty() && noted.about_issue.is_empty() && noted.elsewhere == 0
}

/// Lines in the making.
struct Page {
    lines: Vec<Line>,
    width: u16,
    policy: WidthPolicy,
}

impl Page {
    fn about(&mut self, noted: &Noted, language: Language) {
        if let Some(item) = &noted.item {
            let heading = format!("{} {}", item.address(), item.headline);
            self.push(Role::Section, 0, &heading);
            if noted.about_item.is_empty() {
                self.push(Role::Faint, 0, &language.say("diagnostics.item-none"));
            }
            self.sentences(&noted.about_item, language);
        }
        if !noted.about_issue.is_empty() {
            self.blank();
            let name = wording::issue_title(language, &noted.issue);
            let heading = language.say_with("diagnostics.issue", &[("name", &name)]);
            self.push(Role::Section, 0, &heading);
            self.sentences(&noted.about_issue, language);
        }
        let sign = Glyphs::for_width(self.policy.ambiguous).diagnostic;
        for (count, word) in [
            (noted.left_out, "diagnostics.left-out"),
            (noted.elsewhere, "diagnostics.elsewhere"),
        ] {
            if count > 0 {
                self.blank();
                let sentence = language.say_with(word, &[("n", &count), ("sign", &sign)]);
                self.push(Role::Faint, 0, &sentence);
            }
        }
    }

    /// Each diagnostic, less the item that stands above it.
    fn sentences(&mut self, diagnostics: &[Diagnostic], language: Language) {
        for diagnostic in diagnostics {
            let bare = Diagnostic {
                item: None,
                ..diagnostic.clone()
            };
            let sentence = wording::diagnostic(language, &bare);
            let sentence = cut(&sentence, LONGEST, self.policy);
            self.push(Role::Text, SIGN, &sentence);
        }
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

/// Draws what was noted over the panes.
pub fn draw(canvas: &mut Canvas, overlay: &Diagnostics, state: &State) {
    let regions = state.regions();
    let height = height(&regions);
    let (len, offset) = (overlay.lines.len(), overlay.offset);
    let foot = if len > height {
        format!("{}%", (offset + height).min(len) * 100 / len)
    } else {
        String::new()
    };
    let title = state.language.say("overlay.diagnostics");
    let area = open_box(canvas, frame(&regions), &title, &foot);
    if overlay.noted.as_ref().is_some_and(is_empty) {
        empty(canvas, area, &state.language.say("diagnostics.none"));
    }
    let look = canvas.look();
    for (row, line) in area.rows().zip(overlay.lines.iter().skip(offset)) {
        let x = row.x + 1;
        if line.signed {
            canvas.role(row, x, row.y, look.glyphs.diagnostic, Role::Diagnostic);
        }
        canvas.role(row, x + line.indent, row.y, &line.text, line.role);
    }
}
