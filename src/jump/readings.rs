//! How characters are typed in pinyin.
//! Must not guess from the words around a character which of its readings is meant: each of them finds it.

use pinyin::ToPinyin as _;
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::LazyLock;

/// Readings that the `pinyin` crate does not give first, though they are the everyday ones.
const POLYPHONES: &str = include_str!("../../assets/pinyin/polyphones.tsv");

/// The readings beside the first one, by character.
static ADDED: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = POLYPHONES.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let c = cells.next()?.chars().next()?;
        Some((c, cells.next()?.split(' ').collect()))
    });
    rows.collect()
});

/// How the readings of a character are typed, in small letters; empty for what is no hanzi. ü is v, u or yu.
pub(super) fn spellings(c: char) -> Vec<String> {
    let first = c.to_pinyin().map(pinyin::Pinyin::plain);
    let added = ADDED.get(&c).into_iter().flatten().copied();
    let mut spellings: Vec<String> = vec![];
    for reading in first.into_iter().chain(added) {
        if reading.contains('ü') {
            spellings.extend(["v", "u", "yu"].map(|letter| reading.replace('ü', letter)));
        } else {
            spellings.push(reading.to_owned());
        }
    }
    spellings.dedup();
    spellings
}

/// Every syllable that is typed for some hanzi of everyday use.
static SYLLABLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let common = ('\u{4e00}'..='\u{9fff}').flat_map(spellings);
    // 嗯 and its like are read as consonants alone, which would make initials of them.
    let is_voiced = |spelling: &String| spelling.contains(['a', 'e', 'i', 'o', 'u', 'v']);
    common.filter(is_voiced).collect()
});

/// Whether letters are a whole syllable.
pub(super) fn is_syllable(letters: &str) -> bool {
    SYLLABLES.contains(letters)
}

/// Whether a syllable begins with these letters.
pub(super) fn begins_syllable(letters: &str) -> bool {
    let from = (Bound::Included(letters), Bound::Unbounded);
    let mut behind = SYLLABLES.range::<str, _>(from);
    behind.next().is_some_and(|next| next.starts_with(letters))
}

/// Letters of the longest syllable: zhuang.
pub(super) const LONGEST: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_the_readings_that_they_have() {
        for (place, readings) in [
            ("重庆", "chong qing"),
            ("长沙", "chang sha"),
            ("长春", "chang chun"),
            ("厦门", "xia men"),
            ("蚌埠", "beng bu"),
            ("六安", "lu an"),
            ("成都", "cheng du"),
            ("西藏", "xi zang"),
            ("乐清", "yue qing"),
            ("什邡", "shi fang"),
            ("铅山", "yan shan"),
            ("番禺", "pan yu"),
            ("亳州", "bo zhou"),
            ("歙县", "she xian"),
            ("黄陂", "huang pi"),
            ("尉犁", "yu li"),
            ("珲春", "hun chun"),
            ("单县", "shan xian"),
            ("浚县", "xun xian"),
            ("涡阳", "guo yang"),
            ("枞阳", "zong yang"),
            ("洪洞", "hong tong"),
            ("繁峙", "fan shi"),
            ("蔚县", "yu xian"),
            ("荥阳", "xing yang"),
            ("盱眙", "xu yi"),
            ("台州", "tai zhou"),
            ("丽水", "li shui"),
            ("莘县", "shen xian"),
            ("东阿", "dong e"),
            ("大埔", "da bu"),
            ("都匀", "du yun"),
            ("曾都", "zeng du"),
            ("郧阳", "yun yang"),
            ("牟平", "mu ping"),
        ] {
            for (c, reading) in place.chars().zip(readings.split(' ')) {
                assert!(spellings(c).iter().any(|own| own == reading), "{place} {c}");
            }
        }
    }

    #[test]
    fn rare_readings_find_nothing_and_the_umlaut_is_typed_in_three_ways() {
        for (c, never) in [('重', "tong"), ('大', "tai"), ('色', "shai"), ('合', "ge")] {
            assert!(!spellings(c).iter().any(|own| own == never), "{c}");
        }
        assert_eq!(spellings('绿'), ["lv", "lu", "lyu"]);
        assert_eq!(spellings('区'), ["qu"]);
        assert_eq!(spellings('A'), [""; 0]);
    }

    #[test]
    fn the_table_has_no_reading_that_is_known_without_it() {
        for (c, added) in ADDED.iter() {
            let first = c.to_pinyin().map(pinyin::Pinyin::plain);
            assert!(first.is_some_and(|first| !added.contains(&first)), "{c}");
            assert!(!added.is_empty(), "{c}");
        }
    }

    #[test]
    fn syllables_are_whole_or_begun() {
        assert!(is_syllable("nan") && is_syllable("zhuang") && !is_syllable("n"));
        assert!(!is_syllable("jin g") && !is_syllable("tuei"));
        assert!(begins_syllable("zhua") && begins_syllable("zh") && !begins_syllable("zg"));
        assert!(SYLLABLES.iter().all(|syllable| syllable.len() <= LONGEST));
    }
}
