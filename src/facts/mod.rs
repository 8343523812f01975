//! What an item states, read out of its Chinese text: item → facts.
//!
//! The rules are those of the guideline of the corpus (FACTS.md), which each module names by its sections. All of them look at
//! the same folded lines ([`story`]), and each gives what it read together with the words it was read from.
//! Must not change an item, nor know of a library.

mod date;
mod figures;
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
    let far = stage.value;
    let figures = figures::read(&story, far);
    let place = place::read(&story);
    facts.stage = take(&mut words, Fact::Stage, Some(stage));
    facts.date = take(&mut words, Fact::Date, date::read(&story, far));
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

#[cfg(test)]
mod tests {
    use super::{Around, read};
    use crate::issue::{Facts, Item, ItemOrdinal, Passage, TextField};
    use proptest::prelude::*;

    /// An item of a headline and paragraphs.
    pub(super) fn item(headline: &str, paragraphs: &[&str]) -> Item {
        Item {
            ordinal: ItemOrdinal(1),
            headline: headline.to_owned(),
            contents_headline: None,
            page: None,
            lead: None,
            paragraphs: paragraphs.iter().map(|&text| text.to_owned()).collect(),
            source: None,
            pictures: vec![],
            facts: Facts::default(),
        }
    }

    /// The characters of the text that a passage names.
    fn length(item: &Item, section: &str, passage: &Passage) -> Option<usize> {
        let text = match passage.field {
            TextField::Headline => Some(&item.headline),
            TextField::Lead => item.lead.as_ref(),
            TextField::Paragraph(n) => item.paragraphs.get(n as usize),
            TextField::Source => item.source.as_ref(),
            TextField::Section => return Some(section.chars().count()),
        };
        text.map(|text| text.chars().count())
    }

    /// Text of anything, and of the words and signs that rules look for.
    fn text() -> impl Strategy<Value = String> {
        let words = "年月日号-./至—、，。；《》“” 0123一二十前起将自于签约开工建成启动发布规划基金项目个亿元汽车集团𠮷é\u{301}";
        let words: Vec<char> = words.chars().collect();
        let words = prop::collection::vec(prop::sample::select(words), 0..40);
        prop_oneof![
            any::<String>(),
            words.prop_map(|chars| chars.into_iter().collect())
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_and_its_words_are_there(
            headline in text(),
            paragraph in text(),
            section in text(),
            year in any::<Option<u16>>(),
            month in any::<Option<u8>>(),
        ) {
            let mut item = item(&headline, &[&paragraph]);
            item.lead = Some(paragraph.chars().rev().collect());
            item.source = Some(headline.clone());
            let around = Around { section: &section, year, month, is_headline_foreign: false };
            let facts = read(&item, &around);
            prop_assert!(facts.stage.is_some());
            for passage in facts.read.values().flatten() {
                let length = length(&item, &section, passage);
                let characters = passage.characters();
                prop_assert!(characters.start < characters.end, "{passage:?}");
                prop_assert!(length.is_some_and(|length| characters.end <= length), "{passage:?}");
            }
        }
    }
}
