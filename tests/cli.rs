//! The command line as a user sees it: stdout, stderr and exit code of whole runs.
//! Every run has a library of its own and an environment without a locale.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod sandbox;

use assert_cmd::Command;
use parkweekly::app::wording::ASKING;
use parkweekly::text::WidthPolicy;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use sandbox::{PROGRAM, Sandbox, fixtures, keys};
use serde_json::Value;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Output, Stdio};

#[test]
fn the_help_of_query_explains_the_language_by_examples() {
    for language in ["zh", "en"] {
        let output = Sandbox::new().run(&["help", "query", "--lang", language]);
        let help = String::from_utf8(output.stdout).unwrap();
        for asking in ASKING {
            let examples = format!("\n  {}\n", asking.written.join("  "));
            assert!(help.contains(&examples), "{examples}{help}");
        }
        let policy = WidthPolicy::default();
        assert!(help.lines().all(|line| policy.width(line) <= 80), "{help}");
    }
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
fn what_to_do_is_said_once_for_all_files() {
    let sandbox = Sandbox::new();
    for command in [&["parse"][..], &["import"], &[]] {
        let files = ["gone.txt", "missing.txt", "nowhere.txt"];
        let output = sandbox.run(&[command, &files].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(said.matches("错误：").count(), 3, "{said}");
        assert_eq!(said.matches("建议：").count(), 1, "{said}");
        assert!(said.lines().last().unwrap().starts_with("建议："), "{said}");
    }
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
        "facts_known",
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
        "bookmarked facts facts_known headline id issue note page publication read section source tags"
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
        let Some(output) = run(&sandbox, &["bookmark", "add", "7/1/1"]) else {
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
        let Some(output) = run(&sandbox, &["import", "weekly-007.txt"]) else {
            return;
        };
        assert_eq!(output.status.code(), Some(1));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("无法建立文库"), "{message}");
    }
}
