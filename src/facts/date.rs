//! The day of the event (§3): a day that the text states of it, by the words around each.
//!
//! A day is passed over where it is a deadline, a target or a review, and where its sentence tells of another deed than the
//! item does. What is left is taken in the order headline, lead, paragraphs.
//! Must not look at the calendar of the reader: years that are not printed follow from the issue's month.

mod printed;

use super::Read;
use super::near;
use super::stage::told;
use super::story::{Line, Story};
use crate::issue::{Stage, TextField};
use jiff::civil::Date;
use printed::{Printed, days};
use std::ops::Range;

/// What stands right before a day that is not the event's.
const BEFORE: [&str; 37] = [
    "预计",
    "预计于",
    "预计在",
    "预计将于",
    "计划",
    "计划于",
    "计划在",
    "力争",
    "力争于",
    "力争在",
    "拟于",
    "拟定于",
    "将于",
    "将在",
    "有望于",
    "有望在",
    "确保",
    "确保在",
    "争取",
    "争取在",
    "截至",
    "截止",
    "截止到",
    "截至目前",
    "有效期至",
    "有效期到",
    "有效期自",
    "此前于",
    "早在",
    "成立于",
    "始建于",
    "创建于",
    "建于",
    "日期为",
    "期限至",
    "延长至",
    "不晚于",
];

/// What makes a clause that a day stands in one of the future or the past.
const IN_CLAUSE: [&str; 14] = [
    "预计",
    "力争",
    "有望",
    "有效期",
    "此前",
    "早在",
    "截至",
    "截止",
    "确保",
    "争取",
    "前完成",
    "前建成",
    "报名时间",
    "申报时间",
];

/// What stands right behind a day that is not the event's.
const BEHIND: [&str; 12] = [
    "前",
    "之前",
    "以前",
    "以来",
    "起施行",
    "起实施",
    "起执行",
    "起正式",
    "起生效",
    "起至",
    "底前",
    "止",
];

/// One day as it may be meant.
#[derive(Debug, Clone)]
struct Candidate<'a> {
    line: &'a Line,
    date: Date,
    bytes: Range<usize>,
    /// Whether its part of the sentence tells of the item's deed; `None` where it tells of none.
    tells_of_event: Option<bool>,
    /// Whether it stands in the sentence that the body begins with, or in the headline.
    opens: bool,
    /// Whether it is longer ago than a weekly tells of.
    is_old: bool,
}

/// The day, where the text states one of an item that has come as far as `stage`.
pub(super) fn read(story: &Story, stage: Stage) -> Option<Read<Date>> {
    let is_lately = story.body.first().is_some_and(|line| is_lately(&line.text));
    let is_sure = |one: &Candidate<'_>| match one.tells_of_event {
        Some(tells) => tells,
        None => !is_lately || one.line.field == TextField::Headline,
    };
    // A deed that is told in other words, in the sentence that an item begins with.
    let is_likely = |one: &Candidate<'_>| !is_lately && one.opens && !one.is_old;
    let mut likely: Option<Candidate<'_>> = None;
    let sure = candidates(story, stage).find(|one| {
        let is_sure = is_sure(one);
        if !is_sure && likely.is_none() && is_likely(one) {
            likely = Some(one.clone());
        }
        is_sure
    });
    let chosen = sure.or(likely)?;
    Some(Read {
        value: chosen.date,
        from: vec![chosen.line.passage(chosen.bytes.clone())],
    })
}

/// The days that the text may mean, each looked at when it is asked for.
fn candidates(story: &Story, stage: Stage) -> impl Iterator<Item = Candidate<'_>> {
    story.lines().flat_map(move |line| {
        let printed = days(&line.text);
        let ends: Vec<usize> = printed.iter().skip(1).map(|day| day.bytes.start).collect();
        let ends = ends.into_iter().chain([line.text.len()]);
        let days = printed.into_iter().zip(ends);
        days.filter_map(move |(day, end)| candidate(story, stage, line, &day, end))
    })
}

/// The day, unless the words around it say that it is none of the event; the next one begins at `end`.
fn candidate<'a>(
    story: &Story,
    stage: Stage,
    line: &'a Line,
    day: &Printed,
    end: usize,
) -> Option<Candidate<'a>> {
    let text = &line.text;
    let so_far = near::last(&text[..day.bytes.start]);
    let so_far = behind_last(so_far, &['。', ';', '!']);
    let sentence = day.bytes.start - so_far.len();
    let before = behind_last(so_far, &[',', ' ']);
    let behind = near::first(&text[day.bytes.end..]);
    let until = behind.find([',', '。', ';']).unwrap_or(behind.len());
    let is_future_event = stage == Stage::Event && before.ends_with(['将', '于', '在']);
    let is_other = BEFORE.iter().any(|word| before.ends_with(word)) && !is_future_event
        || IN_CLAUSE.iter().any(|word| before.contains(word))
        || BEHIND.iter().any(|word| behind.starts_with(word))
        || is_review(before, &behind[..until])
        || is_in_name(before, behind)
        || is_of_report(before, behind)
        || (stage == Stage::PolicyIssued && (is_in_force(behind) || is_meeting(&behind[..until])));
    if is_other {
        return None;
    }
    let date = day.date(story.year, story.month)?;
    let is_first = story
        .body
        .first()
        .is_some_and(|first| first.field == line.field);
    let scope_end = behind
        .find(['。', ';'])
        .unwrap_or(behind.len())
        .min(end - day.bytes.end);
    let scope_end = day.bytes.end + scope_end;
    Some(Candidate {
        line,
        date,
        bytes: day.bytes.clone(),
        tells_of_event: tells_of(stage, &text[sentence..scope_end]),
        opens: line.field == TextField::Headline || (sentence == 0 && is_first),
        is_old: is_old(date, story),
    })
}

/// Whether an item begins with a day that it does not tell: 日前.
fn is_lately(text: &str) -> bool {
    let sentence = text.split('。').next().unwrap_or(text);
    ["日前", "近日", "近期", "连日来", "前不久", "近来"]
        .iter()
        .any(|word| {
            let at = sentence.find(word);
            at.is_some_and(|at| !sentence[..at].ends_with(|c: char| c.is_ascii_digit()))
        })
}

/// What a text has behind the last of some signs.
fn behind_last<'a>(text: &'a str, signs: &[char]) -> &'a str {
    text.rsplit(signs).next().unwrap_or(text)
}

/// 自 … 以来, 自 … 起 (施行).
fn is_review(before: &str, behind: &str) -> bool {
    let is_since = before.ends_with(['自', '从']);
    behind.contains("以来") || (behind.starts_with('起') && (is_since || is_in_force(behind)))
}

/// The day on which a reporter heard of it: 7月21日,记者从某处获悉.
fn is_of_report(before: &str, behind: &str) -> bool {
    let sentence = behind.split(['。', ';']).next().unwrap_or(behind);
    let heard = ["获悉", "了解到", "传来消息", "对外介绍"]
        .iter()
        .filter_map(|word| sentence.find(word))
        .min();
    heard.is_some_and(|at| {
        let until = &sentence[..at];
        let is_reporter = before.contains("记者") || until.contains("记者") || until.contains('从');
        is_reporter && until.chars().count() < 40
    })
}

/// A day from which a policy holds: 3月1日正式施行.
fn is_in_force(behind: &str) -> bool {
    let behind = ["起", "开始", "正式"]
        .iter()
        .fold(behind, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    ["施行", "实施", "执行", "生效"]
        .iter()
        .any(|word| behind.starts_with(word))
}

/// A meeting that passed a policy, which is issued on another day.
fn is_meeting(behind: &str) -> bool {
    let issued = ["印发", "发布", "出台", "公布", "公告", "《"]
        .iter()
        .filter_map(|word| behind.find(word))
        .min();
    let before = issued.map_or(behind, |at| &behind[..at]);
    ["会议", "通过", "审议"]
        .iter()
        .any(|word| before.contains(word))
}

/// A day in a document's name: 《…》, (2023年1月1日…).
fn is_in_name(before: &str, behind: &str) -> bool {
    let is_open = before.rfind('《') > before.rfind('》');
    is_open && behind.contains('》')
}

/// Whether words tell of the item's deed; `None` where they tell of no deed.
fn tells_of(stage: Stage, words: &str) -> Option<bool> {
    let deeds = told(words).deeds;
    let mut strong = deeds
        .iter()
        .filter(|deed| !deed.is_weak() && !deed.is_headline_word);
    let first = strong.next()?;
    Some(first.stage == stage || strong.any(|deed| deed.stage == stage))
}

/// Whether a day is longer ago than a weekly tells of: before the month before the issue's.
fn is_old(date: Date, story: &Story) -> bool {
    let months = |year: i32, month: i32| year * 12 + month;
    let issue = story.year.zip(story.month);
    issue.is_some_and(|(year, month)| {
        let issue = months(year.into(), month.into());
        months(date.year().into(), date.month().into()) + 1 < issue
    })
}

#[cfg(test)]
mod tests;
