//! Gutters: where a page is parted from top to bottom into columns.
//! Must not part a page of the contents between its headlines and their pages.

use super::bands;
use super::runs::Run;

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

/// The gutters of each page, from left to right: its own where it has some, else those that most pages of the issue have, where they
/// leave its text whole or part what stands between its headlines.
pub(super) fn gutters(pages: &[(f32, Vec<Run>)]) -> Vec<Vec<f32>> {
    let columns = own(pages, &across);
    let of_whole = usual(pages, &columns);
    let usual = if of_whole.is_empty() {
        usual(pages, &own(pages, &across_bands))
    } else {
        of_whole
    };
    let pages = pages.iter().zip(columns);
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
            } else if !at.is_empty() && !has_leaders(runs) && takes(runs, &at) {
                at
            } else {
                // What one page alone has is a table, or two pictures with their captions.
                vec![]
            }
        })
        .collect()
}

/// The gutters that each page shows by itself.
fn own(pages: &[(f32, Vec<Run>)], across: Across<'_>) -> Vec<Vec<f32>> {
    let own = pages.iter().map(|(width, runs)| {
        let found = found(runs, *width, across);
        if has_leaders(runs) && !lead_on_all_sides(runs, &found) {
            vec![]
        } else {
            found
        }
    });
    own.collect()
}

/// Whether a page may have these gutters.
fn takes(runs: &[Run], gutters: &[f32]) -> bool {
    is_whole(runs, gutters) || bands::are_parted(runs, gutters)
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
                runs.len() >= TELLING
                    && !has_leaders(runs)
                    && !is_whole(runs, &at)
                    && !at.iter().all(|x| bands::have_columns(runs, *x))
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
fn found(runs: &[Run], width: f32, across: Across<'_>) -> Vec<f32> {
    let mut gutters = vec![];
    let (from, to) = (EDGES.0 * width, EDGES.1 * width);
    part(runs, (from, to), (width, across), &mut gutters);
    gutters.sort_by(f32::total_cmp);
    gutters
}

/// How many characters cross a gutter of a page; none where it is no gutter.
type Across<'a> = &'a dyn Fn(&[Run], f32) -> Option<usize>;

fn part(
    runs: &[Run],
    (from, to): (f32, f32),
    (width, across): (f32, Across<'_>),
    gutters: &mut Vec<f32>,
) {
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
            part(&side, (from + least, to - least), (width, across), gutters);
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

/// The same where lines across the gutter part the page, as headlines above columns do.
fn across_bands(runs: &[Run], x: f32) -> Option<usize> {
    let count = runs.iter().filter(|run| crosses(run, x)).map(Run::count);
    bands::have_columns(runs, x).then(|| count.sum())
}

/// Whether what stands beside a gutter of a page stands at the same heights.
fn stand_beside(runs: &[Run], x: f32) -> bool {
    let whole = runs.iter().filter(|run| !crosses(run, x));
    let (left, right): (Vec<&Run>, Vec<&Run>) = whole.partition(|run| middle(run) < x);
    bands::stand_beside(&left, &right)
}

pub(super) fn crosses(run: &Run, x: f32) -> bool {
    run.left < x - 2.0 && run.ink_right() > x + 2.0 && !run.blanks.iter().any(|blank| blank.has(x))
}

pub(super) fn middle(run: &Run) -> f32 {
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::source::pdf::runs::{self, tests};

    pub(in crate::source::pdf) const FILLER: &str = "园区周报每周汇总一次";

    /// A page 600 wide whose lines stand at these places.
    pub(in crate::source::pdf) fn page(lines: &[(f32, f32, &str)]) -> (f32, Vec<Run>) {
        let glyphs = lines
            .iter()
            .flat_map(|(x, y, text)| tests::line(text, *x, *y, 20.0));
        (600.0, runs::runs(&tests::sheet(glyphs.collect())))
    }

    pub(in crate::source::pdf) fn columns(
        lefts: &[f32],
        rows: u8,
    ) -> Vec<(f32, f32, &'static str)> {
        let rows = (0..rows).map(|row| 100.0 + 30.0 * f32::from(row));
        rows.flat_map(|y| lefts.iter().map(move |x| (*x, y, FILLER)))
            .collect()
    }

    #[test]
    fn two_and_three_columns_are_found() {
        let two = page(&columns(&[50.0, 330.0], 8));
        let gutters = found(&two.1, 600.0, &across);
        assert_eq!(gutters.len(), 1);
        assert!((255.0..325.0).contains(&gutters[0]), "{gutters:?}");
        let narrow: Vec<(f32, f32, &str)> = columns(&[20.0, 220.0, 420.0], 8)
            .into_iter()
            .map(|(x, y, _)| (x, y, "园区周报每周汇总"))
            .collect();
        assert_eq!(found(&page(&narrow).1, 600.0, &across).len(), 2);
        assert_eq!(
            found(&page(&columns(&[50.0], 8)).1, 600.0, &across),
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

    /// A headline and a lead across two columns of some lines, twice.
    fn magazine() -> (f32, Vec<Run>) {
        let mut lines = vec![];
        for top in [100.0, 400.0] {
            lines.push((50.0, top, "●山海市高新区十二个项目集中开工投资百亿"));
            let lead = "导语横跨两栏一直写到右边的栏末为止总共有二十五个字";
            lines.extend([(50.0, top + 30.0, lead), (50.0, top + 60.0, lead)]);
            lines.extend(
                columns(&[50.0, 330.0], 4)
                    .into_iter()
                    .map(|(x, y, text)| (x, y + top, text)),
            );
        }
        page(&lines)
    }

    #[test]
    fn columns_between_headlines_across_them_are_found_where_most_pages_have_them() {
        let (width, runs) = magazine();
        assert_eq!(found(&runs, width, &across), Vec::<f32>::new());
        let all = gutters(&[magazine(), magazine(), magazine()]);
        assert!(
            all.iter()
                .all(|gutters| gutters.len() == 1 && (250.0..330.0).contains(&gutters[0])),
            "{all:?}"
        );
        let plain = || {
            let lines = columns(&[50.0], 14).into_iter();
            let wide = "园区周报每周汇总一次园区周报每周汇总一次园区";
            page(&lines.map(|(x, y, _)| (x, y, wide)).collect::<Vec<_>>())
        };
        let all = gutters(&[magazine(), plain(), plain()]);
        assert!(all.iter().all(Vec::is_empty), "{all:?}");
    }
}
