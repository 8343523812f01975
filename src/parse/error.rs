//! Why a document is no issue, as values with a stable code.
//! The words for a reader stand in `assets/locales/parse.yml`; the name of the file is the caller's to add.

/// A document that gave no issue at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// No section heading, no bullet and no ■ in it.
    #[error("no issue of a weekly digest: no section heading, headline or ■ in it")]
    NoIssue,
    /// It looks like an issue, but no line says which.
    #[error("the issue has no number: expected a line like 2023年1月1期（总101期）")]
    NoNumber,
    /// It has a number, but no line of the cover names the publication.
    #[error("the publication has no name: expected it as the first line")]
    NoPublication,
    /// The user says which issue it is, and it holds several.
    #[error("several issues, expected the one that the number or date is of")]
    SeveralIssues,
    /// Cover or contents, and not one item: cut off, or contents alone.
    #[error("the issue has no items: the file may be cut off")]
    NoItems,
}

impl ParseError {
    /// The stable name of the kind; `error.CODE` and `hint.CODE` are the keys of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoIssue => "parse-no-issue",
            Self::NoNumber => "parse-no-number",
            Self::NoPublication => "parse-no-publication",
            Self::SeveralIssues => "parse-several-issues",
            Self::NoItems => "parse-no-items",
        }
    }

    /// What the words of this kind are filled in with, less the `path`, which only the caller knows.
    #[must_use]
    pub const fn arguments(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
