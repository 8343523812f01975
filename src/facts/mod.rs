//! What an item states, read out of its Chinese text: item → facts.
//!
//! The rules are those of the guideline of the corpus (FACTS.md), which each module names by its sections. All of them look at
//! the same folded lines (`story`), and each gives what it read together with the words it was read from.
//! Must not change an item, nor know of a library.

pub mod called;
mod date;
mod ends;
mod figures;
mod finder;
mod gazetteer;
mod industry;
pub mod names;
mod near;
mod numeral;
mod place;
pub mod rates;
mod stage;
mod story;

use crate::issue::{Address, Diagnostic, Fact, Facts, Issue, Item, Part, Passage, Problem};
pub use industry::industries;
use std::collections::BTreeMap;
pub use story::Around;
use story::Story;

/// Version of the rules and tables; a higher one reads the facts of kept issues again.
pub const RULES_VERSION: u32 = 3;

/// A value, and the words it was read from; none where it follows from something else.
#[derive(Debug, Clone, PartialEq)]
struct Read<T> {
    value: T,
    from: Vec<Passage>,
}

/// Reads the facts of all items of an issue into them.
pub fn read_all(issue: &mut Issue) {
    read_where(issue, |_| true);
}

/// Reads the facts of these items of an issue into them.
pub fn read_again(issue: &mut Issue, parts: &[Part]) {
    read_where(issue, |part| parts.contains(part));
}

fn read_where(issue: &mut Issue, wanted: impl Fn(&Part) -> bool) {
    let foreign: Vec<Part> = issue
        .diagnostics
        .iter()
        .filter_map(foreign_headline)
        .collect();
    let (year, month) = (issue.year, issue.month);
    for section in &mut issue.sections {
        for item in &mut section.items {
            let part = Part::Item(section.ordinal, item.ordinal);
            if !wanted(&part) {
                continue;
            }
            let around = Around {
                section: &section.title,
                year,
                month,
                is_headline_foreign: foreign.contains(&part),
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
    let also = stage::also(&story, far);
    facts.also = also.value;
    words.entry(Fact::Stage).or_default().extend(also.from);
    words.retain(|_, passages| !passages.is_empty());
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
    use super::*;
    use crate::issue::{ItemOrdinal, TextField};
    use proptest::prelude::*;

    /// An item of a headline and paragraphs.
    pub(super) fn item_of(headline: &str, paragraphs: &[&str]) -> Item {
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

    /// Pieces of text that rules look for, and some that are in their way.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[0-9]{1,4}",
            "[一二两三十百千万亿零〇]{1,3}",
            "[ ，。；、（）“”《》·—]",
            proptest::sample::select(vec![
                "总投资",
                "亿元",
                "万元",
                "个",
                "项目",
                "占地",
                "亩",
                "公顷",
                "其中",
                "一期",
                "年",
                "月",
                "日",
                "签约",
                "开工",
                "投产",
                "揭牌",
                "规划",
                "江苏省",
                "苏州",
                "朝阳",
                "市",
                "区",
                "县",
                "经开区",
                "集团",
                "有限公司",
                "位于",
                "举行",
                "基金",
                "等",
                "这批",
                "到2025年",
                "近日",
                "2023-01-0",
                "本月",
                "至",
                "自",
                "前",
                "启动",
                "发布",
                "《",
                "》",
                "的",
                "汽车",
                "将",
            ])
            .prop_map(str::to_owned),
            "\\PC{1,3}",
        ];
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    fn item() -> impl Strategy<Value = Item> {
        let texts = (
            text(),
            proptest::option::of(text()),
            proptest::collection::vec(text(), 0..3),
            proptest::option::of(text()),
        );
        texts.prop_map(|(headline, lead, paragraphs, source)| Item {
            ordinal: ItemOrdinal(1),
            headline,
            contents_headline: None,
            page: None,
            lead,
            paragraphs,
            source,
            pictures: vec![],
            facts: Facts::default(),
        })
    }

    proptest! {
        /// Whatever the text, nothing panics, and what a fact was read from stands where it says.
        #[test]
        fn any_text_is_read(item in item(), section in text(), month in proptest::option::of(0_u8..20), year in proptest::option::of(any::<u16>())) {
            let around = Around { section: &section, year, month, is_headline_foreign: false };
            let facts = read(&item, &around);
            for (fact, passages) in &facts.read {
                prop_assert!(!passages.is_empty());
                for passage in passages {
                    let text = match passage.field {
                        TextField::Headline => Some(&item.headline),
                        TextField::Lead => item.lead.as_ref(),
                        TextField::Paragraph(n) => item.paragraphs.get(n as usize),
                        TextField::Source => item.source.as_ref(),
                        TextField::Section => Some(&section),
                    };
                    let length = text.map(|text| text.chars().count());
                    prop_assert!(passage.from < passage.to, "{fact:?} {passage:?}");
                    prop_assert!(length.is_some_and(|length| passage.to as usize <= length), "{fact:?} {passage:?}");
                }
            }
            prop_assert!(facts.stage.is_some());
            prop_assert!(facts.projects.is_none_or(|count| count >= 2));
            prop_assert!(facts.area_mu.is_none_or(f64::is_finite));
        }
    }
}
