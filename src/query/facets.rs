//! Counts over what items state: province, city, stage, industry.
//!
//! The other terms of a query decide which items are counted at all; the cells tell these apart by what the switches ask, so that a
//! switch changes its counts without counting again.

use super::facet::spelled;
use super::{Condition, Facet, Query, Term};
use crate::facts::called::is_municipality;
use crate::facts::names;
use crate::issue::Stage;
use std::collections::{HashMap, HashSet};

/// Counted items, told apart by what they state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Cells that are not empty.
    pub cells: Vec<Stating>,
}

/// Items that state the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stating {
    /// Short name of the province.
    pub province: Option<String>,
    /// Short name of the city.
    pub city: Option<String>,
    /// Names of the stages.
    pub stages: Vec<String>,
    /// Names of the industries.
    pub industries: Vec<String>,
    /// How many items.
    pub count: usize,
}

/// That which a condition asks about, if it is stated.
fn stated(condition: &Condition) -> Option<Facet> {
    Facet::of(condition).filter(|facet| facet.is_stated())
}

impl Query {
    /// The terms that decide which items [`Facets`] count: those that none of their switches changes.
    #[must_use]
    pub fn without_facets(&self) -> Self {
        let others = |term: &&Term| stated(&term.condition).is_none();
        Self::of(self.terms.iter().filter(others).cloned().collect())
    }

    /// The other terms: those that such a switch changes, and that turn them round.
    #[must_use]
    pub fn facets_alone(&self) -> Self {
        let about = |term: &&Term| stated(&term.condition).is_some();
        Self::of(self.terms.iter().filter(about).cloned().collect())
    }
}

impl Stating {
    /// What it states of this.
    fn values(&self, facet: Facet) -> &[String] {
        match facet {
            Facet::Province => self.province.as_slice(),
            // What lies in a province that is a city has no other.
            Facet::City if self.city.is_none() => self
                .province
                .as_ref()
                .filter(|name| is_municipality(name))
                .map_or(&[], std::slice::from_ref),
            Facet::City => self.city.as_slice(),
            Facet::Stage => &self.stages,
            Facet::Industry => &self.industries,
            Facet::Issue | Facet::Publication | Facet::Source | Facet::Tag => &[],
        }
    }
}

impl Facets {
    /// The values in the cells that a condition about them asks for: each is folded once, however many cells have it.
    fn meant(&self, facet: Facet, condition: &Condition) -> HashSet<&str> {
        let wanted = spelled(condition);
        let all = self.cells.iter().flat_map(|cell| cell.values(facet));
        let mut values: HashSet<&str> = all.map(String::as_str).collect();
        values.retain(|value| wanted.contains(&facet.folded(value)));
        values
    }

    /// The values that there are, each with how many items `query` finds that state it, whichever of them it wants; the most frequent
    /// first. What it wants is there though nothing states it.
    #[must_use]
    pub fn counts(&self, query: &Query, facet: Facet) -> Vec<(String, usize)> {
        let asked = query.terms.iter().filter_map(|term| {
            let about = stated(&term.condition)?;
            let counts = term.negated || about != facet;
            counts.then(|| (about, term.negated, self.meant(about, &term.condition)))
        });
        let asked: Vec<(Facet, bool, HashSet<&str>)> = asked.collect();
        let passes = |cell: &&Stating| {
            asked.iter().all(|(about, negated, meant)| {
                let mut values = cell.values(*about).iter();
                values.any(|value| meant.contains(value.as_str())) != *negated
            })
        };
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for cell in self.cells.iter().filter(passes) {
            // A province is no row among its cities.
            let is_shown = |value: &&String| facet != Facet::City || !is_municipality(value);
            for value in cell.values(facet).iter().filter(is_shown) {
                *counts.entry(value).or_default() += cell.count;
            }
        }
        let mut counts: Vec<(String, usize)> = counts
            .into_iter()
            .map(|(value, count)| (value.to_owned(), count))
            .collect();
        for value in query.spelled(facet) {
            if !counts.iter().any(|(known, _)| facet.folded(known) == value) {
                let states = |cell: &&Stating| cell.values(facet).contains(&value);
                let cells = self.cells.iter().filter(passes).filter(states);
                let count = cells.map(|cell| cell.count).sum();
                counts.push((value, count));
            }
        }
        let stage = |value: &str| Stage::ALL.iter().position(|stage| stage.name() == value);
        let place = |value: &str| match facet {
            Facet::Province | Facet::City => names::rank(value),
            Facet::Stage => stage(value),
            _ => None,
        };
        counts.sort_by(|(a, many), (b, more)| {
            let ranks = (place(a).unwrap_or(usize::MAX), a);
            more.cmp(many)
                .then_with(|| ranks.cmp(&(place(b).unwrap_or(usize::MAX), b)))
        });
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facets() -> Facets {
        let cell = |province: &str, city: &str, stage: &str, industries: &[&str], count| Stating {
            province: Some(province.to_owned()).filter(|name| !name.is_empty()),
            city: Some(city.to_owned()).filter(|name| !name.is_empty()),
            stages: stage.split(' ').map(str::to_owned).collect(),
            industries: industries.iter().copied().map(str::to_owned).collect(),
            count,
        };
        Facets {
            cells: vec![
                cell("江苏", "苏州", "签约", &["新能源", "汽车"], 3),
                cell("江苏", "南京", "开工", &["新能源"], 2),
                cell("浙江", "", "签约", &["人工智能"], 2),
                cell("", "", "政策发布", &[], 4),
            ],
        }
    }

    fn counts(query: &str, facet: Facet) -> Vec<(String, usize)> {
        facets().counts(&query.parse().unwrap(), facet)
    }

    fn pairs(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
        let pairs = pairs.iter();
        pairs.map(|(value, n)| ((*value).to_owned(), *n)).collect()
    }

    #[test]
    fn each_count_is_what_its_switch_would_leave() {
        let all = pairs(&[("江苏", 5), ("浙江", 2)]);
        assert_eq!(counts("", Facet::Province), all);
        assert_eq!(counts("province:浙江", Facet::Province), all);
        assert_eq!(
            counts("stage:签约", Facet::Province),
            pairs(&[("江苏", 3), ("浙江", 2)])
        );
        assert_eq!(
            counts("industry:人工智能 stage:签约", Facet::Province),
            pairs(&[("浙江", 2)])
        );
        assert_eq!(
            counts("-province:江苏", Facet::Stage),
            pairs(&[("政策发布", 4), ("签约", 2)])
        );
        assert_eq!(
            counts("province:江苏省", Facet::City),
            pairs(&[("苏州", 3), ("南京", 2)])
        );
        assert_eq!(
            counts("province:江苏", Facet::Industry),
            pairs(&[("新能源", 5), ("汽车", 3)])
        );
        assert_eq!(
            counts("province:西藏", Facet::Province),
            pairs(&[("江苏", 5), ("浙江", 2), ("西藏", 0)])
        );
    }

    #[test]
    fn an_item_of_several_stages_counts_for_each() {
        let cell = |stages: &[&str], count| Stating {
            stages: stages.iter().copied().map(str::to_owned).collect(),
            count,
            ..Stating::default()
        };
        let facets = Facets {
            cells: vec![cell(&["开工", "签约"], 3), cell(&["签约"], 2)],
        };
        let counts = |query: &str| facets.counts(&query.parse().unwrap(), Facet::Stage);
        assert_eq!(counts("stage:开工"), pairs(&[("签约", 5), ("开工", 3)]));
        assert_eq!(counts("-stage:开工"), pairs(&[("签约", 2)]));
    }

    #[test]
    fn a_province_that_is_a_city_counts_as_one_and_is_listed_where_it_is_wanted() {
        let cell = |province: &str, city: Option<&str>, count| Stating {
            province: Some(province.to_owned()),
            city: city.map(str::to_owned),
            count,
            ..Stating::default()
        };
        let facets = Facets {
            cells: vec![cell("上海", None, 3), cell("江苏", Some("苏州"), 2)],
        };
        let counts = |query: &str, facet| facets.counts(&query.parse().unwrap(), facet);
        assert_eq!(counts("province:上海", Facet::City), []);
        let both = pairs(&[("苏州", 2), ("上海", 3)]);
        assert_eq!(counts("city:上海,苏州", Facet::City).len(), both.len());
        assert!(
            counts("city:上海,苏州", Facet::City)
                .iter()
                .all(|pair| both.contains(pair))
        );
        assert_eq!(counts("city:上海", Facet::Province), pairs(&[("上海", 3)]));
    }
}
