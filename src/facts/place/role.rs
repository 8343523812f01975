//! What part a place plays where it is named (§4: site, not ceremony): read from the words around its name.
//! Must not know which place it is.

use super::super::ends::end;
use super::super::near;
use super::cues::Cue;
use std::ops::Range;

/// The part of a place, the one that tells most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// 落户苏州, 位于苏州, 在苏州开工: the object stands there.
    Site,
    /// 在苏州签约: the site, or only where it was signed.
    Signing,
    /// 苏州8个项目开工: said of it, or by it.
    Plain,
    /// 在苏州举行, 赴苏州招商: where people met.
    Venue,
    /// 苏州某某公司, 苏州大学, 来自苏州: not of the place.
    Weak,
}

/// The part that the place named at `range` of `text` plays.
pub(super) fn of(text: &str, range: &Range<usize>) -> Role {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    let before = before.trim_end().trim_end_matches("中国");
    if is_origin(before, behind) || is_firm(behind) || is_school(behind) {
        return Role::Weak;
    }
    let opened = before.strip_suffix('(');
    if opened.is_some() && behind.strip_prefix(')').is_some_and(is_promotion) {
        return Role::Venue;
    }
    let before = before.trim_end_matches(['“', '"', '(', '·', '《']);
    if Cue::SiteBefore.ends(before) {
        return Role::Site;
    }
    if Cue::GuestBefore.ends(before) && !before.ends_with("达到") {
        return Role::Venue;
    }
    match before.strip_suffix('在').or_else(|| strip_at(before)) {
        Some(subject) => of_being_there(subject, behind),
        None => Role::Plain,
    }
}

/// Whether the words before say that somebody or something is there.
pub(super) fn is_pointed_at(before: &str) -> bool {
    Cue::SiteBefore.ends(before)
        || Cue::GuestBefore.ends(before)
        || before.ends_with('在')
        || strip_at(before).is_some()
}

/// The text before 于, where it means 在.
fn strip_at(before: &str) -> Option<&str> {
    let rest = before.strip_suffix('于')?;
    let other = [
        "关", "属", "对", "由", "至", "鉴", "基", "等", "大", "高", "低",
    ];
    end(rest, &other).is_none().then_some(rest)
}

/// What `在` a place tells: by what comes next, and of what.
fn of_being_there(subject: &str, behind: &str) -> Role {
    let clause = clause_behind(behind);
    let never = usize::MAX;
    let first = |cue: Cue| cue.first_in(clause).unwrap_or(never);
    let site = first(Cue::DoneOnSite);
    let meeting = first(Cue::DoneAtMeeting);
    let signing = first(Cue::DoneAtSigning);
    if site == never && meeting == never && signing == never {
        return Role::Plain;
    }
    if signing < site.min(meeting) {
        return Role::Signing;
    }
    if site < meeting {
        return Role::Site;
    }
    // 开工仪式在某地举行, 在某地举行开工仪式
    let subject = clause_before(subject);
    let is_held = Cue::HeldOnSite.is_in(subject) || Cue::HeldOnSite.is_in(clause);
    if is_held && !subject.contains("签约") && signing == never {
        Role::Site
    } else {
        Role::Venue
    }
}

fn is_origin(before: &str, behind: &str) -> bool {
    // 山东最大援藏项目
    let near = &behind[..nth_char(behind, 6)];
    Cue::OriginBefore.ends(before) || Cue::OriginBehind.starts(behind) || Cue::Help.is_in(near)
}

fn is_promotion(behind: &str) -> bool {
    let end = nth_char(behind, 14);
    Cue::Promotion.is_in(&behind[..end])
}

/// Whether a place is the first word of the name of a firm: 苏州某某科技有限公司, 某某(苏州)有限公司.
fn is_firm(behind: &str) -> bool {
    let name = behind.strip_prefix(')').unwrap_or(behind);
    let end = name_end(name, 18);
    // 某某(集团)有限公司
    let rest = name[end..].strip_prefix('(').unwrap_or_default();
    Cue::Firm.is_in(&name[..end]) || rest.starts_with("集团)")
}

/// Whether it is the first word of the name of a school: 苏州大学.
fn is_school(behind: &str) -> bool {
    let end = name_end(behind, 10);
    let name = &behind[..end];
    Cue::School.words().iter().any(|word| {
        name.find(word).is_some_and(|at| {
            let rest = &behind[at + word.len()..];
            !Cue::NoSchool.starts(rest)
        })
    })
}

/// Where the name that `text` begins with ends at the latest.
fn name_end(text: &str, most: usize) -> usize {
    let hanzi = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '·') || c.is_ascii_alphabetic();
    let text = &text[..nth_char(text, most)];
    let end = text.find(|c| !hanzi(c)).unwrap_or(text.len());
    Cue::NoFirm.first_in(&text[..end]).unwrap_or(end)
}

/// The byte where character `n` begins; the length where there are fewer.
fn nth_char(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

fn clause_behind(text: &str) -> &str {
    let text = &text[..nth_char(text, 40)];
    &text[..text.find(is_stop).unwrap_or(text.len())]
}

fn clause_before(text: &str) -> &str {
    let text = near::last(text);
    let start = text.char_indices().rev().find(|(_, c)| is_stop(*c));
    start.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// What ends a clause.
pub(super) const fn is_stop(c: char) -> bool {
    matches!(
        c,
        ',' | '。' | ';' | '!' | '?' | ' ' | ':' | '，' | '；' | '\n'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_place_tell_its_part() {
        for (text, role) in [
            ("项目落户〔苏州〕", Role::Site),
            ("项目“花落”〔苏州〕", Role::Plain),
            ("花落“〔苏州〕”", Role::Site),
            ("选址于〔苏州〕城东", Role::Site),
            ("某集团在〔苏州〕投资30亿元建设基地", Role::Site),
            ("项目开工仪式在〔苏州〕举行", Role::Site),
            ("项目在〔苏州〕签约", Role::Signing),
            ("项目签约仪式在〔苏州〕举行", Role::Venue),
            ("推介会在〔苏州〕举行", Role::Venue),
            ("赴〔苏州〕招商", Role::Venue),
            ("某地(〔苏州〕)产业推介会", Role::Venue),
            ("〔苏州〕8个项目开工", Role::Plain),
            ("〔苏州〕市属", Role::Plain),
            ("〔苏州〕与某集团签约", Role::Plain),
            ("〔苏州〕晶华精密科技股份有限公司", Role::Weak),
            ("晶华(〔苏州〕)科技有限公司", Role::Weak),
            ("〔苏州〕晶华(集团)公司", Role::Weak),
            ("〔苏州〕大学", Role::Weak),
            ("〔苏州〕大学城", Role::Plain),
            ("〔苏州〕银行", Role::Weak),
            ("来自〔苏州〕的客人", Role::Weak),
            ("〔苏州〕客商", Role::Weak),
            ("关于〔苏州〕", Role::Plain),
        ] {
            let start = text.find('〔').unwrap();
            let end = text.find('〕').unwrap() - '〔'.len_utf8();
            let plain = text.replace(['〔', '〕'], "");
            assert_eq!(of(&plain, &(start..end)), role, "{text}");
        }
    }
}
