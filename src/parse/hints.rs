//! What is known of a document from elsewhere than its text.
//! Must not be asked before the text, but for what the user says outright.

use crate::issue::{IssueDate, IssueLabel, IssueNumber};

/// What the caller knows of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The number that the user says (`--number`); stands above the text's own.
    pub number: Option<IssueNumber>,
    /// The date that the user says (`--date`); stands above the text's own.
    pub date: Option<IssueDate>,
    /// Name of the file without folder and extension; asked for number, date and publication where the text has none.
    pub name: Option<String>,
    /// What the library has the document as, where it is read again; asked after the name.
    pub known: Option<IssueLabel>,
    /// The publication that a text without any name of one is taken for.
    pub publication: Option<String>,
}
