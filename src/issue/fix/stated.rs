//! A fact as a reader states it, and how that is kept.

use crate::issue::{Fact, Facts, Money, Stage};
use jiff::civil::Date;
use std::str::FromStr;

/// A fact as a reader states it; none where the item states none.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// [`Facts::date`]
    Date(Option<Date>),
    /// [`Facts::province`]
    Province(Option<String>),
    /// [`Facts::city`]
    City(Option<String>),
    /// [`Facts::total_investment`]
    TotalInvestment(Option<Money>),
    /// [`Facts::projects`]
    Projects(Option<u32>),
    /// [`Facts::area_mu`], a finite number
    AreaMu(Option<f64>),
    /// [`Facts::stages`], each once
    Stages(Vec<Stage>),
    /// [`Facts::industries`]
    Industries(Vec<String>),
}

impl Stated {
    /// Of which fact it is.
    #[must_use]
    pub const fn fact(&self) -> Fact {
        match self {
            Self::Date(_) => Fact::Date,
            Self::Province(_) => Fact::Province,
            Self::City(_) => Fact::City,
            Self::TotalInvestment(_) => Fact::TotalInvestment,
            Self::Projects(_) => Fact::Projects,
            Self::AreaMu(_) => Fact::AreaMu,
            Self::Stages(_) => Fact::Stage,
            Self::Industries(_) => Fact::Industries,
        }
    }

    /// What these facts state.
    #[must_use]
    pub fn of(facts: &Facts, fact: Fact) -> Self {
        match fact {
            Fact::Date => Self::Date(facts.date),
            Fact::Province => Self::Province(facts.province.clone()),
            Fact::City => Self::City(facts.city.clone()),
            Fact::TotalInvestment => Self::TotalInvestment(facts.total_investment),
            Fact::Projects => Self::Projects(facts.projects),
            Fact::AreaMu => Self::AreaMu(facts.area_mu),
            Fact::Stage => Self::Stages(facts.stages().collect()),
            Fact::Industries => Self::Industries(facts.industries.clone()),
        }
    }

    /// As it is kept and shown: `2023-01-03`, `280亿元`, `500`; of stages and industries one a line. None where nothing is stated.
    #[must_use]
    pub fn written(&self) -> Option<String> {
        fn lines(values: &[impl ToString]) -> Option<String> {
            let lines: Vec<String> = values.iter().map(ToString::to_string).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        }
        match self {
            Self::Date(date) => date.map(|date| date.to_string()),
            Self::Province(name) | Self::City(name) => name.clone(),
            Self::TotalInvestment(money) => money.map(|money| money.to_string()),
            Self::Projects(count) => count.map(|count| count.to_string()),
            Self::AreaMu(area) => area.map(|area| area.to_string()),
            Self::Stages(stages) => lines(stages),
            Self::Industries(names) => lines(names),
        }
    }

    /// What [`Self::written`] wrote; none where it makes no sense.
    pub(super) fn read(fact: Fact, value: Option<&str>) -> Option<Self> {
        /// Whether so much can be stated: what comes from elsewhere may be anything.
        fn is_quantity(value: f64) -> bool {
            (1e-9..1e15).contains(&value)
        }
        /// The value of a text; nothing where there is none.
        fn of<T: FromStr>(value: Option<&str>) -> Result<Option<T>, T::Err> {
            value.map(str::parse).transpose()
        }
        Some(match fact {
            Fact::Date => Self::Date(of(value).ok()?),
            Fact::Province => Self::Province(of(value).ok()?),
            Fact::City => Self::City(of(value).ok()?),
            Fact::TotalInvestment => {
                let money = of::<Money>(value).ok()?;
                let fits = money.is_none_or(|money| is_quantity(money.value));
                Self::TotalInvestment(fits.then_some(money)?)
            }
            Fact::Projects => {
                let count = of::<u32>(value).ok()?;
                Self::Projects(count.is_none_or(|count| count >= 2).then_some(count)?)
            }
            Fact::AreaMu => {
                let area = of::<f64>(value).ok()?;
                Self::AreaMu(area.is_none_or(is_quantity).then_some(area)?)
            }
            Fact::Stage => {
                let names = value.into_iter().flat_map(str::lines);
                Self::Stages(names.map(str::parse).collect::<Result<_, _>>().ok()?)
            }
            Fact::Industries => {
                let names = value.into_iter().flat_map(str::lines);
                Self::Industries(names.map(str::to_owned).collect())
            }
        })
    }

    /// Has the facts state it. The words that the fact was read from say something else.
    pub(super) fn put(&self, facts: &mut Facts) {
        facts.read.remove(&self.fact());
        match self {
            Self::Date(date) => facts.date = *date,
            Self::Province(name) => facts.province.clone_from(name),
            Self::City(name) => facts.city.clone_from(name),
            Self::TotalInvestment(money) => facts.total_investment = *money,
            Self::Projects(count) => facts.projects = *count,
            Self::AreaMu(area) => facts.area_mu = *area,
            Self::Stages(stages) => {
                facts.stage = stages.first().copied();
                facts.also = stages.iter().skip(1).copied().collect();
            }
            Self::Industries(names) => facts.industries.clone_from(names),
        }
    }
}
