//! Pages that stand right behind the headlines of the contents, with one mark between: `开工/3`, `开工（3）`.
//! Must not take the end of a headline for a page: many lines of the contents end so, and their numbers hardly ever fall.

use super::super::classify::{Shape, shape};
use super::super::contents::listed;
use super::super::numeral;
use std::borrow::Cow;

/// Fewest lines that say so.
const FEW: usize = 3;

/// Parts pages from headlines by a tab, in the `texts` before the first item, among which are the contents.
pub(super) fn translate(texts: &mut [Cow<'_, str>]) {
    let ends: Vec<Option<End>> = texts.iter().map(|text| end(text)).collect();
    let mut marks: Vec<char> = Vec::new();
    for end in ends.iter().flatten() {
        if !marks.contains(&end.mark) {
            marks.push(end.mark);
        }
    }
    let Some(mark) = marks
        .into_iter()
        .find(|mark| is_leader(texts, &ends, *mark))
    else {
        return;
    };
    for (text, end) in texts.iter_mut().zip(ends) {
        if let Some(end) = end.filter(|end| end.mark == mark) {
            *text = Cow::Owned(format!("{}\t{}", &text[..end.length], end.page));
        }
    }
}

/// Whether `mark` and a page end the lines of the contents, from the first that they end to the last: those that another mark
/// follows, or many of them, with pages that hardly ever fall.
fn is_leader(texts: &[Cow<'_, str>], ends: &[Option<End>], mark: char) -> bool {
    let own = |at: &usize| ends[*at].as_ref().is_some_and(|end| end.mark == mark);
    let rows = || (0..ends.len()).filter(own);
    let (Some(first), Some(last)) = (rows().next(), rows().next_back()) else {
        return false;
    };
    let lines = rows().count();
    let before = |at: &usize| {
        texts
            .get(at + 1)
            .is_some_and(|next| shape(next) != Shape::Text)
    };
    let marked = (first..last).filter(before).count();
    let both = rows().filter(before).count();
    if lines >= FEW && marked >= FEW && 5 * both >= 4 * marked && 5 * both >= 4 * (lines - 1) {
        return true;
    }
    let pages: Vec<u32> = ends[first..=last]
        .iter()
        .flatten()
        .filter(|end| end.mark == mark)
        .map(|end| end.page)
        .collect();
    let falls = pages
        .iter()
        .zip(pages.iter().skip(1))
        .filter(|(a, b)| a > b);
    lines >= FEW && 2 * lines > last - first + 1 && 10 * falls.count() <= lines
}

/// The end of a line that may have a page.
struct End {
    /// Where the headline ends, in bytes.
    length: usize,
    /// What stands behind it.
    mark: char,
    page: u32,
}

/// Where the headline of a line ends, the mark behind it, and the page behind that, where neither white space nor a leader
/// says so already.
fn end(text: &str) -> Option<End> {
    if listed(text).1.is_some() {
        return None;
    }
    let bare = text.trim_end_matches(['）', ')', ']', '】']);
    let head = bare.trim_end_matches(|c| numeral::digit(c).is_some());
    let digits = bare[head.len()..].chars().count();
    let mark = head.chars().next_back()?;
    let title = head.trim_end_matches(mark).trim_end();
    let closed = bare.len() < text.len();
    let opens = "（([【".contains(mark);
    ((1..=3).contains(&digits)
        && !mark.is_alphanumeric()
        && !mark.is_whitespace()
        && (opens || !closed)
        && !title.is_empty())
    .then(|| {
        Some(End {
            length: title.len(),
            mark,
            page: numeral::trailing(bare)?,
        })
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(lines: &[&str]) -> Vec<String> {
        let mut texts: Vec<Cow<'_, str>> = lines.iter().map(|line| Cow::Borrowed(*line)).collect();
        translate(&mut texts);
        texts.into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn one_mark_before_most_pages_is_a_leader() {
        assert_eq!(
            translated(&["一、甲/1", "●子/1", "●丑/2"]),
            ["一、甲\t1", "●子\t1", "●丑\t2"]
        );
        assert_eq!(
            translated(&["●子（一期）（1）", "●丑（1）", "●寅（2）"])[0],
            "●子（一期）\t1"
        );
        for kept in [
            ["子（2）", "丑（1）", "寅（3）"],
            ["●子/1", "●丑", "●寅/2"],
            ["●子 1", "●丑 1", "●寅/2"],
        ] {
            assert_eq!(translated(&kept), kept);
        }
    }
}
