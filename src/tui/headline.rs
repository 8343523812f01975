//! A headline on one row of a list, with what matched set apart, cut so that the first match shows.

use super::paint::Canvas;
use crate::look::Role;
use crate::text::{WidthPolicy, cut};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

const ELLIPSIS: &str = "…";

/// Draws `headline` in `role` into `row`, on a ground such as that of a selected row. `hits` are byte ranges in order.
pub fn draw(
    canvas: &mut Canvas,
    row: Rect,
    headline: &str,
    hits: &[Range<usize>],
    ground: Style,
    role: Role,
) {
    let look = canvas.look();
    let (plain, matched) = (look.on(ground, role), look.on(ground, Role::Match));
    let first = hits.first().map_or(0, |hit| hit.start);
    // Of several matches the first has to show; of one in pieces, as the jump has them, all that fit.
    let last = hits.last().map_or(0, |hit| hit.end);
    let start = shown_from(headline, first, last, usize::from(row.width), look.policy);
    let mut x = row.x;
    if start > 0 {
        x = canvas.text(row, x, row.y, ELLIPSIS, plain);
    }
    let room = Rect {
        width: row.right().saturating_sub(x),
        x,
        ..row
    };
    let shown = cut(&headline[start..], usize::from(room.width), look.policy);
    let whole = shown.len() == headline.len() - start;
    let mut at = start;
    for grapheme in shown.graphemes(true) {
        // The ellipsis of a cut headline stands where a matched character may have stood.
        let hit = (whole || grapheme != ELLIPSIS) && hits.iter().any(|hit| hit.contains(&at));
        x = canvas.text(room, x, row.y, grapheme, if hit { matched } else { plain });
        at += grapheme.len();
    }
}

/// Characters at these positions as byte ranges; neighbours are one range.
#[must_use]
pub fn ranges(text: &str, positions: &[u32]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = vec![];
    let mut wanted = positions.iter().peekable();
    for (n, (at, c)) in text.char_indices().enumerate() {
        if wanted
            .next_if(|position| **position as usize == n)
            .is_none()
        {
            continue;
        }
        let end = at + c.len_utf8();
        match ranges.last_mut() {
            Some(before) if before.end == at => before.end = end,
            _ => ranges.push(at..end),
        }
    }
    ranges
}

/// The byte from which a headline is shown in `width` columns: its beginning while the characters up to `last` fit,
/// else the latest place that leaves about a third of the row to what stands before the match at `first`.
fn shown_from(
    headline: &str,
    first: usize,
    last: usize,
    width: usize,
    policy: WidthPolicy,
) -> usize {
    let mark = policy.width(ELLIPSIS);
    let behind_mark = |columns: usize| columns.checked_sub(mark);
    let shows_match = |room| fits(&headline[..last], room, policy);
    if fits(headline, width, policy) || behind_mark(width).is_some_and(shows_match) {
        return 0;
    }
    // Whichever comes first: all of the end, or enough of what stands before the match.
    let end = behind_mark(width).map(|room| last_fitting(headline, room, policy));
    let lead = behind_mark(width / 3).map(|room| last_fitting(&headline[..first], room, policy));
    let starts = end.into_iter().chain(lead);
    starts
        .filter(|start| *start < headline.len())
        .min()
        .unwrap_or(0)
}

/// Whether `text` takes `columns` at most. Looks no further than these.
fn fits(text: &str, columns: usize, policy: WidthPolicy) -> bool {
    let mut used = 0;
    text.graphemes(true).all(|grapheme| {
        used += policy.grapheme(grapheme);
        used <= columns
    })
}

/// The byte from which the end of `text` takes `columns` at most.
fn last_fitting(text: &str, columns: usize, policy: WidthPolicy) -> usize {
    let mut used = 0;
    let fits = text
        .grapheme_indices(true)
        .rev()
        .take_while(|(_, grapheme)| {
            used += policy.grapheme(grapheme);
            used <= columns
        });
    fits.last().map_or(text.len(), |(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn byte_of(text: &str, position: usize) -> usize {
        text.char_indices()
            .nth(position)
            .map_or(text.len(), |(at, _)| at)
    }

    #[test]
    fn a_headline_that_is_cut_shows_its_match() {
        let policy = WidthPolicy::default();
        let headline = "总投资百亿元的动力电池基地在徐州奠基";
        let (first, last) = (byte_of(headline, 14), byte_of(headline, 16));
        assert_eq!(shown_from(headline, first, last, 40, policy), 0, "fits");
        assert_eq!(
            shown_from(headline, 0, 6, 20, policy),
            0,
            "the match is at the front"
        );
        let start = shown_from(headline, first, last, 20, policy);
        assert!(headline[start..].contains("徐州"));
        assert!(policy.width(&headline[start..last]) < 20);
        assert!(
            start > 0 && policy.width(&headline[start..]) < 20,
            "the end fits, so no more is cut off the front"
        );
    }

    proptest! {
        #[test]
        fn it_is_shown_from_the_first_place_that_will_do(headline in "[甲乙“a ]{1,30}", first in 0_usize..30, length in 1_usize..6, width in 0_usize..50) {
            let policy = WidthPolicy::default();
            let (first, last) = (byte_of(&headline, first), byte_of(&headline, first + length));
            let mark = policy.width(ELLIPSIS);
            let whole = policy.width(&headline) <= width || policy.width(&headline[..last]) + mark <= width;
            let will_do = |start: &usize| {
                policy.width(&headline[*start..]) + mark <= width
                    || policy.width(&headline[*start..first.max(*start)]) + mark <= width / 3
            };
            let mut places = headline.char_indices().map(|(at, _)| at);
            let expected = if whole { 0 } else { places.find(will_do).unwrap_or(0) };
            prop_assert_eq!(shown_from(&headline, first, last, width, policy), expected);
        }
    }

    #[test]
    fn a_headline_as_long_as_a_file_costs_what_is_shown_of_it() {
        let effort = |n: usize| {
            let headline = "总投资百亿元的动力电池基地在徐州奠基".repeat(n);
            let (first, last) = (headline.len() / 2, headline.len() / 2 + 9);
            let start = cpu_time::ThreadTime::now();
            for _ in 0..200 {
                shown_from(&headline, first, last, 40, WidthPolicy::default());
            }
            start.elapsed().as_secs_f64()
        };
        let (few, many) = (effort(10), effort(20_000));
        assert!(
            many < 3.0 * few + 0.02,
            "{few:.3} s, and {many:.3} s for a long one"
        );
    }

    #[test]
    fn positions_become_ranges() {
        assert_eq!(ranges("南京a江宁", &[0, 1, 3]), [0..6, 7..10]);
        assert!(ranges("南京", &[]).is_empty());
    }
}
