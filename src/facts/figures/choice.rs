//! Which of the figures of a text is the object's (§1, §2).

use super::super::Read;
use super::Figures;
use super::labels::LandKind;
use super::mentions::{Mention, Mentions};
use super::object::{Kind, Object};
use super::owner::Owner;
use crate::issue::Money;
use std::collections::HashMap;

/// The figures of the object.
pub(super) fn choose(object: &Object, mentions: &Mentions) -> Figures {
    let chooser = Chooser {
        object,
        kind: object.kind,
        counts: &mentions.counts,
        by_sentence: by_sentence(&mentions.counts),
        told: mentions
            .counts
            .iter()
            .find(|count| count.is_headline && count.owner != Owner::Other),
    };
    let amount = chooser.amount(&mentions.amounts);
    let count = chooser.count(amount, &mentions.amounts);
    let kind = match (count, object.kind) {
        (Some(_), Kind::One) => Kind::Several,
        // 产业园开工暨项目签约: the first thing of the headline.
        (None, Kind::Several) => Kind::Event,
        (_, kind) => kind,
    };
    Figures {
        investment: amount.map(read),
        area: area(kind, &mentions.areas),
        projects: count.map(read),
    }
}

fn by_sentence(counts: &[Mention<u32>]) -> HashMap<(usize, u32), &Mention<u32>> {
    let own = counts.iter().filter(|count| count.owner != Owner::Other);
    // From the last, so that the first stays.
    own.rev()
        .map(|count| ((count.sentence, count.value), count))
        .collect()
}

fn read<T: Copy>(mention: &Mention<T>) -> Read<T> {
    Read {
        value: mention.value,
        from: vec![mention.from.clone()],
    }
}

/// Chooses by what the headline names, and by the counts of projects.
struct Chooser<'a> {
    object: &'a Object,
    kind: Kind,
    counts: &'a [Mention<u32>],
    /// Of the counts that may be the object's, the first of each number in a sentence.
    by_sentence: HashMap<(usize, u32), &'a Mention<u32>>,
    /// The number of projects that the headline tells.
    told: Option<&'a Mention<u32>>,
}

impl<'a> Chooser<'a> {
    /// Total investment of the object.
    fn amount(&self, all: &'a [Mention<Money>]) -> Option<&'a Mention<Money>> {
        let headline = all
            .iter()
            .find(|one| one.is_headline && one.owner != Owner::Other);
        let told = headline.or_else(|| self.of_object(all))?;
        let value = |money: &Money| money.value;
        let is_alike = |other: &&Mention<Money>| {
            other.value.unit == told.value.unit
                && !matches!(other.owner, Owner::Other | Owner::Phase(_))
        };
        Some(more_precise(told, all.iter().filter(is_alike), value))
    }

    /// The first figure of the body that is said of the object.
    fn of_object<T: PartialEq>(&self, all: &'a [Mention<T>]) -> Option<&'a Mention<T>> {
        let first = |wanted: &dyn Fn(&Mention<T>) -> bool| all.iter().find(|one| wanted(one));
        let object = || first(&|one| one.owner == Owner::Object);
        let group = || {
            let is_wanted = |one: &Mention<T>| match (one.owner, self.told) {
                (Owner::Group(group), Some(told)) => {
                    is_near(group.last, told) || is_near(group.sum, told)
                }
                (Owner::Group(_), None) => true,
                _ => false,
            };
            first(&|one| is_wanted(one) && one.fits && self.counted_fits(one))
                .or_else(|| first(&is_wanted))
        };
        // One project at a ceremony of many: what is told of another is not its.
        let is_alone = !self.counts.iter().any(|count| count.owner != Owner::Other);
        let unnamed = || first(&|one| is_alone && one.owner == Owner::Unnamed);
        let phase = || {
            let phases = || {
                all.iter()
                    .filter(|one| matches!(one.owner, Owner::Phase(_)))
            };
            let is_news = |one: &&Mention<T>| matches!(one.owner, Owner::Phase(phase) if self.object.has_phase(phase));
            // Of several phases none is the whole, and nothing is added up (§2).
            let first = phases().next()?;
            let only = phases()
                .all(|one| one.value == first.value)
                .then_some(first);
            phases().find(is_news).or(only)
        };
        match self.kind {
            Kind::Several => group().or_else(object),
            Kind::One => object().or_else(unnamed).or_else(phase),
            Kind::Event => object().or_else(group).or_else(unnamed).or_else(phase),
        }
    }

    /// Whether the count of the projects that a figure belongs to tells of what the headline tells.
    fn counted_fits<T>(&self, figure: &Mention<T>) -> bool {
        self.beside(figure).is_none_or(|count| count.fits)
    }

    /// The count of the projects that a figure belongs to.
    fn beside<T>(&self, figure: &Mention<T>) -> Option<&'a Mention<u32>> {
        let Owner::Group(group) = figure.owner else {
            return None;
        };
        let found = self.by_sentence.get(&(figure.sentence, group.last));
        found.copied()
    }

    fn counted(&self) -> impl Iterator<Item = &'a Mention<u32>> {
        self.counts
            .iter()
            .filter(|count| count.owner != Owner::Other)
    }

    /// The number of projects; with the amount of the headline, which may be told again, of projects by their number.
    fn count(
        &self,
        amount: Option<&Mention<Money>>,
        amounts: &[Mention<Money>],
    ) -> Option<&'a Mention<u32>> {
        if let Some(told) = self.told {
            let alike = self.counted().filter(|count| is_near(count.value, told));
            return Some(more_precise(told, alike, |count| f64::from(*count)));
        }
        let with = |amount: &Mention<Money>| {
            let mut again = amounts.iter().filter(|other| other.value == amount.value);
            self.beside(amount)
                .or_else(|| again.find_map(|other| self.beside(other)))
        };
        let first = || {
            self.counted()
                .find(|count| count.fits)
                .or_else(|| self.counted().next())
        };
        match (self.kind, amount) {
            (Kind::One, _) | (Kind::Event, Some(_)) => amount.and_then(with),
            (Kind::Several, _) => amount.and_then(with).or_else(first),
            (Kind::Event, None) => first(),
        }
    }
}

/// Another telling of the same figure that is more precise (§2).
fn more_precise<'a, T>(
    told: &'a Mention<T>,
    mut alike: impl Iterator<Item = &'a Mention<T>>,
    value: impl Fn(&T) -> f64,
) -> &'a Mention<T> {
    let digits = |value: f64| {
        value
            .to_string()
            .trim_end_matches('0')
            .chars()
            .filter(char::is_ascii_digit)
            .count()
    };
    let first = value(&told.value);
    let better = alike.find(|other| {
        let second = value(&other.value);
        let is_near = (first - second).abs() <= 0.1 * first;
        let is_more = digits(second) > digits(first);
        // 936亿 is 936.24亿元 cut off.
        let is_cut_off = first.fract() == 0.0 && (second.trunc() - first).abs() < 0.5;
        is_near && is_more && (is_cut_off || (told.is_rough && !other.is_rough))
    });
    better.unwrap_or(told)
}

/// Whether a number of projects may be the one that the headline tells.
fn is_near(count: u32, told: &Mention<u32>) -> bool {
    let range = if told.is_rough { 10 } else { 0 };
    count.abs_diff(told.value) * 100 <= told.value * range
}

/// The land of the object.
fn area(kind: Kind, areas: &[(Mention<f64>, LandKind)]) -> Option<Read<f64>> {
    let of = |wanted: fn(Owner) -> bool| -> Vec<_> {
        areas.iter().filter(|(one, _)| wanted(one.owner)).collect()
    };
    let owners: &[fn(Owner) -> bool] = match kind {
        Kind::Several => &[|owner| matches!(owner, Owner::Group(_))],
        _ => &[
            |owner| owner == Owner::Object,
            |owner| owner == Owner::Unnamed,
            |owner| matches!(owner, Owner::Phase(_)),
        ],
    };
    let own = owners
        .iter()
        .map(|owner| of(*owner))
        .find(|own| !own.is_empty())?;
    let best = own.iter().min_by_key(|(_, land)| match land {
        LandKind::Total => 0,
        LandKind::Whole => 1,
        LandKind::Part => 2,
    })?;
    let differs = own
        .iter()
        .any(|(other, _)| (other.value - best.0.value).abs() > f64::EPSILON);
    // Several parts are no whole, nor several phases.
    let is_whole = best.1 == LandKind::Total
        || (best.1 == LandKind::Whole && !matches!(best.0.owner, Owner::Phase(_)))
        || !differs;
    if !is_whole {
        return None;
    }
    let alike = areas
        .iter()
        .map(|(one, _)| one)
        .filter(|one| one.owner == best.0.owner);
    Some(read(more_precise(&best.0, alike, |area| *area)))
}
