//! The terminal as something to draw on.
//! Must not decide what is drawn, or ask the terminal anything once a thread waits for keys.

use super::state::State;
use super::view::view;
use crate::app::Failure;
use crate::look::Look;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use std::cell::RefCell;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::time::Duration;

/// The terminal as a screen.
pub(super) struct Screen {
    /// Never dropped: its drop prints to a terminal that may be gone, and panics on that. The guard shows the cursor.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Frame>>>,
    frame: Frame,
}

/// What is written of a frame so far. ratatui flushes several times a frame, and each piece could be seen by itself.
#[derive(Clone, Default)]
struct Frame(Rc<RefCell<Vec<u8>>>);

impl Frame {
    /// Writes the frame out.
    fn show(&self) -> io::Result<()> {
        let mut frame = self.0.borrow_mut();
        let mut out = io::stdout().lock();
        let shown = out.write_all(&frame).and_then(|()| out.flush());
        frame.clear();
        shown
    }
}

impl Write for Frame {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    /// Nothing yet: the frame is not whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    /// Takes standard output as the screen.
    pub fn open() -> io::Result<Self> {
        // Sets up crossterm's reader, which hears of new sizes only from then on: one that came between the first frame and
        // the first key would be lost.
        crossterm::event::poll(Duration::ZERO)?;
        let frame = Frame::default();
        let terminal = Terminal::new(CrosstermBackend::new(frame.clone()))?;
        Ok(Self {
            terminal: ManuallyDrop::new(terminal),
            frame,
        })
    }

    /// How large it is.
    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Draws a frame, with what differs from the one before. The terminal is asked to show it as a whole; one that does not
    /// know that passes it over.
    pub fn draw(&mut self, state: &State, look: &Look) -> io::Result<()> {
        queue!(self.frame, BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            if let Some(position) = view(state, look, frame.buffer_mut()) {
                frame.set_cursor_position(position);
            }
        })?;
        queue!(self.frame, EndSynchronizedUpdate)?;
        self.frame.show()
    }

    /// Has all of the next frame drawn, whatever another program has written over the screen. Not by `Terminal::clear`, which
    /// asks the terminal for its cursor, and while a thread waits for keys no answer comes through.
    pub fn draw_anew(&mut self) -> io::Result<()> {
        let Size { width, height } = self.size()?;
        // The screen is cleared with that frame, and not before it.
        queue!(self.frame, BeginSynchronizedUpdate)?;
        self.terminal.resize(Rect::new(0, 0, width, height))
    }
}

/// What the terminal could not do.
#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`")]
pub(super) fn terminal_failure(error: io::Error) -> Failure {
    Failure::new("terminal", vec![("reason", error.to_string())])
}
