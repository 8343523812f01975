//! The folder of the library and what stands in it: states, sizes, permissions, room on the disk, copies of the marks.
//! Must not open a library as it is opened to be used.

use super::{ChosenBy, Report};
use crate::app::check::{folder_missing, outdated};
use crate::app::library::is_missing;
use crate::store;
use crate::store::{Condition, Examined, Finding, Level, Place, Told};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The marks are copied once a day; a copy that is so much older than they are was not followed by another.
const OLD: Duration = Duration::from_hours(2 * 24);
/// Bytes that are to be free on the disk: some years of issues.
const ROOM: u64 = 64 * 1024 * 1024;

/// Looks at the folder.
pub(super) fn examine(folder: &Path, chosen_by: ChosenBy, report: &mut Report) {
    let metadata = fs::metadata(folder);
    let room = room(folder);
    let shown = || vec![("path", folder.display().to_string())];
    report.groups.push((
        "library",
        vec![
            ("folder", folder.display().to_string().into()),
            ("chosen_by", chosen_by.word().into()),
            ("permissions", metadata.as_ref().ok().map(mode).into()),
            ("room", room.into()),
        ],
    ));
    match &metadata {
        Ok(metadata) if !metadata.is_dir() => {
            let finding = Finding::wrong("folder-no-folder", "move-away", shown());
            report.findings.push(finding);
            return;
        }
        Ok(metadata) => {
            if is_open(metadata) {
                let finding = Finding::wrong("open-to-others", "close-folder", shown());
                report.findings.push(finding);
            }
            if !is_writable(folder) {
                let finding = Finding::wrong("not-writable", "permissions", shown());
                report.findings.push(finding);
            }
        }
        Err(_) if is_missing(folder) => match chosen_by {
            // It will be made.
            ChosenBy::Nobody => {}
            ChosenBy::Flag | ChosenBy::Variable => report.findings.push(folder_missing(folder)),
        },
        // It is a link, and is told below.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => {
            let mut arguments = shown();
            arguments.push(("reason", error.to_string()));
            let finding = Finding::wrong("file-closed", "permissions", arguments);
            report.findings.push(finding);
            return;
        }
    }
    let files = match store::examine(folder) {
        Ok(files) => files,
        Err(error) => {
            let arguments = vec![
                ("path", folder.display().to_string()),
                ("reason", error.to_string()),
            ];
            report
                .findings
                .push(Finding::wrong("file-closed", "permissions", arguments));
            return;
        }
    };
    let (files, findings) = files;
    let size: u64 = files.iter().filter_map(|file| file.size).sum();
    let marks = files[1].path.clone();
    let is_readable = !findings.iter().any(|one| one.level == Level::Wrong);
    report.findings.extend(findings);
    for (group, file) in ["content", "marks"].into_iter().zip(&files) {
        one(group, file, report);
    }
    if is_readable {
        rows(folder, report);
        let place = Place::Folder(folder.to_owned());
        report.findings.extend(outdated(&place));
    }
    copies(folder, &marks, report);
    if let Some(room) = room.filter(|room| *room < ROOM.max(size)) {
        let mut arguments = shown();
        arguments.push(("room", bytes(room)));
        report
            .findings
            .push(Finding::wrong("no-room", "make-room", arguments));
    }
}

/// One of the two files.
fn one(group: &'static str, file: &Examined, report: &mut Report) {
    let metadata = fs::metadata(&file.path);
    let mut facts = vec![
        ("path", file.path.display().to_string().into()),
        ("state", state(file.condition).into()),
        ("schema", file.schema.into()),
        ("schema_known", file.known.into()),
        ("size", file.size.into()),
        ("wal", file.wal.into()),
        ("journal", file.journal.into()),
        ("permissions", metadata.as_ref().ok().map(mode).into()),
    ];
    for (table, rows) in &file.rows {
        let name = match *table {
            "issue" => "issues",
            "item" => "items",
            _ => "marked",
        };
        facts.push((name, (*rows).into()));
    }
    report.groups.push((group, facts));
    let Some(metadata) = metadata.ok().filter(fs::Metadata::is_file) else {
        return;
    };
    let shown = || vec![("path", file.path.display().to_string())];
    if is_open(&metadata) {
        let finding = Finding::wrong("open-to-others", "close-file", shown());
        report.findings.push(finding);
    }
    if !is_writable(&file.path) {
        let finding = Finding::wrong("not-writable", "permissions", shown());
        report.findings.push(finding);
    }
}

/// What a check of the rows finds, in a line: the check itself names it.
fn rows(folder: &Path, report: &mut Report) {
    let (mut wrong, mut waiting) = (0_usize, 0_usize);
    let checked = store::check(&Place::Folder(folder.to_owned()), &mut |told| match told {
        Told::Found(finding) if finding.level == Level::Told => {}
        Told::Found(finding) => match finding.waiting() {
            Some(n) => waiting += n,
            None => wrong += 1,
        },
        Told::Step(..) => {}
    });
    // Where the folder has no name, that was told.
    if checked.is_err() {
        return;
    }
    let of = |n: usize| vec![("n", n.to_string())];
    if wrong > 0 {
        let finding = Finding::wrong("check-finds", "check", of(wrong));
        report.findings.push(finding);
    }
    if waiting > 0 {
        let finding = Finding::told("marks-wait", "check", of(waiting));
        report.findings.push(finding);
    }
}

/// The copies of the marks, and whether they are still made.
fn copies(folder: &Path, marks: &Path, report: &mut Report) {
    let Ok((folder, times)) = store::copies_of(folder) else {
        return;
    };
    let newest = times.last().map(ToString::to_string);
    report.groups.push((
        "copies",
        vec![
            ("folder", folder.display().to_string().into()),
            ("count", times.len().into()),
            ("newest", newest.clone().into()),
        ],
    ));
    let written = fs::metadata(marks).and_then(|marks| marks.modified());
    if let (Some(copied), Ok(written)) = (times.last(), written)
        && written
            .duration_since(SystemTime::from(*copied))
            .is_ok_and(|age| age > OLD)
    {
        let arguments = vec![
            ("path", folder.display().to_string()),
            ("time", newest.unwrap_or_default()),
        ];
        report
            .findings
            .push(Finding::wrong("copies-old", "permissions", arguments));
    }
}

const fn state(condition: Condition) -> &'static str {
    match condition {
        Condition::Missing => "missing",
        Condition::Closed => "closed",
        Condition::Foreign => "foreign",
        Condition::Other => "other",
        Condition::Newer => "newer",
        Condition::Older => "older",
        Condition::Sound => "sound",
        Condition::Damaged => "damaged",
    }
}

/// A number of bytes for a reader.
#[must_use]
pub fn bytes(n: u64) -> String {
    const STEP: u64 = 1024;
    let (mut n, mut units) = (n, ["B", "KiB", "MiB", "GiB", "TiB"].into_iter());
    let mut unit = units.next().unwrap_or_default();
    for next in units {
        if n < 10 * STEP {
            break;
        }
        n /= STEP;
        unit = next;
    }
    format!("{n} {unit}")
}

/// Bytes that this user may still write to the disk that the folder is on, or will be.
#[cfg(unix)]
fn room(folder: &Path) -> Option<u64> {
    let folder = std::path::absolute(folder).ok()?;
    let there: PathBuf = folder
        .ancestors()
        .find(|folder| folder.exists())?
        .to_owned();
    let disk = rustix::fs::statvfs(&there).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<u64> {
    None
}

/// The permissions as they are written: 0700.
#[cfg(unix)]
fn mode(metadata: &fs::Metadata) -> Value {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o7777;
    format!("{mode:04o}").into()
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> Value {
    Value::Null
}

/// Whether others than this user may read or write it.
#[cfg(unix)]
fn is_open(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open(_: &fs::Metadata) -> bool {
    false
}

/// Whether this user may write it.
#[cfg(unix)]
fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.permissions().readonly())
}
