//! The commands of marks as a user has them: what they end with, marks without item by their names, and what merging tells.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use sandbox::Sandbox;
use serde_json::{Value, json};
use std::fs;

/// The text of issue 7, edited.
fn seven(edit: impl Fn(&str) -> String) -> String {
    edit(&fs::read_to_string(sandbox::fixtures().join("weekly-007.txt")).unwrap())
}

/// A copy of issue 7 in which the first headline is corrected and the second another one.
fn corrected() -> String {
    seven(|text| {
        text.replace("总投资 156.5 亿元", "总投资 165.5 亿元")
            .replace("总投资156.5亿元", "总投资165.5亿元")
            .replace("签约落户长沙", "就这样改成了别的一件事情")
    })
}

/// A library of issues 6 and 7, of which three items are marked; then the copy of issue 7 comes in which one of them is corrected
/// and one is missing, and issue 6 is removed.
fn waiting() -> Sandbox {
    let sandbox = Sandbox::with_issues();
    for line in [
        &["bookmark", "add", "7/1/1", "7/1/2"][..],
        &["tag", "add", "7/1/2", "跟踪"],
        &["note", "set", "7/1/2", "下周\n核实"],
        &["bookmark", "add", "6/1/1"],
    ] {
        assert!(sandbox.run(line).status.success(), "{line:?}");
    }
    let path = sandbox.file("seven.txt", corrected().as_bytes());
    assert!(sandbox.run(&["import", &path]).status.success());
    assert!(
        sandbox
            .run(&["issues", "remove", "6", "--yes"])
            .status
            .success()
    );
    sandbox
}

/// What the marks without item of issue `number` are called.
fn name(sandbox: &Sandbox, number: u32) -> String {
    let listed = sandbox.run(&["bookmark", "list", "--json"]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let lines = listed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let of = |line: &Value| line["detached"] == true && line["issue"] == number;
    let line = lines.into_iter().find(of).unwrap();
    line["name"].as_str().unwrap().to_owned()
}

fn exported(sandbox: &Sandbox) -> String {
    String::from_utf8(sandbox.run(&["marks", "export"]).stdout).unwrap()
}

/// What was written to stderr.
fn said(sandbox: &Sandbox, line: &[&str]) -> String {
    String::from_utf8(sandbox.run(line).stderr).unwrap()
}

#[test]
fn what_is_named_and_not_there_is_3_and_a_change_that_is_none_is_0() {
    let sandbox = waiting();
    let waits = name(&sandbox, 7);
    let empty = Sandbox::new();
    std::fs::create_dir(empty.path("library")).unwrap();
    let cases: &[(&Sandbox, &[&str], i32)] = &[
        // Lists of all may be empty.
        (&empty, &["bookmark", "list"], 0),
        (&empty, &["tag", "list"], 0),
        (&empty, &["note", "list"], 0),
        (&empty, &["marks", "export"], 0),
        (&empty, &["marks", "forget"], 0),
        // What is named has to be there.
        (&sandbox, &["tag", "list", "没有"], 3),
        (&sandbox, &["tag", "list", "没有", "--json"], 3),
        (&sandbox, &["note", "show", "7/1/3"], 3),
        (&sandbox, &["note", "show", "7/1/99"], 3),
        (&sandbox, &["note", "show", "7@0000"], 3),
        (&sandbox, &["bookmark", "remove", "7/1/99"], 3),
        (&sandbox, &["bookmark", "remove", "7@0000"], 3),
        (&sandbox, &["tag", "remove", "7@0000", "跟踪"], 3),
        (&sandbox, &["note", "remove", "7@0000"], 3),
        (&sandbox, &["marks", "forget", "99"], 3),
        (&sandbox, &["marks", "forget", "7@0000"], 3),
        (&sandbox, &["marks", "move", "7@0000", "7/1/3"], 3),
        (&sandbox, &["marks", "move", &waits, "7/1/99"], 3),
        (&sandbox, &["marks", "move", &waits, "6/1/1"], 3),
        // What is as it is to be is done.
        (&sandbox, &["bookmark", "add", "7/1/1"], 0),
        (&sandbox, &["bookmark", "remove", "7/1/3"], 0),
        (&sandbox, &["tag", "remove", "7/1/3", "没有"], 0),
        (&sandbox, &["note", "remove", "7/1/3"], 0),
        // What makes no sense.
        (&sandbox, &["note", "set", "7/1/3", ""], 2),
        (&sandbox, &["bookmark", "remove", "7"], 2),
        (&sandbox, &["marks", "forget", "7/1/1"], 2),
        (&sandbox, &["marks", "forget", "abc"], 2),
        (&sandbox, &["marks", "move", "7/1/1", "7/1/2"], 2),
        (&sandbox, &["marks", "move", &waits, "7/1"], 2),
        (&sandbox, &["marks", "forget"], 2),
        (&sandbox, &["issues", "remove", "7"], 2),
        // What cannot be read.
        (&sandbox, &["marks", "import", "gone.jsonl"], 1),
    ];
    let before = exported(&sandbox);
    for (sandbox, line, code) in cases {
        let output = sandbox.run(line);
        assert_eq!(output.status.code(), Some(*code), "{line:?} {output:?}");
    }
    assert_eq!(exported(&sandbox), before, "none of them changed anything");
}

#[test]
fn what_was_not_there_is_said_to_have_been_not_there() {
    let sandbox = Sandbox::with_issues();
    let lines: &[&[&str]] = &[
        &["tag", "remove", "7/1/1", "没有"],
        &["tag", "add", "7/1/1", "ＡＢＣ"],
        &["tag", "add", "7/1/1", "7/1/2", "abc", "新"],
        &["tag", "remove", "7/1/1", "Abc", "没有"],
        &["note", "remove", "7/1/1"],
        &["note", "set", "7/1/1", ""],
        &["note", "set", "7/1/1", "注"],
        &["note", "remove", "7/1/1", "7/1/1"],
        &["bookmark", "remove", "7/1/1"],
        &["issues", "remove", "7"],
    ];
    let mut records = vec![];
    for language in ["zh", "en"] {
        for line in lines {
            records.push(sandbox.record(&[line, &["--lang", language][..]].concat()));
        }
    }
    insta::assert_snapshot!("had_not", records.join("\n"));
}

#[test]
fn marks_without_item_are_listed_with_what_can_be_done_about_each() {
    let sandbox = waiting();
    let mut records = vec![];
    for language in ["zh", "en"] {
        for line in [
            &["bookmark", "list"][..],
            &["note", "list"],
            &["tag", "list"],
            &["tag", "list", "跟踪"],
            &["marks", "forget", "7"],
            &["marks", "forget", "99"],
        ] {
            records.push(sandbox.record(&[line, &["--lang", language][..]].concat()));
        }
    }
    insta::assert_snapshot!("waiting", records.join("\n"));
}

#[test]
fn they_are_taken_away_one_by_one_by_their_names() {
    let sandbox = waiting();
    let waits = name(&sandbox, 7);
    let shown = sandbox.run(&["note", "show", &waits]);
    assert_eq!(String::from_utf8(shown.stdout).unwrap(), "下周\n核实\n");
    let line = sandbox
        .json(&["tag", "remove", &waits, "跟踪", "--json"])
        .remove(0);
    assert_eq!((&line["tags"], &line["name"]), (&json!([]), &json!(waits)));
    let line = sandbox
        .json(&["bookmark", "remove", &waits, "--json"])
        .remove(0);
    assert_eq!(
        (&line["bookmarked"], &line["id"]),
        (&json!(false), &Value::Null)
    );
    let said_of = said(&sandbox, &["note", "remove", &waits, "--lang", "zh"]);
    assert!(
        said_of.starts_with(&format!("已去掉笔记：{waits} ")),
        "{said_of}"
    );
    let gone = sandbox.run(&["note", "remove", &waits]);
    assert_eq!(gone.status.code(), Some(3), "nothing of it waits any more");
    // By its name in full width, as an input method types it.
    let other = name(&sandbox, 6).replace('@', "＠");
    let forgotten = sandbox.run(&["marks", "forget", &other, "--yes"]);
    assert!(forgotten.status.success(), "{forgotten:?}");
    let forgotten = String::from_utf8(forgotten.stderr).unwrap();
    assert!(forgotten.contains("（书签 1"), "{forgotten}");
    let left = sandbox.json(&["bookmark", "list", "--json"]);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["id"], "7/1/1");
    // As it is said, they are had back.
    let undo = forgotten.split_once("restore --from ").unwrap().1;
    let copy = undo.split_once('（').unwrap().0;
    let restored = sandbox.run(&["marks", "restore", "--from", copy, "--yes"]);
    assert!(restored.status.success(), "{restored:?}");
    let waits = name(&sandbox, 6);
    let line = &sandbox.json(&["marks", "forget", &waits, "--yes", "--json"])[0];
    assert_eq!(line["name"], json!(waits));
    assert!(std::path::Path::new(line["copy"].as_str().unwrap()).exists());
}

#[test]
fn they_are_moved_and_that_can_be_undone_as_is_said() {
    let sandbox = waiting();
    let waits = name(&sandbox, 7);
    let before = exported(&sandbox);
    let moved = said(
        &sandbox,
        &["marks", "move", &waits, "7/2/1", "--lang", "en"],
    );
    let item = &sandbox.json(&["show", "--json", "7/2/1"])[0];
    assert_eq!(
        (&item["bookmarked"], &item["tags"], &item["note"]),
        (&json!(true), &json!(["跟踪"]), &json!("下周\n核实"))
    );
    let undo = moved.split_once("restore --from ").unwrap().1;
    let copy = undo.split_once(" (").unwrap().0;
    let restored = sandbox.run(&["marks", "restore", "--from", copy, "--yes"]);
    assert!(restored.status.success(), "{restored:?}");
    assert_eq!(exported(&sandbox), before);
    // Two notes.
    sandbox.run(&["note", "set", "7/2/1", "原有"]);
    let refused = sandbox.run(&["marks", "move", &waits, "7/2/1"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(
            &sandbox,
            &["marks", "move", &waits, "7/2/1", "--lang", "en"]
        )
        .contains("--note both")
    );
    let line = &sandbox.json(&["marks", "move", &waits, "7/2/1", "--note", "both", "--json"])[0];
    assert_eq!(line["note"], "原有\n----------\n下周\n核实");
    assert!(std::path::Path::new(line["copy"].as_str().unwrap()).exists());
}

#[test]
fn an_import_says_what_becomes_of_marks_and_its_dry_run_says_the_same() {
    let sandbox = Sandbox::with_issues();
    for line in [
        &["bookmark", "add", "7/1/1", "7/1/2"][..],
        &["tag", "add", "7/1/1", "跟踪"],
    ] {
        sandbox.run(line);
    }
    let path = sandbox.file("seven.txt", corrected().as_bytes());
    let before = exported(&sandbox);
    let tried = sandbox.run(&["import", &path, "--json", "--dry-run"]);
    let tried: Value = serde_json::from_slice(&tried.stdout).unwrap();
    assert_eq!(exported(&sandbox), before);
    let tried_lines = sandbox.run(&["import", &path, "-v", "--dry-run", "--lang", "zh"]);
    let record = sandbox.record(&["import", &path, "-v", "--lang", "zh"]);
    let lines = String::from_utf8(tried_lines.stdout).unwrap();
    let lines = lines.replace(sandbox.folder.path().to_str().unwrap(), "[SANDBOX]");
    assert!(record.contains(&lines), "{lines} is no part of {record}");
    insta::assert_snapshot!("became", record);
    // The other way round, with what waited.
    sandbox.run(&["issues", "remove", "7", "--yes"]);
    let back = ["import", "weekly-007.txt", "--json"];
    let again = sandbox.run(&[&back[..], &["--dry-run"]].concat());
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    let done = sandbox.json(&back).remove(0);
    for line in [&tried, &again] {
        assert_eq!(line["dry_run"], true);
    }
    assert_eq!(
        tried["issues"][0]["marks"]["carried"][0]["tags"],
        json!(["跟踪"])
    );
    assert_eq!(
        tried["issues"][0]["changes"]["renamed"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(again["issues"][0]["marks"], done["issues"][0]["marks"]);
    assert_eq!(
        done["issues"][0]["marks"]["back"].as_array().unwrap().len(),
        2
    );
    for back in done["issues"][0]["marks"]["back"].as_array().unwrap() {
        assert_eq!(back["detached"], false);
        let address = back["id"].as_str().unwrap();
        let item = &sandbox.json(&["show", address, "--json"])[0];
        assert_eq!(item["bookmarked"], true, "{back}");
    }
    let english = said(
        &sandbox,
        &["issues", "remove", "7", "--yes", "--lang", "en"],
    );
    assert!(english.contains("(14 items)"), "{english}");
}

/// A file of marks that is later than what the library has, with another note and without the bookmark.
fn later(sandbox: &Sandbox) -> String {
    let lines = exported(sandbox)
        .replace("_at\":\"20", "_at\":\"21")
        .replace("旧的一行", "新的一行")
        .replace("\"bookmarked\":true", "\"bookmarked\":false");
    sandbox.file("later.jsonl", lines.as_bytes())
}

#[test]
fn merging_tells_what_gives_way_and_a_dry_run_tells_it_before() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/1"]);
    sandbox.run(&["note", "set", "7/1/1", "旧的一行\n第二行"]);
    let path = later(&sandbox);
    let before = exported(&sandbox);
    let import = |more: &[&'static str]| -> Vec<&str> {
        [&["marks", "import", path.as_str()], more].concat()
    };
    let copies = || fs::read_dir(sandbox.path("library/copies")).map_or(0, Iterator::count);
    let made = copies();
    let mut records = vec![
        sandbox.record(&import(&["--dry-run", "--lang", "zh"])),
        sandbox.record(&import(&["--dry-run", "-v", "--lang", "en"])),
    ];
    let tried = sandbox.run(&import(&["--dry-run", "--json"]));
    let tried: Value = serde_json::from_slice(&tried.stdout).unwrap();
    assert_eq!(
        (exported(&sandbox), copies()),
        (before.clone(), made),
        "it was only tried"
    );
    let whole = json!("旧的一行\n第二行");
    let note = tried["given_way"].as_array().unwrap().iter();
    let note = note.filter(|one| one["kind"] == "note").collect::<Vec<_>>();
    assert_eq!(
        (&note[0]["before"], &note[0]["id"]),
        (&whole, &json!("7/1/1"))
    );
    let done = sandbox.json(&import(&["--json"])).remove(0);
    assert_eq!(done["given_way"], tried["given_way"]);
    assert_eq!(
        (&done["notes_replaced"], &done["status"]),
        (&json!(1), &json!("merged"))
    );
    let copy = done["copy"].as_str().unwrap();
    let restored = sandbox.run(&["marks", "restore", "--from", copy, "--yes"]);
    assert!(restored.status.success(), "{restored:?}");
    assert_eq!(exported(&sandbox), before);
    let record = sandbox.record(&import(&["--lang", "en"]));
    assert!(record.contains("/copies/marks-"), "{record}");
    records.push(sandbox.record(&import(&["--lang", "zh"])));
    insta::assert_snapshot!("gave_way", records.join("\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_merged() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/1", "7/1/2"]);
    let lines = exported(&sandbox);
    let (first, second) = lines.split_once('\n').unwrap();
    let other = Sandbox::with_issues();
    let a = other.file("a.jsonl", first.as_bytes());
    let b = other.file("b.jsonl", second.as_bytes());
    let large = second.replace("\"issue\":7", "\"issue\":1048576");
    let large = other.file("large.jsonl", large.as_bytes());
    let output = other.run(&["marks", "import", &a, "MISSING", &large, &b, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let told: Vec<(Value, Value)> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| (line["status"].clone(), line["error"]["code"].clone()))
        .collect();
    let expected = [
        (json!("merged"), Value::Null),
        (json!("failed"), json!("source-not-found")),
        (json!("failed"), json!("marks-line-number")),
        (json!("merged"), Value::Null),
    ];
    assert_eq!(told, expected);
    assert_eq!(exported(&other), lines);
    assert!(other.run(&["check"]).status.success());
}

#[test]
fn what_is_wrong_is_said_in_a_screenful() {
    let sandbox = Sandbox::with_issues();
    let long = "长".repeat(1 << 20);
    let line = sandbox.file("long.jsonl", format!("{{\"a\":\"{long}\"}}").as_bytes());
    let told = said(&sandbox, &["marks", "import", &line, "--lang", "en"]);
    assert!(told.contains("line 1: longer than 1 MiB"), "{told}");
    let tag = "长".repeat(30_000);
    let told = said(&sandbox, &["tag", "add", "7/1/1", &tag, "--lang", "zh"]);
    assert!(told.contains("长…"), "{told}");
    assert!(told.chars().count() < 1000);
    let field = r#"{"schema":1,"publication":"刊","issue":"七","headline":"题","printed":"题"}"#;
    let field = sandbox.file("field.jsonl", field.as_bytes());
    let told = said(&sandbox, &["marks", "import", &field, "--lang", "zh"]);
    assert!(told.contains("第 1 行的 issue 不能是 \"七\""), "{told}");
}
