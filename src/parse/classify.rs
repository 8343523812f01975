//! What a single line looks like: heading, bullet, paragraph mark, note, page number, or text.
//! Form only; whether a bullet begins an item is decided where its neighbours are known.

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

/// Bullets of headlines. The last two are what the bullets of symbol fonts become where the font is lost.
const BULLETS: &str = "●○◆◇•◉◎⚫⬤★☆▲△▶►\u{f06c}\u{f0b7}";
/// Marks of paragraphs, with the square of two symbol fonts.
const MARKS: &str = "■□▪▫◼◻◾◽█\u{f06e}\u{f0a7}";
/// Hyphens and asterisks are bullets where white space follows: `（2022 - 2025）` and `-5℃` are none.
const HYPHENS: &str = "-–—*·";

/// Whether `bullet` is at home in running text too, so that it says nothing alone.
pub(super) fn is_weak(bullet: char) -> bool {
    HYPHENS.contains(bullet)
}

/// The look of `text`, which is trimmed.
pub(super) fn shape(text: &str) -> Shape<'_> {
    let Some(first) = text.chars().next() else {
        return Shape::Text;
    };
    let rest = &text[first.len_utf8()..];
    if BULLETS.contains(first) {
        return Shape::Bullet(first, undecorated(rest));
    }
    if MARKS.contains(first) {
        return Shape::Marked(rest.trim());
    }
    if let Some((numeral, title)) = heading(text) {
        return Shape::Heading(numeral, title);
    }
    if HYPHENS.contains(first) && rest.starts_with(char::is_whitespace) {
        // A converted document has `- **三、政策法规 24**`, and the opening asterisks may be lost.
        let rest = undecorated(rest);
        return match heading(rest) {
            Some((numeral, title)) => Shape::Heading(numeral, title),
            None => Shape::Bullet(first, rest),
        };
    }
    note(text).map_or(Shape::Text, Shape::Note)
}

/// Numeral in hanzi and title of a section heading.
fn heading(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    if numeral::digit(first).is_some() {
        return None;
    }
    let (numeral, rest) = numeral::leading(text)?;
    let title = rest
        .trim_start()
        .strip_prefix(['、', '．', '.', '，'])?
        .trim();
    (numeral > 0 && !title.is_empty()).then_some((numeral, title))
}

/// Whether a heading's `title` reads like one: short, and no sentence. Sub-points of a paragraph have numerals too.
pub(super) fn is_title(title: &str) -> bool {
    title.chars().nth(24).is_none() && !title.contains(['。', '；', '！', '？', ';', '：', ':'])
}

/// What closing notes begin with.
const NOTES: &str = "注 备注 附注 编者注 声明 特别声明 重要声明 郑重声明 免责声明 版权声明 说明 特别说明 版权说明 \
    提示 特别提示 重要提示 温馨提示";

fn note(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('【') {
        let (label, rest) = rest.split_once('】')?;
        let rest = rest.trim_start().trim_start_matches(['：', ':']);
        return is_note_label(label).then_some(rest.trim());
    }
    let (label, rest) = text.split_once(['：', ':'])?;
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

/// `text` without white space and what a converted document wraps a line in: `**…**`, `# …`. Either end may have lost its
/// asterisks. A single asterisk stays.
pub(super) fn undecorated(text: &str) -> &str {
    let mut text = text.trim();
    let headed = text.trim_start_matches('#');
    if headed.len() < text.len() && headed.starts_with(char::is_whitespace) {
        text = headed.trim_start();
    }
    if text.starts_with("**") {
        text = text.trim_start_matches('*').trim_start();
    }
    if text.ends_with("**") {
        text = text.trim_end_matches('*').trim_end();
    }
    text
}

/// Whether `text` is a page number and nothing else: `3`, `- 3 -`, `第 3 页`, `3 / 28`, `第 3 页，共 28 页`. A number has at most
/// four digits, and of two one is said to be the sum: years and dates on a line of their own (`2022—2025`) are text.
pub(super) fn is_page_number(text: &str) -> bool {
    let is_digit = |c: char| numeral::digit(c).is_some();
    let plain = |c: char| is_digit(c) || c.is_whitespace() || "-–—·/第页共，,".contains(c);
    if text.chars().nth(40).is_some() || !text.chars().all(plain) {
        return false;
    }
    let numbers: Vec<&str> = text
        .split(|c| !is_digit(c))
        .filter(|number| !number.is_empty())
        .collect();
    let digits = |number: &str| number.chars().count();
    match numbers[..] {
        [page] => digits(page) <= 4,
        [page, pages] => {
            let years = digits(page) == 4 && digits(pages) == 4;
            digits(page) <= 4 && digits(pages) <= 4 && !years && text.contains(['/', '共'])
        }
        _ => false,
    }
}

/// Whether `text` is the title of the contents.
pub(super) fn is_contents_title(text: &str) -> bool {
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
        assert_eq!(shape("-5℃"), Shape::Text);
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
        assert_eq!(shape("- **三、政策 24"), Shape::Heading(3, "政策 24"));
        assert_eq!(
            shape(undecorated("- 三、政策 24**")),
            Shape::Heading(3, "政策 24")
        );
        assert_eq!(
            shape(undecorated("## 十二、政策")),
            Shape::Heading(12, "政策")
        );
        assert_eq!(shape("一期项目、二期项目"), Shape::Text);
        assert_eq!(shape("1、项目"), Shape::Text);
        assert!(is_title("招商引资") && !is_title("加强领导。") && !is_title(&"长".repeat(25)));
    }

    #[test]
    fn page_numbers_and_sentence_ends() {
        for text in [
            "3",
            "- 12 -",
            "·３·",
            "第3页",
            "3 / 28",
            "第 3 页 共 28 页",
            "第3页，共28页",
            "共 28 页 第 3 页",
            "3共28",
        ] {
            assert!(is_page_number(text), "{text}");
        }
        for text in [
            "—",
            "3 个",
            "2022—2025",
            "2022/2025",
            "2023-01-03",
            "2023/1/3",
            "3-5",
            "3 5",
            "1,234",
            "12345",
            "第，页",
        ] {
            assert!(!is_page_number(text), "{text}");
        }
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
