//! The command line as a user sees it: stdout, stderr and exit code of whole runs.
//! Every run has a library of its own and an environment without a locale.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use assert_cmd::Command;
use parkweekly::text::WidthPolicy;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_parkweekly");

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A library, and a folder for files to import.
struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A sandbox whose library holds issues 6 and 7.
    fn with_issues() -> Self {
        let sandbox = Self::new();
        let output = sandbox.run(&["import", "weekly-006.txt", "weekly-007.txt"]);
        assert!(output.status.success());
        sandbox
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path.
    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program with these arguments, run among the fixtures.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .env_clear()
            .current_dir(fixtures())
            .arg("--library")
            .arg(self.path("library"))
            .args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// A whole run as text: what was typed, the exit code, stdout, stderr.
    fn record(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let mut record = format!("$ parkweekly {}\n", arguments.join(" "));
        let code = output.status.code().unwrap();
        writeln!(record, "exit {code}").unwrap();
        for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
            if !bytes.is_empty() {
                let text = String::from_utf8(bytes).unwrap();
                write!(record, "--- {name}\n{text}").unwrap();
            }
        }
        self.steady(&record)
    }

    /// A record without what differs from run to run: folders and times.
    fn steady(&self, record: &str) -> String {
        let record = record
            .replace(self.folder.path().to_str().unwrap(), "[SANDBOX]")
            .replace(fixtures().to_str().unwrap(), "[FIXTURES]");
        let mut steady = String::new();
        let mut rest = record.as_str();
        while let Some(c) = rest.chars().next() {
            let time = time(rest);
            if time > 0 {
                steady.push_str("[TIME]");
                rest = &rest[time..];
            } else {
                steady.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        steady
    }

    /// Runs, expects success and an empty stderr, and reads each line of stdout as JSON.
    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// Bytes of the day or the time of day, `2026-01-31` or `2026-01-31T08:00:00Z`, that `text` begins with.
fn time(text: &str) -> usize {
    let like = |pattern: &str| {
        text.len() >= pattern.len()
            && pattern
                .bytes()
                .zip(text.bytes())
                .all(|(want, is)| match want {
                    b'0' => is.is_ascii_digit(),
                    want => want == is,
                })
    };
    ["0000-00-00T00:00:00Z", "0000-00-00"]
        .into_iter()
        .find(|pattern| like(pattern))
        .map_or(0, str::len)
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[test]
fn help_is_in_the_language_asked_for() {
    let sandbox = Sandbox::new();
    let commands: [&[&str]; 10] = [
        &[],
        &["import"],
        &["parse"],
        &["issues"],
        &["search"],
        &["show"],
        &["bookmark"],
        &["bookmark", "add"],
        &["bookmark", "remove"],
        &["bookmark", "list"],
    ];
    for (language, name) in [("zh", "help_zh"), ("en", "help_en")] {
        let record: Vec<String> = commands
            .iter()
            .map(|command| {
                let flags = ["--help", "--lang", language];
                sandbox.record(&[command, flags.as_slice()].concat())
            })
            .collect();
        insta::assert_snapshot!(name, record.join("\n"));
    }
    assert!(!sandbox.path("library").exists(), "help needs no library");
}

#[test]
fn a_senseless_command_line_ends_with_2_and_says_what_is_wrong() {
    let sandbox = Sandbox::new();
    let lines: [&[&str]; 22] = [
        &["read"],
        &["bookmark"],
        &["bookmark", "keep"],
        &["import"],
        &["show", "1", "2"],
        &["search", "-x", "新能源"],
        &["issues", "--all"],
        &["issues", "--json", "--json"],
        &["--lang", "fr", "issues"],
        &["--lang"],
        &["show", "7-1"],
        &["import", "x", "--encoding", "utf16"],
        &["parse", "x", "--encoding", "martian"],
        &["x.txt", "--date", "2023-01-06"],
        &["import", "x", "--number", "0"],
        &["import", "x", "y", "--number", "7"],
        &["import", ".", "--date", "2023"],
        &["x.txt", "y.txt", "--date", "2023"],
        &["--encoding", "GBK", "import", "x"],
        &["--number", "7"],
        &["import", "x", "--number", "x"],
        &["import", "x", "--number="],
    ];
    for (language, name) in [("zh", "usage_zh"), ("en", "usage_en")] {
        let record: Vec<String> = lines
            .iter()
            .map(|line| {
                let line = [["--lang", language].as_slice(), line].concat();
                // A second --lang is one too many, so the language comes from the environment there.
                let (line, variable) = match line[2..] {
                    ["--lang", ..] => (&line[2..], language),
                    _ => (&line[..], ""),
                };
                let mut command = sandbox.command(line);
                let output = command.env("PARKWEEKLY_LANG", variable).output().unwrap();
                assert_eq!(output.status.code(), Some(2));
                assert!(output.stdout.is_empty());
                let message = String::from_utf8(output.stderr).unwrap();
                format!("$ parkweekly {}\n{message}", line.join(" "))
            })
            .collect();
        insta::assert_snapshot!(name, record.join("\n"));
    }
}

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
    assert!(record.contains("fewer than before: 14 items"), "{record}");
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
            format!("{done} files: 1 new"),
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
    for (made, named) in [("utf-8", "big5"), ("gbk", "big5"), ("utf-8", "gbk")] {
        let file = sandbox.file("101.txt", &encoded("weekly-007.txt", made));
        let output = sandbox.run(&["import", "--json", &file, "--encoding", named]);
        let line: Value = serde_json::from_slice(&output.stdout).unwrap();
        if let Some(code) = line["error"]["code"].as_str() {
            let told = ["input-garbled", "source-wrong-encoding"];
            assert!(told.contains(&code), "{code}");
            continue;
        }
        let found = noted(&line["issues"][0]);
        assert!(
            found.iter().any(|(kind, _)| *kind == "characters-doubtful"),
            "{made} as {named}: {found:?}"
        );
    }
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

#[test]
fn parse_shows_the_outline_and_stores_nothing() {
    let sandbox = Sandbox::new();
    let record = [
        sandbox.record(&["parse", "weekly-006.txt", "not-an-issue.txt"]),
        sandbox.record(&["parse", "other-digest.txt", "--lang", "en"]),
    ];
    insta::assert_snapshot!("parse", record.join("\n"));
    assert!(!sandbox.path("library").exists());
}

#[test]
fn parse_writes_the_json_of_the_contract() {
    let sandbox = Sandbox::new();
    let output = sandbox.run(&["parse", "--json", "weekly-006.txt"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("{\n  \"schema\": 1,\n  \"publication\""));
    let issue: Value = serde_json::from_str(&text).unwrap();
    let expected = [
        "diagnostics",
        "month",
        "note",
        "number",
        "publication",
        "publisher",
        "schema",
        "sections",
        "site",
        "week",
        "year",
    ];
    assert_eq!(keys(&issue), expected);
    let section = &issue["sections"][0];
    assert_eq!(keys(section), ["items", "ordinal", "page", "title"]);
    let expected = [
        "contents_headline",
        "facts",
        "headline",
        "lead",
        "ordinal",
        "page",
        "paragraphs",
        "pictures",
        "source",
    ];
    assert_eq!(keys(&section["items"][0]), expected);
    let diagnostic = &issue["diagnostics"][0];
    assert_eq!(
        keys(diagnostic),
        ["args", "item", "kind", "line", "message"]
    );

    // Several files are an array of what parsed, one that failed is nothing.
    let output = sandbox.run(&["parse", "--json", "weekly-006.txt", "not-an-issue.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let issues: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(issues.as_array().unwrap().len(), 1);
    assert_eq!(issues[0], issue);
    let output = sandbox.run(&["parse", "--json", "not-an-issue.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn issues_are_a_table_or_lines_of_json() {
    let sandbox = Sandbox::new();
    let none = sandbox.record(&["issues"]);
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["import", "other-digest.txt"]);
    sandbox.run(&["bookmark", "add", "7/1/1"]);
    let record = [
        none,
        sandbox.record(&["issues"]),
        sandbox.record(&["issues", "--lang", "en"]),
        sandbox.record(&["issues", "--json"]),
    ];
    insta::assert_snapshot!("issues", record.join("\n"));
}

#[test]
fn show_prints_an_item_a_section_or_an_issue() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/1"]);
    let record = [
        sandbox.record(&["show", "7/1/1"]),
        sandbox.record(&["show", "7/1/1", "--lang", "en"]),
        sandbox.record(&["show", "7/1/1", "--json"]),
        sandbox.record(&["show", "6/2"]),
        sandbox.record(&["show", "6"]),
        sandbox.record(&["show", "9/1/1"]),
        sandbox.record(&["show", "7/9"]),
    ];
    insta::assert_snapshot!("show", record.join("\n"));
    let expected = [
        "bookmarked",
        "contents_headline",
        "diagnostics",
        "facts",
        "headline",
        "id",
        "issue",
        "lead",
        "note",
        "ordinal",
        "page",
        "paragraphs",
        "pictures",
        "publication",
        "read",
        "section",
        "source",
        "tags",
    ];
    let items = sandbox.json(&["show", "6", "--json"]);
    assert_eq!(items.len(), 12);
    for item in &items {
        assert_eq!(keys(item), expected);
    }
    let mismatch = items.iter().find(|item| item["id"] == "6/1/4").unwrap();
    assert_eq!(mismatch["diagnostics"][0]["kind"], "headline-mismatch");
    assert_eq!(sandbox.json(&["show", "6/2", "--json"]).len(), 4);
    for item in &items {
        let alone = sandbox.json(&["show", item["id"].as_str().unwrap(), "--json"]);
        assert_eq!(alone, std::slice::from_ref(item), "the same alone");
    }
}

#[cfg(unix)]
#[test]
fn a_terminal_gets_wrapped_and_indented_paragraphs() {
    let sandbox = Sandbox::with_issues();
    let text = on_a_terminal(&sandbox, &[], &["show", "7/1/1"]);
    for line in text.lines() {
        assert!(WidthPolicy::default().width(line) <= 40, "{line}");
    }
    let item = &sandbox.json(&["show", "7/1/1", "--json"])[0];
    let lead: String = item["lead"].as_str().unwrap().chars().take(10).collect();
    assert!(text.contains(&format!("\n    {lead}")), "{text}");
}

#[test]
fn a_number_of_two_publications_needs_the_name() {
    let sandbox = Sandbox::with_issues();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let other = sandbox.file("other.txt", text.replace("园区周报", "另一周报").as_bytes());
    sandbox.run(&["import", &other]);
    insta::assert_snapshot!(sandbox.record(&["show", "7/1/1"]), @r"
    $ parkweekly show 7/1/1
    exit 2
    --- stderr
    错误：7/1/1 不止一处，这些刊物都有这一期：园区周报、另一周报
    建议：请写出刊名，例如 园区周报:7/1/1
    ");
    let item = &sandbox.json(&["show", "另一周报：7/1/1", "--json"])[0];
    assert_eq!(item["id"], "另一周报:7/1/1");
    assert_eq!(item["publication"], "另一周报");
}

#[test]
fn a_letter_spaced_name_is_no_second_publication() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/1/1"]);
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let text = text.replacen("园区周报", "园 区 周 报", 1);
    let spaced = sandbox.file("spaced.txt", text.as_bytes());
    let line = &sandbox.json(&["import", "--json", &spaced])[0];
    assert_eq!(line["status"], "replaced", "the file is another");
    assert_eq!(sandbox.json(&["issues", "--json"]).len(), 2);
    for address in ["7/1/1", "园 区 周 报:7/1/1", "园区周报:7/1/1"] {
        let item = &sandbox.json(&["show", address, "--json"])[0];
        assert_eq!(item["id"], "7/1/1");
        assert_eq!(item["publication"], "园区周报");
        assert_eq!(item["bookmarked"], true);
    }
    assert_eq!(sandbox.json(&["bookmark", "list", "--json"]).len(), 1);
}

#[test]
fn bookmarks_are_added_listed_and_removed() {
    let sandbox = Sandbox::with_issues();
    let steps: [&[&str]; 10] = [
        &["bookmark", "list"],
        &["bookmark", "add", "6/1/1", "7/2/1"],
        &["bookmark", "add", "6/1/1"],
        &["bookmark", "list"],
        &["bookmark", "list", "--json"],
        &["bookmark", "remove", "6/1/1", "6/9/9"],
        &["bookmark", "remove", "6/1"],
        &["bookmark", "remove", "6/1/1"],
        &["bookmark", "remove", "6/1/1", "--lang", "en"],
        &["bookmark", "list"],
    ];
    let record: Vec<String> = steps.iter().map(|step| sandbox.record(step)).collect();
    insta::assert_snapshot!("bookmarks", record.join("\n"));
}

#[test]
fn changed_bookmarks_are_written_as_the_list_writes_them() {
    let sandbox = Sandbox::with_issues();
    let items = ["6/1/1", "7/2/1"];
    let run = |what| sandbox.json(&["bookmark", what, "--json", items[0], items[1]]);
    let added = run("add");
    assert_eq!(added.len(), 2);
    for (line, address) in added.iter().zip(items) {
        assert_eq!(line["id"], address);
        assert_eq!(line["bookmarked"], true);
    }
    assert_eq!(run("add"), added, "whether or not it changes anything");
    let mut listed = sandbox.json(&["bookmark", "list", "--json"]);
    listed.reverse();
    assert_eq!(listed, added);
    let removed = run("remove");
    assert_eq!(keys(&removed[0]), keys(&added[0]));
    assert!(removed.iter().all(|line| line["bookmarked"] == false));
    assert!(sandbox.json(&["issues", "--json"])[0]["bookmarked"] == 0);
}

#[test]
fn the_environment_names_library_and_language() {
    let sandbox = Sandbox::with_issues();
    let library = sandbox.path("library");
    let run = |variables: &[(&str, &str)]| {
        Command::new(PROGRAM)
            .env_clear()
            .env("PARKWEEKLY_LIBRARY", &library)
            .envs(variables.iter().copied())
            .arg("issues")
            .output()
            .unwrap()
            .stdout
    };
    let chinese = String::from_utf8(run(&[])).unwrap();
    assert!(chinese.contains("期号") && chinese.contains("2024年2月2期"));
    let english = String::from_utf8(run(&[("PARKWEEKLY_LANG", "en")])).unwrap();
    assert!(english.contains("number") && !english.contains("期号"));
    let locale = String::from_utf8(run(&[("LANG", "en_US.UTF-8")])).unwrap();
    assert_eq!(locale, english);
}

#[test]
fn search_means_what_the_filter_means() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "7/2/3"]);
    let lines: [&[&str]; 13] = [
        &["search", "新能源"],
        &["search", "项目", "section:招商", "issue:6"],
        &["search", "栏目：政策，资讯", "期:7"],
        &["search", "is:bookmarked"],
        &["search", "--limit", "2", ""],
        &["search", "--limit", "0", "项目"],
        &["search", "--json", "is:bookmarked"],
        &["search", "section:政策", "--", "-印发"],
        &["search", "section:政策", "-印发"],
        &["search", "section:政策", "!印发"],
        &["search", "没有这样的词"],
        &["search", "新能源 sektion:招商"],
        &["search", "--lang", "en", "issue:9..7"],
    ];
    let record: Vec<String> = lines.iter().map(|line| sandbox.record(line)).collect();
    insta::assert_snapshot!("search", record.join("\n"));
    assert_eq!(
        sandbox.json(&["search", "--json"]).len(),
        26,
        "no query is everything"
    );
    let fields = keys(&sandbox.json(&["search", "--json", "--limit", "1"])[0]).join(" ");
    assert_eq!(
        fields,
        "bookmarked facts headline id issue note page publication read section source tags"
    );
    let whole = sandbox.json(&["search", "--json", "项目"]).len();
    let without = sandbox.json(&["search", "--json", "-项目"]).len();
    assert_eq!(whole + without, 26);
    for (line, code) in [("没有", 3), ("x:1", 2), ("\"", 2), ("项目", 0)] {
        let output = sandbox.run(&["search", line]);
        assert_eq!(output.status.code(), Some(code), "{line}");
        assert_eq!(output.stdout.is_empty(), code != 0, "messages go to stderr");
    }
    let empty = Sandbox::new().record(&["search", "项目"]);
    assert!(
        empty.contains("exit 3") && empty.contains("parkweekly import"),
        "{empty}"
    );
}

#[test]
fn lists_end_at_their_limit() {
    let sandbox = Sandbox::with_issues();
    sandbox.run(&["bookmark", "add", "6/1/1", "7/2/1"]);
    for list in [["issues"].as_slice(), &["bookmark", "list"], &["search"]] {
        let limited = |limit| {
            let flags = ["--limit", limit, "--json"];
            sandbox.json(&[list, flags.as_slice()].concat()).len()
        };
        assert_eq!((limited("1"), limited("0")), (1, 0), "{list:?}");
    }
}

#[test]
fn without_a_screen_the_contents_are_written() {
    let sandbox = Sandbox::new();
    let empty = sandbox.record(&[]);
    let (contents, message) = empty.split_once("--- stderr").unwrap();
    assert!(
        contents.contains("园区周报样刊 1期") && contents.contains("1/3/8"),
        "{empty}"
    );
    assert!(
        message.contains("parkweekly import") && empty.contains("exit 0"),
        "{empty}"
    );
    let sandbox = Sandbox::with_issues();
    let record = [
        sandbox.record(&[]),
        sandbox.record(&["weekly-006.txt", "--lang", "en"]),
        sandbox.record(&["weekly-006.txt", "missing.txt", "other-digest.txt"]),
        sandbox.record(&["missing.txt", "not-an-issue.txt"]),
        sandbox.record(&["no-such-command"]),
    ];
    insta::assert_snapshot!("contents", record.join("\n"));
    assert_eq!(
        sandbox.json(&["issues", "--json"]).len(),
        2,
        "a file is not stored"
    );
    let untouched = Sandbox::new();
    untouched.run(&["weekly-006.txt"]);
    assert!(
        !untouched.path("library").exists(),
        "contents need no library"
    );
}

/// What a run among the fixtures writes to a terminal of 40 columns, as text.
#[cfg(unix)]
fn on_a_terminal(sandbox: &Sandbox, variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let bytes = bytes_on_a_terminal(sandbox, variables, arguments);
    String::from_utf8(bytes).unwrap().replace('\r', "")
}

#[cfg(unix)]
fn bytes_on_a_terminal(
    sandbox: &Sandbox,
    variables: &[(&str, &str)],
    arguments: &[&str],
) -> Vec<u8> {
    let size = PtySize {
        rows: 24,
        cols: 40,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(PROGRAM);
    command.env_clear();
    command.cwd(fixtures());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in variables {
        command.env(name, value);
    }
    command.arg("--library");
    command.arg(sandbox.path("library"));
    command.args(arguments);
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut bytes = vec![];
    // Linux ends a terminal that nobody writes to any more with an error.
    let reader = pty.master.try_clone_reader();
    let _ = reader.unwrap().read_to_end(&mut bytes);
    assert!(child.wait().unwrap().success());
    bytes
}

#[cfg(unix)]
#[test]
fn progress_on_a_terminal_leaves_the_lines_whole() {
    let sandbox = Sandbox::new();
    let files = ["import", "weekly-006.txt", "weekly-007.txt"];
    let import = |flags: &[&str], terminal| {
        let variables = [("TERM", terminal)];
        bytes_on_a_terminal(&sandbox, &variables, &[&files, flags].concat())
    };
    let shows_bar = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("/2 [");
    let bytes = import(&[], "xterm");
    assert!(shows_bar(&bytes));
    let cells = |n| std::num::NonZero::new(n).unwrap();
    let mut screen = vt100::Parser::new(cells(24), cells(40), 0);
    screen.process(&bytes);
    let plain = Sandbox::new().run(&files);
    let plain = [plain.stdout, plain.stderr].concat();
    let joined = |text: &str| text.replace('\n', "");
    assert_eq!(
        joined(&screen.screen().contents()),
        joined(&String::from_utf8(plain).unwrap()),
        "the lines, and nothing is left of the bar"
    );
    for (flags, terminal) in [(&["--json"][..], "xterm"), (&[], "dumb")] {
        assert!(!shows_bar(&import(flags, terminal)), "{flags:?}");
    }
    let script = sandbox.run(&files);
    assert!(!shows_bar(&script.stderr));
}

#[cfg(unix)]
#[test]
fn sections_and_issues_go_through_the_pager_on_a_terminal() {
    let sandbox = Sandbox::with_issues();
    let paged = sandbox.path("paged");
    let into_file = format!("cat > {}", paged.to_str().unwrap());
    for (address, goes) in [("6", true), ("6/1", true), ("6/1/1", false)] {
        let shown = on_a_terminal(&sandbox, &[("PAGER", &into_file)], &["show", address]);
        assert_eq!(shown.is_empty(), goes, "{address}: {shown}");
        let text = fs::read_to_string(&paged).unwrap_or_default();
        assert_eq!(text.contains("成都"), goes, "{address}: {text}");
        let _ = fs::remove_file(&paged);
    }
    for pager in ["", "cat", "no-such-pager --flag"] {
        let shown = on_a_terminal(&sandbox, &[("PAGER", pager)], &["show", "6/1"]);
        assert!(shown.contains("成都"), "{pager}: {shown}");
    }
    let script = sandbox.run(&["show", "6/1"]);
    assert!(
        !script.stdout.is_empty() && !paged.exists(),
        "a pipe needs no pager"
    );
    // A pager that is left early is no failure.
    let shown = on_a_terminal(&sandbox, &[("PAGER", "head -n 1")], &["show", "7"]);
    assert_eq!(shown.lines().count(), 1, "{shown}");
}

#[cfg(unix)]
#[test]
fn a_long_list_on_a_terminal_says_what_it_leaves_out() {
    let sandbox = Sandbox::new();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    for number in 20..30 {
        let text = text.replace("总7期", &format!("总{number}期"));
        let file = sandbox.file("issue.txt", text.as_bytes());
        assert!(sandbox.run(&["import", &file]).status.success());
    }
    let shown = on_a_terminal(&sandbox, &[], &["search"]);
    assert!(shown.contains("140 中的 100"), "{shown}");
    let shown = on_a_terminal(&sandbox, &[], &["search", "--limit", "140"]);
    assert!(!shown.contains("中的"), "{shown}");
    assert_eq!(sandbox.json(&["search", "--json"]).len(), 140);
}

#[test]
fn a_strangers_library_is_left_alone() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("library")).unwrap();
    let file = sandbox.file("library/library.sqlite3", &b"something else".repeat(100));
    let before = fs::read(&file).unwrap();
    insta::assert_snapshot!(sandbox.record(&["import", "weekly-006.txt"]), @r"
    $ parkweekly import weekly-006.txt
    exit 1
    --- stderr
    错误：[SANDBOX]/library/library.sqlite3 不是 parkweekly 的文库文件，没有改动它
    建议：请用 --library 另选一个文件夹，或移走这个文件
    ");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn many_can_import_into_a_new_library_at_once() {
    let sandbox = Sandbox::new();
    let text = fs::read_to_string(fixtures().join("weekly-007.txt")).unwrap();
    let children: Vec<_> = (20..26)
        .map(|number| {
            let text = text.replace("总7期", &format!("总{number}期"));
            let file = sandbox.file(&format!("{number}.txt"), text.as_bytes());
            std::process::Command::new(PROGRAM)
                .env_clear()
                .arg("--library")
                .arg(sandbox.path("library"))
                .args(["import", &file])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(sandbox.json(&["issues", "--json"]).len(), 6);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let sandbox = Sandbox::with_issues();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = std::process::Command::new(PROGRAM)
        .env_clear()
        .arg("--library")
        .arg(sandbox.path("library"))
        .args(["show", "7"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let sandbox = Sandbox::with_issues();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = std::process::Command::new(PROGRAM)
        .env_clear()
        .arg("--library")
        .arg(sandbox.path("library"))
        .arg("issues")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
}

/// Root may do everything, so permissions are tried as a user who may not.
#[cfg(unix)]
mod permissions {
    use super::*;
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt as _, chown};

    const NOBODY: u32 = 65534;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn is_root() -> bool {
        let output = Command::new("id").arg("-u").output().unwrap();
        output.stdout == b"0\n"
    }

    /// Runs the program as a user without privileges, from a place that this user can reach; none where that cannot be
    /// arranged.
    fn run(sandbox: &Sandbox, arguments: &[&str]) -> Option<Output> {
        let root = is_root();
        let program = sandbox.path("program");
        if root && !program.exists() {
            fs::copy(PROGRAM, &program).unwrap();
            mode(&program, 0o755);
            mode(sandbox.folder.path(), 0o755);
        }
        let mut command = if root {
            let mut command = std::process::Command::new("setpriv");
            let user = format!("--reuid={NOBODY}");
            let group = format!("--regid={NOBODY}");
            command.args([&user, &group, "--clear-groups"]).arg(program);
            command
        } else {
            std::process::Command::new(PROGRAM)
        };
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(sandbox.folder.path())
            .arg("--library")
            .arg(sandbox.path("library"))
            .args(arguments);
        match command.output() {
            Ok(output) => Some(output),
            Err(error) => {
                // Not `eprintln!`, which the test harness keeps to itself.
                let skipped = "SKIPPED: run as root and without setpriv:";
                let _ = std::io::stderr().write_all(format!("{skipped} {error}\n").as_bytes());
                None
            }
        }
    }

    /// Makes the user without privileges the owner of a folder.
    fn give(path: &Path) {
        if is_root() {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }

    #[test]
    fn a_file_that_may_not_be_read_is_named() {
        let sandbox = Sandbox::new();
        let file = sandbox.file("secret.txt", b"x");
        mode(Path::new(&file), 0);
        fs::create_dir(sandbox.path("library")).unwrap();
        give(&sandbox.path("library"));
        let Some(output) = run(&sandbox, &["import", &file]) else {
            return;
        };
        assert_eq!(output.status.code(), Some(1));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("secret.txt：没有读取权限"), "{message}");
    }

    #[test]
    fn a_library_that_may_not_be_written_is_named() {
        let sandbox = Sandbox::with_issues();
        let library = sandbox.path("library");
        for file in fs::read_dir(&library).unwrap() {
            mode(&file.unwrap().path(), 0o444);
        }
        mode(&library, 0o555);
        let Some(output) = run(&sandbox, &["issues"]) else {
            return;
        };
        mode(&library, 0o755);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("library.sqlite3"), "{message}");
        assert!(message.contains("建议："), "{message}");
    }

    #[test]
    fn a_folder_in_which_nothing_can_be_made_is_named() {
        let sandbox = Sandbox::new();
        let library = sandbox.path("library");
        fs::create_dir(&library).unwrap();
        mode(&library, 0o555);
        let Some(output) = run(&sandbox, &["issues"]) else {
            return;
        };
        assert_eq!(output.status.code(), Some(1));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("无法建立文库"), "{message}");
    }
}
