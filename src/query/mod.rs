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
//!   separate alternatives. `is:` takes `unread`, `read` or `bookmarked`, `has:` `note`, `tag` or the field of a fact; `tag:` takes a whole
//!   tag, `source:` a part of the source bracket.
//! - What an item states: `province:`, `city:` and `industry:` take whole names, of places short or long ones; `stage:` one of ten.
//!   `amount:`, `projects:`, `area:` and `date:` take a value, a range (`10亿..20亿`) or one with `>= > <= <` before. Amounts of all
//!   currencies are compared in 亿元. An item that does not state it is not found, and is with `-` before the term.
//! - Names and values work in Chinese too (`栏目:招商 期:82..101 是:未读`), and full-width `：，－！＂` count as their ASCII
//!   forms.

mod days;
mod edit;
mod error;
mod facets;
mod fields;
mod parse;
mod quantity;
mod span;
mod tally;
mod term;
mod values;

pub use days::Days;
pub use error::{QueryError, QueryProblem};
pub use facets::{Facet, Facets, Stating};
pub use fields::{Added, Field, Mark, stage_named, stage_names};
pub use quantity::{Amount, Land, money, mu};
pub use span::Span;
pub use tally::{Cell, Tally};
pub use term::{Condition, Name, Numbers, Place, Query, Term};
