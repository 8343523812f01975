//! The names of fields, marks and stages, in both languages.

use crate::issue::{Fact, Stage};

/// What a term with a colon asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The section's title.
    Section,
    /// The issue's number.
    Issue,
    /// The issue's day.
    Issued,
    /// The publication's name.
    Publication,
    /// What the reader marked.
    Is,
    /// A tag of the reader's.
    Tag,
    /// What the reader added, or what it states.
    Has,
    /// The source bracket.
    Source,
    /// The day of the event.
    Date,
    /// The province.
    Province,
    /// The city.
    City,
    /// The total investment.
    Amount,
    /// The number of projects.
    Projects,
    /// The land.
    Area,
    /// How far the event has come.
    Stage,
    /// The industries.
    Industry,
    /// No condition, but the order of what is found.
    Sort,
}

/// What an item may have: what a reader adds to it in words, and what it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// A note.
    Note,
    /// A tag, whichever.
    Tag,
    /// A source bracket.
    Source,
    /// A correction.
    Fix,
    /// A fact.
    Fact(Fact),
}

/// What an item can be marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Bookmarked.
    Bookmarked,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 17] = [
        Self::Section,
        Self::Issue,
        Self::Issued,
        Self::Publication,
        Self::Is,
        Self::Tag,
        Self::Has,
        Self::Source,
        Self::Date,
        Self::Province,
        Self::City,
        Self::Amount,
        Self::Projects,
        Self::Area,
        Self::Stage,
        Self::Industry,
        Self::Sort,
    ];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Section => &["section", "栏目"],
            Self::Issue => &["issue", "期", "期号"],
            Self::Issued => &["issued", "刊期", "出刊"],
            Self::Publication => &["publication", "刊物", "刊名"],
            Self::Is => &["is", "是", "标记"],
            Self::Tag => &["tag", "标签"],
            Self::Has => &["has", "有"],
            Self::Source => &["source", "来源"],
            Self::Date => &["date", "日期"],
            Self::Province => &["province", "省", "省份"],
            Self::City => &["city", "市", "城市"],
            Self::Amount => &["amount", "金额", "投资", "总投资", "investment"],
            Self::Projects => &["projects", "项目", "项目数"],
            Self::Area => &["area", "面积", "占地", "用地", "土地", "land"],
            Self::Stage => &["stage", "阶段"],
            Self::Industry => &["industry", "行业", "产业"],
            Self::Sort => &["sort", "排序", "按"],
        }
    }

    /// The fact that it asks about.
    #[must_use]
    pub const fn fact(self) -> Option<Fact> {
        match self {
            Self::Section
            | Self::Issue
            | Self::Issued
            | Self::Publication
            | Self::Is
            | Self::Tag
            | Self::Has
            | Self::Source
            | Self::Sort => None,
            Self::Date => Some(Fact::Date),
            Self::Province => Some(Fact::Province),
            Self::City => Some(Fact::City),
            Self::Amount => Some(Fact::TotalInvestment),
            Self::Projects => Some(Fact::Projects),
            Self::Area => Some(Fact::AreaMu),
            Self::Stage => Some(Fact::Stage),
            Self::Industry => Some(Fact::Industries),
        }
    }

    /// The field that asks about a fact.
    #[must_use]
    pub const fn of_fact(fact: Fact) -> Self {
        match fact {
            Fact::Date => Self::Date,
            Fact::Province => Self::Province,
            Fact::City => Self::City,
            Fact::TotalInvestment => Self::Amount,
            Fact::Projects => Self::Projects,
            Fact::AreaMu => Self::Area,
            Fact::Stage => Self::Stage,
            Fact::Industries => Self::Industry,
        }
    }

    /// Whether its values are compared: signs may stand before them.
    #[must_use]
    pub const fn compares(self) -> bool {
        self.counts() || matches!(self, Self::Date | Self::Issued)
    }

    /// Whether its values are quantities, of which commas may group the digits.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Amount | Self::Projects | Self::Area)
    }

    /// Whether an equals sign may stand before its values, for the whole name and not a part of it.
    #[must_use]
    pub const fn takes_whole(self) -> bool {
        matches!(
            self,
            Self::Section
                | Self::Publication
                | Self::Source
                | Self::Province
                | Self::City
                | Self::Stage
                | Self::Industry
        )
    }

    /// The field of a normalised name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |field: &Self| field.names().contains(&name);
        Self::ALL.into_iter().find(known)
    }
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Unread, Self::Read, Self::Bookmarked];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Unread => &["unread", "未读"],
            Self::Read => &["read", "已读"],
            Self::Bookmarked => &["bookmarked", "书签", "有书签"],
        }
    }

    /// The mark of a normalised name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |mark: &Self| mark.names().contains(&name);
        Self::ALL.into_iter().find(known)
    }

    /// Whether an item with these marks is one.
    #[must_use]
    pub const fn holds(self, read: bool, bookmarked: bool) -> bool {
        match self {
            Self::Unread => !read,
            Self::Read => read,
            Self::Bookmarked => bookmarked,
        }
    }
}

impl Added {
    /// Everything that is no fact.
    const OTHERS: [Self; 4] = [Self::Note, Self::Tag, Self::Source, Self::Fix];

    /// The names it goes by; the first one is written.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Note => &["note", "笔记", "批注"],
            Self::Tag => &["tag", "标签"],
            Self::Source => &["source", "来源"],
            Self::Fix => &["fix", "更正"],
            Self::Fact(fact) => Field::of_fact(fact).names(),
        }
    }

    /// What goes by a normalised name. A place is at least a province.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = |added: &Self| added.names().contains(&name);
        let other = Self::OTHERS.into_iter().find(known);
        let is_place = matches!(name, "place" | "地点");
        let place = is_place.then_some(Self::Fact(Fact::Province));
        other.or(place).or_else(|| {
            let fact = Field::from_name(name).and_then(Field::fact);
            fact.map(Self::Fact)
        })
    }

    /// Whether the reader adds it.
    #[must_use]
    pub const fn is_of_reader(self) -> bool {
        matches!(self, Self::Note | Self::Tag | Self::Fix)
    }
}

/// The names that a stage goes by, folded; the first one is written.
#[must_use]
pub const fn stage_names(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Signed => &["签约", "signed"],
        Stage::Started => &["开工", "started"],
        Stage::FoundationStone => &["奠基", "foundation"],
        Stage::InOperation => &["投产", "operating"],
        Stage::Completed => &["落成/竣工", "落成", "竣工", "completed"],
        Stage::Established => &["揭牌/成立", "揭牌", "成立", "established"],
        Stage::Planned => &["规划", "planned"],
        Stage::PolicyIssued => &["政策发布", "政策", "policy"],
        Stage::Event => &["会议/活动", "会议", "活动", "event"],
        Stage::Other => &["其他", "other"],
    }
}

/// The stage of a folded name.
#[must_use]
pub fn stage_named(name: &str) -> Option<Stage> {
    let known = |stage: &Stage| stage_names(*stage).contains(&name);
    Stage::ALL.into_iter().find(known)
}
