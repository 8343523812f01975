//! The characters of a query, and where reading has come to: white space, quotes, commas, words.
//! Must not know what a field or a value means.

use super::{Field, QueryError, QueryProblem};
use std::ops::Range;

/// Whether a character separates the values of a field.
pub(super) const fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// Whether a character begins a group.
pub(super) const fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

/// Whether it ends one.
pub(super) const fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂')
}

pub(super) const fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Whether a character compares.
pub(super) const fn is_sign(c: char) -> bool {
    matches!(
        c,
        '>' | '<' | '=' | '≥' | '≤' | '≧' | '≦' | '＞' | '＜' | '＝'
    )
}

const fn is_negation(c: char) -> bool {
    matches!(c, '-' | '!' | '－' | '！')
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Whether the comma at `at` groups the digits of one number: exactly three stand behind it, and one to three before it, or three and
/// another such comma. Behind a decimal point none does.
pub(super) fn groups(text: &[char], at: usize) -> bool {
    let is_plain = matches!(text[at], ',' | '，');
    let behind = text[at + 1..].iter().take_while(|c| is_digit(**c)).count();
    let before = text[..at].iter().rev().take_while(|c| is_digit(**c));
    let before = before.count();
    let first = at - before;
    let outer = first.checked_sub(1).map(|outer| (outer, text[outer]));
    let is_led = match outer {
        Some((outer, ',' | '，')) if groups(text, outer) => true,
        Some((_, '.' | '．')) if !text[..first].ends_with(&['.', '.']) => false,
        _ => (1..=3).contains(&before) && !matches!(text[first], '0' | '０'),
    };
    is_plain && behind == 3 && is_led
}

/// How terms belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Connective {
    /// One side holds, or the other.
    Or,
    /// Both hold, as without a word.
    And,
}

/// A text and a place in it.
pub(super) struct Reader {
    pub text: Vec<char>,
    pub at: usize,
    /// Groups that are open here.
    pub depth: usize,
}

impl Reader {
    pub fn new(text: &str) -> Self {
        Self {
            text: text.chars().collect(),
            at: 0,
            depth: 0,
        }
    }

    pub fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    pub fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let found = self.peek().is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    /// Goes to the next term; whether there is one.
    pub fn skip_white(&mut self) -> bool {
        self.at = self.after_white(self.at);
        self.at < self.text.len()
    }

    /// The first place from `at` on that is not white.
    pub fn after_white(&self, at: usize) -> usize {
        let rest = self.text[at..].iter();
        at + rest.take_while(|c| c.is_whitespace()).count()
    }

    /// What stands from `at` up to white space, or the end of a group that is open.
    pub fn word_at(&self, at: usize) -> &[char] {
        let rest = &self.text[at..];
        let mut inner = 0_usize;
        let end = rest.iter().position(|c| {
            inner += usize::from(is_open(*c));
            let closes = is_close(*c) && inner == 0 && self.depth > 0;
            inner = inner.saturating_sub(usize::from(is_close(*c)));
            c.is_whitespace() || closes
        });
        &rest[..end.unwrap_or(rest.len())]
    }

    pub fn slice(&self, range: Range<usize>) -> String {
        self.text[range].iter().collect()
    }

    /// A word between terms that says how they belong together, which is then behind.
    pub fn connective(&mut self) -> Option<Connective> {
        let word: String = self.word_at(self.at).iter().collect();
        let found = match word.as_str() {
            "OR" | "ＯＲ" | "|" | "｜" | "或" => Connective::Or,
            "AND" | "ＡＮＤ" | "且" => Connective::And,
            _ => return None,
        };
        self.at += word.chars().count();
        Some(found)
    }

    /// Whether the term is turned round. A sign with nothing behind it is a word.
    pub fn negation(&mut self) -> bool {
        let next = self.text.get(self.at + 1);
        let is_something =
            |next: &char| !(next.is_whitespace() || self.depth > 0 && is_close(*next));
        next.is_some_and(is_something) && self.take_if(is_negation)
    }

    /// Goes over white space to a value, where none stands here; but not to another term.
    pub fn skip_white_before_value(&mut self) {
        let next = self.after_white(self.at);
        let word = self.word_at(next);
        let colon = word.iter().position(|c| is_colon(*c));
        let is_field = colon.is_some_and(|colon| {
            let name: String = word[..colon].iter().collect();
            Field::from_name(&crate::text::normalise(&name)).is_some()
        });
        let is_term = is_field || word.first().is_none_or(|first| is_negation(*first));
        if !is_term {
            self.at = next;
        }
    }

    /// Whether another value of the field follows, behind a comma, which is then behind.
    pub fn take_comma(&mut self) -> bool {
        let next = self.after_white(self.at);
        let found = self.text.get(next).is_some_and(|c| is_comma(*c));
        if found {
            self.at = next + 1;
        }
        found
    }

    pub fn rest_of_word(&mut self) -> String {
        let word = self.word_at(self.at).to_vec();
        self.at += word.len();
        word.into_iter().collect()
    }

    /// What stands between quotes, with `\"` for a quote and `\\` for a backslash; none where no quote begins here.
    pub fn quoted(&mut self) -> Result<Option<String>, QueryError> {
        let from = self.at;
        if !self.take_if(is_quote) {
            return Ok(None);
        }
        let mut quoted = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '"' | '＂' => return Ok(Some(quoted)),
                '\\' if self
                    .peek()
                    .is_some_and(|next| is_quote(next) || next == '\\') =>
                {
                    quoted.extend(self.peek());
                    self.at += 1;
                }
                _ => quoted.push(c),
            }
        }
        self.at = from;
        Err(QueryError {
            at: from..self.text.len(),
            problem: QueryProblem::OpenQuote,
        })
    }

    /// What stands up to white space, the end of a group or a comma; one that groups the digits of a quantity belongs to it.
    pub fn bare_value(&mut self, field: Field) -> String {
        let from = self.at;
        let end = from + self.word_at(from).len();
        while self.at < end {
            let c = self.text[self.at];
            if is_comma(c) && !(field.counts() && groups(&self.text, self.at)) {
                break;
            }
            self.at += 1;
        }
        self.slice(from..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_before_three_digits_groups_them() {
        for (text, grouping) in [
            ("1,000", &[1][..]),
            ("１，０００", &[1]),
            ("12,345,678.5", &[2, 6]),
            ("1,00", &[]),
            ("1,0000", &[]),
            ("1234,567", &[]),
            ("0,500", &[]),
            ("1.5,200", &[]),
            ("1、000", &[]),
            ("5亿,100亿", &[]),
            ("1,000..2,000", &[1, 8]),
            ("3,10,200", &[4]),
            (",100", &[]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let commas = (0..chars.len()).filter(|at| is_comma(chars[*at]));
            let found: Vec<usize> = commas.filter(|at| groups(&chars, *at)).collect();
            assert_eq!(found, grouping, "{text}");
        }
    }
}
