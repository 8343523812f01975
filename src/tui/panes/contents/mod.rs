//! The contents pane: headlines under their sections or, over the whole library, under their issues.

mod beside;
mod cell;
mod columns;
mod draw;
mod steps;
mod title;
mod window;

pub use draw::{draw, draw_bar};
pub use window::{Contents, Row};
