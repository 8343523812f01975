//! Radicals and compatibility ideographs to the ordinary ideographs that a text means by them.
//! Must not change a character of any other kind: width, letters and brackets stay as printed.

use super::pairs;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static RADICALS: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| pairs(include_str!("../../assets/text/radicals.tsv")));

/// `text` with an ordinary ideograph for each radical (U+2E80–2FDF) and each compatibility ideograph (U+F900–FAFF,
/// U+2F800–2FA1F): converters from PDF write them for hanzi that look the same. Radicals that stand for no ideograph stay.
#[must_use]
pub fn ordinary_ideographs(text: &str) -> Cow<'_, str> {
    if text.contains(is_odd) {
        Cow::Owned(text.chars().map(ordinary).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Asked of every character, and nearly never true.
const fn is_odd(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

fn ordinary(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2fdf}' => radical(c),
        // Canonically the same as one ordinary ideograph each, but for the twelve that are ordinary ones themselves.
        '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            std::iter::once(c).nfc().next().unwrap_or(c)
        }
        _ => c,
    }
}

/// The ideograph that the radical `c` stands for, if it is one.
pub(super) fn radical(c: char) -> char {
    if ('\u{2e80}'..='\u{2fdf}').contains(&c) {
        RADICALS.get(&c).copied().unwrap_or(c)
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_compatibility_ideographs_are_ordinary_hanzi() {
        assert_eq!(ordinary_ideographs("⾼新⼾⻋⾦"), "高新户车金");
        assert_eq!(ordinary_ideographs("\u{f9b4}\u{2f804}"), "領\u{4f60}");
    }

    #[test]
    fn what_is_printed_in_another_way_stays() {
        for text in ["１１ＧＷ（一期）", "㎡ Ⅲ ㈱ ① ⺀ 﨎", "e\u{301}"] {
            assert!(matches!(ordinary_ideographs(text), Cow::Borrowed(_)) || text.contains('⺀'));
            assert_eq!(ordinary_ideographs(text), text);
        }
    }

    #[test]
    fn one_character_becomes_one_ideograph() {
        for c in ('\0'..=char::MAX).filter(|c| is_odd(*c)) {
            let folded = ordinary(c);
            assert_eq!(ordinary(folded), folded, "{c}");
            let same = std::iter::once(c).nfkc().count();
            assert_eq!(same, 1, "{c}");
        }
        for (radical, ideograph) in &*RADICALS {
            assert!(is_odd(*radical) && !is_odd(*ideograph));
        }
    }
}
