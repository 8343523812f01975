//! Contents and body side by side: pages and contents headlines go to the items, disagreements become diagnostics.
//! Must not change a headline, the order or anything else that the body says.

use super::align::{align, equal, out_of_order};
use super::contents::{Contents, Entry};
use super::draft::{Body, ItemDraft, SectionDraft, Unknown};
use crate::issue::{Address, Diagnostic, IssueNumber, ItemOrdinal, Problem, SectionOrdinal};
use std::collections::{HashMap, HashSet};

/// An entry of the contents: section and position in it.
type Place = (usize, usize);

/// Gives the sections and items of `body` what the contents say of them. The diagnostics are in the order of their lines.
pub(super) fn reconcile(
    contents: &Contents,
    body: &mut Body,
    number: IssueNumber,
) -> Vec<Diagnostic> {
    let mut report = Report {
        number,
        found: Vec::new(),
    };
    let sections = pair_sections(contents, &body.sections);
    for (draft, listed) in body.sections.iter_mut().zip(&sections) {
        draft.page = listed.and_then(|at| contents.sections[at].page);
    }
    if contents.is_empty() {
        report.add(None, None, Problem::NoContents {});
    } else {
        let places = pair_items(contents, &body.sections, &sections);
        report.sections(contents, &body.sections);
        report.items(contents, body, &sections, &places);
        report.missing(contents, &places);
    }
    report.empty_items(&body.sections);
    report.unknown(contents.unknown.iter().chain(&body.unknown));
    report.found.sort_by_key(|diagnostic| diagnostic.line);
    report.found
}

/// For each section of the body the one of the contents: by title, else by numeral where neither title has another partner.
fn pair_sections(contents: &Contents, body: &[SectionDraft]) -> Vec<Option<usize>> {
    let items: Vec<&str> = body.iter().map(|section| &*section.key).collect();
    let entries: Vec<&str> = contents
        .sections
        .iter()
        .map(|section| &*section.key)
        .collect();
    let mut pairs = equal(&items, &entries);
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut free: HashMap<u32, usize> = contents
        .sections
        .iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at))
        .map(|(at, section)| (section.numeral, at))
        .collect();
    for (section, pair) in body.iter().zip(&mut pairs) {
        if pair.is_none() {
            *pair = free.remove(&section.numeral);
        }
    }
    pairs
}

/// For each item of the body its entry: within its section, else an equal headline in any other.
fn pair_items(
    contents: &Contents,
    body: &[SectionDraft],
    sections: &[Option<usize>],
) -> Vec<Vec<Option<Place>>> {
    let mut taken: Vec<Vec<bool>> = contents
        .sections
        .iter()
        .map(|section| vec![false; section.entries.len()])
        .collect();
    let mut places: Vec<Vec<Option<Place>>> = Vec::with_capacity(body.len());
    for (draft, listed) in body.iter().zip(sections) {
        let items: Vec<&str> = draft.items.iter().map(|item| &*item.key).collect();
        let Some(listed) = *listed else {
            places.push(vec![None; items.len()]);
            continue;
        };
        let entries: Vec<&str> = keys(&contents.sections[listed].entries);
        let pairs = align(&items, &entries);
        for entry in pairs.iter().flatten() {
            taken[listed][*entry] = true;
        }
        places.push(pairs.into_iter().map(|at| Some((listed, at?))).collect());
    }
    elsewhere(contents, body, &taken, &mut places);
    places
}

/// Pairs the items that are left with equal entries of other sections.
fn elsewhere(
    contents: &Contents,
    body: &[SectionDraft],
    taken: &[Vec<bool>],
    places: &mut [Vec<Option<Place>>],
) {
    let mut free: Vec<(Place, &str)> = Vec::new();
    for (section, listed) in contents.sections.iter().enumerate() {
        for (at, entry) in listed.entries.iter().enumerate() {
            if !taken[section][at] {
                free.push(((section, at), &entry.key));
            }
        }
    }
    let entries: Vec<&str> = free.iter().map(|(_, key)| *key).collect();
    let mut left = Vec::new();
    for (draft, places) in body.iter().zip(places) {
        for (item, place) in draft.items.iter().zip(places) {
            if place.is_none() {
                left.push((&*item.key, place));
            }
        }
    }
    let items: Vec<&str> = left.iter().map(|(key, _)| *key).collect();
    for ((_, place), entry) in left.into_iter().zip(equal(&items, &entries)) {
        *place = entry.map(|at| free[at].0);
    }
}

fn keys(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| &*entry.key).collect()
}

struct Report {
    number: IssueNumber,
    found: Vec<Diagnostic>,
}

impl Report {
    fn add(&mut self, line: Option<u32>, item: Option<Address>, problem: Problem) {
        self.found.push(Diagnostic {
            problem,
            line,
            item,
        });
    }

    fn address(&self, section: usize, item: ItemOrdinal) -> Option<Address> {
        let section = SectionOrdinal(u32::try_from(section + 1).ok()?);
        Some(Address::item(self.number, section, item))
    }

    /// Sections whose titles only one side has, even where the numeral pairs them.
    fn sections(&mut self, contents: &Contents, body: &[SectionDraft]) {
        let titles: HashSet<&str> = body.iter().map(|draft| &*draft.key).collect();
        for listed in &contents.sections {
            if !listed.key.is_empty() && !titles.contains(&*listed.key) {
                let title = listed.title.clone();
                self.add(
                    Some(listed.line),
                    None,
                    Problem::SectionMissingInBody { title },
                );
            }
        }
        let titles = contents.titles();
        for draft in body {
            if !draft.key.is_empty() && !titles.contains(&*draft.key) {
                let title = draft.title.clone();
                self.add(
                    Some(draft.line),
                    None,
                    Problem::SectionMissingInContents { title },
                );
            }
        }
    }

    /// Fills in what the contents say of each item, and reports where they say something else.
    fn items(
        &mut self,
        contents: &Contents,
        body: &mut Body,
        sections: &[Option<usize>],
        places: &[Vec<Option<Place>>],
    ) {
        for (at, draft) in body.sections.iter_mut().enumerate() {
            let moved = moved(sections[at], &places[at]);
            for ((item, place), moved) in draft.items.iter_mut().zip(&places[at]).zip(moved) {
                let address = self.address(at, item.item.ordinal);
                let Some((section, entry)) = *place else {
                    let body = item.item.headline.clone();
                    self.add(
                        Some(item.line),
                        address,
                        Problem::MissingInContents { body },
                    );
                    continue;
                };
                let entry = &contents.sections[section].entries[entry];
                if moved {
                    let body = item.item.headline.clone();
                    self.add(
                        Some(entry.line),
                        address.clone(),
                        Problem::OrderDiffers { body },
                    );
                }
                self.item(item, entry, address);
            }
        }
    }

    fn item(&mut self, draft: &mut ItemDraft, entry: &Entry, address: Option<Address>) {
        draft.item.page = entry.page;
        draft.item.contents_headline = Some(entry.headline.clone());
        if draft.key != entry.key {
            let problem = Problem::HeadlineMismatch {
                contents: entry.headline.clone(),
                body: draft.item.headline.clone(),
            };
            self.add(Some(entry.line), address, problem);
        }
    }

    /// Entries that no item took.
    fn missing(&mut self, contents: &Contents, places: &[Vec<Option<Place>>]) {
        let taken: HashSet<Place> = places.iter().flatten().flatten().copied().collect();
        for (section, listed) in contents.sections.iter().enumerate() {
            for (at, entry) in listed.entries.iter().enumerate() {
                if !taken.contains(&(section, at)) {
                    let contents = entry.headline.clone();
                    self.add(Some(entry.line), None, Problem::MissingInBody { contents });
                }
            }
        }
    }

    fn empty_items(&mut self, body: &[SectionDraft]) {
        for (at, draft) in body.iter().enumerate() {
            for item in &draft.items {
                if item.item.lead.is_none() && item.item.paragraphs.is_empty() {
                    let address = self.address(at, item.item.ordinal);
                    self.add(Some(item.line), address, Problem::EmptyItem {});
                }
            }
        }
    }

    fn unknown<'a>(&mut self, lines: impl Iterator<Item = &'a Unknown>) {
        for unknown in lines {
            let text = unknown.text.clone();
            self.add(Some(unknown.line), None, Problem::UnknownLine { text });
        }
    }
}

/// Which items of a section the contents list out of order or in another section.
fn moved(section: Option<usize>, places: &[Option<Place>]) -> Vec<bool> {
    let here = |place: &Option<Place>| place.filter(|(of, _)| Some(*of) == section);
    let own: Vec<usize> = places.iter().filter_map(here).map(|(_, at)| at).collect();
    let mut out = out_of_order(&own).into_iter();
    places
        .iter()
        .map(|place| match here(place) {
            Some(_) => out.next().unwrap_or_default(),
            None => place.is_some(),
        })
        .collect()
}
