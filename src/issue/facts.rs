//! What an item states: date, place, amount, number of projects, land, stage, industries; and where it was read.
//! Only the values; reading them out of the text is another module's work.

mod money;
mod passage;
mod stage;

pub use money::{Currency, Money, Scale, Unit, UnitError};
pub use passage::{Passage, TextField, TextFieldError};
pub use stage::{Stage, StageError};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts of one item; `None` where the text does not say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The day of the event.
    pub date: Option<Date>,
    /// Short name of the province: 江苏.
    pub province: Option<String>,
    /// Short name of the prefecture-level city: 苏州.
    pub city: Option<String>,
    /// Total investment of the headline's object.
    pub total_investment: Option<Money>,
    /// Number of projects, 2 or more.
    pub projects: Option<u32>,
    /// Land of the object in 亩 (1/15 hectare).
    #[serde(serialize_with = "money::serialize_plain")]
    pub area_mu: Option<f64>,
    /// Stage of the project: 签约, 开工, 投产 …; there where the facts were read.
    pub stage: Option<Stage>,
    /// Further stages that its headline states of the same event, as in 签约开工; in the order of the headline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Stage>,
    /// Names of the industries, in the order in which the table of industries has them.
    #[serde(default)]
    pub industries: Vec<String>,
    /// The words that each fact was read from; none of a fact that follows from something else, as a province does from its city.
    /// Lists do not know them, and do not write them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub read: BTreeMap<Fact, Vec<Passage>>,
}

impl Facts {
    /// Every stage that it states, the one that its figures belong to first.
    pub fn stages(&self) -> impl Iterator<Item = Stage> {
        self.stage.into_iter().chain(self.also.iter().copied())
    }
}

/// The name of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// [`Facts::date`]
    Date,
    /// [`Facts::province`]
    Province,
    /// [`Facts::city`]
    City,
    /// [`Facts::total_investment`]
    TotalInvestment,
    /// [`Facts::projects`]
    Projects,
    /// [`Facts::area_mu`]
    AreaMu,
    /// [`Facts::stage`]
    Stage,
    /// [`Facts::industries`]
    Industries,
}
