//! The body pane: headline, place and source of an item, its lead and paragraphs, wrapped and scrolled, with what is found
//! in them.

mod compose;
mod hits;
mod lines;
mod setting;
mod stated;

use crate::config::Language;
use crate::issue::Marks;
use crate::look::Role;
use crate::store::ItemView;
use crate::text::Folded;
use crate::tui::effect::Arrival;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::panes::bar::Bar;
use crate::tui::state::{Focus, Pane, State};
use compose::{Block, blocks};
use hits::Hit;
pub use hits::Spot;
use lines::{Line, Lines};
use ratatui::layout::Rect;
use ratatui::style::Style;
pub use setting::Setting;
use std::ops::Range;

/// Columns of a mark that hangs in the margin.
pub const HANGING: u16 = 2;

/// An item as lines of the width of the pane.
#[derive(Debug)]
pub struct Body {
    /// The item.
    pub view: ItemView,
    /// Whether it has been read again since, and is to be fetched anew.
    pub outdated: bool,
    /// First visible line.
    pub offset: usize,
    blocks: Vec<Block>,
    lines: Lines,
    /// Characters of the item's text above the first visible line, or what would be above it if the screen were not so
    /// large that it shows them: how far the item is read.
    place: u32,
    /// Columns for which the lines were made.
    width: u16,
    /// How they were set.
    setting: Setting,
    /// Rows for which they were scrolled.
    height: usize,
    /// What is looked for in it, in reading order.
    hits: Vec<Hit>,
    /// The match that was gone to last, an index of `hits`.
    hit: Option<usize>,
    /// The blocks folded, as far as they have been searched: what is looked for changes with every key.
    folded: Vec<Option<Folded>>,
    /// Of each block, the bytes that facts were read from, in order.
    read: Vec<Vec<Range<usize>>>,
}

/// A part of a line that looks the same all through.
struct Piece {
    part: Range<usize>,
    /// The role of the match that it is of, if it is of one.
    hit: Option<Role>,
    /// Whether a fact was read from it.
    is_read: bool,
}

impl Body {
    /// The lines of `view` at `width` columns.
    #[must_use]
    pub fn new(view: ItemView, width: u16, setting: Setting) -> Self {
        let blocks = blocks(&view, width, &setting);
        let lines = Lines::new(&blocks, width, &setting);
        Self {
            read: stated::read(&view.item.facts, &blocks),
            view,
            outdated: false,
            offset: 0,
            place: 0,
            blocks,
            lines,
            width,
            setting,
            height: 0,
            hits: vec![],
            hit: None,
            folded: vec![],
        }
    }

    /// Whether the lines of `view` would be these.
    #[must_use]
    pub fn reads_as(&self, view: &ItemView) -> bool {
        let of = |view: &ItemView| {
            let head = &view.head;
            (
                head.publication.clone(),
                head.key.clone(),
                head.section.clone(),
            )
        };
        (&self.view.item, &self.view.diagnostics) == (&view.item, &view.diagnostics)
            && of(&self.view) == of(view)
    }

    /// Makes the lines again where the width has changed or how they are set, and scrolls again where the height has; what was
    /// at the top stays there.
    pub fn fit(&mut self, width: u16, height: usize, setting: Setting) {
        if (self.width, self.height, self.setting) == (width, height, setting) {
            return;
        }
        if (self.width, self.setting) != (width, setting) {
            self.setting = setting;
            self.width = width;
            self.lay_out();
            let hits = std::mem::take(&mut self.hits);
            self.hits = hits
                .into_iter()
                .map(|hit| self.hit_at(hit.block, hit.range))
                .collect();
        }
        (self.width, self.height) = (width, height);
        self.go_to_place();
    }

    /// Changes what the item is marked with; its lines are made again where they show it.
    pub fn change_marks(&mut self, change: impl Fn(&mut Marks)) {
        let before = self.view.head.marks.clone();
        change(&mut self.view.head.marks);
        let marks = &self.view.head.marks;
        if (&before.tags, &before.note) == (&marks.tags, &marks.note) {
            return;
        }
        // What is searched stays, behind what has come or gone.
        let was: Vec<usize> = self.searched().map(|(block, _)| block).collect();
        self.lay_out();
        let now: Vec<usize> = self.searched().map(|(block, _)| block).collect();
        let hits = std::mem::take(&mut self.hits).into_iter();
        self.hits = hits
            .filter_map(|hit| {
                let n = was.binary_search(&hit.block).ok()?;
                Some(self.hit_at(*now.get(n)?, hit.range))
            })
            .collect();
        self.go_to_place();
    }

    /// Makes blocks and lines again.
    fn lay_out(&mut self) {
        self.blocks = blocks(&self.view, self.width, &self.setting);
        self.lines = Lines::new(&self.blocks, self.width, &self.setting);
        self.read = stated::read(&self.view.item.facts, &self.blocks);
        self.folded.clear();
    }

    /// Shows the item from where it was left, or a match of it.
    pub fn arrive(&mut self, arrival: Arrival, height: usize) {
        self.height = height;
        self.hit = None;
        match arrival {
            Arrival::Place => {
                self.place = self.view.place;
                self.go_to_place();
            }
            Arrival::At(spot) => self.return_to(spot),
            Arrival::FirstHit => {
                self.go_first_hit();
            }
            Arrival::LastHit => {
                self.go_last_hit();
            }
        }
    }

    /// Whether its text has words that a fact was read from.
    #[must_use]
    pub fn has_read(&self) -> bool {
        self.read.iter().any(|ranges| !ranges.is_empty())
    }

    /// How far the item is read: characters of its text above the first visible line.
    #[must_use]
    pub const fn place(&self) -> u32 {
        self.place
    }

    /// Puts a line at the top, and so makes the place.
    fn scroll_to(&mut self, offset: usize) {
        self.offset = offset;
        let first = self.lines.place_at(offset);
        self.place = first.filter(|_| offset > 0).unwrap_or(0);
    }

    /// Puts the line that holds the place at the top, as far as the screen goes.
    fn go_to_place(&mut self) {
        let line = if self.place > 0 {
            self.lines.of_place(self.place)
        } else {
            0
        };
        self.offset = line.min(self.last_offset());
    }

    /// Scrolls by so many lines; whether anything moved.
    pub fn scroll(&mut self, lines: isize) -> bool {
        let to = self.offset.saturating_add_signed(lines);
        let to = to.min(self.last_offset());
        if to == self.offset {
            return false;
        }
        self.hit = None;
        self.scroll_to(to);
        true
    }

    /// Whether the last line is visible.
    #[must_use]
    pub const fn at_end(&self) -> bool {
        self.offset + self.height >= self.lines.len()
    }

    const fn last_offset(&self) -> usize {
        self.lines.len().saturating_sub(self.height)
    }

    /// Draws the visible lines into `area`, and what hangs into the margin behind it; the words that facts were read from
    /// underlined if `underlined`.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, underlined: bool) {
        let margin = if self.setting.page.hang { HANGING } else { 0 };
        let area = Rect {
            width: area.width + margin,
            ..area
        };
        for (row, line) in area.rows().zip(self.lines.from(self.offset)) {
            self.draw_line(canvas, row, line, underlined);
        }
    }

    fn draw_line(&self, canvas: &mut Canvas, row: Rect, line: &Line, underlined: bool) {
        let look = canvas.look();
        let plain = look.style(self.blocks[line.block].role);
        if line.indent > 0 && self.blocks[line.block].role == Role::Note {
            canvas.text(row, row.x, row.y, look.glyphs.vertical, plain);
        }
        let mut x = row.x + line.indent;
        for piece in self.pieces(line, underlined) {
            let mut style = plain;
            if piece.is_read {
                style = look.on(style, Role::FactWords);
            }
            let mut before = plain;
            if let Some(role) = piece.hit {
                style = look.on(style, role);
                before = style;
            }
            x = self.draw_part(canvas, row, x, line, piece.part, [before, style]);
        }
    }

    /// The line in parts that look alike.
    fn pieces(&self, line: &Line, underlined: bool) -> Vec<Piece> {
        let Range { start, end } = line.part;
        let passed = |hit: &Hit| (hit.block, hit.range.end) <= (line.block, start);
        let first = self.hits.partition_point(passed);
        let reaches = |hit: &&Hit| (hit.block, hit.range.start) < (line.block, end);
        let hits: Vec<&Hit> = self.hits[first..].iter().take_while(reaches).collect();
        let read = self.read[line.block].iter().filter(|_| underlined);
        let read: Vec<&Range<usize>> = read
            .filter(|read| read.start < end && read.end > start)
            .collect();
        let ranges = hits.iter().map(|hit| &hit.range);
        let ranges = ranges.chain(read.iter().copied());
        let mut borders: Vec<usize> = ranges
            .flat_map(|range| [range.start, range.end])
            .filter(|at| (start + 1..end).contains(at))
            .chain([start, end])
            .collect();
        borders.sort_unstable();
        borders.dedup();
        let pieces = borders.windows(2).map(|pair| {
            let at = pair[0];
            let hit = hits.iter().position(|hit| hit.range.contains(&at));
            let hit = hit.map(|n| {
                if self.hit == Some(first + n) {
                    Role::CurrentMatch
                } else {
                    Role::Match
                }
            });
            Piece {
                part: at..pair[1],
                hit,
                is_read: read.iter().any(|read| read.contains(&at)),
            }
        });
        pieces.collect()
    }

    /// Draws a part of a line from `x` on, with the space between hanzi and latin as it is to be shown; the column behind it. Of
    /// the styles the first is that of a space before the part.
    fn draw_part(
        &self,
        canvas: &mut Canvas,
        row: Rect,
        mut x: u16,
        line: &Line,
        part: Range<usize>,
        [before, style]: [Style; 2],
    ) -> u16 {
        let text = &self.blocks[line.block].text;
        let mut at = part.start;
        for gap in self.lines.gaps(line.block, at.saturating_sub(1)) {
            let Range { start, end } = gap.printed;
            if start >= part.end {
                break;
            }
            if end < at || (start < at && end == at) {
                continue;
            }
            x = canvas.text(row, x, row.y, &text[at..start.max(at)], style);
            // Where a line is broken nothing is shown.
            if start >= part.start && start > line.part.start {
                let style = if start == part.start { before } else { style };
                x = canvas.text(row, x, row.y, &" ".repeat(gap.columns), style);
            }
            at = end.clamp(at, part.end);
        }
        canvas.text(row, x, row.y, &text[at..part.end], style)
    }

    /// Draws the scroll bar into `column`, with the matches on it.
    pub fn draw_bar(&self, canvas: &mut Canvas, column: Rect, active: bool) {
        let sign = canvas.look().glyphs.hit;
        let current = self.hit.map(|hit| &self.hits[hit]);
        let hits = self.hits.iter().map(|hit| (hit, Role::Match));
        let hits = hits.chain(current.map(|hit| (hit, Role::CurrentMatch)));
        Bar {
            len: self.lines.len(),
            offset: self.offset,
        }
        .draw(
            canvas,
            column,
            active,
            hits.map(|(hit, role)| (hit.line, sign, role)),
        );
    }

    /// How far the body is read: 全文 where all of it is visible, else the share above the lower edge; and which of the
    /// hits was gone to.
    fn position(&self, language: Language) -> String {
        let seen = (self.offset + self.height).min(self.lines.len());
        let read = if self.lines.len() <= self.height {
            language.say("body.whole").into_owned()
        } else {
            format!("{}%", seen * 100 / self.lines.len())
        };
        match (self.hits.len(), self.hit) {
            (0, _) => read,
            (all, hit) => {
                let hit = hit.map_or(String::new(), |hit| format!("{}/", hit + 1));
                let hits = language.say_with("body.hits", &[("n", &format!("{hit}{all}"))]);
                format!("{hits} · {read}")
            }
        }
    }
}

/// Draws the pane into `area`, frame and all.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let regions = state.regions();
    let lines = regions.body_lines();
    let body = state.open.as_ref().and_then(|open| open.body.as_ref());
    let position = body
        .map(|body| body.position(state.language))
        .unwrap_or_default();
    let title = state.language.say("pane.body");
    match regions.shape {
        Shape::Zen => {}
        Shape::Narrow => canvas.head(area, &title, &position),
        Shape::Tiny | Shape::Medium | Shape::Wide => {
            let active = state.focus == Focus::On(Pane::Body);
            canvas.frame(area, active, &title, &position);
        }
    }
    if let Some(body) = body {
        body.draw(canvas, lines, state.underlined);
    }
}

/// Draws its scroll bar into `column`.
pub fn draw_bar(canvas: &mut Canvas, column: Rect, state: &State) {
    let active = state.focus == Focus::On(Pane::Body);
    if let Some(body) = state.open.as_ref().and_then(|open| open.body.as_ref()) {
        body.draw_bar(canvas, column, active);
    }
}

#[cfg(test)]
mod tests;
