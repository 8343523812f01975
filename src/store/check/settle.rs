//! Looking once more where other programs are at work: what is wrong stays, what was on its way is gone.
//! Must not hold anything against a program that is at work, nor wait for its end.

use crate::store::finding::{Finding, Level};
use crate::store::place::{Files, beside};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

/// How often a look is made again.
const AGAIN: u32 = 3;
/// Before the first one; twice as long before each that follows. Most transactions of an import end within it.
const PAUSE: Duration = Duration::from_millis(200);

/// Looks, and where something is wrong that another program may only have been about to do, looks again: only what each look
/// finds is told.
pub(in crate::store) fn settled<T>(
    files: &Files,
    mut look: impl FnMut() -> (T, Vec<Finding>),
) -> (T, Vec<Finding>) {
    let mut start = Traces::of(files);
    let (mut seen, mut found) = look();
    for n in 0..AGAIN {
        let end = Traces::of(files);
        let is_wrong = found.iter().any(|one| one.level == Level::Wrong);
        if !is_wrong || (end == start && end.are_closed()) {
            break;
        }
        thread::sleep(PAUSE * 2_u32.pow(n));
        let (again, mut confirmed) = look();
        confirmed.retain(|one| one.level == Level::Told || found.contains(one));
        (seen, found) = (again, confirmed);
        if Traces::of(files) == start {
            break;
        }
        start = end;
    }
    (seen, found)
}

/// What changes when a database is written, opened or replaced: which file it is, its size and time, and those beside it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::store) struct Traces(Vec<[Option<Trace>; ENDS.len()]>);

type Trace = (u64, u64, Option<SystemTime>);

/// The index of the WAL, last, is there as long as a program has the database open.
const ENDS: [&str; 4] = ["", "-wal", "-journal", "-shm"];

impl Traces {
    pub fn of(files: &Files) -> Self {
        let paths = [&files.library, &files.marks].map(|location| location.file());
        Self(paths.into_iter().flatten().map(traces).collect())
    }

    /// Those of one database.
    pub fn of_one(path: &Path) -> Self {
        Self(vec![traces(path)])
    }

    fn are_closed(&self) -> bool {
        self.0.iter().all(|[.., index]| index.is_none())
    }
}

fn traces(path: &Path) -> [Option<Trace>; ENDS.len()] {
    ENDS.map(|end| {
        let file = std::fs::metadata(beside(path, end)).ok()?;
        Some((inode(&file), file.len(), file.modified().ok()))
    })
}

#[cfg(unix)]
fn inode(file: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
const fn inode(_: &std::fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Place;
    use std::fs;

    fn finding(kind: &'static str) -> Finding {
        Finding::wrong(kind, "nothing", vec![])
    }

    /// The findings that are told of looks of which each finds these, and how many looks there were.
    fn told(looks: &[&[&'static str]], is_open: bool, change: bool) -> (Vec<Finding>, usize) {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::of(&Place::Folder(folder.path().to_owned())).unwrap();
        let write = |name: &str, n: usize| {
            fs::write(folder.path().join(name), "x".repeat(n)).unwrap();
        };
        write("library.sqlite3", 1);
        if is_open {
            write("library.sqlite3-shm", 1);
        }
        let mut n = 0;
        let ((), found) = settled(&files, || {
            n += 1;
            if change {
                write("library.sqlite3-wal", n);
            }
            let kinds = looks.get(n - 1).copied().unwrap_or_default();
            ((), kinds.iter().map(|kind| finding(kind)).collect())
        });
        (found, n)
    }

    #[test]
    fn only_what_stays_is_told() {
        // Nobody is at work: what is found is told.
        assert_eq!(told(&[&["a"]], false, false), (vec![finding("a")], 1));
        assert_eq!(told(&[&[]], true, true), (vec![], 1));
        // Somebody has it open and does nothing: once more.
        let twice: [&[_]; 2] = [&["a", "b"], &["b", "c"]];
        assert_eq!(told(&twice, true, false), (vec![finding("b")], 2));
        // Somebody writes all the while.
        let again: [&[_]; 4] = [&["a", "b"], &["b", "a"], &["b"], &["b", "a"]];
        assert_eq!(told(&again, true, true), (vec![finding("b")], 4));
        assert_eq!(told(&again[..2], true, true), (vec![], 3));
    }
}
