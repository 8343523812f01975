//! The pieces of an item as lines of a width, and which line holds what: found without going through all of them, since an
//! item may be as long as a file.
//! Must not know what is scrolled, matched or drawn.

use super::compose::Block;
use crate::look::Role;
use crate::text::{WidthPolicy, wrap, wrap_whole};
use std::ops::Range;

/// A line: a part of a block, or blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Columns before the text.
    pub indent: u16,
    /// Which block; that of a blank line is the one below it.
    pub block: usize,
    /// Which bytes of the block; none of a blank line.
    pub part: Range<usize>,
    /// Characters of the item's own text before it; a blank line has those of the line above.
    pub start: u32,
}

impl Line {
    /// Whether nothing stands on it.
    pub fn is_blank(&self) -> bool {
        self.part.is_empty()
    }
}

/// Lines that are broken at spaces alone, as between tags; a word that is wider than a line is broken within.
fn wrap_words(text: &str, columns: usize, policy: WidthPolicy) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = vec![];
    let mut at = 0;
    for word in text.split(' ') {
        let end = at + word.len();
        let fits = |from: usize| policy.width(&text[from..end]) <= columns;
        match lines.last_mut() {
            Some(line) if fits(line.start) => line.end = end,
            _ => {
                let parts = wrap(word, columns, 0, policy).into_iter();
                lines.extend(parts.map(|part| at + part.start..at + part.end));
            }
        }
        at = end + 1;
    }
    lines
}

/// All lines of an item, in order: block, part and start only ever grow.
#[derive(Debug)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    /// The lines of `blocks`, with a blank one between; headline, place, what was noted and tags stand together.
    pub fn new(blocks: &[Block], width: u16, policy: WidthPolicy) -> Self {
        let mut lines: Vec<Line> = vec![];
        for (n, block) in blocks.iter().enumerate() {
            let (columns, indent) = (usize::from(width), usize::from(block.indent));
            let is_note = block.role == Role::Note;
            let parts = if is_note {
                // Its lines are the reader's own, blanks and all.
                wrap_whole(&block.text, columns.saturating_sub(indent), policy)
            } else if block.role == Role::Tag {
                wrap_words(&block.text, columns, policy)
            } else {
                wrap(&block.text, columns, indent, policy)
            };
            let follows = matches!(block.role, Role::Diagnostic | Role::Tag);
            if n > 1 && !follows && !parts.is_empty() {
                lines.push(Line {
                    indent: 0,
                    block: n,
                    part: 0..0,
                    start: lines.last().map_or(0, |above| above.start),
                });
            }
            let (mut at, mut start) = (0, block.start);
            for (row, part) in parts.into_iter().enumerate() {
                // On from the line before, and not from the front each time.
                let passed = block.text[at..part.start].chars().count();
                start = start.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
                at = part.start;
                lines.push(Line {
                    indent: if row == 0 || is_note { block.indent } else { 0 },
                    block: n,
                    part,
                    // What the reader says about the item has one less than what follows it, so that the two are told apart.
                    start: if block.counts() {
                        start
                    } else {
                        block.start.saturating_sub(1)
                    },
                });
            }
        }
        Self(lines)
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Those from the `offset`-th on.
    pub fn from(&self, offset: usize) -> &[Line] {
        self.0.get(offset..).unwrap_or_default()
    }

    /// Characters of the item's text before the first line from the `offset`-th on that is not blank.
    pub fn place_at(&self, offset: usize) -> Option<u32> {
        let text = self.from(offset).iter().find(|line| !line.is_blank());
        text.map(|line| line.start)
    }

    /// The line that holds a place; of several that begin there, the first.
    pub fn of_place(&self, place: u32) -> usize {
        let behind = self.0.partition_point(|line| line.start <= place);
        let nearest = behind.checked_sub(1).map_or(0, |n| self.0[n].start);
        self.0.partition_point(|line| line.start < nearest)
    }

    /// The line on which byte `at` of a block stands, or behind which it was left out at a break.
    pub fn of_byte(&self, block: usize, at: usize) -> usize {
        let before = |line: &Line| (line.block, line.part.end) <= (block, at);
        let line = self.0.partition_point(before);
        // A byte behind the last line of its block belongs to that one.
        if self.0.get(line).is_none_or(|line| line.block != block) {
            line.saturating_sub(1)
        } else {
            line
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Ambiguous;

    #[test]
    fn tags_are_broken_between_and_not_within_unless_one_is_wider_than_a_line() {
        let policy = WidthPolicy::new(Ambiguous::Narrow);
        let lines = |columns| -> Vec<&str> {
            let text = "#重点 #招商/江苏-南京 #a-b";
            let parts = wrap_words(text, columns, policy).into_iter();
            parts.map(|part| &text[part]).collect()
        };
        assert_eq!(lines(26), ["#重点 #招商/江苏-南京 #a-b"]);
        assert_eq!(lines(25), ["#重点 #招商/江苏-南京", "#a-b"]);
        assert_eq!(lines(20), ["#重点", "#招商/江苏-南京 #a-b"]);
        let narrow = lines(10);
        assert_eq!(narrow.concat(), "#重点#招商/江苏-南京#a-b");
        assert!(narrow.iter().all(|line| policy.width(line) <= 10));
        assert_eq!(narrow[0], "#重点");
    }
}
