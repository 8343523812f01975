//! Takes the marks of Markdown and HTML off lines, as converters of documents leave them.
//! Must not touch a mark of the weekly itself: bullets and numbers stay, and a text without such marks stays as it is.

mod inline;

use crate::issue::Page;
use inline::{character, emphasis, link, near, picture, span_end, tag};
use std::borrow::Cow;

/// A line without the marks of a converter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plain<'a> {
    /// Line of the input, from 1.
    pub(super) number: u32,
    /// Trimmed. Empty where the line is blank, or was nothing but marks.
    pub(super) text: Cow<'a, str>,
    /// Columns of white space before the text.
    pub(super) indent: u32,
    /// Level of a Markdown heading, 0 for any other line.
    pub(super) level: u8,
    /// Whether a page begins with the line.
    pub(super) page: bool,
    /// Whether the line had marks and no text.
    pub(super) bare: bool,
}

/// The lines of `pages` without marks.
pub(super) fn plain(pages: &[Page]) -> Vec<Plain<'_>> {
    let mut reader = Reader {
        converted: is_converted(pages),
        open: None,
        spans: pages
            .iter()
            .flat_map(|page| &page.lines)
            .any(|line| has(&line.text, b"]") && line.text.contains("]{")),
        straight: is_straight(pages),
        quoted: false,
    };
    let mut lines = Vec::new();
    for (nth, page) in pages.iter().enumerate() {
        for (at, line) in page.lines.iter().enumerate() {
            let (text, level) = reader.take(&line.text);
            lines.push(Plain {
                number: line.number,
                indent: indent(&line.text),
                bare: text.is_empty() && !line.text.trim().is_empty(),
                text,
                level,
                page: nth > 0 && at == 0,
            });
        }
    }
    lines
}

/// Columns of white space that `line` begins with; a tab counts as four, an ideographic space as two.
fn indent(line: &str) -> u32 {
    line.chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| match c {
            '\t' => 4,
            '\u{3000}' => 2,
            _ => 1,
        })
        .sum()
}

/// Whether a converter wrote the document: a heading, link, picture or tag is in it. Asterisks alone may have come along by
/// accident (`- **三、政策法规 24**` stands in a text that has no other mark).
fn is_converted(pages: &[Page]) -> bool {
    let lines = || pages.iter().flat_map(|page| &page.lines);
    lines().any(|line| {
        let text = line.text.trim_start();
        heading(text).1 > 0
            || (has(text, b"[") && (text.contains("](") || text.contains("]{")))
            || text.starts_with("![")
            || (text.starts_with('<') && tag(text).is_some())
    })
}

/// Whether `text` has one of these bytes of ASCII; quicker than a search for text, and nearly no line has any.
fn has(text: &str, marks: &[u8]) -> bool {
    text.bytes()
        .any(|byte| byte < 0x80 && marks.contains(&byte))
}

/// Whether all quotes of a Chinese text are straight, in a document that a converter wrote.
fn is_straight(pages: &[Page]) -> bool {
    let lines = || pages.iter().flat_map(|page| &page.lines);
    is_converted(pages)
        && lines().any(|line| line.text.contains('"'))
        && !lines().any(|line| line.text.contains(['“', '”']))
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is another habit of converters"
)]
struct Reader {
    converted: bool,
    /// Inside something that runs over lines: what ends it.
    open: Option<char>,
    /// Whether words in brackets have attributes behind them: `[开工]{.h}`.
    spans: bool,
    /// Whether the converter made Chinese quotes straight, as those do that keep to ASCII.
    straight: bool,
    /// Inside straight quotes, which may run over lines but not over a blank one.
    quoted: bool,
}

impl Reader {
    fn take<'a>(&mut self, line: &'a str) -> (Cow<'a, str>, u8) {
        if let Some(end) = self.open {
            if line.contains(end) {
                self.open = None;
            }
            return (Cow::Borrowed(""), 0);
        }
        // A picture as HTML whose tag runs over lines.
        if line.trim_start().starts_with("<img") && !line.contains('>') {
            self.open = Some('>');
            return (Cow::Borrowed(""), 0);
        }
        let (text, level) = heading(line.trim());
        let text = text.trim_start_matches(['>', '＞']).trim();
        let (text, other) = if text.len() < line.trim().len() {
            heading(text)
        } else {
            (text, 0)
        };
        let level = level.max(other);
        let text = if self.converted {
            without_attributes(text)
        } else {
            text
        };
        if is_rule(text) || text.starts_with(":::") || is_picture(text) || is_reference(text) {
            return (Cow::Borrowed(""), 0);
        }
        let mut text = Cow::Borrowed(enclosed(text));
        if text.starts_with('|') && text.ends_with('|') && text.len() > 1 {
            text = Cow::Owned(cells(&text));
        }
        if has(&text, b"*_") && (text.contains("**") || text.contains("__")) {
            text = Cow::Owned(unemphasised(&text));
        }
        if self.converted && has(&text, b"[]<\\&-*") {
            text = Cow::Owned(self.inline(&text));
        }
        self.quoted &= !text.is_empty();
        if self.straight && text.contains('"') {
            text = Cow::Owned(self.curl(&text));
        }
        if let Cow::Owned(owned) = &text {
            text = Cow::Owned(owned.trim().to_owned());
        }
        // A converter may have escaped the hashes that another one wrote.
        if level == 0
            && let Cow::Owned(owned) = &text
            && let (heading, level @ 1..) = heading(owned)
        {
            return (Cow::Owned(heading.to_owned()), level);
        }
        (text, level)
    }

    /// `text` with Chinese quotes for straight ones.
    fn curl(&mut self, text: &str) -> String {
        let curl = |c: char| {
            if c != '"' {
                return c;
            }
            self.quoted = !self.quoted;
            if self.quoted { '“' } else { '”' }
        };
        text.chars().map(curl).collect()
    }

    /// `text` without links, pictures, tags, entities and escapes.
    fn inline(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['[', ']', '!', '<', '\\', '&', '-', '*']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let used = if let Some((length, open)) = picture(rest) {
                self.open = open.then_some('}');
                length
            } else if let Some((words, length)) = link(rest) {
                // Escapes among the words.
                words.split('\\').for_each(|words| out.push_str(words));
                length
            } else if let Some(length) = tag(rest) {
                length
            } else if self.spans && rest.starts_with('[') && !near(rest).contains(']') {
                // The words go on in the next line.
                1
            } else if let Some(length) = span_end(rest).filter(|_| self.spans) {
                length
            } else if let Some((words, length)) = emphasis(rest) {
                out.push_str(words);
                length
            } else if let Some((character, length)) = character(rest) {
                out.push_str(character);
                length
            } else {
                let length = rest.chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..length]);
                length
            };
            rest = &rest[used..];
        }
        out.push_str(rest);
        out
    }
}

/// What is emphasised, where `text` is that as a whole: `*开工*`.
fn enclosed(text: &str) -> &str {
    ['*', '_']
        .into_iter()
        .find_map(|mark| {
            let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
            let other = inner.contains(mark) || inner.starts_with(char::is_whitespace);
            (!other && !inner.is_empty()).then_some(inner)
        })
        .unwrap_or(text)
}

/// `text` without `**` and `__`. A longer run is a leader, and stays.
fn unemphasised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '_']) {
        out.push_str(&rest[..at]);
        let mark = rest.as_bytes()[at];
        let run = rest
            .bytes()
            .skip(at)
            .take_while(|byte| *byte == mark)
            .count();
        if !(2..=3).contains(&run) {
            out.push_str(&rest[at..at + run]);
        }
        rest = &rest[at + run..];
    }
    out.push_str(rest);
    out
}

/// `text` without the hashes of a heading, and their number.
fn heading(text: &str) -> (&str, u8) {
    let bare = text.trim_start_matches('#');
    let hashes = text.len() - bare.len();
    if !(1..=6).contains(&hashes) || !(bare.starts_with(char::is_whitespace) || hashes > 1) {
        return (text, 0);
    }
    let bare = bare.trim();
    (
        bare.trim_end_matches('#').trim_end(),
        u8::try_from(hashes).unwrap_or(0),
    )
}

/// What a converter leaves of a picture.
fn is_picture(text: &str) -> bool {
    const NAMES: [&str; 6] = ["image", "picture", "图片", "图像", "插图", "图"];
    if text == "\u{fffc}" || text == "[]" {
        return true;
    }
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let inner = inner.or_else(|| text.strip_prefix('<')?.strip_suffix('>'));
    let name = inner.and_then(|inner| inner.split([':', '：', ' ']).next());
    name.is_some_and(|name| NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// Where a link by number leads: `[image1]: <data:…>`, `[1]: https://…`.
fn is_reference(text: &str) -> bool {
    let target = text
        .strip_prefix('[')
        .and_then(|text| text.split_once("]:"));
    target.is_some_and(|(name, target)| {
        let target = target.trim_start().trim_start_matches('<');
        let known = ["http", "data:", "#", "./", "media/", "images/"];
        name.len() <= 40 && known.iter().any(|start| target.starts_with(start))
    })
}

/// `text` without the attributes that some converters write behind a heading: `{#id .class}`.
fn without_attributes(text: &str) -> &str {
    let open = text.strip_suffix('}').and_then(|text| text.rfind('{'));
    match open {
        Some(at) if text[at..].starts_with("{#") || text[at..].starts_with("{.") => {
            text[..at].trim_end()
        }
        _ => text,
    }
}

/// A rule, or the line below a heading or the head of a table.
fn is_rule(text: &str) -> bool {
    let mark = |c: char| "-=_*~|:+─━═┈┄—－＝ ".contains(c);
    text.len() >= 3 && text.chars().all(mark) && text.chars().any(|c| !" :|".contains(c))
}

/// The cells of a row of a table, as text with tabs.
fn cells(row: &str) -> String {
    let cells = row
        .split('|')
        .map(str::trim)
        .filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::page;
    use super::*;

    fn texts(text: &str) -> Vec<(String, u8)> {
        plain(&[page(text)])
            .into_iter()
            .map(|line| (line.text.into_owned(), line.level))
            .collect()
    }

    #[test]
    fn a_plain_text_stays() {
        let text = "● 开工\n■ [一期]（二期）\n- 青岛 22\n1. 甲\n* 乙\na\\-b\n3 < 5\n&nbsp;";
        let expected: Vec<_> = text.lines().map(|line| (line.to_owned(), 0)).collect();
        assert_eq!(texts(text), expected);
    }

    #[test]
    fn what_other_converters_write_goes() {
        let text = "# 一、甲 {#a .unnumbered}\n[]{#_Toc1 .anchor}二、乙\n[开工]{.underline}和*签约*\n<img src=\"a\"\nwidth=\"1\">\n\
                    ![][1]\n[image1]: <data:image/png>\n\u{fffc}\n[Image: 现场]\n>> 三、丙\n>\n港口_____3\n宁德*****12\n[第一\n行]{.h}[\\...\\...]{.d}1";
        let seen: Vec<String> = texts(text)
            .into_iter()
            .map(|(text, _)| text)
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(
            seen,
            [
                "一、甲",
                "二、乙",
                "开工和签约",
                "三、丙",
                "港口_____3",
                "宁德*****12",
                "第一",
                "行......1"
            ]
        );
    }

    #[test]
    fn headings_emphasis_and_rules_go() {
        assert_eq!(
            texts(
                "## 一、甲 ##\n- **三、政策 24**\n---\n| 一、甲 | 1 |\n|---|---|\n> 注：乙\n##目录"
            ),
            [
                ("一、甲", 2),
                ("- 三、政策 24", 0),
                ("", 0),
                ("一、甲\t1", 0),
                ("", 0),
                ("注：乙", 0),
                ("目录", 2)
            ]
            .map(|(text, level)| (text.to_owned(), level))
        );
    }

    #[test]
    fn links_pictures_tags_and_escapes_go() {
        let text = "- [园区揭牌 3](#_Toc1)\n![](media/1.jpg){width=\"3in\"\nheight=\"2in\"}\n<div class=\"t\">\n\
                    <span>开工</span><br/>1\n\\- 无锡---上海 \\*\n网址 <b>x</b> &amp; y\\\n[注](见下) [[1]](#a)";
        let seen: Vec<String> = texts(text).into_iter().map(|(text, _)| text).collect();
        assert_eq!(
            seen,
            [
                "- 园区揭牌 3",
                "",
                "",
                "",
                "开工1",
                "- 无锡—上海 *",
                "网址 x & y",
                "[注](见下) [1]"
            ]
        );
    }

    #[test]
    fn straight_quotes_of_a_converter_are_chinese_again() {
        let seen = |text: &str| -> Vec<String> {
            let lines = texts(text).into_iter();
            lines
                .map(|(text, _)| text)
                .filter(|text| !text.is_empty())
                .collect()
        };
        assert_eq!(
            seen("# 甲\n\"双碳\n行动\"和\"三\n\n\"乙\""),
            ["甲", "“双碳", "行动”和“三", "“乙”"]
        );
        assert_eq!(seen("# 甲\n“乙”\"丙\""), ["甲", "“乙”\"丙\""]);
        assert_eq!(seen("\"丙\""), ["\"丙\""]);
    }

    #[test]
    fn a_wall_of_brackets_is_read_once() {
        for wall in ["[", "<", "![", "\\", "-"] {
            let text = format!("# x\n{}", wall.repeat(100_000));
            assert_eq!(texts(&text).len(), 2);
        }
    }
}
