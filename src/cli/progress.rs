//! How far a command is, as a bar at the foot of the terminal that stderr goes to.
//! Must not mix with lines: whatever is written beside it is written while it is away.

use crate::app::input::Ways;
use crate::config::Language;
use crate::source::pdf::Means;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// In ASCII, whose width every terminal agrees on.
const BAR: &str = "{pos}/{len} [{bar:24}] {wide_msg}";

/// While it is not known how many steps there are.
const WORDS: &str = "{wide_msg}";

const CHARACTERS: &str = "=> ";

/// After what time a bar for a single document is shown: most are read before.
const PATIENCE: Duration = Duration::from_millis(500);

/// The bar, or none.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    /// Where its steps are the pages of one document: since when it is read.
    since: Option<Instant>,
    /// Whether it is drawn, where there is something to be drawn on.
    is_shown: AtomicBool,
}

impl Progress {
    /// A bar for so many steps; where stderr is no terminal, none.
    pub fn of(steps: usize) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(u64::try_from(steps).unwrap_or(u64::MAX)),
            ProgressDrawTarget::stderr(),
        );
        Self {
            bar: bar.with_style(style(BAR)),
            since: None,
            is_shown: true.into(),
        }
    }

    /// A bar for the pages of one document, shown where it takes its time.
    pub fn of_one() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self {
            bar: bar.with_style(style(BAR)),
            since: Some(Instant::now()),
            is_shown: false.into(),
        }
    }

    /// None at all.
    pub fn none() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            since: None,
            is_shown: false.into(),
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
        if self.since.is_none() {
            return;
        }
        if self.bar.length().is_none() {
            self.bar.set_style(style(BAR));
            self.bar
                .set_message(language.say("progress.pages").into_owned());
        }
        self.bar.set_length(u64::from(all));
        self.bar.set_position(u64::from(done));
        self.waits(language);
    }

    /// A document is being read: asked for now and then, also while no page of it is done.
    pub fn waits(&self, language: Language) {
        let is_slow = self.since.is_some_and(|since| since.elapsed() > PATIENCE);
        if is_slow && !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            if self.bar.length().is_none() {
                self.bar.set_style(style(WORDS));
                self.bar
                    .set_message(language.say("progress.reading").into_owned());
            }
            self.bar.tick();
        }
    }

    /// Does what writes lines.
    pub fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

/// Does what reads one document or some, with a bar where that takes its time.
pub(super) fn watched<T>(
    ways: &Ways<'_>,
    language: Language,
    read: impl FnOnce(&Ways<'_>) -> T,
) -> T {
    let progress = Progress::of_one();
    let goes_on = || {
        progress.waits(language);
        (ways.means.goes_on)()
    };
    let pages = |done, all| progress.pages(done, all, language);
    let ask = |name: &str, tries| progress.beside(|| (ways.ask)(name, tries));
    let means = Means {
        goes_on: &goes_on,
        progress: &pages,
        ..ways.means
    };
    read(&Ways { means, ask: &ask })
}

fn style(template: &str) -> ProgressStyle {
    // The templates are constants, and a test reads them; without one the bar has a style of its own.
    let style = ProgressStyle::with_template(template);
    style.map_or_else(
        |_| ProgressStyle::default_bar(),
        |style| style.progress_chars(CHARACTERS),
    )
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
    fn the_templates_are_some() {
        for template in [BAR, WORDS] {
            ProgressStyle::with_template(template).unwrap();
        }
    }
}
