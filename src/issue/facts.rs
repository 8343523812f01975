//! What an item states: date, place, amount, number of projects, land, stage.
//! Only the values; reading them out of the text is another module's work.

use serde::{Deserialize, Serialize};

/// The facts of one item; `None` where the text does not say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The day of the event, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Short name of the province: 江苏.
    pub province: Option<String>,
    /// Short name of the prefecture-level city: 苏州.
    pub city: Option<String>,
    /// Total investment of the headline's object.
    pub total_investment: Option<Money>,
    /// Number of projects, 2 or more.
    pub projects: Option<u32>,
    /// Land of the object in 亩 (1/15 hectare).
    pub area_mu: Option<f64>,
    /// Stage of the project: 签约, 开工, 投产 …
    pub stage: Option<String>,
}

/// An amount as printed: 280 亿元, 4.5 亿美元.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// In units of `unit`.
    pub value: f64,
    /// 亿元, 万元, 亿美元 …
    pub unit: String,
}
