//! The cover: name of the publication, number and date of the issue, publisher and site.
//! Must not expect a certain name, and leaves the motto alone.

use super::ParseError;
use super::hints::Hints;
use super::lines::{Row, is_hanzi, tidy};
use super::number_line::{
    self, NUMBER_LINE, is_date, is_number_line, is_part_of_number, number_line, numbered,
    numbered_name,
};
use super::numeral;
use crate::issue::{IssueDate, IssueNumber};
use crate::text::normalise;

/// What the cover says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cover {
    pub(super) publication: String,
    pub(super) number: IssueNumber,
    pub(super) date: IssueDate,
    pub(super) publisher: Option<String>,
    pub(super) site: Option<String>,
    /// Whether publication or number are not the cover's own.
    pub(super) assumed: bool,
}

/// Longest name of a publication, in characters; a first line that is longer is no name.
const NAME: usize = 40;

/// What is known of an issue beside its cover.
pub(super) struct Beside<'r> {
    /// All its rows, headers included.
    pub(super) rows: &'r [Row<'r>],
    /// Its headers and footers.
    pub(super) headers: &'r [Row<'r>],
    pub(super) note: Option<&'r str>,
    pub(super) hints: &'r Hints,
}

/// Reads the cover. What it has lost comes from the headers, the first line with a number, the closing note, the name of the
/// file or, last, what the caller knows.
pub(super) fn read(cover: &[Row<'_>], beside: &Beside<'_>) -> Result<Cover, ParseError> {
    let hints = beside.hints;
    let own = number_line(cover);
    let found = own
        .or_else(|| number_line(beside.rows))
        .or_else(|| number_line(beside.headers))
        .or_else(|| numbered_name(hints.name.as_deref()?))
        .or_else(|| {
            hints
                .known
                .as_ref()
                .map(|known| (known.number, IssueDate::from(known)))
        });
    let mut date = found.map(|(_, date)| date).unwrap_or_default();
    if date.year.is_none() && own.is_some() {
        // The date may stand on a line of its own.
        let others = cover
            .iter()
            .map(|row| number_line::date(&normalise(row.text)));
        date = others
            .rev()
            .find(|date| date.year.is_some())
            .unwrap_or(date);
    }
    let date = hints.date.unwrap_or(date);
    let number = hints
        .number
        .or(found.map(|(number, _)| number))
        .ok_or(ParseError::NoNumber)?;
    let printed = known_name(cover, beside).or_else(|| publication(cover));
    let assumed = printed.is_none() || (own.is_none() && hints.number.is_none());
    let publication = printed
        .or_else(|| publication(beside.headers))
        .or_else(|| quoted(beside.note?))
        .or_else(|| publication_of_name(hints.name.as_deref()?))
        .or_else(|| Some(hints.known.as_ref()?.publication.clone()))
        .or_else(|| hints.publication.clone())
        .ok_or(ParseError::NoPublication)?;
    let (publisher, site) = match imprint(cover, &publication) {
        (None, None) => imprint(beside.headers, &publication),
        found => found,
    };
    Ok(Cover {
        publication,
        number,
        date,
        publisher,
        site,
        assumed,
    })
}

/// For each row before the contents whether nothing was `read` of it: neither name, number, date, publisher or site stands
/// there, nor the motto, of which a cover has one.
pub(super) fn stray(rows: &[Row<'_>], read: &Cover) -> Vec<bool> {
    let publication = normalise(&read.publication);
    let publisher = read.publisher.as_deref().map(normalise);
    let mut motto = false;
    let stray = rows.iter().enumerate().map(|(at, row)| {
        let short = row.text.chars().nth(NUMBER_LINE).is_none();
        let folded = if short {
            normalise(row.text)
        } else {
            String::new()
        };
        let said = short
            && (folded.contains(&publication)
                || publisher.as_ref().is_some_and(|name| folded.contains(name))
                || is_number_line(row.text)
                || numbered(row.text).is_some()
                || is_part_of_number(rows, at)
                || is_date(row.text)
                || site(row.text).is_some_and(|site| Some(site) == read.site.as_deref()));
        let is_motto = !said && !motto && short && row.text.contains(['●', '•', '◆']);
        motto |= is_motto;
        !said && !is_motto
    });
    stray.collect()
}

/// The hanzi that a file name begins with, where it has a number too: `园区周报101期`.
fn publication_of_name(file: &str) -> Option<String> {
    let end =
        file.find(|c: char| !is_hanzi(c) || numeral::is_numeral(c) || c == '第' || c == '总')?;
    let hanzi = &file[..end];
    hanzi.chars().nth(2)?;
    name(hanzi)
}

/// The first name in quotes: “园区周报”的内容….
fn quoted(note: &str) -> Option<String> {
    let start = note.find(['“', '《'])?;
    let inner = &note[start..].trim_start_matches(['“', '《']);
    let (quoted, _) = inner.split_once(['”', '》'])?;
    let length = quoted.chars().take(16).count();
    (2..=15).contains(&length).then(|| name(quoted)).flatten()
}

/// The first line of the cover that is neither a site nor a bare date; of a number line, what stands before the number. The
/// very first line may share the name with the site.
fn publication(cover: &[Row<'_>]) -> Option<String> {
    let beside_site = || {
        let first = cover.first()?.text;
        name(&publisher(first, site(first)?)?)
    };
    cover.iter().enumerate().find_map(|(at, row)| {
        if numbered(row.text).is_some() {
            let end = row
                .text
                .find(|c: char| numeral::digit(c).is_some() || "第总二（(【[〔".contains(c));
            name(&row.text[..end.unwrap_or(row.text.len())])
        } else if site(row.text).is_some() {
            beside_site().filter(|_| at == 0)
        } else {
            name(row.text)
                .filter(|_| !is_date(row.text) && !is_letter_head(row.text) && !is_motto(row.text))
        }
    })
}

/// The row of the cover that names the publication as the closing note, the library or the caller knows it.
fn known_name(cover: &[Row<'_>], beside: &Beside<'_>) -> Option<String> {
    let known = beside
        .hints
        .known
        .as_ref()
        .map(|known| known.publication.clone());
    let names = [
        beside.note.and_then(quoted),
        known,
        beside.hints.publication.clone(),
    ];
    let names: Vec<String> = names.iter().flatten().map(|name| normalise(name)).collect();
    let rows = cover.iter().filter_map(|row| name(row.text));
    rows.into_iter().find(|row| names.contains(&normalise(row)))
}

/// Whether `text` is no name but a motto, a sentence or an address.
fn is_motto(text: &str) -> bool {
    text.contains(['●', '，', '。', '、', '@', '＠', ',', ';', '；', '！', '!'])
        || text.contains("：")
        || text.contains(": ")
}

/// Whether `text` is a line of the head of a letter: `发件人：…`.
fn is_letter_head(text: &str) -> bool {
    const LABELS: [&str; 12] = [
        "发件人",
        "收件人",
        "抄送",
        "主题",
        "日期",
        "时间",
        "发送时间",
        "附件",
        "from",
        "to",
        "subject",
        "date",
    ];
    let label = text.split(['：', ':']).next().unwrap_or_default();
    label.len() < text.len() && LABELS.contains(&normalise(label).as_str())
}

/// The name that `text` is, if anything.
fn name(text: &str) -> Option<String> {
    let edge = |c: char| c.is_whitespace() || "《》“”|｜·—–-－_：:/".contains(c);
    let name = tidy(text.trim_matches(edge));
    (!name.is_empty() && name.chars().nth(NAME).is_none()).then_some(name)
}

/// Publisher and site, from the line of the cover that has something like a URL in it; the publisher may stand on the line
/// right above.
fn imprint(cover: &[Row<'_>], publication: &str) -> (Option<String>, Option<String>) {
    let found = cover
        .iter()
        .enumerate()
        .find_map(|(at, row)| Some((at, row, site(row.text)?)));
    let Some((at, row, site)) = found else {
        return (None, None);
    };
    let beside = publisher(row.text, site);
    let above = || {
        let name = cover.get(at.checked_sub(1)?)?.text;
        (!row.gap && name != publication && numbered(name).is_none()).then(|| tidy(name))
    };
    (beside.or_else(above), Some(site.to_owned()))
}

/// The first token that looks like a URL or a host name.
fn site(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_graphic() || "()<>[],;\"'|".contains(c))
        .map(|token| token.trim_matches(['.', ':', '/']))
        .find(|token| {
            let host = token.split_once("://").map_or(*token, |(_, host)| host);
            let host = host.split(['/', ':', '?']).next().unwrap_or_default();
            let top = host.rsplit_once('.').map(|(_, top)| top);
            top.is_some_and(|top| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic()))
                && host.starts_with(|c: char| c.is_ascii_alphanumeric())
                && !host.contains('@')
        })
}

/// The name beside `site`: `主办：园区世界 网址：www…` has labels round it.
fn publisher(line: &str, site: &str) -> Option<String> {
    let (before, after) = line.split_once(site)?;
    let edge = |c: char| c.is_whitespace() || EDGES.contains(c);
    [before, after].into_iter().find_map(|text| {
        let text = text.trim_matches(edge);
        let text = ["网址", "官网", "网站", "官方网站"]
            .into_iter()
            .find_map(|label| text.strip_suffix(label)?.strip_suffix(edge))
            .unwrap_or(text)
            .trim_end_matches(edge);
        let name = text.rsplit(['：', ':']).next().map(tidy)?;
        let label = ["网址", "官网", "网站", "http", "https"].contains(&name.as_str());
        (!name.is_empty() && !label).then_some(name)
    })
}

const EDGES: &str = "（）()【】：:|｜-—/<>《》，,";

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::lines};
    use super::*;

    fn read(text: &str) -> Result<Cover, ParseError> {
        let lines = lines(text);
        let rows = rows(&lines);
        let beside = Beside {
            rows: &rows,
            headers: &[],
            note: None,
            hints: &Hints::default(),
        };
        super::read(&rows, &beside)
    }

    /// The publication and number of an issue without a cover.
    fn without_cover(header: &str, note: Option<&str>, hints: &Hints) -> Option<(String, u32)> {
        let lines = lines(header);
        let rows = rows(&lines);
        let beside = Beside {
            rows: &rows,
            headers: &rows,
            note,
            hints,
        };
        let cover = super::read(&[], &beside).ok()?;
        assert!(cover.assumed);
        Some((cover.publication, cover.number.0))
    }

    #[test]
    fn without_a_cover_others_are_asked() {
        let named = |name: &str| Hints {
            name: Some(name.to_owned()),
            publication: Some("某刊".to_owned()),
            ..Hints::default()
        };
        let of = |header, note, name| without_cover(header, note, &named(name));
        let found = |name: &str, number| Some((name.to_owned(), number));
        assert_eq!(
            of("园区周报 总101期 第 3 页", None, "x"),
            found("园区周报", 101)
        );
        assert_eq!(
            of("", Some("“园区周报”的内容"), "issue-101"),
            found("园区周报", 101)
        );
        for (name, number) in [
            ("园区周报101期", 101),
            ("园区周报2023年1月1期（总101期）", 101),
            ("园区周报_2023-01-06_101", 101),
            ("园区周报_12_101", 0),
            ("园区周报-第101期-2023", 101),
        ] {
            let expected = (number > 0).then(|| ("园区周报".to_owned(), number));
            assert_eq!(of("", None, name), expected, "{name}");
        }
        assert_eq!(of("", None, "2023_101"), found("某刊", 101));
        assert_eq!(of("", None, "notes"), None);
        let said = Hints {
            number: Some(IssueNumber(7)),
            ..named("101")
        };
        assert_eq!(without_cover("", None, &said), found("某刊", 7));
        let known = Hints {
            known: Some(crate::issue::IssueLabel {
                publication: "园区周报".to_owned(),
                number: IssueNumber(7),
                year: None,
                month: None,
                week: None,
            }),
            ..named("notes")
        };
        assert_eq!(without_cover("", None, &known), found("园区周报", 7));
    }

    #[test]
    fn what_the_user_says_stands_above_the_cover() {
        let lines = lines("园区周报\n2023年1月1期（总101期）");
        let rows = rows(&lines);
        let date = IssueDate {
            year: Some(2024),
            ..IssueDate::default()
        };
        let hints = Hints {
            number: Some(IssueNumber(7)),
            date: Some(date),
            ..Hints::default()
        };
        let beside = Beside {
            rows: &rows,
            headers: &[],
            note: None,
            hints: &hints,
        };
        let cover = super::read(&rows, &beside).unwrap();
        assert_eq!((cover.number.0, cover.date), (7, date));
        assert!(!cover.assumed);
    }

    #[test]
    fn the_number_line_in_its_spellings() {
        for line in [
            "2023年1月1期 (总101期)",
            "2023 年 1 月第 1 期（总 第 101 期）",
            "２０２３年１月１期【总１０１期】",
            "二〇二三年一月第一期　总第一百零一期",
            "2023年01月1周 总101期",
            "2023年1月1期\n（总101期）",
            "2023年1月1期（总\n101期）",
        ] {
            let cover = read(&format!("刊\n{line}")).unwrap();
            let expected = IssueDate {
                year: Some(2023),
                month: Some(1),
                week: Some(1),
            };
            assert_eq!(
                (cover.number, cover.date),
                (IssueNumber(101), expected),
                "{line}"
            );
        }
    }

    #[test]
    fn a_number_of_the_year_has_to_do_where_no_total_is_printed() {
        let cover = read("刊\n2023年第5期").unwrap();
        assert_eq!(cover.number, IssueNumber(5));
        assert_eq!(cover.date.week, None);
        assert_eq!(read("刊\n2023年1月1期"), Err(ParseError::NoNumber));
        assert_eq!(read("刊\n2023年1月第1期"), Err(ParseError::NoNumber));
        assert_eq!(read("刊"), Err(ParseError::NoNumber));
    }

    #[test]
    fn a_number_beside_a_full_date_is_the_one_of_the_issue() {
        for (line, week) in [
            ("2023年1月6日 第101期", None),
            ("第101期（2023年1月6日）", None),
            ("2023年1月（第 101 期）", None),
            ("2023年1月第1期 第101期", Some(1)),
            ("2023年1月第1周 第一百零一期", Some(1)),
        ] {
            let cover = read(&format!("刊\n{line}")).unwrap();
            assert_eq!(cover.number, IssueNumber(101), "{line}");
            assert_eq!(cover.date.year, Some(2023), "{line}");
            assert_eq!((cover.date.month, cover.date.week), (Some(1), week));
        }
    }

    #[test]
    fn a_motto_is_no_name() {
        assert_eq!(
            read("一周“园区”要闻 ● 读完\n2023年1月1期（总101期）"),
            Err(ParseError::NoPublication)
        );
        let lines = lines("内部资料 注意保存\n园区周报\n总101期");
        let rows = rows(&lines);
        let beside = Beside {
            rows: &rows,
            headers: &[],
            note: Some("“园区周报”的内容来自网络。"),
            hints: &Hints::default(),
        };
        assert_eq!(super::read(&rows, &beside).unwrap().publication, "园区周报");
    }

    #[test]
    fn the_date_may_stand_apart_and_a_letter_head_above() {
        let cover =
            read("发件人：编辑部\n主题：周报\n园区周报\n总第101期\n\n2023年1月第1期").unwrap();
        assert_eq!(
            (cover.publication.as_str(), cover.number.0),
            ("园区周报", 101)
        );
        assert_eq!(cover.date.week, Some(1));
    }

    #[test]
    fn the_name_may_share_the_number_line() {
        assert_eq!(
            read("园区周报 2023年1月1期（总101期）")
                .unwrap()
                .publication,
            "园区周报"
        );
        assert_eq!(
            read("《园区周报》\n总101期").unwrap().publication,
            "园区周报"
        );
        assert_eq!(
            read("2023年1月1期（总101期）"),
            Err(ParseError::NoPublication)
        );
    }

    #[test]
    fn the_name_may_stand_below_the_number_line() {
        for text in [
            "2023年1月1期（总101期）\n园区周报\n要闻",
            "总101期\n2023 年 1 月 6 日（星期五）\n园区周报",
            "总101期\n二〇二三年一月\n园区世界 www.parkworld.net\n《园区周报》",
            "2023年1月6日\n园区周报\n第101期",
            "www.parkworld.net\n园区周报 第101期",
        ] {
            let cover = read(text).unwrap();
            assert_eq!(cover.publication, "园区周报", "{text}");
            assert_eq!(cover.number, IssueNumber(101), "{text}");
        }
        let only = read("总101期\n2023年1月6日\nwww.parkworld.net");
        assert_eq!(only, Err(ParseError::NoPublication));
        assert_eq!(read("一周\n总101期").unwrap().publication, "一周");
        let shared = read("园区周报 www.parkworld.net\n总101期").unwrap();
        assert_eq!(shared.publication, "园区周报");
    }

    #[test]
    fn publisher_and_site() {
        for (line, publisher) in [
            ("园区世界 www.parkworld.net", Some("园区世界")),
            ("主办：园区世界　网址：www.parkworld.net", Some("园区世界")),
            ("园区世界（www.parkworld.net）", Some("园区世界")),
            ("www.parkworld.net", None),
            ("园区世界\nwww.parkworld.net", Some("园区世界")),
        ] {
            let cover = read(&format!("刊\n总1期\n\n{line}")).unwrap();
            assert_eq!(cover.site.as_deref(), Some("www.parkworld.net"), "{line}");
            assert_eq!(cover.publisher.as_deref(), publisher, "{line}");
        }
        assert_eq!(read("刊\n总1期\n一周 V2.0 要闻").unwrap().site, None);
    }
}
