//! The inputs that the arguments of a command line name: files, the texts in folders, what patterns match, the standard
//! input.
//! Must not read more of a file than is needed to see whether it is a text.

mod braces;
mod pattern;

use super::Failure;
use super::input::Input;
use crate::source::{SourceError, looks_like_document};
use crate::text::clean;
use pattern::Wanted;
use rustix::io::Errno;
use std::cmp::Ordering;
use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Extensions of documents. In a folder a file with another one is passed over.
const EXTENSIONS: [&str; 5] = ["txt", "md", "text", "markdown", "pdf"];

/// An input, or why an argument gives none.
pub type Entry = Result<Candidate, Missing>;

/// An input that is to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The input.
    pub input: Input,
    /// Who says that it is an issue.
    pub origin: Origin,
}

/// How an input came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The user named it.
    Named,
    /// It is a text in a folder that the user named, or a pattern matches it: it may be anything.
    Folder,
}

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
    let arguments: Vec<PathBuf> = arguments.into_iter().flat_map(alternatives).collect();
    let mut single = arguments.len() == 1;
    let mut entries = vec![];
    for path in &arguments {
        match argument(path) {
            Argument::One(input) => entries.push(Ok(Candidate {
                input,
                origin: Origin::Named,
            })),
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
    Named {
        entries: each_once(entries),
        single,
    }
}

/// The arguments that a shell would have made of `argument`, where nothing of that very name is there.
fn alternatives(argument: &OsStr) -> Vec<PathBuf> {
    match argument.to_str() {
        Some(text) if !is_there(Path::new(text)) => braces::expanded(text)
            .into_iter()
            .map(PathBuf::from)
            .collect(),
        _ => vec![argument.into()],
    }
}

/// The entries without files that came before; a file that is named is named, even if a folder had it first.
fn each_once(entries: Vec<Entry>) -> Vec<Entry> {
    let mut at: HashMap<Input, usize> = HashMap::new();
    let mut once: Vec<Entry> = vec![];
    for entry in entries {
        let Ok(candidate) = &entry else {
            once.push(entry);
            continue;
        };
        let known = match &candidate.input {
            Input::File(path) => Input::File(identity(path)),
            Input::Stdin => Input::Stdin,
        };
        match at.entry(known) {
            Slot::Vacant(slot) => {
                slot.insert(once.len());
                once.push(entry);
            }
            Slot::Occupied(slot) => {
                if let (Ok(first), Origin::Named) = (&mut once[*slot.get()], candidate.origin) {
                    first.origin = Origin::Named;
                }
            }
        }
    }
    once
}

fn argument(path: &Path) -> Argument {
    if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return Argument::Folder(path.to_owned());
    }
    let input = Input::named(path);
    let may_match = input != Input::Stdin && !is_there(path);
    match may_match.then(|| Wanted::of(path)).flatten() {
        Some(wanted) => Argument::Pattern(wanted.matched()),
        None => Argument::One(input),
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The texts in a folder and in those below it, and what could not be looked at.
fn texts(folder: &Path) -> Vec<Entry> {
    walk(folder, usize::MAX, false, Links::Once)
        .filter_map(|found| match found {
            Ok(entry) => {
                let wanted = entry.file_type().is_file() && is_text(entry.path());
                wanted.then(|| {
                    Ok(Candidate {
                        input: Input::File(entry.into_path()),
                        origin: Origin::Folder,
                    })
                })
            }
            Err((path, error)) => {
                // A link that leads nowhere counts only if it is called what a text is called.
                let dangling = error.kind() == std::io::ErrorKind::NotFound;
                (!dangling || has_extension(&path)).then(|| Err(unreadable(&path, error)))
            }
        })
        .collect()
}

/// How often a walk goes where links lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    /// Once to each folder: among folders that link to each other there are more ways than anyone has time for.
    Once,
    /// By each of them.
    Each,
}

/// What is in a folder and so many folders below, in natural order. A link that leads back up, or round and round, is not
/// followed.
fn walk(
    folder: &Path,
    depth: usize,
    into_hidden: bool,
    links: Links,
) -> impl Iterator<Item = Result<walkdir::DirEntry, (PathBuf, std::io::Error)>> {
    let is_shown = move |entry: &walkdir::DirEntry| {
        into_hidden || entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let mut entered = HashSet::new();
    let mut is_new = move |entry: &walkdir::DirEntry| {
        let leads = links == Links::Once && entry.path_is_symlink() && entry.file_type().is_dir();
        !leads || fs::canonicalize(entry.path()).is_ok_and(|folder| entered.insert(folder))
    };
    WalkDir::new(folder)
        .follow_links(true)
        .max_depth(depth)
        .sort_by(|a, b| natural(a.file_name(), b.file_name()))
        .into_iter()
        .filter_entry(move |entry| is_shown(entry) && is_new(entry))
        .filter_map(|found| match found {
            Ok(entry) => Some(Ok(entry)),
            Err(error) => {
                let path = error.path()?.to_owned();
                // None for a link that leads back up.
                let error = error.into_io_error()?;
                (Errno::from_io_error(&error) != Some(Errno::LOOP)).then_some(Err((path, error)))
            }
        })
}

/// Whether a file of a folder is to be read: by its extension or, where it has none, by its first bytes.
fn is_text(path: &Path) -> bool {
    match extension(path) {
        Some(_) => has_extension(path),
        None => looks_like_document(path),
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

/// Names as people count: 9 before 10. Of one name the PDF comes last: of an issue that comes twice the last copy is kept, and a text
/// has no photos.
fn natural(a: &OsStr, b: &OsStr) -> Ordering {
    let stem = |name: &OsStr| {
        let path = Path::new(name);
        let stem = extension(path).and_then(|_| path.file_stem());
        stem.unwrap_or(name).to_string_lossy().into_owned()
    };
    let is_pdf = |name: &OsStr| {
        extension(Path::new(name)).is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
    };
    natord::compare(&stem(a), &stem(b))
        .then_with(|| is_pdf(a).cmp(&is_pdf(b)))
        .then_with(|| natord::compare(&a.to_string_lossy(), &b.to_string_lossy()))
        .then_with(|| a.cmp(b))
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
