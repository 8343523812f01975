//! What a reader corrects: the library follows it at once, after every import, wherever it comes from, and back again.

use super::reread::reread;
use super::*;
use crate::issue::{Beginning, Fact, Fix, MarkRecord, Stated, Target};
use crate::query::Query;
use crate::store::{
    FixChange, Fixed, Glance, Listing, Make, Reread, Restoration, Scope, Status, checked, rebuild,
};
use std::path::Path;

/// An issue of five items, of which the second and the third are alike.
fn weekly() -> Issue {
    issue(
        7,
        &[
            (
                "招商",
                &["甲市签约一个项目", "乙市开工两个项目", "乙市开工两个项目"],
            ),
            ("政策", &["丙省印发办法", "丁县开会"]),
        ],
    )
}

fn headlines(store: &Store) -> Vec<String> {
    let searcher = store.searcher().unwrap();
    let newest = searcher.newest().unwrap().unwrap();
    let heads = searcher.heads(newest).unwrap().into_iter();
    heads.map(|head| head.headline).collect()
}

fn head(store: &Store, at: usize) -> ItemHead {
    let searcher = store.searcher().unwrap();
    let newest = searcher.newest().unwrap().unwrap();
    searcher.heads(newest).unwrap().swap_remove(at)
}

fn fix(store: &mut Store, at: usize, fix: Fix) -> Fixed {
    let head = head(store, at);
    store.fix(&head, &[fix]).unwrap()
}

/// Has an item of its own begin with a paragraph of an item, from 0.
fn cut(store: &mut Store, at: usize, paragraph: usize) -> Fixed {
    let fixable = store.fixable(&head(store, at).key).unwrap().unwrap();
    let cut = fixable.cuts[paragraph].as_ref().unwrap();
    store.fix_each(&[FixChange::cut(cut)]).unwrap()
}

fn projects(n: u32) -> Fix {
    Fix::Fact(Stated::Projects(Some(n)))
}

fn headline(text: &str) -> Fix {
    Fix::headline(text).unwrap()
}

/// All that the library says of its newest issue.
fn whole(store: &Store) -> (Issue, Vec<ItemHead>) {
    let searcher = store.searcher().unwrap();
    let newest = searcher.newest().unwrap().unwrap();
    (
        store.issue(newest).unwrap().unwrap(),
        searcher.heads(newest).unwrap(),
    )
}

fn found(store: &Store, query: &str) -> Vec<String> {
    let listing = Listing {
        scope: Scope::Library,
        query: query.parse::<Query>().unwrap(),
    };
    let run = store.searcher().unwrap();
    let run = run.run(&listing, crate::store::Anchor::Top, 100).unwrap();
    run.items.into_iter().map(|head| head.headline).collect()
}

fn at(folder: &Path) -> Place {
    Place::Folder(folder.to_owned())
}

/// One of each kind: of the first item a fact and the headline, the third joined to the second, the fourth split.
fn fix_all(store: &mut Store) {
    fix(store, 0, projects(3));
    fix(store, 0, headline("甲市签约三个项目"));
    fix(store, 2, Fix::Join);
    cut(store, 2, 1);
}

const FIXED: [&str; 5] = [
    "甲市签约三个项目",
    "乙市开工两个项目",
    "丙省印发办法",
    "second\u{3000}段",
    "丁县开会",
];

#[test]
fn a_fix_is_in_force_at_once_and_undone_all_is_as_it_was() {
    let mut store = memory();
    import(&mut store, &weekly());
    let before = whole(&store);
    fix_all(&mut store);
    assert_eq!(headlines(&store), FIXED);
    let (fixed, heads) = whole(&store);
    assert_eq!(heads[0].facts.projects, Some(3));
    assert_eq!(heads[0].corrected.fixed, ["headline", "facts.projects"]);
    assert_eq!(heads[0].corrected.was["headline"], "甲市签约一个项目");
    assert_eq!(heads[1].corrected.fixed, ["join"]);
    assert_eq!(
        fixed.sections[0].items[1].paragraphs[2..4],
        ["乙市开工两个项目", "乙市开工两个项目的导语。"]
    );
    assert_eq!(store.fixes().unwrap().len(), 4);
    assert!(
        store
            .fixes()
            .unwrap()
            .iter()
            .all(|fix| !fix.items.is_empty())
    );
    // The same once more changes nothing.
    assert_eq!(fix(&mut store, 0, projects(3)), Fixed::default());
    for at in [0, 1, 3] {
        let id = head(&store, at).id;
        assert!(!store.undo_fixes(id, |_| true).unwrap().steps.is_empty());
    }
    assert_eq!(whole(&store), before);
    assert_eq!(store.fixes().unwrap(), []);
    let sql = "SELECT count(*) FROM issue WHERE fixes IS NOT NULL OR parsed IS NOT NULL";
    let left: u32 = store
        .connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn one_of_several_is_undone_by_its_target() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let id = head(&store, 0).id;
    let of_projects = |target: &Target| *target == Target::Fact(Fact::Projects);
    let undone = store.undo_fixes(id, of_projects).unwrap();
    assert_eq!((undone.steps.len(), undone.stands(id)), (1, Some(id)));
    assert_eq!(head(&store, 0).corrected.fixed, ["headline"]);
    assert_eq!(store.undo_fixes(id, of_projects).unwrap().steps, []);
}

#[test]
fn what_leads_back_from_a_change_leads_back_and_forth() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix(&mut store, 0, projects(3));
    let before = whole(&store);
    let item = head(&store, 0);
    let fixes = [projects(4), headline("甲市签约许多项目")];
    let made = store.fix(&item, &fixes).unwrap();
    let after = whole(&store);
    let (forth, mut back): (Vec<_>, Vec<_>) = made.steps.iter().cloned().unzip();
    back.reverse();
    assert_eq!(store.fix_each(&back).unwrap().steps.len(), 2);
    assert_eq!(whole(&store), before);
    store.fix_each(&forth).unwrap();
    assert_eq!(whole(&store), after);
    assert_eq!(store.fix_each(&forth).unwrap(), Fixed::default());
    // What was changed since stays, and with it the rest of the step.
    fix(&mut store, 0, projects(5));
    let turned = made.steps.iter().map(|(forth, back)| back.after(forth));
    let turned: Vec<_> = turned.rev().collect();
    let refused = store.fix_each(&turned);
    assert!(
        matches!(refused, Err(StoreError::FixChanged)),
        "{refused:?}"
    );
    assert_eq!(head(&store, 0).facts.projects, Some(5));
    assert_eq!(headlines(&store)[0], "甲市签约许多项目");
    fix(&mut store, 0, projects(4));
    assert_eq!(store.fix_each(&turned).unwrap().steps.len(), 2);
    assert_eq!(whole(&store), before);
    store.fix_each(&forth).unwrap();
    // Of one that was joined, too, which is no item any more.
    let third = head(&store, 2);
    let joined = store.fix(&third, &[Fix::Join]).unwrap();
    let second = head(&store, 1).key;
    let second = store.fixable(&second).unwrap().unwrap();
    assert_eq!(
        second.before,
        Some((head(&store, 0).id, headlines(&store)[0].clone()))
    );
    let undone: Vec<FixChange> = second.fixes.iter().map(FixChange::undo).collect();
    assert_eq!(undone, [joined.steps[0].1.clone()]);
    store.fix_each(&undone).unwrap();
    assert_eq!(whole(&store), after);
}

#[test]
fn a_fix_that_fits_nothing_is_told_at_once() {
    let mut store = memory();
    import(&mut store, &weekly());
    assert!(!fix(&mut store, 0, projects(3)).waits);
    let text = "不在了的一段".to_owned();
    let made = fix(&mut store, 0, Fix::Split(Beginning { text, nth: 0 }));
    assert!(made.waits);
    let (_, back) = &made.steps[0];
    assert!(!store.fix_each(std::slice::from_ref(back)).unwrap().waits);
}

#[test]
fn what_hangs_on_a_split_is_there_again_when_that_is_made_again() {
    let mut store = memory();
    let mut weekly = weekly();
    let texts = ["甲的第一段", "乙项目的标题", "丙项目的标题", "末段"];
    weekly.sections[0].items[0].paragraphs = texts.map(str::to_owned).to_vec();
    import(&mut store, &weekly);
    let outer = cut(&mut store, 0, 1);
    cut(&mut store, 1, 0);
    let third = head(&store, 2);
    assert_eq!(third.headline, "丙项目的标题");
    store
        .set_bookmark(&third.key, &third.headline, true)
        .unwrap();
    let before = whole(&store);
    let (forth, back) = outer.steps[0].clone();
    store.fix_each(&[back]).unwrap();
    // Only what that one parted is whole again.
    assert_eq!(headlines(&store).len(), 6);
    assert!(head(&store, 1).marks.bookmarked);
    store.fix_each(&[forth]).unwrap();
    assert_eq!(whole(&store), before);
    assert!(head(&store, 2).marks.bookmarked);
}

#[test]
fn marks_of_what_is_split_off_stay_with_it_whatever_another_copy_has_before_it() {
    let mut store = memory();
    let texts = ["首段", "同日通报。", "末段"];
    let printed = |headlines: &[&str]| {
        let mut issue = issue(7, &[("招商", headlines)]);
        for item in &mut issue.sections[0].items {
            item.lead = None;
            item.paragraphs = texts.map(str::to_owned).to_vec();
            item.paragraphs.push(format!("{}的末段", item.headline));
        }
        issue
    };
    import(&mut store, &printed(&["甲市签约", "乙市开工", "丙市投产"]));
    for at in (0..3).rev() {
        cut(&mut store, at, 1);
    }
    for at in [1, 3, 5] {
        fix(&mut store, at, projects(u32::try_from(at).unwrap() + 10));
        let split_off = head(&store, at);
        store
            .set_bookmark(&split_off.key, &split_off.headline, at == 3)
            .unwrap();
    }
    let told = |store: &Store| -> Vec<(String, Option<u32>, bool)> {
        let searcher = store.searcher().unwrap();
        let heads = searcher.heads(searcher.newest().unwrap().unwrap()).unwrap();
        let own = heads.iter().filter(|head| head.headline == "同日通报。");
        let own = own.map(|head| {
            let item = store.item(head.id).unwrap().unwrap().item;
            let last = item.paragraphs.last().unwrap().clone();
            (last, head.facts.projects, head.marks.bookmarked)
        });
        own.collect()
    };
    let expected = [
        ("甲市签约", 11, false),
        ("乙市开工", 13, true),
        ("丙市投产", 15, false),
    ];
    let expected =
        expected.map(|(of, projects, marked)| (format!("{of}的末段"), Some(projects), marked));
    assert_eq!(told(&store), expected);
    // One more with that text before them, and one less.
    import_from(
        &mut store,
        &printed(&["戊市签约", "甲市签约", "乙市开工", "丙市投产"]),
        "more",
        1,
    )
    .unwrap();
    assert_eq!(told(&store), expected);
    import_from(&mut store, &printed(&["乙市开工", "丙市投产"]), "less", 1).unwrap();
    assert_eq!(told(&store), expected[1..]);
    // A join before them, too.
    fix(&mut store, 2, Fix::Join);
    assert_eq!(told(&store).last(), Some(&expected[2]));
}

#[test]
fn what_waits_for_a_part_is_not_taken_by_another_one_like_it() {
    let mut store = memory();
    let mut printed = issue(7, &[("招商", &["甲市签约", "乙市开工"])]);
    for item in &mut printed.sections[0].items {
        item.lead = None;
        let texts = ["首段", "集中签约第一批名单", "集中签约第二批名单", "末段"];
        item.paragraphs = texts.map(str::to_owned).to_vec();
    }
    import(&mut store, &printed);
    cut(&mut store, 1, 2);
    fix(&mut store, 2, projects(7));
    let part = head(&store, 2);
    store.set_bookmark(&part.key, &part.headline, true).unwrap();
    let joined = store.fixable(&part.key).unwrap().unwrap();
    let undone = store
        .fix_each(&[FixChange::undo(&joined.fixes[0])])
        .unwrap();
    assert_eq!((undone.left, undone.left_fixes), (1, 1));
    // The same text of another item, and one that is like it of the same.
    cut(&mut store, 0, 2);
    cut(&mut store, 2, 1);
    let untouched = |head: &ItemHead| !head.marks.bookmarked && head.facts.projects.is_none();
    for at in 0..4 {
        assert!(untouched(&head(&store, at)), "{at}");
    }
    cut(&mut store, 3, 0);
    let back = head(&store, 4);
    assert_eq!(back.key, part.key);
    assert!(back.marks.bookmarked && back.facts.projects == Some(7));
    // Under another headline of its item it is the same.
    printed.sections[0].items[1].headline = "乙市开工了".to_owned();
    import_from(&mut store, &printed, "another copy", 1).unwrap();
    let back = head(&store, 4);
    assert_ne!(back.key, part.key);
    assert!(back.marks.bookmarked && back.facts.projects == Some(7));
}

#[test]
fn a_fix_that_does_not_fit_is_undone_on_its_item_too() {
    let mut store = memory();
    let mut weekly = weekly();
    weekly.sections[0].items[0].paragraphs = vec!["甲的第一段".to_owned(), "乙项目".to_owned()];
    import(&mut store, &weekly);
    let first = head(&store, 0);
    let split = Fix::split(&weekly.sections[0].items[0], 1).unwrap();
    store.fix(&first, &[split]).unwrap();
    weekly.sections[0].items[0].paragraphs.pop();
    import_from(&mut store, &weekly, "another copy", 1).unwrap();
    assert_eq!(store.fixes().unwrap()[0].items, []);
    store.undo_fixes(head(&store, 0).id, |_| true).unwrap();
    assert_eq!(store.fixes().unwrap(), []);
}

#[test]
fn a_fix_of_an_item_by_the_name_that_it_had_reaches_it() {
    let mut store = memory();
    let printed = |headline| issue(7, &[("招商", &[headline, "丁县开会"])]);
    import(&mut store, &printed("甲市高新区签约一个新能源汽车项目"));
    let item = head(&store, 0);
    let corrected = printed("甲市高新区签约一个新能源汽车的项目");
    import_from(&mut store, &corrected, "another copy", 1).unwrap();
    let now = head(&store, 0);
    assert_ne!(now.key, item.key);
    let made = store.fix(&item, &[projects(7)]).unwrap();
    assert_eq!(made.steps[0].0.key, now.key);
    assert_eq!(head(&store, 0).facts.projects, Some(7));
}

#[test]
fn an_item_is_told_where_it_stands_once_it_is_fixed() {
    let mut store = memory();
    import(&mut store, &weekly());
    let [second, third, last] = [1, 2, 4].map(|at| head(&store, at));
    let joined = store.fix(&third, &[Fix::Join]).unwrap();
    assert_eq!(joined.stands(third.id), None);
    assert_eq!(joined.stands(last.id), Some(head(&store, 3).id));
    let moved = store.item(last.id);
    assert_eq!(moved.unwrap(), None);
    assert_eq!(head(&store, 3).key, last.key);
    // The one that has taken it in stays where it is, and so do its marks.
    assert_eq!(head(&store, 1).id, second.id);
}

#[test]
fn marks_stay_with_their_items_and_wait_for_one_that_is_joined() {
    let mut store = memory();
    import(&mut store, &weekly());
    for at in 0..5 {
        let head = head(&store, at);
        store.set_bookmark(&head.key, &head.headline, true).unwrap();
    }
    fix_all(&mut store);
    let bookmarked: Vec<bool> = (0..5).map(|at| head(&store, at).marks.bookmarked).collect();
    assert_eq!(bookmarked, [true, true, true, false, true]);
    let waiting = store.searcher().unwrap().detached().unwrap();
    let waiting: Vec<&str> = waiting.iter().map(|one| &*one.printed).collect();
    assert_eq!(waiting, ["乙市开工两个项目"]);
    let id = head(&store, 1).id;
    store.undo_fixes(id, |_| true).unwrap();
    assert!(head(&store, 2).marks.bookmarked);
    assert_eq!(store.searcher().unwrap().detached().unwrap(), []);
}

#[test]
fn a_fixed_headline_is_found_and_the_one_before_is_not() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix(&mut store, 0, headline("戊市 ＡＩ 基地投产"));
    assert_eq!(found(&store, "ai基地"), ["戊市 ＡＩ 基地投产"]);
    // It stands in the lead still.
    assert_eq!(found(&store, "一个项目"), ["戊市 ＡＩ 基地投产"]);
    assert_eq!(
        found(&store, "\"甲市签约一个项目\" -的导语"),
        [] as [String; 0]
    );
    let mut all = vec![];
    let searcher = store.searcher().unwrap();
    searcher
        .headlines(None, usize::MAX, |_, text| all.push(text.to_owned()))
        .unwrap();
    assert_eq!(all, headlines(&store));
}

#[test]
fn what_is_imported_again_is_corrected_again() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let before = whole(&store);
    let again = import(&mut store, &weekly());
    assert_eq!(again.status, Status::Unchanged);
    assert_eq!((again.fate.fixes, again.fate.fixes_waiting), (0, 0));
    assert_eq!(whole(&store), before);
    // Another copy, of which a text is another: what is told of it is what is shown.
    let mut copy = weekly();
    copy.sections[1].items[1]
        .paragraphs
        .push("补一段。".to_owned());
    let other = import_from(&mut store, &copy, "other", 1).unwrap();
    assert_eq!(other.items, 5);
    let made = store.fixes().unwrap().len();
    assert_eq!((other.fate.fixes, other.fate.fixes_waiting), (made, 0));
    assert_eq!(other.changes.changed, ["丁县开会"]);
    assert_eq!((other.changes.new, other.changes.gone), (vec![], vec![]));
    assert_eq!(headlines(&store), FIXED);
    assert_eq!(head(&store, 0).facts.projects, Some(3));
}

#[test]
fn fixes_go_along_with_a_headline_that_another_copy_corrects() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let mut copy = weekly();
    copy.sections[0].items[0].headline = "甲市签约一个大项目".to_owned();
    copy.sections[1].items[0].headline = "丙省印发新办法".to_owned();
    import_from(&mut store, &copy, "other", 1).unwrap();
    assert_eq!(head(&store, 0).key.headline, "甲市签约一个大项目");
    assert_eq!(head(&store, 0).headline, "甲市签约三个项目");
    assert_eq!(head(&store, 0).facts.projects, Some(3));
    assert_eq!(
        headlines(&store)[2..4],
        ["丙省印发新办法", "second\u{3000}段"]
    );
}

#[test]
fn another_reading_is_corrected_as_well_and_a_fix_that_does_not_fit_waits() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let mut other = weekly();
    other.sections[1].items[0].paragraphs = vec!["只有一段。".to_owned()];
    assert!(matches!(reread(&mut store, &other), Reread::Changed(_)));
    assert_eq!(headlines(&store)[2..], ["丙省印发办法", "丁县开会"]);
    let waiting = store.fixes().unwrap().into_iter();
    let waiting: Vec<_> = waiting.filter(|one| one.items.is_empty()).collect();
    let [one] = &waiting[..] else {
        panic!("{waiting:?}");
    };
    assert_eq!(one.printed, "丙省印发办法");
    let made = store.fixes().unwrap().len();
    let copy = import_from(&mut store, &other, "copy", 9).unwrap();
    assert_eq!((copy.fate.fixes, copy.fate.fixes_waiting), (made - 1, 1));
    // The text is back, and it fits again.
    let back = import_from(&mut store, &weekly(), "other", 9).unwrap();
    assert_eq!((back.fate.fixes, back.fate.fixes_waiting), (made, 0));
    assert_eq!(headlines(&store), FIXED);
}

#[test]
fn a_try_says_what_an_import_would_come_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let mut copy = weekly();
    copy.sections[1].items[1]
        .paragraphs
        .push("补一段。".to_owned());
    let kept = Kept {
        path: "weekly.txt",
        sha256: "other",
        parser: 1,
        pages: &pages(),
    };
    let glance = Glance::open(&at(folder.path())).unwrap();
    let seen = glance.look(&copy, &kept).unwrap();
    let changes = store.import(&copy, &kept).unwrap().changes;
    assert_eq!(seen.changes, changes);
}

#[test]
fn what_a_killed_program_has_kept_is_in_force_when_the_library_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    import(&mut store, &weekly());
    let (first, third) = (head(&store, 0), head(&store, 2));
    drop(store);
    // The marks alone, as a program leaves them that is killed before the library follows.
    let aside = |change: &dyn Fn(&mut Store)| {
        change(&mut Store::open(&Place::Aside(folder.path().to_owned())).unwrap());
        headlines(&Store::open(&at(folder.path())).unwrap())
    };
    let joined = aside(&|store| {
        store.fix(&third, &[Fix::Join]).unwrap();
        store.fix(&first, &[headline("甲市签约三个项目")]).unwrap();
    });
    assert_eq!((joined.len(), &*joined[0]), (4, "甲市签约三个项目"));
    let undone = aside(&|store| {
        let sql = "UPDATE marks.fix SET present = 0 WHERE what = 'join'";
        store.connection.execute(sql, []).unwrap();
    });
    assert_eq!(undone.len(), 5);
}

#[test]
fn files_that_are_read_aside_are_corrected_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    import(&mut store, &weekly());
    fix_all(&mut store);
    drop(store);
    let mut aside = Store::open(&Place::Aside(folder.path().to_owned())).unwrap();
    import(&mut aside, &weekly());
    assert_eq!(headlines(&aside), FIXED);
    let undone = head(&aside, 0).id;
    let came = aside.undo_fixes(undone, |_| true).unwrap();
    assert_eq!(came.stands(undone), Some(undone));
    assert_eq!(headlines(&aside)[0], "甲市签约一个项目");
    let store = Store::open(&at(folder.path())).unwrap();
    assert_eq!(headlines(&store)[0], "甲市签约一个项目");
}

fn records(store: &Store) -> Vec<MarkRecord> {
    let mut records = vec![];
    let searcher = store.searcher().unwrap();
    searcher
        .each_record(|record| {
            records.push(record);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    records
}

#[test]
fn of_fixes_from_two_libraries_the_later_one_is_in_force() {
    let (mut one, mut other) = (memory(), memory());
    for store in [&mut one, &mut other] {
        import(store, &weekly());
    }
    fix(&mut one, 0, projects(3));
    fix(&mut one, 2, Fix::Join);
    other.merge(&records(&one)).unwrap();
    assert_eq!(whole(&other), whole(&one));
    fix(&mut other, 0, projects(4));
    let id = head(&other, 1).id;
    other.undo_fixes(id, |_| true).unwrap();
    let merged = one.merge(&records(&other)).unwrap();
    assert_eq!(merged.given_way.len(), 2);
    assert_eq!(head(&one, 0).facts.projects, Some(4));
    assert_eq!(headlines(&one).len(), 5);
    assert_eq!(whole(&other), whole(&one));
    // What makes no sense is not let in, and what a newer version says is.
    let of_first = |record: &MarkRecord| record.fixes[0].what == "facts.projects";
    let mut record = records(&one).into_iter().find(of_first).unwrap();
    record.fixes[0].value = Some("许多".to_owned());
    assert!(checked(&record).is_err());
    record.fixes[0].what = "facts.colour".to_owned();
    let newer = checked(&record).unwrap();
    let before = whole(&one);
    one.merge(&[newer]).unwrap();
    assert_eq!(whole(&one), before);
    let unknown = one.fixes().unwrap().into_iter();
    assert_eq!(unknown.filter(|fix| fix.fix.is_none()).count(), 1);
}

#[test]
fn a_restored_copy_has_its_fixes_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    import(&mut store, &weekly());
    fix_all(&mut store);
    store.copy_marks().unwrap();
    let before = whole(&store);
    let first = head(&store, 0).id;
    store.undo_fixes(first, |_| true).unwrap();
    let found = Restoration::of(&at(folder.path()), None).unwrap();
    assert_eq!((found.counts.fixes, found.lost.fixes), (4, 0));
    found.carry_out().unwrap();
    drop(store);
    let store = Store::open(&at(folder.path())).unwrap();
    assert_eq!(whole(&store), before);
}

#[test]
fn content_that_is_made_again_is_corrected_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&at(folder.path())).unwrap();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let before = whole(&store);
    drop(store);
    let make: &mut Make<'_> = &mut |_, _, document, fresh| {
        for claim in &document.issues {
            let former = fresh.former(claim).unwrap();
            assert_eq!(former, weekly());
            fresh.keep(document, claim, &former)?;
        }
        Ok(())
    };
    rebuild(&at(folder.path()), &|| true, make).unwrap();
    let store = Store::open(&at(folder.path())).unwrap();
    assert_eq!(whole(&store), before);
    assert_eq!(super::check::kinds(folder.path()), [""; 0]);
}

#[test]
fn what_an_issue_was_read_as_and_cannot_be_read_back_is_read_again() {
    let mut store = memory();
    import(&mut store, &weekly());
    fix_all(&mut store);
    let sql = "UPDATE issue SET parsed = x'00'";
    store.connection.execute(sql, []).unwrap();
    fix(&mut store, 0, projects(5));
    let outdated = store.next_outdated(1, None).unwrap();
    assert_eq!(outdated.len(), 1);
    let read = store.reread(&outdated[0], Some(&weekly()), 1).unwrap();
    assert!(matches!(read, Reread::Changed(_)));
    assert_eq!(headlines(&store), FIXED);
    assert_eq!(head(&store, 0).facts.projects, Some(5));
}
