//! A text as grapheme clusters, each with what it takes and what a break before it costs.
//! Must not make lines.

use super::class::{Class, class};
use super::keep::{Keep, keep};
use super::spacing::Gap;
use crate::text::WidthPolicy;
use std::iter::Peekable;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation as _};

/// A break that anyone may make.
pub(super) const FREE: u8 = 0;
/// A break at a seam of a group that belongs together.
const SEAM: u8 = 1;
/// A break within a word or a number.
const WITHIN: u8 = 2;
/// A break before what may not begin a line, or behind what may not end one.
pub(super) const FORBIDDEN: u8 = 3;

/// A grapheme cluster of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cluster {
    /// Its bytes.
    pub start: usize,
    pub end: usize,
    /// Columns that it takes.
    pub width: usize,
    /// Columns that are blank before it where no line begins with it, though nothing is printed there.
    pub gap: usize,
    /// What a break before it costs.
    pub cost: u8,
    /// Whether it is white space.
    pub is_blank: bool,
    /// Whether it may stand in the margin.
    pub hangs: bool,
    /// Whether a line ends with it whatever its width.
    pub ends_line: bool,
}

/// The clusters of a text, in order.
pub(super) struct Clusters<'a> {
    text: &'a str,
    rest: Peekable<GraphemeIndices<'a>>,
    breaks: Peekable<Box<dyn Iterator<Item = (usize, BreakOpportunity)> + 'a>>,
    gaps: &'a [Gap],
    keep: Option<Keep>,
    /// The cluster before; and the last of them that is not blank.
    before: Option<&'a str>,
    solid: Option<&'a str>,
    policy: WidthPolicy,
}

impl<'a> Clusters<'a> {
    pub fn new(text: &'a str, gaps: &'a [Gap], policy: WidthPolicy) -> Self {
        let breaks: Box<dyn Iterator<Item = _>> = Box::new(linebreaks(text));
        Self {
            text,
            rest: text.grapheme_indices(true).peekable(),
            breaks: breaks.peekable(),
            gaps,
            keep: None,
            before: None,
            solid: None,
            policy,
        }
    }

    /// What Unicode says of a break at a byte.
    fn opportunity(&mut self, at: usize) -> Option<BreakOpportunity> {
        while self.breaks.next_if(|(to, _)| *to < at).is_some() {}
        self.breaks.next_if(|(to, _)| *to == at).map(|(_, of)| of)
    }

    /// What a break before `cluster` at byte `at` costs.
    fn cost(&mut self, at: usize, cluster: &str) -> u8 {
        let opportunity = self.opportunity(at);
        if opportunity == Some(BreakOpportunity::Mandatory) {
            return FREE;
        }
        let Some(solid) = self.solid else {
            return FREE;
        };
        let (a, b) = (class(solid), class(cluster));
        if b == Class::Blank {
            return WITHIN;
        }
        let is_apart = self.before != Some(solid);
        let is_free = opportunity.is_some();
        // A sign before a number, or a path: what joins and ends does so only where it stands close.
        let is_sign = matches!(cluster, "-" | "–" | "−" | "." | "/" | "~" | "·" | "•");
        let begins_nothing = matches!(b, Class::Stop | Class::Closing | Class::Dash);
        if (begins_nothing && !(is_apart && is_free && is_sign)) || a == Class::Opening {
            return FORBIDDEN;
        }
        match &self.keep {
            Some(keep) if keep.range.start < at && at < keep.range.end => {
                return if keep.seams.contains(&at) {
                    SEAM
                } else {
                    WITHIN
                };
            }
            _ => {}
        }
        // Unicode does not know which quotation marks open and which close.
        let is_ascii = |text: &str| text.is_ascii();
        let opens = b == Class::Opening
            && (!is_ascii(cluster) || !matches!(a, Class::Letter | Class::Digit));
        let is_closed = matches!(a, Class::Stop | Class::Closing | Class::Dash) && !is_ascii(solid);
        if is_free || opens || is_closed {
            FREE
        } else {
            WITHIN
        }
    }

    /// Columns of white space, or before a cluster, that are shown otherwise than printed.
    fn gap(&mut self, at: usize, end: usize) -> Option<(bool, usize)> {
        while self.gaps.first().is_some_and(|gap| {
            gap.printed.end < at || (gap.printed.end == at && gap.printed.start < at)
        }) {
            self.gaps = &self.gaps[1..];
        }
        let gap = self.gaps.first()?;
        if gap.printed.start == at && gap.printed.end == at {
            Some((true, gap.columns))
        } else if gap.printed.start <= at && end <= gap.printed.end {
            Some((
                false,
                if gap.printed.start == at {
                    gap.columns
                } else {
                    0
                },
            ))
        } else {
            None
        }
    }
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        let (start, cluster) = self.rest.next()?;
        let end = start + cluster.len();
        if self
            .keep
            .as_ref()
            .is_none_or(|keep| keep.range.end <= start)
        {
            let before = self.before.and_then(|before| before.chars().next_back());
            self.keep = keep(self.text, start, before);
        }
        let cost = self.cost(start, cluster);
        let (mut width, mut gap) = (self.policy.grapheme(cluster), 0);
        match self.gap(start, end) {
            Some((true, columns)) => gap = columns,
            Some((false, columns)) => width = columns,
            None => {}
        }
        let class = class(cluster);
        self.before = Some(cluster);
        if class != Class::Blank {
            self.solid = Some(cluster);
        }
        let ends_line = end < self.text.len()
            && matches!(self.breaks.peek(), Some((to, BreakOpportunity::Mandatory)) if *to == end);
        if ends_line {
            self.solid = None;
        }
        Some(Cluster {
            start,
            end,
            width,
            gap,
            cost,
            is_blank: class == Class::Blank,
            hangs: class == Class::Stop,
            ends_line,
        })
    }
}
