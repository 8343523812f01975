//! The pieces of an item as lines of a width, and which line holds what: found without going through all of them, since an
//! item may be as long as a file.
//! Must not know what is scrolled, matched or drawn.

use super::compose::{Block, Indent};
use super::setting::Setting;
use super::stated;
use crate::look::Role;
use crate::text::{Gap, Paragraph, WidthPolicy, border_from, typeset, wrap, wrap_whole};
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

/// All lines of an item, in order: block, part and start only ever grow.
#[derive(Debug)]
pub(super) struct Lines {
    lines: Vec<Line>,
    /// Of each block, what is shown otherwise than printed, in order.
    gaps: Vec<Vec<Gap>>,
}

impl Lines {
    /// The lines of `blocks`, with blank ones between; headline, place, what was noted and tags stand together.
    pub fn new(blocks: &[Block], width: u16, setting: &Setting) -> Self {
        let mut all = Self {
            lines: vec![],
            gaps: vec![],
        };
        for (n, block) in blocks.iter().enumerate() {
            let set = set(block, width, setting);
            if !set.lines.is_empty() {
                let above = n.checked_sub(1).map(|above| &blocks[above]);
                all.add_blank(n, 0, blanks(above, block, setting));
            }
            all.add(n, block, set, setting, width);
        }
        all
    }

    /// Adds so many blank lines to a block, before byte `at` of it.
    fn add_blank(&mut self, block: usize, at: usize, lines: u16) {
        let start = self.lines.last().map_or(0, |above| above.start);
        self.lines.extend((0..lines).map(|_| Line {
            indent: 0,
            block,
            part: at..at,
            start,
        }));
    }

    /// Adds the lines of a block.
    fn add(&mut self, n: usize, block: &Block, set: Paragraph, setting: &Setting, width: u16) {
        let spacing = if is_text(block) {
            setting.page.line_spacing
        } else {
            0
        };
        let [first, others] = indents(block, &set, setting.policy, width);
        let (mut at, mut start) = (0, block.start);
        for (row, part) in set.lines.into_iter().enumerate() {
            if row > 0 {
                self.add_blank(n, at, spacing);
            }
            // On from the line before, and not from the front each time.
            let passed = block.text[at..part.start].chars().count();
            start = start.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
            at = part.start;
            self.lines.push(Line {
                indent: if row == 0 { first } else { others },
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
        self.gaps.push(set.gaps);
    }

    /// What is shown otherwise than printed in a block, from the first that reaches beyond byte `at` on.
    pub fn gaps(&self, block: usize, at: usize) -> &[Gap] {
        let gaps = &self.gaps[block];
        let passed = |gap: &Gap| gap.printed.end <= at;
        &gaps[gaps.partition_point(passed)..]
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Those from the `offset`-th on.
    pub fn from(&self, offset: usize) -> &[Line] {
        self.lines.get(offset..).unwrap_or_default()
    }

    /// Characters of the item's text before the first line from the `offset`-th on that is not blank.
    pub fn place_at(&self, offset: usize) -> Option<u32> {
        let text = self.from(offset).iter().find(|line| !line.is_blank());
        text.map(|line| line.start)
    }

    /// The line that holds a place; of several that begin there, the first.
    pub fn of_place(&self, place: u32) -> usize {
        let behind = self.lines.partition_point(|line| line.start <= place);
        let nearest = behind.checked_sub(1).map_or(0, |n| self.lines[n].start);
        self.lines.partition_point(|line| line.start < nearest)
    }

    /// The line on which byte `at` of a block stands, or behind which it was left out at a break.
    pub fn of_byte(&self, block: usize, at: usize) -> usize {
        self.of_byte_from(0, block, at)
    }

    /// The same, where it is not above the line `from`.
    pub fn of_byte_from(&self, from: usize, block: usize, at: usize) -> usize {
        let before = |line: &Line| (line.block, line.part.end) <= (block, at);
        let line = border_from(&self.lines, from, before);
        // A byte behind the last line of its block belongs to that one.
        if self.lines.get(line).is_none_or(|line| line.block != block) {
            line.saturating_sub(1)
        } else {
            line
        }
    }
}

/// A block, set in lines of `width`.
fn set(block: &Block, width: u16, setting: &Setting) -> Paragraph {
    let columns = usize::from(width);
    let (indent, policy) = (block.indent, setting.policy);
    let lines = match block.role {
        // Its lines are the reader's own, blanks and all.
        Role::Note => wrap_whole(
            &block.text,
            columns.saturating_sub(usize::from(indent.first())),
            policy,
        ),
        Role::Tag => wrap_words(&block.text, " ", columns, policy),
        Role::Facts => wrap_words(&block.text, stated::BETWEEN, columns, policy),
        _ => {
            let mut typesetting = setting.typesetting(width, indent.first(), block.counts());
            typesetting.balanced = block.role == Role::Headline || indent == Indent::Right;
            return typeset(&block.text, &typesetting);
        }
    };
    Paragraph {
        lines,
        ..Paragraph::default()
    }
}

/// Columns before the first line of a block, and before each other.
fn indents(block: &Block, set: &Paragraph, policy: WidthPolicy, width: u16) -> [u16; 2] {
    match block.indent {
        Indent::None => [0, 0],
        Indent::First(columns) => [u16::try_from(set.indent).unwrap_or(columns), 0],
        Indent::Each(columns) => [columns, columns],
        Indent::Right => {
            let widths = set.lines.iter();
            let widths = widths.map(|part| policy.width(&block.text[part.clone()]));
            let widest = u16::try_from(widths.max().unwrap_or(0)).unwrap_or(width);
            [width.saturating_sub(widest); 2]
        }
    }
}

/// Blank lines between two blocks, or above the first.
fn blanks(above: Option<&Block>, below: &Block, setting: &Setting) -> u16 {
    let page = &setting.page;
    let Some(above) = above else {
        return u16::from(setting.roomy);
    };
    match below.role {
        Role::Diagnostic | Role::Tag | Role::Facts => 0,
        // What is known beside the text, which stands under the headline and what the item states.
        Role::Source if matches!(above.role, Role::Headline | Role::Facts) => 0,
        _ if is_text(above) && is_text(below) => page.paragraph_spacing + page.line_spacing,
        _ => 1,
    }
}

/// Lines that are broken only at what stands `between` words, as a space does between tags; a word that is wider than a line is
/// broken within.
fn wrap_words(text: &str, between: &str, columns: usize, policy: WidthPolicy) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = vec![];
    let mut at = 0;
    for word in text.split(between) {
        let end = at + word.len();
        let fits = |from: usize| policy.width(&text[from..end]) <= columns;
        match lines.last_mut() {
            Some(line) if fits(line.start) => line.end = end,
            _ => {
                let parts = wrap(word, columns, 0, policy).into_iter();
                lines.extend(parts.map(|part| at + part.start..at + part.end));
            }
        }
        at = end + between.len();
    }
    lines
}

/// Whether it is running text, and not a headline or what is said about the item.
const fn is_text(block: &Block) -> bool {
    matches!(block.role, Role::Lead | Role::Body)
}
