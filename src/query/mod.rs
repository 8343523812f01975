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
//! - `section:` takes a part of a title, or with `=` the whole of it; `issue:` a number, a month as issues are dated (`2023-01`), a range of
//!   either (`82..`, `..101`), or the newest (`latest`, `last4`); commas separate alternatives. `is:` takes `unread`, `read` or
//!   `bookmarked`, `has:` `note`, `tag`, `source` or the field of a fact; `tag:` takes a whole tag; `source:` and `publication:` take a part of the
//!   source bracket or of the publication's name, or with `=` the whole of it. `issued:` takes days, as `date:` does: those of the issue ([`issued_on`]).
//! - `7d` counts days back from the newest issue. `sort:` says what is listed first; it is no condition, and stands in no group.
//! - What an item states: `province:` and `city:` take the name of a place that items state, `industry:` and `stage:` one of those that
//!   there are, in Chinese or English; anything else is an error that says what there is. `amount:`, `projects:`, `area:` and `date:` take
//!   a value, a range (`10亿..20亿`) or one with `>= > <= <` before. Amounts of all currencies are compared in 亿元. An item that does
//!   not state it is not found, and is with `-` before the term.
//! - In `amount:`, `projects:` and `area:` a comma between digits with exactly three behind it groups them: `1,000`; two values so are
//!   `1, 000`. White space may stand around the colon, behind a sign, before a unit (`amount: >= 5 亿`), and no colon where a sign
//!   compares (`amount>5亿`).
//! - Names and values work in Chinese too (`栏目:招商 期:82..101 是:未读`), and full-width `：，－！＂` count as their ASCII
//!   forms.

mod choices;
mod days;
mod edit;
mod error;
mod facet;
mod facets;
mod fields;
mod issues;
mod named;
mod order;
mod parse;
mod quantity;
mod saved;
mod signs;
mod span;
mod tally;
mod term;
mod undated;
mod values;

pub use choices::{Choices, Counted, IssueCount};
pub use days::{Days, issued_on};
pub use error::{Meant, QueryError, QueryProblem};
pub use facet::{Choice, Facet};
pub use facets::{Facets, Stating};
pub use fields::{Added, Field, Mark, stage_named, stage_names};
pub use issues::{IssueFace, Issues, Month, Numbers};
pub use order::{Direction, Key, Order};
pub use quantity::{Amount, Land, money, mu};
pub use saved::{LONGEST_NAME, NameError, QueryName, QueryRecord};
pub use span::Span;
pub use tally::{Cell, Marked, Tally};
pub use term::{Condition, Name, Place, Query, Term};
