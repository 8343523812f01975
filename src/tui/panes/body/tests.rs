//! Scrolling, places and matches of an item.

mod arbitrary;
mod cost;
mod page;
mod stated;

use super::*;
use crate::issue::{
    Corrected, Facts, IssueLabel, IssueNumber, Item, ItemHead, ItemId, ItemKey, ItemOrdinal, Marks,
    SectionOrdinal,
};
use crate::look::{Look, Page, Theme};
use crate::text::Needle;
use crate::text::{Spacing, WidthPolicy};
use crate::tui::finding::Sought;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

fn view(lead: Option<String>, paragraphs: Vec<String>) -> ItemView {
    let headline = "某市一批新能源项目集中开工".to_owned();
    ItemView {
        head: ItemHead {
            id: ItemId(1),
            key: ItemKey {
                publication: "试验周报".into(),
                issue: IssueNumber(7),
                headline: headline.clone(),
                nth: 0,
            },
            publication: "试验周报".into(),
            shared_number: false,
            section_ordinal: SectionOrdinal(1),
            ordinal: ItemOrdinal(1),
            section: "招商".into(),
            headline: headline.clone(),
            page: Some(1),
            source: None,
            diagnostics: 0,
            facts: Facts::default(),
            corrected: Corrected::default(),
            marks: Marks::default(),
        },
        issue: IssueLabel {
            publication: "试验周报".into(),
            number: IssueNumber(7),
            year: None,
            month: None,
            week: None,
        },
        item: Item {
            ordinal: ItemOrdinal(1),
            headline,
            contents_headline: None,
            page: Some(1),
            lead,
            paragraphs,
            source: Some("某省网站".into()),
            pictures: vec![],
            facts: Facts::default(),
        },
        diagnostics: vec![],
        place: 0,
    }
}

fn setting() -> Setting {
    Setting {
        page: Page::default(),
        policy: WidthPolicy::default(),
        language: Language::Chinese,
        roomy: false,
    }
}

fn body(width: u16) -> Body {
    let text = "项目建成后年产新能源电池十万套，新能 源产业链更加完整。".repeat(6);
    Body::new(
        view(Some("新能源导语。".into()), vec![text]),
        width,
        setting(),
    )
}

#[test]
fn matches_are_gone_through_in_order_and_come_into_view() {
    let mut body = body(30);
    body.mark(&Sought::Words(vec!["新能源".to_owned()]));
    assert_eq!(
        body.hits.len(),
        14,
        "headline, lead, and two in each sentence"
    );
    let height = 5;
    body.arrive(Arrival::FirstHit, height);
    for n in 0..14 {
        assert_eq!(body.hit, Some(n));
        let line = body.hits[n].line;
        assert!((body.offset..body.offset + height).contains(&line));
        assert_eq!(body.go_hit(true), n < 13);
    }
    assert!(body.go_hit(false));
    assert_eq!(body.hit, Some(12));
    body.scroll(-100);
    assert_eq!(body.hit, None);
    assert!(!body.go_hit(false), "none above the first line");
}

proptest! {
    #[test]
    fn a_place_is_found_again_at_any_width(from in 12_u16..80, to in 12_u16..80, offset in 0_usize..40, height in 1_usize..12) {
        let mut body = body(from);
        body.fit(from, height, setting());
        body.scroll_to(offset.min(body.last_offset()));
        let (place, top) = (body.place(), body.offset);
        body.fit(to, height, setting());
        prop_assert_eq!(body.place(), place);
        let above = &body.lines.from(0)[..body.offset];
        prop_assert!(place == 0 || above.iter().all(|line| line.start <= place), "what was at the top is visible");
        body.fit(from, height, setting());
        // The lines that say where the item stands share one place, and the blank line behind them.
        let shared = body.lines.from(0).iter().filter(|line| line.block == 1).count() + 1;
        prop_assert!(body.offset <= top + 1 && body.offset + shared >= top, "{} instead of {top}", body.offset);
    }
}

#[test]
fn a_line_knows_what_stands_before_it() {
    for width in [12, 30, 79] {
        let body = body(width);
        let mut before = None;
        for line in body.lines.from(0).iter().filter(|line| !line.is_blank()) {
            let block = &body.blocks[line.block];
            let own = if block.counts() {
                block.start + u32::try_from(block.text[..line.part.start].chars().count()).unwrap()
            } else {
                block.start - 1
            };
            assert_eq!(line.start, own);
            assert!(before <= Some(own), "places only grow");
            before = Some(own);
            for (at, _) in block.text[line.part.clone()].char_indices() {
                let on = body.lines.of_byte(line.block, line.part.start + at);
                assert_eq!(&body.lines.from(on)[0], line);
            }
        }
    }
}
