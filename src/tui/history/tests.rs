//! The way back and forth, over marks and fixes in one.

use super::*;
use crate::issue::{IssueNumber, ItemId};

fn key(headline: &str) -> ItemKey {
    ItemKey {
        publication: "试验周报".into(),
        issue: IssueNumber(1),
        headline: headline.into(),
        nth: 0,
    }
}

fn change(headline: &str, change: Change) -> MarkChange {
    MarkChange {
        key: key(headline),
        printed: headline.into(),
        change,
        ground: Ground::Any,
    }
}

/// That these items are read, with what leads back.
fn read(headlines: impl IntoIterator<Item = String>) -> Vec<(MarkChange, Change)> {
    let read = |headline: String| change(&headline, Change::Read(true));
    let headlines = headlines.into_iter();
    headlines
        .map(|headline| (read(headline), Change::Read(false)))
        .collect()
}

/// Adds a step that sets the bookmark of an item.
fn bookmark(history: &mut History, headline: &str) -> Deed {
    let change = change(headline, Change::Bookmark(true));
    let id = history.add(vec![(change.clone(), Change::Bookmark(false))]);
    Deed {
        cause: Cause::Wanted(id),
        changes: vec![change],
    }
}

/// What a step changes, as `headline on`.
fn taken(history: &mut History, turn: Turn) -> String {
    match history.go(turn) {
        Taken::Step(deed) => {
            let one = &deed.changes[0];
            let on = matches!(one.change, Change::Bookmark(true) | Change::Read(true));
            format!("{} {on}", one.key.headline)
        }
        Taken::Fixes(deed) => format!("{:?}", deed.changes),
        Taken::Saved(deed) => format!("{:?}", deed.change),
        Taken::Unknown => "unknown".into(),
        Taken::End => "end".into(),
    }
}

#[test]
fn steps_go_back_and_forth_and_a_new_one_ends_the_way_forth() {
    let mut history = History::default();
    assert_eq!(taken(&mut history, Turn::Back), "end");
    bookmark(&mut history, "甲");
    bookmark(&mut history, "乙");
    assert_eq!(taken(&mut history, Turn::Forth), "end");
    assert_eq!(taken(&mut history, Turn::Back), "乙 false");
    assert_eq!(taken(&mut history, Turn::Back), "甲 false");
    assert_eq!(taken(&mut history, Turn::Back), "end");
    assert_eq!(taken(&mut history, Turn::Forth), "甲 true");
    bookmark(&mut history, "丙");
    assert_eq!(taken(&mut history, Turn::Forth), "end");
    assert_eq!(taken(&mut history, Turn::Back), "丙 false");
    assert_eq!(taken(&mut history, Turn::Back), "甲 false");
}

#[test]
fn a_refused_change_has_a_way_back_on_the_screen_as_long_as_its_step_is_known() {
    let mut history = History::default();
    let way_back = |history: &History, deed: &Deed| -> Vec<Change> {
        let back = history.way_back(deed).into_iter();
        back.map(|one| one.change).collect()
    };
    let set = bookmark(&mut history, "甲");
    assert_eq!(way_back(&history, &set), [Change::Bookmark(false)]);
    let Taken::Step(undone) = history.go(Turn::Back) else {
        panic!("there is a step");
    };
    assert_eq!(way_back(&history, &undone), [Change::Bookmark(true)]);
    let Taken::Step(redone) = history.go(Turn::Forth) else {
        panic!("there is a step");
    };
    assert_eq!(way_back(&history, &redone), [Change::Bookmark(false)]);
    // Of several in a row that are refused the first leads back to what is kept, and then none does.
    let removed = bookmark(&mut history, "甲");
    history.not_kept(&set);
    for deed in [&set, &removed] {
        assert_eq!(way_back(&history, deed), []);
    }
}

#[test]
fn a_step_on_many_items_is_known_later_and_is_none_where_it_changes_nothing() {
    let mut history = History::default();
    bookmark(&mut history, "甲");
    let id = history.add_unknown();
    assert_eq!(taken(&mut history, Turn::Back), "unknown");
    history.know(id, read(["乙".to_owned(), "丙".to_owned()]));
    assert_eq!(taken(&mut history, Turn::Back), "丙 false");
    assert_eq!(taken(&mut history, Turn::Forth), "乙 true");
    let id = history.add_unknown();
    history.know(id, vec![]);
    assert_eq!(taken(&mut history, Turn::Back), "丙 false");
}

#[test]
fn what_was_not_kept_is_no_step() {
    let mut history = History::default();
    bookmark(&mut history, "甲");
    let failed = bookmark(&mut history, "乙");
    history.not_kept(&failed);
    assert_eq!(taken(&mut history, Turn::Back), "甲 false");
    // What could not be taken back can still be, and what could not be made again as well.
    let Taken::Step(forth) = history.go(Turn::Forth) else {
        panic!("a way forth")
    };
    history.not_kept(&forth);
    assert_eq!(taken(&mut history, Turn::Forth), "甲 true");
    let Taken::Step(back) = history.go(Turn::Back) else {
        panic!("a way back")
    };
    history.not_kept(&back);
    assert_eq!(taken(&mut history, Turn::Back), "甲 false");
}

#[test]
fn what_stood_on_a_change_that_was_not_kept_is_forgotten_and_the_rest_is_not() {
    let mut history = History::default();
    let failed = bookmark(&mut history, "甲");
    bookmark(&mut history, "乙");
    let off = change("甲", Change::Bookmark(false));
    history.add(vec![(off, Change::Bookmark(true))]);
    let read = change("甲", Change::Read(true));
    history.add(vec![(read, Change::Read(false))]);
    history.not_kept(&failed);
    assert_eq!(
        taken(&mut history, Turn::Back),
        "甲 false",
        "that it is read"
    );
    assert_eq!(taken(&mut history, Turn::Back), "乙 false");
    assert_eq!(taken(&mut history, Turn::Back), "end");
}

#[test]
fn steps_follow_a_new_name_and_the_oldest_are_forgotten() {
    let mut history = History::default();
    for n in 0..=STEPS {
        bookmark(&mut history, &n.to_string());
    }
    history.rename(&[Successor {
        before: ItemId(1),
        after: ItemId(2),
        former: key("200"),
        key: key("两百"),
        printed: "两百".into(),
    }]);
    assert_eq!(taken(&mut history, Turn::Back), "两百 false");
    for _ in 1..STEPS {
        assert_ne!(taken(&mut history, Turn::Back), "0 false");
    }
    assert_eq!(taken(&mut history, Turn::Back), "end");
    let mut history = History::default();
    bookmark(&mut history, "甲");
    let id = history.add_unknown();
    history.know(id, read((0..=CHANGES).map(|n| n.to_string())));
    assert_ne!(taken(&mut history, Turn::Back), "end");
    assert_eq!(taken(&mut history, Turn::Back), "end");
}
