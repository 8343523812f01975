//! Bands: what stands between two lines across a gutter and is set in columns of its own, as magazines have it.
//! Must not look for the place of the gutter.

use super::gutters::middle;
use super::runs::Run;

/// Smallest share of the text of a page that stands side by side where its bands have columns: headlines, leads and captions across
/// them are the rest.
const LEAST_SHARE: f32 = 0.35;

/// The same where other pages show the gutter.
const LEAST_SHARE_USUAL: f32 = 0.1;

/// Smallest share of the text that stands side by side on either side: numbers of pages and dates at the right edge are less.
const LEAST_BESIDE: f32 = 0.15;

/// Fewest lines on either side that follow each other.
const LEAST_LINES: usize = 4;

/// How far below another a line stands that follows it, in ems: what is repeated all over a page stands further apart.
const FOLLOWS: f32 = 3.0;

/// The text of one side of a gutter.
#[derive(Debug, Default, Clone, Copy)]
struct Side {
    characters: usize,
    /// Those that follow each other.
    lines: usize,
}

/// Whether a page shows that the text between the lines across `x` stands in columns.
pub(super) fn have_columns(runs: &[Run], x: f32) -> bool {
    let sides = sides(runs, x);
    sides.iter().all(|side| side.lines >= LEAST_LINES) && is_share(&sides, runs, LEAST_SHARE)
}

/// Whether a page has text between the lines across gutters that other pages show.
pub(super) fn are_parted(runs: &[Run], gutters: &[f32]) -> bool {
    let mut gutters = gutters.iter();
    gutters.all(|x| is_share(&sides(runs, *x), runs, LEAST_SHARE_USUAL))
}

/// Whether what stands on both sides is text, and at least this share of a page.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of characters on a page"
)]
fn is_share(sides: &[Side; 2], runs: &[Run], share: f32) -> bool {
    let [left, right] = sides.map(|side| side.characters as f32);
    let all = runs.iter().map(Run::count).sum::<usize>() as f32;
    left + right > share * all && left.min(right) > LEAST_BESIDE * (left + right)
}

/// What stands side by side at a gutter, in all bands of a page together.
fn sides(runs: &[Run], x: f32) -> [Side; 2] {
    let mut sides = [Side::default(); 2];
    // A blank in a line is no gutter here: text that is set wide has many.
    for band in runs.split(|run| run.left < x && run.right > x) {
        let words = band.iter().filter(|run| !is_number(run));
        let (left, right): (Vec<&Run>, Vec<&Run>) = words.partition(|run| middle(run) < x);
        if !stand_beside(&left, &right) {
            continue;
        }
        for (side, runs) in sides.iter_mut().zip([left, right]) {
            side.characters += runs.iter().map(|run| run.count()).sum::<usize>();
            side.lines += following(&runs);
        }
    }
    sides
}

/// Whether it is but the number of a page, as contents have them.
fn is_number(run: &Run) -> bool {
    run.text.chars().all(|c| c.is_ascii_digit())
}

/// Whether the text on both sides of a gutter stands at the same heights, as columns do: else it is set flush left above and flush
/// right below.
pub(super) fn stand_beside(left: &[&Run], right: &[&Run]) -> bool {
    let heights = |side: &[&Run]| {
        side.iter()
            .fold((f32::MAX, f32::MIN), |(top, bottom), run| {
                (top.min(run.y - run.size), bottom.max(run.y))
            })
    };
    let (left, right) = (heights(left), heights(right));
    let shared = left.1.min(right.1) - left.0.max(right.0);
    let least = (left.1 - left.0).min(right.1 - right.0);
    shared > 0.5 * least
}

/// How many of these runs, from top to bottom, have another right above them or right below.
fn following(runs: &[&Run]) -> usize {
    let follows = |above: &Run, below: &Run| below.y - above.y <= FOLLOWS * below.size;
    let near = |at: usize| {
        let above = at.checked_sub(1).and_then(|above| runs.get(above));
        above.is_some_and(|above| follows(above, runs[at]))
            || runs
                .get(at + 1)
                .is_some_and(|below| follows(runs[at], below))
    };
    (0..runs.len()).filter(|at| near(*at)).count()
}
