//! What an item states, read out of its Chinese text: item → facts.
//!
//! The rules are those of the guideline of the corpus (FACTS.md), which each module names by its sections. All of them look at
//! the same folded lines ([`story`]), and each gives what it read together with the words it was read from.
//! Must not change an item, nor know of a library.

mod date;
mod figures;
mod gazetteer;
mod industry;
mod numeral;
mod place;
mod stage;
mod story;

use crate::issue::{Address, Diagnostic, Fact, Facts, Issue, Item, Part, Passage, Problem};
use std::collections::BTreeMap;
pub use story::Around;
use story::Story;

/// Version of the rules and tables; a higher one reads the facts of kept issues again.
pub const RULES_VERSION: u32 = 1;

/// A value, and the words it was read from; none where it follows from something else.
#[derive(Debug, Clone, PartialEq)]
struct Read<T> {
    value: T,
    from: Vec<Passage>,
}

/// Reads the facts of all items of an issue into them.
pub fn read_all(issue: &mut Issue) {
    let foreign: Vec<Part> = issue
        .diagnostics
        .iter()
        .filter_map(foreign_headline)
        .collect();
    let (year, month) = (issue.year, issue.month);
    for section in &mut issue.sections {
        for item in &mut section.items {
            let around = Around {
                section: &section.title,
                year,
                month,
                is_headline_foreign: foreign.contains(&Part::Item(section.ordinal, item.ordinal)),
            };
            item.facts = read(item, &around);
        }
    }
}

/// Which item a diagnostic says has the headline of another (§1, “Headline against body”).
fn foreign_headline(found: &Diagnostic) -> Option<Part> {
    match (&found.problem, &found.item) {
        (Problem::HeadlineUnsupported { .. }, Some(Address { part, .. })) => Some(*part),
        _ => None,
    }
}

/// The facts of one item.
#[must_use]
pub fn read(item: &Item, around: &Around<'_>) -> Facts {
    let story = Story::of(item, around);
    let mut facts = Facts::default();
    let mut words = BTreeMap::new();
    let stage = stage::read(&story);
    let figures = figures::read(&story, stage.value);
    let place = place::read(&story);
    facts.stage = take(&mut words, Fact::Stage, Some(stage));
    facts.date = take(&mut words, Fact::Date, date::read(&story));
    facts.province = take(&mut words, Fact::Province, place.province);
    facts.city = take(&mut words, Fact::City, place.city);
    facts.total_investment = take(&mut words, Fact::TotalInvestment, figures.investment);
    facts.projects = take(&mut words, Fact::Projects, figures.projects);
    facts.area_mu = take(&mut words, Fact::AreaMu, figures.area);
    facts.industries =
        take(&mut words, Fact::Industries, Some(industry::read(&story))).unwrap_or_default();
    facts.read = words;
    facts
}

/// The value, with its words noted under the fact's name.
fn take<T>(
    words: &mut BTreeMap<Fact, Vec<Passage>>,
    fact: Fact,
    read: Option<Read<T>>,
) -> Option<T> {
    let Read { value, from } = read?;
    if !from.is_empty() {
        words.insert(fact, from);
    }
    Some(value)
}
