//! Where the project stands (§4), decided from the places that an item names.

use super::super::gazetteer::Level;
use super::super::story::Story;
use super::body;
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

/// Province, city.
pub(super) type Place = (&'static str, Option<&'static str>);

impl Verdict {
    pub fn of(named: &Named<'_>, mention: &Mention) -> Self {
        Self {
            province: mention.sense.province,
            city: mention.sense.city,
            from: vec![named.line.passage(mention.range.clone())],
        }
    }

    pub fn place(&self) -> Option<Place> {
        Some((self.province?, self.city))
    }

    /// The province alone, all of which is meant, or several cities of it.
    pub fn wide(self) -> Self {
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
        let site = body::site(scene, Role::Site, |_| true)?;
        return (site.place() != only.place()).then_some(site);
    }
    let source = scene.source.as_ref()?.0.sense.province;
    let mut named = scene.body.iter().flat_map(|named| &named.mentions);
    if source == only.sense.province
        || named.any(|other| other.sense.province == only.sense.province)
    {
        return None;
    }
    let body = body::site(scene, Role::Plain, |_| true)?;
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
        return body::of_counties(scene, inside).unwrap_or(verdict);
    }
    // 某省与某集团签约: where they signed is no site.
    let is_pact = Cue::Partner.starts(&text[only.range.end..]);
    let part = if is_pact { Role::Site } else { Role::Plain };
    body::site(scene, part, inside).unwrap_or(verdict)
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
    // What the body says more of; 湘潭首个香港工业园 is not in Hong Kong.
    let is_among = |place: &Place| {
        let mut own = several
            .iter()
            .filter(|mention| !words::is_investor_land(mention));
        own.any(|mention| mention.place() == Some(*place))
    };
    let source = scene
        .source
        .as_ref()
        .map(|(source, _)| source.sense.province);
    body::site(scene, Role::Plain, is_among).unwrap_or_else(|| {
        let own = several
            .iter()
            .filter(|mention| !words::is_investor_land(mention));
        let told = own
            .clone()
            .find(|mention| Some(mention.sense.province) == source);
        Verdict::of(
            headline,
            told.or_else(|| own.clone().next()).unwrap_or(first),
        )
    })
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
    let site = body::site(scene, Role::Plain, |_| true);
    if Cue::Route.is_in(&headline.line.text)
        && let Some(site) = &site
        && body::has_other_city(scene, site)
    {
        return site.clone().wide();
    }
    if let (Some(met), Some(site)) = (met, &site)
        && site.city.is_none()
        && site.province == met.sense.province
    {
        return Verdict::of(headline, met);
    }
    if site.is_none() && body::is_list_of_provinces(scene) {
        return Verdict::default();
    }
    site.or_else(|| body::venue(scene))
        .or_else(|| body::of_source(scene))
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
    body::site(scene, part, |_| true).unwrap_or(verdict)
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
    let is_acting = |mention: &Mention| {
        mention.sense.level == Level::Province
            && mention.role < Role::Venue
            && !words::is_investor_land(mention)
    };
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
    let verdict = body::of_source(scene);
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
        let source = body::of_source(scene).filter(|source| {
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
    let source = story.source.as_ref().map_or("", |line| &line.text);
    if words::is_national(&story.headline.text) || words::is_national(source) {
        return Verdict::default();
    }
    let lead = scene.body.first();
    let first = lead.and_then(|lead| {
        let mut strong = lead.strong();
        let first =
            strong.find(|mention| mention.place().is_some() && body::is_early(lead, mention));
        first.map(|mention| Verdict::of(lead, mention))
    });
    let is_national =
        lead.is_some_and(|lead| words::is_national(words::first_sentence(&lead.line.text)));
    match first {
        Some(verdict) => verdict,
        None if is_national => Verdict::default(),
        None => body::of_source(scene).unwrap_or_default(),
    }
}
