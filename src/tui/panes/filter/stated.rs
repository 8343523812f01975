//! The switches for what items state: province, city, stage and industry, each with what it would leave; of many values the most
//! frequent, until the rest is asked for. Must not count, or ask for counts itself.

use super::Row;
use crate::query::{Facet, Facets, Query};
use crate::store::Listing;
use std::collections::BTreeSet;

/// Values of a group that are shown before the rest is asked for.
const FEW: usize = 5;

/// What the items of a listing state, as counted last.
#[derive(Debug, Default)]
pub struct Stated {
    /// What was counted, or is being.
    pub asked: Option<Listing>,
    facets: Facets,
    /// What of the query the groups depend on.
    query: Query,
    groups: Vec<Group>,
}

/// The values of one kind.
#[derive(Debug, PartialEq, Eq)]
struct Group {
    facet: Facet,
    values: Vec<Value>,
}

/// A value with its switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// How many items its switch would leave.
    pub count: usize,
    /// Whether it is switched on.
    pub is_on: bool,
}

impl Stated {
    /// Takes counts in.
    pub fn take(&mut self, facets: Facets, query: &Query) {
        self.facets = facets;
        self.group(query);
    }

    /// Makes the groups again where the query asks for other values; whether that is so.
    pub fn follow(&mut self, query: &Query) -> bool {
        let is_other = self.query != query.facets_alone();
        if is_other {
            self.group(query);
        }
        is_other
    }

    fn group(&mut self, query: &Query) {
        self.query = query.facets_alone();
        let has = |facet| !query.stated(facet).is_empty();
        let is_shown = |facet: &Facet| match facet {
            // Of all of the country there are too many.
            Facet::City => has(Facet::Province) || has(Facet::City),
            Facet::Province | Facet::Stage | Facet::Industry => true,
        };
        let facets = Facet::ALL.into_iter().filter(is_shown);
        let groups = facets.map(|facet| {
            let counts = self.facets.counts(query, facet).into_iter();
            let values = counts.map(|(name, count)| Value {
                is_on: query.is_on(facet, &name),
                name,
                count,
            });
            Group {
                facet,
                values: values.collect(),
            }
        });
        self.groups = groups.filter(|group| !group.values.is_empty()).collect();
    }

    /// A value.
    #[must_use]
    pub fn value(&self, facet: Facet, n: usize) -> Option<&Value> {
        let group = self.groups.iter().find(|group| group.facet == facet)?;
        group.values.get(n)
    }

    /// The rows of all groups, those of which all is shown `opened`; before each group there is `blank`.
    pub(super) fn rows(&self, opened: &BTreeSet<Facet>, blank: Option<Row>) -> Vec<Row> {
        let mut rows = vec![];
        for Group { facet, values } in &self.groups {
            rows.extend(blank);
            rows.push(Row::Facet(*facet));
            // One more row says no less than that there is one more.
            let is_long = values.len() > FEW + 1;
            let is_shown = |(n, value): &(usize, &Value)| {
                !is_long || opened.contains(facet) || *n < FEW || value.is_on
            };
            let shown = values.iter().enumerate().filter(is_shown);
            let before = rows.len();
            rows.extend(shown.map(|(n, _)| Row::Value(*facet, n)));
            let hidden = values.len() - (rows.len() - before);
            if is_long {
                rows.push(Row::More(*facet, hidden));
            }
        }
        rows
    }
}

/// The key of a group's name in the locales.
pub(super) const fn word(facet: Facet) -> &'static str {
    match facet {
        Facet::Province => "filter.province",
        Facet::City => "filter.city",
        Facet::Stage => "filter.stage",
        Facet::Industry => "filter.industry",
    }
}
