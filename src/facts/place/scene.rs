//! The places that an item names, each resolved, with the part it plays and where it stands.
//! Must not decide where the project is.

use super::super::gazetteer::{Found, Level, Sense, find, find_from};
use super::super::near;
use super::super::story::{Line, Story};
use super::cues::Cue;
use super::role::{self, Role};
use super::sense::{Context, Standing, choose};
use super::words;
use std::collections::HashSet;
use std::ops::Range;

/// The places of an item.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub headline: Named<'a>,
    /// Lead and paragraphs.
    pub body: Vec<Named<'a>>,
    /// The place in the source bracket, where that is a government's or a zone's (§4).
    pub source: Option<(Mention, &'a Line)>,
}

/// The places of one text.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub line: &'a Line,
    pub mentions: Vec<Mention>,
    /// The byte where its first sentence ends.
    pub first_sentence: usize,
}

/// A place named: one name, or several that follow each other from large to small (江苏苏州昆山).
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The smallest of the names.
    pub sense: Sense,
    pub role: Role,
}

impl<'a> Scene<'a> {
    pub fn of(story: &'a Story) -> Self {
        let found: Vec<(&Line, Vec<Found>)> = story
            .lines()
            .map(|line| (line, find(&line.text).collect()))
            .collect();
        let mut context = Context::default();
        for found in found.iter().flat_map(|(_, found)| found) {
            context.add(found);
        }
        let source = story.source.as_ref().and_then(|line| {
            let found = find(&line.text).collect();
            let named = Named::of(line, mentions(&line.text, found, &context));
            let first = named.mentions.first()?.clone();
            (!is_of_several(&named)).then_some((first, line))
        });
        context.hint = source.as_ref().map(|(mention, _)| mention.sense);
        let source =
            source.filter(|(mention, line)| mention.role != Role::Weak && is_official(&line.text));
        context.source = source.as_ref().map(|(mention, _)| mention.sense);
        let mut named = found
            .into_iter()
            .map(|(line, found)| Named::of(line, mentions(&line.text, found, &context)));
        let empty = Named::of(&story.headline, vec![]);
        let mut scene = Self {
            headline: named.next().unwrap_or(empty),
            body: named.collect(),
            source,
        };
        scene.mark_firms();
        settle_signings(&mut scene.headline);
        scene.body.iter_mut().for_each(settle_signings);
        scene
    }

    /// A firm that is named in full once is one where it is named in short: 苏州晶华 for 苏州晶华科技有限公司.
    fn mark_firms(&mut self) {
        let texts = std::iter::once(&self.headline).chain(&self.body);
        let firms: HashSet<String> = texts
            .flat_map(|named| named.mentions.iter().map(move |mention| (named, mention)))
            .filter(|(_, mention)| mention.role == Role::Weak)
            .filter_map(|(named, mention)| firm(&named.line.text, &mention.range))
            .map(str::to_owned)
            .collect();
        if firms.is_empty() {
            return;
        }
        for named in std::iter::once(&mut self.headline).chain(&mut self.body) {
            let text = &named.line.text;
            for mention in &mut named.mentions {
                let name = firm(text, &mention.range);
                if name.is_some_and(|name| firms.contains(name)) {
                    mention.role = Role::Weak;
                }
            }
        }
    }
}

impl<'a> Named<'a> {
    fn of(line: &'a Line, mentions: Vec<Mention>) -> Self {
        Self {
            line,
            mentions,
            first_sentence: words::first_sentence(&line.text).len(),
        }
    }

    /// Those that the item may be about.
    pub fn strong(&self) -> impl Iterator<Item = &Mention> + Clone {
        let strong = |mention: &&Mention| mention.role < Role::Venue;
        self.mentions.iter().filter(strong)
    }

    /// The text between two places of it.
    pub fn between(&self, first: &Mention, second: &Mention) -> &str {
        self.line
            .text
            .get(first.range.end..second.range.start)
            .unwrap_or_default()
    }
}

impl Mention {
    pub const fn is_abroad(&self) -> bool {
        matches!(self.sense.level, Level::Abroad)
    }

    pub const fn is_region(&self) -> bool {
        matches!(self.sense.level, Level::Region)
    }

    /// Province and city; none of what lies abroad or in several provinces.
    pub fn place(&self) -> Option<(&'static str, Option<&'static str>)> {
        (!self.is_region()).then_some((self.sense.province?, self.sense.city))
    }
}

/// Whether a source bracket names several provinces side by side, of which none counts: 四川省、重庆市政府网站.
fn is_of_several(source: &Named<'_>) -> bool {
    source.mentions.windows(2).any(|pair| {
        let [first, second] = pair else {
            return false;
        };
        let between = source.between(first, second);
        let is_list = between.len() <= LONGEST_JOINT
            && between.contains(['、', '和', '与', '及', ' ', ',', ';']);
        let provinces = first.sense.province.zip(second.sense.province);
        is_list && provinces.is_some_and(|(first, second)| first != second)
    })
}

/// In bytes: what stands between two sources (政府网站、) at most.
const LONGEST_JOINT: usize = 30;

fn is_official(source: &str) -> bool {
    Cue::Official.is_in(source) && !Cue::Press.is_in(source)
}

/// The place and the two hanzi behind it, as a firm's name begins; or those before it, where it stands in a bracket.
fn firm<'t>(text: &'t str, place: &Range<usize>) -> Option<&'t str> {
    if let Some(name) = text[..place.start].strip_suffix('(') {
        let (at, _) = name.char_indices().rev().nth(1)?;
        return Some(&text[at..place.end]);
    }
    let behind = &text[place.end..];
    let mut hanzi = behind
        .char_indices()
        .take_while(|(_, c)| matches!(c, '\u{3400}'..='\u{9fff}'));
    let (at, last) = hanzi.nth(1)?;
    Some(&text[place.start..place.end + at + last.len_utf8()])
}

/// The places of a text: names are resolved and joined, and each gets its part.
fn mentions(text: &str, found: Vec<Found>, context: &Context) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = vec![];
    let mut taken = 0;
    for found in found {
        if found.range.start < taken {
            continue;
        }
        // In 联通江苏 the name 通江 hides 江苏.
        let resolved = resolve(text, &found, mentions.last(), context).or_else(|| {
            let first = text[found.range.start..].chars().next()?;
            let hidden = find_from(text, found.range.start + first.len_utf8())?;
            let is_hidden =
                hidden.range.start < found.range.end && found.range.end < hidden.range.end;
            let larger = hidden.senses.first()?.level <= Level::Prefecture;
            let is_other = is_hidden && larger && found.senses.first()?.level != Level::Word;
            is_other.then(|| resolve(text, &hidden, mentions.last(), context))?
        });
        let Some(mention) = resolved else {
            continue;
        };
        taken = mention.range.end;
        match mentions.last_mut() {
            Some(last)
                if is_next(text, last, &mention.range) && last.sense.holds(&mention.sense) =>
            {
                last.range.end = mention.range.end;
                last.sense = mention.sense;
            }
            _ => mentions.push(mention),
        }
    }
    give_roles(text, &mut mentions);
    mentions
}

/// The place that a name stands for, `last` being the one named before.
fn resolve(
    text: &str,
    found: &Found,
    last: Option<&Mention>,
    context: &Context,
) -> Option<Mention> {
    let before = &text[..found.range.start];
    let last = last.filter(|last| is_next(text, last, &found.range) && last.place().is_some());
    let standing = Standing {
        before: last.map(|last| last.sense),
        is_pointed_at: role::is_pointed_at(before),
        is_first: before.is_empty() || before.ends_with(role::is_stop),
        name: &text[found.range.clone()],
        behind: &text[found.range.end..],
    };
    Some(Mention {
        range: found.range.clone(),
        sense: choose(found, standing, context)?,
        role: Role::Plain,
    })
}

/// Whether a name follows a place with nothing in between.
fn is_next(text: &str, last: &Mention, range: &Range<usize>) -> bool {
    text[last.range.end..range.start].trim().is_empty()
}

fn give_roles(text: &str, mentions: &mut [Mention]) {
    let mut last: Option<(usize, Role)> = None;
    for mention in mentions {
        let own = role::of(text, &mention.range);
        // 赴甲、乙等地招商, 落户甲、乙: the second plays the part of the first.
        let inherited = last.and_then(|(end, role)| {
            let between = &text[end..mention.range.start];
            let is_list = matches!(between, "、" | "和" | "及" | "以及" | "与" | "市、" | "等");
            (own == Role::Plain && is_list && role != Role::Weak).then_some(role)
        });
        // 从甲地到乙地
        let is_end = last.is_some_and(|(end, _)| &text[end..mention.range.start] == "到");
        let own = if is_end { Role::Plain } else { own };
        mention.role = inherited.unwrap_or(own);
        last = Some((mention.range.end, mention.role));
    }
}

/// 甲地在乙地签约: signed in the second, of the first. 甲地某某项目在乙地签约: sited in the second.
fn settle_signings(named: &mut Named<'_>) {
    for n in 0..named.mentions.len() {
        if named.mentions[n].role != Role::Signing {
            continue;
        }
        let signing = &named.mentions[n];
        let is_near =
            |other: &&Mention| signing.range.start.saturating_sub(other.range.end) <= near::REACH;
        let subject = named.mentions[..n]
            .iter()
            .rev()
            .take_while(is_near)
            .find(|other| other.role == Role::Plain && other.place().is_some());
        let is_elsewhere = subject.is_some_and(|subject| {
            !subject.sense.holds(&signing.sense) && is_host(named.between(subject, signing))
        });
        if is_elsewhere {
            named.mentions[n].role = Role::Venue;
        } else {
            give_way(named, n);
        }
    }
}

/// Where the site is named, a place before the name of its project is where the firm comes from.
fn give_way(named: &mut Named<'_>, site: usize) {
    let at = named.mentions[site].clone();
    let text = &named.line.text;
    let before = near::last(&text[..at.range.start]);
    let clause = before.rfind(role::is_stop).map_or(0, |stop| stop + 1);
    let start = at.range.start - before.len() + clause;
    let mentions = named.mentions[..site].iter_mut().rev();
    for mention in mentions.take_while(|mention| mention.range.end >= start) {
        if mention.role == Role::Plain && !mention.sense.holds(&at.sense) {
            mention.role = Role::Weak;
        }
    }
}

/// Whether what stands between a place and `在` some other place tells that the first one is the host.
fn is_host(between: &str) -> bool {
    !Cue::Project.is_in(between) || Cue::Counted.is_in(between)
}
