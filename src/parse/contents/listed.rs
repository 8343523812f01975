//! One line of the contents: what it lists, its leader, its page.
//! Must not know the lines round it.

use super::super::lines::tidy;
use super::super::numeral;

/// What a line lists, and its page: the last integer, of up to three digits (four are a year), where a leader or white space
/// stands before it. It may be in brackets behind a leader, and called a page.
pub(in crate::parse) fn listed(text: &str) -> (String, Option<u32>) {
    let text = text.trim_end();
    let bare = text.strip_suffix('页').map_or(text, str::trim_end);
    let bracketed = bare.strip_suffix([')', '）', ']', '】', '〕']);
    let digits = bracketed.unwrap_or(bare);
    let head = digits.trim_end_matches(|c| numeral::digit(c).is_some());
    let count = digits[head.len()..].chars().count();
    let page = numeral::trailing(digits).filter(|_| (1..=3).contains(&count));
    let called = bare.len() < text.len() && head.ends_with('第');
    let head = head.trim_end_matches(['第', 'P', 'p']);
    let head = match bracketed {
        Some(_) => head.trim_end_matches(['(', '（', '[', '【', '〔']),
        None => head,
    };
    let title = unled(head);
    let leader = &head[title.len()..];
    let dots = dots(leader);
    // A single mark at the end of a headline may be its own: “（2023-25）”, “2023.1”.
    let parted = dots > 1 || leader.contains(['…', '⋯', '\t']);
    let spaced = leader.contains(char::is_whitespace)
        && bracketed.is_none()
        && (bare.len() == text.len() || called);
    match page {
        Some(page) if parted || spaced => (tidy(title), Some(page)),
        _ => {
            let title = unled(text);
            let led = dots_of(text) > 1;
            (tidy(if led { title } else { text }), None)
        }
    }
}

/// `text` without the leader and white space at its end.
pub(super) fn unled(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || is_leader(c))
}

fn dots(leader: &str) -> usize {
    leader.chars().filter(|c| is_leader(*c)).count()
}

fn dots_of(text: &str) -> usize {
    dots(&text[unled(text).len()..])
}

/// Whether a leader stands before the page that `text` ends with.
pub(super) fn is_led(text: &str) -> bool {
    let head = text.trim_end_matches(|c: char| {
        numeral::digit(c).is_some() || c.is_whitespace() || "()（）页第".contains(c)
    });
    dots_of(head) > 1 || text[head.len()..].contains('\t')
}

pub(super) const fn is_leader(c: char) -> bool {
    matches!(
        c,
        '*' | '＊'
            | '='
            | '＝'
            | '|'
            | '｜'
            | '/'
            | '／'
            | '.'
            | '．'
            | '…'
            | '⋯'
            | '‥'
            | '·'
            | '・'
            | '•'
            | '∙'
            | '_'
            | '＿'
            | '―'
            | '—'
            | '–'
            | '-'
            | '－'
            | '─'
            | '┈'
            | '┄'
            | '~'
            | '～'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_gives_headline_and_page() {
        for (text, headline, page) in [
            ("确定 32 个项目\t20", "确定 32 个项目", Some(20)),
            ("总投资 332 亿.....\t9", "总投资 332 亿", Some(9)),
            ("园区竣工 22", "园区竣工", Some(22)),
            ("科技城..... 12", "科技城", Some(12)),
            ("科技城………12", "科技城", Some(12)),
            (
                "规划（2022 - 2025）》印发 ２６",
                "规划（2022 - 2025）》印发",
                Some(26),
            ),
            ("科技城.....", "科技城", None),
            ("科技城 —— 12", "科技城", Some(12)),
            ("科技城......（12）", "科技城", Some(12)),
            ("科技城……第12页", "科技城", Some(12)),
            ("科技城 / 第12页", "科技城", Some(12)),
            ("科技城（二期）", "科技城（二期）", None),
            ("科技城 (12)", "科技城 (12)", None),
            ("规划 2023-25", "规划 2023-25", None),
            ("科技城2025", "科技城2025", None),
            ("科技大会 2025", "科技大会 2025", None),
            ("", "", None),
            ("7", "7", None),
        ] {
            assert_eq!(listed(text), (headline.to_owned(), page), "{text}");
        }
    }
}
