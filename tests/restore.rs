//! Marks with faults that SQLite does not mind, what is not a file in the place of one, and what is said before marks are restored.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use parkweekly::config::Language;
use rusqlite::Connection;
use sandbox::Sandbox;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A library with issues, a bookmark that the copy of the day does not have, and one that it has.
fn copied() -> Sandbox {
    let sandbox = Sandbox::with_issues();
    for address in ["6/1/1", "6/1/2"] {
        assert!(sandbox.run(&["bookmark", "add", address]).status.success());
    }
    sandbox
}

fn fault(sandbox: &Sandbox, sql: &str) {
    let marks = Connection::open(sandbox.path("library/marks.sqlite3")).unwrap();
    let sql = format!("PRAGMA foreign_keys = OFF; {sql}");
    marks.execute_batch(&sql).unwrap();
}

fn copies(sandbox: &Sandbox) -> Vec<PathBuf> {
    let files = fs::read_dir(sandbox.path("library/copies")).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

fn names(sandbox: &Sandbox) -> Vec<String> {
    let files = fs::read_dir(sandbox.path("library")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn marks_with_faults_are_told_kept_in_use_and_mended() {
    let sandbox = copied();
    fault(
        &sandbox,
        "UPDATE mark SET bookmarked_at = '昨天' WHERE headline = (SELECT max(headline) FROM mark)",
    );
    // The copy of today is there already: the next one is of another day.
    let copy = copies(&sandbox).remove(0);
    let older = copy.with_file_name("marks-2026-01-31T080000Z.sqlite3");
    fs::rename(&copy, &older).unwrap();
    for _ in 0..2 {
        let output = sandbox.run(&["bookmark", "add", "6/2/1"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(
            said.contains("marks.sqlite3") && said.contains("parkweekly marks restore"),
            "{said}"
        );
    }
    let kept = copies(&sandbox);
    assert_eq!(kept.len(), 2);
    assert!(kept.contains(&older));
    let output = sandbox.run(&["check"]);
    let told = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("用 2026-01-31 08:00 UTC 的副本") && !told.contains("告诉开发者"),
        "{told}"
    );
    let output = sandbox.run(&["marks", "restore", "--yes"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("标记文件") && said.contains("处损坏"),
        "{said}"
    );
    let list = stdout(&sandbox.run(&["bookmark", "list"]));
    assert_eq!(list.lines().count(), 3, "{list}");
    let told = stdout(&sandbox.run(&["check"]));
    assert!(!told.contains("标记文件"), "{told}");
}

#[test]
fn without_a_copy_a_check_says_what_is_kept() {
    let sandbox = copied();
    fs::remove_dir_all(sandbox.path("library/copies")).unwrap();
    fault(
        &sandbox,
        "UPDATE mark SET number = -1 WHERE headline = (SELECT max(headline) FROM mark)",
    );
    let told = stdout(&sandbox.run(&["check"]));
    assert!(
        told.contains("没有完好的副本") && told.contains("（1 条），无法保留的有 1 行"),
        "{told}"
    );
    let said = stderr(&sandbox.run(&["marks", "restore", "--yes", "--lang", "en"]));
    assert!(
        said.contains("there is no whole copy") && said.contains("1 row of it cannot be kept"),
        "{said}"
    );
    fs::write(sandbox.path("library/marks.sqlite3"), "").unwrap();
    let _ = fs::remove_dir_all(sandbox.path("library/copies"));
    let told = stdout(&sandbox.run(&["check"]));
    assert!(told.contains("也读不出标记"), "{told}");
}

#[test]
fn what_is_never_written_is_told_by_check_and_costs_no_mark() {
    // The second is within what SQLite lets in, and beyond what a place can be.
    for value in [
        "bookmarked = 7",
        "place = 9999999999, placed_at = bookmarked_at",
    ] {
        let sandbox = copied();
        fault(
            &sandbox,
            &format!(
                "PRAGMA ignore_check_constraints = ON; \
                 UPDATE mark SET {value} WHERE headline = (SELECT max(headline) FROM mark)"
            ),
        );
        let output = sandbox.run(&["check"]);
        let told = stdout(&output);
        assert_eq!(output.status.code(), Some(1), "{value}: {told}");
        assert!(told.contains("的值不合规则"), "{value}: {told}");
        let said = stderr(&sandbox.run(&["marks", "restore", "--yes"]));
        assert!(said.contains("书签 2），都会保留"), "{value}: {said}");
        let list = stdout(&sandbox.run(&["bookmark", "list"]));
        assert_eq!(list.lines().count(), 2, "{value}: {list}");
    }
}

#[test]
fn an_import_into_damaged_marks_blames_the_marks() {
    let sandbox = copied();
    let path = sandbox.path("library/marks.sqlite3");
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..4996].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/weekly-006.txt");
    let text = fs::read_to_string(fixture).unwrap();
    let text = text.replace("总投资 74 亿元", "总投资 84 亿元");
    let corrected = sandbox.file("corrected.txt", text.as_bytes());
    for command in [
        &["import", &corrected][..],
        &["import", "--json", &corrected],
    ] {
        let output = sandbox.run(command);
        let said = stderr(&output) + &stdout(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("marks.sqlite3: ") && said.contains("parkweekly marks restore"),
            "{said}"
        );
        assert!(!said.contains("--rebuild"), "{said}");
    }
    let told = stdout(&sandbox.run(&["check"]));
    let unread = told.lines().filter(|line| line.contains("读不完"));
    assert_eq!(unread.count(), 1, "{told}");
}

#[test]
fn doctor_names_no_copy_where_there_is_none() {
    let sandbox = copied();
    fs::remove_dir_all(sandbox.path("library/copies")).unwrap();
    fs::write(sandbox.path("library/marks.sqlite3"), "").unwrap();
    let mends = |command: &str| {
        let output = stdout(&sandbox.run(&[command]));
        assert!(output.contains("也读不出标记"), "{command}: {output}");
    };
    mends("check");
    mends("doctor");
    fs::remove_dir_all(sandbox.path("library")).unwrap();
    let output = sandbox.run(&["marks", "restore"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("没有标记文件") && !said.contains("改名移开"),
        "{said}"
    );
}

#[test]
fn what_is_no_text_in_the_marks_is_not_blamed_on_the_content() {
    for sql in [
        "UPDATE mark SET note = CAST(x'ff' AS TEXT), noted_at = bookmarked_at",
        "UPDATE mark SET headline = CAST(x'ff' AS TEXT) WHERE headline = (SELECT max(headline) FROM mark)",
    ] {
        let sandbox = copied();
        fault(&sandbox, sql);
        for command in [&["bookmark", "list"][..], &["search"], &["marks", "export"]] {
            let output = sandbox.run(command);
            if output.status.success() {
                continue;
            }
            let said = stderr(&output);
            assert!(
                said.contains("marks.sqlite3")
                    && said.contains("parkweekly marks restore")
                    && !said.contains("--rebuild"),
                "{command:?}: {said}"
            );
        }
        let output = sandbox.run(&["marks", "export"]);
        assert_eq!(output.status.code(), Some(1), "{sql}");
    }
}

#[test]
fn what_would_be_restored_is_listed_and_nothing_is_changed() {
    let sandbox = copied();
    let before = names(&sandbox);
    let line = sandbox
        .json(&["marks", "restore", "--dry-run", "--json"])
        .remove(0);
    assert_eq!(
        sandbox::keys(&line),
        [
            "carried_out",
            "copies",
            "holds",
            "lost",
            "marks",
            "present",
            "restored",
            "set_aside",
            "taken_over",
            "time"
        ]
    );
    assert_eq!(line["carried_out"], false);
    assert_eq!(line["present"]["state"], "whole");
    assert_eq!(line["lost"]["bookmarks"], 1);
    assert_eq!(line["copies"][0]["whole"], true);
    assert_eq!(line["copies"][0]["holds"]["bookmarks"], 1);
    let output = sandbox.run(&["marks", "restore", "--dry-run"]);
    let told = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let name = copies(&sandbox).remove(0);
    let name = name.file_name().unwrap().to_str().unwrap();
    assert!(
        told.contains(name) && told.contains("会失去") && told.contains("书签 1"),
        "{told}"
    );
    // The name is enough, and what is asked is no error of the data.
    let output = sandbox.run(&["marks", "restore", "--from", name]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("要先询问") && said.contains("--yes"),
        "{said}"
    );
    assert_eq!(names(&sandbox), before);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::io::{BufRead as _, BufReader};
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::process::{Command, Stdio};

    /// Puts something in the place of a file.
    type Make = fn(&Path);

    fn fifo(path: &Path) {
        mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    }

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let kinds: [(Make, &str); 3] = [
            (fifo, "不是普通文件"),
            (|path| symlink("/dev/zero", path).unwrap(), "不是普通文件"),
            (|path| symlink("nowhere/file", path).unwrap(), "是一个链接"),
        ];
        for name in [
            "marks.sqlite3",
            "library.sqlite3",
            "marks.sqlite3-journal",
            "library.sqlite3-wal",
        ] {
            for (make, words) in kinds {
                let sandbox = copied();
                let path = sandbox.path("library").join(name);
                let _ = fs::remove_file(&path);
                make(&path);
                let before = names(&sandbox);
                for command in [
                    &["issues"][..],
                    &["bookmark", "add", "6/1/3"],
                    &["bookmark", "list"],
                ] {
                    let output = sandbox.run(command);
                    let said = stderr(&output);
                    assert_eq!(output.status.code(), Some(1), "{name}, {command:?}: {said}");
                    assert!(said.contains(words), "{name}, {command:?}: {said}");
                }
                for command in [&["check"][..], &["doctor"], &["check", "--rebuild"]] {
                    let output = sandbox.run(command);
                    assert!(
                        matches!(output.status.code(), Some(0 | 1)),
                        "{name}, {command:?}"
                    );
                }
                if name.starts_with("marks") {
                    let output = sandbox.run(&["marks", "restore", "--yes"]);
                    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
                    assert_eq!(names(&sandbox), before);
                }
            }
        }
    }

    #[test]
    fn what_is_no_file_is_no_copy() {
        let sandbox = copied();
        fifo(&sandbox.path("pipe"));
        let pipe = sandbox.path("pipe");
        for from in [pipe.to_str().unwrap(), "/dev/null", "/dev/zero"] {
            let output = sandbox.run(&["marks", "restore", "--yes", "--from", from]);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("不是普通文件"), "{said}");
        }
        let content = sandbox.path("library/library.sqlite3");
        let from = content.to_str().unwrap();
        let said = stderr(&sandbox.run(&["marks", "restore", "--yes", "--from", from]));
        assert!(said.contains("里没有标记"), "{said}");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_no_empty_library() {
        let sandbox = Sandbox::new();
        symlink(sandbox.path("gone"), sandbox.path("library")).unwrap();
        for command in [&["issues"][..], &["import", "weekly-006.txt"]] {
            let output = sandbox.run(command);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("是一个链接"), "{said}");
        }
        assert!(!sandbox.path("gone").exists());
    }

    #[test]
    fn nothing_is_moved_before_the_new_file_is_whole() {
        let sandbox = copied();
        let before = names(&sandbox);
        // In blocks of 512 bytes: not even room for empty marks.
        let output = Command::new("sh")
            .args(["-c", "ulimit -f 8; exec \"$0\" \"$@\"", sandbox::PROGRAM])
            .env_clear()
            .arg("--library")
            .arg(sandbox.path("library"))
            .args(["marks", "restore", "--yes"])
            .output()
            .unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("没有空间写入文库"), "{said}");
        assert_eq!(names(&sandbox), before);
        let list = stdout(&sandbox.run(&["bookmark", "list"]));
        assert_eq!(list.lines().count(), 2);
    }

    #[test]
    fn a_restoration_that_is_killed_leaves_whole_marks_and_nothing_else() {
        for nth in 1..=8 {
            let sandbox = copied();
            let mut child = Command::new(sandbox::PROGRAM)
                .env_clear()
                .arg("--library")
                .arg(sandbox.path("library"))
                .args(["marks", "restore", "--yes"])
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let lines = BufReader::new(child.stderr.take().unwrap()).lines();
            assert_eq!(lines.take(nth).map(Result::unwrap).count(), nth);
            child.kill().unwrap();
            child.wait().unwrap();
            let output = sandbox.run(&["bookmark", "add", "6/2/1"]);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            let names = names(&sandbox);
            assert!(names.iter().all(|name| !name.contains(".new")), "{names:?}");
            let list = stdout(&sandbox.run(&["bookmark", "list"]));
            // The one of the copy at least, and the one that was set now.
            assert!(matches!(list.lines().count(), 2 | 3), "{list}");
            assert_eq!(
                stdout(&sandbox.run(&["check", "--json"])),
                "",
                "after {nth}"
            );
        }
    }

    #[test]
    fn a_killed_restoration_leaves_nothing_for_long() {
        let sandbox = copied();
        let left = [
            "marks.sqlite3.new-1-0",
            "marks.sqlite3.new-1-0-journal",
            "library.sqlite3.new-1-0-wal",
            "library.sqlite3.new",
        ];
        let leave = || {
            for name in left {
                fs::write(sandbox.path("library").join(name), "x").unwrap();
            }
        };
        leave();
        fs::write(sandbox.path("library/marks.sqlite3.newer"), "x").unwrap();
        // Whoever makes such a file holds the folder.
        let folder = fs::File::open(sandbox.path("library")).unwrap();
        folder.lock().unwrap();
        assert!(sandbox.run(&["bookmark", "add", "6/1/3"]).status.success());
        assert!(
            left.iter()
                .all(|name| names(&sandbox).contains(&(*name).to_owned()))
        );
        // Not by dropping it: another thread's child may hold it until it becomes another program.
        folder.unlock().unwrap();
        assert!(sandbox.run(&["bookmark", "add", "6/2/1"]).status.success());
        let names = names(&sandbox);
        assert!(
            left.iter().all(|name| !names.contains(&(*name).to_owned())),
            "{names:?}"
        );
        assert!(names.contains(&"marks.sqlite3.newer".to_owned()));
    }
}

#[test]
fn every_way_on_has_words() {
    for mend in [
        "restore-marks",
        "restore-copy",
        "restore-copy-and-all",
        "restore-all-rows",
        "restore-copy-partly",
        "restore-rows",
        "restore-nothing",
    ] {
        for language in Language::ALL {
            assert!(language.knows(&format!("mend.{mend}")), "{mend}");
        }
    }
}

/// The copies as a script reads them.
#[test]
fn copies_that_are_not_whole_are_listed_with_the_reason() {
    let sandbox = copied();
    let copy = copies(&sandbox).remove(0);
    let bad = copy.with_file_name("marks-2026-01-31T080000Z.sqlite3");
    fs::write(&bad, "no database").unwrap();
    let line: Value = sandbox
        .json(&["marks", "restore", "--dry-run", "--json"])
        .remove(0);
    let listed = line["copies"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1]["whole"], false);
    assert!(listed[1]["reason"].as_str().unwrap().contains("不是完好"));
}
