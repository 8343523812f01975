//! Fixes applied to issues: what becomes of each text, which names stay, and what does not fit.

use super::*;
use crate::issue::{Fact, Facts, IssueNumber, Section, Stage, item_keys};
use proptest::prelude::*;
use std::collections::HashMap;

fn item(ordinal: u32, headline: &str, paragraphs: &[&str], source: Option<&str>) -> Item {
    Item {
        ordinal: ItemOrdinal(ordinal),
        headline: headline.to_owned(),
        contents_headline: None,
        page: Some(1),
        lead: None,
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
        source: source.map(str::to_owned),
        pictures: vec![],
        facts: Facts::default(),
    }
}

fn issue(sections: Vec<Vec<Item>>) -> Issue {
    let sections = sections.into_iter().zip(1..);
    let sections = sections.map(|(items, ordinal)| Section {
        ordinal: SectionOrdinal(ordinal),
        title: "招商".to_owned(),
        page: None,
        items,
    });
    Issue {
        publication: "试验周报".to_owned(),
        number: IssueNumber(7),
        year: Some(2023),
        month: Some(1),
        week: Some(1),
        publisher: None,
        site: None,
        note: None,
        sections: sections.collect(),
        diagnostics: vec![],
    }
}

/// Three items of a section, and one of another.
fn plain() -> Issue {
    issue(vec![
        vec![
            item(1, "甲市签约", &["甲一。", "甲二"], Some("甲报")),
            item(2, "乙市开工", &["乙一。", "乙二", "乙三"], Some("乙报")),
            item(3, "丙省印发", &["丙一"], None),
        ],
        vec![item(1, "丁", &[], None)],
    ])
}

/// Applies fixes to the items at these positions; and notes at which parts facts were read anew.
fn applied(issue: &Issue, fixes: &[(usize, Fix)]) -> (Applied, Vec<Part>) {
    let keys = item_keys(issue);
    let fixes: Vec<_> = fixes
        .iter()
        .map(|(at, fix)| (keys[*at].clone(), fix.clone()))
        .collect();
    let mut read = vec![];
    let applied = apply(issue, &keys, &fixes, |_, parts| read = parts.to_vec());
    (applied, read)
}

fn headlines(issue: &Issue) -> Vec<&str> {
    issue.items().map(|(_, item)| &*item.headline).collect()
}

fn part(section: u32, item: u32) -> Part {
    Part::Item(SectionOrdinal(section), ItemOrdinal(item))
}

fn split(issue: &Issue, at: usize, paragraph: usize) -> Fix {
    let (_, item) = issue.items().nth(at).unwrap();
    Fix::split(&item.paragraphs, paragraph).unwrap()
}

#[test]
fn an_item_that_is_joined_is_text_of_the_one_before_it() {
    let mut issue = plain();
    let about = |item| Diagnostic {
        problem: Problem::EmptyItem {},
        line: None,
        item: Some(Address {
            publication: None,
            issue: issue.number,
            part: item,
        }),
    };
    issue.diagnostics = [part(1, 1), part(1, 2), part(1, 3), part(2, 1)]
        .map(about)
        .to_vec();
    let (made, read) = applied(&issue, &[(1, Fix::Join)]);
    assert_eq!(headlines(&made.issue), ["甲市签约", "丙省印发", "丁"]);
    let (_, whole) = made.issue.items().next().unwrap();
    let texts = [
        "甲一。",
        "甲二（甲报）",
        "乙市开工",
        "乙一。",
        "乙二",
        "乙三",
    ];
    assert_eq!(whole.paragraphs, texts);
    assert_eq!(whole.source.as_deref(), Some("乙报"));
    assert_eq!(made.joined, [item_keys(&issue)[1].clone()]);
    assert_eq!(made.corrected[0].fixed, ["join"]);
    assert_eq!(made.corrected[0].was["join"], json!(["乙市开工"]));
    assert_eq!(made.by, [vec![0], vec![], vec![]]);
    assert_eq!(read, [part(1, 1)]);
    // The item behind it has moved up, and so has what is said of it; what was empty is so no more.
    let about = made.issue.diagnostics.iter();
    let about: Vec<Part> = about.map(|one| one.item.as_ref().unwrap().part).collect();
    assert_eq!(about, [part(1, 2), part(2, 1)]);
    // The names are those of the items as parsed.
    let keys = item_keys(&issue);
    assert_eq!(made.keys, [0, 2, 3].map(|n| keys[n].clone()));
}

#[test]
fn from_a_paragraph_on_there_is_an_item_of_its_own() {
    let issue = plain();
    let (made, read) = applied(&issue, &[(1, split(&issue, 1, 1))]);
    assert_eq!(
        headlines(&made.issue)[1..4],
        ["乙市开工", "乙二", "丙省印发"]
    );
    let items: Vec<&Item> = made.issue.items().map(|(_, item)| item).collect();
    assert_eq!(
        (&items[1].paragraphs[..], &items[1].source),
        (&["乙一。".to_owned()][..], &None)
    );
    assert_eq!(items[2].paragraphs, ["乙三"]);
    assert_eq!(items[2].source.as_deref(), Some("乙报"));
    let ordinals: Vec<u32> = items.iter().map(|item| item.ordinal.0).collect();
    assert_eq!(ordinals, [1, 2, 3, 4, 1]);
    assert_eq!(made.keys[2].headline, "乙二");
    assert_eq!(made.corrected[2].was["split"], "乙市开工");
    assert_eq!(made.by[1..3], [vec![0], vec![0]]);
    assert_eq!(read, [part(1, 2), part(1, 3)]);
}

#[test]
fn a_paragraph_is_known_by_its_text_and_only_then_by_its_place() {
    let same = |texts: &[&str]| issue(vec![vec![item(1, "甲", texts, None)]]);
    let fix = split(&same(&["一", "二", "一", "三"]), 0, 2);
    for (texts, kept) in [
        // Something stands between them now: of the two the nearer one.
        (&["一", "零", "二", "一", "三"][..], 3),
        (&["一", "二"], 0),
        (&["二", "一"], 1),
    ] {
        let (made, _) = applied(&same(texts), &[(0, fix.clone())]);
        let (_, first) = made.issue.items().next().unwrap();
        assert_eq!(first.paragraphs.len(), kept, "{texts:?}");
    }
    let (made, read) = applied(&same(&["二", "三"]), &[(0, fix)]);
    assert_eq!((made.issue, read), (same(&["二", "三"]), vec![]));
    assert_eq!(made.by, [vec![0_usize; 0]]);
}

#[test]
fn what_is_split_off_can_be_corrected_and_split_again() {
    let issue = plain();
    let keys = item_keys(&issue);
    let second = ItemKey {
        headline: "乙二".to_owned(),
        ..keys[1].clone()
    };
    let fixes = [
        (keys[1].clone(), split(&issue, 1, 1)),
        (second.clone(), Fix::split(&["乙三".to_owned()], 0).unwrap()),
        (second, Fix::headline("乙市二期").unwrap()),
    ];
    let made = apply(&issue, &keys, &fixes, |_, _| {});
    assert_eq!(
        headlines(&made.issue)[1..4],
        ["乙市开工", "乙市二期", "乙三"]
    );
    // Whichever was asked for first, or made again last.
    let fixes = [fixes[1].clone(), fixes[0].clone()];
    let made = apply(&issue, &keys, &fixes, |_, _| {});
    assert_eq!(headlines(&made.issue)[1..4], ["乙市开工", "乙二", "乙三"]);
}

#[test]
fn facts_are_fixed_after_the_headline_and_tell_what_was_read() {
    let issue = plain();
    let keys = item_keys(&issue);
    let fixes = [
        (keys[0].clone(), Fix::Fact(Stated::Projects(Some(3)))),
        (keys[0].clone(), Fix::headline("甲市 签约三个项目").unwrap()),
        (keys[2].clone(), Fix::Fact(Stated::Date(None))),
    ];
    let made = apply(&issue, &keys, &fixes, |issue, parts| {
        assert_eq!(parts, [part(1, 1)]);
        let item = &mut issue.sections[0].items[0];
        assert_eq!(item.headline, "甲市 签约三个项目");
        item.facts.projects = Some(2);
        let passages = item.facts.read.entry(crate::issue::Fact::Projects);
        passages.or_default();
    });
    let (_, first) = made.issue.items().next().unwrap();
    assert_eq!(first.facts.projects, Some(3));
    assert!(first.facts.read.is_empty());
    assert_eq!(made.corrected[0].fixed, ["headline", "facts.projects"]);
    // What stood there before the headline was another, and not what was read with that.
    assert_eq!(made.corrected[0].was["facts.projects"], Value::Null);
    assert_eq!(made.corrected[0].was["headline"], "甲市签约");
    assert_eq!(made.corrected[2].fixed, ["facts.date"]);
    assert_eq!(made.corrected[2].was["facts.date"], Value::Null);
    assert_eq!(made.keys, keys);
}

#[test]
fn the_first_item_of_a_section_has_none_before_it() {
    let issue = plain();
    for first in [0, 3] {
        let (made, _) = applied(&issue, &[(first, Fix::Join)]);
        assert_eq!(made.issue, issue);
        assert!(made.by.iter().all(Vec::is_empty));
    }
}

fn any_issue() -> impl Strategy<Value = Issue> {
    let text = || "[甲乙 ]{0,2}";
    let one = (
        text(),
        proptest::collection::vec(text(), 0..4),
        proptest::option::of(text()),
    );
    let section = proptest::collection::vec(one, 0..4);
    proptest::collection::vec(section, 0..3).prop_map(|sections| {
        let sections = sections.into_iter().map(|items| {
            let items = items.into_iter().zip(1..);
            let items = items.map(|((headline, paragraphs, source), ordinal)| {
                let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
                item(ordinal, &headline, &paragraphs, source.as_deref())
            });
            items.collect()
        });
        issue(sections.collect())
    })
}

fn any_fix() -> impl Strategy<Value = Fix> {
    prop_oneof![
        Just(Fix::Join),
        ("[甲乙]{1,2}", 0..4_u32).prop_map(|(paragraph, at)| Fix::Split { paragraph, at }),
        "[甲乙]{1,2}".prop_map(Fix::Headline),
        proptest::option::of(2..5_u32).prop_map(|n| Fix::Fact(Stated::Projects(n))),
    ]
}

proptest! {
    /// Whatever is fixed of whatever issue: no text is lost, every item has a name of its own, and what no fix is about is as
    /// it was.
    #[test]
    fn no_text_is_lost(
        issue in any_issue(),
        fixes in proptest::collection::vec(("[甲乙]{0,2}", 0..3_u32, any_fix()), 0..6),
    ) {
        let keys = item_keys(&issue);
        let fixes: Vec<(ItemKey, Fix)> = fixes
            .into_iter()
            .map(|(headline, nth, fix)| {
                let publication = normalise(&issue.publication);
                (ItemKey { publication, issue: issue.number, headline, nth }, fix)
            })
            .collect();
        let made = apply(&issue, &keys, &fixes, |_, _| {});
        let n = made.issue.items().count();
        prop_assert_eq!((made.keys.len(), made.corrected.len(), made.by.len()), (n, n, n));
        let names: std::collections::HashSet<_> = made.keys.iter().collect();
        prop_assert_eq!(names.len(), n);
        let is_renamed = fixes.iter().any(|(_, fix)| matches!(fix, Fix::Headline(_)));
        // A source bracket may stand behind other texts then.
        let texts = |issue: &Issue| -> Vec<char> {
            let texts = issue.items().map(|(_, item)| {
                let source = item.source.iter().map(|source| format!("（{source}）"));
                let texts = std::iter::once(item.headline.clone()).chain(item.paragraphs.clone());
                texts.chain(source).collect::<String>()
            });
            let mut characters: Vec<char> = texts.collect::<String>().chars().collect();
            characters.sort_unstable();
            characters
        };
        if !is_renamed {
            prop_assert_eq!(texts(&made.issue), texts(&issue));
        }
        if made.by.iter().all(Vec::is_empty) {
            prop_assert_eq!(&made.issue, &issue);
            prop_assert_eq!(&made.keys, &keys);
        }
    }
}

#[test]
fn several_stages_are_corrected_together_and_told_together() {
    let mut issue = plain();
    let facts = &mut issue.sections[0].items[0].facts;
    (facts.stage, facts.also) = (Some(Stage::Started), vec![Stage::Signed]);
    let stages = |stages: &[Stage]| Fix::Fact(Stated::Stages(stages.to_vec()));
    let (made, _) = applied(
        &issue,
        &[(0, stages(&[Stage::InOperation, Stage::Started]))],
    );
    let now = &made.issue.sections[0].items[0].facts;
    assert_eq!(
        (now.stage, &now.also[..]),
        (Some(Stage::InOperation), &[Stage::Started][..])
    );
    let corrected = &made.corrected[0];
    assert_eq!(corrected.fixed, ["facts.stage"]);
    assert_eq!(corrected.was["facts.stage"], "开工");
    assert_eq!(corrected.was["facts.also"], json!(["签约"]));
    let before = Stated::Stages(vec![Stage::Started, Stage::Signed]);
    assert_eq!(corrected.before(Fact::Stage), Some(before));
    assert_eq!(corrected.before(Fact::City), None);
}

#[test]
fn what_is_split_off_has_its_name_whatever_else_is_split_or_joined() {
    let issue = issue(vec![vec![
        item(1, "甲", &["其中", "甲一"], None),
        item(2, "乙", &["乙一", "其中"], None),
        item(3, "其中", &["丙一"], None),
        item(4, "丁", &["其中"], None),
    ]]);
    let fixes = [
        (0, split(&issue, 0, 0)),
        (1, split(&issue, 1, 1)),
        (2, Fix::Join),
        (3, split(&issue, 3, 0)),
    ];
    let named = |fixes: &[(usize, Fix)]| {
        let (made, _) = applied(&issue, fixes);
        let items = made.issue.items().map(|(_, item)| item.paragraphs.concat());
        let named: HashMap<u32, String> = made
            .keys
            .iter()
            .zip(items)
            .filter(|(key, _)| key.headline == "其中")
            .map(|(key, text)| (key.nth, text))
            .collect();
        named
    };
    let all = named(&fixes);
    assert_eq!(all.len(), 3);
    for without in 0..fixes.len() {
        let mut some = fixes.to_vec();
        some.remove(without);
        let own = named(&some).into_keys().filter(|nth| *nth > 0);
        assert!(
            own.into_iter().all(|nth| all.contains_key(&nth)),
            "{without}"
        );
        assert_eq!(
            named(&some).keys().filter(|nth| **nth > 0).count(),
            if without == 2 { 3 } else { 2 }
        );
    }
}
