//! Headers, footers and page numbers: what pages repeat outside their text.
//! Must not take a line for one that other text stands outside of.

use super::runs::Run;
use std::collections::{HashMap, HashSet};

/// How far from the edges of the page headers and footers stand, of its height.
pub(super) const ZONE: f32 = 0.15;

/// How high a shelf of a page is, in points: two lines less than that apart stand at the same height of their pages.
const SAME: f32 = 4.0;

/// Fewest pages that a header is on. No line of text stands at one height of so many pages.
const LEAST: usize = 3;

/// Fewest pages that a number at the edge is on to be theirs.
const LEAST_NUMBERED: usize = 2;

/// Fewest pages of all that something is on which stands amid the text or in large type: a stamp, a watermark, a banner.
pub(super) const MAJORITY: f32 = 0.4;

/// How much larger than the text a title is, in points.
const TITLE: f32 = 1.0;

/// A page without what others repeat.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Inner {
    pub(super) runs: Vec<Run>,
    /// The lines that were left out, from top to bottom.
    pub(super) running: Vec<String>,
}

/// A line of runs that stand side by side.
struct Row {
    runs: Vec<Run>,
    /// What it says, digits aside.
    pattern: String,
    y: f32,
}

/// Takes headers and footers off the pages. Each page comes with its height and its runs from top to bottom.
pub(super) fn inner(pages: Vec<(f32, Vec<Run>)>) -> Vec<Inner> {
    let body = body_size(pages.iter().flat_map(|(_, runs)| runs));
    let count = pages.len();
    let pages: Vec<(f32, Vec<Row>)> = pages
        .into_iter()
        .map(|(height, runs)| (height, rows(runs)))
        .collect();
    let mut places: HashMap<(&str, i32), Vec<usize>> = HashMap::new();
    for (nth, (_, rows)) in pages.iter().enumerate() {
        for row in rows {
            let place = (row.pattern.as_str(), shelf(row.y));
            let found = places.entry(place).or_default();
            // One of each page is enough, and keeps the work linear.
            if found.last() != Some(&nth) {
                found.push(nth);
            }
        }
    }
    // How many pages have a pattern on one shelf or on those beside it.
    let mut counted: HashMap<(&str, i32), usize> = HashMap::new();
    let is_running: Vec<Vec<bool>> = pages
        .iter()
        .map(|(height, rows)| {
            let repeated: Vec<bool> = rows
                .iter()
                .map(|row| {
                    let place = (row.pattern.as_str(), shelf(row.y));
                    let pages = counted.entry(place).or_insert_with(|| {
                        let near = (place.1 - 1..=place.1 + 1)
                            .filter_map(|shelf| places.get(&(place.0, shelf)));
                        near.flatten().collect::<HashSet<_>>().len()
                    });
                    repeats(row, *pages, count, body)
                })
                .collect();
            outside(rows, *height, &repeated)
        })
        .collect();
    drop(counted);
    drop(places);
    let pages = pages.into_iter().zip(is_running);
    pages
        .map(|((_, rows), is_running)| {
            let mut inner = Inner::default();
            for (row, is_running) in rows.into_iter().zip(is_running) {
                if is_running {
                    let texts = row.runs.iter().map(|run| run.text.as_str());
                    inner.running.push(texts.collect::<Vec<_>>().join(" "));
                } else {
                    inner.runs.extend(row.runs);
                }
            }
            inner
        })
        .collect()
}

/// The size of most characters.
pub(super) fn body_size<'a>(runs: impl Iterator<Item = &'a Run>) -> f32 {
    size_of_most(runs.map(|run| (run.size, run.count())))
}

/// The size that most of some things have, of which each comes with its size and how much it counts; 12 points where there are none.
pub(super) fn size_of_most(sizes: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for (size, count) in sizes {
        // To half a point, in which types are cut.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size of type"
        )]
        let size = (size * 2.0).round() as u32;
        *counts.entry(size).or_default() += count;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(size, count)| (*count, *size));
    #[expect(clippy::cast_precision_loss, reason = "a size of type")]
    most.map_or(12.0, |(size, _)| size as f32 / 2.0)
}

/// The rows of a page.
fn rows(runs: Vec<Run>) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![];
    for run in runs {
        match rows.last_mut() {
            Some(row) if (run.y - row.y).abs() <= 0.35 * run.size => row.runs.push(run),
            _ => rows.push(Row {
                y: run.y,
                runs: vec![run],
                pattern: String::new(),
            }),
        }
    }
    for row in &mut rows {
        row.pattern = row.runs.iter().flat_map(|run| pattern(&run.text)).collect();
    }
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    rows
}

/// A text without white space, each run of digits one mark.
fn pattern(text: &str) -> Vec<char> {
    let mut pattern = vec![];
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_numeric() {
            pattern.push(c);
        } else if pattern.last() != Some(&'#') {
            pattern.push('#');
        }
    }
    pattern
}

/// The part of a page in which the height `y` is: lines on one, or on two that are neighbours, stand at one height.
#[expect(clippy::cast_possible_truncation, reason = "a place on paper")]
fn shelf(y: f32) -> i32 {
    (y / SAME).floor() as i32
}

/// Whether a row that is at its height of so many `pages` of `all` is none of the text.
fn repeats(row: &Row, pages: usize, all: usize, body: f32) -> bool {
    // Bullets that stand apart from their headlines.
    let says = row.pattern.chars().any(char::is_alphanumeric) || row.pattern.contains('#');
    let is_large = row.runs.iter().any(|run| run.size > body + TITLE);
    #[expect(clippy::cast_precision_loss, reason = "numbers of pages")]
    let is_on_most = pages as f32 >= MAJORITY * all as f32;
    let least = if numbers_a_page(&row.pattern) {
        LEAST_NUMBERED
    } else {
        LEAST
    };
    says && pages >= least && (is_on_most || !is_large)
}

/// Whether a pattern is that of a page number: `#`, `—#—`, `第#页`, `#/#`, `第#页共#页`.
fn numbers_a_page(pattern: &str) -> bool {
    let is_word = |c: char| c == '#' || "第页共".contains(c) || !c.is_alphanumeric();
    pattern.contains('#') && pattern.chars().all(is_word)
}

/// Which rows are headers or footers: those that repeat, from the edges inwards, as far as no other text stands outside of them.
/// One that stands amid the text is a watermark if it does so on most pages; that is told from a row of the text by standing in the
/// zones too, or by being alone with its words.
fn outside(rows: &[Row], height: f32, repeated: &[bool]) -> Vec<bool> {
    let mut outside = vec![false; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        if !repeated[at] || row.y > ZONE * height {
            break;
        }
        outside[at] = true;
    }
    for (at, row) in rows.iter().enumerate().rev() {
        if !repeated[at] || row.y < (1.0 - ZONE) * height {
            break;
        }
        outside[at] = true;
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::runs::tests::run;

    /// Pages 800 high.
    fn read(pages: &[&[(&str, f32)]]) -> Vec<(Vec<String>, Vec<String>)> {
        let pages = pages.iter().map(|page| {
            let runs = page.iter().map(|(text, y)| run(text, *y));
            (800.0, runs.collect())
        });
        let inner = inner(pages.collect());
        inner
            .into_iter()
            .map(|page| {
                (
                    page.runs.into_iter().map(|run| run.text).collect(),
                    page.running,
                )
            })
            .collect()
    }

    #[test]
    fn headers_and_page_numbers_go() {
        let pages = read(&[
            &[("封面", 300.0)],
            &[("园区周报", 40.0), ("甲", 100.0), ("第 1 页", 760.0)],
            &[("园区周报", 40.0), ("乙", 100.0), ("第 2 页", 760.0)],
            &[("园区周报", 41.0), ("丙", 100.0), ("第 13 页", 760.0)],
        ]);
        assert_eq!(pages[0], (vec!["封面".to_owned()], vec![]));
        assert_eq!(pages[3].0, ["丙"]);
        assert_eq!(pages[3].1, ["园区周报", "第 13 页"]);
    }

    #[test]
    fn two_pages_are_enough_to_know_their_numbers() {
        let pages = read(&[
            &[("甲", 100.0), ("— 1 —", 790.0)],
            &[("乙", 100.0), ("— 2 —", 790.0)],
        ]);
        assert!(
            pages.iter().all(|(_, running)| running.len() == 1),
            "{pages:?}"
        );
    }

    #[test]
    fn text_that_recurs_stays() {
        // Not at one height, not at the edge, with text outside of it, or on two pages only.
        let pages = read(&[
            &[
                ("集中签约", 40.0),
                ("●", 60.0),
                ("建设内容", 300.0),
                ("两页", 740.0),
            ],
            &[
                ("集中签约", 60.0),
                ("●", 60.5),
                ("建设内容", 300.0),
                ("两页", 740.0),
            ],
            &[
                ("集中签约", 80.0),
                ("●", 60.0),
                ("建设内容", 300.0),
                ("丁", 730.0),
            ],
        ]);
        assert!(
            pages.iter().all(|(_, running)| running.is_empty()),
            "{pages:?}"
        );
        let inside = read(&[
            &[("甲", 30.0), ("项目", 60.0)],
            &[("乙", 30.0), ("项目", 60.0)],
            &[("丙", 30.0), ("项目", 60.0)],
        ]);
        assert!(
            inside.iter().all(|(_, running)| running.is_empty()),
            "{inside:?}"
        );
    }

    #[test]
    fn a_title_in_large_type_stays_unless_most_pages_have_it() {
        let page = |title: &str, y: f32| {
            let mut large = run(title, y);
            large.size = 16.0;
            (800.0, vec![large, run("一二三四五六七八九", 200.0 + y)])
        };
        let mut pages: Vec<(f32, Vec<Run>)> = vec![page("目录", 60.0); 3];
        pages.extend(
            (0..6_u8).map(|nth| page(["子", "丑", "寅", "卯", "辰", "巳"][usize::from(nth)], 60.0)),
        );
        let kept = inner(pages);
        assert!(kept.iter().all(|page| page.running.is_empty()));
        let kept = inner(vec![page("周报", 60.0); 3]);
        assert!(kept.iter().all(|page| page.running == ["周报"]));
    }
}
