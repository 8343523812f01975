//! Columns: where a page is parted from top to bottom, and the order in which its parts are read.
//! Must not part a page of the contents between its headlines and their pages.

use super::paragraphs::begins_with_numeral;
use super::runs::Run;
use super::sheet::Area;

/// Steps at which a gutter is looked for, of the width of the page.
const STEPS: u16 = 200;

/// Between which parts of the width a gutter of a page may stand: no column of an issue is narrower.
const EDGES: (f32, f32) = (0.2, 0.8);

/// Most characters that may cross a gutter, of all on the page: headings across all columns do.
const MOST_ACROSS: f32 = 0.12;

/// Fewest characters on either side of a gutter, of all on the page. The pages that the contents name, at their right edge, are fewer.
const LEAST_BESIDE: f32 = 0.15;

/// Fewest lines that lead to numbers in each column of contents.
const LEAST_LEADERS: usize = 3;

/// Fewest runs on either side of a gutter.
const LEAST_RUNS: usize = 4;

/// How far two gutters of different pages may be apart to be the same, of the width of the page.
const SAME: f32 = 0.05;

/// Fewest runs on a page that can tell whether it has columns.
const TELLING: usize = 12;

/// Fewest runs on either side of a gutter that is believed where no other page has it: no table of an issue is as long.
const STRONG: usize = 10;

/// A part of a page that is read from top to bottom before the next.
#[derive(Debug, PartialEq)]
pub(super) struct Block {
    pub(super) runs: Vec<Run>,
    /// Which column it is of how many; a block across the whole page is the first of one.
    pub(super) column: (usize, usize),
}

/// The gutters of each page, from left to right: its own where it has some, else those that most pages of the issue have, where they
/// leave its text whole.
pub(super) fn gutters(pages: &[(f32, Vec<Run>)]) -> Vec<Vec<f32>> {
    let own: Vec<Vec<f32>> = pages
        .iter()
        .map(|(width, runs)| {
            let found = found(runs, *width);
            if has_leaders(runs) && !lead_on_all_sides(runs, &found) {
                vec![]
            } else {
                found
            }
        })
        .collect();
    let usual = usual(pages, &own);
    let pages = pages.iter().zip(own);
    pages
        .map(|((width, runs), own)| {
            let at: Vec<f32> = usual.iter().map(|part| part * width).collect();
            let is_usual = own.len() == at.len()
                && own
                    .iter()
                    .zip(&at)
                    .all(|(a, b)| (a - b).abs() <= SAME * width);
            if is_usual || has_leaders(runs) || is_strong(runs, &own) {
                own
            } else if !at.is_empty() && !has_leaders(runs) && is_whole(runs, &at) {
                at
            } else {
                // What one page alone has is a table, or two pictures with their captions.
                vec![]
            }
        })
        .collect()
}

/// The gutters that most pages have of those that can tell, as parts of the width: text crosses them on the others.
fn usual(pages: &[(f32, Vec<Run>)], own: &[Vec<f32>]) -> Vec<f32> {
    let most = own.iter().map(Vec::len).max().unwrap_or(0);
    for count in (1..=most).rev() {
        let with = own
            .iter()
            .zip(pages)
            .filter(|(gutters, _)| gutters.len() == count);
        let parts: Vec<Vec<f32>> = with
            .map(|(gutters, (width, _))| gutters.iter().map(|x| x / width).collect())
            .collect();
        for candidate in &parts {
            let is_same = |other: &&Vec<f32>| {
                candidate
                    .iter()
                    .zip(*other)
                    .all(|(a, b)| (a - b).abs() <= SAME)
            };
            let same = parts.iter().filter(is_same).count();
            let crossed = pages.iter().filter(|(width, runs)| {
                let at: Vec<f32> = candidate.iter().map(|part| part * width).collect();
                runs.len() >= TELLING && !has_leaders(runs) && !is_whole(runs, &at)
            });
            if same > crossed.count() {
                return candidate.clone();
            }
        }
    }
    vec![]
}

/// Whether a page alone shows that it has these columns.
fn is_strong(runs: &[Run], gutters: &[f32]) -> bool {
    let mut columns = vec![0_usize; gutters.len() + 1];
    for run in runs
        .iter()
        .filter(|run| !gutters.iter().any(|x| crosses(run, *x)))
    {
        columns[gutters.iter().filter(|x| middle(run) > **x).count()] += 1;
    }
    !gutters.is_empty() && columns.iter().all(|count| *count >= STRONG)
}

/// Whether a line of the page leads to a number.
fn has_leaders(runs: &[Run]) -> bool {
    runs.iter().any(|run| {
        let mut dots = 0;
        run.text.chars().any(|c| {
            dots = match c {
                '.' | '…' | '．' | '·' | '⋯' | '_' => dots + 1,
                ' ' => dots,
                _ => 0,
            };
            dots >= 6 || (dots >= 3 && matches!(c, '…' | '⋯'))
        })
    })
}

/// Whether lines lead to numbers in every column, as contents in columns do. Those of one column have but the numbers on the right.
fn lead_on_all_sides(runs: &[Run], gutters: &[f32]) -> bool {
    let nth = |run: &Run| gutters.iter().filter(|x| middle(run) > **x).count();
    (0..=gutters.len()).all(|column| {
        let of_column = runs.iter().filter(|run| nth(run) == column);
        of_column
            .filter(|run| has_leaders(std::slice::from_ref(run)))
            .count()
            >= LEAST_LEADERS
    })
}

/// The gutters of one page: the emptiest band, then those of the parts beside it.
fn found(runs: &[Run], width: f32) -> Vec<f32> {
    let mut gutters = vec![];
    let (from, to) = (EDGES.0 * width, EDGES.1 * width);
    part(runs, (from, to), width, &mut gutters);
    gutters.sort_by(f32::total_cmp);
    gutters
}

fn part(runs: &[Run], (from, to): (f32, f32), width: f32, gutters: &mut Vec<f32>) {
    if gutters.len() >= 3 {
        return;
    }
    let step = width / f32::from(STEPS);
    let candidates = (0..STEPS).map(|n| f32::from(n) * step);
    let candidates = candidates.filter(|x| (from..=to).contains(x));
    let fits: Vec<(usize, f32)> = candidates
        .filter_map(|x| across(runs, x).map(|across| (across, x)))
        .collect();
    let Some(least) = fits.iter().map(|(across, _)| *across).min() else {
        return;
    };
    // The middle of the widest band where the fewest cross.
    let mut best: (f32, f32) = (0.0, 0.0);
    let mut band: Option<(f32, f32)> = None;
    for (across, x) in fits {
        band = match band {
            _ if across > least => None,
            Some((start, end)) if x - end <= 1.5 * step => Some((start, x)),
            _ => Some((x, x)),
        };
        if let Some((start, end)) = band
            && (best == (0.0, 0.0) || end - start > best.1 - best.0)
        {
            best = (start, end);
        }
    }
    let gutter = f32::midpoint(best.0, best.1);
    gutters.push(gutter);
    let (left, right): (Vec<Run>, Vec<Run>) = runs
        .iter()
        .filter(|run| !crosses(run, gutter))
        .cloned()
        .partition(|run| middle(run) < gutter);
    let least = width * EDGES.0;
    for side in [left, right] {
        let from = side.iter().map(|run| run.left).fold(f32::MAX, f32::min);
        let to = side.iter().map(|run| run.right).fold(0.0, f32::max);
        if to - from > 2.0 * least {
            part(&side, (from + least, to - least), width, gutters);
        }
    }
}

/// How many characters cross a gutter at `x`; none where it is no gutter.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of characters on a page"
)]
fn across(runs: &[Run], x: f32) -> Option<usize> {
    let (mut across, mut left, mut right) = (0, (0, 0), (0, 0));
    for run in runs {
        let count = run.count();
        if crosses(run, x) {
            across += count;
        } else if middle(run) < x {
            left = (left.0 + count, left.1 + 1);
        } else {
            right = (right.0 + count, right.1 + 1);
        }
    }
    let all = (across + left.0 + right.0) as f32;
    let fits = (across as f32) < MOST_ACROSS * all
        && left.0.min(right.0) as f32 > LEAST_BESIDE * all
        && left.1.min(right.1) >= LEAST_RUNS
        && stand_beside(runs, x);
    fits.then_some(across)
}

/// Whether the text on both sides stands at the same heights, as columns do: else it is set flush left above and flush right below.
fn stand_beside(runs: &[Run], x: f32) -> bool {
    let heights = |is_left: bool| {
        let side = runs
            .iter()
            .filter(move |run| !crosses(run, x) && (middle(run) < x) == is_left);
        let heights = side.map(|run| run.y);
        let (top, bottom) = heights.fold((f32::MAX, f32::MIN), |(top, bottom), y| {
            (top.min(y), bottom.max(y))
        });
        (top, bottom)
    };
    let (left, right) = (heights(true), heights(false));
    let shared = left.1.min(right.1) - left.0.max(right.0);
    let least = (left.1 - left.0).min(right.1 - right.0);
    shared > 0.5 * least
}

fn crosses(run: &Run, x: f32) -> bool {
    run.left < x - 2.0 && run.ink_right() > x + 2.0 && !run.blanks.iter().any(|blank| blank.has(x))
}

fn middle(run: &Run) -> f32 {
    f32::midpoint(run.left, run.right)
}

/// Whether the gutters cut hardly any run of a page.
fn is_whole(runs: &[Run], gutters: &[f32]) -> bool {
    let all: usize = runs.iter().map(Run::count).sum();
    let cut = runs
        .iter()
        .filter(|run| gutters.iter().any(|x| crosses(run, *x)));
    let cut: usize = cut.map(Run::count).sum();
    #[expect(
        clippy::cast_precision_loss,
        reason = "numbers of characters on a page"
    )]
    {
        (cut as f32) < MOST_ACROSS * all as f32
    }
}

/// How much larger than the text a heading is that stands across all columns, in points.
const HEADING: f32 = 2.0;

/// How much higher a column ends than the heading below all of them at most, in ems of the text: balanced columns differ by some lines,
/// and one that simply ends by more.
const BALANCED: f32 = 9.0;

/// Where, from top to bottom, headings stand across all columns though they do not reach over a gutter: alone at their height, below
/// columns that end side by side.
fn headings(runs: &[Run], gutters: &[f32], images: &[Area], body: f32) -> Vec<f32> {
    let nth = |x: f32| gutters.iter().filter(|gutter| x > **gutter).count();
    let large = runs
        .iter()
        .filter(|run| run.size >= body + HEADING && begins_with_numeral(&run.text));
    let alone = large.filter(|run| {
        let (top, bottom) = (run.y - run.size, run.y + 0.5 * run.size);
        let is_beside = |other: &&Run| {
            !std::ptr::eq(*other, *run)
                && (top..=bottom).contains(&other.y)
                && nth(middle(other)) != nth(middle(run))
        };
        let is_crossed = images
            .iter()
            .any(|area| area.top < bottom && area.bottom > top);
        let end = |column: usize| {
            let lines = runs
                .iter()
                .filter(|other| other.y < top && nth(middle(other)) == column);
            let photos = images
                .iter()
                .filter(|area| area.bottom <= top && nth(area.middle().0) == column);
            let ends = lines
                .map(|line| line.y)
                .chain(photos.map(|area| area.bottom));
            ends.fold(f32::MIN, f32::max)
        };
        let lowest = (0..=gutters.len()).map(end).fold(f32::MAX, f32::min);
        runs.iter().find(is_beside).is_none()
            && !is_crossed
            && run.y - lowest <= BALANCED * body + run.size
    });
    alone.map(|run| run.y).collect()
}

/// The parts of a page in the order of reading: what stands across the gutters parts those above it from those below it. `body` is the
/// size of the text.
pub(super) fn blocks(runs: Vec<Run>, gutters: &[f32], images: &[Area], body: f32) -> Vec<Block> {
    let headings = if gutters.is_empty() {
        vec![]
    } else {
        headings(&runs, gutters, images, body)
    };
    if gutters.is_empty() {
        return vec![Block {
            runs,
            column: (0, 1),
        }];
    }
    let count = gutters.len() + 1;
    let mut blocks: Vec<Block> = vec![];
    let mut columns: Vec<Vec<Run>> = vec![vec![]; count];
    let mut wide: Vec<Run> = vec![];
    let close = |columns: &mut Vec<Vec<Run>>, blocks: &mut Vec<Block>| {
        for (nth, column) in columns.iter_mut().enumerate() {
            if !column.is_empty() {
                blocks.push(Block {
                    runs: std::mem::take(column),
                    column: (nth, count),
                });
            }
        }
    };
    for run in runs.into_iter().flat_map(|run| parted(run, gutters)) {
        let is_heading = headings.iter().any(|y| (y - run.y).abs() <= 1.0);
        if is_heading || gutters.iter().any(|x| crosses(&run, *x)) {
            close(&mut columns, &mut blocks);
            wide.push(run);
            continue;
        }
        if !wide.is_empty() {
            blocks.push(Block {
                runs: std::mem::take(&mut wide),
                column: (0, 1),
            });
        }
        let nth = gutters.iter().filter(|x| middle(&run) > **x).count();
        columns[nth].push(run);
    }
    close(&mut columns, &mut blocks);
    if !wide.is_empty() {
        blocks.push(Block {
            runs: wide,
            column: (0, 1),
        });
    }
    blocks
}

/// A run as the pieces that stand in different columns.
fn parted(run: Run, gutters: &[f32]) -> Vec<Run> {
    let mut pieces = vec![run];
    for gutter in gutters {
        let last = pieces
            .last()
            .filter(|last| last.left < *gutter && last.right > *gutter);
        if let Some(parts) = last.and_then(|last| last.parted(*gutter)) {
            pieces.pop();
            pieces.extend(parts);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::runs::{self, tests};

    fn heading(y: f32) -> Run {
        let mut run = tests::run("二、综合资讯", y);
        run.size = 26.0;
        run
    }

    const FILLER: &str = "园区周报每周汇总一次";

    /// A page 600 wide whose lines stand at these places.
    fn page(lines: &[(f32, f32, &str)]) -> (f32, Vec<Run>) {
        let glyphs = lines
            .iter()
            .flat_map(|(x, y, text)| tests::line(text, *x, *y, 20.0));
        (600.0, runs::runs(&tests::sheet(glyphs.collect())))
    }

    fn columns(lefts: &[f32], rows: u8) -> Vec<(f32, f32, &'static str)> {
        let rows = (0..rows).map(|row| 100.0 + 30.0 * f32::from(row));
        rows.flat_map(|y| lefts.iter().map(move |x| (*x, y, FILLER)))
            .collect()
    }

    #[test]
    fn two_and_three_columns_are_found() {
        let two = page(&columns(&[50.0, 330.0], 8));
        let gutters = found(&two.1, 600.0);
        assert_eq!(gutters.len(), 1);
        assert!((255.0..325.0).contains(&gutters[0]), "{gutters:?}");
        let narrow: Vec<(f32, f32, &str)> = columns(&[20.0, 220.0, 420.0], 8)
            .into_iter()
            .map(|(x, y, _)| (x, y, "园区周报每周汇总"))
            .collect();
        assert_eq!(found(&page(&narrow).1, 600.0).len(), 2);
        assert_eq!(
            found(&page(&columns(&[50.0], 8)).1, 600.0),
            Vec::<f32>::new()
        );
    }

    #[test]
    fn a_page_with_leaders_has_no_columns() {
        let mut lines = columns(&[50.0, 330.0], 8);
        lines.push((50.0, 400.0, "园区........1"));
        let page = page(&lines);
        assert_eq!(gutters(&[page]), [Vec::<f32>::new()]);
    }

    #[test]
    fn contents_in_columns_lead_to_numbers_in_each() {
        let lines: Vec<(f32, f32, &str)> = columns(&[50.0, 330.0], 8)
            .into_iter()
            .map(|(x, y, _)| (x, y, "园区周报........1"))
            .collect();
        assert_eq!(gutters(&[page(&lines)])[0].len(), 1);
    }

    #[test]
    fn a_page_that_cannot_tell_has_the_columns_of_the_others() {
        let full = || page(&columns(&[50.0, 330.0], 8));
        // The last page: one short column.
        let short = page(&columns(&[50.0], 5));
        let all = gutters(&[full(), full(), full(), short]);
        assert!(all.iter().all(|gutters| gutters.len() == 1), "{all:?}");
        let plain = || {
            let wide = (0_u8..14).map(|row| {
                (
                    50.0,
                    100.0 + 30.0 * f32::from(row),
                    "园区周报每周汇总一次园区周报每周汇总一次园区",
                )
            });
            page(&wide.collect::<Vec<_>>())
        };
        let all = gutters(&[plain(), plain(), plain(), full()]);
        assert!(all.iter().all(Vec::is_empty), "{all:?}");
    }

    #[test]
    fn columns_are_read_one_after_the_other_and_what_crosses_them_parts_them() {
        let mut lines = columns(&[50.0, 330.0], 2);
        lines.push((50.0, 180.0, "一、招商引资栏目的标题横跨两栏之上并且很长"));
        lines.extend([(330.0, 220.0, "右"), (50.0, 221.0, "左")]);
        let (_, runs) = page(&lines);
        let blocks = blocks(runs, &[300.0], &[], 20.0);
        let read: Vec<(usize, usize)> = blocks.iter().map(|block| block.column).collect();
        assert_eq!(read, [(0, 2), (1, 2), (0, 1), (0, 2), (1, 2)]);
        assert_eq!(blocks[3].runs[0].text, "左");
        assert_eq!(blocks[0].runs.len(), 2);
    }

    #[test]
    fn a_heading_below_balanced_columns_stands_across_them() {
        let read = |rows: u8, right: &[f32]| {
            let mut lines: Vec<(f32, f32, &str)> = (0..rows)
                .map(|row| (50.0, 100.0 + 30.0 * f32::from(row), FILLER))
                .collect();
            lines.extend(right.iter().map(|y| (330.0, *y, FILLER)));
            let (_, mut runs) = page(&lines);
            runs.push(heading(100.0 + 30.0 * f32::from(rows)));
            let blocks = blocks(runs, &[300.0], &[], 20.0);
            blocks.iter().map(|block| block.column).collect::<Vec<_>>()
        };
        assert_eq!(read(3, &[100.0, 130.0]), [(0, 2), (1, 2), (0, 1)]);
        assert_eq!(
            read(9, &[100.0]),
            [(0, 2), (1, 2)],
            "the last column ends early"
        );
        assert_eq!(
            read(3, &[100.0, 130.0, 160.0, 190.0]),
            [(0, 2), (1, 2)],
            "it is not alone"
        );
    }
}
