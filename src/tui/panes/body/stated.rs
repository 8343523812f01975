//! What the item states: the line under its headline, and where in its texts that was read.
//! Must not draw.

use super::compose::Block;
use super::setting::Setting;
use crate::app::wording;
use crate::issue::{Facts, Passage};
use crate::look::Glyphs;
use crate::query::Key;
use crate::store::ItemView;
use std::ops::Range;

/// What stands between two facts.
pub(super) const BETWEEN: &str = "  ";

/// What the item states, in the order in which one looks for it, in as many lines as a page has room for: what matters least is
/// left out first. None where it states nothing.
pub(super) fn line(view: &ItemView, width: u16, setting: &Setting) -> Option<String> {
    let facts = &view.item.facts;
    let stages = wording::stages(facts, &view.head.section);
    let stated = |key| wording::stated(setting.language, facts, key);
    let said = [
        // Each with its place among those that are left out, the first one last.
        (1, stated(Key::Place)),
        (2, stated(Key::Amount)),
        (5, stated(Key::Projects)),
        (6, stated(Key::Area)),
        (3, stages),
        (4, stated(Key::Date)),
        (7, wording::industries(facts)),
    ];
    let mut said: Vec<(u8, String)> = said
        .into_iter()
        .filter_map(|(place, said)| Some((place, said?)))
        .collect();
    if said.is_empty() {
        return None;
    }
    let glyphs = Glyphs::for_width(setting.policy.ambiguous);
    let of_text = wording::of_text(setting.language, view);
    let of_text = of_text.map(|word| (0, format!("{} {word}", glyphs.diagnostic)));
    said.splice(..0, of_text);
    let lines = if setting.roomy { 2 } else { 1 };
    while said.len() > 1 && lines_of(&said, width, setting) > lines {
        let least = said.iter().map(|(place, _)| *place).max();
        said.retain(|(place, _)| Some(*place) != least);
    }
    let said: Vec<String> = said.into_iter().map(|(_, said)| said).collect();
    Some(said.join(BETWEEN))
}

/// How many lines they take.
fn lines_of(said: &[(u8, String)], width: u16, setting: &Setting) -> usize {
    let (mut lines, mut used) = (1, 0);
    for (_, said) in said {
        let columns = setting.policy.width(said);
        let behind = used + BETWEEN.len() + columns;
        (lines, used) = match used {
            0 => (lines, columns),
            _ if behind <= usize::from(width) => (lines, behind),
            _ => (lines + 1, columns),
        };
    }
    lines
}

/// Of each block the bytes that facts were read from, in order, apart from each other.
pub(super) fn read(facts: &Facts, blocks: &[Block]) -> Vec<Vec<Range<usize>>> {
    let passages: Vec<&Passage> = facts.read.values().flatten().collect();
    let of = |block: &Block| {
        let own = passages
            .iter()
            .filter(|passage| Some(passage.field) == block.field);
        let mut characters: Vec<Range<usize>> = own.map(|passage| passage.characters()).collect();
        characters.sort_unstable_by_key(|range| range.start);
        bytes(&block.text[block.label..], block.label, &characters)
    };
    blocks.iter().map(of).collect()
}

/// Characters of a text as bytes, for a text that stands behind so many; ranges that touch are one. Goes through the text once: it
/// may be as long as a file.
fn bytes(text: &str, behind: usize, characters: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    let last = characters.iter().map(|range| range.end).max().unwrap_or(0);
    let mut wanted = 0;
    for (n, (at, c)) in text.char_indices().enumerate().take(last) {
        while characters.get(wanted).is_some_and(|range| range.end <= n) {
            wanted += 1;
        }
        let is_read = characters[wanted..]
            .iter()
            .take_while(|range| range.start <= n)
            .any(|range| range.contains(&n));
        if !is_read {
            continue;
        }
        let (start, end) = (behind + at, behind + at + c.len_utf8());
        match found.last_mut() {
            Some(before) if before.end == start => before.end = end,
            _ => found.push(start..end),
        }
    }
    found
}
