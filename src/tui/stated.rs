//! What an item states, as short as a line or a row has it: 江苏·苏州, 280亿元, 500亩.
//! Must not decide which of it is shown, or where.

use crate::config::Language;
use crate::issue::{Facts, ItemHead, Stage};

/// Province and city. A city that is one of four provinces as well stands once.
#[must_use]
pub fn place(facts: &Facts) -> Option<String> {
    match (&facts.province, &facts.city) {
        (Some(province), Some(city)) if province != city => Some(format!("{province}·{city}")),
        (province, city) => province.clone().or_else(|| city.clone()),
    }
}

/// The nearer of the two: 苏州, else 江苏.
#[must_use]
pub fn near_place(facts: &Facts) -> Option<&str> {
    facts.city.as_deref().or(facts.province.as_deref())
}

/// Total investment as printed.
#[must_use]
pub fn amount(facts: &Facts) -> Option<String> {
    facts.total_investment.map(|amount| amount.to_string())
}

/// How many projects.
#[must_use]
pub fn projects(facts: &Facts, language: Language) -> Option<String> {
    let count = facts.projects?;
    Some(language.say_with("facts.projects", &[("n", &count)]))
}

/// The same in few columns.
#[must_use]
pub fn few_projects(facts: &Facts, language: Language) -> Option<String> {
    let count = facts.projects?;
    Some(language.say_with("facts.projects-short", &[("n", &count)]))
}

/// The land.
#[must_use]
pub fn area(facts: &Facts) -> Option<String> {
    facts.area_mu.map(|mu| format!("{mu}亩"))
}

/// The day, without the year: 01-03.
#[must_use]
pub fn day(facts: &Facts) -> Option<String> {
    let date = facts.date?;
    Some(format!("{:02}-{:02}", date.month(), date.day()))
}

/// The stage, where it says something: not that it is another one, and not of a policy what its section says already.
#[must_use]
pub fn stage(facts: &Facts, head: &ItemHead) -> Option<Stage> {
    let is_said = |stage: &Stage| match stage {
        Stage::Other => false,
        Stage::PolicyIssued => !head.section.contains("政策"),
        _ => true,
    };
    facts.stage.filter(is_said)
}
