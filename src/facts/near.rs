//! How far the words reach that say something of a figure, a day or a place in a long text.
//!
//! A rule looks at the clause or the sentence around what it weighs, and those have an end in any text that is written to be read. Where
//! a text repeats itself without one, each look would go through all of it, and the time would grow with the square of the
//! length. So no look goes further than a [`REACH`]: what stands further off says nothing of it.

use std::ops::Range;

/// In bytes: 200 hanzi, which is more than the sentences of the weekly have before a figure that they speak of.
pub(super) const REACH: usize = 600;

/// The end of a text, as far as words reach.
pub(super) fn last(text: &str) -> &str {
    last_of(text, REACH)
}

/// The end of a text, at most so many bytes.
pub(super) fn last_of(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// The beginning of a text, as far as words reach.
pub(super) fn first(text: &str) -> &str {
    first_of(text, REACH)
}

/// The beginning of a text, at most so many bytes.
pub(super) fn first_of(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// What of a stretch of a text words reach from a place in it.
pub(super) fn around<'t>(text: &'t str, stretch: &Range<usize>, place: &Range<usize>) -> &'t str {
    let start = text.ceil_char_boundary(place.start.saturating_sub(REACH));
    let end = text.floor_char_boundary(place.end.saturating_add(REACH));
    &text[start.max(stretch.start)..end.min(stretch.end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_looked_at_whole() {
        let text = "总投资10亿元";
        assert_eq!((last(text), first(text)), (text, text));
        assert_eq!(around(text, &(0..text.len()), &(9..11)), text);
        assert_eq!(around(text, &(9..11), &(9..11)), "10");
    }

    #[test]
    fn of_a_long_one_no_character_is_cut() {
        let text = format!("a{}b", "亿".repeat(1_000));
        for part in [
            last(&text),
            first(&text),
            first_of(&text, 5),
            last_of(&text, 5),
        ] {
            assert!(part.len() <= REACH && !part.is_empty());
        }
        assert_eq!(around(&text, &(0..text.len()), &(1..4)).len(), 4 + REACH);
    }
}
