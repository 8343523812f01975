//! Where the reader has been: stops to go back to, and forward again, as in a browser.
//! A stop is left by a leap; what one reads on from there, row by row and item by item, moves it. Must not look anything up.

use super::history::Turn;
use super::panes::{Body, Spot};
use super::session::Session;
use super::state::State;
use crate::store::Scope;

/// Stops that are kept.
pub const MOST: usize = 200;

/// A place in what is listed, by names that outlive their rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What was listed, and which item was selected.
    pub session: Session,
    /// Where the screen stood in its text; none where that was not there.
    pub spot: Option<Spot>,
}

impl Stop {
    /// Where the reader is now; none while nothing is open.
    #[must_use]
    pub fn of(state: &State) -> Option<Self> {
        let open = state.open.as_ref()?;
        // What is on the screen, and not what is on its way.
        let shown = &open.contents.listing;
        let session = Session {
            library: shown.scope == Scope::Library,
            query: shown.query.to_string(),
            ..Session::of(state)?
        };
        let selected = open.selected().map(|item| item.id);
        let body = open.body.as_ref();
        let body = body.filter(|body| Some(body.view.head.id) == selected);
        Some(Self {
            session,
            spot: body.map(Body::spot),
        })
    }

    /// Whether the same item stands in the same list.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        let names = |stop: &Self| {
            let Session {
                library,
                publication,
                issue,
                item,
                query,
                ..
            } = stop.session.clone();
            (library, publication, issue, item, query)
        };
        names(self) == names(other)
    }
}

/// The stops behind and ahead.
#[derive(Debug, Default)]
pub struct Trail {
    /// Stops to go back to, the nearest last.
    behind: Vec<Stop>,
    /// Stops to go forward to, the nearest last.
    ahead: Vec<Stop>,
    /// Where a leap began that has not led anywhere yet.
    leaving: Option<Stop>,
    /// How many steps which way are being taken: a key may be faster than the library.
    taken: Option<(Turn, usize)>,
}

impl Trail {
    /// A leap begins here, or none does.
    pub fn leave(&mut self, from: Option<Stop>) {
        self.leaving = from;
    }

    /// The reader is `here` now: where a leap has led there, it can be taken back.
    pub fn settle(&mut self, here: impl FnOnce() -> Option<Stop>) {
        let Some(from) = &self.leaving else { return };
        if here().is_none_or(|here| here.is_at(from)) {
            return;
        }
        let Some(from) = self.leaving.take() else {
            return;
        };
        self.ahead.clear();
        self.taken = None;
        self.behind.pop_if(|last| last.is_at(&from));
        self.behind.push(from);
        let over = self.behind.len().saturating_sub(MOST);
        self.behind.drain(..over);
    }

    /// One step more is asked for: the stops that it may lead to, the nearest first; none where there are none.
    pub fn step(&mut self, turn: Turn, here: Option<&Stop>) -> Vec<Session> {
        self.leaving = None;
        let stops = match turn {
            Turn::Back => &mut self.behind,
            Turn::Forth => &mut self.ahead,
        };
        while let Some(here) = here
            && stops.pop_if(|last| last.is_at(here)).is_some()
        {}
        let asked = match self.taken {
            Some((same, asked)) if same == turn => (asked + 1).min(stops.len()),
            _ => 1,
        };
        self.taken = Some((turn, asked));
        let beyond = stops.iter().rev().skip(asked.saturating_sub(1));
        beyond.map(|stop| stop.session.clone()).collect()
    }

    /// Takes the steps that were asked for from `here`, past so many stops that are gone; the stop that they lead to, where there
    /// is one.
    pub fn take(&mut self, turn: Turn, gone: usize, here: Option<Stop>) -> Option<Stop> {
        let taken = self.taken.take().filter(|(same, _)| *same == turn);
        let steps = taken.map_or(1, |(_, steps)| steps);
        let (from, to) = match turn {
            Turn::Back => (&mut self.behind, &mut self.ahead),
            Turn::Forth => (&mut self.ahead, &mut self.behind),
        };
        to.extend(here);
        for _ in 1..steps {
            to.extend(from.pop());
        }
        from.truncate(from.len().saturating_sub(gone));
        from.pop()
    }

    /// None of the stops this way is there any more.
    pub fn forget(&mut self, turn: Turn) {
        self.taken = None;
        match turn {
            Turn::Back => self.behind.clear(),
            Turn::Forth => self.ahead.clear(),
        }
    }

    /// What was asked for last does not count: something else was asked for since.
    pub const fn rest(&mut self) {
        self.taken = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::IssueNumber;
    use crate::tui::session::Where;

    fn stop(n: u32) -> Stop {
        Stop {
            session: Session {
                library: false,
                publication: "园区周报".into(),
                issue: IssueNumber(n),
                item: Some((format!("第{n}条"), 0)),
                query: String::new(),
                focus: Where::Body,
                newest: 1,
                jumps: vec![],
            },
            spot: None,
        }
    }

    fn leap(trail: &mut Trail, from: u32, to: u32) {
        trail.leave(Some(stop(from)));
        trail.settle(|| Some(stop(to)));
    }

    fn go(trail: &mut Trail, turn: Turn, from: u32) -> Option<u32> {
        trail.step(turn, Some(&stop(from)));
        let led = trail.take(turn, 0, Some(stop(from)));
        led.map(|stop| stop.session.issue.0)
    }

    #[test]
    fn stops_are_gone_back_to_and_forward_again() {
        let mut trail = Trail::default();
        leap(&mut trail, 1, 2);
        leap(&mut trail, 2, 3);
        assert_eq!(go(&mut trail, Turn::Back, 3), Some(2));
        assert_eq!(go(&mut trail, Turn::Back, 2), Some(1));
        assert_eq!(go(&mut trail, Turn::Forth, 1), Some(2));
        assert_eq!(go(&mut trail, Turn::Forth, 2), Some(3));
        assert!(trail.step(Turn::Forth, Some(&stop(3))).is_empty());
        assert_eq!(go(&mut trail, Turn::Back, 3), Some(2));
        leap(&mut trail, 2, 9);
        assert!(
            trail.step(Turn::Forth, Some(&stop(9))).is_empty(),
            "another way was taken"
        );
    }

    #[test]
    fn a_leap_that_leads_nowhere_leaves_no_stop() {
        let mut trail = Trail::default();
        leap(&mut trail, 1, 1);
        assert!(trail.behind.is_empty());
        trail.settle(|| Some(stop(2)));
        assert_eq!(trail.behind.len(), 1, "it led somewhere later");
        trail.settle(|| Some(stop(3)));
        assert_eq!(trail.behind.len(), 1);
    }

    #[test]
    fn steps_add_up_and_what_is_gone_is_passed_over() {
        let mut trail = Trail::default();
        for n in 1..6 {
            leap(&mut trail, n, n + 1);
        }
        let here = stop(6);
        assert_eq!(trail.step(Turn::Back, Some(&here)).len(), 5);
        let beyond = trail.step(Turn::Back, Some(&here));
        let numbers: Vec<u32> = beyond.iter().map(|stop| stop.issue.0).collect();
        assert_eq!(numbers, [4, 3, 2, 1]);
        // Two are gone, 4 and 3.
        let led = trail.take(Turn::Back, 2, Some(here)).unwrap();
        assert_eq!(led.session.issue.0, 2);
        assert_eq!(go(&mut trail, Turn::Forth, 2), Some(5));
        assert_eq!(go(&mut trail, Turn::Forth, 5), Some(6));
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut trail = Trail::default();
        for n in 0..300 {
            leap(&mut trail, n, n + 1);
        }
        assert_eq!(trail.behind.len(), MOST);
        assert_eq!(go(&mut trail, Turn::Back, 300), Some(299));
    }
}
