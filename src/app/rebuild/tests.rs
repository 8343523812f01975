//! Libraries made again: the same to the row where nothing was damaged, and from the kept pages alone where the rest is lost.

use super::*;
use crate::app::import::import_file;
use crate::app::input::{Asked, Input, Ways};
use crate::issue::{IssueDate, ItemHead};
use crate::store::{Place, Store};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SIX: &str = include_str!("../../../tests/fixtures/weekly-006.txt");
const SEVEN: &str = include_str!("../../../tests/fixtures/weekly-007.txt");

/// A folder for a library and for the files that are imported into it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    fn store(&self) -> Store {
        Store::open(&Place::Folder(self.library())).unwrap()
    }

    fn import(&self, name: &str, bytes: &[u8], asked: Asked) {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let outcome = import_file(
            &mut self.store(),
            &Input::File(path),
            asked,
            &Ways::of("".as_ref()),
        );
        assert_eq!(outcome.error(), None, "{name}");
    }

    /// Carries out SQL on the content.
    fn sql(&self, sql: &str) {
        crate::store::for_tests::execute(&self.library(), sql);
    }

    fn dump(&self) -> Vec<String> {
        crate::store::for_tests::dump(&self.library())
    }

    fn rebuild(&self) -> Remade {
        rebuild(Some(self.library()), &|| true, &mut |_, _, _| {})
            .unwrap()
            .unwrap()
    }

    /// All issues, without the times of their imports.
    fn issues(&self) -> Vec<Issue> {
        let store = self.store();
        let issues = store.searcher().unwrap().issues().unwrap();
        let issue = |head: &crate::issue::IssueHead| store.issue(head.id).unwrap().unwrap();
        issues.iter().map(issue).collect()
    }

    fn heads(&self) -> Vec<ItemHead> {
        let searcher = self.store().searcher().unwrap();
        let issues = searcher.issues().unwrap();
        let heads = issues
            .iter()
            .flat_map(|head| searcher.heads(head.id).unwrap());
        heads.collect()
    }
}

fn said(number: Option<u32>, date: Option<&str>) -> Asked {
    Asked {
        number: number.map(IssueNumber),
        date: date.map(|date| date.parse().unwrap()),
        ..Asked::default()
    }
}

/// Another issue of [`SIX`], with a byte that is no character.
fn broken() -> Vec<u8> {
    let mut broken = SIX.replace("总6期", "总22期").into_bytes();
    let middle = broken.len() / 2;
    let at = broken[middle..]
        .iter()
        .position(|byte| *byte >= 0xe0)
        .unwrap();
    broken[middle + at] = 0xff;
    broken
}

/// A text with its first lines, up to the number, gone.
fn without_cover(text: &str) -> String {
    let (_, rest) = text
        .split_once("期）")
        .or_else(|| text.split_once("期)"))
        .unwrap();
    rest.to_owned()
}

/// A library of everything that an import may have been told or have met.
fn everything() -> Desk {
    let desk = Desk::new();
    desk.import("six.txt", SIX.as_bytes(), Asked::default());
    desk.import(
        "said.txt",
        without_cover(SEVEN).as_bytes(),
        said(Some(17), Some("2023-05-2")),
    );
    desk.import(
        "园区周报18期.txt",
        without_cover(SEVEN).replace("新能源", "新材料").as_bytes(),
        Asked::default(),
    );
    desk.import(
        "dated.txt",
        SEVEN.replace("总7期", "总19期").as_bytes(),
        said(None, Some("2022")),
    );
    let volume = format!(
        "{}\n{}",
        SIX.replace("总6期", "总20期"),
        SEVEN.replace("总7期", "总21期")
    );
    desk.import("volume.txt", volume.as_bytes(), Asked::default());
    // A later copy without a cover: what the former said of date and publisher stays.
    desk.import("seven.txt", SEVEN.as_bytes(), Asked::default());
    desk.import(
        "园区周报7期.txt",
        without_cover(SEVEN).as_bytes(),
        Asked::default(),
    );
    // Bytes that are no characters.
    desk.import("broken.txt", &broken(), Asked::default());
    // One of two issues of a document came from elsewhere later, another was removed.
    desk.import(
        "one.txt",
        format!("{}\n", SEVEN.replace("总7期", "总21期")).as_bytes(),
        Asked::default(),
    );
    desk.import(
        "gone.txt",
        SIX.replace("总6期", "总23期").as_bytes(),
        Asked::default(),
    );
    let mut store = desk.store();
    let gone = store
        .searcher()
        .unwrap()
        .issue_named("园区周报", IssueNumber(23));
    store.remove(gone.unwrap().unwrap()).unwrap();
    drop(store);
    // The same file under two numbers.
    desk.import(
        "twice.txt",
        without_cover(SIX).as_bytes(),
        said(Some(24), None),
    );
    desk.import(
        "twice.txt",
        without_cover(SIX).as_bytes(),
        said(Some(25), Some("2021-03-1")),
    );
    desk
}

#[test]
fn a_sound_library_is_the_same_to_the_row() {
    let desk = everything();
    let before = desk.dump();
    assert!(before.len() > 150);
    let remade = desk.rebuild();
    assert_eq!(remade.lost, []);
    assert_eq!(remade.rebuilt.set_aside, None);
    assert_eq!(remade.rebuilt.renamed, 0);
    let basis: Vec<_> = remade.issues.iter().map(|made| made.basis).collect();
    assert!(
        basis.iter().all(|basis| *basis == Basis::Pages),
        "{basis:?}"
    );
    for (now, before) in desk.dump().iter().zip(&before) {
        assert_eq!(now, before);
    }
    assert_eq!(desk.dump().len(), before.len());
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(12))]
    #[test]
    fn any_sound_library_is_the_same_to_the_row(steps in proptest::collection::vec((0..6_u8, 1..5_u32, 0..3_u8), 1..9)) {
        let desk = Desk::new();
        for (n, (kind, number, date)) in steps.into_iter().enumerate() {
            let date = [None, Some("2023-05-2"), Some("2022")][usize::from(date)];
            let text = if n % 2 == 0 { SEVEN } else { SIX };
            let numbered = text.replace("总7期", &format!("总{number}期")).replace("总6期", &format!("总{number}期"));
            let name = format!("园区周报{number}期.txt");
            match kind {
                0 => desk.import("a.txt", numbered.as_bytes(), said(None, date)),
                1 => desk.import(&name, without_cover(text).as_bytes(), Asked::default()),
                2 => desk.import("b.txt", without_cover(text).as_bytes(), said(Some(number), date)),
                3 => desk.import("c.txt", format!("{numbered}\n{SIX}").as_bytes(), Asked::default()),
                4 => desk.import("d.txt", numbered.as_bytes(), said(Some(number + 5), date)),
                _ => {
                    let mut store = desk.store();
                    if let Some(newest) = store.searcher().unwrap().newest().unwrap() {
                        store.remove(newest).unwrap();
                    }
                }
            }
        }
        let before = desk.dump();
        if desk.issues().is_empty() {
            return Ok(());
        }
        desk.rebuild();
        let now = desk.dump();
        for (now, before) in now.iter().zip(&before) {
            proptest::prop_assert_eq!(now, before);
        }
        proptest::prop_assert_eq!(now.len(), before.len());
    }
}

#[test]
fn the_documents_alone_say_what_their_issues_are() {
    let desk = Desk::new();
    desk.import("six.txt", SIX.as_bytes(), Asked::default());
    desk.import(
        "said.txt",
        without_cover(SEVEN).as_bytes(),
        said(Some(17), Some("2023-05-2")),
    );
    let volume = format!(
        "{}\n{}",
        SIX.replace("总6期", "总20期"),
        SEVEN.replace("总7期", "总21期")
    );
    desk.import("volume.txt", volume.as_bytes(), Asked::default());
    desk.import("broken.txt", &broken(), Asked::default());
    let before = desk.issues();
    assert_eq!(before.len(), 5);
    assert!(before.iter().any(|issue| {
        issue
            .diagnostics
            .first()
            .is_some_and(|one| one.problem.kind() == "characters-lost")
    }));
    desk.sql("DELETE FROM item; DELETE FROM issue; DELETE FROM publication;");
    let remade = desk.rebuild();
    assert_eq!((remade.issues.len(), remade.lost.len()), (5, 0));
    assert!(desk.issues() == before);
}

#[test]
fn pages_that_are_lost_cost_no_item() {
    let desk = everything();
    let before = desk.issues();
    desk.sql("UPDATE source SET pages = x'28b52ffd0000' WHERE path LIKE '%dated.txt'");
    let remade = desk.rebuild();
    assert!(desk.issues() == before);
    let alone: Vec<_> = remade
        .issues
        .iter()
        .filter(|made| made.basis == Basis::RowsAlone)
        .collect();
    assert_eq!(alone.len(), 1);
    assert_eq!(alone[0].number, IssueNumber(19));
    assert_eq!(remade.lost.len(), 1);
    assert!(remade.lost[0].path.as_ref().unwrap().ends_with("dated.txt"));
    assert_eq!(
        remade.lost[0].issue.as_ref().unwrap().number,
        IssueNumber(19)
    );
    // Imported again it has its pages again, though nothing else about it is new.
    let dated = SEVEN.replace("总7期", "总19期");
    desk.import("dated.txt", dated.as_bytes(), said(None, Some("2022")));
    assert_eq!(desk.rebuild().lost, []);
    // Where the items are gone too, it is named.
    desk.sql("UPDATE source SET pages = x'28b52ffd0000' WHERE path LIKE '%dated.txt'; UPDATE body SET paragraphs = 'x'");
    let remade = desk.rebuild();
    assert_eq!(remade.issues.len(), before.len() - 1);
    assert_eq!(
        remade.lost[0].issue.as_ref().unwrap().number,
        IssueNumber(19)
    );
}

#[test]
fn what_an_older_parser_read_is_read_by_this_one_and_the_marks_go_along() {
    let desk = Desk::new();
    desk.import("seven.txt", SEVEN.as_bytes(), Asked::default());
    let now = desk.issues();
    for head in desk.heads() {
        desk.store()
            .set_bookmark(&head.key, &head.headline, true)
            .unwrap();
    }
    // The older one took a mark for a part of a headline.
    desk.sql(
        "UPDATE issue SET parser = 1; \
         UPDATE item SET headline = '▲' || headline, key_headline = '▲' || key_headline \
         WHERE id = (SELECT max(id) FROM item)",
    );
    let head = desk.heads().remove(0);
    assert!(!head.marks.bookmarked);
    desk.store()
        .set_bookmark(&head.key, &head.headline, true)
        .unwrap();
    let remade = desk.rebuild();
    assert_eq!(remade.rebuilt.renamed, 1);
    assert!(desk.issues() == now);
    assert!(desk.heads().iter().all(|head| head.marks.bookmarked));
}

#[test]
fn an_issue_that_reads_as_none_stays_as_it_was() {
    let desk = Desk::new();
    desk.import("seven.txt", SEVEN.as_bytes(), Asked::default());
    desk.import("six.txt", SIX.as_bytes(), Asked::default());
    let before = desk.issues();
    // The pages of another document.
    desk.sql(
        "UPDATE source SET pages = (SELECT pages FROM source WHERE path LIKE '%seven.txt'), number = NULL, year = NULL \
         WHERE path LIKE '%six.txt'",
    );
    let remade = desk.rebuild();
    assert_eq!(remade.lost, []);
    let kept: Vec<_> = remade
        .issues
        .iter()
        .filter(|made| made.basis == Basis::Rows)
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].number, IssueNumber(6));
    assert!(desk.issues() == before);
}

#[test]
fn a_date_that_was_said_is_no_part_of_the_text() {
    let desk = Desk::new();
    desk.import("dated.txt", SEVEN.as_bytes(), said(None, Some("2022")));
    let issue = desk.issues().remove(0);
    let date = IssueDate {
        year: issue.year,
        month: issue.month,
        week: issue.week,
    };
    assert_eq!(date, "2022".parse().unwrap());
    desk.sql("DELETE FROM item; DELETE FROM issue;");
    desk.rebuild();
    assert_eq!(desk.issues(), [issue]);
}

#[test]
fn who_does_not_want_it_any_more_has_the_library_as_it_was() {
    let desk = everything();
    let before = desk.dump();
    let stopped = rebuild(Some(desk.library()), &|| false, &mut |_, _, _| {});
    assert_eq!(stopped.unwrap_err().code, "library-stopped");
    assert_eq!(desk.dump(), before);
    let none = rebuild(
        Some(desk.folder.path().join("none")),
        &|| true,
        &mut |_, _, _| {},
    );
    assert_eq!(none.unwrap(), None);
    assert!(!Path::new(&desk.folder.path().join("none")).exists());
}
