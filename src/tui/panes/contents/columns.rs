//! What items state, in columns at the right of their headlines: place, amount, projects, land, day. As many as leave the headlines
//! their room; where each stands does not change as one goes through a list.
//! Must not draw anything but them.

use crate::config::Language;
use crate::issue::{Facts, ItemHead};
use crate::look::Role;
use crate::tui::paint::Canvas;
use crate::tui::stated;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns that headlines keep: twenty hanzi.
const HEADLINE: u16 = 40;
/// Columns between two columns.
const GAP: u16 = 1;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Place,
    Amount,
    Projects,
    Land,
    Day,
}

impl Kind {
    /// Every one, from the left.
    const ALL: [Self; 5] = [
        Self::Place,
        Self::Amount,
        Self::Projects,
        Self::Land,
        Self::Day,
    ];
    /// Every one, the first to go first.
    const DROPPED: [Self; 5] = [
        Self::Land,
        Self::Projects,
        Self::Day,
        Self::Amount,
        Self::Place,
    ];

    /// Whether there is something to say of an item.
    const fn is_stated(self, facts: &Facts) -> bool {
        match self {
            Self::Place => facts.province.is_some() || facts.city.is_some(),
            Self::Amount => facts.total_investment.is_some(),
            Self::Projects => facts.projects.is_some(),
            Self::Land => facts.area_mu.is_some(),
            Self::Day => facts.date.is_some(),
        }
    }

    /// What it says of an item.
    fn text(self, facts: &Facts, language: Language) -> Option<String> {
        match self {
            Self::Place => stated::near_place(facts).map(str::to_owned),
            Self::Amount => stated::amount(facts),
            Self::Projects => stated::few_projects(facts, language),
            Self::Land => stated::area(facts),
            Self::Day => stated::day(facts),
        }
    }

    /// Columns that it takes: what nearly all fit in.
    const fn width(self) -> u16 {
        match self {
            // 石家庄, 12.5亿美元, 1260.5亩, 100个, 01-03.
            Self::Place => 6,
            Self::Amount => 10,
            Self::Land => 8,
            Self::Projects | Self::Day => 5,
        }
    }

    /// Whether it ends where the column ends, so that units stand below each other.
    const fn is_number(self) -> bool {
        !matches!(self, Self::Place)
    }
}

/// The columns that there is room for, from the left.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns(Vec<Kind>);

impl Columns {
    /// The columns for items that state this, where rows have `room` for headline and columns. What no item states has none.
    pub fn of(items: &[ItemHead], room: u16) -> Self {
        Self::stated(room, |kind| {
            items.iter().any(|item| kind.is_stated(&item.facts))
        })
    }

    fn stated(room: u16, is_stated: impl Fn(Kind) -> bool) -> Self {
        let spare = room.saturating_sub(HEADLINE);
        if spare == 0 {
            return Self::default();
        }
        let kinds = Kind::ALL.into_iter().filter(|kind| is_stated(*kind));
        let mut all = Self(kinds.collect());
        for dropped in Kind::DROPPED {
            if all.width() <= spare {
                break;
            }
            all.0.retain(|kind| *kind != dropped);
        }
        all
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Columns that they take with what stands between them and before the first.
    fn width(&self) -> u16 {
        self.0.iter().map(|kind| kind.width() + GAP).sum()
    }

    /// Draws those of an item at the right of `room`; what is left for the headline. A number is never cut: one that is wider than its
    /// column takes from what is at its left.
    pub fn draw(
        &self,
        canvas: &mut Canvas,
        room: Rect,
        facts: &Facts,
        language: Language,
        ground: Style,
    ) -> Rect {
        let style = canvas.look().on(ground, Role::Faint);
        let left = room.x.max(room.right().saturating_sub(self.width()));
        let (mut end, mut border) = (room.right(), room.right());
        for kind in self.0.iter().rev() {
            let begin = end.saturating_sub(kind.width());
            if let Some(text) = kind.text(facts, language) {
                // What a number took of it is not there any more.
                let end = end.min(border);
                let cell = |x: u16| Rect {
                    x,
                    width: end.saturating_sub(x),
                    ..room
                };
                if kind.is_number() {
                    let drawn = canvas.right(cell(left + GAP), room.y, &text, style);
                    border = drawn.saturating_sub(GAP);
                } else {
                    canvas.cut(cell(begin), begin, room.y, &text, style);
                }
            }
            end = begin.saturating_sub(GAP);
        }
        Rect {
            width: left.saturating_sub(room.x),
            ..room
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::{Look, Theme};
    use crate::text::{Ambiguous, WidthPolicy};
    use ratatui::buffer::Buffer;

    fn stating(place: &str, amount: &str, day: Option<i8>) -> Facts {
        let digits = amount.find(['万', '亿']);
        Facts {
            province: (!place.is_empty()).then(|| place.to_owned()),
            total_investment: digits.map(|at| crate::issue::Money {
                value: amount[..at].parse().unwrap(),
                unit: amount[at..].parse().unwrap(),
            }),
            date: day.map(|day| jiff::civil::date(2023, 1, day)),
            ..Facts::default()
        }
    }

    fn of(items: &[Facts], room: u16) -> Columns {
        Columns::stated(room, |kind| items.iter().any(|facts| kind.is_stated(facts)))
    }

    fn rows(items: &[Facts], room: u16) -> Vec<String> {
        let look = Look::new(
            Theme::from_fn(|_| Style::new()),
            WidthPolicy::new(Ambiguous::Wide),
        );
        let columns = of(items, room);
        let draw = |facts: &Facts| {
            let area = Rect::new(0, 0, room, 1);
            let mut buffer = Buffer::empty(area);
            let mut canvas = Canvas::new(&mut buffer, &look);
            let language = Language::Chinese;
            let left = columns.draw(&mut canvas, area, facts, language, Style::new());
            assert!(left.width >= HEADLINE, "{left:?}");
            let symbols = buffer.content().iter().map(ratatui::buffer::Cell::symbol);
            symbols.skip(usize::from(left.width)).collect()
        };
        items.iter().map(draw).collect()
    }

    #[test]
    fn they_stand_below_each_other_and_go_one_by_one() {
        let items = [
            stating("江苏", "280亿元", Some(3)),
            stating("呼和浩特", "8.2亿美元", None),
            stating("", "", Some(31)),
        ];
        assert_eq!(
            rows(&items, 64),
            [
                " 江苏      280亿元 01-03",
                " 呼和…  8.2亿美元      ",
                "                   01-31"
            ]
        );
        assert_eq!(rows(&items, 63)[0], " 江苏      280亿元");
        assert_eq!(rows(&items, 57)[0], " 江苏  ");
        for room in [0, 40, 46] {
            assert!(of(&items, room).is_empty(), "{room}");
        }
    }

    #[test]
    fn what_no_item_states_takes_no_room() {
        let items = [stating("江苏", "", None), stating("", "", Some(3))];
        assert_eq!(rows(&items, 53), [" 江苏        ", "        01-03"]);
        assert!(of(&[], 80).is_empty());
    }

    #[test]
    fn a_number_is_never_cut() {
        let items = [stating("呼和浩特", "123456.78亿美元", None)];
        assert_eq!(rows(&items, 64), ["   123456.78亿美元"]);
        let items = [stating("呼和浩特", "12345.67亿元", None)];
        assert_eq!(rows(&items, 64), [" 呼… 12345.67亿元"]);
        let endless = [stating("呼和浩特", "1234567890123.25万美元", None)];
        assert_eq!(rows(&endless, 64), [format!(" 呼和…{}", " ".repeat(11))]);
    }
}
