//! Shortening a text to a number of columns.
//! Must never cut inside a grapheme cluster or return more columns than asked for.

use super::WidthPolicy;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

const ELLIPSIS: &str = "…";

/// `text` in at most `columns` columns; where it does not fit, its beginning and an ellipsis.
/// A width too small for the ellipsis gives what fits of the text alone.
#[must_use]
pub fn cut(text: &str, columns: usize, policy: WidthPolicy) -> Cow<'_, str> {
    let mark = policy.grapheme(ELLIPSIS);
    let (mut used, mut with_mark, mut bare) = (0, 0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        let next = used + policy.grapheme(grapheme);
        let end = at + grapheme.len();
        if next > columns {
            return if mark <= columns {
                Cow::Owned(format!("{}{ELLIPSIS}", text[..with_mark].trim_end()))
            } else {
                Cow::Borrowed(&text[..bare])
            };
        }
        if next + mark <= columns {
            with_mark = end;
        }
        bare = end;
        used = next;
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Ambiguous;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_fits_is_untouched() {
        assert_eq!(cut("园区周报", 8, WidthPolicy::default()), "园区周报");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis_and_never_in_half_a_character() {
        let policy = WidthPolicy::default();
        assert_eq!(cut("园区周报", 7, policy), "园区周…");
        assert_eq!(cut("园区周报", 6, policy), "园区…");
        assert_eq!(cut("园区周报", 1, policy), "…");
        assert_eq!(cut("园区周报", 0, policy), "");
        assert_eq!(
            cut("园区周报", 7, WidthPolicy::new(Ambiguous::Wide)),
            "园区…"
        );
    }

    #[test]
    fn an_ellipsis_does_not_follow_a_space() {
        assert_eq!(cut("开工 总投资", 6, WidthPolicy::default()), "开工…");
    }

    proptest! {
        #[test]
        fn never_wider_than_asked(text in "\\PC{0,40}", columns in 0_usize..60, wide: bool) {
            let policy = WidthPolicy::new(if wide { Ambiguous::Wide } else { Ambiguous::Narrow });
            prop_assert!(policy.width(&cut(&text, columns, policy)) <= columns);
        }
    }
}
