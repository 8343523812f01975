//! From the pages of a document to its issues, with the facts of their items: what everyone means who reads a document.
//! Must not know where the pages came from.

use crate::facts::{self, RULES_VERSION};
use crate::issue::{Issue, Page};
use crate::parse::{self, Hints, PARSER_VERSION, ParseError};

/// Version of what makes issues of pages, parser and rules of facts together; a higher one reads kept pages again. Each of the two
/// counts up from one issue of the program to the next, so their sum does.
pub const READING_VERSION: u32 = PARSER_VERSION + RULES_VERSION;

/// The issues on `pages`, facts included.
///
/// # Errors
/// The pages hold no issue, or nothing says which one.
pub fn issues_on(pages: &[Page], hints: &Hints) -> Result<Vec<Issue>, ParseError> {
    let mut issues = parse::parse(pages, hints)?;
    issues.iter_mut().for_each(facts::read_all);
    Ok(issues)
}
