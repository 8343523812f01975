//! One pane a file: what it holds, and how it is drawn.

pub mod bar;
pub mod body;
pub mod contents;
pub mod filter;
pub mod pending;
pub mod status;

pub use body::{Body, Setting, Spot};
pub use contents::Contents;
pub use filter::{Filter, Groups};
