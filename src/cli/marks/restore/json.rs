//! The shape of the JSON that `marks restore` writes: a contract with scripts.
//! Must not lose, rename or change the meaning of a field; adding one is fine.

use super::words::reason;
use crate::app::Failure;
use crate::config::Language;
use crate::store::{Counts, Listed, Present, Restoration, Restored};
use serde::Serialize;
use std::path::Path;

/// What was restored, or would be.
#[derive(Debug, Serialize)]
pub(super) struct RestoredLine {
    /// Whether it was; not with `--dry-run`.
    carried_out: bool,
    /// The copy; null where there is no whole one, and what is sound of the present file is all.
    restored: Option<String>,
    /// When it was made, RFC 3339 in UTC; null where its name does not tell.
    time: Option<String>,
    /// Items with marks afterwards.
    marks: usize,
    /// How many marks of each kind there are then.
    holds: Counts,
    /// What of that comes from the damaged file.
    taken_over: Counts,
    /// What there is now, and will not be.
    lost: Counts,
    /// What there is now.
    present: PresentLine,
    /// The copies that are kept, newest first.
    copies: Vec<CopyLine>,
    /// What was there before, under its new name; null where there was nothing.
    set_aside: Option<String>,
}

#[derive(Debug, Serialize)]
struct PresentLine {
    /// `missing`, `whole` or `damaged`.
    state: &'static str,
    /// What is sound.
    holds: Counts,
    /// Rows that cannot be kept.
    senseless: usize,
    /// Whether there may be more than could be read.
    partial: bool,
    /// What is wrong with it.
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct CopyLine {
    path: String,
    time: String,
    /// Whether that has not come yet, as a clock that was ahead leaves it.
    ahead: bool,
    size: Option<u64>,
    /// Whether it can be restored.
    whole: bool,
    holds: Option<Counts>,
    reason: Option<String>,
}

impl RestoredLine {
    /// Of what is not carried out yet.
    pub fn of(found: &Restoration, language: Language) -> Self {
        Self {
            carried_out: false,
            restored: found.from.as_deref().map(shown),
            time: found.time.map(|time| time.to_string()),
            marks: found.counts.items,
            holds: found.counts,
            taken_over: found.taken_over,
            lost: found.lost,
            present: present(&found.present, language),
            copies: found.copies.iter().map(|one| copy(one, language)).collect(),
            set_aside: None,
        }
    }

    /// That it is.
    pub fn carried_out(&mut self, restored: &Restored) {
        self.carried_out = true;
        self.set_aside = restored.set_aside.as_deref().map(shown);
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn present(present: &Present, language: Language) -> PresentLine {
    let of = |state, holds| PresentLine {
        state,
        holds,
        senseless: 0,
        partial: false,
        reason: None,
    };
    match present {
        Present::Missing => of("missing", Counts::default()),
        Present::Whole(holds) => of("whole", *holds),
        Present::Damaged(damage) => PresentLine {
            senseless: damage.senseless,
            partial: damage.is_partial,
            reason: Some(reason(damage, language)),
            ..of("damaged", damage.sound)
        },
    }
}

fn copy(copy: &Listed, language: Language) -> CopyLine {
    let reason = copy.holds.as_ref().err();
    CopyLine {
        path: shown(&copy.path),
        time: copy.time.to_string(),
        ahead: copy.is_ahead,
        size: copy.size,
        whole: copy.holds.is_ok(),
        holds: copy.holds.as_ref().ok().copied(),
        reason: reason.map(|error| Failure::from(error).message(language)),
    }
}
