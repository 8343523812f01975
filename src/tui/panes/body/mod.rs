//! The body pane: headline, place and source of an item, its lead and paragraphs, wrapped and scrolled, with what the
//! filter's words match.

mod compose;

use crate::config::Language;
use crate::look::Role;
use crate::store::ItemView;
use crate::text::{WidthPolicy, occurrences};
use crate::tui::effect::Arrival;
use crate::tui::layout::Shape;
use crate::tui::paint::Canvas;
use crate::tui::state::{Focus, Pane, State};
use compose::{Block, Line, blocks, lines};
use ratatui::layout::Rect;
use std::ops::Range;

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
    lines: Vec<Line>,
    /// Characters of the item's text above the first visible line, or what would be above it if the screen were not so
    /// large that it shows them: how far the item is read.
    place: u32,
    /// Columns for which the lines were made.
    width: u16,
    /// Rows for which they were scrolled.
    height: usize,
    /// What the filter's words match, in reading order.
    hits: Vec<Hit>,
    /// The match that was gone to last, an index of `hits`.
    hit: Option<usize>,
}

/// A match: where in which block, and on which line it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    block: usize,
    range: Range<usize>,
    line: usize,
}

impl Body {
    /// The lines of `view` at `width` columns.
    #[must_use]
    pub fn new(view: ItemView, width: u16, policy: WidthPolicy, language: Language) -> Self {
        let blocks = blocks(&view, width, policy, language);
        let lines = lines(&blocks, width, policy);
        Self {
            view,
            outdated: false,
            offset: 0,
            place: 0,
            blocks,
            lines,
            width,
            height: 0,
            hits: vec![],
            hit: None,
        }
    }

    /// Makes the lines again where the width has changed, and scrolls again where the height has; what was at the top stays
    /// there.
    pub fn fit(&mut self, width: u16, height: usize, policy: WidthPolicy, language: Language) {
        if (self.width, self.height) == (width, height) {
            return;
        }
        if self.width != width {
            self.blocks = blocks(&self.view, width, policy, language);
            self.lines = lines(&self.blocks, width, policy);
            let hits = std::mem::take(&mut self.hits);
            self.hits = hits
                .into_iter()
                .map(|hit| self.hit_at(hit.block, hit.range))
                .collect();
        }
        (self.width, self.height) = (width, height);
        self.go_to_place();
    }

    /// Marks where `needles`, folded words, stand in headline, lead and paragraphs.
    pub fn mark(&mut self, needles: &[String]) {
        let searched =
            self.blocks.iter().enumerate().filter(|(_, block)| {
                matches!(block.role, Role::Headline | Role::Lead | Role::Body)
            });
        self.hits = searched
            .flat_map(|(n, block)| {
                let ranges = occurrences(&block.text, needles).into_iter();
                ranges.map(move |range| (n, range))
            })
            .map(|(block, range)| self.hit_at(block, range))
            .collect();
        self.hit = None;
    }

    fn hit_at(&self, block: usize, range: Range<usize>) -> Hit {
        let on = |line: &Line| {
            line.part
                .as_ref()
                .is_some_and(|(of, part)| *of == block && part.end > range.start)
        };
        let line = self.lines.iter().position(on).unwrap_or(0);
        Hit { block, range, line }
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
            Arrival::FirstHit => {
                self.scroll_to(0);
                self.go_hit(true);
            }
            Arrival::LastHit => {
                self.scroll_to(self.last_offset());
                self.show_hit(self.hits.len().checked_sub(1));
            }
        }
    }

    /// How far the item is read: characters of its text above the first visible line.
    #[must_use]
    pub const fn place(&self) -> u32 {
        self.place
    }

    /// Puts a line at the top, and so makes the place.
    fn scroll_to(&mut self, offset: usize) {
        self.offset = offset;
        let mut shown = self.lines.iter().skip(offset);
        let first = shown.find_map(|line| self.start(line));
        self.place = first.filter(|_| offset > 0).unwrap_or(0);
    }

    /// Puts the line that holds the place at the top, as far as the screen goes: of several that begin there, the first.
    fn go_to_place(&mut self) {
        let starts = || self.lines.iter().map(|line| self.start(line));
        let place = self.place;
        let nearest = starts().flatten().filter(|start| *start <= place).max();
        let line = starts().position(|start| start.is_some() && start == nearest);
        let line = line.filter(|_| place > 0).unwrap_or(0);
        self.offset = line.min(self.last_offset());
    }

    /// Characters of the item's text before a line; none for a blank one.
    fn start(&self, line: &Line) -> Option<u32> {
        let (block, part) = line.part.as_ref()?;
        let block = &self.blocks[*block];
        if !block.counts() {
            // One less than what follows it, so that the two are told apart.
            return Some(block.start.saturating_sub(1));
        }
        let within = block.text[..part.start].chars().count();
        Some(
            block
                .start
                .saturating_add(u32::try_from(within).unwrap_or(u32::MAX)),
        )
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

    /// Goes to the next match, or the one before; whether there is one. The first to go to is the first on the screen or
    /// below it, or the last above it.
    pub fn go_hit(&mut self, forward: bool) -> bool {
        let next = match (self.hit, forward) {
            (Some(hit), true) => Some(hit + 1),
            (Some(hit), false) => hit.checked_sub(1),
            (None, true) => self.hits.iter().position(|hit| hit.line >= self.offset),
            (None, false) => self.hits.iter().rposition(|hit| hit.line < self.offset),
        };
        self.show_hit(next.filter(|next| *next < self.hits.len()))
    }

    fn show_hit(&mut self, hit: Option<usize>) -> bool {
        let Some(n) = hit else { return false };
        self.hit = hit;
        let line = self.hits[n].line;
        if line < self.offset || line >= self.offset + self.height {
            let above = line.saturating_sub(self.height / 3);
            self.scroll_to(above.min(self.last_offset()));
        }
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

    /// Draws the visible lines into `area`.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect) {
        let shown = self.lines.iter().skip(self.offset);
        for (row, line) in area.rows().zip(shown) {
            if let Some((block, part)) = &line.part {
                self.draw_part(canvas, row, line.indent, *block, part.clone());
            }
        }
    }

    fn draw_part(&self, canvas: &mut Canvas, row: Rect, indent: u16, n: usize, part: Range<usize>) {
        let look = canvas.look();
        let block = &self.blocks[n];
        let plain = look.style(block.role);
        let (mut x, mut at) = (row.x + indent, part.start);
        for (index, hit) in self
            .hits
            .iter()
            .enumerate()
            .filter(|(_, hit)| hit.block == n)
        {
            let (from, to) = (hit.range.start.max(at), hit.range.end.min(part.end));
            if from >= to {
                continue;
            }
            x = canvas.text(row, x, row.y, &block.text[at..from], plain);
            let role = if self.hit == Some(index) {
                Role::CurrentMatch
            } else {
                Role::Match
            };
            x = canvas.text(
                row,
                x,
                row.y,
                &block.text[from..to],
                plain.patch(look.style(role)),
            );
            at = to;
        }
        canvas.text(row, x, row.y, &block.text[at..part.end], plain);
    }

    /// How far the body is read: 全文 where all of it is visible, else the share above the lower edge; and which of the
    /// matches was gone to.
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
    if regions.shape == Shape::Narrow {
        canvas.head(area, &title, &position);
    } else {
        let active = state.focus == Focus::On(Pane::Body);
        canvas.frame(area, active, &title, &position);
    }
    if let Some(body) = body {
        body.draw(canvas, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{
        Facts, IssueLabel, IssueNumber, Item, ItemHead, ItemId, ItemKey, ItemOrdinal, Marks,
        SectionOrdinal,
    };
    use proptest::prelude::*;

    fn view(lead: Option<String>, paragraphs: Vec<String>) -> ItemView {
        let headline = "某市一批新能源项目集中开工".to_owned();
        ItemView {
            head: ItemHead {
                id: ItemId(1),
                key: ItemKey {
                    publication: "试验周报".into(),
                    issue: IssueNumber(7),
                    headline: headline.clone(),
                    nth: 0,
                },
                publication: "试验周报".into(),
                shared_number: false,
                section_ordinal: SectionOrdinal(1),
                ordinal: ItemOrdinal(1),
                section: "招商".into(),
                headline: headline.clone(),
                page: Some(1),
                source: None,
                diagnostics: 0,
                facts: Facts::default(),
                marks: Marks::default(),
            },
            issue: IssueLabel {
                publication: "试验周报".into(),
                number: IssueNumber(7),
                year: None,
                month: None,
                week: None,
            },
            item: Item {
                ordinal: ItemOrdinal(1),
                headline,
                contents_headline: None,
                page: Some(1),
                lead,
                paragraphs,
                source: Some("某省网站".into()),
                pictures: vec![],
                facts: Facts::default(),
            },
            diagnostics: vec![],
            place: 0,
        }
    }

    fn body(width: u16) -> Body {
        let text = "项目建成后年产新能源电池十万套，新能 源产业链更加完整。".repeat(6);
        Body::new(
            view(Some("新能源导语。".into()), vec![text]),
            width,
            WidthPolicy::default(),
            Language::Chinese,
        )
    }

    #[test]
    fn matches_are_gone_through_in_order_and_come_into_view() {
        let mut body = body(30);
        body.mark(&["新能源".to_owned()]);
        assert_eq!(
            body.hits.len(),
            14,
            "headline, lead, and two in each sentence"
        );
        let height = 5;
        body.arrive(Arrival::FirstHit, height);
        for n in 0..14 {
            assert_eq!(body.hit, Some(n));
            let line = body.hits[n].line;
            assert!((body.offset..body.offset + height).contains(&line));
            assert_eq!(body.go_hit(true), n < 13);
        }
        assert!(body.go_hit(false));
        assert_eq!(body.hit, Some(12));
        body.scroll(-100);
        assert_eq!(body.hit, None);
        assert!(!body.go_hit(false), "none above the first line");
    }

    proptest! {
        #[test]
        fn a_place_is_found_again_at_any_width(from in 12_u16..80, to in 12_u16..80, offset in 0_usize..40, height in 1_usize..12) {
            let mut body = body(from);
            let (policy, language) = (WidthPolicy::default(), Language::Chinese);
            body.fit(from, height, policy, language);
            body.scroll_to(offset.min(body.last_offset()));
            let (place, top) = (body.place(), body.offset);
            body.fit(to, height, policy, language);
            prop_assert_eq!(body.place(), place);
            let starts = |lines: &[Line]| lines.iter().filter_map(|line| body.start(line)).collect::<Vec<_>>();
            let above = starts(&body.lines[..body.offset]);
            prop_assert!(place == 0 || above.iter().all(|start| *start <= place), "what was at the top is visible");
            body.fit(from, height, policy, language);
            // The lines that say where the item stands share one place, and the blank line behind them.
            let shared = body.lines.iter().filter(|line| line.part.as_ref().is_some_and(|(block, _)| *block == 1)).count() + 1;
            prop_assert!(body.offset <= top + 1 && body.offset + shared >= top, "{} instead of {top}", body.offset);
        }
    }
}
