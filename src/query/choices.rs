//! Counts over what items belong to and what is written beside them: issue, publication, source bracket, tag.
//!
//! Each was counted without what the query asks of itself, which is looked at here: what is switched off again stays to be switched on.

use super::facet::Choice;
use super::{Facet, IssueFace, Query};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Items of a listing, counted by each of these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// Issues with items, the newest first; counted without what the query asks of issues and publications.
    pub issues: Vec<IssueCount>,
    /// Source brackets, those that fold alike as one; counted without what it asks of sources.
    pub sources: Vec<(String, usize)>,
    /// Tags; counted without the terms that ask for tags, and with those that ask for none.
    pub tags: Vec<(String, usize)>,
}

/// An issue with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueCount {
    /// What queries ask about.
    pub face: IssueFace,
    /// Name of its publication.
    pub publication: String,
    /// How many items.
    pub count: usize,
}

/// A value with what its switch would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its name; of an issue the number.
    pub name: String,
    /// The issues of this number, the newest first; of other values none.
    pub issues: Vec<IssueFace>,
    /// How many items.
    pub count: usize,
}

impl Counted {
    /// The value, to be switched.
    #[must_use]
    pub fn choice(&self, facet: Facet) -> Choice<'_> {
        match facet {
            Facet::Issue => Choice::issue(&self.name, &self.issues),
            _ => Choice::named(facet, &self.name),
        }
    }
}

impl Choices {
    /// The values that there are, each with how many items `query` finds that have it, whichever of them it wants; the most frequent
    /// first, of equals as they are here. What it spells out is there though nothing has it. None of what items state, which
    /// [`Facets`](super::Facets) count.
    #[must_use]
    pub fn counts(&self, query: &Query, facet: Facet) -> Vec<Counted> {
        let named = |(name, count): &(String, usize)| Counted {
            name: name.clone(),
            issues: vec![],
            count: *count,
        };
        let mut counts: Vec<Counted> = match facet {
            Facet::Issue => self.numbers(query),
            Facet::Publication => self.publications(query),
            Facet::Source => self.sources.iter().map(named).collect(),
            Facet::Tag => self.tags.iter().map(named).collect(),
            Facet::Province | Facet::City | Facet::Stage | Facet::Industry => vec![],
        };
        counts.retain(|counted| {
            let choice = counted.choice(facet);
            query.admits(&choice) && (counted.count > 0 || query.is_on(&choice))
        });
        for name in query.spelled(facet) {
            let is_known = |counted: &Counted| facet.folded(&counted.name) == name;
            if !facet.is_stated() && !counts.iter().any(is_known) {
                let (issues, count) = (vec![], 0);
                counts.push(Counted {
                    name,
                    issues,
                    count,
                });
            }
        }
        counts.sort_by_key(|counted| Reverse(counted.count));
        counts
    }

    /// Issues by number, as those of the publications that are wanted.
    fn numbers(&self, query: &Query) -> Vec<Counted> {
        // What shuts out one issue of a number and not the number leaves the others.
        let is_in = |one: &&IssueCount| {
            let number = one.face.number.to_string();
            query.lets_in(&Choice::named(Facet::Publication, &one.publication))
                && query.admits(&Choice::issue(&number, std::slice::from_ref(&one.face)))
        };
        let mut places: HashMap<u32, usize> = HashMap::new();
        let mut counts: Vec<Counted> = vec![];
        for one in self.issues.iter().filter(is_in) {
            let number = one.face.number;
            let place = *places.entry(number.0).or_insert_with(|| {
                let (name, issues) = (number.to_string(), vec![]);
                counts.push(Counted {
                    name,
                    issues,
                    count: 0,
                });
                counts.len() - 1
            });
            counts[place].issues.push(one.face);
            counts[place].count += one.count;
        }
        counts
    }

    /// Publications, as far as the issues are wanted.
    fn publications(&self, query: &Query) -> Vec<Counted> {
        let mut counts: Vec<Counted> = vec![];
        for one in &self.issues {
            let number = one.face.number.to_string();
            let is_in = query.lets_in(&Choice::issue(&number, std::slice::from_ref(&one.face)));
            let count = if is_in { one.count } else { 0 };
            let known = counts
                .iter_mut()
                .find(|counted| counted.name == one.publication);
            match known {
                Some(counted) => counted.count += count,
                None => counts.push(Counted {
                    name: one.publication.clone(),
                    issues: vec![],
                    count,
                }),
            }
        }
        counts
    }
}
