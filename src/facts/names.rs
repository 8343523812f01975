//! The names of places as they are typed, and the order in which places are listed: that of the official codes, which the table
//! in `assets/places` keeps.
//! Must not find a place in a text; that is `place`.

use crate::text::normalise;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a long name ends with. Behind the short name of an autonomous one stand the peoples of it.
const ENDINGS: [&str; 5] = ["省", "市", "地区", "盟", "州"];
const LONG_ENDINGS: [&str; 3] = ["自治区", "自治州", "特别行政区"];
/// Short forms that nothing is left of without their ending.
const CUT_SHORT: [(&str, &str); 2] = [("巴州", "巴音郭楞"), ("克州", "克孜勒苏")];

/// Where each name stands in the table, from 1: provinces, then their prefectures.
static RANKS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let names = all();
    let mut ranks = HashMap::new();
    for (name, rank) in names.zip(1..) {
        ranks.entry(name).or_insert(rank);
    }
    ranks
});

/// The short name that a name of a province or city means, folded: 江苏 for 江苏省, 大理 for 大理白族自治州. Another text stays as it is.
#[must_use]
pub fn short(typed: &str) -> String {
    let name = normalise(typed);
    let is_known = |name: &str| RANKS.contains_key(name);
    if is_known(&name) {
        return name;
    }
    if let Some((_, short)) = CUT_SHORT.iter().find(|(cut, _)| *cut == name) {
        return (*short).to_owned();
    }
    let without = |ending: &&str| name.strip_suffix(*ending).filter(|rest| is_known(rest));
    if let Some(short) = ENDINGS.iter().find_map(without) {
        return short.to_owned();
    }
    if LONG_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        let beginnings = name.char_indices().map(|(at, _)| &name[..at]);
        if let Some(short) = beginnings.rev().find(|short| is_known(short)) {
            return short.to_owned();
        }
    }
    name
}

/// Where a place stands among all places, from 1; none where it is not in the table.
#[must_use]
pub fn rank(name: &str) -> Option<usize> {
    RANKS.get(name).copied()
}

/// How many names stand before the cities.
const PROVINCES: usize = 34;

/// Whether it is the short name of a province, as the four cities of that rank are.
#[must_use]
pub fn is_province(name: &str) -> bool {
    rank(name).is_some_and(|rank| rank <= PROVINCES)
}

/// All names, in the order in which places are listed.
pub fn all() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../../assets/places/names.txt").lines();
    lines.filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_short_names_mean_the_same() {
        for (typed, meant) in [
            ("江苏", "江苏"),
            ("江苏省", "江苏"),
            ("江蘇 省", "江苏"),
            ("苏州", "苏州"),
            ("苏州市", "苏州"),
            ("重庆市", "重庆"),
            ("内蒙古自治区", "内蒙古"),
            ("广西壮族自治区", "广西"),
            ("香港特别行政区", "香港"),
            ("大理州", "大理"),
            ("大理白族自治州", "大理"),
            ("黔西南布依族苗族自治州", "黔西南"),
            ("锡林郭勒盟", "锡林郭勒"),
            ("喀什地区", "喀什"),
            ("巴州", "巴音郭楞"),
            ("乌有市", "乌有市"),
            ("自治州", "自治州"),
            ("", ""),
        ] {
            assert_eq!(short(typed), meant, "{typed}");
        }
    }

    #[test]
    fn every_name_of_the_table_means_itself() {
        assert!(RANKS.len() > 600);
        for name in RANKS.keys() {
            assert_eq!(short(name), *name);
        }
    }

    #[test]
    fn provinces_come_in_the_official_order_and_before_their_cities() {
        let order = ["北京", "内蒙古", "江苏", "新疆", "台湾", "南京", "苏州"];
        assert!(order.map(rank).is_sorted());
        assert_eq!(rank("乌有"), None);
        assert!(["北京", "内蒙古", "台湾"].into_iter().all(is_province));
        assert!(
            ["石家庄", "乌有"]
                .into_iter()
                .all(|name| !is_province(name))
        );
    }
}
