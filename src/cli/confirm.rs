//! Asks before something is done that is hard to undo.
//! Must not take silence for a yes, nor ask where nobody can answer.

use super::output::{Output, Stop};
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::text::normalise;
use std::io::{self, IsTerminal as _};

/// What is taken for a yes, normalised.
const YES: [&str; 5] = ["y", "yes", "是", "好", "确定"];

/// Whether the user says yes to a question.
///
/// # Errors
/// Nobody can be asked: the standard input is no terminal.
pub(super) fn confirm(
    question: &str,
    language: Language,
    output: &mut Output,
) -> Result<bool, Stop> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new("confirmation-needed", vec![])
            .ending(Exit::Usage)
            .into());
    }
    output.ask(&language.say_with("confirm.question", &[("question", &question)]))?;
    let mut answer = String::new();
    // What cannot be read is no yes.
    let read = io::stdin().read_line(&mut answer);
    Ok(read.is_ok() && YES.contains(&normalise(&answer).as_str()))
}
