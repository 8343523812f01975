//! What goes into the library, from where, and what is said of it: whole runs of `import`.
//! Every run has a library of its own and an environment without a locale.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod sandbox;

use assert_cmd::Command;
use sandbox::{PROGRAM, Sandbox, fixtures};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

#[test]
fn import_says_what_became_of_each_file() {
    let sandbox = Sandbox::new();
    let files = [
        "weekly-006.txt",
        "not-an-issue.txt",
        "weekly-007.txt",
        "missing.txt",
        "weekly-007.txt",
        "other-digest.txt",
        "gone.txt",
    ];
    let import = [["import"].as_slice(), &files].concat();
    let record = [
        sandbox.record(&import),
        sandbox.record(&[
            "import",
            "weekly-006.txt",
            "other-digest.txt",
            "--lang",
            "en",
        ]),
        sandbox.record(&["import", "missing.txt", "--lang", "en"]),
        sandbox.record(&["import", "weekly-006.txt", "--lang", "en"]),
        sandbox.record(&["import", "weekly-006.txt", "missing.txt", "--json"]),
    ];
    insta::assert_snapshot!("import", record.join("\n"));
}

#[test]
fn import_takes_folders_and_patterns() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("2024/old")).unwrap();
    fs::create_dir(sandbox.path("none")).unwrap();
    for (from, to) in [
        ("weekly-006.txt", "2024/10.txt"),
        ("weekly-007.txt", "2024/9.txt"),
        ("not-an-issue.txt", "2024/note.md"),
        ("other-digest.txt", "2024/old/1"),
    ] {
        fs::copy(fixtures().join(from), sandbox.path(to)).unwrap();
    }
    let at = |below: &str| sandbox.path(below).to_str().unwrap().to_owned();
    let record = [
        sandbox.record(&["import", &at("2024"), &at("none"), &at("2024/9.txt")]),
        sandbox.record(&["import", "-v", &at("2024/*.txt"), &at("2025/*")]),
        sandbox.record(&["import", "--lang", "en", "--dry-run", &at("2024/**/1*")]),
    ];
    insta::assert_snapshot!("import_many", record.join("\n"));
    let lines = sandbox.run(&["import", "--json", &at("2024"), &at("none"), ""]);
    assert_eq!(lines.status.code(), Some(1));
    let lines: Vec<Value> = serde_json::Deserializer::from_slice(&lines.stdout)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let codes: Vec<&str> = lines
        .iter()
        .map(|line| line["error"]["code"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(
        codes,
        [
            "-",
            "-",
            "-",
            "-",
            "folder-without-texts",
            "input-without-name"
        ]
    );
}

/// Every file below a folder with its bytes.
fn bytes_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_dry_run_says_what_would_be_and_touches_nothing() {
    let sandbox = Sandbox::new();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let changed = sandbox.file("changed.txt", text.replace('■', "■ ").as_bytes());
    let moved = sandbox.file("moved.txt", text.replace("总7期", "总8期").as_bytes());
    let files = ["weekly-007.txt", &changed, &moved, "missing.txt"];
    let statuses = |flags: &[&str]| {
        let arguments = [&["import", "--json"], flags, &files].concat();
        let output = sandbox.run(&arguments);
        assert_eq!(output.status.code(), Some(1));
        serde_json::Deserializer::from_slice(&output.stdout)
            .into_iter::<Value>()
            .map(|line| line.unwrap()["status"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        statuses(&["--dry-run"]),
        ["new", "replaced", "new", "failed"]
    );
    assert!(!sandbox.path("library").exists(), "no library is made");
    sandbox.run(&["import", "weekly-007.txt"]);
    let before = bytes_below(&sandbox.path("library"));
    let dry = statuses(&["-n"]);
    assert_eq!(dry, ["unchanged", "replaced", "new", "failed"]);
    assert!(bytes_below(&sandbox.path("library")) == before);
    assert_eq!(statuses(&[]), dry, "and so it is");
    assert_eq!(sandbox.json(&["issues", "--json"]).len(), 2);
}

/// An import in JSON, whatever it ends with: its lines and its exit code.
fn imported(sandbox: &Sandbox, arguments: &[&str]) -> (Vec<Value>, Option<i32>) {
    let output = sandbox.run(&[&["import", "--json"], arguments].concat());
    let lines = serde_json::Deserializer::from_slice(&output.stdout).into_iter();
    (lines.map(Result::unwrap).collect(), output.status.code())
}

#[test]
fn an_issue_that_comes_twice_in_a_run_is_told_in_a_dry_run_too() {
    let sandbox = Sandbox::new();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let other = text.replace('■', "■ ");
    let first = sandbox.file("a.txt", text.as_bytes());
    let second = sandbox.file("b.txt", other.as_bytes());
    let copy = sandbox.file("c.txt", other.as_bytes());
    let short = text.replacen("。\n", "！\n", 1);
    let twice = sandbox.file("d.txt", format!("{text}\n{short}").as_bytes());
    let files = [&*first, &second, &copy, &twice];
    for language in ["zh", "en"] {
        let dry = [&["import", "--lang", language, "--dry-run"], &files[..]].concat();
        let real = [&["import", "--lang", language], &files[..]].concat();
        let dry_json = imported(&sandbox, &[&["-n"], &files[..]].concat());
        let dry = sandbox.record(&dry);
        let stdout = |record: &str| {
            let (_, out) = record.split_once("--- stdout").unwrap();
            out.split("--- stderr").next().unwrap().to_owned()
        };
        let run = if language == "zh" {
            let (lines, code) = imported(&sandbox, &files);
            let without = |lines: &[Value]| -> Vec<Value> {
                let lines = lines.iter().cloned();
                lines
                    .map(|mut line| {
                        line.as_object_mut().unwrap().remove("dry_run");
                        line
                    })
                    .collect()
            };
            assert_eq!(
                without(&dry_json.0),
                without(&lines),
                "a dry run says what a real one does"
            );
            assert_eq!((dry_json.1, code), (Some(0), Some(0)));
            let twins: Vec<_> = lines
                .iter()
                .flat_map(|line| line["issues"].as_array().unwrap())
                .map(|issue| (issue["status"].as_str().unwrap(), issue["twin"].as_str()))
                .collect();
            assert_eq!(
                twins,
                [
                    ("new", None),
                    ("replaced", Some(&*first)),
                    ("unchanged", Some(&*second)),
                    ("replaced", Some(&*copy)),
                    ("replaced", Some(&*twice)),
                ]
            );
            assert_eq!(lines[1]["issues"][0]["before"]["source"], *first);
            continue;
        } else {
            sandbox.record(&real)
        };
        assert_eq!(stdout(&dry), stdout(&run));
        insta::assert_snapshot!("twice", stdout(&run));
    }
}

#[test]
fn a_copy_that_says_less_keeps_what_was_known_and_is_told() {
    let sandbox = Sandbox::new();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let good = sandbox.file("good.txt", text.as_bytes());
    // Without its cover, and without what stands behind the first section.
    let from = text.rfind("一、").unwrap();
    let to = text.rfind("二、").unwrap();
    let poor = sandbox.file("园区周报7期.txt", &text.as_bytes()[from..to]);
    sandbox.json(&["import", "--json", &good]);
    let known = |sandbox: &Sandbox| {
        let issue = &sandbox.json(&["issues", "--json"])[0];
        ["publication", "number", "year", "month", "week"].map(|field| issue[field].clone())
    };
    let before = known(&sandbox);
    assert!(before[2].is_number() && before[4].is_number());
    let dry = imported(&sandbox, &["-n", &poor]).0;
    let (lines, code) = imported(&sandbox, &[&poor]);
    assert_eq!(code, Some(0));
    assert_eq!(dry[0]["issues"], lines[0]["issues"]);
    assert_eq!(lines[0]["status"], "replaced");
    assert_eq!(lines[0]["issues"][0]["before"]["items"], 14);
    assert!(lines[0]["items"].as_u64().unwrap() < 14);
    assert_eq!(known(&sandbox), before);
    let whole = sandbox.json(&["import", "--json", &poor]);
    assert_eq!(
        whole[0]["status"], "unchanged",
        "with what was kept it is the same"
    );
    // The text says it.
    sandbox.run(&["import", &good]);
    let record = sandbox.record(&["import", "--lang", "en", &poor, "weekly-006.txt"]);
    assert!(
        record.contains("fewer than the 14 items before"),
        "{record}"
    );
    assert!(record.contains("1 issue has fewer items"), "{record}");
    assert!(known(&sandbox)[2].is_number());
}

#[test]
fn a_library_that_fails_ends_the_import_once() {
    let sandbox = Sandbox::with_issues();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let files: Vec<String> = (20..30)
        .map(|number| {
            let text = text.replace("总7期", &format!("总{number}期"));
            sandbox.file(&format!("{number}.txt"), text.as_bytes())
        })
        .collect();
    let library = rusqlite::Connection::open(sandbox.path("library/library.sqlite3")).unwrap();
    let trigger = "CREATE TRIGGER refuse BEFORE INSERT ON issue WHEN NEW.number = 22 \
        BEGIN SELECT raise(ABORT, 'refused by a test'); END";
    library.execute_batch(trigger).unwrap();
    drop(library);
    let mut arguments = vec!["import", "--lang", "en"];
    arguments.extend(files.iter().map(String::as_str));
    let output = sandbox.run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert_eq!(said.matches("hint: ").count(), 1, "{said}");
    for part in ["3 files: 2 new, 1 failed", "stopped after 3 of 10 files"] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(sandbox.json(&["issues", "--json"]).len(), 4);
}

#[test]
fn what_is_plainly_no_issue_in_a_folder_is_skipped() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("weekly")).unwrap();
    fs::copy(
        fixtures().join("weekly-006.txt"),
        sandbox.path("weekly/6.txt"),
    )
    .unwrap();
    let readme = sandbox.file(
        "weekly/README.md",
        b"# Weekly\n\n- how to read it\n- where it is from\n",
    );
    sandbox.file("weekly/notes.txt", "周一开会，带上名单。\n".as_bytes());
    let folder = sandbox.path("weekly");
    let folder = folder.to_str().unwrap();
    let record = [
        sandbox.record(&["import", "--lang", "en", folder]),
        sandbox.record(&["import", "-v", folder]),
        sandbox.record(&["import", "--lang", "en", folder, &readme]),
    ];
    insta::assert_snapshot!("skipped", record.join("\n"));
    let (lines, code) = imported(&sandbox, &[folder]);
    assert_eq!(code, Some(0));
    let of: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line["status"].as_str().unwrap(),
                line["reason"]["code"].as_str(),
            )
        })
        .collect();
    assert_eq!(of[0], ("unchanged", None));
    assert!(
        of[1..]
            .iter()
            .all(|(status, reason)| *status == "skipped" && reason.is_some())
    );
}

#[test]
fn several_issues_of_a_file_have_a_status_each() {
    let sandbox = Sandbox::with_issues();
    let read = |name| fs::read_to_string(fixtures().join(name)).unwrap();
    let seven = read("weekly-007.txt");
    let eight = seven.replace("总7期", "总8期");
    let bound = sandbox.file(
        "bound.txt",
        format!("{}\n{eight}", read("weekly-006.txt")).as_bytes(),
    );
    let record = [
        sandbox.record(&["import", "--lang", "en", &bound, "weekly-007.txt"]),
        sandbox.record(&["import", "-v", &bound]),
    ];
    insta::assert_snapshot!("several", record.join("\n"));
}

#[test]
fn strictness_makes_a_diagnostic_a_failure() {
    let sandbox = Sandbox::new();
    let record = [
        sandbox.record(&[
            "import",
            "--strict",
            "-v",
            "weekly-006.txt",
            "weekly-007.txt",
        ]),
        sandbox.record(&["parse", "--strict", "--lang", "en", "weekly-006.txt"]),
    ];
    insta::assert_snapshot!("strict", record.join("\n"));
    let issues = sandbox.json(&["issues", "--json"]);
    assert_eq!(
        issues.len(),
        1,
        "only the one without diagnostics is stored"
    );
    let output = sandbox.run(&["import", "--strict", "--json", "weekly-006.txt"]);
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["error"]["code"], "strict-diagnostics");
    assert_eq!(
        (&line["status"], &line["diagnostics"]),
        (&"failed".into(), &2.into())
    );
    assert_eq!(line["issues"][0]["status"], "failed");
    let output = sandbox.run(&["parse", "--strict", "--json", "weekly-006.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        output.stdout,
        sandbox.run(&["parse", "--json", "weekly-006.txt"]).stdout
    );
}

/// The signal comes while the program waits for room in the pipe: hundreds of long lines do not fit into it.
#[cfg(unix)]
#[test]
fn a_signal_ends_an_import_after_the_issue_at_hand() {
    use std::io::{BufRead as _, BufReader};
    use std::os::unix::process::ExitStatusExt as _;
    const FILES: usize = 600;
    for (name, number) in [("INT", 2), ("TERM", 15)] {
        let sandbox = Sandbox::new();
        let folder = sandbox.path("many");
        fs::create_dir(&folder).unwrap();
        for n in 0..FILES {
            let name = format!("{n}{}.txt", "x".repeat(200));
            fs::copy(fixtures().join("weekly-007.txt"), folder.join(name)).unwrap();
        }
        let mut child = std::process::Command::new(PROGRAM)
            .env_clear()
            .arg("--library")
            .arg(sandbox.path("library"))
            .args(["import", "--lang", "en"])
            .arg(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.next().unwrap().unwrap().contains("new"));
        let kill = Command::new("kill")
            .args(["-s", name, &child.id().to_string()])
            .output();
        assert!(kill.unwrap().status.success());
        let done = 1 + lines.map(Result::unwrap).count();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(number));
        assert!(done < FILES, "{done}");
        let said = String::from_utf8(output.stderr).unwrap();
        for part in [
            format!("{done} file{}: 1 new", if done == 1 { "" } else { "s" }),
            format!("interrupted after {done} of {FILES} files"),
        ] {
            assert!(said.contains(&part), "{said}");
        }
        assert_eq!(sandbox.json(&["issues", "--json"]).len(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_signal_does_not_wait_for_the_standard_input() {
    use std::io::{BufRead as _, BufReader};
    use std::os::unix::process::ExitStatusExt as _;
    let sandbox = Sandbox::new();
    let mut child = std::process::Command::new(PROGRAM)
        .env_clear()
        .current_dir(fixtures())
        .arg("--library")
        .arg(sandbox.path("library"))
        .args(["import", "weekly-007.txt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Held open: whoever reads it waits.
    let _input = child.stdin.take();
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    assert!(line.contains("新增"), "{line}");
    let kill = Command::new("kill")
        .args(["-s", "INT", &child.id().to_string()])
        .output();
    assert!(kill.unwrap().status.success());
    assert_eq!(child.wait().unwrap().signal(), Some(2));
}

#[test]
fn a_changed_file_replaces_its_issue_and_bookmarks_stay() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/2"]);
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let text = text.replace("2024年2月2期", "2024年3月1期");
    let moved = sandbox.file("moved.txt", text.as_bytes());
    let line = &sandbox.json(&["import", "--json", &moved])[0];
    assert_eq!(line["status"], "replaced");
    let issues = sandbox.json(&["issues", "--json"]);
    assert_eq!(issues.len(), 2);
    assert_eq!(issues[0]["month"], 3);
    assert_eq!(issues[0]["source"], moved);
    let bookmarks = sandbox.json(&["bookmark", "list", "--json"]);
    assert_eq!(bookmarks[0]["id"], "7/1/2");
}

#[test]
fn bad_input_is_named_and_stops_nothing_else() {
    let sandbox = Sandbox::new();
    let empty = sandbox.file("empty.txt", b"");
    let binary = sandbox.file("binary.txt", b"\x7fELF\0\0\0\0");
    let page = sandbox.file("page.txt", b"<!DOCTYPE html>\n<p>");
    let escape = sandbox.path("esc\u{1b}[31m.txt");
    let folder = sandbox.folder.path().to_str().unwrap();
    let arguments = [
        "import",
        &empty,
        &binary,
        &page,
        "",
        folder,
        escape.to_str().unwrap(),
        "weekly-006.txt",
    ];
    let record = sandbox.record(&arguments);
    let (_, shown) = record.split_once('\n').unwrap();
    assert!(!shown.contains('\u{1b}'));
    insta::assert_snapshot!("bad_input", shown);
    assert_eq!(sandbox.json(&["issues", "--json"]).len(), 1);
}

/// The text of a fixture in another encoding.
fn encoded(name: &str, label: &str) -> Vec<u8> {
    let text = fs::read_to_string(fixtures().join(name)).unwrap();
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            encoding.encode(&text).0.into_owned()
        }
    }
}

#[test]
fn every_encoding_is_read_and_can_be_named() {
    let sandbox = Sandbox::with_issues();
    let plain = sandbox.run(&["parse", "--json", "weekly-007.txt"]).stdout;
    for label in ["gbk", "utf-16le", "utf-16be"] {
        let file = sandbox.file("issue.txt", &encoded("weekly-007.txt", label));
        for flags in [&[][..], &["--encoding", label]] {
            let command = [&["parse", "--json", &file], flags].concat();
            assert!(sandbox.run(&command).stdout == plain, "{command:?}");
        }
        let line = &sandbox.json(&["import", "--json", &file])[0];
        assert_eq!(line["status"], "replaced");
        let shown = sandbox.run(&[&file, "--encoding", label]);
        assert!(shown.status.success());
    }
    let file = sandbox.file("issue.txt", &encoded("weekly-007.txt", "gbk"));
    let record = sandbox.record(&["import", &file, "--encoding", "utf-8"]);
    assert!(
        record.contains("不是 UTF-8 编码的文本") && record.contains("exit 1"),
        "{record}"
    );
}

#[test]
fn lost_characters_are_told() {
    let sandbox = Sandbox::new();
    let mut bytes = encoded("weekly-007.txt", "gbk");
    bytes.truncate(bytes.len() - 4);
    bytes[200] = 0xff;
    let file = sandbox.file("damaged.txt", &bytes);
    let line = &sandbox.json(&["import", "--json", &file])[0];
    let lost = &line["issues"][0]["diagnostics"][0];
    assert_eq!(lost["kind"], "characters-lost");
    assert_eq!(lost["args"]["encoding"], "gb18030");
    assert!(lost["args"]["count"].as_u64().unwrap() >= 1);
    assert!(lost["line"].as_u64().unwrap() > 1);
    let record = sandbox.record(&["parse", &file]);
    assert!(record.contains("按 gb18030 编码读，丢失了"), "{record}");
}

/// The kinds of the diagnostics of an issue, with the line of each.
fn noted(issue: &Value) -> Vec<(&str, u64)> {
    let diagnostics = issue["diagnostics"].as_array().unwrap().iter();
    diagnostics
        .map(|found| {
            let line = found["line"].as_u64().unwrap_or(0);
            (found["kind"].as_str().unwrap(), line)
        })
        .collect()
}

#[test]
fn two_encodings_in_one_file_are_read_line_by_line() {
    let sandbox = Sandbox::new();
    let plain = &Sandbox::new().json(&["import", "--json", "weekly-007.txt"])[0];
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let half = text.lines().count() / 2;
    // Line ends are the same in both, so lines can be taken from either.
    let in_gbk = |which: &dyn Fn(usize) -> bool| {
        let lines = text.split_inclusive('\n').enumerate();
        lines
            .flat_map(|(n, line)| {
                if which(n + 1) {
                    encoding_rs::GBK.encode(line).0.into_owned()
                } else {
                    line.as_bytes().to_vec()
                }
            })
            .collect::<Vec<u8>>()
    };
    for (bytes, first) in [
        (in_gbk(&|n| n <= half), None),
        (in_gbk(&|n| n > half), None),
        (in_gbk(&|n| [51, 52, 53, 54].contains(&n)), Some(51)),
    ] {
        let file = sandbox.file("mixed.txt", &bytes);
        let line = &sandbox.json(&["import", "--json", &file])[0];
        assert_eq!(line["items"], plain["items"]);
        let found = noted(&line["issues"][0]);
        let [(kind, at)] = found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(kind, "encodings-mixed");
        assert!(first.is_none_or(|first| at == first), "{at}");
        let shown = sandbox.record(&["show", "7"]);
        let unmixed = Sandbox::with_issues().record(&["show", "7"]);
        assert!(shown == unmixed);
    }
}

#[test]
fn a_wrong_encoding_is_told() {
    let sandbox = Sandbox::new();
    // By its name it could pass for an issue.
    for (made, named) in [("utf-8", "big5"), ("gbk", "big5"), ("utf-8", "gbk")] {
        let file = sandbox.file("101.txt", &encoded("weekly-007.txt", made));
        let (lines, code) = imported(&sandbox, &[&file, "--encoding", named]);
        let told = lines[0]["error"]["code"].as_str().unwrap();
        assert!(
            ["input-garbled", "source-wrong-encoding"].contains(&told),
            "{made} as {named}: {told}"
        );
        assert_eq!(code, Some(1));
    }
    // Half of a file, which no two encodings explain.
    let mut bytes = encoded("weekly-007.txt", "gbk");
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let to = text.rfind("二、").unwrap();
    let before = encoding_rs::GBK.encode(&text[..to]).0.len();
    let tail = encoding_rs::BIG5.encode(&text[to..]).0.into_owned();
    bytes.truncate(before);
    bytes.extend(tail);
    let file = sandbox.file("half.txt", &bytes);
    let (lines, _) = imported(&sandbox, &[&file, "--encoding", "gbk"]);
    let found = noted(&lines[0]["issues"][0]);
    assert!(
        found.iter().any(|(kind, _)| *kind == "characters-doubtful"),
        "{found:?}"
    );
    // A stretch of a good file that was saved after a wrong reading.
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let good: Vec<&str> = text.lines().collect();
    let wrong = |line: &str| encoding_rs::GBK.decode(line.as_bytes()).0.into_owned();
    let lines: Vec<String> = good
        .iter()
        .enumerate()
        .map(|(n, line)| match n {
            60..70 => wrong(line),
            _ => (*line).to_owned(),
        })
        .collect();
    let file = sandbox.file("stretch.txt", lines.join("\n").as_bytes());
    let record = sandbox.record(&["parse", &file]);
    assert!(record.contains("像是乱码"), "{record}");
}

#[test]
fn clean_issues_in_any_encoding_raise_no_doubt() {
    let sandbox = Sandbox::new();
    for name in ["weekly-006.txt", "weekly-007.txt", "other-digest.txt"] {
        let kinds = |file: &str| {
            let line = &sandbox.json(&["import", "--json", file])[0];
            let found = noted(&line["issues"][0]).into_iter();
            found.map(|(kind, _)| kind.to_owned()).collect::<Vec<_>>()
        };
        let plain = kinds(name);
        let of_decoding = ["characters-doubtful", "characters-lost", "encodings-mixed"];
        assert!(!plain.iter().any(|kind| of_decoding.contains(&&**kind)));
        for label in ["gbk", "gb18030", "utf-16le", "utf-16be"] {
            let file = sandbox.file(name, &encoded(name, label));
            assert_eq!(kinds(&file), plain, "{name} in {label}");
        }
    }
}

#[test]
fn the_standard_input_is_a_file_too() {
    let sandbox = Sandbox::new();
    let fed = |arguments: &[&str]| {
        let text = encoded("weekly-007.txt", "gbk");
        sandbox
            .command(arguments)
            .write_stdin(text)
            .output()
            .unwrap()
    };
    let plain = sandbox.run(&["parse", "--json", "weekly-007.txt"]).stdout;
    assert_eq!(fed(&["parse", "--json", "-"]).stdout, plain);
    let contents = sandbox.run(&["weekly-007.txt"]).stdout;
    assert_eq!(fed(&["-"]).stdout, contents);
    let output = fed(&["import", "--json", "-"]);
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&line["path"], &line["status"]),
        (&"-".into(), &"new".into())
    );
    assert_eq!(sandbox.json(&["issues", "--json"])[0]["source"], "-");
    let empty = sandbox
        .command(&["import", "-"])
        .write_stdin("")
        .output()
        .unwrap();
    assert_eq!(empty.status.code(), Some(1));
    let said = String::from_utf8(empty.stderr).unwrap();
    assert!(said.starts_with("错误：标准输入：文件是空的"), "{said}");
    for (arguments, said) in [
        (&["parse", "-"][..], "标准输入\n园区周报 7期"),
        (&["import", "-", "--lang", "en"], "<stdin>  unchanged"),
        (&["issues"], "标准输入"),
    ] {
        let stdout = String::from_utf8(fed(arguments).stdout).unwrap();
        assert!(stdout.contains(said), "{stdout}");
    }
}
