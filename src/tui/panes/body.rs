//! The body pane: headline, place and source of an item, its lead and paragraphs, wrapped and scrolled.

use crate::config::Language;
use crate::issue::Item;
use crate::look::Role;
use crate::store::ItemView;
use crate::text::{WidthPolicy, wrap};
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::state::{Pane, State};
use ratatui::layout::Rect;

/// Columns before the first line of a paragraph: two hanzi, as printed.
const INDENT: u16 = 4;
/// Below this width an indent costs more than it helps.
const INDENT_FROM: u16 = 24;

/// An item as lines of the width of the pane.
#[derive(Debug)]
pub struct Body {
    /// The item.
    pub view: ItemView,
    /// Its lines.
    pub lines: Vec<Line>,
    /// First visible line.
    pub offset: usize,
    /// Columns for which the lines were made.
    width: u16,
}

/// A line of a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Columns before the text.
    pub indent: u16,
    /// What it says.
    pub text: String,
    /// What it is.
    pub role: Option<Role>,
}

impl Body {
    /// The lines of `view` at `width` columns.
    #[must_use]
    pub fn new(view: ItemView, width: u16, policy: WidthPolicy, language: Language) -> Self {
        let lines = compose(&view, width, policy, language);
        Self {
            view,
            lines,
            offset: 0,
            width,
        }
    }

    /// Makes the lines again where the width has changed; what was at the top stays about there.
    pub fn fit(&mut self, width: u16, height: usize, policy: WidthPolicy, language: Language) {
        if self.width != width {
            let before = self.lines.len().max(1);
            self.lines = compose(&self.view, width, policy, language);
            self.offset = self.offset * self.lines.len() / before;
            self.width = width;
        }
        self.scroll(0, height);
    }

    /// Scrolls by so many lines; whether anything moved.
    pub fn scroll(&mut self, lines: isize, height: usize) -> bool {
        let before = self.offset;
        self.offset = self
            .offset
            .saturating_add_signed(lines)
            .min(self.lines.len().saturating_sub(height));
        self.offset != before
    }

    /// Whether the last line is visible.
    #[must_use]
    pub const fn at_end(&self, height: usize) -> bool {
        self.offset + height >= self.lines.len()
    }
}

/// The lines of an item.
fn compose(view: &ItemView, width: u16, policy: WidthPolicy, language: Language) -> Vec<Line> {
    let mut page = Composer {
        lines: vec![],
        width,
        policy,
    };
    let item = &view.item;
    page.block(&item.headline, 0, Role::Headline);
    page.block(&place_line(view, language), 0, Role::Source);
    let indent = if width >= INDENT_FROM { INDENT } else { 0 };
    if let Some(lead) = &item.lead {
        page.blank();
        page.block(lead, indent, Role::Lead);
    }
    let last = item.paragraphs.len().saturating_sub(1);
    for (n, paragraph) in item.paragraphs.iter().enumerate() {
        page.blank();
        let text = if n == last {
            Item::closed(paragraph)
        } else {
            paragraph.as_str().into()
        };
        page.block(&text, indent, Role::Body);
    }
    if let Some(source) = &item.source {
        page.blank();
        page.block(
            &format!("{}{source}", language.say("body.source")),
            0,
            Role::Source,
        );
    }
    page.lines
}

/// Publication, issue, section and page of an item.
fn place_line(view: &ItemView, language: Language) -> String {
    let mut parts = vec![
        format!(
            "{} {}",
            view.head.publication,
            language.say_with("issue.number", &[("n", &view.head.key.issue)])
        ),
        view.head.section.clone(),
    ];
    parts.extend(
        view.item
            .page
            .map(|page| language.say_with("issue.page", &[("n", &page)])),
    );
    parts.join(" · ")
}

struct Composer {
    lines: Vec<Line>,
    width: u16,
    policy: WidthPolicy,
}

impl Composer {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn block(&mut self, text: &str, indent: u16, role: Role) {
        let ranges = wrap(
            text,
            usize::from(self.width),
            usize::from(indent),
            self.policy,
        );
        self.lines
            .extend(ranges.into_iter().enumerate().map(|(n, range)| Line {
                indent: if n == 0 { indent } else { 0 },
                text: text[range].to_owned(),
                role: Some(role),
            }));
    }
}

/// Draws the pane into `area`, frame and all.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let regions = state.regions();
    let lines = regions.body_lines();
    let body = state.issue.as_ref().and_then(|issue| issue.body.as_ref());
    let position = body
        .map(|body| position(body, usize::from(lines.height), state.language))
        .unwrap_or_default();
    let title = state.language.say("pane.body");
    if regions.shape == Shape::Medium {
        canvas.frame(area, state.focus == Pane::Body, &title, &position);
    } else {
        canvas.head(area, &title, &position);
    }
    if let Some(body) = body {
        draw_lines(
            canvas,
            lines,
            &body.lines[body.offset.min(body.lines.len())..],
        );
    }
}

/// Draws lines into `area`, as many as fit.
pub fn draw_lines(canvas: &mut Canvas, area: Rect, lines: &[Line]) {
    for (row, line) in area.rows().zip(lines) {
        canvas.role(
            row,
            row.x + line.indent,
            row.y,
            &line.text,
            line.role.unwrap_or(Role::Text),
        );
    }
}

/// How far the body is read: 全文 where all of it is visible, else the share above the lower edge.
fn position(body: &Body, height: usize, language: Language) -> String {
    if body.lines.len() <= height {
        return language.say("body.whole").into_owned();
    }
    let seen = (body.offset + height).min(body.lines.len());
    format!("{}%", seen * 100 / body.lines.len())
}
