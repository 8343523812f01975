//! Words that tell how wide a matter is, whose a document is, and what joins places.

use super::super::story::Story;
use super::cues::Cue;
use super::role::Role;
use super::scene::Mention;

/// Whether the item is about a document.
pub(super) fn is_document(story: &Story) -> bool {
    let headline = &story.headline.text;
    let is_named = Cue::Issued.is_in(headline) && Cue::Document.is_in(headline);
    story.is_policy() || (is_named && !headline.contains("项目"))
}

/// Whether a text tells of many projects, or of a meeting.
pub(super) fn is_collective(text: &str) -> bool {
    Cue::Collective.is_in(text) || has_count(text)
}

pub(super) fn is_provincial(text: &str) -> bool {
    Cue::Provincial.is_in(text)
}

/// Whether a ministry, or all of the state, speaks.
pub(super) fn is_national(text: &str) -> bool {
    Cue::National.is_in(text)
}

/// `12个`, `十二个`, `7市`: two or more of something.
fn has_count(text: &str) -> bool {
    let counted = |c: char| matches!(c, '个' | '家' | '市' | '县' | '地');
    text.match_indices(counted).any(|(at, unit)| {
        if text[at + unit.len()..].starts_with('月') {
            return false;
        }
        let before = &text[..at];
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &before[digits.len()..];
        number.parse::<u32>().is_ok_and(|number| number > 1)
            || before.ends_with([
                '两', '二', '三', '四', '五', '六', '七', '八', '九', '十', '多', '余',
            ])
    })
}

/// Whether what stands between two places makes them two: a list, a route, a pact.
pub(super) fn is_joint(between: &str) -> bool {
    let plain = between.trim_start_matches(['市', '省', '”', '"', '(', ')']);
    Cue::Joint.starts(plain) && plain.chars().count() <= 6
}

/// Whether a text goes on with what is built: 工厂, 基地.
pub(super) fn is_works(behind: &str) -> bool {
    let end = behind
        .char_indices()
        .nth(10)
        .map_or(behind.len(), |(at, _)| at);
    Cue::Works.is_in(&behind[..end])
}

/// Whether a place of the headline is only where those come from who build abroad.
pub(super) fn is_investor(headline: &str, mention: &Mention) -> bool {
    mention.role == Role::Plain && !Cue::Host.is_in(headline)
}

/// Whether a place stands within 《》.
pub(super) fn is_in_title(text: &str, mention: &Mention) -> bool {
    let before = &text[..mention.range.start];
    before.matches('《').count() > before.matches('》').count()
}

/// Whether a document's title tells that it is for a place, which may not be its author: 关于支持成都…的意见.
pub(super) fn is_supported(before: &str) -> bool {
    before.ends_with("支持") || before.ends_with("支持在")
}

pub(super) fn first_sentence(text: &str) -> &str {
    &text[..text.find('。').unwrap_or(text.len())]
}

/// Places that are named as where firms come from more often than as a site: 湘潭首个香港工业园.
pub(super) fn is_investor_land(mention: &Mention) -> bool {
    matches!(mention.sense.province, Some("香港" | "澳门" | "台湾"))
}
