//! Lines that recur without being part of anything: headers and footers of any words.
//! Must not take the labels and tables that items repeat for them.

use super::attribution::attributed;
use super::classify::{self, Shape, ends_sentence, shape};
use super::lines::Row;
use super::numeral;
use super::running::{Noise, is_long};
use crate::text::normalise;
use std::collections::{HashMap, HashSet};

/// Fewest rows between a header and the next: the words of a headline come again in its lead, but right below it.
const FAR: usize = 3;

/// Most texts that are looked for in all others, so that the work stays linear.
pub(super) const CANDIDATES: usize = 24;

/// Finds lines that recur without being part of anything: no mark, no end of a sentence, far from each other, and nowhere else
/// in the text, as the last words of a wrapped headline are (“集中签约”). Many of them stand where a label that items repeat
/// (“建设内容”) does not: at a page end, in the middle of a sentence, or between two items; of two or three all do, and are
/// shorter than the lines round them. A header may number the pages.
pub(super) fn recurring(rows: &[Row<'_>], cover: usize, noise: &mut [Option<Noise>]) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate().skip(cover) {
        if noise[at].is_none() && may_recur(row) {
            places.entry(pattern(row.text)).or_default().push(at);
        }
    }
    let stands = |at: &usize| {
        is_beside_page_end(rows, noise, *at)
            || cuts_a_sentence(rows, *at)
            || is_between_items(rows, *at)
    };
    let even = is_even(rows);
    let mut found: Vec<(String, Vec<usize>)> = places
        .into_iter()
        .filter(|(text, at)| at.len() >= 2 && (!text.contains('#') || counts_up(rows, at)))
        .filter(|(_, at)| changes_place(rows, noise, at))
        .filter(|(text, at)| {
            let far = at.iter().zip(at.iter().skip(1)).all(|(a, b)| b - a >= FAR);
            let stand = at.iter().filter(|at| stands(at)).count();
            match at.len() {
                2 | 3 => {
                    let ends = |at: &usize| is_beside_page_end(rows, noise, *at);
                    let short = |at: &usize| is_shorter(rows, *at);
                    let telling = text.chars().nth(3).is_some();
                    at.iter().all(ends)
                        || (even && telling && far && stand == at.len() && at.iter().all(short))
                }
                all => far && 10 * stand >= 4 * all,
            }
        })
        .collect();
    if found.is_empty() {
        return;
    }
    found.sort_by_key(|(_, at)| (usize::MAX - at.len(), at[0]));
    found.truncate(CANDIDATES);
    let all: String = rows.iter().map(|row| pattern(row.text)).collect();
    for (text, at) in found {
        // A closing note may name the publication that headers name. A day is in many texts.
        let quoted = format!("“{text}”");
        let elsewhere = all.matches(text.as_str()).count() - all.matches(&quoted).count();
        let is_day = text
            .chars()
            .all(|c| c == '#' || !c.is_alphanumeric() || "年月日".contains(c));
        if elsewhere <= at.len() || (is_day && at.iter().all(|at| is_shorter(rows, *at))) {
            for at in at {
                noise[at] = Some(Noise::Running);
            }
        }
    }
}

/// Whether what stands above the rows at `places` is not the same everywhere, as it is within a table that comes again, unless it
/// is noise.
fn changes_place(rows: &[Row<'_>], noise: &[Option<Noise>], places: &[usize]) -> bool {
    let above = places.iter().take(CANDIDATES).map(|at| {
        let above = at.checked_sub(1).filter(|above| noise[*above].is_none());
        above.map(|above| pattern(rows[above].text))
    });
    let above: Vec<Option<String>> = above.collect();
    above.contains(&None) || 2 * above.iter().collect::<HashSet<_>>().len() >= above.len()
}

/// Whether nearly all lines that end in the middle of a sentence are about as wide as the widest: then a short one among them
/// is none of theirs.
fn is_even(rows: &[Row<'_>]) -> bool {
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let amid = pairs.filter(|(row, next)| {
        let text = |row: &Row<'_>| matches!(shape(row.text), Shape::Text | Shape::Marked(_));
        text(row) && matches!(shape(next.text), Shape::Text) && !ends_sentence(row.text)
    });
    let mut lengths: Vec<usize> = amid.map(|(row, _)| row.text.chars().count()).collect();
    lengths.sort_unstable();
    let Some(widest) = lengths.get(lengths.len() * 9 / 10) else {
        return false;
    };
    let short = lengths.iter().filter(|length| 4 * **length < 3 * widest);
    lengths.len() >= 20 && 10 * short.count() < lengths.len()
}

/// Whether an item ends above the row at `at`, and below it another or a section begins.
fn is_between_items(rows: &[Row<'_>], at: usize) -> bool {
    let above = at.checked_sub(1).map(|above| rows[above].text);
    let below = rows.get(at + 1).map(|below| shape(below.text));
    above.is_some_and(|above| attributed(above).is_some())
        && matches!(below, Some(Shape::Bullet(..) | Shape::Heading(..)))
}

/// Whether the row at `at` is clearly shorter than the one above, unless that ends something.
fn is_shorter(rows: &[Row<'_>], at: usize) -> bool {
    let length = |at: usize| rows[at].text.chars().count();
    at.checked_sub(1).is_some_and(|above| {
        ends_sentence(rows[above].text)
            || attributed(rows[above].text).is_some()
            || 4 * length(at) < 3 * length(above)
    })
}

/// Whether the numbers in texts of one pattern are the same, or count the pages.
fn counts_up(rows: &[Row<'_>], places: &[usize]) -> bool {
    let digits = |at: &usize| -> Option<u32> {
        let text = normalise(rows[*at].text);
        let start = text.find(|c: char| c.is_ascii_digit())?;
        numeral::leading(&text[start..]).map(|(number, _)| number)
    };
    let numbers: Option<Vec<u32>> = places.iter().map(digits).collect();
    numbers.is_some_and(|numbers| {
        let steps = || numbers.iter().zip(numbers.iter().skip(1));
        steps().all(|(a, b)| a == b) || steps().all(|(a, b)| a < b && b - a <= 3)
    })
}

fn may_recur(row: &Row<'_>) -> bool {
    !is_long(row.text)
        && row.text.chars().nth(1).is_some()
        && matches!(shape(row.text), Shape::Text)
        && row.level == 0
        && !ends_sentence(row.text)
        && !row.text.contains(['，', '、', '。', '；', ','])
        && !classify::opens_amid(row.text)
        && attributed(row.text).is_none()
        && (row.text.contains(char::is_alphabetic) || is_moment(row.text))
}

/// Whether `text` is a day or a time in digits: `2023/1/9 10:33`.
fn is_moment(text: &str) -> bool {
    let numbers = text.split(|c: char| numeral::digit(c).is_none());
    numbers.filter(|number| !number.is_empty()).count() >= 3
}

/// Whether a page ends right before or behind the row at `at`.
pub(super) fn is_beside_page_end(rows: &[Row<'_>], noise: &[Option<Noise>], at: usize) -> bool {
    rows[at].cut
        || rows.get(at + 1).is_none_or(|next| next.cut)
        || noise.get(at + 1).is_some_and(Option::is_some)
        || at
            .checked_sub(1)
            .is_some_and(|before| noise[before].is_some())
}

/// Whether the row at `at` stands in the middle of a sentence that goes on behind it.
fn cuts_a_sentence(rows: &[Row<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &rows[before]);
    let text = |row: &&Row<'_>| matches!(shape(row.text), Shape::Text | Shape::Marked(_));
    let amid = before.filter(text).is_some_and(|before| {
        !ends_sentence(before.text)
            && attributed(before.text).is_none()
            && !before.text.ends_with(['：', ':'])
    });
    amid && rows
        .get(at + 1)
        .is_some_and(|next| matches!(shape(next.text), Shape::Text))
}

/// `text` normalised, each run of digits one mark.
pub(super) fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in normalise(text).chars() {
        if c.is_ascii_digit() {
            if !pattern.ends_with('#') {
                pattern.push('#');
            }
        } else {
            pattern.push(c);
        }
    }
    pattern
}
