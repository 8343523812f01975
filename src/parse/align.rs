//! Lays two lists of headlines side by side: which listed item is which item of the body.
//! Must not do more work than a fixed number of comparisons an item, on texts cut to a fixed length.

use std::collections::{HashMap, VecDeque};

/// How far from its expected place a listed headline may stand to be compared.
const BAND: usize = 8;
/// Most pairs that are compared without regard to where they stand; a real issue has a handful.
const STRAYS: usize = 1_000;
/// Characters of a headline that are compared; the longest real ones have about 70.
const COMPARED: usize = 120;
/// Similarity from which two headlines are the same item.
const SIMILAR: f64 = 0.75;
/// The same, where both stand alone between the same neighbours.
const SIMILAR_IN_PLACE: f64 = 0.5;

/// For each of `items` its place in `listed`, if it has one; no place is given twice. Both are normalised
/// headlines. Equal headlines pair in order, then similar ones near the place where they are expected.
pub(super) fn align(items: &[&str], listed: &[&str]) -> Vec<Option<usize>> {
    let mut pairs = equal(items, listed);
    let mut taken = vec![false; listed.len()];
    for place in pairs.iter().flatten() {
        taken[*place] = true;
    }
    for (_, item, place) in candidates(items, listed, &pairs, &taken) {
        if pairs[item].is_none() && !taken[place] {
            pairs[item] = Some(place);
            taken[place] = true;
        }
    }
    for (_, item, place) in strays(items, listed, &pairs, &taken) {
        if pairs[item].is_none() && !taken[place] {
            pairs[item] = Some(place);
            taken[place] = true;
        }
    }
    pairs
}

/// Similar pairs wherever they stand, among the few that are left in contents of another order; the most similar first.
fn strays(
    items: &[&str],
    listed: &[&str],
    pairs: &[Option<usize>],
    taken: &[bool],
) -> Vec<(f64, usize, usize)> {
    let left: Vec<usize> = (0..items.len()).filter(|at| pairs[*at].is_none()).collect();
    let free: Vec<usize> = (0..listed.len()).filter(|at| !taken[*at]).collect();
    if left.len() * free.len() > STRAYS {
        return Vec::new();
    }
    let mut found = Vec::new();
    for item in left {
        for place in &free {
            let similarity = similarity(items[item], listed[*place]);
            if similarity >= SIMILAR {
                found.push((similarity, item, *place));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found
}

/// Pairs of equal texts, those that occur more than once in order.
pub(super) fn equal(items: &[&str], listed: &[&str]) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, headline) in listed.iter().enumerate() {
        places.entry(headline).or_default().push_back(at);
    }
    items
        .iter()
        .map(|item| places.get_mut(item)?.pop_front())
        .collect()
}

/// Similar pairs among what is left, the most similar first.
fn candidates(
    items: &[&str],
    listed: &[&str],
    pairs: &[Option<usize>],
    taken: &[bool],
) -> Vec<(f64, usize, usize)> {
    let mut found = Vec::new();
    let mut expected = 0;
    for (at, item) in items.iter().enumerate() {
        if let Some(place) = pairs[at] {
            expected = place + 1;
            continue;
        }
        // The gap of one item and one listed one between neighbours that agree.
        let alone = (at == 0 || pairs[at - 1].is_some())
            && pairs
                .get(at + 1)
                .is_none_or(|next| *next == Some(expected + 1))
            && (at + 1 < items.len() || expected + 1 == listed.len());
        let near = expected.saturating_sub(BAND)..(expected + BAND + 1).min(listed.len());
        for place in near.filter(|place| !taken[*place]) {
            let least = if alone && place == expected {
                SIMILAR_IN_PLACE
            } else {
                SIMILAR
            };
            let similarity = similarity(item, listed[place]);
            if similarity >= least {
                found.push((similarity, at, place));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found
}

/// Whether two normalised headlines are near enough to be of one item; `in_place` where the one is expected next.
pub(super) fn resembles(a: &str, b: &str, in_place: bool) -> bool {
    similarity(a, b) >= if in_place { SIMILAR_IN_PLACE } else { SIMILAR }
}

/// 1 for equal texts, 0 for texts without a common character. A text that is cut off is nearly the whole one.
fn similarity(a: &str, b: &str) -> f64 {
    let a: String = a.chars().take(COMPARED).collect();
    let b: String = b.chars().take(COMPARED).collect();
    let (short, long) = if a.len() < b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    if short.chars().count() >= 8 && long.starts_with(short.as_str()) {
        return 0.95;
    }
    strsim::normalized_levenshtein(&a, &b)
}

/// Which of `places` are out of order: all that are not on a longest increasing run through them.
pub(super) fn out_of_order<T: Ord>(places: &[T]) -> Vec<bool> {
    // Patience sorting: `tails[n]` ends the run of length n + 1 with the smallest last place.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let length = tails.partition_point(|tail| places[*tail] < *place);
        before.push(length.checked_sub(1).map(|n| tails[n]));
        if length == tails.len() {
            tails.push(at);
        } else {
            tails[length] = at;
        }
    }
    let mut out = vec![true; places.len()];
    let mut next = tails.last().copied();
    while let Some(at) = next {
        out[at] = false;
        next = before[at];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headlines_pair_wherever_they_stand() {
        assert_eq!(
            align(&["甲", "乙", "甲"], &["乙", "甲", "甲"]),
            [Some(1), Some(0), Some(2)]
        );
    }

    #[test]
    fn similar_headlines_pair_near_their_place() {
        let items = [
            "智能智造基地项目签约",
            "综合开发启动仪式在苏州举行",
            "别的条目",
        ];
        let listed = [
            "智能制造基地项目签约",
            "综合开发启动仪式在",
            "完全不同的标题",
        ];
        assert_eq!(align(&items, &listed), [Some(0), Some(1), None]);
    }

    #[test]
    fn in_another_order_similar_headlines_pair_anywhere() {
        let items: Vec<String> = (0..30)
            .map(|n| format!("第{n}号产业园开工仪式举行"))
            .collect();
        let mut listed = items.clone();
        listed[0] = "智能智造基地项目签约仪式举行".to_owned();
        let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
        items[0] = items[29];
        items[29] = "智能制造基地项目签约仪式举行";
        let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
        let pairs = align(&items, &listed);
        assert_eq!((pairs[0], pairs[29]), (Some(29), Some(0)));
    }

    #[test]
    fn a_missing_item_does_not_shift_the_rest() {
        let items = ["一号产业园开工", "三号产业城投产"];
        let listed = ["一号产业园开工", "两地协同会召开", "三号产业城投产了"];
        assert_eq!(align(&items, &listed), [Some(0), Some(2)]);
        assert_eq!(align(&[], &listed), []);
    }

    #[test]
    fn one_item_alone_in_its_gap_may_differ_more() {
        let items = ["甲", "青岛发布二十条措施", "丙"];
        let listed = ["甲", "青岛印发二十条办法", "丙"];
        assert_eq!(align(&items, &listed)[1], Some(1));
    }

    #[test]
    fn what_moved_is_out_of_order() {
        assert_eq!(out_of_order(&[0, 3, 1, 2]), [false, true, false, false]);
        assert_eq!(out_of_order(&[0, 1, 2]), [false; 3]);
        assert!(out_of_order::<usize>(&[]).is_empty());
    }
}
