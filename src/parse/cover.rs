//! The cover: name of the publication, number and date of the issue, publisher and site.
//! Must not expect a certain name, and leaves the motto alone.

use super::ParseError;
use super::lines::{Row, tidy};
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
}

/// A number line is short: a sentence that names an issue is none.
const NUMBER_LINE: usize = 60;

/// Reads the cover. Where it has lost the line with the number, the first such line of the document `all` stands in.
pub(super) fn read(cover: &[Row<'_>], all: &[Row<'_>]) -> Result<Cover, ParseError> {
    let (number, date) = cover
        .iter()
        .chain(all)
        .find_map(|row| numbered(row.text))
        .ok_or(ParseError::NoNumber)?;
    let publication = publication(cover).ok_or(ParseError::NoPublication)?;
    let (publisher, site) = imprint(cover, &publication);
    Ok(Cover {
        publication,
        number,
        date,
        publisher,
        site,
    })
}

/// The number and date of a number line.
fn numbered(text: &str) -> Option<(IssueNumber, IssueDate)> {
    if text.chars().nth(NUMBER_LINE).is_some() {
        return None;
    }
    let folded = normalise(text);
    let date = date(&folded);
    // Without a total the number of the year has to do; that of the month would not tell two issues apart.
    let number = ["总", "第", "年"]
        .into_iter()
        .find_map(|mark| after(&folded, mark))?;
    Some((IssueNumber(number), date))
}

/// The number between `mark` (and 第) and 期. Right behind a month it is that of the week.
fn after(folded: &str, mark: &str) -> Option<u32> {
    let mut marks = folded.match_indices(mark);
    marks.find_map(|(at, _)| {
        if folded[..at].ends_with('月') {
            return None;
        }
        let rest = &folded[at + mark.len()..];
        let (number, rest) = numeral::leading(rest.strip_prefix('第').unwrap_or(rest))?;
        (number > 0 && rest.starts_with('期')).then_some(number)
    })
}

fn date(folded: &str) -> IssueDate {
    let mut date = IssueDate::default();
    let Some((before, rest)) = folded.split_once('年') else {
        return date;
    };
    date.year = numeral::trailing(before)
        .and_then(|year| u16::try_from(year).ok())
        .filter(|year| (1900..=2200).contains(year));
    if let Some((month, rest)) = numeral::leading(rest)
        && (1..=12).contains(&month)
        && let Some(rest) = rest.strip_prefix('月')
    {
        date.month = u8::try_from(month).ok();
        date.week = numeral::leading(rest.strip_prefix('第').unwrap_or(rest))
            .filter(|(week, rest)| (1..=6).contains(week) && rest.starts_with(['期', '周']))
            .and_then(|(week, _)| u8::try_from(week).ok());
    }
    date
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
            name(row.text).filter(|_| !is_date(row.text))
        }
    })
}

/// The name that `text` is, if anything.
fn name(text: &str) -> Option<String> {
    let name = tidy(text.trim_matches(|c: char| c.is_whitespace() || "《》“”".contains(c)));
    (!name.is_empty()).then_some(name)
}

/// Whether `text` is a date and nothing else: `2023年1月6日（星期五）`, `2023-01-06`.
fn is_date(text: &str) -> bool {
    let folded = normalise(text);
    let part = |c: char| numeral::is_numeral(c) || "年月日号星期周至天-–—~./()".contains(c);
    folded.chars().all(part)
        && folded.contains(|c: char| numeral::digit(c).is_some() || "年月日".contains(c))
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
        (row.joined && name != publication && numbered(name).is_none()).then(|| tidy(name))
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
        (!name.is_empty()).then_some(name)
    })
}

const EDGES: &str = "（）()【】：:|｜-—/<>《》，,";

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::page};
    use super::*;

    fn read(text: &str) -> Result<Cover, ParseError> {
        let page = page(text);
        let rows = rows(std::slice::from_ref(&page));
        super::read(&rows, &rows)
    }

    #[test]
    fn the_number_line_in_its_spellings() {
        for line in [
            "2023年1月1期 (总101期)",
            "2023 年 1 月第 1 期（总 第 101 期）",
            "２０２３年１月１期【总１０１期】",
            "二〇二三年一月第一期　总第一百零一期",
            "2023年01月1周 总101期",
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
