//! What went wrong in a run over many files: each told at once, and what to do about it once, at the end.
//! Must not decide how the run ends.

use super::output::Output;
use crate::app::Failure;
use crate::config::Language;

/// What is still to be said.
#[derive(Debug)]
pub(super) struct Complaints {
    language: Language,
    hints: Vec<String>,
}

impl Complaints {
    /// None so far.
    pub const fn new(language: Language) -> Self {
        Self {
            language,
            hints: vec![],
        }
    }

    /// Says what went wrong.
    pub fn add(&mut self, failure: &Failure, output: &mut Output) {
        output.error(failure, self.language);
        let hint = failure.hint(self.language);
        self.hints
            .extend(hint.filter(|hint| !self.hints.contains(hint)));
    }

    /// Says what to do, in the order in which it came up.
    pub fn end(self, output: &mut Output) {
        for hint in self.hints {
            output.hint(&hint, self.language);
        }
    }
}
