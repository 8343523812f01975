//! Restoring beside programs at work, where nobody has to agree to what is found: looking again where the marks were changed meanwhile.
//! Must not carry out what was found before a change.

use super::{Restoration, Restored};
use crate::store::open::PATIENCE;
use crate::store::{Place, StoreError};
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
        let mut found = Ok(self);
        loop {
            let tried = found.and_then(|found| {
                seen(&found);
                found.carry_out()
            });
            match tried {
                Err(error) if !is_over(&error) => thread::sleep(PAUSE),
                done => return done,
            }
            found = Self::of(place, from);
        }
    }
}
