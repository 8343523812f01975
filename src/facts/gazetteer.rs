//! Names of places: what each may stand for, and where a text has them. Made from the tables in `assets/places`.
//! Must not know what an item says of a place.

mod tables;

use super::finder::{Finder, Hit};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub level: Level,
    pub form: Form,
    /// Short name of the province; `None` of what lies in several, or abroad.
    pub province: Option<&'static str>,
    /// Short name of the city as the guideline has it (§4); `None` of a province, and of all in a municipality.
    pub city: Option<&'static str>,
}

/// How large a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// A country or a city abroad.
    Abroad,
    /// Several provinces, or several cities of one.
    Region,
    Province,
    Prefecture,
    /// A zone, a port, a new area: known by its own name.
    Zone,
    /// A county, a city of a county's rank, a banner.
    County,
    /// A district of a city.
    District,
    /// A word that has a name in it and is no place.
    Word,
}

/// Whether a name leaves doubt that a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 江宁区
    Full,
    /// 江宁
    Short,
    /// 和平, 赵县, 城区: a word, a part of words, or a name that many places have.
    Vague,
}

/// A name in a text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub senses: &'static [Sense],
}

struct Gazetteer {
    finder: Finder,
    /// By the number of the finder's word.
    senses: Vec<Vec<Sense>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let (mut names, mut senses): (Vec<String>, Vec<Vec<Sense>>) = (vec![], vec![]);
    for (name, sense) in tables::all() {
        let number = *numbers.entry(name).or_insert_with_key(|name| {
            names.push(name.clone());
            senses.push(vec![]);
            names.len() - 1
        });
        let same = |other: &Sense| (other.province, other.city) == (sense.province, sense.city);
        // 恩施 is the prefecture first, and then its city of the same name.
        if !senses[number].iter().any(same) {
            senses[number].push(sense);
        }
    }
    let finder = Finder::of(names.iter().map(String::as_str));
    Gazetteer { finder, senses }
});

impl Gazetteer {
    fn found(&'static self, hit: Hit) -> Found {
        Found {
            range: hit.range,
            senses: &self.senses[hit.word],
        }
    }
}

/// The first name in a text that begins at byte `from` or behind it.
pub(super) fn find_from(text: &str, from: usize) -> Option<Found> {
    let gazetteer = &*GAZETTEER;
    let hit = gazetteer.finder.find_from(text, from)?;
    Some(gazetteer.found(hit))
}

/// What a folded name stands for; nothing where it is none.
pub(super) fn named(name: &str) -> &'static [Sense] {
    let found = find_from(name, 0).filter(|found| found.range == (0..name.len()));
    found.map_or(&[], |found| found.senses)
}

/// Everything that a name stands for.
pub(super) fn senses() -> impl Iterator<Item = &'static Sense> {
    GAZETTEER.senses.iter().flatten()
}

/// The names in a folded text, from left to right, none over another; the longest where several begin at one place.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found> {
    let gazetteer = &*GAZETTEER;
    let hits = gazetteer.finder.find(text);
    hits.map(|hit| gazetteer.found(hit))
}

impl Sense {
    /// Whether `other` lies in this place, or is it.
    pub fn holds(&self, other: &Self) -> bool {
        self.province.is_some()
            && self.province == other.province
            && (self.city.is_none() || self.city == other.city)
            && self.level <= other.level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&str, Option<&str>, Option<&str>)> {
        find(text)
            .map(|found| {
                let sense = found.senses[0];
                (&text[found.range], sense.province, sense.city)
            })
            .collect()
    }

    #[test]
    fn a_name_gives_province_and_city_by_their_short_names() {
        for (text, province, city) in [
            ("江苏省", Some("江苏"), None),
            ("内蒙古自治区", Some("内蒙古"), None),
            ("苏州市", Some("江苏"), Some("苏州")),
            ("昆山", Some("江苏"), Some("苏州")),
            ("延边朝鲜族自治州", Some("吉林"), Some("延边")),
            ("恩施州", Some("湖北"), Some("恩施")),
            ("恩施市", Some("湖北"), Some("恩施")),
            ("锡林郭勒盟", Some("内蒙古"), Some("锡林郭勒")),
            ("大兴安岭地区", Some("黑龙江"), Some("大兴安岭")),
            ("镇宁自治县", Some("贵州"), Some("安顺")),
            ("江津区", Some("重庆"), None),
            ("天门市", Some("湖北"), Some("天门")),
            ("琼海", Some("海南"), Some("琼海")),
            ("神农架林区", Some("湖北"), Some("神农架")),
            ("石河子", Some("新疆"), Some("石河子")),
            ("巴州", Some("新疆"), Some("巴音郭楞")),
            ("苏州工业园区", Some("江苏"), Some("苏州")),
            ("两江新区", Some("重庆"), None),
            ("横琴", Some("广东"), Some("珠海")),
            ("香港", Some("香港"), None),
            ("高雄市", Some("台湾"), Some("高雄")),
            ("广佛", Some("广东"), None),
            ("匈牙利", None, None),
        ] {
            assert_eq!(names(text), [(text, province, city)], "{text}");
        }
    }

    #[test]
    fn a_name_of_several_places_has_all_of_them() {
        let senses = |name| find(name).next().unwrap().senses;
        let cities = |name| -> Vec<_> { senses(name).iter().map(|sense| sense.city).collect() };
        assert_eq!(cities("吉林"), [None, Some("吉林")]);
        assert_eq!(cities("吉林市"), [Some("吉林")]);
        let mut drums = cities("鼓楼区");
        drums.sort_unstable();
        assert_eq!(drums, ["南京", "开封", "徐州", "福州"].map(Some));
        assert_eq!(senses("海南")[0].level, Level::Province);
        assert_eq!(senses("和平")[0].form, Form::Vague);
        assert_eq!(senses("赵县")[0].form, Form::Vague);
    }

    #[test]
    fn a_longer_word_hides_the_name_in_it() {
        let levels = |text| -> Vec<_> { find(text).map(|found| found.senses[0].level).collect() };
        assert_eq!(levels("宁德时代"), [Level::Word]);
        assert_eq!(levels("宁德时"), [Level::Prefecture]);
        assert_eq!(levels("长江"), [Level::Word]);
    }

    #[test]
    fn no_word_hides_a_city() {
        for senses in &GAZETTEER.senses {
            let has = |level| senses.iter().any(|sense| sense.level == level);
            let is_hidden = has(Level::Word) && (has(Level::Province) || has(Level::Prefecture));
            assert!(!is_hidden, "{senses:?}");
        }
    }

    #[test]
    fn the_tables_say_what_is_there() {
        let count = |level| {
            let senses = GAZETTEER.senses.iter().flatten();
            senses.filter(|sense| sense.level == level).count()
        };
        // Each by its full and its short name.
        assert_eq!(count(Level::Province), 34 * 2);
        assert!(count(Level::Prefecture) > 333 * 2);
        assert!(count(Level::County) > 1_800 * 2);
        assert!(count(Level::District) > 900);
        assert!(count(Level::Zone) > 600);
    }
}
