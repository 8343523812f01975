//! The words of what an item states.
//! Must not decide where they stand, nor which of them there is room for.

use crate::config::Language;
use crate::issue::{Diagnostic, Fact, Facts, Problem, Stage, Stated, Target};
use crate::query::Key;
use crate::store::ItemView;

/// What an item states, a word or two each: day, place, amount, projects, land, stage, industries. That a stage is none of the others
/// says nothing, and is left out.
#[must_use]
pub fn facts(language: Language, facts: &Facts) -> Vec<String> {
    let keys = [Key::Date, Key::Place, Key::Amount, Key::Projects, Key::Area];
    let stated = keys
        .into_iter()
        .filter_map(|key| stated(language, facts, key));
    stated
        .chain(stages(facts, ""))
        .chain(industries(facts))
        .collect()
}

/// Its stage, where that says something: not that it is another one, and not of a policy what its section says already.
#[must_use]
pub fn stage(facts: &Facts, section: &str) -> Option<&'static str> {
    facts
        .stage
        .filter(|stage| is_said(*stage, section))
        .map(Stage::name)
}

/// The same of all stages that its headline states, the one that its figures belong to first.
#[must_use]
pub fn stages(facts: &Facts, section: &str) -> Option<String> {
    let said = facts.stages().filter(|stage| is_said(*stage, section));
    let names: Vec<&str> = said.map(Stage::name).collect();
    (!names.is_empty()).then(|| names.join("、"))
}

fn is_said(stage: Stage, section: &str) -> bool {
    match stage {
        Stage::Other => false,
        Stage::PolicyIssued => !section.contains("政策"),
        _ => true,
    }
}

/// That the facts of an item are those of its text and not of its headline, where the parser found that these tell of different things
/// and no reader has corrected the headline, or all that is stated.
#[must_use]
pub fn of_text(language: Language, item: &ItemView) -> Option<String> {
    let is_foreign =
        |found: &Diagnostic| matches!(found.problem, Problem::HeadlineUnsupported { .. });
    let nothing = Facts::default();
    let is_stated =
        |fact: &Fact| Stated::of(&item.item.facts, *fact) != Stated::of(&nothing, *fact);
    let stated = Fact::ALL.into_iter().filter(is_stated);
    let mut fields = stated.map(|fact| Target::Fact(fact).field());
    let is_fixed = fields.all(|field| item.head.corrected.has(field));
    let of_text = !is_fixed && item.diagnostics.iter().any(is_foreign);
    of_text.then(|| language.say("facts.of-text").into_owned())
}

/// Its industries; none where it is of none.
#[must_use]
pub fn industries(facts: &Facts) -> Option<String> {
    (!facts.industries.is_empty()).then(|| facts.industries.join("、"))
}

/// What an item states of this; none where it does not.
#[must_use]
pub fn stated(language: Language, facts: &Facts, key: Key) -> Option<String> {
    match key {
        Key::Date => facts.date.map(|date| date.to_string()),
        Key::Place => facts.province.as_ref().map(|province| match &facts.city {
            // A city that is a province as well stands once.
            Some(city) if city != province => format!("{province}·{city}"),
            _ => province.clone(),
        }),
        Key::Amount => facts.total_investment.map(|money| money.to_string()),
        Key::Projects => facts
            .projects
            .map(|count| language.say_with("facts.projects", &[("n", &count)])),
        Key::Area => facts
            .area_mu
            .map(|area| language.say_with("facts.area", &[("n", &area)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Money;

    #[test]
    fn a_line_of_facts_is_in_the_language_of_the_interface() {
        let stated = Facts {
            date: Some(jiff::civil::date(2023, 1, 3)),
            province: Some("江苏".to_owned()),
            city: Some("南京".to_owned()),
            total_investment: Some(Money {
                value: 280.0,
                unit: "亿元".parse().unwrap(),
            }),
            projects: Some(41),
            area_mu: Some(157.5),
            stage: Some(Stage::Started),
            also: vec![Stage::Signed],
            industries: vec!["新能源".to_owned(), "汽车".to_owned()],
            read: [].into(),
        };
        let line = |language| facts(language, &stated).join(" · ");
        assert_eq!(
            line(Language::Chinese),
            "2023-01-03 · 江苏·南京 · 280亿元 · 41 个项目 · 157.5 亩 · 开工、签约 · 新能源、汽车"
        );
        assert_eq!(
            line(Language::English),
            "2023-01-03 · 江苏·南京 · 280亿元 · 41 projects · 157.5 亩 · 开工、签约 · 新能源、汽车"
        );
        let other = Facts {
            stage: Some(Stage::Other),
            ..Facts::default()
        };
        assert!(facts(Language::Chinese, &other).is_empty());
    }
}
