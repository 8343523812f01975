//! The map of parkweekly: a library of parsed issues of a weekly digest, a terminal reader and a command line over it.
//!
//! Modules from the bottom up: a module uses only those above it in this list, and [`cli`] and [`tui`] never meet.

rust_i18n::i18n!("assets/locales");

pub mod text;

pub mod issue;

pub mod source;

pub mod parse;

pub mod facts;

pub mod query;

pub mod store;

pub mod jump;

pub mod keys;

pub mod look;

pub mod config;

pub mod app;

pub mod cli;

pub mod tui;
