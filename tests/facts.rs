//! The rules of facts on a table of items of our own: what each must state, and what it must not.
//!
//! `PARKWEEKLY_FACTS_TABLE` names another table of the same form.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use parkweekly::facts::{self, Around};
use parkweekly::issue::{Facts, Item, ItemOrdinal};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The facts that a case states or leaves out.
const FIELDS: [&str; 7] = [
    "date",
    "province",
    "city",
    "total_investment",
    "projects",
    "area_mu",
    "stage",
];

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What it shows.
    about: String,
    /// Of the guideline.
    section: String,
    /// Of the section; that of projects where left out.
    title: Option<String>,
    /// Year and month of the issue.
    issue: Option<String>,
    headline: String,
    lead: Option<String>,
    #[serde(default)]
    paragraphs: Vec<String>,
    source: Option<String>,
    /// Whether the headline is another item's, as the parser would say.
    #[serde(default)]
    foreign: bool,
    /// The fields that are looked at; all where left out.
    only: Option<Vec<String>>,
    /// A field that is left out must be null.
    #[serde(default)]
    facts: BTreeMap<String, toml::Value>,
}

impl Case {
    fn read(&self) -> Facts {
        let item = Item {
            ordinal: ItemOrdinal(1),
            headline: self.headline.clone(),
            contents_headline: None,
            page: None,
            lead: self.lead.clone(),
            paragraphs: self.paragraphs.clone(),
            source: self.source.clone(),
            pictures: vec![],
            facts: Facts::default(),
        };
        let issue = self.issue.as_deref().unwrap_or("2023-01");
        let (year, month) = issue.split_once('-').unwrap();
        facts::read(
            &item,
            &Around {
                section: self.title.as_deref().unwrap_or("招商引资"),
                year: Some(year.parse().unwrap()),
                month: Some(month.parse().unwrap()),
                is_headline_foreign: self.foreign,
            },
        )
    }

    /// What of `found` is not as the table says.
    fn faults(&self, found: &Facts) -> Vec<String> {
        let shown = |field: &str| shown(found, field);
        let wanted = |field: &str| match self.facts.get(field) {
            None => "–".to_owned(),
            Some(toml::Value::String(text)) => text.replace(' ', ""),
            Some(toml::Value::Float(number)) => number.to_string(),
            Some(other) => other.to_string(),
        };
        let looked_at = |field: &&str| {
            let only = self.only.as_ref();
            only.is_none_or(|only| only.iter().any(|one| one == field))
        };
        let fields = FIELDS.into_iter().filter(looked_at);
        fields
            .filter(|field| shown(field) != wanted(field))
            .map(|field| format!("{field}: want {}, got {}", wanted(field), shown(field)))
            .collect()
    }
}

fn shown(facts: &Facts, field: &str) -> String {
    match field {
        "date" => facts.date.map(|date| date.to_string()),
        "province" => facts.province.clone(),
        "city" => facts.city.clone(),
        "total_investment" => facts.total_investment.map(|money| money.to_string()),
        "projects" => facts.projects.map(|count| count.to_string()),
        "area_mu" => facts.area_mu.map(|area| area.to_string()),
        "stage" => facts.stage.map(|stage| stage.to_string()),
        _ => None,
    }
    .unwrap_or_else(|| "–".to_owned())
}

#[test]
fn every_case_of_the_table_states_what_it_should_and_nothing_else() {
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/facts/cases.toml"
    );
    let path = std::env::var("PARKWEEKLY_FACTS_TABLE").unwrap_or_else(|_| fixture.to_owned());
    let table: Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut faults, mut wrong) = (vec![], 0);
    for case in &table.case {
        for field in case.facts.keys() {
            assert!(FIELDS.contains(&field.as_str()), "{}: {field}", case.about);
        }
        let found = case.faults(&case.read());
        wrong += usize::from(!found.is_empty());
        for fault in found {
            faults.push(format!(
                "{} {}\n  {}\n  {fault}",
                case.section, case.about, case.headline
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n{} faults in {wrong} of {} cases",
        faults.join("\n"),
        faults.len(),
        table.case.len()
    );
}

#[test]
fn both_readmes_count_the_industries() {
    let count = facts::industries().len();
    let (english, chinese) = (
        include_str!("../README.md"),
        include_str!("../README.zh-CN.md"),
    );
    assert!(english.contains(&format!("of the {count} above")));
    assert!(chinese.contains(&format!("上列 {count} 个行业")));
}
