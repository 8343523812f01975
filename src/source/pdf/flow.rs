//! From the columns of all pages to paragraphs: joined over columns and pages, numbered, each picture behind the line it stands below.
//! Must not lose a line: every one of the columns is part of a paragraph.

use super::across::{self, Setting};
use super::columns::{self, Block};
use super::gutters;
use super::lines::{self, Column, Line};
use super::margins::{self, Inner};
use super::paragraphs::{self, Measure};
use super::photos::Placed;
use super::runs::{Run, median};
use super::sheet::Area;
use crate::issue::{self, Page};
use std::collections::HashMap;

/// Share of the paragraphs that begin indented where an issue indents them.
const INDENTED: f32 = 0.25;

/// A page without headers and footers, as it comes to be read.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) width: f32,
    pub(super) inner: Inner,
    /// Places of all its pictures.
    pub(super) images: Vec<Area>,
    pub(super) photos: Vec<Placed>,
}

/// A line where it stands: page, column of how many, height; and the paragraph it is part of.
struct Stand {
    page: usize,
    column: (usize, usize),
    y: f32,
    paragraph: usize,
}

/// Where a paragraph begins, and what it says.
struct Paragraph {
    page: usize,
    text: String,
}

/// The pages of a document: a line for each paragraph, on the page where it begins.
pub(super) fn pages(texts: Vec<Text>) -> Vec<Page> {
    let runs: Vec<(f32, Vec<Run>)> = texts
        .iter()
        .map(|text| (text.width, text.inner.runs.clone()))
        .collect();
    let gutters = gutters::gutters(&runs);
    let body = margins::body_size(runs.iter().flat_map(|(_, runs)| runs));
    let set = runs.iter().zip(&gutters);
    let set = set.map(|((_, runs), gutters)| (&**runs, &**gutters));
    let heads = across::heads(set.clone(), body);
    let room = across::room(set);
    let mut all: Vec<(usize, Column)> = vec![];
    for (nth, ((_, runs), gutters)) in runs.into_iter().zip(&gutters).enumerate() {
        let setting = Setting {
            gutters,
            images: &texts[nth].images,
            body,
            heads: &heads,
            room,
        };
        let blocks = columns::blocks(runs, &setting);
        let columns = blocks
            .into_iter()
            .filter(|block: &Block| !block.runs.is_empty());
        all.extend(columns.map(|block| (nth, lines::column(block, &texts[nth].images, body))));
    }
    let measure = measure(&mut all);
    let (paragraphs, stands) = paragraphs(&all, &measure);
    let mut pages: Vec<Page> = texts
        .iter()
        .zip(1..)
        .map(|(text, number)| Page {
            number: Some(number),
            running: text.inner.running.clone(),
            ..Page::default()
        })
        .collect();
    for (paragraph, number) in paragraphs.into_iter().zip(1..) {
        pages[paragraph.page].lines.push(issue::Line {
            number,
            text: paragraph.text,
        });
    }
    for (nth, text) in texts.into_iter().enumerate() {
        let captions = all
            .iter()
            .filter(|(page, _)| *page == nth)
            .flat_map(|(_, column)| &column.captions);
        let captions: Vec<&(usize, String)> = captions.collect();
        for (placed, n) in text.photos.into_iter().zip(1..) {
            let after = above(&stands, nth, &placed.area, &gutters[nth]);
            let caption = captions
                .iter()
                .find(|(image, _)| text.images.get(*image) == Some(&placed.area));
            let mut picture = placed.photo.picture;
            picture.n = n;
            picture.caption = caption.map(|(_, caption)| caption.clone());
            pages[nth].pictures.push(issue::Placed {
                after: after.map_or(0, |paragraph| {
                    u32::try_from(paragraph + 1).unwrap_or(u32::MAX)
                }),
                picture,
            });
        }
    }
    pages
}

/// What is usual in the issue; and the room of each line comes to be that of its kind of column.
fn measure(all: &mut [(usize, Column)]) -> Measure {
    let sizes = all.iter().flat_map(|(_, column)| &column.lines);
    let body = margins::size_of_most(sizes.map(|line| (line.size, line.text.chars().count())));
    // As wide as nine in ten columns of many lines at most: one may run over.
    let mut widths: HashMap<usize, Vec<f32>> = HashMap::new();
    for (_, column) in all.iter().filter(|(_, column)| column.lines.len() > 3) {
        widths
            .entry(column.place.1)
            .or_default()
            .push(lines::width(column));
    }
    for (_, column) in &mut *all {
        let Some(widths) = widths.get_mut(&column.place.1) else {
            continue;
        };
        widths.sort_by(f32::total_cmp);
        let widest = widths
            .get(widths.len() * 9 / 10)
            .copied()
            .unwrap_or_default();
        let own = lines::width(column);
        for line in &mut column.lines {
            lines::widen(line, widest, own);
        }
    }
    let (mut pitches, mut first, mut indented) = (vec![], 0_usize, 0_usize);
    for (_, column) in &*all {
        for (before, line) in column.lines.iter().zip(column.lines.iter().skip(1)) {
            let of_body = |line: &Line| (line.size - body).abs() < 0.6;
            let is_below_headline = before.size > body + 0.6;
            if !of_body(line) || !(of_body(before) || is_below_headline) {
                continue;
            }
            let is_full = before.room.1 - before.right < line.chunk + 0.5 * line.size;
            if is_full
                && !is_below_headline
                && !paragraphs::begins_with_mark(&line.text)
                && !paragraphs::ends_sentence(&before.text)
            {
                pitches.push((line.y - before.y) / line.size);
            }
            if is_below_headline || (!is_full && paragraphs::ends_sentence(&before.text)) {
                first += 1;
                indented += usize::from(line.left - line.room.0 > 1.4 * line.size);
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of paragraphs")]
    let indents = first > 3 && indented as f32 > INDENTED * first as f32;
    let pitch = if pitches.is_empty() {
        1.6
    } else {
        median(pitches)
    };
    Measure {
        body,
        pitch,
        indents,
    }
}

/// The paragraphs in the order of reading, and where each line stands.
fn paragraphs(all: &[(usize, Column)], measure: &Measure) -> (Vec<Paragraph>, Vec<Stand>) {
    let mut paragraphs: Vec<Paragraph> = vec![];
    let mut stands = vec![];
    let mut last: Option<&Line> = None;
    for (page, column) in all {
        let mut is_top = true;
        for line in &column.lines {
            let begins = match last {
                None => true,
                Some(before) if is_top => paragraphs::begins_column(before, line, measure),
                Some(before) => paragraphs::begins(before, line, measure),
            };
            match paragraphs.last_mut() {
                Some(open) if !begins => {
                    paragraphs::glue(&mut open.text, &line.text);
                }
                _ => paragraphs.push(Paragraph {
                    page: *page,
                    text: line.text.clone(),
                }),
            }
            stands.push(Stand {
                page: *page,
                column: column.place,
                y: line.y,
                paragraph: paragraphs.len() - 1,
            });
            (last, is_top) = (Some(line), false);
        }
    }
    (paragraphs, stands)
}

/// The paragraph that a picture stands below: the last one in the order of reading that begins above its middle, in its column; none
/// where nothing stands before it.
fn above(stands: &[Stand], page: usize, area: &Area, gutters: &[f32]) -> Option<usize> {
    let (x, y) = area.middle();
    let nth = gutters.iter().filter(|gutter| x > **gutter).count();
    let is_across = across::is_across(area, gutters);
    let is_wide = |stand: &Stand| is_across || stand.column.1 == 1;
    let is_beside = |stand: &Stand| stand.page == page && (is_wide(stand) || stand.column.0 == nth);
    let above = stands
        .iter()
        .rev()
        .find(|stand| is_beside(stand) && stand.y < y);
    let before = || {
        let below = stands.iter().position(|stand| {
            stand.page > page || (stand.page == page && (is_beside(stand) || stand.column.0 > nth))
        });
        let end = below.unwrap_or(stands.len());
        end.checked_sub(1).map(|last| &stands[last])
    };
    above.or_else(before).map(|stand| stand.paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::photo::{Kind, Pixels, encoded};
    use crate::source::pdf::runs::{self, tests};

    /// A page 600 wide with these lines of type of 10 points, at 50.
    fn text(lines: &[(&str, f32)], photos: &[Area]) -> Text {
        let glyphs = lines
            .iter()
            .flat_map(|(text, y)| tests::line(text, 50.0, *y, 10.0));
        let photo = encoded(&Pixels {
            width: 1,
            height: 1,
            kind: Kind::Grey,
            data: vec![7],
        });
        let photo = photo.unwrap();
        Text {
            width: 600.0,
            inner: Inner {
                runs: runs::runs(&tests::sheet(glyphs.collect())),
                running: vec!["页眉".to_owned()],
            },
            images: photos.to_vec(),
            photos: photos
                .iter()
                .map(|area| Placed {
                    area: *area,
                    photo: photo.clone(),
                })
                .collect(),
        }
    }

    const FULL: &str = "山海市高新区十二个项目集中开工，总投资达到二百八十";

    fn area(top: f32) -> Area {
        Area {
            left: 50.0,
            top,
            right: 250.0,
            bottom: top + 100.0,
        }
    }

    #[test]
    fn a_paragraph_runs_over_the_page_and_stands_where_it_begins() {
        let first = text(&[("●项目开工", 100.0), (FULL, 120.0), (FULL, 135.0)], &[]);
        let second = text(
            &[(FULL, 100.0), ("亿元。", 115.0), ("●另一项目", 160.0)],
            &[],
        );
        let pages = pages(vec![first, second]);
        let texts: Vec<Vec<&str>> = pages
            .iter()
            .map(|page| page.lines.iter().map(|line| line.text.as_str()).collect())
            .collect();
        let long = [FULL, FULL, FULL, "亿元。"].concat();
        assert_eq!(texts, [vec!["●项目开工", &*long], vec!["●另一项目"]]);
        let numbers: Vec<u32> = pages
            .iter()
            .flat_map(|page| &page.lines)
            .map(|line| line.number)
            .collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!(pages[0].running, ["页眉"]);
    }

    #[test]
    fn a_picture_stands_behind_the_paragraph_above_it() {
        let first = text(
            &[
                ("●项目开工", 100.0),
                ("导语说的是同一件事情。", 120.0),
                ("●另一项目", 300.0),
            ],
            &[area(140.0)],
        );
        let second = text(&[("■正文。", 300.0)], &[area(50.0)]);
        let empty = text(&[], &[area(50.0)]);
        let pages = pages(vec![first, second, empty]);
        let after: Vec<u32> = pages
            .iter()
            .flat_map(|page| &page.pictures)
            .map(|placed| placed.after)
            .collect();
        assert_eq!(after, [2, 3, 4]);
        let before_all = super::pages(vec![text(&[("●项目开工", 300.0)], &[area(50.0)])]);
        assert_eq!(before_all[0].pictures[0].after, 0);
    }
}
