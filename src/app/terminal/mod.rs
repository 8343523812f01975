//! What the terminal says of itself: asked once, in one batch, before anything else reads it.
//! Must not decide what follows from the answers.

mod answers;
mod asking;
mod typed;

pub use answers::{Answer, Token, token};
pub use asking::{Asked, LIMIT, ask};
pub use typed::typed;

use super::looks::{Answers, Questions};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Asks a terminal that is not in raw mode, and leaves it as it was. What is typed meanwhile is lost. None where its mode
/// cannot be changed.
#[must_use]
pub fn ask_aside(questions: Questions) -> Option<Answers> {
    // Else what it answers would be written on the screen, and read by the shell.
    enable_raw_mode().ok()?;
    let asked = ask(questions, LIMIT);
    disable_raw_mode().ok()?;
    Some(asked.answers)
}
