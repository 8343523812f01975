//! The library as a user of the command line has it: what another copy of an issue changes, what marks survive, how they are
//! written down, carried to another library and merged there.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use sandbox::Sandbox;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::process::Stdio;

/// An issue of these headlines, each with the same text below.
fn issue(headlines: &[&str]) -> String {
    let cover = "园区周报\n2024年3月1期（总9期）\n目录\n一、招商引资 ... 1\n".to_owned();
    let contents = headlines
        .iter()
        .map(|headline| format!("●{headline} ... 1\n"));
    let body = headlines.iter().map(|headline| {
        format!(
            "●{headline}\n3月4日，{headline}的消息由本刊整理。\n■项目用地约三百亩，分两期建设。\n（江苏省政府网站）\n"
        )
    });
    let heading = "一、招商引资\n".to_owned();
    [cover]
        .into_iter()
        .chain(contents)
        .chain([heading])
        .chain(body)
        .collect()
}

const FIRST: &str = "苏州高新区一批光伏项目集中开工 总投资约二十亿元";
const SECOND: &str = "无锡经开区发布人才新政";
const THIRD: &str = "常州签约氢能装备项目";

fn import(sandbox: &Sandbox, name: &str, headlines: &[&str]) -> Value {
    let path = sandbox.file(name, issue(headlines).as_bytes());
    sandbox.json(&["import", "--json", &path]).remove(0)
}

/// Headline, and whether it is marked, of all that is listed as bookmarked.
fn bookmarks(sandbox: &Sandbox) -> Vec<(Value, String)> {
    let output = sandbox.run(&["bookmark", "list", "--json"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            (
                line["id"].clone(),
                line["headline"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

#[test]
fn importing_again_says_what_is_new_changed_and_gone() {
    let sandbox = Sandbox::new();
    import(&sandbox, "a.txt", &[FIRST, SECOND, THIRD]);
    let text = issue(&[FIRST, THIRD, "南京新开一园"]).replacen("分两期建设", "分三期建设", 1);
    let path = sandbox.file("b.txt", text.as_bytes());
    let tried = sandbox.run(&["import", "--json", "--dry-run", &path]);
    let line: Value = serde_json::from_slice(&tried.stdout).unwrap();
    let changes =
        json!({ "new": ["南京新开一园"], "changed": [FIRST], "renamed": [], "gone": [SECOND] });
    assert_eq!(line["issues"][0]["changes"], changes);
    let line = sandbox.json(&["import", "--json", &path]).remove(0);
    assert_eq!(line["status"], "replaced");
    assert_eq!(line["issues"][0]["changes"], changes);
    let counts = ["new_items", "changed_items", "gone_items"].map(|key| &line[key]);
    assert_eq!(counts, [1, 1, 1]);
    // Moved is not changed; and to a reader it is said in a line.
    let path = sandbox.file("c.txt", issue(&[THIRD, FIRST]).as_bytes());
    let record = sandbox.record(&["import", "-v", &path, "--lang", "zh"]);
    insta::assert_snapshot!("changes", record);
    let same = sandbox.file(
        "d.txt",
        format!("{}\n\n", issue(&[THIRD, FIRST])).as_bytes(),
    );
    let record = sandbox.record(&["import", &same, "--lang", "en"]);
    assert!(record.contains("same items"), "{record}");
}

#[test]
fn marks_follow_a_corrected_headline_and_no_other() {
    let sandbox = Sandbox::new();
    import(&sandbox, "a.txt", &[FIRST, SECOND, THIRD]);
    for address in ["9/1/1", "9/1/2", "9/1/3"] {
        sandbox.run(&["bookmark", "add", address]);
    }
    let corrected = FIRST.replace("二十", "三十");
    let line = import(&sandbox, "b.txt", &[THIRD, &corrected, "盐城港区另有消息"]);
    assert_eq!(line["issues"][0]["detached"], 1);
    assert_eq!(
        bookmarks(&sandbox),
        [
            (json!("9/1/1"), THIRD.to_owned()),
            (json!("9/1/2"), corrected),
            (Value::Null, SECOND.to_owned()),
        ]
    );
    // It comes back, and so does its mark.
    import(&sandbox, "c.txt", &[FIRST, SECOND]);
    assert_eq!(
        bookmarks(&sandbox),
        [
            (json!("9/1/1"), FIRST.to_owned()),
            (json!("9/1/2"), SECOND.to_owned()),
            (Value::Null, THIRD.to_owned()),
        ]
    );
}

#[test]
fn where_two_headlines_are_as_like_a_mark_goes_to_neither() {
    let sandbox = Sandbox::new();
    let numbered = |n: &str| format!("苏州高新区第{n}批光伏项目集中开工仪式举行");
    import(&sandbox, "a.txt", &[&numbered("一")]);
    sandbox.run(&["bookmark", "add", "9/1/1"]);
    import(&sandbox, "b.txt", &[&numbered("二"), &numbered("三")]);
    assert_eq!(bookmarks(&sandbox), [(Value::Null, numbered("一"))]);
    import(&sandbox, "c.txt", &[&numbered("一"), &numbered("二")]);
    assert_eq!(bookmarks(&sandbox), [(json!("9/1/1"), numbered("一"))]);
    // Also where the other one was there before.
    let changed = issue(&[&numbered("二"), &numbered("四")]).replace("三百亩", "五百亩");
    let path = sandbox.file("d.txt", changed.as_bytes());
    sandbox.json(&["import", "--json", &path]);
    assert_eq!(bookmarks(&sandbox), [(Value::Null, numbered("一"))]);
}

#[test]
fn an_issue_is_removed_after_asking_and_its_marks_stay() {
    let sandbox = Sandbox::new();
    import(&sandbox, "a.txt", &[FIRST, SECOND]);
    sandbox.run(&["bookmark", "add", "9/1/1"]);
    sandbox.run(&["tag", "add", "9/1/1", "跟踪"]);
    sandbox.run(&["note", "set", "9/1/2", "下周核实"]);
    let records = [
        sandbox.record(&["issues", "remove", "9", "--lang", "zh"]),
        sandbox.record(&["issues", "remove", "9/1", "--lang", "en"]),
        sandbox.record(&["issues", "remove", "9", "8", "--yes", "--lang", "zh"]),
        sandbox.record(&["issues", "remove", "9", "9", "--yes", "--lang", "zh"]),
        sandbox.record(&["issues", "--lang", "en"]),
        sandbox.record(&["bookmark", "list", "--lang", "zh"]),
        sandbox.record(&["tag", "list", "跟踪", "--lang", "en"]),
        sandbox.record(&["note", "list", "--lang", "zh"]),
        sandbox.record(&["marks", "forget", "--lang", "en"]),
        sandbox.record(&["marks", "forget", "8", "--lang", "zh"]),
    ];
    insta::assert_snapshot!("removed", records.join("\n"));
    // A copy with a corrected headline brings them back too.
    let corrected = FIRST.replace("二十", "三十");
    import(&sandbox, "b.txt", &[&corrected, SECOND]);
    let found = sandbox.json(&["search", "--json", "tag:跟踪", "is:bookmarked"]);
    assert_eq!(found[0]["headline"], corrected);
    assert_eq!(
        sandbox.json(&["note", "show", "--json", "9/1/2"])[0]["note"],
        "下周核实"
    );
    assert!(bookmarks(&sandbox).iter().all(|(id, _)| !id.is_null()));
}

#[test]
fn tags_and_notes_are_set_listed_and_taken_away() {
    let sandbox = Sandbox::with_issues();
    let typed: &[&[&str]] = &[
        &["tag", "list"],
        &["tag", "add", "7/1/1", "#跟踪", "ＡI", "7/1/2"],
        &["tag", "add", "ai", "7/1/1"],
        &["tag", "list"],
        &["tag", "list", "AI"],
        &["tag", "remove", "7/1/1", "AI", "没有"],
        &["tag", "list", "--json"],
        &["tag", "list", "没有"],
        &["search", "tag:跟踪", "-tag:ai"],
        &["note", "list"],
        &["note", "show", "7/1/1"],
        &["note", "set", "7/1/1", "下周", "核实"],
        &["note", "show", "7/1/1"],
        &["note", "list"],
        &["show", "7/1/1"],
        &["note", "set", "7/1/1", ""],
        &["note", "remove", "7/1/1"],
        &["search", "has:note"],
        &["tag", "add", "跟踪"],
        &["tag", "add", "7/1", "跟踪"],
        &["tag", "add", "7/1/1", "7/1/2"],
        &["tag", "add", "7/1/1", "甲 乙"],
        &["tag", "add", "7/1/99", "甲"],
        &["note", "set", "7", "甲"],
        &["note", "edit", "7/1/1"],
    ];
    let record = typed.iter().map(|line| sandbox.record(line));
    insta::assert_snapshot!("tags_and_notes", record.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_note_of_several_lines_comes_from_the_standard_input_or_an_editor() {
    let sandbox = Sandbox::with_issues();
    let set = sandbox
        .command(&["note", "set", "7/1/1", "-"])
        .write_stdin("第一行\r\n\r\n第二行\u{1b}[2J\n")
        .output()
        .unwrap();
    assert!(set.status.success(), "{set:?}");
    let shown = sandbox.run(&["note", "show", "7/1/1"]);
    assert_eq!(
        String::from_utf8(shown.stdout).unwrap(),
        "第一行\n\n第二行\n"
    );
    let edit = |editor: &str| {
        let mut command = sandbox.command(&["note", "edit", "7/1/1"]);
        command.env("EDITOR", editor).env("PATH", "/usr/bin:/bin");
        command.output().unwrap()
    };
    assert!(edit("sed -i -e s/第一/首/").status.success());
    let note = || sandbox.json(&["note", "show", "--json", "7/1/1"])[0]["note"].clone();
    assert_eq!(note(), "首行\n\n第二行");
    // Nor does what wrote nothing, nor what writes without end.
    let set_from = |input: Stdio| {
        let mut command = std::process::Command::new(sandbox::PROGRAM);
        command.arg("--library").arg(sandbox.path("library"));
        let command = command.args(["note", "set", "7/1/1", "-"]);
        command.stdin(input).output().unwrap()
    };
    assert_eq!(set_from(Stdio::null()).status.code(), Some(2));
    if let Ok(zeros) = File::open("/dev/zero") {
        assert_eq!(set_from(zeros.into()).status.code(), Some(2));
    }
    // An editor that fails changes nothing.
    assert_eq!(edit("false").status.code(), Some(1));
    assert_eq!(edit("no-such-editor").status.code(), Some(1));
    assert_eq!(note(), "首行\n\n第二行");
}

/// Edits the note of 7/1/1 with a line for the shell, which gets the file as `$1`.
fn edit_with(sandbox: &Sandbox, line: &str) -> std::process::Output {
    let mut command = sandbox.command(&["note", "edit", "7/1/1"]);
    command
        .env("EDITOR", format!("f() {{ {line}; }}; f"))
        .env("PATH", "/usr/bin:/bin");
    command.output().unwrap()
}

/// The one text that is kept beside the library, and takes it away.
fn rescued(sandbox: &Sandbox, output: &std::process::Output) -> Vec<u8> {
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let files = std::fs::read_dir(sandbox.path("library")).unwrap();
    let mut paths = files.map(|file| file.unwrap().path());
    let path = paths.find(|path| path.extension().is_some_and(|end| end == "txt"));
    let path = path.unwrap_or_else(|| panic!("{said}"));
    let command = said.lines().find(|line| line.contains("note set 7/1/1 -"));
    let path_of_it = path.display().to_string();
    assert!(
        command.is_some_and(|line| line.contains(&path_of_it)),
        "{said}"
    );
    let text = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    text
}

#[test]
fn what_was_written_in_an_editor_and_cannot_be_kept_is_in_a_file() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["note", "set", "7/1/1", "原来的"]);
    let long = edit_with(&sandbox, "yes 长 | head -n 20000 > \"$1\"");
    assert_eq!(rescued(&sandbox, &long).len(), 80_000);
    let said = String::from_utf8_lossy(&long.stderr).into_owned();
    assert!(said.contains("39999") && said.contains("改短"), "{said}");
    let failed = edit_with(&sandbox, "echo 写了 > \"$1\"; exit 3");
    assert_eq!(rescued(&sandbox, &failed), "写了\n".as_bytes());
    let bytes = edit_with(&sandbox, "printf '\\261\\270' > \"$1\"");
    assert_eq!(rescued(&sandbox, &bytes), b"\xb1\xb8");
    let said = String::from_utf8_lossy(&bytes.stderr).into_owned();
    assert!(said.contains("iconv -f GB18030 -t UTF-8 /"), "{said}");
    let removed = edit_with(&sandbox, "rm \"$1\"");
    assert_eq!(removed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&removed.stderr).contains("删掉"));
    let pipe = edit_with(&sandbox, "rm \"$1\"; mkfifo \"$1\"");
    assert_eq!(pipe.status.code(), Some(1));
    // As a full disk: nothing can be written to the marks.
    let marks = rusqlite::Connection::open(sandbox.path("library").join("marks.sqlite3")).unwrap();
    marks
        .execute_batch(
            "CREATE TRIGGER refuse BEFORE UPDATE ON mark BEGIN SELECT raise(ABORT, 'refused by a test'); END",
        )
        .unwrap();
    let refused = edit_with(&sandbox, "echo 写了 > \"$1\"");
    assert_eq!(rescued(&sandbox, &refused), "写了\n".as_bytes());
    let note = sandbox.json(&["note", "show", "--json", "7/1/1"])[0]["note"].clone();
    assert_eq!(note, "原来的");
}

#[test]
fn what_is_written_elsewhere_while_an_editor_is_open_is_kept_with_the_rest() {
    let sandbox = Sandbox::with_issues();
    let program = env!("CARGO_BIN_EXE_parkweekly");
    let library = sandbox.path("library");
    let other = |arguments: &str| {
        let library = library.display();
        format!("'{program}' --library '{library}' {arguments} > /dev/null")
    };
    let note = || sandbox.json(&["note", "show", "--json", "7/1/1"])[0]["note"].clone();
    let line = other("note set 7/1/1 别处写的") + "; echo 这里写的 > \"$1\"";
    let output = edit_with(&sandbox, &line);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("两份都留着"));
    assert_eq!(note(), "别处写的\n----------\n这里写的");
    let said = |line: &str| {
        let output = edit_with(&sandbox, line);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    sandbox.run(&["note", "set", "7/1/1", "底稿"]);
    said(&(other("note set 7/1/1 '底稿 甲'") + "; echo '底稿 乙' > \"$1\""));
    assert_eq!(note(), "底稿 甲\n----------\n乙");
    assert!(said("true").contains("笔记没有改动"));
    let emptied = said(&(other("note set 7/1/1 又写的") + "; : > \"$1\""));
    assert!(emptied.contains("没有去掉"), "{emptied}");
    assert_eq!(note(), "又写的");
    let removed = said(&(other("note remove 7/1/1") + "; echo 还要 >> \"$1\""));
    assert!(removed.contains("在别处去掉过"), "{removed}");
    assert_eq!(note(), "又写的\n还要");
    // Nor is it lost with the item.
    let gone = said(&(other("issues remove 7 --yes") + "; echo 只有这句 > \"$1\""));
    let name = gone.split("marks move ").nth(1).unwrap();
    let name = name.split(' ').next().unwrap();
    assert!(
        sandbox
            .run(&["note", "set", name, "只有这句"])
            .status
            .success(),
        "{gone}"
    );
    sandbox.run(&["import", "weekly-007.txt"]);
    assert_eq!(note(), "只有这句");
}

#[test]
fn a_note_goes_along_where_its_item_is_corrected_while_an_editor_is_open() {
    let sandbox = Sandbox::with_issues();
    let path = sandbox.path("corrected.txt");
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/weekly-007.txt"
    ))
    .unwrap();
    let headline = sandbox.json(&["show", "7/1/1", "--json"])[0]["headline"].clone();
    let headline = headline.as_str().unwrap();
    let corrected = headline.replace("156", "157");
    assert_ne!(headline, corrected);
    std::fs::write(&path, text.replace("156", "157")).unwrap();
    sandbox.run(&["note", "set", "7/1/1", "原来的"]);
    let line = format!(
        "'{}' --library '{}' import '{}' > /dev/null; echo 后来写的 >> \"$1\"",
        env!("CARGO_BIN_EXE_parkweekly"),
        sandbox.path("library").display(),
        path.display()
    );
    let output = edit_with(&sandbox, &line);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("标题更正了") && said.contains(&corrected),
        "{said}"
    );
    let shown = sandbox.json(&["note", "show", "--json", "7/1/1"]);
    assert_eq!(shown[0]["note"], "原来的\n后来写的");
    assert_eq!(shown[0]["headline"], corrected);
    assert_eq!(
        sandbox.json(&["note", "list", "--json"]).len(),
        1,
        "none waits"
    );
}

#[test]
fn a_signal_waits_for_the_editor_and_what_it_wrote_is_kept() {
    use std::os::unix::process::ExitStatusExt;
    let sandbox = Sandbox::with_issues();
    let ending = |signal: i32, line: &str| {
        // The editor itself sends it, so that it comes while it is open.
        let output = edit_with(&sandbox, &format!("kill -{signal} $PPID; {line}"));
        assert_eq!(output.status.signal(), Some(signal), "{output:?}");
        output
    };
    ending(15, "echo 写了 > \"$1\"");
    let note = || sandbox.json(&["note", "show", "--json", "7/1/1"])[0]["note"].clone();
    assert_eq!(note(), "写了");
    let failed = ending(1, "echo 没写完 > \"$1\"; exit 1");
    assert_eq!(rescued(&sandbox, &failed), "没写完\n".as_bytes());
    assert_eq!(note(), "写了");
}

/// The lines of `marks export`.
fn exported(sandbox: &Sandbox, more: &[&str]) -> String {
    let output = sandbox.run(&[&["marks", "export"], more].concat());
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn marks_are_carried_to_another_library_and_merged_by_their_times() {
    let (here, there) = (Sandbox::with_issues(), Sandbox::with_issues());
    for line in [
        &["bookmark", "add", "7/1/1", "6/1/1"][..],
        &["bookmark", "remove", "6/1/1"],
        &["tag", "add", "7/1/1", "跟踪", "旧"],
        &["tag", "remove", "7/1/1", "旧"],
        &["note", "set", "7/2/1", "甲"],
    ] {
        assert!(here.run(line).status.success());
    }
    let first = exported(&here, &[]);
    assert_eq!(first.lines().count(), 3, "also what was taken off");
    let file = there.file("first.jsonl", first.as_bytes());
    let line = there.json(&["marks", "import", "--json", &file]).remove(0);
    assert_eq!(
        (&line["changed"], &line["unchanged"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(exported(&there, &[]), first, "the same, in the same order");
    let again = there.json(&["marks", "import", "--json", &file]).remove(0);
    assert_eq!(
        (&again["changed"], &again["unchanged"]),
        (&json!(0), &json!(3))
    );
    // Both go on by themselves, and are merged both ways: of each statement the later one, on both sides.
    for (sandbox, line) in [
        (&here, &["bookmark", "remove", "7/1/1"][..]),
        (&there, &["tag", "add", "7/1/1", "旧"]),
        (&here, &["note", "set", "7/2/1", "乙"]),
        (&there, &["note", "set", "7/2/1", "丙"]),
        (&there, &["bookmark", "add", "6/1/1"]),
    ] {
        assert!(sandbox.run(line).status.success());
    }
    let ours = here.file("ours.jsonl", exported(&here, &[]).as_bytes());
    let theirs = there.file("theirs.jsonl", exported(&there, &[]).as_bytes());
    assert!(
        here.run(&["marks", "import", &theirs, &ours])
            .status
            .success()
    );
    assert!(there.run(&["marks", "import", &ours]).status.success());
    assert_eq!(exported(&here, &[]), exported(&there, &[]));
    let items = here.json(&["show", "--json", "7/1/1"]);
    assert_eq!(
        (&items[0]["bookmarked"], &items[0]["tags"]),
        (&json!(false), &json!(["旧", "跟踪"]))
    );
    assert_eq!(here.json(&["show", "--json", "7/2/1"])[0]["note"], "丙");
    assert_eq!(
        here.json(&["show", "--json", "6/1/1"])[0]["bookmarked"],
        true
    );
}

#[test]
fn only_some_kinds_of_marks_go_where_only_they_are_wanted() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/1"]);
    sandbox.run(&["note", "set", "7/1/1", "只给自己看"]);
    sandbox.run(&["note", "set", "7/1/2", "只给自己看"]);
    let lines = exported(&sandbox, &["--only", "bookmark,tag"]);
    assert_eq!(lines.lines().count(), 1);
    assert!(!lines.contains("自己"));
    let other = Sandbox::with_issues();
    let file = other.file("all.jsonl", exported(&sandbox, &[]).as_bytes());
    assert!(
        other
            .run(&["marks", "import", &file, "--only", "note"])
            .status
            .success()
    );
    let item = &other.json(&["show", "--json", "7/1/1"])[0];
    assert_eq!(
        (&item["bookmarked"], &item["note"]),
        (&json!(false), &json!("只给自己看"))
    );
}

/// How a file is spoiled.
type Edit<'a> = &'a dyn Fn(&str) -> String;

#[test]
fn a_file_of_which_one_line_makes_no_sense_changes_nothing() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/1", "7/1/2"]);
    let whole = exported(&sandbox, &[]);
    let other = Sandbox::with_issues();
    let mut records = vec![];
    let edits: [(&str, Edit<'_>); 6] = [
        ("cut off", &|text| text[..text.len() - 40].to_owned()),
        ("schema", &|text| {
            text.replacen("\"schema\":1", "\"schema\":9", 1)
        }),
        ("time", &|text| {
            let (before, after) = text.split_once("\"bookmarked_at\":\"").unwrap();
            let (_, after) = after.split_once('"').unwrap();
            format!("{before}\"bookmarked_at\":\"昨天\"{after}")
        }),
        ("headline", &|text| {
            text.replacen("\"publication\":\"园区周报\"", "\"publication\":\" \"", 1)
        }),
        ("tag", &|text| {
            let tag = "\"tags\":[{\"tag\":\"甲 乙\",\"present\":true,\"changed_at\":\"2026-01-01T00:00:00Z\"}]";
            text.replacen("\"tags\":[]", tag, 1)
        }),
        ("other", &|_| "hello\n".to_owned()),
    ];
    for (name, edit) in edits {
        let text = edit(&whole);
        assert_ne!(text, whole, "{name}");
        let path = other.file(&format!("{name}.jsonl"), text.as_bytes());
        let record = other.record(&["marks", "import", &path, "--lang", "zh"]);
        records.push(record);
        assert_eq!(exported(&other, &[]), "");
    }
    records.push(other.record(&["marks", "import", "gone.jsonl", "--lang", "en"]));
    insta::assert_snapshot!("senseless_marks", records.join("\n"));
}

#[test]
fn a_time_written_elsewhere_means_the_same_and_a_clock_that_is_ahead_stops_nobody() {
    let sandbox = Sandbox::with_issues();
    let line = r#"{"schema":1,"publication":"园区 周报","issue":7,"headline":"总投资60亿元的湘江钠离子电池材料基地 签约落户长沙","printed":"","bookmarked":true,"bookmarked_at":"2090-01-31T08:00:00+08:00"}"#;
    let path = sandbox.file("hand.jsonl", line.as_bytes());
    assert!(sandbox.run(&["marks", "import", &path]).status.success());
    let bookmarked = || sandbox.json(&["show", "--json", "7/1/2"])[0]["bookmarked"].clone();
    assert_eq!(bookmarked(), true);
    assert!(exported(&sandbox, &[]).contains("2090-01-31T00:00:00.000Z"));
    // What is done now is later than what is there, and stays so when the file is merged again.
    assert!(
        sandbox
            .run(&["bookmark", "remove", "7/1/2"])
            .status
            .success()
    );
    assert!(sandbox.run(&["marks", "import", &path]).status.success());
    assert_eq!(bookmarked(), false);
}

#[test]
fn a_copy_of_fewer_items_loses_no_mark() {
    let sandbox = Sandbox::new();
    import(&sandbox, "whole.txt", &[FIRST, SECOND, THIRD]);
    sandbox.run(&["bookmark", "add", "9/1/2", "9/1/3"]);
    let before = exported(&sandbox, &[]);
    let whole = fs::read_to_string(sandbox.path("whole.txt")).unwrap();
    let cut: String = whole.chars().take(whole.chars().count() / 2).collect();
    let path = sandbox.file("cut.txt", cut.as_bytes());
    assert!(sandbox.run(&["import", &path]).status.success());
    assert_eq!(bookmarks(&sandbox).len(), 2);
    let path = sandbox.path("whole.txt");
    assert!(
        sandbox
            .run(&["import", path.to_str().unwrap()])
            .status
            .success()
    );
    assert_eq!(exported(&sandbox, &[]), before);
    assert!(bookmarks(&sandbox).iter().all(|(id, _)| !id.is_null()));
}

#[test]
fn marks_without_item_are_taken_away_only_where_that_is_wanted() {
    let sandbox = Sandbox::new();
    import(&sandbox, "a.txt", &[FIRST, SECOND]);
    sandbox.run(&["bookmark", "add", "9/1/1", "9/1/2"]);
    sandbox.run(&["tag", "add", "9/1/1", "跟踪"]);
    import(&sandbox, "b.txt", &[SECOND]);
    assert!(
        sandbox
            .run(&["marks", "forget", "9", "--yes"])
            .status
            .success()
    );
    assert_eq!(bookmarks(&sandbox), [(json!("9/1/1"), SECOND.to_owned())]);
    import(&sandbox, "c.txt", &[FIRST, SECOND]);
    assert_eq!(bookmarks(&sandbox).len(), 1, "it is forgotten for good");
    assert!(sandbox.run(&["tag", "list"]).stdout.is_empty());
}
