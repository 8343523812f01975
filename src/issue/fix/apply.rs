//! Applying fixes to an issue as it was parsed: first what is an item, then what its headline is and what it states.
//! Must not change what no fix is about; a fix that does not fit the issue is left out and told, it may fit another copy of it.

use super::{Corrected, Fix, SPLIT, Stated, Target, field};
use crate::issue::{
    Address, Diagnostic, Facts, Issue, Item, ItemKey, ItemOrdinal, Part, Problem, SectionOrdinal,
};
use crate::text::normalise;
use serde_json::{Value, json};
use std::collections::HashMap;

/// An issue with its fixes applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The issue.
    pub issue: Issue,
    /// The names of its items, in the order of [`Issue::items`]: those of the items as parsed, whatever their headlines are now.
    pub keys: Vec<ItemKey>,
    /// What of each is corrected, in the same order.
    pub corrected: Vec<Corrected>,
    /// Names of items as parsed that are none any more.
    pub joined: Vec<ItemKey>,
    /// Which of the fixes have made each item what it is, by their positions, in the order of the items; one that is in none does
    /// not fit.
    pub by: Vec<Vec<usize>>,
}

/// `issue`, whose items have these names, with the fixes applied that hang on names of items, in this order. The facts of
/// items whose headline or extent is another are read anew by `read`, before facts are fixed.
pub fn apply(
    issue: &Issue,
    keys: &[ItemKey],
    fixes: &[(ItemKey, Fix)],
    read: impl FnOnce(&mut Issue, &[Part]),
) -> Applied {
    let mut draft = Draft::of(issue, keys);
    draft.shape(fixes);
    let mut facts = vec![];
    for (n, (key, fix)) in fixes.iter().enumerate() {
        match (draft.find(key), fix) {
            (Some(at), Fix::Headline(text)) => draft.at(at).set_headline(text, n),
            (Some(at), Fix::Fact(stated)) => {
                draft.at(at).by.push(n);
                facts.push((at, stated));
            }
            _ => {}
        }
    }
    draft.finish(issue, &facts, read)
}

/// An item on its way, with where it stood as parsed; nowhere where it was split off.
struct Slot {
    item: Item,
    key: ItemKey,
    stood: Option<Part>,
    /// What it stated as parsed; none where it was split off.
    stated: Option<Facts>,
    corrected: Corrected,
    /// The fixes that have made it what it is, by their positions.
    by: Vec<usize>,
    /// Whether its facts are to be read anew.
    is_other: bool,
}

/// A place among the slots: section and item, from 0.
type Place = (usize, usize);

struct Draft {
    sections: Vec<Vec<Slot>>,
    joined: Vec<ItemKey>,
    /// How many items as parsed have each headline, folded.
    headlines: HashMap<String, u32>,
    /// Whether each section still has the items that were parsed.
    is_as_parsed: Vec<bool>,
}

impl Draft {
    fn of(issue: &Issue, keys: &[ItemKey]) -> Self {
        let mut headlines = HashMap::new();
        for key in keys {
            *headlines.entry(key.headline.clone()).or_default() += 1;
        }
        let mut keys = keys.iter();
        let slots = issue.sections.iter().map(|section| {
            let items = section.items.iter().zip(keys.by_ref());
            let slots = items.map(|(item, key)| Slot {
                stood: Some(Part::Item(section.ordinal, item.ordinal)),
                item: item.clone(),
                stated: Some(item.facts.clone()),
                key: key.clone(),
                corrected: Corrected::default(),
                by: vec![],
                is_other: false,
            });
            slots.collect()
        });
        let sections: Vec<Vec<Slot>> = slots.collect();
        Self {
            is_as_parsed: vec![true; sections.len()],
            sections,
            headlines,
            joined: vec![],
        }
    }

    /// Splits and joins items, whatever the order in which that was asked for: a fix may hang on what another one makes, and one
    /// that was undone and made again is later than it was. First what can be split, from the beginning of the issue on, then
    /// the first that can be joined, and over again.
    fn shape(&mut self, fixes: &[(ItemKey, Fix)]) {
        let mut left: Vec<usize> = (0..fixes.len()).collect();
        left.retain(|n| matches!(fixes[*n].1, Fix::Join | Fix::Split { .. }));
        loop {
            let fits = left.iter().enumerate().filter_map(|(at, n)| {
                let (key, fix) = &fixes[*n];
                let place = self.find(key)?;
                let paragraph = match fix {
                    Fix::Split { paragraph, at } => Some(self.paragraph(place, (paragraph, *at))?),
                    _ if place.1 == 0 => return None,
                    _ => None,
                };
                Some((paragraph.is_none(), place, paragraph, at))
            });
            let Some((_, place, paragraph, at)) = fits.min() else {
                return;
            };
            let n = left.remove(at);
            match paragraph {
                Some(paragraph) => self.split(place, paragraph, n),
                None => self.join(place, n),
            }
        }
    }

    /// Where a paragraph stands in an item, if it does; of several with one text that which stands nearest to where it stood.
    fn paragraph(&self, (section, n): Place, (paragraph, stood): (&str, u32)) -> Option<usize> {
        let paragraphs = &self.sections[section][n].item.paragraphs;
        let same = paragraphs.iter().enumerate();
        let same = same.filter(|(_, text)| normalise(text) == paragraph);
        let nearest = same.min_by_key(|(n, _)| n.abs_diff(stood as usize));
        nearest.map(|(at, _)| at)
    }

    fn at(&mut self, (section, n): Place) -> &mut Slot {
        &mut self.sections[section][n]
    }

    fn find(&self, key: &ItemKey) -> Option<Place> {
        let mut sections = self.sections.iter().enumerate();
        sections.find_map(|(section, slots)| {
            let n = slots.iter().position(|slot| slot.key == *key)?;
            Some((section, n))
        })
    }

    /// Joins an item to the one before it, which there is.
    fn join(&mut self, (section, n): Place, fix: usize) {
        let joined = self.sections[section].remove(n);
        self.is_as_parsed[section] = false;
        self.joined.push(joined.key.clone());
        self.at((section, n - 1)).take_in(joined, fix);
    }

    /// Splits an item at one of its paragraphs.
    fn split(&mut self, (section, n): Place, at: usize, fix: usize) {
        let slot = &self.sections[section][n];
        let paragraph = normalise(&slot.item.paragraphs[at]);
        let key = ItemKey {
            nth: self.number(&paragraph, (section, n), at),
            headline: paragraph,
            ..slot.key.clone()
        };
        let split = self.at((section, n)).give_away(at, key, fix);
        self.sections[section].insert(n + 1, split);
        self.is_as_parsed[section] = false;
    }

    /// The number that tells the item that begins with a paragraph from others with this headline: behind those that were parsed,
    /// and as many further as texts like it stand before. No split and no join changes how many that are, so the item has this
    /// name whatever else is split.
    fn number(&self, headline: &str, (section, n): Place, at: usize) -> u32 {
        let before = self.sections[..section].iter().flatten();
        let before = before.chain(&self.sections[section][..n]);
        let own = &self.sections[section][n];
        let texts = before.flat_map(|slot| slot.texts(slot.item.paragraphs.len()));
        let like = texts
            .chain(own.texts(at))
            .filter(|text| normalise(text) == headline)
            .count();
        let parsed = self.headlines.get(headline).copied().unwrap_or_default();
        parsed.saturating_add(u32::try_from(like).unwrap_or(u32::MAX))
    }

    fn finish(
        self,
        parsed: &Issue,
        facts: &[(Place, &Stated)],
        read: impl FnOnce(&mut Issue, &[Part]),
    ) -> Applied {
        let mut issue = parsed.clone();
        let (mut keys, mut corrected, mut by, mut before) = (vec![], vec![], vec![], vec![]);
        let mut stand = HashMap::new();
        let (mut other, mut renamed, mut grown) = (vec![], vec![], vec![]);
        let sections = issue.sections.iter_mut().zip(self.sections);
        for ((section, slots), is_as_parsed) in sections.zip(self.is_as_parsed) {
            section.items.clear();
            for (mut slot, n) in slots.into_iter().zip(1..) {
                if !is_as_parsed {
                    slot.item.ordinal = ItemOrdinal(n);
                }
                let stands = (section.ordinal, slot.item.ordinal);
                let part = Part::Item(stands.0, stands.1);
                if let Some(stood) = slot.stood {
                    stand.insert(stood, stands);
                }
                if slot.is_other {
                    other.push(part);
                }
                if slot.corrected.has(Target::Headline.field()) {
                    renamed.push(part);
                }
                if slot.corrected.has(Target::Join.field()) {
                    grown.push(part);
                }
                section.items.push(slot.item);
                keys.push(slot.key);
                corrected.push(slot.corrected);
                by.push(slot.by);
                before.push(slot.stated);
            }
        }
        let diagnostics = std::mem::take(&mut issue.diagnostics);
        let moved = diagnostics
            .into_iter()
            .filter_map(|found| moved(found, &stand));
        let still = moved.filter(|found| is_still_so(found, &renamed, &grown));
        issue.diagnostics = still.collect();
        if !other.is_empty() {
            read(&mut issue, &other);
        }
        let items = issue.sections.iter().flat_map(|section| &section.items);
        for ((item, before), corrected) in items.zip(&before).zip(&mut corrected) {
            if let Some(before) = before {
                corrected.note_changed(&item.facts, before);
            }
        }
        let first: Vec<usize> = firsts(&issue);
        for ((section, n), stated) in facts {
            let item = &mut issue.sections[*section].items[*n];
            let corrected = &mut corrected[first[*section] + n];
            corrected.note_before(&item.facts, stated.fact());
            corrected.note(field(stated.fact()));
            stated.put(&mut item.facts);
        }
        Applied {
            issue,
            keys,
            corrected,
            joined: self.joined,
            by,
        }
    }
}

impl Slot {
    fn set_headline(&mut self, text: &str, fix: usize) {
        let field = Target::Headline.field();
        let was = std::mem::replace(&mut self.item.headline, text.to_owned());
        self.corrected
            .was
            .entry(field.to_owned())
            .or_insert(was.into());
        self.corrected.note(field);
        self.by.push(fix);
        self.is_other = true;
    }

    /// Headline, lead and the first paragraphs, so many of them.
    fn texts(&self, paragraphs: usize) -> impl Iterator<Item = &str> {
        let item = &self.item;
        let texts = item.lead.iter().chain(&item.paragraphs[..paragraphs]);
        [&item.headline]
            .into_iter()
            .chain(texts)
            .map(String::as_str)
    }

    /// Takes in the item behind it. The source bracket of the whole is that of its end; one that stood before is text again.
    fn take_in(
        &mut self,
        Self {
            item: joined, by, ..
        }: Self,
        fix: usize,
    ) {
        let field = Target::Join.field();
        let item = &mut self.item;
        if joined.source.is_some()
            && let Some(source) = std::mem::replace(&mut item.source, joined.source)
        {
            let bracket = format!("（{source}）");
            match item.paragraphs.last_mut().or(item.lead.as_mut()) {
                Some(last) => last.push_str(&bracket),
                None => item.paragraphs.push(bracket),
            }
        }
        let was = self.corrected.was.entry(field.to_owned());
        if let Value::Array(headlines) = was.or_insert_with(|| json!([])) {
            headlines.push(joined.headline.clone().into());
        }
        item.paragraphs.push(joined.headline);
        item.paragraphs.extend(joined.lead);
        item.paragraphs.extend(joined.paragraphs);
        for mut picture in joined.pictures {
            picture.n = item.pictures.last().map_or(1, |last| last.n + 1);
            item.pictures.push(picture);
        }
        self.corrected.note(field);
        self.by.extend(by);
        self.by.push(fix);
        self.is_other = true;
    }

    /// Gives away what stands from the paragraph at `at` on, which is the headline of an item of this name then. The source
    /// bracket stands at its end.
    fn give_away(&mut self, at: usize, key: ItemKey, fix: usize) -> Self {
        let mut rest = self.item.paragraphs.split_off(at).into_iter();
        let mut corrected = Corrected::default();
        let was = Value::from(self.item.headline.clone());
        corrected.was.insert(SPLIT.to_owned(), was);
        corrected.note(SPLIT);
        self.corrected.note(SPLIT);
        self.by.push(fix);
        self.is_other = true;
        Self {
            item: Item {
                headline: rest.next().unwrap_or_default(),
                contents_headline: None,
                lead: None,
                paragraphs: rest.collect(),
                source: self.item.source.take(),
                pictures: vec![],
                ..self.item.clone()
            },
            key,
            stood: None,
            stated: None,
            corrected,
            by: vec![fix],
            is_other: true,
        }
    }
}

/// A diagnostic with where its item stands now; none of an item that is none any more.
fn moved(
    found: Diagnostic,
    stand: &HashMap<Part, (SectionOrdinal, ItemOrdinal)>,
) -> Option<Diagnostic> {
    let Some(address) = &found.item else {
        return Some(found);
    };
    if !matches!(address.part, Part::Item(..)) {
        return Some(found);
    }
    let (section, item) = *stand.get(&address.part)?;
    Some(Diagnostic {
        item: Some(Address {
            part: Part::Item(section, item),
            ..address.clone()
        }),
        ..found
    })
}

/// Whether a diagnostic is not settled by a fix: what was wrong with a headline that is another now, or with an item that was empty
/// and has taken in another.
fn is_still_so(found: &Diagnostic, renamed: &[Part], grown: &[Part]) -> bool {
    let Some(part) = found.item.as_ref().map(|address| address.part) else {
        return true;
    };
    match &found.problem {
        Problem::HeadlineMismatch { .. } | Problem::HeadlineUnsupported { .. } => {
            !renamed.contains(&part)
        }
        Problem::EmptyItem {} => !grown.contains(&part),
        _ => true,
    }
}

/// How many items stand before each section.
fn firsts(issue: &Issue) -> Vec<usize> {
    let counts = issue.sections.iter().map(|section| section.items.len());
    counts
        .scan(0, |sum, count| {
            let first = *sum;
            *sum += count;
            Some(first)
        })
        .collect()
}

#[cfg(test)]
mod tests;
