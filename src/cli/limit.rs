//! `--limit N`: how many lines a list has at most.
//! Must not leave lines out where a script reads them.

use super::output::Output;

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

    /// Whether nothing was asked for.
    pub const fn is_default(self) -> bool {
        self.limit.is_none()
    }
}
