//! What plays the part of ●, ■ and 一、 in a document that prints something else, put in their place, so that all that follows
//! knows but one way of printing.
//! Must not change a text that prints the marks of the weekly, and says nothing of what a row is to the issue.
//!
//! Judged by where a mark stands, not by what it looks like. Behind a source an item has ended, so what most often follows
//! one is the bullet of headlines; what begins most texts that end in sentences and sources is the mark of paragraphs; and
//! what stands between the end of an item and a headline is the heading of a section.

mod headings;
mod lead_in;
mod leaders;
mod marks;

use super::attribution::attributed;
use super::classify::{self, Shape, ends_sentence, shape};
use super::contents::listed;
use super::lines::{Row, is_hanzi};
use crate::text::normalise;
use lead_in::LeadIn;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The texts of `rows`, with the marks of the weekly for others.
pub(super) fn translated<'a>(rows: &[Row<'a>]) -> Vec<Cow<'a, str>> {
    let mut texts: Vec<Cow<'a, str>> = rows.iter().map(|row| Cow::Borrowed(row.text)).collect();
    marks::single(&mut texts);
    let front = text_start(&texts);
    leaders::translate(&mut texts[..front]);
    let places = Places::of(&texts);
    marks::translate(&mut texts, &places);
    headings::translate(rows, &mut texts, &places);
    texts
}

/// The first row that a mark of paragraphs begins or a source ends, or the number of rows.
fn text_start(texts: &[Cow<'_, str>]) -> usize {
    texts
        .iter()
        .position(|text| matches!(shape(text), Shape::Marked(_)) || attributed(text).is_some())
        .unwrap_or(texts.len())
}

/// What the rows of a document say of each other.
struct Places {
    /// For each row whether it ends an item: it names a source.
    closes: Vec<bool>,
    /// For each row whether an item may begin with it: the one above ends an item or is a section heading.
    begins: Vec<bool>,
    /// What stands before the end of the first item, marks and pages not counted, and which of it stands behind too.
    listed: HashMap<String, bool>,
    /// The row in which the first item ends; without sources the first row of a paragraph, or the number of rows.
    front: usize,
}

impl Places {
    fn of(texts: &[Cow<'_, str>]) -> Self {
        let closes: Vec<bool> = (0..texts.len())
            .map(|at| {
                attributed(&texts[at]).is_some()
                    || at
                        .checked_sub(1)
                        .is_some_and(|start| is_broken_source(&texts[start], &texts[at]))
            })
            .collect();
        let begins = (0..texts.len())
            .map(|at| {
                at.checked_sub(1)
                    .is_some_and(|before| closes[before] || is_heading(&texts[before]))
            })
            .collect();
        let first = closes.iter().position(|closes| *closes);
        let front = first.unwrap_or_else(|| text_start(texts));
        let mut listed: HashMap<String, bool> = texts[..front]
            .iter()
            .filter_map(|text| key(text))
            .map(|key| (key, false))
            .collect();
        // Most texts begin like nothing that is listed, and are spared the rest.
        let firsts: HashSet<char> = listed.keys().filter_map(|key| key.chars().next()).collect();
        let may_recur = |text: &str| {
            let first = LeadIn::of(text)
                .map_or(text, |marked| marked.rest)
                .chars()
                .next();
            first.is_some_and(|first| !is_hanzi(first) || firsts.contains(&first))
        };
        for text in texts[front..].iter().filter(|text| may_recur(text)) {
            if let Some(recurs) = key(text).and_then(|key| listed.get_mut(&key)) {
                *recurs = true;
            }
        }
        Self {
            closes,
            begins,
            listed,
            front,
        }
    }

    /// Whether the contents list the `text` of the row at `at`, or the body has what stands in them there.
    fn recurs(&self, at: usize, text: &str) -> bool {
        !self.listed.is_empty()
            && key(text)
                .and_then(|key| self.listed.get(&key))
                .is_some_and(|behind| at >= self.front || *behind)
    }
}

/// Longest headline that is looked for in the contents, in bytes.
const COMPARED: usize = 400;

/// What `text` is known by if it may be a headline: without a mark at its start and a page at its end, normalised.
fn key(text: &str) -> Option<String> {
    if text.len() > COMPARED || ends_sentence(text) {
        return None;
    }
    let bare = LeadIn::of(text).map_or(text, |marked| marked.rest);
    Some(normalise(&listed(bare).0)).filter(|key| !key.is_empty())
}

/// Whether `text` is the heading of a section in the form of the weekly.
fn is_heading(text: &str) -> bool {
    matches!(shape(text), Shape::Heading(_, title) if classify::is_title(title))
}

/// Whether the bracket of a source begins in one row and ends in the next: `（山海政府` `网站）。`
fn is_broken_source(first: &str, second: &str) -> bool {
    second.chars().nth(20).is_none()
        && second.contains(['）', ')'])
        && !second.contains(['（', '('])
        && {
            let start = first.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            attributed(&format!("{}{second}", &first[start..])).is_some()
        }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{rows, tests::lines};
    use super::*;

    fn translated(text: &str) -> Vec<String> {
        let lines = lines(text);
        let texts = super::translated(&rows(&lines));
        texts.into_iter().map(Cow::into_owned).collect()
    }

    /// Contents and body with these bullets, marks and headings of two sections.
    fn document(bullet: [&str; 4], mark: &str, sections: [&str; 2]) -> String {
        let item = |nth: usize, name: &str| {
            format!(
                "{}{name}项目开工\n{mark}{name}项目占地百亩（山海政府网站）。\n",
                bullet[nth]
            )
        };
        format!(
            "{}\t1\n{b0}甲项目开工\t1\n{b1}乙项目开工\t1\n{}\t2\n{b2}丙项目开工\t2\n{b3}丁项目开工\t2\n\
             {}\n{}{}{}\n{}{}",
            sections[0],
            sections[1],
            sections[0],
            item(0, "甲"),
            item(1, "乙"),
            sections[1],
            item(2, "丙"),
            item(3, "丁"),
            b0 = bullet[0],
            b1 = bullet[1],
            b2 = bullet[2],
            b3 = bullet[3],
        )
    }

    #[test]
    fn what_stands_where_bullets_marks_and_headings_do_is_read_as_them() {
        let plain = document(["●"; 4], "■", ["一、园区动态", "二、政策"]);
        let expected: Vec<String> = plain.lines().map(str::to_owned).collect();
        assert_eq!(translated(&plain), expected);
        for bullets in [
            ["l "; 4],
            ["※"; 4],
            ["□"; 4],
            ["●●"; 4],
            ["01 ", "02 ", "03 ", "04 "],
            ["No.1 ", "No.2 ", "No.3 ", "No.4 "],
            ["（一）", "（二）", "（三）", "（四）"],
            ["a) ", "b) ", "c) ", "d) "],
        ] {
            let text = document(bullets, "■", ["一、园区动态", "二、政策"]);
            assert_eq!(translated(&text), expected, "{bullets:?}");
        }
        for mark in ["n ", "§ ", "◙", "- ", "■■"] {
            let text = document(["●"; 4], mark, ["一、园区动态", "二、政策"]);
            assert_eq!(translated(&text), expected, "{mark}");
        }
        for sections in [
            ["园区动态", "政策"],
            ["【园区动态】", "【政策】"],
            ["（一）园区动态", "（二）政策"],
            ["板块一：园区动态", "板块二：政策"],
            ["A. 园区动态", "B. 政策"],
            ["【第一版】园区动态", "【第二版】政策"],
            ["■ 一、园区动态", "■ 二、政策"],
        ] {
            let text = document(["●"; 4], "■", sections);
            assert_eq!(translated(&text), expected, "{sections:?}");
        }
    }

    #[test]
    fn points_labels_and_wrapped_amounts_stay() {
        for text in [
            "●子\n■要点：\n（一）加强领导；\n（二）加强协调；\n（三）加强督查（山海政府网站）。\n●丑\n■文（山海政府网站）。",
            "●子\n建设内容\n■文（山海政府网站）。\n●丑\n建设内容\n■文（山海政府网站）。",
            "●子\n■园区共\n30 个项目开工，\n40 个项目竣工，\n50 个项目签约（山海政府网站）。",
        ] {
            let expected: Vec<String> = text.lines().map(str::to_owned).collect();
            assert_eq!(translated(text), expected, "{text}");
        }
    }
}
