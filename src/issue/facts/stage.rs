//! How far an event has come: one of ten.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The stage that an item tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Stage {
    /// 签约
    Signed,
    /// 开工
    Started,
    /// 奠基
    FoundationStone,
    /// 投产
    InOperation,
    /// 落成/竣工
    Completed,
    /// 揭牌/成立
    Established,
    /// 规划
    Planned,
    /// 政策发布
    PolicyIssued,
    /// 会议/活动
    Event,
    /// 其他
    Other,
}

/// What is no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a stage: {0}")]
pub struct StageError(pub String);

impl Stage {
    /// Every stage, in the order of the guideline.
    pub const ALL: [Self; 10] = [
        Self::Signed,
        Self::Started,
        Self::FoundationStone,
        Self::InOperation,
        Self::Completed,
        Self::Established,
        Self::Planned,
        Self::PolicyIssued,
        Self::Event,
        Self::Other,
    ];

    /// Its name, which is data and not translated.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signed => "签约",
            Self::Started => "开工",
            Self::FoundationStone => "奠基",
            Self::InOperation => "投产",
            Self::Completed => "落成/竣工",
            Self::Established => "揭牌/成立",
            Self::Planned => "规划",
            Self::PolicyIssued => "政策发布",
            Self::Event => "会议/活动",
            Self::Other => "其他",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Stage {
    type Err = StageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|stage| stage.name() == text);
        found.ok_or_else(|| StageError(text.to_owned()))
    }
}

impl From<Stage> for String {
    fn from(stage: Stage) -> Self {
        stage.name().to_owned()
    }
}

impl TryFrom<String> for Stage {
    type Error = StageError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}
