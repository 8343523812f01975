//! The terminal as something to draw on.
//! Must not decide what is drawn, or ask the terminal anything once a thread waits for keys.

use super::state::State;
use super::view::view;
use crate::app::Failure;
use crate::look::Look;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use std::io::{self, BufWriter, Stdout};
use std::mem::ManuallyDrop;
use std::time::Duration;

/// Bytes of a frame that are written at once: a full screen of hanzi with styles stays below.
const FRAME_BYTES: usize = 64 * 1024;

/// The terminal. Never dropped: its drop prints to a terminal that may be gone, and panics on that. The guard shows the cursor.
pub(super) type Screen = ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>;

/// Takes standard output as the screen.
pub(super) fn open() -> io::Result<Screen> {
    // Sets up crossterm's reader, which hears of new sizes only from then on: one that came between the first frame and
    // the first key would be lost.
    crossterm::event::poll(Duration::ZERO)?;
    let out = BufWriter::with_capacity(FRAME_BYTES, io::stdout());
    Terminal::new(CrosstermBackend::new(out)).map(ManuallyDrop::new)
}

/// Draws a frame, with what differs from the one before.
pub(super) fn draw(terminal: &mut Screen, state: &State, look: &Look) -> io::Result<()> {
    terminal.draw(|frame| {
        if let Some(position) = view(state, look, frame.buffer_mut()) {
            frame.set_cursor_position(position);
        }
    })?;
    Ok(())
}

/// Has all of the next frame drawn, whatever another program has written over the screen. Not by `Terminal::clear`, which asks
/// the terminal for its cursor, and while a thread waits for keys no answer comes through.
pub(super) fn draw_anew(terminal: &mut Screen) -> io::Result<()> {
    let Size { width, height } = terminal.size()?;
    terminal.resize(Rect::new(0, 0, width, height))
}

/// What the terminal could not do.
#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`")]
pub(super) fn terminal_failure(error: io::Error) -> Failure {
    Failure::new("terminal", vec![("reason", error.to_string())])
}
