//! Which sections of the contents are which of the body, although either side may have lost a heading.
//! Must not pair the items; the sections that belong together say which of them are laid side by side.

use super::align::equal;
use super::contents::Contents;
use super::draft::SectionDraft;
use std::collections::HashMap;

/// The sections of the body and of the contents in groups that have the same items. A group is a pair of sections, and those
/// beside it whose items the other side has under the heading of the pair.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each section of the body the one of the contents that it is.
    pub(super) pairs: Vec<Option<usize>>,
    /// For each section of the body its group.
    pub(super) body: Vec<Option<usize>>,
    /// For each section of the contents its group.
    pub(super) contents: Vec<Option<usize>>,
    count: usize,
}

/// Groups the sections: those of the same title; then by most of their headlines; then by the numeral.
pub(super) fn group(contents: &Contents, body: &[SectionDraft]) -> Groups {
    let listed = &contents.sections;
    let titles: Vec<&str> = body.iter().map(|section| &*section.key).collect();
    let listed_titles: Vec<&str> = listed.iter().map(|section| &*section.key).collect();
    let mut groups = Groups {
        pairs: vec![None; body.len()],
        body: vec![None; body.len()],
        contents: vec![None; listed.len()],
        count: 0,
    };
    for (at, pair) in equal(&titles, &listed_titles).into_iter().enumerate() {
        if let Some(pair) = pair {
            groups.pair(at, pair);
        }
    }
    groups.by_headlines(contents, body);
    let mut free: HashMap<u32, usize> = listed
        .iter()
        .enumerate()
        .filter(|(at, _)| groups.contents[*at].is_none())
        .map(|(at, section)| (section.numeral, at))
        .collect();
    for (at, section) in body.iter().enumerate() {
        if groups.body[at].is_none()
            && let Some(pair) = free.remove(&section.numeral)
        {
            groups.pair(at, pair);
        }
    }
    groups
}

impl Groups {
    /// The sections of each group: those of the body, and those of the contents.
    pub(super) fn members(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut members = vec![(Vec::new(), Vec::new()); self.count];
        for (at, group) in self.body.iter().enumerate() {
            if let Some(group) = *group {
                members[group].0.push(at);
            }
        }
        for (at, group) in self.contents.iter().enumerate() {
            if let Some(group) = *group {
                members[group].1.push(at);
            }
        }
        members
    }

    fn pair(&mut self, body: usize, listed: usize) {
        self.pairs[body] = Some(listed);
        self.body[body] = Some(self.count);
        self.contents[listed] = Some(self.count);
        self.count += 1;
    }

    /// Sections without a partner go where the other side has most of their items.
    fn by_headlines(&mut self, contents: &Contents, body: &[SectionDraft]) {
        let listed: Vec<Vec<&str>> = contents
            .sections
            .iter()
            .map(|section| section.items.iter().map(|item| &*item.key).collect())
            .collect();
        let read: Vec<Vec<&str>> = body
            .iter()
            .map(|section| section.items.iter().map(|item| &*item.key).collect())
            .collect();
        let (in_listed, in_read) = (places(&listed), places(&read));
        for (at, headlines) in read.iter().enumerate() {
            if self.body[at].is_none()
                && let Some(most) = most(headlines, &in_listed)
            {
                match self.contents[most] {
                    Some(group) => self.body[at] = Some(group),
                    None => self.pair(at, most),
                }
            }
        }
        for (at, headlines) in listed.iter().enumerate() {
            if self.contents[at].is_none()
                && let Some(most) = most(headlines, &in_read)
            {
                match self.body[most] {
                    Some(group) => self.contents[at] = Some(group),
                    None => self.pair(most, at),
                }
            }
        }
    }
}

/// The first section that has a headline.
fn places<'a>(sections: &[Vec<&'a str>]) -> HashMap<&'a str, usize> {
    let mut places = HashMap::new();
    for (at, headlines) in sections.iter().enumerate() {
        for headline in headlines {
            places.entry(*headline).or_insert(at);
        }
    }
    places
}

/// The section that has most of `headlines`, if it has half of them.
fn most(headlines: &[&str], places: &HashMap<&str, usize>) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for at in headlines.iter().filter_map(|it| places.get(it)) {
        *counts.entry(*at).or_default() += 1;
    }
    let (at, count) = counts
        .into_iter()
        .max_by_key(|(at, count)| (*count, usize::MAX - at))?;
    (2 * count >= headlines.len()).then_some(at)
}
