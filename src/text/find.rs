//! Where words stand in a text, under the one folding: what a search finds is what is shown as found.
//! Must not know where the words come from.

use super::normalise_mapped;
use std::ops::Range;

/// Where any of `words`, which are normalised, stands in `text`: byte ranges in order, apart from each other; ranges that
/// touch or overlap are one. White space inside of a match belongs to it, since folding takes it out.
#[must_use]
pub fn occurrences(text: &str, words: &[String]) -> Vec<Range<usize>> {
    if words.is_empty() || text.is_empty() {
        return vec![];
    }
    let folded = normalise_mapped(text);
    // Byte of `folded.text` → position of its character there.
    let mut found: Vec<Range<usize>> = words
        .iter()
        .filter(|word| !word.is_empty())
        .flat_map(|word| overlapping(&folded.text, word))
        .collect();
    if found.is_empty() {
        return vec![];
    }
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let folded_bytes: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).collect();
    let position = |byte: usize| folded_bytes.partition_point(|at| *at < byte);
    let mut merged: Vec<Range<usize>> = vec![];
    for range in found {
        let first = folded.positions[position(range.start)] as usize;
        let last = folded.positions[position(range.end) - 1] as usize;
        let printed = bytes[first]..bytes[last + 1];
        match merged.last_mut() {
            Some(before) if printed.start <= before.end => before.end = before.end.max(printed.end),
            _ => merged.push(printed),
        }
    }
    merged
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

    proptest! {
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
