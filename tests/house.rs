//! The rules of the house: which module may use which, where a crate or a macro may occur, that every word exists.
//! Reads the sources as text; says where a rule is broken.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use parkweekly::config::Language;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the bottom up: each uses only those before it.
const LAYERS: [&str; 15] = [
    "text", "issue", "source", "parse", "facts", "query", "export", "store", "jump", "keys",
    "look", "config", "app", "cli", "tui",
];

/// A source file: its path below `src`, its module, and its text.
struct Source {
    path: String,
    module: String,
    text: String,
}

impl Source {
    /// The lines that are no comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(n, line)| (n + 1, line))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = vec![];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let below = path.strip_prefix(&root).unwrap();
                let below = below.to_str().unwrap().replace('\\', "/");
                let module = below.split('/').next().unwrap();
                sources.push(Source {
                    module: module.trim_end_matches(".rs").to_owned(),
                    text: fs::read_to_string(&path).unwrap(),
                    path: below,
                });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 20);
    sources
}

/// Whether `word` stands in `line` by itself, not as a part of a longer name.
fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

/// Asserts that the list of broken places is empty, and shows it.
fn none(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

#[test]
fn a_module_uses_only_those_below_it() {
    let mut broken = vec![];
    for source in sources() {
        let own = LAYERS.iter().position(|layer| *layer == source.module);
        let Some(own) = own else {
            assert!(
                ["lib", "main"].contains(&source.module.as_str()),
                "{} is no layer",
                source.path
            );
            continue;
        };
        for (n, line) in source.code() {
            let place = format!("{}:{n}: {}", source.path, line.trim());
            if line.contains("crate::{") {
                broken.push(format!("{place} (write one `use crate::module` each)"));
            }
            for (used, layer) in LAYERS.iter().enumerate() {
                let uses = has_word(line, &format!("crate::{layer}"));
                if uses && (used > own || (source.module == "tui" && *layer == "cli")) {
                    broken.push(place.clone());
                }
            }
        }
    }
    none(
        &broken,
        "a module uses only those below it, and cli and tui never meet",
    );
}

#[test]
fn the_map_names_the_modules_in_order() {
    let library = sources()
        .into_iter()
        .find(|source| source.path == "lib.rs")
        .unwrap();
    let named: Vec<usize> = library
        .code()
        .filter_map(|(_, line)| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(|module| LAYERS.iter().position(|layer| *layer == module).unwrap())
        .collect();
    assert!(
        named.is_sorted(),
        "lib.rs lists the modules from the bottom up"
    );
}

#[test]
fn what_belongs_to_one_place_stays_there() {
    // (word, where it may occur)
    let owners = [
        ("rusqlite", "store/"),
        ("rusqlite_migration", "store/"),
        ("fuzzy_matcher", "jump/"),
        ("Color", "look/"),
        ("clap", "cli/"),
        ("indicatif", "cli/progress.rs"),
        ("walkdir", "app/inputs.rs"),
        ("glob", "app/inputs/pattern.rs"),
        ("encoding_rs", "source/"),
        ("chardetng", "source/"),
        ("hayro_interpret", "source/pdf/"),
        ("hayro_syntax", "source/pdf/"),
        ("hayro_cmap", "source/pdf/"),
        ("flate2", "source/pdf/photo.rs"),
        ("print!", "cli/output.rs"),
        ("println!", "cli/output.rs"),
        ("eprint!", "cli/output.rs"),
        ("eprintln!", "cli/output.rs"),
        ("dbg!", "nowhere"),
    ];
    let mut broken = vec![];
    for source in sources() {
        for (word, owner) in owners {
            if source.path.starts_with(owner) {
                continue;
            }
            for (n, line) in source.code() {
                // Documents are printed in colours of their own.
                let line = line.replace("Paint::Color", "");
                if has_word(&line, word) {
                    broken.push(format!("{}:{n}: {word} belongs to {owner}", source.path));
                }
            }
        }
    }
    none(&broken, "each of these has one place");
}

#[test]
fn every_file_opens_with_its_purpose() {
    let broken: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    none(&broken, "every file opens with //!");
}

#[test]
fn every_word_that_is_asked_for_exists() {
    let mut broken = vec![];
    for source in sources() {
        for call in ["say(", "say_with("] {
            for (at, _) in source.text.match_indices(call) {
                let rest = source.text[at + call.len()..].trim_start();
                let Some((key, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'))
                else {
                    continue;
                };
                for language in Language::ALL {
                    if !language.knows(key) {
                        broken.push(format!("{}: {key} in {}", source.path, language.code()));
                    }
                }
            }
        }
    }
    none(
        &broken,
        "every word that is asked for exists in every language",
    );
}

#[test]
fn every_failure_has_words_and_a_hint() {
    let mut broken = vec![];
    let mut found = 0;
    for source in sources() {
        let text = source.text.split("#[cfg(test)]").next().unwrap();
        for (at, call) in text.match_indices("Failure::new(") {
            let rest = text[at + call.len()..].trim_start();
            let Some((code, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'))
            else {
                continue;
            };
            found += 1;
            for key in [format!("error.{code}"), format!("hint.{code}")] {
                for language in Language::ALL {
                    if !language.knows(&key) {
                        broken.push(format!("{}: {key} in {}", source.path, language.code()));
                    }
                }
            }
        }
    }
    assert!(found > 10);
    none(&broken, "every failure says what is wrong and what to do");
}

/// The texts in quotes that follow one another in `code`, with nothing but commas between.
fn quoted(code: &str) -> Vec<&str> {
    let mut found = vec![];
    let mut rest = code.trim_start();
    while let Some((text, behind)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        found.push(text);
        rest = behind.trim_start_matches([',', ' ', '\n']);
    }
    found
}

#[test]
fn every_finding_has_words_and_what_to_do() {
    let mut broken = vec![];
    let mut found = 0;
    for source in sources() {
        let calls = ["wrong(", "told(", "faults.add("];
        let calls = calls.iter().flat_map(|call| {
            let places = source.text.match_indices(call);
            places.map(|(at, call)| quoted(&source.text[at + call.len()..]))
        });
        for words in calls.filter(|words| !words.is_empty() && !words[0].contains('%')) {
            found += 1;
            let finding = format!("finding.{}", words[0]);
            let mend = words.get(1).map(|mend| format!("mend.{mend}"));
            for key in [Some(finding), mend].into_iter().flatten() {
                for language in Language::ALL {
                    if !language.knows(&key) {
                        broken.push(format!("{}: {key} in {}", source.path, language.code()));
                    }
                }
            }
        }
    }
    assert!(found > 40, "{found}");
    none(&broken, "every finding says what is wrong and what to do");
}
