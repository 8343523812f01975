//! What is wrong with a query, and where: values, to be worded at the edge.

use super::{Field, Key, stage_names};
use crate::facts::{self, called};
use crate::issue::Stage;
use std::ops::Range;

/// A text that is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {}: {problem:?}", at.start + 1)]
pub struct QueryError {
    /// The characters that are at fault, from 0.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub problem: QueryProblem,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryProblem {
    /// A name before a colon that is no field's; perhaps this one was meant.
    UnknownField {
        /// As written.
        name: String,
        /// The nearest name.
        nearest: Option<&'static str>,
    },
    /// `is:` of something that nothing is.
    UnknownMark {
        /// As written.
        value: String,
    },
    /// `has:` of something that nothing has.
    UnknownAdded {
        /// As written.
        value: String,
    },
    /// `issue:` of something that is no number, no month, and not the newest.
    NoNumber {
        /// As written.
        value: String,
    },
    /// `stage:` of something that is no stage; perhaps this one was meant.
    UnknownStage {
        /// As written.
        value: String,
        /// The nearest name.
        nearest: Option<&'static str>,
    },
    /// `province:` or `city:` of a place that there is not; perhaps this one was meant.
    UnknownPlace {
        /// Which of the two.
        field: Field,
        /// As written.
        value: String,
        /// The nearest name.
        nearest: Option<&'static str>,
    },
    /// `province:` or `city:` of a place that is the other, or by a name of several.
    OtherPlace {
        /// As written.
        value: String,
        /// The terms that ask for it.
        meant: Vec<String>,
    },
    /// `province:` or `city:` of a place that items do not state, but where it lies.
    PlaceWithin {
        /// As written.
        value: String,
        /// The terms that ask for where it lies, and for its name in the text.
        meant: Vec<String>,
    },
    /// `industry:` of something that is none; perhaps this one was meant.
    UnknownIndustry {
        /// As written.
        value: String,
        /// The one that it is a word for, or the nearest name.
        nearest: Option<&'static str>,
    },
    /// `amount:` of something that is no amount.
    NoAmount {
        /// As written.
        value: String,
    },
    /// `projects:` of something that is no number of projects.
    NoCount {
        /// As written.
        value: String,
    },
    /// `area:` of something that is no land.
    NoLand {
        /// As written.
        value: String,
    },
    /// `date:` of something that is no day, month or year.
    NoDay {
        /// As written.
        value: String,
    },
    /// `sort:` of something that nothing is sorted by; perhaps this one was meant.
    UnknownOrder {
        /// As written.
        value: String,
        /// The nearest name.
        nearest: Option<&'static str>,
    },
    /// `sort:` in a group, or turned round.
    OrderInside,
    /// A range that ends before it begins.
    Backward {
        /// As written.
        value: String,
    },
    /// Nothing behind the colon.
    NoValue {
        /// The field's name as written.
        name: String,
        /// The field.
        field: Field,
    },
    /// A quote that is never closed.
    OpenQuote,
    /// A group that is not closed.
    OpenGroup,
    /// A bracket that closes no group.
    CloseAlone,
    /// Groups in groups, more than reading goes into.
    TooDeep,
    /// An OR with nothing on one of its sides.
    EmptySide,
    /// More terms than a query may have.
    TooMany,
}

/// What was perhaps meant, or may be written, as one who writes Chinese and one who writes English would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// In Chinese.
    pub chinese: String,
    /// In English, as far as it has names.
    pub english: String,
}

impl Meant {
    fn one(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            english: text.clone(),
            chinese: text,
        }
    }

    fn lists<'a>(
        chinese: impl Iterator<Item = &'a str>,
        english: impl Iterator<Item = &'a str>,
    ) -> Self {
        Self {
            chinese: chinese.collect::<Vec<_>>().join("、"),
            english: english.collect::<Vec<_>>().join(", "),
        }
    }

    fn fields() -> Self {
        let of = |n: usize| {
            let names = Field::ALL.map(|field| format!("{}:", field.names()[n]));
            names.join(" ")
        };
        Self {
            chinese: of(1),
            english: of(0),
        }
    }

    fn stages() -> Self {
        let english = Stage::ALL
            .into_iter()
            .filter_map(|stage| stage_names(stage).last());
        Self::lists(Stage::ALL.into_iter().map(Stage::name), english.copied())
    }

    fn orders() -> Self {
        let names = |n: usize| Key::ALL.map(|key| key.names()[n]);
        Self::lists(names(1).into_iter(), names(0).into_iter())
    }

    fn provinces() -> Self {
        Self::lists(called::provinces(), called::provinces_in_english())
    }

    fn industries() -> Self {
        Self::lists(
            facts::industries().into_iter(),
            called::industries_in_english(),
        )
    }

    /// What may stand behind a field's colon.
    fn values(field: Field) -> Self {
        match field {
            Field::Stage => Self::stages(),
            Field::Province => Self::provinces(),
            Field::Industry => Self::industries(),
            Field::Section => Self::one("section:招商"),
            Field::Issue => Self::one("issue:101"),
            Field::Issued => Self::one("issued:2023-01"),
            Field::Publication => Self::one("publication:园区周报"),
            Field::Sort => Self::orders(),
            Field::Is => Self::one("is:unread"),
            Field::Tag => Self::one("tag:跟踪"),
            Field::Has => Self::one("has:note"),
            Field::Source => Self::one("source:江苏省政府"),
            Field::Date => Self::one("date:2023-01"),
            Field::City => Self::one("city:苏州"),
            Field::Amount => Self::one("amount:>=100亿"),
            Field::Projects => Self::one("projects:>10"),
            Field::Area => Self::one("area:>=500亩"),
        }
    }
}

impl QueryProblem {
    /// The stable name of its words: `error.<code>` and `hint.<code>`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownField { .. } => "query-unknown-field",
            Self::UnknownMark { .. } => "query-unknown-mark",
            Self::UnknownAdded { .. } => "query-unknown-added",
            Self::NoNumber { .. } => "query-no-number",
            Self::UnknownStage { .. } => "query-unknown-stage",
            Self::UnknownPlace {
                field: Field::City,
                nearest: None,
                ..
            } => "query-unknown-city",
            Self::UnknownPlace {
                field: Field::City, ..
            } => "query-unknown-city-near",
            Self::UnknownPlace { .. } => "query-unknown-province",
            Self::OtherPlace { meant, .. } if meant.len() > 1 => "query-several-places",
            Self::OtherPlace { .. } => "query-other-place",
            Self::PlaceWithin { .. } => "query-place-within",
            Self::UnknownIndustry { nearest: None, .. } => "query-unknown-industry",
            Self::UnknownIndustry { .. } => "query-unknown-industry-near",
            Self::NoAmount { .. } => "query-no-amount",
            Self::NoCount { .. } => "query-no-count",
            Self::NoLand { .. } => "query-no-land",
            Self::NoDay { .. } => "query-no-day",
            Self::UnknownOrder { .. } => "query-unknown-order",
            Self::OrderInside => "query-order-inside",
            Self::Backward { .. } => "query-backward",
            Self::NoValue { .. } => "query-no-value",
            Self::OpenQuote => "query-open-quote",
            Self::OpenGroup => "query-open-group",
            Self::CloseAlone => "query-close-alone",
            Self::TooDeep => "query-too-deep",
            Self::EmptySide => "query-empty-side",
            Self::TooMany => "query-too-many",
        }
    }

    /// What is at fault, as written.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::UnknownField { name, .. } | Self::NoValue { name, .. } => name,
            Self::UnknownMark { value }
            | Self::UnknownAdded { value }
            | Self::NoNumber { value }
            | Self::UnknownStage { value, .. }
            | Self::UnknownPlace { value, .. }
            | Self::OtherPlace { value, .. }
            | Self::PlaceWithin { value, .. }
            | Self::UnknownIndustry { value, .. }
            | Self::NoAmount { value }
            | Self::NoCount { value }
            | Self::NoLand { value }
            | Self::NoDay { value }
            | Self::UnknownOrder { value, .. }
            | Self::Backward { value } => value,
            Self::OpenQuote => "\"",
            Self::OpenGroup | Self::TooDeep => "(",
            Self::CloseAlone => ")",
            Self::EmptySide => "OR",
            Self::OrderInside => "sort:",
            Self::TooMany => "",
        }
    }

    /// The name that was perhaps meant; every name where none is near.
    #[must_use]
    pub fn meant(&self) -> Meant {
        match self {
            Self::UnknownField {
                nearest: Some(name),
                ..
            } => Meant::one(format!("{name}:")),
            Self::UnknownStage {
                nearest: Some(name),
                ..
            }
            | Self::UnknownPlace {
                nearest: Some(name),
                ..
            }
            | Self::UnknownIndustry {
                nearest: Some(name),
                ..
            }
            | Self::UnknownOrder {
                nearest: Some(name),
                ..
            } => Meant::one(*name),
            Self::UnknownOrder { nearest: None, .. } => Meant::orders(),
            Self::UnknownStage { nearest: None, .. } => Meant::stages(),
            Self::UnknownPlace { nearest: None, .. } => Meant::provinces(),
            Self::UnknownIndustry { nearest: None, .. } => Meant::industries(),
            Self::OtherPlace { meant, .. } | Self::PlaceWithin { meant, .. } => Meant::lists(
                meant.iter().map(String::as_str),
                meant.iter().map(String::as_str),
            ),
            Self::NoValue { field, .. } => Meant::values(*field),
            _ => Meant::fields(),
        }
    }
}
