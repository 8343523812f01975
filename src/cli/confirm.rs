//! Asking before something is done that cannot be taken back.
//! Must not take silence, the end of the input or anything unclear for a yes.

use super::Settings;
use super::output::{Output, Stop};
use crate::app::{Exit, Failure};
use crate::text::normalise;
use std::io::{BufRead as _, IsTerminal as _};

/// Whether the user agrees: said with `--yes`, else asked. `question` ends with the answers that can be given.
///
/// # Errors
/// There is no terminal to ask on.
pub(super) fn confirmed(
    question: &str,
    yes: bool,
    settings: &Settings,
    output: &mut Output,
) -> Result<bool, Stop> {
    if yes {
        return Ok(true);
    }
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        let failure = Failure::new("confirm-needed", vec![("question", question.to_owned())]);
        return Err(failure.ending(Exit::Usage).into());
    }
    let answers = settings.language.say("confirm.answers");
    output.question(&format!("{question} {answers}"))?;
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.map_err(|error| Failure::new("confirm-unread", vec![("reason", error.to_string())]))?;
    Ok(is_yes(&answer))
}

/// Whether an answer is a yes, in either language.
fn is_yes(answer: &str) -> bool {
    ["y", "yes", "是", "好", "确认"].contains(&normalise(answer).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_yes_is_one() {
        for yes in ["y\n", " YES ", "是\n", "ｙ"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "\n", "n", "no", "yy", "否", "不是"] {
            assert!(!is_yes(no), "{no}");
        }
    }
}
