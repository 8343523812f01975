//! Restoring beside programs at work, where nobody has to agree to what is found: looking again where the marks were changed meanwhile.
//! Must not carry out what was found before a change.

use super::aside::{self, State};
use super::{Restoration, Restored};
use crate::store::open::{self, PATIENCE};
use crate::store::place::Location;
use crate::store::{Place, StoreError};
use rusqlite::Connection;
use std::fs::File;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Before another look: most transactions of other programs end within it.
const PAUSE: Duration = Duration::from_millis(20);

impl Restoration {
    /// Carries it out; where other programs are in the way, finds it anew, with the same `place` and `from`, and carries that out, for
    /// as long as the transaction of another program is waited for. `seen` gets each that is tried, the last one last.
    ///
    /// # Errors
    /// Those of [`Restoration::of`] and [`Restoration::carry_out`]; other programs are in the way all the time.
    pub fn carry_out_anew(
        self,
        place: &Place,
        from: Option<&Path>,
        seen: &mut dyn FnMut(&Self),
    ) -> Result<Restored, StoreError> {
        let begun = Instant::now();
        let is_over = |error: &StoreError| {
            let in_the_way = matches!(error, StoreError::Locked | StoreError::MarksChanged);
            !in_the_way || begun.elapsed() >= PATIENCE
        };
        let (path, mut state) = (self.path.clone(), self.present.state());
        let mut found = Ok((self, None));
        loop {
            let tried = found.and_then(|(found, hold): (Self, _)| {
                seen(&found);
                state = found.present.state();
                found.carry_out_holding(hold)
            });
            match tried {
                Err(error) if !is_over(&error) => thread::sleep(PAUSE),
                done => return done,
            }
            let hold = Hold::of(&path, state);
            found = hold.and_then(|hold| Ok((Self::of(place, from)?, hold)));
        }
    }
}

/// Holds marks against all who write them while it is looked what to restore: beside programs that write all the time there is
/// hardly a moment long enough for it.
pub(super) struct Hold {
    connection: Option<Connection>,
    /// Behind the connection, so that it goes after it.
    _guard: Option<File>,
}

impl Hold {
    /// None where nobody could write, or nothing can be held.
    fn of(path: &Path, state: State) -> Result<Option<Self>, StoreError> {
        let guard = path.parent().and_then(open::lock);
        let connection = match state {
            State::Unreadable => aside::held(path)?,
            State::Whole | State::Faulty => match begun(path) {
                Err(StoreError::Locked) => return Err(StoreError::Locked),
                // What has become of it the look tells.
                begun => begun.ok(),
            },
        };
        Ok(connection.map(|connection| Self {
            connection: Some(connection),
            _guard: guard,
        }))
    }

    /// Lets others write, and keeps the marks open: else whoever goes last would write them out now.
    pub fn release(&self) -> Result<(), StoreError> {
        match &self.connection {
            Some(connection) => Ok(connection.execute_batch("ROLLBACK")?),
            None => Ok(()),
        }
    }

    /// Closes the marks, for who must be alone with them.
    pub fn close(&mut self) {
        self.connection = None;
    }
}

/// A transaction of the marks that others do not write beside.
fn begun(path: &Path) -> Result<Connection, StoreError> {
    let connection = open::open_alone(&Location::File(path.to_owned()))?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    Ok(connection)
}
