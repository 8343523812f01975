//! The reader: an interactive screen over a library.
//!
//! `update(&mut State, Message) -> Vec<Effect>` decides and is pure; `view(&State, …)` draws and changes nothing; effects
//! are carried out by a worker whose answers come back as messages. Must not use the command line's modules.
//!
//! ```text
//! ┌ contents ──┬ body ──────────────┐   medium (80 columns and more)
//! │ ●★ item  1 │ headline           │
//! └────────────┴────────────────────┘   narrow: one pane at a time
//!  status                       hints   overlays: jump, issues, bookmarks, help
//! ```

pub mod cursor;
pub mod effect;
pub mod guard;
pub mod layout;
pub mod message;
pub mod overlays;
pub mod paint;
pub mod panes;
pub mod run;
pub mod state;
pub mod update;
pub mod view;
pub mod worker;

pub use run::{Ending, Setup, run};
