//! What provinces, cities and industries are called by whoever asks for them: long and short names, abbreviations, English names,
//! pinyin; and in what place one lies that items do not state by its own name.
//! Must not find a name in a text; that is `gazetteer` and `industry`.

use super::gazetteer::{self, Level, Sense};
use super::{industry, names};
use crate::text::{nearest, normalise};
use pinyin::ToPinyinMulti as _;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const ROMANISED: &str = include_str!("../../assets/places/romanised.tsv");
const ENGLISH: &str = include_str!("../../assets/industry/english.tsv");
/// Hanzi that the beginning of a province's name has to have to stand for it: 内蒙.
const LEAST_OF_PROVINCE: usize = 2;
/// Provinces that are cities, too: what lies in them has no other city.
const MUNICIPALITIES: [&str; 6] = ["北京", "天津", "上海", "重庆", "香港", "澳门"];

/// A place that a name may be meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// A province, by its short name.
    Province(&'static str),
    /// A city as items state it, by its short name.
    City {
        /// Its province.
        province: &'static str,
        /// The city.
        city: &'static str,
    },
    /// A county, a district or a zone: items state where it lies.
    Within {
        /// In which province.
        province: &'static str,
        /// In which city, where it lies in one.
        city: Option<&'static str>,
    },
}

/// Cities that items may state, each with its province.
static CITIES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let pairs = gazetteer::senses().filter_map(|sense| Some((sense.province?, sense.city?)));
    let mut seen = HashSet::new();
    pairs.filter(|pair| seen.insert(*pair)).collect()
});

/// Whether it is the short name of a province that is a city, too.
#[must_use]
pub fn is_municipality(province: &str) -> bool {
    MUNICIPALITIES.contains(&province)
}

/// Short names of all provinces, in the official order.
pub fn provinces() -> impl Iterator<Item = &'static str> {
    names::all().take_while(|name| names::is_province(name))
}

/// What provinces are called in English, in the order of the table.
pub fn provinces_in_english() -> impl Iterator<Item = &'static str> {
    let rows = rows(ROMANISED).filter(|row| row.get(1) != Some(&"-"));
    rows.filter_map(|row| row.get(2)?.split(' ').next())
}

/// The province of a city by its short name; none where there is no such city.
#[must_use]
pub fn province_of(city: &str) -> Option<&'static str> {
    let pair = CITIES.iter().find(|(_, name)| *name == city);
    pair.map(|(province, _)| *province)
}

/// Short names of all cities that items may state.
pub fn cities() -> impl Iterator<Item = &'static str> {
    CITIES.iter().map(|(_, city)| *city)
}

/// Whether it is the short name of a city that items may state, or of a province that is one.
#[must_use]
pub fn is_city(name: &str) -> bool {
    is_municipality(name) || cities().any(|city| city == name)
}

/// The places that a name as typed may be meant for; none where nothing is called so.
#[must_use]
pub fn places(typed: &str) -> Vec<Called> {
    let folded = normalise(typed);
    let short = names::short(typed);
    let mut found: Vec<Called> = province(&folded, &short)
        .map(Called::Province)
        .into_iter()
        .collect();
    let also = romanised(&folded);
    let cities = CITIES
        .iter()
        .filter(|(_, city)| *city == short || also.contains(city));
    found.extend(cities.map(|&(province, city)| Called::City { province, city }));
    if found.is_empty() {
        let spelt = CITIES.iter().filter(|(_, city)| spells(&folded, city));
        found.extend(spelt.map(|&(province, city)| Called::City { province, city }));
    }
    if found.is_empty() {
        found = within(&folded);
    }
    found
}

/// The places that a county, a district or a zone of this name lies in.
fn within(folded: &str) -> Vec<Called> {
    let is_in =
        |sense: &&Sense| matches!(sense.level, Level::County | Level::District | Level::Zone);
    let mut found = vec![];
    for sense in gazetteer::named(folded).iter().filter(is_in) {
        let Some(province) = sense.province else {
            continue;
        };
        let place = Called::Within {
            province,
            city: sense.city,
        };
        if !found.contains(&place) {
            found.push(place);
        }
    }
    found
}

/// The province of a name.
fn province(folded: &str, short: &str) -> Option<&'static str> {
    let is_long = folded.chars().count() >= LEAST_OF_PROVINCE;
    let bare = folded.strip_suffix("province").unwrap_or(folded);
    let also = romanised(bare);
    let own = provinces().find(|name| *name == short || also.contains(name));
    own.or_else(|| {
        let mut begun = provinces().filter(|name| is_long && name.starts_with(folded));
        begun.next().filter(|_| begun.next().is_none())
    })
}

/// The places that are called so in the table: by their abbreviation, or in English.
fn romanised(folded: &str) -> &'static [&'static str] {
    static PLACES: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
        let mut places: HashMap<String, Vec<&'static str>> = HashMap::new();
        for row in rows(ROMANISED) {
            if let [place, abbreviation, names] = row[..] {
                let names = names.split(' ').map(latin);
                for name in names.chain([abbreviation.to_owned()]) {
                    places.entry(name).or_default().push(place);
                }
            }
        }
        places
    });
    let of = |name: &str| PLACES.get(name).map(Vec::as_slice);
    of(folded).or_else(|| of(&latin(folded))).unwrap_or(&[])
}

/// A name of a place in letters without what stands between them: xi'an, inner-mongolia.
fn latin(folded: &str) -> String {
    folded.replace(['-', '\'', '’', '_'], "")
}

/// Whether letters spell a name in pinyin, by any reading of its characters. ü is v, u or yu.
fn spells(folded: &str, name: &str) -> bool {
    fn from(rest: &str, mut name: std::str::Chars<'_>) -> bool {
        let Some(c) = name.next() else {
            return rest.is_empty();
        };
        let readings = c.to_pinyin_multi().into_iter().flatten();
        let plain = readings.flat_map(|reading| {
            let plain = reading.plain();
            ["v", "u", "yu"].map(|letter| plain.replace('ü', letter))
        });
        plain.into_iter().any(|reading| {
            let behind = rest.strip_prefix(&reading);
            behind.is_some_and(|behind| from(behind, name.clone()))
        })
    }
    let plain = latin(folded);
    let bare = ["shi", "city"]
        .into_iter()
        .find_map(|end| plain.strip_suffix(end));
    let is_latin = plain.bytes().all(|byte| byte.is_ascii_lowercase());
    is_latin
        && [Some(plain.as_str()), bare]
            .into_iter()
            .flatten()
            .any(|typed| from(typed, name.chars()))
}

/// The industry of a name as typed, Chinese or English.
#[must_use]
pub fn industry(typed: &str) -> Option<&'static str> {
    let folded = normalise(typed);
    let plain = latin(&folded);
    let names = industry::industries();
    let own = names.into_iter().find(|name| normalise(name) == folded);
    own.or_else(|| {
        let mut english = rows(ENGLISH);
        english.find_map(|row| match row[..] {
            [name, english] => english
                .split(' ')
                .any(|one| latin(one) == plain)
                .then_some(name),
            _ => None,
        })
    })
}

/// The industry that a word tells of, or one that is spelt like it.
#[must_use]
pub fn industry_of(typed: &str) -> Option<&'static str> {
    let folded = normalise(typed);
    let known = || industry::industries().into_iter();
    industry::of_word(&folded).or_else(|| nearest(&folded, known()))
}

/// What an industry is called in English, all names with blanks between them.
#[must_use]
pub fn industry_in_english(name: &str) -> Option<&'static str> {
    rows(ENGLISH).find_map(|row| match row[..] {
        [own, english] if own == name => Some(english),
        _ => None,
    })
}

/// What industries are called in English, in the order of the table.
pub fn industries_in_english() -> impl Iterator<Item = &'static str> {
    rows(ENGLISH).filter_map(|row| row.get(1)?.split(' ').next())
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn province_of(typed: &str) -> Option<&'static str> {
        match places(typed)[..] {
            [Called::Province(name), ..] => Some(name),
            _ => None,
        }
    }

    fn cities_of(typed: &str) -> Vec<&'static str> {
        let places = places(typed).into_iter();
        let cities = places.filter_map(|place| match place {
            Called::City { city, .. } => Some(city),
            _ => None,
        });
        cities.collect()
    }

    #[test]
    fn a_province_is_called_many_ways() {
        for (typed, name) in [
            ("江苏", "江苏"),
            ("江蘇省", "江苏"),
            ("Jiangsu", "江苏"),
            ("jiangsu province", "江苏"),
            ("苏", "江苏"),
            ("内蒙", "内蒙古"),
            ("黑龙", "黑龙江"),
            ("Inner Mongolia", "内蒙古"),
            ("inner-mongolia", "内蒙古"),
            ("shanxi", "山西"),
            ("Shaanxi", "陕西"),
            ("广西壮族自治区", "广西"),
        ] {
            assert_eq!(province_of(typed), Some(name), "{typed}");
        }
        for typed in ["火星", "江", "苏州", "河", "昆山", ""] {
            assert_eq!(province_of(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_city_is_called_many_ways() {
        for (typed, names) in [
            ("苏州市", &["苏州"][..]),
            ("大理白族自治州", &["大理"]),
            ("nanjing", &["南京"]),
            ("Xi'an", &["西安"]),
            ("lüliang", &[]),
            ("lvliang", &["吕梁"]),
            ("changsha", &["长沙"]),
            ("xiamen", &["厦门"]),
            ("Harbin", &["哈尔滨"]),
            ("天门", &["天门"]),
            ("石河子", &["石河子"]),
            ("火星", &[]),
        ] {
            assert_eq!(cities_of(typed), names, "{typed}");
        }
        let mut both = cities_of("suzhou");
        both.sort_unstable();
        assert_eq!(both, ["宿州", "苏州"]);
    }

    #[test]
    fn a_smaller_place_is_told_by_where_it_lies() {
        let within = |province, city| vec![Called::Within { province, city }];
        assert_eq!(places("昆山"), within("江苏", Some("苏州")));
        assert_eq!(places("太仓市"), within("江苏", Some("苏州")));
        assert_eq!(places("两江新区"), within("重庆", None));
        assert_eq!(places("鼓楼区").len(), 4);
        assert_eq!(places("火星"), []);
    }

    #[test]
    fn every_row_is_of_a_place_or_an_industry_and_no_name_stands_twice() {
        let mut seen = HashSet::new();
        for row in rows(ROMANISED) {
            let [name, abbreviation, latin_names] = row[..] else {
                panic!("{row:?}");
            };
            assert!(
                provinces().chain(cities()).any(|known| known == name),
                "{name}"
            );
            let names = latin_names
                .split(' ')
                .chain(Some(abbreviation).filter(|one| *one != "-"));
            for one in names {
                assert!(seen.insert(one) && normalise(one) == one, "{one}");
            }
        }
        let mut seen = HashSet::new();
        let named: Vec<&str> = rows(ENGLISH).map(|row| row[0]).collect();
        assert_eq!(named, industry::industries());
        for one in rows(ENGLISH).flat_map(|row| row[1].split(' ')) {
            assert!(seen.insert(one), "{one}");
            assert!(industry(one).is_some(), "{one}");
        }
    }

    #[test]
    fn every_city_that_is_stated_is_found_by_its_name() {
        for &(province, city) in CITIES.iter() {
            assert!(
                places(city).contains(&Called::City { province, city }),
                "{city}"
            );
        }
    }

    #[test]
    fn an_industry_is_called_in_both_languages_and_known_by_its_words() {
        assert_eq!(industry("新能源"), Some("新能源"));
        assert_eq!(industry("New-Energy"), Some("新能源"));
        assert_eq!(industry("new energy"), Some("新能源"));
        assert_eq!(industry("光伏"), None);
        assert_eq!(industry_of("光伏"), Some("新能源"));
        assert_eq!(industry("batteries"), Some("电池"));
        assert_eq!(industry("锂电池"), None);
        assert_eq!(industry_of("锂电池"), Some("电池"));
        assert_eq!(industry_of("新能源汽车"), Some("汽车"));
        assert_eq!(industry_of("新能元"), Some("新能源"));
        assert_eq!(industry_of("火星"), None);
    }
}
