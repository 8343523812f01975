//! Mentions: the amounts, counts and areas of a text, each with what is said of it.

use super::super::near;
use super::super::numeral::{Numeral, numerals};
use super::labels::LandKind;
use super::object::Object;
use super::owner::{Group, Owner, Words};
use super::said::Said;
use super::segments::{Frame, Segment};
use super::units::{is_count, land, money, without_sign};
use crate::issue::{Money, Passage, TextField};
use std::cell::OnceCell;

/// A figure of the text.
#[derive(Debug, Clone)]
pub(super) struct Mention<T> {
    pub value: T,
    pub from: Passage,
    /// Number of the sentence; the headline is 0.
    pub sentence: usize,
    pub owner: Owner,
    pub is_headline: bool,
    /// Whether a word says that it is rounded.
    pub is_rough: bool,
    /// Whether nothing else happened to it than what the headline tells, and not on the spot alone.
    pub fits: bool,
}

/// All that is counted in a text.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub amounts: Vec<Mention<Money>>,
    pub counts: Vec<Mention<u32>>,
    pub areas: Vec<(Mention<f64>, LandKind)>,
}

/// The figures of the segments.
pub(super) fn of(segments: &[Segment<'_>], object: &Object) -> Mentions {
    let mut mentions = Mentions::default();
    for segment in segments {
        let mut reader = Reader {
            segment,
            text: segment.text(),
            object,
            said: OnceCell::new(),
            group: Group::default(),
        };
        for number in numerals(segment.text()) {
            reader.take(&number, &mut mentions);
        }
    }
    mentions
}

/// Reads the numbers of one segment.
struct Reader<'a> {
    segment: &'a Segment<'a>,
    text: &'a str,
    object: &'a Object,
    /// What it says, as soon as a figure asks.
    said: OnceCell<Said>,
    /// The numbers of projects in it: what comes behind is theirs.
    group: Group,
}

impl Reader<'_> {
    fn take(&mut self, number: &Numeral, into: &mut Mentions) {
        let (start, end) = (number.range.start, number.range.end);
        let (before, behind) = (&self.text[..start], near::first(&self.text[end..]));
        if let Some(count) = is_count(self.text, number) {
            let owner = self.owner_of_count(before, behind, count);
            into.counts.push(self.mention(count, number, end, owner));
            if owner != Owner::Other {
                self.group.add(count);
            }
        } else if let Some((money, length)) = money(before, number, behind) {
            let (before, _) = without_sign(before);
            let owner = self.owner(before, &behind[length..]);
            let amount = self.mention(money, number, end + length, owner);
            into.amounts.push(amount);
        } else if let Some((area, length, kind)) = land(before, number, behind) {
            let owner = self.owner(before, &behind[length..]);
            let area = self.mention(area, number, end + length, owner);
            into.areas.push((area, kind));
        }
    }

    fn mention<T>(&self, value: T, number: &Numeral, end: usize, owner: Owner) -> Mention<T> {
        let start = self.segment.range.start;
        Mention {
            value,
            from: self
                .segment
                .line
                .passage(start + number.range.start..start + end),
            sentence: self.segment.sentence,
            owner,
            is_headline: self.is_headline(),
            is_rough: number.is_rough,
            fits: self.fits(number, end),
        }
    }

    fn is_headline(&self) -> bool {
        self.segment.line.field == TextField::Headline
    }

    /// Whether the clause around a figure tells of what the headline tells, or of nothing that was done.
    fn fits(&self, number: &Numeral, end: usize) -> bool {
        let before = near::last(&self.text[..number.range.start]);
        let before = before.rsplit([',', ':']).next().unwrap_or(before);
        let rest = near::first(&self.text[end..]);
        let rest = rest.find([',', '、', ':']).unwrap_or(rest.len());
        let clause = &self.text[number.range.start - before.len()..end + rest];
        let on_spot = ["现场签约", "现场集中签约", "线下签约"];
        let offered = ["推出", "发布", "推介", "公布", "储备"];
        !offered.iter().any(|word| clause.contains(word))
            && !on_spot.iter().any(|word| clause.contains(word))
            && self.object.has_done(clause)
    }

    fn owner(&self, before: &str, behind: &str) -> Owner {
        let words = Words {
            before,
            said: self.said.get_or_init(|| Said::of(self.text, self.object)),
            behind,
            frame: self.segment.frame,
            is_headline: self.is_headline(),
            group: self.group,
        };
        words.owner(self.object)
    }

    fn owner_of_count(&self, before: &str, behind: &str, count: u32) -> Owner {
        let others = ["其他", "其余", "另外", "另有", "还有"];
        let is_other = others.iter().any(|word| before.ends_with(word));
        // The parts of one project: 分为三个单体项目.
        let is_sub = ["个单体", "个子项目"]
            .iter()
            .any(|word| behind.starts_with(word))
            || before.ends_with(['分', '由']);
        if is_other || is_sub || self.segment.frame != Frame::Plain {
            return Owner::Other;
        }
        Owner::Group(Group::of(count))
    }
}
