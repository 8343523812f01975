//! The marks as they are before a restoration: whole, damaged and as far as they can be read, or gone.
//! Must not take marks for damaged that only cannot be opened, nor write a byte of them.

use super::Counts;
use super::aside::State;
use crate::store::held::{Fault, Held};
use crate::store::open::{self, Found};
use crate::store::place::Location;
use crate::store::raw;
use crate::store::salvage::{Salvage, TABLES, salvage};
use crate::store::schema::MARKS;
use crate::store::{StoreError, Which};
use std::path::Path;

/// The marks as they are before a restoration.
#[derive(Debug)]
pub enum Present {
    /// There are none.
    Missing,
    /// They are whole.
    Whole(Counts),
    /// They are damaged.
    Damaged(Damage),
}

/// What is wrong with damaged marks, and how much of them can be read.
#[derive(Debug)]
pub struct Damage {
    /// What is wrong.
    pub error: StoreError,
    /// What is sound in them.
    pub sound: Counts,
    /// Rows that make no sense, and cannot be kept.
    pub senseless: usize,
    /// Whether there may be more than could be read.
    pub is_partial: bool,
    /// Tables of which nothing at all could be read, `mark` and `tag`.
    pub lost: Vec<&'static str>,
    /// Whether no row is missing, nor any left out.
    pub(super) is_all: bool,
}

impl Present {
    pub(super) const fn state(&self) -> State {
        match self {
            Self::Whole(_) => State::Whole,
            Self::Damaged(Damage {
                error: StoreError::Faulty { .. },
                ..
            }) => State::Faulty,
            Self::Missing | Self::Damaged(_) => State::Unreadable,
        }
    }
}

/// What is there, with all that is sound in it.
///
/// # Errors
/// It cannot be opened, or comes from a newer version.
pub(super) fn look(marks: &Location) -> Result<(Present, Salvage), StoreError> {
    let path = marks.shown();
    let error = match open::find_one(marks) {
        Ok(Found::Nothing) => return Ok((Present::Missing, Salvage::default())),
        Ok(Found::Empty) => StoreError::Emptied {
            which: MARKS.which,
            path: path.clone(),
        },
        Ok(Found::File) => return read(&path),
        Err(error) if is_of_damage(&error) => error,
        Err(error) => return Err(error),
    };
    Ok(damaged(error, directly(&path)))
}

/// What is in a file that is ours as far as a glance shows.
fn read(path: &Path) -> Result<(Present, Salvage), StoreError> {
    let held = match Held::read(path) {
        Ok(held) => held,
        Err(StoreError::BadCopy { reason, .. }) => {
            let error = open::damaged(Which::Marks, path, reason);
            return Ok(damaged(error, directly(path)));
        }
        Err(StoreError::NoMarks { path }) => {
            return Ok(damaged(StoreError::Foreign { path }, None));
        }
        Err(StoreError::CopyUnreadable { path, reason }) => {
            return Err(StoreError::CannotOpen { path, reason });
        }
        Err(error) => return Err(error),
    };
    let error = match held.fault(path) {
        None => {
            let records = held.records()?;
            let counts = Counts::of(&records);
            let all = Salvage {
                records,
                ..Salvage::default()
            };
            return Ok((Present::Whole(counts), all));
        }
        Some(Fault::Pages(reason)) => open::damaged(Which::Marks, path, reason),
        Some(Fault::Rows(faults)) => StoreError::Faulty {
            path: path.to_owned(),
            faults,
        },
    };
    Ok(damaged(error, Some(salvage(held.connection()))))
}

/// What is sound in a file that cannot be read as a whole.
fn directly(path: &Path) -> Option<Salvage> {
    let connection = raw::of_tables(path, &MARKS)?;
    Some(salvage(&connection))
}

fn damaged(error: StoreError, found: Option<Salvage>) -> (Present, Salvage) {
    let unread = found.is_none();
    let found = found.unwrap_or_default();
    let is_partial = unread || found.unread.is_some();
    let damage = Damage {
        is_all: matches!(error, StoreError::Faulty { .. }) && !is_partial && found.senseless == 0,
        error,
        sound: Counts::of(&found.records),
        senseless: found.senseless,
        is_partial,
        lost: if unread {
            TABLES.to_vec()
        } else {
            found.lost.clone()
        },
    };
    (Present::Damaged(damage), found)
}

/// Whether it says that the marks are damaged, and not that they cannot be opened.
const fn is_of_damage(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Damaged { .. } | StoreError::Emptied { .. } | StoreError::Foreign { .. }
    )
}
