//! What a segment has said by a place in it: found once for all figures of the segment, not looked for anew before each.
//! Must not judge whom a figure belongs to.

use super::object::{Object, PHASES};

/// Where a segment has first said something: the bytes where the words of it end.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The object's name.
    name: Option<usize>,
    /// A project or the like.
    project: Option<usize>,
    /// Phases, in the order of [`PHASES`].
    phases: Vec<(&'static str, usize)>,
}

/// Words for a project.
const PROJECTS: [&str; 5] = ["项目", "基地", "产业园", "中心", "工程"];

impl Said {
    /// What a text says.
    pub fn of(text: &str, object: &Object) -> Self {
        let phases = PHASES.into_iter();
        Self {
            name: object.named_by(text),
            project: project(text),
            phases: phases
                .filter_map(|phase| Some((phase, told(text, phase)?)))
                .collect(),
        }
    }

    /// Whether the object is named before byte `end`.
    pub fn names(&self, end: usize) -> bool {
        self.name.is_some_and(|by| by <= end)
    }

    /// Whether a project is spoken of before it.
    pub fn speaks_of_project(&self, end: usize) -> bool {
        self.project.is_some_and(|by| by <= end)
    }

    /// Whether the phase is spoken of before it.
    pub fn has_phase(&self, phase: &str, end: usize) -> bool {
        let mut phases = self.phases.iter();
        phases.any(|(own, by)| *own == phase && *by <= end)
    }
}

/// Where a text has first spoken of a project or the like.
pub(super) fn project(text: &str) -> Option<usize> {
    let found = PROJECTS.iter();
    found
        .filter_map(|thing| Some(text.find(thing)? + thing.len()))
        .min()
}

/// Where a text has first spoken of a phase; 分三期 speaks of none.
pub(super) fn told(text: &str, phase: &str) -> Option<usize> {
    let mut found = text.match_indices(phase);
    let (at, _) = found.find(|(at, _)| !text[..*at].ends_with('分'))?;
    Some(at + phase.len())
}
