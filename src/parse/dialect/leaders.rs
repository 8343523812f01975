//! Pages that stand right behind the headlines of the contents, with one mark between: `开工/3`, `开工（3）`.
//! Must not take the end of a headline for a page: most lines of the contents end so, and their numbers never fall.

use super::super::contents::listed;
use super::super::numeral;
use std::borrow::Cow;

/// Fewest lines that say so.
const FEW: usize = 3;

/// Parts pages from headlines by a tab, in the `texts` before the first item, among which are the contents.
pub(super) fn translate(texts: &mut [Cow<'_, str>]) {
    let mut marks: Vec<char> = Vec::new();
    let ends: Vec<Option<(usize, char, u32)>> = texts.iter().map(|text| end(text)).collect();
    for (_, mark, _) in ends.iter().flatten() {
        if !marks.contains(mark) {
            marks.push(*mark);
        }
    }
    let Some(mark) = marks.into_iter().find(|mark| is_leader(&ends, *mark)) else {
        return;
    };
    for (text, end) in texts.iter_mut().zip(ends) {
        if let Some((length, own, page)) = end
            && own == mark
        {
            *text = Cow::Owned(format!("{}\t{page}", &text[..length]));
        }
    }
}

/// Whether most lines, from the first that has it to the last, end in `mark` and a page.
fn is_leader(ends: &[Option<(usize, char, u32)>], mark: char) -> bool {
    let own = |end: &Option<(usize, char, u32)>| end.filter(|(_, own, _)| *own == mark);
    let first = ends.iter().position(|end| own(end).is_some()).unwrap_or(0);
    let last = ends.iter().rposition(|end| own(end).is_some()).unwrap_or(0);
    let pages: Vec<u32> = ends.iter().filter_map(own).map(|(.., page)| page).collect();
    let falls = pages
        .iter()
        .zip(pages.iter().skip(1))
        .filter(|(a, b)| a > b);
    pages.len() >= FEW && 2 * pages.len() > last - first + 1 && 10 * falls.count() <= pages.len()
}

/// Where the headline of a line ends, the mark behind it, and the page behind that, where neither white space nor a leader
/// says so already.
fn end(text: &str) -> Option<(usize, char, u32)> {
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
    .then(|| Some((title.len(), mark, numeral::trailing(bare)?)))?
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
            ["●子（2）", "●丑（1）", "●寅（3）"],
            ["●子/1", "●丑", "●寅/2"],
            ["●子 1", "●丑 1", "●寅/2"],
        ] {
            assert_eq!(translated(&kept), kept);
        }
    }
}
