//! Any text, on any page, in any width: what is drawn of it.

use super::*;
use crate::text::Ambiguous;

/// What no line begins with, and what none ends with (GB/T 15834).
const CLOSING: &str = "，。、；：？！”’）》】」％%·…—";
const OPENING: &str = "“‘（《【「";

/// Pieces of a text: hanzi, also outside the first plane, marks, latin words, numbers with units, addresses, pictures of several
/// characters, letters with marks of their own.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[园区新能源项目签约𠮷㐂]{1,6}",
        3 => "[，。、；：？！”’）》】」]{1,2}",
        2 => "[“‘（《【「]",
        2 => "[a-zA-Z]{1,12}",
        3 => "[1-9][0-9]{0,5}(亿元|万吨|%| 亩|年1月2日|个百分点)",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => Just("https://example.com/a/b?c=1".to_owned()),
        1 => proptest::sample::select(&["👨‍👩‍👧", "🇨🇳", "☀️", "👍🏽", "é", "n\u{303}", "葛\u{e0100}"][..]).prop_map(str::to_owned),
        1 => " {1,2}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    // Something that can stand in a line of its own comes first.
    proptest::collection::vec(piece(), 0..30).prop_map(|pieces| format!("甲{}", pieces.concat()))
}

fn page() -> impl Strategy<Value = Page> {
    let spacing = prop_oneof![
        Just(Spacing::AsPrinted),
        Just(Spacing::None),
        Just(Spacing::Thin)
    ];
    (0_u16..=8, any::<bool>(), spacing, 0_u16..=3, 0_u16..=3).prop_map(
        |(indent, hang, spacing, line_spacing, paragraph_spacing)| Page {
            measure: None,
            indent,
            hang,
            spacing,
            line_spacing,
            paragraph_spacing,
        },
    )
}

fn packed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The rows of a body that is drawn whole under `policy`.
fn rows(body: &mut Body, width: u16, policy: WidthPolicy) -> Vec<String> {
    let height = u16::try_from(body.lines.len()).unwrap();
    body.fit(width, usize::from(height), body.setting);
    let area = Rect::new(0, 0, width + HANGING, height);
    let look = Look::new(Theme::from_fn(|_| Style::new()), policy);
    let mut buffer = Buffer::empty(area);
    body.draw(
        &mut Canvas::new(&mut buffer, &look),
        Rect { width, ..area },
        false,
    );
    area.rows()
        .map(|row| {
            let cells = row.columns().map(|cell| buffer[(cell.x, cell.y)].symbol());
            cells.collect::<String>().trim().to_owned()
        })
        .collect()
}

proptest! {
    #[test]
    fn nothing_of_it_is_lost_or_cut_and_no_rule_broken(lead in proptest::option::of(text()), paragraphs in proptest::collection::vec(text(), 1..4),
        page in page(), width in 10_u16..=200, wide: bool, roomy: bool) {
        let policy = WidthPolicy::new(if wide { Ambiguous::Wide } else { Ambiguous::Narrow });
        let setting = Setting { page, policy, language: Language::Chinese, roomy };
        let mut body = Body::new(view(lead, paragraphs), width, setting);
        let rows = rows(&mut body, width, policy);
        let whole: Vec<String> = body.blocks.iter().map(|block| packed(&block.text)).collect();
        prop_assert_eq!(packed(&rows.concat()), whole.concat(), "something is lost, twice there, or in another order");
        for line in body.lines.from(0).iter().filter(|line| !line.is_blank()) {
            let block = &body.blocks[line.block];
            let (from, part) = (&block.text[line.part.clone()], &line.part);
            let is_first = block.text[..part.start].trim().is_empty();
            let is_last = block.text[part.end..].trim().is_empty();
            // A run of marks may be as wide as a narrow line.
            if block.counts() && width >= 40 {
                prop_assert!(is_first || !from.starts_with(|c| CLOSING.contains(c)), "{} begins a line of {}", from, width);
                prop_assert!(is_last || !from.ends_with(|c| OPENING.contains(c)), "{} ends a line of {}", from, width);
            }
        }
    }
}
