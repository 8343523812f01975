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
    /// Phases, each time that one is spoken of, in order.
    phases: Vec<(usize, &'static str)>,
}

/// Words for a project.
const PROJECTS: [&str; 5] = ["项目", "基地", "产业园", "中心", "工程"];

impl Said {
    /// What a text says.
    pub fn of(text: &str, object: &Object) -> Self {
        let mut phases: Vec<(usize, &'static str)> = phases(text).collect();
        phases.sort_unstable();
        Self {
            name: object.named_by(text),
            project: project(text),
            phases,
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

    /// The phase that is spoken of last before it.
    pub fn phase(&self, end: usize) -> Option<&'static str> {
        let count = self.phases.partition_point(|(by, _)| *by <= end);
        let (_, phase) = self.phases.get(count.checked_sub(1)?)?;
        Some(phase)
    }
}

/// Where a text has first spoken of a project or the like.
pub(super) fn project(text: &str) -> Option<usize> {
    let found = PROJECTS.iter();
    found
        .filter_map(|thing| Some(text.find(thing)? + thing.len()))
        .min()
}

/// The phases that a text speaks of, and where the words for each end; 分三期 speaks of none.
pub(super) fn phases(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    PHASES.into_iter().flat_map(move |phase| {
        let found = text.match_indices(phase);
        let told = found.filter(|(at, _)| !text[..*at].ends_with('分'));
        told.map(move |(at, _)| (at + phase.len(), phase))
    })
}
