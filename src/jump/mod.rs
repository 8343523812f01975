//! The jump: fuzzy search over the headlines of a whole library, by hanzi, latin letters, pinyin, initials and mixtures of them.
//! The only user of `fuzzy-matcher`; takes headlines as they come and must not know where they are kept.
//!
//! Nothing is kept in pinyin. What is typed is read as up to five rows of tokens (`segments`), each of which stands for characters of
//! the headlines' own alphabet (`index`), and one pass over a headline follows all of them at once, bit by bit (`pattern`). The
//! characters that were met are what the scorer is asked about, so what it counts and what is shown as matched are hanzi (`search`).

mod among;
mod index;
mod pattern;
mod query;
mod readings;
mod search;
mod segments;

pub use among::among;
pub use index::{Index, Within};
pub use query::Query;
pub use search::{Hit, Hits, Search};
