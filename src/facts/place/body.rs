//! What the body and the source say of the place, where the headline leaves it open (§4).
//! Must not look at what the headline is about.

use super::super::gazetteer::Level;
use super::role::Role;
use super::scene::{Mention, Named, Scene};
use super::verdict::{Place, Verdict};
use super::words;

/// What the body says of the site: the place that most speaks for, of those that are asked for and play at least this part.
pub(super) fn site(
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
    if is_passing {
        return None;
    }
    Some(match listed_with(scene, best.0) {
        Some(other) if other.0 == best.0.0 => best.2.clone().wide(),
        Some(_) => Verdict::default(),
        None => best.2.clone(),
    })
}

/// The city that the body's first sentence names together with the one of `place`, and before what is sited: 横跨甲、乙.
fn listed_with(scene: &Scene<'_>, place: Place) -> Option<Place> {
    let lead = scene.body.first()?;
    let is_plain = |mention: &Mention| mention.role == Role::Plain && is_early(lead, mention);
    lead.mentions.windows(2).find_map(|pair| {
        let [first, second] = pair else {
            return None;
        };
        let other = second.place()?;
        let is_list = first.place() == Some(place)
            && is_plain(first)
            && is_plain(second)
            && first.sense.level == second.sense.level
            && words::is_joint(lead.between(first, second));
        (is_list && other != place).then_some(other)
    })
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
pub(super) fn venue(scene: &Scene<'_>) -> Option<Verdict> {
    let texts = std::iter::once(&scene.headline).chain(&scene.body);
    let mut met = texts
        .flat_map(|named| named.mentions.iter().map(move |mention| (named, mention)))
        .filter(|(_, mention)| mention.role == Role::Venue && mention.place().is_some());
    met.next()
        .map(|(named, mention)| Verdict::of(named, mention))
}

pub(super) fn of_source(scene: &Scene<'_>) -> Option<Verdict> {
    let (mention, line) = scene.source.as_ref()?;
    let (province, city) = mention.place()?;
    Some(Verdict {
        province: Some(province),
        city,
        from: vec![line.passage(mention.range.clone())],
    })
}

/// The city of which the body lists counties, and of no other: there a province in the headline is not meant as a whole.
pub(super) fn of_counties(scene: &Scene<'_>, is_asked: impl Fn(&Place) -> bool) -> Option<Verdict> {
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

/// Whether the body names places of many provinces, and no source tells which counts: a ranking, a list.
pub(super) fn is_list_of_provinces(scene: &Scene<'_>) -> bool {
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

/// Whether a place stands in the first sentence.
pub(super) fn is_early(named: &Named<'_>, mention: &Mention) -> bool {
    mention.range.start < named.first_sentence
}

/// Whether the body names another city of the same province: a route leads through both.
pub(super) fn has_other_city(scene: &Scene<'_>, site: &Verdict) -> bool {
    let mut strong = scene.body.iter().flat_map(Named::strong);
    strong.any(|mention| {
        let is_inside = mention.sense.province == site.province;
        is_inside && mention.sense.city.is_some() && mention.sense.city != site.city
    })
}
