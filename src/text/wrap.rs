//! Breaking a paragraph into lines of a number of columns.
//! Must not change the text: a line is a byte range of it, and the ranges together hold all but white space at breaks.

use super::WidthPolicy;
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

/// The lines of `text` as byte ranges, none wider than `columns`, the first one narrower by `indent`.
///
/// Breaks where UAX #14 allows it, so no line begins with closing punctuation while the width lets a whole unit stand;
/// a unit wider than the line is cut between grapheme clusters. White space at a break belongs to no line. A cluster
/// wider than the line itself stands alone on one. An empty text has no lines.
#[must_use]
pub fn wrap(text: &str, columns: usize, indent: usize, policy: WidthPolicy) -> Vec<Range<usize>> {
    let mut lines = Lines {
        text,
        columns: columns.max(1),
        room: columns.saturating_sub(indent).max(1),
        start: 0,
        end: 0,
        used: 0,
        done: vec![],
        policy,
    };
    let mut from = 0;
    for (to, opportunity) in linebreaks(text) {
        lines.unit(from..to);
        if opportunity == BreakOpportunity::Mandatory && to < text.len() {
            lines.finish(to);
        }
        from = to;
    }
    lines.finish(text.len());
    lines.done
}

/// The lines of a text that is being edited, none wider than `columns` but for white space at its end: all bytes of the text
/// are in one of them, but for the line ends, which end a line each. There is one line at least.
///
/// Breaks where [`wrap`] does.
#[must_use]
pub fn wrap_whole(text: &str, columns: usize, policy: WidthPolicy) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut lines = vec![];
    let mut from = 0;
    for line in text.split('\n') {
        whole_line(line, from, columns, policy, &mut lines);
        from += line.len() + 1;
    }
    lines
}

/// The lines of a text without line ends, which begins at byte `from` of the whole.
fn whole_line(
    text: &str,
    from: usize,
    columns: usize,
    policy: WidthPolicy,
    lines: &mut Vec<Range<usize>>,
) {
    let (mut start, mut used, mut unit) = (0, 0, 0);
    for (next, _) in linebreaks(text) {
        let whole = &text[unit..next];
        let body = whole.trim_end();
        let width = policy.width(body);
        if used > 0 && used + width > columns {
            lines.push(from + start..from + unit);
            (start, used) = (unit, 0);
        }
        if width > columns {
            for (at, grapheme) in body.grapheme_indices(true) {
                let width = policy.grapheme(grapheme);
                if used > 0 && used + width > columns {
                    lines.push(from + start..from + unit + at);
                    (start, used) = (unit + at, 0);
                }
                used += width;
            }
        } else {
            used += width;
        }
        used += policy.width(&whole[body.len()..]);
        unit = next;
    }
    lines.push(from + start..from + text.len());
}

struct Lines<'a> {
    text: &'a str,
    columns: usize,
    /// Columns of the line being filled: `columns` less the indent of the first line.
    room: usize,
    start: usize,
    /// End of what the line holds, trailing white space not counted.
    end: usize,
    /// Columns up to the end of the last unit, white space counted.
    used: usize,
    done: Vec<Range<usize>>,
    policy: WidthPolicy,
}

impl Lines<'_> {
    /// Adds an unbreakable unit with the white space behind it. White space at the front of a line is left out.
    fn unit(&mut self, mut unit: Range<usize>) {
        if self.used + self.policy.width(self.text[unit.clone()].trim_end()) > self.room
            && self.end > self.start
        {
            self.finish(unit.start);
        }
        if self.end == self.start {
            let whole = &self.text[unit.clone()];
            unit.start += whole.len() - whole.trim_start().len();
            (self.start, self.end, self.used) = (unit.start, unit.start, 0);
        }
        let body = self.text[unit.clone()].trim_end();
        let width = self.policy.width(body);
        let body_end = unit.start + body.len();
        if self.used + width > self.room {
            self.cut(unit.start..body_end);
        } else {
            self.used += width;
            self.end = body_end;
        }
        self.used += self.policy.width(&self.text[body_end..unit.end]);
    }

    /// Lays a unit that is wider than a whole line, cluster by cluster.
    fn cut(&mut self, unit: Range<usize>) {
        for (at, grapheme) in self.text[unit.clone()].grapheme_indices(true) {
            let at = unit.start + at;
            let width = self.policy.grapheme(grapheme);
            if self.used + width > self.room && self.end > self.start {
                self.finish(at);
            }
            self.used += width;
            self.end = at + grapheme.len();
        }
    }

    /// Ends the line; the next one begins at byte `next`.
    fn finish(&mut self, next: usize) {
        if self.end > self.start {
            self.done.push(self.start..self.end);
            self.room = self.columns;
        }
        self.start = next;
        self.end = next;
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, columns: usize, indent: usize) -> Vec<&str> {
        wrap(text, columns, indent, WidthPolicy::default())
            .into_iter()
            .map(|line| &text[line])
            .collect()
    }

    #[test]
    fn hanzi_fill_the_line_and_the_indent_shortens_the_first() {
        assert_eq!(lines("一二三四五六七八", 8, 0), ["一二三四", "五六七八"]);
        assert_eq!(
            lines("一二三四五六七八", 8, 4),
            ["一二", "三四五六", "七八"]
        );
    }

    #[test]
    fn no_line_begins_with_closing_punctuation() {
        assert_eq!(lines("一二三四，五六", 8, 0), ["一二三", "四，五六"]);
    }

    #[test]
    fn latin_words_stay_whole_and_white_space_at_a_break_goes() {
        assert_eq!(lines("项目 alpha beta", 10, 0), ["项目 alpha", "beta"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(lines("abcdefghij", 4, 0), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn an_empty_text_has_no_lines() {
        assert!(lines("", 10, 0).is_empty());
        assert!(lines("   ", 10, 0).is_empty());
        assert_eq!(lines(" ®", 1, 0), ["®"]);
    }

    #[test]
    fn a_text_that_is_edited_keeps_its_blanks_and_empty_lines() {
        let lines = |text: &'static str, columns| -> Vec<&str> {
            let lines = wrap_whole(text, columns, WidthPolicy::default()).into_iter();
            lines.map(|line| &text[line]).collect()
        };
        assert_eq!(lines("", 4), [""]);
        assert_eq!(lines("\n", 4), ["", ""]);
        assert_eq!(lines("  甲乙丙\n\n丁 ", 6), ["  甲乙", "丙", "", "丁 "]);
        assert_eq!(lines("ab cd   ", 5), ["ab cd   "]);
        assert_eq!(lines("abcdefg hi", 4), ["abcd", "efg ", "hi"]);
        assert_eq!(lines("一二三，四", 6), ["一二", "三，四"]);
    }

    proptest! {
        #[test]
        fn of_a_text_that_is_edited_every_byte_has_its_line(text in "[a甲“ ，\u{301}\n]{0,60}", columns in 1_usize..20) {
            let policy = WidthPolicy::default();
            let lines = wrap_whole(&text, columns, policy);
            let mut at = 0;
            for line in &lines {
                // A line goes on where the one before ended, or behind its line end.
                prop_assert!(line.start == at || (line.start == at + 1 && text.as_bytes()[at] == b'\n'), "{:?}", lines);
                let shown = text[line.clone()].trim_end();
                let seen = shown.graphemes(true).filter(|grapheme| policy.grapheme(grapheme) > 0).count();
                prop_assert!(policy.width(shown) <= columns || seen == 1, "{:?} in {}", shown, columns);
                at = line.end;
            }
            prop_assert_eq!(at, text.len());
            prop_assert!(lines.len() > text.matches('\n').count());
        }

        #[test]
        fn nothing_is_lost_and_no_line_is_too_wide(text in "[\\PC\n]{0,120}", columns in 1_usize..60, indent in 0_usize..6) {
            let policy = WidthPolicy::default();
            let ranges = wrap(&text, columns, indent, policy);
            let shown: String = ranges.iter().flat_map(|line| text[line.clone()].chars()).filter(|c| !c.is_whitespace()).collect();
            let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(shown, whole);
            for (n, line) in ranges.iter().enumerate() {
                let room = if n == 0 { columns.saturating_sub(indent).max(1) } else { columns };
                let line = &text[line.clone()];
                prop_assert!(policy.width(line) <= room || line.graphemes(true).count() == 1, "{:?} in {}", line, room);
            }
        }
    }
}
