//! Answers of a terminal among the bytes that it sends, and what is left of these without them.
//! Must not read a terminal.

use crate::app::looks::Answers;
use crate::look::Background;
use crate::text::Ambiguous;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// Bytes of an answer at most. The longest that is known has 34.
const MOST: usize = 80;
/// What begins the answer that names the colour of the ground.
const GROUND: &[u8] = b"\x1b]11;";
/// Bytes of it that a key may send by itself: with more it is no key that anybody presses.
const UNCERTAIN: usize = 2;
const PASTE: &[u8] = b"\x1b[200~";
const END_OF_PASTE: &[u8] = b"\x1b[201~";

/// What a terminal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The cursor stands in this column, counted from 1.
    Column(u16),
    /// The ground is of this colour: parts of red, green and blue; none where it is named in a way that is not known.
    Ground(Option<[u16; 3]>),
    /// What the terminal can do. It is asked last, so no other answer comes behind it.
    Attributes,
}

/// What a row of bytes begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// An answer, of so many bytes.
    Answer(usize, Answer),
    /// What may become an answer with more bytes.
    Unfinished,
    /// Beyond doubt the answer about the ground, as soon as its end is there.
    UnfinishedGround,
    /// No answer.
    Other,
}

/// What `bytes` begin with.
#[must_use]
pub fn token(bytes: &[u8]) -> Token {
    let found = match bytes {
        [] | [ESCAPE] => Token::Unfinished,
        [ESCAPE, b'[', ..] => control(bytes),
        [ESCAPE, b']', ..] => ground(bytes),
        _ => Token::Other,
    };
    match found {
        Token::Unfinished | Token::UnfinishedGround if bytes.len() >= MOST => Token::Other,
        found => found,
    }
}

/// `ESC [ row ; column R`, or `ESC [ ? … c`.
fn control(bytes: &[u8]) -> Token {
    let is_about_itself = bytes.get(2) == Some(&b'?');
    let begin = if is_about_itself { 3 } else { 2 };
    let is_part = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
    let parts = bytes.iter().skip(begin).take_while(|byte| is_part(byte));
    let end = begin + parts.count();
    match bytes.get(end) {
        None => Token::Unfinished,
        Some(b'c') if is_about_itself => Token::Answer(end + 1, Answer::Attributes),
        Some(b'R') if !is_about_itself => match column(&bytes[begin..end]) {
            Some(column) => Token::Answer(end + 1, Answer::Column(column)),
            None => Token::Other,
        },
        Some(_) => Token::Other,
    }
}

/// The column of `row;column`. Not in the first row, where it would be the key F3 with a modifier: the question is asked below it.
fn column(parts: &[u8]) -> Option<u16> {
    let (row, column) = std::str::from_utf8(parts).ok()?.split_once(';')?;
    let row: u16 = row.parse().ok()?;
    column.parse().ok().filter(|_| row > 1)
}

/// `ESC ] 11 ; colour`, and BEL or `ESC \` behind it.
fn ground(bytes: &[u8]) -> Token {
    let Some(colour) = bytes.strip_prefix(GROUND) else {
        return if GROUND.starts_with(bytes) && bytes.len() > UNCERTAIN {
            Token::UnfinishedGround
        } else if GROUND.starts_with(bytes) {
            Token::Unfinished
        } else {
            Token::Other
        };
    };
    let length = colour.iter().take_while(|byte| is_graphic(**byte)).count();
    let end = GROUND.len() + length;
    let answer = Answer::Ground(rgb(&colour[..length]));
    match bytes[end..] {
        [] | [ESCAPE] => Token::UnfinishedGround,
        [BELL, ..] => Token::Answer(end + 1, answer),
        [ESCAPE, b'\\', ..] => Token::Answer(end + 2, answer),
        _ => Token::Other,
    }
}

const fn is_graphic(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte == b' '
}

/// The parts of `rgb:r/g/b` or `rgba:r/g/b/a`, of one to four hexadecimal digits each.
fn rgb(colour: &[u8]) -> Option<[u16; 3]> {
    let (name, parts) = std::str::from_utf8(colour).ok()?.split_once(':')?;
    let parts: Vec<u16> = parts.split('/').map(part).collect::<Option<_>>()?;
    match (name, &parts[..]) {
        ("rgb", &[red, green, blue]) | ("rgba", &[red, green, blue, _]) => Some([red, green, blue]),
        _ => None,
    }
}

/// A part of a colour, stretched to 16 bits: `f` is as full as `ffff`.
fn part(digits: &str) -> Option<u16> {
    let count = u32::try_from(digits.len()).ok()?;
    if !(1..=4).contains(&count) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    u16::try_from(value * 0xffff / (16_u32.pow(count) - 1)).ok()
}

/// Takes in what a terminal sends, piece by piece.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    /// What may become an answer.
    open: Vec<u8>,
    /// What is no answer, in the order in which it came.
    pub rest: Vec<u8>,
    /// What was answered so far.
    pub answers: Answers,
    /// Whether the answer is there that comes last.
    pub is_closed: bool,
}

impl Hearing {
    /// Takes in what came next.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.open.extend_from_slice(bytes);
        let mut at = 0;
        while at < self.open.len() {
            match token(&self.open[at..]) {
                Token::Answer(length, answer) => {
                    at += length;
                    self.take(answer);
                }
                Token::Unfinished | Token::UnfinishedGround => break,
                Token::Other => {
                    self.rest.push(self.open[at]);
                    at += 1;
                }
            }
        }
        self.open.drain(..at);
    }

    fn take(&mut self, answer: Answer) {
        match answer {
            // Another column than these two: it takes no such character at all.
            Answer::Column(2) => self.answers.ambiguous = Some(Ambiguous::Narrow),
            Answer::Column(3) => self.answers.ambiguous = Some(Ambiguous::Wide),
            Answer::Column(_) => {}
            Answer::Ground(colour) => self.answers.background = colour.map(Background::of),
            Answer::Attributes => self.is_closed = true,
        }
    }

    /// The beginning of what may become an answer, or a key.
    pub fn open(&self) -> &[u8] {
        &self.open
    }

    /// Whether what is left ends within a paste.
    pub fn is_in_paste(&self) -> bool {
        let last = |sign: &[u8]| {
            let mut places = self.rest.windows(sign.len());
            places.rposition(|part| part == sign)
        };
        last(PASTE) > last(END_OF_PASTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::Background::{Dark, Light};
    use crate::text::Ambiguous::{Narrow, Wide};

    fn heard(pieces: &[&[u8]]) -> Hearing {
        let mut hearing = Hearing::default();
        for piece in pieces {
            hearing.hear(piece);
        }
        hearing
    }

    fn answers(ambiguous: Option<Ambiguous>, background: Option<Background>) -> Answers {
        Answers {
            ambiguous,
            background,
        }
    }

    #[test]
    fn answers_are_taken_from_between_keys_wherever_they_are_cut() {
        let sent = "j\x1b[2;3R园\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[B\x1b[?62;22cq".as_bytes();
        for first in 0..=sent.len() {
            for second in first..=sent.len() {
                let pieces = [&sent[..first], &sent[first..second], &sent[second..]];
                let heard = heard(&pieces);
                assert_eq!(heard.answers, answers(Some(Wide), Some(Light)));
                assert!(heard.is_closed && heard.open().is_empty());
                assert_eq!(heard.rest, "j园\x1b[Bq".as_bytes(), "{first} {second}");
            }
        }
    }

    #[test]
    fn answers_come_in_any_order_and_with_either_end() {
        let column = "\x1b[24;2R";
        let ground = "\x1b]11;rgb:1e1e/1e1e/2e2e\x07";
        let attributes = "\x1b[?6c";
        for sent in [
            [column, ground, attributes],
            [ground, column, attributes],
            [attributes, ground, column],
        ] {
            let heard = heard(&[sent.concat().as_bytes()]);
            assert_eq!(heard.answers, answers(Some(Narrow), Some(Dark)));
            assert!(heard.is_closed && heard.rest.is_empty());
        }
    }

    #[test]
    fn colours_are_read_in_every_form() {
        let white = Some([0xffff; 3]);
        let forms = [
            ("rgb:f/f/f", white),
            ("rgb:ff/FF/ff", white),
            ("rgb:fff/fff/fff", white),
            ("rgba:ffff/ffff/ffff/8000", white),
            ("rgb:0/80/ffff", Some([0, 0x8080, 0xffff])),
            ("rgb:ff/ff", None),
            ("rgb:fffff/0/0", None),
            ("rgb:+f/0/0", None),
            ("rgb:é/0/0", None),
            ("#ffffff", None),
            ("", None),
        ];
        for (form, colour) in forms {
            assert_eq!(rgb(form.as_bytes()), colour, "{form}");
        }
    }

    #[test]
    fn a_colour_that_is_not_known_is_an_answer_nevertheless() {
        let heard = heard(&[b"\x1b]11;?bright red\x07\x1b[?1c"]);
        assert_eq!(heard.answers, Answers::default());
        assert!(heard.is_closed && heard.rest.is_empty());
    }

    #[test]
    fn what_only_looks_like_an_answer_is_left() {
        let others: [&[u8]; 7] = [
            // F3 with Shift, the focus, a page down, Alt-], an answer to what others asked.
            b"\x1b[1;2R",
            b"\x1b[I",
            b"\x1b[6~",
            b"\x1b]j",
            b"\x1b]10;rgb:0/0/0\x07",
            b"\x1b[?2026;1$y",
            b"\xff\xfe\x00",
        ];
        for sent in others {
            let heard = heard(&[sent]);
            assert_eq!(heard.rest, sent, "{sent:?}");
            assert_eq!(heard.answers, Answers::default());
            assert!(!heard.is_closed && heard.open().is_empty());
        }
    }

    #[test]
    fn what_never_ends_is_given_up() {
        let endless = [GROUND, &[b'r'; 200]].concat();
        let heard = heard(&[&endless]);
        assert_eq!(heard.rest, endless);
        assert!(heard.open().is_empty());
    }

    #[test]
    fn a_paste_is_whole_with_its_end() {
        assert!(heard(&[b"a\x1b[200~long"]).is_in_paste());
        assert!(!heard(&[b"a\x1b[200~long\x1b[201~"]).is_in_paste());
        assert!(!heard(&[b"a"]).is_in_paste());
    }
}
