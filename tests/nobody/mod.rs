//! Runs of the program as a user without privileges: root may do everything, so with root permissions prove nothing.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use crate::sandbox::{PROGRAM, Sandbox};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const NOBODY: u32 = 65534;
/// No user of the system has this number, so that none has a home.
pub const HOMELESS: u32 = 54321;

pub fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

pub fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout == b"0\n"
}

/// The program where any user may run it.
pub fn program(sandbox: &Sandbox) -> PathBuf {
    let program = sandbox.path("program");
    if !program.exists() {
        // Another process copies it: none may be run that is open for writing, and a child of another test would hold it.
        let copied = Command::new("cp").arg(PROGRAM).arg(&program).status();
        assert!(copied.unwrap().success());
        mode(&program, 0o755);
        mode(sandbox.folder.path(), 0o755);
    }
    program
}

/// The program as a user without privileges, in the sandbox and with its library; none where that cannot be arranged, which is
/// said.
pub fn command(sandbox: &Sandbox, user: u32) -> Option<Command> {
    if !is_root() {
        let mut command = Command::new(PROGRAM);
        dress(&mut command, sandbox);
        return (user == NOBODY).then_some(command);
    }
    if Command::new("setpriv").arg("--version").output().is_err() {
        // Not `eprintln!`, which the test harness keeps to itself.
        let _ = std::io::stderr().write_all(b"SKIPPED: run as root and without setpriv\n");
        return None;
    }
    let mut command = Command::new("setpriv");
    command
        .args([format!("--reuid={user}"), format!("--regid={user}")])
        .arg("--clear-groups")
        .arg(program(sandbox));
    dress(&mut command, sandbox);
    Some(command)
}

fn dress(command: &mut Command, sandbox: &Sandbox) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    command
        .env_clear()
        .env("PATH", path)
        .env("TMPDIR", temporary(sandbox))
        .current_dir(sandbox.folder.path());
}

/// Where runs in the sandbox put temporary files.
pub fn temporary(sandbox: &Sandbox) -> PathBuf {
    let folder = sandbox.path("tmp");
    if !folder.exists() {
        fs::create_dir(&folder).unwrap();
        mode(&folder, 0o1777);
    }
    folder
}

/// Runs the program as nobody on the library of the sandbox.
pub fn run(sandbox: &Sandbox, arguments: &[&str]) -> Option<Output> {
    let mut command = command(sandbox, NOBODY)?;
    command.arg("--library").arg(sandbox.path("library"));
    Some(command.args(arguments).output().unwrap())
}

/// Makes the user without privileges the owner of a folder and the files in it.
pub fn give(path: &Path) {
    if !is_root() {
        return;
    }
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        for file in fs::read_dir(path).unwrap() {
            give(&file.unwrap().path());
        }
    }
}

/// Takes the right to write from a folder and the files in it.
pub fn protect(folder: &Path) {
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        mode(&path, 0o444);
    }
    mode(folder, 0o555);
}
