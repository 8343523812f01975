//! Fixes applied to issues: what becomes of each text, which names stay, and what does not fit.

use super::*;
use crate::issue::{Fact, Facts, IssueNumber, Item, Section, Stage, item_keys};
use crate::text::normalise;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;

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
    Fix::split(item, paragraph).unwrap()
}

#[test]
fn an_item_that_is_joined_is_text_of_the_one_before_it() {
    let mut issue = plain();
    let about = |item| Diagnostic {
        problem: Problem::EmptyItem {},
        line: None,
        page: None,
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
fn a_text_is_known_by_what_it_says_and_of_several_by_which_it_is() {
    let same = |texts: &[&str]| issue(vec![vec![item(1, "甲", texts, None)]]);
    let fix = split(&same(&["一", "二", "一", "三"]), 0, 2);
    for (texts, kept) in [
        // Something stands between them now.
        (&["一", "零", "二", "一", "三"][..], 3),
        // The other one alone is left.
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
fn an_item_is_split_at_each_of_its_texts_whichever_was_asked_for_first() {
    let issue = issue(vec![vec![item(
        1,
        "甲",
        &["同上", "一", "同上", "二"],
        Some("甲报"),
    )]]);
    let key = item_keys(&issue).remove(0);
    let at = |n| split(&issue, 0, n);
    for fixes in [[(0, at(0)), (0, at(2))], [(0, at(2)), (0, at(0))]] {
        let (made, _) = applied(&issue, &fixes);
        assert_eq!(headlines(&made.issue), ["甲", "同上", "同上"]);
        let texts: Vec<_> = made
            .issue
            .items()
            .map(|(_, item)| item.paragraphs.concat())
            .collect();
        assert_eq!(texts, ["", "一", "二"]);
        let sources: Vec<_> = made
            .issue
            .items()
            .map(|(_, item)| item.source.is_some())
            .collect();
        assert_eq!(sources, [false, false, true]);
        let named = |nth| {
            Beginning {
                text: "同上".to_owned(),
                nth,
            }
            .key(&key)
        };
        assert_eq!(made.keys, [key.clone(), named(0), named(1)]);
        // Each split belongs to what it parts.
        let first = usize::from(fixes[0].1 != at(0));
        assert_eq!(
            made.by,
            [vec![first], vec![first, 1 - first], vec![1 - first]]
        );
        assert_eq!(made.corrected[2].was["split"], "甲");
    }
}

#[test]
fn what_is_split_off_keeps_its_text_under_another_headline() {
    let issue = plain();
    let key = Beginning {
        text: "乙二".to_owned(),
        nth: 0,
    }
    .key(&item_keys(&issue)[1]);
    let fixes = [
        (item_keys(&issue)[1].clone(), split(&issue, 1, 1)),
        (key, Fix::headline("乙市二期").unwrap()),
    ];
    let made = apply(&issue, &item_keys(&issue), &fixes, |_, _| {});
    assert_eq!(headlines(&made.issue)[1..3], ["乙市开工", "乙市二期"]);
    let (_, second) = made.issue.items().nth(2).unwrap();
    assert_eq!(second.paragraphs, ["乙二", "乙三"]);
    assert_eq!(made.corrected[2].was["headline"], "乙二");
    assert_eq!(made.cuts[2].len(), 2);
}

#[test]
fn a_joined_item_is_split_where_it_was_split_and_its_headline_undoes_the_join() {
    let mut issue = plain();
    issue.sections[0].items[1].lead = Some("乙导语".to_owned());
    let keys = item_keys(&issue);
    let (made, _) = applied(&issue, &[(1, Fix::Join), (1, split(&issue, 1, 1))]);
    assert_eq!(headlines(&made.issue)[..2], ["甲市签约", "乙二"]);
    let (_, whole) = made.issue.items().next().unwrap();
    assert_eq!(whole.paragraphs[2..], ["乙市开工", "乙导语", "乙一。"]);
    let cut = |text: &str| {
        let beginning = Beginning {
            text: text.to_owned(),
            nth: 0,
        };
        Some(Cut::Split(
            keys[1].clone(),
            "乙市开工".to_owned(),
            beginning,
        ))
    };
    let unjoin = Some(Cut::Unjoin(keys[1].clone(), "乙市开工".to_owned()));
    assert_eq!(made.cuts[0][2..], [unjoin, cut("乙导语"), cut("乙一。")]);
    assert_eq!(made.cuts[1], [cut("乙三")]);
    // At what was its lead, too.
    let lead = Beginning {
        text: "乙导语".to_owned(),
        nth: 0,
    };
    let (made, _) = applied(&issue, &[(1, Fix::Join), (1, Fix::Split(lead))]);
    assert_eq!(headlines(&made.issue)[..2], ["甲市签约", "乙导语"]);
    let (_, part) = made.issue.items().nth(1).unwrap();
    assert_eq!(part.paragraphs, ["乙一。", "乙二", "乙三"]);
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
        ("[甲乙]{1,2}", 0..3_u32).prop_map(|(text, nth)| Fix::Split(Beginning { text, nth })),
        "[甲乙]{1,2}".prop_map(Fix::Headline),
        proptest::option::of(2..5_u32).prop_map(|n| Fix::Fact(Stated::Projects(n))),
    ]
}

/// The fixes with one more cut; and the name of what begins there.
fn cut_at(fixes: &[(ItemKey, Fix)], cut: &Cut) -> (Vec<(ItemKey, Fix)>, ItemKey) {
    let mut fixes = fixes.to_vec();
    match cut {
        Cut::Split(key, _, beginning) => {
            fixes.push((key.clone(), Fix::Split(beginning.clone())));
            (fixes, beginning.key(key))
        }
        Cut::Unjoin(key, _) => {
            fixes.retain(|one| *one != (key.clone(), Fix::Join));
            (fixes, key.clone())
        }
    }
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
        let names: HashSet<_> = made.keys.iter().collect();
        prop_assert_eq!(names.len(), n);
        // In whichever order extents were corrected: of the same target the later fix alone is kept.
        let mut targets = HashSet::new();
        let each_once: Vec<_> = fixes
            .iter()
            .filter(|(key, fix)| targets.insert((key.clone(), fix.target())))
            .cloned()
            .collect();
        let whole = apply(&issue, &keys, &each_once, |_, _| {});
        let turned: Vec<_> = each_once.iter().rev().cloned().collect();
        let turned = apply(&issue, &keys, &turned, |_, _| {});
        prop_assert_eq!((&turned.issue, &turned.keys), (&whole.issue, &whole.keys));
        // Each paragraph that can be cut at begins an item then, and all others stay items.
        for (at, cuts) in whole.cuts.iter().enumerate() {
            let (_, item) = whole.issue.items().nth(at).unwrap();
            prop_assert_eq!(item.paragraphs.len(), cuts.len());
            for (cut, text) in cuts.iter().zip(&item.paragraphs) {
                let Some(cut) = cut else { continue };
                let (cut_fixes, key) = cut_at(&each_once, cut);
                let cut = apply(&issue, &keys, &cut_fixes, |_, _| {});
                let place = cut.keys.iter().position(|own| *own == key);
                let (_, own) = cut.issue.items().nth(place.unwrap()).unwrap();
                let headline = normalise(&own.headline);
                let is_renamed = cut.corrected[place.unwrap()].has("headline");
                prop_assert!(is_renamed || normalise(text).starts_with(&headline), "{} {}", text, headline);
                prop_assert!(whole.keys.iter().all(|known| cut.keys.contains(known)));
            }
        }
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
