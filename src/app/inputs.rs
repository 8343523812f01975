//! The inputs that the arguments of a command line name: files, the texts in folders, what patterns match, the standard
//! input.
//! Must not read more of a file than is needed to see whether it is a text.

use super::Failure;
use super::input::Input;
use crate::source::{SourceError, looks_like_text};
use crate::text::clean;
use glob::{MatchOptions, Pattern};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Extensions of texts. In a folder a file with another one is passed over.
const EXTENSIONS: [&str; 4] = ["txt", "md", "text", "markdown"];

/// Where `*` stops and what it passes over: as in a shell.
const AS_IN_A_SHELL: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// An input, or why an argument gives none.
pub type Entry = Result<Input, Missing>;

/// An argument, or something in a folder, that gives no input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// As the user named it, without characters that must not reach a terminal.
    pub path: String,
    /// Why; the failure names it.
    pub failure: Failure,
}

/// What the arguments name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// In the order of the arguments; in folders and of patterns in natural order (期号 9 before 10). Each file once.
    pub entries: Vec<Entry>,
    /// Whether the arguments can name but one input: a single one, and no folder or pattern.
    pub single: bool,
}

/// What one argument is.
enum Argument {
    One(Input),
    Folder(PathBuf),
    Pattern(Vec<Entry>),
}

/// What `arguments` name. A file that is named is an input whatever it is; in folders, hidden ones aside, only texts are.
#[must_use]
pub fn named<'a>(arguments: impl IntoIterator<Item = &'a OsStr>) -> Named {
    let arguments: Vec<&Path> = arguments.into_iter().map(Path::new).collect();
    let mut single = arguments.len() == 1;
    let mut entries = vec![];
    for path in arguments {
        match argument(path) {
            Argument::One(input) => entries.push(Ok(input)),
            Argument::Folder(folder) => {
                single = false;
                entries.extend(or_missing(texts(&folder), path, "folder-without-texts"));
            }
            Argument::Pattern(found) => {
                single = false;
                entries.extend(or_missing(found, path, "pattern-without-match"));
            }
        }
    }
    let mut seen = HashSet::new();
    entries.retain(|entry| match entry {
        Ok(Input::File(path)) => seen.insert(Input::File(identity(path))),
        Ok(Input::Stdin) => seen.insert(Input::Stdin),
        Err(_) => true,
    });
    Named { entries, single }
}

fn argument(path: &Path) -> Argument {
    if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return Argument::Folder(path.to_owned());
    }
    let input = Input::named(path);
    let is_there = input == Input::Stdin || fs::symlink_metadata(path).is_ok();
    let pattern = path.to_str().filter(|text| is_pattern(text));
    match pattern.map(Pattern::new) {
        Some(Ok(pattern)) if !is_there => Argument::Pattern(matched(path, &pattern)),
        _ => Argument::One(input),
    }
}

fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// What a pattern matches, folders with what is in them. It is matched against a walk from its last plain folder down, and
/// not expanded folder by folder: a walk knows links that lead back up.
fn matched(path: &Path, pattern: &Pattern) -> Vec<Entry> {
    let text = path.to_string_lossy();
    let plain = path
        .components()
        .take_while(|part| !is_pattern(&part.as_os_str().to_string_lossy()));
    let base: PathBuf = plain.collect();
    let depth = if text.contains("**") {
        usize::MAX
    } else {
        path.components().count() - base.components().count()
    };
    let start = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &base
    };
    let into_hidden = text.contains("/.") || text.starts_with('.');
    let mut entries = vec![];
    for found in walk(start, depth, into_hidden) {
        match found {
            Ok(entry) => {
                let below = entry.path().strip_prefix(start).unwrap_or(entry.path());
                let path = base.join(below);
                if entry.depth() == 0 || !pattern.matches_path_with(&path, AS_IN_A_SHELL) {
                    continue;
                }
                if entry.file_type().is_dir() {
                    entries.extend(texts(&path));
                } else {
                    entries.push(Ok(Input::File(path)));
                }
            }
            Err((path, error)) => {
                // What can't be looked into may hold nothing that matches; a link that leads nowhere may match itself.
                if pattern.matches_path_with(&path, AS_IN_A_SHELL) {
                    entries.push(Err(unreadable(&path, error)));
                }
            }
        }
    }
    entries
}

/// The texts in a folder and in those below it, and what could not be looked at.
fn texts(folder: &Path) -> Vec<Entry> {
    walk(folder, usize::MAX, false)
        .filter_map(|found| match found {
            Ok(entry) => {
                let wanted = entry.file_type().is_file() && is_text(entry.path());
                wanted.then(|| Ok(Input::File(entry.into_path())))
            }
            Err((path, error)) => {
                // A link that leads nowhere counts only if it is called what a text is called.
                let dangling = error.kind() == std::io::ErrorKind::NotFound;
                (!dangling || has_extension(&path)).then(|| Err(unreadable(&path, error)))
            }
        })
        .collect()
}

/// What is in a folder and so many folders below, in natural order. A link that leads back up is not followed.
fn walk(
    folder: &Path,
    depth: usize,
    into_hidden: bool,
) -> impl Iterator<Item = Result<walkdir::DirEntry, (PathBuf, std::io::Error)>> {
    let is_shown = move |entry: &walkdir::DirEntry| {
        into_hidden || entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    WalkDir::new(folder)
        .follow_links(true)
        .max_depth(depth)
        .sort_by(|a, b| natural(a.file_name(), b.file_name()))
        .into_iter()
        .filter_entry(is_shown)
        .filter_map(|found| match found {
            Ok(entry) => Some(Ok(entry)),
            Err(error) => {
                let path = error.path()?.to_owned();
                // None for a link that leads back up.
                Some(Err((path, error.into_io_error()?)))
            }
        })
}

/// Whether a file of a folder is to be read: by its extension or, where it has none, by its first bytes.
fn is_text(path: &Path) -> bool {
    match extension(path) {
        Some(_) => has_extension(path),
        None => looks_like_text(path),
    }
}

fn has_extension(path: &Path) -> bool {
    extension(path).is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// The extension, where there is one: what follows the dot in 2023.1期 is none.
fn extension(path: &Path) -> Option<&OsStr> {
    path.extension().filter(|extension| {
        let bytes = extension.as_encoded_bytes();
        bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes.first().is_some_and(u8::is_ascii_alphabetic)
    })
}

/// Names as people count: 9 before 10.
fn natural(a: &OsStr, b: &OsStr) -> Ordering {
    natord::compare(&a.to_string_lossy(), &b.to_string_lossy()).then_with(|| a.cmp(b))
}

/// By what a file is known that goes by several names: where it is, even if a link there leads nowhere.
fn identity(path: &Path) -> PathBuf {
    let of_parent = || {
        let parent = fs::canonicalize(path.parent()?).ok()?;
        Some(parent.join(path.file_name()?))
    };
    fs::canonicalize(path)
        .ok()
        .or_else(of_parent)
        .unwrap_or_else(|| path.to_owned())
}

/// `entries`, or in their place that there is none.
fn or_missing(entries: Vec<Entry>, path: &Path, code: &'static str) -> Vec<Entry> {
    if !entries.is_empty() {
        return entries;
    }
    let path = clean(&path.to_string_lossy()).into_owned();
    let failure = Failure::new(code, vec![("path", path.clone())]);
    vec![Err(Missing { path, failure })]
}

fn unreadable(path: &Path, error: std::io::Error) -> Missing {
    let path = clean(&path.to_string_lossy()).into_owned();
    let failure = SourceError::of(path.clone(), error).into();
    Missing { path, failure }
}

#[cfg(test)]
mod tests;
