//! What items state, in columns at the right of their headlines: place, amount, projects, land, day. As many as leave the headlines
//! their room; where each stands does not change as one goes through a list.
//! Must not draw anything but them.

use crate::app::wording::stated;
use crate::config::Language;
use crate::issue::{Facts, ItemHead};
use crate::look::Role;
use crate::store::{Key, Order};
use crate::tui::paint::Canvas;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns that headlines keep: twenty hanzi.
const HEADLINE: u16 = 40;
/// Columns that they keep beside what the list is sorted by: six hanzi.
const LEAST: u16 = 12;
/// Columns between two columns.
const GAP: u16 = 1;

/// Columns, from the left.
const ORDER: [Key; 5] = [Key::Place, Key::Amount, Key::Projects, Key::Area, Key::Date];
/// Columns, the first to go first.
const DROPPED: [Key; 5] = [Key::Area, Key::Projects, Key::Date, Key::Amount, Key::Place];

/// Whether an item states this.
const fn is_stated(facts: &Facts, key: Key) -> bool {
    match key {
        Key::Place => facts.province.is_some() || facts.city.is_some(),
        Key::Amount => facts.total_investment.is_some(),
        Key::Projects => facts.projects.is_some(),
        Key::Area => facts.area_mu.is_some(),
        Key::Date => facts.date.is_some(),
    }
}

/// What an item states of this, in few columns: of a place the nearer one, of a day not the year.
fn text(facts: &Facts, key: Key, language: Language) -> Option<String> {
    match key {
        Key::Place => facts.city.clone().or_else(|| facts.province.clone()),
        Key::Date => facts
            .date
            .map(|date| format!("{:02}-{:02}", date.month(), date.day())),
        Key::Projects => facts
            .projects
            .map(|count| language.say_with("facts.projects-short", &[("n", &count)])),
        Key::Amount | Key::Area => stated(language, facts, key),
    }
}

/// Columns that it takes: what nearly all fit in.
const fn width(key: Key) -> u16 {
    match key {
        // 石家庄, 1017个, 156.5亿元, 1260.5 亩, 01-03.
        Key::Place | Key::Projects => 6,
        Key::Amount | Key::Area => 9,
        Key::Date => 5,
    }
}

/// The columns that there is room for, from the left.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    keys: Vec<Key>,
    /// What the list is sorted by.
    sorted: Option<Key>,
}

impl Columns {
    /// The columns for items that state this, where rows have `room` for headline and columns. What no item states has none, and
    /// what the list is sorted by goes last.
    pub fn of(items: &[ItemHead], room: u16, order: Order) -> Self {
        let sorted = match order {
            Order::Printed => None,
            Order::By(key, _) => Some(key),
        };
        Self::stated(room, sorted, |key| {
            items.iter().any(|item| is_stated(&item.facts, key))
        })
    }

    fn stated(room: u16, sorted: Option<Key>, is_stated: impl Fn(Key) -> bool) -> Self {
        let spare = room.saturating_sub(HEADLINE);
        if spare == 0 && sorted.is_none() {
            return Self::default();
        }
        let keys = ORDER.into_iter().filter(|key| is_stated(*key));
        let mut all = Self {
            keys: keys.collect(),
            sorted,
        };
        for dropped in DROPPED {
            if all.width() <= spare {
                break;
            }
            all.keys
                .retain(|key| *key != dropped || sorted == Some(dropped));
        }
        if all.width() > room.saturating_sub(LEAST) {
            all.keys.clear();
        }
        all
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Columns that they take with what stands between them and before the first.
    fn width(&self) -> u16 {
        self.keys.iter().map(|key| width(*key) + GAP).sum()
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
        let left = room.x.max(room.right().saturating_sub(self.width()));
        let (mut end, mut border) = (room.right(), room.right());
        for key in self.keys.iter().rev() {
            let begin = end.saturating_sub(width(*key));
            let role = if self.sorted == Some(*key) {
                Role::Facts
            } else {
                Role::Faint
            };
            let style = canvas.look().on(ground, role);
            if let Some(text) = text(facts, *key, language) {
                // What a number took of it is not there any more.
                let end = end.min(border);
                let cell = |x: u16| Rect {
                    x,
                    width: end.saturating_sub(x),
                    ..room
                };
                if *key == Key::Place {
                    canvas.cut(cell(begin), begin, room.y, &text, style);
                } else {
                    let drawn = canvas.right(cell(left + GAP), room.y, &text, style);
                    border = drawn.saturating_sub(GAP);
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
        Columns::stated(room, None, |key| {
            items.iter().any(|facts| is_stated(facts, key))
        })
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
            rows(&items, 63),
            [
                " 江苏     280亿元 01-03",
                " 呼和… 8.2亿美元      ",
                "                  01-31"
            ]
        );
        assert_eq!(rows(&items, 62)[0], " 江苏     280亿元");
        assert_eq!(rows(&items, 56)[0], " 江苏  ");
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
        assert_eq!(rows(&items, 63), ["  123456.78亿美元"]);
        let items = [stating("呼和浩特", "12345.67亿元", None)];
        assert_eq!(rows(&items, 63), [" …  12345.67亿元"]);
        let endless = [stating("呼和浩特", "1234567890123.25万美元", None)];
        assert_eq!(rows(&endless, 63), [format!(" 呼和…{}", " ".repeat(10))]);
    }
}
