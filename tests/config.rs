//! The settings file: where it is, what is wrong with it, and that the program starts whatever that is.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use sandbox::Sandbox;
use std::fs;
use std::path::Path;
use std::process::Output;

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The defaults in each README, between these.
const END: &str = "<!-- end of settings -->\n";

/// `PARKWEEKLY_UPDATE_README=1` writes them.
#[test]
fn the_readmes_show_the_defaults() {
    for (name, file) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let defaults = fs::read_to_string(root.join(format!("assets/config/{file}.toml"))).unwrap();
        let begin = format!(
            "<!-- settings: made from assets/config/{file}.toml and held equal by a test -->\n"
        );
        let text = fs::read_to_string(root.join(name)).unwrap();
        let (before, rest) = text.split_once(&begin).unwrap();
        let (shown, after) = rest.split_once(END).unwrap();
        let wanted = format!("\n```toml\n{defaults}```\n\n");
        if std::env::var_os("PARKWEEKLY_UPDATE_README").is_some() {
            let text = format!("{before}{begin}{wanted}{END}{after}");
            fs::write(root.join(name), text).unwrap();
        } else {
            assert_eq!(
                shown, wanted,
                "{name}: run this test with PARKWEEKLY_UPDATE_README=1"
            );
        }
    }
}

/// A file with three faults, two of them of one line each language.
const FAULTY: &str =
    "language = \"en\"\n[page]\nmeasure = 5\nindnet = 2\n[keys.reader]\nquit = [\"x\"]\n";

#[test]
fn all_faults_are_listed_with_line_and_key() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("faulty.toml", FAULTY.as_bytes());
    let checked = sandbox.run(&["--config", &file, "config", "check"]);
    assert_eq!(checked.status.code(), Some(1));
    let told = out(&checked);
    for part in [
        ":3:11: page.measure: 5 ",
        ":4:1: page.indnet: ",
        "indent",
        ":6:9: keys.reader.quit: x ",
        "clear-filter",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(told.lines().count(), 3);
    let told = out(&sandbox.run(&["--config", &file, "config", "check", "--json"]));
    let lines: Vec<serde_json::Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let kinds: Vec<_> = lines
        .iter()
        .map(|line| line["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["number", "unknown-near", "conflict"]);
    assert_eq!(lines[2]["line"], 6);
}

#[test]
fn a_faulty_file_keeps_no_command_from_running() {
    let sandbox = Sandbox::with_issues();
    let file = sandbox.file("faulty.toml", FAULTY.as_bytes());
    let listed = sandbox.run(&["--config", &file, "issues"]);
    assert_eq!(listed.status.code(), Some(0));
    assert!(!out(&listed).is_empty());
    let told = err(&listed);
    assert!(
        told.contains("3:11: page.measure") && told.contains("config check"),
        "{told}"
    );
}

#[test]
fn the_language_of_the_file_gives_way_to_the_flag_and_the_variable() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("sound.toml", b"language = \"en\"\n");
    let check = |extra: &[&str]| {
        let mut command = sandbox.command(&["--config", &file]);
        command
            .env_remove("PARKWEEKLY_LANG")
            .args(extra)
            .args(["config", "check"]);
        out(&command.output().unwrap())
    };
    assert!(check(&[]).contains("nothing wrong"));
    assert!(check(&["--lang", "zh"]).contains("没有问题"));
}

#[test]
fn a_file_that_is_named_must_be_there_and_the_own_one_need_not() {
    let sandbox = Sandbox::new();
    let own = sandbox.run(&["config", "check"]);
    assert_eq!(own.status.code(), Some(0));
    #[cfg(unix)]
    {
        let nothing = sandbox.run(&["--config", "/dev/null", "config", "check"]);
        assert_eq!(nothing.status.code(), Some(0), "{}", err(&nothing));
    }
    let missing = sandbox.path("none.toml").display().to_string();
    let named = sandbox.run(&["--config", &missing, "config", "check"]);
    assert_eq!(named.status.code(), Some(1));
    assert!(err(&named).contains("none.toml"));
    let folder = sandbox.path("folder");
    fs::create_dir(&folder).unwrap();
    let bytes = sandbox.file("bytes.toml", b"language = \"\xff\"");
    for file in [&folder.display().to_string(), &bytes] {
        let refused = sandbox.run(&["--config", file, "config", "check"]);
        assert_eq!(refused.status.code(), Some(1), "{file}");
    }
    let file = folder.display().to_string();
    let refused = err(&sandbox.run(&["--lang", "en", "--config", &file, "config", "check"]));
    assert!(
        refused.contains("is a folder") && !refused.contains("UTF-8"),
        "{refused}"
    );
}

#[test]
fn editing_makes_the_file_and_tells_what_is_wrong_afterwards() {
    let sandbox = Sandbox::new();
    let file = sandbox.path("new/config.toml").display().to_string();
    let edit = |editor: &str| {
        let mut command = sandbox.command(&["--config", &file, "config", "edit"]);
        command.env_remove("VISUAL").env("EDITOR", editor);
        command.output().unwrap()
    };
    let made = edit("true");
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("measure = 40"));
    let spoiled = edit("sed -i.before s/40/4/");
    assert_eq!(spoiled.status.code(), Some(1));
    assert!(out(&spoiled).contains("page.measure"), "{}", out(&spoiled));
    assert_eq!(edit("false").status.code(), Some(1));
}

#[test]
fn what_is_said_of_an_editor_that_fails_fits_settings_and_notes() {
    let sandbox = Sandbox::with_issues();
    let file = sandbox.file("config.toml", b"");
    let told = |arguments: &[&str], editor: &str| {
        let mut command = sandbox.command(&["--config", &file, "--lang", "en"]);
        command.env_remove("VISUAL").env("EDITOR", editor);
        let output = command.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        err(&output)
    };
    let (settings, note) = (["config", "edit"], ["note", "edit", "7/1/1"]);
    for editor in ["", "nosuch-editor", "false", "kill -9 $$;"] {
        let (settings, note) = (told(&settings, editor), told(&note, editor));
        assert!(!settings.contains("note"), "{settings}");
        assert!(note.contains("ditor"), "{note}");
        // Without an editor a note can be written all the same.
        assert_eq!(note.contains("note set"), editor.is_empty(), "{note}");
    }
}

#[test]
fn the_keys_as_they_are_listed_can_be_written_into_the_file() {
    let sandbox = Sandbox::new();
    let listed = out(&sandbox.run(&["config", "keys"]));
    let file = sandbox.file("keys.toml", listed.as_bytes());
    let checked = sandbox.run(&["--config", &file, "config", "check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    assert_eq!(
        out(&sandbox.run(&["--config", &file, "config", "keys"])),
        listed
    );
    let other = sandbox.file(
        "other.toml",
        b"[keys.reader]\nquit = [\"ctrl-q\", \"g q\"]\n",
    );
    let listed = out(&sandbox.run(&["--config", &other, "config", "keys"]));
    assert!(listed.contains("quit = [\"ctrl-q\", \"g q\"]"), "{listed}");
}

/// A settings file that names the theme `mine`, with this theme beside it.
fn with_theme(sandbox: &Sandbox, theme: &str) -> String {
    fs::create_dir_all(sandbox.path("themes")).unwrap();
    fs::write(sandbox.path("themes/mine.toml"), theme).unwrap();
    sandbox.file(
        "config.toml",
        b"language = \"en\"\n[screen]\ntheme = \"mine\"\n",
    )
}

#[test]
fn a_theme_is_checked_with_the_settings() {
    let sandbox = Sandbox::with_issues();
    let file = with_theme(
        &sandbox,
        "inherits = \"drak\"\nmatch = { fg = \"cyann\" }\nfly = 1\n",
    );
    let checked = sandbox.run(&["--config", &file, "config", "check"]);
    assert_eq!(checked.status.code(), Some(1));
    let told = out(&checked);
    for part in [
        "mine.toml:1:12: inherits: ",
        "dark",
        "mine.toml:2:16: match.fg: ",
        "cyan?",
        "mine.toml:3:1: fly: ",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(told.lines().count(), 3);
    let told = out(&sandbox.run(&["--config", &file, "config", "check", "--json"]));
    let first: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert!(first["path"].as_str().unwrap().ends_with("mine.toml"));
    assert_eq!(first["kind"], "theme-near");
    let themes = sandbox.run(&["--config", &file, "config", "themes"]);
    assert!(err(&themes).contains("mine.toml:1:12"), "{}", err(&themes));
    assert!(out(&themes).contains("* auto"));
    let report = out(&sandbox.run(&["--config", &file, "doctor", "--json"]));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["looks"]["set"], "mine");
    assert_ne!(report["looks"]["theme"], "mine");
    let findings = report["findings"].to_string();
    assert!(findings.contains("theme-faulty"), "{findings}");
}

#[test]
fn a_theme_that_is_not_there_is_told_where_it_is_named() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("config.toml", b"[screen]\ntheme = \"drak\"\n");
    let checked = sandbox.run(&["--config", &file, "config", "check"]);
    assert_eq!(checked.status.code(), Some(1));
    let told = out(&checked);
    assert!(told.contains("config.toml:2:9: screen.theme: "), "{told}");
    assert!(told.contains("dark"), "{told}");
}

#[test]
fn the_line_that_names_a_theme_is_told_among_the_others() {
    let sandbox = Sandbox::new();
    let text = "language = \"de\"\n[screen]\ntheme = \"drak\"\ncolour = 7\n[keys.foo]\n";
    let file = sandbox.file("config.toml", text.as_bytes());
    let lines = |language: &str| -> Vec<String> {
        let checked = sandbox.run(&["--lang", language, "--config", &file, "config", "check"]);
        let lines = out(&checked);
        lines
            .lines()
            .map(|line| line.rsplit_once(".toml:").unwrap().1.to_owned())
            .collect()
    };
    let english = lines("en");
    let starts: Vec<&str> = english.iter().map(|line| &line[..2]).collect();
    assert_eq!(starts, ["1:", "3:", "4:", "5:"]);
    assert!(english[3].contains("reader, filter, field"), "{english:?}");
    let chinese = lines("zh");
    assert!(chinese[0].contains("auto、zh、en"), "{chinese:?}");
}

#[test]
fn the_file_of_a_theme_is_a_beginning_of_one_of_ones_own() {
    let sandbox = Sandbox::new();
    let dark = out(&sandbox.run(&["config", "theme", "dark"]));
    let file = with_theme(&sandbox, &dark);
    let checked = sandbox.run(&["--config", &file, "config", "check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    let mine = sandbox.run(&["--config", &file, "config", "theme", "mine"]);
    assert_eq!(out(&mine), dark);
    let listed = out(&sandbox.run(&["--config", &file, "config", "themes", "--json"]));
    let lines = listed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    let used: Vec<_> = lines.iter().filter(|line| line["used"] == true).collect();
    assert_eq!(used.len(), 1);
    assert_eq!(used[0]["name"], "mine");
    assert!(used[0]["path"].as_str().unwrap().ends_with("mine.toml"));
    // Nothing for a terminal where there is none.
    let listed = out(&sandbox.run(&["--config", &file, "config", "themes"]));
    assert_eq!(listed.lines().count(), lines.len());
    assert!(!listed.contains('\x1b'));
    let missing = sandbox.run(&["config", "theme", "drak"]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(err(&missing).contains("dark"), "{}", err(&missing));
}
