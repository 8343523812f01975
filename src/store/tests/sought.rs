//! The next item with a text in it: the same as a look through one item after the other.

use super::*;
use crate::query::Query;
use crate::store::{Anchor, Listing, Scope, Way};
use crate::text::Needle;

#[test]
fn the_nearest_item_is_the_one_that_a_look_through_them_finds() {
    let mut store = Store::open(&Place::Memory).unwrap();
    let mut issue = plain(7);
    let items = &mut issue.sections[0].items;
    let first = items[0].clone();
    items.extend((0..4).map(|_| first.clone()));
    for (n, item) in items.iter_mut().enumerate() {
        item.ordinal = crate::issue::ItemOrdinal(u32::try_from(n).unwrap() + 1);
        item.headline = format!("第{n}条");
    }
    items[1].lead = Some("年产 11GW 组件".into());
    items[2].paragraphs = vec!["年产11gw".into(), "甲".into()];
    items[3].paragraphs = vec!["年".into(), "产11gw".into()];
    items[4].source = Some("１１ＧＷ 网".into());
    let id = import(&mut store, &issue).id;
    let listing = Listing {
        scope: Scope::Issue(id),
        query: Query::default(),
    };
    let searcher = store.searcher().unwrap();
    let all = searcher.run(&listing, Anchor::Top, 50).unwrap().items;
    for typed in ["11gw", "11GW", "产11", "年产", "第3", "乙丙丁"] {
        let needle = Needle::new(typed).unwrap();
        let has = |head: &&crate::issue::ItemHead| {
            let item = store.item(head.id).unwrap().unwrap().item;
            let mut texts = vec![item.headline];
            texts.extend(
                item.lead
                    .into_iter()
                    .chain(item.source)
                    .chain(item.paragraphs),
            );
            texts.iter().any(|text| needle.is_in(text))
        };
        for (n, here) in all.iter().enumerate() {
            let next = all[n + 1..].iter().find(has).map(|head| head.id);
            let before = all[..n].iter().rev().find(has).map(|head| head.id);
            let step = |way| searcher.text_step(&listing, here.id, &needle, way).unwrap();
            assert_eq!(step(Way::Forward), next, "{typed} behind {n}");
            assert_eq!(step(Way::Backward), before, "{typed} before {n}");
        }
    }
}
