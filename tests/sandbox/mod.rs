//! Whole runs of the program: each with a library of its own and an environment without a locale, among the fixtures.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use assert_cmd::Command;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_parkweekly");

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A library, and a folder for files to import.
pub struct Sandbox {
    pub folder: TempDir,
}

impl Sandbox {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A sandbox whose library holds issues 6 and 7.
    pub fn with_issues() -> Self {
        let sandbox = Self::new();
        let output = sandbox.run(&["import", "weekly-006.txt", "weekly-007.txt"]);
        assert!(output.status.success());
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program with these arguments, run among the fixtures.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .env_clear()
            .current_dir(fixtures())
            .arg("--library")
            .arg(self.path("library"))
            .args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// A whole run as text: what was typed, the exit code, stdout, stderr.
    pub fn record(&self, arguments: &[&str]) -> String {
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
    pub fn json(&self, arguments: &[&str]) -> Vec<Value> {
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

pub fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}
