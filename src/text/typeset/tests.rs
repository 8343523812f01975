//! Tests of the breaking of lines. Every sentence is made up here.

use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

fn lines(text: &str, columns: usize, indent: usize) -> Vec<&str> {
    wrap(text, columns, indent, WidthPolicy::default())
        .into_iter()
        .map(|line| &text[line])
        .collect()
}

#[test]
fn hanzi_fill_the_line_and_the_indent_shortens_the_first() {
    assert_eq!(lines("一二三四五六七八", 8, 0), ["一二三四", "五六七八"]);
    assert_eq!(
        lines("一二三四五六七八", 8, 4),
        ["一二", "三四五六", "七八"]
    );
}

#[test]
fn no_line_begins_with_closing_punctuation() {
    assert_eq!(lines("一二三四，五六", 8, 0), ["一二三", "四，五六"]);
}

#[test]
fn latin_words_stay_whole_and_white_space_at_a_break_goes() {
    assert_eq!(lines("项目 alpha beta", 10, 0), ["项目 alpha", "beta"]);
}

#[test]
fn a_word_longer_than_the_line_is_cut() {
    assert_eq!(lines("abcdefghij", 4, 0), ["abcd", "efgh", "ij"]);
}

#[test]
fn an_empty_text_has_no_lines() {
    assert!(lines("", 10, 0).is_empty());
    assert!(lines("   ", 10, 0).is_empty());
    assert_eq!(lines(" ®", 1, 0), ["®"]);
}

#[test]
fn a_text_that_is_edited_keeps_its_blanks_and_empty_lines() {
    let lines = |text: &'static str, columns| -> Vec<&str> {
        let lines = wrap_whole(text, columns, WidthPolicy::default()).into_iter();
        lines.map(|line| &text[line]).collect()
    };
    assert_eq!(lines("", 4), [""]);
    assert_eq!(lines("\n", 4), ["", ""]);
    assert_eq!(lines("  甲乙丙\n\n丁 ", 6), ["  甲乙", "丙", "", "丁 "]);
    assert_eq!(lines("ab cd   ", 5), ["ab cd   "]);
    assert_eq!(lines("abcdefg hi", 4), ["abcd", "efg ", "hi"]);
    assert_eq!(lines("一二三，四", 6), ["一二", "三，四"]);
}

proptest! {
    #[test]
    fn of_a_text_that_is_edited_every_byte_has_its_line(text in "[a甲“ ，\u{301}\n]{0,60}", columns in 1_usize..20) {
        let policy = WidthPolicy::default();
        let lines = wrap_whole(&text, columns, policy);
        let mut at = 0;
        for line in &lines {
            // A line goes on where the one before ended, or behind its line end.
            prop_assert!(line.start == at || (line.start == at + 1 && text.as_bytes()[at] == b'\n'), "{:?}", lines);
            let shown = text[line.clone()].trim_end();
            let seen = shown.graphemes(true).filter(|grapheme| policy.grapheme(grapheme) > 0).count();
            prop_assert!(policy.width(shown) <= columns || seen == 1, "{:?} in {}", shown, columns);
            at = line.end;
        }
        prop_assert_eq!(at, text.len());
        prop_assert!(lines.len() > text.matches('\n').count());
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_wide(text in "[\\PC\n]{0,120}", columns in 1_usize..60, indent in 0_usize..6) {
        let policy = WidthPolicy::default();
        let ranges = wrap(&text, columns, indent, policy);
        let shown: String = ranges.iter().flat_map(|line| text[line.clone()].chars()).filter(|c| !c.is_whitespace()).collect();
        let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(shown, whole);
        for (n, line) in ranges.iter().enumerate() {
            let room = if n == 0 { columns.saturating_sub(indent).max(1) } else { columns };
            let line = &text[line.clone()];
            prop_assert!(policy.width(line) <= room || line.graphemes(true).count() == 1, "{:?} in {}", line, room);
        }
    }
}

/// A paragraph as it is shown: lines, with what hangs and what gaps are.
fn set(text: &str, typesetting: &Typesetting) -> Vec<String> {
    let paragraph = typeset(text, typesetting);
    let lines = paragraph.lines.iter().map(|line| {
        let (mut shown, mut at) = (String::new(), line.start);
        for gap in &paragraph.gaps {
            if gap.printed.start > line.start && gap.printed.end < line.end {
                shown.push_str(&text[at..gap.printed.start]);
                shown.push_str(&" ".repeat(gap.columns));
                at = gap.printed.end;
            }
        }
        shown + &text[at..line.end]
    });
    let mut lines: Vec<String> = lines.collect();
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, &" ".repeat(paragraph.indent));
    }
    lines
}

fn typesetting(columns: usize) -> Typesetting {
    Typesetting::plain(columns, WidthPolicy::default())
}

#[test]
fn no_line_ends_with_what_opens_or_begins_with_what_closes() {
    assert_eq!(
        lines("一二三“四五”六七", 8, 0),
        ["一二三", "“四五”六", "七"]
    );
    assert_eq!(lines("一二三四”五六", 8, 0), ["一二三", "四”五六"]);
    assert_eq!(lines("一二三《四》五", 8, 0), ["一二三", "《四》五"]);
    assert_eq!(lines("一二三四——五", 8, 0), ["一二三", "四——五"]);
    assert_eq!(lines("一二三四·五六", 8, 0), ["一二三", "四·五六"]);
}

#[test]
fn what_belongs_together_is_cut_only_where_it_fits_no_line() {
    assert_eq!(lines("增至三百12月份", 10, 0), ["增至三百", "12月份"]);
    assert_eq!(lines("投资60亿元建", 8, 0), ["投资", "60亿元建"]);
    assert_eq!(
        lines("截至2023年1月12日止", 10, 0),
        ["截至2023年", "1月12日止"]
    );
    assert_eq!(
        lines("见https://a.cn/bc/de页", 12, 0),
        ["见https://a.", "cn/bc/de页"]
    );
    assert_eq!(
        lines("园 state-of-the-art", 9, 0),
        ["园 state-", "of-the-", "art"]
    );
}

#[test]
fn a_stop_may_hang_in_the_margin() {
    let hanging = Typesetting {
        hang: true,
        ..typesetting(8)
    };
    assert_eq!(set("一二三四，五六。", &hanging), ["一二三四，", "五六。"]);
    assert_eq!(set("一二三四。”五", &hanging), ["一二三", "四。”五"]);
    assert_eq!(
        set("一二三四五，”六", &typesetting(8)),
        ["一二三四", "五，”六"]
    );
}

#[test]
fn the_indent_gives_way_to_a_word_that_would_not_fit_behind_it() {
    let indented = Typesetting {
        indent: 4,
        ..typesetting(12)
    };
    assert_eq!(set("一二三四五", &indented), ["    一二三四", "五"]);
    assert_eq!(set("abcdefghij一", &indented), ["abcdefghij一"]);
}

#[test]
fn spacing_is_uniform_and_none_at_the_edges_of_lines() {
    let of = |spacing, columns| {
        let typesetting = Typesetting {
            spacing,
            ..typesetting(columns)
        };
        set("建AI 园", &typesetting)
    };
    assert_eq!(of(Spacing::AsPrinted, 20), ["建AI 园"]);
    assert_eq!(of(Spacing::Thin, 20), ["建 AI 园"]);
    assert_eq!(of(Spacing::None, 20), ["建AI园"]);
    assert_eq!(of(Spacing::Thin, 7), ["建 AI", "园"]);
    assert_eq!(of(Spacing::Thin, 4), ["建", "AI", "园"]);
    assert_eq!(of(Spacing::None, 6), ["建AI园"]);
}

/// What stands in texts and is not to be cut, none longer than 16 columns.
const WHOLE: [&str; 12] = [
    "12月",
    "2023年1月12日",
    "3.5亿元",
    "12.5%",
    "1,200亩",
    "GWh",
    "international",
    "a.cn@b.org",
    "http://a.cn/b",
    "300余家",
    "25 kV",
    "第3批",
];
const BEGINS: &str = "“‘（《【「";
const ENDS: &str = "，。、；：？！”’）》】」％·—…";

/// Texts of hanzi, what belongs together, and marks around each.
fn mixed() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => "[园区新能源项目签约]{1,4}",
        2 => proptest::sample::select(&WHOLE[..]).prop_map(str::to_owned),
    ];
    let part = (
        prop_oneof![6 => Just(String::new()), 1 => "[“‘（《【「]"],
        word,
        prop_oneof![3 => Just(String::new()), 2 => "[，。、；：？！”’）》】」]", 1 => Just("——".to_owned()), 1 => Just("……".to_owned())],
    );
    proptest::collection::vec(part, 1..40).prop_map(|parts| {
        let mut all = vec![];
        for (before, word, after) in parts {
            all.extend([before, word, after]);
            // Else two of them would be another one.
            all.push("甲".to_owned());
        }
        all
    })
}

proptest! {
    #[test]
    fn no_rule_is_broken_where_the_width_lets_it_hold(parts in mixed(), columns in 10_usize..200, indent in 0_usize..5, hang: bool,
        spacing in proptest::sample::select(&[Spacing::AsPrinted, Spacing::None, Spacing::Thin][..]), wide: bool) {
        let ambiguous = if wide { crate::text::Ambiguous::Wide } else { crate::text::Ambiguous::Narrow };
        let policy = WidthPolicy::new(ambiguous);
        let text = parts.concat();
        let paragraph = typeset(&text, &Typesetting { columns, indent, hang, balanced: false, spacing, policy });
        let begun: Vec<usize> = paragraph.lines.iter().map(|line| line.start).collect();
        // A word with a mark at each side, and the hanzi that those hang on.
        let unit = |word: &str| policy.width(word) + 12;
        for line in &paragraph.lines {
            let line = &text[line.clone()];
            if columns >= 30 {
                prop_assert!(!line.starts_with(|c| ENDS.contains(c)), "begins with a mark: {} at {}", line, columns);
                prop_assert!(!line.ends_with(|c| BEGINS.contains(c)), "ends with a mark: {} at {}", line, columns);
            }
        }
        let mut at = 0;
        for part in &parts {
            let is_whole = WHOLE.contains(&part.as_str()) && unit(part) <= columns;
            let cut = begun.iter().any(|begun| at < *begun && *begun < at + part.len());
            prop_assert!(!(is_whole && cut), "{} is cut at {}", part, columns);
            at += part.len();
        }
        for (n, line) in set(&text, &Typesetting { columns, indent, hang, balanced: false, spacing, policy }).iter().enumerate() {
            let margin = line.chars().next_back().filter(|c| hang && "，。、；：？！".contains(*c)).map_or(0, |_| 2);
            prop_assert!(policy.width(line) <= columns + margin, "{:?} is too wide for {} in line {}", line, columns, n);
        }
    }
}

/// The lines of a headline, balanced.
fn headline(text: &str, columns: usize) -> Vec<&str> {
    let typesetting = Typesetting {
        balanced: true,
        ..Typesetting::plain(columns, WidthPolicy::default())
    };
    let lines = typeset(text, &typesetting).lines.into_iter();
    lines.map(|line| &text[line]).collect()
}

#[test]
fn a_headline_of_a_few_lines_leaves_no_character_over() {
    assert_eq!(headline("一二三四五", 10), ["一二三四五"]);
    assert_eq!(headline("一二三四五六", 10), ["一二三", "四五六"]);
    assert_eq!(
        headline("一二三四五六七八九十百", 10),
        ["一二三四", "五六七八", "九十百"]
    );
    assert_eq!(
        headline("一二三四五，六", 12),
        ["一二三四", "五，六"],
        "a mark does not begin a line"
    );
}

#[test]
fn a_headline_is_broken_between_its_clauses_where_that_takes_no_more_lines() {
    let text = "东湖区 12 个光电项目集中开工 总投资 35.5 亿元";
    let parted = ["东湖区 12 个光电项目集中开工", "总投资 35.5 亿元"];
    assert_eq!(headline(text, 30), parted);
    assert_eq!(headline(text, 44), parted);
    assert_eq!(headline(text, 60), [text]);
    assert_eq!(
        headline(text, 24),
        ["东湖区 12 个光电项目集", "中开工 总投资 35.5 亿元"],
        "three lines otherwise"
    );
    assert_eq!(
        headline("甲乙丙丁 戊己 庚辛", 12),
        ["甲乙丙丁", "戊己 庚辛"],
        "the place that leaves the shortest lines"
    );
}

#[test]
fn what_belongs_together_is_not_cut_for_the_sake_of_balance() {
    assert_eq!(
        headline("园区总投资约280亿元的项目", 16),
        ["园区总投资约", "280亿元的项目"]
    );
    assert_eq!(
        headline("园区Infrastructure", 16),
        ["园区", "Infrastructure"]
    );
}

proptest! {
    #[test]
    fn balanced_lines_are_as_few_and_hold_the_same(text in "[一二三a1，。 （）]{0,60}", columns in 4_usize..40) {
        let plain: Vec<_> = lines(&text, columns, 0);
        let balanced = headline(&text, columns);
        prop_assert!(balanced.len() <= plain.len());
        let solid = |lines: &[&str]| lines.concat().replace(' ', "");
        prop_assert_eq!(solid(&plain), solid(&balanced));
        let policy = WidthPolicy::default();
        let widest = |lines: &[&str]| lines.iter().map(|line| policy.width(line)).max();
        prop_assert!(widest(&balanced) <= widest(&plain).max(Some(columns)));
    }
}
