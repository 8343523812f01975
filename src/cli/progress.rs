//! How far a command is, as a bar at the foot of the terminal that stderr goes to.
//! Must not mix with lines: whatever is written beside it is written while it is away.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// In ASCII, whose width every terminal agrees on.
const BAR: &str = "{pos}/{len} [{bar:24}] {wide_msg}";
const CHARACTERS: &str = "=> ";

/// The bar, or none.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many steps; where stderr is no terminal, none.
    pub fn of(steps: usize) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(u64::try_from(steps).unwrap_or(u64::MAX)),
            ProgressDrawTarget::stderr(),
        );
        // The template is a constant, and a test reads it; without it the bar has a style of its own.
        if let Ok(style) = ProgressStyle::with_template(BAR) {
            bar.set_style(style.progress_chars(CHARACTERS));
        }
        Self(bar)
    }

    /// None at all.
    pub fn none() -> Self {
        Self(ProgressBar::hidden())
    }

    /// The next step begins, and is about `what`, a clean text.
    pub fn next(&self, done: usize, what: String) {
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        self.0.set_message(what);
    }

    /// Does what writes lines.
    pub fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_one() {
        ProgressStyle::with_template(BAR).unwrap();
    }
}
