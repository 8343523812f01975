//! The signs of the query language, in both widths, and the commas that belong to a number.
//! Must not know what a field or a value means.

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

pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂')
}

pub(super) const fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Whether a character compares.
pub(super) const fn is_sign(c: char) -> bool {
    is_equals(c) || matches!(c, '>' | '<' | '≥' | '≤' | '≧' | '≦' | '＞' | '＜')
}

pub(super) const fn is_equals(c: char) -> bool {
    matches!(c, '=' | '＝')
}

pub(super) const fn is_negation(c: char) -> bool {
    matches!(c, '-' | '!' | '－' | '！')
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Where the commas stand that group the digits of one number, in bytes, in order: exactly three digits stand behind such a comma, and
/// one to three before it, or three and another such comma. Behind a decimal point none does.
pub(super) fn grouping(text: &str) -> Vec<usize> {
    let mut found = vec![];
    // Where the digits before a character begin.
    let mut first = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_digit(*c)) {
        let behind = at + c.len_utf8();
        let (before, digits) = (&text[..first], &text[first..at]);
        let is_led = follows(before, &found) || leads(before, digits);
        if matches!(c, ',' | '，') && is_led && begins_with_three(&text[behind..]) {
            found.push(at);
        }
        first = behind;
    }
    found
}

/// Whether what stands before some digits ends with the last comma that groups digits.
fn follows(before: &str, found: &[usize]) -> bool {
    let last = before.char_indices().next_back().map(|(at, _)| at);
    last.is_some() && last == found.last().copied()
}

/// Whether these digits can be the first of a number in groups.
fn leads(before: &str, digits: &str) -> bool {
    let is_decimal = before.ends_with(['.', '．']) && !before.ends_with("..");
    let is_short = (1..=3).contains(&digits.chars().count());
    !is_decimal && is_short && !digits.starts_with(['0', '０'])
}

/// Whether exactly three digits stand here.
fn begins_with_three(text: &str) -> bool {
    let digits = text.chars().take_while(|c| is_digit(*c));
    digits.take(4).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_before_three_digits_groups_them() {
        for (text, expected) in [
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
            let in_characters = |at: usize| text[..at].chars().count();
            let found: Vec<usize> = grouping(text).into_iter().map(in_characters).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
