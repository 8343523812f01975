//! Where words stand in a text, under the one folding: what a search finds is what is shown as found.
//! Must not know where the words come from.

use super::{border_from, normalise, normalise_cased, normalise_mapped};
use std::ops::Range;

/// A text folded, to be searched again and again, with the way back to what is printed.
#[derive(Debug)]
pub struct Folded {
    text: String,
    /// Of each folded character the byte of `text` at which it begins, and which bytes of the original it stands for.
    chars: Vec<(u32, Range<u32>)>,
}

impl Folded {
    /// `text`, which is shorter than 4 GiB, folded.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let folded = normalise_mapped(text);
        let narrow = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let mut printed = text.char_indices().enumerate();
        let mut own = 0..0;
        let mut seen = None;
        let chars = folded
            .text
            .char_indices()
            .zip(&folded.positions)
            .map(|((at, _), position)| {
                let position = *position as usize;
                if seen != Some(position)
                    && let Some((_, (byte, c))) = printed.find(|(n, _)| *n == position)
                {
                    own = narrow(byte)..narrow(byte + c.len_utf8());
                    seen = Some(position);
                }
                (narrow(at), own.clone())
            })
            .collect();
        Self {
            text: folded.text,
            chars,
        }
    }

    /// Where any of `words`, which are normalised, stands: byte ranges of the original in order, apart from each other; ranges
    /// that touch or overlap are one. White space inside of a match belongs to it, since folding takes it out.
    #[must_use]
    pub fn any_of(&self, words: &[String]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = words
            .iter()
            .filter(|word| !word.is_empty())
            .flat_map(|word| overlapping(&self.text, word))
            .collect();
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut merged: Vec<Range<usize>> = vec![];
        let mut near = 0;
        for range in found {
            let printed = self.printed(&range, &mut near);
            match merged.last_mut() {
                Some(before) if printed.start <= before.end => {
                    before.end = before.end.max(printed.end);
                }
                _ => merged.push(printed),
            }
        }
        merged
    }

    /// Where `needle` stands in `original`, the text that this is the fold of: byte ranges of it in order, one behind the other.
    #[must_use]
    pub fn each(&self, original: &str, needle: &Needle) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = vec![];
        let mut near = 0;
        for range in overlapping(&self.text, &needle.folded) {
            let printed = self.printed(&range, &mut near);
            let is_passed = found.last().is_some_and(|last| printed.start < last.end);
            let is_exact = needle.exact.as_ref().is_none_or(|exact| {
                normalise_cased(&original[printed.clone()]).contains(exact.as_str())
            });
            if !is_passed && is_exact {
                found.push(printed);
            }
        }
        found
    }

    /// The bytes of the original for bytes of the folded text, which begin at the character `near` or behind it; that is moved to
    /// where they begin.
    fn printed(&self, range: &Range<usize>, near: &mut usize) -> Range<usize> {
        let of = |byte: usize, near: usize| {
            border_from(&self.chars, near, |(at, _)| (*at as usize) < byte)
        };
        *near = of(range.start, *near);
        let first = &self.chars[*near].1;
        let last = &self.chars[of(range.end, *near) - 1].1;
        first.start as usize..last.end as usize
    }
}

/// What is looked for in a text as in a pager: one run of characters. Width, traditional forms and white space never matter;
/// case does as soon as there is an upper-case letter in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    folded: String,
    /// Folded but for its case, where that matters.
    exact: Option<String>,
}

impl Needle {
    /// From what was typed; none where that is nothing but white space.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let (folded, cased) = (normalise(typed), normalise_cased(typed));
        let exact = (cased != folded).then_some(cased);
        (!folded.is_empty()).then_some(Self { folded, exact })
    }

    /// Whether it stands in a text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let exact = |exact: &String| normalise_cased(text).contains(exact);
        normalise(text).contains(&self.folded) && self.exact.as_ref().is_none_or(exact)
    }

    /// As one text that [`Needle::new`] reads back.
    #[must_use]
    pub fn written(&self) -> &str {
        self.exact.as_ref().unwrap_or(&self.folded)
    }
}

/// Where any of `words`, which are normalised, stands in `text`, as [`Folded::any_of`] says.
#[must_use]
pub fn occurrences(text: &str, words: &[String]) -> Vec<Range<usize>> {
    if words.is_empty() || text.is_empty() {
        return vec![];
    }
    Folded::new(text).any_of(words)
}

/// Every place of `word` in `text`, also where they overlap: `aa` stands twice in `aaa`.
fn overlapping<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let step = word.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(word)?;
        from = at + step;
        Some(at..at + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalise;
    use proptest::prelude::*;

    fn found<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
        let words: Vec<String> = words.iter().map(|word| normalise(word)).collect();
        occurrences(text, &words)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn width_case_and_white_space_do_not_count() {
        assert_eq!(found("建设１１ＧＷ 组件", &["11gw组"]), ["１１ＧＷ 组"]);
        assert_eq!(
            found("新 能 源与新能源", &["新能源"]),
            ["新 能 源", "新能源"]
        );
        assert_eq!(found("開發區", &["开发区"]), ["開發區"]);
    }

    #[test]
    fn matches_that_touch_are_one() {
        assert_eq!(found("动力电池基地", &["动力", "电池"]), ["动力电池"]);
        assert_eq!(found("aaa", &["aa"]), ["aaa"]);
        assert_eq!(found("甲乙丙", &["丁"]), [""; 0]);
        assert_eq!(found("", &["丁"]), [""; 0]);
    }

    #[test]
    fn a_character_that_folds_to_two_is_marked_whole() {
        assert_eq!(found("1260 ㎡ 用地", &["m"]), ["㎡"]);
    }

    fn each<'a>(text: &'a str, typed: &str) -> Vec<&'a str> {
        let ranges = Folded::new(text).each(text, &Needle::new(typed).unwrap());
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn an_upper_case_letter_makes_a_needle_exact_in_any_width() {
        let text = "建设 11gw、１１ＧＷ 与 11 GW 组件";
        assert_eq!(each(text, "gw"), ["gw", "ＧＷ", "GW"]);
        assert_eq!(each(text, "GW"), ["ＧＷ", "GW"]);
        assert_eq!(each(text, "ＧＷ"), ["ＧＷ", "GW"]);
        assert_eq!(each(text, "11 Gw"), [""; 0]);
        assert_eq!(each("開發區", "开发区"), ["開發區"]);
        assert_eq!(Needle::new(" \u{3000}"), None);
    }

    #[test]
    fn hits_of_a_needle_are_counted_one_by_one() {
        assert_eq!(each("好好好", "好"), ["好", "好", "好"]);
        assert_eq!(each("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(each("等等……", "."), ["…", "…"], "each holds three of them");
    }

    proptest! {
        #[test]
        fn a_needle_is_in_a_text_exactly_where_it_has_hits(text in "[甲乙aAbBＡ㎡ ]{0,20}", typed in "[甲aAbm]{1,3}") {
            let needle = Needle::new(&typed).unwrap();
            prop_assert_eq!(Needle::new(needle.written()), Some(needle.clone()));
            let ranges = Folded::new(&text).each(&text, &needle);
            prop_assert_eq!(!ranges.is_empty(), needle.is_in(&text));
            for range in &ranges {
                prop_assert!(needle.is_in(&text[range.clone()]));
            }
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }

        #[test]
        fn something_is_marked_exactly_where_a_plain_search_finds_it(text in "[甲乙丙ab１Ａ\u{3000} ]{0,20}", word in "[甲乙ab1]{1,3}") {
            let words = [normalise(&word)];
            let ranges = occurrences(&text, &words);
            prop_assert_eq!(!ranges.is_empty(), normalise(&text).contains(&words[0]));
            for range in &ranges {
                prop_assert!(normalise(&text[range.clone()]).contains(&words[0]));
            }
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
