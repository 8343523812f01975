//! Several programs on one library at once: each ends well, none is told that the library is in use, and nothing is lost.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod noise;
mod terminal;
mod versions;

use parkweekly::config::Language;
use parkweekly::store::{Place, Store};
use rusqlite::Connection;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use terminal::{PROGRAM, Session};
use versions::{Version, Weeklies};

/// The program on a library, among the files of the weeklies.
fn program(weeklies: &Weeklies, library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .env_clear()
        .env("PARKWEEKLY_LANG", "zh")
        .current_dir(weeklies.folder.path())
        .arg("--library")
        .arg(library)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a program says to whom another one kept waiting for too long.
fn complaint() -> String {
    Language::Chinese.say("error.library-locked").into_owned()
}

/// Fails unless a program ended well, and without a complaint.
fn ended_well(name: &str, output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{name}: {:?}: {said}",
        output.status
    );
    assert!(!said.contains("错误"), "{name}: {said}");
}

fn wait(name: &str, child: Child) {
    ended_well(name, &child.wait_with_output().unwrap());
}

/// Names of the databases' files in a library.
fn files(library: &Path) -> Vec<String> {
    let files = std::fs::read_dir(library).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.contains("sqlite3")).collect();
    names.sort();
    names
}

#[test]
fn many_may_start_at_once_where_there_is_no_library() {
    let weeklies = Weeklies::write(1..7);
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("not/there/yet");
        let first = program(&weeklies, &library, &["bookmark", "list"]);
        let runs = [
            &["import", "former"][..],
            &["issues"],
            &["import", "later"],
            &["bookmark", "list", "--json"],
            &["tag", "list"],
            &["import", "former/0002.txt"],
            &["note", "list"],
        ];
        let mut children = vec![("first", { first }.spawn().unwrap())];
        for run in runs {
            children.push((run[0], program(&weeklies, &library, run).spawn().unwrap()));
        }
        for (name, child) in children {
            wait(name, child);
        }
        let (held, wrong) = weeklies.check(&library);
        assert_eq!(wrong, [""; 0]);
        assert_eq!(held.len(), weeklies.numbers.len());
        assert_eq!(files(&library), ["library.sqlite3", "marks.sqlite3"]);
    }
}

/// Goes through the items of the open issue and presses a key on each, until each is confirmed by what is shown.
fn mark_all(session: &mut Session, key: &str, notice: &str, items: usize) {
    for item in 1..=items {
        session.until_shows(&format!(" {item}/{items} "));
        session.press(key);
        session.until_shows(notice);
        // Clears the notice, which else could be taken for the next one.
        session.press("\x0c");
        session.until("no notice", |screen| !screen.contents().contains(notice));
        if item < items {
            session.press("J");
        }
    }
}

#[test]
fn two_readers_two_imports_and_a_command_in_a_loop_lose_nothing() {
    // Of other numbers than the fixtures, and older: the readers open on number 7.
    let weeklies = Weeklies::write(30..54);
    let library: Arc<TempDir> = terminal::library();
    let readers = [("b", "已加书签"), ("r", "已标为已读")].map(|(key, notice)| {
        let mut session = Session::read(100, 30, &library);
        thread::spawn(move || {
            mark_all(&mut session, key, notice, 14);
            session
        })
    });
    let over = AtomicBool::new(false);
    let addresses: Vec<String> = (1..=5).map(|item| format!("6/1/{item}")).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let sessions = thread::scope(|scope| {
        let marking = scope.spawn(|| {
            let mut rounds = 0;
            while rounds < 2 || !over.load(Ordering::SeqCst) {
                for command in ["remove", "add"] {
                    for address in &addresses {
                        let run =
                            program(&weeklies, library.path(), &["bookmark", command, address])
                                .output();
                        ended_well(command, &run.unwrap());
                    }
                }
                rounds += 1;
            }
        });
        // Both versions of the same issues, against each other, and then once more.
        for folders in [["former", "later"], ["later", "former"]] {
            let imports = folders.map(|folder| {
                let import = program(&weeklies, library.path(), &["import", folder]).spawn();
                (folder, import.unwrap())
            });
            for (folder, import) in imports {
                wait(folder, import);
            }
        }
        let sessions = readers.map(thread::JoinHandle::join);
        // First of all, or a reader that failed would leave the commands going on for ever.
        over.store(true, Ordering::SeqCst);
        marking.join().unwrap();
        sessions.map(Result::unwrap)
    });
    for mut session in sessions {
        session.press("q");
        assert_eq!(session.until_given_back().exit_code(), 0);
        let said = String::from_utf8_lossy(&session.written).into_owned();
        assert!(!said.contains(&complaint()));
    }
    let (held, wrong) = weeklies.check(library.path());
    assert_eq!(wrong, [""; 0]);
    assert!(
        weeklies
            .numbers
            .clone()
            .all(|number| held.contains_key(&number))
    );
    let store = Store::open(&Place::Folder(library.path().to_owned())).unwrap();
    let searcher = store.searcher().unwrap();
    for issue in searcher.issues().unwrap() {
        let marks = (issue.bookmarked, issue.items - issue.unread);
        match issue.label.number.0 {
            7 => assert_eq!(marks, (14, 14)),
            6 => assert_eq!(marks, (5, 0)),
            number => assert_eq!(marks, (0, 0), "{number}"),
        }
    }
    drop((searcher, store));
    assert_eq!(files(library.path()), ["library.sqlite3", "marks.sqlite3"]);
}

#[test]
fn a_reader_that_waits_keeps_nobody_from_emptying_the_log() {
    let weeklies = Weeklies::write(30..34);
    let library = terminal::library();
    let mut session = Session::read(100, 30, &library);
    session.press("jjb'");
    session.until_shows("书签 ─");
    session.press("\x1b");
    session.until_shows("目录 ─");
    session.press("\x10总投资");
    session.until_shows("› 总投资");
    let import = program(&weeklies, library.path(), &["import", "former"]).output();
    ended_well("import", &import.unwrap());
    for name in ["library.sqlite3", "marks.sqlite3"] {
        let path = library.path().join(name);
        let file = Connection::open(&path).unwrap();
        // Waits for who is at work, not for who holds on to what it has read.
        file.busy_timeout(Duration::from_secs(10)).unwrap();
        let busy: bool = file
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .unwrap();
        assert!(!busy, "{name}");
        let log = std::fs::metadata(library.path().join(format!("{name}-wal")));
        assert_eq!(log.unwrap().len(), 0, "{name}");
    }
    session.press("\x1b");
    session.until_shows("目录 ─");
    session.press("q");
    assert_eq!(session.until_given_back().exit_code(), 0);
}

#[test]
fn the_later_of_two_versions_stays_whatever_is_imported_beside() {
    let weeklies = Weeklies::write(1..5);
    let library = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        program(&weeklies, library.path(), arguments)
            .spawn()
            .unwrap()
    };
    wait("import", run(&["import", "former"]));
    let imports = [
        run(&["import", "later"]),
        run(&["import", "later"]),
        run(&["import", "later"]),
    ];
    for import in imports {
        wait("import", import);
    }
    let (held, wrong) = weeklies.check(library.path());
    assert_eq!(wrong, [""; 0]);
    assert!(held.values().all(|version| *version == Version::Later));
    assert_eq!(held.len(), weeklies.numbers.len());
}

#[test]
fn many_may_bring_an_old_library_up_to_date_at_once() {
    let weeklies = Weeklies::write(30..33);
    for _ in 0..3 {
        let library = tempfile::tempdir().unwrap();
        let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema/l1m1");
        for name in ["library.sqlite3", "marks.sqlite3"] {
            std::fs::copy(old.join(name), library.path().join(name)).unwrap();
        }
        let runs = [
            &["bookmark", "list"][..],
            &["import", "former"],
            &["bookmark", "add", "6/2/1"],
            &["issues"],
            &["check"],
            &["bookmark", "add", "7/2/1"],
        ];
        let children = runs.map(|run| program(&weeklies, library.path(), run).spawn().unwrap());
        for (run, child) in runs.into_iter().zip(children) {
            wait(run[0], child);
        }
        let (held, wrong) = weeklies.check(library.path());
        assert_eq!(wrong, [""; 0]);
        assert_eq!(held.len(), weeklies.numbers.len());
        let store = Store::open(&Place::Folder(library.path().to_owned())).unwrap();
        assert_eq!(store.searcher().unwrap().bookmarks().unwrap().len(), 5);
    }
}

/// Rounds of a check beside writers in a run that nobody asked for more of.
const ROUNDS: usize = 8;

#[test]
fn a_check_beside_imports_and_rebuilds_finds_nothing() {
    let asked = std::env::var("PARKWEEKLY_TEST_ROUNDS").ok();
    let rounds = asked.map_or(ROUNDS, |asked| asked.parse().unwrap());
    let weeklies = Weeklies::write(30..36);
    let library = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        program(&weeklies, library.path(), arguments)
            .output()
            .unwrap()
    };
    ended_well("import", &run(&["import", "former"]));
    // Of items that both versions have, one of them under a corrected headline.
    for number in weeklies.numbers.clone() {
        let addresses = [format!("{number}/1/1"), format!("{number}/1/2")];
        ended_well(
            "bookmark",
            &run(&["bookmark", "add", &addresses[0], &addresses[1]]),
        );
    }
    let over = AtomicBool::new(false);
    let found = thread::scope(|scope| {
        let writing = scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                for command in [
                    &["import", "later"][..],
                    &["check", "--rebuild"],
                    &["import", "former"],
                ] {
                    ended_well(command[0], &run(command));
                }
            }
        });
        let mut found = vec![];
        for _ in 0..rounds {
            for command in [&["check"][..], &["doctor", "--json"]] {
                let output = run(command);
                let said = String::from_utf8(output.stdout).unwrap();
                let is_well = match command[0] {
                    "check" => output.status.success(),
                    // The environment has no locale, and that alone is wrong.
                    _ => {
                        !said.contains("file-")
                            && !said.contains("check-finds")
                            && !said.contains("marks-wait")
                    }
                };
                if !is_well {
                    found.push(said);
                }
            }
        }
        over.store(true, Ordering::SeqCst);
        writing.join().unwrap();
        found
    });
    assert!(
        found.is_empty(),
        "{} of {rounds}: {}",
        found.len(),
        found.join("\n")
    );
}
