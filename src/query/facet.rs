//! What items can be told apart by with switches, and the switches themselves: each puts a value into a query or takes it out, and leaves
//! the rest as it was typed.
//! Must not count; that is `facets` and `choices`.

use super::{Condition, IssueFace, Issues, Name, Numbers, Place, Query, Term};
use crate::facts::names;
use crate::issue::IssueNumber;
use crate::text::normalise;

/// What has values to switch, beside sections and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The issue.
    Issue,
    /// The publication.
    Publication,
    /// The province.
    Province,
    /// The city.
    City,
    /// The stage.
    Stage,
    /// The industries.
    Industry,
    /// The source bracket.
    Source,
    /// The tags.
    Tag,
}

/// A value that can be switched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'a> {
    facet: Facet,
    name: &'a str,
    issues: &'a [IssueFace],
}

impl Facet {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Issue,
        Self::Publication,
        Self::Province,
        Self::City,
        Self::Stage,
        Self::Industry,
        Self::Source,
        Self::Tag,
    ];

    /// Whether it is something that items state, which [`Facets`](super::Facets) count.
    #[must_use]
    pub const fn is_stated(self) -> bool {
        matches!(
            self,
            Self::Province | Self::City | Self::Stage | Self::Industry
        )
    }

    /// That which a condition asks about.
    pub(super) const fn of(condition: &Condition) -> Option<Self> {
        match condition {
            Condition::Issue(_) => Some(Self::Issue),
            Condition::Publication(_) => Some(Self::Publication),
            Condition::Province(_) => Some(Self::Province),
            Condition::City(_) => Some(Self::City),
            Condition::Stage(_) => Some(Self::Stage),
            Condition::Industry(_) => Some(Self::Industry),
            Condition::Source(_) => Some(Self::Source),
            Condition::Tag(_) => Some(Self::Tag),
            _ => None,
        }
    }

    /// A value as it is compared.
    pub(super) fn folded(self, value: &str) -> String {
        match self {
            Self::Province | Self::City => names::short(value),
            Self::Stage | Self::Issue => value.to_owned(),
            Self::Publication | Self::Industry | Self::Source | Self::Tag => normalise(value),
        }
    }
}

impl<'a> Choice<'a> {
    /// A value other than an issue.
    #[must_use]
    pub const fn named(facet: Facet, name: &'a str) -> Self {
        let issues = &[];
        Self {
            facet,
            name,
            issues,
        }
    }

    /// The issues of a number, which is also the name.
    #[must_use]
    pub const fn issue(number: &'a str, issues: &'a [IssueFace]) -> Self {
        Self {
            facet: Facet::Issue,
            name: number,
            issues,
        }
    }

    /// That an item has it. None of a value that there is not.
    fn asking(&self) -> Option<Condition> {
        let name = self.name.to_owned();
        let whole = |text| Name { text, whole: true };
        if self.facet != Facet::Issue && self.facet.folded(self.name).is_empty() {
            return None;
        }
        Some(match self.facet {
            Facet::Issue => {
                let number = Numbers::one(IssueNumber(name.parse().ok()?));
                Condition::Issue(vec![Issues::Numbers(number)])
            }
            Facet::Publication => Condition::Publication(vec![whole(name)]),
            Facet::Province => Condition::Province(vec![Place(name)]),
            Facet::City => Condition::City(vec![Place(name)]),
            Facet::Stage => Condition::Stage(vec![name.parse().ok()?]),
            Facet::Industry => Condition::Industry(vec![name]),
            Facet::Source => Condition::Source(vec![whole(name)]),
            Facet::Tag => Condition::Tag(vec![name]),
        })
    }

    /// Whether a condition on its facet asks for it, perhaps among others.
    fn is_wanted(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Issue(wanted) => {
                let mut issues = self.issues.iter();
                issues.any(|issue| wanted.iter().any(|wanted| wanted.contain(issue)))
                    || self.is_spelled(condition)
            }
            Condition::Publication(names) | Condition::Source(names) => {
                names.iter().any(|name| name.names(self.name))
            }
            _ => self.is_spelled(condition),
        }
    }

    /// Whether a condition on its facet spells it out.
    fn is_spelled(&self, condition: &Condition) -> bool {
        spelled(condition).contains(&self.facet.folded(self.name))
    }

    /// The same of each of the issues of its number by itself; of what is no issue, itself.
    fn singly(&self) -> impl Iterator<Item = Self> {
        let issues = self.issues.chunks(1);
        let itself = self.issues.is_empty().then_some(*self);
        issues.map(|issues| Self { issues, ..*self }).chain(itself)
    }

    fn is_about(&self, term: &Term) -> bool {
        Facet::of(&term.condition) == Some(self.facet)
    }
}

/// The values that a condition spells out, as they are compared: no part of a name, and no issue of a range.
pub(super) fn spelled(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::Issue(issues) => {
            let numbers = issues.iter().filter_map(|issues| match issues {
                Issues::Numbers(numbers) => numbers.single(),
                Issues::Months(_) | Issues::Newest(_) => None,
            });
            numbers.map(|number| number.to_string()).collect()
        }
        Condition::Province(places) | Condition::City(places) => {
            places.iter().map(Place::short).collect()
        }
        Condition::Stage(stages) => stages.iter().map(|stage| stage.name().to_owned()).collect(),
        Condition::Industry(names) | Condition::Tag(names) => {
            names.iter().map(|name| normalise(name)).collect()
        }
        Condition::Publication(names) | Condition::Source(names) => {
            let whole = names.iter().filter(|name| name.whole);
            whole.map(|name| normalise(&name.text)).collect()
        }
        _ => vec![],
    }
}

impl Condition {
    /// Asks no more for a value that it spells out, folded; whether it still asks for anything.
    fn forget(&mut self, value: &str) -> bool {
        let is_other = |name: &String| normalise(name) != value;
        match self {
            Self::Issue(issues) => {
                issues.retain(|issues| match issues {
                    Issues::Numbers(numbers) => {
                        let single = numbers.single();
                        single.is_none_or(|number| number.to_string() != value)
                    }
                    Issues::Months(_) | Issues::Newest(_) => true,
                });
                !issues.is_empty()
            }
            Self::Province(places) | Self::City(places) => {
                places.retain(|place| place.short() != value);
                !places.is_empty()
            }
            Self::Stage(stages) => {
                stages.retain(|stage| stage.name() != value);
                !stages.is_empty()
            }
            Self::Industry(names) | Self::Tag(names) => {
                names.retain(is_other);
                !names.is_empty()
            }
            Self::Publication(names) | Self::Source(names) => {
                names.retain(|name| !name.whole || is_other(&name.text));
                !names.is_empty()
            }
            _ => true,
        }
    }
}

impl Query {
    /// Whether a value is switched on: each of the terms about its facet asks for it, and none that is turned round; of issues of one
    /// number, for one of them.
    #[must_use]
    pub fn is_on(&self, choice: &Choice<'_>) -> bool {
        self.asks_about(choice.facet) && self.lets_in(choice)
    }

    /// Whether some value of a facet is asked for.
    #[must_use]
    pub fn asks_about(&self, facet: Facet) -> bool {
        let about = |term: &Term| !term.negated && Facet::of(&term.condition) == Some(facet);
        self.terms.iter().any(about)
    }

    /// Whether a value can be switched on: nothing shuts it out beside what spells it out, which goes then.
    #[must_use]
    pub(super) fn admits(&self, choice: &Choice<'_>) -> bool {
        let folded = choice.facet.folded(choice.name);
        let shutting = self
            .terms
            .iter()
            .filter(|term| term.negated && choice.is_about(term));
        let rest = shutting.filter_map(|term| {
            let mut rest = term.condition.clone();
            rest.forget(&folded).then_some(rest)
        });
        let rest: Vec<Condition> = rest.collect();
        let mut singly = choice.singly();
        singly.any(|one| !rest.iter().any(|rest| one.is_wanted(rest)))
    }

    /// Whether the terms about its facet leave a value in; of issues of one number, one of them.
    #[must_use]
    pub(super) fn lets_in(&self, choice: &Choice<'_>) -> bool {
        let leaves = |one: Choice<'_>| {
            let mut terms = self.terms.iter().filter(|term| one.is_about(term));
            terms.all(|term| one.is_wanted(&term.condition) != term.negated)
        };
        choice.singly().any(leaves)
    }

    /// Switches a value on or off. Where what was typed means more than this value, as a part of a name or a range of issues does, it
    /// stays, and the value is shut out beside it.
    pub fn switch(&mut self, choice: &Choice<'_>) {
        let Some(asking) = choice.asking() else {
            return;
        };
        let before = self.clone();
        self.switch_to(choice, asking);
        if self.clone().checked().is_err() {
            // It could not be written and read back.
            *self = before;
        }
    }

    fn switch_to(&mut self, choice: &Choice<'_>, asking: Condition) {
        let was_on = self.is_on(choice);
        let folded = choice.facet.folded(choice.name);
        self.terms.retain_mut(|term| {
            term.negated == was_on || !choice.is_about(term) || term.condition.forget(&folded)
        });
        if was_on {
            if self.is_on(choice) {
                self.terms.push(Term {
                    negated: true,
                    condition: asking,
                });
            }
            return;
        }
        let mut is_there = false;
        for term in &mut self.terms {
            if !term.negated && choice.is_about(term) {
                is_there = true;
                if !choice.is_wanted(&term.condition) {
                    term.condition.join(asking.clone());
                }
            }
        }
        if !is_there {
            self.terms.push(Term::new(asking));
        }
    }

    /// The same without the terms about these.
    #[must_use]
    pub fn without(&self, facets: &[Facet]) -> Self {
        let others =
            |term: &&Term| Facet::of(&term.condition).is_none_or(|of| !facets.contains(&of));
        Self::of(self.terms.iter().filter(others).cloned().collect())
    }

    /// The same without the terms that ask for values of a facet; those that ask for none stay.
    #[must_use]
    pub fn without_wanted(&self, facet: Facet) -> Self {
        let others = |term: &&Term| term.negated || Facet::of(&term.condition) != Some(facet);
        Self::of(self.terms.iter().filter(others).cloned().collect())
    }

    /// The values that the terms about a facet spell out, folded: those that each of them asks for.
    pub(super) fn spelled(&self, facet: Facet) -> Vec<String> {
        let mut terms = self.terms.iter().filter(|term| {
            let about = Facet::of(&term.condition) == Some(facet);
            about && !term.negated
        });
        let first = terms.next().map(|term| spelled(&term.condition));
        let others: Vec<&Term> = terms.collect();
        let is_in_all = |value: &String| {
            let mut others = others.iter();
            others.all(|term| spelled(&term.condition).contains(value))
        };
        first
            .unwrap_or_default()
            .into_iter()
            .filter(is_in_all)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Month;

    fn read(text: &str) -> Query {
        text.parse().unwrap()
    }

    fn switch(query: &mut Query, facet: Facet, name: &str) {
        query.switch(&Choice::named(facet, name));
    }

    fn is_on(query: &Query, facet: Facet, name: &str) -> bool {
        query.is_on(&Choice::named(facet, name))
    }

    #[test]
    fn values_are_switched_one_by_one() {
        let mut query = read("新能源 province:江苏省");
        assert!(is_on(&query, Facet::Province, "江苏"));
        switch(&mut query, Facet::Province, "浙江");
        switch(&mut query, Facet::Stage, "签约");
        switch(&mut query, Facet::Industry, "人工智能");
        switch(&mut query, Facet::Tag, "跟 踪");
        switch(&mut query, Facet::Stage, "没有这样的");
        switch(&mut query, Facet::Source, " ");
        assert_eq!(
            query.to_string(),
            "新能源 province:江苏,浙江 stage:签约 industry:人工智能 tag:\"跟 踪\""
        );
        assert_eq!(query.without_facets().to_string(), "新能源 tag:\"跟 踪\"");
        switch(&mut query, Facet::Province, "江苏");
        switch(&mut query, Facet::Province, "浙江");
        switch(&mut query, Facet::Industry, "人工智能");
        switch(&mut query, Facet::Stage, "签约");
        switch(&mut query, Facet::Tag, "跟踪");
        assert_eq!(query.to_string(), "新能源");
        // Of several terms each has to ask for it.
        let mut query = read("city:苏州,南京 city:苏州 -city:无锡");
        assert!(is_on(&query, Facet::City, "苏州") && !is_on(&query, Facet::City, "南京"));
        switch(&mut query, Facet::City, "南京");
        assert!(is_on(&query, Facet::City, "苏州") && is_on(&query, Facet::City, "南京"));
        switch(&mut query, Facet::City, "苏州");
        switch(&mut query, Facet::City, "南京");
        assert_eq!(query.to_string(), "-city:无锡");
        assert!(!is_on(&query, Facet::City, "南京"), "nothing is asked for");
    }

    #[test]
    fn what_a_typed_part_names_is_shut_out_beside_it_and_let_in_again() {
        let mut query = read("source:省报 publication:周报");
        assert!(is_on(&query, Facet::Source, "湖南省报"));
        switch(&mut query, Facet::Source, "湖南省报");
        assert_eq!(
            query.to_string(),
            "source:省报 publication:周报 -source:=湖南省报"
        );
        assert!(!is_on(&query, Facet::Source, "湖南 省报"));
        assert!(query.admits(&Choice::named(Facet::Source, "湖南省报")));
        switch(&mut query, Facet::Source, "湖南 省报");
        switch(&mut query, Facet::Source, "某网站");
        assert_eq!(query.to_string(), "source:省报,=某网站 publication:周报");
        let query = read("-source:省报");
        assert!(!query.admits(&Choice::named(Facet::Source, "湖南省报")));
        let mut query = read("publication:=周报,周");
        switch(&mut query, Facet::Publication, "周报");
        assert_eq!(query.to_string(), "publication:周 -publication:=周报");
    }

    #[test]
    fn issues_are_switched_in_ranges_months_and_among_the_newest() {
        let face = |number: u32, place: u32| IssueFace {
            number: IssueNumber(number),
            month: Some(Month {
                year: 2023,
                month: u8::try_from(number).unwrap(),
            }),
            place,
        };
        let faces = [face(8, 1), face(7, 2)];
        let [new, old] = [
            Choice::issue("8", &faces[..1]),
            Choice::issue("7", &faces[1..]),
        ];
        for (text, is_new, is_old) in [
            ("", false, false),
            ("issue:7", false, true),
            ("issue:7..", true, true),
            ("issue:2023-08", true, false),
            ("issue:latest,2023-07", true, true),
            ("issue:last2 -issue:8", false, true),
        ] {
            let query = read(text);
            assert_eq!(
                (query.is_on(&new), query.is_on(&old)),
                (is_new, is_old),
                "{text}"
            );
        }
        let mut query = read("issue:last2,9");
        query.switch(&old);
        assert_eq!(query.to_string(), "issue:last2,9 -issue:7");
        query.switch(&old);
        query.switch(&new);
        assert_eq!(query.to_string(), "issue:last2,9 -issue:8");
        let mut query = read("-issue:8,6");
        query.switch(&new);
        assert_eq!(query.to_string(), "-issue:6 issue:8");
        query.switch(&old);
        query.switch(&new);
        assert_eq!(query.to_string(), "-issue:6 issue:7");
    }

    #[test]
    fn what_could_not_be_read_back_is_not_switched() {
        let many: Vec<String> = (1..=200).map(|n: usize| n.to_string()).collect();
        let mut query = read(&format!("issue:{}", many.join(",")));
        let before = query.clone();
        switch(&mut query, Facet::Tag, "跟踪");
        assert_eq!(query, before);
    }
}
