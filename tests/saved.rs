//! Saved filters in the reader: named, opened, replaced, removed and taken back; and what others have saved.
#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod common;

use common::{Reader, key, library};
use parkweekly::app::reading::Origin;
use parkweekly::config::Language;
use parkweekly::query::{QueryName, QueryRecord};
use parkweekly::store::{Place, Records, SavedChange, Scope, Store};
use parkweekly::text::Ambiguous;
use parkweekly::tui::effect::{Ask, Effect, Find};
use parkweekly::tui::message::Message;
use parkweekly::tui::state::{Focus, Pane};
use std::path::Path;
use tempfile::TempDir;

const TWO: &[&str] = &["weekly-007.txt", "weekly-006.txt"];
/// The sizes at which every screen is looked at.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

fn save(store: &mut Store, name: &str, text: &str) {
    let name = QueryName::new(name).unwrap();
    let change = SavedChange::save(name, &text.parse().unwrap());
    store.change_saved(&change).unwrap();
}

fn remove(store: &mut Store, name: &str) {
    let change = SavedChange::remove(QueryName::new(name).unwrap());
    store.change_saved(&change).unwrap();
}

/// A library on the disk with both fixtures.
fn on_disk() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = at(folder.path());
    common::import(&mut store, TWO);
    (folder, store)
}

fn at(folder: &Path) -> Store {
    Store::open(&Place::Folder(folder.to_owned())).unwrap()
}

/// Names and texts of what is saved on the disk.
fn kept(folder: &TempDir) -> Vec<String> {
    let saved = at(folder.path()).searcher().unwrap().saved_queries();
    let saved = saved.unwrap().into_iter();
    saved
        .map(|one| format!("{}: {}", one.name, one.text))
        .collect()
}

fn chinese(width: u16, height: u16, store: Store) -> Reader {
    Reader::with(width, height, Language::Chinese, Ambiguous::Narrow, store)
}

/// A library in which filters are saved, one of them by a newer version.
fn with_saved() -> Store {
    let mut store = library(TWO);
    save(&mut store, "储能", "储能");
    let long =
        "industry:新能源,电池,汽车 (签约 OR 开工 OR 奠基 OR 投产) -半导体 province:江苏,浙江,湖南";
    save(&mut store, "名称很长的新能源项目，从签约到投产", long);
    save(&mut store, "招商", "section:招商 is:unread");
    let newer = QueryRecord {
        schema: 1,
        name: "新式".into(),
        query: "colour:红".into(),
        present: true,
        changed_at: "2026-01-01T00:00:00.000Z".into(),
    };
    let queries = vec![newer];
    let marks = vec![];
    store.merge_all(&Records { marks, queries }).unwrap();
    store
}

#[test]
fn screens() {
    for (width, height) in SIZES {
        let shot = |language, store, name: &str, script: &dyn Fn(&mut Reader)| {
            let mut reader = Reader::with(width, height, language, Ambiguous::Narrow, store);
            script(&mut reader);
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), reader.frame());
        };
        let (zh, en) = (Language::Chinese, Language::English);
        shot(zh, library(TWO), "none", &|reader| {
            reader.keys("F");
        });
        shot(en, library(TWO), "none-filtered", &|reader| {
            reader.keys("f").types("储能").keys("enter F");
        });
        shot(zh, with_saved(), "all", &|reader| {
            reader.keys("F down");
        });
        shot(en, with_saved(), "to-save", &|reader| {
            reader.keys("f").types("签约").keys("enter F").types("能");
        });
        shot(zh, with_saved(), "to-replace", &|reader| {
            let reader = reader.keys("f").types("签约").keys("enter F");
            reader.types("储能").keys("down enter");
        });
        shot(en, with_saved(), "too-long", &|reader| {
            reader.keys("F").types(&"长".repeat(41));
        });
    }
}

#[test]
fn the_filter_in_force_is_saved_and_lists_the_whole_library_when_it_is_opened() {
    let (folder, store) = on_disk();
    let mut reader = chinese(120, 40, store);
    reader.keys("f").types("储能").keys("enter F");
    reader.types("储能 项目").keys("enter");
    reader.shows("已存为“储能 项目”，按 F 打开");
    assert_eq!(kept(&folder), ["储能 项目: 储能"]);
    reader.keys("x enter");
    assert_eq!(reader.state.focus, Focus::On(Pane::Body));
    // From the filter pane as well.
    reader.keys("f esc tab tab tab");
    reader.keys("F");
    reader.shows("未读 2 / 3");
    reader.keys("enter");
    assert_eq!(reader.query(), "储能");
    assert_eq!(reader.open_now().listing.scope, Scope::Library);
    assert_eq!(reader.listed().len(), 3);
    assert_eq!(reader.state.focus, Focus::On(Pane::Contents));
    assert!(reader.state.overlays.is_empty());
    // And back to where one was.
    reader.keys("<");
    assert_eq!(reader.query(), "");
    // What is taken back is not saved any more.
    reader.keys("u");
    reader.shows("已撤销“保存的筛选”：储能 项目");
    assert_eq!(kept(&folder), [""; 0]);
    reader.keys("ctrl-r");
    assert_eq!(kept(&folder), ["储能 项目: 储能"]);
}

#[test]
fn a_saved_filter_is_replaced_by_the_second_enter_alone_and_comes_back() {
    let (folder, mut store) = on_disk();
    save(&mut store, "储能", "储能");
    let mut reader = chinese(80, 24, store);
    reader.keys("f").types("签约").keys("enter F").types("储能");
    // The first row opens what is saved.
    reader.keys("down enter");
    reader.shows("再按一次 Enter 换掉“储能”");
    assert_eq!(kept(&folder), ["储能: 储能"]);
    reader.keys("up down enter");
    assert_eq!(kept(&folder), ["储能: 储能"]);
    reader.keys("enter");
    reader.shows("“储能”已换成当前筛选；u 撤销");
    assert_eq!(kept(&folder), ["储能: 签约"]);
    reader.keys("u");
    assert_eq!(kept(&folder), ["储能: 储能"]);
    reader.keys("ctrl-r");
    assert_eq!(kept(&folder), ["储能: 签约"]);
    // As it is, there is nothing to replace.
    reader.keys("F").types("储能").keys("down enter");
    assert!(reader.state.overlays.is_empty());
    assert_eq!(reader.query(), "签约");
}

#[test]
fn what_is_removed_comes_back_unless_another_has_taken_its_name() {
    let (folder, mut store) = on_disk();
    save(&mut store, "储能", "储能");
    save(&mut store, "签约", "签约");
    let mut reader = chinese(80, 24, store);
    reader.keys("F down ctrl-d");
    reader.shows("已去掉“签约”；关上后按 u 可撤销");
    reader.shows("储能        ");
    assert_eq!(kept(&folder), ["储能: 储能"]);
    reader.keys("esc u");
    assert_eq!(kept(&folder), ["储能: 储能", "签约: 签约"]);
    reader.keys("F ctrl-d esc");
    save(&mut at(folder.path()), "储能", "别的");
    reader.keys("u");
    reader.shows("保存的筛选没有改成：这个保存的筛选后来在别处改过");
    assert_eq!(kept(&folder), ["储能: 别的", "签约: 签约"]);
    reader.keys("u");
    reader.shows("没有可撤销的");
    // Where nothing is selected, nothing is removed.
    reader.keys("F").types("没有的").keys("ctrl-d");
    reader.shows("没有选中保存的筛选");
    assert_eq!(kept(&folder).len(), 2);
}

#[test]
fn what_another_program_saves_or_removes_is_listed_at_the_next_key() {
    let (folder, mut store) = on_disk();
    save(&mut store, "乙", "签约");
    save(&mut store, "甲", "储能");
    let mut reader = chinese(80, 24, store);
    reader.keys("F down");
    reader.shows("未读 3 / 3");
    let mut other = at(folder.path());
    save(&mut other, "丙", "投产");
    let first = other.searcher().unwrap();
    let head = first.heads(first.newest().unwrap().unwrap()).unwrap();
    let head = &head[0];
    other.set_read(&head.key, &head.headline, true).unwrap();
    reader.keys("pagedown");
    reader.shows("丙");
    reader.shows("未读 2 / 3");
    // The same one is selected still.
    remove(&mut other, "丙");
    reader.keys("down ctrl-d");
    assert_eq!(kept(&folder), ["乙: 签约"]);
}

#[test]
fn what_is_no_query_says_why_and_stays() {
    let mut reader = chinese(120, 40, with_saved());
    reader.keys("F").types("新式");
    reader.shows("读不懂");
    reader.keys("enter");
    reader.shows("没有“colour”这一项");
    assert_eq!(reader.state.overlays.len(), 1);
    reader.keys("ctrl-d");
    reader.shows("已去掉“新式”");
}

#[test]
fn what_could_not_be_saved_is_said_and_is_no_step() {
    let (folder, store) = on_disk();
    let marks = rusqlite::Connection::open(folder.path().join("marks.sqlite3")).unwrap();
    marks
        .execute_batch(
            "CREATE TRIGGER refuse BEFORE INSERT ON saved_query BEGIN SELECT raise(ABORT, 'refused by a test'); END",
        )
        .unwrap();
    drop(marks);
    let mut reader = chinese(120, 40, store);
    reader
        .keys("f")
        .types("储能")
        .keys("enter F")
        .types("甲")
        .keys("enter");
    reader.shows("保存的筛选没有改成");
    reader.keys("u");
    reader.shows("没有可撤销的");
    assert_eq!(kept(&folder), [""; 0]);
}

#[test]
fn a_list_that_stops_a_count_has_it_asked_for_again() {
    let mut store = library(TWO);
    save(&mut store, "甲", "储能");
    let mut reader = chinese(80, 24, store);
    let asked = reader.asks(key("F"));
    let [Effect::Find(Find::Saved(ticket))] = asked[..] else {
        panic!("{asked:?}");
    };
    let saved = library(TWO).searcher().unwrap().saved_queries().unwrap();
    assert!(saved.is_empty());
    let all = with_saved().searcher().unwrap().saved_queries().unwrap();
    let asked = reader.asks(Message::Saved(ticket, all));
    assert!(matches!(asked[..], [Effect::Find(Find::Count(..))]));
    // The answer never comes, but a list does.
    let listing = reader.open_now().listing.clone();
    let list = Find::List(
        reader.state.latest.list,
        listing,
        parkweekly::store::Anchor::Top,
        parkweekly::tui::effect::Goal::Stay,
    );
    reader.perform(vec![Effect::Find(list)]);
    let counts = reader.wanted.iter();
    let counts = counts.filter(|effect| matches!(effect, Effect::Find(Find::Count(..))));
    assert_eq!(counts.count(), 3, "all that are queries");
}

#[test]
fn nothing_stays_saved_of_the_sample() {
    let (zh, narrow) = (Language::Chinese, Ambiguous::Narrow);
    let mut reader = Reader::of(120, 40, zh, narrow, library(TWO), Origin::Sample);
    reader
        .keys("f")
        .types("储能")
        .keys("enter F")
        .types("甲")
        .keys("enter");
    reader.shows("这是示例，退出后就没有了");
    let asked = reader.wanted.iter();
    let asked = asked.filter(|effect| matches!(effect, Effect::Ask(Ask::Saved(_))));
    assert_eq!(asked.count(), 1);
}
