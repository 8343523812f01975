//! The headlines that the contents list, in order, and which of them the body still owes.
//! Must not compare a line with more than the few headlines that are due where it stands.

use super::align::resembles;
use super::contents::Contents;
use crate::text::normalise;
use std::collections::{HashMap, HashSet, VecDeque};

/// How far before and behind the expected headline another may be due.
const NEAR: usize = 8;

/// The listed headlines while the body is read. All are normalised.
pub(super) struct Listing<'c> {
    headlines: Vec<&'c str>,
    /// Where each headline stands, as often as it does.
    places: HashMap<&'c str, VecDeque<usize>>,
    taken: Vec<bool>,
    /// Behind the headline that was taken last.
    expected: usize,
    /// Headlines of the body that have been read.
    read: HashSet<String>,
}

impl<'c> Listing<'c> {
    pub(super) fn new(contents: &'c Contents) -> Self {
        let headlines: Vec<&str> = contents.keys().collect();
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (at, key) in headlines.iter().enumerate() {
            places.entry(key).or_default().push_back(at);
        }
        Self {
            taken: vec![false; headlines.len()],
            headlines,
            places,
            expected: 0,
            read: HashSet::new(),
        }
    }

    /// How many headlines are listed.
    pub(super) const fn len(&self) -> usize {
        self.headlines.len()
    }

    /// Whether `text` is a listed headline, read or not.
    pub(super) fn has(&self, text: &str) -> bool {
        !self.headlines.is_empty() && self.places.contains_key(normalise(text).as_str())
    }

    /// Whether `text` is a listed headline that has not been read yet.
    pub(super) fn owes(&self, text: &str) -> bool {
        self.has(text) && !self.read.contains(&normalise(text))
    }

    /// Whether `text` is nearly a listed headline that is due.
    pub(super) fn owes_like(&self, text: &str) -> bool {
        self.like(&normalise(text)).is_some()
    }

    /// Takes note of a headline of the body.
    pub(super) fn take(&mut self, headline: &str) {
        let key = normalise(headline);
        let place = match self.places.get_mut(key.as_str()) {
            Some(places) => places.pop_front(),
            None => self.like(&key),
        };
        if let Some(at) = place {
            self.taken[at] = true;
            self.expected = at + 1;
        }
        self.read.insert(key);
    }

    fn like(&self, key: &str) -> Option<usize> {
        let end = (self.expected + NEAR).min(self.headlines.len());
        let near = self.expected.saturating_sub(NEAR)..end;
        std::iter::once(self.expected)
            .chain(near)
            .filter(|at| self.taken.get(*at) == Some(&false))
            .find(|at| resembles(key, self.headlines[*at], *at == self.expected))
    }
}

#[cfg(test)]
mod tests {
    use super::super::contents;
    use super::super::lines::{rows, tests::lines};
    use super::*;

    #[test]
    fn each_listed_headline_is_due_once() {
        let lines =
            lines("一、甲 1\n●海上风电母港动工 1\n●项目集中签约 2\n●项目集中签约 2\n●园区揭牌 3");
        let contents = contents::read(&rows(&lines));
        let mut listing = Listing::new(&contents);
        assert!(listing.owes_like("海上风电母港开工") && !listing.owes("海上风电母港开工"));
        listing.take("海上风电母港开工");
        assert!(!listing.owes_like("海上风电母港动工了"));
        listing.take("项目集中签约");
        assert!(!listing.owes("项目集中签约") && listing.owes_like("项目集中签约"));
        listing.take("项目集中签约");
        assert!(!listing.owes_like("项目集中签约") && listing.has("项目集中签约"));
        assert!(listing.owes("园区 揭牌"));
    }
}
