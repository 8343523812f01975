//! The figures of the headline's object: investment, projects, land (§1, §2, §5–§7).

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

/// The figures that belong to the object; where several things happened, to what `stage` says.
pub(super) fn read(_story: &Story, _stage: Stage) -> Figures {
    Figures::default()
}
