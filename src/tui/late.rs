//! Keeps an answer of the terminal that comes too late from acting as keys: as keys it would mark items and move about.
//! Must not wait for anything.

use crate::app::terminal::{Answer, Asked, Token, token, typed};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use std::time::{Duration, Instant};

/// How long after the start Esc is held for a moment, since an answer begins with it. One that comes later is hardly cut there,
/// and Esc is not to be slow for ever.
const EARLY: Duration = Duration::from_secs(2);

/// What stands between the terminal and the loop, where the terminal was asked and has not answered all. Where the cursor
/// stands and what the terminal can do is never taken for keys by crossterm, the colour of the ground is: Alt-], 1, 1, …
#[derive(Debug, Default)]
pub(super) struct Late {
    /// Whether an answer may still come.
    is_awaited: bool,
    /// What may be the beginning of an answer, as the terminal sends it.
    bytes: Vec<u8>,
    /// The keys of it that have not been handed on.
    held: Vec<Event>,
    /// Until when Esc is held, too.
    early_until: Option<Instant>,
}

impl Late {
    /// What came of asking: what was typed meanwhile goes on, what is not answered is awaited.
    pub fn new(asked: Asked) -> (Self, Vec<Event>) {
        let mut late = Self {
            is_awaited: asked.is_open,
            early_until: Instant::now().checked_add(EARLY),
            ..Self::default()
        };
        let mut typed_ahead = asked.typed;
        let held = typed(&asked.unfinished);
        if asked.is_open {
            late.bytes = asked.unfinished;
            late.held = held;
            // A key by itself waits for nothing.
            if late.bytes.len() == 1 {
                typed_ahead.append(&mut late.held);
            }
        } else {
            typed_ahead.extend(held);
        }
        (late, typed_ahead)
    }

    /// What is to be handed on now that this came, at this time.
    pub fn take(&mut self, event: Event, at: Instant) -> Vec<Event> {
        let Event::Key(key) = &event else {
            return vec![event];
        };
        if !self.is_awaited {
            return vec![event];
        }
        let sent = sent(*key);
        let is_begun = !self.bytes.is_empty();
        self.bytes.extend_from_slice(&sent);
        match token(&self.bytes) {
            Token::Answer(_, answer) => {
                self.is_awaited = !matches!(answer, Answer::Ground(_));
                self.bytes.clear();
                self.held.clear();
                vec![]
            }
            // It may be more, but as a key it waits for nothing, once the start is over.
            Token::Unfinished
                if self.bytes.len() == 1 && self.early_until.is_none_or(|until| until < at) =>
            {
                vec![event]
            }
            Token::Unfinished | Token::UnfinishedGround => {
                self.held.push(event);
                vec![]
            }
            Token::Other => {
                self.bytes.clear();
                let mut given = std::mem::take(&mut self.held);
                if is_begun {
                    given.extend(self.take(event, at));
                } else {
                    given.push(event);
                }
                given
            }
        }
    }

    /// Whether keys are held that may well be the user's own.
    pub fn is_in_doubt(&self) -> bool {
        !self.held.is_empty() && token(&self.bytes) == Token::Unfinished
    }

    /// What is to be handed on since nothing came for a while. Where the rest of an answer comes after all, it is known.
    pub fn give_back(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.held)
    }
}

/// What the terminal has sent for this key, as far as it can be a part of an answer.
fn sent(key: KeyEvent) -> Vec<u8> {
    let mut sent = vec![];
    if key.modifiers.contains(KeyModifiers::ALT) {
        sent.push(0x1b);
    }
    match key.code {
        KeyCode::Esc => sent.push(0x1b),
        KeyCode::Char('g') if key.modifiers.contains(KeyModifiers::CONTROL) => sent.push(0x07),
        KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::CONTROL) => {
            sent.extend(c.to_string().bytes());
        }
        // No answer has it.
        _ => sent.push(0),
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATE: &str = "\x1b]11;rgb:1e1e/1e1e/bbbb";

    fn awaiting(unfinished: &str) -> (Late, Vec<Event>) {
        Late::new(Asked {
            is_open: true,
            unfinished: unfinished.as_bytes().to_vec(),
            ..Asked::default()
        })
    }

    /// What is handed on of these bytes, read as keys.
    fn through(late: &mut Late, bytes: &str) -> Vec<Event> {
        let events = typed(bytes.as_bytes()).into_iter();
        let later = Instant::now() + 2 * EARLY;
        events.flat_map(|event| late.take(event, later)).collect()
    }

    #[test]
    fn a_late_answer_is_no_key_wherever_it_was_cut() {
        for end in ["\x07", "\x1b\\"] {
            let answer = format!("{LATE}{end}");
            for at in 2..answer.len() {
                let (mut late, first) = awaiting(&answer[..at]);
                assert_eq!(first, []);
                // The rest as crossterm reads it, which knows nothing of the beginning.
                assert_eq!(through(&mut late, &answer[at..]), [], "{at}");
                assert_eq!(through(&mut late, "b"), typed(b"b"));
            }
            let (mut late, _) = awaiting("");
            let around = format!("j{answer}k");
            assert_eq!(through(&mut late, &around), typed(b"jk"));
        }
    }

    #[test]
    fn cut_behind_its_first_byte_that_one_is_a_key_and_no_more() {
        let (mut late, first) = awaiting("\x1b");
        assert_eq!(first, typed(b"\x1b"));
        let rest = format!("{}\x07", &LATE[1..]);
        assert_eq!(through(&mut late, &rest), []);
        let (mut late, _) = awaiting("");
        assert_eq!(through(&mut late, "\x1b"), typed(b"\x1b"));
        assert_eq!(through(&mut late, &rest), []);
    }

    #[test]
    fn soon_after_the_start_esc_waits_for_what_it_may_begin() {
        for rest in [&LATE[1..], "[2;3R", "[?62;22c"] {
            let (mut late, _) = awaiting("");
            let begun = typed(b"\x1b").remove(0);
            assert_eq!(late.take(begun, Instant::now()), []);
            assert!(late.is_in_doubt());
            let end = if rest.starts_with(']') { "\x07" } else { "" };
            assert_eq!(through(&mut late, &format!("{rest}{end}")), [], "{rest}");
        }
        let (mut late, _) = awaiting("");
        let own = typed(b"\x1b").remove(0);
        assert_eq!(late.take(own.clone(), Instant::now()), []);
        assert_eq!(late.give_back(), [own]);
        assert_eq!(through(&mut late, "j"), typed(b"j"));
    }

    #[test]
    fn once_it_has_come_nothing_is_held() {
        let (mut late, _) = awaiting("");
        through(&mut late, &format!("{LATE}\x07"));
        let own = "\x1b]11;b\x07";
        assert_eq!(through(&mut late, own), typed(own.as_bytes()));
        assert!(!late.is_in_doubt());
    }

    #[test]
    fn what_is_no_answer_is_given_back_in_its_order() {
        for own in [
            "\x1b]j",
            "\x1b]1\x1b]b",
            "\x1b\\",
            "\x07",
            "\x1bj",
            "\x1b]11\x1b[Bj",
        ] {
            let (mut late, _) = awaiting("");
            assert_eq!(through(&mut late, own), typed(own.as_bytes()), "{own:?}");
        }
        let (mut late, _) = awaiting("");
        let endless = format!("\x1b]11;{}", "r".repeat(200));
        assert_eq!(through(&mut late, &endless), typed(endless.as_bytes()));
    }

    #[test]
    fn a_key_that_is_in_doubt_is_given_back_after_a_while_and_the_rest_is_known_still() {
        let (mut late, _) = awaiting("");
        assert_eq!(through(&mut late, "\x1b]"), []);
        assert!(late.is_in_doubt());
        assert_eq!(late.give_back(), typed(b"\x1b]"));
        assert!(!late.is_in_doubt());
        assert_eq!(through(&mut late, "1"), []);
        assert!(!late.is_in_doubt(), "nobody presses these two");
        assert_eq!(through(&mut late, "1;rgb:b/b"), []);
        assert!(!late.is_in_doubt(), "it is an answer");
        assert_eq!(through(&mut late, "/b\x07r"), typed(b"r"));
    }

    #[test]
    fn where_all_was_answered_everything_goes_on() {
        let (mut late, first) = Late::new(Asked {
            typed: typed(b"jj"),
            unfinished: b"\x1b".to_vec(),
            ..Asked::default()
        });
        assert_eq!(first, typed(b"jj\x1b"));
        assert_eq!(through(&mut late, LATE), typed(LATE.as_bytes()));
    }

    #[test]
    fn what_is_no_key_goes_past_what_is_held() {
        let (mut late, _) = awaiting("");
        through(&mut late, "\x1b]11;rgb:");
        let size = Event::Resize(80, 24);
        assert_eq!(late.take(size.clone(), Instant::now()), [size]);
        assert_eq!(through(&mut late, "b/b/b\x07"), []);
    }
}
