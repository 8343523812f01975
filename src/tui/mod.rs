//! The reader: an interactive screen over a library.
//!
//! `update(&mut State, Message) -> Vec<Effect>` decides and is pure; `view(&State, …)` draws and changes nothing; effects
//! are carried out by a worker whose answers come back as messages. Must not use the command line's modules.
//!
//! ```text
//! ┌ contents ──┬ body ─────────┬ filter ─┐   wide (120 columns and more)
//! │ ▾ section  │ headline      │ words › │   medium (80): the filter in the place of the body
//! │ ●★ item  1 │    text …     │ [x] …   │   narrow: one pane at a time
//! └────────────┴───────────────┴─────────┘
//!  status                            hints    overlays: jump, issues, bookmarks, diagnostics, help
//! ```

pub mod area;
pub mod completing;
mod cursor;
pub mod effect;
pub mod field;
pub mod finding;
pub mod first;
pub mod guard;
pub mod headline;
pub mod history;
mod late;
pub mod latest;
pub mod layout;
pub mod message;
pub mod notice;
pub mod overlays;
pub mod paint;
pub mod panes;
pub mod run;
mod screen;
pub mod seen;
pub mod session;
mod shown;
mod signs;
pub mod state;
pub mod subject;
mod threads;
pub mod told;
pub mod trail;
mod turns;
pub mod update;
pub mod view;
pub mod worker;

pub use run::{Ending, Left, Setup, run};
