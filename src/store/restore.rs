//! Restoring marks: the newest whole copy, with all that is sound of damaged marks merged in, in the place of what is there.
//! Must not lose a byte of what was there: it is set aside under another name, never deleted, and not before the new file is whole
//! on the disk.

mod anew;
mod aside;
mod counts;
mod pour;
mod present;
mod repair;

pub use counts::Counts;
pub use present::{Damage, Present};

use super::copies::{self, Copy, Fingerprint, Rank};
use super::held::Held;
use super::open::{self, written_state};
use super::place::{Files, Location, beside};
use super::salvage::{Salvage, salvage};
use super::{Place, Records, StoreError, renamed, saved};
use crate::issue::MarkRecord;
use anew::Hold;
use jiff::Timestamp;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A copy of the marks, as a list has it.
#[derive(Debug)]
pub struct Listed {
    /// The file.
    pub path: PathBuf,
    /// When it was made.
    pub time: Timestamp,
    /// Whether that has not come yet: the clock was ahead, and nobody knows when it was.
    pub is_ahead: bool,
    /// Bytes.
    pub size: Option<u64>,
    /// What it holds, or why it is not whole.
    pub holds: Result<Counts, StoreError>,
}

/// A restoration that is ready: which copy it takes, and what it replaces.
#[derive(Debug)]
pub struct Restoration {
    /// The copy that is taken; none where there is no whole one, and what is sound of damaged marks is all.
    pub from: Option<PathBuf>,
    /// When it was made; none where its name does not tell.
    pub time: Option<Timestamp>,
    /// What there will be.
    pub counts: Counts,
    /// What of that was not in the copy, and comes from damaged marks.
    pub taken_over: Counts,
    /// What is there now, as far as it can be read, and will not be.
    pub lost: Counts,
    /// The copies that are kept, newest first; behind all others those of a time that has not come.
    pub copies: Vec<Listed>,
    /// What it replaces.
    pub present: Present,
    held: Held,
    path: PathBuf,
    state: Vec<Option<(u64, SystemTime)>>,
    looked: Timestamp,
}

/// What a restoration came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was there before, under its new name; none where there was nothing.
    pub set_aside: Option<PathBuf>,
}

impl Restoration {
    /// Finds the copy to restore the marks of the library at `place` from: `from`, a file or the name of one that is kept, or the
    /// newest one that is whole. Of marks that are damaged or gone, all that is sound in them, or in copies that are not whole, is
    /// merged in. Changes nothing.
    ///
    /// # Errors
    /// The copy that is named is not whole or comes from a newer version, or none of those that are kept is whole and nothing is
    /// sound in what is there.
    pub fn of(place: &Place, from: Option<&Path>) -> Result<Self, StoreError> {
        let files = Files::of(place)?;
        let marks = &files.marks;
        let (Some(path), Some(folder)) = (marks.file(), copies::folder_of(marks)) else {
            return Err(StoreError::NoCopy {
                folder: marks.shown(),
            });
        };
        let now = Timestamp::now();
        let state = written(path);
        let (present, found) = present::look(marks)?;
        let mut listed = vec![];
        let mut newest = None;
        for copy in copies::newest_first(copies::listed_beside(marks)?, now) {
            let (one, held) = list(copy, now);
            newest = newest.or_else(|| Some((one.path.clone(), held?)));
            listed.push(one);
        }
        let base = match from {
            Some(from) => Some(named(from, path, &folder)?),
            None => newest,
        };
        if let (None, Some(closed)) = (&base, closed(&listed)) {
            return Err(closed);
        }
        let is_whole = matches!(present, Present::Whole(_));
        let others = if is_whole || from.is_some() {
            vec![]
        } else {
            of_copies(marks, &listed)
        };
        let (from, mut held) = match base {
            Some((from, held)) => (Some(from), held),
            None if is_whole => return Err(StoreError::OnlyMarks { folder }),
            None if found.records.is_empty() && others.iter().all(Records::is_empty) => {
                return Err(match present {
                    Present::Missing if listed.is_empty() => {
                        StoreError::NothingToRestore { folder }
                    }
                    _ => StoreError::NoCopy { folder },
                });
            }
            None => (None, Held::empty()?),
        };
        let before = held.records()?;
        if !is_whole {
            mend(&mut held, &present, &found, others)?;
        }
        held.forget_senseless_session()?;
        let after = held.records()?;
        Ok(Self {
            time: from.as_deref().and_then(copies::time_of),
            from,
            counts: Counts::of(&after),
            taken_over: Counts::lacking(&after, &before),
            lost: Counts::lacking(&found.records, &of_today(&files, after)),
            copies: listed,
            present,
            held,
            path: path.to_owned(),
            state,
            looked: now,
        })
    }

    /// Newer copies than the one that is taken which are not whole, and why.
    pub fn passed_over(&self) -> impl Iterator<Item = &StoreError> {
        let rank = |time| Rank::of(time, self.looked);
        let newer = move |copy: &&Listed| self.time.is_none_or(|time| rank(copy.time) > rank(time));
        let copies = self.copies.iter().filter(newer);
        copies.filter_map(|copy| copy.holds.as_ref().err())
    }

    /// Puts it in the place of the marks. What was there is set aside, all at once or not at all. Who has them open goes along.
    ///
    /// # Errors
    /// The folder cannot be written, or another program has written the marks since, or is writing them.
    pub fn carry_out(self) -> Result<Restored, StoreError> {
        self.carry_out_holding(None)
    }

    /// The same, of what was found while others were held off.
    fn carry_out_holding(self, hold: Option<Hold>) -> Result<Restored, StoreError> {
        let _guard = match hold {
            Some(_) => None,
            None => self.path.parent().and_then(open::lock),
        };
        let state = self.present.state();
        // Before anything that is there is opened to be written: whether there is room.
        let new = open::new_name(&self.path);
        let tried = copies::write(self.held.connection(), &new);
        remove(&new);
        tried?;
        if state != aside::State::Unreadable
            && let Some(target) = pour::target(&self.path, &self.held)?
        {
            let is_unchanged = || written(&self.path) == self.state;
            let target = (&*self.path, target);
            // What follows holds them itself, before others have noticed.
            hold.as_ref().map_or(Ok(()), Hold::release)?;
            let aside = pour::pour(&self.held, target, state, &is_unchanged)?;
            let set_aside = Some(aside);
            return Ok(Restored { set_aside });
        }
        self.replace(hold)
    }

    /// Puts it there as another file.
    fn replace(&self, mut hold: Option<Hold>) -> Result<Restored, StoreError> {
        let original = Fingerprint::of(self.held.connection())?;
        let state = self.present.state();
        let _held = match (&self.present, &mut hold) {
            (Present::Damaged(_), None) if state == aside::State::Unreadable => {
                aside::held(&self.path)?
            }
            (_, Some(hold)) if state != aside::State::Unreadable => {
                hold.close();
                None
            }
            _ => None,
        };
        if written(&self.path) != self.state {
            return Err(StoreError::MarksChanged);
        }
        let new = open::new_name(&self.path);
        let cannot = |error: io::Error| open::cannot_create(&self.path, &error);
        let restored = copies::write(self.held.connection(), &new)
            .and_then(|()| copies::verify(&new, &original))
            .and_then(|()| {
                let set_aside = aside::set_aside(&self.path, state)?;
                fs::rename(&new, &self.path).map_err(cannot)?;
                open::sync(&self.path).map_err(cannot)?;
                Ok(Restored { set_aside })
            });
        if restored.is_err() {
            remove(&new);
        }
        restored
    }
}

/// Records under the names that their items have in the library now, to which they go once they are restored; as they are where the
/// content cannot be asked.
fn of_today(files: &Files, records: Records) -> Records {
    let Ok(Some(looked)) = open::look(files) else {
        return records;
    };
    let today = |record: &MarkRecord| match renamed::of_today(&looked.connection, record) {
        Ok(today) => today.into_owned(),
        Err(_) => record.clone(),
    };
    Records {
        marks: records.marks.iter().map(today).collect(),
        ..records
    }
}

/// Takes a new file away; what does not go is swept away when the library is opened next.
fn remove(new: &Path) {
    for end in ["", "-journal", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(new, end));
    }
}

/// What changes when the marks are written; a file without a byte beside them says nothing.
fn written(path: &Path) -> Vec<Option<(u64, SystemTime)>> {
    let state = written_state(path).into_iter();
    state
        .map(|file| file.filter(|(size, _)| *size > 0))
        .collect()
}

/// What a list says of a copy, and what it holds.
fn list(copy: Copy, now: Timestamp) -> (Listed, Option<Held>) {
    let whole = Held::whole(&copy.path).and_then(|held| Ok((Counts::of(&held.records()?), held)));
    let (holds, held) = match whole {
        Ok((counts, held)) => (Ok(counts), Some(held)),
        Err(error) => (Err(error), None),
    };
    let size = fs::metadata(&copy.path).ok().map(|file| file.len());
    let listed = Listed {
        is_ahead: !copies::has_come(&copy, now),
        path: copy.path,
        time: copy.time,
        size,
        holds,
    };
    (listed, held)
}

/// The copy that is named: a file, or one of those that are kept.
fn named(from: &Path, marks: &Path, folder: &Path) -> Result<(PathBuf, Held), StoreError> {
    let is_name = from.components().count() == 1 && !from.exists();
    let kept = folder.join(from);
    let from = if is_name && kept.exists() {
        kept
    } else {
        from.to_owned()
    };
    if is_same_file(&from, marks) {
        return Err(StoreError::NotACopy { path: from });
    }
    let held = Held::whole(&from)?;
    Ok((from, held))
}

/// Why there may be whole copies that cannot be seen.
fn closed(listed: &[Listed]) -> Option<StoreError> {
    listed.iter().find_map(|copy| match &copy.holds {
        Err(StoreError::CopyUnreadable { path, reason }) => Some(StoreError::CopyUnreadable {
            path: path.clone(),
            reason: reason.clone(),
        }),
        _ => None,
    })
}

/// Has `held`, a whole copy or none, become what is sound in the present marks, filled in from it and from `others`.
fn mend(
    held: &mut Held,
    present: &Present,
    found: &Salvage,
    others: Vec<Records>,
) -> Result<(), StoreError> {
    let is_all = matches!(present, Present::Damaged(damage) if damage.is_all);
    let whole = salvage(held.connection()).records;
    let (mut marks, mut queries) = (vec![], vec![]);
    for records in [whole].into_iter().chain(others) {
        marks.extend(records.marks);
        queries.extend(records.queries);
    }
    held.replace(&Records {
        marks: repair::repaired(found, is_all, repair::of_copies(marks)),
        queries: repair::repaired_queries(found, is_all, saved::sorted(queries)),
    })?;
    match &found.session {
        Some((state, left_at)) => held.set_session(state, left_at),
        None => Ok(()),
    }
}

/// What is sound in copies that are not whole.
fn of_copies(marks: &Location, listed: &[Listed]) -> Vec<Records> {
    let damaged = listed.iter().filter(|copy| copy.holds.is_err());
    let damaged = damaged.map(|copy| copy.path.clone());
    let faulty = copies::faulty_beside(marks).into_iter();
    let paths = damaged.chain(faulty.map(|copy| copy.path));
    let held = paths.filter_map(|path| Held::read(&path).ok());
    held.map(|held| salvage(held.connection()).records)
        .collect()
}

/// Whether both names lead to one file.
fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
