//! Queries about what items state, as the command line answers them: what is understood, what is refused and what is said
//! beside the answer.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use parkweekly::issue::Stage;
use parkweekly::query::stage_names;
use sandbox::{Sandbox, fixtures};
use std::fs;

/// Addresses that a query finds, and what is said on stderr.
fn found(sandbox: &Sandbox, arguments: &[&str]) -> (Vec<String>, String) {
    let output = sandbox.run(&[&["search", "--lang", "en"], arguments].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines();
    let addresses = lines.map(|line| line.split(' ').next().unwrap().to_owned());
    (
        addresses.collect(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A library that an earlier version made, before there were facts.
fn older() -> Sandbox {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("library")).unwrap();
    for file in ["library.sqlite3", "marks.sqlite3"] {
        let from = fixtures().join("schema/l3m4").join(file);
        fs::copy(from, sandbox.path("library").join(file)).unwrap();
    }
    sandbox
}

#[test]
fn what_is_understood_and_what_is_refused() {
    let sandbox = Sandbox::with_issues();
    let lines: [&[&str]; 25] = [
        &["province:Jiangsu"],
        &["city:上海,wuhan"],
        &["industry:new-energy"],
        &["province:火星"],
        &["province:火星", "--lang", "en"],
        &["city:火星"],
        &["city:昆山"],
        &["city:两江新区", "--lang", "en"],
        &["province:苏州"],
        &["industry:锂电池"],
        &["industry:foo"],
        &["industry:foo", "--lang", "en"],
        &["industry:"],
        &["stage:", "--lang", "en"],
        &["土地:甲"],
        &["sektion:甲"],
        &["has:价格"],
        &["amount:>=1,000万"],
        &["amount >= 100 亿"],
        &["date:2月5日"],
        &["city:suzhou", "--lang", "en"],
        &["issue:第七期"],
        &["--sort", "land", "has:land"],
        &["--sort", "price"],
        &["--reverse"],
    ];
    let lines = lines.map(|line| [&["search"], line].concat());
    let record: Vec<String> = lines.iter().map(|line| sandbox.record(line)).collect();
    insta::assert_snapshot!("asked", record.join("\n"));
}

#[test]
fn a_term_turned_round_is_no_flag() {
    let sandbox = Sandbox::with_issues();
    let all = found(&sandbox, &[""]).0.len();
    let fields = [
        "has:date",
        "stage:签约",
        "amount:>=5亿",
        "province:江苏",
        "industry:新能源",
        "section:政策",
        "date:2024",
        "issue:7",
        "project",
        "GW",
        "项目",
    ];
    for term in fields {
        let (with, _) = found(&sandbox, &[term]);
        let (without, said) = found(&sandbox, &[&format!("-{term}")]);
        assert_eq!(with.len() + without.len(), all, "{term}: {said}");
    }
    let help = sandbox.run(&["search", "-has:date", "-h"]).stdout;
    assert!(String::from_utf8(help).unwrap().contains("--reverse"));
    for mistyped in ["-json", "--jsn", "-n", "-limit=5", "--has:date"] {
        let output = sandbox.run(&["search", mistyped, "项目"]);
        assert_eq!(output.status.code(), Some(2), "{mistyped}");
    }
}

#[test]
fn issues_are_asked_for_by_their_month_and_as_the_newest() {
    let sandbox = Sandbox::with_issues();
    let of = |query: &str| found(&sandbox, &[query]).0;
    let newest = of("issue:latest");
    assert!(!newest.is_empty() && newest == of("issue:7"));
    assert_eq!(of("issue:last2"), of(""));
    assert_eq!(of("期:最新"), newest);
    let head = &sandbox.json(&["issues", "--json", "--limit", "1"])[0];
    let month = format!(
        "issue:{}-{:02}",
        head["year"],
        head["month"].as_u64().unwrap()
    );
    assert!(of(&month).starts_with(&newest), "{month}");
    assert_eq!(of("issue:1999-01"), Vec::<String>::new());
}

#[test]
fn items_without_a_day_are_told_where_days_are_asked_for() {
    let sandbox = Sandbox::with_issues();
    let head = &sandbox.json(&["issues", "--json", "--limit", "1"])[0];
    let month = format!("{}-{:02}", head["year"], head["month"].as_u64().unwrap());
    let undated = found(&sandbox, &[&format!("issue:{month} -has:date")])
        .0
        .len();
    let (_, said) = found(&sandbox, &[&format!("date:{month}")]);
    let wanted = format!(
        "{undated} items that state no day are not among them; by the date of the issue: issue:{month}\n"
    );
    assert!(undated > 1 && said.ends_with(&wanted), "{said}");
    assert_eq!(found(&sandbox, &["项目"]).1, "");
}

#[test]
fn issues_that_are_to_be_read_again_are_told_and_are_no_answer() {
    let sandbox = older();
    let told = "still to be read again";
    for arguments in [&["province:江苏"][..], &["has:amount"]] {
        let output = sandbox.run(&[&["search", "--lang", "en"], arguments].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(told) && said.contains("check --rebuild"),
            "{said}"
        );
        assert!(!said.contains("Nothing found"), "{said}");
        assert_eq!(output.status.code(), Some(1));
    }
    let (items, said) = found(&sandbox, &["项目", "--sort", "amount"]);
    assert!(!items.is_empty() && said.contains(told), "{said}");
    assert_eq!(found(&sandbox, &["项目"]).1, "");
    let first = found(&sandbox, &["issue:7"]).0.remove(0);
    let is_known =
        |sandbox: &Sandbox| sandbox.json(&["show", &first, "--json"])[0]["facts_known"].clone();
    assert_eq!(is_known(&sandbox), false);
    let show = |sandbox: &Sandbox| {
        let output = sandbox.run(&["show", &first, "--lang", "en"]);
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(show(&sandbox).contains(told));
    for command in ["check", "doctor"] {
        let output = sandbox.run(&[command, "--lang", "en"]);
        assert!(
            String::from_utf8(output.stdout).unwrap().contains(told),
            "{command}"
        );
    }
    assert!(sandbox.run(&["check", "--rebuild"]).status.success());
    let (items, said) = found(&sandbox, &["has:amount"]);
    assert!(!items.is_empty() && said.is_empty(), "{said}");
    assert_eq!(is_known(&sandbox), true);
    assert_eq!(show(&sandbox), "");
    let check = sandbox.run(&["check", "--lang", "en"]).stdout;
    assert!(!String::from_utf8(check).unwrap().contains(told));
}

#[test]
fn lists_write_no_places_of_facts_and_an_item_does() {
    let sandbox = Sandbox::with_issues();
    for line in sandbox.json(&["search", "--json", "has:province"]) {
        assert!(line["facts"].get("read").is_none() && line["facts_known"] == true);
        let whole = sandbox.json(&["show", line["id"].as_str().unwrap(), "--json"]);
        assert!(whole[0]["facts"]["read"].is_object());
    }
}

#[test]
fn every_stage_and_industry_is_named_where_one_looks_for_it() {
    let sandbox = Sandbox::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |file: &str| fs::read_to_string(root.join(file)).unwrap();
    let help = |language| {
        let output = sandbox.run(&["search", "--help", "--lang", language]);
        let words = String::from_utf8(output.stdout).unwrap();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let table = text("assets/industry/english.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let industries = rows.map(|row| {
        let (name, english) = row.split_once('\t').unwrap();
        (
            name.to_owned(),
            english.split(' ').next().unwrap().to_owned(),
        )
    });
    let stages = Stage::ALL.map(|stage| {
        let english = stage_names(stage).last().unwrap();
        (stage.name().to_owned(), (*english).to_owned())
    });
    let (in_chinese, in_english) = (help("zh"), help("en"));
    for (name, english) in industries.chain(stages) {
        assert!(text("README.zh-CN.md").contains(&name), "{name}");
        assert!(
            text("README.md").contains(&format!("{name} `{english}`")),
            "{name}"
        );
        assert!(
            in_chinese.contains(&name) && in_english.contains(&english),
            "{name}"
        );
    }
}
