//! Several things in one headline: the one that the figures belong to (§8, rule 2; §1).
//! Must not read the figures.

use super::deeds::{Deed, told};
use crate::facts::story::Line;
use crate::issue::Stage;

/// The stage among those of a headline's deeds. A deed that only describes what another was done to (去年签约的水厂开工)
/// stands back.
pub(super) fn choose(headline: &str, deeds: &[Deed], body: &[Line]) -> Option<Stage> {
    let deeds = without_descriptions(headline, deeds);
    let first = deeds.first()?;
    if deeds.iter().all(|deed| deed.stage == first.stage) {
        return Some(first.stage);
    }
    let groups = groups(headline, &deeds);
    let mut counted = groups
        .iter()
        .filter(|group| has_figure(headline, &deeds, group));
    let of_headline = counted.next().map(|group| deeds[group.start].stage);
    let of_body = || {
        let mut named = body
            .iter()
            .filter_map(|line| of_first_figure(&line.text, &deeds));
        match named.next()? {
            Named::InClause(stage) => Some(stage),
            Named::Before(stage) => {
                let at = deeds.iter().position(|deed| deed.stage == stage)?;
                let group = groups.iter().find(|group| group.contains(&at))?;
                Some(deeds[group.start].stage)
            }
        }
    };
    of_headline.or_else(of_body).or(Some(first.stage))
}

/// The deeds of other stages that are told of one thing with one of this stage. What is signed to be set up (签约设立) is not set up.
pub(super) fn joint(headline: &str, deeds: &[Deed], stage: Stage) -> Vec<Deed> {
    let deeds = without_descriptions(headline, deeds);
    let is_signed_to_be = |deed: &Deed| {
        let is_behind =
            |other: &Deed| other.stage == Stage::Signed && other.bytes.end == deed.bytes.start;
        deed.stage == Stage::Established && deeds.iter().any(is_behind)
    };
    let groups = groups(headline, &deeds).into_iter();
    let groups = groups.map(|group| &deeds[group]);
    let own = groups.filter(|group| group.iter().any(|deed| deed.stage == stage));
    let others = own
        .flatten()
        .filter(|deed| deed.stage != stage && !is_signed_to_be(deed));
    others.cloned().collect()
}

/// The deeds but those that a 的 makes a description of a later one in their clause.
fn without_descriptions(headline: &str, deeds: &[Deed]) -> Vec<Deed> {
    let describes = |deed: &Deed, next: &Deed| {
        let between = headline.get(deed.bytes.end..next.bytes.start);
        let words = between.and_then(|between| between.split_once('的'));
        deed.clause == next.clause && words.is_some_and(|(words, _)| !words.contains(is_digit))
    };
    let stays = |deed: &&Deed| !deeds.iter().any(|next| describes(deed, next));
    deeds.iter().filter(stays).cloned().collect()
}

/// What a figure of the body is told of.
enum Named {
    /// Its clause says it.
    InClause(Stage),
    /// The clauses before it do, which may not name all.
    Before(Stage),
}

/// Deeds that are told of one thing, since nothing else stands between them: 开工、签约.
fn groups(headline: &str, deeds: &[Deed]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = vec![];
    for n in 0..deeds.len() {
        let is_next = n > 0 && is_joint(&headline[deeds[n - 1].bytes.end..deeds[n].bytes.start]);
        match groups.last_mut() {
            Some(group) if is_next => group.end = n + 1,
            _ => groups.push(n..n + 1),
        }
    }
    groups
}

/// Whether words join two deeds of one thing.
fn is_joint(between: &str) -> bool {
    const FILL: [&str; 14] = [
        "项目", "集中", "活动", "仪式", "重大", "正式", "、", "和", "及", "与", "暨", "并", "-",
        "·",
    ];
    let mut rest = between;
    while let Some(behind) = FILL.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind;
    }
    rest.is_empty()
}

/// Whether a figure stands before a group, or right behind it.
fn has_figure(headline: &str, deeds: &[Deed], group: &std::ops::Range<usize>) -> bool {
    let start = group.start.checked_sub(1).map_or(0, |n| deeds[n].bytes.end);
    let before = &headline[start..deeds[group.start].bytes.start];
    let printed = &headline[deeds[group.end - 1].bytes.end..];
    let behind = ["仪式", "项目", "共", "总", "投资", "约", "超", "近"]
        .iter()
        .fold(printed, |rest, word| {
            rest.strip_prefix(word).unwrap_or(rest)
        });
    // What stands between two deeds of a clause without such a word is counted of the second.
    let clause = &deeds[group.end - 1].clause;
    let next = deeds.get(group.end);
    let is_free = behind.len() < printed.len() || next.is_none_or(|next| next.clause != *clause);
    let is_behind = is_free && behind.starts_with(is_digit) && figure(behind).is_some();
    figure(before).is_some() || is_behind
}

/// The stage, one of those of `deeds`, that the first figure of a text is told of.
fn of_first_figure(text: &str, deeds: &[Deed]) -> Option<Named> {
    let at = figure(text)?;
    let is_named = |found: &Deed| deeds.iter().any(|deed| deed.stage == found.stage);
    let all = told(text).deeds;
    let named: Vec<&Deed> = all.iter().filter(|deed| is_named(deed)).collect();
    let start = text[..at].rfind([',', '。', ';', ' ']).unwrap_or(0);
    let end = text[at..]
        .find([',', '。', ';'])
        .map_or(text.len(), |end| at + end);
    let inside = |deed: &&&Deed| (start..end).contains(&deed.bytes.start);
    let here: Vec<&&Deed> = named.iter().filter(inside).collect();
    let of_clause = deeds
        .iter()
        .find(|deed| here.iter().any(|found| found.stage == deed.stage));
    let before = named.iter().rev().find(|deed| deed.bytes.start < at);
    let of_clause = of_clause.map(|deed| Named::InClause(deed.stage));
    of_clause.or_else(|| before.map(|deed| Named::Before(deed.stage)))
}

/// Where an amount or a number of projects stands.
fn figure(text: &str) -> Option<usize> {
    let mut places = text.match_indices(['亿', '万', '个']);
    places.find_map(|(at, unit)| {
        let is_counted = text[..at].ends_with(is_digit);
        let is_project = unit != "个"
            || text[at..]
                .chars()
                .take(16)
                .collect::<String>()
                .contains("项目")
            || text[..at].trim_end_matches(is_digit).ends_with("项目")
            || text[..at].trim_end_matches(is_digit).ends_with("项目共");
        let is_money = unit != "万" || text[at..].starts_with("万元");
        let is_size = text[..at].trim_end_matches(is_digit).ends_with("规模");
        (is_counted && is_project && is_money && !is_size).then_some(at)
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九十百千多余".contains(c)
}
