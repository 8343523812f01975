//! What the items of an issue become in another reading of it, and where their marks go.

use super::reread::reread;
use super::*;
use crate::issue::{Change, Note, Tag};
use crate::store::{Reread, Status};

/// A text long enough to be known by.
fn text(of: &str) -> Vec<String> {
    vec![format!(
        "{of}：本报消息，该项目总用地约三百亩，计划两年内建成并投入使用。"
    )]
}

fn item_of(ordinal: u32, headline: &str, paragraphs: Vec<String>) -> Item {
    Item {
        lead: None,
        paragraphs,
        ..item(ordinal, headline)
    }
}

fn of_items(items: Vec<Item>) -> Issue {
    let mut issue = issue(7, &[("招商", &[])]);
    issue.sections[0].items = items;
    issue
}

pub(super) fn mark(store: &mut Store, head: &ItemHead) {
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    store.set_read(&head.key, &head.headline, true).unwrap();
    store.set_place(&head.key, &head.headline, 9).unwrap();
    let tag = Change::Tag(Tag::new("跟踪").unwrap(), true);
    for change in [tag, Change::Note(Note::new("记\n下"))] {
        store.mark(&head.key, &head.headline, &change).unwrap();
    }
}

/// Whether each item of the issue has all that `mark` sets.
pub(super) fn marked(store: &Store, issue: IssueId) -> Vec<bool> {
    let heads = heads(store, issue);
    let all = heads.iter().map(|head| {
        let place = store.item(head.id).unwrap().unwrap().place;
        let marks = (head.marks.bookmarked, head.marks.read, place);
        assert!(
            [(true, true, 9), (false, false, 0)].contains(&marks),
            "{marks:?}"
        );
        assert_eq!(head.marks.tags.len(), usize::from(head.marks.bookmarked));
        assert_eq!(head.marks.note.is_some(), head.marks.bookmarked);
        head.marks.bookmarked
    });
    all.collect()
}

/// Reads `before` again as `after`, with marks on all items of the one; which items of the other have them then.
fn carried(before: Vec<Item>, after: Vec<Item>) -> Vec<bool> {
    let mut store = memory();
    let id = import(&mut store, &of_items(before)).id;
    for head in heads(&store, id) {
        mark(&mut store, &head);
    }
    let Reread::Changed(changed) = reread(&mut store, &of_items(after)) else {
        panic!("it reads otherwise");
    };
    marked(&store, changed.after)
}

#[test]
fn marks_go_along_with_a_headline_that_is_read_otherwise() {
    let long = "甲市经开区一批新能源项目集中开工 总投资约三百亿元";
    let readings = [
        // A line that was broken, and the rest of it taken for the lead.
        ("甲市经开区一批新能源项目集", long),
        // A mark before it that was taken for a part of it, and a number.
        (
            "○甲市经开区一批新能源项目集中开工",
            "甲市经开区一批新能源项目集中开工",
        ),
        ("12. 乙县签约", "乙县签约"),
        // One character read otherwise.
        (
            "甲市经开区—批新能源项目集中开工",
            "甲市经开区一批新能源项目集中开工",
        ),
        // Another headline altogether above the same text.
        ("本期头条", long),
    ];
    for (before, after) in readings {
        let after = vec![
            item_of(1, "丙省出台一项办法", text("丙省")),
            item_of(2, after, text("甲市")),
        ];
        let moved = carried(vec![item_of(1, before, text("甲市"))], after);
        assert_eq!(moved, [false, true], "{before}");
    }
}

#[test]
fn an_item_without_text_is_known_by_its_headline() {
    let before = vec![item_of(1, "甲市经开区一批新能源项目集", vec![])];
    let after = vec![item_of(1, "甲市经开区一批新能源项目集中开工", text("甲市"))];
    assert_eq!(carried(before, after), [true]);
}

#[test]
fn what_only_sounds_alike_is_not_the_same_item() {
    let others = [
        ("甲市一季度签约项目十个", "甲市二季度签约项目十个"),
        ("甲市经开区一批项目开工", "甲市经开区一批项目开工之后的情况"),
        ("通知", "甲市通知"),
        ("甲市开工一个项目", "乙省出台三项办法"),
    ];
    for (before, after) in others {
        let moved = carried(
            vec![item_of(1, before, text("旧闻"))],
            vec![item_of(1, after, text("另一件事"))],
        );
        assert_eq!(moved, [false], "{before}");
    }
}

#[test]
fn each_item_has_one_successor_and_equal_names_come_first() {
    let whole = "甲市经开区一批新能源项目集中开工";
    let half = "甲市经开区一批新能源项目集";
    // The shorter headline is still there: its marks stay with it, whatever the longer one says.
    let after = vec![item_of(1, whole, text("甲市")), item_of(2, half, vec![])];
    assert_eq!(
        carried(vec![item_of(1, half, text("甲市"))], after),
        [false, true]
    );
    // Two that could be meant: the nearer one, and once.
    let before = vec![item_of(1, half, text("甲市")), item_of(2, "无关", vec![])];
    let after = vec![
        item_of(1, whole, text("甲市")),
        item_of(2, "别的一件", text("甲市")),
    ];
    assert_eq!(carried(before, after), [true, false]);
}

#[test]
fn what_has_no_successor_keeps_its_marks_under_its_old_name() {
    let mut store = memory();
    let first = of_items(vec![
        item_of(1, "甲市开工一个项目", text("甲市")),
        item_of(2, "页眉一行", vec![]),
    ]);
    let id = import(&mut store, &first).id;
    for head in heads(&store, id) {
        mark(&mut store, &head);
    }
    let better = of_items(vec![item_of(1, "甲市开工一个项目", text("甲市"))]);
    reread(&mut store, &better);
    assert_eq!(marked(&store, id), [true]);
    import_from(&mut store, &first, "again", 2).unwrap();
    assert_eq!(marked(&store, id), [true, true]);
}

#[test]
fn of_marks_under_both_names_what_is_set_stays_and_the_later_reading_counts() {
    let mut store = memory();
    let (old, new) = (
        "甲市经开区一批新能源项目集",
        "甲市经开区一批新能源项目集中开工",
    );
    let (first, better) = (
        of_items(vec![item_of(1, old, text("甲市"))]),
        of_items(vec![item_of(1, new, text("甲市"))]),
    );
    // Marked under the new name long ago, when another program had read it so.
    let id = import(&mut store, &better).id;
    let head = heads(&store, id).remove(0);
    mark(&mut store, &head);
    let sql = "UPDATE marks.mark SET bookmarked_at = '2000-01-01T00:00:00Z', read_at = '2999-01-01T00:00:00Z'";
    store.connection.execute(sql, []).unwrap();
    store.remove(id).unwrap();
    import(&mut store, &first);
    let head = heads(&store, id).remove(0);
    store.set_bookmark(&head.key, &head.headline, true).unwrap();
    store
        .set_bookmark(&head.key, &head.headline, false)
        .unwrap();
    reread(&mut store, &better);
    let marks = heads(&store, id).remove(0).marks;
    assert_eq!((marks.bookmarked, marks.read), (true, true));
}

#[test]
fn of_several_with_one_headline_each_keeps_its_marks_by_its_text() {
    // An item each of this text.
    let of = |texts: &str| {
        let items = (1..).zip(texts.chars());
        let items = items.map(|(n, of)| item_of(n, "各地动态", text(&of.to_string())));
        of_items(items.collect())
    };
    let written = |store: &Store, id| -> String {
        let notes = heads(store, id).into_iter().map(|head| head.marks.note);
        notes
            .map(|note| note.map_or("-".to_owned(), |note| note.as_str().to_owned()))
            .collect()
    };
    for (texts, expected) in [
        ("乙", "乙"),
        ("乙甲", "乙甲"),
        ("丙甲乙", "-甲乙"),
        ("甲乙丙", "甲乙-"),
        ("甲", "甲"),
    ] {
        let mut store = memory();
        let id = import(&mut store, &of("甲乙")).id;
        for (head, note) in heads(&store, id).iter().zip(["甲", "乙"]) {
            let note = Change::Note(Note::new(note));
            store.mark(&head.key, &head.headline, &note).unwrap();
        }
        // The other copy, and the first one again.
        for (texts, expected) in [(texts, expected), ("甲乙", "甲乙")] {
            let imported = import_from(&mut store, &of(texts), texts, 1).unwrap();
            let notes = written(&store, imported.id);
            assert_eq!(notes, expected);
            let waiting = store.searcher().unwrap().detached().unwrap().len();
            assert_eq!(waiting + notes.replace('-', "").chars().count(), 2);
        }
    }
}

#[test]
fn every_column_of_a_mark_goes_along() {
    let store = memory();
    let columns: Vec<String> = store
        .connection
        .prepare("SELECT name FROM pragma_table_info('mark', 'marks')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(columns.len() > 8);
    for column in columns {
        let copy = &*crate::store::carry::COPY;
        assert!(
            copy.contains(&format!("{column},")) || copy.contains(&format!("{column})")),
            "{column} would be lost"
        );
    }
}

#[test]
fn marks_set_under_the_old_name_afterwards_are_carried_along() {
    let mut store = memory();
    let (old, new) = ("○甲市开工一批项目", "甲市开工一批项目");
    let id = import(&mut store, &of_items(vec![item_of(1, old, text("甲市"))])).id;
    let stale = heads(&store, id).remove(0);
    let Reread::Changed(changed) =
        reread(&mut store, &of_items(vec![item_of(1, new, text("甲市"))]))
    else {
        panic!("it reads otherwise");
    };
    mark(&mut store, &stale);
    assert_eq!(marked(&store, id), [false]);
    store.carry(&changed.items).unwrap();
    assert_eq!(marked(&store, id), [true]);
    let rows: u32 = store
        .connection
        .query_row("SELECT count(*) FROM marks.mark", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 1);
}

#[test]
fn importing_a_corrected_issue_takes_its_marks_along_too() {
    let mut store = memory();
    let before = of_items(vec![item_of(
        1,
        "甲市开工二个项目 总投资十亿元",
        text("甲市"),
    )]);
    let after = of_items(vec![item_of(
        1,
        "甲市开工三个项目 总投资十亿元",
        text("甲市"),
    )]);
    let id = import(&mut store, &before).id;
    let head = heads(&store, id).remove(0);
    mark(&mut store, &head);
    let imported = import_from(&mut store, &after, "corrected", 1).unwrap();
    assert_eq!(imported.status, Status::Replaced);
    assert_eq!(marked(&store, imported.id), [true]);
}

#[test]
fn many_items_that_are_all_read_otherwise_are_compared_by_their_texts_alone() {
    let many = |sign: &str| {
        let items = (1..=150).map(|n| item_of(n, &format!("{sign}第{n}条"), text(&n.to_string())));
        items.collect::<Vec<_>>()
    };
    let moved = carried(many("○"), many("标题："));
    assert!(moved.iter().all(|moved| *moved));
}

#[test]
fn marks_of_an_item_that_is_gone_never_go_to_one_that_was_there_beside_it() {
    let (gone, beside) = (
        "总投资 60 亿元的钠离子电池材料基地签约落户长沙",
        "总投资 60 亿元的钠离子电池材料基地签约落户株洲",
    );
    let both = of_items(vec![
        item_of(1, gone, text("长沙")),
        item_of(2, beside, text("株洲")),
    ]);
    let one = of_items(vec![item_of(1, beside, text("株洲"))]);
    let mut store = memory();
    let id = import(&mut store, &both).id;
    let head = heads(&store, id).remove(0);
    mark(&mut store, &head);
    // However often it is imported: an issue that is as it was says nothing of what became of an item.
    for expected in [Status::Replaced, Status::Unchanged, Status::Unchanged] {
        let imported = import_from(&mut store, &one, "without it", 1).unwrap();
        assert_eq!(imported.status, expected);
        assert_eq!(marked(&store, imported.id), [false]);
    }
    assert_eq!(store.searcher().unwrap().detached().unwrap().len(), 1);
    let back = import_from(&mut store, &both, "with it", 1).unwrap();
    assert_eq!(marked(&store, back.id), [true, false]);
}
