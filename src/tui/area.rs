//! A field of several lines to type into: the text, its cursor, and the lines that are visible.
//! Must not know what the text is for. (A widget of a library would lay its text out itself, past the width policy.)

use super::cursor::Step;
use super::paint::{Canvas, columns};
use crate::look::Role;
use crate::text::{WidthPolicy, wrap_whole};
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use tui_input::InputRequest;
use unicode_segmentation::UnicodeSegmentation;

/// A text that is being edited. Places in it are bytes, at borders of what a reader takes for one character.
#[derive(Debug)]
pub struct Area {
    text: String,
    cursor: usize,
    /// All lines, as wide as the area.
    lines: Vec<Range<usize>>,
    /// First visible line.
    offset: usize,
    /// The column that going up and down keeps to.
    column: Option<usize>,
    /// What was cut off last, to be put in again.
    cut: String,
    width: u16,
    height: usize,
    policy: WidthPolicy,
}

impl Area {
    /// A text with the cursor at its end.
    #[must_use]
    pub fn new(text: String, policy: WidthPolicy) -> Self {
        let mut area = Self {
            cursor: text.len(),
            text,
            lines: vec![],
            offset: 0,
            column: None,
            cut: String::new(),
            width: 1,
            height: 1,
            policy,
        };
        area.lay_out();
        area
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines it takes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing is there.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The line of the cursor, from 0.
    #[must_use]
    pub fn line(&self) -> usize {
        let behind = self.lines.partition_point(|line| line.start <= self.cursor);
        behind.saturating_sub(1)
    }

    /// Lays the text out for `width` columns, one of which is for the cursor behind a full line, and shows as many of its
    /// lines as `height` gives for all of them.
    pub fn fit(&mut self, width: u16, height: impl Fn(usize) -> usize) {
        if self.width != width {
            self.width = width;
            self.lay_out();
        }
        self.height = height(self.lines.len()).max(1);
        self.show_cursor();
    }

    /// Puts another text in, with the cursor at its end.
    pub fn set(&mut self, text: String) {
        self.cursor = text.len();
        self.text = text;
        self.changed();
    }

    /// Types a text at the cursor.
    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        self.changed();
    }

    /// Goes up or down among the lines.
    pub fn go(&mut self, step: Step) {
        let line = step.from(self.line(), self.lines.len());
        let column = match step {
            Step::By(_) => *self.column.get_or_insert(self.column_now()),
            Step::First => 0,
            Step::Last => usize::MAX,
        };
        self.cursor = self.at(line, column);
        self.show_cursor();
    }

    /// Edits as a key asks for.
    pub fn handle(&mut self, request: InputRequest) {
        use InputRequest as Request;
        let (cursor, line) = (self.cursor, self.line_around());
        match request {
            Request::InsertChar(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Request::GoToPrevChar => self.move_to(self.before()),
            Request::GoToNextChar => self.move_to(self.behind()),
            Request::GoToPrevWord => self.move_to(self.word_before()),
            Request::GoToNextWord => self.move_to(self.word_behind()),
            Request::GoToStart => self.move_to(line.start),
            Request::GoToEnd => self.move_to(line.end),
            Request::DeletePrevChar => self.delete(self.before()..cursor),
            Request::DeleteNextChar => self.delete(cursor..self.behind()),
            Request::DeletePrevWord => self.cut(self.word_before()..cursor),
            Request::DeleteNextWord => self.cut(cursor..self.word_behind()),
            Request::DeleteLine => self.cut(line),
            Request::DeleteFromStart => self.cut(line.start..cursor),
            // At the end of a line, the line end.
            Request::DeleteTillEnd if cursor == line.end => self.cut(cursor..self.behind()),
            Request::DeleteTillEnd => self.cut(cursor..line.end),
            Request::Yank => self.insert(&self.cut.clone()),
            Request::SetCursor(_) => {}
        }
    }

    /// Draws the visible lines into `area`; where the hardware cursor goes, so that the candidate window of an input method
    /// appears there.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect) -> Position {
        let shown = self.lines.iter().skip(self.offset);
        for (row, line) in area.rows().zip(shown) {
            // A tab has no width of its own.
            let text = self.text[line.clone()].replace('\t', " ");
            canvas.role(row, row.x, row.y, &text, Role::Field);
        }
        let below = u16::try_from(self.line().saturating_sub(self.offset)).unwrap_or(0);
        let column = u16::try_from(self.column_now()).unwrap_or(u16::MAX);
        Position {
            x: (area.x.saturating_add(column)).min(area.right().saturating_sub(1)),
            y: (area.y + below).min(area.bottom().saturating_sub(1)),
        }
    }

    fn move_to(&mut self, to: usize) {
        self.cursor = to;
        self.column = None;
        self.show_cursor();
    }

    fn delete(&mut self, part: Range<usize>) {
        self.cursor = part.start;
        self.text.replace_range(part, "");
        self.changed();
    }

    fn cut(&mut self, part: Range<usize>) {
        if !part.is_empty() {
            self.text[part.clone()].clone_into(&mut self.cut);
            self.delete(part);
        }
    }

    fn changed(&mut self) {
        self.column = None;
        self.lay_out();
        self.show_cursor();
    }

    fn lay_out(&mut self) {
        let room = usize::from(self.width.saturating_sub(1));
        let text = self.text.replace('\t', " ");
        self.lines = wrap_whole(&text, room, self.policy);
    }

    /// Scrolls as little as needed for the cursor to be visible, and not beyond the end.
    fn show_cursor(&mut self) {
        let line = self.line();
        let highest = self.lines.len().saturating_sub(self.height);
        self.offset = self
            .offset
            .clamp((line + 1).saturating_sub(self.height), line)
            .min(highest);
    }

    /// The column of the cursor in its line.
    fn column_now(&self) -> usize {
        let line = &self.lines[self.line()];
        let before = self.text[line.start..self.cursor].replace('\t', " ");
        usize::from(columns(&before, self.policy))
    }

    /// The place in a line that is at `column`, or the last one before it.
    fn at(&self, line: usize, column: usize) -> usize {
        let range = &self.lines[line];
        let (mut used, mut at) = (0, range.start);
        for grapheme in self.text[range.clone()].graphemes(true) {
            used += self
                .policy
                .grapheme(grapheme)
                .max(usize::from(grapheme == "\t"));
            if used > column {
                return at;
            }
            at += grapheme.len();
        }
        // Behind the last character of a line that goes on stands the next line's first place.
        let goes_on = self
            .lines
            .get(line + 1)
            .is_some_and(|next| next.start == at);
        if goes_on { self.border_before(at) } else { at }
    }

    /// The line that the cursor is in, as it was typed: without its line end.
    fn line_around(&self) -> Range<usize> {
        let start = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[self.cursor..].find('\n');
        start..end.map_or(self.text.len(), |end| self.cursor + end)
    }

    fn before(&self) -> usize {
        self.border_before(self.cursor)
    }

    fn border_before(&self, at: usize) -> usize {
        let last = self.text[..at].graphemes(true).next_back();
        at - last.map_or(0, str::len)
    }

    fn behind(&self) -> usize {
        let first = self.text[self.cursor..].graphemes(true).next();
        self.cursor + first.map_or(0, str::len)
    }

    /// The beginning of the word before the cursor.
    fn word_before(&self) -> usize {
        let mut words = self.text[..self.cursor].unicode_word_indices();
        words.next_back().map_or(0, |(at, _)| at)
    }

    /// The end of the word behind the cursor.
    fn word_behind(&self) -> usize {
        let mut words = self.text[self.cursor..].unicode_word_indices();
        let word = words.next();
        word.map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An area of eight columns for text; `|` is the cursor.
    fn area(text: &str) -> Area {
        let cursor = text.find('|').unwrap();
        let mut area = Area::new(text.replace('|', ""), WidthPolicy::default());
        area.fit(9, |_| 3);
        area.move_to(cursor);
        area
    }

    fn shown(area: &Area) -> String {
        let (before, behind) = area.text.split_at(area.cursor);
        format!("{before}|{behind}")
    }

    fn after(text: &str, requests: &[InputRequest]) -> String {
        let mut area = area(text);
        for request in requests {
            area.handle(*request);
        }
        shown(&area)
    }

    #[test]
    fn keys_edit_by_what_a_reader_takes_for_a_character() {
        use InputRequest::*;
        assert_eq!(after("甲|丙", &[InsertChar('乙')]), "甲乙|丙");
        assert_eq!(after("ae\u{301}|", &[DeletePrevChar]), "a|");
        assert_eq!(after("|e\u{301}b", &[DeleteNextChar]), "|b");
        assert_eq!(after("甲\n|乙", &[DeletePrevChar]), "甲|乙");
        assert_eq!(
            after("|", &[DeletePrevChar, DeleteNextChar, GoToPrevChar]),
            "|"
        );
        assert_eq!(after("甲\n乙丙|丁\n戊", &[GoToStart]), "甲\n|乙丙丁\n戊");
        assert_eq!(after("甲\n乙|丙\n戊", &[GoToEnd]), "甲\n乙丙|\n戊");
        assert_eq!(after("ab cd|", &[DeletePrevWord, Yank, Yank]), "ab cdcd|");
        assert_eq!(after("甲\n乙|丙\n丁", &[DeleteLine]), "甲\n|\n丁");
        assert_eq!(after("甲|乙\n丁", &[DeleteTillEnd, DeleteTillEnd]), "甲|丁");
        assert_eq!(after("|ab cd", &[GoToNextWord]), "ab| cd");
    }

    #[test]
    fn up_and_down_go_by_lines_of_the_screen_and_keep_the_column() {
        // Eight columns: 一二三四 / 五六, then ab, then 甲乙丙.
        let mut area = area("一二三|四五六\nab\n甲乙丙丁");
        area.go(Step::By(1));
        assert_eq!(shown(&area), "一二三四五六|\nab\n甲乙丙丁");
        area.go(Step::By(1));
        assert_eq!(shown(&area), "一二三四五六\nab|\n甲乙丙丁");
        area.go(Step::By(1));
        assert_eq!(shown(&area), "一二三四五六\nab\n甲乙丙|丁");
        area.go(Step::By(-9));
        assert_eq!(shown(&area), "一二三|四五六\nab\n甲乙丙丁");
        area.go(Step::Last);
        assert_eq!(shown(&area), "一二三四五六\nab\n甲乙丙丁|");
        area.go(Step::By(-3));
        assert_eq!(area.line(), 0, "not behind the end of a line that goes on");
        area.handle(InputRequest::InsertChar('零'));
        assert_eq!(shown(&area), "一二三零|四五六\nab\n甲乙丙丁");
    }

    proptest! {
        #[test]
        fn the_cursor_is_in_the_text_and_on_the_screen(
            text in "[a甲“ \\t\\u{301}\\n]{0,40}",
            keys in proptest::collection::vec(0_usize..16, 0..30),
            width in 1_u16..12,
            height in 1_usize..5,
        ) {
            use InputRequest::*;
            let requests = [
                InsertChar('\u{301}'), InsertChar('甲'), GoToPrevChar, GoToNextChar, GoToPrevWord, GoToNextWord,
                GoToStart, GoToEnd, DeletePrevChar, DeleteNextChar, DeletePrevWord, DeleteLine, DeleteTillEnd, Yank,
            ];
            let mut area = Area::new(text, WidthPolicy::default());
            area.fit(width, |_| height);
            for key in keys {
                match requests.get(key) {
                    Some(request) => area.handle(*request),
                    None if key == 14 => area.go(Step::By(1)),
                    None => area.go(Step::By(-1)),
                }
                prop_assert!(area.text.is_char_boundary(area.cursor));
                let line = area.line();
                prop_assert!((area.offset..area.offset + height).contains(&line));
                prop_assert!(area.lines[line].start <= area.cursor && area.cursor <= area.lines[line].end);
            }
        }
    }
}
