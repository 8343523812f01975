//! The one folding under which texts are compared: search, jump and item keys all go through here.
//! Must stay stable: the reader's marks hang on normalised headlines, so a change here needs a migration of marks.

use super::ideographs::radical;
use super::{is_invisible, pairs};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A normalised text and where each of its characters came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Normalised {
    /// The folded text.
    pub text: String,
    /// For each character of `text` the 0-based character position in the original; never decreasing.
    pub positions: Vec<u32>,
}

/// `text` folded: NFKC, lower case, all white space and invisible characters out, radicals to ideographs (U+2E80–2FDF),
/// traditional to simplified, one character to one. Idempotent.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold::<true>(text, |c, _| folded.push(c));
    folded
}

/// The same, but for the case of letters, which stays.
pub(super) fn normalise_cased(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold::<false>(text, |c, _| folded.push(c));
    folded
}

/// As [`normalise`], with the map of positions that highlights need.
#[must_use]
pub fn normalise_mapped(text: &str) -> Normalised {
    let mut folded = Normalised {
        text: String::with_capacity(text.len()),
        positions: Vec::with_capacity(text.len() / 3),
    };
    fold::<true>(text, |c, position| {
        folded.text.push(c);
        folded
            .positions
            .push(u32::try_from(position).unwrap_or(u32::MAX));
    });
    folded
}

/// Folds `text`, the case of letters too where `LOWER`, and hands each character on with its position in the original.
fn fold<const LOWER: bool>(text: &str, mut emit: impl FnMut(char, usize)) {
    let mut chars = text
        .chars()
        .enumerate()
        .filter(|(_, c)| !is_invisible(*c))
        .peekable();
    while let Some((position, c)) = chars.next() {
        let marked = chars.peek().is_some_and(|(_, next)| is_mark(*next));
        if !marked {
            match c {
                '\0'..='\u{7f}' => {
                    if !c.is_ascii_whitespace() && !c.is_ascii_control() {
                        emit(if LOWER { c.to_ascii_lowercase() } else { c }, position);
                    }
                    continue;
                }
                COMMON..='\u{9fff}' => {
                    emit(simplified_common(c), position);
                    continue;
                }
                _ => {
                    if LOWER && let Some(folded) = folded_punctuation(c) {
                        folded.chars().for_each(|c| emit(c, position));
                        continue;
                    }
                }
            }
        }
        let mut cluster = String::from(c);
        while let Some((_, mark)) = chars.next_if(|(_, next)| is_mark(*next)) {
            cluster.push(mark);
        }
        fold_cluster::<LOWER>(&cluster, |c| emit(c, position));
    }
}

/// Whether a character joins the one before it. Asked of every character, so what most are is answered without a table:
/// there is no mark below U+0300, and none among the ideographs.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && !matches!(c, '\u{3400}'..='\u{9fff}') && is_combining_mark(c)
}

/// What a character of the blocks that hold Chinese punctuation and full-width forms folds to, looked up: they are a tenth of
/// any text, and the way that is right for all of Unicode takes ten times as long.
fn folded_punctuation(c: char) -> Option<&'static str> {
    static FOLDED: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
        let fold = |c: char| {
            let mut folded = String::new();
            fold_cluster::<true>(c.encode_utf8(&mut [0; 4]), |c| folded.push(c));
            folded
        };
        PUNCTUATION
            .into_iter()
            .map(|block| block.map(fold).collect())
            .collect()
    });
    let block = PUNCTUATION.iter().position(|block| block.contains(&c))?;
    let first = *PUNCTUATION[block].start();
    let at = u32::from(c) - u32::from(first);
    FOLDED[block].get(at as usize).map(String::as_str)
}

/// Folds one base character with its marks, the way that is right for all of Unicode.
fn fold_cluster<const LOWER: bool>(cluster: &str, mut emit: impl FnMut(char)) {
    let composed = cluster.nfkc();
    let cased: String = if LOWER {
        composed.flat_map(char::to_lowercase).collect()
    } else {
        composed.collect()
    };
    let mut bare = true;
    for c in cased.nfkc() {
        // A spacing accent (´) is white space and a mark in NFKC; the mark alone would join the character before it.
        if c.is_whitespace() || c.is_control() || is_invisible(c) || (bare && is_mark(c)) {
            continue;
        }
        bare = false;
        emit(simplified(radical(c)));
    }
}

fn simplified(c: char) -> char {
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

/// [`simplified`] for the block of the common ideographs, without hashing: a keyword search folds every body it looks at.
fn simplified_common(c: char) -> char {
    let at = u32::from(c) - u32::from(COMMON);
    COMMON_SIMPLIFIED.get(at as usize).copied().unwrap_or(c)
}

static SIMPLIFIED: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| pairs(include_str!("../../assets/text/simplified.tsv")));
/// General punctuation, CJK punctuation, half- and full-width forms.
const PUNCTUATION: [RangeInclusive<char>; 3] = [
    '\u{2000}'..='\u{206f}',
    '\u{3000}'..='\u{303f}',
    '\u{ff00}'..='\u{ffef}',
];

/// The first of the common ideographs, U+4E00–9FFF.
const COMMON: char = '\u{4e00}';
static COMMON_SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (COMMON..='\u{9fff}').collect();
    for (traditional, simplified) in &*SIMPLIFIED {
        let at = u32::from(*traditional).checked_sub(u32::from(COMMON));
        if let Some(place) = at.and_then(|at| table.get_mut(at as usize)) {
            *place = *simplified;
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_case_and_white_space_fold() {
        assert_eq!(
            normalise("１１ＧＷ 高效 电池（一期）"),
            "11gw高效电池(一期)"
        );
        assert_eq!(normalise("CITE\u{3000}2022\t%"), "cite2022%");
        assert_eq!(normalise("㎡"), "m2");
    }

    #[test]
    fn radicals_compatibility_forms_and_traditional_hanzi_fold() {
        assert_eq!(normalise("⼾⻋⾦"), "户车金");
        assert_eq!(normalise("開發區戰略線復工"), "开发区战略线复工");
        assert_eq!(normalise("\u{f9b4}"), normalise("領"));
    }

    #[test]
    fn invisible_characters_vanish() {
        assert_eq!(normalise("园\u{200b}区\u{feff}周\u{ad}报"), "园区周报");
    }

    #[test]
    fn positions_lead_back_to_the_original() {
        let folded = normalise_mapped("第 ㎡ 区");
        assert_eq!(folded.text, "第m2区");
        assert_eq!(folded.positions, [0, 2, 2, 4]);
    }

    #[test]
    fn marks_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_mark(c), is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn what_is_looked_up_is_what_is_worked_out() {
        for c in [
            '\u{1f00}'..='\u{33ff}',
            '\u{4d00}'..='\u{a100}',
            '\u{f900}'..='\u{ffff}',
        ]
        .into_iter()
        .flatten()
        .filter(|c| !is_invisible(*c))
        {
            let mut folded = String::new();
            fold_cluster::<true>(&c.to_string(), |c| folded.push(c));
            assert_eq!(normalise(&c.to_string()), folded, "{c:?}");
        }
    }

    #[test]
    fn the_common_ideographs_are_simplified_as_all_others_are() {
        for c in COMMON..='\u{9fff}' {
            assert_eq!(simplified_common(c), simplified(c), "{c}");
        }
    }

    #[test]
    fn the_table_is_closed() {
        for (key, value) in &*SIMPLIFIED {
            assert_ne!(key, value);
            assert_eq!(simplified(*value), simplified(simplified(*value)));
        }
        assert!(SIMPLIFIED.len() > 2500);
        assert!(
            SIMPLIFIED
                .values()
                .all(|value| !SIMPLIFIED.contains_key(value))
        );
    }

    proptest! {
        #[test]
        fn idempotent_and_mapped_alike(text in "\\PC{0,60}") {
            let once = normalise(&text);
            let mapped = normalise_mapped(&text);
            prop_assert_eq!(&mapped.text, &once);
            prop_assert_eq!(mapped.positions.len(), once.chars().count());
            prop_assert!(mapped.positions.is_sorted());
            prop_assert!(mapped.positions.iter().all(|at| (*at as usize) < text.chars().count()));
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
