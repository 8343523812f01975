//! How many terminal columns a text takes, under one policy for ambiguous characters.
//! Must not decide which policy a terminal wants; that is asked elsewhere and handed in.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How wide the terminal draws characters of East Asian width “ambiguous” (“ ” … — · ● ★ and box drawing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One column, as most terminals do.
    #[default]
    Narrow,
    /// Two columns, as terminals set up for Chinese may do.
    Wide,
}

/// The one rule by which every text of the screen is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WidthPolicy {
    /// Width of ambiguous characters.
    pub ambiguous: Ambiguous,
}

impl WidthPolicy {
    /// A policy that draws ambiguous characters as `ambiguous` says.
    #[must_use]
    pub const fn new(ambiguous: Ambiguous) -> Self {
        Self { ambiguous }
    }

    /// Columns of one grapheme cluster: 0, 1 or 2.
    #[must_use]
    pub fn grapheme(self, grapheme: &str) -> usize {
        match grapheme.as_bytes() {
            [byte] => usize::from(*byte >= b' ' && *byte != 0x7f),
            // Two UTF-8 bytes at most: Latin, Greek, Cyrillic …; three begin the CJK blocks.
            _ => match self.ambiguous {
                Ambiguous::Narrow => grapheme.width().min(2),
                Ambiguous::Wide => grapheme.width_cjk().min(2),
            },
        }
    }

    /// Columns of a text: the sum over its grapheme clusters, as `paint` draws them.
    #[must_use]
    pub fn width(self, text: &str) -> usize {
        text.graphemes(true)
            .map(|grapheme| self.grapheme(grapheme))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: WidthPolicy = WidthPolicy::new(Ambiguous::Narrow);
    const WIDE: WidthPolicy = WidthPolicy::new(Ambiguous::Wide);

    #[test]
    fn hanzi_take_two_columns_and_ascii_one() {
        assert_eq!(NARROW.width("园区 ab"), 7);
        assert_eq!(NARROW.width(""), 0);
        assert_eq!(NARROW.width("𠮷"), 2, "hanzi outside the BMP");
    }

    #[test]
    fn ambiguous_characters_follow_the_policy() {
        for text in ["“", "”", "…", "—", "·", "●", "★", "─", "│"] {
            assert_eq!(NARROW.width(text), 1, "{text}");
            assert_eq!(WIDE.width(text), 2, "{text}");
        }
        assert_eq!(WIDE.width("，"), 2);
        assert_eq!(WIDE.width("a"), 1);
    }

    #[test]
    fn combining_marks_and_emoji_are_one_cluster() {
        assert_eq!(NARROW.width("e\u{301}"), 1);
        assert_eq!(NARROW.width("👩\u{200d}🔬"), 2);
    }
}
