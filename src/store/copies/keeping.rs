//! Which copy is the newest, and which may go, by the times in their names and the time it is now.
//! Must not take a copy for new for its name alone: a clock that was ahead leaves names of a time that has not come.

use super::Copy;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;

/// So many copies are kept, and those of so many days; and as many of a time that has not come.
const KEPT: usize = 5;
/// How far ahead of now a name may be: copies that are made within one second are named of the seconds that follow it.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// Where a copy stands among others: greater is newer. What is named of a time that has not come is older than all else, for when
/// it was made nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    has_come: bool,
    time: Timestamp,
}

impl Rank {
    /// Of a copy with this time in its name.
    pub fn of(time: Timestamp, now: Timestamp) -> Self {
        Self {
            has_come: time.duration_since(now) <= AHEAD,
            time,
        }
    }
}

/// The copies, newest first.
pub fn newest_first(mut copies: Vec<Copy>, now: Timestamp) -> Vec<Copy> {
    copies.sort_by_key(|copy| Reverse(Rank::of(copy.time, now)));
    copies
}

/// The newest of the copies whose time has come.
pub fn newest(copies: &[Copy], now: Timestamp) -> Option<&Copy> {
    let have_come = copies.iter().filter(|copy| has_come(copy, now));
    have_come.max_by_key(|copy| copy.time)
}

/// The copies that may go, of all from the oldest on. Neither those whose time has come push out the others nor those them: they may
/// be all there is.
pub fn superfluous(copies: &[Copy], now: Timestamp) -> impl Iterator<Item = &Copy> {
    let have_come = copies.partition_point(|copy| has_come(copy, now));
    let (have_come, have_not) = copies.split_at(have_come);
    of_one_kind(have_come).chain(of_one_kind(have_not))
}

/// Whether it is no more ahead of now than copies that were made by a right clock.
pub fn has_come(copy: &Copy, now: Timestamp) -> bool {
    Rank::of(copy.time, now).has_come
}

/// Those that are neither among the last few nor the last one of one of the last few days. Copies that are made before changes are
/// many on some days, and must not push out those of other days.
fn of_one_kind(copies: &[Copy]) -> impl Iterator<Item = &Copy> {
    let mut days: Vec<Date> = vec![];
    let mut kept = 0;
    let is_kept = |copy: &Copy| {
        let day = copy.time.to_zoned(TimeZone::UTC).date();
        let ends_day = !days.contains(&day);
        days.extend(ends_day.then_some(day));
        kept += 1;
        kept <= KEPT || (ends_day && days.len() <= KEPT)
    };
    let is_kept: Vec<bool> = copies.iter().rev().map(is_kept).collect();
    let oldest_first = copies.iter().zip(is_kept.into_iter().rev());
    oldest_first
        .filter(|(_, is_kept)| !is_kept)
        .map(|(copy, _)| copy)
}
