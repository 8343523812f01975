//! What stands in the columns beside headlines: which there can be, how wide what items state is, and the form of it that fits.
//! Must not decide which columns there is room for, and must not draw.

use crate::app::wording;
use crate::config::Language;
use crate::issue::{Facts, ItemHead};
use crate::query::Key;
use crate::text::WidthPolicy;
use crate::tui::paint::columns;
use std::ops::RangeInclusive;

/// Characters of a stage: the first two tell all of them apart.
const STAGE: usize = 2;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Where: the nearer of province and city.
    Place,
    /// Total investment.
    Amount,
    /// How many projects.
    Projects,
    /// Land.
    Area,
    /// How far it has come.
    Stage,
    /// Of which industries it is.
    Industries,
    /// The day.
    Date,
}

impl Column {
    /// Every column, from the left.
    pub const ALL: [Self; 7] = [
        Self::Place,
        Self::Amount,
        Self::Projects,
        Self::Area,
        Self::Stage,
        Self::Industries,
        Self::Date,
    ];

    /// The column of what a list is sorted by.
    pub const fn of(key: Key) -> Self {
        match key {
            Key::Place => Self::Place,
            Key::Amount => Self::Amount,
            Key::Projects => Self::Projects,
            Key::Area => Self::Area,
            Key::Date => Self::Date,
        }
    }

    /// Columns that it takes at the most: what nearly all fit in; a longer form gives way to a shorter one.
    pub const fn most(self) -> u16 {
        match self {
            // 西双版纳
            Self::Place => 8,
            // 10000亿美元, 7483.7亿元
            Self::Amount => 11,
            // 1758 proj., 12345.5 亩, 2023-01-03
            Self::Projects | Self::Area | Self::Date => 10,
            Self::Stage => 4,
            // 生物医药、新…
            Self::Industries => 12,
        }
    }

    /// Whether it ends at its right edge, as numbers do.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Amount | Self::Projects | Self::Area | Self::Date
        )
    }
}

/// How an item states things in columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    pub language: Language,
    pub policy: WidthPolicy,
    /// Whether days have their year.
    pub with_year: bool,
    /// Whether a place has its province, too.
    pub with_province: bool,
}

impl Manner {
    /// What an item states of this in `room` columns; the shortest form where not even that fits, and none where it does not state it.
    pub fn text(self, item: &ItemHead, column: Column, room: u16) -> Option<String> {
        let forms = self.forms(item, column);
        let mut shortest = None;
        for form in forms {
            if columns(&form, self.policy) <= room {
                return Some(form);
            }
            shortest = Some(form);
        }
        shortest
    }

    /// What an item states of this, the longest form first.
    fn forms<'a>(
        self,
        item: &'a ItemHead,
        column: Column,
    ) -> Box<dyn Iterator<Item = String> + 'a> {
        let facts: &Facts = &item.facts;
        let of = |key| wording::forms(self.language, facts, key);
        match column {
            Column::Place if self.with_province => of(Key::Place),
            Column::Place => Box::new(of(Key::Place).last().into_iter()),
            Column::Amount => of(Key::Amount),
            Column::Projects => of(Key::Projects),
            Column::Area => of(Key::Area),
            Column::Date if self.with_year => of(Key::Date),
            Column::Date => Box::new(of(Key::Date).last().into_iter()),
            Column::Stage => {
                let stage = wording::stage(facts, &item.section).into_iter();
                Box::new(stage.map(|stage| stage.chars().take(STAGE).collect()))
            }
            Column::Industries => Box::new(wording::industries(facts).into_iter()),
        }
    }
}

/// How wide what items state is, each in its longest form.
#[derive(Debug, Clone)]
pub(super) struct Widest {
    /// The longest forms.
    manner: Manner,
    widths: [u16; Column::ALL.len()],
    /// Places with their provinces.
    whole_place: u16,
    years: Option<RangeInclusive<i16>>,
}

impl Widest {
    /// Of no items, for a screen in this language and of this policy.
    pub const fn new(language: Language, policy: WidthPolicy) -> Self {
        Self {
            manner: Manner {
                language,
                policy,
                with_year: true,
                with_province: true,
            },
            widths: [0; Column::ALL.len()],
            whole_place: 0,
            years: None,
        }
    }

    /// Takes these items in.
    pub fn add(&mut self, items: &[ItemHead]) {
        let whole = self.manner;
        let near = Manner {
            with_province: false,
            ..whole
        };
        for item in items {
            let width = |manner: Manner, column| {
                let form = manner.forms(item, column).next();
                form.map_or(0, |form| columns(&form, whole.policy))
            };
            for (widest, column) in self.widths.iter_mut().zip(Column::ALL) {
                *widest = width(near, column).max(*widest);
            }
            self.whole_place = width(whole, Column::Place).max(self.whole_place);
            if let Some(year) = item.facts.date.map(jiff::civil::Date::year) {
                let years = self.years.take().unwrap_or(year..=year);
                self.years = Some(year.min(*years.start())..=year.max(*years.end()));
            }
        }
    }

    /// Columns of this; none where no item states it.
    pub fn of(&self, column: Column) -> u16 {
        let widths = self.widths.iter().zip(Column::ALL);
        let mut own = widths.filter(|(_, one)| *one == column);
        own.next().map_or(0, |(width, _)| *width)
    }

    /// Columns of places with their provinces.
    pub const fn whole_place(&self) -> u16 {
        self.whole_place
    }

    /// Whether items tell days of other years than this one.
    pub fn leaves(&self, year: Option<i16>) -> bool {
        let own = self
            .years
            .as_ref()
            .map(|years| (*years.start(), *years.end()));
        own.is_some() && own != year.map(|year| (year, year))
    }
}
