//! Lines for a text of a few lines, such as a headline: broken between its clauses where it has some, else of near-equal length, so
//! that no line holds a character that is left over.
//! Must not break where the same text would not be broken in lines of full length.

use super::class::{Class, class};
use super::cluster::{Cluster, Clusters};
use super::{Gap, Page, Typesetting, typeset};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// A text of more lines than these reads as a paragraph, and is left as it is.
const MOST: usize = 6;

/// The narrowest columns in which `text` takes as few lines as the `page` has, which is set in the columns of `typesetting`, and is
/// broken at no higher price.
pub(super) fn narrowest(
    text: &str,
    gaps: &[Gap],
    typesetting: &Typesetting,
    page: &Page,
) -> Option<usize> {
    let lines = page.lines.len();
    if !(2..=MOST).contains(&lines) {
        return None;
    }
    let clusters: Vec<Cluster> = Clusters::new(text, gaps, typesetting.policy).collect();
    let columns = clusters.iter().map(|cluster| cluster.width).sum::<usize>();
    // What stands in the margin, and white space at breaks, may make it narrower still.
    let least = (columns / lines).saturating_sub(lines).max(1);
    (least..typesetting.columns).find(|columns| {
        let narrower = Typesetting {
            columns: *columns,
            ..*typesetting
        };
        let mut trial = Page::new(&narrower, false);
        for cluster in &clusters {
            trial.add(*cluster);
        }
        trial.end();
        trial.lines.len() <= lines && trial.dearest <= page.dearest
    })
}

/// The lines of `text` with a break between two of its clauses, where that takes as few lines as the `page` has, at no higher
/// price. Of several such places the one that leaves the shortest longest line.
pub(super) fn by_clauses(
    text: &str,
    typesetting: &Typesetting,
    page: &Page,
) -> Option<Vec<Range<usize>>> {
    if !(2..=MOST).contains(&page.lines.len()) {
        return None;
    }
    let parts = |seam: &Range<usize>| [&text[..seam.start], &text[seam.end..]];
    let cost = |seam: &Range<usize>| {
        let pages = parts(seam).map(|part| Page::of(part, &[], typesetting));
        let lines: usize = pages.iter().map(|page| page.lines.len()).sum();
        let dearest = pages.iter().map(|page| page.dearest).max()?;
        let widths = parts(seam).into_iter().zip(&pages);
        let longest = widths.map(|(part, page)| {
            let width = typesetting.policy.width(part);
            width.div_ceil(page.lines.len().max(1))
        });
        (lines <= page.lines.len() && dearest <= page.dearest)
            .then(|| longest.max())
            .flatten()
    };
    let seams = seams(text).into_iter();
    let (_, seam) = seams
        .filter_map(|seam| Some((cost(&seam)?, seam)))
        .min_by_key(|(cost, _)| *cost)?;
    let [before, behind] = parts(&seam).map(|part| typeset(part, typesetting).lines);
    let behind = behind.into_iter();
    let behind = behind.map(|line| seam.end + line.start..seam.end + line.end);
    Some(before.into_iter().chain(behind).collect())
}

/// White space between two clauses: none beside letters or digits, which it only sets apart from hanzi.
fn seams(text: &str) -> Vec<Range<usize>> {
    let mut seams = vec![];
    let mut before: Option<(usize, Class)> = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let here = class(cluster);
        if here == Class::Blank {
            continue;
        }
        let is_apart = |class| !matches!(class, Class::Letter | Class::Digit);
        if let Some((end, last)) = before
            && end < at
            && is_apart(last)
            && is_apart(here)
        {
            seams.push(end..at);
        }
        before = Some((at + cluster.len(), here));
    }
    seams
}
