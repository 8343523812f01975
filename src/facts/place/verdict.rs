//! Where the project stands (§4), decided from the places that an item names.

use super::super::gazetteer::Level;
use super::super::story::Story;
use super::cues::Cue;
use super::role::Role;
use super::scene::{Mention, Named, Scene};
use super::words;
use crate::issue::Passage;

/// What is decided.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Verdict {
    pub province: Option<&'static str>,
    pub city: Option<&'static str>,
    /// The words that tell it.
    pub from: Vec<Passage>,
}

type Place = (&'static str, Option<&'static str>);

impl Verdict {
    fn of(named: &Named<'_>, mention: &Mention) -> Self {
        Self {
            province: mention.sense.province,
            city: mention.sense.city,
            from: vec![named.line.passage(mention.range.clone())],
        }
    }

    fn place(&self) -> Option<Place> {
        Some((self.province?, self.city))
    }

    /// The province alone, all of which is meant, or several cities of it.
    fn wide(self) -> Self {
        Self { city: None, ..self }
    }
}

/// Where the project stands.
pub(super) fn decide(story: &Story, scene: &Scene<'_>) -> Verdict {
    let headline = &scene.headline;
    if is_abroad(scene) || is_of_several_provinces(headline) {
        return Verdict::default();
    }
    if words::is_document(story) {
        return of_document(story, scene);
    }
    let verdict = match units(headline).as_slice() {
        [] => without_headline(story, scene),
        [only] => overruled(scene, only).unwrap_or_else(|| of_one(story, scene, only)),
        several => of_several(scene, several),
    };
    refined(story, scene, verdict)
}

/// Whether the headline's site is abroad.
fn is_abroad(scene: &Scene<'_>) -> bool {
    let headline = &scene.headline;
    let text = &headline.line.text;
    let is_site = |mention: &&Mention| {
        mention.is_abroad()
            && (mention.role == Role::Site || words::is_works(&text[mention.range.end..]))
    };
    let has_own = headline.strong().any(|mention| {
        mention.place().is_some()
            && (mention.role == Role::Site || !words::is_investor(text, mention))
    });
    let is_built_here = |named: &Named<'_>| {
        let mut own = named.mentions.iter();
        own.any(|mention| mention.role == Role::Site && mention.place().is_some())
    };
    // 德国某集团的基地 may be one in China.
    let mut sites = headline.mentions.iter().filter(is_site).peekable();
    sites.peek().is_some()
        && !has_own
        && (sites.any(|site| site.role == Role::Site) || !scene.body.iter().any(is_built_here))
}

/// The different places of a text that it may be about: the sites where it tells any.
fn units<'n>(named: &'n Named<'_>) -> Vec<&'n Mention> {
    let places = named.strong().filter(|mention| mention.place().is_some());
    let is_site = |mention: &&Mention| mention.role < Role::Plain;
    let sites: Vec<&Mention> = places.clone().filter(is_site).collect();
    let told: Vec<&Mention> = if sites.is_empty() {
        places.collect()
    } else {
        sites
    };
    let mut units: Vec<&Mention> = vec![];
    for mention in told {
        match units.iter_mut().find(|unit| is_compatible(unit, mention)) {
            Some(unit) if unit.sense.city.is_none() => *unit = mention,
            Some(_) => {}
            None => units.push(mention),
        }
    }
    units
}

/// Whether two places can be one: the same city, or a province and what lies in it.
fn is_compatible(one: &Mention, other: &Mention) -> bool {
    one.sense.province == other.sense.province
        && (one.sense.city == other.sense.city
            || one.sense.city.is_none()
            || other.sense.city.is_none())
}

/// What the body says against the one place of the headline: that it was only signed there, or that the headline is of
/// something else (§1).
fn overruled(scene: &Scene<'_>, only: &Mention) -> Option<Verdict> {
    if only.role == Role::Signing {
        let site = site_of_body(scene, Role::Site, |_| true)?;
        return (site.place() != only.place()).then_some(site);
    }
    let source = scene.source.as_ref()?.0.sense.province;
    let mut named = scene.body.iter().flat_map(|named| &named.mentions);
    if source == only.sense.province
        || named.any(|other| other.sense.province == only.sense.province)
    {
        return None;
    }
    let body = site_of_body(scene, Role::Plain, |_| true)?;
    (body.province == source).then_some(body)
}

/// A province with the city that a firm's name and the source agree on, where the text has no other: 沧州某某化工.
fn refined(story: &Story, scene: &Scene<'_>, verdict: Verdict) -> Verdict {
    let headline = &scene.headline;
    if verdict.city.is_some()
        || verdict.province.is_none()
        || words::is_document(story)
        || words::is_collective(&headline.line.text)
    {
        return verdict;
    }
    let source = scene.source.as_ref().and_then(|(source, _)| source.place());
    let firm = headline.mentions.iter().find(|mention| {
        mention.role == Role::Weak
            && mention.sense.province == verdict.province
            && mention.sense.city.is_some()
            && source.is_none_or(|source| source.1.is_none() || Some(source) == mention.place())
    });
    firm.map_or(verdict, |firm| Verdict::of(headline, firm))
}

/// The headline is about one place.
fn of_one(story: &Story, scene: &Scene<'_>, only: &Mention) -> Verdict {
    let headline = &scene.headline;
    let text = &headline.line.text;
    let verdict = Verdict::of(headline, only);
    let province = headline
        .strong()
        .find(|mention| mention.sense.level == Level::Province && mention.sense.holds(&only.sense));
    // 江苏省…活动在南京举行
    if let Some(province) = province
        && province.range.end < only.range.start
        && words::is_collective(headline.between(province, only))
    {
        return Verdict::of(headline, province).wide();
    }
    if verdict.city.is_some() || story.is_policy() || Cue::Whole.is_in(text) {
        return verdict;
    }
    let inside = |place: &Place| Some(place.0) == verdict.province && place.1.is_some();
    if words::is_collective(text) {
        return of_counties(scene, inside).unwrap_or(verdict);
    }
    site_of_body(scene, Role::Plain, inside).unwrap_or(verdict)
}

/// The city of which the body lists counties, and of no other: there a province in the headline is not meant as a whole.
fn of_counties(scene: &Scene<'_>, is_asked: impl Fn(&Place) -> bool) -> Option<Verdict> {
    let mut counties: Vec<(&Named<'_>, &Mention)> = vec![];
    for named in &scene.body {
        let told = named.strong().map(|mention| (named, mention));
        counties.extend(
            told.filter(|(_, mention)| mention.place().is_some_and(|place| is_asked(&place))),
        );
    }
    let city = counties.first()?.1.sense.city;
    if counties
        .iter()
        .any(|(_, mention)| mention.sense.city != city)
    {
        return None;
    }
    counties.retain(|(_, mention)| mention.sense.level >= Level::County);
    let (named, mention) = counties.first()?;
    (counties.len() > 2).then(|| Verdict::of(named, mention))
}

/// The headline names several places.
fn of_several(scene: &Scene<'_>, several: &[&Mention]) -> Verdict {
    let headline = &scene.headline;
    let is_joined = several.windows(2).any(|pair| {
        let [first, second] = pair else {
            return false;
        };
        words::is_joint(headline.between(first, second))
    });
    let [first, ..] = several else {
        return Verdict::default();
    };
    if is_joined || several.len() > 2 {
        let is_one = several
            .iter()
            .all(|mention| mention.sense.province == first.sense.province);
        return if is_one {
            Verdict::of(headline, first).wide()
        } else {
            Verdict::default()
        };
    }
    let rate = |mention: &&&Mention| {
        let source = scene.source.as_ref().map(|(source, _)| source.sense);
        let province = source.is_some_and(|source| source.province == mention.sense.province);
        let city = source.is_some_and(|source| source.city == mention.sense.city);
        let told = scene.body.iter().flat_map(Named::strong);
        let told = told
            .filter(|other| other.place() == mention.place())
            .count();
        (province, province && city, told)
    };
    // Of equals the first.
    let best = several.iter().rev().max_by_key(rate);
    best.map_or_else(Verdict::default, |best| Verdict::of(headline, best))
}

/// The headline names no place that it is about.
fn without_headline(story: &Story, scene: &Scene<'_>) -> Verdict {
    let headline = &scene.headline;
    if words::is_provincial(&headline.line.text)
        || (words::is_collective(&headline.line.text) && lead_is_provincial(scene))
    {
        return province_of(scene);
    }
    let met = headline
        .mentions
        .iter()
        .find(|mention| mention.role == Role::Venue && mention.place().is_some());
    let region = headline.mentions.iter().find(|mention| mention.is_region());
    if let (Some(region), None) = (region, met) {
        return of_region(scene, region, story.is_policy());
    }
    let site = site_of_body(scene, Role::Plain, |_| true);
    if let (Some(met), Some(site)) = (met, &site)
        && site.city.is_none()
        && site.province == met.sense.province
    {
        return Verdict::of(headline, met);
    }
    if site.is_none() && is_list_of_provinces(scene) {
        return Verdict::default();
    }
    site.or_else(|| venue(scene))
        .or_else(|| of_source(scene))
        .unwrap_or_default()
}

/// The headline tells of a region: what is built may have a site in it.
fn of_region(scene: &Scene<'_>, region: &Mention, is_policy: bool) -> Verdict {
    let headline = &scene.headline;
    let verdict = Verdict::of(headline, region).wide();
    if is_policy || words::is_collective(&headline.line.text) {
        return verdict;
    }
    let part = if verdict.province.is_some() {
        Role::Plain
    } else {
        Role::Site
    };
    site_of_body(scene, part, |_| true).unwrap_or(verdict)
}

/// Whether the body names places of many provinces, and no source tells which counts: a ranking, a list.
fn is_list_of_provinces(scene: &Scene<'_>) -> bool {
    let mut provinces: Vec<&str> = vec![];
    for mention in scene.body.iter().flat_map(Named::strong) {
        if let Some((province, _)) = mention.place()
            && !provinces.contains(&province)
        {
            provinces.push(province);
        }
    }
    scene.source.is_none() && provinces.len() > 2
}

/// Whether the headline says that several provinces act: 川渝联合, 重庆四川印发.
fn is_of_several_provinces(headline: &Named<'_>) -> bool {
    let text = &headline.line.text;
    let is_joint_region = headline.mentions.iter().any(|mention| {
        let behind = &text[mention.range.end..];
        mention.is_region() && mention.sense.province.is_none() && Cue::JointRegion.starts(behind)
    });
    let mut pairs = headline.mentions.windows(2);
    is_joint_region
        || pairs.any(|pair| matches!(pair, [first, second] if is_pair(headline, first, second)))
}

/// Whether two provinces are named together.
fn is_pair(headline: &Named<'_>, first: &Mention, second: &Mention) -> bool {
    let is_acting =
        |mention: &Mention| mention.sense.level == Level::Province && mention.role < Role::Venue;
    let between = headline.between(first, second);
    is_acting(first)
        && is_acting(second)
        && first.sense.province != second.sense.province
        && (between.is_empty() || words::is_joint(between))
}

fn lead_is_provincial(scene: &Scene<'_>) -> bool {
    let lead = scene.body.first();
    lead.is_some_and(|lead| words::is_provincial(&lead.line.text))
}

/// The province that `全省` means.
fn province_of(scene: &Scene<'_>) -> Verdict {
    let texts = std::iter::once(&scene.headline).chain(&scene.body);
    let named = texts
        .flat_map(|named| named.mentions.iter().map(move |mention| (named, mention)))
        .find(|(_, mention)| mention.sense.level == Level::Province && mention.role != Role::Weak);
    let verdict = of_source(scene);
    verdict
        .or_else(|| named.map(|(named, mention)| Verdict::of(named, mention)))
        .unwrap_or_default()
        .wide()
}

/// A document's place is its author's (§4); a ministry's has none.
fn of_document(story: &Story, scene: &Scene<'_>) -> Verdict {
    let headline = &scene.headline;
    let is_title = |mention: &&Mention| words::is_in_title(&headline.line.text, mention);
    let places = headline
        .strong()
        .filter(|mention| mention.place().is_some());
    let author = places.clone().find(|mention| !is_title(mention));
    if let Some(author) = author.or_else(|| places.clone().next()) {
        let before = &headline.line.text[..author.range.start];
        let is_national = words::is_national(before) && !Cue::Approval.is_in(&headline.line.text);
        let source = of_source(scene).filter(|source| {
            words::is_supported(before) && source.province == author.sense.province
        });
        return if is_national {
            Verdict::default()
        } else if let Some(source) = source {
            source
        } else {
            Verdict::of(headline, author)
        };
    }
    if let Some(region) = headline.mentions.iter().find(|mention| mention.is_region()) {
        return Verdict::of(headline, region).wide();
    }
    if words::is_national(&story.headline.text) {
        return Verdict::default();
    }
    let lead = scene.body.first();
    let first = lead.and_then(|lead| {
        let mut strong = lead.strong();
        let first = strong.find(|mention| mention.place().is_some() && is_early(lead, mention));
        first.map(|mention| Verdict::of(lead, mention))
    });
    let is_national =
        lead.is_some_and(|lead| words::is_national(words::first_sentence(&lead.line.text)));
    match first {
        Some(verdict) => verdict,
        None if is_national => Verdict::default(),
        None => of_source(scene).unwrap_or_default(),
    }
}

fn is_early(named: &Named<'_>, mention: &Mention) -> bool {
    mention.range.start < words::first_sentence(&named.line.text).len()
}

/// What the body says of the site: the place that most speaks for, of those that are asked for and play at least this part.
fn site_of_body(
    scene: &Scene<'_>,
    part: Role,
    is_asked: impl Fn(&Place) -> bool,
) -> Option<Verdict> {
    let mut rated: Vec<(Place, u32, Verdict)> = vec![];
    for (n, named) in scene.body.iter().enumerate() {
        for mention in named.strong().filter(|mention| mention.role <= part) {
            let Some(place) = mention.place().filter(&is_asked) else {
                continue;
            };
            let weight = weight(n, named, mention);
            match rated.iter_mut().find(|(known, ..)| *known == place) {
                Some((_, sum, _)) => *sum += weight,
                None => rated.push((place, weight, Verdict::of(named, mention))),
            }
        }
    }
    let source = scene.source.as_ref().and_then(|(source, _)| source.place());
    let rate = |(place, sum, _): &&(Place, u32, Verdict)| {
        let is_province = source.is_some_and(|source| source.0 == place.0);
        let is_city = is_province && source.is_some_and(|source| source.1 == place.1);
        sum + 6 * u32::from(is_province)
            + 6 * u32::from(is_city && place.1.is_some())
            + 2 * u32::from(place.1.is_some())
    };
    let best = rated.iter().rev().max_by_key(rate)?;
    if source.is_none() && best.1 < 16 && is_list_of_provinces(scene) {
        return None;
    }
    // What is named in passing does not outweigh the source, nor where a meeting was.
    let is_elsewhere = source.is_none_or(|source| source.0 != best.0.0);
    let is_met = scene
        .headline
        .mentions
        .iter()
        .any(|mention| mention.role == Role::Venue);
    let is_passing = best.1 < 4 && is_elsewhere && (source.is_some() || is_met);
    (!is_passing).then(|| best.2.clone())
}

/// How much a place of line `n` of the body counts.
fn weight(n: usize, named: &Named<'_>, mention: &Mention) -> u32 {
    let position = if n == 0 && is_early(named, mention) {
        4
    } else if n == 0 {
        2
    } else {
        1
    };
    let part = if mention.role < Role::Plain { 4 } else { 1 };
    position * part + u32::from(position == 4)
}

/// Where people met: that is the place of a fair or a forum.
fn venue(scene: &Scene<'_>) -> Option<Verdict> {
    let texts = std::iter::once(&scene.headline).chain(&scene.body);
    let mut met = texts
        .flat_map(|named| named.mentions.iter().map(move |mention| (named, mention)))
        .filter(|(_, mention)| mention.role == Role::Venue && mention.place().is_some());
    met.next()
        .map(|(named, mention)| Verdict::of(named, mention))
}

fn of_source(scene: &Scene<'_>) -> Option<Verdict> {
    let (mention, line) = scene.source.as_ref()?;
    let (province, city) = mention.place()?;
    Some(Verdict {
        province: Some(province),
        city,
        from: vec![line.passage(mention.range.clone())],
    })
}
