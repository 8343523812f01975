//! An item on its way from what was parsed to what its reader has made of it: split, joined, under another headline.
//! Must not know of any item but the one that it takes in.

use super::{Beginning, Corrected, SPLIT, Target};
use crate::issue::{Facts, Item, ItemKey, Part};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What has an item of its own begin with a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// A split of the item that it was parsed in: its name, its headline as printed, and where.
    Split(ItemKey, String, Beginning),
    /// That the item of this name is joined no longer: the paragraph is its headline, as printed.
    Unjoin(ItemKey, String),
}

/// An item on its way, with where it stood as parsed; nowhere where it was split off.
pub(super) struct Slot {
    pub item: Item,
    pub key: ItemKey,
    pub stood: Option<Part>,
    /// What it stated as parsed; none where it was split off.
    pub stated: Option<Facts>,
    pub corrected: Corrected,
    /// The fixes that have made it what it is, by their positions.
    pub by: Vec<usize>,
    /// Of its lead, what has an item of its own begin with it, once it is a paragraph of another.
    lead_cut: Option<Cut>,
    /// Of each paragraph.
    pub cuts: Vec<Option<Cut>>,
    /// Whether its facts are to be read anew.
    pub is_other: bool,
}

impl Slot {
    pub fn parsed(item: &Item, key: &ItemKey, stood: Part) -> Self {
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
    pub fn split(mut self, splits: &[(&Beginning, usize)]) -> Vec<Self> {
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
    pub fn set_headline(&mut self, text: &str, fix: usize) {
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
    pub fn take_in(&mut self, joined: Self, fix: usize) {
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
