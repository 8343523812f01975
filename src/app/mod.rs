//! What the command line and the reader both do: open the library, import files, put problems into words.
//! Must not print, and must not know which of the two asked.

pub mod check;
pub mod doctor;
pub mod editor;
pub mod failure;
pub mod fixing;
pub mod greeting;
pub mod import;
pub mod input;
pub mod inputs;
pub mod issues;
pub mod library;
pub mod looks;
pub mod original;
pub mod reading;
pub mod rebuild;
pub mod reparse;
pub(crate) mod sample;
pub mod settings;
mod shelf;
mod system;
pub mod terminal;
pub mod themes;
pub mod trial;
pub mod viewer;
pub mod wording;

pub use failure::{Exit, Failure};
pub use shelf::Shelf;
