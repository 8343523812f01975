//! `--limit N`: how many lines a list has at most.
//! Must not leave lines out where a script reads them.

use super::output::{Output, Stop};
use crate::config::Language;
use std::fmt::Display;

/// Lines of a list on a terminal, unless asked for otherwise: some screens.
const ON_A_TERMINAL: usize = 100;

#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Limit {
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Limit {
    /// How many lines: as asked for, else some on a terminal and all anywhere else.
    pub fn most(self, output: &Output) -> usize {
        let default = if output.is_terminal() {
            ON_A_TERMINAL
        } else {
            usize::MAX
        };
        self.limit.unwrap_or(default)
    }

    /// Says how many lines were left out, unless that was asked for.
    pub fn tell(
        self,
        shown: usize,
        all: impl FnOnce() -> Result<usize, Stop>,
        language: Language,
        output: &mut Output,
    ) -> Result<(), Stop> {
        if self.limit.is_some() {
            return Ok(());
        }
        let all = all()?;
        let counts: [(&str, &dyn Display); 2] = [("shown", &shown), ("all", &all)];
        output.message(&language.say_with("limit.more", &counts))
    }

    /// Keeps as many lines as are wanted, and tells how many there were.
    pub fn cut<T>(self, lines: &mut Vec<T>, output: &Output) -> usize {
        let all = lines.len();
        lines.truncate(self.most(output));
        all
    }
}
