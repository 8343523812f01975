//! From lines to paragraphs: where one begins.
//! Must not know what an issue looks like beyond its marks: a bullet at the start of a line begins something in any document.

use super::lines::Line;
use crate::source::doubt::is_hanzi;

/// A difference of size that is one of kind, in points: a headline above its lead.
const SIZE: f32 = 0.8;

/// From where on the first line of a paragraph is indented, in ems; two are usual, and a quote that hangs out takes half of one.
const INDENT: f32 = 1.4;

/// How far a line that is not the first of a paragraph may be indented, in ems.
const FLUSH: f32 = 1.2;

/// How much more than the usual distance of lines parts two paragraphs: fallback fonts make lines a tenth higher.
const GAP: f32 = 1.3;

/// How much room must be left at the end of a line beyond what the next one begins with, in ems, for the line to have ended by
/// itself; marks that may hang out, and justified lines that came out short, take less.
const LEFT_OVER: f32 = 1.0;

/// The same where the line ends like a sentence.
const LEFT_OVER_SENTENCE: f32 = 0.3;

/// What is usual in the issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// The size of the text, in points.
    pub(super) body: f32,
    /// From line to line within a paragraph, in ems.
    pub(super) pitch: f32,
    /// Whether the first lines of paragraphs are indented.
    pub(super) indents: bool,
}

/// Whether `line` begins a paragraph below `before`, of the same column.
pub(super) fn begins(before: &Line, line: &Line, measure: &Measure) -> bool {
    if begins_anywhere(before, line) {
        return true;
    }
    let em = line.size;
    let is_large = line.size > measure.body + SIZE;
    let is_centred = is_centred(before) || (is_large && is_amid_column(line, em));
    if indent(line) > INDENT * em && indent(before) < FLUSH * em && !is_centred {
        return true;
    }
    let gap = line.y - before.y;
    let is_apart = gap > GAP * measure.pitch * em.max(before.size);
    if is_apart && !(line.is_parted && is_amid(before)) {
        return true;
    }
    !is_large && has_ended(before, line)
}

/// Whether `line` begins a paragraph at the top of a column, behind `before`, the last line of the one before.
pub(super) fn begins_column(before: &Line, line: &Line, measure: &Measure) -> bool {
    begins_anywhere(before, line)
        || indent(line) > INDENT * line.size
        || has_ended(before, line)
        || (ends_paragraph(&before.text) && !measure.indents)
}

/// What begins a paragraph wherever the line before stands.
fn begins_anywhere(before: &Line, line: &Line) -> bool {
    let is_other = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let is_full = !has_ended(before, line) && !ends_sentence(&before.text);
    (line.size - before.size).abs() > SIZE
        || is_other(before.style, line.style) && count(&before.text) > 1 && count(&line.text) > 1
        || begins_with_mark(&line.text)
        || (begins_with_numeral(&line.text) && !is_full)
        || is_listed(before)
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// How far a line stands from where it could begin.
fn indent(line: &Line) -> f32 {
    line.left - line.room.0
}

/// Whether a line stands in the middle of its column with room on both sides. The first line of a paragraph, indented by two ems, may
/// leave as much room at its end by chance, but hardly to a quarter of one.
fn is_centred(line: &Line) -> bool {
    is_amid_column(line, 0.25 * line.size)
}

/// Whether the room on both sides of a line differs by so much at most.
fn is_amid_column(line: &Line, difference: f32) -> bool {
    let (before, behind) = (indent(line), line.room.1 - line.right);
    before > FLUSH * line.size && (before - behind).abs() < difference
}

/// Whether the beginning of the next line would have had room at the end of `line`, so that it was ended and not wrapped.
fn has_ended(line: &Line, next: &Line) -> bool {
    let least = if ends_sentence(&line.text) {
        LEFT_OVER_SENTENCE
    } else {
        LEFT_OVER
    };
    let left = if is_centred(line) {
        (line.room.1 - line.room.0) - (line.right - line.left)
    } else {
        line.room.1 - line.right
    };
    left > next.chunk + least * line.size
}

/// Whether a line that a picture stands below breaks off in its sentence.
fn is_amid(line: &Line) -> bool {
    !ends_sentence(&line.text) && line.room.1 - line.right < LEFT_OVER * line.size
}

/// Whether a line of the contents ends here: a leader and a number, or a number apart at the right edge.
fn is_listed(line: &Line) -> bool {
    let text = line.text.trim_end();
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if rest.len() == text.len() {
        return false;
    }
    let rest = rest.trim_end();
    let dots = rest
        .chars()
        .rev()
        .take_while(|c| matches!(c, '.' | '…' | '．' | '·' | '⋯' | ' '));
    let at_edge = line.room.1 - line.right < line.size;
    dots.count() >= 3 || (line.is_numbered && at_edge)
}

/// Whether `text` begins with a mark that nothing but the beginning of something has.
pub(super) fn begins_with_mark(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('●' | '■' | '◆' | '▲' | '★' | '□' | '◇' | '○' | '➢' | '▪' | '•' | '◎') => {
            true
        }
        Some('-' | '–' | '－' | '·') => chars.next() == Some(' '),
        Some('注') => matches!(chars.next(), Some('：' | ':')),
        _ => false,
    }
}

/// Whether `text` begins with the numeral of a heading, which a line that goes on may do, too: `一、`, `（二）`.
pub(super) fn begins_with_numeral(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    let rest = inner.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < inner.len() && rest.starts_with(['、', '）', ')'])
}

/// Whether `text` ends as sentences do, or with the bracket of a source.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '」', '』']);
    text.ends_with(['。', '！', '？', '!', '?', '：', ':', '；', ';', '）', ')'])
}

/// Whether `text` ends as paragraphs do: a semicolon or a colon may be followed by more of one.
fn ends_paragraph(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '」', '』']);
    ends_sentence(text) && !text.ends_with(['：', ':', '；', ';'])
}

/// How many characters before a line end are looked at for the spaces of their text.
const NEAR: usize = 200;

/// How often hanzi and a digit stand beside each other in a text: with a space between them, and without.
fn spaces(text: &str) -> (usize, usize) {
    let (mut with, mut without) = (0, 0);
    let mut before: Option<char> = None;
    let mut is_spaced = false;
    for c in text.chars() {
        if c == ' ' {
            is_spaced = true;
            continue;
        }
        if before.is_some_and(|before| is_number_beside(before, c)) {
            *(if is_spaced { &mut with } else { &mut without }) += 1;
        }
        (before, is_spaced) = (Some(c), false);
    }
    (with, without)
}

/// Whether one of two characters is hanzi, and the other one a digit.
fn is_number_beside(before: char, c: char) -> bool {
    (is_hanzi(before) && c.is_ascii_digit()) || (before.is_ascii_digit() && is_hanzi(c))
}

/// Puts the next line behind a text that it goes on with. A line end swallows the space between hanzi and a number, where there was one:
/// it comes back where the two have more of them than not.
pub(super) fn glue(text: &mut String, next: &str) {
    let is_word =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == ',' || c == '.');
    let opens = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '(');
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (last, first) = (text.chars().next_back(), next.chars().next());
    // A number is not parted by a line end but where it is: two pieces of digits are one. A number alone is the page of a headline
    // that left no room for it.
    let is_word = is_word(last) && opens(first) && !(is_digit(last) && is_digit(first));
    let is_page = !is_digit(last) && next.chars().all(|c| c.is_ascii_digit());
    let has_spaces = || {
        // A few lines tell, and a text may be long.
        let tail = text.char_indices().rev().nth(NEAR);
        let tail = tail.map_or(0, |(at, _)| at);
        let (before, behind) = (spaces(&text[tail..]), spaces(next));
        before.0 + behind.0 > before.1 + behind.1
    };
    let is_spaced = matches!((last, first), (Some(last), Some(first)) if is_number_beside(last, first))
        && has_spaces();
    if is_word || is_page || is_spaced {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_that_the_line_end_has_swallowed_comes_back_where_others_stand() {
        assert_eq!(spaces("共 17 个，总投资3亿元"), (2, 2));
        let glued = |text: &str, next: &str| {
            let mut text = text.to_owned();
            glue(&mut text, next);
            text
        };
        assert_eq!(glued("总投资", "369.7 亿元"), "总投资 369.7 亿元");
        assert_eq!(
            glued("共17个，总投资", "369.7亿元"),
            "共17个，总投资369.7亿元"
        );
        assert_eq!(glued("总投资", "369"), "总投资 369", "a page alone");
    }

    const MEASURE: Measure = Measure {
        body: 10.0,
        pitch: 1.5,
        indents: false,
    };

    /// A line in a column from 50 to 250, at a height of 100.
    fn line(text: &str, left: f32, right: f32) -> Line {
        Line {
            text: text.to_owned(),
            left,
            right,
            y: 100.0,
            size: 10.0,
            style: Some(1),
            chunk: 10.0,
            is_numbered: false,
            room: (50.0, 250.0),
            is_parted: false,
        }
    }

    /// Whether `next`, on the line below, begins a paragraph.
    fn begins_below(before: &Line, next: &Line) -> bool {
        let next = Line {
            y: before.y + 15.0,
            ..next.clone()
        };
        begins(before, &next, &MEASURE)
    }

    #[test]
    fn a_full_line_goes_on() {
        let full = line("总投资达到二百八十", 50.0, 249.0);
        assert!(!begins_below(&full, &line("亿元。", 50.0, 80.0)));
        assert!(begins_below(&full, &line("■亿元。", 50.0, 80.0)));
        assert!(
            begins_below(&full, &line("亿元。", 70.0, 100.0)),
            "indented"
        );
        assert!(
            !begins_below(&full, &line("一、二产业", 50.0, 100.0)),
            "no heading"
        );
    }

    #[test]
    fn a_line_with_room_for_more_was_ended() {
        let short = line("开工仪式", 50.0, 90.0);
        assert!(begins_below(&short, &line("总投资", 50.0, 80.0)));
        let nearly = line("总投资达到二百八十亿", 50.0, 232.0);
        let word = Line {
            chunk: 40.0,
            ..line("Panasonic", 50.0, 90.0)
        };
        assert!(!begins_below(&nearly, &word), "the word had no room");
        assert!(
            !begins_below(&nearly, &line("元", 50.0, 60.0)),
            "may be justified badly"
        );
        let sentence = line("总投资二百八十亿元。", 50.0, 232.0);
        assert!(begins_below(&sentence, &line("元", 50.0, 60.0)));
    }

    #[test]
    fn size_style_and_distance_tell_paragraphs_apart() {
        let full = line("总投资达到二百八十", 50.0, 249.0);
        let next = line("亿元一二三", 50.0, 100.0);
        assert!(begins_below(
            &Line {
                size: 12.0,
                ..full.clone()
            },
            &next
        ));
        assert!(begins_below(
            &Line {
                style: Some(2),
                ..full.clone()
            },
            &next
        ));
        assert!(!begins_below(
            &Line {
                style: None,
                ..full.clone()
            },
            &next
        ));
        let far = Line {
            y: 125.0,
            ..next.clone()
        };
        assert!(begins(&full, &far, &MEASURE));
        let parted = Line {
            is_parted: true,
            ..far
        };
        assert!(
            !begins(&full, &parted, &MEASURE),
            "a picture amid a sentence"
        );
    }

    #[test]
    fn the_lines_of_a_headline_stay_together() {
        let headline = |text: &str, left: f32, right: f32| Line {
            size: 14.0,
            ..line(text, left, right)
        };
        let centred = headline("●山海市高新区十二个项目", 80.0, 220.0);
        assert!(!begins_below(&centred, &headline("集中开工", 120.0, 180.0)));
        let full = headline("●山海市高新区十二个项目集中，", 50.0, 250.0);
        assert!(!begins_below(&full, &headline("开工", 110.0, 184.0)));
    }

    #[test]
    fn an_indented_line_that_leaves_some_room_goes_on() {
        let first = line("八月十六日山海市举行签约大", 70.0, 237.0);
        assert!(!begins_below(&first, &line("会。", 50.0, 70.0)));
    }

    #[test]
    fn every_line_of_the_contents_ends_one() {
        let dotted = line("●山海市项目开工......12", 50.0, 249.0);
        assert!(begins_below(&dotted, &line("甲", 50.0, 60.0)));
        let column = Line {
            is_numbered: true,
            ..line("●山海市项目开工 12", 50.0, 249.0)
        };
        assert!(begins_below(&column, &line("甲", 50.0, 60.0)));
        assert!(!begins_below(
            &line("总投资达到 280", 50.0, 249.0),
            &line("亿元", 50.0, 60.0)
        ));
    }

    #[test]
    fn at_the_top_of_a_column_a_sentence_goes_on() {
        let full = line("总投资达到二百八十", 50.0, 249.0);
        assert!(!begins_column(&full, &line("亿元。", 50.0, 80.0), &MEASURE));
        let sentence = line("总投资二百八十亿元。", 50.0, 249.0);
        assert!(begins_column(
            &sentence,
            &line("项目", 50.0, 80.0),
            &MEASURE
        ));
        let clause = line("总投资二百八十亿元；", 50.0, 249.0);
        assert!(!begins_column(&clause, &line("项目", 50.0, 80.0), &MEASURE));
        let indents = Measure {
            indents: true,
            ..MEASURE
        };
        assert!(!begins_column(
            &sentence,
            &line("项目", 50.0, 80.0),
            &indents
        ));
        assert!(begins_column(
            &sentence,
            &line("项目", 70.0, 80.0),
            &indents
        ));
    }

    #[test]
    fn words_of_latin_are_parted_by_a_line_end_and_numbers_are_not() {
        let glued = |text: &str, next: &str| {
            let mut text = text.to_owned();
            glue(&mut text, next);
            text
        };
        assert_eq!(glued("东盟", "博览会"), "东盟博览会");
        assert_eq!(glued("CITE", "Expo"), "CITE Expo");
        assert_eq!(glued("投资 28", "0 亿元"), "投资 280 亿元");
        assert_eq!(glued("项目开工", "14"), "项目开工 14");
    }
}
