//! Characters that fonts name by a double of what is meant.
//! Must not fold what a writer tells apart: brackets and marks of full width stay.

use super::sheet::Glyph;
use crate::text::ordinary_ideographs;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// What the characters of a glyph are in a text.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|c| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}' | '。' | '，' | '、'))
    {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in ordinary_ideographs(text).chars() {
        match c {
            // GBK-EUC-H and its sisters draw ASCII with the glyphs of full width.
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => folded.extend(ascii(c)),
            // Ligatures.
            '\u{fb00}'..='\u{fb06}' => folded.extend(c.nfkc()),
            // Skia and Noto CJK: a bar for a dash; a dash of two ems is two.
            '\u{2015}' => folded.push('—'),
            '\u{2e3a}' => folded.push_str("——"),
            '\u{2e3b}' => folded.push_str("———"),
            // A hyphen that no line ends at, or that is written where one does: it was drawn.
            '\u{2010}' | '\u{2011}' | '\u{ad}' => folded.push('-'),
            // The dot amid a name, as Katakana and mathematics have it.
            '\u{30fb}' | '\u{ff65}' | '\u{2027}' | '\u{22c5}' | '\u{2219}' => folded.push('·'),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                folded.push(' ');
            }
            _ => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// The character of half the width, where there is one.
fn ascii(c: char) -> Option<char> {
    matches!(c, '\u{ff01}'..='\u{ff5e}')
        .then(|| char::from_u32(u32::from(c) - 0xfee0))
        .flatten()
}

/// Narrows the marks of full width that stand within a word of Latin: `www．parkworld．net`, `２０２２－２０２５`.
pub(super) fn narrow(glyphs: &mut [Glyph]) {
    let is_word =
        |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| glyph.c.is_ascii_alphanumeric());
    for at in 1..glyphs.len() {
        let amid = is_word(glyphs.get(at - 1)) && is_word(glyphs.get(at + 1));
        if amid && "．／－＠＿＆＋％：".contains(glyphs[at].c) {
            glyphs[at].c = ascii(glyphs[at].c).unwrap_or(glyphs[at].c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::runs::tests::line;

    #[test]
    fn doubles_are_what_they_stand_for() {
        assert_eq!(folded("⾼新⼾"), "高新户");
        assert_eq!(folded("ｗｗｗ１"), "www1");
        assert_eq!(folded("ﬁ―⸺"), "fi———");
        assert_eq!(folded("SEW\u{2011}电机・嘉泽"), "SEW-电机·嘉泽");
        assert_eq!(folded("（２０２３）：“园区”"), "（2023）：“园区”");
    }

    #[test]
    fn marks_within_a_word_are_narrow() {
        let narrowed = |text: &str| {
            let mut glyphs = line(text, 0.0, 0.0, 10.0);
            narrow(&mut glyphs);
            glyphs.iter().map(|glyph| glyph.c).collect::<String>()
        };
        assert_eq!(narrowed("www．parkworld．net"), "www.parkworld.net");
        assert_eq!(narrowed("2022－2025"), "2022-2025");
        assert_eq!(narrowed("网址：www"), "网址：www");
    }
}
