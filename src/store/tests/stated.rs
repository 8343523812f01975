//! What items state: it comes back whole, and another reading of it is another reading.

use super::*;
use crate::issue::{Change, Fact, Money, Passage, Stage, Tag, TextField};
use crate::store::Status;
use jiff::civil::date;

/// What an item may state: all of it.
pub(super) fn all() -> Facts {
    let passage = |field| Passage {
        field,
        from: 2,
        to: 4,
    };
    Facts {
        date: Some(date(2023, 1, 3)),
        province: Some("江苏".to_owned()),
        city: Some("苏州".to_owned()),
        total_investment: Some(money(4.5, "亿美元")),
        projects: Some(12),
        area_mu: Some(157.5),
        stage: Some(Stage::Completed),
        also: vec![Stage::InOperation, Stage::Signed],
        industries: vec!["新能源".to_owned(), "汽车".to_owned()],
        read: [
            (Fact::Date, vec![passage(TextField::Lead)]),
            (
                Fact::City,
                vec![
                    passage(TextField::Headline),
                    passage(TextField::Paragraph(1)),
                ],
            ),
        ]
        .into(),
    }
}

pub(super) fn money(value: f64, unit: &str) -> Money {
    let unit = unit.parse().unwrap();
    Money { value, unit }
}

/// The plain issue with facts of its items.
fn stating(facts: [Facts; 3]) -> Issue {
    let mut issue = plain(7);
    let items = issue.sections.iter_mut().flat_map(|one| &mut one.items);
    items
        .zip(facts)
        .for_each(|(item, facts)| item.facts = facts);
    issue
}

#[test]
fn facts_read_back_as_imported_and_lists_have_them_without_the_words() {
    let mut store = memory();
    let some = Facts {
        province: Some("上海".to_owned()),
        total_investment: Some(money(3000.0, "万元")),
        stage: Some(Stage::Other),
        ..Facts::default()
    };
    let printed = stating([all(), some, Facts::default()]);
    let id = import(&mut store, &printed).id;
    assert_eq!(store.issue(id).unwrap().as_ref(), Some(&printed));
    let heads = heads(&store, id);
    let view = store.item(heads[0].id).unwrap().unwrap();
    assert_eq!(view.item.facts, all());
    for (head, (_, item)) in heads.iter().zip(printed.items()) {
        let listed = Facts {
            read: [].into(),
            ..item.facts.clone()
        };
        assert_eq!(head.facts, listed);
    }
}

#[test]
fn other_facts_are_another_reading_and_move_no_mark() {
    let mut store = memory();
    let first = stating([all(), all(), Facts::default()]);
    let id = import(&mut store, &first).id;
    let head = heads(&store, id).remove(0);
    let tagged = Change::Tag(Tag::new("跟踪").unwrap(), true);
    store.mark(&head.key, &head.headline, &tagged).unwrap();
    assert_eq!(import(&mut store, &first).status, Status::Unchanged);
    let without_words = Facts {
        read: [].into(),
        ..all()
    };
    for other in [without_words, Facts::default()] {
        let imported = import(&mut store, &stating([other.clone(), all(), all()]));
        assert_eq!(imported.status, Status::Replaced);
        assert!(imported.changes.changed.is_empty(), "the text is the same");
        let heads = heads(&store, imported.id);
        assert_eq!(heads[0].marks.tags.len(), 1);
        let view = store.item(heads[0].id).unwrap().unwrap();
        assert_eq!(view.item.facts, other);
    }
}

#[test]
fn what_is_compared_by_a_rate_of_another_day_is_another_reading() {
    let mut store = memory();
    let printed = stating([all(), all(), all()]);
    let id = import(&mut store, &printed).id;
    for sql in [
        "UPDATE item SET amount_yi = amount_yi * 1.1",
        "UPDATE item SET place = '9'",
    ] {
        store.connection.execute(sql, []).unwrap();
        assert_eq!(import(&mut store, &printed).status, Status::Replaced);
        assert_eq!(import(&mut store, &printed).status, Status::Unchanged);
    }
    assert_eq!(store.issue(id).unwrap(), Some(printed));
}

#[test]
fn what_is_no_number_is_not_stated() {
    let mut store = memory();
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let facts = Facts {
            total_investment: Some(money(value, "亿元")),
            area_mu: Some(value),
            ..all()
        };
        let printed = stating([facts.clone(), facts, all()]);
        let id = import(&mut store, &printed).id;
        let head = heads(&store, id).remove(0);
        assert_eq!(head.facts.total_investment, None);
        assert_eq!(head.facts.area_mu, None);
    }
}

#[test]
fn what_no_version_wrote_does_not_stand_in_the_way() {
    let mut store = memory();
    let id = import(&mut store, &stating([all(), all(), all()])).id;
    store
        .connection
        .execute_batch(
            "UPDATE item SET date = '明天', unit = '亿贝', stage = '没有的', projects = -3; UPDATE body SET read = '{'",
        )
        .unwrap();
    let head = heads(&store, id).remove(0);
    let left = Facts {
        date: None,
        total_investment: None,
        projects: None,
        stage: None,
        read: [].into(),
        ..all()
    };
    assert_eq!(head.facts, left);
    assert_eq!(store.item(head.id).unwrap().unwrap().item.facts, left);
}
