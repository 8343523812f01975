//! Patterns as arguments: `2023/**/*.txt`, where no shell made names of them.
//! Must not read a file.

use super::{Candidate, Entry, Links, Origin, texts, unreadable, walk};
use crate::app::input::Input;
use glob::{MatchOptions, Pattern};
use std::path::{Component, Path, PathBuf, is_separator};

/// Where `*` stops and what it passes over: as in a shell.
const AS_IN_A_SHELL: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// What a pattern asks for.
pub(super) struct Wanted {
    /// The last plain folder; empty for the one at hand.
    base: PathBuf,
    /// What is matched below it, with `/` between the names.
    pattern: Pattern,
    /// How many folders below it may be.
    depth: usize,
    /// Whether it names hidden files.
    hidden: bool,
    /// Whether it ends in `/`.
    folders_only: bool,
}

impl Wanted {
    /// None where `path` is no pattern, or a malformed one.
    pub fn of(path: &Path) -> Option<Self> {
        let text = path.to_str()?;
        let parts: Vec<Component<'_>> = path.components().collect();
        let name = |part: &Component<'_>| part.as_os_str().to_string_lossy().into_owned();
        let plain = parts.iter().position(|part| is_pattern(&name(part)))?;
        let (plain, rest) = parts.split_at(plain);
        let rest: Vec<String> = rest.iter().map(name).collect();
        Some(Self {
            base: plain.iter().collect(),
            pattern: Pattern::new(&rest.join("/")).ok()?,
            depth: if rest.iter().any(|part| part == "**") {
                usize::MAX
            } else {
                rest.len()
            },
            hidden: rest.iter().any(|part| part.starts_with('.')),
            folders_only: text.ends_with(is_separator),
        })
    }

    /// Whether what stands `below` the base is asked for.
    fn matches(&self, below: &Path) -> bool {
        let names: Vec<_> = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        !names.is_empty() && self.pattern.matches_with(&names.join("/"), AS_IN_A_SHELL)
    }

    /// What matches, folders with what is in them. It is matched against a walk from its last plain folder down, and
    /// not expanded folder by folder: a walk knows links that lead back up.
    pub fn matched(&self) -> Vec<Entry> {
        let base = &self.base;
        let start = if base.as_os_str().is_empty() {
            Path::new(".")
        } else {
            base
        };
        // To a certain depth links end by themselves, and the pattern may name any way to a file.
        let links = if self.depth == usize::MAX {
            Links::Once
        } else {
            Links::Each
        };
        let mut entries = vec![];
        for found in walk(start, self.depth, self.hidden, links) {
            match found {
                Ok(entry) => {
                    let below = entry.path().strip_prefix(start).unwrap_or(entry.path());
                    if !self.matches(below) {
                        continue;
                    }
                    let path = base.join(below);
                    if entry.file_type().is_dir() {
                        entries.extend(texts(&path));
                    } else if !self.folders_only {
                        entries.push(Ok(Candidate {
                            input: Input::File(path),
                            origin: Origin::Folder,
                        }));
                    }
                }
                Err((path, error)) => {
                    // What can't be looked into may hold nothing that matches; a link that leads nowhere may match itself.
                    let below = path.strip_prefix(start).unwrap_or(&path);
                    if self.matches(below) {
                        entries.push(Err(unreadable(&base.join(below), error)));
                    }
                }
            }
        }
        entries
    }
}
