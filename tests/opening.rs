//! The library in every state of the disk, as a user of the command line meets it: what may only be read, what has no room, what
//! is no folder; who may read what is written; and marks that are restored.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod nobody;
mod sandbox;

use nobody::{HOMELESS, NOBODY, give, mode, protect};
use rusqlite::Connection;
use sandbox::{PROGRAM, Sandbox};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const READ_ONLY: &str = "文库只能读取，什么都不能保存";
/// Commands that only read.
const READING: [&[&str]; 7] = [
    &["issues"],
    &["search", "项目"],
    &["show", "6/1/1"],
    &["bookmark", "list"],
    &["tag", "list"],
    &["marks", "export"],
    &[],
];

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A library with issues 6 and 7, and a bookmark.
fn marked() -> Sandbox {
    let sandbox = Sandbox::with_issues();
    assert!(sandbox.run(&["bookmark", "add", "6/1/1"]).status.success());
    assert!(
        sandbox
            .run(&["tag", "add", "6/1/2", "跟踪"])
            .status
            .success()
    );
    sandbox
}

/// All files below a folder with their bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.append(&mut bytes(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// Asserts without showing the bytes.
fn is_as_before(folder: &Path, before: &BTreeMap<PathBuf, Vec<u8>>) {
    let now = bytes(folder);
    assert!(now.keys().eq(before.keys()), "{:?}", now.keys());
    assert!(now == *before, "the bytes have changed");
}

fn is_whole(library: &Path) {
    for name in ["library.sqlite3", "marks.sqlite3"] {
        let connection = Connection::open(library.join(name)).unwrap();
        let found: String = connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(found, "ok", "{name}");
    }
}

#[test]
fn a_library_that_may_not_be_written_is_read_and_says_so_once() {
    let sandbox = marked();
    let library = sandbox.path("library");
    protect(&library);
    let before = bytes(&library);
    let own: Vec<String> = READING
        .iter()
        .map(|command| stdout(&sandbox.run(command)))
        .collect();
    for (command, own) in READING.into_iter().zip(own) {
        let Some(output) = nobody::run(&sandbox, command) else {
            return;
        };
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {said}");
        assert_eq!(said.matches(READ_ONLY).count(), 1, "{command:?}: {said}");
        assert!(said.contains("建议："), "{said}");
        assert_eq!(stdout(&output), own);
        is_as_before(&library, &before);
    }
    let file = sandbox::fixtures().join("weekly-006.txt");
    let writing: [&[&str]; 5] = [
        &["bookmark", "add", "6/1/2"],
        &["tag", "add", "6/1/2", "重点"],
        &["import", file.to_str().unwrap()],
        &["issues", "remove", "6", "--yes"],
        &["marks", "restore", "--yes"],
    ];
    for command in writing {
        let output = nobody::run(&sandbox, command).unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        assert!(
            said.contains("错误：") && said.contains("建议："),
            "{command:?}: {said}"
        );
        is_as_before(&library, &before);
    }
    let left = fs::read_dir(nobody::temporary(&sandbox)).unwrap().count();
    assert_eq!(left, 0, "copies are gone with the run");
    mode(&library, 0o755);
}

/// The database is closed to writing, the folder is not; and the other way round.
#[test]
fn one_closed_file_or_a_closed_folder_is_enough() {
    for closed in ["library.sqlite3", "marks.sqlite3", ""] {
        let sandbox = marked();
        let library = sandbox.path("library");
        give(&library);
        mode(
            &library.join(closed),
            if closed.is_empty() { 0o555 } else { 0o444 },
        );
        let Some(output) = nobody::run(&sandbox, &["issues"]) else {
            return;
        };
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{closed}: {said}");
        assert!(said.contains(READ_ONLY), "{closed}: {said}");
        let output = nobody::run(&sandbox, &["bookmark", "add", "6/1/2"]).unwrap();
        assert_eq!(output.status.code(), Some(1), "{closed}");
        mode(&library, 0o755);
    }
}

#[test]
fn a_file_that_may_not_be_read_is_named_by_its_path() {
    for closed in ["library.sqlite3", "marks.sqlite3"] {
        let sandbox = marked();
        let library = sandbox.path("library");
        give(&library);
        mode(&library.join(closed), 0);
        let commands: [&[&str]; 4] = [
            &["issues"],
            &["check"],
            &["doctor"],
            &["bookmark", "add", "6/1/2"],
        ];
        for command in commands {
            let Some(output) = nobody::run(&sandbox, command) else {
                return;
            };
            let said = stdout(&output) + &stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
            let path = library.join(closed).display().to_string();
            assert!(said.contains(&path) && said.contains("没有权限"), "{said}");
            assert!(!said.contains("file:") && !said.contains("vfs="), "{said}");
        }
        mode(&library.join(closed), 0o644);
    }
}

#[test]
fn what_only_stands_in_a_wal_is_read_where_nothing_may_be_written() {
    let sandbox = Sandbox::with_issues();
    let (library, cut) = (sandbox.path("library"), sandbox.path("cut"));
    fs::create_dir(&cut).unwrap();
    // While one connection is open, what others write stays in the WAL.
    let open: Vec<Connection> = ["library.sqlite3", "marks.sqlite3"]
        .map(|name| {
            let connection = Connection::open(library.join(name)).unwrap();
            connection
                .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
                .unwrap();
            connection
        })
        .into();
    assert!(sandbox.run(&["bookmark", "add", "6/1/1"]).status.success());
    assert!(
        sandbox
            .run(&["issues", "remove", "7", "--yes"])
            .status
            .success()
    );
    for name in ["library.sqlite3", "marks.sqlite3"] {
        for end in ["", "-wal"] {
            let name = format!("{name}{end}");
            fs::copy(library.join(&name), cut.join(&name)).unwrap();
        }
        assert!(fs::metadata(cut.join(format!("{name}-wal"))).unwrap().len() > 0);
    }
    drop(open);
    fs::rename(&library, sandbox.path("whole")).unwrap();
    fs::rename(&cut, &library).unwrap();
    protect(&library);
    let before = bytes(&library);
    let Some(output) = nobody::run(&sandbox, &["bookmark", "list"]) else {
        return;
    };
    assert!(stdout(&output).starts_with("6/1/1"), "{}", stderr(&output));
    let issues = stdout(&nobody::run(&sandbox, &["issues", "--json"]).unwrap());
    assert!(
        issues.contains("\"number\":6") && !issues.contains("\"number\":7"),
        "{issues}"
    );
    // A trial looks at the same.
    let file = sandbox::fixtures().join("weekly-007.txt");
    let trial = ["import", "--dry-run", "--json", file.to_str().unwrap()];
    let trial = nobody::run(&sandbox, &trial).unwrap();
    assert!(
        stdout(&trial).contains("\"new\""),
        "{}{}",
        stdout(&trial),
        stderr(&trial)
    );
    is_as_before(&library, &before);
    assert_eq!(
        fs::read_dir(nobody::temporary(&sandbox)).unwrap().count(),
        0
    );
    mode(&library, 0o755);
}

#[test]
fn a_wal_that_may_not_be_read_is_not_left_out() {
    let sandbox = marked();
    let library = sandbox.path("library");
    fs::write(library.join("library.sqlite3-wal"), "the newest pages").unwrap();
    protect(&library);
    mode(&library.join("library.sqlite3-wal"), 0);
    let Some(output) = nobody::run(&sandbox, &["issues"]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).is_empty());
    assert!(
        stderr(&output).contains("library.sqlite3"),
        "{}",
        stderr(&output)
    );
    mode(&library, 0o755);
}

#[test]
fn an_older_library_that_may_not_be_written_is_read() {
    let sandbox = Sandbox::new();
    let library = sandbox.path("library");
    fs::create_dir(&library).unwrap();
    for (name, id, sql) in [
        (
            "library",
            *b"PkwL",
            include_str!("../assets/schema/library-001.sql"),
        ),
        (
            "marks",
            *b"PkwM",
            include_str!("../assets/schema/marks-001.sql"),
        ),
    ] {
        let connection = Connection::open(library.join(format!("{name}.sqlite3"))).unwrap();
        connection
            .pragma_update(None, "application_id", i32::from_be_bytes(id))
            .unwrap();
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap();
        connection.execute_batch(sql).unwrap();
        if name == "library" {
            connection
                .execute_batch(
                    "INSERT INTO publication VALUES (1, '园区周报', '园区周报'); \
                     INSERT INTO source VALUES (1, 'old.txt', 'x', x''); \
                     INSERT INTO issue VALUES (1, 1, 3, 2020, 1, 1, NULL, NULL, NULL, '2020-01-01T00:00:00Z', 0, 1, 1, '[]')",
                )
                .unwrap();
        }
        connection.pragma_update(None, "user_version", 1).unwrap();
    }
    protect(&library);
    let before = bytes(&library);
    let Some(output) = nobody::run(&sandbox, &["issues"]) else {
        return;
    };
    assert!(stdout(&output).contains("old.txt"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(0));
    is_as_before(&library, &before);
    assert_eq!(
        fs::read_dir(nobody::temporary(&sandbox)).unwrap().count(),
        0
    );
    mode(&library, 0o755);
}

#[test]
fn a_command_that_reads_makes_no_library() {
    let sandbox = Sandbox::new();
    for command in READING {
        let output = sandbox.run(command);
        // A folder that was named and is not there is told; a copy of marks made of it would be empty.
        let fails = command == ["marks", "export"];
        assert_eq!(
            output.status.code() == Some(1),
            fails,
            "{command:?}: {}",
            stderr(&output)
        );
        assert!(
            stderr(&output).contains("library"),
            "{command:?}: {}",
            stderr(&output)
        );
        assert!(!sandbox.path("library").exists(), "{command:?}");
    }
    // An empty folder stays empty, and one that may not be written is no obstacle.
    fs::create_dir(sandbox.path("library")).unwrap();
    mode(&sandbox.path("library"), 0o555);
    let Some(output) = nobody::run(&sandbox, &["issues"]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stderr(&output).contains("建议"), "{}", stderr(&output));
}

#[test]
fn a_library_that_is_a_file_is_named() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("file", b"a text");
    for place in [file.clone(), format!("{file}/below/it")] {
        for command in ["issues", "import"] {
            let output = Command::new(PROGRAM)
                .env_clear()
                .current_dir(sandbox::fixtures())
                .args(["--library", &place, command])
                .args((command == "import").then_some("weekly-006.txt"))
                .output()
                .unwrap();
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains(&format!("{file} 是文件")), "{said}");
            assert!(said.contains("建议："), "{said}");
        }
    }
    assert_eq!(fs::read(&file).unwrap(), b"a text");
}

#[test]
fn any_path_can_be_a_library() {
    let sandbox = Sandbox::new();
    let names: [&[u8]; 4] = [
        b"a b?mode=memory#c%41&immutable=1",
        "园区 周报".as_bytes(),
        b"not \xff utf-8 \xc0",
        b":memory:",
    ];
    for name in names {
        let library = sandbox.folder.path().join(OsStr::from_bytes(name));
        let run = |arguments: &[&str]| {
            Command::new(PROGRAM)
                .env_clear()
                .env("PARKWEEKLY_LIBRARY", &library)
                .current_dir(sandbox::fixtures())
                .args(arguments)
                .output()
                .unwrap()
        };
        for command in [
            &["import", "weekly-006.txt"][..],
            &["bookmark", "add", "6/1/1"],
            &["bookmark", "add", "6/1/2"],
            &["issues"],
        ] {
            let output = run(command);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{name:?}: {}",
                stderr(&output)
            );
        }
        let mut files: Vec<_> = fs::read_dir(&library)
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        files.sort();
        assert_eq!(
            files,
            ["copies", "library.sqlite3", "marks.sqlite3"],
            "{name:?}"
        );
        assert_eq!(fs::read_dir(library.join("copies")).unwrap().count(), 1);
        fs::write(library.join("marks.sqlite3"), "").unwrap();
        assert_eq!(
            run(&["marks", "restore", "--yes"]).status.code(),
            Some(0),
            "{name:?}"
        );
        assert!(stdout(&run(&["bookmark", "list"])).starts_with("6/1/1"));
    }
}

#[test]
fn a_folder_that_may_not_be_entered_is_named() {
    let sandbox = marked();
    let library = sandbox.path("library");
    give(&library);
    mode(&library, 0o600);
    for command in [&["issues"][..], &["bookmark", "add", "6/1/2"]] {
        let Some(output) = nobody::run(&sandbox, command) else {
            return;
        };
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(library.to_str().unwrap()) && said.contains("建议："),
            "{said}"
        );
    }
    mode(&library, 0o700);
}

#[test]
fn without_a_home_files_are_read_and_a_library_is_asked_for() {
    let sandbox = Sandbox::new();
    let file = sandbox.path("weekly-006.txt");
    fs::copy(sandbox::fixtures().join("weekly-006.txt"), &file).unwrap();
    let run = |argument: &OsStr| {
        let mut command = nobody::command(&sandbox, HOMELESS)?;
        Some(command.arg(argument).output().unwrap())
    };
    let Some(output) = run(OsStr::new("issues")) else {
        return;
    };
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("主文件夹") && said.contains("--library"),
        "{said}"
    );
    let output = run(file.as_os_str()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

/// A home that cannot be made, as users of the system have it.
#[test]
fn a_home_that_is_not_there_is_an_empty_library_to_read_and_named_to_write() {
    let sandbox = Sandbox::new();
    let run = |arguments: &[&str]| {
        let mut command = nobody::command(&sandbox, NOBODY)?;
        command.env("HOME", "/nonexistent").args(arguments);
        Some(command.output().unwrap())
    };
    let Some(output) = run(&["issues"]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = run(&["import", sandbox::fixtures().to_str().unwrap()]).unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("/nonexistent") && said.contains("建议："),
        "{said}"
    );
}

/// Runs the program below a shell that is told something first, such as `ulimit -f 64`.
fn told(sandbox: &Sandbox, shell: &str, arguments: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", &format!("{shell}; exec \"$0\" \"$@\""), PROGRAM])
        .env_clear()
        .current_dir(sandbox::fixtures())
        .arg("--library")
        .arg(sandbox.path("library"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn what_is_written_is_for_its_user_alone_whatever_the_umask() {
    for umask in ["000", "022", "277", "777"] {
        let sandbox = Sandbox::new();
        let umask = format!("umask {umask}");
        for command in [
            &["import", "weekly-006.txt"][..],
            &["bookmark", "add", "6/1/1"],
            &["bookmark", "add", "6/1/2"],
        ] {
            let output = told(&sandbox, &umask, command);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{umask}: {}",
                stderr(&output)
            );
        }
        fs::write(sandbox.path("library/marks.sqlite3"), "").unwrap();
        let output = told(&sandbox, &umask, &["marks", "restore", "--yes"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{umask}: {}",
            stderr(&output)
        );
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for folder in ["library", "library/copies"] {
            assert_eq!(mode(&sandbox.path(folder)), 0o700, "{umask}: {folder}");
        }
        let files = bytes(&sandbox.path("library"));
        // Two databases, a copy, and the emptied file that was set aside.
        assert_eq!(files.len(), 4);
        for file in files.keys() {
            assert_eq!(mode(file), 0o600, "{umask}: {}", file.display());
        }
    }
}

/// An issue of so many items that it needs megabytes.
fn large(sandbox: &Sandbox) -> String {
    let mut text = "园区周报\n2024年3月1期（总9期）\n目录\n一、招商引资 ... 1\n".to_owned();
    let headlines = (0..400).map(|n| format!("苏州高新区第{n}批光伏项目集中开工"));
    let headlines: Vec<String> = headlines.collect();
    for headline in &headlines {
        writeln!(text, "●{headline} ... 1").unwrap();
    }
    text += "一、招商引资\n";
    for headline in &headlines {
        let body = "项目用地约三百亩，分两期建设，建成后年产值可观。".repeat(20);
        writeln!(
            text,
            "●{headline}\n3月4日，{headline}的消息由本刊整理。\n■{body}\n（江苏省政府网站）"
        )
        .unwrap();
    }
    sandbox.file("large.txt", text.as_bytes())
}

fn no_room(output: &Output) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("没有空间写入文库") && said.contains("ulimit -f"),
        "{said}"
    );
}

#[test]
fn a_limit_of_file_sizes_stops_an_import_and_costs_nothing() {
    let sandbox = marked();
    let large = large(&sandbox);
    // In blocks of 512 bytes: 128 KiB, room for the small issue and not for the large one.
    let output = told(
        &sandbox,
        "ulimit -f 256",
        &["import", "weekly-007.txt", &large],
    );
    no_room(&output);
    is_whole(&sandbox.path("library"));
    let issues = stdout(&sandbox.run(&["issues", "--json"]));
    assert_eq!(
        issues.matches("\"number\":9,").count(),
        0,
        "no half issue: {issues}"
    );
    assert!(
        issues.contains("\"number\":6") && issues.contains("\"number\":7"),
        "{issues}"
    );
    assert!(stdout(&sandbox.run(&["bookmark", "list"])).starts_with("6/1/1"));
    // With room it goes.
    assert!(sandbox.run(&["import", &large]).status.success());
}

#[test]
fn a_limit_of_file_sizes_costs_no_mark_that_was_confirmed() {
    let sandbox = marked();
    // Every change adds to the WAL; it may grow to 48 KiB. The file that says where in it what stands takes 32.
    let items = stdout(&sandbox.run(&["search"]));
    let addresses = items.lines().filter_map(|line| line.split(' ').next());
    let arguments: Vec<&str> = ["bookmark", "add"].into_iter().chain(addresses).collect();
    let output = told(&sandbox, "ulimit -f 96", &arguments);
    no_room(&output);
    let said = stderr(&output);
    let confirmed: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("已加书签：")?.split(' ').next())
        .collect();
    assert!(!confirmed.is_empty(), "{said}");
    is_whole(&sandbox.path("library"));
    let kept = stdout(&sandbox.run(&["bookmark", "list"]));
    for address in confirmed {
        assert!(kept.contains(address), "{address} was confirmed: {kept}");
    }
}

#[test]
fn nothing_at_all_may_be_written_and_it_is_read_all_the_same() {
    let sandbox = marked();
    let before = bytes(&sandbox.path("library"));
    for command in READING {
        let output = told(&sandbox, "ulimit -f 0", command);
        // What is written to a pipe has no limit.
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {said}");
        assert_eq!(stdout(&output), stdout(&sandbox.run(command)), "{said}");
    }
    let output = told(&sandbox, "ulimit -f 0", &["bookmark", "add", "6/1/2"]);
    no_room(&output);
    let now = bytes(&sandbox.path("library"));
    for (path, bytes) in before {
        assert!(now[&path] == bytes, "{}", path.display());
    }
}

/// A file system of its own with little room, until dropped.
struct Small(PathBuf);

impl Small {
    fn mount(folder: PathBuf, room: &str) -> Option<Self> {
        fs::create_dir(&folder).unwrap();
        let size = format!("size={room}");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&folder)
            .output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(folder)),
            other => {
                // Not `eprintln!`, which the test harness keeps to itself.
                let skipped = format!("SKIPPED: no small file system can be mounted: {other:?}\n");
                let _ = std::io::stderr().write_all(skipped.as_bytes());
                None
            }
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_costs_nothing_that_was_confirmed() {
    let sandbox = Sandbox::new();
    let Some(disk) = Small::mount(sandbox.path("library"), "800k") else {
        return;
    };
    let large = large(&sandbox);
    for command in [
        &["import", "weekly-006.txt", "weekly-007.txt"][..],
        &["bookmark", "add", "6/1/1"],
    ] {
        let output = sandbox.run(command);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    no_room(&sandbox.run(&["import", &large]));
    is_whole(&disk.0);
    // Not a byte is left.
    let mut filler = fs::File::create(disk.0.join("filler")).unwrap();
    while filler.write_all(&[0; 512]).is_ok() {}
    drop(filler);
    for command in READING {
        let output = sandbox.run(command);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{command:?}: {}",
            stderr(&output)
        );
    }
    let output = sandbox.run(&["bookmark", "add", "6/1/2"]);
    no_room(&output);
    fs::remove_file(disk.0.join("filler")).unwrap();
    let output = sandbox.run(&["bookmark", "list"]);
    assert!(stdout(&output).starts_with("6/1/1"), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    is_whole(&disk.0);
}

/// Marks with a copy from before the second bookmark.
fn copied() -> Sandbox {
    let sandbox = Sandbox::with_issues();
    for address in ["6/1/1", "6/1/2"] {
        assert!(sandbox.run(&["bookmark", "add", address]).status.success());
    }
    assert_eq!(
        fs::read_dir(sandbox.path("library/copies"))
            .unwrap()
            .count(),
        1
    );
    sandbox
}

fn beside(sandbox: &Sandbox, what: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(sandbox.path("library")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| path.to_str().unwrap().contains(what))
        .collect()
}

#[test]
fn marks_are_copied_before_the_first_change_of_the_day() {
    let sandbox = copied();
    let copies = sandbox.path("library/copies");
    let copy = fs::read_dir(&copies)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let count = || -> u32 {
        let copy = Connection::open(&copy).unwrap();
        copy.query_row("SELECT count(*) FROM mark", [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(count(), 1);
    assert!(sandbox.run(&["bookmark", "add", "7/1/1"]).status.success());
    assert_eq!(fs::read_dir(&copies).unwrap().count(), 1);
    // A copy that cannot be made is told and stands in no way.
    fs::remove_dir_all(&copies).unwrap();
    fs::write(&copies, "").unwrap();
    let output = sandbox.run(&["bookmark", "add", "7/1/2"]);
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert!(
        said.contains("注意：没能在") && said.contains("已加书签"),
        "{said}"
    );
}

#[test]
fn damaged_marks_are_restored_after_asking() {
    let sandbox = copied();
    let marks = sandbox.path("library/marks.sqlite3");
    let mut damaged = fs::read(&marks).unwrap();
    damaged[20..].fill(0xA5);
    fs::write(&marks, &damaged).unwrap();
    let output = sandbox.run(&["bookmark", "list"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("marks.sqlite3") && said.contains("parkweekly marks restore"),
        "{said}"
    );
    // Nobody can be asked.
    let output = sandbox.run(&["marks", "restore"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("1 条有标记") && said.contains("--yes"),
        "{said}"
    );
    assert!(fs::read(&marks).unwrap() == damaged);
    let line = sandbox
        .command(&["marks", "restore", "--yes", "--json"])
        .output()
        .unwrap();
    assert_eq!(line.status.code(), Some(0), "{}", stderr(&line));
    let line: serde_json::Value = serde_json::from_slice(&line.stdout).unwrap();
    assert_eq!(line["carried_out"], true);
    assert_eq!(line["present"]["state"], "damaged");
    assert_eq!(line["marks"], 1);
    let aside = beside(&sandbox, "marks.sqlite3.damaged-");
    assert_eq!(line["set_aside"], aside[0].to_str().unwrap());
    assert!(fs::read(&aside[0]).unwrap() == damaged);
    assert_eq!(
        stdout(&sandbox.run(&["bookmark", "list"])).lines().count(),
        1
    );
}

#[test]
fn whole_marks_are_replaced_only_where_that_is_said() {
    let sandbox = copied();
    let output = sandbox.run(&["marks", "restore", "-y"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("标记文件完好，2 条有标记"), "{said}");
    let aside = beside(&sandbox, "marks.sqlite3.replaced-");
    assert_eq!(
        stdout(&sandbox.run(&["bookmark", "list"])).lines().count(),
        1
    );
    // And back.
    let from = aside[0].to_str().unwrap();
    let output = sandbox.run(&["marks", "restore", "--from", from, "-y"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stdout(&sandbox.run(&["bookmark", "list"])).lines().count(),
        2
    );
}

#[test]
fn without_a_whole_copy_nothing_is_restored() {
    let sandbox = copied();
    let marks = sandbox.path("library/marks.sqlite3");
    fs::write(&marks, "").unwrap();
    for copy in fs::read_dir(sandbox.path("library/copies")).unwrap() {
        fs::write(copy.unwrap().path(), "no database").unwrap();
    }
    let output = sandbox.run(&["marks", "restore", "--yes"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("没有完好的标记副本") && said.contains("建议："),
        "{said}"
    );
    let file = sandbox.file("text", b"a text");
    let output = sandbox.run(&["marks", "restore", "--yes", "--from", &file]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains(&format!("{file} 不是完好的标记副本")),
        "{said}"
    );
    assert_eq!(fs::read(&marks).unwrap(), b"");
}

#[test]
fn damaged_content_is_to_be_rebuilt() {
    let sandbox = marked();
    let library = sandbox.path("library/library.sqlite3");
    let whole = fs::read(&library).unwrap();
    // Found at opening, and while it is read.
    let mut damaged = whole.clone();
    for page in damaged.chunks_mut(4096).skip(1) {
        page.fill(0xA5);
    }
    for bytes in [whole[..4096].to_vec(), damaged] {
        fs::write(&library, &bytes).unwrap();
        let output = sandbox.run(&["issues"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("library.sqlite3") && said.contains("parkweekly check --rebuild"),
            "{said}"
        );
        assert!(fs::read(&library).unwrap() == bytes);
    }
    // The way on is one, whatever is left of the file.
    for left in [Some(&whole[..4096]), Some(b""), None] {
        if let Some(bytes) = left {
            fs::write(&library, bytes).unwrap();
        } else {
            fs::remove_file(&library).unwrap();
            fs::write(sandbox.path("library/library.sqlite3-wal"), "a WAL").unwrap();
        }
        assert_eq!(sandbox.run(&["issues"]).status.code(), Some(1));
        let output = sandbox.run(&["check", "--rebuild"]);
        let told = stdout(&output) + &stderr(&output);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{told}");
        let output = sandbox.run(&["issues"]);
        assert_eq!(output.status.code(), Some(0), "{told}{}", stderr(&output));
        assert!(sandbox.run(&["import", "weekly-006.txt"]).status.success());
        assert!(stdout(&sandbox.run(&["bookmark", "list"])).starts_with("6/1/1"));
    }
    let mut damaged = fs::read(sandbox.path("library/marks.sqlite3")).unwrap();
    for page in damaged.chunks_mut(4096).skip(1) {
        page.fill(0xA5);
    }
    fs::write(&library, whole).unwrap();
    fs::write(sandbox.path("library/marks.sqlite3"), damaged).unwrap();
    let said = stderr(&sandbox.run(&["bookmark", "list"]));
    assert!(
        said.contains("标记文件已损坏") && said.contains("parkweekly marks restore"),
        "{said}"
    );
}

#[test]
fn the_marks_are_no_copy_of_themselves() {
    let sandbox = Sandbox::with_issues();
    assert!(sandbox.run(&["bookmark", "add", "6/1/1"]).status.success());
    let marks = sandbox.path("library/marks.sqlite3");
    let before = fs::read(&marks).unwrap();
    let output = sandbox.run(&[
        "marks",
        "restore",
        "--yes",
        "--from",
        marks.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("不是副本"), "{}", stderr(&output));
    assert!(fs::read(&marks).unwrap() == before);
}
