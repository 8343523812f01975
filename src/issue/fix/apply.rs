//! Applying fixes to an issue as it was parsed: first what is an item, then what its headline is and what it states.
//! Must not change what no fix is about; a fix that does not fit the issue is left out and told, it may fit another copy of it.

use super::slot::{Cut, Slot};
use super::{Beginning, Corrected, Fix, Stated, Target, field};
use crate::issue::{
    Address, Diagnostic, Issue, ItemKey, ItemOrdinal, Part, Problem, SectionOrdinal,
};
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
    /// What has an item of its own begin with each paragraph, in the same order; none where nothing does.
    pub cuts: Vec<Vec<Option<Cut>>>,
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
