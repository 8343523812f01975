//! Scrolling, places and matches of an item.

mod arbitrary;

use super::*;
use crate::issue::{
    Facts, IssueLabel, IssueNumber, Item, ItemHead, ItemId, ItemKey, ItemOrdinal, Marks,
    SectionOrdinal,
};
use crate::look::{Look, Page, Theme};
use crate::text::Needle;
use crate::text::{Spacing, WidthPolicy};
use crate::tui::finding::Sought;
use cpu_time::ThreadTime;
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

/// The sentence that long items are made of.
const SENTENCE: &str = "项目建成后年产新能源电池十万套，带动上下游企业集聚。";

/// An item of one paragraph of `n` sentences.
fn long_paragraph(n: usize) -> Vec<String> {
    vec![SENTENCE.repeat(n)]
}

/// An item of `n` paragraphs.
fn many_paragraphs(n: usize) -> Vec<String> {
    vec![SENTENCE.to_owned(); n]
}

/// An item with matches all over, as it is first laid out.
fn laid_out(paragraphs: Vec<String>) -> Body {
    let mut body = Body::new(view(None, paragraphs), 30, setting());
    body.mark(&Sought::Words(vec!["新能源".to_owned()]));
    body.arrive(Arrival::Place, 6);
    body
}

/// Goes from both ends into the item by lines and by matches, and asks each time what the keys ask.
fn scroll_about(body: &mut Body) {
    for (from, by) in [(isize::MAX, -1), (isize::MIN, 1)] {
        body.scroll(from);
        for _ in 0..2_000 {
            body.scroll(by);
            body.go_hit(by > 0);
            body.scroll(by);
        }
        body.scroll(-from.saturating_add(1));
        body.go_hit(by > 0);
    }
}

/// Draws the end of the item, and its beginning.
fn draw_about(body: &mut Body) {
    let look = Look::new(Theme::from_fn(|_| Style::new()), WidthPolicy::default());
    let area = Rect::new(0, 0, 30, 6);
    let mut buffer = Buffer::empty(area);
    for to in [isize::MAX, isize::MIN] {
        body.scroll(to);
        for _ in 0..300 {
            body.draw(&mut Canvas::new(&mut buffer, &look), area);
            body.position(Language::Chinese);
        }
    }
}

/// CPU time of this thread that `work` takes, in seconds.
fn effort(work: impl FnOnce()) -> f64 {
    let start = ThreadTime::now();
    work();
    start.elapsed().as_secs_f64()
}

#[test]
fn keys_and_frames_cost_what_is_on_the_screen() {
    for paragraphs in [long_paragraph, many_paragraphs] {
        // Once more, for the first run pays for the tables.
        for work in [scroll_about, scroll_about, draw_about] {
            let [few, many] = [500, 32_000].map(|n| {
                let mut body = laid_out(paragraphs(n));
                effort(|| work(&mut body))
            });
            assert!(
                many < 3.0 * few + 0.02,
                "{few:.3} s, and {many:.3} s for an item 64 times as long"
            );
        }
    }
}

#[test]
fn another_width_costs_one_pass_over_the_item() {
    for paragraphs in [long_paragraph, many_paragraphs] {
        let [few, many] = [2_000, 8_000].map(|n| {
            let mut body = laid_out(paragraphs(n));
            body.scroll(isize::MAX);
            effort(|| body.fit(40, 6, setting()))
        });
        assert!(
            many < 9.0 * few + 0.05,
            "{few:.3} s, and {many:.3} s for an item four times as long"
        );
    }
}

#[test]
fn what_is_typed_costs_a_look_at_what_is_folded_already() {
    for paragraphs in [long_paragraph, many_paragraphs] {
        let mut body = laid_out(paragraphs(8_000));
        let type_into = |body: &mut Body, typed: &str| {
            let needle = Needle::new(typed).unwrap();
            effort(|| body.mark(&Sought::Text(needle)))
        };
        let first = effort(|| drop(laid_out(paragraphs(8_000))));
        let typed = type_into(&mut body, "新能源电池");
        assert_eq!(body.hits().0, 8_000);
        assert!(
            typed < 0.3 * first + 0.02,
            "{typed:.4} s, and {first:.4} s for the item as it is first laid out"
        );
    }
}

/// A body in a frame of `width` by 40, as it is drawn with a margin, without blanks at line ends.
fn drawn(body: &Body, width: u16) -> Vec<String> {
    let area = Rect::new(0, 0, width + HANGING, 40);
    let look = Look::new(Theme::from_fn(|_| Style::new()), WidthPolicy::default());
    let mut buffer = Buffer::empty(area);
    body.draw(&mut Canvas::new(&mut buffer, &look), Rect { width, ..area });
    area.rows()
        .map(|row| {
            let cells = row.columns().map(|cell| buffer[(cell.x, cell.y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        })
        .collect()
}

/// The lines in which the only paragraph of an item stands.
fn paragraph(text: &str, width: u16, page: Page) -> Vec<String> {
    let mut setting = setting();
    setting.page = page;
    let mut body = Body::new(view(None, vec![text.to_owned()]), width, setting);
    body.arrive(Arrival::Place, 40);
    let rows = drawn(&body, width);
    let start = rows.iter().position(|row| row.starts_with("    ")).unwrap();
    let end = rows.iter().rposition(|row| row.contains("来源")).unwrap();
    rows[start..end - 1].to_vec()
}

#[test]
fn the_page_says_how_a_paragraph_is_set() {
    let text = "园区 AI产业 12家，投资30亿元，全部开工。";
    let page = Page::default();
    assert_eq!(
        paragraph(text, 26, page),
        ["    园区 AI产业 12家，投资", "30亿元，全部开工。"]
    );
    let none = Page {
        spacing: Spacing::None,
        ..page
    };
    assert_eq!(
        paragraph(text, 26, none),
        ["    园区AI产业12家，投资", "30亿元，全部开工。"]
    );
    let thin = Page {
        spacing: Spacing::Thin,
        line_spacing: 1,
        indent: 3,
        ..page
    };
    assert_eq!(
        paragraph(text, 26, thin),
        ["      园区 AI 产业 12 家，", "", "投资 30 亿元，全部开工。"]
    );
}

#[test]
fn a_mark_hangs_into_the_margin_and_no_further() {
    let text = "园区今年新签约项目的企业，全部开工。";
    let page = Page::default();
    let hung = paragraph(text, 26, page);
    assert_eq!(hung[0], "    园区今年新签约项目的企");
    let text = "园区今年新签约了的企业，全部开工。";
    assert_eq!(paragraph(text, 26, page)[0], "    园区今年新签约了的企业，");
    let without = Page {
        hang: false,
        ..page
    };
    assert_eq!(paragraph(text, 26, without)[0], "    园区今年新签约了的企");
}

#[test]
fn matches_are_drawn_across_what_is_spaced_otherwise() {
    let mut setting = setting();
    setting.page.spacing = Spacing::Thin;
    let style = |role| match role {
        Role::Match => Style::new().bold(),
        _ => Style::new(),
    };
    let look = Look::new(Theme::from_fn(style), WidthPolicy::default());
    for (text, word, shown) in [
        ("园区AI产业", "区ai产", "区 AI 产"),
        ("园区  AI  产业", "区 ai 产", "区 AI 产"),
        ("园区 AI 产业", "ai", "AI"),
    ] {
        let mut body = Body::new(view(None, vec![text.to_owned()]), 40, setting);
        body.mark(&Sought::Words(vec![crate::text::normalise(word)]));
        let area = Rect::new(0, 0, 42, 20);
        let mut buffer = Buffer::empty(area);
        body.draw(
            &mut Canvas::new(&mut buffer, &look),
            Rect { width: 40, ..area },
        );
        let bold =
            |cell: &&ratatui::buffer::Cell| cell.modifier.contains(ratatui::style::Modifier::BOLD);
        let found: String = buffer
            .content
            .iter()
            .filter(bold)
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        assert_eq!(found, shown, "{text}");
        let rows = drawn(&body, 40);
        assert!(rows.contains(&"    园区 AI 产业。".to_owned()), "{rows:?}");
    }
}

/// An item on a page of `width`, as rows.
fn page(view: ItemView, width: u16, roomy: bool) -> Vec<String> {
    let setting = Setting { roomy, ..setting() };
    let mut body = Body::new(view, width, setting);
    body.arrive(Arrival::Place, 40);
    let mut rows = drawn(&body, width);
    rows.truncate(body.lines.len());
    rows
}

#[test]
fn headline_what_is_known_and_source_stand_apart() {
    let item = view(None, vec!["园区全部开工。".into()]);
    let known = "试验周报 7期 · 招商 · 第1页";
    assert_eq!(
        page(item.clone(), 40, true),
        [
            "",
            "某市一批新能源项目集中开工",
            known,
            "",
            "    园区全部开工。",
            "",
            "                          来源：某省网站"
        ]
    );
    assert_eq!(
        page(item, 24, false)[..3],
        ["某市一批新能源", "项目集中开工", "7期 · 招商 · 第1页",]
    );
}

#[test]
fn all_that_is_known_stands_in_one_line_where_it_fits() {
    let mut item = view(None, vec!["园区全部开工。".into()]);
    item.issue.year = Some(2023);
    item.issue.month = Some(1);
    item.item.facts.province = Some("江苏".into());
    item.item.facts.city = Some("苏州".into());
    item.item.facts.date = Some("2023-01-03".into());
    let wide = "试验周报 7期 · 2023年1月 · 招商 · 江苏苏州 · 2023-01-03 · 第1页";
    assert_eq!(page(item.clone(), 80, false)[1], wide);
    let narrow = "7期 · 招商 · 江苏苏州 · 2023-01-03 · 第1页";
    assert_eq!(page(item, 46, false)[1], narrow);
}

#[test]
fn a_long_source_ends_where_the_lines_end() {
    let mut item = view(None, vec!["园区全部开工。".into()]);
    item.item.source = Some("某省工业和信息化厅、某省发展和改革委员会网站".into());
    let rows = page(item, 40, false);
    let [first, last] = &rows[rows.len() - 2..] else {
        panic!("{rows:?}")
    };
    assert_eq!(first, "              来源：某省工业和信息化厅、");
    assert_eq!(last, "              某省发展和改革委员会网站");
}

#[test]
fn where_pictures_stood_there_is_no_hole() {
    let paragraphs = [
        "园区开工。",
        " ",
        "\u{3000}\u{3000}",
        "",
        "全部投产。\n\n\n另有二期。",
    ];
    let item = view(
        Some("\u{3000} \n".into()),
        paragraphs.map(str::to_owned).to_vec(),
    );
    assert_eq!(
        page(item, 40, false)[2..7],
        ["", "    园区开工。", "", "    全部投产。", "另有二期。"]
    );
}
