//! Libraries as the program made them at every earlier version of the schemas: opened by the program of today they hold what
//! they held. `tests/fixtures/schema/make.py` makes the next one.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod sandbox;

use parkweekly::app::issues::READING_VERSION;
use parkweekly::app::reparse::Rereader;
use parkweekly::issue::ItemHead;
use parkweekly::store::{Place, Searcher, Store};
use rusqlite::Connection;
use sandbox::Sandbox;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// File names of the two databases.
const DATABASES: [&str; 2] = ["library", "marks"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// How many migrations a database has: the version of its newest schema.
fn newest(database: &str) -> usize {
    let files = fs::read_dir(root().join("assets/schema")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(database)).count()
}

/// The versions of library and marks that a name like `l1m2` gives, where it is one.
fn versions(name: &str) -> Option<[usize; 2]> {
    let (library, marks) = name.strip_prefix('l')?.split_once('m')?;
    Some([library.parse().ok()?, marks.parse().ok()?])
}

/// The fixtures by name, oldest first, with the versions of library and marks that each is of.
fn fixtures() -> Vec<(String, [usize; 2])> {
    let folders = fs::read_dir(root().join("tests/fixtures/schema")).unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    let mut fixtures: Vec<_> = names
        .filter_map(|name| versions(&name).map(|of| (name, of)))
        .collect();
    fixtures.sort();
    fixtures
}

/// A sandbox whose library is a copy of a fixture.
fn copy(fixture: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("library")).unwrap();
    for database in DATABASES {
        let file = format!("{database}.sqlite3");
        let from = root().join("tests/fixtures/schema").join(fixture);
        fs::copy(from.join(&file), sandbox.path("library").join(&file)).unwrap();
    }
    sandbox
}

fn schema(path: &Path) -> usize {
    let file = Connection::open(path).unwrap();
    let checked = file.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(checked.unwrap(), "ok", "{}", path.display());
    let version = file.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    usize::try_from(version.unwrap()).unwrap()
}

#[test]
fn there_is_a_fixture_of_every_earlier_version() {
    let fixtures = fixtures();
    for (n, database) in DATABASES.into_iter().enumerate() {
        for version in 1..newest(database) {
            assert!(
                fixtures.iter().any(|(_, of)| of[n] == version),
                "tests/fixtures/schema has no library whose {database}.sqlite3 is of version {version}. Check out the last \
                 commit before assets/schema/{database}-{:03}.sql, build it, and make the fixture with that program by \
                 tests/fixtures/schema/make.py, which says how.",
                version + 1
            );
        }
    }
    for (name, of) in fixtures {
        let sandbox = copy(&name);
        let found = DATABASES
            .map(|database| schema(&sandbox.path("library").join(format!("{database}.sqlite3"))));
        assert_eq!(found, of, "{name} is of the versions that it says");
    }
}

/// All that a library holds of its issues and items, one line each, with bookmarks and read states.
fn contents(store: &Store, searcher: &Searcher) -> String {
    let mut text = String::new();
    for head in searcher.issues().unwrap() {
        let issue = store.issue(head.id).unwrap().unwrap();
        let label = &head.label;
        writeln!(
            text,
            "{} {} {:?}-{:?}-{:?} {:?} {:?}: {} items, {} unread, {} bookmarked, {} diagnostics",
            label.publication,
            label.number,
            label.year,
            label.month,
            label.week,
            issue.publisher,
            issue.site,
            head.items,
            head.unread,
            head.bookmarked,
            head.diagnostics,
        )
        .unwrap();
        let heads = searcher.heads(head.id).unwrap();
        let items: Vec<_> = issue.items().collect();
        assert_eq!((heads.len(), items.len()), (items.len(), heads.len()));
        for (head, (section, item)) in heads.iter().zip(items) {
            assert_eq!(head.headline, item.headline);
            let said = (&item.lead, &item.paragraphs, &item.source, item.page);
            let listed = &item.contents_headline;
            let line = line(head);
            writeln!(text, "{line} · {} · {listed:?} · {said:?}", section.title).unwrap();
        }
    }
    text
}

/// An item with what is marked of it, and how many diagnostics it has.
fn line(head: &ItemHead) -> String {
    let sign = |on: bool, sign: &'static str| if on { sign } else { "-" };
    format!(
        "{}{} {} {} !{}",
        sign(head.marks.bookmarked, "b"),
        sign(head.marks.read, "r"),
        head.address(),
        head.headline,
        head.diagnostics
    )
}

#[test]
fn a_library_of_every_earlier_version_holds_what_it_held() {
    for (name, [_, marks]) in fixtures() {
        let sandbox = copy(&name);
        // A look alone changes nothing, and finds what would be read otherwise today.
        let printed = root().join("tests/fixtures/weekly-007.txt");
        let seen = sandbox.record(&["import", "--dry-run", "--json", printed.to_str().unwrap()]);
        let is_of_today = read_by(&sandbox.path("library").join("library.sqlite3"))
            == READING_VERSION
            && seen.contains("\"status\":\"unchanged\"");
        assert!(
            is_of_today || seen.contains("\"status\":\"replaced\""),
            "{name}: {seen}"
        );
        // The program itself opens it first, and only once.
        let listed = sandbox.json(&["bookmark", "list", "--json"]);
        let listed: Vec<&str> = listed
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect();
        assert_eq!(listed, ["7/1/2", "7/3/3", "6/1/4"], "{name}");
        for database in DATABASES {
            let path = sandbox.path("library").join(format!("{database}.sqlite3"));
            assert_eq!(schema(&path), newest(database), "{name}: {database}");
        }
        let place = Place::Folder(sandbox.path("library"));
        let mut store = Store::open(&place).unwrap();
        let searcher = store.searcher().unwrap();
        // All of them were made alike, so one file says what each of them holds.
        insta::assert_snapshot!("made", contents(&store, &searcher), &name);
        let newest = searcher.newest().unwrap().unwrap();
        let first = searcher.heads(newest).unwrap().remove(0);
        let place = store.item(first.id).unwrap().unwrap().place;
        // Places are kept since version 2 of the marks.
        assert_eq!(
            place > 0,
            marks >= 2,
            "{name}: where the first item was left"
        );
        assert_eq!(searcher.session().unwrap().is_some(), marks >= 2, "{name}");
        // Tags and notes since version 3.
        let said = |address: &str| {
            let item = sandbox.json(&["show", address, "--json"]).remove(0);
            (item["tags"].clone(), item["note"].clone())
        };
        let (tags, note) = if marks >= 3 {
            (json!(["跟踪"]), json!("第一行\n第二行"))
        } else {
            (json!([]), json!(null))
        };
        assert_eq!(said("7/1/2"), (tags, json!(null)), "{name}");
        assert_eq!(said("7/3/3"), (json!([]), note), "{name}");
        // Saved queries since version 6; from then on in every one.
        let saved = || searcher.saved_queries().unwrap().into_iter();
        let texts: Vec<String> = saved().map(|one| one.text).collect();
        let expected: &[&str] = if marks >= 6 {
            &["储能 is:unread"]
        } else {
            &[]
        };
        assert_eq!(texts, expected, "{name}");
        sandbox.record(&["query", "save", "招商", "section:招商"]);
        assert_eq!(saved().count(), expected.len() + 1, "{name}");
        // And it goes on from there.
        store.set_place(&first.key, &first.headline, 9).unwrap();
        assert!(
            store
                .set_bookmark(&first.key, &first.headline, true)
                .unwrap()
        );
        let view = store.item(first.id).unwrap().unwrap();
        assert_eq!(
            (view.place, view.head.marks.bookmarked),
            (9, true),
            "{name}"
        );
        assert_eq!(searcher.bookmarks().unwrap().len(), 4, "{name}");
    }
}

/// By which version of reading the issues of a library were read, the oldest of them.
fn read_by(library: &Path) -> u32 {
    let file = Connection::open(library).unwrap();
    let read_by = "SELECT min(parser) FROM issue";
    file.query_row(read_by, [], |row| row.get(0)).unwrap()
}

/// How many items a library has, and of how many of them the stage is known, as it is of every item that facts were read of.
fn stated(place: &Place) -> [usize; 2] {
    let store = Store::open(place).unwrap();
    let heads = store.searcher().unwrap().issues().unwrap();
    let issues = heads.iter().map(|head| store.issue(head.id).unwrap());
    let counts = issues.map(|issue| {
        let issue = issue.unwrap();
        let stated = issue.items().filter(|(_, item)| item.facts.stage.is_some());
        [issue.items().count(), stated.count()]
    });
    counts.fold([0, 0], |sum, count| [sum[0] + count[0], sum[1] + count[1]])
}

/// The first version of the library's schema that has facts.
const WITH_FACTS: usize = 5;

/// Whatever version of reading an earlier program wrote down, what it kept is read again by the rules of today.
#[test]
fn a_library_of_every_earlier_version_gets_its_facts() {
    for (name, [library, _]) in fixtures() {
        let sandbox = copy(&name);
        let place = Place::Folder(sandbox.path("library"));
        let [items, before] = stated(&place);
        let had = if library < WITH_FACTS { 0 } else { items };
        assert!(items > 0 && before == had, "{name}: {before} of {items}");
        Rereader::new(Store::open(&place).unwrap()).run(|| true, |_| ());
        assert_eq!(stated(&place), [items, items], "{name}");
        let version = read_by(&sandbox.path("library").join("library.sqlite3"));
        assert_eq!(version, READING_VERSION, "{name}");
    }
}
