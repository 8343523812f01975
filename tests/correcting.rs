//! Correcting an item in the reader: what it states, its headline, where it begins and ends; and the ways back.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, fixture, key};
use parkweekly::app::Failure;
use parkweekly::app::issues::{READING_VERSION, issues_on};
use parkweekly::app::reading::Origin;
use parkweekly::config::Language;
use parkweekly::issue::{Fact, Fix, Stated, Target};
use parkweekly::parse::Hints;
use parkweekly::source::read;
use parkweekly::store::{Elsewhere, FixChange, Fixed, Kept, Place, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Ask, Cause, Effect, FixDeed};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::Overlay;
use parkweekly::tui::told::Told;
use tempfile::TempDir;

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];

/// A reader with the page open on the first item of the newest issue.
fn correcting() -> Reader {
    let mut reader = opened();
    reader.keys("c").shows("更正 ·");
    reader
}

fn chinese(store: Store) -> Reader {
    Reader::with(120, 40, Language::Chinese, Ambiguous::Narrow, store)
}

/// A library on the disk with the fixtures.
fn on_disk() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    import(&mut store);
    (folder, store)
}

/// Imports the fixtures with what their items state.
fn import(store: &mut Store) {
    for name in TWO {
        let document = read(&fixture(name)).unwrap();
        for issue in issues_on(&document.pages, &Hints::default()).unwrap() {
            let kept = Kept {
                path: name,
                sha256: &document.sha256,
                parser: READING_VERSION,
                pages: &document.pages,
            };
            store.import(&issue, &kept).unwrap();
        }
    }
}

fn library() -> Store {
    let mut store = Store::open(&Place::Memory).unwrap();
    import(&mut store);
    store
}

fn opened() -> Reader {
    chinese(library())
}

/// Puts a value into the field of the row that is `down` from the first.
fn put<'r>(reader: &'r mut Reader, down: usize, value: &str) -> &'r mut Reader {
    reader.keys("g g");
    for _ in 0..down {
        reader.keys("j");
    }
    reader.keys("enter ctrl-u").types(value).keys("enter")
}

fn has_page(reader: &Reader) -> bool {
    let mut overlays = reader.state.overlays.iter();
    overlays.any(|overlay| matches!(overlay, Overlay::Fix(_)))
}

/// The facts line and what is corrected, of the item that is read.
fn said(reader: &Reader) -> (Vec<String>, Vec<String>) {
    let head = &reader.open_now().body.as_ref().unwrap().view.head;
    (reader.listed(), head.corrected.fixed.clone())
}

#[test]
fn a_value_is_corrected_shown_as_such_and_as_it_was_read_again() {
    let mut reader = correcting();
    put(&mut reader, 4, "300亿元").shows("300亿元  （原为 156.5亿元）");
    reader.shows("已更正；按 u 撤销");
    reader.shows("300亿元  12 个项目");
    put(&mut reader, 5, "").shows("无  （原为 12）");
    put(&mut reader, 6, "33 公顷").shows("495 亩  （原为 无）");
    reader.keys("esc").shows("已更正：金额、项目数、面积");
    assert!(!has_page(&reader));
    // Each by itself, on its row.
    reader.keys("c j j j j d").shows("已恢复读到的内容");
    reader.shows("金额    156.5亿元 ");
    // A value that was read before is none to be corrected.
    put(&mut reader, 5, "12个").shows("项目数  12 ");
    put(&mut reader, 6, "");
    assert_eq!(said(&reader).1, [""; 0]);
    reader.keys("d").shows("这一项没有更正过");
}

#[test]
fn what_was_corrected_is_undone_and_made_again_by_the_keys_of_marks() {
    let mut reader = correcting();
    put(&mut reader, 0, "常州高新区 多个新能源项目集中开工").keys("esc b");
    reader.shows("目录");
    let listed = |reader: &Reader| reader.open_now().contents.items[0].headline.clone();
    assert_eq!(listed(&reader), "常州高新区 多个新能源项目集中开工");
    reader.keys("u u").shows("已撤销“更正”");
    assert_eq!(said(&reader).1, [""; 0]);
    assert!(listed(&reader).starts_with("常州高新区 12 个"));
    reader.keys("ctrl-r").shows("已重做“更正”");
    assert_eq!(said(&reader).1, ["headline"]);
    // The mark goes on being the item's, whatever its headline is.
    reader.keys("ctrl-r");
    assert!(reader.open_now().contents.items[0].marks.bookmarked);
    // On the page as well.
    reader.keys("c u u").shows("已撤销“更正”");
    reader.shows("标题    常州高新区 12 个");
}

#[test]
fn a_value_that_is_none_is_told_with_what_would_be_right_and_stays_to_be_mended() {
    let mut reader = correcting();
    put(&mut reader, 4, "三百").shows("“三百”不是金额");
    reader.shows("亿元、万元");
    reader.keys("ctrl-u").types("300亿").keys("enter");
    reader.shows("金额    300亿元");
    put(&mut reader, 1, "2023-02-30").shows("2023-02 只有 28 天");
    reader.keys("esc").shows("日期    2024-02-05");
    assert!(has_page(&reader));
    put(&mut reader, 7, "签约仪式").shows("是不是 签约");
    reader.keys("esc");
    put(&mut reader, 0, " ").shows("标题不能是空的");
}

#[test]
fn what_can_be_listed_is_chosen_and_several_industries_at_once() {
    let mut reader = correcting();
    reader.keys("j j j j j j j enter").shows("揭牌/成立");
    reader
        .keys("ctrl-u")
        .types("产")
        .keys("tab enter")
        .shows("投产  （原为 开工）");
    put(&mut reader, 2, "湖").shows("“湖”");
    reader.keys("tab tab enter").shows("湖南  （原为 江苏）");
    reader
        .keys("j j j j j j enter")
        .types("汽")
        .keys("tab enter");
    reader.shows("行业    新能源、汽车  （原为 新能源）");
    reader.keys("esc").shows("已更正：省、市、阶段、行业");
}

#[test]
fn an_item_that_is_none_goes_to_the_one_before_and_comes_back() {
    let mut reader = opened();
    let before = reader.listed();
    reader.keys("j j");
    let third = reader.open_now().selected().unwrap().headline.clone();
    reader.keys("c G");
    while !reader.screen().contains("并入前一条") {
        reader.keys("k");
    }
    // The first of the rows behind the values.
    reader.keys("g g j j j j j j j j j enter");
    assert!(!has_page(&reader));
    assert_eq!(reader.listed().len(), before.len() - 1);
    assert_eq!(reader.selected(), before[1]);
    let body = reader.open_now().body.as_ref().unwrap();
    assert!(body.view.item.paragraphs.contains(&third));
    reader.shows("已更正：合并");
    reader.keys("c j j j j j j j j j").shows("后一条已并入");
    reader.keys("d").shows("已恢复读到的内容");
    assert_eq!(reader.listed(), before);
    // The first of a section has none before it.
    reader.keys("esc esc g g c");
    assert!(
        !reader.screen().contains("并入前一条"),
        "{}",
        reader.screen()
    );
}

#[test]
fn a_paragraph_begins_an_item_and_is_one_again() {
    let mut reader = opened();
    let before = reader.listed();
    reader.keys("c G").shows("从这一段起另成一条");
    reader.keys("enter").shows("已从这一段起另成一条");
    assert_eq!(reader.listed().len(), before.len() + 1);
    reader.keys("esc j c").shows("这一条是拆出来的");
    reader.keys("g g j j j j j j j j j enter");
    // It is no item any more.
    assert_eq!(reader.listed(), before);
    assert!(!has_page(&reader));
    assert_eq!(reader.selected(), before[0]);
}

#[test]
fn what_changes_along_with_a_headline_is_told_with_what_was_read() {
    let mut reader = opened();
    reader.keys("j c");
    put(
        &mut reader,
        0,
        "总投资 90 亿元的湘江钠离子电池材料基地签约落户长沙",
    );
    reader.shows("金额    90亿元  （原为 60亿元）");
    reader.shows("已更正：标题；随之改变：金额");
    // What was read is what stands there with no fix at all.
    put(&mut reader, 4, "70亿元").shows("金额    70亿元  （原为 60亿元）");
    reader.shows("已更正：标题、金额");
    reader.keys("g g d").shows("已更正：金额");
    put(&mut reader, 4, "60亿元");
    assert_eq!(said(&reader).1, [""; 0]);
}

#[test]
fn a_city_brings_its_province_along_and_another_province_takes_the_city_away() {
    let mut reader = correcting();
    put(&mut reader, 3, "福州").shows("福建  （原为 江苏）");
    put(&mut reader, 2, "江苏").shows("市      无  （原为 常州）");
    reader.keys("u u").shows("市      常州 ");
    reader.shows("省      江苏 ");
}

#[test]
fn the_same_key_once_more_takes_back_what_it_did() {
    let mut reader = opened();
    let before = reader.listed();
    reader.keys("j c G").shows("并入前一条");
    reader.keys("enter").shows("已从这一段起另成一条");
    assert_eq!(reader.listed().len(), before.len() + 1);
    reader.keys("enter").shows("已恢复读到的内容");
    assert_eq!(reader.listed(), before);
    // Undone where the item is that was split off, the way leads to the one it came from.
    reader.keys("G enter esc esc j");
    let second = before[1].clone();
    reader.keys("u").shows("已撤销");
    assert_eq!((reader.listed(), reader.selected()), (before, second));
}

#[test]
fn marks_of_an_item_that_is_joined_are_told_of() {
    let mut reader = opened();
    reader.keys("j b c g g j j j j j j j j j enter");
    reader.shows("1 条的标记现在没有条目");
    reader.keys("u").shows("已撤销");
    assert!(reader.open_now().contents.items[1].marks.bookmarked);
}

#[test]
fn what_cannot_be_kept_is_told_and_nothing_is_changed() {
    let (folder, store) = on_disk();
    let mut reader = chinese(store);
    reader.keys("c");
    common::refuse_marks(folder.path());
    put(&mut reader, 4, "300亿元").shows("没有更正成");
    reader.shows("金额    156.5亿元 ");
    reader.keys("u").shows("没有可撤销的");
    // Told once more when the reader is left, unless it is kept after all.
    let deed = |value: &str| {
        let money = Fix::read(&Target::Fact(Fact::TotalInvestment), Some(value)).unwrap();
        FixDeed {
            cause: Cause::Unasked,
            changes: vec![FixChange::make(
                reader.open_now().selected().unwrap(),
                &money,
            )],
        }
    };
    let refused = Message::NotFixed(deed("300亿元"), Failure::new("refused", vec![]));
    let (mut told, mut made_up) = (Told::default(), Told::default());
    for told in [&mut told, &mut made_up] {
        told.hear(&refused);
    }
    made_up.hear(&Message::Fixed(deed("301亿元"), Fixed::default()));
    assert_eq!((told.all().len(), made_up.all().len()), (1, 0));
}

#[test]
fn a_step_back_waits_until_it_is_known_what_there_is_to_be_undone() {
    let mut reader = correcting();
    reader.keys("j j j j enter ctrl-u").types("300亿元");
    let asked = reader.asks(key("enter"));
    let [Effect::Ask(Ask::Fix(_))] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert!(reader.asks(key("u")).is_empty());
    reader.perform(asked);
    reader.keys("u").shows("金额    156.5亿元 ");
}

#[test]
fn what_another_program_does_to_the_item_is_on_the_page_and_never_another_item() {
    let (folder, store) = on_disk();
    let mut reader = chinese(store);
    reader.keys("j j c");
    let head = reader.open_now().selected().unwrap().clone();
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let projects = Fix::Fact(Stated::Projects(Some(77)));
    other.fix(&head, &[projects]).unwrap();
    reader.tell(Message::Elsewhere(Elsewhere {
        content: true,
        marks: true,
    }));
    reader.shows("77  （原为 无）");
    other.fix(&head, &[Fix::Join]).unwrap();
    reader.tell(Message::Elsewhere(Elsewhere {
        content: true,
        marks: true,
    }));
    assert!(!has_page(&reader));
    reader.shows("这一条已不在文库里");
}

#[test]
fn the_page_stays_the_items_whose_row_is_another_now() {
    let (folder, store) = on_disk();
    let mut reader = chinese(store);
    reader.keys("j j c");
    put(&mut reader, 5, "77").shows("77  （原为 无）");
    let head = reader.open_now().selected().unwrap().clone();
    let first = reader.open_now().contents.items[0].clone();
    let mut other = Store::open(&Place::Folder(folder.path().to_owned())).unwrap();
    let item = other.item(first.id).unwrap().unwrap().item;
    let split = Fix::split(&item, 0).unwrap();
    other.fix(&first, &[split]).unwrap();
    // The next key comes before anybody has heard of that.
    reader.keys("d");
    let key = |reader: &Reader| {
        let mut overlays = reader.state.overlays.iter();
        overlays.find_map(|overlay| match overlay {
            Overlay::Fix(page) => Some((page.key.clone(), page.head().unwrap().key.clone())),
            _ => None,
        })
    };
    assert_eq!(key(&reader), Some((head.key.clone(), head.key.clone())));
    assert_eq!(reader.open_now().selected().unwrap().key, head.key);
    // Nor is lost what is typed while rows shift.
    reader.keys("k k k k enter ctrl-u").types("2024-02-01");
    let undone = other.undo_fixes(first.id, |_| true).unwrap();
    assert_eq!(undone.steps.len(), 1);
    reader.tell(Message::Elsewhere(Elsewhere {
        content: true,
        marks: true,
    }));
    reader.keys("enter").shows("2024-02-01  （原为 ");
    assert_eq!(key(&reader), Some((head.key.clone(), head.key)));
}

#[test]
fn the_sample_is_corrected_until_it_is_left() {
    let store = library();
    let mut reader = Reader::of(
        120,
        40,
        Language::Chinese,
        Ambiguous::Narrow,
        store,
        Origin::Sample,
    );
    reader.keys("c");
    put(&mut reader, 4, "300亿元").shows("到退出为止");
}

#[test]
fn the_page_in_every_layout() {
    let sizes = [(120, 40), (80, 24), (40, 12), (20, 6)];
    for (n, (width, height)) in sizes.into_iter().enumerate() {
        let language = Language::ALL[n % 2];
        let reader = || {
            let mut reader = Reader::with(width, height, language, Ambiguous::Narrow, library());
            reader.keys("c");
            reader
        };
        let mut page = reader();
        put(&mut page, 4, "300亿元");
        let headline = "常州高新区 许多新能源项目集中开工 总投资 156.5 亿元";
        put(&mut page, 0, headline).keys("G");
        insta::assert_snapshot!(format!("fix-page-{width}x{height}"), page.frame());
        let mut value = reader();
        value.keys("j j j j j j j j enter").types("车");
        insta::assert_snapshot!(format!("fix-value-{width}x{height}"), value.frame());
    }
}
