//! The facts of the real issues against annotations: those of issue 101 that come with the corpus, and those of issue 82 that are
//! ours. Must not print a sentence of them: a failure names the address and the fact.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod real;

use real::corpus;
use serde_json::{Map, Value};
use std::path::Path;
use std::process::Command;

/// The facts that are annotated.
const FACTS: [&str; 7] = [
    "date",
    "province",
    "city",
    "total_investment",
    "projects",
    "area_mu",
    "stage",
];

/// The share of facts that has to be right: F1 over all of an issue's.
const LEAST: f64 = 0.95;

/// The items of an issue in the form of the corpus, by section and item.
fn items(issue: &Value) -> Vec<(String, Value)> {
    let array = |value: &Value, name: &str| value[name].as_array().unwrap().clone();
    let sections = array(issue, "sections").into_iter();
    let items = sections.flat_map(|section| {
        let of = section["ordinal"].clone();
        let items = array(&section, "items").into_iter();
        items.map(move |item| (format!("{of}/{}", item["ordinal"]), item))
    });
    items.collect()
}

fn parsed(folder: &Path, number: &str) -> Vec<(String, Value)> {
    let output = Command::new(env!("CARGO_BIN_EXE_parkweekly"))
        .arg("parse")
        .arg(folder.join(format!("issue-{number}.txt")))
        .arg("--json")
        .output()
        .unwrap();
    assert!(output.status.success());
    items(&serde_json::from_slice(&output.stdout).unwrap())
}

/// Whether two facts are the same; numbers as numbers.
fn is_same(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted
            .iter()
            .all(|(name, value)| is_same(value, &found[name])),
        (Value::Number(_), Value::Number(_)) => wanted.as_f64() == found.as_f64(),
        _ => wanted == found,
    }
}

/// F1 over all facts of an issue, and what is wrong.
fn score(wanted: &Map<String, Value>, found: &[(String, Value)]) -> (f64, Vec<String>) {
    let (mut right, mut told, mut faults) = (0_u32, 0_u32, vec![]);
    for (address, facts) in wanted {
        let item = found.iter().find(|(at, _)| at == address);
        let read = &item.unwrap_or_else(|| panic!("no item at {address}")).1["facts"];
        for fact in FACTS {
            let (wanted, found) = (&facts[fact], &read[fact]);
            told += u32::from(!wanted.is_null()) + u32::from(!found.is_null());
            if is_same(wanted, found) {
                right += u32::from(!wanted.is_null());
            } else {
                faults.push(format!("{address} {fact}: want {wanted}, got {found}"));
            }
        }
    }
    (2.0 * f64::from(right) / f64::from(told), faults)
}

fn reads(number: &str, wanted: &Map<String, Value>, folder: &Path) {
    let (score, faults) = score(wanted, &parsed(folder, number));
    assert!(score >= LEAST, "F1 {score:.4}\n{}", faults.join("\n"));
}

#[test]
fn issue_101_states_what_the_corpus_says() {
    let Some(folder) = corpus() else { return };
    let gold = std::fs::read_to_string(folder.join("issue-101.gold.json")).unwrap();
    let gold: Value = serde_json::from_str(&gold).unwrap();
    let scored = items(&gold).into_iter();
    let scored = scored.filter(|(_, item)| item["score_facts"] != Value::Bool(false));
    let wanted = scored.map(|(address, item)| (address, item["facts"].clone()));
    reads("101", &wanted.collect(), &folder);
}

#[test]
fn issue_82_states_what_two_readers_agreed_on() {
    let Some(folder) = corpus() else { return };
    let wanted = include_str!("fixtures/facts/issue-082.json");
    reads("082", &serde_json::from_str(wanted).unwrap(), &folder);
}
