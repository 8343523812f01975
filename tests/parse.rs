//! The fixtures as parsed, and inputs that nobody meant.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use parkweekly::issue::{Address, Issue, Part};
use parkweekly::parse::{Hints, ParseError, parse};
use parkweekly::source::{decode, read};
use proptest::prelude::*;
use std::collections::HashSet;
use std::path::PathBuf;

const WEEKLIES: [&str; 3] = ["weekly-006", "weekly-007", "other-digest"];

fn fixture(name: &str) -> PathBuf {
    [
        env!("CARGO_MANIFEST_DIR"),
        "tests",
        "fixtures",
        &format!("{name}.txt"),
    ]
    .iter()
    .collect()
}

fn issue(name: &str) -> Issue {
    let mut issues = parse(&read(&fixture(name)).unwrap().pages, &Hints::default()).unwrap();
    assert_eq!(issues.len(), 1);
    issues.remove(0)
}

fn kinds(issue: &Issue) -> Vec<(&'static str, String)> {
    issue
        .diagnostics
        .iter()
        .map(|found| {
            let item = found.item.as_ref().map(ToString::to_string);
            (found.problem.kind(), item.unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_fixtures_as_parsed() {
    for name in WEEKLIES {
        let json = serde_json::to_string_pretty(&issue(name)).unwrap();
        insta::assert_snapshot!(name, json);
    }
}

#[test]
fn a_regular_issue_has_no_diagnostics() {
    for name in ["weekly-007", "other-digest"] {
        assert_eq!(kinds(&issue(name)), [], "{name}");
    }
}

#[test]
fn what_disagrees_in_an_issue_is_reported() {
    let expected = [
        ("headline-mismatch", "6/1/4".to_owned()),
        ("missing-in-contents", "6/1/5".to_owned()),
    ];
    assert_eq!(kinds(&issue("weekly-006")), expected);
}

#[test]
fn another_digest_goes_by_its_own_name() {
    let issue = issue("other-digest");
    assert_eq!(issue.publication, "港口物流周刊");
    assert_eq!(issue.number.0, 12);
    let titles: Vec<_> = issue
        .sections
        .iter()
        .map(|section| &*section.title)
        .collect();
    assert_eq!(titles, ["港口建设", "航线动态"]);
}

#[test]
fn several_issues_in_one_file_are_several() {
    for between in ["\n", "\n\n\n", "\u{c}"] {
        let texts = ["weekly-006", "weekly-007", "other-digest"]
            .map(|name| std::fs::read_to_string(fixture(name)).unwrap());
        let document = decode("all", texts.join(between).as_bytes()).unwrap();
        let issues = parse(&document.pages, &Hints::default()).unwrap();
        assert_eq!(issues.len(), 3);
        let said = Hints {
            number: Some(issues[0].number),
            ..Hints::default()
        };
        assert_eq!(
            parse(&document.pages, &said),
            Err(ParseError::SeveralIssues)
        );
        for (read, name) in issues.into_iter().zip(WEEKLIES) {
            let mut alone = issue(name);
            // The lines are counted on through the file.
            for (found, own) in read.diagnostics.iter().zip(&mut alone.diagnostics) {
                own.line = found.line;
            }
            assert_eq!(read, alone, "{name}");
        }
    }
}

#[test]
fn an_issue_that_is_cut_off_takes_no_other_with_it() {
    let whole = std::fs::read_to_string(fixture("weekly-007")).unwrap();
    let cut = whole.replace("总7期", "总8期");
    let cut = &cut[..cut.rfind("一、招商引资").unwrap()];
    let document = decode("cut", format!("{whole}\n{cut}").as_bytes()).unwrap();
    let issues = parse(&document.pages, &Hints::default()).unwrap();
    assert_eq!(issues.len(), 1);
    let alone = issue("weekly-007");
    assert_eq!(issues[0].sections, alone.sections);
    assert!(
        kinds(&issues[0])
            .iter()
            .all(|(kind, _)| *kind == "unknown-line")
    );
    assert!(issues[0].diagnostics.len() > 10);
}

#[test]
fn without_a_cover_the_name_of_the_file_says_which_issue_it_is() {
    let text = std::fs::read_to_string(fixture("weekly-007")).unwrap();
    let body = &text[text.rfind("一、招商引资").unwrap()..];
    let document = decode("body", body.as_bytes()).unwrap();
    let hints = Hints {
        name: Some("园区周报2024年2月2期（总7期）".to_owned()),
        ..Hints::default()
    };
    let read = parse(&document.pages, &hints).unwrap().remove(0);
    let whole = issue("weekly-007");
    assert_eq!(read.publication, whole.publication);
    assert_eq!(
        (read.number, read.year, read.month, read.week),
        (whole.number, whole.year, whole.month, whole.week)
    );
    assert_eq!(read.items().count(), whole.items().count());
    let kinds: Vec<&str> = read
        .diagnostics
        .iter()
        .map(|found| found.problem.kind())
        .collect();
    assert_eq!(kinds, ["no-cover", "no-contents"]);
    assert_eq!(
        parse(&document.pages, &Hints::default()),
        Err(ParseError::NoNumber)
    );
}

#[test]
fn a_text_that_is_no_issue_is_refused() {
    let document = read(&fixture("not-an-issue")).unwrap();
    assert_eq!(
        parse(&document.pages, &Hints::default()),
        Err(ParseError::NoIssue)
    );
}

#[test]
fn an_issue_cut_off_behind_its_contents_is_refused() {
    let text = std::fs::read_to_string(fixture("weekly-006")).unwrap();
    let end = text.rfind("一、招商引资").unwrap();
    let document = decode("cut", &text.as_bytes()[..end]).unwrap();
    assert_eq!(
        parse(&document.pages, &Hints::default()),
        Err(ParseError::NoItems)
    );
}

#[test]
fn an_issue_cut_off_in_the_body_lists_what_is_missing() {
    let text = std::fs::read_to_string(fixture("weekly-006")).unwrap();
    let end = text.rfind("二、综合资讯").unwrap();
    let document = decode("cut", &text.as_bytes()[..end]).unwrap();
    let issue = parse(&document.pages, &Hints::default()).unwrap().remove(0);
    let count = |kind: &str| kinds(&issue).iter().filter(|found| found.0 == kind).count();
    assert_eq!(count("missing-in-body"), 7);
    assert_eq!(count("section-missing-in-body"), 2);
}

/// Ordinals count from 1 without a gap, and every diagnostic's address and line exist.
fn is_consistent(issue: &Issue, lines: u32) {
    let mut addresses = HashSet::new();
    for (section, ordinal) in issue.sections.iter().zip(1..) {
        assert_eq!(section.ordinal.0, ordinal);
        for (item, ordinal) in section.items.iter().zip(1..) {
            assert_eq!(item.ordinal.0, ordinal);
            assert!(!item.headline.is_empty());
            addresses.insert(Address::item(issue.number, section.ordinal, item.ordinal));
        }
    }
    for found in &issue.diagnostics {
        assert!(found.line.is_none_or(|line| (1..=lines).contains(&line)));
        if let Some(item) = &found.item {
            assert!(
                matches!(item.part, Part::Item(..)) && addresses.contains(item),
                "{item}"
            );
        }
    }
}

/// What may happen to a line of a fixture on its way here.
#[derive(Debug, Clone)]
enum Damage {
    Delete(prop::sample::Index),
    Double(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, prop::sample::Index, String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Damage::Delete),
        index().prop_map(Damage::Double),
        (index(), index()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (
            index(),
            index(),
            "[●■○一二、：:注（）()。.\t 0-9\\-*#\u{c}]{1,6}|\\PC{1,4}"
        )
            .prop_map(|(line, at, text)| Damage::Insert(line, at, text)),
    ]
}

fn apply(lines: &mut Vec<String>, damage: Damage) {
    if lines.is_empty() {
        return;
    }
    let count = lines.len();
    match damage {
        Damage::Delete(at) => drop(lines.remove(at.index(count))),
        Damage::Double(at) => {
            let line = lines[at.index(count)].clone();
            lines.insert(at.index(count), line);
        }
        Damage::Swap(a, b) => lines.swap(a.index(count), b.index(count)),
        Damage::Insert(line, at, text) => {
            let line = &mut lines[line.index(count)];
            let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
            let place = if places.is_empty() {
                0
            } else {
                places[at.index(places.len())]
            };
            line.insert_str(place, &text);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_an_issue_or_an_error(bytes: Vec<u8>) {
        if let Ok(document) = decode("x", &bytes) {
            let _ = parse(&document.pages, &Hints::default());
        }
    }

    #[test]
    fn any_marks_are_an_issue_or_an_error(
        lines in prop::collection::vec("[●■○◆一二三、目录注：（）网站。 \t0-9.*#\\-]{0,8}|\\PC{0,8}", 0..40)
    ) {
        let text = format!("刊\n总1期\n{}", lines.join("\n"));
        let document = decode("x", text.as_bytes()).unwrap();
        for issue in parse(&document.pages, &Hints::default()).unwrap_or_default() {
            is_consistent(&issue, u32::try_from(text.len()).unwrap());
        }
    }

    #[test]
    fn a_damaged_issue_stays_consistent(
        name in prop::sample::select(&WEEKLIES[..]),
        damages in prop::collection::vec(damage(), 1..30),
    ) {
        let text = std::fs::read_to_string(fixture(name)).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for damage in damages {
            apply(&mut lines, damage);
        }
        let text = lines.join("\n");
        if let Ok(document) = decode(name, text.as_bytes()) {
            for issue in parse(&document.pages, &Hints::default()).unwrap_or_default() {
                is_consistent(&issue, u32::try_from(text.len()).unwrap());
            }
        }
    }
}
