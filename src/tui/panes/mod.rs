//! One pane a file: what it holds, and how it is drawn.

pub mod body;
pub mod contents;
pub mod filter;
pub mod status;

pub use body::Body;
pub use contents::Contents;
pub use filter::Filter;
