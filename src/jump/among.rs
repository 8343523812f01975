//! The same matching over a handful of names, which are no headlines.

use super::{Hit, Index, Query};
use crate::issue::ItemId;

/// The places of the names that match what was typed, best first; of equals in their order: where some have it side by side, those
/// alone. All of them where nothing is typed; at most some thousands.
pub fn among<T: AsRef<str>>(typed: &str, names: impl IntoIterator<Item = T>) -> Vec<usize> {
    let names: Vec<T> = names.into_iter().collect();
    let mut index = Index::default();
    for (place, name) in (0..).zip(&names) {
        // What an index gives back is what it was given with a headline: here its place.
        index.push(ItemId(place), name.as_ref());
    }
    let mut hits = index.find(&Query::new(typed), index.len()).best;
    // Names are short, and among many of them some have two letters somewhere.
    if hits.first().is_some_and(|hit| hit.contiguous) {
        hits.retain(|hit| hit.contiguous);
    }
    let place = |hit: &Hit| usize::try_from(hit.item.0).ok();
    let mut found: Vec<(bool, usize)> = hits
        .iter()
        .filter_map(|hit| place(hit).map(|place| (!hit.is_whole(names[place].as_ref()), place)))
        .collect();
    // A short name is typed whole, and then it is meant; the sort keeps equals as they are.
    found.sort_by_key(|(is_part, _)| *is_part);
    found.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_hanzi_pinyin_and_initials_the_better_match_first() {
        let names = [
            "江苏省报",
            "重庆",
            "新疆",
            "江苏",
            "2023-01",
            "新华社",
            "江西省社",
        ];
        let found = |typed: &str| -> Vec<&str> {
            let places = among(typed, names);
            places.into_iter().map(|place| names[place]).collect()
        };
        assert_eq!(found("江苏"), ["江苏", "江苏省报"]);
        assert_eq!(found("chongqing"), ["重庆"]);
        assert_eq!(found("js"), ["江苏", "江苏省报"]);
        assert_eq!(found("jxs"), ["江西省社"]);
        assert_eq!(
            found("江社"),
            ["江西省社"],
            "with a gap where there is no other"
        );
        assert_eq!(found("xin"), ["新疆", "新华社"]);
        assert_eq!(found("2023"), ["2023-01"]);
        assert!(found("没有").is_empty());
        assert_eq!(found(" ").len(), names.len());
    }
}
