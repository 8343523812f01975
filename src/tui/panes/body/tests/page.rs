//! How an item stands on its page, as it is drawn.

use super::*;

/// A body in a frame of `width` by 40, as it is drawn with a margin, without blanks at line ends.
fn drawn(body: &Body, width: u16) -> Vec<String> {
    let area = Rect::new(0, 0, width + HANGING, 40);
    let look = Look::new(Theme::from_fn(|_| Style::new()), WidthPolicy::default());
    let mut buffer = Buffer::empty(area);
    body.draw(
        &mut Canvas::new(&mut buffer, &look),
        Rect { width, ..area },
        false,
    );
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
            false,
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
    let wide = "试验周报 7期 · 2023年1月 · 招商 · 第1页";
    assert_eq!(page(item.clone(), 80, false)[1], wide);
    let narrow = "试验周报 7期 · 招商 · 第1页";
    assert_eq!(page(item, 32, false)[1], narrow);
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
