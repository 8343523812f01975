//! Segments: pieces of sentences that speak of one thing. 其中 begins a part, 今年以来 another time (§1).

use super::super::finder::Finder;
use super::super::near;
use super::super::story::{Line, Story};
use crate::issue::TextField;
use std::ops::Range;
use std::sync::LazyLock;

/// What a segment speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// What the sentence is about.
    Plain,
    /// A part of it, or examples.
    Part,
    /// Another time: a review, a whole year.
    Elsewhen,
}

/// A piece of a sentence.
#[derive(Debug)]
pub(super) struct Segment<'a> {
    pub line: &'a Line,
    /// Bytes of the line.
    pub range: Range<usize>,
    /// Number of the sentence in the item; the headline is 0.
    pub sentence: usize,
    pub frame: Frame,
}

impl Segment<'_> {
    pub fn text(&self) -> &str {
        &self.line.text[self.range.clone()]
    }
}

/// What a word does to what follows it in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// A part begins.
    Part,
    /// A list begins: a part, up to the number of what is listed (包括甲、乙等13个项目).
    List,
    /// Another time begins: a review, a whole year, a target (§1).
    Elsewhen,
    /// Another time ends, if there is one.
    Now,
    /// A sentence ends, and with it all but a part.
    Stop,
    /// A bracket opens: what begins in it ends with it.
    Open,
    /// It closes.
    Close,
}

/// The words that turn a sentence.
const TURNS: &[(&str, Turn)] = &[
    ("其中", Turn::Part),
    ("例如", Turn::Part),
    ("比如", Turn::Part),
    ("分别为", Turn::Part),
    ("分别是", Turn::Part),
    ("主要有", Turn::Part),
    ("代表性项目", Turn::Part),
    ("包括", Turn::List),
    ("包含", Turn::List),
    ("囊括", Turn::List),
    ("今年以来", Turn::Elsewhen),
    ("年以来", Turn::Elsewhen),
    ("年来", Turn::Elsewhen),
    ("近年", Turn::Elsewhen),
    ("历年", Turn::Elsewhen),
    ("今年前", Turn::Elsewhen),
    ("去年", Turn::Elsewhen),
    ("上年", Turn::Elsewhen),
    ("全年", Turn::Elsewhen),
    ("截至", Turn::Elsewhen),
    ("截止", Turn::Elsewhen),
    ("此前", Turn::Elsewhen),
    ("十四五期间", Turn::Elsewhen),
    ("十四五”期间", Turn::Elsewhen),
    ("已累计", Turn::Elsewhen),
    ("已连续", Turn::Elsewhen),
    ("累计签约", Turn::Elsewhen),
    ("目前已", Turn::Elsewhen),
    ("目前在", Turn::Elsewhen),
    ("近期", Turn::Elsewhen),
    ("已吸引", Turn::Elsewhen),
    ("已集聚", Turn::Elsewhen),
    ("已入驻", Turn::Elsewhen),
    ("已引进", Turn::Elsewhen),
    ("未来", Turn::Elsewhen),
    ("下一步", Turn::Elsewhen),
    ("将重点", Turn::Elsewhen),
    ("将实施", Turn::Elsewhen),
    ("将推进", Turn::Elsewhen),
    ("计划实施", Turn::Elsewhen),
    ("计划开工", Turn::Elsewhen),
    ("计划推进", Turn::Elsewhen),
    ("共谋划", Turn::Elsewhen),
    ("当天", Turn::Now),
    ("当日", Turn::Now),
    ("本次", Turn::Now),
    ("此次", Turn::Now),
    ("这次", Turn::Now),
    ("仪式上", Turn::Now),
    ("会上", Turn::Now),
    ("现场", Turn::Now),
    (";", Turn::Stop),
    ("(", Turn::Open),
    (")", Turn::Close),
];

/// Finds the words of [`TURNS`], the longest of those that begin at one place.
static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::of(TURNS.iter().map(|(word, _)| *word)));

/// The turns of a sentence, by the byte where each begins, in order.
fn turns(text: &str) -> Vec<(usize, Turn)> {
    let found = FINDER.find(text);
    let mut turns: Vec<_> = found
        .map(|hit| (hit.range.start, TURNS[hit.word].1))
        .chain(targets(text).map(|at| (at, Turn::Elsewhen)))
        .collect();
    turns.sort_by_key(|(at, _)| *at);
    turns
}

/// Where a target begins: 到2025年.
fn targets(text: &str) -> impl Iterator<Item = usize> {
    let found = text.match_indices('到').filter(|(at, to)| {
        let behind = &text[at + to.len()..];
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && behind[digits..].starts_with('年')
    });
    found.map(|(at, _)| at)
}

/// The segments of headline, lead and paragraphs.
pub(super) fn of(story: &Story) -> Vec<Segment<'_>> {
    let mut segments = vec![];
    let mut sentence = 0;
    for line in story.lines() {
        let mut start = 0;
        for (end, length) in sentence_ends(&line.text) {
            cut(line, start..end, sentence, &mut segments);
            sentence += 1;
            start = end + length;
        }
    }
    segments
}

/// Where the sentences of a line end, and the length of the sign there.
fn sentence_ends(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let ends = text.match_indices(['。', '!', '?']);
    let ends = ends.map(|(at, sign)| (at, sign.len()));
    ends.chain([(text.len(), 0)])
}

/// Cuts a sentence where another frame begins, and at each ;, over which a part goes on (其中甲类项目5个;乙类项目3个).
fn cut<'a>(line: &'a Line, range: Range<usize>, sentence: usize, into: &mut Vec<Segment<'a>>) {
    let text = &line.text[range.clone()];
    let (mut start, mut frame) = (0, Frame::Plain);
    // The frames in which brackets opened.
    let mut outside = vec![];
    let mut end = |start: usize, end: usize, frame: Frame| {
        if end > start {
            let range = range.start + start..range.start + end;
            into.push(Segment {
                line,
                range,
                sentence,
                frame,
            });
        }
    };
    for (at, turn) in turns(text) {
        let next = match turn {
            Turn::Part => Frame::Part,
            Turn::List if frame == Frame::Plain => Frame::Part,
            // The headline tells what it is about, whatever the time.
            Turn::Elsewhen if line.field != TextField::Headline => Frame::Elsewhen,
            Turn::Now if frame == Frame::Elsewhen => Frame::Plain,
            Turn::Stop if frame == Frame::Part => Frame::Part,
            Turn::Stop => Frame::Plain,
            Turn::Open => {
                outside.push(frame);
                continue;
            }
            Turn::Close => match outside.pop() {
                Some(before) if before != frame => before,
                _ => continue,
            },
            _ => continue,
        };
        end(start, at, frame);
        (start, frame) = (at, next);
        let over = (turn == Turn::List)
            .then(|| end_of_list(text, at))
            .flatten();
        if let Some(over) = over {
            end(start, over, frame);
            (start, frame) = (over, Frame::Plain);
        }
    }
    end(start, text.len(), frame);
}

/// How many bytes a list is followed for its end: 600 hanzi.
const LONGEST_LIST: usize = 1_800;

/// Where a list ends: before the number of what is listed (包括甲、乙等13个项目), or before the total of what is no list of
/// projects (涉及30个项目,包含四个领域,总投资5亿元).
fn end_of_list(text: &str, start: usize) -> Option<usize> {
    let list = near::first_of(&text[start..], LONGEST_LIST);
    let list = list.split(';').next().unwrap_or(list);
    let last_unit = list.rfind('个');
    let counted = list.match_indices('等').map(|(at, _)| at).find(|at| {
        let behind = &list[at + '等'.len_utf8()..];
        behind.starts_with(|c: char| c.is_ascii_digit()) && last_unit > Some(*at)
    });
    let total = [",总投资", ",计划总投资", ",投资总额", ",总金额"]
        .iter()
        .filter_map(|total| list.find(total))
        .min();
    let total = total.filter(|at| !list[..*at].contains("项目"));
    Some(start + counted.or(total)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(text: &str) -> Vec<(String, Frame)> {
        let line = Line::of(TextField::Lead, text);
        let mut found = vec![];
        cut(&line, 0..line.text.len(), 0, &mut found);
        let found = found.iter();
        found
            .map(|one| (one.text().to_owned(), one.frame))
            .collect()
    }

    #[test]
    fn every_turn_is_found() {
        for (word, turn) in TURNS {
            assert_eq!(turns(word), [(0, *turn)], "{word}");
        }
    }

    #[test]
    fn a_sentence_is_cut_where_it_speaks_of_something_else() {
        use Frame::{Elsewhen, Part, Plain};
        for (text, expected) in [
            (
                "项目30个，其中工业20个",
                vec![("项目30个,", Plain), ("其中工业20个", Part)],
            ),
            ("其中甲项目5亿元", vec![("其中甲项目5亿元", Part)]),
            ("今年以来签约9个", vec![("今年以来签约9个", Elsewhen)]),
            (
                "今年以来签约9个，当天开工4个",
                vec![("今年以来签约9个,", Elsewhen), ("当天开工4个", Plain)],
            ),
            ("到2025年签约9个", vec![("到2025年签约9个", Elsewhen)]),
            (
                "其中甲类5个；乙类3个",
                vec![("其中甲类5个", Part), (";乙类3个", Part)],
            ),
            (
                "开工5个；今年以来9个；签约3个",
                vec![
                    ("开工5个", Plain),
                    (";", Plain),
                    ("今年以来9个", Elsewhen),
                    (";签约3个", Plain),
                ],
            ),
            (
                "开工5个，包含三个领域，总投资9亿元",
                vec![
                    ("开工5个,", Plain),
                    ("包含三个领域", Part),
                    (",总投资9亿元", Plain),
                ],
            ),
            (
                "签约（含甲，其中乙）9个",
                vec![("签约(含甲,", Plain), ("其中乙", Part), (")9个", Plain)],
            ),
            ("总投资达到2025万元", vec![("总投资达到2025万元", Plain)]),
            (
                "签约包括甲、乙等9个项目",
                vec![("签约", Plain), ("包括甲、乙", Part), ("等9个项目", Plain)],
            ),
            ("其中包括甲等9个项目", vec![("其中包括甲等9个项目", Part)]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(text, frame)| (text.to_owned(), frame))
                .collect();
            assert_eq!(frames(text), expected);
        }
    }
}
