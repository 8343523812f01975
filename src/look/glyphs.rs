//! The characters that draw borders and marks, in two sets.

use crate::text::Ambiguous;

/// Characters for borders, marks and the scroll position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// ─
    pub horizontal: &'static str,
    /// │
    pub vertical: &'static str,
    /// ┌
    pub top_left: &'static str,
    /// ┐
    pub top_right: &'static str,
    /// └
    pub bottom_left: &'static str,
    /// ┘
    pub bottom_right: &'static str,
    /// ┬
    pub tee_down: &'static str,
    /// ┴
    pub tee_up: &'static str,
    /// Mark of an unread item.
    pub unread: &'static str,
    /// Mark of a bookmark.
    pub bookmark: &'static str,
    /// Mark of what the parser was unsure of. Terminals that draw it as a picture let it reach into the next column, so
    /// it has a space behind it wherever it stands.
    pub diagnostic: &'static str,
    /// Mark of a note of the reader's own.
    pub note: &'static str,
    /// Mark of tags, and what stands before each.
    pub tag: &'static str,
    /// Points at the field of an overlay.
    pub prompt: &'static str,
    /// Before the heading of a group that is folded.
    pub folded: &'static str,
    /// Before the heading of a group that is not.
    pub unfolded: &'static str,
    /// The part of a scroll bar that stands for the screen.
    pub thumb: &'static str,
    /// A match on a scroll bar.
    pub hit: &'static str,
}

impl Glyphs {
    /// The set for a terminal that draws ambiguous characters like this.
    #[must_use]
    pub const fn for_width(ambiguous: Ambiguous) -> Self {
        match ambiguous {
            Ambiguous::Narrow => Self::UNICODE,
            // Box drawing is of ambiguous width: two columns each would tear every border.
            Ambiguous::Wide => Self::ASCII,
        }
    }

    /// Box drawing and symbols, each one column wide in a narrow terminal.
    pub const UNICODE: Self = Self {
        horizontal: "─",
        vertical: "│",
        top_left: "┌",
        top_right: "┐",
        bottom_left: "└",
        bottom_right: "┘",
        tee_down: "┬",
        tee_up: "┴",
        unread: "●",
        bookmark: "★",
        // Without U+FE0F, which would ask for a picture of two columns.
        diagnostic: "⚠",
        note: "✎",
        tag: "#",
        prompt: "›",
        folded: "▸",
        unfolded: "▾",
        thumb: "┃",
        hit: "•",
    };

    /// ASCII alone: one column wide in every terminal.
    pub const ASCII: Self = Self {
        horizontal: "-",
        vertical: "|",
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        tee_down: "+",
        tee_up: "+",
        unread: "o",
        bookmark: "*",
        diagnostic: "!",
        note: "~",
        tag: "#",
        prompt: ">",
        folded: "+",
        unfolded: "-",
        thumb: "#",
        hit: "=",
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WidthPolicy;

    #[test]
    fn each_glyph_takes_one_column_where_its_set_is_used() {
        for (glyphs, ambiguous) in [
            (Glyphs::UNICODE, Ambiguous::Narrow),
            (Glyphs::ASCII, Ambiguous::Wide),
        ] {
            let policy = WidthPolicy::new(ambiguous);
            let Glyphs {
                horizontal,
                vertical,
                top_left,
                top_right,
                bottom_left,
                bottom_right,
                tee_down,
                tee_up,
                unread,
                bookmark,
                diagnostic,
                note,
                tag,
                prompt,
                folded,
                unfolded,
                thumb,
                hit,
            } = glyphs;
            for glyph in [
                horizontal,
                vertical,
                top_left,
                top_right,
                bottom_left,
                bottom_right,
                tee_down,
                tee_up,
                unread,
                bookmark,
                diagnostic,
                note,
                tag,
                prompt,
                folded,
                unfolded,
                thumb,
                hit,
            ] {
                assert_eq!(policy.width(glyph), 1, "{glyph}");
            }
        }
    }
}
