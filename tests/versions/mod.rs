//! Weeklies as files in two versions, and what a library on the disk must hold of them, whoever was at work on it.
//! Must not use the program but to read a text as it does, and the store to look.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]
#![allow(dead_code, reason = "each test file uses its own part of it")]

use crate::noise::{Noise, clean, print};
use fastrand::Rng;
use parkweekly::app::import::parse_file;
use parkweekly::app::input::{Asked, Input, Ways};
use parkweekly::issue::{Issue, IssueNumber, ItemHead, ItemKey, ItemOrdinal, item_keys};
use parkweekly::store::{Place, Store};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Which of its two versions an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    Former,
    Later,
}

impl Version {
    pub const ALL: [Self; 2] = [Self::Former, Self::Later];

    /// The folder of its files, as the program is told of it.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Former => "former",
            Self::Later => "later",
        }
    }
}

/// What becomes of an item of a former version: where it is in either, counted from 0.
pub struct Fate {
    pub name: &'static str,
    pub former: [usize; 2],
    pub later: Option<[usize; 2]>,
}

/// The number of projects that a reader corrects one to.
pub const FIXED: u32 = 7777;

/// The fates that the later versions have in store for items.
pub const FATES: [Fate; 5] = [
    Fate {
        name: "with another text",
        former: [0, 0],
        later: Some([0, 0]),
    },
    Fate {
        name: "with a corrected headline",
        former: [0, 1],
        later: Some([0, 1]),
    },
    Fate {
        name: "gone",
        former: [0, 4],
        later: None,
    },
    Fate {
        name: "behind a new one",
        former: [1, 1],
        later: Some([1, 2]),
    },
    Fate {
        name: "in another order",
        former: [2, 0],
        later: Some([2, 1]),
    },
];

/// Issues in two versions, as files and as the program reads them.
pub struct Weeklies {
    pub folder: TempDir,
    pub numbers: Range<u32>,
    issues: BTreeMap<(Version, u32), Issue>,
}

impl Weeklies {
    /// Writes issues of these numbers, each to a file of its own; the last two are in one.
    pub fn write(numbers: Range<u32>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut issues = BTreeMap::new();
        for version in Version::ALL {
            let files = folder.path().join(version.folder());
            fs::create_dir(&files).unwrap();
            let mut before = String::new();
            for number in numbers.clone() {
                let (text, _) = print(
                    &issue(number, version),
                    Noise::default(),
                    &mut Rng::with_seed(1),
                );
                before.push_str(&text);
                if number + 2 == numbers.end {
                    before.push('\n');
                    continue;
                }
                let file = files.join(format!("{number:04}.txt"));
                fs::write(&file, std::mem::take(&mut before)).unwrap();
                for issue in parse_file(
                    &Input::named(file.as_ref()),
                    Asked::default(),
                    &Ways::of("".as_ref()),
                )
                .unwrap()
                .issues
                {
                    issues.insert((version, issue.number.0), issue);
                }
            }
        }
        assert_eq!(issues.len(), 2 * numbers.len(), "each is read as one issue");
        let weeklies = Self {
            folder,
            numbers,
            issues,
        };
        weeklies.assert_fates();
        weeklies
    }

    /// The fates are what they are called, as the program reads the files.
    fn assert_fates(&self) {
        let number = self.numbers.start;
        let headline = |version, [section, item]: [usize; 2]| {
            let issue: &Issue = self.issue(version, number);
            issue.sections[section].items[item].headline.clone()
        };
        for fate in &FATES {
            let former = headline(Version::Former, fate.former);
            if let Some(at) = fate.later {
                let is_same = headline(Version::Later, at) == former;
                let is_corrected = fate.name == "with a corrected headline";
                assert_eq!(is_same, !is_corrected, "{}", fate.name);
            } else {
                let mut items = self.issue(Version::Later, number).items();
                assert!(items.all(|(_, item)| item.headline != former));
            }
        }
    }

    pub fn issue(&self, version: Version, number: u32) -> &Issue {
        &self.issues[&(version, number)]
    }

    pub fn path(&self, version: Version) -> PathBuf {
        self.folder.path().join(version.folder())
    }

    /// Addresses of all items of a version, in order.
    pub fn addresses(&self, version: Version) -> Vec<String> {
        let issues = self
            .numbers
            .clone()
            .map(|number| self.issue(version, number));
        let of = |issue: &Issue| -> Vec<String> {
            let items = issue.items();
            items
                .map(|(section, item)| {
                    format!(
                        "{}/{section}/{}",
                        issue.number,
                        item.ordinal,
                        section = section.ordinal
                    )
                })
                .collect()
        };
        issues.flat_map(of).collect()
    }

    /// What is wrong with a library in which these issues were put, each in its versions, and which one it holds of each.
    pub fn check(&self, library: &Path) -> (BTreeMap<u32, Version>, Vec<String>) {
        let mut wrong = vec![];
        for name in ["library.sqlite3", "marks.sqlite3"] {
            wrong.extend(damage(&library.join(name)));
        }
        let mut held = BTreeMap::new();
        let store = Store::open(&Place::Folder(library.to_owned())).unwrap();
        for head in store.searcher().unwrap().issues().unwrap() {
            let number = head.label.number.0;
            if !self.numbers.contains(&number) {
                continue;
            }
            let found = store.issue(head.id).unwrap().unwrap();
            let version = Version::ALL.into_iter().find(|version| {
                let printed = self.issues.get(&(*version, number));
                printed.is_some_and(|printed| unfixed(found.clone(), printed) == *printed)
            });
            match version {
                Some(version) => drop(held.insert(number, version)),
                None => wrong.push(format!(
                    "issue {number} is none of its versions: half an issue"
                )),
            }
        }
        (held, wrong)
    }
}

/// An issue without what its reader has corrected.
fn unfixed(mut issue: Issue, printed: &Issue) -> Issue {
    let sections = issue.sections.iter_mut().zip(&printed.sections);
    let items =
        sections.flat_map(|(section, printed)| section.items.iter_mut().zip(&printed.items));
    for (item, printed) in items {
        if item.facts.projects == Some(FIXED) {
            item.facts = printed.facts.clone();
        }
    }
    issue
}

/// What SQLite, and the rules of the schema that it does not know of, find wrong with a file.
fn damage(path: &Path) -> Vec<String> {
    if !path.exists() {
        return vec![];
    }
    let file = Connection::open(path).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = file.prepare(sql).unwrap();
        let rows = statement
            .query_map([], |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap();
        rows.map(|row| format!("{:?}", row.unwrap())).collect()
    };
    let mut wrong: Vec<String> = list("PRAGMA integrity_check");
    wrong.retain(|line| line != "Text(\"ok\")");
    wrong.extend(list("PRAGMA foreign_key_check"));
    let has_items = "SELECT 1 FROM sqlite_master WHERE name = 'item'";
    if file
        .query_row(has_items, [], |_| Ok(()))
        .optional()
        .unwrap()
        .is_some()
    {
        for rule in [
            "SELECT 'item without issue ' || id FROM item WHERE id >> 16 NOT IN (SELECT id FROM issue)",
            "SELECT 'item without body ' || id FROM item WHERE id NOT IN (SELECT id FROM body)",
            "SELECT 'body without item ' || id FROM body WHERE id NOT IN (SELECT id FROM item)",
            "SELECT 'items not as counted ' || id FROM issue WHERE items <> (SELECT count(*) FROM item WHERE item.id >> 16 = issue.id)",
            "SELECT 'document of no issue ' || id FROM source WHERE id NOT IN (SELECT source FROM issue)",
        ] {
            wrong.extend(list(rule));
        }
    }
    let name = path.file_name().unwrap().to_str().unwrap();
    wrong
        .into_iter()
        .map(|line| format!("{name}: {line}"))
        .collect()
}

/// The issue that a file of this version holds.
fn issue(number: u32, version: Version) -> Issue {
    let mut issue = clean().remove(1);
    issue.number = IssueNumber(number);
    issue.year = Some(u16::try_from(2000 + number / 48).unwrap());
    issue.month = Some(u8::try_from(number / 4 % 12 + 1).unwrap());
    issue.week = Some(u8::try_from(number % 4 + 1).unwrap());
    if version == Version::Later {
        later(&mut issue);
    }
    issue
}

fn later(issue: &mut Issue) {
    let [first, second, third, ..] = &mut issue.sections[..] else {
        panic!("three sections");
    };
    first.items[0].paragraphs[0].insert_str(0, "后来更正过的一段：");
    let corrected = &mut first.items[1];
    corrected.headline = corrected.headline.replace("60", "66");
    let listed = corrected.headline.clone();
    corrected.contents_headline = Some(listed);
    first.items.remove(4);
    let mut new = second.items[0].clone();
    new.headline = String::from("后来才有的一条 放在栏目最前面");
    new.contents_headline = Some(new.headline.clone());
    second.items.insert(0, new);
    third.items.swap(0, 1);
    for section in &mut issue.sections {
        for (item, n) in section.items.iter_mut().zip(1..) {
            item.ordinal = ItemOrdinal(n);
        }
    }
}

/// The marks in a library, by the names of items, whether it holds these or not.
pub struct Marks(Connection);

impl Marks {
    pub fn of(library: &Path) -> Self {
        Self(Connection::open(library.join("marks.sqlite3")).unwrap())
    }

    /// Whether the item of an issue is bookmarked, and whether it is read.
    pub fn of_item(&self, issue: &Issue, at: [usize; 2]) -> (bool, bool) {
        self.named(&key(issue, at))
    }

    /// Whether it is bookmarked, read, tagged, and has a note.
    pub fn all_of_item(&self, issue: &Issue, at: [usize; 2]) -> [bool; 4] {
        let key = key(issue, at);
        let (bookmarked, read) = self.named(&key);
        let tagged = "SELECT 1 FROM tag WHERE present = 1 AND";
        let noted = "SELECT 1 FROM mark WHERE note IS NOT NULL AND";
        [
            bookmarked,
            read,
            self.exists(tagged, &key),
            self.exists(noted, &key),
        ]
    }

    pub fn of_head(&self, head: &ItemHead) -> (bool, bool) {
        self.named(&head.key)
    }

    /// How many bookmarks there are, with and without item.
    pub fn bookmarks(&self) -> usize {
        let sql = "SELECT count(*) FROM mark WHERE bookmarked = 1";
        let count = self.0.query_row(sql, [], |row| row.get::<_, u32>(0));
        usize::try_from(count.unwrap()).unwrap()
    }

    /// Whether the item has any tag.
    pub fn is_tagged(&self, head: &ItemHead) -> bool {
        self.exists("SELECT 1 FROM tag WHERE present = 1 AND", &head.key)
    }

    fn exists(&self, sql: &str, key: &ItemKey) -> bool {
        let sql = format!("{sql} publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4");
        let mut statement = self.0.prepare(&sql).unwrap();
        let named = params![key.publication, key.issue.0, key.headline, key.nth];
        statement.exists(named).unwrap()
    }

    fn named(&self, key: &ItemKey) -> (bool, bool) {
        let sql = "SELECT bookmarked, read FROM mark WHERE publication = ?1 AND number = ?2 AND headline = ?3 AND nth = ?4";
        let named = params![key.publication, key.issue.0, key.headline, key.nth];
        let found = self
            .0
            .query_row(sql, named, |row| Ok((row.get(0)?, row.get(1)?)));
        found.optional().unwrap().unwrap_or_default()
    }
}

/// The name of an item of an issue.
fn key(issue: &Issue, [section, item]: [usize; 2]) -> ItemKey {
    let before = issue.sections[..section].iter();
    let before: usize = before.map(|section| section.items.len()).sum();
    item_keys(issue).swap_remove(before + item)
}
