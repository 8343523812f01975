//! What a command line is told: help by either way, words that are no command, what was not changed, counts that agree, and what
//! stays removed.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use parkweekly::config::Language;
use rusqlite::Connection;
use sandbox::{Sandbox, fixtures};
use serde_json::Value;
use std::fs;

/// What a run writes in English, stdout first, and its exit code.
fn said(sandbox: &Sandbox, line: &[&str]) -> (String, i32) {
    let mut command = sandbox.command(line);
    let output = command.env("PARKWEEKLY_LANG", "en").output().unwrap();
    let bytes = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(bytes).unwrap();
    (text, output.status.code().unwrap())
}

/// Overwrites the page at which a table or index of a database begins.
fn overwrite(sandbox: &Sandbox, file: &str, name: &str) {
    let path = sandbox.path("library").join(file);
    let database = Connection::open(&path).unwrap();
    let sql = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = ?1";
    let (root, size): (u32, u32) = database
        .query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    drop(database);
    let [root, size] = [root, size].map(|n| usize::try_from(n).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[(root - 1) * size..root * size].fill(0xff);
    fs::write(path, bytes).unwrap();
}

#[test]
fn help_of_a_command_is_what_the_command_shows() {
    let sandbox = Sandbox::new();
    for command in [&[][..], &["import"], &["marks", "restore"], &["help"]] {
        let help = said(&sandbox, &[&["help"], command].concat());
        assert_eq!(help, said(&sandbox, &[command, &["--help"]].concat()));
        assert_eq!(help.1, 0);
    }
    assert!(said(&sandbox, &["--help"]).0.contains("\n  help  "));
    let (wrong, code) = said(&sandbox, &["help", "marks", "restroe"]);
    assert_eq!(code, 2);
    assert!(
        wrong.contains("perhaps parkweekly marks restore; parkweekly marks --help"),
        "{wrong}"
    );
}

#[test]
fn the_example_of_a_whole_title_finds_items() {
    let sandbox = Sandbox::with_issues();
    for language in Language::ALL {
        let words = language.say("query.section").into_owned();
        let example = words.split('`').find(|word| word.contains(":="));
        let example = example.unwrap();
        assert_eq!(said(&sandbox, &["search", example]).1, 0, "{example}");
    }
}

#[test]
fn a_word_that_is_no_command_is_told_where_commands_are_explained() {
    let sandbox = Sandbox::new();
    for (line, code, expected) in [
        (&["nofile"][..], 2, "hint: parkweekly --help lists"),
        (
            &["issues", "extra"],
            2,
            "hint: parkweekly issues --help lists",
        ),
        (
            &["marks", "extra"],
            2,
            "hint: parkweekly marks --help lists",
        ),
        // It can only be a file.
        (&["--", "nofile"], 1, "error: nofile: no such file"),
        (&["nofile", "--", "other"], 2, "unknown command nofile"),
    ] {
        let (said, found) = said(&sandbox, line);
        assert_eq!(found, code, "{line:?}: {said}");
        assert!(said.contains(expected), "{line:?}: {said}");
    }
}

#[test]
fn where_one_of_several_leads_nowhere_it_is_said_that_nothing_was_changed() {
    let sandbox = Sandbox::with_issues();
    let before = fs::read(sandbox.path("library/marks.sqlite3")).unwrap();
    for (line, code) in [
        (&["bookmark", "add", "6/1/1", "99/1/1"][..], 3),
        (&["bookmark", "remove", "6/1/1", "6/1"], 2),
        (&["tag", "add", "6/1/1", "99/1/1", "跟踪"], 3),
        (&["tag", "add", "6/1/1", "跟踪", "两个 标签"], 2),
        (&["note", "remove", "6/1/1", "6@ffff"], 3),
        (&["issues", "remove", "6", "99", "-y"], 3),
        (&["marks", "forget", "6", "x", "-y"], 2),
    ] {
        let (said, found) = said(&sandbox, line);
        assert_eq!(found, code, "{line:?}: {said}");
        assert!(
            said.ends_with("; nothing was changed\n"),
            "{line:?}: {said}"
        );
    }
    assert!(fs::read(sandbox.path("library/marks.sqlite3")).unwrap() == before);
    assert_eq!(sandbox.json(&["issues", "--json"]).len(), 2);
    let (one, _) = said(&sandbox, &["bookmark", "add", "99/1/1"]);
    assert!(!one.contains("nothing was changed"), "{one}");
}

#[test]
fn an_import_of_one_file_and_its_dry_run_say_how_diagnostics_are_listed() {
    let sandbox = Sandbox::new();
    let hint = "2 diagnostics; -v lists them\n";
    let files = ["weekly-006.txt", "weekly-007.txt"];
    for files in [&files[..1], &files] {
        let [dry, done] = [&["-n"][..], &[]].map(|flags| {
            let (said, code) = said(&sandbox, &[&["import"], flags, files].concat());
            assert_eq!(code, 0);
            assert_eq!(said.matches(hint).count(), 1, "{said}");
            said.replace("A dry run: nothing was written\n", "")
        });
        assert_eq!(
            dry,
            done.replace("unchanged", "new      ")
                .replace("replaced", "new")
        );
        fs::remove_dir_all(sandbox.path("library")).unwrap();
    }
    let (named, _) = said(&sandbox, &["import", "-v", files[0]]);
    assert!(!named.contains("-v lists"), "{named}");
}

#[test]
fn what_was_taken_off_is_counted_nowhere() {
    let sandbox = Sandbox::with_issues();
    for line in [
        &["bookmark", "add", "6/1/1", "7/1/1"][..],
        &["tag", "add", "6/1/2", "跟踪"],
        &["note", "set", "6/1/3", "看看"],
        &["bookmark", "remove", "6/1/1"],
        &["tag", "remove", "6/1/2", "跟踪"],
        &["note", "remove", "6/1/3"],
    ] {
        assert!(sandbox.run(line).status.success(), "{line:?}");
    }
    let counts = || {
        // It finds more, such as a locale that is none.
        let doctor = sandbox.run(&["doctor", "--json"]).stdout;
        let doctor: Value = serde_json::from_slice(&doctor).unwrap();
        let (check, _) = said(&sandbox, &["check"]);
        let (restore, _) = said(&sandbox, &["marks", "restore", "-n"]);
        (doctor["marks"]["marked"].clone(), check, restore)
    };
    let (doctor, check, restore) = counts();
    assert_eq!(doctor, 1);
    assert!(check.contains("marks 1)"), "{check}");
    assert!(restore.contains("whole, 1 item with marks"), "{restore}");
    // Where nothing is marked, no content is missing either.
    assert!(
        sandbox
            .run(&["bookmark", "remove", "7/1/1"])
            .status
            .success()
    );
    fs::remove_file(sandbox.path("library/library.sqlite3")).unwrap();
    let (check, code) = said(&sandbox, &["check"]);
    assert!(check.contains("marks 0)") && code == 0, "{check}");
}

#[test]
fn marks_without_a_copy_are_not_said_to_come_from_one() {
    for has_copy in [true, false] {
        let sandbox = Sandbox::with_issues();
        for address in ["6/1/1", "7/1/1"] {
            assert!(sandbox.run(&["bookmark", "add", address]).status.success());
        }
        if !has_copy {
            fs::remove_dir_all(sandbox.path("library/copies")).unwrap();
        }
        overwrite(&sandbox, "marks.sqlite3", "tag");
        let (told, code) = said(&sandbox, &["marks", "restore", "--dry-run"]);
        assert_eq!(code, 0, "{told}");
        assert!(told.contains("no tag can be read"), "{told}");
        assert!(!told.contains("no bookmark"), "{told}");
        assert!(told.contains("not all of it can be read"), "{told}");
        assert_eq!(
            told.contains("of the rest the copy holds"),
            has_copy,
            "{told}"
        );
        assert_eq!(told.contains("the rest is lost"), !has_copy, "{told}");
    }
}

#[test]
fn what_was_removed_stays_removed_where_the_table_of_issues_can_be_read() {
    for table in ["item", "body", "section", "source", "issue_number"] {
        let sandbox = Sandbox::with_issues();
        let same = fixtures().join("weekly-007.txt");
        let same = same.to_str().unwrap();
        // One from a document that stays, one with its document.
        for line in [
            &["import", same, "--number", "8"][..],
            &["issues", "remove", "6", "8", "--yes"],
        ] {
            assert!(sandbox.run(line).status.success(), "{line:?}");
        }
        overwrite(&sandbox, "library.sqlite3", table);
        let (told, code) = said(&sandbox, &["check", "--rebuild"]);
        assert!(code < 2, "{table}: {told}");
        let issues = sandbox.json(&["issues", "--json"]);
        let numbers: Vec<&Value> = issues.iter().map(|issue| &issue["number"]).collect();
        assert_eq!(numbers, [7], "{table}: {told}");
    }
}

#[test]
fn where_the_table_of_issues_is_lost_the_kept_pages_say_what_there_was() {
    let sandbox = Sandbox::with_issues();
    assert!(
        sandbox
            .run(&["issues", "remove", "6", "--yes"])
            .status
            .success()
    );
    overwrite(&sandbox, "library.sqlite3", "issue");
    let (told, code) = said(&sandbox, &["check", "--rebuild"]);
    assert_eq!(code, 0, "{told}");
    let issues = sandbox.json(&["issues", "--json"]);
    assert!(issues.iter().any(|issue| issue["number"] == 7), "{told}");
}

#[test]
fn lists_of_marks_end_at_their_limit_with_those_that_wait() {
    let sandbox = Sandbox::with_issues();
    for address in ["6/1/1", "6/1/2", "7/1/1"] {
        assert!(
            sandbox
                .run(&["note", "set", address, "看看"])
                .status
                .success()
        );
        assert!(
            sandbox
                .run(&["tag", "add", address, "跟踪"])
                .status
                .success()
        );
    }
    assert!(
        sandbox
            .run(&["issues", "remove", "6", "--yes"])
            .status
            .success()
    );
    for list in [&["note", "list"][..], &["tag", "list", "跟踪"]] {
        let lines = |limit| {
            let flags = ["--json", "--limit", limit];
            sandbox.json(&[list, &flags].concat()).len()
        };
        assert_eq!(
            [lines("0"), lines("1"), lines("2"), lines("9")],
            [0, 1, 2, 3],
            "{list:?}"
        );
    }
}

#[test]
fn several_publications_are_named_as_the_language_lists_them() {
    let sandbox = Sandbox::with_issues();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let other = sandbox.file("other.txt", text.replace("园区周报", "另一周报").as_bytes());
    assert!(sandbox.run(&["import", &other]).status.success());
    let (told, code) = said(&sandbox, &["show", "7"]);
    assert_eq!(code, 2);
    assert!(told.contains("that issue: 园区周报, 另一周报\n"), "{told}");
}

#[test]
fn content_of_which_nothing_could_be_read_back_is_told_and_is_a_failure() {
    let sandbox = Sandbox::with_issues();
    assert_eq!(said(&sandbox, &["check", "--rebuild"]).1, 0);
    fs::write(sandbox.path("library/library.sqlite3"), "").unwrap();
    for (flags, code) in [
        (&["check", "--rebuild"][..], 1),
        (&["check", "--rebuild"], 0),
    ] {
        let (told, found) = said(&sandbox, flags);
        assert_eq!(found, code, "{told}");
        assert_eq!(told.contains("import the files again"), code == 1, "{told}");
    }
}

#[test]
fn marks_of_two_publications_are_not_forgotten_by_a_number_that_both_have() {
    let sandbox = Sandbox::with_issues();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let other = sandbox.file("other.txt", text.replace("园区周报", "另一周报").as_bytes());
    assert!(sandbox.run(&["import", &other]).status.success());
    for publication in ["园区周报", "另一周报"] {
        let address = format!("{publication}:7/1/1");
        let issue = format!("{publication}:7");
        for line in [
            &["bookmark", "add", &address][..],
            &["issues", "remove", &issue, "-y"],
        ] {
            assert!(sandbox.run(line).status.success(), "{line:?}");
        }
    }
    let waiting = || {
        let list = sandbox.run(&["bookmark", "list", "--json"]).stdout;
        String::from_utf8(list).unwrap().lines().count()
    };
    let (told, code) = said(&sandbox, &["marks", "forget", "7", "-y"]);
    assert_eq!((code, waiting()), (2, 2), "{told}");
    assert!(
        told.contains("园区周报") && told.contains("另一周报"),
        "{told}"
    );
    let one = ["marks", "forget", "另一周报:7", "-y"];
    assert_eq!((said(&sandbox, &one).1, waiting()), (0, 1));
    // Now one of them has that number alone.
    let last = ["marks", "forget", "7", "-y"];
    assert_eq!((said(&sandbox, &last).1, waiting()), (0, 0));
}

#[test]
fn what_stays_of_marks_that_are_gone_or_of_another_program_is_not_made_up() {
    let sandbox = Sandbox::with_issues();
    for address in ["6/1/1", "7/1/1"] {
        assert!(sandbox.run(&["bookmark", "add", address]).status.success());
    }
    let marks = sandbox.path("library/marks.sqlite3");
    fs::remove_file(&marks).unwrap();
    for command in ["check", "doctor"] {
        let (told, code) = said(&sandbox, &[command]);
        assert_eq!(code, 1);
        assert!(
            told.contains("to go back to the newest whole copy"),
            "{told}"
        );
        assert!(!told.contains("present file"), "{told}");
    }
    let other = rusqlite::Connection::open(&marks).unwrap();
    other.execute_batch("CREATE TABLE other (x)").unwrap();
    drop(other);
    for flag in ["-n", "-y"] {
        let (told, code) = said(&sandbox, &["marks", "restore", flag]);
        assert_eq!(code, 0);
        assert!(told.contains("restoring sets it aside"), "{told}");
        assert!(!told.contains("left as it is"), "{told}");
    }
}
