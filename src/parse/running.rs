//! What every page of a document prints again: page numbers, headers and footers. It may stand anywhere, in the middle of a
//! sentence too.
//! Must not take text for it: a line that is left is reported, a line that is lost is not.

use super::classify::{self, Shape, ends_sentence, shape};
use super::contents::listed;
use super::lines::Row;
use super::number_line::is_number_line;
use super::numeral;
use super::page_number::page_number;
use super::recurring::{CANDIDATES, is_beside_page_end, pattern, recurring};
use crate::text::normalise;
use std::collections::{HashMap, HashSet};

/// A line that is no text of the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noise {
    PageNumber,
    /// Header or footer.
    Running,
}

/// For each of `rows` whether it is noise. `cover` is how many rows the cover has, which says what headers are made of.
/// `names` are what the publication may be called otherwise.
pub(super) fn noise(rows: &[Row<'_>], cover: usize, names: &[&str]) -> Vec<Option<Noise>> {
    let mut noise = page_numbers(rows);
    let words = Words::of(rows, cover, names);
    let made: Vec<usize> = (cover..rows.len())
        .filter(|at| noise[*at].is_none() && words.make_up(rows[*at].text))
        .collect();
    // The closing note may have the name or the site alone on a line too, but once.
    let mut counts: HashMap<String, usize> = HashMap::new();
    for at in &made {
        *counts.entry(pattern(rows[*at].text)).or_default() += 1;
    }
    for at in made {
        if counts[&pattern(rows[at].text)] > 1 || is_apart(rows, &noise, at) {
            noise[at] = Some(Noise::Running);
        }
    }
    // Of a header of two lines the second is known by the first.
    for _ in 0..2 {
        recurring(rows, cover, &mut noise);
    }
    numbers_beside_headers(rows, &mut noise);
    noise
}

/// The rows that are no noise, and the headers among the others, each once. A row behind noise is marked as cut off.
pub(super) fn without<'a>(
    rows: &[Row<'a>],
    noise: &[Option<Noise>],
) -> (Vec<Row<'a>>, Vec<Row<'a>>) {
    let (mut kept, mut headers): (Vec<Row<'a>>, Vec<Row<'a>>) = (Vec::new(), Vec::new());
    let (mut gap, mut cut) = (false, false);
    for (row, noise) in rows.iter().zip(noise) {
        match noise {
            None => {
                kept.push(Row {
                    gap: row.gap || gap,
                    cut: row.cut || cut,
                    ..*row
                });
                (gap, cut) = (false, false);
                continue;
            }
            Some(Noise::PageNumber) => {
                if let Some(last) = kept.last_mut() {
                    last.page_below = last.page_below.or(page_number(row.text));
                }
            }
            Some(Noise::Running) => {
                if headers.iter().all(|known| known.text != row.text) && headers.len() < CANDIDATES
                {
                    headers.push(*row);
                }
            }
        }
        gap |= row.gap;
        cut = true;
    }
    (kept, headers)
}

/// Finds the page numbers. A bare number without a blank line on either side may be a piece of a wrapped sentence (“共 / 280
/// / 亿元”); it is a page if the bare number before it or behind it is the page before or behind.
fn page_numbers(rows: &[Row<'_>]) -> Vec<Option<Noise>> {
    let mut noise = vec![None; rows.len()];
    let mut bare: Vec<(usize, u32)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(page) = page_number(row.text) {
            if row.text.chars().all(|c| numeral::digit(c).is_some()) {
                bare.push((at, page));
            } else {
                noise[at] = Some(Noise::PageNumber);
            }
        }
    }
    for (nth, (at, page)) in bare.iter().enumerate() {
        let apart = |row: &Row<'_>| row.gap || row.cut;
        let alone = apart(&rows[*at]) || rows.get(at + 1).is_none_or(apart);
        let near = |other: Option<&(usize, u32)>| {
            other.is_some_and(|(_, other)| (1..=2).contains(&other.abs_diff(*page)))
        };
        let before = nth.checked_sub(1).and_then(|before| bare.get(before));
        // “总投资 / 30 / 亿元”: an amount that was wrapped on both sides.
        let amount = !alone
            && rows
                .get(at + 1)
                .is_some_and(|next| next.text.starts_with(UNITS))
            && at
                .checked_sub(1)
                .is_some_and(|before| !ends_sentence(rows[before].text));
        if !amount && (alone || near(before) || near(bare.get(nth + 1))) {
            noise[*at] = Some(Noise::PageNumber);
        }
    }
    noise
}

/// The headings of sections that are printed again on later pages of the `body`, perhaps with the page and without the numeral.
pub(super) fn reprinted(body: &[Row<'_>]) -> Vec<Option<Noise>> {
    let mut headings = HashSet::new();
    let mut titles = HashSet::new();
    let mut noise = vec![None; body.len()];
    let mut bare: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in body.iter().enumerate() {
        let (text, _) = listed(row.text);
        match shape(&text) {
            Shape::Heading(numeral, title) if classify::is_title(title) => {
                let title = normalise(title);
                titles.insert(title.clone());
                if !headings.insert((numeral, title)) {
                    noise[at] = Some(Noise::Running);
                }
            }
            Shape::Text if text.len() <= HEADER => {
                let title = normalise(
                    text.trim_matches(|c: char| numeral::digit(c).is_some() || c.is_whitespace()),
                );
                if titles.contains(&title) {
                    if row.text.len() == title.len() {
                        bare.entry(title).or_default().push(at);
                    } else {
                        noise[at] = Some(Noise::Running);
                    }
                }
            }
            _ => {}
        }
    }
    // One alone may be the end of a wrapped headline.
    for at in bare.into_values().filter(|at| at.len() > 1).flatten() {
        noise[at] = Some(Noise::Running);
    }
    noise
}

/// What follows the number of an amount, a date or a count.
const UNITS: [char; 44] = [
    '亿', '万', '千', '百', '个', '家', '项', '年', '月', '日', '号', '亩', '元', '吨', '台', '套',
    '条', '米', '公', '平', '人', '名', '期', '届', '%', '％', '多', '余', '级', '岁', '倍', '辆',
    '座', '栋', '层', '艘', '架', '类', '种', '美', '兆', '千', '时', '天',
];

/// A bare number beside a header numbers the page.
fn numbers_beside_headers(rows: &[Row<'_>], noise: &mut [Option<Noise>]) {
    for at in 0..rows.len() {
        let is_header =
            |at: Option<usize>| at.and_then(|at| noise.get(at)) == Some(&Some(Noise::Running));
        if noise[at].is_none()
            && (is_header(at.checked_sub(1)) || is_header(Some(at + 1)))
            && page_number(rows[at].text).is_some()
        {
            noise[at] = Some(Noise::PageNumber);
        }
    }
}

/// Longest header, in characters without white space, which keeps its parts at the margins.
const HEADER: usize = 60;

/// Most headings that are taken note of.
const TITLES: usize = 100;

pub(super) fn is_long(text: &str) -> bool {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .nth(HEADER)
        .is_some()
}

/// What the cover prints, by which headers are known.
struct Words {
    /// Normalised lines of the cover.
    lines: HashSet<String>,
    /// Normalised words of the cover that name the publication, the publisher, the site or the number of the issue.
    names: HashSet<String>,
    /// Normalised titles of sections, with and without their numerals; a header may have them beside a name.
    titles: HashSet<String>,
}

impl Words {
    fn of(rows: &[Row<'_>], cover: usize, names: &[&str]) -> Self {
        let (cover, rest) = rows.split_at(cover);
        let headings = rest.iter().filter_map(|row| match shape(row.text) {
            Shape::Heading(_, title) => Some((row.text, listed(title).0)),
            _ => None,
        });
        let titles = headings
            .take(TITLES)
            .flat_map(|(text, title)| [normalise(&listed(text).0), normalise(&title)])
            .collect();
        let lines: HashSet<String> = cover.iter().map(|row| normalise(row.text)).collect();
        let short = |row: &&Row<'_>| !is_long(row.text);
        let names = cover
            .iter()
            .filter(short)
            // The motto (“要闻 ● 十分钟读完”) is made of words that any sentence may have.
            .filter(|row| !row.text.contains(['●', '“', '”', '，', '。']))
            .flat_map(|row| words(row.text))
            .chain(names.iter().copied())
            .map(normalise)
            .filter(|word| word.chars().nth(1).is_some())
            .collect();
        Self {
            lines,
            names,
            titles,
        }
    }

    /// Whether `text` is made of words of the cover and page numbers alone.
    fn make_up(&self, text: &str) -> bool {
        let marked = match shape(text) {
            Shape::Marked(_) => true,
            Shape::Bullet(bullet, _) => !classify::is_weak(bullet),
            Shape::Heading(..) | Shape::Note(_) | Shape::Text => false,
        };
        if marked || is_long(text) {
            return false;
        }
        let folded = normalise(text);
        if folded.chars().nth(2).is_some() && self.lines.contains(&folded) {
            return true;
        }
        if is_number_line(text) {
            return true;
        }
        let mut named = false;
        let all = words(text).all(|word| {
            let known = self.names.contains(&normalise(word));
            named |= known;
            known || is_page_word(word) || self.titles.contains(&normalise(word))
        });
        all && named
    }
}

/// The words of a header: what white space, bars and brackets part.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "|｜/／·•●◆—–-_【】（）()《》".contains(c))
        .filter(|word| !word.is_empty())
}

fn is_page_word(word: &str) -> bool {
    page_number(word).is_some()
        || matches!(word, "第" | "页" | "共" | "of" | "Page" | "page" | "P")
        || (word
            .chars()
            .all(|c| numeral::is_numeral(c) || "年月日期第总周".contains(c))
            && word.contains(['年', '月', '期']))
}

/// Whether the row at `at` stands alone, by a blank line or a page end on either side.
fn is_apart(rows: &[Row<'_>], noise: &[Option<Noise>], at: usize) -> bool {
    rows[at].gap
        || rows.get(at + 1).is_none_or(|next| next.gap)
        || is_beside_page_end(rows, noise, at)
}

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::lines};
    use super::*;

    /// The texts that are left of a document whose cover has `cover` rows.
    fn left(text: &str, cover: usize) -> Vec<String> {
        let lines = lines(text);
        let rows = rows(&lines);
        let noise = noise(&rows, cover, &[]);
        let left = rows.iter().zip(noise).filter(|(_, noise)| noise.is_none());
        left.map(|(row, _)| row.text.to_owned()).collect()
    }

    #[test]
    fn headers_made_of_the_cover_go_wherever_they_stand() {
        let cover = "园区周报\n2024年1月1期（总5期）\n要闻 ● 读完\n园区世界 www.parkworld.net\n";
        for header in [
            "园区周报",
            "园区周报　　园区世界 www.parkworld.net",
            "园区周报 2024年1月1期（总5期） 第 3 页",
            "- 3 - 园区周报",
            "园区周报 | 3",
            "《园区周报》总5期",
        ] {
            let text = format!("{cover}●子\n■文的前\n\n{header}\n半。");
            assert_eq!(left(&text, 4)[4..], ["●子", "■文的前", "半。"], "{header}");
        }
        let note = format!("{cover}●子\n■文。\n注：请登录（\nwww.parkworld.net\n）查阅。");
        assert_eq!(left(&note, 4).len(), 9);
        let titled = format!("{cover}一、甲类\n●子\n■文的前\n\n一、甲类 4 园区周报\n半。");
        assert_eq!(left(&titled, 4).len(), 8);
        for kept in ["园区", "园区周报获奖", "●园区周报", "要闻"] {
            let text = format!("{cover}●子\n■文\n{kept}");
            assert_eq!(left(&text, 4).len(), 7, "{kept}");
        }
    }

    #[test]
    fn a_bare_number_within_a_sentence_is_text() {
        assert_eq!(left("●子\n■共\n280\n亿元。\n\n3\n\n4", 0).len(), 4);
        assert_eq!(left("●子\n■文\n3\n字。\n4\n完", 0).len(), 4);
        assert_eq!(left("●子\n■投资\n30\n亿元，用地\n31\n亩。", 0).len(), 6);
    }

    #[test]
    fn what_recurs_and_is_nowhere_else_is_a_header() {
        let words = ["甲", "乙", "丙", "丁"];
        let document = |item: &dyn Fn(&str, usize) -> String| -> String {
            let items = words.iter().zip(1..);
            items.map(|(word, nth)| item(word, nth)).collect()
        };
        let amid = document(&|word, n| {
            format!("●{word}\n■{word}项目\n内部资料 第{n}版 10:22\n一期。\n{word}其一。\n")
        });
        assert_eq!(left(&amid, 0).len(), 16);
        let between = document(&|word, _| {
            format!("●{word}项目\n■{word}项目开工（{word}市政府网站）。\n2023/1/9 10:33\n")
        });
        // Behind the last item nothing follows.
        assert_eq!(left(&between, 0).len(), 8);
        let table = document(&|word, _| {
            format!("●{word}\n■{word}标准：\n学历 人数\n博士 20\n硕士 60\n{word}施行。\n")
        });
        assert_eq!(left(&table, 0).len(), 24);
        let labels = "●子\n■文。\n\n建设内容\n\n一。\n●丑\n■文。\n\n建设内容\n\n二。\n●寅\n■文。\n\n建设内容\n\n三。";
        assert_eq!(left(labels, 0).len(), 12);
        let amounts = "●子\n■甲\n\n投资额 3 亿\n元；\n\n投资额 9 亿\n元；\n\n投资额 5 亿\n元。";
        assert_eq!(left(amounts, 0).len(), 8);
        let tails =
            "●子项目\n\n集中签约\n■文。\n●丑\n\n集中签约\n■文。\n●寅\n\n集中签约\n■集中签约完成。";
        assert_eq!(left(tails, 0).len(), 9);
        let twice = "●子\n■文\n\u{c}内部资料\n字。\n●丑\n■文。\n\u{c}内部资料\n●寅\n■文。";
        assert_eq!(left(twice, 0).len(), 7);
    }
}
