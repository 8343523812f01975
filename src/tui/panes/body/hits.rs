//! What is looked for in an item: where it stands in its text, and going from one hit to the next.
//! Must not know whether the filter or the reader looks for it, or draw it.

use super::Body;
use crate::text::Folded;
use crate::tui::finding::Sought;
use std::ops::Range;

/// A hit: where in which block, and on which line it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub block: usize,
    pub range: Range<usize>,
    pub line: usize,
}

/// Where the screen stands in an item, to come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    offset: usize,
    place: u32,
    width: u16,
}

impl Body {
    /// Marks where what is looked for stands: words of the filter in headline, lead and paragraphs, as a search looks in them;
    /// what was typed in the source too.
    pub fn mark(&mut self, sought: &Sought) {
        self.hit = None;
        self.hits.clear();
        if sought.is_nothing() {
            return;
        }
        self.folded.resize_with(self.blocks.len(), || None);
        let searched: Vec<(usize, usize)> = self.searched().collect();
        for (n, from) in searched {
            let text = &self.blocks[n].text[from..];
            let folded = self.folded[n].get_or_insert_with(|| Folded::new(text));
            let ranges = match sought {
                Sought::Words(words) if self.blocks[n].counts() => folded.any_of(words),
                Sought::Words(_) => vec![],
                Sought::Text(needle) => folded.each(text, needle),
            };
            for range in ranges {
                let range = from + range.start..from + range.end;
                // None is above the line of the one before it, and that may be the last line of its block.
                let above = self.hits.last().map_or(0, |last| last.line);
                let line = self.lines.of_byte_from(above, n, range.start);
                let block = n;
                self.hits.push(Hit { block, range, line });
            }
        }
    }

    /// The blocks that are searched, and from which byte on: the item's own text, and its source without what stands before it.
    pub(super) fn searched(&self) -> impl Iterator<Item = (usize, usize)> {
        let blocks = self.blocks.iter().enumerate();
        let own = blocks.filter(|(_, block)| block.field.is_some());
        own.map(|(n, block)| (n, block.label))
    }

    pub(super) fn hit_at(&self, block: usize, range: Range<usize>) -> Hit {
        let line = self.lines.of_byte(block, range.start);
        Hit { block, range, line }
    }

    /// Goes to the next hit, or the one before; whether there is one. The first to go to is the first on the screen or
    /// below it, or the last above it.
    pub fn go_hit(&mut self, forward: bool) -> bool {
        let next = match (self.hit, forward) {
            (Some(hit), true) => Some(hit + 1),
            (Some(hit), false) => hit.checked_sub(1),
            (None, true) => Some(self.hits_above()),
            (None, false) => self.hits_above().checked_sub(1),
        };
        self.show_hit(next.filter(|next| *next < self.hits.len()))
    }

    /// Goes back to `spot`, and from there to the first hit on the screen or below it, else to the first one of all.
    pub fn go_hit_from(&mut self, spot: Spot) {
        self.return_to(spot);
        if !self.go_hit(true) {
            self.show_hit((!self.hits.is_empty()).then_some(0));
        }
    }

    /// Goes to the first hit of the item.
    pub(super) fn go_first_hit(&mut self) {
        self.scroll_to(0);
        self.go_hit(true);
    }

    /// Goes to the last hit of the item.
    pub(super) fn go_last_hit(&mut self) {
        self.scroll_to(self.last_offset());
        self.show_hit(self.hits.len().checked_sub(1));
    }

    /// How many hits begin above the screen.
    fn hits_above(&self) -> usize {
        self.hits.partition_point(|hit| hit.line < self.offset)
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

    /// How many hits there are, and which of them was gone to, from 1.
    #[must_use]
    pub fn hits(&self) -> (usize, Option<usize>) {
        (self.hits.len(), self.hit.map(|hit| hit + 1))
    }

    /// Where the screen stands.
    #[must_use]
    pub const fn spot(&self) -> Spot {
        Spot {
            offset: self.offset,
            place: self.place,
            width: self.width,
        }
    }

    /// Goes back to where the screen stood: to the very line where lines are as wide as they were.
    pub fn return_to(&mut self, spot: Spot) {
        self.hit = None;
        self.place = spot.place;
        if spot.width == self.width {
            self.offset = spot.offset.min(self.last_offset());
        } else {
            self.go_to_place();
        }
    }
}
