//! What items state, in columns at the right of their headlines: as many as leave the headlines their room, and always what the list
//! is sorted by; where each stands does not change as one goes through a list.
//! Must not draw anything but them.

use super::cell::{Column, Manner, Widest};
use crate::issue::ItemHead;
use crate::look::Role;
use crate::query::{Key, Order};
use crate::tui::paint::{Canvas, columns};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns that headlines keep: eighteen hanzi.
const HEADLINE: u16 = 36;
/// Columns that they keep beside what the list is sorted by: five hanzi; fewer where that would leave it less than [`SORTED`].
const LEAST: u16 = 10;
/// Columns that what the list is sorted by has at the least, as far as there are any: 9063亿.
const SORTED: u16 = 7;
/// Columns of a place with its province at the most: 内蒙古·呼和浩特, whose point may take two.
const WHOLE_PLACE: u16 = 16;
/// Columns of a day without its year.
const DAY: u16 = 5;
/// Columns of a day with two digits of its year.
const SHORT_YEAR: u16 = 8;
/// Columns between two columns.
const GAP: u16 = 1;
/// Stands where an item does not state what the list is sorted by.
const NOTHING: &str = "—";

/// Columns, the first to be given room first.
const WANTED: [Column; 7] = [
    Column::Place,
    Column::Amount,
    Column::Stage,
    Column::Date,
    Column::Projects,
    Column::Area,
    Column::Industries,
];

/// The columns that there is room for, from the left, each with its width.
#[derive(Debug)]
pub(super) struct Columns {
    widths: Vec<(Column, u16)>,
    /// What the list is sorted by.
    sorted: Option<Column>,
    manner: Manner,
}

impl Columns {
    /// The columns for items of which what is stated is at the widest so wide, where rows have `room` for headline and columns. What
    /// no item states has none, unless the list is sorted by it.
    pub fn of(widest: &Widest, room: u16, order: Order, manner: Manner) -> Self {
        let sorted = match order {
            Order::Printed => None,
            Order::By(key, _) => Some(Column::of(key)),
        };
        let mut all = Self {
            widths: vec![],
            sorted,
            manner: Manner {
                with_province: order_is_by_place(order),
                ..manner
            },
        };
        if let Some(column) = sorted {
            let least = room.saturating_sub(GAP).min(SORTED);
            let most = room.saturating_sub(LEAST + GAP).max(least);
            let nothing = columns(NOTHING, manner.policy);
            let wanted = all.wanted(widest, column).max(nothing);
            all.widths.push((column, wanted.min(most)));
        }
        for column in WANTED.into_iter().filter(|one| Some(*one) != sorted) {
            let wanted = all.wanted(widest, column);
            let left = room.saturating_sub(HEADLINE + all.width());
            let shorter = (column == Column::Date).then(|| wanted.min(SHORT_YEAR));
            let widths = [Some(wanted), shorter].into_iter().flatten();
            let fitting = widths
                .filter(|width| *width > 0 && width + GAP <= left)
                .max();
            all.widths.extend(fitting.map(|width| (column, width)));
        }
        let place = |column: Column| Column::ALL.iter().position(|one| *one == column);
        all.widths.sort_by_key(|(column, _)| place(*column));
        all
    }

    /// Columns that what is stated of this would take; none where no item states it.
    fn wanted(&self, widest: &Widest, column: Column) -> u16 {
        match column {
            Column::Place if self.manner.with_province => widest.whole_place().min(WHOLE_PLACE),
            Column::Date if !self.manner.with_year => widest.of(column).min(DAY),
            _ => widest.of(column).min(column.most()),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.widths.is_empty()
    }

    /// Columns that they take with what stands between them and before the first.
    fn width(&self) -> u16 {
        self.widths.iter().map(|(_, width)| width + GAP).sum()
    }

    /// Draws those of an item at the right of `room`; what is left for the headline.
    pub fn draw(&self, canvas: &mut Canvas, room: Rect, item: &ItemHead, ground: Style) -> Rect {
        let left = room.x.max(room.right().saturating_sub(self.width()));
        let mut x = left;
        for (column, width) in &self.widths {
            x += GAP;
            let is_sorted = self.sorted == Some(*column);
            let role = if is_sorted { Role::Facts } else { Role::Faint };
            let style = canvas.look().on(ground, role);
            let cell = Rect {
                x,
                width: (*width).min(room.right().saturating_sub(x)),
                ..room
            };
            let nothing = is_sorted.then(|| NOTHING.to_owned());
            let text = self.manner.text(item, *column, *width).or(nothing);
            if let Some(text) = text {
                let is_whole = canvas.width(&text) <= cell.width;
                if column.is_number() && is_whole {
                    canvas.right(cell, room.y, &text, style);
                } else {
                    canvas.cut(cell, x, room.y, &text, style);
                }
            }
            x += width;
        }
        Rect {
            width: left.saturating_sub(room.x),
            ..room
        }
    }
}

/// Whether a place with its province says why an item stands where it does.
const fn order_is_by_place(order: Order) -> bool {
    matches!(order, Order::By(Key::Place, _))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::issue::{Facts, IssueNumber, ItemId, ItemKey, ItemOrdinal, SectionOrdinal, Stage};
    use crate::look::{Look, Theme};
    use crate::query::Direction;
    use crate::text::{Ambiguous, WidthPolicy};
    use ratatui::buffer::Buffer;

    const POLICY: WidthPolicy = WidthPolicy::new(Ambiguous::Wide);

    fn item(facts: Facts) -> ItemHead {
        ItemHead {
            id: ItemId(1),
            key: ItemKey {
                publication: String::new(),
                issue: IssueNumber(1),
                headline: String::new(),
                nth: 0,
            },
            publication: String::new(),
            shared_number: false,
            section_ordinal: SectionOrdinal(1),
            ordinal: ItemOrdinal(1),
            section: String::new(),
            headline: String::new(),
            page: None,
            source: None,
            diagnostics: 0,
            facts,
            corrected: crate::issue::Corrected::default(),
            marks: crate::issue::Marks::default(),
        }
    }

    fn stating(place: &str, amount: &str, day: Option<i8>) -> ItemHead {
        let (province, city) = place.split_once('·').unwrap_or((place, ""));
        let name = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        item(Facts {
            province: name(province),
            city: name(city),
            total_investment: amount.parse().ok(),
            date: day.map(|day| jiff::civil::date(2023, 1, day)),
            ..Facts::default()
        })
    }

    fn of(items: &[ItemHead], room: u16, order: Order) -> Columns {
        let language = Language::Chinese;
        let mut widest = Widest::new(language, POLICY);
        widest.add(items);
        let manner = Manner {
            language,
            policy: POLICY,
            with_year: widest.leaves(Some(2023)),
            with_province: false,
        };
        Columns::of(&widest, room, order, manner)
    }

    /// What stands behind the headlines, and how many columns are left to these.
    fn rows(items: &[ItemHead], room: u16, order: Order) -> (Vec<String>, u16) {
        let look = Look::new(Theme::from_fn(|_| Style::new()), POLICY);
        let columns = of(items, room, order);
        let headline = room - columns.width();
        let draw = |item: &ItemHead| {
            let area = Rect::new(0, 0, room, 1);
            let mut buffer = Buffer::empty(area);
            let mut canvas = Canvas::new(&mut buffer, &look);
            let left = columns.draw(&mut canvas, area, item, Style::new());
            assert_eq!(left.width, headline);
            let symbols = buffer.content().iter().map(ratatui::buffer::Cell::symbol);
            symbols.skip(usize::from(left.width)).collect()
        };
        (items.iter().map(draw).collect(), headline)
    }

    const PRINTED: Order = Order::Printed;
    const LARGEST: Order = Order::By(Key::Amount, Direction::Descending);

    #[test]
    fn they_stand_below_each_other_and_go_one_by_one() {
        let items = [
            stating("江苏", "280亿元", Some(3)),
            stating("内蒙古·呼和浩特", "8.2亿美元", None),
            stating("", "", Some(31)),
        ];
        assert_eq!(
            rows(&items, 61, PRINTED).0,
            [
                " 江苏       280亿元 01-03",
                " 呼和浩特 8.2亿美元      ",
                "                    01-31"
            ]
        );
        assert_eq!(rows(&items, 60, PRINTED).0[0], " 江苏       280亿元");
        assert_eq!(
            rows(&items, 54, PRINTED).0[0],
            " 江苏     01-03",
            "what is narrower has room"
        );
        assert_eq!(rows(&items, 50, PRINTED).0[0], " 江苏    ");
        for room in [0, 36, 41] {
            assert!(of(&items, room, PRINTED).is_empty(), "{room}");
        }
    }

    #[test]
    fn what_no_item_states_takes_no_room() {
        let items = [stating("江苏", "", None), stating("", "", Some(3))];
        assert_eq!(rows(&items, 53, PRINTED).0, [" 江苏      ", "      01-03"]);
        assert!(of(&[], 80, PRINTED).is_empty());
    }

    #[test]
    fn an_amount_is_shortened_and_never_left_out() {
        let items = [
            stating("", "1234567890123.25万美元", None),
            stating("", "12345.67亿元", None),
            stating("", "7483.7亿元", None),
        ];
        let (rows, _) = rows(&items, 63, PRINTED);
        assert_eq!(rows, [" 1e4万亿美元", "  12345.67亿", "  7483.7亿元"]);
    }

    #[test]
    fn what_the_list_is_sorted_by_is_there_at_every_width() {
        let items = [
            stating("江苏", "7483.72亿元", Some(3)),
            stating("江苏", "1000亿日元", Some(3)),
            stating("江苏", "", None),
        ];
        for (room, wanted, headline) in [
            (33, ["7483.72亿元", " 1000亿日元", "         —"], 21),
            (22, ["7483.72亿元", " 1000亿日元", "         —"], 10),
            (20, ["7483.72亿", "1e3亿日元", "       —"], 10),
            (11, [" 7484亿", "1e3亿…", "     —"], 3),
        ] {
            let (rows, left) = rows(&items, room, LARGEST);
            let rows: Vec<&str> = rows.iter().map(|row| &row[1..]).collect();
            assert_eq!((&rows[..], left), (&wanted[..], headline), "{room}");
        }
        let by_land = Order::By(Key::Area, Direction::Descending);
        assert_eq!(rows(&items, 20, by_land).0, [" —", " —", " —"]);
    }

    #[test]
    fn a_list_by_place_has_provinces_and_one_of_several_years_has_years() {
        let mut items = vec![
            stating("江苏·苏州", "", Some(3)),
            stating("内蒙古·呼和浩特", "", Some(3)),
        ];
        let by_place = Order::By(Key::Place, Direction::Ascending);
        let (shown, _) = rows(&items, 60, by_place);
        assert_eq!(shown, [" 江苏·苏州       01-03", " 内蒙古·呼和浩特 01-03"]);
        assert_eq!(rows(&items, 20, by_place).0[1], " 呼和浩特 ");
        items[1].facts.date = Some(jiff::civil::date(2022, 12, 29));
        let by_day = Order::By(Key::Date, Direction::Descending);
        assert_eq!(rows(&items, 24, by_day).0, [" 2023-01-03", " 2022-12-29"]);
        assert_eq!(rows(&items, 19, by_day).0, [" 23-01-03", " 22-12-29"]);
        assert_eq!(rows(&items, 11, by_day).0, ["   01-03", "   12-29"]);
        let (shown, _) = rows(&items, 55, PRINTED);
        assert_eq!(shown, [" 苏州     23-01-03", " 呼和浩特 22-12-29"]);
    }

    #[test]
    fn a_wide_list_has_stage_industries_projects_and_land_too() {
        let items = [item(Facts {
            projects: Some(12),
            area_mu: Some(6000.0),
            stage: Some(Stage::Completed),
            industries: vec!["生物医药".to_owned(), "新材料".to_owned()],
            ..Facts::default()
        })];
        assert_eq!(
            rows(&items, 80, PRINTED).0,
            [" 12 个 6000 亩 落成 生物医药、…"],
        );
    }
}
