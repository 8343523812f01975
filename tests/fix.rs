//! `fix` as a user has it: what it says, what it ends with, and that everything else shows what is corrected.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use sandbox::Sandbox;
use serde_json::{Value, json};
use std::fs;

fn shown(sandbox: &Sandbox, address: &str) -> Value {
    sandbox.json(&["show", address, "--json"]).remove(0)
}

fn succeeds(sandbox: &Sandbox, line: &[&str]) -> String {
    let output = sandbox.run(line);
    let said =
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{line:?}: {said}");
    said
}

fn headlines(sandbox: &Sandbox) -> Vec<String> {
    let listed = sandbox.json(&["search", "issue:7", "--json"]).into_iter();
    let headlines = listed.map(|item| item["headline"].as_str().unwrap().to_owned());
    headlines.collect()
}

#[test]
fn what_is_fixed_is_told_with_what_it_was() {
    let sandbox = Sandbox::with_issues();
    insta::assert_snapshot!(
        "fix",
        [
            &[
                "fix",
                "7/1/1",
                "date=2024-02-06",
                "amount=160亿元",
                "projects="
            ][..],
            &["fix", "7/1/1", "headline=常州 12 个新能源项目开工"],
            &["fix", "7/1/2", "stage=开工,签约"],
            &["search", "issue:7 stage:签约"],
            &["show", "7/1/1"],
            &["fix", "7/1/3", "--join"],
            &["fix", "7/1/1", "--split", "1", "--json"],
            &["fix", "list"],
            &["fix", "list", "湘江"],
            &["fix", "7/1/1", "--undo", "日期", "拆分"],
            &["fix", "7/1/1", "--undo"],
            &["fix", "7/1/1", "--undo"],
            &["--lang", "zh", "fix", "list"],
        ]
        .map(|line| sandbox.record(line))
        .join("\n")
    );
}

#[test]
fn items_are_split_and_joined_in_any_order_and_back() {
    let sandbox = Sandbox::with_issues();
    // The first item with two more paragraphs.
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/weekly-007.txt");
    let text = fs::read_to_string(fixture).unwrap();
    let more = "■此次动工的项目中";
    let added = format!("■另有两个项目签约落户武进。\n\n■其余项目明年动工。\n\n{more}");
    let copy = sandbox.file("copy.txt", text.replacen(more, &added, 1).as_bytes());
    succeeds(&sandbox, &["import", &copy]);
    let printed = headlines(&sandbox);
    // From the end on, as one does with several that have run together.
    succeeds(&sandbox, &["fix", "7/1/1", "--split", "2"]);
    succeeds(&sandbox, &["bookmark", "add", "7/1/2"]);
    let said = succeeds(&sandbox, &["fix", "7/1/1", "--split", "1"]);
    assert!(said.contains("序号变了"), "{said}");
    assert_eq!(headlines(&sandbox).len(), printed.len() + 2);
    let third = shown(&sandbox, "7/1/3");
    assert_eq!(third["bookmarked"], true);
    // A join of what was split off undoes that, and a mark that has no item with it is told.
    let said = succeeds(&sandbox, &["fix", "7/1/3", "--join"]);
    assert!(said.contains("1 条的标记现在没有条目"), "{said}");
    succeeds(&sandbox, &["fix", "7/1/2", "--join"]);
    assert_eq!(headlines(&sandbox), printed);
    assert_eq!(succeeds(&sandbox, &["fix", "list"]).lines().count(), 1);
    succeeds(&sandbox, &["fix", "7/1/1", "--split", "2"]);
    assert_eq!(shown(&sandbox, "7/1/2")["bookmarked"], true);
    succeeds(&sandbox, &["fix", "7/1/1", "--undo"]);
    // A joined item is split off again at its headline.
    succeeds(&sandbox, &["note", "set", "7/1/2", "记一笔"]);
    let before = shown(&sandbox, "7/1/1")["paragraphs"]
        .as_array()
        .unwrap()
        .len();
    succeeds(&sandbox, &["fix", "7/1/2", "--join"]);
    let n = (before + 1).to_string();
    succeeds(&sandbox, &["fix", "7/1/1", "--split", &n]);
    assert_eq!(headlines(&sandbox), printed);
    assert_eq!(shown(&sandbox, "7/1/2")["note"], "记一笔");
}

#[test]
fn what_waits_can_be_taken_away_and_an_import_counts_what_was_printed() {
    let sandbox = Sandbox::with_issues();
    succeeds(&sandbox, &["fix", "7/1/1", "--split", "1"]);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/weekly-007.txt");
    let said = succeeds(&sandbox, &["import", file]);
    assert!(!said.contains("条目比原来的"), "{said}");
    let text = fs::read_to_string(file).unwrap();
    let paragraph = shown(&sandbox, "7/1/2")["headline"]
        .as_str()
        .unwrap()
        .to_owned();
    let copy = text.replace(&paragraph, "换成了另一段。");
    assert_ne!(copy, text);
    let copy = sandbox.file("copy.txt", copy.as_bytes());
    let said = succeeds(&sandbox, &["import", &copy]);
    assert!(said.contains("1 处更正暂不适用"), "{said}");
    let listed = succeeds(&sandbox, &["fix", "list"]);
    assert!(listed.contains("parkweekly fix 7 --undo"), "{listed}");
    let undone = succeeds(&sandbox, &["fix", "7", "--undo"]);
    assert!(undone.contains("已撤销 1 处"), "{undone}");
    assert!(!succeeds(&sandbox, &["fix", "list"]).contains("--undo"));
}

#[test]
fn a_place_stays_one_whatever_of_it_is_undone() {
    let sandbox = Sandbox::with_issues();
    let place = || {
        let facts = &shown(&sandbox, "7/1/1")["facts"];
        (facts["province"].clone(), facts["city"].clone())
    };
    assert_eq!(place(), (json!("江苏"), json!("常州")));
    succeeds(&sandbox, &["fix", "7/1/1", "province=浙江"]);
    assert_eq!(place(), (json!("浙江"), Value::Null));
    succeeds(&sandbox, &["fix", "7/1/1", "--undo", "city"]);
    assert_eq!(place(), (json!("江苏"), json!("常州")));
    succeeds(&sandbox, &["fix", "7/1/1", "city=杭州"]);
    succeeds(&sandbox, &["fix", "7/1/1", "--undo", "province"]);
    assert_eq!(place(), (json!("江苏"), json!("常州")));
}

#[test]
fn what_cannot_be_fixed_says_what_could() {
    let sandbox = Sandbox::with_issues();
    insta::assert_snapshot!(
        "fix-refused",
        [
            &["fix"][..],
            &["fix", "7/1/1"],
            &["fix", "7/1/1", "date=2024-02-30"],
            &["fix", "7/1/1", "stage=签约仪式"],
            &["fix", "7/1/1", "amount=160"],
            &["fix", "7/1/1", "projects=3", "ammount=160亿元"],
            &["fix", "7/1/1", "--join"],
            &["fix", "7/1/1", "--split", "9"],
            &["fix", "7/1/1", "province=江苏", "city=广州"],
            &["fix", "7/1/1", "city=南京", "市=苏州"],
            &["fix", "7/1/1", "date=2024-+2-03"],
            &["fix", "7/1/1", "projects=+5"],
            &["fix", "7/1/1", "--join", "date=2024-02-06"],
            &["fix", "7/9/1", "projects=3"],
            &["fix", "7/1", "projects=3"],
            &["fix", "list"],
            &["--lang", "zh", "fix", "7/1/1", "阶段=签约仪式"],
        ]
        .map(|line| sandbox.record(line))
        .join("\n")
    );
}

#[test]
fn lists_and_searches_have_what_is_fixed() {
    let sandbox = Sandbox::with_issues();
    succeeds(
        &sandbox,
        &[
            "fix",
            "7/1/2",
            "province=湖北",
            "city=武汉",
            "headline=乌有基地落户",
        ],
    );
    let found = sandbox.json(&["search", "乌有基地", "province:湖北", "--json"]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["facts"]["city"], "武汉");
    assert_eq!(
        found[0]["fixed"],
        json!(["headline", "facts.province", "facts.city"])
    );
    assert_eq!(found[0]["was"]["facts.city"], "长沙");
    let item = shown(&sandbox, "7/1/2");
    assert_eq!(
        item["was"]["headline"],
        "总投资 60 亿元的湘江钠离子电池材料基地签约落户长沙"
    );
    assert_eq!(item["facts"]["province"], "湖北");
    assert!(shown(&sandbox, "7/1/1").get("fixed").is_none());
    assert_eq!(
        sandbox.run(&["search", "签约落户长沙"]).status.code(),
        Some(3)
    );
}

#[test]
fn fixes_stay_through_imports_and_travel_with_the_marks() {
    let sandbox = Sandbox::with_issues();
    succeeds(&sandbox, &["bookmark", "add", "7/1/3"]);
    succeeds(&sandbox, &["fix", "7/1/3", "--join"]);
    succeeds(&sandbox, &["fix", "7/1/1", "amount=1亿美元", "--json"]);
    let before = (
        headlines(&sandbox),
        shown(&sandbox, "7/1/1"),
        shown(&sandbox, "7/1/2"),
    );
    let text = fs::read_to_string(sandbox::fixtures().join("weekly-007.txt")).unwrap();
    let copy = sandbox.file("seven.txt", text.replace("48亿元", "49亿元").as_bytes());
    let said = succeeds(&sandbox, &["import", &copy]);
    assert!(!said.contains("昆山"), "{said}");
    let after = shown(&sandbox, "7/1/1");
    assert_eq!(after["facts"], before.1["facts"]);
    assert_eq!(headlines(&sandbox), before.0);
    let exported = sandbox.run(&["marks", "export"]).stdout;
    let marks = sandbox.file("marks.jsonl", &exported);
    let other = Sandbox::with_issues();
    succeeds(&other, &["marks", "import", &marks]);
    assert_eq!(headlines(&other), before.0);
    assert_eq!(shown(&other, "7/1/2")["fixed"], json!(["join"]));
    // Without them the library is as it was read; and the bookmark is back.
    succeeds(&sandbox, &["fix", "7/1/1", "--undo"]);
    succeeds(&sandbox, &["fix", "7/1/2", "--undo", "join"]);
    assert_eq!(headlines(&sandbox).len(), before.0.len() + 1);
    assert_eq!(shown(&sandbox, "7/1/3")["bookmarked"], true);
    // What was undone is told, too.
    let undone = sandbox.file("undone.jsonl", &sandbox.run(&["marks", "export"]).stdout);
    let said = succeeds(&other, &["marks", "import", &undone]);
    assert!(said.contains("撤销更正"), "{said}");
    assert_eq!(headlines(&other).len(), before.0.len() + 1);
}

#[test]
fn content_that_is_made_again_has_them_and_a_check_finds_nothing() {
    let sandbox = Sandbox::with_issues();
    succeeds(&sandbox, &["fix", "7/1/2", "headline=乌有基地落户"]);
    succeeds(&sandbox, &["fix", "7/1/3", "--join"]);
    let before = (headlines(&sandbox), shown(&sandbox, "7/1/2"));
    succeeds(&sandbox, &["check", "--rebuild"]);
    assert_eq!((headlines(&sandbox), shown(&sandbox, "7/1/2")), before);
    succeeds(&sandbox, &["check"]);
}

#[test]
fn a_fix_waits_for_its_issue() {
    let sandbox = Sandbox::with_issues();
    succeeds(&sandbox, &["fix", "7/1/2", "projects=4"]);
    succeeds(&sandbox, &["issues", "remove", "7", "--yes"]);
    let listed = sandbox.json(&["fix", "list", "--json"]);
    assert_eq!(
        (&listed[0]["waits"], &listed[0]["fix"]),
        (&json!(true), &json!(["facts.projects", "4"]))
    );
    let printed = sandbox::fixtures().join("weekly-007.txt");
    succeeds(&sandbox, &["import", printed.to_str().unwrap()]);
    assert_eq!(shown(&sandbox, "7/1/2")["facts"]["projects"], 4);
}
