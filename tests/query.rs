//! `query` and `search --saved` as a user has them, and that what is saved goes wherever marks go.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use sandbox::{Sandbox, keys};
use serde_json::json;

/// What a newer version may have written.
const NEWER: &str = r#"{"schema":1,"name":"新式","query":"colour:红 签约","present":true,"changed_at":"2026-01-01T00:00:00.000Z"}"#;

#[test]
fn queries_are_saved_listed_looked_for_and_removed() {
    let sandbox = Sandbox::with_issues();
    let newer = sandbox.file("newer.jsonl", NEWER.as_bytes());
    insta::assert_snapshot!(
        "query",
        [
            &["query", "list"][..],
            &["query", "save", "储能 项目", "储能", "-政策"],
            &["query", "save", "储能项目", "储能 !政策"],
            &["query", "save", "储能项目", "储能", "is:unread"],
            &["query", "save", "招商", "栏目：招商"],
            &["bookmark", "add", "7/1/1"],
            &["query", "list"],
            &["query", "list", "--limit", "1"],
            &["search", "--saved", "储能项目", "issue:7"],
            &["search", "--saved", "储能项目", "--", "-湖南"],
            &["query", "save", "坏的", "储能", "sektion:招商"],
            &["query", "save", "空的", ""],
            &["query", "save", " ", "储能"],
            &["query", "save", "-名", "储能"],
            &["query", "save", "--", "-名", "-储能"],
            &["query", "save", "只有名称"],
            &["query", "remove", "招商", "储能项日"],
            &["search", "--saved", "没有的"],
            &["marks", "import", &newer],
            &["query", "list"],
            &["search", "--saved", "新式"],
            &["query", "remove", "新式", "招商", "招 商", "-名"],
            &["query", "remove", "--", "新式", "招商", "招 商", "-名"],
            &["--lang", "en", "query", "list"],
            &["--lang", "en", "query", "save", "储能项目", "储能"],
            &["--lang", "en", "query", "remove", "储能项日"],
            &["--lang", "en", "query", "remove", "储能项目"],
        ]
        .map(|line| sandbox.record(line))
        .join("\n")
    );
}

#[test]
fn a_line_of_json_tells_what_a_query_finds_or_what_is_wrong_with_it() {
    let sandbox = Sandbox::with_issues();
    let newer = sandbox.file("newer.jsonl", NEWER.as_bytes());
    assert!(sandbox.run(&["marks", "import", &newer]).status.success());
    assert!(
        sandbox
            .run(&["query", "save", "招商", "section:招商"])
            .status
            .success()
    );
    let listed = sandbox.json(&["query", "list", "--json"]);
    assert_eq!(
        keys(&listed[0]),
        ["error", "items", "name", "query", "unread"]
    );
    let all = sandbox.json(&["search", "--saved", "招商", "--json"]).len();
    let expected = json!({"name": "招商", "query": "section:招商", "items": all, "unread": all, "error": null});
    assert_eq!(listed[0], expected);
    assert_eq!(
        (&listed[1]["query"], &listed[1]["items"]),
        (&json!("colour:红 签约"), &json!(null))
    );
    assert_eq!(listed[1]["error"]["code"], "query-unknown-field");
}

#[test]
fn what_is_saved_goes_to_another_machine_and_the_later_change_counts() {
    let (one, other) = (Sandbox::with_issues(), Sandbox::with_issues());
    let succeeds = |sandbox: &Sandbox, line: &[&str]| {
        let output = sandbox.run(line);
        assert!(output.status.success(), "{line:?}: {output:?}");
        output.stdout
    };
    succeeds(&one, &["query", "save", "甲", "签约"]);
    succeeds(&one, &["query", "save", "乙", "投产"]);
    succeeds(&one, &["bookmark", "add", "7/1/1"]);
    let exported = succeeds(&one, &["marks", "export"]);
    let file = other.file("marks.jsonl", &exported);
    let alone = other.file(
        "alone.jsonl",
        &succeeds(&one, &["marks", "export", "--only", "query"]),
    );
    assert_eq!(String::from_utf8(exported).unwrap().lines().count(), 3);
    let none = succeeds(&one, &["marks", "export", "--only", "bookmark"]);
    assert_eq!(String::from_utf8(none).unwrap().lines().count(), 1);
    insta::assert_snapshot!(
        "query-merged",
        [
            &["marks", "import", "--dry-run", &file][..],
            &["marks", "import", &file, "--only", "bookmark"],
            &["marks", "import", &alone],
            &["marks", "import", &file],
            &["query", "list"],
        ]
        .map(|line| other.record(line))
        .join("\n")
    );
    succeeds(&other, &["query", "save", "甲", "开工"]);
    succeeds(&other, &["query", "remove", "乙"]);
    let back = one.file("back.jsonl", &succeeds(&other, &["marks", "export"]));
    insta::assert_snapshot!(
        "query-given-way",
        one.record(&["marks", "import", "--dry-run", &back])
    );
    let saved = || {
        let listed = one.json(&["query", "list", "--json"]).into_iter();
        let texts = listed.map(|line| line["query"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(saved(), ["投产", "签约"], "it was only tried");
    succeeds(&one, &["marks", "import", &back]);
    assert_eq!(saved(), ["开工"]);
    succeeds(&one, &["marks", "restore", "--yes"]);
    assert_eq!(saved(), ["投产", "签约"]);
    let told = one.json(&["marks", "import", "--json", &back]);
    let expected = json!([
        {"name": "乙", "before": "投产", "after": null},
        {"name": "甲", "before": "签约", "after": "开工"},
    ]);
    assert_eq!(told[0]["queries"], expected);
    // A line that makes no sense keeps its file out.
    for (line, code) in [
        (NEWER.replace("新式", " "), "marks-line-name"),
        (NEWER.replace("colour:红 签约", ""), "marks-line-query"),
        (NEWER.replace("true", "7"), "marks-line-field"),
        (
            NEWER.replace("\"name\":\"新式\",", ""),
            "marks-line-missing",
        ),
    ] {
        let file = one.file("wrong.jsonl", line.as_bytes());
        let output = one.run(&["marks", "import", "--json", &file]);
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(told["error"]["code"], code);
    }
}
