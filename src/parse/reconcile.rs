//! Contents and body side by side: pages and contents headlines go to the items, disagreements become diagnostics.
//! Must not change a headline, the order or anything else that the body says.

use super::align::{align, equal, out_of_order};
use super::check;
use super::contents::{Contents, ListedItem};
use super::draft::{Body, ItemDraft, SectionDraft, Unknown};
use super::sections::{self, Groups};
use crate::issue::{Address, Diagnostic, IssueNumber, ItemOrdinal, Problem, SectionOrdinal};
use std::collections::HashSet;

/// Where an item is listed: section of the contents and position in it.
type ListedAt = (usize, usize);

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
    report.checks(body);
    report.unknown(contents.unknown.iter().chain(&body.unknown));
    report.found.sort_by_key(|diagnostic| diagnostic.line);
    report.found
}

/// For each item of the body where it is listed: within the group of its section, else an equal headline in any other.
fn pair_items(
    contents: &Contents,
    body: &[SectionDraft],
    groups: &Groups,
) -> Vec<Vec<Option<ListedAt>>> {
    let mut taken: Vec<Vec<bool>> = contents
        .sections
        .iter()
        .map(|section| vec![false; section.items.len()])
        .collect();
    let mut places: Vec<Vec<Option<ListedAt>>> = body
        .iter()
        .map(|section| vec![None; section.items.len()])
        .collect();
    for (read, listed) in groups.members() {
        let mut items = Vec::new();
        for section in read {
            let drafts = body[section].items.iter().enumerate();
            items.extend(drafts.map(|(at, item)| ((section, at), &*item.key)));
        }
        let mut listed_items = Vec::new();
        for section in listed {
            let listed = contents.sections[section].items.iter().enumerate();
            listed_items.extend(listed.map(|(at, item)| ((section, at), &*item.key)));
        }
        let pairs = align(&keys(&items), &keys(&listed_items));
        for (((section, item), _), pair) in items.into_iter().zip(pairs) {
            let place = pair.map(|at| listed_items[at].0);
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
fn keys<'a, P>(listed: &[(P, &'a str)]) -> Vec<&'a str> {
    listed.iter().map(|(_, key)| *key).collect()
}

/// Pairs the items that are left with equal listed ones of other sections.
fn elsewhere(
    contents: &Contents,
    body: &[SectionDraft],
    taken: &[Vec<bool>],
    places: &mut [Vec<Option<ListedAt>>],
) {
    let mut free: Vec<(ListedAt, &str)> = Vec::new();
    for (section, listed) in contents.sections.iter().enumerate() {
        for (at, listed_item) in listed.items.iter().enumerate() {
            if !taken[section][at] {
                free.push(((section, at), &listed_item.key));
            }
        }
    }
    let listed_items = keys(&free);
    let mut left = Vec::new();
    for (draft, places) in body.iter().zip(places) {
        for (item, place) in draft.items.iter().zip(places) {
            if place.is_none() {
                left.push((&*item.key, place));
            }
        }
    }
    let items: Vec<&str> = left.iter().map(|(key, _)| *key).collect();
    for ((_, place), pair) in left.into_iter().zip(equal(&items, &listed_items)) {
        *place = pair.map(|at| free[at].0);
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
            page: None,
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
        places: &[Vec<Option<ListedAt>>],
    ) {
        for (at, draft) in body.sections.iter_mut().enumerate() {
            let moved = moved(groups, at, &places[at]);
            for ((item, place), moved) in draft.items.iter_mut().zip(&places[at]).zip(moved) {
                let address = self.address(at, item.item.ordinal);
                let Some((section, position)) = *place else {
                    let body = item.item.headline.clone();
                    self.add(
                        Some(item.line),
                        address,
                        Problem::MissingInContents { body },
                    );
                    continue;
                };
                let listed_item = &contents.sections[section].items[position];
                if moved {
                    let body = item.item.headline.clone();
                    self.add(
                        Some(listed_item.line),
                        address.clone(),
                        Problem::OrderDiffers { body },
                    );
                }
                self.item(item, listed_item, address);
            }
        }
    }

    fn item(&mut self, draft: &mut ItemDraft, listed_item: &ListedItem, address: Option<Address>) {
        draft.item.page = listed_item.page;
        draft.item.contents_headline = Some(listed_item.headline.clone());
        if draft.key != listed_item.key {
            let problem = Problem::HeadlineMismatch {
                contents: listed_item.headline.clone(),
                body: draft.item.headline.clone(),
            };
            self.add(Some(listed_item.line), address, problem);
        }
    }

    /// Listed items that no item took.
    fn missing(&mut self, contents: &Contents, places: &[Vec<Option<ListedAt>>]) {
        let taken: HashSet<ListedAt> = places.iter().flatten().flatten().copied().collect();
        for (section, listed) in contents.sections.iter().enumerate() {
            for (at, listed_item) in listed.items.iter().enumerate() {
                if !taken.contains(&(section, at)) {
                    let contents = listed_item.headline.clone();
                    self.add(
                        Some(listed_item.line),
                        None,
                        Problem::MissingInBody { contents },
                    );
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

    fn checks(&mut self, body: &Body) {
        for (section, item, problem) in check::all(body) {
            let draft = &body.sections[section].items[item];
            let address = self.address(section, draft.item.ordinal);
            self.add(Some(draft.line), address, problem);
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
fn moved(groups: &Groups, at: usize, places: &[Option<ListedAt>]) -> Vec<bool> {
    let here = |place: &Option<ListedAt>| {
        place.filter(|(of, _)| groups.body[at].is_some() && groups.contents[*of] == groups.body[at])
    };
    let own: Vec<ListedAt> = places.iter().filter_map(here).collect();
    let mut out = out_of_order(&own).into_iter();
    places
        .iter()
        .map(|place| match here(place) {
            Some(_) => out.next().unwrap_or_default(),
            None => place.is_some(),
        })
        .collect()
}
