//! What is wrong with a query, and where: values, to be worded at the edge.

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
    /// `issue:` of something that is no number.
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
    /// A range that ends before it begins.
    Backward {
        /// As written.
        value: String,
    },
    /// Nothing behind the colon.
    NoValue {
        /// The field's name as written.
        name: String,
    },
    /// A quote that is never closed.
    OpenQuote,
    /// More terms than a query may have.
    TooMany,
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
            Self::NoAmount { .. } => "query-no-amount",
            Self::NoCount { .. } => "query-no-count",
            Self::NoLand { .. } => "query-no-land",
            Self::NoDay { .. } => "query-no-day",
            Self::Backward { .. } => "query-backward",
            Self::NoValue { .. } => "query-no-value",
            Self::OpenQuote => "query-open-quote",
            Self::TooMany => "query-too-many",
        }
    }

    /// What is at fault, as written.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::UnknownField { name, .. } | Self::NoValue { name } => name,
            Self::UnknownMark { value }
            | Self::UnknownAdded { value }
            | Self::NoNumber { value }
            | Self::UnknownStage { value, .. }
            | Self::NoAmount { value }
            | Self::NoCount { value }
            | Self::NoLand { value }
            | Self::NoDay { value }
            | Self::Backward { value } => value,
            Self::OpenQuote => "\"",
            Self::TooMany => "",
        }
    }

    /// The name that was perhaps meant; every name where none is near.
    #[must_use]
    pub fn meant(&self) -> String {
        let all = || super::Field::ALL.map(|field| field.names()[0]).join(": ") + ":";
        match self {
            Self::UnknownField {
                nearest: Some(name),
                ..
            } => format!("{name}:"),
            Self::UnknownStage {
                nearest: Some(name),
                ..
            } => (*name).to_owned(),
            Self::UnknownStage { nearest: None, .. } => Stage::ALL.map(Stage::name).join("、"),
            _ => all(),
        }
    }
}
