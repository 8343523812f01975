//! How far a command is, as a bar at the foot of the terminal that stderr goes to.
//! Must not mix with lines: whatever is written beside it is written while it is away.

use crate::config::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// In ASCII, whose width every terminal agrees on.
const BAR: &str = "{pos}/{len} [{bar:24}] {wide_msg}";
const CHARACTERS: &str = "=> ";

/// After what time a bar for a single document is shown: most are read before.
const PATIENCE: Duration = Duration::from_millis(500);

/// The bar, or none.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    /// Where its steps are the pages of one document: since when it is read.
    since: Option<Instant>,
}

impl Progress {
    /// A bar for so many steps; where stderr is no terminal, none.
    pub fn of(steps: usize) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(u64::try_from(steps).unwrap_or(u64::MAX)),
            ProgressDrawTarget::stderr(),
        );
        Self {
            bar: styled(bar),
            since: None,
        }
    }

    /// A bar for the pages of one document, shown where it takes its time.
    pub fn of_one() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self {
            bar: styled(bar),
            since: Some(Instant::now()),
        }
    }

    /// None at all.
    pub fn none() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            since: None,
        }
    }

    /// The next step begins, and is about `what`, a clean text.
    pub fn next(&self, done: usize, what: String) {
        if self.since.is_none() {
            self.bar
                .set_position(u64::try_from(done).unwrap_or(u64::MAX));
            self.bar.set_message(what);
        }
    }

    /// So many pages of a document are read, of so many.
    pub fn pages(&self, done: u32, all: u32, language: Language) {
        let Some(since) = self.since else {
            return;
        };
        if since.elapsed() > PATIENCE && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar
                .set_message(language.say("progress.pages").into_owned());
        }
        self.bar.set_length(u64::from(all));
        self.bar.set_position(u64::from(done));
    }

    /// Does what writes lines.
    pub fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

fn styled(bar: ProgressBar) -> ProgressBar {
    // The template is a constant, and a test reads it; without it the bar has a style of its own.
    match ProgressStyle::with_template(BAR) {
        Ok(style) => bar.with_style(style.progress_chars(CHARACTERS)),
        Err(_) => bar,
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
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
