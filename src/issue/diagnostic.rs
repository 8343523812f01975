//! What the parser could not take at its word, as values.
//! Worded for a reader at the edge, never here.

use super::Address;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One finding about an issue, with the place it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What was found. `kind` and `args` of the JSON are stable.
    #[serde(flatten)]
    pub problem: Problem,
    /// Line of the input, from 1; none where no single line is at fault.
    pub line: Option<u32>,
    /// Page of the document, from 1, where it has pages: its lines are what was made of them, and nobody has seen their numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The item it is about, if one.
    pub item: Option<Address>,
}

/// What a [`Diagnostic`] says: the kind, and its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "args", rename_all = "kebab-case")]
pub enum Problem {
    /// Contents and body print the headline of one item differently (beyond white space, width and case).
    HeadlineMismatch {
        /// As the contents print it.
        contents: String,
        /// As the body prints it.
        body: String,
    },
    /// The contents list an item that the body lacks.
    MissingInBody {
        /// As the contents print it.
        contents: String,
    },
    /// The body has an item that the contents do not list.
    MissingInContents {
        /// As the body prints it.
        body: String,
    },
    /// The contents list the item at another place of its section, or in another section.
    OrderDiffers {
        /// The headline in the body.
        body: String,
    },
    /// The contents list a section that the body lacks.
    SectionMissingInBody {
        /// Its title in the contents.
        title: String,
    },
    /// The body has a section that the contents do not list.
    SectionMissingInContents {
        /// Its title in the body.
        title: String,
    },
    /// The issue has no contents.
    NoContents {},
    /// An item with a headline and nothing else.
    EmptyItem {},
    /// A line that is no part of the issue as the parser understands it.
    UnknownLine {
        /// The line.
        text: String,
    },
    /// The issue has no cover that says so: publication and number come from elsewhere.
    NoCover {
        /// The publication it is taken for.
        publication: String,
        /// The number it is taken for.
        number: u32,
    },
    /// Neither the amount nor the place of the headline is anywhere in its item.
    HeadlineUnsupported {
        /// The amount, as the headline prints it.
        amount: String,
        /// The place, as the headline prints it.
        place: String,
    },
    /// A clause that an item has twice.
    RepeatedClause {
        /// The clause.
        text: String,
    },
    /// Bytes that are no characters of the encoding; U+FFFD stands for them.
    CharactersLost {
        /// WHATWG name of the encoding.
        encoding: String,
        /// How many.
        count: u32,
    },
    /// Lines that are hardly Chinese, as a wrong encoding leaves them.
    CharactersDoubtful {
        /// WHATWG name of the encoding they were read in.
        encoding: String,
        /// How many lines.
        count: u32,
    },
    /// The document is in two encodings; each line was read in its own.
    EncodingsMixed {
        /// WHATWG name of the encoding of most lines.
        encoding: String,
        /// WHATWG name of the other one.
        other: String,
        /// How many lines are in the other one.
        count: u32,
    },
    /// The end of the document is missing.
    DocumentCutOff {},
    /// What leads to the parts of the document does not; they were looked for.
    DocumentDamaged {},
    /// Pages of the document that could not be read.
    PagesUnread {
        /// How many.
        count: u32,
    },
    /// Pictures of the document that could not be read, or are too large.
    PicturesUnread {
        /// How many.
        count: u32,
    },
    /// What another version of the program found and this one does not know; kept as it was.
    #[serde(untagged)]
    Other {
        /// The stable name that the other version gave it. One of those above where its arguments were others.
        kind: String,
        /// Its arguments.
        #[serde(default)]
        args: Value,
    },
}

impl Problem {
    /// The stable name of the kind, as in the JSON; `other` where this version knows no such kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::HeadlineMismatch { .. } => "headline-mismatch",
            Self::MissingInBody { .. } => "missing-in-body",
            Self::MissingInContents { .. } => "missing-in-contents",
            Self::OrderDiffers { .. } => "order-differs",
            Self::SectionMissingInBody { .. } => "section-missing-in-body",
            Self::SectionMissingInContents { .. } => "section-missing-in-contents",
            Self::NoContents {} => "no-contents",
            Self::EmptyItem {} => "empty-item",
            Self::UnknownLine { .. } => "unknown-line",
            Self::NoCover { .. } => "no-cover",
            Self::HeadlineUnsupported { .. } => "headline-unsupported",
            Self::RepeatedClause { .. } => "repeated-clause",
            Self::CharactersLost { .. } => "characters-lost",
            Self::CharactersDoubtful { .. } => "characters-doubtful",
            Self::EncodingsMixed { .. } => "encodings-mixed",
            Self::DocumentCutOff {} => "document-cut-off",
            Self::DocumentDamaged {} => "document-damaged",
            Self::PagesUnread { .. } => "pages-unread",
            Self::PicturesUnread { .. } => "pictures-unread",
            Self::Other { .. } => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{IssueNumber, ItemOrdinal, SectionOrdinal};

    #[test]
    fn json_has_kind_args_line_and_item_and_reads_back() {
        let diagnostic = Diagnostic {
            problem: Problem::HeadlineMismatch {
                contents: "甲".into(),
                body: "乙".into(),
            },
            line: Some(27),
            page: None,
            item: Some(Address::item(
                IssueNumber(101),
                SectionOrdinal(1),
                ItemOrdinal(8),
            )),
        };
        let json = serde_json::to_value(&diagnostic).unwrap();
        assert_eq!(json["kind"], diagnostic.problem.kind());
        assert_eq!(json["args"]["contents"], "甲");
        assert_eq!(json["item"], "101/1/8");
        assert_eq!(
            serde_json::from_value::<Diagnostic>(json).unwrap(),
            diagnostic
        );
    }
    #[test]
    fn what_another_version_found_reads_back_as_it_was() {
        for problem in [
            serde_json::json!({"kind": "page-torn", "args": {"page": 3, "at": ["a", null]}}),
            serde_json::json!({"kind": "page-torn", "args": "3"}),
            serde_json::json!({"kind": "headline-mismatch", "args": {"bodies": 2}}),
        ] {
            let mut json = problem;
            json["line"] = 27.into();
            json["item"] = "101/1/8".into();
            let read: Diagnostic = serde_json::from_value(json.clone()).unwrap();
            assert!(matches!(read.problem, Problem::Other { .. }));
            assert_eq!(read.problem.kind(), "other");
            assert_eq!(read.line, Some(27));
            assert_eq!(serde_json::to_value(&read).unwrap(), json);
        }
        let bare: Diagnostic = serde_json::from_str(r#"{"kind":"page-torn"}"#).unwrap();
        assert_eq!(bare.problem.kind(), "other");
    }
}
