//! Contents and body side by side: pages and contents headlines go to the items, disagreements become diagnostics.
//! Must not change a headline, the order or anything else that the body says.

use super::align::{align, equal, out_of_order};
use super::contents::{Contents, Entry};
use super::draft::{Body, ItemDraft, SectionDraft, Unknown};
use super::sections::{self, Groups};
use crate::issue::{Address, Diagnostic, IssueNumber, ItemOrdinal, Problem, SectionOrdinal};
use std::collections::HashSet;

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
    let groups = sections::group(contents, &body.sections);
    for (draft, listed) in body.sections.iter_mut().zip(&groups.pairs) {
        draft.page = listed.and_then(|at| contents.sections[at].page);
    }
    if contents.is_empty() {
        report.add(None, None, Problem::NoContents {});
    } else {
        let places = pair_items(contents, &body.sections, &groups);
        report.sections(contents, &body.sections);
        report.items(contents, body, &groups, &places);
        report.missing(contents, &places);
    }
    report.empty_items(&body.sections);
    report.unknown(contents.unknown.iter().chain(&body.unknown));
    report.found.sort_by_key(|diagnostic| diagnostic.line);
    report.found
}

/// For each item of the body its entry: within the group of its section, else an equal headline in any other.
fn pair_items(
    contents: &Contents,
    body: &[SectionDraft],
    groups: &Groups,
) -> Vec<Vec<Option<Place>>> {
    let mut taken: Vec<Vec<bool>> = contents
        .sections
        .iter()
        .map(|section| vec![false; section.entries.len()])
        .collect();
    let mut places: Vec<Vec<Option<Place>>> = body
        .iter()
        .map(|section| vec![None; section.items.len()])
        .collect();
    for (read, listed) in groups.members() {
        let mut items = Vec::new();
        for section in read {
            let drafts = body[section].items.iter().enumerate();
            items.extend(drafts.map(|(at, item)| ((section, at), &*item.key)));
        }
        let mut entries = Vec::new();
        for section in listed {
            let listed = contents.sections[section].entries.iter().enumerate();
            entries.extend(listed.map(|(at, item)| ((section, at), &*item.key)));
        }
        let pairs = align(&keys(&items), &keys(&entries));
        for (((section, item), _), entry) in items.into_iter().zip(pairs) {
            let place = entry.map(|at| entries[at].0);
            places[section][item] = place;
            if let Some((section, at)) = place {
                taken[section][at] = true;
            }
        }
    }
    elsewhere(contents, body, &taken, &mut places);
    places
}

/// The headlines in a list of places and headlines.
fn keys<'a>(listed: &[(Place, &'a str)]) -> Vec<&'a str> {
    listed.iter().map(|(_, key)| *key).collect()
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
    let entries = keys(&free);
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
        groups: &Groups,
        places: &[Vec<Option<Place>>],
    ) {
        for (at, draft) in body.sections.iter_mut().enumerate() {
            let moved = moved(groups, at, &places[at]);
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

/// Which items of the section `at` the contents list out of order, or in a section that has nothing to do with it.
fn moved(groups: &Groups, at: usize, places: &[Option<Place>]) -> Vec<bool> {
    let here = |place: &Option<Place>| {
        place.filter(|(of, _)| groups.body[at].is_some() && groups.contents[*of] == groups.body[at])
    };
    let own: Vec<Place> = places.iter().filter_map(here).collect();
    let mut out = out_of_order(&own).into_iter();
    places
        .iter()
        .map(|place| match here(place) {
            Some(_) => out.next().unwrap_or_default(),
            None => place.is_some(),
        })
        .collect()
}
