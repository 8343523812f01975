//! Lines of near-equal length for a text of a few lines, such as a headline: no line holds a character that is left over.
//! Must not break where the same text would not be broken in lines of full length.

use super::cluster::{Cluster, Clusters};
use super::{Gap, Page, Typesetting};

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
