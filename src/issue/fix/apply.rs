//! Applying fixes to an issue as it was parsed: first what is an item, then what its headline is and what it states.
//! Must not change what no fix is about; a fix that does not fit the issue is left out and told, it may fit another copy of it.

use super::{Beginning, Corrected, Fix, SPLIT, Stated, Target, field};
use crate::issue::{
    Address, Diagnostic, Facts, Issue, Item, ItemKey, ItemOrdinal, Part, Problem, SectionOrdinal,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

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
    /// What has an item of its own begin with each paragraph, in the same order; none where nothing does.
    pub cuts: Vec<Vec<Option<Cut>>>,
}

/// What has an item of its own begin with a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// A split of the item that it was parsed in: its name, its headline as printed, and where.
    Split(ItemKey, String, Beginning),
    /// That the item of this name is joined no longer: the paragraph is its headline, as printed.
    Unjoin(ItemKey, String),
}

/// `issue`, whose items have these names, with the fixes applied that hang on names of items, in this order. The facts of
/// items whose headline or extent is another are read anew by `read`, before facts are fixed.
pub fn apply(
    issue: &Issue,
    keys: &[ItemKey],
    fixes: &[(ItemKey, Fix)],
    read: impl FnOnce(&mut Issue, &[Part]),
) -> Applied {
    let mut draft = Draft::of(issue, keys, fixes);
    let places = draft.places();
    let mut facts = vec![];
    for (n, (key, fix)) in fixes.iter().enumerate() {
        match (places.get(key).copied(), fix) {
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
    /// Of its lead, what has an item of its own begin with it, once it is a paragraph of another.
    lead_cut: Option<Cut>,
    /// Of each paragraph.
    cuts: Vec<Option<Cut>>,
    /// Whether its facts are to be read anew.
    is_other: bool,
}

/// A place among the slots: section and item, from 0.
type Place = (usize, usize);

struct Draft {
    sections: Vec<Vec<Slot>>,
    joined: Vec<ItemKey>,
    /// Whether each section still has the items that were parsed.
    is_as_parsed: Vec<bool>,
}

/// The fixes that say where items begin and end, by the names that they hang on.
#[derive(Default)]
struct Extents<'a> {
    joins: HashMap<&'a ItemKey, usize>,
    splits: HashMap<&'a ItemKey, Vec<(&'a Beginning, usize)>>,
}

impl<'a> Extents<'a> {
    fn of(fixes: &'a [(ItemKey, Fix)]) -> Self {
        let mut extents = Self::default();
        for (n, (key, fix)) in fixes.iter().enumerate() {
            match fix {
                Fix::Join => {
                    extents.joins.insert(key, n);
                }
                Fix::Split(beginning) => {
                    extents.splits.entry(key).or_default().push((beginning, n));
                }
                Fix::Fact(_) | Fix::Headline(_) => {}
            }
        }
        extents
    }
}

impl Draft {
    /// Splits the items as parsed, each by itself, and joins what comes of it to what stands before: so the order in which that
    /// was asked for does not matter.
    fn of(issue: &Issue, keys: &[ItemKey], fixes: &[(ItemKey, Fix)]) -> Self {
        let extents = Extents::of(fixes);
        let mut keys = keys.iter();
        let mut draft = Self {
            sections: vec![],
            joined: vec![],
            is_as_parsed: vec![],
        };
        for section in &issue.sections {
            let mut slots: Vec<Slot> = vec![];
            let mut is_as_parsed = true;
            for (item, key) in section.items.iter().zip(keys.by_ref()) {
                let stood = Part::Item(section.ordinal, item.ordinal);
                let splits = extents.splits.get(key).map_or(&[][..], Vec::as_slice);
                let parts = Slot::parsed(item, key, stood).split(splits);
                is_as_parsed &= parts.len() == 1;
                for slot in parts {
                    match (extents.joins.get(&slot.key), slots.last_mut()) {
                        (Some(fix), Some(before)) => {
                            is_as_parsed = false;
                            draft.joined.push(slot.key.clone());
                            before.take_in(slot, *fix);
                        }
                        _ => slots.push(slot),
                    }
                }
            }
            draft.sections.push(slots);
            draft.is_as_parsed.push(is_as_parsed);
        }
        draft
    }

    fn at(&mut self, (section, n): Place) -> &mut Slot {
        &mut self.sections[section][n]
    }

    /// Where each item stands.
    fn places(&self) -> HashMap<ItemKey, Place> {
        let sections = self.sections.iter().enumerate();
        let places = sections.flat_map(|(section, slots)| {
            let slots = slots.iter().enumerate();
            slots.map(move |(n, slot)| (slot.key.clone(), (section, n)))
        });
        places.collect()
    }

    fn finish(
        self,
        parsed: &Issue,
        facts: &[(Place, &Stated)],
        read: impl FnOnce(&mut Issue, &[Part]),
    ) -> Applied {
        let mut issue = parsed.clone();
        let (mut keys, mut corrected, mut by, mut before) = (vec![], vec![], vec![], vec![]);
        let mut cuts = vec![];
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
                cuts.push(slot.cuts);
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
            cuts,
        }
    }
}

impl Slot {
    fn parsed(item: &Item, key: &ItemKey, stood: Part) -> Self {
        let cut = |beginning| Cut::Split(key.clone(), item.headline.clone(), beginning);
        let mut cuts = Beginning::all(item).map(|beginning| beginning.map(cut));
        Self {
            lead_cut: item.lead.as_ref().and_then(|_| cuts.next().flatten()),
            cuts: cuts.collect(),
            item: item.clone(),
            key: key.clone(),
            stood: Some(stood),
            stated: Some(item.facts.clone()),
            corrected: Corrected::default(),
            by: vec![],
            is_other: false,
        }
    }

    /// It, less what is an item of its own by these splits, and those behind it. Where a copy has fewer texts of the kind, the
    /// last one is meant.
    fn split(mut self, splits: &[(&Beginning, usize)]) -> Vec<Self> {
        let is_lead = |(beginning, _): &(&Beginning, usize)| match &self.lead_cut {
            Some(Cut::Split(_, _, lead)) => lead == *beginning,
            _ => false,
        };
        // Once it is joined its lead is a paragraph as others are.
        if splits.iter().any(is_lead)
            && let Some(lead) = self.item.lead.take()
        {
            self.item.paragraphs.insert(0, lead);
            self.cuts.insert(0, self.lead_cut.take());
        }
        let mut at: BTreeMap<usize, (&Beginning, usize)> = BTreeMap::new();
        for (beginning, fix) in splits {
            let is_it = |cut: &Option<Cut>, own: u32| matches!(cut, Some(Cut::Split(_, _, known)) if known.text == beginning.text && known.nth == own);
            let like = |own| self.cuts.iter().position(|cut| is_it(cut, own));
            let found = (0..=beginning.nth.min(self.count())).rev().find_map(like);
            if let Some(found) = found {
                at.entry(found).or_insert((beginning, *fix));
            }
        }
        let parent = (self.key.clone(), self.item.headline.clone());
        let mut parts = vec![self];
        // From the end: what is given away is cut off once.
        for (at, (beginning, fix)) in at.into_iter().rev() {
            let key = beginning.key(&parent.0);
            let part = parts[0].give_away(at, (key, &parent.1), fix);
            if let Some(next) = parts.get_mut(1) {
                // The part behind it begins where this one ends.
                let begins = next.by[0];
                let mut part = part;
                part.by.push(begins);
                parts[0].by.retain(|own| *own != begins);
                parts.insert(1, part);
            } else {
                parts.push(part);
            }
        }
        parts
    }

    fn count(&self) -> u32 {
        u32::try_from(self.cuts.len()).unwrap_or(u32::MAX)
    }

    /// The text that an item begins with that was split off is a paragraph once it has a headline.
    fn set_headline(&mut self, text: &str, fix: usize) {
        let field = Target::Headline.field();
        let was = std::mem::replace(&mut self.item.headline, text.to_owned());
        if self.stood.is_none() {
            self.item.paragraphs.insert(0, was.clone());
            self.cuts.insert(0, None);
        }
        self.corrected
            .was
            .entry(field.to_owned())
            .or_insert(was.into());
        self.corrected.note(field);
        self.by.push(fix);
        self.is_other = true;
    }

    /// Takes in the item behind it. The source bracket of the whole is that of its end; one that stood before is text again.
    fn take_in(&mut self, joined: Self, fix: usize) {
        let field = Target::Join.field();
        let item = &mut self.item;
        let Item {
            headline,
            lead,
            paragraphs,
            source,
            pictures,
            ..
        } = joined.item;
        if source.is_some()
            && let Some(source) = std::mem::replace(&mut item.source, source)
        {
            let bracket = format!("（{source}）");
            if let Some(last) = item.paragraphs.last_mut().or(item.lead.as_mut()) {
                last.push_str(&bracket);
            } else {
                item.paragraphs.push(bracket);
                self.cuts.push(None);
            }
        }
        let was = self.corrected.was.entry(field.to_owned());
        if let Value::Array(headlines) = was.or_insert_with(|| json!([])) {
            headlines.push(headline.clone().into());
        }
        item.paragraphs.push(headline.clone());
        self.cuts.push(Some(Cut::Unjoin(joined.key, headline)));
        if let Some(lead) = lead {
            item.paragraphs.push(lead);
            self.cuts.push(joined.lead_cut);
        }
        item.paragraphs.extend(paragraphs);
        self.cuts.extend(joined.cuts);
        for mut picture in pictures {
            picture.n = item.pictures.last().map_or(1, |last| last.n + 1);
            item.pictures.push(picture);
        }
        self.corrected.note(field);
        self.by.extend(joined.by);
        self.by.push(fix);
        self.is_other = true;
    }

    /// Gives away what stands from the paragraph at `at` on, which is the headline of an item of this name then; with the headline
    /// that it stood under. The source bracket stands at its end.
    fn give_away(&mut self, at: usize, (key, under): (ItemKey, &str), fix: usize) -> Self {
        let mut rest = self.item.paragraphs.split_off(at).into_iter();
        let cuts = self.cuts.split_off(at).into_iter().skip(1).collect();
        let mut corrected = Corrected::default();
        corrected.was.insert(SPLIT.to_owned(), Value::from(under));
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
            lead_cut: None,
            cuts,
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
