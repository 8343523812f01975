//! What an outside text loses at the border: control characters, bidi controls and other invisible characters.
//! Must not change anything a reader could see.

use std::borrow::Cow;

/// Whether `c` is a character that shows nothing and can mislead: zero-width, bidi control, soft hyphen, variation
/// selector, tag. White space and control characters are not meant. From Unicode's `Default_Ignorable_Code_Point`, less
/// the characters that hold a place (Hangul fillers, Mongolian selectors aside).
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    // Nearly every character of a text is plain Latin or an ideograph.
    if c < '\u{ad}' || ('\u{3164}' < c && c < '\u{fe00}') {
        return false;
    }
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text` without escape sequences, control characters (the tab stays) and invisible characters. Line ends are control
/// characters too: split lines first.
///
/// A sequence goes as a whole where it is complete; of one that is not, the introducer alone, so that it takes no text along.
/// What a terminal would take as a short sequence (the escape character and one letter or digit) keeps that: in front of
/// “8 亿元” a stray escape character is more likely. (Parsers of terminals, such as `vte`, take both along, and all that follows an
/// OSC without an end.) Linear time: what is looked through in vain ends at the next control
/// character, where the next look begins.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_dirt) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_dirt) {
        clean.push_str(&rest[..at]);
        rest = skipped(&rest[at..]);
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

fn is_dirt(c: char) -> bool {
    (c.is_control() && c != '\t') || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// `text` behind the escape sequence or the single character that it begins with.
fn skipped(text: &str) -> &str {
    let mut chars = text.chars();
    let first = chars.next();
    let behind = chars.as_str();
    match first {
        Some('\u{1b}') => escaped(behind),
        Some('\u{9b}') => control_sequence(behind).unwrap_or(behind),
        Some('\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}') => {
            control_string(behind).unwrap_or(behind)
        }
        _ => behind,
    }
}

/// What is behind the sequence that `text`, which follows an escape character, goes on with.
fn escaped(text: &str) -> &str {
    let mut chars = text.chars();
    let introducer = chars.next();
    let behind = chars.as_str();
    match introducer {
        Some('[') => control_sequence(behind).unwrap_or(behind),
        Some(']') => control_string(behind).unwrap_or(behind),
        // Letters and signs that may as well belong to the text.
        Some('P' | 'X' | '^' | '_') => control_string(behind).unwrap_or(text),
        // The end of a string that was none; and the character sets that are switched on with every “normal”.
        Some('\\') => behind,
        Some('(' | ')') => behind.strip_prefix(['B', '0']).unwrap_or(text),
        _ => text,
    }
}

/// What is behind the parameters and the final byte of a CSI sequence.
fn control_sequence(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c| matches!(c, '0'..='?'));
    let text = text.trim_start_matches(|c| matches!(c, ' '..='/'));
    text.strip_prefix(|c| matches!(c, '@'..='~'))
}

/// What is behind the end of an OSC, DCS, SOS, PM or APC string. Any other control character breaks it off.
fn control_string(text: &str) -> Option<&str> {
    let end = text.find(|c: char| c.is_control() && c != '\t')?;
    let end = &text[end..];
    end.strip_prefix(['\u{7}', '\u{9c}'])
        .or_else(|| end.strip_prefix("\u{1b}\\"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(clean("园区周报\t1 “项目” ％"), Cow::Borrowed(_)));
    }

    #[test]
    fn whole_escape_sequences_go() {
        for (text, expected) in [
            ("\u{1b}]52;c;aGk=\u{7}开工", "开工"),
            ("开\u{1b}]52;c;aGk=\u{1b}\\工", "开工"),
            (
                "\u{1b}]8;;http://x.cn\u{1b}\\园区\u{1b}]8;;\u{1b}\\周报",
                "园区周报",
            ),
            ("\u{1b}[1;31m开工\u{1b}[0m", "开工"),
            ("\u{1b}[?1049h\u{1b}[2J\u{1b}[H开工\u{1b}[ q", "开工"),
            ("\u{9b}31m开\u{9d}0;标题\u{9c}工", "开工"),
            (
                "开\u{1b}Pq#0;2\u{1b}\\工\u{90}x\u{9c}\u{1b}_G\u{1b}\\",
                "开工",
            ),
            ("\u{1b}(B开工\u{1b})0", "开工"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_broken_sequence_takes_no_text_along() {
        for (text, expected) in [
            ("\u{1b}]52;c;开工 8 亿元", "52;c;开工 8 亿元"),
            ("\u{1b}]0;甲\u{1b}]0;乙\u{7}丙", "0;甲丙"),
            ("\u{9d}开工", "开工"),
            ("\u{1b}[开工", "开工"),
            ("\u{1b}[31", "31"),
            ("\u{1b}8 亿元", "8 亿元"),
            ("\u{1b}PPP 项目", "PPP 项目"),
            ("\u{1b}(一期)", "(一期)"),
            ("开工\u{1b}", "开工"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn bidi_controls_and_invisible_characters_go() {
        let text =
            "开\u{202e}工\u{2066}\u{2069}\u{200f}\u{200b}\u{feff}\u{ad}\u{e0041}\u{2028}\u{85}";
        assert_eq!(clean(text), "开工");
        assert_eq!(clean("a\rb\0\u{8}c"), "abc");
    }

    /// What a look in vain would cost if it did not end: a square of the length.
    #[test]
    fn a_long_line_of_broken_sequences_is_no_trouble() {
        for broken in ["\u{1b}]", "\u{9d}", "\u{1b}[0", "\u{1b}P", "\u{9b}1;2"] {
            let text = broken.repeat(1_000_000);
            assert!(!clean(&text).contains(is_dirt));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_left_to_clean(text in "([\u{1b}\u{9b}\u{9d}\u{7}\u{9c}\u{202e}]|[\\[\\]\\\\P;0-9mJ(B]|园|\\PC){0,40}") {
            let once = clean(&text);
            prop_assert!(!once.contains(is_dirt));
            prop_assert_eq!(&clean(&once), &once);
            // Nothing is added or moved.
            let mut rest = text.chars();
            prop_assert!(once.chars().all(|c| rest.any(|other| other == c)));
        }
    }
}
