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

/// `text` without control characters (the tab stays) and invisible characters. Line ends are control characters too:
/// split lines first. An escape sequence loses its escape character, so that what is left shows as plain text.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    let drop = |c: char| {
        (c.is_control() && c != '\t') || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
    };
    if text.contains(drop) {
        Cow::Owned(text.chars().filter(|c| !drop(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(clean("园区周报\t1 “项目” ％"), Cow::Borrowed(_)));
    }

    #[test]
    fn escapes_and_bidi_controls_go() {
        assert_eq!(
            clean("\u{1b}]52;c;aGk=\u{7}开工\u{202e}\u{200b}\u{feff}"),
            "]52;c;aGk=开工"
        );
        assert_eq!(clean("a\u{9b}31mb\rc\0"), "a31mbc");
    }
}
