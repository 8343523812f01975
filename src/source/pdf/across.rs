//! Across: what stands across the columns of a page though its place alone does not tell.
//! Must not decide in which order a page is read.

use super::gutters::{crosses, middle};
use super::paragraphs::begins_with_numeral;
use super::runs::Run;
use super::sheet::Area;

/// How a page is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// From left to right.
    pub(super) gutters: &'a [f32],
    /// Places of all its pictures.
    pub(super) images: &'a [Area],
    /// Size of the text.
    pub(super) body: f32,
    /// Sizes of the headlines that stand across the columns on the pages of the issue.
    pub(super) heads: &'a [f32],
    /// How wide the gutters are.
    pub(super) room: f32,
}

impl Setting<'_> {
    /// The column of a place.
    pub(super) fn nth(&self, x: f32) -> usize {
        self.gutters.iter().filter(|gutter| x > **gutter).count()
    }

    fn is_crossed(&self, run: &Run) -> bool {
        self.gutters.iter().any(|x| crosses(run, *x))
    }

    pub(super) fn is_head(&self, run: &Run) -> bool {
        self.heads.iter().any(|size| is_same(*size, run.size))
    }
}

/// How much larger than the text a headline is, in points.
const HEADLINE: f32 = 1.0;

/// How much the sizes of headlines of one kind differ at most, in points.
const SAME_SIZE: f32 = 0.3;

/// Fewest headlines that stand across the columns where all of their size do.
const LEAST_HEADS: usize = 3;

fn is_same(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME_SIZE
}

/// The sizes of the headlines that stand across the columns of an issue: those of which most lines reach over a gutter. Its pages come
/// with their gutters.
pub(super) fn heads<'r>(
    pages: impl Iterator<Item = (&'r [Run], &'r [f32])>,
    body: f32,
) -> Vec<f32> {
    // Each size with how many lines reach over a gutter and how many do not.
    let mut sizes: Vec<(f32, usize, usize)> = vec![];
    for (runs, gutters) in pages.filter(|(_, gutters)| !gutters.is_empty()) {
        for run in runs.iter().filter(|run| run.size >= body + HEADLINE) {
            let is_across = gutters.iter().any(|x| crosses(run, *x));
            let (across, within) = (usize::from(is_across), usize::from(!is_across));
            match sizes.iter_mut().find(|(size, ..)| is_same(*size, run.size)) {
                Some(found) => *found = (found.0, found.1 + across, found.2 + within),
                None => sizes.push((run.size, across, within)),
            }
        }
    }
    sizes.retain(|(_, across, within)| *across >= LEAST_HEADS && across > within);
    sizes.into_iter().map(|(size, ..)| size).collect()
}

/// Share of the lines beside a gutter that may stand in it: pieces of lines across it.
const PIECES: usize = 10;

/// How wide the gutters of an issue are, whose pages come with them: as wide as nine in ten lines on either side leave them.
pub(super) fn room<'r>(pages: impl Iterator<Item = (&'r [Run], &'r [f32])>) -> f32 {
    let (mut before, mut behind) = (vec![], vec![]);
    for (runs, gutters) in pages {
        for pair in runs.windows(2) {
            let is_level = (pair[1].y - pair[0].y).abs() <= LEVEL;
            let between = pair[0].ink_right()..=pair[1].ink_left();
            if let Some(x) = gutters.iter().find(|x| is_level && between.contains(*x)) {
                before.push(x - pair[0].ink_right());
                behind.push(pair[1].ink_left() - x);
            }
        }
    }
    let least = |mut rooms: Vec<f32>| {
        rooms.sort_by(f32::total_cmp);
        rooms.get(rooms.len() / PIECES).copied().unwrap_or_default()
    };
    least(before) + least(behind)
}

/// How much larger than the text a heading is that stands across all columns, in points.
const HEADING: f32 = 2.0;

/// How much higher a column ends than the heading below all of them at most, in ems of the text: balanced columns differ by some lines,
/// and one that simply ends by more.
const BALANCED: f32 = 9.0;

/// Where, from top to bottom, headings stand across all columns though they do not reach over a gutter: alone at their height, below
/// columns that end side by side or of a size that stands across them elsewhere.
fn headings(runs: &[Run], setting: &Setting<'_>) -> Vec<f32> {
    let is_large = |run: &Run| run.size >= setting.body + HEADING && begins_with_numeral(&run.text);
    let alone = runs.iter().filter(|run| {
        let is_heading =
            setting.is_head(run) || (is_large(run) && is_below_columns(run, runs, setting));
        is_heading && is_alone(run, runs, setting)
    });
    alone.map(|run| run.y).collect()
}

/// Whether nothing stands in another column at the height of a run.
fn is_alone(run: &Run, runs: &[Run], setting: &Setting<'_>) -> bool {
    let height = run.y - run.size..=run.y + 0.5 * run.size;
    let is_beside = |other: &Run| {
        !std::ptr::eq(other, run)
            && height.contains(&other.y)
            && setting.nth(middle(other)) != setting.nth(middle(run))
    };
    !runs.iter().any(is_beside)
}

/// Whether a run stands below columns that end side by side, and beside no picture.
fn is_below_columns(run: &Run, runs: &[Run], setting: &Setting<'_>) -> bool {
    let (top, bottom) = (run.y - run.size, run.y + 0.5 * run.size);
    let images = setting.images;
    let is_crossed = images
        .iter()
        .any(|area| area.top < bottom && area.bottom > top);
    let end = |column: usize| {
        let lines = runs
            .iter()
            .filter(|other| other.y < top && setting.nth(middle(other)) == column);
        let photos = images
            .iter()
            .filter(|area| area.bottom <= top && setting.nth(area.middle().0) == column);
        let ends = lines
            .map(|line| line.y)
            .chain(photos.map(|area| area.bottom));
        ends.fold(f32::MIN, f32::max)
    };
    let columns = 0..=setting.gutters.len();
    let lowest = columns.map(end).fold(f32::MAX, f32::min);
    !is_crossed && run.y - lowest <= BALANCED * setting.body + run.size
}

/// How far on both sides of a gutter a picture reaches that stands across the columns, in points: one that is too wide for its column
/// reaches less far into the next.
const ACROSS: f32 = 60.0;

/// Whether a picture stands across columns.
pub(super) fn is_across(area: &Area, gutters: &[f32]) -> bool {
    let mut gutters = gutters.iter();
    gutters.any(|x| x - area.left >= ACROSS && area.right - x >= ACROSS)
}

/// Where pictures across the columns part them: those that no text stands beside, nor on.
pub(super) fn partings(runs: &[Run], setting: &Setting<'_>) -> Vec<f32> {
    let across = setting
        .images
        .iter()
        .filter(|area| is_across(area, setting.gutters));
    let parting = across.filter(|area| {
        let is_beside = |run: &Run| (area.top + 0.5 * run.size..area.bottom).contains(&run.y);
        !runs.iter().any(is_beside)
    });
    parting.map(|area| area.middle().1).collect()
}

/// How far below a line the next one of its paragraph stands at most, in ems.
const NEXT: f32 = 2.2;

/// Whether a run ends the paragraph of the line across the columns right above it: nothing stands beside it.
pub(super) fn goes_on(above: Option<&Run>, run: &Run, runs: &[Run], setting: &Setting<'_>) -> bool {
    above.is_some_and(|above| {
        is_same(above.size, run.size)
            && above.style == run.style
            && (0.0..=NEXT * run.size).contains(&(run.y - above.y))
            && is_alone(run, runs, setting)
    })
}

/// How wide a gap is at most, of the width of the gutters, at which two runs are pieces of one line across it: lines that run over into
/// a gutter leave more of it.
const NARROWER: f32 = 0.4;

/// How far apart the baselines of the pieces of a line are at most, in points.
const LEVEL: f32 = 1.0;

/// Fewest lines that begin at one place, where a column does.
const LEAST_BELOW: usize = 3;

/// Which runs stand across the columns by themselves: those that reach over a gutter, headings, and pieces of one line.
pub(super) fn wide(runs: &[Run], setting: &Setting<'_>) -> Vec<bool> {
    let headings = headings(runs, setting);
    let is_heading = |run: &Run| headings.iter().any(|y| (y - run.y).abs() <= LEVEL);
    let mut wide: Vec<bool> = runs
        .iter()
        .map(|run| setting.is_crossed(run) || is_heading(run))
        .collect();
    for (at, pair) in runs.windows(2).enumerate() {
        let is_parted = setting.nth(middle(&pair[0])) != setting.nth(middle(&pair[1]));
        if (is_parted || wide[at] || wide[at + 1])
            && are_pieces(&pair[0], &pair[1], setting)
            && !begins_column(&pair[1], runs)
        {
            (wide[at], wide[at + 1]) = (true, true);
        }
    }
    wide
}

/// Whether two runs are pieces of one line: nearer to each other than columns are.
fn are_pieces(left: &Run, right: &Run, setting: &Setting<'_>) -> bool {
    let gap = right.ink_left() - left.ink_right();
    (right.y - left.y).abs() <= LEVEL
        && is_same(left.size, right.size)
        && left.style == right.style
        && (0.0..NARROWER * setting.room).contains(&gap)
}

/// Whether a run begins where others do: a line of the column before it may run over.
fn begins_column(run: &Run, runs: &[Run]) -> bool {
    let others = runs
        .iter()
        .filter(|other| (other.left - run.left).abs() <= LEVEL);
    others.take(LEAST_BELOW).count() == LEAST_BELOW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::runs::{self, tests};

    /// A page 600 wide whose lines stand at these places.
    fn page(lines: &[(f32, f32, &str)]) -> (f32, Vec<Run>) {
        let glyphs = lines
            .iter()
            .flat_map(|(x, y, text)| tests::line(text, *x, *y, 20.0));
        (600.0, runs::runs(&tests::sheet(glyphs.collect())))
    }

    #[test]
    fn most_headlines_of_a_size_tell_whether_it_stands_across() {
        let (_, mut runs) = page(&[
            (50.0, 100.0, "●山海市高新区十二个项目集中开工"),
            (50.0, 200.0, "●山海市高新区十三个项目集中开工"),
            (50.0, 300.0, "●山海市高新区十四个项目集中开工"),
            (50.0, 400.0, "●短标题"),
        ]);
        let of = |runs: &[Run]| heads(std::iter::once((runs, &[300.0][..])), 12.0);
        assert_eq!(of(&runs), [20.0]);
        assert_eq!(of(&runs[1..]), Vec::<f32>::new());
        for run in &mut runs {
            run.size = 12.0;
        }
        assert_eq!(of(&runs), Vec::<f32>::new(), "it is the size of the text");
    }
}
