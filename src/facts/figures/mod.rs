//! The figures of the headline's object: investment, projects, land (§1, §2, §5–§7).
//!
//! The headline tells what the [`object`] is. The text is cut into [`segments`], each with its frame; the numbers in them become
//! [`mentions`], by what they count ([`units`], [`labels`]) and whom they belong to ([`owner`]); and of those the one is taken that is
//! said of the object ([`choice`]).

mod choice;
mod labels;
mod mentions;
mod object;
mod owner;
mod said;
mod segments;
mod units;

use super::Read;
use super::story::Story;
use crate::issue::{Money, Stage};

/// The figures, as far as the text states them of the object.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub investment: Option<Read<Money>>,
    /// 2 or more.
    pub projects: Option<Read<u32>>,
    /// In 亩.
    pub area: Option<Read<f64>>,
}

/// The figures that belong to the object.
pub(super) fn read(story: &Story, stage: Stage) -> Figures {
    // What a policy names is a target (§1).
    if story.is_policy() {
        return Figures::default();
    }
    let segments = segments::of(story);
    let object = object::of(story, stage);
    let mentions = mentions::of(&segments, &object);
    choice::choose(&object, &mentions)
}
