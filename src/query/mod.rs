//! The query: what narrows a list. One grammar and one meaning for the filter pane, its line of text and the command line.
//! Must not know how items are kept; the store turns a query into a search, [`Tally`] into counts.
//!
//! ```text
//! 新能源 -风电 "AI 算力" section:招商,政策 issue:82..101 is:unread
//! ```
//!
//! - All terms have to hold. A bare word is looked for in headline, lead and paragraphs, each by itself, under
//!   [`crate::text::normalise`]; in double quotes it may hold white space, colons, a leading `-`.
//! - `-` or `!` before a term turns it round.
//! - `section:` takes a part of a title, or with `=` the whole of it; `issue:` a number or a range (`82..`, `..101`); commas
//!   separate alternatives. `is:` takes `unread`, `read` or `bookmarked`, `has:` `note` or `tag`; `tag:` takes a whole tag.
//! - Names and values work in Chinese too (`栏目:招商 期:82..101 是:未读`), and full-width `：，－！＂` count as their ASCII
//!   forms.

mod edit;
mod error;
mod fields;
mod parse;
mod tally;
mod term;

pub use error::{QueryError, QueryProblem};
pub use fields::{Added, Field, Mark};
pub use tally::{Cell, Tally};
pub use term::{Condition, Name, Numbers, Query, Term};
