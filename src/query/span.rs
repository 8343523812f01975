//! What a number or a day may be: from one value to another, as it is typed and as it is written.
//! Must not know what the values are.

use std::fmt;

/// Values that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<T> {
    /// `>=100`
    AtLeast(T),
    /// `>100`
    MoreThan(T),
    /// `<=100`
    AtMost(T),
    /// `<100`
    LessThan(T),
    /// `10..20`, both included; one value where they are equal.
    Between(T, T),
}

/// Why a text is no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A part of it is no value.
    NoValue,
    /// It ends before it begins.
    Backward,
}

impl<T: PartialOrd> Span<T> {
    /// Whether a value is wanted.
    #[must_use]
    pub fn contains(&self, value: &T) -> bool {
        match self {
            Self::AtLeast(first) => value >= first,
            Self::MoreThan(end) => value > end,
            Self::AtMost(last) => value <= last,
            Self::LessThan(end) => value < end,
            Self::Between(first, last) => first <= value && value <= last,
        }
    }

    /// The same of other values.
    #[must_use]
    pub fn map<U>(self, to: impl Fn(T) -> U) -> Span<U> {
        match self {
            Self::AtLeast(first) => Span::AtLeast(to(first)),
            Self::MoreThan(end) => Span::MoreThan(to(end)),
            Self::AtMost(last) => Span::AtMost(to(last)),
            Self::LessThan(end) => Span::LessThan(to(end)),
            Self::Between(first, last) => Span::Between(to(first), to(last)),
        }
    }

    /// Reads a folded text: `>=v`, `>v`, `<=v`, `<v`, `=v`, `v`, `v..v`, `v..`, `..v`, `v以上`, `v以下`. `read` tells the first and the last
    /// value that a text means, as of a month. Beside two dots each of `separators` stands between two values.
    pub(super) fn read(
        text: &str,
        separators: &[char],
        read: impl Fn(&str) -> Option<(T, T)>,
    ) -> Result<Self, Fault> {
        let one = |text: &str| read(text).ok_or(Fault::NoValue);
        // An input method makes 。。 of two dots and …… of a dash, and folding makes three dots of an ellipsis.
        let text = text.replace(['≥', '≧'], ">=").replace(['≤', '≦'], "<=");
        let text = text.replace('。', ".").replace("......", "..");
        let text = text.replace("...", "..");
        // Typed the other way round.
        let text = text.replace("=>", ">=").replace("=<", "<=");
        if let Some(rest) = text.strip_prefix(">=").or(text.strip_suffix("以上")) {
            return Ok(Self::AtLeast(one(rest)?.0));
        }
        if let Some(rest) = text.strip_prefix("<=").or(text.strip_suffix("以下")) {
            return Ok(Self::AtMost(one(rest)?.1));
        }
        if let Some(rest) = text.strip_prefix('>') {
            return Ok(Self::MoreThan(one(rest)?.1));
        }
        if let Some(rest) = text.strip_prefix('<') {
            return Ok(Self::LessThan(one(rest)?.0));
        }
        match text.split_once("..") {
            Some((first, "")) => return Ok(Self::AtLeast(one(first)?.0)),
            Some(("", last)) => return Ok(Self::AtMost(one(last)?.1)),
            _ => {}
        }
        let ends = text.split_once("..");
        let Some((first, last)) = ends.or_else(|| text.split_once(separators)) else {
            let (first, last) = one(text.strip_prefix('=').unwrap_or(&text))?;
            return Ok(Self::Between(first, last));
        };
        // What both are counted in is said once: 10..20亿.
        let unit = last.trim_start_matches(is_digit);
        let is_bare = first.chars().all(is_digit);
        let first = if is_bare {
            &format!("{first}{unit}")
        } else {
            first
        };
        let (first, last) = (one(first)?.0, one(last)?.1);
        if first > last {
            return Err(Fault::Backward);
        }
        Ok(Self::Between(first, last))
    }
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

impl<T: fmt::Display + PartialEq> fmt::Display for Span<T> {
    /// The text that reads back as this span.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(first) => write!(f, ">={first}"),
            Self::MoreThan(end) => write!(f, ">{end}"),
            Self::AtMost(last) => write!(f, "<={last}"),
            Self::LessThan(end) => write!(f, "<{end}"),
            Self::Between(first, last) if first == last => first.fmt(f),
            Self::Between(first, last) => write!(f, "{first}..{last}"),
        }
    }
}
