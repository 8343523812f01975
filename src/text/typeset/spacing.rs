//! What is shown between hanzi and latin letters or digits, whatever is printed there.
//! Must not change the text: it says where what stands in it is shown as another number of columns.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

use super::class::{Class, class};

/// How the space between hanzi and latin letters or digits is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spacing {
    /// As it is printed, here so and there so.
    #[default]
    AsPrinted,
    /// None, whatever is printed.
    None,
    /// One column, whatever is printed.
    Thin,
}

/// A place between hanzi and latin letters or digits that is shown otherwise than it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The white space that is printed there; empty where there is none.
    pub printed: Range<usize>,
    /// Columns that are shown.
    pub columns: usize,
}

/// The places of `text` that are shown otherwise than they are printed, in order.
pub(super) fn gaps(text: &str, spacing: Spacing) -> Vec<Gap> {
    let columns = match spacing {
        Spacing::AsPrinted => return vec![],
        Spacing::None => 0,
        Spacing::Thin => 1,
    };
    let mut gaps = vec![];
    let mut before: Option<(usize, Side)> = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let here = match class(cluster) {
            // A line end is no space.
            Class::Blank if cluster.contains(['\n', '\r']) => Side::None,
            Class::Blank => continue,
            Class::Letter | Class::Digit => Side::Latin,
            Class::Other if is_hanzi(cluster) => Side::Hanzi,
            _ => Side::None,
        };
        if let Some((end, side)) = before
            && matches!(
                (side, here),
                (Side::Hanzi, Side::Latin) | (Side::Latin, Side::Hanzi)
            )
        {
            let printed = end..at;
            if text[printed.clone()].chars().count() != columns
                || !text[printed.clone()].chars().all(|c| c == ' ')
            {
                gaps.push(Gap { printed, columns });
            }
        }
        before = Some((at + cluster.len(), here));
    }
    gaps
}

/// What stands at one side of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Hanzi,
    Latin,
    None,
}

fn is_hanzi(cluster: &str) -> bool {
    let first = cluster.chars().next();
    first.is_some_and(|c| {
        matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, spacing: Spacing) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for gap in gaps(text, spacing) {
            shown.push_str(&text[at..gap.printed.start]);
            shown.push_str(&" ".repeat(gap.columns));
            at = gap.printed.end;
        }
        shown + &text[at..]
    }

    #[test]
    fn the_space_between_hanzi_and_latin_is_uniform_and_no_other() {
        let text = "总投资 60亿元、GW\u{3000}级 的AI 项目，100 MW";
        assert_eq!(shown(text, Spacing::AsPrinted), text);
        assert_eq!(
            shown(text, Spacing::None),
            "总投资60亿元、GW级 的AI项目，100 MW"
        );
        assert_eq!(
            shown(text, Spacing::Thin),
            "总投资 60 亿元、GW 级 的 AI 项目，100 MW"
        );
    }
}
