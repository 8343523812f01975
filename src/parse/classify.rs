//! What a single line looks like: heading, bullet, paragraph mark, note, page number, or text.
//! Form only; whether a bullet begins an item is decided where its neighbours are known.

use super::lines::is_hanzi;
use super::numeral;

/// The look of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// `一、招商引资`: numeral and title.
    Heading(u32, &'a str),
    /// A bullet and what follows it, perhaps nothing.
    Bullet(char, &'a str),
    /// ■ and what follows it, perhaps nothing.
    Marked(&'a str),
    /// `注：`, `声明：`, `【说明】` and what follows it.
    Note(&'a str),
    /// Anything else.
    Text,
}

/// Stands for the bullet of `1.`, `（1）` and `①`, whatever the number.
const NUMBERED: char = '1';

/// Whether `bullet` is at home in running text too, so that it says nothing alone.
pub(super) fn is_weak(bullet: char) -> bool {
    bullet == NUMBERED || is_hyphen(bullet)
}

/// Whether `c` is a bullet of headlines that leaves no doubt. The last two are what the bullets of symbol fonts become where
/// the font is lost.
pub(super) const fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '●' | '○'
            | '◆'
            | '◇'
            | '•'
            | '◉'
            | '◎'
            | '⚫'
            | '⚪'
            | '⬤'
            | '★'
            | '☆'
            | '▲'
            | '△'
            | '▶'
            | '►'
            | '▸'
            | '‣'
            | '▷'
            | '➔'
            | '→'
            | '✓'
            | '✔'
            | '➢'
            | '➤'
            | '❖'
            | '✦'
            | '✧'
            | '◈'
            | '⬥'
            | '⬧'
            | '∙'
            | '🔴'
            | '🔵'
            | '🔹'
            | '🔸'
            | '🔷'
            | '🔶'
            | '📌'
            | '\u{f06c}'
            | '\u{f0b7}'
    )
}

/// Whether `c` is a mark of paragraphs: a square, also of two symbol fonts.
pub(super) const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '■' | '□'
            | '▣'
            | '⬛'
            | '▪'
            | '▫'
            | '◼'
            | '◻'
            | '◾'
            | '◽'
            | '█'
            | '\u{f06e}'
            | '\u{f0a7}'
    )
}

/// Whether `c` is a hyphen or the like: a bullet where white space or an ideograph follows; `（2022 - 2025）` and `-5℃` have none.
const fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '–' | '—' | '－' | '−' | '*' | '＊' | '+' | '·' | '・'
    )
}

/// Whether `text` begins with a hyphen or the like that is a bullet.
pub(super) fn is_hyphened(text: &str) -> bool {
    hyphened(text).is_some()
}

/// The look of `text`, which is trimmed.
pub(super) fn shape(text: &str) -> Shape<'_> {
    if let Some(shape) = sure(text) {
        return shape;
    }
    // A converted document lists everything: `- **三、政策法规 24**`, `1. ● 开工`.
    if let Some((bullet, rest)) = hyphened(text).or_else(|| Some((NUMBERED, numbered(text)?))) {
        return sure(rest).unwrap_or(Shape::Bullet(bullet, rest));
    }
    note(text).map_or(Shape::Text, Shape::Note)
}

/// `text` in pieces that each begin with a bullet that leaves no doubt, the first one aside. Such a bullet stands behind a page
/// and white space; the motto of a cover has one too.
pub(super) fn bulleted(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let (mut page, mut space) = (false, false);
    for (at, c) in text.char_indices() {
        if page && space && is_bullet(c) {
            pieces.push(text[start..at].trim());
            start = at;
        }
        space = c.is_whitespace();
        page = numeral::digit(c).is_some() || (page && space);
    }
    pieces.push(text[start..].trim());
    pieces
}

/// The look of a `text` with a mark that leaves no doubt.
fn sure(text: &str) -> Option<Shape<'_>> {
    let first = text.chars().next()?;
    let rest = text[first.len_utf8()..].trim_start();
    if is_bullet(first) {
        return Some(Shape::Bullet(first, rest));
    }
    if is_mark(first) {
        return Some(Shape::Marked(rest));
    }
    let (numeral, title) = heading(text)?;
    Some(Shape::Heading(numeral, title))
}

/// A bullet that running text has too, and what follows it.
fn hyphened(text: &str) -> Option<(char, &str)> {
    let hyphen = text.chars().next().filter(|c| is_hyphen(*c))?;
    let rest = &text[hyphen.len_utf8()..];
    let next = rest.chars().next();
    // Wrapped at spaces, a text may leave the bullet alone on its line.
    let parted = next.is_none_or(char::is_whitespace);
    let digit = matches!(hyphen, '·' | '・') && next.is_some_and(|c| numeral::digit(c).is_some());
    let latin = matches!(hyphen, '·' | '・') && next.is_some_and(|c| c.is_ascii_alphabetic());
    let opens = |c: char| is_hanzi(c) || "《“「【〔".contains(c);
    let beside = digit || latin || (hyphen != '—' && next.is_some_and(opens));
    (parted || beside).then(|| (hyphen, rest.trim_start()))
}

/// What follows a number at the start of `text`: `1.`, `1、`, `（1）`, `1)`, `①`. Not that of `2.5`.
fn numbered(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if matches!(first, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '⑴'..='⒛' | '❶'..='❿')
    {
        return Some(rest.trim());
    }
    let is_digit = |c: char| numeral::digit(c).is_some();
    let bracketed = matches!(first, '（' | '(');
    let digits = if bracketed { rest } else { text };
    let rest = digits.trim_start_matches(is_digit);
    let length = digits[..digits.len() - rest.len()].chars().count();
    if !(1..=3).contains(&length) {
        return None;
    }
    let rest = rest.trim_start();
    let rest = if bracketed {
        rest.strip_prefix(['）', ')'])?
    } else {
        rest.strip_prefix(['.', '．', '、', ')', '）'])?
    };
    // “4. 2024 年…” is a headline that begins with a year, “2.5” a number.
    let year = ["19", "20", "１９", "２０"]
        .iter()
        .any(|it| rest.trim_start().starts_with(it));
    (bracketed || year || !rest.starts_with(is_digit)).then(|| rest.trim())
}

/// Numeral in hanzi and title of a section heading: `一、招商引资`, `第一部分　招商引资`, `一　招商引资`.
fn heading(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    if numeral::digit(first).is_some() {
        return None;
    }
    let ordinal = text.strip_prefix('第');
    let (numeral, behind) = numeral::leading(ordinal.unwrap_or(text).trim_start())?;
    let rest = behind.trim_start();
    let title = if ordinal.is_some() {
        let unit = ["部分", "板块", "版块", "单元", "章", "编", "篇", "辑"];
        let rest = unit.into_iter().find_map(|unit| rest.strip_prefix(unit))?;
        rest.trim_start_matches(|c: char| c.is_whitespace() || "、：:．.—-·".contains(c))
    } else if let Some(title) =
        rest.strip_prefix(['、', '．', '.', '，', '：', ':', '|', '｜', '·'])
    {
        title
    } else {
        // “一　招商引资”; “三 季度…” of a line stretched to the margin is longer. A leader and a page may follow.
        let words = rest
            .split(['.', '…', '\t', '·', '．'])
            .next()
            .unwrap_or(rest);
        if rest.len() == behind.len() || words.chars().nth(11).is_some() {
            return None;
        }
        rest
    };
    let title = uncounted(title.trim())
        .trim_end_matches(['：', ':'])
        .trim_end();
    // “三、四号厂房” counts on.
    let counts_on = numeral::leading(title).is_some_and(|(next, _)| next == numeral + 1);
    (numeral > 0 && !counts_on && !title.is_empty()).then_some((numeral, title))
}

/// `title` without the number of its items: `招商引资（12条）`.
pub(super) fn uncounted(title: &str) -> &str {
    let count = title
        .strip_suffix(['）', ')'])
        .and_then(|inner| inner.strip_suffix(['条', '则', '篇', '项']))
        .and_then(|inner| inner.rsplit_once(['（', '(']));
    match count {
        Some((bare, count))
            if count
                .chars()
                .all(|c| numeral::is_numeral(c) || c == '共' || c == ' ') =>
        {
            bare.trim_end()
        }
        _ => title,
    }
}

/// Whether a heading's `title` reads like one: short, and no sentence. Sub-points of a paragraph have numerals too; what they
/// announce is longer than `专题：稳外资`.
pub(super) fn is_title(title: &str) -> bool {
    title.chars().nth(24).is_none()
        && !title.contains(['。', '，', '；', '！', '？', ';'])
        && (title.chars().nth(10).is_none() || !title.contains(['：', ':']))
}

/// Characters within which a label ends, its brackets, its mark and white space included; the longest has four.
const LABEL: usize = 16;

/// What closing notes begin with.
const NOTES: &str = "注 备注 附注 编者注 声明 特别声明 重要声明 郑重声明 免责声明 版权声明 说明 特别说明 版权说明 \
    提示 特别提示 重要提示 温馨提示";

fn note(text: &str) -> Option<&str> {
    // Texts are asked for each line that is added to them: only as much of one is looked at as a label has.
    let end = text
        .char_indices()
        .nth(LABEL)
        .map_or(text.len(), |(end, _)| end);
    let label = &text[..end];
    if let Some(label) = label.strip_prefix('【') {
        let (label, _) = label.split_once('】')?;
        let rest = &text['【'.len_utf8() + label.len() + '】'.len_utf8()..];
        let rest = rest.trim_start().trim_start_matches(['：', ':']);
        return is_note_label(label).then_some(rest.trim());
    }
    let (label, _) = label.split_once(['：', ':'])?;
    let rest = text[label.len()..].strip_prefix(['：', ':'])?;
    is_note_label(label).then_some(rest.trim())
}

fn is_note_label(label: &str) -> bool {
    NOTES.split(' ').any(|note| note == label.trim())
}

/// Whether `text` ends a sentence, brackets and quotes behind it not counted.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '"', '）', ')', ' '])
        .ends_with(['。', '；', '！', '？', ';', '!', '?'])
}

/// Whether `text` ends like a sentence and not like a headline, which may ask or exclaim.
pub(super) fn ends_statement(text: &str) -> bool {
    ends_sentence(text)
        && !text
            .trim_end_matches(['”', '’', '"', '）', ')', ' '])
            .ends_with(['！', '？', '!', '?'])
}

/// Whether `text` can only be the rest of what stands before it: no line begins with what closes or parts.
pub(super) fn opens_amid(text: &str) -> bool {
    text.starts_with([
        '，', '。', '、', '；', '：', '！', '？', '）', '》', '】', '〕', '」', '』', '”', '’',
        ',', ';', ')', '％', '%', '〉', '］',
    ])
}

/// Whether `text` cannot end where it ends: behind a comma or an opening bracket, or within a bracket or a title. A bracket
/// that was opened long before was never meant to be closed.
pub(super) fn is_open(text: &str) -> bool {
    if text.ends_with([
        '，', '、', ',', '（', '(', '《', '“', '‘', '「', '『', '【', '〔',
    ]) {
        return true;
    }
    let (mut round, mut title, mut quote) = (0_i32, 0_i32, 0_i32);
    let start = text
        .char_indices()
        .rev()
        .take(OPEN_FOR)
        .last()
        .map_or(0, |(at, _)| at);
    for c in text[start..].chars() {
        match c {
            '（' | '(' => round += 1,
            '）' | ')' => round = (round - 1).max(0),
            '《' => title += 1,
            '》' => title = (title - 1).max(0),
            '“' => quote += 1,
            '”' => quote = (quote - 1).max(0),
            _ => {}
        }
    }
    (round > 0 || title > 0 || quote > 0) && !ends_sentence(text)
}

/// How many characters a bracket is waited for.
const OPEN_FOR: usize = 80;

/// Longest title of contents, in bytes.
const CONTENTS_TITLE: usize = 120;

/// Whether `text` is the title of the contents.
pub(super) fn is_contents_title(text: &str) -> bool {
    if text.len() > CONTENTS_TITLE {
        return false;
    }
    let title: String = text
        .chars()
        .take(40)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let title = title.replace("contents", "");
    matches!(
        title.as_str(),
        "目录" | "目錄" | "目次" | "本期目录" | "本期目次"
    ) || (title.is_empty() && text.to_lowercase().contains("contents"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_start_of_a_line() {
        assert_eq!(shape("● 开工"), Shape::Bullet('●', "开工"));
        assert_eq!(shape("■开工"), Shape::Marked("开工"));
        assert_eq!(shape("要闻 ● 读完"), Shape::Text);
        assert_eq!(shape("- 青岛 22"), Shape::Bullet('-', "青岛 22"));
        assert_eq!(shape("-青岛"), Shape::Bullet('-', "青岛"));
        assert_eq!(shape("-"), Shape::Bullet('-', ""));
        for text in [
            "-5℃",
            "——青岛",
            "2.5 亿元",
            "2023. 1. 6",
            "12345. 项目",
            "1 个",
        ] {
            assert_eq!(shape(text), Shape::Text, "{text}");
        }
        assert_eq!(shape("4. 2024 年甲"), Shape::Bullet('1', "2024 年甲"));
        for text in ["1. 甲", "１、甲", "（12）甲", "3) 甲", "③甲"] {
            assert_eq!(shape(text), Shape::Bullet('1', "甲"), "{text}");
        }
        assert_eq!(shape("1. ● 甲"), Shape::Bullet('●', "甲"));
        assert_eq!(shape("注 ：内容"), Shape::Note("内容"));
        assert_eq!(shape("免责声明：内容"), Shape::Note("内容"));
        assert_eq!(shape("【温馨提示】内容"), Shape::Note("内容"));
        assert_eq!(shape("注意：内容"), Shape::Text);
        assert_eq!(shape("说明内容"), Shape::Text);
        assert_eq!(shape("●"), Shape::Bullet('●', ""));
    }

    #[test]
    fn headings_with_and_without_decoration() {
        assert_eq!(shape("一、招商引资"), Shape::Heading(1, "招商引资"));
        assert_eq!(shape("- 三、政策 24"), Shape::Heading(3, "政策 24"));
        assert_eq!(shape("十二 、 政 策"), Shape::Heading(12, "政 策"));
        assert_eq!(shape("第二部分　政策"), Shape::Heading(2, "政策"));
        assert_eq!(shape("第 二 章：政策"), Shape::Heading(2, "政策"));
        assert_eq!(shape("二　政策"), Shape::Heading(2, "政策"));
        assert_eq!(shape("一期项目、二期项目"), Shape::Text);
        assert_eq!(shape("第一期项目开工"), Shape::Text);
        assert!(is_title("招商引资") && !is_title("加强领导。") && !is_title(&"长".repeat(25)));
    }

    #[test]
    fn a_sentence_ends_before_brackets_and_quotes() {
        assert!(ends_sentence("开工。”") && ends_sentence("开工。（二）") == ends_sentence("开工"));
    }

    #[test]
    fn titles_of_the_contents() {
        for title in ["目录", "目　录", "【目录】", "目 录 CONTENTS", "Contents"] {
            assert!(is_contents_title(title), "{title}");
        }
        assert!(!is_contents_title("目录编制规定"));
    }
}
