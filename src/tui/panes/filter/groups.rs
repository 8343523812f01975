//! The switches for values: issue, publication, province, city, stage, industry, source and tag, each with what it would leave; of many
//! values the most frequent, until the rest is asked for or one is looked for. Must not count, or ask for counts itself.

use super::Row;
use crate::query::{Choice, Choices, Counted, Facet, Facets, Query};
use crate::store::Listing;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Values of a group that are shown before the rest is asked for.
const FEW: usize = 5;

/// What the items of a listing can be told apart by, as counted last.
#[derive(Debug, Default)]
pub struct Groups {
    /// What was counted by what items state, or is being.
    pub facets_asked: Option<Listing>,
    /// What was counted by issue, source and tag, or is being.
    pub choices_asked: Option<Listing>,
    facets: Facets,
    choices: Choices,
    /// What of the query the groups depend on.
    query: Query,
    kinds: Vec<Group>,
}

/// The values of one kind.
#[derive(Debug, PartialEq, Eq)]
struct Group {
    facet: Facet,
    /// Whether it is shown while nothing is looked for.
    is_shown: bool,
    values: Vec<Value>,
}

/// A value with its switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What is shown of it, and what is typed to find it.
    pub name: String,
    /// How many items its switch would leave.
    pub count: usize,
    counted: Counted,
    is_on: bool,
}

impl Value {
    fn new(facet: Facet, counted: Counted, query: &Query) -> Self {
        let mut name = counted.name.clone();
        if let [issue] = &counted.issues[..]
            && let Some(month) = issue.month
        {
            // Text never fails to take more text.
            let _ = write!(name, " ({month})");
        }
        Self {
            name,
            count: counted.count,
            is_on: query.is_on(&counted.choice(facet)),
            counted,
        }
    }

    /// The value itself.
    #[must_use]
    pub fn choice(&self, facet: Facet) -> Choice<'_> {
        self.counted.choice(facet)
    }
}

impl Groups {
    /// Takes counts of what items state in.
    pub fn take_facets(&mut self, facets: Facets, query: &Query) {
        self.facets = facets;
        self.group(query);
    }

    /// Takes counts by issue, source and tag in.
    pub fn take_choices(&mut self, choices: Choices, query: &Query) {
        self.choices = choices;
        self.group(query);
    }

    /// Counts what marks decide again.
    pub fn forget_counts(&mut self) {
        self.facets_asked = None;
        self.choices_asked = None;
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
        let kinds = Facet::ALL.into_iter().map(|facet| {
            let counts: Vec<Counted> = if facet.is_stated() {
                let counts = self.facets.counts(query, facet).into_iter();
                let counts = counts.map(|(name, count)| Counted {
                    name,
                    issues: vec![],
                    count,
                });
                counts.collect()
            } else {
                self.choices.counts(query, facet)
            };
            let values = counts.into_iter();
            let values = values.map(|counted| Value::new(facet, counted, query));
            let values: Vec<Value> = values.collect();
            let asks = |facet| query.asks_about(facet);
            let is_shown = match facet {
                // Of all of the country there are too many.
                Facet::City => asks(Facet::Province) || asks(Facet::City),
                // One alone says nothing.
                Facet::Issue | Facet::Publication => values.len() > 1 || asks(facet),
                _ => true,
            };
            Group {
                facet,
                is_shown,
                values,
            }
        });
        self.kinds = kinds.filter(|group| !group.values.is_empty()).collect();
    }

    /// A value.
    #[must_use]
    pub fn value(&self, facet: Facet, n: usize) -> Option<&Value> {
        let group = self.kinds.iter().find(|group| group.facet == facet)?;
        group.values.get(n)
    }

    /// The values of all groups, shown or not, by the rows of their switches.
    pub(super) fn all(&self) -> impl Iterator<Item = (Row, &Value)> {
        self.kinds.iter().flat_map(|group| {
            let values = group.values.iter().enumerate();
            values.map(|(n, value)| (Row::Value(group.facet, n), value))
        })
    }

    /// The rows of all groups, those of which all is shown `opened`; before each group there is `blank`.
    pub(super) fn rows(&self, opened: &BTreeSet<Facet>, blank: Option<Row>) -> Vec<Row> {
        let mut rows = vec![];
        for Group { facet, values, .. } in self.kinds.iter().filter(|group| group.is_shown) {
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
        Facet::Issue => "filter.issue",
        Facet::Publication => "filter.publication",
        Facet::Province => "filter.province",
        Facet::City => "filter.city",
        Facet::Stage => "filter.stage",
        Facet::Industry => "filter.industry",
        Facet::Source => "filter.source",
        Facet::Tag => "filter.tag",
    }
}
