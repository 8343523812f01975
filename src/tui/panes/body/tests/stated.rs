//! What an item states: the line under its headline, and the words it was read from.

use super::*;
use crate::issue::{Fact, Money, Passage, Stage, TextField};
use crate::text::Ambiguous;
use ratatui::style::Modifier;

fn facts() -> Facts {
    Facts {
        date: Some(jiff::civil::date(2024, 1, 3)),
        province: Some("江苏".into()),
        city: Some("苏州".into()),
        total_investment: Some(Money {
            value: 280.0,
            unit: "亿元".parse().unwrap(),
        }),
        projects: Some(41),
        area_mu: Some(500.0),
        stage: Some(Stage::Signed),
        also: vec![],
        industries: vec!["新能源".into(), "汽车".into()],
        read: [].into(),
    }
}

fn stating(facts: Facts) -> ItemView {
    let mut view = view(Some("导语。".into()), vec!["正文。".into()]);
    view.item.facts = facts;
    view
}

/// The lines of facts at a width.
fn stated(view: ItemView, width: u16, setting: Setting) -> Vec<String> {
    let body = Body::new(view, width, setting);
    let lines = body.lines.from(0).iter().filter(|line| !line.is_blank());
    let facts = lines.filter(|line| body.blocks[line.block].role == Role::Facts);
    let text = |line: &Line| {
        body.blocks[line.block].text[line.part.clone()]
            .trim()
            .to_owned()
    };
    facts.map(text).collect()
}

#[test]
fn what_matters_least_is_left_out_first() {
    let one = |width| stated(stating(facts()), width, setting());
    let all = "江苏·苏州  280亿元  41 个项目  500 亩  签约  2024-01-03  新能源、汽车";
    assert_eq!(one(80), [all]);
    assert_eq!(
        one(60),
        ["江苏·苏州  280亿元  41 个项目  500 亩  签约  2024-01-03"]
    );
    assert_eq!(one(40), ["江苏·苏州  280亿元  签约  2024-01-03"]);
    assert_eq!(one(20), ["江苏·苏州  280亿元"]);
    assert_eq!(one(12), ["江苏·苏州"]);
    let roomy = Setting {
        roomy: true,
        ..setting()
    };
    assert_eq!(
        stated(stating(facts()), 45, roomy),
        [
            "江苏·苏州  280亿元  41 个项目  500 亩  签约",
            "2024-01-03  新能源、汽车"
        ]
    );
    let english = Setting {
        language: Language::English,
        ..roomy
    };
    assert_eq!(
        stated(stating(facts()), 40, english),
        [
            "江苏·苏州  280亿元  41 projects  500 亩",
            "签约  2024-01-03  新能源、汽车"
        ]
    );
}

#[test]
fn what_is_not_stated_leaves_no_trace() {
    let said = |facts: Facts| stated(stating(facts), 80, setting());
    assert!(said(Facts::default()).is_empty());
    let stage = |stage| Facts {
        stage: Some(stage),
        ..Facts::default()
    };
    assert!(said(stage(Stage::Other)).is_empty());
    assert_eq!(said(stage(Stage::PolicyIssued)), ["政策发布"]);
    let mut policy = stating(stage(Stage::PolicyIssued));
    policy.head.section = "三、政策法规".into();
    assert!(
        stated(policy, 80, setting()).is_empty(),
        "its section says so"
    );
    let place = |province: &str, city: &str| {
        said(Facts {
            province: Some(province.into()),
            city: Some(city.into()),
            ..Facts::default()
        })
    };
    assert_eq!(place("北京", "北京"), ["北京"]);
    let foreign = Facts {
        total_investment: Some(Money {
            value: 4.5,
            unit: "亿美元".parse().unwrap(),
        }),
        area_mu: Some(33.5),
        ..Facts::default()
    };
    assert_eq!(said(foreign), ["4.5亿美元  33.5 亩"]);
}

#[test]
fn facts_of_the_text_under_a_headline_of_another_are_told_as_such() {
    let of_text = |facts| {
        let mut view = stating(facts);
        view.diagnostics = vec![crate::issue::Diagnostic {
            problem: crate::issue::Problem::HeadlineUnsupported {
                amount: "185亿元".into(),
                place: "沈阳".into(),
            },
            line: None,
            page: None,
            item: None,
        }];
        view
    };
    let shown = |width| stated(of_text(facts()), width, setting());
    assert_eq!(shown(36), ["⚠ 据正文  江苏·苏州  280亿元  签约"]);
    assert_eq!(shown(8), ["⚠ 据正文"]);
    let nothing = stated(of_text(Facts::default()), 80, setting());
    assert!(nothing.is_empty());
}

/// What is underlined of a body that is drawn whole, blanks and all.
fn underlined(body: &mut Body, width: u16, policy: WidthPolicy) -> String {
    let height = u16::try_from(body.lines.len()).unwrap();
    body.fit(width, usize::from(height), body.setting);
    let area = Rect::new(0, 0, width + HANGING, height);
    let theme = Theme::from_fn(|role| match role {
        Role::FactWords => Style::new().underlined(),
        Role::Match => Style::new().bold(),
        _ => Style::new(),
    });
    let look = Look::new(theme, policy);
    let mut buffer = Buffer::empty(area);
    body.draw(
        &mut Canvas::new(&mut buffer, &look),
        Rect { width, ..area },
        true,
    );
    let cells = buffer.content().iter();
    let lines = cells.filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
    lines.map(ratatui::buffer::Cell::symbol).collect()
}

/// A view in which these words were read.
fn read_from(words: &[(TextField, &str)]) -> ItemView {
    let mut view = view(
        Some("于 1 月 6 日开工，总投资12亿元。".into()),
        vec![
            "　".into(),
            "项目位于江苏苏州工业园区，占地约500亩，其中一期约200亩，全部建成后年产电池十万套"
                .into(),
        ],
    );
    let item = &mut view.item;
    let passages = words.iter().map(|(field, words)| {
        let text = match field {
            TextField::Headline => &item.headline,
            TextField::Lead => item.lead.as_ref().unwrap(),
            TextField::Paragraph(n) => &item.paragraphs[*n as usize],
            TextField::Source | TextField::Section => item.source.as_ref().unwrap(),
        };
        let from = text[..text.find(words).unwrap()].chars().count();
        let to = from + words.chars().count();
        Passage {
            field: *field,
            from: u32::try_from(from).unwrap(),
            to: u32::try_from(to).unwrap(),
        }
    });
    let passages: Vec<Passage> = passages.collect();
    item.facts.read.insert(Fact::Date, passages);
    view
}

#[test]
fn words_that_facts_were_read_from_are_underlined_wherever_lines_break() {
    let words = [
        (TextField::Headline, "新能源项目"),
        (TextField::Lead, "1 月 6 日"),
        (TextField::Lead, "12亿元"),
        (TextField::Paragraph(1), "江苏苏州"),
        (TextField::Paragraph(1), "苏州工业园区"),
        (TextField::Paragraph(1), "500亩"),
        (TextField::Paragraph(1), "电池十万套"),
        (TextField::Source, "某省"),
    ];
    let whole = "新能源项目1月6日12亿元江苏苏州工业园区500亩电池十万套某省";
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        for spacing in [Spacing::AsPrinted, Spacing::None, Spacing::Thin] {
            for width in 12..60 {
                let mut setting = setting();
                setting.policy = WidthPolicy::new(ambiguous);
                setting.page.spacing = spacing;
                let mut body = Body::new(read_from(&words), width, setting);
                let shown = underlined(&mut body, width, setting.policy);
                let packed: String = shown.chars().filter(|c| *c != ' ').collect();
                assert_eq!(packed, whole, "{width} {spacing:?}");
                assert!(body.has_read());
                if spacing == Spacing::Thin {
                    assert!(
                        !shown.contains("目 1") && !shown.contains("日 1"),
                        "{shown}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_looked_for_stands_out_of_what_is_underlined() {
    let mut body = Body::new(
        read_from(&[(TextField::Paragraph(1), "江苏苏州")]),
        30,
        setting(),
    );
    let plain = underlined(&mut body, 30, setting().policy);
    body.mark(&Sought::Words(vec!["苏州".to_owned(), "位于江".to_owned()]));
    assert_eq!(underlined(&mut body, 30, setting().policy), plain);
    assert_eq!(body.hits().0, 2);
}

proptest! {
    #[test]
    fn any_passages_of_any_text_can_be_underlined(text in "[甲乙a1 “。]{0,40}", ranges in proptest::collection::vec((0_u32..50, 0_u32..50), 0..6), width in 12_u16..40) {
        let mut view = view(None, vec![text.clone()]);
        let length = u32::try_from(text.chars().count()).unwrap();
        let passages = ranges.iter().map(|(from, to)| Passage {
            field: TextField::Paragraph(0),
            from: *from,
            to: (*to).min(length),
        });
        let passages: Vec<Passage> = passages.collect();
        view.item.facts.read.insert(Fact::Stage, passages.clone());
        let mut body = Body::new(view, width, setting());
        let shown: String = underlined(&mut body, width, setting().policy).split_whitespace().collect();
        let read = text.chars().enumerate().filter(|(n, _)| passages.iter().any(|one| one.characters().contains(n)));
        let read: String = read.map(|(_, c)| c).filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(shown, read);
    }
}
