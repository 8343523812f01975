//! What generated texts are made of: places, industries and their words from the assets, names of firms, sources.
//! Must be the same in every run.

use fastrand::Rng;
use std::sync::LazyLock;

/// A place: its province, its city, and a district or county of it.
#[derive(Debug)]
pub struct Place {
    /// As 江苏.
    pub province: String,
    /// As 江苏省.
    pub province_full: &'static str,
    /// As 苏州; of a municipality the same as the province.
    pub city: String,
    /// As 苏州市.
    pub city_full: &'static str,
    /// As 昆山市.
    pub counties: Vec<&'static str>,
}

/// An industry and the words that tell of it.
#[derive(Debug)]
pub struct Industry {
    /// As 新能源.
    pub name: &'static str,
    /// As 光伏.
    pub words: Vec<&'static str>,
}

/// All cities.
pub static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let table = include_str!("../../assets/places/divisions.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut columns = row.split('\t');
        let (province, city, counties) = (columns.next()?, columns.next()?, columns.next()?);
        let full = |name: &'static str| name.split('/').next().unwrap_or(name);
        let short = |name: &'static str| match name.split_once('/') {
            Some((_, short)) => short.to_owned(),
            None => name.trim_end_matches(['省', '市', '盟']).to_owned(),
        };
        let city = if city == "-" { province } else { city };
        let counties = counties.split(' ').map(full);
        // A name of two characters is not told by its last one alone.
        let counties: Vec<_> = counties.filter(|name| name.chars().count() > 2).collect();
        (!counties.is_empty()).then(|| Place {
            province: short(province),
            province_full: full(province),
            city: short(city),
            city_full: full(city),
            counties,
        })
    })
    .collect()
});

/// The cities in an order that is not that of the provinces: of some there is news in every issue, of others once in years.
pub static PLACES_BY_NEWS: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let mut order: Vec<usize> = (0..PLACES.len()).collect();
    Rng::with_seed(1).shuffle(&mut order);
    order
});

/// All industries.
pub static INDUSTRIES: LazyLock<Vec<Industry>> = LazyLock::new(|| {
    let table = include_str!("../../assets/industry/industries.tsv");
    let rows = table.lines().filter(|line| !line.starts_with(['#', '-']));
    rows.filter_map(|row| {
        let (names, words) = row.split_once('\t')?;
        let words = words.split('\t').next()?.split(' ');
        // Latin words are among the templates.
        let words: Vec<_> = words.filter(|word| !word.is_ascii()).collect();
        let name = names.split(' ').next()?;
        (words.len() > 3).then_some(Industry { name, words })
    })
    .collect()
});

/// Characters of names of firms, the frequent ones first.
static CHARACTERS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let own = "华中新科天安海金东德泰瑞恒兴盛达康源创嘉信宏博远汇智明光正航凯亚鼎晶能辰蓝锐赛诺腾云联合通邦美康健利丰隆福祥润泽昌\
        宇昊晟煜曜昕朗澜沐禾芯微纳维旭阳星辉铭钰钧钛铂锂镁硅碳氢磁电力机械精工数码图灵思拓优必奇越川岭岳峰原野林森木桥渡津湾港洲岛";
    let places = include_str!("../../assets/places/divisions.tsv");
    let industries = include_str!("../../assets/industry/industries.tsv");
    let mut characters: Vec<char> = vec![];
    let mut seen = std::collections::HashSet::new();
    let hanzi = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    for c in own.chars().chain(industries.chars()).chain(places.chars()) {
        if hanzi(&c) && seen.insert(c) {
            characters.push(c);
        }
    }
    characters
});

/// One of them, the first ones far more often: of a hundred the first in one case of five, as words of a language are spread.
pub fn skewed<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    let part = rng.f64().powi(3);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a part of a short list"
    )]
    let at = (part * all.len() as f64) as usize;
    all[at.min(all.len() - 1)]
}

/// One of them.
pub fn any<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(..all.len())]
}

/// A name of two or three characters that may never have stood anywhere.
pub fn name(rng: &mut Rng) -> String {
    let length = 2 + usize::from(rng.u32(..4) == 0);
    (0..length).map(|_| skewed(rng, &CHARACTERS)).collect()
}

/// A firm: one of the known ones in one case of three, else any.
pub fn firm(rng: &mut Rng) -> String {
    let ends = [
        "集团",
        "科技",
        "股份",
        "新材",
        "能源",
        "电子",
        "医药",
        "智能",
        "重工",
        "控股",
        "生物",
        "汽车",
        "半导体",
        "实业",
        "国际",
        "精密",
    ];
    let name = if rng.u32(..3) == 0 {
        let mut known =
            Rng::with_seed(skewed(rng, &[7_u64, 8, 9, 10, 11, 12, 13, 14]) * 31 + rng.u64(..60));
        self::name(&mut known)
    } else {
        self::name(rng)
    };
    format!("{name}{}", skewed(rng, &ends))
}

/// Where a text comes from.
pub fn source(rng: &mut Rng, place: &Place) -> String {
    match rng.u32(..10) {
        0..=2 => format!("{}政府网站", place.province_full),
        3..=6 => format!("{}政府网站", place.city_full),
        7 => format!("{}日报", place.city),
        8 => format!("{}发布", place.city),
        _ => format!("{}人民政府网站", any(rng, &place.counties)),
    }
}
