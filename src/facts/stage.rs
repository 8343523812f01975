//! How far the event has come (§8): the words of `assets/facts/stages.tsv`, then four rules.
//!
//! 1. A section of policies issues policies.
//! 2. What the headline says was done; of several, what the figures belong to.
//! 3. The first thing that lead and paragraphs say was done.
//! 4. A gathering, an aim, or something else.

mod deeds;
mod object;
mod several;
mod undone;
mod words;

use super::Read;
use super::near;
use super::story::{Line, Story};
use crate::issue::{Passage, Stage};
pub(super) use deeds::told;
use deeds::{Deed, Told};

/// The stage; there always is one.
pub(super) fn read(story: &Story) -> Read<Stage> {
    let headline = told(&story.headline.text);
    by_section(story)
        .or_else(|| by_headline(story, &headline))
        .or_else(|| by_body(story, &headline))
        .unwrap_or_else(|| by_kind(story, &headline))
}

/// Further stages that the headline states of the event whose stage this is: 开工 of 签约开工.
pub(super) fn also(story: &Story, stage: Stage) -> Read<Vec<Stage>> {
    let headline = told(&story.headline.text);
    let mut also = Read {
        value: vec![],
        from: vec![],
    };
    if story.is_policy() || headline.is_comment {
        return also;
    }
    let mut deeds = headline.deeds;
    deeds.retain(|deed| !deed.is_weak());
    for deed in several::joint(&story.headline.text, &deeds, stage) {
        also.from.push(story.headline.passage(deed.bytes.clone()));
        if !also.value.contains(&deed.stage) {
            also.value.push(deed.stage);
        }
    }
    also
}

/// Rule 1.
fn by_section(story: &Story) -> Option<Read<Stage>> {
    story.is_policy().then(|| Read {
        value: Stage::PolicyIssued,
        from: vec![story.section.passage(0..story.section.text.len())],
    })
}

/// Rule 2.
fn by_headline(story: &Story, headline: &Told) -> Option<Read<Stage>> {
    if headline.is_comment {
        return None;
    }
    let text = &story.headline.text;
    let (weak, strong): (Vec<Deed>, Vec<Deed>) =
        headline.deeds.iter().cloned().partition(Deed::is_weak);
    let of_strong = several::choose(text, &strong, &story.body);
    let stage = of_strong.or_else(|| weak.first().map(|deed| deed.stage));
    if let Some(stage) = stage {
        let told = headline.deeds.iter().filter(|deed| deed.stage == stage);
        let from = told.map(|deed| story.headline.passage(deed.bytes.clone()));
        return Some(Read {
            value: stage,
            from: from.collect(),
        });
    }
    let document = object::document(text).filter(|_| headline.gathering.is_none());
    document.map(|(stage, bytes)| Read {
        value: stage,
        from: vec![story.headline.passage(bytes)],
    })
}

/// Rule 3; what the headline takes back did not happen, whatever the body tells of it; of a gathering only what was done to projects, and a comment tells of no deed.
fn by_body(story: &Story, headline: &Told) -> Option<Read<Stage>> {
    if headline.is_comment {
        return None;
    }
    let is_gathering = headline.gathering.is_some();
    let counts = |line: &Line, deed: &Deed| {
        let is_done = !deed.is_headline_word
            && !deed.is_review
            && !headline.undone.contains(&deed.stage)
            && is_of_now(story, line, deed);
        is_done && (!is_gathering || is_done_to_projects(line, deed))
    };
    let told: Vec<(&Line, Told)> = story
        .body
        .iter()
        .map(|line| (line, told(&line.text)))
        .collect();
    let deeds = || {
        told.iter()
            .flat_map(|(line, told)| told.deeds.iter().map(move |deed| (*line, deed)))
    };
    let mut strong = deeds().filter(|(line, deed)| !deed.is_weak() && counts(line, deed));
    let mut plans = deeds()
        .filter(|(line, deed)| deed.stage == Stage::Planned && !is_gathering && counts(line, deed));
    let (line, deed) = strong.next().or_else(|| plans.next())?;
    Some(Read {
        value: deed.stage,
        from: vec![line.passage(deed.bytes.clone())],
    })
}

/// Whether a gathering's deed is done to projects, which of a signing the sentence may say.
fn is_done_to_projects(line: &Line, deed: &Deed) -> bool {
    let behind = near::first(&line.text[deed.clause.end..]);
    let sentence = behind.split(['。', ';']).next().unwrap_or(behind);
    let is_signing = deed.stage == Stage::Signed && line.text[deed.bytes.clone()].starts_with('签');
    let clause = near::around(&line.text, &deed.clause, &deed.bytes);
    clause.contains("项目") || (is_signing && sentence.contains("项目"))
}

/// Whether no year stands before a deed in its sentence that is another than that of the issue or the one before.
fn is_of_now(story: &Story, line: &Line, deed: &Deed) -> bool {
    let before = near::last(&line.text[..deed.bytes.start]);
    let sentence = before.rsplit('。').next().unwrap_or(before);
    let year = sentence.rmatch_indices('年').find_map(|(at, _)| {
        let digits = sentence.get(at.checked_sub(4)?..at)?;
        digits.parse::<u16>().ok()
    });
    let now = story.year;
    year.zip(now)
        .is_none_or(|(year, now)| year == now || year + 1 == now)
}

/// Rule 4.
fn by_kind(story: &Story, headline: &Told) -> Read<Stage> {
    let words = |bytes: &std::ops::Range<usize>| -> Vec<Passage> {
        vec![story.headline.passage(bytes.clone())]
    };
    let (value, from) = match headline {
        Told {
            is_comment: true, ..
        } => (Stage::Other, vec![]),
        Told {
            gathering: Some(bytes),
            ..
        } => (Stage::Event, words(bytes)),
        Told {
            aim: Some(bytes), ..
        } => (Stage::Planned, words(bytes)),
        _ => (Stage::Other, vec![]),
    };
    Read { value, from }
}

#[cfg(test)]
mod tests;
