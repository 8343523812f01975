//! The tables of `assets/places` as names and senses. Their heads tell what each has.

use super::{Form, Level, Sense};
use crate::text::normalise;
use std::collections::HashSet;

const DIVISIONS: &str = include_str!("../../../assets/places/divisions.tsv");
const FORMER: &str = include_str!("../../../assets/places/former.tsv");
const ZONES: &str = include_str!("../../../assets/places/zones.tsv");
const REGIONS: &str = include_str!("../../../assets/places/regions.tsv");
const ABROAD: &str = include_str!("../../../assets/places/abroad.txt");
const WORDS: &str = include_str!("../../../assets/places/words.txt");
const NO_PLACES: &str = include_str!("../../../assets/places/not-places.txt");

/// All names with what they stand for, folded as texts are; of several with one name the larger comes first.
pub(super) fn all() -> Vec<(String, Sense)> {
    let mut all = vec![];
    let vague = Vague::read();
    divisions(DIVISIONS, &vague, &mut all);
    divisions(FORMER, &vague, &mut all);
    zones(&mut all);
    for row in rows(REGIONS) {
        let &[province, words] = row.as_slice() else {
            continue;
        };
        let sense = sense(Level::Region, Form::Short, some(province), None);
        all.extend(words.split(' ').map(|word| (word, sense)));
    }
    for (table, level) in [(ABROAD, Level::Abroad), (NO_PLACES, Level::Word)] {
        let words = lines(table).flat_map(|line| line.split(' '));
        let sense = sense(level, Form::Full, None, None);
        all.extend(words.map(|word| (word, sense)));
    }
    let made = autonomous(&all);
    let mut all: Vec<(String, Sense)> = all
        .into_iter()
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, sense)| (normalise(name), sense))
        .chain(made)
        .collect();
    all.sort_by_key(|(_, sense)| sense.level);
    all
}

/// Names that are words too.
struct Vague {
    counties: HashSet<&'static str>,
    prefectures: HashSet<&'static str>,
    full: HashSet<&'static str>,
}

impl Vague {
    fn read() -> Self {
        let of = |kind: &str| {
            let rows = rows(WORDS).filter(|row| row.first() == Some(&kind));
            rows.filter_map(|row| row.get(1).copied())
                .flat_map(|words| words.split(' '))
                .collect()
        };
        Self {
            counties: of("county"),
            prefectures: of("prefecture"),
            full: of("full"),
        }
    }

    fn form_of_short(&self, level: Level, short: &str) -> Form {
        let words = if level == Level::Prefecture {
            &self.prefectures
        } else {
            &self.counties
        };
        if words.contains(short) {
            Form::Vague
        } else {
            Form::Short
        }
    }
}

/// The lines of a table without its head.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = table.lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(table).map(|line| line.split('\t').collect())
}

/// A cell; none where it has a stroke.
fn some(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

const fn sense(
    level: Level,
    form: Form,
    province: Option<&'static str>,
    city: Option<&'static str>,
) -> Sense {
    Sense {
        level,
        form,
        province,
        city,
    }
}

/// A name as the tables have it: the official one, and the short one.
fn both(cell: &'static str) -> (&'static str, &'static str) {
    const LAST: [&str; 9] = [
        "特别行政区",
        "林区",
        "地区",
        "省",
        "市",
        "县",
        "区",
        "盟",
        "旗",
    ];
    if let Some(both) = cell.split_once('/') {
        return both;
    }
    let short = LAST.iter().find_map(|last| cell.strip_suffix(last));
    // 镇江新区 is not called 镇江新.
    let short = short.filter(|short| short.chars().count() < 3 || !short.ends_with('新'));
    (cell, short.unwrap_or(cell))
}

fn divisions(table: &'static str, vague: &Vague, all: &mut Vec<(&'static str, Sense)>) {
    for row in rows(table) {
        let &[province, prefecture, counties] = row.as_slice() else {
            continue;
        };
        let (full, province) = both(province);
        let own = sense(Level::Province, Form::Full, Some(province), None);
        all.extend([(full, own), (province, own)]);
        let mut city = None;
        if prefecture != "-" {
            let (full, short) = both(prefecture);
            // 巴州 is written out.
            let name = if short.ends_with('州') && full.ends_with("自治州") {
                full.trim_end_matches("自治州")
            } else {
                short
            };
            let name = name.strip_suffix("蒙古").unwrap_or(name);
            let name = name.strip_suffix("柯尔克孜").unwrap_or(name);
            city = Some(name);
            let own = sense(Level::Prefecture, Form::Full, Some(province), city);
            let form = vague.form_of_short(Level::Prefecture, short);
            all.extend([(full, own), (short, Sense { form, ..own })]);
        }
        let is_municipality = full.ends_with('市') || full.ends_with("特别行政区");
        for county in counties.split(' ').filter(|name| !name.is_empty()) {
            let own = city.or((!is_municipality).then(|| both(county).1));
            let level = if county.ends_with('区') {
                Level::District
            } else {
                Level::County
            };
            county_names(
                county,
                sense(level, Form::Full, Some(province), own),
                vague,
                all,
            );
        }
    }
}

/// A county by its full name and by its short one.
fn county_names(
    county: &'static str,
    own: Sense,
    vague: &Vague,
    all: &mut Vec<(&'static str, Sense)>,
) {
    let (full, short) = both(county);
    let is_single = short.chars().count() == 1;
    let form = if is_single || vague.full.contains(full) {
        Form::Vague
    } else {
        Form::Full
    };
    all.push((full, Sense { form, ..own }));
    if !is_single && short != full {
        let form = vague.form_of_short(own.level, short);
        all.push((short, Sense { form, ..own }));
    }
}

fn zones(all: &mut Vec<(&'static str, Sense)>) {
    for row in rows(ZONES) {
        let &[province, city, names] = row.as_slice() else {
            continue;
        };
        let own = sense(Level::Zone, Form::Short, some(province), some(city));
        all.extend(names.split(' ').map(|name| {
            // 南京江北新区 leaves no doubt.
            let is_told = name.starts_with(city) || name.starts_with(province);
            let form = if is_told { Form::Full } else { Form::Short };
            (name, Sense { form, ..own })
        }));
    }
}

/// What autonomous places are called as well: 镇宁自治县, 镇宁县, 恩施州.
fn autonomous(all: &[(&'static str, Sense)]) -> Vec<(String, Sense)> {
    let mut made = vec![];
    for pair in all.windows(2) {
        let [(full, sense), (short, _)] = pair else {
            continue;
        };
        let last: &[&str] = match sense.level {
            Level::County if full.ends_with("自治县") => &["自治县", "县"],
            Level::Prefecture if full.ends_with("自治州") && !short.ends_with('州') => &["州"],
            _ => &[],
        };
        let names = last.iter().map(|last| normalise(&format!("{short}{last}")));
        made.extend(names.map(|name| (name, *sense)));
    }
    made
}
