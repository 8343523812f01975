//! Breaking a paragraph into lines as a printed page does: after the W3C's “Requirements for Chinese Text Layout”
//! (<https://www.w3.org/TR/clreq/>) on top of Unicode's line breaking (UAX #14).
//! Must not change the text: a line is a byte range of it, and the ranges together hold all but white space at breaks.

mod balance;
mod class;
mod cluster;
mod keep;
mod spacing;

pub use spacing::{Gap, Spacing};

use super::WidthPolicy;
use cluster::{Cluster, Clusters};
use std::ops::Range;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typesetting {
    /// Columns of a line.
    pub columns: usize,
    /// Columns that are blank before the first line; left out where its first word would not fit behind them.
    pub indent: usize,
    /// Whether a mark of pause or stop may stand behind the end of a line, in the margin, where it would else take a character
    /// down to the next line.
    pub hang: bool,
    /// Whether a text of a few lines is broken between its clauses, or else set in lines of near-equal length.
    pub balanced: bool,
    /// What is shown between hanzi and latin letters or digits.
    pub spacing: Spacing,
    /// How wide characters are.
    pub policy: WidthPolicy,
}

impl Typesetting {
    /// Lines of so many columns, without indent, nothing in the margin, as printed.
    #[must_use]
    pub const fn plain(columns: usize, policy: WidthPolicy) -> Self {
        Self {
            columns,
            indent: 0,
            hang: false,
            balanced: false,
            spacing: Spacing::AsPrinted,
            policy,
        }
    }
}

/// A paragraph that is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its lines as byte ranges; an empty text has none.
    pub lines: Vec<Range<usize>>,
    /// Columns that are blank before the first of them.
    pub indent: usize,
    /// What within lines is shown otherwise than printed, in order.
    pub gaps: Vec<Gap>,
}

/// The lines of `text`, none wider than the columns but for a mark that hangs.
///
/// Between two characters a line is broken where it costs least: in a group that belongs together (a number with its unit, a
/// date, a word, an address) only where the group is wider than a line; before a mark that may not begin a line, or behind one
/// that may not end it, only where not even that helps. White space at a break belongs to no line. A cluster wider than the
/// line itself stands alone on one.
#[must_use]
pub fn typeset(text: &str, typesetting: &Typesetting) -> Paragraph {
    let gaps = spacing::gaps(text, typesetting.spacing);
    let mut page = Page::of(text, &gaps, typesetting);
    if typesetting.balanced
        && let Some(lines) = balance::by_clauses(text, typesetting, &page)
    {
        page.lines = lines;
    } else if typesetting.balanced
        && let Some(columns) = balance::narrowest(text, &gaps, typesetting, &page)
    {
        let narrower = Typesetting {
            columns,
            ..*typesetting
        };
        page = Page::of(text, &gaps, &narrower);
    }
    Paragraph {
        lines: page.lines,
        indent: page.indent,
        gaps,
    }
}

/// The lines of `text` as byte ranges, none wider than `columns`, the first one narrower by `indent`: as [`typeset`], but that
/// the indent stays.
#[must_use]
pub fn wrap(text: &str, columns: usize, indent: usize, policy: WidthPolicy) -> Vec<Range<usize>> {
    let typesetting = Typesetting {
        indent,
        ..Typesetting::plain(columns, policy)
    };
    let mut page = Page::new(&typesetting, false);
    page.is_fixed = true;
    for cluster in Clusters::new(text, &[], policy) {
        page.add(cluster);
    }
    page.end();
    page.lines
}

/// The lines of a text that is being edited, none wider than `columns` but for white space at its end: all bytes of the text
/// are in one of them, but for the line ends, which end a line each. There is one line at least.
///
/// Breaks where [`wrap`] does.
#[must_use]
pub fn wrap_whole(text: &str, columns: usize, policy: WidthPolicy) -> Vec<Range<usize>> {
    let mut lines = vec![];
    let mut from = 0;
    for line in text.split('\n') {
        let mut page = Page::new(&Typesetting::plain(columns, policy), true);
        for cluster in Clusters::new(line, &[], policy) {
            page.add(cluster);
        }
        page.end();
        // Each line goes on to where the next one begins.
        let starts = page.lines.iter().skip(1).map(|line| line.start);
        let mut start = 0;
        for end in starts.chain([line.len()]) {
            lines.push(from + start..from + end);
            start = end;
        }
        from += line.len() + 1;
    }
    lines
}

/// Clusters of a unit that are kept before it is cut without having been read to its end: some lines of any screen.
const LONGEST: usize = 4096;

/// What a break costs that is allowed only where it is all that helps.
const ANYWHERE: u8 = cluster::FORBIDDEN + 1;

/// The lines that are done, and the one that is being filled.
struct Page {
    columns: usize,
    hang: bool,
    /// Whether the indent stays whatever does not fit behind it.
    is_fixed: bool,
    /// Whether white space before the first word is a part of the text.
    is_edited: bool,
    indent: usize,
    lines: Vec<Range<usize>>,
    /// What may only be broken at a price, up to the next free break.
    unit: Vec<Cluster>,
    /// Start of the line, and end of what it holds, trailing white space not counted; none where it holds nothing.
    line: Option<Range<usize>>,
    /// Columns up to the end of the last unit, white space counted.
    used: usize,
    /// What the dearest break cost.
    dearest: u8,
}

impl Page {
    fn new(typesetting: &Typesetting, is_edited: bool) -> Self {
        let columns = typesetting.columns.max(1);
        Self {
            columns,
            hang: typesetting.hang,
            is_fixed: false,
            is_edited,
            indent: typesetting.indent.min(columns - 1),
            lines: vec![],
            unit: vec![],
            line: None,
            used: 0,
            dearest: cluster::FREE,
        }
    }

    /// A text, set to its end.
    fn of(text: &str, gaps: &[Gap], typesetting: &Typesetting) -> Self {
        let mut page = Self::new(typesetting, false);
        for cluster in Clusters::new(text, gaps, typesetting.policy) {
            page.add(cluster);
        }
        page.end();
        page
    }

    /// Columns of the line that is being filled.
    const fn room(&self) -> usize {
        if self.lines.is_empty() {
            self.columns - self.indent
        } else {
            self.columns
        }
    }

    fn add(&mut self, cluster: Cluster) {
        if cluster.cost == cluster::FREE {
            self.place_unit();
        } else if self.unit.len() >= LONGEST {
            self.place_most();
        }
        let is_end = cluster.ends_line;
        self.unit.push(cluster);
        if is_end {
            self.place_unit();
            self.finish();
        }
    }

    fn end(&mut self) {
        self.place_unit();
        self.finish();
    }

    fn place_unit(&mut self) {
        let unit = std::mem::take(&mut self.unit);
        if !self.is_fixed && self.lines.is_empty() && self.line.is_none() {
            self.drop_indent(&unit);
        }
        self.place(&unit, cluster::FREE);
        self.unit = unit;
        self.unit.clear();
    }

    /// Gives the indent up where the first unit would fit the line without it.
    fn drop_indent(&mut self, unit: &[Cluster]) {
        let width = width(unit, true);
        if width > self.columns - self.indent && width <= self.columns {
            self.indent = 0;
        }
    }

    /// Places what has been read of a unit that goes on, up to where it is broken at the least price.
    fn place_most(&mut self) {
        let half = LONGEST / 2;
        let cheapest = (half..self.unit.len()).min_by_key(|n| (self.unit[*n].cost, usize::MAX - n));
        let rest = self.unit.split_off(cheapest.unwrap_or(half));
        self.place_unit();
        self.unit = rest;
    }

    /// Places clusters on the line if they fit, else on the next one; where they do not fit a line at all, in parts. They can be
    /// broken at no less than `cost`.
    fn place(&mut self, clusters: &[Cluster], cost: u8) {
        if self.fits(clusters) {
            return self.put(clusters);
        }
        if self.line.is_some() && self.fits_next(clusters) {
            self.finish();
            return self.put(clusters);
        }
        if clusters.len() == 1 || cost == ANYWHERE {
            if self.line.is_some() {
                self.finish();
            }
            return self.put(clusters);
        }
        self.dearest = self.dearest.max(cost + 1);
        let mut from = 0;
        for n in 1..=clusters.len() {
            if n == clusters.len() || clusters[n].cost <= cost + 1 || cost + 1 == ANYWHERE {
                self.place(&clusters[from..n], cost + 1);
                from = n;
            }
        }
    }

    fn fits(&self, clusters: &[Cluster]) -> bool {
        let width = self.used + width(clusters, self.line.is_none() && !self.is_edited);
        width <= self.room() + self.margin(clusters)
    }

    fn fits_next(&self, clusters: &[Cluster]) -> bool {
        width(clusters, !self.is_edited) <= self.columns + self.margin(clusters)
    }

    /// Columns by which the last of the clusters may stand in the margin.
    fn margin(&self, clusters: &[Cluster]) -> usize {
        let last = clusters.iter().rev().find(|cluster| !cluster.is_blank);
        last.filter(|last| self.hang && last.hangs)
            .map_or(0, |last| last.width)
    }

    /// Adds clusters to the line, whatever its width.
    fn put(&mut self, clusters: &[Cluster]) {
        let is_blank =
            |cluster: &Cluster| cluster.is_blank && !(self.is_edited && self.line.is_none());
        let clusters = if self.line.is_none() {
            let blank = clusters.iter().take_while(|cluster| is_blank(cluster));
            &clusters[blank.count()..]
        } else {
            clusters
        };
        let Some(first) = clusters.first() else {
            return;
        };
        if self.line.is_some() {
            self.used += first.gap;
        }
        self.used += clusters.iter().map(|cluster| cluster.width).sum::<usize>();
        self.used += clusters[1..]
            .iter()
            .map(|cluster| cluster.gap)
            .sum::<usize>();
        if let Some(last) = clusters.iter().rposition(|cluster| !is_blank(cluster)) {
            let start = self.line.as_ref().map_or(first.start, |line| line.start);
            self.line = Some(start..clusters[last].end);
        }
    }

    fn finish(&mut self) {
        self.lines.extend(self.line.take());
        self.used = 0;
    }
}

/// Columns of clusters up to the last that is not blank; at the beginning of a line those before the first that is not blank
/// are left out.
fn width(clusters: &[Cluster], begins_line: bool) -> usize {
    let solid = clusters.iter().rposition(|cluster| !cluster.is_blank);
    let clusters = &clusters[..solid.map_or(0, |last| last + 1)];
    let blank = if begins_line {
        clusters
            .iter()
            .take_while(|cluster| cluster.is_blank)
            .count()
    } else {
        0
    };
    let shown = &clusters[blank..];
    let all: usize = shown
        .iter()
        .map(|cluster| cluster.gap + cluster.width)
        .sum();
    let first = shown.first().map_or(0, |first| first.gap);
    if begins_line { all - first } else { all }
}

#[cfg(test)]
mod tests;
