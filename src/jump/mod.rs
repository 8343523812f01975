//! The jump: fuzzy search over the headlines of a whole library.
//! The only user of `fuzzy-matcher`; takes headlines as they come and must not know where they are kept.

mod index;
mod query;

pub use index::{Hit, Hits, Index};
pub use query::Query;
