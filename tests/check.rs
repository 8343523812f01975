//! `check`, `check --rebuild` and `doctor` as a user sees them: what they say, how they end, and that looking changes nothing.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

#[cfg(unix)]
mod nobody;
mod sandbox;

use rusqlite::Connection;
use sandbox::{Sandbox, keys};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Changes the content behind the program's back.
fn change(sandbox: &Sandbox, sql: &str) {
    let content = Connection::open(sandbox.path("library/library.sqlite3")).unwrap();
    content
        .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
        .unwrap();
}

/// Zeroes the first page of the content: nothing in it can be found by what leads there any more.
fn behead(sandbox: &Sandbox) {
    let path = sandbox.path("library/library.sqlite3");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0);
    fs::write(path, bytes).unwrap();
}

/// A record without the time in the name of a file that was set aside.
fn timeless(record: &str) -> String {
    let mut lines = record
        .lines()
        .map(|line| match line.split_once(".damaged-") {
            Some((before, _)) => format!("{before}.damaged-[TIME]"),
            None => line.to_owned(),
        });
    let first = lines.next().unwrap_or_default();
    lines.fold(first, |all, line| all + "\n" + &line) + "\n"
}

/// All files of a folder with their bytes; empty where there is none.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(files) = fs::read_dir(folder) else {
        return vec![];
    };
    let mut files: Vec<_> = files
        .map(|file| file.unwrap().path())
        .map(|path| {
            (
                path.display().to_string(),
                fs::read(path).unwrap_or_default(),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_sound_library_is_told_in_one_line_and_is_the_same_when_made_again() {
    let sandbox = Sandbox::with_issues();
    let before = sandbox.json(&["search", "--json"]);
    let record = [
        sandbox.record(&["check"]),
        sandbox.record(&["check", "--lang", "en"]),
        sandbox.record(&["check", "--json"]),
        sandbox.record(&["check", "--rebuild"]),
        sandbox.record(&["check", "--rebuild", "--json"]),
        sandbox.record(&["check", "--rebuild", "--lang", "en"]),
    ];
    insta::assert_snapshot!("check_sound", record.join("\n"));
    assert_eq!(sandbox.json(&["search", "--json"]), before);
}

#[test]
fn without_a_library_there_is_nothing_to_find_and_none_is_made() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("library")).unwrap();
    let record = [
        sandbox.record(&["check"]),
        sandbox.record(&["check", "--rebuild"]),
        sandbox.record(&["check", "--rebuild", "--lang", "en"]),
    ];
    insta::assert_snapshot!("check_nothing", record.join("\n"));
    assert_eq!(
        std::fs::read_dir(sandbox.path("library")).unwrap().count(),
        0
    );
}

/// A mistyped name must not pass for an empty library.
#[test]
fn a_folder_that_is_named_and_not_there_is_said_to_be_not_there() {
    let sandbox = Sandbox::new();
    let cases: &[(&[&str], i32)] = &[
        (&["check"], 1),
        (&["check", "--rebuild"], 1),
        (&["doctor"], 1),
        (&["marks", "export"], 1),
        (&["marks", "forget", "--yes"], 1),
        (&["bookmark", "add", "7/1/1"], 1),
        (&["issues", "remove", "7", "--yes"], 1),
        (&["issues"], 0),
        (&["bookmark", "list"], 0),
        (&["tag", "list"], 0),
        (&["note", "list"], 0),
        (&["search", "园区"], 3),
        (&["show", "7"], 3),
        (&["marks", "import", "--dry-run", "-"], 0),
        (&[], 0),
    ];
    for (line, code) in cases {
        for language in ["zh", "en"] {
            let output = sandbox.command(&["--lang", language]).args(*line).output();
            let output = output.unwrap();
            assert_eq!(output.status.code(), Some(*code), "{line:?} {output:?}");
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            let told = match language {
                "zh" => format!("{} 不存在", sandbox.path("library").display()),
                _ => format!("{}, does not exist", sandbox.path("library").display()),
            };
            assert!(said.contains(&told), "{line:?} {said}");
            assert!(!sandbox.path("library").exists(), "{line:?}");
        }
    }
    // Of the one of this user nothing is said, and one that is there may be empty.
    let home = sandbox.path("home");
    for line in [
        &["check"][..],
        &["doctor"],
        &["marks", "export"],
        &["issues"],
    ] {
        let mut command = Command::new(sandbox::PROGRAM);
        command
            .env_clear()
            .env("HOME", &home)
            .env("LANG", "C.UTF-8");
        let output = command.args(line).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(
            output.status.success() && !said.contains("不存在"),
            "{said}"
        );
    }
    let import = sandbox.run(&["import", "weekly-006.txt"]);
    assert!(import.status.success(), "{import:?}");
    assert!(sandbox.run(&["marks", "export"]).status.success());
}

#[test]
fn findings_are_a_line_each_with_what_to_do() {
    let sandbox = Sandbox::with_issues();
    let run = sandbox.run(&["bookmark", "add", "6/1/1", "7/1/2"]);
    assert!(run.status.success());
    change(
        &sandbox,
        "UPDATE issue SET items = 99 WHERE number = 7; UPDATE item SET key_headline = 'x' \
         WHERE id = (SELECT max(id) FROM item); DELETE FROM issue WHERE number = 6",
    );
    let before = snapshot(&sandbox.path("library"));
    let record = [
        sandbox.record(&["check"]),
        sandbox.record(&["check", "--lang", "en"]),
        sandbox.record(&["check", "--json", "--lang", "en"]),
    ];
    insta::assert_snapshot!("check_findings", record.join("\n"));
    let lines = String::from_utf8(sandbox.run(&["check", "--json"]).stdout).unwrap();
    for line in lines.lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            keys(&finding),
            ["arguments", "kind", "level", "mend", "message"]
        );
    }
    assert_eq!(snapshot(&sandbox.path("library")), before);
    // What is made again has none of it, and the bookmarks are on their items.
    assert!(sandbox.run(&["check", "--rebuild"]).status.success());
    assert!(sandbox.run(&["check"]).status.success());
    assert_eq!(sandbox.json(&["bookmark", "list", "--json"]).len(), 2);
}

#[test]
fn a_damaged_library_is_made_again_beside_the_damaged_file() {
    let sandbox = Sandbox::with_issues();
    assert!(sandbox.run(&["bookmark", "add", "7/1/2"]).status.success());
    let before = sandbox.json(&["search", "--json"]);
    behead(&sandbox);
    let damaged = fs::read(sandbox.path("library/library.sqlite3")).unwrap();
    let record = [
        sandbox.record(&["issues"]),
        sandbox.record(&["check"]),
        timeless(&sandbox.record(&["check", "--rebuild"])),
        sandbox.record(&["check"]),
    ];
    insta::assert_snapshot!("check_damaged", record.join("\n"));
    assert_eq!(sandbox.json(&["search", "--json"]), before);
    let kept = snapshot(&sandbox.path("library"));
    let mut kept = kept.iter().filter(|(name, _)| name.contains(".damaged-"));
    assert!(kept.next().is_some_and(|(_, bytes)| *bytes == damaged));
}

#[test]
fn what_cannot_be_made_again_is_named() {
    let sandbox = Sandbox::with_issues();
    change(
        &sandbox,
        "UPDATE source SET pages = x'28b52ffd0000'; UPDATE body SET paragraphs = 'x' \
         WHERE id >> 16 = (SELECT id FROM issue WHERE number = 6)",
    );
    let again = |sandbox: &Sandbox, arguments: &[&str]| {
        let copy = Sandbox::new();
        fs::create_dir(copy.path("library")).unwrap();
        for (path, bytes) in snapshot(&sandbox.path("library")) {
            let name = Path::new(&path).file_name().unwrap().to_owned();
            fs::write(copy.path("library").join(name), bytes).unwrap();
        }
        copy.record(arguments)
    };
    let record = [
        again(&sandbox, &["check"]),
        again(&sandbox, &["check", "--rebuild"]),
        again(&sandbox, &["check", "--rebuild", "--lang", "en"]),
        again(&sandbox, &["check", "--rebuild", "--json"]),
    ];
    insta::assert_snapshot!("check_lost", record.join("\n"));
    // Imported again, all is well.
    assert_eq!(sandbox.run(&["check", "--rebuild"]).status.code(), Some(1));
    assert_eq!(sandbox.run(&["check"]).status.code(), Some(1));
    let import = sandbox.run(&["import", "weekly-006.txt", "weekly-007.txt"]);
    assert!(import.status.success());
    assert!(sandbox.run(&["check"]).status.success());
}

#[test]
fn a_file_that_is_none_of_ours_is_left_alone() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("library")).unwrap();
    Connection::open(sandbox.path("library/library.sqlite3"))
        .unwrap()
        .execute_batch("CREATE TABLE theirs (a)")
        .unwrap();
    let before = snapshot(&sandbox.path("library"));
    let record = [
        sandbox.record(&["check"]),
        sandbox.record(&["check", "--rebuild"]),
    ];
    insta::assert_snapshot!("check_foreign", record.join("\n"));
    assert_eq!(snapshot(&sandbox.path("library")), before);
}

/// Runs `doctor` in an environment of UTF-8 and reads what it says as JSON.
fn doctor(sandbox: &Sandbox, variables: &[(&str, &str)]) -> (Value, Output) {
    let (report, output) = doctor_saying(sandbox, variables);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (report, output)
}

/// The same, whatever it says beside.
fn doctor_saying(sandbox: &Sandbox, variables: &[(&str, &str)]) -> (Value, Output) {
    let mut command = sandbox.command(&["doctor", "--json", "--lang", "en"]);
    command.env("LANG", "zh_CN.UTF-8");
    command.envs(variables.iter().copied());
    let output = command.output().unwrap();
    (serde_json::from_slice(&output.stdout).unwrap(), output)
}

fn kinds(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding["kind"].as_str().unwrap())
        .collect()
}

#[test]
fn doctor_tells_all_that_a_run_depends_on() {
    let sandbox = Sandbox::with_issues();
    let (report, output) = doctor(
        &sandbox,
        &[("EDITOR", "vi"), ("TERM", "xterm"), ("NO_COLOR", "1")],
    );
    assert!(output.status.success());
    assert_eq!(report["findings"], Value::Array(vec![]));
    assert_eq!(report["program"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(report["library"]["chosen_by"], "--library");
    assert!(report["library"]["room"].as_u64().unwrap() > 0);
    let content = &report["content"];
    assert_eq!(
        (&content["state"], &content["issues"], &content["items"]),
        (&"sound".into(), &2.into(), &26.into())
    );
    assert_eq!(content["schema"], content["schema_known"]);
    assert_eq!(content["journal"], "wal");
    assert!(content["size"].as_u64().unwrap() > 4096);
    assert_eq!(report["marks"]["marked"], 0);
    assert_eq!(report["connection"]["content_synchronous"], "1");
    assert_eq!(report["connection"]["marks_synchronous"], "2");
    assert_eq!(report["connection"]["foreign_keys"], "1");
    assert_eq!(report["connection"]["patience"], "10000");
    assert_eq!(report["terminal"]["term"], "xterm");
    assert_eq!(report["terminal"]["stdout"], false);
    assert_eq!(report["looks"]["colours"], "none");
    assert_eq!(report["looks"]["colours_by"], "NO_COLOR");
    assert_eq!(report["looks"]["theme"], "monochrome");
    assert_eq!(report["terminal"]["ambiguous_width"], 1);
    assert_eq!(report["language"]["used"], "en");
    assert_eq!(report["language"]["utf8"], true);
    assert_eq!(report["programs"]["editor"], "vi");
    if cfg!(unix) {
        assert_eq!(report["library"]["permissions"], "0700");
        assert_eq!(content["permissions"], "0600");
    }
}

#[test]
fn every_line_of_doctor_has_words() {
    let sandbox = Sandbox::with_issues();
    for language in ["zh", "en"] {
        let output = sandbox.run(&["doctor", "--lang", language]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.lines().count() > 50, "{text}");
        for key in ["doctor.", "finding.", "mend.", "%{"] {
            assert!(!text.contains(key), "{text}");
        }
        // The environment of a sandbox has no locale.
        assert_eq!(output.status.code(), Some(1));
        assert!(text.contains("UTF-8"));
    }
}

#[test]
fn doctor_finds_what_is_wrong_in_any_state_and_changes_nothing() {
    type Change = fn(&Path);
    let cases: [(Change, &str, &str); 10] = [
        (
            |library| fs::remove_dir_all(library).unwrap(),
            "missing",
            "folder-missing",
        ),
        (
            |library| {
                fs::remove_dir_all(library).unwrap();
                fs::write(library, "x").unwrap();
            },
            "",
            "folder-no-folder",
        ),
        (
            |library| fs::write(library.join("library.sqlite3"), "x".repeat(9000)).unwrap(),
            "damaged",
            "file-no-database",
        ),
        (
            |library| {
                let path = library.join("library.sqlite3");
                let mut bytes = fs::read(&path).unwrap();
                bytes[8192..16384].fill(0xa5);
                fs::write(path, bytes).unwrap();
            },
            "damaged",
            "file-damaged",
        ),
        (
            |library| fs::write(library.join("library.sqlite3"), "").unwrap(),
            "damaged",
            "file-emptied",
        ),
        (
            |library| {
                let content = Connection::open(library.join("library.sqlite3")).unwrap();
                content.pragma_update(None, "user_version", 99).unwrap();
            },
            "newer",
            "file-newer",
        ),
        (
            |library| {
                let content = Connection::open(library.join("library.sqlite3")).unwrap();
                content.pragma_update(None, "application_id", 5).unwrap();
            },
            "foreign",
            "file-foreign",
        ),
        (
            |library| {
                let [content, marks] =
                    ["library", "marks"].map(|name| library.join(format!("{name}.sqlite3")));
                fs::copy(marks, content).unwrap();
            },
            "other",
            "file-other",
        ),
        (
            |library| {
                fs::remove_file(library.join("library.sqlite3")).unwrap();
                fs::create_dir(library.join("library.sqlite3")).unwrap();
            },
            "closed",
            "file-not-a-file",
        ),
        (
            |library| fs::write(library.join("marks.sqlite3"), "x".repeat(9000)).unwrap(),
            "sound",
            "file-no-database",
        ),
    ];
    for (change, state, kind) in cases {
        let sandbox = Sandbox::with_issues();
        change(&sandbox.path("library"));
        let before = (
            snapshot(sandbox.folder.path()),
            snapshot(&sandbox.path("library")),
        );
        let (report, output) = doctor(&sandbox, &[]);
        let after = (
            snapshot(sandbox.folder.path()),
            snapshot(&sandbox.path("library")),
        );
        assert!(after == before, "{kind}");
        let expected: &[&str] = if kind.is_empty() { &[] } else { &[kind] };
        assert_eq!(kinds(&report), expected);
        assert_eq!(
            output.status.code(),
            Some(i32::from(!kind.is_empty())),
            "{kind}"
        );
        if !state.is_empty() {
            assert_eq!(report["content"]["state"], state, "{kind}");
        }
    }
}

#[test]
fn doctor_finds_what_is_wrong_with_the_environment() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("library")).unwrap();
    #[cfg(unix)]
    nobody::mode(&sandbox.path("library"), 0o700);
    for (variables, expected) in [
        (&[("LANG", "zh_CN.GBK")][..], &["not-utf8"][..]),
        (&[("LC_ALL", "C")], &["not-utf8"]),
        (&[("LC_ALL", "C.UTF-8")], &[]),
        (&[("PARKWEEKLY_LANG", "fr")], &["variable-unknown"]),
        (&[("PARKWEEKLY_LANG", "en")], &[]),
        (&[("PARKWEEKLY_AMBIGUOUS", "3")], &["variable-unknown"]),
        (&[("PARKWEEKLY_AMBIGUOUS", "2")], &[]),
    ] {
        let (report, output) = doctor(&sandbox, variables);
        assert_eq!(kinds(&report), expected, "{variables:?}");
        assert_eq!(output.status.code(), Some(i32::from(!expected.is_empty())));
    }
    let (report, _) = doctor(&sandbox, &[("PARKWEEKLY_AMBIGUOUS", "2")]);
    assert_eq!(report["terminal"]["ambiguous_width"], 2);
    assert_eq!(fs::read_dir(sandbox.path("library")).unwrap().count(), 0);
    for answer in ["ambiguous_answer", "background_answer"] {
        assert_eq!(report["terminal"][answer], "not-asked");
    }
}

#[test]
fn doctor_looks_at_the_settings_file() {
    let sandbox = Sandbox::with_issues();
    let file = sandbox.path("settings.toml");
    let name = file.to_str().unwrap();
    let examine = |text: &str| {
        fs::write(&file, text).unwrap();
        let (report, output) = doctor_saying(&sandbox, &[("PARKWEEKLY_CONFIG", name)]);
        assert_eq!(report["settings"]["path"], name);
        assert_eq!(report["settings"]["there"], true);
        let code = output.status.code().unwrap();
        assert_eq!(code == 0, kinds(&report).is_empty());
        report
    };
    let report = examine("[screen]\nambiguous = 2\n");
    assert_eq!(report["settings"]["faults"], 0);
    assert_eq!(report["terminal"]["ambiguous_width"], 2);
    let report = examine("[page]\nmeasure = 1\nindent = 99\n");
    assert_eq!(report["settings"]["faults"], 2);
    assert_eq!(kinds(&report), ["settings-faulty"]);
    let said = report["findings"].to_string();
    assert!(
        said.contains("2 things") && said.contains("config check"),
        "{said}"
    );
    fs::remove_file(&file).unwrap();
    let (report, _) = doctor_saying(&sandbox, &[("PARKWEEKLY_CONFIG", name)]);
    assert_eq!(report["settings"]["there"], false);
    assert_eq!(kinds(&report), ["settings-unread"]);
}

#[cfg(unix)]
#[test]
fn doctor_finds_what_is_open_to_others_and_what_is_closed_to_this_user() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let sandbox = Sandbox::with_issues();
    mode(&sandbox.path("library"), 0o755);
    mode(&sandbox.path("library/marks.sqlite3"), 0o644);
    let (report, _) = doctor(&sandbox, &[]);
    assert_eq!(kinds(&report), ["open-to-others", "open-to-others"]);
    let said = report["findings"].to_string();
    assert!(
        said.contains("chmod 700") && said.contains("chmod 600"),
        "{said}"
    );
    // Root may write everything, so another user runs it.
    let run = |sandbox: &Sandbox| -> Option<Value> {
        let output = nobody::run(sandbox, &["doctor", "--json", "--lang", "en"])?;
        assert_eq!(output.status.code(), Some(1));
        Some(serde_json::from_slice(&output.stdout).unwrap())
    };
    let sandbox = Sandbox::with_issues();
    nobody::give(&sandbox.path("library"));
    nobody::protect(&sandbox.path("library"));
    let Some(report) = run(&sandbox) else { return };
    let found = kinds(&report);
    assert_eq!(
        found.iter().filter(|kind| **kind == "not-writable").count(),
        3,
        "{found:?}"
    );
    assert_eq!(report["content"]["issues"], 2);
    mode(&sandbox.path("library"), 0);
    let report = run(&sandbox).unwrap();
    assert!(
        kinds(&report).contains(&"file-closed"),
        "{:?}",
        kinds(&report)
    );
    mode(&sandbox.path("library"), 0o700);
}

#[cfg(unix)]
#[test]
fn doctor_without_a_home_says_so() {
    let sandbox = Sandbox::new();
    let Some(mut command) = nobody::command(&sandbox, nobody::HOMELESS) else {
        return;
    };
    let output = command.args(["doctor", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(kinds(&report).contains(&"no-home"), "{:?}", kinds(&report));
}

/// A library that is only read must be checked without a file being made beside it.
#[cfg(unix)]
#[test]
fn a_library_that_cannot_be_written_is_checked_all_the_same() {
    let sandbox = Sandbox::with_issues();
    nobody::give(&sandbox.path("library"));
    nobody::protect(&sandbox.path("library"));
    let Some(output) = nobody::run(&sandbox, &["check"]) else {
        return;
    };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("2 期"), "{said}");
    // And making it again says why it cannot.
    let output = nobody::run(&sandbox, &["check", "--rebuild"]).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let path = sandbox.path("library");
    let expected = format!("文库只能读取，什么都不能保存：{}: 没有权限", path.display());
    assert!(
        said.contains(&expected) && said.contains("建议："),
        "{said}"
    );
    nobody::mode(&sandbox.path("library"), 0o700);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_told_and_nobody_waits_for_it() {
    for name in ["library.sqlite3", "marks.sqlite3"] {
        let sandbox = Sandbox::with_issues();
        let path = sandbox.path("library").join(name);
        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        for command in [&["check"][..], &["check", "--rebuild"], &["doctor"]] {
            if name == "marks.sqlite3" && command.contains(&"--rebuild") {
                continue;
            }
            // Opening a pipe waits for whoever writes to it: a limit, and not a time that is measured.
            let mut command = sandbox.command(command);
            let output = command
                .timeout(std::time::Duration::from_mins(1))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{name}: {said}");
            assert!(said.contains(name), "{said}");
            assert!(!said.contains("cannot open the library"), "{said}");
        }
    }
}

#[test]
fn marks_without_content_are_told_before_an_empty_one_is_made() {
    let sandbox = Sandbox::with_issues();
    assert!(sandbox.run(&["bookmark", "add", "7/1/2"]).status.success());
    fs::remove_file(sandbox.path("library/library.sqlite3")).unwrap();
    let record = [
        sandbox.record(&["check", "--lang", "en"]),
        sandbox.record(&["issues"]),
        sandbox.record(&["issues"]),
        sandbox.record(&["check"]),
    ];
    insta::assert_snapshot!("check_without_content", record.join("\n"));
    let import = sandbox.run(&["import", "weekly-007.txt"]);
    assert!(import.status.success());
    assert!(sandbox.run(&["check"]).status.success());
}

#[test]
fn doctor_points_to_what_check_finds() {
    let sandbox = Sandbox::with_issues();
    assert!(sandbox.run(&["bookmark", "add", "7/1/2"]).status.success());
    assert!(
        sandbox
            .run(&["issues", "remove", "7", "--yes"])
            .status
            .success()
    );
    let (report, output) = doctor(&sandbox, &[]);
    assert_eq!(kinds(&report), ["marks-wait"]);
    // Nothing is wrong: they wait.
    assert!(output.status.success());
    change(
        &sandbox,
        "UPDATE body SET paragraphs = 'x' WHERE id = (SELECT max(id) FROM body)",
    );
    let (report, output) = doctor(&sandbox, &[]);
    assert_eq!(kinds(&report), ["check-finds", "marks-wait"]);
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_rebuild_that_waits_for_another_program() {
    let sandbox = Sandbox::with_issues();
    let path = sandbox.path("library/library.sqlite3");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = fs::read(&path).unwrap();
    let mut child = std::process::Command::new(sandbox::PROGRAM)
        .env_clear()
        .arg("--library")
        .arg(sandbox.path("library"))
        .args(["check", "--rebuild"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // Its signals are caught before it makes this file, and it is there as long as it waits.
    while !sandbox.path("library/library.sqlite3.new").exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before");
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    let told = std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status();
    assert!(told.unwrap().success());
    let output = child.wait_with_output().unwrap();
    let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        signal == Some(15) || output.status.code() == Some(143),
        "{output:?}"
    );
    assert!(said.contains("文库和原来一样"), "{said}");
    drop(other);
    assert!(fs::read(&path).unwrap() == before);
    assert!(!sandbox.path("library/library.sqlite3.new").exists());
}

#[cfg(unix)]
#[test]
fn a_rebuild_without_room_says_so_in_words_of_its_own() {
    let sandbox = Sandbox::with_issues();
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -f 4; exec \"$0\" \"$@\"", sandbox::PROGRAM])
        .env_clear()
        .args(["--lang", "en", "--library"])
        .arg(sandbox.path("library"))
        .args(["check", "--rebuild"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("no room to write to the library") && said.contains("ulimit -f"),
        "{said}"
    );
    assert!(
        !said.contains("migrat") && !said.contains("SQLite"),
        "{said}"
    );
    assert!(sandbox.run(&["check"]).status.success());
}

#[cfg(unix)]
#[test]
fn a_home_that_is_another_in_every_folder_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        std::process::Command::new(sandbox::PROGRAM)
            .env_clear()
            .env("LANG", "C.UTF-8")
            .envs(variables.iter().copied())
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap()
    };
    let import = fs::canonicalize(sandbox::fixtures().join("weekly-007.txt")).unwrap();
    let output = run(&["import", import.to_str().unwrap()], &[("HOME", "here")]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("绝对路径") && said.contains("--library"),
        "{said}"
    );
    let report = |variables: &[(&str, &str)]| -> Value {
        serde_json::from_slice(&run(&["doctor", "--json"], variables).stdout).unwrap()
    };
    assert_eq!(kinds(&report(&[("HOME", "here")])), ["no-home"]);
    // A relative folder of data counts as none.
    let home = folder.path().join("home");
    let home = home.to_str().unwrap();
    let report = report(&[("HOME", home), ("XDG_DATA_HOME", "here")]);
    let library = report["library"]["folder"].as_str().unwrap();
    assert!(library.starts_with(home), "{library}");
    assert_eq!(snapshot(folder.path()), []);
}
