//! What the reader changed of marks, fixes and saved filters, step by step, and the ways back and forth.
//! Must not know how marks are kept or shown; and must never offer a way back that leads elsewhere.

use super::effect::{Cause, Deed, FixDeed, SavedDeed};
use crate::issue::{Change, ItemKey};
use crate::store::{FixChange, Ground, MarkChange, SavedChange, Successor};
use std::collections::{HashMap, HashSet, VecDeque};

/// Steps that can be taken back at most.
const STEPS: usize = 200;
/// Changes in them at most, some 20 MB; the newest step may have more.
const CHANGES: usize = 100_000;

/// Names a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepId(u64);

/// Which way a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Taken back.
    Back,
    /// Made again.
    Forth,
}

/// One change of the reader's, on one item or on many.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    id: StepId,
    /// None while it is not known yet what the change comes to.
    changes: Option<Changes>,
}

/// The changes of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Changes {
    Marks(Vec<TwoWay>),
    /// Each with the one that leads back.
    Fixes(Vec<(FixChange, FixChange)>),
    /// One, likewise.
    Saved(Box<(SavedChange, SavedChange)>),
}

impl Changes {
    fn len(&self) -> usize {
        match self {
            Self::Marks(changes) => changes.len(),
            Self::Fixes(changes) => changes.len(),
            Self::Saved(_) => 1,
        }
    }

    fn marks(&self) -> &[TwoWay] {
        match self {
            Self::Marks(changes) => changes,
            Self::Fixes(_) | Self::Saved(_) => &[],
        }
    }
}

/// A change with the one that leads back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TwoWay {
    key: ItemKey,
    printed: String,
    forth: Change,
    back: Change,
}

/// What a turn came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// A step: these changes are to be made.
    Step(Deed),
    /// The same of fixes.
    Fixes(FixDeed),
    /// The same of what is saved.
    Saved(SavedDeed),
    /// It is not known yet what the last step came to.
    Unknown,
    /// There is no step to take.
    End,
}

/// Steps that were made, and steps that were taken back.
#[derive(Debug, Default)]
pub struct History {
    made: u64,
    /// The newest last.
    done: VecDeque<Step>,
    /// The next to be made again last.
    undone: Vec<Step>,
}

impl History {
    /// Adds a step of these changes, each with the one that leads back, as the screen shows the marks. What was taken back
    /// before cannot be made again any more.
    pub fn add(&mut self, changes: Vec<(MarkChange, Change)>) -> StepId {
        let changes = changes.into_iter().map(TwoWay::from);
        self.push(Some(Changes::Marks(changes.collect())))
    }

    /// Adds a step of which it is not known yet what it comes to.
    pub fn add_unknown(&mut self) -> StepId {
        self.push(None)
    }

    /// Now it is known what a step came to: these changes, each with the one that leads back to what was on the disk before. A
    /// step without changes is none.
    pub fn know(&mut self, id: StepId, changes: Vec<(MarkChange, Change)>) {
        let changes = changes.into_iter().map(TwoWay::from);
        self.know_changes(id, Changes::Marks(changes.collect()));
    }

    /// The same of a step that changes fixes.
    pub fn know_fixes(&mut self, id: StepId, changes: Vec<(FixChange, FixChange)>) {
        self.know_changes(id, Changes::Fixes(changes));
    }

    /// The same of a step that changes what is saved under a name; none leads back where it has changed nothing.
    pub fn know_saved(&mut self, id: StepId, forth: SavedChange, back: Option<SavedChange>) {
        self.know_changes(
            id,
            match back {
                Some(back) => {
                    // Made again, it is made from what is there once it was taken back.
                    let forth = forth.from(back.to.as_deref());
                    Changes::Saved(Box::new((forth, back)))
                }
                None => Changes::Marks(vec![]),
            },
        );
    }

    fn know_changes(&mut self, id: StepId, changes: Changes) {
        if changes.len() == 0 {
            self.done.retain(|step| step.id != id);
            self.undone.retain(|step| step.id != id);
            return;
        }
        let mut steps = self.done.iter_mut().chain(&mut self.undone);
        if let Some(step) = steps.find(|step| step.id == id) {
            step.changes = Some(changes);
        }
        self.trim();
    }

    fn push(&mut self, changes: Option<Changes>) -> StepId {
        self.made += 1;
        let id = StepId(self.made);
        self.undone.clear();
        self.done.push_back(Step { id, changes });
        self.trim();
        id
    }

    /// Forgets the oldest steps that are too many.
    fn trim(&mut self) {
        let length = |step: &Step| step.changes.as_ref().map_or(0, Changes::len);
        let mut changes: usize = self.done.iter().map(length).sum();
        while self.done.len() > STEPS || (changes > CHANGES && self.done.len() > 1) {
            let oldest = self.done.pop_front();
            changes -= oldest.as_ref().map_or(0, length);
        }
    }

    /// Whether there is a step that can be taken back.
    #[must_use]
    pub fn leads_back(&self) -> bool {
        !self.done.is_empty()
    }

    /// Takes the newest step back, or makes the one again that was taken back last. What cannot be kept of it is to be told.
    pub fn go(&mut self, turn: Turn) -> Taken {
        let step = match turn {
            Turn::Back => self.done.pop_back(),
            Turn::Forth => self.undone.pop(),
        };
        let Some(step) = step else { return Taken::End };
        let Some(changes) = &step.changes else {
            self.done.push_back(step);
            return Taken::Unknown;
        };
        let cause = Cause::Turned(step.id, turn);
        let taken = match changes {
            Changes::Marks(changes) => {
                let changes = in_turn(changes, turn, |one| one.change(turn));
                Taken::Step(Deed { cause, changes })
            }
            Changes::Fixes(changes) => {
                let changes = in_turn(changes, turn, |(forth, back)| match turn {
                    Turn::Back => back.after(forth),
                    Turn::Forth => forth.after(back),
                });
                Taken::Fixes(FixDeed { cause, changes })
            }
            Changes::Saved(changes) => {
                let (forth, back) = &**changes;
                let change = match turn {
                    Turn::Back => back.clone(),
                    Turn::Forth => forth.clone(),
                };
                Taken::Saved(SavedDeed { cause, change })
            }
        };
        match turn {
            Turn::Back => self.undone.push(step),
            Turn::Forth => self.done.push_back(step),
        }
        taken
    }

    /// Another program has changed what the step would take back or make again: none leads there any more.
    pub fn overtaken(&mut self, deed: &Deed) {
        self.forget(&deed.changes);
    }

    /// The changes that take one back on the screen that could not be kept; none where it is not known any more.
    #[must_use]
    pub fn way_back(&self, deed: &Deed) -> Vec<MarkChange> {
        let (id, turn) = match deed.cause {
            Cause::Unasked => return vec![],
            Cause::Wanted(id) | Cause::Turned(id, Turn::Forth) => (id, Turn::Back),
            Cause::Turned(id, Turn::Back) => (id, Turn::Forth),
        };
        let mut steps = self.done.iter().chain(&self.undone);
        let step = steps.find(|step| step.id == id);
        let changes = step.and_then(|step| step.changes.as_ref());
        let changes = changes.into_iter().flat_map(Changes::marks);
        changes.map(|one| one.change(turn)).collect()
    }

    /// A change could not be kept. Where nothing was changed since, its step stands where it stood before; else all steps go
    /// that speak of the same marks: of what they would lead back to nobody can be sure.
    pub fn not_kept(&mut self, deed: &Deed) {
        if !self.put_back(deed.cause, deed.changes.is_empty()) {
            self.forget(&deed.changes);
        }
    }

    /// The same of changes of fixes or of what is saved; a step of which nobody can be sure goes, and so does one where another
    /// program has changed since what it would change.
    pub fn not_made(&mut self, cause: Cause, is_overtaken: bool) {
        if !is_overtaken && self.put_back(cause, false) {
            return;
        }
        if let Cause::Wanted(id) | Cause::Turned(id, _) = cause {
            self.done.retain(|step| step.id != id);
            self.undone.retain(|step| step.id != id);
        }
    }

    /// Has the step of a change that could not be kept stand where it stood before; whether that was possible.
    fn put_back(&mut self, cause: Cause, is_unknown: bool) -> bool {
        match cause {
            Cause::Wanted(id) if self.done.back().is_some_and(|step| step.id == id) => {
                self.done.pop_back();
            }
            Cause::Wanted(id) if is_unknown => {
                self.done.retain(|step| step.id != id);
            }
            Cause::Turned(id, Turn::Back)
                if self.undone.last().is_some_and(|step| step.id == id) =>
            {
                self.done.extend(self.undone.pop());
            }
            Cause::Turned(id, Turn::Forth)
                if self.done.back().is_some_and(|step| step.id == id) =>
            {
                self.undone.extend(self.done.pop_back());
            }
            Cause::Unasked | Cause::Wanted(_) | Cause::Turned(..) => return false,
        }
        true
    }

    /// Forgets all steps that change one of the marks that these do.
    fn forget(&mut self, doubtful: &[MarkChange]) {
        let doubtful: HashSet<(&ItemKey, Kind)> = doubtful
            .iter()
            .map(|one| (&one.key, Kind::of(&one.change)))
            .collect();
        let sure = |step: &Step| {
            let changes = step.changes.iter().flat_map(Changes::marks);
            let mut marks = changes.map(|one| (&one.key, Kind::of(&one.forth)));
            !marks.any(|mark| doubtful.contains(&mark))
        };
        self.done.retain(sure);
        self.undone.retain(sure);
    }

    /// Goes along with items that have another name now.
    pub fn rename(&mut self, became: &[Successor]) {
        let became: HashMap<&ItemKey, &Successor> =
            became.iter().map(|item| (&item.former, item)).collect();
        let steps = self.done.iter_mut().chain(&mut self.undone);
        let rename = |key: &mut ItemKey, printed: &mut String| {
            if let Some(now) = became.get(key) {
                *key = now.key.clone();
                printed.clone_from(&now.printed);
            }
        };
        for changes in steps.filter_map(|step| step.changes.as_mut()) {
            match changes {
                Changes::Marks(changes) => {
                    for one in changes {
                        rename(&mut one.key, &mut one.printed);
                    }
                }
                Changes::Fixes(changes) => {
                    for one in changes.iter_mut().flat_map(|(forth, back)| [forth, back]) {
                        rename(&mut one.key, &mut one.printed);
                    }
                }
                Changes::Saved(_) => {}
            }
        }
    }
}

/// The changes of a turn; back the other way round, since one change of a step may stand on another.
fn in_turn<T, C>(changes: &[T], turn: Turn, change: impl Fn(&T) -> C) -> Vec<C> {
    match turn {
        Turn::Back => changes.iter().rev().map(change).collect(),
        Turn::Forth => changes.iter().map(change).collect(),
    }
}

impl From<(MarkChange, Change)> for TwoWay {
    fn from((forth, back): (MarkChange, Change)) -> Self {
        Self {
            key: forth.key,
            printed: forth.printed,
            forth: forth.change,
            back,
        }
    }
}

impl TwoWay {
    /// The change of a turn: on the note that it is to lead away from, and on no other.
    fn change(&self, turn: Turn) -> MarkChange {
        let (from, to) = match turn {
            Turn::Back => (&self.forth, &self.back),
            Turn::Forth => (&self.back, &self.forth),
        };
        MarkChange {
            key: self.key.clone(),
            printed: self.printed.clone(),
            change: to.clone(),
            ground: match from {
                Change::Note(note) => Ground::Only(note.clone()),
                _ => Ground::Any,
            },
        }
    }
}

/// Which mark of an item a change is of.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Bookmark,
    Read,
    Tag(String),
    Note,
}

impl Kind {
    pub(super) fn of(change: &Change) -> Self {
        match change {
            Change::Bookmark(_) => Self::Bookmark,
            Change::Read(_) => Self::Read,
            Change::Tag(tag, _) => Self::Tag(tag.name()),
            Change::Note(_) => Self::Note,
        }
    }
}

#[cfg(test)]
mod tests;
